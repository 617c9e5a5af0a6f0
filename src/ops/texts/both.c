/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Documents with two languages: paragraphs that alternate, a table of two columns, a translation behind its
 * original. One such document is a release by itself; of two documents, what is in the other's language is no
 * text of it.
 */
#include "ops/texts/sides.h"

/* ------------------------------------------------------------------------------------------ two documents */

/* Paragraphs in the other language that follow each other; together they may be more than a name. */
struct run {
    size_t start, end; /* bytes of the text */
    size_t paragraphs, weight;
};

struct dropping {
    ty_buffer kept;
    ty_slice whole;
    size_t dropped;
    struct run run;
};

/* A name or a title in another language is text of this one. */
static void end_run(struct dropping *d)
{
    if (d->run.weight >= TY_SIDE_ENOUGH)
        d->dropped += d->run.paragraphs;
    else
        ty_buffer_add(&d->kept, ty_slice_sub(d->whole, d->run.start, d->run.end));
    d->run = (struct run){0};
}

static void add_to_run(struct run *run, ty_slice paragraph, size_t start, size_t end)
{
    if (!run->paragraphs)
        run->start = start;
    run->end = end;
    run->paragraphs++;
    run->weight += ty_side_weight(paragraph);
}

static ty_status drop_runs(const ty_text *text, ty_slice lang, ty_slice other, struct dropping *d,
                           ty_error *error)
{
    bool blank_lines = text->document.blank_lines;
    ty_slice rest = d->whole, paragraph;
    for (size_t start = 0; ty_side_next(&rest, blank_lines, &paragraph);) {
        size_t end = (size_t)(rest.data - d->whole.data);
        if (ty_side_of(paragraph, lang, other) == TY_SIDE_SECOND) {
            add_to_run(&d->run, paragraph, start, end);
        } else {
            end_run(d);
            ty_buffer_add(&d->kept, ty_slice_sub(d->whole, start, end));
        }
        start = end;
    }
    end_run(d);
    return d->kept.failed ? ty_error_nomem(error) : TY_OK;
}

ty_status ty_text_drop_other(ty_text *text, ty_slice lang, ty_slice other, const ty_listener *listener,
                             ty_error *error)
{
    struct dropping d = {.whole = ty_buffer_slice(&text->document.text)};
    ty_status status = drop_runs(text, lang, other, &d, error);
    if (status != TY_OK || !d.dropped || !ty_slice_trim(ty_buffer_slice(&d.kept)).size) {
        ty_buffer_release(&d.kept);
        return status;
    }
    ty_buffer_release(&text->document.text);
    text->document.text = d.kept;
    ty_warn(listener, text->path, 0, 0, "other-language", "%zu %s in %.*s left out of the %.*s text",
            d.dropped, d.dropped == 1 ? "paragraph" : "paragraphs", TY_SLICE_FORMAT(other),
            TY_SLICE_FORMAT(lang));
    return TY_OK;
}

/* ------------------------------------------------------------------------------------------ one document */

/* Which column of the tables has the second language: 0 or 1; -1 where they do not stand side by side. */
static int second_column(const ty_text *text, ty_slice first, ty_slice second)
{
    size_t votes[2][2] = {{0, 0}, {0, 0}}; /* by column and language */
    ty_slice whole = ty_buffer_slice(&text->document.text);
    for (size_t i = 0; i < text->document.cells.count; i++) {
        const ty_document_cell *cell = &text->document.cells.items[i];
        ty_slice content = ty_slice_sub(whole, cell->start, cell->end);
        if (cell->column > 1)
            return -1;
        ty_side side = ty_side_of(content, first, second);
        votes[cell->column][0] += side == TY_SIDE_FIRST;
        votes[cell->column][1] += side == TY_SIDE_SECOND;
    }
    for (int column = 0; column < 2; column++)
        if (votes[column][1] > votes[column][0] * 4 && votes[!column][0] > votes[!column][1] * 4)
            return column;
    return -1;
}

static void add_paragraph(ty_buffer *out, ty_slice paragraph, bool blank_lines)
{
    ty_buffer_add(out, paragraph);
    ty_buffer_add(out, blank_lines ? TY_SLICE("\n\n") : TY_SLICE("\n"));
}

struct splitting {
    ty_text *texts[2];
    ty_buffer out[2];
    int column; /* of the second language; -1: none */
    bool in_second;
};

static bool split_paragraph(struct splitting *s, ty_slice paragraph, ty_slice first, ty_slice second)
{
    const ty_document *document = &s->texts[0]->document;
    size_t at = (size_t)(paragraph.data - document->text.data);
    const ty_document_cell *cell = s->column >= 0 ? ty_document_cell_at(document, at) : NULL;
    ty_side side = ty_side_of(paragraph, first, second);
    if (cell || side != TY_SIDE_UNKNOWN) /* what is too short to tell stays with the one before it */
        s->in_second = cell ? (int)cell->column == s->column : side == TY_SIDE_SECOND;
    add_paragraph(&s->out[s->in_second], paragraph, document->blank_lines);
    if (!ty_slice_trim(paragraph).size)
        return true;
    uint32_t row = cell ? cell->row : 0;
    return ty_vector_push(&s->texts[s->in_second]->rows, row);
}

/* The texts in both languages, the second one into `other`, which has the name and the facts of the first. */
ty_status ty_text_split(ty_text *text, ty_slice first, ty_slice second, ty_text **other, ty_error *error)
{
    *other = calloc(1, sizeof **other);
    if (!*other)
        return ty_error_nomem(error);
    ty_text *two = *other;
    struct splitting s = {.texts = {text, two}, .column = second_column(text, first, second)};
    bool blank_lines = text->document.blank_lines, good = true;
    ty_slice rest = ty_buffer_slice(&text->document.text), paragraph;
    while (good && ty_side_next(&rest, blank_lines, &paragraph))
        good = split_paragraph(&s, paragraph, first, second);
    two->path = ty_arena_copy(&two->arena, ty_slice_of(text->path)).data;
    two->file = text->file ? two->path : NULL;
    two->lang = ty_arena_copy(&two->arena, second);
    two->document.blank_lines = blank_lines;
    two->document.format = text->document.format;
    memcpy(two->document.encoding, text->document.encoding, sizeof two->document.encoding);
    ty_buffer_release(&text->document.text);
    text->document.text = s.out[0];
    two->document.text = s.out[1];
    text->lang = ty_arena_copy(&text->arena, first);
    bool failed = !good || s.out[0].failed || s.out[1].failed || two->arena.failed || text->arena.failed;
    return failed ? ty_error_nomem(error) : TY_OK;
}

bool ty_text_has_both(const ty_text *text, ty_slice first, ty_slice second)
{
    size_t weights[3] = {0, 0, 0};
    ty_slice rest = ty_buffer_slice(&text->document.text), paragraph;
    while (ty_side_next(&rest, text->document.blank_lines, &paragraph))
        weights[ty_side_of(paragraph, first, second)] += ty_side_weight(paragraph);
    size_t ones = weights[TY_SIDE_FIRST], twos = weights[TY_SIDE_SECOND];
    enum { LEAST = 3 };
    return ones >= LEAST && twos >= LEAST && ones <= twos * 4 && twos <= ones * 4;
}
