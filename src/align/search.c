/*
 * Dynamic programming over the cells of a band: the best path of beads, and by the same recurrences summed
 * forwards and backwards (Rabiner 1989) the probability of each of its beads.
 *
 * Three states tell what came last: a bead of both sides, a source sentence alone, a target sentence alone. A
 * gap costs to open and little to go on. Within a gap the source's sentences come first, so that no gap is
 * counted twice.
 */
#include "internal.h"
#include "align/weights.h"

#include <math.h>
#include <stdlib.h>

enum { STATE_BOTH, STATE_SOURCE, STATE_TARGET, STATES };

#define NEVER -1e30f

typedef struct ty_search {
    const ty_model *model;
    const ty_band *band;
    size_t *offsets;       /* of the cells of each row; rows + 2 */
    float *peaks;          /* by row: the best standing */
    float *scores;         /* by cell * SHAPE_COUNT + shape, of the bead that ends there */
    float *best[STATES];   /* by cell */
    uint8_t *from[STATES]; /* shape << 2 | state before */
    float *ahead[STATES];  /* log sums of all that may follow */
    ty_meeting *rows[BEAD_MAX];
    float steps[STATES][STATES]; /* what it costs to go from one state to another */
    uint32_t row_begin[BEAD_MAX], row_capacity[BEAD_MAX];
} ty_search;

static inline bool in_band(const ty_band *band, int64_t row, int64_t column)
{
    return row >= 0 && column >= 0 && column >= band->begin[row] && column <= band->end[row];
}

static inline size_t cell_of(const ty_search *search, uint32_t row, uint32_t column)
{
    return search->offsets[row] + column - search->band->begin[row];
}

/* What it costs to go from one state to another; the bead's own worth comes on top. */
static float step(const ty_model *model, int from, int to)
{
    if (to == STATE_BOTH)
        return from == STATE_BOTH ? model->no_gap : model->gap_end;
    if (from == STATE_BOTH)
        return model->gap_open;
    return from == STATE_TARGET && to == STATE_SOURCE ? NEVER : model->gap_more;
}

static int state_of(int shape)
{
    return shape == 0 ? STATE_SOURCE : shape == 1 ? STATE_TARGET : STATE_BOTH;
}

/* ------------------------------------------------------------------------------------------ scores */

/* Meets source sentence `row` (of the band) with every target sentence that a bead with it may hold. */
static bool meet_row(ty_search *search, uint32_t row)
{
    const ty_band *band = search->band;
    uint32_t slot = row % BEAD_MAX, begin = band->columns, end = 0;
    for (uint32_t r = row + 1; r <= row + BEAD_MAX && r <= band->rows; r++) {
        if (band->begin[r] < begin)
            begin = band->begin[r];
        if (band->end[r] > end)
            end = band->end[r];
    }
    begin = begin > BEAD_MAX ? begin - BEAD_MAX : 0;
    if (end < begin)
        end = begin;
    if (end - begin + 1 > search->row_capacity[slot]) {
        free(search->rows[slot]);
        search->row_capacity[slot] = (end - begin + 1) * 2;
        search->rows[slot] = malloc(search->row_capacity[slot] * sizeof(ty_meeting));
        if (!search->rows[slot]) {
            search->row_capacity[slot] = 0;
            return false;
        }
    }
    search->row_begin[slot] = band->target + begin;
    ty_model_meet(search->model, band->source + row, band->target + begin, band->target + end,
                  search->rows[slot]);
    return true;
}

#define HOPELESS 3.0f /* log odds below a gap: neither on the best path nor of weight beside it */

static float score_shape(const ty_search *search, uint32_t row, uint32_t column, int k)
{
    const ty_model *model = search->model;
    const ty_bead_shape *shape = &ty_bead_shapes[k];
    const ty_meeting *rows[BEAD_MAX];
    uint32_t begins[BEAD_MAX], i = row - shape->source, j = search->band->target + column - shape->target;
    for (uint32_t x = 0; x < shape->source; x++) {
        rows[x] = search->rows[(i + x) % BEAD_MAX];
        begins[x] = search->row_begin[(i + x) % BEAD_MAX];
    }
    i += search->band->source;
    float least = model->gap_open + (float)(shape->source + shape->target - 1) * model->gap_more - HOPELESS;
    float score =
        ty_model_score(model, i, shape->source, j, shape->target, rows, begins, least - model->prior[k]);
    return score + model->prior[k] < least ? NEVER : score + model->prior[k];
}

