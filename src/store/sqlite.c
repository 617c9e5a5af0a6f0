/* SPDX-License-Identifier: Apache-2.0 */
/*
 * SQLite as an engine: statements and their rows, transactions, what its failures mean to us. How a file is
 * opened stands in open.c.
 */
#include "store/sqlite.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "base/sys.h"

/* ------------------------------------------------------------------------------------------ failures */

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
    case SQLITE_INTERRUPT: *meaning = "it takes too long"; return TY_STOP;
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

static ty_status failed(ty_store *store, const char *doing, ty_error *error)
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

static int run(ty_store *store, const char *text)
{
    return sqlite3_exec(store->db, text, NULL, NULL, NULL);
}

static ty_status script(ty_store *store, const char *text, ty_error *error)
{
    return run(store, text) == SQLITE_OK ? TY_OK : failed(store, "changing the memory", error);
}

/* The last but one transaction that is not ours may still hold the file when it is cleaned. */
static ty_status set(ty_store *store, ty_sql_mode mode, ty_error *error)
{
    const char *const texts[TY_SQL_MODES] = {
        [TY_SQL_READS_ONCE] = "PRAGMA cache_size = 16",
        [TY_SQL_READS_AGAIN] = store->writable ? TY_CACHE_SIZE : TY_READER_CACHE_SIZE,
        [TY_SQL_WALKS_ONLY] = TY_READER_CACHE_SIZE,
        [TY_SQL_KEYS_TRUSTED] = "PRAGMA foreign_keys = OFF",
        [TY_SQL_KEYS_CHECKED] = "PRAGMA foreign_keys = ON",
        [TY_SQL_KEYS_LATE] = "PRAGMA defer_foreign_keys = ON",
        [TY_SQL_DURABLE] = "PRAGMA synchronous = FULL",
        [TY_SQL_FIGURES_ON] = "PRAGMA query_only = OFF",
        [TY_SQL_FIGURES_OFF] = "PRAGMA query_only = ON",
        [TY_SQL_ERASES] = "PRAGMA secure_delete = ON",
        [TY_SQL_RESTS] = "PRAGMA shrink_memory",
        [TY_SQL_CLEANS] = "VACUUM; PRAGMA wal_checkpoint(TRUNCATE)",
    };
    return script(store, texts[mode], error);
}

static void close_connection(ty_store *store)
{
    sqlite3_close_v2(store->db);
    ty_snapshot_close(store->snapshot);
}

static void set_patience(ty_store *store, unsigned milliseconds)
{
    sqlite3_busy_timeout(store->db, (int)(milliseconds < INT32_MAX ? milliseconds : INT32_MAX));
}

/* Steps are of SQLite's machine, some tens of microseconds. A question that waits for a disk, or for a
 * machine that has much to do, is not for that a hard one. */
enum { STEPS_BETWEEN_LOOKS = 1000, BY_THE_CLOCK = 5 };

static int is_over(void *payload)
{
    const ty_store *store = payload;
    return ty_sys_spent() > store->spendable || ty_sys_clock() > store->deadline;
}

static void set_limit(ty_store *store, double seconds)
{
    int64_t limit = (int64_t)(seconds * 1e9);
    store->spendable = ty_sys_spent() + limit;
    store->deadline = ty_sys_clock() + limit * BY_THE_CLOCK;
    sqlite3_progress_handler(store->db, seconds > 0 ? STEPS_BETWEEN_LOOKS : 0, is_over, store);
}

/* ------------------------------------------------------------------------------------------ statements */

typedef struct statement {
    ty_row base;
    sqlite3_stmt *own;
} statement;

static sqlite3_stmt *own(ty_row *row)
{
    return ((statement *)row)->own;
}

static ty_status prepare(ty_store *store, const char *text, bool walk, ty_row **out, ty_error *error)
{
    statement *made = calloc(1, sizeof *made);
    if (!made)
        return ty_error_nomem(error);
    made->base.engine = &ty_sqlite_engine;
    unsigned flags = walk ? 0 : SQLITE_PREPARE_PERSISTENT;
    if (sqlite3_prepare_v3(store->db, text, -1, flags, &made->own, NULL) == SQLITE_OK) {
        *out = &made->base;
        return TY_OK;
    }
    free(made);
    return failed(store, "preparing a statement", error);
}

