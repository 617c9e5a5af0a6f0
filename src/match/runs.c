/* SPDX-License-Identifier: Apache-2.0 */
#include "match/runs.h"

/* ------------------------------------------------------------------------------------------ the query */

static void add_code(ty_buffer *codes, uint32_t code)
{
    uint8_t bytes[TY_CODE_MAX];
    const uint8_t *end = ty_code_put(bytes, code);
    ty_buffer_add(codes, (ty_slice){(const char *)bytes, (size_t)(end - bytes)});
}

/* A number is the token of numbers and its own digits. */
static uint32_t add_token(ty_runs *runs, const ty_text_tokens *tokens, size_t number)
{
    const ty_match_index *index = runs->index;
    uint32_t token = ty_index_word(index, ty_token_key(tokens, number)), digits = 0;
    bool is_number = token != TY_TOKEN_NONE && token == index->number;
    if (is_number)
        digits = ty_index_word(index, ty_token_digits(tokens, number));
    if (token == TY_TOKEN_NONE || digits == TY_TOKEN_NONE)
        return TY_TOKEN_NONE;
    add_code(&runs->codes, token);
    if (is_number)
        add_code(&runs->codes, digits);
    return token;
}

ty_status ty_runs_set(ty_runs *runs, const ty_match_index *index, const ty_text_tokens *tokens,
                      ty_error *error)
{
    runs->index = index;
    ty_vector_clear(&runs->tokens);
    ty_vector_clear(&runs->starts);
    ty_buffer_clear(&runs->codes);
    bool good = ty_vector_push(&runs->starts, 0);
    for (size_t i = 0; good && i < tokens->list.count; i++) {
        uint32_t token = add_token(runs, tokens, i);
        good =
            ty_vector_push(&runs->tokens, token) && ty_vector_push(&runs->starts, (uint32_t)runs->codes.size);
    }
    return good && !runs->codes.failed ? TY_OK : ty_error_nomem(error);
}

void ty_runs_release(ty_runs *runs)
{
    ty_vector_release(&runs->tokens);
    ty_vector_release(&runs->starts);
    ty_vector_release(&runs->rows);
    ty_buffer_release(&runs->codes);
}

/* ------------------------------------------------------------------------------------------ one entry */

/* Where the run begins in the codes of an entry, at or behind `from`; SIZE_MAX: nowhere. A find must begin
 * where a code does. */
static size_t find_run(ty_slice codes, ty_slice run, size_t from)
{
    const uint8_t *begin = (const uint8_t *)codes.data, *end = begin + codes.size, *at = begin;
    size_t found = ty_slice_find(codes, run, from);
    while (found != SIZE_MAX) {
        while (at < begin + found)
            ty_code_next(&at, end);
        if (at == begin + found)
            return found;
        found = ty_slice_find(codes, run, found + 1);
    }
    return SIZE_MAX;
}

static ty_slice codes_between(const ty_runs *runs, uint32_t first, uint32_t end)
{
    return ty_slice_sub(ty_buffer_slice(&runs->codes), runs->starts.items[first], runs->starts.items[end]);
}

/* How far the query goes on like the entry from here. */
static uint32_t go_on(const ty_runs *runs, ty_slice codes, size_t at, uint32_t end)
{
    while (end < runs->tokens.count && runs->tokens.items[end] != TY_TOKEN_NONE) {
        ty_slice next = codes_between(runs, end, end + 1);
        if (!ty_slice_starts(ty_slice_sub(codes, at, codes.size), next))
            break;
        at += next.size;
        end++;
    }
    return end;
}

/* ------------------------------------------------------------------------------------------ all entries */

typedef struct visit {
    ty_runs *runs;
    ty_slice run;
    uint32_t first, end;
    /* Called with an entry that has the run, and where; false ends the visit. */
    bool (*each)(struct visit *visit, int64_t id, ty_slice codes, size_t at);
    void *payload;
    bool (*tell)(void *payload, int64_t id);
    uint32_t longest;
    bool ended;
} visit;

static void visit_entry(visit *v, int64_t id, ty_slice codes)
{
    size_t at = find_run(codes, v->run, 0);
    if (at != SIZE_MAX && !ty_index_removed(v->runs->index, id))
        v->ended = !v->each(v, id, codes, at);
}

/* The codes of an entry that is not sorted in; behind them may stand those of one that is gone. */
static ty_slice pending_codes(const ty_match_index *index, const ty_pending_entry *entry)
{
    const uint8_t *begin = (const uint8_t *)index->codes.data + entry->codes, *at = begin;
    const uint8_t *end = (const uint8_t *)index->codes.data + index->codes.size;
    for (uint32_t i = 0; entry->length <= TY_MATCH_TOKENS_MAX && i < entry->length; i++)
        if (ty_code_next(&at, end) == index->number)
            ty_code_next(&at, end);
    return (ty_slice){(const char *)begin, (size_t)(at - begin)};
}

