/* SPDX-License-Identifier: Apache-2.0 */
/* Which cells of the table are looked at. A small table is looked at whole. */
#include "internal.h"

#include <stdlib.h>

#define WHOLE_MAX 40000u    /* cells */
#define MARGIN 6u           /* sentences to either side of the path */
#define WIDTH_MAX 1500u     /* of a stretch that nothing is known about, */
#define WIDTH_MIN 64u       /* less where there are very many rows, */
#define CELLS_MAX 12000000u /* so that they have no more cells than these: some 110 bytes each */
#define RARE_MAX 4u         /* sentences a word may stand in to lead the way, and one in a hundred */
#define ANCHOR_MIN 2.5f
#define ANCHOR_SHARE 0.7f /* of the best of a row */

static ty_status band_alloc(ty_band *band, uint32_t source, uint32_t rows, uint32_t target, uint32_t columns,
                            ty_error *error)
{
    *band = (struct ty_band){source, target, rows, columns, NULL, NULL};
    band->begin = malloc((rows + 1) * sizeof *band->begin);
    band->end = malloc((rows + 1) * sizeof *band->end);
    if (band->begin && band->end) {
        for (uint32_t r = 0; r <= rows; r++) {
            band->begin[r] = columns;
            band->end[r] = 0;
        }
        return TY_OK;
    }
    ty_band_release(band);
    return ty_error_nomem(error);
}

void ty_band_release(ty_band *band)
{
    free(band->begin);
    free(band->end);
    band->begin = band->end = NULL;
}

size_t ty_band_size(const ty_band *band)
{
    size_t size = 0;
    for (uint32_t r = 0; r <= band->rows; r++)
        size += band->end[r] - band->begin[r] + 1;
    return size;
}

static void widen(ty_band *band, uint32_t row, int64_t begin, int64_t end)
{
    if (begin < 0)
        begin = 0;
    if (end > (int64_t)band->columns)
        end = band->columns;
    if (begin < band->begin[row])
        band->begin[row] = (uint32_t)begin;
    if (end > band->end[row])
        band->end[row] = (uint32_t)end;
}

static int64_t widest(const ty_band *band)
{
    uint32_t most = CELLS_MAX / (band->rows + 1);
    return most > WIDTH_MAX ? WIDTH_MAX : most < WIDTH_MIN ? WIDTH_MIN : most;
}

/* What is larger still would take all memory that there is. */
static ty_status check_size(const ty_band *band, ty_error *error)
{
    return ty_band_size(band) <= 2 * (size_t)CELLS_MAX
               ? TY_OK
               : ty_error_set(error, TY_ERR_LIMIT, "too many sentences to align");
}

/*
 * The stretch between two points of the path: all that one-to-one beads and one gap of either side can reach,
 * and a margin. A stretch too wide for that is a strip along its diagonal.
 */
static void add_stretch(ty_band *band, const uint32_t from[2], const uint32_t to[2], uint32_t margin)
{
    int64_t rows = (int64_t)to[0] - from[0], columns = (int64_t)to[1] - from[1];
    int64_t slack = columns > rows ? columns - rows : rows - columns, width = widest(band);
    bool strip = slack > width && rows > width / 8;
    for (uint32_t r = from[0]; r <= to[0]; r++) {
        int64_t first = from[1] + ((int64_t)r - from[0]), last = to[1] - ((int64_t)to[0] - r);
        int64_t begin = first < last ? first : last, end = first < last ? last : first;
        if (begin < from[1])
            begin = from[1];
        if (end > to[1])
            end = to[1];
        if (strip) {
            int64_t middle = from[1] + columns * ((int64_t)r - from[0]) / rows;
            if (begin < middle - width / 2)
                begin = middle - width / 2;
            if (end > middle + width / 2)
                end = middle + width / 2;
        }
        widen(band, r, begin - margin, end + margin);
    }
}

