/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The probability of each bead of the best path: by the recurrences of the search, summed forwards and
 * backwards over all paths. Rows are scaled (Rabiner 1989, section V.A), so that plain products do, without a
 * logarithm for each sum.
 */
#include "search.h"
#include "align/weights.h"

#include <stdlib.h>

#define LEAST 1e-30f /* a weight below says nothing */
#define MOST 1e30f   /* only paths of no weight have more ahead */

typedef struct ty_align_ahead {
    float of[STATES]; /* the sum over all that may follow, by what came last; until a cell is done,
                         [STATE_BOTH] is that of the beads which begin there */
} ty_align_ahead;

typedef struct ty_posterior {
    ty_search *search;
    float temper;
    float steps[STATES][ALONE_KINDS][2][STATES]; /* weights */
    ty_align_ahead *ahead;                       /* by cell */
} ty_posterior;

static ty_align_ahead *ahead_of(const ty_posterior *post, const ty_cell *cell)
{
    return &post->ahead[cell - post->search->cells];
}

/* ------------------------------------------------------------------------------------------ sums */

/* The sum over the beads of both sides that end in a cell; their scores become weights. */
static float sum_beads(const ty_posterior *post, uint32_t r, uint32_t c, const ty_cell *cell, ty_arc *arcs)
{
    const ty_search *search = post->search;
    float sum = r == 0 && c == 0;
    for (ty_arc *arc = arcs; arc < arcs + cell->arc_count; arc++) {
        const ty_bead_shape *shape = &ty_bead_shapes[arc->shape];
        const ty_search_row *from = &search->rows[r - shape->source];
        arc->score = expf(post->temper * arc->score + (float)(from->base - search->rows[r].base));
        sum += ty_cell_at(search, from, c - shape->target)->out[STATE_BOTH] * arc->score;
    }
    return sum;
}

/* The forward sums of a row take the place of its best scores. Returns the highest. */
static float sum_row(const ty_posterior *post, uint32_t r)
{
    const ty_search *search = post->search;
    const ty_search_row *row = &search->rows[r];
    ty_arc *arcs = search->arcs.items + row->arcs;
    float most = 0, fall = r > 0 ? expf((float)(row[-1].base - row->base)) : 1;
    for (uint32_t c = row->begin; c <= row->end; c++) {
        ty_cell *cell = ty_cell_at(search, row, c);
        const ty_cell *above = r > 0 ? ty_cell_at(search, row - 1, c) : NULL;
        float in[STATES] = {sum_beads(post, r, c, cell, arcs), above ? above->out[STATE_SOURCE] * fall : 0,
                            c > row->begin ? cell[-1].out[STATE_TARGET] : 0};
        ty_steps steps = ty_steps_from(search, post->steps, r, c);
        for (int to = 0; to < STATES; to++) {
            float sum = 0;
            for (int from = 0; from < STATES; from++)
                sum += in[from] * steps.to[to][from];
            cell->out[to] = sum > LEAST ? sum : 0;
        }
        if (cell->out[STATE_BOTH] > most)
            most = cell->out[STATE_BOTH];
        arcs += cell->arc_count;
    }
    return most;
}

/* A row is scaled so that its highest sum is 1: products of many rows leave what a number can hold. */
static void scale_row(const ty_posterior *post, ty_search_row *row, float by)
{
    ty_arc *arc = post->search->arcs.items + row->arcs;
    ty_cell *cell = &post->search->cells[row->first];
    for (const ty_cell *end = cell + (row->end - row->begin); cell <= end; cell++) {
        for (int s = 0; s < STATES; s++)
            cell->out[s] *= by;
        for (const ty_arc *last = arc + cell->arc_count; arc < last; arc++)
            arc->score *= by;
    }
    row->base -= logf(by);
}

static void sum_forward(const ty_posterior *post)
{
    ty_search_row *rows = post->search->rows;
    for (uint32_t r = 0; r <= post->search->band->rows; r++) {
        double before = r > 0 ? rows[r - 1].base : 0;
        rows[r].base = r > 0 ? before + post->temper * rows[r].peak : 0; /* about */
        float most = sum_row(post, r);
        scale_row(post, &rows[r], most > 0 ? 1 / most : 1);
        rows[r].fall = expf((float)(before - rows[r].base));
    }
}

/* What may follow a cell: beads that begin there, whose sum it holds already, or a sentence alone. */
static void sum_ahead(const ty_posterior *post, uint32_t r, uint32_t c)
{
    const ty_search_row *row = &post->search->rows[r], *next = r < post->search->band->rows ? row + 1 : NULL;
    ty_steps steps = ty_steps_from(post->search, post->steps, r, c);
    ty_align_ahead *ahead = ahead_of(post, ty_cell_at(post->search, row, c));
    const ty_cell *below = next ? ty_cell_at(post->search, next, c) : NULL;
    float to[STATES] = {ahead->of[STATE_BOTH],
                        below ? ahead_of(post, below)->of[STATE_SOURCE] * next->fall : 0,
                        c < row->end ? ahead[1].of[STATE_TARGET] : 0};
    for (int from = 0; from < STATES; from++) {
        float sum = 0;
        for (int k = 0; k < STATES; k++)
            sum += steps.to[k][from] * to[k];
        ahead->of[from] = sum < MOST ? sum : MOST;
    }
}

