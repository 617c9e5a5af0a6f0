/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Checksums: of each table that is not derived, how many rows it has and the sum of their hashes. They follow
 * every change that comes through us; what was altered behind our back makes a difference.
 */
#include "store/engine.h"
#include "store/ledger.h"

#include <stdio.h>

/* More than any table has. */
enum { MOST_COLUMNS = 32 };

ty_status ty_sum_add(ty_store *store, ty_kept table, int64_t rows, uint64_t sum, ty_error *error)
{
    int64_t before = 0, there = 0;
    ty_slice name = ty_slice_of(ty_kept_tables()[table].name);
    if (store->engine->texts[SQL_SUM_ADD])
        return ty_sql_run(store, SQL_SUM_ADD, error, "sii", name, rows, (int64_t)sum);
    ty_row *row = ty_sql(store, SQL_SUM_GET, error, "s", name);
    ty_status status = ty_sql_step(store, row, error);
    if (status == TY_OK) {
        there = ty_row_int(row, 0);
        before = ty_row_int(row, 1);
        ty_row_end(row);
    }
    if (status != TY_OK && status != TY_NO)
        return status;
    /* Sums wrap around, which SQL's would not. */
    return ty_sql_run(store, SQL_SUM_SET, error, "sii", name, there + rows,
                      (int64_t)((uint64_t)before + sum));
}

ty_status ty_store_sum(ty_store *store, const char *table, uint64_t *out, ty_error *error)
{
    *out = 0;
    if (store->older)
        return TY_OK;
    ty_row *row = ty_sql(store, SQL_SUM_GET, error, "s", ty_slice_of(table));
    ty_status status = ty_sql_step(store, row, error);
    if (status != TY_OK)
        return status == TY_NO ? TY_OK : status;
    *out = (uint64_t)ty_row_int(row, 1);
    ty_row_end(row);
    return TY_OK;
}

ty_status ty_each_row(ty_store *store, ty_kept table,
                      void (*each)(ty_store *store, ty_kept table, const ty_datum *row, int64_t columns),
                      ty_error *error)
{
    char text[64];
    ty_row *statement = NULL;
    ty_datum values[MOST_COLUMNS];
    ty_status status;
    snprintf(text, sizeof text, "SELECT * FROM %s", ty_kept_tables()[table].name);
    status = ty_sql_prepare_walk(store, text, &statement, error);
    if (status != TY_OK)
        return status;
    while ((status = ty_sql_step(store, statement, error)) == TY_OK) {
        int count = ty_row_columns(statement);
        for (int i = 0; i < count && i < MOST_COLUMNS; i++)
            values[i] = ty_row_datum(statement, i);
        each(store, table, values, count);
    }
    ty_row_close(statement);
    return status == TY_NO ? TY_OK : status;
}

static void add_row(ty_store *store, ty_kept table, const ty_datum *row, int64_t columns)
{
    ty_ledger_sum(store, table, 1, ty_row_hash(row, (int)columns));
}

ty_status ty_sums_make(ty_store *store, ty_error *error)
{
    ty_status status = ty_sql_run(store, SQL_SUM_CLEAR, error, "");
    ty_ledger_forget(store);
    for (int i = 0; i < TY_KEPT_COUNT && status == TY_OK; i++)
        status = ty_each_row(store, (ty_kept)i, add_row, error);
    return status == TY_OK ? ty_ledger_flush(store, error) : status;
}

ty_status ty_sums_check(ty_store *store, void (*found)(void *payload, const char *table, int64_t rows),
                        void *payload, ty_error *error)
{
    ty_status status = TY_OK;
    ty_ledger_forget(store);
    for (int i = 0; i < TY_KEPT_COUNT && status == TY_OK; i++) {
        int64_t rows = 0, sum = 0;
        const char *name = ty_kept_tables()[i].name;
        status = ty_each_row(store, (ty_kept)i, add_row, error);
        if (status != TY_OK)
            break;
        ty_row *row = ty_sql(store, SQL_SUM_GET, error, "s", ty_slice_of(name));
        status = ty_sql_step(store, row, error);
        if (status == TY_OK) {
            rows = ty_row_int(row, 0);
            sum = ty_row_int(row, 1);
            ty_row_end(row);
        }
        if (status != TY_OK && status != TY_NO)
            break;
        status = TY_OK;
        if (store->ledger.rows[i] != rows || store->ledger.sums[i] != (uint64_t)sum)
            found(payload, name, store->ledger.rows[i] - rows);
    }
    ty_ledger_forget(store);
    return status;
}