/* Neighbouring rows overlap and neither border turns back, so that a path always gets through. */
static void mend(ty_band *band)
{
    band->begin[0] = 0;
    band->end[band->rows] = band->columns;
    for (uint32_t r = band->rows; r > 0; r--)
        if (band->begin[r - 1] > band->begin[r])
            band->begin[r - 1] = band->begin[r];
    for (uint32_t r = 1; r <= band->rows; r++) {
        if (band->end[r] < band->end[r - 1])
            band->end[r] = band->end[r - 1];
        if (band->end[r - 1] < band->begin[r])
            band->end[r - 1] = band->begin[r];
    }
}

/* ------------------------------------------------------------------------------------------ anchors */

typedef struct ty_anchor {
    uint32_t row, column;
    float score;
} ty_anchor;

typedef TY_VECTOR(ty_anchor) ty_anchors;

/* What the rare words of one source sentence say for each target sentence; scratch for all of them. */
typedef struct ty_votes {
    const ty_model *model;
    const ty_band *band;
    uint32_t rare;
    float *sums; /* by column */
    TY_VECTOR(uint32_t) touched;
    bool failed;
} ty_votes;

static void vote_word(ty_votes *votes, uint32_t word, uint32_t met)
{
    const ty_side *target = votes->model->sides[1];
    if (ty_word_frequency(target, met) > votes->rare)
        return;
    float gain = votes->model->gains[0][word].strong[0] + 0.01f;
    for (uint32_t p = target->posting_starts[met]; p < target->posting_starts[met + 1]; p++) {
        uint32_t column = target->postings[p].sentence - votes->band->target;
        if (column >= votes->band->columns)
            continue;
        if (votes->sums[column] == 0 && !ty_vector_push(&votes->touched, column))
            votes->failed = true;
        votes->sums[column] += gain;
    }
}

static void vote_sentence(ty_votes *votes, uint32_t sentence)
{
    const ty_side *source = votes->model->sides[0];
    const ty_word_links *links = votes->model->links;
    for (uint32_t k = source->bit_starts[sentence]; k < source->bit_starts[sentence + 1]; k++) {
        uint32_t word = source->bits.items[k];
        if (ty_word_frequency(source, word) > votes->rare)
            continue;
        for (uint32_t l = links->starts[word]; l < links->starts[word + 1]; l++)
            if (!links->list.items[l].weak)
                vote_word(votes, word, links->list.items[l].target);
    }
}

#define CHOICES 8 /* per sentence: a text that repeats itself has several that are as good */

/* Adds the best columns for a row, right to left, and clears the votes. */
static bool choose(ty_votes *votes, uint32_t row, ty_anchors *out)
{
    ty_anchor best[CHOICES];
    size_t count = 0;
    for (size_t k = 0; k < votes->touched.count; k++) {
        ty_anchor found = {row, votes->touched.items[k], votes->sums[votes->touched.items[k]]};
        votes->sums[found.column] = 0;
        if (found.score < ANCHOR_MIN || (count == CHOICES && found.score <= best[CHOICES - 1].score))
            continue;
        size_t at = count < CHOICES ? count++ : CHOICES - 1;
        for (; at > 0 && best[at - 1].score < found.score; at--)
            best[at] = best[at - 1];
        best[at] = found;
    }
    ty_vector_clear(&votes->touched);
    bool good = !votes->failed;
    for (uint32_t last = UINT32_MAX; count > 0 && good;) {
        size_t next = count;
        for (size_t k = 0; k < count; k++)
            if (best[k].score >= ANCHOR_SHARE * best[0].score && best[k].column < last &&
                (next == count || best[k].column > best[next].column))
                next = k;
        if (next == count)
            break;
        last = best[next].column;
        good = ty_vector_push(out, best[next]);
    }
    return good;
}

