/* SPDX-License-Identifier: Apache-2.0 */
/*
 * fuzz_segment - any bytes as text, and as SRX rules (libFuzzer, or main.c).
 *
 * The first byte chooses language and options; with its bit 5 set the first two lines are the expressions of
 * a rule. Whatever it is: sentences are in order and inside the text, only white space is between them, and
 * the stream finds what the whole finds.
 */
#include <stdio.h>
#include <stdlib.h>

#include "segment/segment.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

typedef struct follower {
    const ty_sentences *whole;
    size_t at;
} follower;

static bool follow(void *payload, ty_slice sentence, ty_sentence place)
{
    follower *f = payload;
    if (f->at == f->whole->count)
        abort();
    ty_sentence wanted = f->whole->items[f->at++];
    if (place.start != wanted.start || place.end != wanted.end || place.paragraph != wanted.paragraph)
        abort();
    return true;
}

static void check_stream(ty_slice text, const ty_segment_options *options, const ty_sentences *whole)
{
    ty_segmenter *segmenter;
    follower f = {.whole = whole};
    if (ty_segmenter_new(options, &segmenter, NULL) != TY_OK)
        abort();
    for (size_t at = 0; at < text.size; at += 13)
        if (ty_segmenter_feed(segmenter, ty_slice_sub(text, at, at + 13), follow, &f, NULL) != TY_OK)
            abort();
    if (ty_segmenter_finish(segmenter, follow, &f, NULL) != TY_OK || f.at != whole->count)
        abort();
    ty_segmenter_free(segmenter);
}

static void check(ty_slice text, const ty_segment_options *options)
{
    ty_sentences found = {0};
    if (ty_segment(text, options, &found, NULL) == TY_OK) {
        size_t behind = 0;
        for (size_t i = 0; i < found.count; i++) {
            if (found.items[i].start < behind || found.items[i].end <= found.items[i].start)
                abort();
            for (; behind < found.items[i].start; behind++)
                if ((unsigned char)text.data[behind] > ' ' && (unsigned char)text.data[behind] < 0x7F)
                    abort();
            behind = found.items[i].end;
        }
        if (behind > text.size)
            abort();
        check_stream(text, options, &found);
    }
    ty_vector_release(&found);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const char *const langs[] = {"en", "ja", "de", "fr", "es", "zh", "ko", "xx"};
    if (size == 0)
        return 0;
    unsigned flags = data[0];
    ty_slice rest = {(const char *)data + 1, size - 1}, before, after;
    ty_segment_options options = {.lang = ty_slice_of(langs[flags & 7]),
                                  .keep_quotations = flags & 8,
                                  .inline_lists = flags & 16,
                                  .paragraphs = (ty_paragraph_mode)((flags >> 6) % 3)};
    ty_srx *srx = NULL;
    if ((flags & 32) && ty_slice_next(&rest, '\n', &before) && ty_slice_next(&rest, '\n', &after)) {
        srx = ty_srx_new();
        if (!srx || ty_srx_add_map(srx, TY_SLICE(".*"), TY_SLICE("x"), NULL) != TY_OK ||
            ty_srx_add_rule(srx, TY_SLICE("x"), true, before, after, NULL) != TY_OK)
            abort();
        options.srx = srx;
    }
    check(rest, &options);
    ty_srx_free(srx);
    return 0;
}
