/* SPDX-License-Identifier: Apache-2.0 */
#include <math.h>
#include <stdlib.h>

#include "term/internal.h"

struct ty_term_miner {
    term_side source, target;
    uint32_t pairs;
};

ty_status ty_term_miner_new(ty_slice source_lang, ty_slice target_lang, ty_term_miner **out, ty_error *error)
{
    *out = calloc(1, sizeof **out);
    if (!*out)
        return ty_error_nomem(error);
    (*out)->source.unspaced = ty_lang_is_unspaced(source_lang);
    (*out)->target.unspaced = ty_lang_is_unspaced(target_lang);
    return TY_OK;
}

void ty_term_miner_free(ty_term_miner *miner)
{
    if (!miner)
        return;
    ty_term_side_release(&miner->source);
    ty_term_side_release(&miner->target);
    free(miner);
}

ty_status ty_term_miner_add(ty_term_miner *miner, ty_slice source, ty_slice target, ty_error *error)
{
    size_t used = miner->source.postings.count + miner->target.postings.count;
    if (used > UINT32_MAX / 4 || miner->source.texts.size + miner->target.texts.size > UINT32_MAX / 4)
        return ty_error_set(error, TY_ERR_LIMIT, "too many pairs to extract terms from");
    bool good = ty_term_phrases_add(&miner->source, source, miner->pairs) &&
                ty_term_phrases_add(&miner->target, target, miner->pairs);
    miner->pairs++;
    return good ? TY_OK : ty_error_nomem(error);
}

/* ------------------------------------------------------------------------------------------ partners */

typedef struct partner {
    uint32_t other; /* phrase of the other side; UINT32_MAX for none */
    uint32_t count;
    double dice;
} partner;

/* A phrase that in nine of ten pairs is part of one longer phrase is no term of its own. */
static void drop_parts(term_side *side)
{
    for (size_t i = 0; i < side->links.count; i++) {
        const term_phrase *longer = &side->phrases.items[side->links.items[i].longer];
        term_phrase *shorter = &side->phrases.items[side->links.items[i].shorter];
        if (longer->count * 10u >= shorter->count * 9u)
            shorter->dropped = true;
    }
}

static bool is_wanted(const term_phrase *phrase, uint32_t min_count)
{
    return phrase->count >= min_count && !phrase->dropped;
}

static double part(double observed, double expected)
{
    return observed > 0 ? observed * log(observed / expected) : 0;
}

/* The log-likelihood ratio of a two by two table (Dunning 1993). */
static double likelihood_ratio(double both, double one, double other, double all)
{
    double only_one = one - both, only_other = other - both, neither = all - one - other + both;
    return 2 *
           (part(both, one * other / all) + part(only_one, one * (all - other) / all) +
            part(only_other, (all - one) * other / all) + part(neither, (all - one) * (all - other) / all));
}

/* The pairs of each phrase: positions starts[n] to starts[n + 1] of `pairs`. */
typedef struct occurrences {
    uint32_t *starts, *pairs;
} occurrences;

static size_t posting_end(const term_side *side, uint32_t pair)
{
    return pair + 1 < side->pair_starts.count ? side->pair_starts.items[pair + 1] : side->postings.count;
}

static bool occurrences_of(const term_side *side, occurrences *out)
{
    size_t phrases = side->phrases.count;
    out->starts = calloc(phrases + 2, sizeof *out->starts);
    out->pairs = malloc((side->postings.count + 1) * sizeof *out->pairs);
    if (!out->starts || !out->pairs)
        return false;
    for (size_t i = 0; i < phrases; i++)
        out->starts[i + 2] = out->starts[i + 1] + side->phrases.items[i].count;
    for (uint32_t pair = 0; pair < side->pair_starts.count; pair++)
        for (size_t i = side->pair_starts.items[pair]; i < posting_end(side, pair); i++)
            out->pairs[out->starts[side->postings.items[i] + 1]++] = pair;
    return true;
}

/* Is the one found now better than the best so far? Of equals the longer is, as the shorter is part of it. */
static bool is_better(const partner *now, const partner *best, const term_side *other)
{
    if (best->other == UINT32_MAX)
        return true;
    if (now->dice != best->dice)
        return now->dice > best->dice;
    const term_phrase *one = &other->phrases.items[now->other], *two = &other->phrases.items[best->other];
    return one->shown_size > two->shown_size;
}

typedef struct seeker {
    const term_side *from, *to;
    const occurrences *where; /* of `from` */
    uint32_t *counts;         /* of phrases of `to`, all 0 between uses */
    uint32_t min_count, pairs;
} seeker;

static partner judge(const seeker *seek, uint32_t number, uint32_t other)
{
    const double beyond_chance = 10.83; /* chi-square, one degree of freedom, 0.001 */
    const term_phrase *one = &seek->from->phrases.items[number], *two = &seek->to->phrases.items[other];
    uint32_t both = seek->counts[other];
    partner none = {.other = UINT32_MAX};
    if (both < seek->min_count || !is_wanted(two, seek->min_count))
        return none;
    if (seek->pairs > 20 && likelihood_ratio(both, one->count, two->count, seek->pairs) < beyond_chance)
        return none;
    return (partner){other, both, 2.0 * both / (one->count + two->count)};
}

