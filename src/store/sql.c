/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Running statements: the cache, binding, and what SQLite's failures mean to us.
 */
#include "store/sqlite.h"

#include <errno.h>
#include <stdio.h>

/* SQLite's results in our words; what is not listed is damage or a programming error. */
static ty_status status_of(int result, const char **meaning)
{
    switch (result) {
    case SQLITE_READONLY_CANTLOCK:
    case SQLITE_READONLY_CANTINIT:
    case SQLITE_READONLY_RECOVERY: *meaning = "the memory is in use; try again"; return TY_ERR_BUSY;
    default: break;
    }
    switch (result & 0xff) {
    case SQLITE_BUSY:
    case SQLITE_LOCKED: *meaning = "another process holds the memory"; return TY_ERR_BUSY;
    case SQLITE_IOERR: *meaning = "reading or writing failed"; return TY_ERR_IO;
    case SQLITE_NOMEM: *meaning = "out of memory"; return TY_ERR_NOMEM;
    case SQLITE_READONLY: *meaning = "the memory is read-only"; return TY_ERR_STORE;
    case SQLITE_PERM:
    case SQLITE_AUTH:
    case SQLITE_CANTOPEN: *meaning = "it cannot be opened"; return TY_ERR_STORE;
    case SQLITE_NOTADB: *meaning = "not a memory"; return TY_ERR_STORE;
    case SQLITE_CORRUPT: *meaning = "the file is damaged"; return TY_ERR_STORE;
    case SQLITE_TOOBIG: *meaning = "too large for the memory"; return TY_ERR_LIMIT;
    default: *meaning = NULL; return TY_ERR_STORE;
    }
}

static ty_status disk_is_full(ty_store *store, const char *doing, ty_error *error)
{
    ty_buffer disk = {0};
    ty_disk_name(store->path, &disk);
    ty_status status = ty_error_set(error, TY_ERR_IO, "%s: %s: the disk is full (%s)", store->path, doing,
                                    disk.failed ? "?" : disk.data);
    ty_buffer_release(&disk);
    return status;
}

ty_status ty_sql_failed(ty_store *store, const char *doing, ty_error *error)
{
    const char *meaning;
    if (!ty_still_holds(store))
        return ty_still_broken(store, error);
    ty_status status = status_of(sqlite3_extended_errcode(store->db), &meaning);
    const char *detail = sqlite3_errmsg(store->db);
    int result = sqlite3_extended_errcode(store->db);
    if (((result & 0xff) == SQLITE_FULL || sqlite3_system_errno(store->db) == ENOSPC) &&
        status != TY_ERR_NOMEM)
        return disk_is_full(store, doing, error);
    if (meaning)
        return ty_error_set(error, status, "%s: %s: %s (%s)", store->path, doing, meaning, detail);
    return ty_error_set(error, status, "%s: %s: %s", store->path, doing, detail);
}

ty_status ty_sql_script(ty_store *store, const char *text, ty_error *error)
{
    if (sqlite3_exec(store->db, text, NULL, NULL, NULL) == SQLITE_OK)
        return TY_OK;
    return ty_sql_failed(store, "changing the memory", error);
}

static bool bind_text(sqlite3_stmt *statement, int index, ty_slice text)
{
    if (!text.data)
        return sqlite3_bind_null(statement, index) == SQLITE_OK;
    return sqlite3_bind_text64(statement, index, text.data, text.size, SQLITE_STATIC, SQLITE_UTF8) ==
           SQLITE_OK;
}

