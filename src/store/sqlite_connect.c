/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The connection to the memory's file: with whom it is shared, what may be written there, and how it can be
 * read without leaving anything behind.
 */
#include "store/sqlite.h"

#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/sys.h"

static bool exists_beside(const char *path, const char *tail, bool *filled)
{
    ty_sys_facts info;
    ty_buffer name = {0};
    ty_buffer_add_format(&name, "%s%s", path, tail);
    bool exists = name.failed || ty_sys_stat(name.data, &info);
    *filled = name.failed || (exists && info.size > 0);
    ty_buffer_release(&name);
    return exists;
}

/* A log that cannot be read together with its file holds what the file lacks. */
static bool has_log(const char *path)
{
    bool filled;
    exists_beside(path, "-wal", &filled);
    return filled;
}

/* ------------------------------------------------------------------------------------------ ways to open */

/* SQLite's own files, but a log is never made: whoever may not write leaves nothing behind. */
static sqlite3_vfs reader_vfs;
static pthread_once_t reader_once = PTHREAD_ONCE_INIT;
#define READER_VFS "taiyaku-reader"

static int open_existing(sqlite3_vfs *vfs, const char *name, sqlite3_file *file, int flags, int *out)
{
    sqlite3_vfs *plain = vfs->pAppData;
    if (flags & SQLITE_OPEN_WAL)
        flags &= ~SQLITE_OPEN_CREATE;
    return plain->xOpen(plain, name, file, flags, out);
}

/* Everything but opening works on the file that the plain one opened. */
static void register_reader(void)
{
    sqlite3_vfs *plain = sqlite3_vfs_find(NULL);
    if (!plain)
        return;
    reader_vfs = *plain;
    reader_vfs.pNext = NULL;
    reader_vfs.pAppData = plain;
    reader_vfs.zName = READER_VFS;
    reader_vfs.xOpen = open_existing;
    sqlite3_vfs_register(&reader_vfs, 0);
}

/* The path as a URI with a parameter; "./" keeps a name from being taken for something else. */
static bool make_uri(const char *path, const char *parameter, ty_buffer *uri)
{
    ty_buffer_add_string(uri, path[0] == '/' ? "file:" : "file:./");
    for (const char *at = path; *at; at++) {
        if (strchr("%?#", *at))
            ty_buffer_add_format(uri, "%%%02X", (unsigned)(unsigned char)*at);
        else
            ty_buffer_add_char(uri, *at);
    }
    ty_buffer_add_string(uri, parameter);
    return !uri->failed;
}

static int run(sqlite3 *db, const char *text)
{
    return sqlite3_exec(db, text, NULL, NULL, NULL);
}

static int probe(sqlite3 *db)
{
    return run(db, "SELECT count(*) FROM sqlite_schema");
}

static int open_handle(ty_store *store, const char *parameter, int flags, const char *vfs)
{
    ty_buffer uri = {0};
    sqlite3_close_v2(store->db);
    store->db = NULL;
    int result = SQLITE_NOMEM;
    if (make_uri(store->path, parameter, &uri))
        result = sqlite3_open_v2(uri.data, &store->db, flags | SQLITE_OPEN_URI | SQLITE_OPEN_NOMUTEX, vfs);
    ty_buffer_release(&uri);
    if (result == SQLITE_OK)
        sqlite3_busy_timeout(store->db, TY_BUSY_MILLISECONDS);
    return result;
}

static bool is_its_log(ty_store *store)
{
    if (ty_log_belongs(store))
        return true;
    store->why = "the log beside it (-wal) belongs to another file, as when a copy was put in the memory's "
                 "place: replaying it would destroy the memory. Move the log and what ends in -shm away, and "
                 "use \"restore\" to put a copy in place";
    return false;
}

/* A connection with `first` said before anything is read, and no log replayed but the file's own. */
static int connect(ty_store *store, const char *parameter, int flags, const char *vfs, const char *first)
{
    int result = open_handle(store, parameter, flags, vfs);
    if (result == SQLITE_OK && !is_its_log(store))
        return SQLITE_CANTOPEN;
    if (result == SQLITE_OK)
        result = run(store->db, first);
    return result == SQLITE_OK ? probe(store->db) : result;
}

