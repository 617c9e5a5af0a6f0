/* SPDX-License-Identifier: Apache-2.0 */
/*
 * fuzz_match - random texts and damaged indexes (libFuzzer, or main.c).
 *
 * The bytes are texts with 0x1E between them, the last one asked for: the index must answer as brute force
 * and as a scan. Then they are written over the index's own bytes, the checksum made good, and whatever that
 * opens must be safe to ask.
 */
#include <stdio.h>

#include "match/index.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

typedef struct list {
    ty_slices texts;
    size_t at;
} list;

static ty_status list_next(void *payload, int64_t *id, ty_slice *text, ty_error *error)
{
    list *all = payload;
    if (all->at == all->texts.count)
        return TY_NO;
    *text = all->texts.items[all->at];
    *id = (int64_t)all->at++;
    return TY_OK;
}

static ty_status list_text(void *payload, int64_t id, ty_slice *out, ty_error *error)
{
    list *all = payload;
    if (id < 0 || (uint64_t)id >= all->texts.count)
        return TY_NO;
    *out = all->texts.items[id];
    return TY_OK;
}

static ty_status add_up(void *payload, int64_t id, ty_slice text, const ty_spans *spans)
{
    uint64_t *sum = payload;
    for (size_t i = 0; i < spans->count; i++)
        if (spans->items[i].start >= spans->items[i].end || spans->items[i].end > text.size)
            abort();
    *sum += (uint64_t)(id + 1) * UINT64_C(0x9E3779B97F4A7C15);
    return TY_OK;
}

static void ask(const ty_match_index *index, list *all, ty_slice text, int score, bool compare)
{
    ty_match_scratch *scratch;
    ty_match_hits got = {0}, want = {0};
    ty_match_query query = {.text = text, .min_score = score, .max_hits = 8};
    ty_concordance_query string = {.text = text, .max_hits = SIZE_MAX};
    ty_match_texts texts = {all, list_text};
    ty_match_entries entries = {all, list_next};
    uint64_t found = 0, scanned = 0;
    if (ty_match_scratch_new(&scratch, NULL) != TY_OK)
        return;
    ty_status status = ty_match_index_find(index, &query, &texts, scratch, &got, NULL);
    all->at = 0;
    if (compare && ty_match_brute_force(&query, 1, &entries, &want, NULL) == TY_OK && status == TY_OK) {
        if (got.count != want.count)
            abort();
        for (size_t i = 0; i < got.count; i++)
            if (got.items[i].id != want.items[i].id || got.items[i].score.score != want.items[i].score.score)
                abort();
    }
    ty_match_index_search(index, &string, &texts, scratch, add_up, &found, NULL);
    all->at = 0;
    if (compare)
        ty_concordance_scan(&string, &entries, add_up, &scanned, NULL);
    if (compare && found != scanned)
        abort();
    ty_match_scratch_free(scratch);
    ty_vector_release(&got);
    ty_vector_release(&want);
}

/* The index's bytes with some of them overwritten, opened, asked, and built anew. */
static void ask_damaged(ty_match_index *index, list *all, ty_slice text, const uint8_t *data, size_t size)
{
    ty_slice bytes;
    ty_match_index *opened;
    if (ty_match_index_bytes(index, &bytes, NULL) != TY_OK)
        return;
    char *copy = malloc(bytes.size);
    if (!copy)
        return;
    memcpy(copy, bytes.data, bytes.size);
    ty_image_header *header = (ty_image_header *)(void *)copy;
    for (size_t i = 0; i + 3 <= size; i += 3) {
        size_t place = ((size_t)data[i] << 8 | data[i + 1]) * (i % 2 ? 1 : 61) % bytes.size;
        bool in_table = place >= offsetof(ty_image_header, offsets) && place < sizeof *header;
        if (!in_table) /* sealing goes by it */
            copy[place] = (char)data[i + 2];
    }
    header->size = bytes.size;
    ty_image image = {.header = header};
    ty_image_point(&image, header);
    ty_image_seal(&image);
    if (ty_match_index_open(copy, bytes.size, &opened, NULL) != TY_OK)
        return;
    ask(opened, all, text, 1 + size % 100, false);
    if (ty_match_index_add(opened, 7, text, NULL) == TY_OK && ty_match_index_build(opened, NULL) == TY_OK)
        ask(opened, all, text, 30, false);
    ty_match_index_free(opened);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    list all = {0};
    ty_match_index *index;
    ty_slice rest = {(const char *)data, size}, text;
    if (!size || ty_match_index_new(&index, NULL) != TY_OK)
        return 0;
    while (ty_slice_next(&rest, 0x1E, &text))
        if (!ty_vector_push(&all.texts, text))
            break;
    for (size_t i = 0; i < all.texts.count; i++) {
        if (i == all.texts.count / 2)
            ty_match_index_build(index, NULL);
        ty_match_index_add(index, (int64_t)i, all.texts.items[i], NULL);
    }
    text = all.texts.items[all.texts.count - 1];
    ask(index, &all, text, data[0] % 101, true);
    ty_match_index_build(index, NULL);
    ask(index, &all, ty_slice_sub(text, text.size / 4, text.size), data[0] % 101, true);
    ask_damaged(index, &all, text, data, size);
    ty_match_index_free(index);
    ty_vector_release(&all.texts);
    return 0;
}
