/* SPDX-License-Identifier: Apache-2.0 */
/* reviewed_rows - rows of a reviewed table, and where in a release they stand. */
#ifndef TY_OPS_REVIEWED_ROWS_H
#define TY_OPS_REVIEWED_ROWS_H

#include "ops/internal.h"
#include "review/review.h"

typedef struct ty_reviewed_row {
    ty_slice line, cells[2];
    size_t number; /* of the line */
    float confidence;
    uint32_t first[2], count[2]; /* in the release at hand */
    bool placed, rewritten[2];
    bool done; /* a release has it */
} ty_reviewed_row;

typedef TY_VECTOR(ty_reviewed_row) ty_reviewed_rows;

/* Appends the rows of the table, which they borrow; false where it has another form. */
bool ty_reviewed_rows_read(ty_slice table, ty_reviewed_rows *rows);
/* Finds the rows that no release has yet in this one; how many pairs have a place there. */
size_t ty_reviewed_rows_place(ty_reviewed_rows *rows, const ty_board *board);
/* Rows of no release here: pairs, which come in as units, go to `rest`, line by line; the others are counted,
 * *line is that of the first. Those of a release are read. */
size_t ty_reviewed_rows_rest(const ty_reviewed_rows *rows, ty_buffer *rest, size_t *line, ty_counts *counts);

#endif
