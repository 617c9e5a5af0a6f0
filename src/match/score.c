/* SPDX-License-Identifier: Apache-2.0 */
#include "match/internal.h"

bool ty_token_is_number(const ty_text_tokens *tokens, size_t number)
{
    return ty_slice_equal(ty_token_key(tokens, number), TY_SLICE("0"));
}

ty_slice ty_token_key(const ty_text_tokens *tokens, size_t number)
{
    const ty_text_token *token = &tokens->list.items[number];
    return ty_slice_sub(ty_buffer_slice(&tokens->keys), token->key, token->key_end);
}

static ty_slice original(ty_match_side side, size_t number)
{
    const ty_text_token *token = &side.tokens->list.items[number];
    return ty_slice_sub(side.text, token->start, token->end);
}

/* The text folded, without what only parts tokens. */
static ty_status fold_without_space(ty_slice text, unsigned flags, ty_buffer *out, ty_error *error)
{
    ty_buffer folded = {0};
    ty_status status = ty_fold_plain(text, flags, &folded, error);
    ty_slice in = ty_buffer_slice(&folded);
    for (size_t at = 0; status == TY_OK && at < in.size;) {
        size_t start = at;
        uint32_t c = ty_utf8_next(in, &at);
        if (c == 0x200B || c == 0xFEFF || (!ty_char_is_space(c) && !(c >= 0x1C && c <= 0x1F)))
            ty_buffer_add(out, ty_slice_sub(in, start, at));
    }
    if (status == TY_OK && (out->failed || folded.failed))
        status = ty_error_nomem(error);
    ty_buffer_release(&folded);
    return status;
}

static ty_status folded_equal(ty_slice one, ty_slice other, unsigned flags, bool *equal, ty_error *error)
{
    ty_buffer a = {0}, b = {0};
    ty_status status = fold_without_space(one, flags, &a, error);
    if (status == TY_OK)
        status = fold_without_space(other, flags, &b, error);
    *equal = status == TY_OK && ty_slice_equal(ty_buffer_slice(&a), ty_buffer_slice(&b));
    ty_buffer_release(&a);
    ty_buffer_release(&b);
    return status;
}

/* Are all tokens written the same, numbers aside? */
static bool same_form(ty_match_side one, ty_match_side other)
{
    for (size_t i = 0; i < one.tokens->list.count; i++)
        if (!ty_slice_equal(original(one, i), original(other, i)) && !ty_token_is_number(one.tokens, i))
            return false;
    return true;
}

ty_status ty_match_score_same(ty_match_side one, ty_match_side other, int *score, ty_error *error)
{
    bool equal;
    static const struct {
        int score;
        unsigned flags;
    } grades[] = {{99, 0}, {98, TY_FOLD_FORM}, {97, TY_FOLD_MATCH}};
    *score = 100;
    if (ty_slice_equal(one.text, other.text))
        return TY_OK;
    for (size_t i = 0; i < sizeof grades / sizeof *grades; i++) {
        *score = grades[i].score;
        ty_status status = folded_equal(one.text, other.text, grades[i].flags, &equal, error);
        if (status != TY_OK || equal)
            return status;
    }
    *score = same_form(one, other) ? 96 : 95;
    return TY_OK;
}

/* Both texts' tokens as numbers of one table. */
static ty_status number_tokens(const ty_text_tokens *tokens, ty_strings *strings, uint32_t *numbers,
                               ty_error *error)
{
    for (size_t i = 0; i < tokens->list.count; i++) {
        numbers[i] = ty_strings_add(strings, ty_token_key(tokens, i));
        if (numbers[i] == TY_STRINGS_NONE)
            return ty_error_nomem(error);
    }
    return TY_OK;
}

static ty_status token_distance(const ty_text_tokens *one, const ty_text_tokens *other, uint32_t *distance,
                                ty_error *error)
{
    ty_strings strings = {0};
    ty_arena arena = {0};
    ty_pattern pattern = {0};
    uint32_t *a = ty_arena_array(&arena, one->list.count + 1, sizeof *a);
    uint32_t *b = ty_arena_array(&arena, other->list.count + 1, sizeof *b);
    ty_status status = a && b ? TY_OK : ty_error_nomem(error);
    if (status == TY_OK)
        status = number_tokens(one, &strings, a, error);
    if (status == TY_OK)
        status = number_tokens(other, &strings, b, error);
    if (status == TY_OK)
        status = ty_pattern_set(&pattern, a, one->list.count, error);
    if (status == TY_OK)
        *distance = ty_pattern_distance(&pattern, b, other->list.count, UINT32_MAX / 2);
    ty_pattern_release(&pattern);
    ty_strings_release(&strings);
    ty_arena_release(&arena);
    return status;
}

static ty_status score_sides(ty_match_side one, ty_match_side other, ty_match_score *out, ty_error *error)
{
    size_t n = one.tokens->list.count, m = other.tokens->list.count;
    if (n > TY_MATCH_TOKENS_MAX || m > TY_MATCH_TOKENS_MAX)
        return ty_error_set(error, TY_ERR_LIMIT, "the text has more than %d tokens", TY_MATCH_TOKENS_MAX);
    out->longest = (uint32_t)(n > m ? n : m);
    ty_status status = token_distance(one.tokens, other.tokens, &out->distance, error);
    if (status != TY_OK)
        return status;
    out->score = ty_score_of(out->distance, out->longest);
    return out->distance == 0 ? ty_match_score_same(one, other, &out->score, error) : TY_OK;
}

ty_status ty_match_compare(ty_slice query, ty_slice text, ty_match_score *out, ty_error *error)
{
    ty_text_tokens one = {0}, other = {0};
    *out = (ty_match_score){0};
    ty_status status = ty_text_tokenize(query, &one, error);
    if (status == TY_OK)
        status = ty_text_tokenize(text, &other, error);
    if (status == TY_OK)
        status = score_sides((ty_match_side){query, &one}, (ty_match_side){text, &other}, out, error);
    ty_text_tokens_release(&one);
    ty_text_tokens_release(&other);
    return status;
}

static bool known_and_equal(ty_slice one, ty_slice other)
{
    return one.data && other.data && ty_slice_equal(one, other);
}

int ty_match_context(ty_slice query_previous, ty_slice query_next, ty_slice previous, ty_slice next)
{
    return known_and_equal(query_previous, previous) + known_and_equal(query_next, next);
}