/* Adds what follows a cell to the cells where the beads begin that end in it. */
static void push_back(const ty_posterior *post, uint32_t r, uint32_t c, const ty_arc *arcs)
{
    const ty_search *search = post->search;
    const ty_cell *cell = ty_cell_at(search, &search->rows[r], c);
    for (const ty_arc *arc = arcs; arc < arcs + cell->arc_count; arc++) {
        const ty_bead_shape *shape = &ty_bead_shapes[arc->shape];
        const ty_cell *before = ty_cell_at(search, &search->rows[r - shape->source], c - shape->target);
        ahead_of(post, before)->of[STATE_BOTH] += ahead_of(post, cell)->of[STATE_BOTH] * arc->score;
    }
}

/* The text ends as if a bead came next. */
static void sum_backward(const ty_posterior *post)
{
    const ty_search *search = post->search;
    const ty_arc *arcs = search->arcs.items + search->arcs.count;
    uint32_t rows = search->band->rows;
    ahead_of(post, ty_cell_at(search, &search->rows[rows], search->band->columns))->of[STATE_BOTH] = 1;
    for (uint32_t r = rows + 1; r-- > 0;) {
        const ty_search_row *row = &search->rows[r];
        for (uint32_t c = row->end + 1; c-- > row->begin;) {
            sum_ahead(post, r, c);
            arcs -= ty_cell_at(search, row, c)->arc_count;
            push_back(post, r, c, arcs);
        }
    }
}

/* ------------------------------------------------------------------------------------------ beads */

/* The sum over all paths with a bead of both sides. */
static float with_bead(const ty_posterior *post, uint32_t r, uint32_t c, const ty_bead *bead)
{
    const ty_search *search = post->search;
    const ty_search_row *row = &search->rows[r], *from = row - bead->source_count;
    const ty_cell *cell = ty_cell_at(search, row, c),
                  *before = ty_cell_at(search, from, c - bead->target_count);
    const ty_arc *arc = search->arcs.items + row->arcs;
    for (const ty_cell *passed = &search->cells[row->first]; passed < cell; passed++)
        arc += passed->arc_count;
    while (ty_bead_shapes[arc->shape].source != bead->source_count ||
           ty_bead_shapes[arc->shape].target != bead->target_count)
        arc++;
    return before->out[STATE_BOTH] * arc->score * ahead_of(post, cell)->of[STATE_BOTH];
}

/* A sentence alone is alone wherever in the other text it would stand. */
static float with_source_alone(const ty_posterior *post, uint32_t r)
{
    const ty_search_row *row = &post->search->rows[r];
    float sum = 0;
    for (uint32_t c = row->begin; c <= row->end; c++) {
        const ty_cell *above = ty_cell_at(post->search, row - 1, c);
        if (above)
            sum +=
                above->out[STATE_SOURCE] * ahead_of(post, ty_cell_at(post->search, row, c))->of[STATE_SOURCE];
    }
    return sum * row->fall;
}