/*
 * Readers open for writing too, where they may, so that the last one to leave tidies the log away;
 * query_only keeps them from changing anything.
 */
int ty_sqlite_connect_plain(ty_store *store)
{
    return connect(store, "", SQLITE_OPEN_READWRITE, NULL, "");
}

/* Beside whoever has it open, with their log and index, making none. */
static int connect_beside(ty_store *store)
{
    pthread_once(&reader_once, register_reader);
    int result = connect(store, "?readonly_shm=1", SQLITE_OPEN_READONLY, READER_VFS, "");
    return (result & 0xff) == SQLITE_CANTOPEN ? SQLITE_BUSY : result; /* they have just left */
}

/* The file as it lies there, without locks and log; that it lies still is watched. */
static int connect_still(ty_store *store)
{
    if (!ty_still_watch(store))
        return SQLITE_BUSY;
    return has_log(store->path) ? SQLITE_BUSY
                                : connect(store, "?immutable=1", SQLITE_OPEN_READONLY, NULL, "");
}

/* Where the index of the log has no room, it is kept in memory; nobody else can have the file meanwhile. */
static int connect_alone(ty_store *store)
{
    int result = connect(store, "", SQLITE_OPEN_READWRITE, NULL, "PRAGMA locking_mode = EXCLUSIVE");
    if (result == SQLITE_OK)
        sqlite3_db_config(store->db, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, NULL);
    return result;
}

/* ------------------------------------------------------------------------------------------ readers */

static int miss_log(ty_store *store)
{
    store->why =
        "the memory cannot be read here: the log beside it (-wal) must be read with it, and you may not "
        "write there; whoever may should open it once";
    return SQLITE_CANTOPEN;
}

/* A copy of the memory as it is at this moment, where it is not too large for that. */
static int connect_snapshot(ty_store *store)
{
    int result = open_handle(store, "?immutable=1", SQLITE_OPEN_READONLY, NULL);
    if (result != SQLITE_OK || !is_its_log(store))
        return SQLITE_CANTOPEN;
    if (ty_disk_file_format(store) != TY_DISK_LOG || !ty_snapshot_take(store, store->snapshot))
        return SQLITE_BUSY;
    sqlite3_close_v2(store->db);
    store->db = NULL;
    result = store->snapshot[1] >= 0
                 ? ty_unnamed_connect_log(store->snapshot[0], store->snapshot[1], &store->db)
                 : ty_unnamed_connect(store->snapshot[0], false, &store->db);
    return result == SQLITE_OK ? probe(store->db) : result;
}

/* Where nobody has written for this long, nobody is expected to while it is read. */
#define QUIET_MILLISECONDS 10000

/*
 * Beside somebody's log and index a place is free for a reader as a rule. While somebody comes or goes there
 * is none, nor is one file without the other of use; and what was just written to will be again.
 */
static int connect_without_rights(ty_store *store)
{
    bool filled, log = has_log(store->path);
    int result = SQLITE_BUSY;
    if (!log && ty_still_is_old(store, "", QUIET_MILLISECONDS))
        return connect_still(store);
    if (log && exists_beside(store->path, "-shm", &filled))
        result = connect_beside(store);
    if (result != SQLITE_OK && !store->why)
        result = connect_snapshot(store);
    if (result != SQLITE_OK && !store->why && !has_log(store->path))
        result = connect_still(store);
    bool left =
        result != SQLITE_OK && !store->why && has_log(store->path) && ty_still_is_old(store, "-wal", 2000);
    return left ? miss_log(store) : result;
}

/* Where nothing can be written (the folder's rights, the medium, a full disk) the file can still be read. */
static int connect_after(ty_store *store, int failure)
{
    if (!has_log(store->path))
        return connect_still(store);
    bool full = (failure & 0xff) == SQLITE_FULL || (failure & 0xff) == SQLITE_IOERR;
    return full ? connect_alone(store) : miss_log(store);
}

