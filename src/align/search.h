/* SPDX-License-Identifier: Apache-2.0 */
/*
 * align/search.h - the table that the search for the best path fills and the posterior reads.
 *
 * Cells are the places between sentences: row r and column c of the band, r source and c target sentences
 * passed. Log odds in here are against leaving every sentence alone in one long gap, so that neither a long
 * text nor a long gap drives them away from 0.
 */
#ifndef TY_ALIGN_SEARCH_H
#define TY_ALIGN_SEARCH_H

#include "internal.h"

/* What came last on a path. */
enum { STATE_BOTH, STATE_SOURCE, STATE_TARGET, STATES };

typedef struct ty_cell {
    float out[STATES]; /* the best path through the cell that goes on in a state; then the sum of all */
    uint8_t shape;     /* of the bead of both sides that ends here on the best path */
    uint8_t came;      /* by state to go on in: the state before, two bits each */
    uint8_t arc_count; /* beads of both sides that may end here */
} ty_cell;

typedef struct ty_arc {
    float score; /* log odds of the bead; then its weight */
    uint8_t shape;
} ty_arc;

typedef struct ty_search_row {
    size_t first, arcs;  /* its first cell; where its arcs begin, in order of cells */
    uint32_t begin, end; /* columns, both included */
    double base;         /* what its `out` is above: numbers in a cell stay small, and exact */
    float peak;          /* the highest `out` to a bead of both sides */
    float fall;          /* posterior: weight of coming from the row before */
} ty_search_row;

typedef struct ty_search {
    const ty_model *model;
    const ty_band *band;
    ty_search_row *rows;
    ty_cell *cells;
    TY_VECTOR(ty_arc) arcs;
    ty_meetings meetings;
    /* To a state from another, by what is alone in the state, and whether a line is what came before. */
    float steps[STATES][ALONE_KINDS][2][STATES];
    float priors[SHAPE_COUNT];
} ty_search;

/* The cell of a column in a row, or NULL outside the band; a column "below 0" is outside too. */
static inline ty_cell *ty_cell_at(const ty_search *search, const ty_search_row *row, uint32_t column)
{
    uint32_t at = column - row->begin;
    return at <= row->end - row->begin ? &search->cells[row->first + at] : NULL;
}

static inline bool ty_alone_is_line(int kind)
{
    return kind != LINE_SENTENCE && kind != ALONE_CLAUSE;
}

/* The steps out of a cell, by the state they go to and then the one they come from. */
typedef struct ty_steps {
    const float *to[STATES];
} ty_steps;

static inline ty_steps ty_steps_from(const ty_search *search,
                                     const float steps[STATES][ALONE_KINDS][2][STATES], uint32_t row,
                                     uint32_t column)
{
    const ty_band *band = search->band;
    const uint8_t *source = search->model->sides[0]->alone + band->source,
                  *target = search->model->sides[1]->alone + band->target;
    bool after_line = row > 0 && ty_alone_is_line(source[row - 1]);
    return (ty_steps){{steps[STATE_BOTH][0][0], steps[STATE_SOURCE][row < band->rows ? source[row] : 0][0],
                       steps[STATE_TARGET][column < band->columns ? target[column] : 0][after_line]}};
}

/* Sets the confidence of beads of the best path: their posterior probability. Uses up the table. */
bool ty_search_weigh(ty_search *search, ty_bead *beads, size_t count);

#endif
