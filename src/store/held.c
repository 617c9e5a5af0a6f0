/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Pairs that somebody has open: whoever changes what is read there, by whatever way, is refused, and nothing
 * is done. What is read is compared, not which rows are written: a sentence that is cut further up moves all
 * that is behind it, and changes nothing of it. Who has which is asked once more before the end, since an
 * import takes long enough for an editor to be opened meanwhile.
 */
#include "store/engine.h"

#include <stdlib.h>

static ty_status print_sentences(ty_store *store, int64_t document, int64_t first, int64_t count,
                                 uint64_t *print, ty_error *error)
{
    ty_status status;
    ty_row *row = ty_sql(store, SQL_SENTENCE_SHOWN, error, "iii", document, first, first + count);
    while ((status = ty_sql_step(store, row, error)) == TY_OK)
        *print = ty_hash(ty_row_text(row, 0), *print + 1);
    if (row)
        ty_row_end(row);
    return status == TY_NO ? TY_OK : status;
}

/* Of a pair of labels, too: other pairs share it, and it is read in all of them. */
static ty_status print_unit(ty_store *store, int64_t id, uint64_t *print, ty_error *error)
{
    ty_arena arena = {0};
    ty_stored_unit stored;
    ty_status status = id ? ty_unit_read(store, id, &arena, &stored, error) : TY_NO;
    for (size_t i = 0; status == TY_OK && i < stored.unit.variant_count; i++)
        *print = ty_hash(stored.unit.variants[i].content, ty_hash(stored.unit.variants[i].text, *print + 2));
    if (status == TY_OK)
        *print = ty_hash(stored.status, *print + 3);
    ty_arena_release(&arena);
    return status == TY_NO ? TY_OK : status;
}

/* Of a pair that is no longer there: 0. */
static ty_status print_bead(ty_store *store, int64_t bead, uint64_t *out, ty_error *error)
{
    int64_t place[8];
    uint64_t print = 1;
    *out = 0;
    ty_row *row = ty_sql(store, SQL_BEAD_SHOWN, error, "i", bead);
    ty_status status = ty_sql_step(store, row, error);
    if (status != TY_OK)
        return status == TY_NO ? TY_OK : status;
    for (int i = 0; i < 8; i++)
        place[i] = ty_row_int(row, i);
    print = ty_hash(ty_row_text(row, 8), print + (uint64_t)place[7]);
    ty_row_end(row);
    for (int side = 0; side < 2 && status == TY_OK; side++)
        status =
            print_sentences(store, place[3 * side], place[3 * side + 1], place[3 * side + 2], &print, error);
    if (status == TY_OK)
        status = print_unit(store, place[6], &print, error);
    *out = print;
    return status;
}

void ty_store_hold(ty_store *store, const ty_holders *holders)
{
    store->holders = holders ? *holders : (ty_holders){0};
}

static size_t list(const ty_store *store, bool last, int64_t beads[TY_HELD_LIMIT])
{
    return store->holders.list ? store->holders.list(store->holders.payload, last, beads) : 0;
}

ty_status ty_held_note(ty_store *store, ty_error *error)
{
    int64_t beads[TY_HELD_LIMIT];
    size_t count = list(store, false, beads);
    ty_status status = TY_OK;
    ty_vector_clear(&store->held);
    for (size_t i = 0; i < count && status == TY_OK; i++) {
        ty_held one = {beads[i], 0};
        status = print_bead(store, one.bead, &one.print, error);
        if (status == TY_OK && !ty_vector_push(&store->held, one))
            status = ty_error_nomem(error);
    }
    return status;
}

/* Noted when the transaction began; of a pair that was opened since then, what all others still see. */
static ty_status print_before(ty_store *store, int64_t bead, ty_store **others, uint64_t *out,
                              ty_error *error)
{
    for (size_t i = 0; i < store->held.count; i++)
        if (store->held.items[i].bead == bead) {
            *out = store->held.items[i].print;
            return TY_OK;
        }
    ty_status status = *others ? TY_OK : ty_store_open(store->path, TY_STORE_READ, others, error);
    return status == TY_OK ? print_bead(*others, bead, out, error) : status;
}

static ty_status refuse(int64_t bead, ty_error *error)
{
    ty_error_set(error, TY_ERR_USAGE, "somebody is editing pair %lld; nothing was changed", (long long)bead);
    ty_error_rule(error, TY_RULE_HELD);
    return TY_ERR_USAGE;
}

ty_status ty_held_check(ty_store *store, ty_error *error)
{
    int64_t beads[TY_HELD_LIMIT];
    ty_store *others = NULL;
    ty_status status = TY_OK;
    size_t count = list(store, true, beads);
    store->shut = store->holders.leave != NULL;
    for (size_t i = 0; i < count && status == TY_OK; i++) {
        uint64_t before = 0, now = 0;
        status = print_before(store, beads[i], &others, &before, error);
        if (status == TY_OK)
            status = print_bead(store, beads[i], &now, error);
        if (status == TY_OK && now != before)
            status = refuse(beads[i], error);
    }
    ty_store_close(others);
    return status;
}

void ty_held_leave(ty_store *store)
{
    if (store->shut)
        store->holders.leave(store->holders.payload);
    store->shut = false;
}
