/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Rows of a reviewed table, and their places in a release. A cell holds sentences that follow each other in a
 * document, white space aside; one that a person rewrote holds what stands between the cells before and
 * behind it.
 */
#include "ops/exchange/reviewed_rows.h"

#include <stdio.h>

#define UNPLACED UINT32_MAX

/* ------------------------------------------------------------------------------------------ rows */

static bool take_row(ty_reviewed_rows *rows, ty_slice line, size_t line_number)
{
    ty_slice rest = line, number, source;
    ty_reviewed_row one = {.line = line, .number = line_number};
    if (ty_slice_ends(line, TY_SLICE("\r")))
        rest.size--;
    if (!ty_slice_next(&rest, '\t', &number) || !ty_slice_next(&rest, '\t', &source))
        return false;
    one.cells[0] = ty_slice_trim(source);
    ty_slice_next(&rest, '\t', &one.cells[1]);
    one.cells[1] = ty_slice_trim(one.cells[1]);
    double confidence = 0;
    char text[40];
    snprintf(text, sizeof text, "%.*s", TY_SLICE_FORMAT(ty_slice_trim(number)));
    if (!ty_decimal_parse(text, &confidence))
        return rows->count == 0; /* the names of the columns */
    one.confidence = confidence > 1 ? 1 : confidence < 0 ? 0 : (float)confidence;
    return ty_vector_push(rows, one);
}

/* False where the table has another form. */
bool ty_reviewed_rows_read(ty_slice rest, ty_reviewed_rows *rows)
{
    ty_slice line;
    if (ty_slice_starts(rest, TY_SLICE("\xEF\xBB\xBF")))
        rest = ty_slice_sub(rest, 3, rest.size);
    for (size_t number = 1; ty_slice_next(&rest, '\n', &line); number++)
        if (ty_slice_trim(line).size && !take_row(rows, line, number))
            return false;
    return rows->count > 0;
}

/* ------------------------------------------------------------------------------------------ placing */

static size_t skip_space(ty_slice text, size_t at)
{
    while (at < text.size) {
        size_t next = at;
        if (!ty_char_is_space(ty_utf8_next(text, &next)))
            break;
        at = next;
    }
    return at;
}

/* Moves *at past the text where it stands in the cell, white space aside. */
static bool pass_text(ty_slice cell, size_t *at, ty_slice text)
{
    size_t c = skip_space(cell, *at), t = skip_space(text, 0);
    while (t < text.size) {
        if (c >= cell.size || cell.data[c] != text.data[t])
            return false;
        c = skip_space(cell, c + 1);
        t = skip_space(text, t + 1);
    }
    *at = c;
    return true;
}

/* How many sentences from `first` on the cell holds; 0: it does not. */
static uint32_t holds(const ty_board *board, int side, ty_slice cell, uint32_t first)
{
    uint32_t count = 0;
    size_t at = 0;
    while (at < cell.size) {
        if (first + count >= board->sentences[side].count)
            return 0;
        const ty_stored_sentence *sentence = &board->sentences[side].items[first + count];
        bool edited = sentence->edited.data != NULL;
        if (!pass_text(cell, &at, sentence->text) && !(edited && pass_text(cell, &at, sentence->edited)))
            return 0;
        count++;
    }
    return count;
}

/* The nearest place behind the last one, else anywhere. */
static void place_cell(const ty_board *board, int side, ty_reviewed_row *one, uint32_t from)
{
    uint32_t length = (uint32_t)board->sentences[side].count;
    one->first[side] = UNPLACED;
    one->count[side] = 0;
    for (uint32_t i = 0; i < length && one->cells[side].size; i++) {
        uint32_t first = (from + i) % length, count = holds(board, side, one->cells[side], first);
        if (!count)
            continue;
        one->first[side] = first;
        one->count[side] = count;
        return;
    }
}

static bool is_open(const ty_reviewed_row *one, int side)
{
    return one->cells[side].size && one->first[side] == UNPLACED;
}

/* A cell of other words stands for the sentences between its neighbours, where the other side is known. */
static void place_rewritten(ty_reviewed_rows *rows, const ty_board *board, int side)
{
    uint32_t end = 0;
    for (size_t i = 0; i < rows->count; i++) {
        ty_reviewed_row *one = &rows->items[i];
        if (one->done)
            continue;
        if (!is_open(one, side)) {
            end = one->count[side] ? one->first[side] + one->count[side] : end;
            continue;
        }
        uint32_t next = (uint32_t)board->sentences[side].count;
        bool bounded = true;
        for (size_t k = i + 1; k < rows->count && next == board->sentences[side].count && bounded; k++) {
            bounded = !is_open(&rows->items[k], side);
            if (bounded && rows->items[k].count[side])
                next = rows->items[k].first[side];
        }
        bool other = one->count[1 - side] > 0;
        if (!bounded || !other || next <= end)
            continue;
        one->first[side] = end;
        one->count[side] = next - end;
        one->rewritten[side] = true;
        end = next;
    }
}

size_t ty_reviewed_rows_place(ty_reviewed_rows *rows, const ty_board *board)
{
    size_t placed = 0;
    for (int side = 0; side < 2; side++) {
        uint32_t from = 0;
        for (size_t i = 0; i < rows->count; i++) {
            ty_reviewed_row *one = &rows->items[i];
            if (one->done)
                continue;
            one->rewritten[side] = false;
            place_cell(board, side, one, from);
            if (one->count[side])
                from = one->first[side] + one->count[side];
            if (from >= board->sentences[side].count)
                from = 0;
        }
    }
    for (int side = 0; side < 2; side++)
        place_rewritten(rows, board, side);
    for (size_t i = 0; i < rows->count; i++) {
        ty_reviewed_row *one = &rows->items[i];
        if (one->done)
            continue;
        one->placed = !is_open(one, 0) && !is_open(one, 1) && one->count[0] + one->count[1] > 0;
        placed += one->placed && one->count[0] && one->count[1];
    }
    return placed;
}

size_t ty_reviewed_rows_rest(const ty_reviewed_rows *rows, ty_buffer *rest, size_t *line, ty_counts *counts)
{
    size_t alone = 0;
    for (size_t i = 0; i < rows->count; i++) {
        const ty_reviewed_row *one = &rows->items[i];
        counts->read += one->done;
        if (one->done)
            continue;
        if (one->cells[0].size && one->cells[1].size) {
            ty_buffer_add(rest, one->line);
            ty_buffer_add_char(rest, '\n');
        } else if (!alone++) {
            *line = one->number;
        }
    }
    return alone;
}
