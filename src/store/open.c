/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Opening the memory: whose file it is, on what disk, and how it can be read without leaving anything behind.
 */
#include "store/sqlite.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/sys.h"

ty_status ty_sqlite_refuse(const char *path, ty_error *error, const char *why)
{
    ty_error_locate(error, path, 0, 0);
    return ty_error_set(error, TY_ERR_STORE, "%s", ty_words(why));
}

/* ------------------------------------------------------------------------------------------ before SQLite */

/* Says early and clearly what SQLite would say late or darkly. */
static ty_status look_at(const char *path, ty_store_mode mode, ty_error *error)
{
    ty_sys_facts info;
    if (!path[0])
        return ty_error_set(error, TY_ERR_USAGE, "a memory needs a name");
    if (!ty_sys_stat(path, &info)) {
        if (errno != ENOENT && errno != ENOTDIR)
            return ty_error_errno(error, "%s", path);
        if (mode == TY_STORE_CREATE)
            return TY_OK;
        (void)ty_sqlite_refuse(path, error, "there is no such memory");
        ty_error_rule(error, "no-memory");
        return TY_ERR_STORE;
    }
    if (info.kind == TY_SYS_IS_FOLDER)
        return ty_sqlite_refuse(path, error, "a folder, not a memory");
    if (info.kind != TY_SYS_IS_FILE)
        return ty_sqlite_refuse(path, error, "not a regular file, so not a memory");
    if (!ty_sys_may_read(path))
        return ty_sqlite_refuse(path, error, "the memory cannot be read: no permission");
    if (mode != TY_STORE_READ && !ty_sys_may_write(path))
        return ty_sqlite_refuse(path, error, "the memory is read-only");
    return TY_OK;
}

/*
 * A new memory is its owner's; in a folder that hands its group on (setgid) it is the group's as the folder
 * is. SQLite gives log and index the mode of the file.
 */
static ty_status make_file(const char *path, ty_error *error)
{
    ty_sys_facts folder;
    const char *slash = strrchr(path, '/');
    char *parent = slash ? strndup(path, (size_t)(slash - path) + 1) : strdup(".");
    if (!parent)
        return ty_error_nomem(error);
    static const unsigned handed_on = 02000;
    unsigned mode = 0600;
    if (ty_sys_stat(parent, &folder) && folder.mode & handed_on)
        mode |= folder.mode & 060;
    free(parent);
    int file = ty_sys_make(path, mode);
    if (file < 0 && errno == EEXIST)
        return TY_OK;
    bool made = file >= 0 && ty_sys_set_mode(file, mode);
    int failure = errno;
    ty_sys_close(file);
    if (made)
        return TY_OK;
    return ty_error_set(error, failure == ENOSPC ? TY_ERR_IO : TY_ERR_STORE,
                        "%s: the memory cannot be made: %s", path, strerror(failure));
}

/* ------------------------------------------------------------------------------------------ the whole */

static ty_status read_identity(ty_store *store, ty_error *error)
{
    ty_row *row = NULL;
    ty_status status = TY_OK;
    if (ty_sql_prepare(store, "SELECT value FROM memory WHERE name = 'identity'", &row, NULL) != TY_OK ||
        ty_sql_step(store, row, NULL) != TY_OK)
        status = ty_sql_failed(store, "reading the memory", error);
    else
        snprintf(store->identity, sizeof store->identity, "%.*s", TY_SLICE_FORMAT(ty_row_text(row, 0)));
    ty_row_close(row);
    return status;
}

/*
 * What SQLite sets aside of a step, to take a part of it back, are pages that were there before: of a small
 * memory they are held in memory, so that no other file is made; of a large one they may be many.
 */
static const char *place_of_parts(const ty_store *store)
{
    enum { SMALL = 32 << 20 };
    ty_sys_facts about;
    bool small = !ty_sys_stat(store->path, &about) || about.size <= SMALL;
    return small ? "PRAGMA temp_store = MEMORY" : "PRAGMA temp_store = FILE";
}

/*
 * NORMAL: with a write-ahead log a power cut may take the last transactions, never a half of one. The log
 * is cut back after a large import. The older journal has no such promise but with FULL.
 */