/* ------------------------------------------------------------------------------------------ best path */

#define BEAM 20.0f /* log odds behind the best path of its row, from where no bead begins any more */

/* How good the best path to a cell is, each sentence passed counted for what leaving it alone costs: so a
 * path through a long gap does not fall behind. */
static float standing(const ty_search *search, uint32_t row, uint32_t column)
{
    size_t cell = cell_of(search, row, column);
    float best = search->best[0][cell];
    for (int s = 1; s < STATES; s++)
        if (search->best[s][cell] > best)
            best = search->best[s][cell];
    return best - search->model->gap_more * (float)(row + column);
}

static void score_cell(ty_search *search, uint32_t row, uint32_t column)
{
    float *scores = search->scores + cell_of(search, row, column) * SHAPE_COUNT;
    for (int k = 0; k < SHAPE_COUNT; k++) {
        int64_t i = (int64_t)row - ty_bead_shapes[k].source, j = (int64_t)column - ty_bead_shapes[k].target;
        scores[k] = NEVER;
        if (!in_band(search->band, i, j))
            continue;
        if (k < 2)
            scores[k] = 0;
        else if (standing(search, (uint32_t)i, (uint32_t)j) >= search->peaks[i] - BEAM)
            scores[k] = score_shape(search, row, column, k);
    }
}

static void relax(ty_search *search, size_t cell, size_t before, int shape)
{
    int to = state_of(shape);
    float score = search->scores[cell * SHAPE_COUNT + (size_t)shape];
    for (int from = 0; from < STATES; from++) {
        float total = search->best[from][before] + search->steps[from][to] + score;
        if (total <= search->best[to][cell])
            continue;
        search->best[to][cell] = total;
        search->from[to][cell] = (uint8_t)(shape << 2 | from);
    }
}

static void reach_cell(ty_search *search, uint32_t r, uint32_t c)
{
    size_t cell = cell_of(search, r, c);
    for (int s = 0; s < STATES; s++)
        search->best[s][cell] = NEVER;
    if (r == 0 && c == 0)
        search->best[STATE_BOTH][cell] = 0;
    for (int k = 0; k < SHAPE_COUNT; k++)
        if (search->scores[cell * SHAPE_COUNT + (size_t)k] > NEVER)
            relax(search, cell, cell_of(search, r - ty_bead_shapes[k].source, c - ty_bead_shapes[k].target),
                  k);
    float reached = standing(search, r, c);
    if (reached > search->peaks[r])
        search->peaks[r] = reached;
}

static bool walk(ty_search *search)
{
    const ty_band *band = search->band;
    for (uint32_t r = 0; r <= band->rows; r++) {
        search->peaks[r] = NEVER;
        if (r > 0 && !meet_row(search, r - 1))
            return false;
        for (uint32_t c = band->begin[r]; c <= band->end[r]; c++) {
            score_cell(search, r, c);
            reach_cell(search, r, c);
        }
    }
    return true;
}

static int last_state(const ty_search *search, size_t cell)
{
    int state = STATE_BOTH;
    for (int s = 1; s < STATES; s++)
        if (search->best[s][cell] + search->model->gap_end >
            search->best[state][cell] + (state ? search->model->gap_end : search->model->no_gap))
            state = s;
    return state;
}

static double path_odds(const ty_search *search)
{
    const ty_band *band = search->band;
    const ty_model *model = search->model;
    uint32_t sentences = band->rows + band->columns;
    size_t cell = cell_of(search, band->rows, band->columns);
    int state = last_state(search, cell);
    if (sentences == 0)
        return 0;
    double alone = model->gap_open + (double)(sentences - 1) * model->gap_more + model->gap_end;
    return search->best[state][cell] + (state ? model->gap_end : model->no_gap) - alone;
}

static bool trace(const ty_search *search, ty_beads *out)
{
    const ty_band *band = search->band;
    uint32_t row = band->rows, column = band->columns;
    int state = last_state(search, cell_of(search, row, column));
    size_t first = out->count;
    while (row > 0 || column > 0) {
        uint8_t from = search->from[state][cell_of(search, row, column)];
        const ty_bead_shape *shape = &ty_bead_shapes[from >> 2];
        row -= shape->source;
        column -= shape->target;
        ty_bead bead = {band->source + row, shape->source, band->target + column, shape->target, 1};
        if (!ty_vector_push(out, bead))
            return false;
        state = from & 3;
    }
    for (size_t a = first, b = out->count; a + 1 < b; a++) {
        ty_bead swapped = out->items[a];
        out->items[a] = out->items[--b];
        out->items[b] = swapped;
    }
    return true;
}