/* On another machine's disk: a file that is written with a log can be read while there is none. */
static int connect_distant_reader(ty_store *store)
{
    int result = open_handle(store, "?immutable=1", SQLITE_OPEN_READONLY, NULL);
    if (result == SQLITE_OK && ty_disk_file_format(store) == TY_DISK_LOG)
        return has_log(store->path) ? miss_log(store) : connect_still(store);
    return ty_sqlite_connect_plain(store);
}

static int connect_reader(ty_store *store)
{
    if (store->distant)
        return connect_distant_reader(store);
    if (!ty_sys_may_write(store->path))
        return connect_without_rights(store);
    int result = ty_sqlite_connect_plain(store);
    switch (store->why ? SQLITE_ERROR : result & 0xff) {
    case SQLITE_CANTOPEN:
    case SQLITE_READONLY:
    case SQLITE_IOERR:
    case SQLITE_FULL: return connect_after(store, result);
    default: return result;
    }
}

/* ------------------------------------------------------------------------------------------ writers */

/* Where another machine's disk had forbidden the log; as long as others read, the journal must do. */
static int connect_near_writer(ty_store *store)
{
    int result = ty_sqlite_connect_plain(store);
    if (result == SQLITE_OK && ty_disk_file_format(store) == TY_DISK_JOURNAL)
        (void)run(store->db, "PRAGMA journal_mode = WAL");
    return result;
}

/* Across a network there is no memory to share, which a write-ahead log needs: the older journal then. */
static int connect_writer(ty_store *store)
{
    if (!store->distant)
        return connect_near_writer(store);
    int result = connect(store, "", SQLITE_OPEN_READWRITE, NULL, "PRAGMA locking_mode = EXCLUSIVE");
    if (result == SQLITE_OK)
        result = run(store->db, "PRAGMA journal_mode = DELETE; PRAGMA locking_mode = NORMAL");
    return result == SQLITE_OK ? probe(store->db) : result;
}

ty_status ty_sqlite_not_connected(ty_store *store, int result, ty_error *error)
{
    int kind = result & 0xff;
    if (!ty_still_holds(store))
        return ty_still_broken(store, error);
    if (store->why)
        return ty_sqlite_refuse(store->path, error, store->why);
    if (kind == SQLITE_NOTADB)
        return ty_sqlite_refuse(store->path, error, "not a memory, nor any other database");
    if (kind == SQLITE_BUSY && store->distant)
        return ty_error_set(
            error, TY_ERR_BUSY,
            "%s: the memory is in use, or the disk of the other machine that it is on keeps no "
            "locks; try again, or keep it on a disk of this machine and share it with \"backup\"",
            store->path);
    if (kind == SQLITE_BUSY)
        return ty_error_set(error, TY_ERR_BUSY, "%s: the memory is in use; try again", store->path);
    return store->db ? ty_sql_failed(store, "opening the memory", error) : ty_error_nomem(error);
}

/* Log or index of somebody else, who was let open the memory: that is not the memory's being read-only. */
static bool foreign_beside(const char *path, const char *tail, ty_error *error)
{
    ty_buffer name = {0};
    ty_buffer_add_format(&name, "%s%s", path, tail);
    bool foreign = !name.failed && ty_sys_exists(name.data) && !ty_sys_may_write(name.data);
    if (foreign)
        ty_error_set(error, TY_ERR_STORE,
                     "%s belongs to another user and cannot be written, so the memory cannot; it can go when "
                     "nobody has the memory open",
                     name.data);
    ty_buffer_release(&name);
    return foreign;
}

ty_status ty_sqlite_connect(ty_store *store, ty_store_mode mode, ty_error *error)
{
    store->distant = ty_sys_is_distant(store->path);
    if (mode != TY_STORE_READ &&
        (foreign_beside(store->path, "-wal", error) || foreign_beside(store->path, "-shm", error)))
        return TY_ERR_STORE;
    int result = mode == TY_STORE_READ ? connect_reader(store) : connect_writer(store);
    return result == SQLITE_OK ? TY_OK : ty_sqlite_not_connected(store, result, error);
}
