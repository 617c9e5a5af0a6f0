/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Pairs that say something else than their units. A step that is taken back may bring a pair back to a unit
 * that others have changed meanwhile, as pairs of labels share one: the release would show one text, and the
 * memory give another.
 */
#include "store/undo_apart.h"

#include <stdlib.h>

/* ------------------------------------------------------------------------------------------ one pair */

/* Of its characters but blanks: sentences are joined with one, or with none. */
static uint64_t print_text(ty_slice text, uint64_t print)
{
    for (size_t at = 0, next; at < text.size; at = next) {
        next = at + 1;
        while (next < text.size && ((unsigned char)text.data[next] & 0xC0) == 0x80)
            next++;
        ty_slice one = ty_slice_sub(text, at, next);
        bool blank = (unsigned char)text.data[at] <= ' ' || ty_slice_equal(one, TY_SLICE("\xE3\x80\x80"));
        for (size_t i = at; i < next && !blank; i++)
            print = (print ^ (unsigned char)text.data[i]) * 0x100000001B3; /* FNV-1a */
    }
    return print;
}

static ty_status print_side(ty_store *store, int64_t document, int64_t first, int64_t count, uint64_t *out,
                            ty_error *error)
{
    ty_status status;
    *out = 0;
    ty_row *row = ty_sql(store, SQL_SENTENCE_SHOWN, error, "iii", document, first, first + count);
    while ((status = ty_sql_step(store, row, error)) == TY_OK)
        *out = print_text(ty_row_text(row, 0), *out);
    if (row)
        ty_row_end(row);
    return status == TY_NO ? TY_OK : status;
}

/* Each side in a language of its own. */
static bool says(const ty_unit *unit, const uint64_t prints[2])
{
    for (size_t i = 0; i < unit->variant_count; i++)
        for (size_t k = 0; k < unit->variant_count; k++)
            if (i != k && print_text(unit->variants[i].text, 0) == prints[0] &&
                print_text(unit->variants[k].text, 0) == prints[1])
                return true;
    return false;
}

/* `unit` 0: it has none, or is none of two sides. */
static ty_status look_at(ty_store *store, int64_t bead, int64_t *unit, uint64_t prints[2], ty_error *error)
{
    int64_t place[7];
    *unit = 0;
    ty_row *row = ty_sql(store, SQL_BEAD_SHOWN, error, "i", bead);
    ty_status status = ty_sql_step(store, row, error);
    if (status != TY_OK)
        return status == TY_NO ? TY_OK : status;
    for (int i = 0; i < 7; i++)
        place[i] = ty_row_int(row, i);
    ty_row_end(row);
    for (int side = 0; side < 2 && status == TY_OK && place[6]; side++)
        status = print_side(store, place[3 * side], place[3 * side + 1], place[3 * side + 2], &prints[side],
                            error);
    *unit = place[2] && place[5] ? place[6] : 0;
    return status;
}

ty_status ty_bead_is_apart(ty_store *store, int64_t bead, int64_t *unit, bool *out, ty_error *error)
{
    ty_arena arena = {0};
    ty_stored_unit stored;
    uint64_t prints[2];
    *out = false;
    ty_status status = look_at(store, bead, unit, prints, error);
    if (status != TY_OK || !*unit)
        return status;
    status = ty_unit_read(store, *unit, &arena, &stored, error);
    if (status == TY_OK)
        *out = !says(&stored.unit, prints);
    else if (status == TY_NO)
        *out = true;
    ty_arena_release(&arena);
    return status == TY_NO ? TY_OK : status;
}

/* ------------------------------------------------------------------------------------------ of a step */

/* So near in a document, sentences are looked up together. */
#define NEAR 16

static ty_status add_rows(ty_store *store, int64_t step, ty_apart *out, ty_error *error)
{
    ty_status status;
    ty_row *row = ty_sql(store, SQL_APART_TOUCHED, error, "i", step);
    while ((status = ty_sql_step(store, row, error)) == TY_OK) {
        bool bead = ty_slice_equal(ty_row_text(row, 0), TY_SLICE("bead"));
        ty_touched one = {.beads = bead ? SQL_APART_BEADS : SQL_APART_OF_UNITS,
                          .range = {ty_row_int(row, 1), ty_row_int(row, 2)}};
        if (!ty_vector_push(&out->touched, one)) {
            status = ty_error_nomem(error);
            break;
        }
    }
    if (row)
        ty_row_end(row);
    return status == TY_NO ? TY_OK : status;
}

static ty_status add_sentences(ty_store *store, int64_t step, ty_apart *out, ty_error *error)
{
    ty_status status;
    ty_touched *last = NULL;
    ty_row *row = ty_sql(store, SQL_APART_SENTENCES, error, "i", step);
    while ((status = ty_sql_step(store, row, error)) == TY_OK) {
        int64_t document = ty_row_int(row, 0), number = ty_row_int(row, 1);
        ty_touched one = {SQL_APART_HOLDING, document, {number, number}};
        if (last && last->document == document && number - last->range.last <= NEAR) {
            last->range.last = number;
            continue;
        }
        if (!ty_vector_push(&out->touched, one)) {
            status = ty_error_nomem(error);
            break;
        }
        last = &out->touched.items[out->touched.count - 1];
    }
    if (row)
        ty_row_end(row);
    return status == TY_NO ? TY_OK : status;
}

ty_status ty_apart_open(ty_store *store, int64_t step, ty_apart *out, ty_error *error)
{
    *out = (ty_apart){0};
    ty_status status = add_rows(store, step, out, error);
    return status == TY_OK ? add_sentences(store, step, out, error) : status;
}

static ty_status find_beads(ty_store *store, const ty_touched *one, ty_ids *beads, ty_error *error)
{
    ty_status status;
    const ty_range *range = &one->range;
    ty_row *row = one->document
                      ? ty_sql(store, one->beads, error, "iii", one->document, range->first, range->last)
                      : ty_sql(store, one->beads, error, "ii", range->first, range->last);
    while ((status = ty_sql_step(store, row, error)) == TY_OK)
        if (!ty_vector_push(beads, ty_row_int(row, 0))) {
            status = ty_error_nomem(error);
            break;
        }
    if (row)
        ty_row_end(row);
    return status == TY_NO ? TY_OK : status;
}

static int by_number(const void *a, const void *b)
{
    int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;
    return (x > y) - (x < y);
}

/* Each once. */
static ty_status count_beads(ty_store *store, const ty_ids *beads, ty_apart *apart, ty_error *error)
{
    ty_status status = TY_OK;
    if (beads->count)
        qsort(beads->items, beads->count, sizeof *beads->items, by_number);
    for (size_t i = 0; i < beads->count && status == TY_OK; i++) {
        bool is = false;
        int64_t unit = 0, bead = beads->items[i];
        if (i && bead == beads->items[i - 1])
            continue;
        status = ty_bead_is_apart(store, bead, &unit, &is, error);
        apart->count += is;
        apart->bead = is ? bead : apart->bead;
        apart->unit = is ? unit : apart->unit;
    }
    return status;
}

ty_status ty_apart_count(ty_store *store, ty_apart *apart, ty_error *error)
{
    ty_status status = TY_OK;
    ty_ids beads = {0};
    apart->count = apart->bead = apart->unit = 0;
    for (size_t i = 0; i < apart->touched.count && status == TY_OK; i++)
        status = find_beads(store, &apart->touched.items[i], &beads, error);
    if (status == TY_OK)
        status = count_beads(store, &beads, apart, error);
    ty_vector_release(&beads);
    return status;
}

void ty_apart_release(ty_apart *apart)
{
    ty_vector_release(&apart->touched);
}
