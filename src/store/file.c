/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The memory as a file: opening, closing, transactions.
 */
#include "store/sqlite.h"

#include <assert.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

ty_slice ty_store_now(char buffer[17])
{
    time_t now = time(NULL);
    struct tm parts;
    gmtime_r(&now, &parts);
    return (ty_slice){buffer, strftime(buffer, 17, "%Y%m%dT%H%M%SZ", &parts)};
}

ty_slice ty_store_date(ty_slice when, char buffer[17])
{
    return when.size ? when : ty_store_now(buffer);
}

/* ------------------------------------------------------------------------------------------ close */

void ty_store_close(ty_store *store)
{
    if (!store)
        return;
    for (size_t i = 0; i < SQL_COUNT; i++)
        ty_row_close(store->statements[i]);
    while (store->depth)
        ty_store_rollback(store);
    while (store->frozen)
        ty_store_thaw(store);
    sqlite3_close_v2(store->db);
    ty_snapshot_close(store->snapshot);
    ty_ledger_release(store);
    ty_buffer_release(&store->who);
    ty_buffer_release(&store->canonical);
    ty_buffer_release(&store->attributes);
    ty_buffer_release(&store->infos);
    ty_pending_release(&store->pending);
    ty_pending_release(&store->writing);
    free(store->kept_copy);
    free(store->path);
    free(store);
}

const char *ty_store_path(const ty_store *store)
{
    return store->path;
}

void ty_store_set_patience(ty_store *store, unsigned milliseconds)
{
    sqlite3_busy_timeout(store->db, (int)(milliseconds < INT32_MAX ? milliseconds : INT32_MAX));
}

bool ty_store_is_writable(const ty_store *store)
{
    return store->writable;
}

const char *ty_store_identity(const ty_store *store)
{
    return store->identity;
}

/* ------------------------------------------------------------------------------------------ transactions */

/* Depth 0 is a transaction, what is inside it a savepoint of its own name. */
static int run_at(ty_store *store, const char *outer, const char *inner, unsigned depth)
{
    char text[64];
    snprintf(text, sizeof text, "%s level%u", inner, depth);
    return sqlite3_exec(store->db, depth == 0 ? outer : text, NULL, NULL, NULL);
}

static ty_status begin_failed(ty_store *store, ty_error *error)
{
    if ((sqlite3_errcode(store->db) & 0xff) != SQLITE_BUSY)
        return ty_sql_failed(store, "starting to write", error);
    return ty_error_set(error, TY_ERR_BUSY, "%s: another process is writing to the memory; try again later",
                        store->path);
}

/* Whoever moved or removed the file meant it: what is written now would be in a file that has no name. */
static bool has_moved(ty_store *store)
{
    int moved = 0;
    return sqlite3_file_control(store->db, "main", SQLITE_FCNTL_HAS_MOVED, &moved) == SQLITE_OK && moved;
}

static ty_status refuse_moved(ty_store *store, const char *what, ty_error *error)
{
    return ty_error_set(error, TY_ERR_IO,
                        "%s: the memory was moved, removed or replaced while it was open; %s", store->path,
                        what);
}

ty_status ty_store_begin(ty_store *store, ty_error *error)
{
    if (!store->writable)
        return ty_error_set(error, TY_ERR_STORE, "%s: the memory was opened for reading", store->path);
    assert(!store->frozen);
    /* What waits belongs to the outer part: an inner rollback must not take it along. */
    ty_status status = store->depth ? ty_ledger_flush(store, error) : TY_OK;
    if (status != TY_OK)
        return status;
    if (run_at(store, "BEGIN IMMEDIATE", "SAVEPOINT", store->depth) != SQLITE_OK)
        return begin_failed(store, error);
    if (store->depth == 0) {
        store->changes_before = sqlite3_total_changes(store->db);
        ty_stamp_forget(store);
    }
    store->depth++;
    return TY_OK;
}

static ty_status commit_all(ty_store *store, ty_error *error)
{
    bool changed = sqlite3_total_changes(store->db) != store->changes_before;
    ty_status status = TY_OK;
    if (changed)
        status = ty_log_mark(store, error);
    if (status == TY_OK && changed)
        status = ty_ledger_flush(store, error); /* the mark is part of what is summed */
    if (status == TY_OK && changed && has_moved(store))
        status = refuse_moved(store, "nothing was written", error);
    if (status == TY_OK && run_at(store, "COMMIT", "", 0) != SQLITE_OK)
        status = ty_sql_failed(store, "writing the memory", error);
    return status;
}

static ty_status commit_inner(ty_store *store, ty_error *error)
{
    if (run_at(store, "", "RELEASE", store->depth - 1) == SQLITE_OK)
        return TY_OK;
    return ty_sql_failed(store, "writing the memory", error);
}

ty_status ty_store_commit(ty_store *store, ty_error *error)
{
    ty_status status = ty_ledger_flush(store, error);
    if (status == TY_OK && sqlite3_get_autocommit(store->db))
        status = ty_error_set(error, TY_ERR_IO, "%s: the transaction was lost", store->path);
    else if (status == TY_OK)
        status = store->depth == 1 ? commit_all(store, error) : commit_inner(store, error);
    if (status != TY_OK) {
        ty_store_rollback(store);
        return status;
    }
    store->depth--;
    if (store->depth == 0)
        ty_stamp_forget(store);
    else if (store->changed_depth > store->depth)
        store->changed_depth = store->depth;
    if (store->depth == 0 && has_moved(store))
        return refuse_moved(store, "what was written is not there under this name", error);
    return TY_OK;
}

void ty_store_rollback(ty_store *store)
{
    if (store->depth == 0)
        return;
    store->depth--;
    ty_ledger_forget(store);
    ty_pending_clear(&store->pending);
    ty_pending_clear(&store->writing);
    for (size_t i = 0; i < SQL_COUNT; i++)
        if (store->statements[i])
            ty_row_end(store->statements[i]);
    /* After a full disk SQLite may have rolled back by itself. */
    if (!sqlite3_get_autocommit(store->db)) {
        run_at(store, "ROLLBACK", "ROLLBACK TO", store->depth);
        if (store->depth)
            run_at(store, "", "RELEASE", store->depth);
    }
    ty_stamp_forget(store);
}

ty_status ty_store_end(ty_store *store, ty_status status, ty_error *error)
{
    if (status == TY_OK)
        return ty_store_commit(store, error);
    ty_store_rollback(store);
    return status;
}
