/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What state the memory is in: every transaction that changes something is a step with a stamp of its own,
 * drawn at random. Whoever derives something notes the stamp, and can tell later whether this file was ever
 * in that state.
 */
#include "store/internal.h"

ty_status ty_store_stamp(ty_store *store, ty_stamp_of which, ty_stamp *out, ty_error *error)
{
    *out = (ty_stamp){0};
    sqlite3_stmt *row =
        ty_sql(store, which == TY_STAMP_UNITS ? SQL_STAMP_UNITS : SQL_STAMP_CONCEPTS, error, "");
    ty_status status = ty_sql_step(store, row, error);
    if (status != TY_OK)
        return status == TY_NO ? TY_OK : status;
    *out = (ty_stamp){(uint64_t)sqlite3_column_int64(row, 0), (uint64_t)sqlite3_column_int64(row, 1)};
    sqlite3_reset(row);
    return TY_OK;
}

ty_status ty_store_has_been(ty_store *store, ty_stamp stamp, ty_error *error)
{
    int64_t found;
    if (!stamp.step && !stamp.random)
        return TY_OK; /* every memory was empty once */
    return ty_sql_number(store, SQL_STAMP_HAS_BEEN, &found, error, "ii", (int64_t)stamp.step,
                         (int64_t)stamp.random);
}

/* Never 0, which stands for no stamp. */
static int64_t drawn(void)
{
    int64_t random;
    do
        sqlite3_randomness(sizeof random, &random);
    while (!random);
    return random;
}

static ty_status add_step(ty_store *store, ty_error *error)
{
    char now[17];
    if (store->changed)
        return TY_OK;
    ty_status status =
        ty_sql_run(store, SQL_STEP_ADD, error, "iss", drawn(), TY_SLICE("change"), ty_store_now(now));
    if (status == TY_OK)
        store->changed = sqlite3_last_insert_rowid(store->db);
    return status;
}

ty_status ty_stamp_renew(ty_store *store, ty_stamp_of which, ty_error *error)
{
    if (store->stamped[which])
        return TY_OK;
    ty_status status = add_step(store, error);
    if (status == TY_OK)
        status = ty_sql_run(store, which == TY_STAMP_UNITS ? SQL_STEP_UNITS : SQL_STEP_CONCEPTS, error, "i",
                            store->changed);
    store->stamped[which] = status == TY_OK;
    return status;
}

void ty_stamp_forget(ty_store *store)
{
    store->step = store->changed = 0;
    store->stamped[0] = store->stamped[1] = false;
}

/* ------------------------------------------------------------------------------------------ one state */

/* The transaction begins with the first read. Inside one that writes, all is one state anyway. */
ty_status ty_store_freeze(ty_store *store, ty_error *error)
{
    ty_stamp any;
    if (store->depth || store->frozen++)
        return TY_OK;
    ty_status status = ty_sql_script(store, "BEGIN", error);
    if (status == TY_OK)
        status = ty_store_stamp(store, TY_STAMP_UNITS, &any, error);
    if (status != TY_OK)
        ty_store_thaw(store);
    return status;
}

void ty_store_thaw(ty_store *store)
{
    if (!store->frozen || --store->frozen)
        return;
    if (!sqlite3_get_autocommit(store->db))
        sqlite3_exec(store->db, "COMMIT", NULL, NULL, NULL);
}