static ty_status set_up(ty_store *store, ty_error *error)
{
    /* Not even SQL of ours may make the file inconsistent. */
    sqlite3_db_config(store->db, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
    ty_status status = ty_sql_script(store,
                                     "PRAGMA foreign_keys = ON; PRAGMA synchronous = NORMAL;" TY_CACHE_SIZE
                                     "; PRAGMA journal_size_limit = 4194304;"
                                     "PRAGMA trusted_schema = OFF; PRAGMA cell_size_check = ON",
                                     error);
    if (status == TY_OK)
        status = ty_sql_script(store, place_of_parts(store), error);
    return status == TY_OK && store->distant ? ty_sql_script(store, "PRAGMA synchronous = FULL", error)
                                             : status;
}

/* With a connection that has been made: whose file it is, and how it is used. */
static ty_status begin(ty_store *store, ty_store_mode mode, ty_error *error)
{
    ty_status status = set_up(store, error);
    if (status == TY_OK)
        status = ty_schema_check(store, mode, error);
    if (status == TY_OK && mode == TY_STORE_READ)
        status = ty_sql_script(store, "PRAGMA query_only = ON;" TY_READER_CACHE_SIZE, error);
    if (status == TY_OK)
        status = ty_sqlite_waiting(store, error);
    if (status == TY_OK && store->writable)
        ty_sqlite_tell(store);
    if (status == TY_OK)
        status = read_identity(store, error);
    return status == TY_OK ? ty_still_check(store, error) : status;
}

static ty_status give(ty_store *store, ty_status status, ty_store **out)
{
    if (status == TY_OK)
        *out = store;
    else
        ty_store_close(store);
    return status;
}

static ty_status open_once(const char *path, ty_store_mode mode, ty_store **out, ty_error *error)
{
    ty_store *store = ty_store_new(&ty_sqlite_engine, path, mode);
    if (!store)
        return ty_error_nomem(error);
    ty_status status = ty_sqlite_connect(store, mode, error);
    if (status == TY_OK)
        status = begin(store, mode, error);
    return give(store, status, out);
}

/*
 * Where waiting might be a deadlock, SQLite does not wait but says busy at once: two processes that make the
 * same file, one that opens it while the last other one tidies up. Starting afresh gets out of that.
 */
ty_status ty_file_open(const char *path, ty_store_mode mode, ty_store **out, ty_error *error)
{
    *out = NULL;
    ty_status status = look_at(path, mode, error);
    if (status == TY_OK && mode == TY_STORE_CREATE)
        status = make_file(path, error);
    if (status != TY_OK)
        return status;
    for (int64_t end = ty_sys_clock() / 1000000 + TY_BUSY_MILLISECONDS;;) {
        ty_error attempt = {0};
        status = open_once(path, mode, out, &attempt);
        if (status == TY_OK)
            return TY_OK;
        if (status != TY_ERR_BUSY || ty_sys_clock() / 1000000 > end) {
            ty_error_locate(error, attempt.file, attempt.line, attempt.unit);
            return ty_error_set(error, status, "%s", attempt.message);
        }
        sqlite3_sleep(TY_BUSY_PAUSE);
    }
}

ty_status ty_store_migrate(const char *path, bool dry_run, int *version, ty_buffer *kept, ty_error *error)
{
    if (ty_path_is_address(path))
        return ty_pq_migrate(path, dry_run, version, error);
    ty_status status = look_at(path, TY_STORE_WRITE, error);
    if (status != TY_OK)
        return status;
    ty_store *store = ty_store_new(&ty_sqlite_engine, path, TY_STORE_WRITE);
    if (!store)
        return ty_error_nomem(error);
    status = ty_sqlite_connect(store, TY_STORE_WRITE, error);
    if (status == TY_OK)
        status = set_up(store, error);
    if (status == TY_OK)
        status = ty_schema_migrate(store, dry_run, version, error);
    if (status == TY_OK && ty_store_kept_copy(store))
        ty_buffer_add_string(kept, ty_store_kept_copy(store));
    ty_store_close(store);
    return status == TY_OK && kept->failed ? ty_error_nomem(error) : status;
}

ty_status ty_store_open_unnamed(const char *name, int file, ty_store **out, ty_error *error)
{
    *out = NULL;
    ty_store *store = ty_store_new(&ty_sqlite_engine, name, TY_STORE_READ);
    if (!store)
        return ty_error_nomem(error);
    int result = ty_unnamed_connect(file, false, &store->db);
    ty_status status = result == SQLITE_OK ? begin(store, TY_STORE_READ, error)
                                           : ty_sqlite_not_connected(store, result, error);
    return give(store, status, out);
}

/* Opened and closed by nobody but us: what is in the log comes into the file, and the log goes. */
void ty_store_tidy(const char *path)
{
    ty_store *store = ty_store_new(&ty_sqlite_engine, path, TY_STORE_WRITE);
    if (store)
        (void)ty_sqlite_connect_plain(store);
    ty_store_close(store);
}