static bool bind(sqlite3_stmt *statement, const char *types, va_list values)
{
    bool good = true;
    for (int index = 1; types[index - 1] && good; index++) {
        switch (types[index - 1]) {
        case 'i': good = sqlite3_bind_int64(statement, index, va_arg(values, int64_t)) == SQLITE_OK; break;
        case 'k': {
            int64_t key = va_arg(values, int64_t);
            good = (key ? sqlite3_bind_int64(statement, index, key) : sqlite3_bind_null(statement, index)) ==
                   SQLITE_OK;
            break;
        }
        case 'd': good = sqlite3_bind_double(statement, index, va_arg(values, double)) == SQLITE_OK; break;
        case 's': good = bind_text(statement, index, va_arg(values, ty_slice)); break;
        default: {
            ty_slice text = va_arg(values, ty_slice);
            good = bind_text(statement, index, text.size ? text : (ty_slice){0});
        }
        }
    }
    return good;
}

static ty_row *ready(ty_store *store, ty_sql_id id, ty_error *error, const char *types, va_list values)
{
    ty_row **slot = &store->statements[id];
    sqlite3_stmt *statement = ty_sqlite_statement(*slot);
    if (statement)
        sqlite3_reset(statement);
    if (!statement &&
        sqlite3_prepare_v3(store->db, ty_sql_texts[id], -1, SQLITE_PREPARE_PERSISTENT, &statement, NULL)) {
        ty_sql_failed(store, "preparing a statement", error);
        return NULL;
    }
    *slot = (ty_row *)statement;
    if (bind(statement, types, values))
        return *slot;
    ty_sql_failed(store, "binding a value", error);
    return NULL;
}

ty_row *ty_sql(ty_store *store, ty_sql_id id, ty_error *error, const char *types, ...)
{
    va_list values;
    va_start(values, types);
    ty_row *statement = ready(store, id, error, types, values);
    va_end(values);
    return statement;
}

ty_status ty_sql_step(ty_store *store, ty_row *statement, ty_error *error)
{
    if (!statement)
        return error && error->status != TY_OK ? error->status : TY_ERR_STORE;
    int result = sqlite3_step(ty_sqlite_statement(statement));
    ty_status status = ty_still_check(store, error);
    if (status == TY_OK && result == SQLITE_ROW)
        return TY_OK;
    if (status == TY_OK)
        status = TY_NO;
    if (status == TY_NO && result != SQLITE_DONE)
        status = ty_sql_failed(store, "using the memory", error);
    ty_row_end(statement);
    return status;
}

ty_status ty_sql_run(ty_store *store, ty_sql_id id, ty_error *error, const char *types, ...)
{
    va_list values;
    va_start(values, types);
    ty_row *statement = ready(store, id, error, types, values);
    va_end(values);
    ty_status status;
    do
        status = ty_sql_step(store, statement, error);
    while (status == TY_OK);
    if (status != TY_NO)
        return status;
    return store->ledger.bulk ? TY_OK : ty_ledger_relieve(store, error);
}

ty_status ty_sql_number(ty_store *store, ty_sql_id id, int64_t *out, ty_error *error, const char *types, ...)
{
    va_list values;
    va_start(values, types);
    ty_row *statement = ready(store, id, error, types, values);
    va_end(values);
    *out = 0;
    ty_status status = ty_sql_step(store, statement, error);
    if (status != TY_OK)
        return status;
    *out = ty_row_int(statement, 0);
    ty_row_end(statement);
    return TY_OK;
}

ty_status ty_sql_list(ty_store *store, ty_row *row, ty_ids *out, ty_error *error)
{
    ty_status status;
    while ((status = ty_sql_step(store, row, error)) == TY_OK)
        if (!ty_vector_push(out, ty_row_int(row, 0)))
            break;
    if (row)
        ty_row_end(row);
    if (status == TY_OK)
        return ty_error_nomem(error);
    return status == TY_NO ? TY_OK : status;
}

ty_status ty_sql_ids(ty_store *store, ty_sql_id id, int64_t key, ty_ids *out, ty_error *error)
{
    return ty_sql_list(store, ty_sql(store, id, error, "i", key), out, error);
}

ty_status ty_sql_walk_open(ty_store *store, ty_sql_walk which, ty_row **out, ty_error *error)
{
    return ty_sql_prepare(store, ty_sql_walks[which], out, error);
}