/* ------------------------------------------------------------------------------------------ posterior */

typedef struct ty_log_sum {
    float top, rest; /* log of the largest, sum relative to it */
} ty_log_sum;

static void sum_add(ty_log_sum *sum, float value)
{
    if (value <= NEVER / 2 || value < sum->top - 20)
        return;
    if (value <= sum->top) {
        sum->rest += expf(value - sum->top);
    } else {
        sum->rest = 1 + (sum->rest > 0 ? sum->rest * expf(sum->top - value) : 0);
        sum->top = value;
    }
}

static float sum_log(const ty_log_sum *sum)
{
    return sum->rest > 0 ? sum->top + logf(sum->rest) : NEVER;
}

#define SUM_EMPTY                                                                                            \
    {                                                                                                        \
        NEVER, 0                                                                                             \
    }

/* The forward sums take the place of the best scores. */
static void sum_forward(ty_search *search)
{
    const ty_band *band = search->band;
    for (uint32_t r = 0; r <= band->rows; r++)
        for (uint32_t c = band->begin[r]; c <= band->end[r]; c++) {
            size_t cell = cell_of(search, r, c);
            ty_log_sum sums[STATES] = {SUM_EMPTY, SUM_EMPTY, SUM_EMPTY};
            if (r == 0 && c == 0)
                sum_add(&sums[STATE_BOTH], 0);
            for (int k = 0; k < SHAPE_COUNT; k++) {
                float score = search->scores[cell * SHAPE_COUNT + (size_t)k];
                if (score <= NEVER)
                    continue;
                size_t before = cell_of(search, r - ty_bead_shapes[k].source, c - ty_bead_shapes[k].target);
                for (int from = 0; from < STATES; from++)
                    sum_add(&sums[state_of(k)],
                            search->best[from][before] + search->steps[from][state_of(k)] + score);
            }
            for (int s = 0; s < STATES; s++)
                search->best[s][cell] = sum_log(&sums[s]);
        }
}

static void sum_backward(ty_search *search)
{
    const ty_band *band = search->band;
    for (uint32_t r = band->rows + 1; r-- > 0;)
        for (uint32_t c = band->end[r] + 1; c-- > band->begin[r];) {
            size_t cell = cell_of(search, r, c);
            ty_log_sum sums[STATES] = {SUM_EMPTY, SUM_EMPTY, SUM_EMPTY};
            if (r == band->rows && c == band->columns)
                for (int s = 0; s < STATES; s++)
                    sum_add(&sums[s], s ? search->model->gap_end : search->model->no_gap);
            for (int k = 0; k < SHAPE_COUNT; k++) {
                uint32_t row = r + ty_bead_shapes[k].source, column = c + ty_bead_shapes[k].target;
                if (row > band->rows || !in_band(band, row, column))
                    continue;
                size_t next = cell_of(search, row, column);
                float score =
                    search->scores[next * SHAPE_COUNT + (size_t)k] + search->ahead[state_of(k)][next];
                for (int from = 0; from < STATES && score > NEVER / 2; from++)
                    sum_add(&sums[from], search->steps[from][state_of(k)] + score);
            }
            for (int s = 0; s < STATES; s++)
                search->ahead[s][cell] = sum_log(&sums[s]);
        }
}

/* The log sum over all paths that have a bead of shape k ending in the cell. */
static float through(const ty_search *search, uint32_t row, uint32_t column, int k)
{
    size_t cell = cell_of(search, row, column);
    float score = search->scores[cell * SHAPE_COUNT + (size_t)k];
    if (score <= NEVER)
        return NEVER;
    size_t before = cell_of(search, row - ty_bead_shapes[k].source, column - ty_bead_shapes[k].target);
    ty_log_sum paths = SUM_EMPTY;
    for (int from = 0; from < STATES; from++)
        sum_add(&paths, search->best[from][before] + search->steps[from][state_of(k)]);
    return sum_log(&paths) + score + search->ahead[state_of(k)][cell];
}

