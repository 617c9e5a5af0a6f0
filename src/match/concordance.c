/* SPDX-License-Identifier: Apache-2.0 */
/* Concordance without an index, and the finding of hits in one text that the index verifies with. */
#include "match/internal.h"

#define DEFAULT_HITS 50

/* Adds [start, end), joined with the last span where they share bytes: one character may fold to many. */
static bool add_span(ty_spans *spans, size_t start, size_t end)
{
    if (spans->count && start < spans->items[spans->count - 1].end) {
        ty_span *last = &spans->items[spans->count - 1];
        if (end > last->end)
            last->end = end;
        return true;
    }
    return ty_vector_push(spans, ((ty_span){start, end}));
}

ty_status ty_needle_spans(ty_needle *needle, ty_slice text, ty_spans *spans, ty_error *error)
{
    ty_vector_clear(spans);
    ty_slice folded = ty_buffer_slice(&needle->folded);
    if (needle->kind != TY_SEARCH_TEXT)
        return ty_needle_word_spans(needle, text, spans, error);
    if (!folded.size)
        return TY_OK;
    ty_status status = ty_fold(text, TY_FOLD_SEARCH, &needle->text, error);
    if (status != TY_OK)
        return status;
    ty_slice in = ty_buffer_slice(&needle->text.text);
    size_t at = ty_slice_find(in, folded, 0);
    while (at != SIZE_MAX) {
        size_t last = at + folded.size - 1;
        if (!add_span(spans, needle->text.starts.items[at], needle->text.ends.items[last]))
            return ty_error_nomem(error);
        at = ty_slice_find(in, folded, at + folded.size);
    }
    return TY_OK;
}

ty_status ty_needle_set(ty_needle *needle, const ty_concordance_query *query, ty_error *error)
{
    ty_buffer_clear(&needle->folded);
    needle->kind = query->kind;
    if (ty_utf8_check(query->text) < query->text.size)
        return TY_NO;
    if (query->kind != TY_SEARCH_TEXT)
        return ty_needle_set_words(needle, query, error);
    ty_status status = ty_fold_plain(query->text, TY_FOLD_SEARCH, &needle->folded, error);
    return status == TY_OK && !needle->folded.size ? TY_NO : status;
}

void ty_needle_release(ty_needle *needle)
{
    ty_buffer_release(&needle->folded);
    ty_buffer_release(&needle->plain);
    ty_folded_release(&needle->text);
    ty_vector_release(&needle->spans);
    ty_vector_release(&needle->words);
    ty_text_tokens_release(&needle->tokens);
    ty_arena_release(&needle->arena);
}

ty_status ty_needle_is_in(ty_needle *needle, ty_slice text, bool *found, ty_error *error)
{
    if (needle->kind != TY_SEARCH_TEXT) {
        ty_status words = ty_needle_word_spans(needle, text, &needle->spans, error);
        *found = needle->spans.count > 0;
        return words;
    }
    ty_buffer_clear(&needle->plain);
    ty_status status = ty_fold_plain(text, TY_FOLD_SEARCH, &needle->plain, error);
    ty_slice folded = ty_buffer_slice(&needle->folded);
    *found = status == TY_OK && folded.size &&
             ty_slice_find(ty_buffer_slice(&needle->plain), folded, 0) != SIZE_MAX;
    return status;
}

size_t ty_concordance_wanted(const ty_concordance_query *query)
{
    return query->max_hits ? query->max_hits : DEFAULT_HITS;
}

ty_status ty_concordance_spans(ty_slice needle, ty_slice text, ty_spans *spans, ty_error *error)
{
    ty_needle prepared = {0};
    ty_vector_clear(spans);
    ty_concordance_query query = {.text = needle};
    ty_status status = ty_needle_set(&prepared, &query, error);
    if (status == TY_OK)
        status = ty_needle_spans(&prepared, text, spans, error);
    ty_needle_release(&prepared);
    return status == TY_NO ? TY_OK : status;
}

ty_status ty_concordance_try(ty_needle *needle, const ty_concordance_query *query, int64_t id, ty_slice text,
                             ty_concordance_each each, void *payload, size_t *hits, ty_error *error)
{
    bool found;
    ty_status status = ty_needle_is_in(needle, text, &found, error);
    if (status != TY_OK || !found)
        return status;
    if (query->accept && !query->accept(query->payload, id))
        return TY_OK;
    ty_vector_clear(&needle->spans);
    if (*hits + query->counted < ty_concordance_wanted(query))
        status = ty_needle_spans(needle, text, &needle->spans, error);
    if (status != TY_OK)
        return status;
    ++*hits;
    return each(payload, id, text, &needle->spans);
}

ty_status ty_concordance_scan(const ty_concordance_query *query, const ty_match_entries *entries,
                              ty_concordance_each each, void *payload, ty_error *error)
{
    ty_needle needle = {0};
    size_t hits = 0;
    ty_status status = ty_needle_set(&needle, query, error);
    while (status == TY_OK && hits < ty_concordance_wanted(query)) {
        int64_t id;
        ty_slice text;
        status = entries->next(entries->payload, &id, &text, error);
        if (status == TY_OK)
            status = ty_concordance_try(&needle, query, id, text, each, payload, &hits, error);
    }
    ty_needle_release(&needle);
    return status == TY_NO && hits ? TY_OK : status;
}