ty_status ty_sql_prepare(ty_store *store, const char *text, ty_row **out, ty_error *error)
{
    sqlite3_stmt *statement = NULL;
    if (sqlite3_prepare_v2(store->db, text, -1, &statement, NULL) != SQLITE_OK)
        return ty_sql_failed(store, "preparing a statement", error);
    *out = (ty_row *)statement;
    return TY_OK;
}

bool ty_sql_try(ty_store *store, const char *text)
{
    return sqlite3_exec(store->db, text, NULL, NULL, NULL) == SQLITE_OK;
}

int64_t ty_sql_written(ty_store *store)
{
    return sqlite3_changes(store->db);
}

int64_t ty_sql_added(ty_store *store)
{
    return sqlite3_last_insert_rowid(store->db);
}

bool ty_sql_was_refused(ty_store *store)
{
    return (sqlite3_errcode(store->db) & 0xff) == SQLITE_CONSTRAINT;
}

bool ty_sql_is_within(ty_store *store)
{
    return !sqlite3_get_autocommit(store->db);
}

uint64_t ty_sql_random(void)
{
    uint64_t random;
    sqlite3_randomness(sizeof random, &random);
    return random;
}

void ty_sql_wait(int milliseconds)
{
    sqlite3_sleep(milliseconds);
}

/* ------------------------------------------------------------------------------------------ rows */

int64_t ty_row_int(ty_row *row, int column)
{
    return sqlite3_column_int64(ty_sqlite_statement(row), column);
}

double ty_row_double(ty_row *row, int column)
{
    return sqlite3_column_double(ty_sqlite_statement(row), column);
}

bool ty_row_is_null(ty_row *row, int column)
{
    return sqlite3_column_type(ty_sqlite_statement(row), column) == SQLITE_NULL;
}

ty_slice ty_row_text(ty_row *row, int column)
{
    sqlite3_stmt *statement = ty_sqlite_statement(row);
    const char *data = (const char *)sqlite3_column_text(statement, column);
    return (ty_slice){data, data ? (size_t)sqlite3_column_bytes(statement, column) : 0};
}

ty_slice ty_row_copy(ty_row *row, int column, ty_arena *arena)
{
    ty_slice text = ty_row_text(row, column);
    return text.data ? ty_arena_copy(arena, text) : text;
}

int ty_row_columns(ty_row *row)
{
    return sqlite3_column_count(ty_sqlite_statement(row));
}

ty_cell *ty_row_cell(ty_row *row, int column)
{
    return (ty_cell *)sqlite3_column_value(ty_sqlite_statement(row), column);
}

void ty_row_bind(ty_row *row, int parameter, int64_t value)
{
    sqlite3_bind_int64(ty_sqlite_statement(row), parameter, value);
}

void ty_row_bind_text(ty_row *row, int parameter, ty_slice text)
{
    bind_text(ty_sqlite_statement(row), parameter, text);
}

void ty_row_end(ty_row *row)
{
    sqlite3_reset(ty_sqlite_statement(row));
}

void ty_row_clear(ty_row *row)
{
    ty_row_end(row);
    sqlite3_clear_bindings(ty_sqlite_statement(row));
}

void ty_row_close(ty_row *row)
{
    sqlite3_finalize(ty_sqlite_statement(row));
}

/* ------------------------------------------------------------------------------------------ cells */

int64_t ty_cell_int(const ty_cell *cell)
{
    return sqlite3_value_int64(ty_sqlite_value(cell));
}

bool ty_cell_is_null(const ty_cell *cell)
{
    return sqlite3_value_type(ty_sqlite_value(cell)) == SQLITE_NULL;
}

ty_slice ty_cell_text(const ty_cell *cell)
{
    const char *text = (const char *)sqlite3_value_text(ty_sqlite_value(cell));
    return (ty_slice){text, text ? (size_t)sqlite3_value_bytes(ty_sqlite_value(cell)) : 0};
}