static partner best_partner(seeker *seek, uint32_t number)
{
    partner best = {.other = UINT32_MAX};
    const occurrences *where = seek->where;
    for (int pass = 0; pass < 3; pass++) /* count, judge, clear */
        for (uint32_t i = where->starts[number]; i < where->starts[number + 1]; i++) {
            uint32_t pair = where->pairs[i];
            for (size_t j = seek->to->pair_starts.items[pair]; j < posting_end(seek->to, pair); j++) {
                uint32_t other = seek->to->postings.items[j];
                if (pass == 0)
                    seek->counts[other]++;
                else if (pass == 2)
                    seek->counts[other] = 0;
                else {
                    partner now = judge(seek, number, other);
                    if (now.other != UINT32_MAX && is_better(&now, &best, seek->to))
                        best = now;
                }
            }
        }
    return best;
}

/* The best partner of every phrase of one side. */
static partner *seek_partners(const ty_term_miner *miner, bool of_source, uint32_t min_count)
{
    const term_side *from = of_source ? &miner->source : &miner->target;
    const term_side *to = of_source ? &miner->target : &miner->source;
    occurrences where = {0};
    partner *partners = malloc((from->phrases.count + 1) * sizeof *partners);
    uint32_t *counts = calloc(to->phrases.count + 1, sizeof *counts);
    bool good = partners && counts && occurrences_of(from, &where);
    seeker seek = {from, to, &where, counts, min_count, miner->pairs};
    for (uint32_t i = 0; good && i < from->phrases.count; i++)
        partners[i] = is_wanted(&from->phrases.items[i], min_count) ? best_partner(&seek, i)
                                                                    : (partner){.other = UINT32_MAX};
    free(counts);
    free(where.starts);
    free(where.pairs);
    if (!good) {
        free(partners);
        return NULL;
    }
    return partners;
}

/* ------------------------------------------------------------------------------------------ results */

static ty_slice shown(const term_side *side, const term_phrase *phrase)
{
    return (ty_slice){side->texts.data + phrase->shown, phrase->shown_size};
}

/*
 * Frequent, faithful and long expressions are terms more often (after the C-value of Frantzi et al. 2000).
 * One pair is taken off, as two may meet by chance.
 */
static double score_of(const term_phrase *one, const term_phrase *two, const partner *with)
{
    return (with->count - 1) * with->dice * with->dice * log2(1 + one->size) * log2(1 + two->size);
}

static int compare_found(const void *a, const void *b)
{
    const ty_term_found *one = a, *other = b;
    if (one->score != other->score)
        return one->score > other->score ? -1 : 1;
    return ty_slice_compare(one->source, other->source);
}

static bool collect(const ty_term_miner *miner, const partner *forth, const partner *back,
                    ty_terms_found *out)
{
    for (uint32_t i = 0; i < miner->source.phrases.count; i++) {
        const partner *with = &forth[i];
        if (with->other == UINT32_MAX || back[with->other].other != i)
            continue;
        const term_phrase *one = &miner->source.phrases.items[i];
        const term_phrase *two = &miner->target.phrases.items[with->other];
        ty_term_found found = {.source = shown(&miner->source, one),
                               .target = shown(&miner->target, two),
                               .count = with->count,
                               .source_count = one->count,
                               .target_count = two->count,
                               .numbers = {i, with->other},
                               .score = score_of(one, two, with)};
        if (!ty_vector_push(out, found))
            return false;
    }
    return true;
}

ty_status ty_term_miner_find(ty_term_miner *miner, uint32_t min_count, ty_terms_found *out, ty_error *error)
{
    ty_vector_clear(out);
    if (min_count < 2)
        min_count = 2;
    drop_parts(&miner->source);
    drop_parts(&miner->target);
    partner *forth = seek_partners(miner, true, min_count), *back = seek_partners(miner, false, min_count);
    bool good = forth && back && collect(miner, forth, back, out);
    free(forth);
    free(back);
    if (!good)
        return ty_error_nomem(error);
    if (out->count > 1)
        qsort(out->items, out->count, sizeof *out->items, compare_found);
    return TY_OK;
}

static bool has_phrase(const term_side *side, uint32_t pair, uint32_t phrase)
{
    for (size_t i = side->pair_starts.items[pair]; i < posting_end(side, pair); i++)
        if (side->postings.items[i] == phrase)
            return true;
    return false;
}

ty_status ty_term_miner_uses(const ty_term_miner *miner, const ty_term_found *found, size_t count,
                             void (*each)(void *payload, size_t found, uint32_t pair), void *payload,
                             ty_error *error)
{
    const term_side *source = &miner->source;
    size_t *wanted = calloc(source->phrases.count + 1, sizeof *wanted); /* 1-based */
    if (!wanted)
        return ty_error_nomem(error);
    for (size_t i = 0; i < count; i++)
        wanted[found[i].numbers[0]] = i + 1;
    for (uint32_t pair = 0; pair < source->pair_starts.count; pair++)
        for (size_t i = source->pair_starts.items[pair]; i < posting_end(source, pair); i++) {
            size_t which = wanted[source->postings.items[i]];
            if (which && has_phrase(&miner->target, pair, found[which - 1].numbers[1]))
                each(payload, which - 1, pair);
        }
    free(wanted);
    return TY_OK;
}
