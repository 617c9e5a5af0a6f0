/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A whole text cut piece by piece, which begin where paragraphs do: on all cores, and told in order. No more
 * than a few pieces' sentences are kept.
 */
#include "segment/internal.h"

#define PIECE ((size_t)1 << 16) /* bytes, about */
#define FEW 4                   /* pieces that are cut sooner than a thread is started */

typedef struct piece {
    ty_sentences found; /* with the piece's own numbers of paragraphs */
    uint32_t paragraphs;
} piece;

typedef struct cutting {
    ty_segmenter *segmenter;
    ty_slice text;
    ty_layout layout;
    ty_sentence_sink sink;
    void *payload;
    uint32_t paragraphs; /* of the pieces that were told */
    piece pieces[TY_RELAY_AHEAD];
} cutting;

/* Where the piece of a number begins; SIZE_MAX where all its bytes are within a paragraph of one before. */
static size_t start_of(const cutting *c, size_t number)
{
    size_t at = number * PIECE;
    if (number == 0 || at >= c->text.size)
        return number ? c->text.size : 0;
    size_t end = c->text.size - at > PIECE ? at + PIECE : c->text.size;
    return ty_paragraph_seek(c->text, &c->layout, at, end);
}

static size_t end_of(const cutting *c, size_t number)
{
    size_t end;
    while ((end = start_of(c, ++number)) == SIZE_MAX)
        ;
    return end;
}

static ty_status cut_piece(void *payload, size_t number, ty_error *error)
{
    cutting *c = payload;
    piece *p = &c->pieces[number % TY_RELAY_AHEAD];
    size_t at = start_of(c, number);
    ty_paragraph paragraph;
    ty_vector_clear(&p->found);
    p->paragraphs = 0;
    if (at == SIZE_MAX)
        return TY_OK;
    ty_slice text = ty_slice_sub(c->text, 0, end_of(c, number));
    for (; ty_paragraph_next(text, &c->layout, &at, &paragraph); p->paragraphs++)
        if (!ty_paragraph_cut(c->segmenter, c->text, &paragraph, p->paragraphs, &p->found))
            return ty_error_nomem(error);
    return TY_OK;
}

static ty_status tell_piece(void *payload, size_t number, ty_error *error)
{
    cutting *c = payload;
    const piece *p = &c->pieces[number % TY_RELAY_AHEAD];
    for (const ty_sentence *s = p->found.items, *end = s + p->found.count; s < end; s++) {
        ty_sentence place = *s;
        place.paragraph += c->paragraphs;
        if (!c->sink(c->payload, (ty_slice){c->text.data + s->start, s->end - s->start}, place))
            return TY_STOP;
    }
    c->paragraphs += p->paragraphs;
    return TY_OK;
}

ty_status ty_segmenter_each(ty_segmenter *segmenter, ty_slice text, ty_sentence_sink sink, void *payload,
                            ty_error *error)
{
    cutting c = {.segmenter = segmenter,
                 .text = text,
                 .layout = ty_layout_find(text, segmenter->paragraphs),
                 .sink = sink,
                 .payload = payload};
    bool grows = segmenter->srx; /* its automata do, as they run */
    ty_speakers_find(&segmenter->speakers, segmenter->latin, text);
    ty_relay relay = {.count = text.size / PIECE + 1,
                      .alone = grows || text.size < FEW * PIECE,
                      .make = cut_piece,
                      .take = tell_piece,
                      .payload = &c};
    ty_status status = ty_threads_relay(&relay, error);
    for (size_t i = 0; i < TY_RELAY_AHEAD; i++)
        ty_vector_release(&c.pieces[i].found);
    return status;
}
