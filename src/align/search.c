/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Dynamic programming over the cells of a band for the best path of beads.
 *
 * Three states tell what came last: a bead of both sides, a source sentence alone, a target sentence alone. A
 * gap costs to open and little to go on. Within a gap the source's sentences come first, so that no gap is
 * counted twice.
 */
#include "search.h"

#include <stdlib.h>

#define NEVER -1e30f
#define TURN_BACK -1e4f /* source behind target within a gap: only where the band leaves no other way */
#define HOPELESS 3.0f   /* log odds below a gap: neither on the best path nor of weight beside it */
#define BEAM 20.0f      /* log odds behind the best path of its row, from where no bead begins any more */

/* ------------------------------------------------------------------------------------------ beads */

/* Meets the source sentence before `row` with every target sentence that a bead with it may hold. */
static bool meet_row(ty_search *search, uint32_t row)
{
    const ty_band *band = search->band;
    uint32_t begin = band->begin[row], last = row + BEAD_MAX - 1;
    uint32_t end = band->end[last < band->rows ? last : band->rows];
    begin = begin > BEAD_MAX ? begin - BEAD_MAX : 0;
    return ty_meetings_add(&search->meetings, band->source + row - 1, band->target + begin,
                           band->target + end);
}

/* Where beads of a shape that end in a row begin. */
typedef struct ty_reach {
    const ty_search_row *row;
    const ty_cell *cells;
    float floor; /* only from cells that are no worse */
    float fall;  /* from the base of one row to the other's */
    float prior, least;
    uint8_t shape, columns;
} ty_reach;

static size_t reach_back(const ty_search *search, uint32_t r, ty_reach *out)
{
    size_t count = 0;
    float hopeless = search->model->gap_open - search->model->gap_more - HOPELESS;
    for (int k = 2; k < SHAPE_COUNT; k++) {
        if (ty_bead_shapes[k].source > r)
            continue;
        const ty_search_row *row = &search->rows[r - ty_bead_shapes[k].source];
        out[count++] = (ty_reach){.row = row,
                                  .cells = search->cells + row->first,
                                  .floor = row->peak - BEAM,
                                  .fall = (float)(row->base - search->rows[r].base),
                                  .prior = search->priors[k],
                                  .least = hopeless - search->priors[k],
                                  .shape = (uint8_t)k,
                                  .columns = ty_bead_shapes[k].target};
    }
    return count;
}

/* The best path to a cell by a bead of both sides; keeps all beads that may end there. */
static float reach_by_beads(ty_search *search, const ty_reach *reach, size_t count, uint32_t c, ty_cell *cell)
{
    float best = NEVER;
    for (const ty_reach *one = reach; one < reach + count; one++) {
        uint32_t at = c - one->columns - one->row->begin;
        if (at > one->row->end - one->row->begin || one->cells[at].out[STATE_BOTH] < one->floor)
            continue;
        uint32_t j = search->band->target + c - one->columns;
        if (ty_model_bound(&search->meetings, j, one->shape) < one->least)
            continue;
        float score = ty_model_score(&search->meetings, j, one->shape, one->least);
        if (score < one->least)
            continue;
        score += one->prior;
        search->arcs.items[search->arcs.count++] = (ty_arc){score, one->shape};
        cell->arc_count++;
        float total = one->cells[at].out[STATE_BOTH] + one->fall + score;
        if (total <= best)
            continue;
        best = total;
        cell->shape = one->shape;
    }
    return best;
}

/* ------------------------------------------------------------------------------------------ best path */

/* From the best paths to a cell by the state they end in, the best by the state they go on in. */
static void leave(const ty_steps *steps, const float best[STATES], ty_cell *cell)
{
    for (int to = 0; to < STATES; to++) {
        int came = STATE_BOTH;
        cell->out[to] = best[STATE_BOTH] + steps->to[to][STATE_BOTH];
        for (int from = 1; from < STATES; from++) {
            float total = best[from] + steps->to[to][from];
            if (total <= cell->out[to])
                continue;
            cell->out[to] = total;
            came = from;
        }
        cell->came |= (uint8_t)(came << 2 * to);
    }
}

static bool walk_row(ty_search *search, uint32_t r)
{
    ty_search_row *row = &search->rows[r];
    float fall = r > 0 ? row[-1].peak : 0;
    row->arcs = search->arcs.count;
    row->base = r > 0 ? row[-1].base + fall : 0;
    row->peak = NEVER;
    if ((r > 0 && !meet_row(search, r)) ||
        !ty_vector_reserve(&search->arcs, (row->end - row->begin + 1) * (size_t)SHAPE_COUNT))
        return false;
    ty_reach reach[SHAPE_COUNT];
    size_t count = reach_back(search, r, reach);
    for (uint32_t c = row->begin; c <= row->end; c++) {
        ty_cell *cell = ty_cell_at(search, row, c);
        const ty_cell *above = r > 0 ? ty_cell_at(search, row - 1, c) : NULL;
        *cell = (ty_cell){.arc_count = 0};
        float best[STATES] = {reach_by_beads(search, reach, count, c, cell),
                              above ? above->out[STATE_SOURCE] - fall : NEVER,
                              c > row->begin ? cell[-1].out[STATE_TARGET] : NEVER};
        if (r == 0 && c == 0)
            best[STATE_BOTH] = 0;
        ty_steps steps = ty_steps_from(search, search->steps, r, c);
        leave(&steps, best, cell);
        if (cell->out[STATE_BOTH] > row->peak)
            row->peak = cell->out[STATE_BOTH];
    }
    return true;
}

