/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The memory as a file: opening, closing, transactions.
 */
#include "store/internal.h"

#include <assert.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

/* How long a writer waits for another before it says so. */
#define BUSY_MILLISECONDS 5000
#define BUSY_PAUSE 50

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

/* ------------------------------------------------------------------------------------------ open, close */

static ty_status refuse(const char *path, ty_error *error, const char *why)
{
    return ty_error_set(error, TY_ERR_STORE, "%s: %s", path, why);
}

/* Says early and clearly what SQLite would say late or darkly. */
static ty_status look_at(const char *path, ty_store_mode mode, ty_error *error)
{
    struct stat info;
    if (stat(path, &info) != 0) {
        if (errno != ENOENT && errno != ENOTDIR)
            return ty_error_errno(error, "%s", path);
        return mode == TY_STORE_CREATE ? TY_OK : refuse(path, error, "there is no such memory");
    }
    if (S_ISDIR(info.st_mode))
        return refuse(path, error, "a folder, not a memory");
    if (!S_ISREG(info.st_mode))
        return refuse(path, error, "not a regular file, so not a memory");
    if (access(path, R_OK) != 0)
        return refuse(path, error, "the memory cannot be read: no permission");
    if (mode != TY_STORE_READ && access(path, W_OK) != 0)
        return refuse(path, error, "the memory is read-only");
    return TY_OK;
}

/* The path as a URI that says nothing ever changes: for media where not even a lock can be kept. */
static bool immutable_uri(const char *path, ty_buffer *uri)
{
    ty_buffer_add_string(uri, "file:");
    for (const char *at = path; *at; at++) {
        if (strchr("%?#", *at))
            ty_buffer_add_format(uri, "%%%02X", (unsigned)(unsigned char)*at);
        else
            ty_buffer_add_char(uri, *at);
    }
    ty_buffer_add_string(uri, "?immutable=1");
    return !uri->failed;
}

static int probe(sqlite3 *db)
{
    return sqlite3_exec(db, "SELECT count(*) FROM sqlite_schema", NULL, NULL, NULL);
}

static int connect(const char *path, int flags, sqlite3 **db)
{
    int result = sqlite3_open_v2(path, db, flags | SQLITE_OPEN_NOMUTEX, NULL);
    if (result == SQLITE_OK)
        sqlite3_busy_timeout(*db, BUSY_MILLISECONDS);
    if (result == SQLITE_OK)
        result = probe(*db);
    return result;
}

/* A log that cannot be read together with its file holds what the file lacks. */
static bool has_log(const char *path)
{
    struct stat info;
    ty_buffer log = {0};
    ty_buffer_add_format(&log, "%s-wal", path);
    bool has = log.failed || (stat(log.data, &info) == 0 && info.st_size > 0);
    ty_buffer_release(&log);
    return has;
}

/* The file as it lies there, without locks and log. */
static int connect_frozen(ty_store *store)
{
    ty_buffer uri = {0};
    sqlite3_close_v2(store->db);
    store->db = NULL;
    int result = SQLITE_NOMEM;
    if (immutable_uri(store->path, &uri))
        result = connect(uri.data, SQLITE_OPEN_READONLY | SQLITE_OPEN_URI, &store->db);
    ty_buffer_release(&uri);
    return result;
}

/*
 * Readers open for writing too, where they may, so that the last one to leave tidies the log away;
 * query_only keeps them from changing anything. Where the folder forbids even a lock, the file is read as
 * it lies there.
 */
static ty_status connect_store(ty_store *store, ty_store_mode mode, ty_error *error)
{
    int create = mode == TY_STORE_CREATE ? SQLITE_OPEN_CREATE : 0;
    int result = connect(store->path, SQLITE_OPEN_READWRITE | create, &store->db);
    bool forbidden = (result & 0xff) == SQLITE_CANTOPEN || (result & 0xff) == SQLITE_READONLY;
    if (mode == TY_STORE_READ && forbidden) {
        if (has_log(store->path))
            return refuse(
                store->path, error,
                "the memory cannot be read here: the log beside it (-wal) must be read with it, and "
                "this folder is read-only");
        result = connect_frozen(store);
    }
    if (result == SQLITE_OK)
        return TY_OK;
    if (result == SQLITE_NOTADB)
        return refuse(store->path, error, "not a memory, nor any other database");
    return store->db ? ty_sql_failed(store, "opening the memory", error) : ty_error_nomem(error);
}

