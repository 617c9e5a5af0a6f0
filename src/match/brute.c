/* SPDX-License-Identifier: Apache-2.0 */
#include "match/internal.h"

/* A query, ready to be compared with anything. */
typedef struct question {
    ty_wanted wanted;
    ty_text_tokens tokens;
    ty_pattern pattern;
    ty_match_hits *hits;
} question;

/* All queries, and what is needed for the entry at hand. */
typedef struct inquiry {
    question *questions;
    size_t count;
    ty_strings words; /* of all queries */
    ty_text_tokens tokens;
    TY_VECTOR(uint32_t) numbers;
} inquiry;

/* The tokens' numbers in the table, added to it if `adding`, else TY_TOKEN_NONE for those it lacks. */
static ty_status number_tokens(inquiry *all, const ty_text_tokens *tokens, bool adding, ty_error *error)
{
    size_t count = tokens->list.count;
    ty_vector_clear(&all->numbers);
    if (!ty_vector_reserve(&all->numbers, count))
        return ty_error_nomem(error);
    for (size_t i = 0; i < count; i++) {
        ty_slice key = ty_token_key(tokens, i);
        uint32_t number = adding ? ty_strings_add(&all->words, key) : ty_strings_find(&all->words, key);
        if (adding && number == TY_STRINGS_NONE)
            return ty_error_nomem(error);
        all->numbers.items[i] = number == TY_STRINGS_NONE ? TY_TOKEN_NONE : number;
    }
    all->numbers.count = count;
    return TY_OK;
}

static ty_status prepare(inquiry *all, question *asked, const ty_match_query *query, ty_match_hits *hits,
                         ty_error *error)
{
    asked->wanted = ty_hits_wanted_of(query);
    asked->hits = hits;
    ty_vector_clear(hits);
    ty_status status = ty_text_tokenize(query->text, &asked->tokens, error);
    if (status != TY_OK)
        return status;
    if (asked->tokens.list.count > TY_MATCH_TOKENS_MAX)
        return ty_error_set(error, TY_ERR_LIMIT, "the text has more than %d tokens", TY_MATCH_TOKENS_MAX);
    status = number_tokens(all, &asked->tokens, true, error);
    if (status != TY_OK)
        return status;
    return ty_pattern_set(&asked->pattern, all->numbers.items, all->numbers.count, error);
}

static ty_status compare(inquiry *all, question *asked, int64_t id, ty_slice text, ty_error *error)
{
    size_t n = asked->pattern.size, m = all->numbers.count;
    ty_match_hit hit = {.id = id, .score = {.longest = (uint32_t)(n > m ? n : m)}};
    uint32_t limit = ty_score_limit(ty_hits_floor(asked->hits, &asked->wanted), hit.score.longest);
    hit.score.distance = ty_pattern_distance(&asked->pattern, all->numbers.items, m, limit);
    if (hit.score.distance > limit)
        return TY_OK;
    hit.score.score = ty_score_of(hit.score.distance, hit.score.longest);
    if (hit.score.distance == 0) {
        ty_match_side query = {asked->wanted.query->text, &asked->tokens}, entry = {text, &all->tokens};
        ty_status status = ty_match_score_same(query, entry, &hit.score.score, error);
        if (status != TY_OK)
            return status;
    }
    return ty_hits_offer(asked->hits, &asked->wanted, &hit, error);
}

static ty_status compare_entry(inquiry *all, int64_t id, ty_slice text, ty_error *error)
{
    ty_status status = ty_text_tokenize(text, &all->tokens, error);
    if (status == TY_OK && all->tokens.list.count > TY_MATCH_TOKENS_MAX)
        return TY_OK;
    if (status == TY_OK)
        status = number_tokens(all, &all->tokens, false, error);
    for (size_t i = 0; status == TY_OK && i < all->count; i++)
        status = compare(all, &all->questions[i], id, text, error);
    return status;
}

static void release(inquiry *all)
{
    for (size_t i = 0; all->questions && i < all->count; i++) {
        ty_text_tokens_release(&all->questions[i].tokens);
        ty_pattern_release(&all->questions[i].pattern);
    }
    free(all->questions);
    ty_strings_release(&all->words);
    ty_text_tokens_release(&all->tokens);
    ty_vector_release(&all->numbers);
}

ty_status ty_match_brute_force(const ty_match_query *queries, size_t count, const ty_match_entries *entries,
                               ty_match_hits *hits, ty_error *error)
{
    inquiry all = {.questions = calloc(count + 1, sizeof *all.questions), .count = count};
    ty_status status = all.questions ? TY_OK : ty_error_nomem(error);
    for (size_t i = 0; status == TY_OK && i < count; i++)
        status = prepare(&all, &all.questions[i], &queries[i], &hits[i], error);
    while (status == TY_OK) {
        int64_t id;
        ty_slice text;
        status = entries->next(entries->payload, &id, &text, error);
        if (status == TY_OK)
            status = compare_entry(&all, id, text, error);
    }
    release(&all);
    return status == TY_NO ? TY_OK : status;
}