/* Pairs that share rare words, in order of rows. */
static bool collect_anchors(const ty_model *model, const ty_band *band, ty_anchors *out)
{
    ty_votes votes = {.model = model, .band = band};
    size_t longer = model->sides[0]->in->count > model->sides[1]->in->count ? model->sides[0]->in->count
                                                                            : model->sides[1]->in->count;
    votes.rare = RARE_MAX + (uint32_t)longer / 100;
    votes.sums = calloc(band->columns + 1, sizeof *votes.sums);
    bool good = votes.sums != NULL;
    for (uint32_t r = 0; r < band->rows && good; r++) {
        vote_sentence(&votes, band->source + r);
        good = choose(&votes, r, out);
    }
    ty_vector_release(&votes.touched);
    free(votes.sums);
    return good;
}

/* The heaviest rising chain, by a tree of prefix maxima (Fenwick) over the columns. */
static bool heaviest_chain(ty_anchors *list, uint32_t columns)
{
    uint32_t *tree = calloc(columns + 2, sizeof *tree); /* index + 1 of the best chain end */
    uint32_t *before = calloc(list->count + 1, sizeof *before);
    float *total = calloc(list->count + 1, sizeof *total);
    uint32_t last = 0;
    bool good = tree && before && total;
    for (size_t k = 0; k < list->count && good; k++) {
        uint32_t found = 0;
        for (uint32_t c = list->items[k].column; c > 0; c &= c - 1)
            if (tree[c] && (found == 0 || total[tree[c]] > total[found]))
                found = tree[c];
        before[k + 1] = found;
        total[k + 1] = total[found] + list->items[k].score;
        for (uint32_t c = list->items[k].column + 1; c <= columns; c += c & (~c + 1))
            if (tree[c] == 0 || total[k + 1] > total[tree[c]])
                tree[c] = (uint32_t)k + 1;
        if (last == 0 || total[k + 1] > total[last])
            last = (uint32_t)k + 1;
    }
    size_t kept = list->count;
    for (; good && last != 0; last = before[last])
        list->items[--kept] = list->items[last - 1];
    if (good && kept < list->count) {
        memmove(list->items, list->items + kept, (list->count - kept) * sizeof *list->items);
        list->count -= kept;
    }
    free(tree);
    free(before);
    free(total);
    return good;
}

ty_status ty_band_coarse(ty_band *band, const ty_model *model, uint32_t source, uint32_t rows,
                         uint32_t target, uint32_t columns, ty_error *error)
{
    ty_anchors list = {0};
    ty_status status = band_alloc(band, source, rows, target, columns, error);
    if (status != TY_OK)
        return status;
    uint32_t from[2] = {0, 0}, end[2] = {rows, columns};
    if ((uint64_t)rows * columns <= WHOLE_MAX) {
        for (uint32_t r = 0; r <= rows; r++)
            widen(band, r, 0, columns);
        return TY_OK;
    }
    bool good = collect_anchors(model, band, &list) && heaviest_chain(&list, columns);
    for (size_t k = 0; k < list.count && good; k++) {
        uint32_t to[2] = {list.items[k].row, list.items[k].column};
        add_stretch(band, from, to, MARGIN);
        from[0] = to[0] + 1;
        from[1] = to[1] + 1;
    }
    add_stretch(band, from, end, MARGIN);
    mend(band);
    ty_vector_release(&list);
    return good ? check_size(band, error) : ty_error_nomem(error);
}

ty_status ty_band_around(ty_band *out, const ty_bead *stretch, const ty_bead *beads, size_t count,
                         ty_error *error)
{
    ty_status status = band_alloc(out, stretch->source_start, stretch->source_count, stretch->target_start,
                                  stretch->target_count, error);
    if (status != TY_OK)
        return status;
    for (size_t k = 0; k < count; k++) {
        uint32_t from[2] = {beads[k].source_start - out->source, beads[k].target_start - out->target};
        uint32_t to[2] = {from[0] + beads[k].source_count, from[1] + beads[k].target_count};
        for (uint32_t r = from[0]; r <= to[0]; r++)
            widen(out, r, (int64_t)from[1] - MARGIN, (int64_t)to[1] + MARGIN);
    }
    if (count == 0)
        for (uint32_t r = 0; r <= out->rows; r++)
            widen(out, r, 0, out->columns);
    mend(out);
    return check_size(out, error);
}