/* The first row that reaches a column; ends of rows never turn back. */
static uint32_t first_row(const ty_search *search, uint32_t column)
{
    uint32_t low = 0, high = search->band->rows;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        if (search->rows[middle].end < column)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

static float with_target_alone(const ty_posterior *post, uint32_t c)
{
    const ty_search *search = post->search;
    float sum = 0;
    for (uint32_t r = first_row(search, c); r <= search->band->rows && search->rows[r].begin <= c; r++) {
        const ty_cell *cell = ty_cell_at(search, &search->rows[r], c);
        if (c > search->rows[r].begin)
            sum += cell[-1].out[STATE_TARGET] * ahead_of(post, cell)->of[STATE_TARGET];
    }
    return sum;
}

static float with(const ty_posterior *post, const ty_bead *bead)
{
    uint32_t row = bead->source_start + bead->source_count - post->search->band->source;
    uint32_t column = bead->target_start + bead->target_count - post->search->band->target;
    return bead->source_count && bead->target_count ? with_bead(post, row, column, bead)
           : bead->source_count                     ? with_source_alone(post, row)
                                                    : with_target_alone(post, column);
}

/* ------------------------------------------------------------------------------------------ cuts */

static int state_of(const ty_bead *bead)
{
    return bead->source_count && bead->target_count ? STATE_BOTH
           : bead->source_count                     ? STATE_SOURCE
                                                    : STATE_TARGET;
}

/* A place on a path: row and column in the band. */
typedef struct ty_posterior_place {
    uint32_t row, column;
} ty_posterior_place;

/* What it weighs to go on, at a place, from one state to another. */
static float step_weight(const ty_posterior *post, ty_posterior_place at, int from, int to)
{
    return ty_steps_from(post->search, post->steps, at.row, at.column).to[to][from];
}

static bool is_inside(const ty_search *search, ty_posterior_place at)
{
    return at.row <= search->band->rows && ty_cell_at(search, &search->rows[at.row], at.column);
}

/* The weight of a bead of both sides that ends at the place; 0 where the band has none of its shape. */
static float both_weight(const ty_posterior *post, ty_posterior_place end, const ty_bead *bead)
{
    const ty_search *search = post->search;
    const ty_search_row *row = &search->rows[end.row];
    const ty_cell *cell = ty_cell_at(search, row, end.column);
    const ty_arc *arc = search->arcs.items + row->arcs;
    for (const ty_cell *passed = &search->cells[row->first]; passed < cell; passed++)
        arc += passed->arc_count;
    for (const ty_arc *last = arc + cell->arc_count; arc < last; arc++)
        if (ty_bead_shapes[arc->shape].source == bead->source_count &&
            ty_bead_shapes[arc->shape].target == bead->target_count)
            return arc->score;
    return 0;
}

/* Goes over a bead; what that weighs, 0 where the band does not reach. */
static float pass_bead(const ty_posterior *post, const ty_bead *bead, ty_posterior_place *at)
{
    ty_posterior_place end = {at->row + bead->source_count, at->column + bead->target_count};
    int state = state_of(bead);
    float weight = 1;
    if (!is_inside(post->search, end))
        return 0;
    if (state == STATE_BOTH)
        weight = both_weight(post, end, bead);
    for (uint32_t k = 1; k <= bead->source_count && state == STATE_SOURCE; k++)
        weight *= post->search->rows[at->row + k].fall;
    for (uint32_t k = 1; k < bead->source_count + bead->target_count && state != STATE_BOTH; k++) {
        ty_posterior_place next = {at->row + (state == STATE_SOURCE ? k : 0),
                                   at->column + (state == STATE_TARGET ? k : 0)};
        weight *= step_weight(post, next, state, state);
    }
    *at = end;
    return weight;
}

/* The sum over all paths that have the beads of the cut one after the other. */
static float with_cut(const ty_posterior *post, const ty_align_cut *cut)
{
    const ty_search *search = post->search;
    const ty_bead *first = &cut->beads[0], *last = &cut->beads[cut->count - 1];
    ty_posterior_place at = {first->source_start - search->band->source,
                             first->target_start - search->band->target};
    if (first->source_start < search->band->source || first->target_start < search->band->target ||
        !is_inside(search, at))
        return 0;
    float sum = ty_cell_at(search, &search->rows[at.row], at.column)->out[state_of(first)];
    for (uint32_t k = 0; k < cut->count && sum > 0; k++) {
        if (k > 0)
            sum *= step_weight(post, at, state_of(&cut->beads[k - 1]), state_of(&cut->beads[k]));
        sum *= pass_bead(post, &cut->beads[k], &at);
    }
    return sum > 0
               ? sum *
                     ahead_of(post, ty_cell_at(search, &search->rows[at.row], at.column))->of[state_of(last)]
               : 0;
}

static void weigh_cuts(const ty_posterior *post, ty_cuts *cuts, float all)
{
    for (size_t k = 0; cuts && k < cuts->count; k++)
        cuts->items[k].probability = all > 0 ? ty_clip(with_cut(post, &cuts->items[k]) / all, 0, 1) : 0;
}

static void weigh_steps(ty_posterior *post)
{
    for (int to = 0; to < STATES; to++)
        for (int kind = 0; kind < ALONE_KINDS; kind++)
            for (int line = 0; line < 2; line++)
                for (int from = 0; from < STATES; from++)
                    post->steps[to][kind][line][from] = expf(post->search->steps[to][kind][line][from]);
}

/*
 * Evidence that comes in company is believed too much: beads are tempered. What it costs to go from one to
 * the next is no evidence and stays as it is (docs/alignment.md).
 */
bool ty_search_weigh(ty_search *search, ty_bead *beads, size_t count)
{
    ty_posterior post = {.search = search, .temper = ty_align_weights.temper};
    post.ahead = calloc(ty_band_size(search->band), sizeof *post.ahead);
    if (!post.ahead)
        return false;
    weigh_steps(&post);
    sum_forward(&post);
    sum_backward(&post);
    float all = search->rows[0].fall * post.ahead[0].of[STATE_BOTH];
    for (size_t k = 0; k < count; k++)
        beads[k].confidence = all > 0 ? ty_clip(with(&post, &beads[k]) / all, 0, 1) : 0;
    weigh_cuts(&post, search->model->cuts, all);
    free(post.ahead);
    return true;
}