static ty_status step(ty_store *store, ty_row *row, ty_error *error)
{
    int result = sqlite3_step(own(row));
    ty_status status = ty_still_check(store, error);
    if (status != TY_OK || result == SQLITE_ROW)
        return status;
    return result == SQLITE_DONE ? TY_NO : failed(store, "using the memory", error);
}

static void end(ty_row *row)
{
    sqlite3_reset(own(row));
}

static void clear(ty_row *row)
{
    sqlite3_reset(own(row));
    sqlite3_clear_bindings(own(row));
}

static void free_row(ty_row *row)
{
    sqlite3_finalize(own(row));
    free(row);
}

static bool bind_null(ty_row *row, int parameter, ty_datum_kind kind)
{
    (void)kind;
    return sqlite3_bind_null(own(row), parameter) == SQLITE_OK;
}

static bool bind_int(ty_row *row, int parameter, int64_t value)
{
    return sqlite3_bind_int64(own(row), parameter, value) == SQLITE_OK;
}

static bool bind_double(ty_row *row, int parameter, double value)
{
    return sqlite3_bind_double(own(row), parameter, value) == SQLITE_OK;
}

static bool bind_text(ty_row *row, int parameter, ty_slice text)
{
    if (!text.data)
        return bind_null(row, parameter, TY_DATUM_TEXT);
    return sqlite3_bind_text64(own(row), parameter, text.data, text.size, SQLITE_STATIC, SQLITE_UTF8) ==
           SQLITE_OK;
}

static int64_t number(ty_row *row, int column)
{
    return sqlite3_column_int64(own(row), column);
}

static double real(ty_row *row, int column)
{
    return sqlite3_column_double(own(row), column);
}

static bool is_null(ty_row *row, int column)
{
    return sqlite3_column_type(own(row), column) == SQLITE_NULL;
}

static ty_slice text_of(ty_row *row, int column)
{
    const char *data = (const char *)sqlite3_column_text(own(row), column);
    return (ty_slice){data, data ? (size_t)sqlite3_column_bytes(own(row), column) : 0};
}

static int columns(ty_row *row)
{
    return sqlite3_column_count(own(row));
}

/* A text's and a blob's bytes are the same in UTF-8. */
ty_datum ty_sqlite_datum(sqlite3_value *value)
{
    ty_datum cell = {.kind = TY_DATUM_NULL};
    switch (sqlite3_value_type(value)) {
    case SQLITE_NULL: break;
    case SQLITE_INTEGER:
        cell.kind = TY_DATUM_NUMBER;
        cell.number = sqlite3_value_int64(value);
        break;
    case SQLITE_FLOAT:
        cell.kind = TY_DATUM_REAL;
        cell.real = sqlite3_value_double(value);
        break;
    default: {
        const char *data = sqlite3_value_blob(value);
        cell.kind = TY_DATUM_TEXT;
        cell.text = data ? (ty_slice){data, (size_t)sqlite3_value_bytes(value)} : (ty_slice){"", 0};
    }
    }
    return cell;
}

static ty_datum datum_of(ty_row *row, int column)
{
    return ty_sqlite_datum(sqlite3_column_value(own(row), column));
}

static int64_t written(ty_store *store)
{
    return sqlite3_changes(store->db);
}

static bool was_refused(ty_store *store)
{
    return (sqlite3_errcode(store->db) & 0xff) == SQLITE_CONSTRAINT;
}

static void json_item(int n, ty_slice type, ty_buffer *out)
{
    (void)type;
    ty_buffer_add_format(out, "json_extract(?1, '$[%d]')", n);
}

uint64_t ty_sql_random(void)
{
    uint64_t random;
    sqlite3_randomness(sizeof random, &random);
    return random;
}

/* ------------------------------------------------------------------------------------------ transactions */

static bool is_within(ty_store *store)
{
    return !sqlite3_get_autocommit(store->db);
}

