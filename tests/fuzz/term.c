/* SPDX-License-Identifier: Apache-2.0 */
/*
 * fuzz_term - bytes as terms, a line each, and behind an empty line as a text that is scanned for them
 * (libFuzzer, or main.c). Hits lie in the text, in order, and overlap only where they are the same; an index
 * that went through bytes finds the same.
 */
#include <stdlib.h>

#include "term/term.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void must(bool good)
{
    if (!good)
        abort();
}

static ty_term_index *make_index(ty_slice terms)
{
    ty_term_index *index = NULL;
    ty_slice term;
    must(ty_term_index_new(&index, NULL) == TY_OK);
    for (int64_t id = 0; ty_slice_next(&terms, '\n', &term); id++) {
        ty_term_entry entry = {.id = id,
                               .concept = id / 2,
                               .lang = id % 3 ? TY_SLICE("ja") : TY_SLICE("en"),
                               .text = term,
                               .part_of_speech = id % 4 ? TY_SLICE("noun") : TY_SLICE("verb")};
        must(ty_term_index_add(index, &entry, NULL) == TY_OK);
    }
    must(ty_term_index_build(index, NULL) == TY_OK);
    return index;
}

static void check_hits(const ty_term_scan *scan, ty_slice text)
{
    for (size_t i = 0; i < scan->spots.count; i++) {
        const ty_term_spot *spot = &scan->spots.items[i], *before = i ? spot - 1 : NULL;
        must(spot->start < spot->end && spot->end <= text.size && !spot->nested);
        must(!before || spot->start >= before->end ||
             (spot->start == before->start && spot->end == before->end));
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    ty_slice all = {(const char *)data, size};
    size_t gap = ty_slice_find(all, TY_SLICE("\n\n"), 0);
    size_t end = gap == SIZE_MAX ? size : gap;
    ty_slice text = ty_slice_sub(all, end, size);
    ty_term_index *index = make_index(ty_slice_sub(all, 0, end)), *back = NULL;
    ty_term_scan scan = {0}, again = {0};
    ty_buffer bytes = {0};
    must(ty_term_index_scan(index, text, TY_SLICE(""), 0, &scan, NULL) == TY_OK);
    check_hits(&scan, text);
    must(ty_term_index_save(index, &bytes, NULL) == TY_OK);
    must(ty_term_index_load(&bytes, &back, NULL) == TY_OK);
    must(ty_term_index_scan(back, text, TY_SLICE(""), 0, &again, NULL) == TY_OK);
    must(scan.spots.count == again.spots.count);
    must(ty_term_index_scan(index, text, TY_SLICE("en"), TY_TERM_NESTED, &scan, NULL) == TY_OK);
    must(ty_term_index_lookup(index, text, TY_SLICE("ja"), &scan, NULL) == TY_OK);
    ty_buffer_release(&bytes);
    ty_term_scan_release(&scan);
    ty_term_scan_release(&again);
    ty_term_index_free(index);
    ty_term_index_free(back);
    return 0;
}
