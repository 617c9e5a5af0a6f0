/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A memory from one engine to another: every table that is kept, row by row, with the numbers that rows have,
 * the history, and the checksums, which then tell whether all of it has arrived. Indexes are made anew.
 */
#include "store/engine.h"
#include "store/ledger.h"

#include <stdio.h>

/* What is not kept and yet goes along: it is as much as what it was made of, and costs less to take than to
 * make. */
static const char *const beside[] = {"checksum", "derived_digest", "derived_tally", "derived_zone"};

ty_status ty_table_move(ty_store *from, ty_store *to, const char *table, ty_error *error)
{
    char text[64];
    ty_row *rows = NULL;
    snprintf(text, sizeof text, "SELECT * FROM %s", table);
    ty_status status = ty_sql_prepare_walk(from, text, &rows, error);
    snprintf(text, sizeof text, "DELETE FROM %s", table);
    if (status == TY_OK)
        status = ty_sql_script(to, text, error);
    if (status == TY_OK)
        status = to->engine->receive(to, table, from, rows, error);
    ty_row_close(rows);
    return status;
}

static ty_status move_tables(ty_store *from, ty_store *to, const ty_listener *listener, ty_error *error)
{
    size_t count = TY_KEPT_COUNT + sizeof beside / sizeof *beside;
    ty_status status = ty_sql_set(to, TY_SQL_KEYS_LATE, error);
    for (size_t i = 0; i < count && status == TY_OK; i++) {
        status = ty_table_move(
            from, to, i < TY_KEPT_COUNT ? ty_kept_tables()[i].name : beside[i - TY_KEPT_COUNT], error);
        if (status == TY_OK && !ty_progress(listener, "tables", i + 1, count))
            status = ty_error_set(error, TY_STOP, "stopped");
    }
    return status;
}

ty_status ty_rows_move(ty_store *from, ty_store *to, const ty_listener *listener, ty_error *error)
{
    ty_status status = ty_store_freeze(from, error);
    if (status != TY_OK)
        return status;
    to->ledger.bulk = true;
    status = move_tables(from, to, listener, error);
    to->ledger.bulk = false;
    ty_store_thaw(from);
    return status;
}