static void visit_pending(visit *v)
{
    const ty_match_index *index = v->runs->index;
    for (size_t i = index->pending.count; i-- > 0 && !v->ended;) {
        ty_slice codes = pending_codes(index, &index->pending.items[i]);
        size_t at = find_run(codes, v->run, 0);
        if (at != SIZE_MAX)
            v->ended = !v->each(v, index->pending.items[i].id, codes, at);
    }
}

/* The rows of the run's tokens; false where one of them is in no sorted entry. */
static bool list_rows(visit *v, ty_status *status, ty_error *error)
{
    ty_runs *runs = v->runs;
    const ty_image *image = &runs->index->image;
    ty_vector_clear(&runs->rows);
    for (uint32_t i = v->first; i < v->end; i++) {
        uint32_t token = runs->tokens.items[i];
        if (token >= ty_index_image_words(runs->index))
            return false;
        const uint64_t *row = image->rows + ty_image_row(image, token, 0) * (size_t)image->header->stride;
        if (!ty_vector_push(&runs->rows, row)) {
            *status = ty_error_nomem(error);
            return false;
        }
    }
    return runs->rows.count > 0;
}

static void intersect(const ty_runs *runs, size_t word, uint64_t *all)
{
    const ty_image *image = &runs->index->image;
    memset(all, 0xFF, TY_CHUNK_WORDS * sizeof *all);
    for (size_t i = 0; i < runs->rows.count; i++)
        if (!ty_image_trusts(image, runs->rows.items[i] + word, TY_CHUNK_WORDS * sizeof *all)) {
            memset(all, 0, TY_CHUNK_WORDS * sizeof *all);
            return;
        }
    for (size_t i = 0; i < runs->rows.count; i++)
        for (size_t w = 0; w < TY_CHUNK_WORDS; w++)
            all[w] &= runs->rows.items[i][word + w];
}

static void visit_image(visit *v)
{
    const ty_image *image = &v->runs->index->image;
    size_t entries = ty_image_entries(image);
    uint64_t all[TY_CHUNK_WORDS];
    for (size_t word = 0; word * 64 < entries && !v->ended; word += TY_CHUNK_WORDS) {
        intersect(v->runs, word, all);
        for (size_t w = 0; w < TY_CHUNK_WORDS; w++)
            for (uint64_t left = all[w]; left && !v->ended; left &= left - 1) {
                size_t entry = (word + w) * 64 + (size_t)__builtin_ctzll(left);
                if (entry >= entries)
                    return;
                const uint8_t *codes, *end;
                if (ty_image_trusts_entry(image, (uint32_t)entry, &codes, &end))
                    visit_entry(v, image->ids[entry], (ty_slice){(const char *)codes, (size_t)(end - codes)});
            }
    }
}

static ty_status visit_all(visit *v, ty_error *error)
{
    ty_status status = TY_OK;
    for (uint32_t i = v->first; i < v->end; i++)
        if (v->runs->tokens.items[i] == TY_TOKEN_NONE)
            return TY_OK;
    v->run = codes_between(v->runs, v->first, v->end);
    visit_pending(v);
    if (v->runs->index->image.header && list_rows(v, &status, error))
        visit_image(v);
    return ty_image_verdict(&v->runs->index->image, status, error);
}

/* ------------------------------------------------------------------------------------------ questions */

static bool measure(visit *v, int64_t id, ty_slice codes, size_t at)
{
    (void)id;
    for (; at != SIZE_MAX; at = find_run(codes, v->run, at + 1)) {
        uint32_t end = go_on(v->runs, codes, at + v->run.size, v->end);
        v->longest = end > v->longest ? end : v->longest;
    }
    return v->longest < v->runs->tokens.count;
}

ty_status ty_runs_longest(ty_runs *runs, uint32_t first, uint32_t end, uint32_t *out, ty_error *error)
{
    visit v = {.runs = runs, .first = first, .end = end, .each = measure};
    ty_status status = visit_all(&v, error);
    *out = v.longest;
    return status;
}

static bool tell(visit *v, int64_t id, ty_slice codes, size_t at)
{
    (void)codes;
    (void)at;
    return v->tell(v->payload, id);
}

ty_status ty_runs_each(ty_runs *runs, uint32_t first, uint32_t end, bool (*each)(void *payload, int64_t id),
                       void *payload, ty_error *error)
{
    visit v = {.runs = runs, .first = first, .end = end, .each = tell, .tell = each, .payload = payload};
    return visit_all(&v, error);
}
