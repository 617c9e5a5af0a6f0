/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A table of two columns, a language each: what stands side by side in a row is a pair. A row of a sentence
 * or a few is a bead that is fixed; within longer ones the aligner looks.
 */
#include "ops/internal.h"

enum { MOST_IN_ROW = 4 /* sentences on one side that stand for one on the other */ };

const ty_document_cell *ty_document_cell_at(const ty_document *document, size_t offset)
{
    size_t low = 0, high = document->cells.count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (document->cells.items[middle].end <= offset)
            low = middle + 1;
        else
            high = middle;
    }
    bool inside = low < document->cells.count && document->cells.items[low].start <= offset;
    return inside ? &document->cells.items[low] : NULL;
}

/* The sentences of the next row at or behind *at; false where there is none. */
static bool next_row(const ty_text *text, uint32_t *at, uint32_t *row, uint32_t *start)
{
    const ty_sentences *sentences = &text->sentences;
    *row = 0;
    for (; *at < sentences->count; ++*at) {
        uint32_t paragraph = sentences->items[*at].paragraph;
        uint32_t here = paragraph < text->rows.count ? text->rows.items[paragraph] : 0;
        if (*row && here != *row)
            return true;
        if (here && !*row)
            *start = *at;
        *row = *row ? *row : here;
    }
    return *row != 0;
}

ty_status ty_bitext_fix_rows(const ty_bitext *bitext, ty_beads *anchors, ty_error *error)
{
    uint32_t ends[2] = {0, 0}, starts[2] = {0, 0}, rows[2] = {0, 0};
    bool more = next_row(bitext->source, &ends[0], &rows[0], &starts[0]) &&
                next_row(bitext->target, &ends[1], &rows[1], &starts[1]);
    while (more) {
        uint32_t sources = ends[0] - starts[0], targets = ends[1] - starts[1];
        uint32_t fewer = sources < targets ? sources : targets, most = sources + targets - fewer;
        ty_bead bead = {starts[0], sources, starts[1], targets, 1};
        if (rows[0] == rows[1] && fewer == 1 && most <= MOST_IN_ROW && !ty_vector_push(anchors, bead))
            return ty_error_nomem(error);
        bool first = rows[0] <= rows[1], second = rows[1] <= rows[0];
        if (first)
            more = next_row(bitext->source, &ends[0], &rows[0], &starts[0]);
        if (more && second)
            more = next_row(bitext->target, &ends[1], &rows[1], &starts[1]);
    }
    return TY_OK;
}