/* A sentence alone is alone wherever in the other text it would stand. */
static float alone(const ty_search *search, const ty_bead *bead)
{
    const ty_band *band = search->band;
    ty_log_sum paths = SUM_EMPTY;
    if (bead->source_count) {
        uint32_t row = bead->source_start - band->source + 1;
        for (uint32_t c = band->begin[row]; c <= band->end[row]; c++)
            sum_add(&paths, through(search, row, c, 0));
    } else {
        uint32_t column = bead->target_start - band->target + 1;
        for (uint32_t r = 0; r <= band->rows; r++)
            if (in_band(band, r, column))
                sum_add(&paths, through(search, r, column, 1));
    }
    return sum_log(&paths);
}

static int shape_of(const ty_bead *bead)
{
    for (int k = 0; k < SHAPE_COUNT; k++)
        if (ty_bead_shapes[k].source == bead->source_count && ty_bead_shapes[k].target == bead->target_count)
            return k;
    return 0;
}

/* Evidence that comes in company is believed too much: tempered, the sums are (docs/alignment.md). */
static void temper(ty_search *search)
{
    const float t = ty_align_weights.temper;
    size_t scores = ty_band_size(search->band) * SHAPE_COUNT;
    for (size_t k = 0; k < scores; k++)
        if (search->scores[k] > NEVER)
            search->scores[k] *= t;
    for (int from = 0; from < STATES; from++)
        for (int to = 0; to < STATES; to++)
            search->steps[from][to] = search->steps[from][to] > NEVER ? t * search->steps[from][to] : NEVER;
}

static void weigh(ty_search *search, ty_bead *beads, size_t count)
{
    temper(search);
    sum_forward(search);
    sum_backward(search);
    float all = search->ahead[STATE_BOTH][0];
    for (size_t k = 0; k < count; k++) {
        uint32_t row = beads[k].source_start + beads[k].source_count - search->band->source;
        uint32_t column = beads[k].target_start + beads[k].target_count - search->band->target;
        bool both = beads[k].source_count && beads[k].target_count;
        float sum = both ? through(search, row, column, shape_of(&beads[k])) : alone(search, &beads[k]);
        float share = expf(sum - all);
        beads[k].confidence = share < 0 ? 0 : share > 1 ? 1 : share;
    }
}

/* ------------------------------------------------------------------------------------------ life */

static bool search_init(ty_search *search, const ty_model *model, const ty_band *band)
{
    *search = (struct ty_search){.model = model, .band = band};
    for (int from = 0; from < STATES; from++)
        for (int to = 0; to < STATES; to++)
            search->steps[from][to] = step(model, from, to);
    size_t cells = ty_band_size(band);
    search->offsets = malloc((band->rows + 2) * sizeof *search->offsets);
    search->scores = malloc(cells * SHAPE_COUNT * sizeof *search->scores);
    search->peaks = malloc((band->rows + 1) * sizeof *search->peaks);
    bool good = search->offsets && search->scores && search->peaks;
    for (int s = 0; s < STATES; s++) {
        search->best[s] = malloc(cells * sizeof *search->best[s]);
        search->ahead[s] = malloc(cells * sizeof *search->ahead[s]);
        search->from[s] = malloc(cells);
        good = good && search->best[s] && search->ahead[s] && search->from[s];
    }
    size_t offset = 0;
    for (uint32_t r = 0; r <= band->rows && good; r++) {
        search->offsets[r] = offset;
        offset += band->end[r] - band->begin[r] + 1;
    }
    return good;
}

static void search_release(ty_search *search)
{
    free(search->offsets);
    free(search->scores);
    free(search->peaks);
    for (int s = 0; s < STATES; s++) {
        free(search->best[s]);
        free(search->ahead[s]);
        free(search->from[s]);
    }
    for (int k = 0; k < BEAD_MAX; k++)
        free(search->rows[k]);
}

ty_status ty_search_band(const ty_model *model, const ty_band *band, ty_beads *out, double *odds,
                         ty_error *error)
{
    ty_search search;
    size_t first = out->count;
    bool good = search_init(&search, model, band) && walk(&search) && trace(&search, out);
    if (good) {
        *odds += path_odds(&search);
        weigh(&search, out->items + first, out->count - first);
    }
    search_release(&search);
    return good ? TY_OK : ty_error_nomem(error);
}