static bool walk(ty_search *search)
{
    bool good = true;
    for (uint32_t r = 0; r <= search->band->rows && good; r++)
        good = walk_row(search, r);
    return good;
}

static const ty_cell *last_cell(const ty_search *search)
{
    return ty_cell_at(search, &search->rows[search->band->rows], search->band->columns);
}

/* What it is worth that every sentence is alone, above sentences that are. */
static double alone_in_band(const ty_search *search)
{
    const ty_band *band = search->band;
    const uint8_t *source = search->model->sides[0]->alone + band->source,
                  *target = search->model->sides[1]->alone + band->target;
    double sum = 0;
    for (uint32_t r = 0; r < band->rows; r++)
        sum += search->model->alone_next[source[r]];
    for (uint32_t c = 0; c < band->columns; c++)
        sum += search->model->alone_next[target[c]];
    return sum;
}

/* The text ends as if a bead came next. */
static double path_odds(const ty_search *search)
{
    const ty_model *model = search->model;
    if (search->band->rows + search->band->columns == 0)
        return 0;
    double alone = model->gap_open - model->gap_more + model->gap_end + alone_in_band(search);
    return search->rows[search->band->rows].base + last_cell(search)->out[STATE_BOTH] - alone;
}

static void reverse(ty_bead *beads, size_t count)
{
    for (size_t a = 0, b = count; a + 1 < b; a++) {
        ty_bead swapped = beads[a];
        beads[a] = beads[--b];
        beads[b] = swapped;
    }
}

static bool trace(const ty_search *search, ty_beads *out)
{
    const ty_band *band = search->band;
    uint32_t row = band->rows, column = band->columns;
    const ty_cell *cell = last_cell(search);
    int state = STATE_BOTH;
    size_t first = out->count;
    while (row > 0 || column > 0) {
        state = cell->came >> 2 * state & 3;
        int k = state == STATE_BOTH ? cell->shape : state == STATE_SOURCE ? 0 : 1;
        row -= ty_bead_shapes[k].source;
        column -= ty_bead_shapes[k].target;
        ty_bead bead = {band->source + row, ty_bead_shapes[k].source, band->target + column,
                        ty_bead_shapes[k].target, 1};
        if (!ty_vector_push(out, bead))
            return false;
        cell = ty_cell_at(search, &search->rows[row], column);
    }
    reverse(out->items + first, out->count - first);
    return true;
}

/* ------------------------------------------------------------------------------------------ life */

/* What it costs to go from one state to another; the bead's own worth comes on top. */
static float step(const ty_model *model, int from, int to, int kind, bool after_line)
{
    if (to == STATE_BOTH)
        return from == STATE_BOTH ? model->no_gap : model->gap_end;
    if (from == STATE_BOTH)
        return model->gap_open - model->gap_more + model->alone_first[kind];
    if (from == to)
        return model->alone_next[kind];
    if (from == STATE_TARGET)
        return TURN_BACK;
    return model->alone_next[kind] + (after_line || ty_alone_is_line(kind) ? model->turn_line : model->turn);
}

static bool search_init(ty_search *search, const ty_model *model, const ty_band *band)
{
    *search = (struct ty_search){.model = model, .band = band};
    for (int to = 0; to < STATES; to++)
        for (int kind = 0; kind < ALONE_KINDS; kind++)
            for (int from = 0; from < STATES; from++)
                for (int line = 0; line < 2; line++)
                    search->steps[to][kind][line][from] = step(model, from, to, kind, line);
    for (int k = 2; k < SHAPE_COUNT; k++)
        search->priors[k] =
            model->prior[k] - model->gap_more * (float)(ty_bead_shapes[k].source + ty_bead_shapes[k].target);
    search->rows = malloc((band->rows + 1) * sizeof *search->rows);
    search->cells = malloc(ty_band_size(band) * sizeof *search->cells);
    if (!search->rows || !search->cells || !ty_meetings_init(&search->meetings, model))
        return false;
    size_t first = 0;
    for (uint32_t r = 0; r <= band->rows; r++) {
        search->rows[r] = (ty_search_row){.first = first, .begin = band->begin[r], .end = band->end[r]};
        first += band->end[r] - band->begin[r] + 1;
    }
    return true;
}

static void search_release(ty_search *search)
{
    free(search->rows);
    free(search->cells);
    ty_vector_release(&search->arcs);
    ty_meetings_release(&search->meetings);
}

ty_status ty_search_band(const ty_model *model, const ty_band *band, ty_beads *out, double *odds,
                         ty_error *error)
{
    ty_search search;
    size_t first = out->count;
    bool good = search_init(&search, model, band) && walk(&search) && trace(&search, out);
    if (good) {
        *odds += path_odds(&search);
        good = ty_search_weigh(&search, out->items + first, out->count - first);
    }
    search_release(&search);
    return good ? TY_OK : ty_error_nomem(error);
}