static ty_status begin(ty_store *store, const int64_t *units, size_t count, ty_error *error)
{
    (void)units, (void)count;
    if (run(store, "BEGIN IMMEDIATE") == SQLITE_OK) {
        store->changes_before = sqlite3_total_changes(store->db);
        return TY_OK;
    }
    if ((sqlite3_errcode(store->db) & 0xff) != SQLITE_BUSY)
        return failed(store, "starting to write", error);
    return ty_error_set(error, TY_ERR_BUSY, "%s: another process is writing to the memory; try again later",
                        store->path);
}

static ty_status mark(ty_store *store, bool *written_to, ty_error *error)
{
    *written_to = sqlite3_total_changes(store->db) != store->changes_before;
    return *written_to ? ty_log_mark(store, error) : TY_OK;
}

/* Whoever moved or removed the file meant it: what is written now would be in a file that has no name. */
static bool has_moved(ty_store *store)
{
    int moved = 0;
    return sqlite3_file_control(store->db, "main", SQLITE_FCNTL_HAS_MOVED, &moved) == SQLITE_OK && moved;
}

static ty_status refuse_moved(ty_store *store, const char *what, ty_error *error)
{
    ty_status status =
        ty_error_set(error, TY_ERR_IO, "%s: the memory was moved, removed or replaced while it was open; %s",
                     store->path, what);
    ty_error_rule(error, TY_RULE_MOVED);
    return status;
}

static ty_status commit(ty_store *store, ty_error *error)
{
    if (!is_within(store))
        return ty_error_set(error, TY_ERR_IO, "%s: the transaction was lost", store->path);
    bool changed = sqlite3_total_changes(store->db) != store->changes_before;
    if (changed && has_moved(store))
        return refuse_moved(store, "nothing was written", error);
    if (run(store, "COMMIT") != SQLITE_OK)
        return failed(store, "writing the memory", error);
    return has_moved(store) ? refuse_moved(store, "what was written is not there under this name", error)
                            : TY_OK;
}

/* After a full disk SQLite may have rolled back by itself. */
static void rollback(ty_store *store)
{
    if (is_within(store))
        run(store, "ROLLBACK");
}

static ty_status savepoint(ty_store *store, const char *verb, unsigned level, ty_error *error)
{
    char text[64];
    snprintf(text, sizeof text, "%s level%u", verb, level);
    if (!is_within(store))
        return ty_error_set(error, TY_ERR_IO, "%s: the transaction was lost", store->path);
    return run(store, text) == SQLITE_OK ? TY_OK : failed(store, "writing the memory", error);
}

static ty_status freeze(ty_store *store, ty_error *error)
{
    return script(store, "BEGIN", error);
}

static void thaw(ty_store *store)
{
    if (is_within(store))
        run(store, "COMMIT");
}

/* ------------------------------------------------------------------------------------------ engine */

static const char *const no_texts[SQL_COUNT], *const no_walks[WALK_COUNT];

/* Few enough rows to stay in the processor's cache. */
const ty_engine ty_sqlite_engine = {
    .many_units = 256,
    .many_bytes = (size_t)256 << 10,
    .texts = no_texts,
    .walks = no_walks,
    .close = close_connection,
    .set_patience = set_patience,
    .set_limit = set_limit,
    .set = set,
    .script = script,
    .failed = failed,
    .prepare = prepare,
    .step = step,
    .end = end,
    .clear = clear,
    .free = free_row,
    .bind_null = bind_null,
    .bind_int = bind_int,
    .bind_double = bind_double,
    .bind_text = bind_text,
    .number = number,
    .real = real,
    .is_null = is_null,
    .text = text_of,
    .datum = datum_of,
    .columns = columns,
    .written = written,
    .was_refused = was_refused,
    .begin = begin,
    .commit = commit,
    .rollback = rollback,
    .savepoint = savepoint,
    .is_within = is_within,
    .mark = mark,
    .freeze = freeze,
    .thaw = thaw,
    .write_waiting = ty_sqlite_write_waiting,
    .part_put = ty_sqlite_part_put,
    .part_get = ty_sqlite_part_get,
    .json_item = json_item,
    .shape = ty_sqlite_shape,
    .receive = ty_sqlite_receive,
    .backup = ty_file_backup,
};