static ty_status read_identity(ty_store *store, ty_error *error)
{
    sqlite3_stmt *row = NULL;
    ty_status status = TY_OK;
    if (sqlite3_prepare_v2(store->db, "SELECT value FROM memory WHERE name = 'identity'", -1, &row, NULL) ||
        sqlite3_step(row) != SQLITE_ROW)
        status = ty_sql_failed(store, "reading the memory", error);
    else
        snprintf(store->identity, sizeof store->identity, "%.*s", TY_SLICE_FORMAT(ty_sql_text(row, 0)));
    sqlite3_finalize(row);
    return status;
}

/*
 * NORMAL: with a write-ahead log a power cut may take the last transactions, never a half of one. The log
 * is cut back after a large import.
 */
static ty_status set_up(ty_store *store, ty_error *error)
{
    return ty_sql_script(store,
                         "PRAGMA foreign_keys = ON; PRAGMA synchronous = NORMAL;" TY_CACHE_SIZE
                         "; PRAGMA journal_size_limit = 4194304;"
                         "PRAGMA trusted_schema = OFF; PRAGMA temp_store = FILE",
                         error);
}

static ty_status open_once(const char *path, ty_store_mode mode, ty_store **out, ty_error *error)
{
    ty_store *store = calloc(1, sizeof *store);
    if (store)
        store->path = strdup(path);
    if (!store || !store->path) {
        free(store);
        return ty_error_nomem(error);
    }
    store->writable = mode != TY_STORE_READ;
    ty_status status = connect_store(store, mode, error);
    if (status == TY_OK)
        status = set_up(store, error);
    if (status == TY_OK)
        status = ty_schema_check(store, mode, error);
    if (status == TY_OK && mode == TY_STORE_READ)
        status = ty_sql_script(store, "PRAGMA query_only = ON", error);
    if (status == TY_OK)
        status = ty_pending_register(store, error);
    if (status == TY_OK)
        status = read_identity(store, error);
    if (status == TY_OK)
        *out = store;
    else
        ty_store_close(store);
    return status;
}

/*
 * Where waiting might be a deadlock, SQLite does not wait but says busy at once: two processes that make the
 * same file, one that opens it while the last other one tidies up. Starting afresh gets out of that.
 */
ty_status ty_store_open(const char *path, ty_store_mode mode, ty_store **out, ty_error *error)
{
    *out = NULL;
    ty_status status = look_at(path, mode, error);
    if (status != TY_OK)
        return status;
    for (int waited = 0; waited <= BUSY_MILLISECONDS; waited += BUSY_PAUSE) {
        ty_error attempt = {0};
        status = open_once(path, mode, out, &attempt);
        if (status == TY_OK)
            return TY_OK;
        if (status != TY_ERR_BUSY || waited + BUSY_PAUSE > BUSY_MILLISECONDS)
            return ty_error_set(error, status, "%s", attempt.message);
        sqlite3_sleep(BUSY_PAUSE);
    }
    return status;
}

void ty_store_close(ty_store *store)
{
    if (!store)
        return;
    for (size_t i = 0; i < SQL_COUNT; i++)
        sqlite3_finalize(store->statements[i]);
    while (store->depth)
        ty_store_rollback(store);
    while (store->frozen)
        ty_store_thaw(store);
    sqlite3_close_v2(store->db);
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

ty_status ty_store_begin(ty_store *store, ty_error *error)
{
    if (!store->writable)
        return ty_error_set(error, TY_ERR_STORE, "%s: the memory was opened for reading", store->path);
    assert(!store->frozen);
    if (run_at(store, "BEGIN IMMEDIATE", "SAVEPOINT", store->depth) != SQLITE_OK)
        return begin_failed(store, error);
    if (store->depth++ == 0)
        ty_stamp_forget(store);
    return TY_OK;
}

ty_status ty_store_commit(ty_store *store, ty_error *error)
{
    ty_status status = TY_OK;
    if (sqlite3_get_autocommit(store->db))
        status = ty_error_set(error, TY_ERR_IO, "%s: the transaction was lost", store->path);
    else if (run_at(store, "COMMIT", "RELEASE", store->depth - 1) != SQLITE_OK)
        status = ty_sql_failed(store, "writing the memory", error);
    if (status != TY_OK)
        ty_store_rollback(store);
    else
        store->depth--;
    return status;
}

void ty_store_rollback(ty_store *store)
{
    if (store->depth == 0)
        return;
    store->depth--;
    ty_pending_clear(&store->pending);
    ty_pending_clear(&store->writing);
    for (size_t i = 0; i < SQL_COUNT; i++)
        if (store->statements[i])
            sqlite3_reset(store->statements[i]);
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
