/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Text in pieces. What has come waits until its paragraph is complete: that is, until the next one has begun.
 */
#include "segment/internal.h"

#define WINDOW 65536              /* bytes that ty_layout_find looks at */
#define LONGEST ((size_t)1 << 24) /* bytes of a paragraph that is kept whole */

/* Hands over sentences found in `waiting`. */
static ty_status send(ty_segmenter *segmenter, size_t count, ty_sentence_sink sink, void *payload)
{
    for (size_t i = 0; i < count; i++) {
        ty_sentence place = segmenter->found.items[i];
        ty_slice sentence = {segmenter->waiting.data + place.start, place.end - place.start};
        place.start += segmenter->offset;
        place.end += segmenter->offset;
        if (!sink(payload, sentence, place))
            return TY_STOP;
    }
    return TY_OK;
}

static void drop(ty_segmenter *segmenter, size_t size)
{
    ty_buffer *waiting = &segmenter->waiting;
    if (size > 0)
        memmove(waiting->data, waiting->data + size, waiting->size - size);
    waiting->size -= size;
    segmenter->offset += size;
    segmenter->seen = segmenter->seen > size ? segmenter->seen - size : 0;
}

static ty_status cut(ty_segmenter *segmenter, const ty_paragraph *paragraph, ty_error *error)
{
    ty_vector_clear(&segmenter->found);
    if (ty_paragraph_cut(segmenter, ty_buffer_slice(&segmenter->waiting), paragraph, segmenter->paragraph,
                         &segmenter->found))
        return TY_OK;
    return ty_error_nomem(error);
}

/* Cuts the complete paragraphs of `ready`, a beginning of `waiting`: all of them at the end of the text. */
static ty_status cut_paragraphs(ty_segmenter *segmenter, ty_slice ready, bool last, ty_sentence_sink sink,
                                void *payload, ty_error *error)
{
    size_t at = 0, done = 0;
    ty_paragraph paragraph, next;
    ty_status status = TY_OK;
    bool found = ty_paragraph_next(ready, &segmenter->layout, &at, &paragraph);
    while (found && status == TY_OK) {
        size_t behind = at;
        found = ty_paragraph_next(ready, &segmenter->layout, &at, &next);
        if (!found && !last && segmenter->layout.mode != TY_PARAGRAPHS_LINE)
            break;
        status = cut(segmenter, &paragraph, error);
        if (status == TY_OK)
            status = send(segmenter, segmenter->found.count, sink, payload);
        segmenter->paragraph++;
        done = behind;
        paragraph = next;
    }
    if (status == TY_OK)
        drop(segmenter, last ? segmenter->waiting.size : done);
    return status;
}

/* A paragraph that does not end: all its sentences but the last go. */
static ty_status cut_endless(ty_segmenter *segmenter, ty_sentence_sink sink, void *payload, ty_error *error)
{
    size_t size = segmenter->waiting.size;
    ty_paragraph endless = {ty_skip_space(segmenter->waiting.data, 0, size), size, .broken = true};
    ty_status status = cut(segmenter, &endless, error);
    if (status != TY_OK)
        return status;
    size_t count = segmenter->found.count;
    if (count > 1)
        count--;
    status = send(segmenter, count, sink, payload);
    if (status == TY_OK && count > 0)
        drop(segmenter, segmenter->found.items[count - 1].end);
    if (status == TY_OK && count == 0)
        drop(segmenter, size);
    return status;
}

/* The end of the last complete line of `waiting`. */
static size_t complete_lines(ty_segmenter *segmenter)
{
    const ty_buffer *waiting = &segmenter->waiting;
    size_t end = waiting->size;
    if (end > 0 && waiting->data[end - 1] == '\r')
        end--; /* LF may follow */
    while (end > segmenter->seen && waiting->data[end - 1] != '\n' && waiting->data[end - 1] != '\r')
        end--;
    if (end <= segmenter->seen)
        end = 0;
    return end;
}

/* What the beginning of the text says of all of it. */
static void lay_out(ty_segmenter *segmenter)
{
    ty_slice begun = ty_buffer_slice(&segmenter->waiting);
    segmenter->layout = ty_layout_find(begun, segmenter->paragraphs);
    ty_speakers_find(&segmenter->speakers, segmenter->latin, begun);
    segmenter->laid_out = true;
}

ty_status ty_segmenter_feed(ty_segmenter *segmenter, ty_slice piece, ty_sentence_sink sink, void *payload,
                            ty_error *error)
{
    ty_status status = TY_OK;
    while (piece.size > 0 && status == TY_OK) {
        ty_slice bite = ty_slice_sub(piece, 0, WINDOW);
        piece = ty_slice_sub(piece, bite.size, piece.size);
        ty_buffer_add(&segmenter->waiting, bite);
        if (segmenter->waiting.failed)
            return ty_error_nomem(error);
        if (!segmenter->laid_out && segmenter->waiting.size < WINDOW)
            continue;
        if (!segmenter->laid_out)
            lay_out(segmenter);
        size_t ready = complete_lines(segmenter);
        segmenter->seen = segmenter->waiting.size;
        if (ready > 0)
            status = cut_paragraphs(segmenter, (ty_slice){segmenter->waiting.data, ready}, false, sink,
                                    payload, error);
        if (status == TY_OK && segmenter->waiting.size > LONGEST)
            status = cut_endless(segmenter, sink, payload, error);
    }
    return status;
}

ty_status ty_segmenter_finish(ty_segmenter *segmenter, ty_sentence_sink sink, void *payload, ty_error *error)
{
    ty_slice rest = ty_buffer_slice(&segmenter->waiting);
    if (!segmenter->laid_out)
        lay_out(segmenter);
    ty_status status = cut_paragraphs(segmenter, rest, true, sink, payload, error);
    ty_buffer_clear(&segmenter->waiting);
    segmenter->offset = segmenter->seen = 0;
    segmenter->paragraph = 0;
    segmenter->laid_out = false;
    return status;
}
