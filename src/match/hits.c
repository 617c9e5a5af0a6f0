/* SPDX-License-Identifier: Apache-2.0 */
#include "match/internal.h"

#define DEFAULT_SCORE 70
#define DEFAULT_HITS 5

ty_wanted ty_hits_wanted_of(const ty_match_query *query)
{
    ty_wanted wanted = {.query = query, .min_score = query->min_score, .max_hits = query->max_hits};
    if (wanted.min_score <= 0)
        wanted.min_score = DEFAULT_SCORE;
    if (wanted.min_score > 100)
        wanted.min_score = 100;
    if (wanted.max_hits == 0)
        wanted.max_hits = DEFAULT_HITS;
    return wanted;
}

/* <0 where `a` has the higher similarity. */
static int compare_similarity(const ty_match_score *a, const ty_match_score *b)
{
    uint64_t left = (uint64_t)a->distance * (b->longest ? b->longest : 1);
    uint64_t right = (uint64_t)b->distance * (a->longest ? a->longest : 1);
    return (left > right) - (left < right);
}

bool ty_hits_before(const ty_match_hit *a, const ty_match_hit *b)
{
    if (a->score.score != b->score.score)
        return a->score.score > b->score.score;
    int similarity = compare_similarity(&a->score, &b->score);
    return similarity ? similarity < 0 : a->id > b->id;
}

int ty_hits_floor(const ty_match_hits *hits, const ty_wanted *wanted)
{
    if (hits->count < wanted->max_hits)
        return wanted->min_score;
    int worst = hits->items[hits->count - 1].score.score;
    return worst > wanted->min_score ? worst : wanted->min_score;
}

ty_status ty_hits_offer(ty_match_hits *hits, const ty_wanted *wanted, const ty_match_hit *hit,
                        ty_error *error)
{
    const ty_match_query *query = wanted->query;
    bool full = hits->count >= wanted->max_hits;
    if (hit->score.score < wanted->min_score)
        return TY_OK;
    if (full && !ty_hits_before(hit, &hits->items[hits->count - 1]))
        return TY_OK;
    if (query->accept && !query->accept(query->payload, hit->id))
        return TY_OK;
    if (full)
        hits->count--;
    if (!ty_vector_push(hits, *hit))
        return ty_error_nomem(error);
    size_t at = hits->count - 1;
    for (; at > 0 && ty_hits_before(hit, &hits->items[at - 1]); at--)
        hits->items[at] = hits->items[at - 1];
    hits->items[at] = *hit;
    return TY_OK;
}
