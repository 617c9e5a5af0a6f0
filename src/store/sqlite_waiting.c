/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Waiting rows for SQLite: INSERT ... SELECT from virtual tables (https://www.sqlite.org/vtab.html) that read
 * them where they are. A third of the time goes that a statement a row would cost.
 */
#include "store/sqlite.h"

typedef struct rows_table {
    sqlite3_vtab base;
    const ty_rows *rows;
} rows_table;

typedef struct rows_cursor {
    sqlite3_vtab_cursor base;
    size_t at;
} rows_cursor;

static int table_connect(sqlite3 *db, void *rows, int argc, const char *const *argv, sqlite3_vtab **out,
                         char **message)
{
    rows_table *table = sqlite3_malloc(sizeof *table);
    if (!table)
        return SQLITE_NOMEM;
    *table = (rows_table){.rows = rows};
    *out = &table->base;
    return sqlite3_declare_vtab(db, "CREATE TABLE pending (first INTEGER, second INTEGER, c0 TEXT, c1 TEXT,"
                                    " c2 TEXT, c3 TEXT, c4 TEXT, c5 TEXT, c6 TEXT, c7 TEXT, c8 TEXT)");
}

static int table_disconnect(sqlite3_vtab *table)
{
    sqlite3_free(table);
    return SQLITE_OK;
}

static int table_plan(sqlite3_vtab *table, sqlite3_index_info *plan)
{
    plan->estimatedCost = 256;
    return SQLITE_OK;
}

static int cursor_open(sqlite3_vtab *table, sqlite3_vtab_cursor **out)
{
    rows_cursor *cursor = sqlite3_malloc(sizeof *cursor);
    if (!cursor)
        return SQLITE_NOMEM;
    *cursor = (rows_cursor){.at = 0};
    *out = &cursor->base;
    return SQLITE_OK;
}

static int cursor_close(sqlite3_vtab_cursor *cursor)
{
    sqlite3_free(cursor);
    return SQLITE_OK;
}

static int cursor_filter(sqlite3_vtab_cursor *cursor, int number, const char *text, int argc,
                         sqlite3_value **argv)
{
    ((rows_cursor *)cursor)->at = 0;
    return SQLITE_OK;
}

static int cursor_next(sqlite3_vtab_cursor *cursor)
{
    ((rows_cursor *)cursor)->at++;
    return SQLITE_OK;
}

static int cursor_eof(sqlite3_vtab_cursor *cursor)
{
    return ((rows_cursor *)cursor)->at >= ((rows_table *)cursor->pVtab)->rows->count;
}

static int cursor_column(sqlite3_vtab_cursor *cursor, sqlite3_context *context, int column)
{
    const ty_waiting_row *row = &((rows_table *)cursor->pVtab)->rows->items[((rows_cursor *)cursor)->at];
    if (column < 2) {
        sqlite3_result_int64(context, column ? row->second : row->first);
        return SQLITE_OK;
    }
    ty_slice cell = row->cells[column - 2];
    if (cell.data)
        sqlite3_result_text64(context, cell.data, cell.size, SQLITE_STATIC, SQLITE_UTF8);
    return SQLITE_OK;
}

static int cursor_rowid(sqlite3_vtab_cursor *cursor, sqlite3_int64 *rowid)
{
    *rowid = (sqlite3_int64)((rows_cursor *)cursor)->at;
    return SQLITE_OK;
}

static const sqlite3_module module = {
    .xConnect = table_connect,
    .xBestIndex = table_plan,
    .xDisconnect = table_disconnect,
    .xOpen = cursor_open,
    .xClose = cursor_close,
    .xFilter = cursor_filter,
    .xNext = cursor_next,
    .xEof = cursor_eof,
    .xColumn = cursor_column,
    .xRowid = cursor_rowid,
};

ty_status ty_sqlite_waiting(ty_store *store, ty_error *error)
{
    static const char *const names[] = {"pending_unit", "pending_variant", "pending_link"};
    for (int i = 0; i < TY_PENDING_COUNT; i++)
        if (sqlite3_create_module(store->db, names[i], &module, &store->writing.rows[i]) != SQLITE_OK)
            return ty_sql_failed(store, "preparing to write", error);
    return TY_OK;
}

ty_status ty_sqlite_write_waiting(ty_store *store, bool over, ty_error *error)
{
    const ty_rows *rows = store->writing.rows;
    ty_status status = TY_OK;
    if (rows[TY_PENDING_UNITS].count)
        status = ty_sql_run(store, over ? SQL_UNIT_SET_PENDING : SQL_UNIT_ADD_PENDING, error, "");
    if (status == TY_OK && rows[TY_PENDING_VARIANTS].count)
        status = ty_sql_run(store, SQL_VARIANT_ADD_PENDING, error, "");
    if (status == TY_OK && rows[TY_PENDING_LINKS].count)
        status = ty_sql_run(store, SQL_LINK_ADD_PENDING, error, "i", store->writing.origin);
    return status;
}
