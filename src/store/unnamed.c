/* SPDX-License-Identifier: Apache-2.0 */
/*
 * SQLite's face of a file that has no name: a descriptor, read and written by nobody else. Its name for
 * SQLite is the descriptor's number, with its log's behind it where it has one ("5-6"). No locks, no journal.
 */
#include "store/sqlite.h"

#include <errno.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/sys.h"

typedef struct unnamed {
    sqlite3_file base;
    int file; /* the caller's, who closes it */
} unnamed;

static int fd_of(sqlite3_file *file)
{
    return ((unnamed *)file)->file;
}

static int close_file(sqlite3_file *file)
{
    (void)file;
    return SQLITE_OK;
}

/* What is behind the end reads as zeros (sqlite3_io_methods). */
static int read_bytes(sqlite3_file *file, void *into, int size, sqlite3_int64 offset)
{
    ptrdiff_t count = ty_sys_read_at(fd_of(file), into, (size_t)size, offset);
    if (count < 0)
        return SQLITE_IOERR_READ;
    memset((char *)into + count, 0, (size_t)(size - count));
    return count < size ? SQLITE_IOERR_SHORT_READ : SQLITE_OK;
}

static int write_bytes(sqlite3_file *file, const void *from, int size, sqlite3_int64 offset)
{
    if (ty_sys_write_at(fd_of(file), (ty_slice){from, (size_t)size}, offset))
        return SQLITE_OK;
    return errno == ENOSPC || errno == EDQUOT ? SQLITE_FULL : SQLITE_IOERR_WRITE;
}

static int truncate_file(sqlite3_file *file, sqlite3_int64 size)
{
    return ty_sys_truncate(fd_of(file), size) ? SQLITE_OK : SQLITE_IOERR_TRUNCATE;
}

static int file_size(sqlite3_file *file, sqlite3_int64 *out)
{
    *out = ty_sys_size(fd_of(file));
    return *out < 0 ? SQLITE_IOERR_FSTAT : SQLITE_OK;
}

/* Synced when it gets its name; nobody else can lock it. */
static int agree(sqlite3_file *file, int what)
{
    (void)file;
    (void)what;
    return SQLITE_OK;
}

static int no_reserved_lock(sqlite3_file *file, int *out)
{
    (void)file;
    *out = 0;
    return SQLITE_OK;
}

static int no_control(sqlite3_file *file, int what, void *payload)
{
    (void)file;
    (void)what;
    (void)payload;
    return SQLITE_NOTFOUND;
}

static int none(sqlite3_file *file)
{
    (void)file;
    return 0;
}

static const sqlite3_io_methods methods = {.iVersion = 1,
                                           .xClose = close_file,
                                           .xRead = read_bytes,
                                           .xWrite = write_bytes,
                                           .xTruncate = truncate_file,
                                           .xSync = agree,
                                           .xFileSize = file_size,
                                           .xLock = agree,
                                           .xUnlock = agree,
                                           .xCheckReservedLock = no_reserved_lock,
                                           .xFileControl = no_control,
                                           .xSectorSize = none,
                                           .xDeviceCharacteristics = none};

/* The descriptor of the log, -1 where the name has none. */
static int log_of(const char *name)
{
    const char *dash = strchr(name, '-');
    return dash && dash[1] >= '0' && dash[1] <= '9' ? atoi(dash + 1) : -1;
}

/* Temporary files of a verification are the plain one's affair. */
static int open_file(sqlite3_vfs *vfs, const char *name, sqlite3_file *file, int flags, int *out)
{
    sqlite3_vfs *plain = vfs->pAppData;
    if (!(flags & (SQLITE_OPEN_MAIN_DB | SQLITE_OPEN_WAL)))
        return plain->xOpen(plain, name, file, flags, out);
    int descriptor = flags & SQLITE_OPEN_WAL ? log_of(name) : atoi(name);
    if (descriptor < 0)
        return SQLITE_CANTOPEN;
    *(unnamed *)file = (unnamed){{&methods}, descriptor};
    if (out)
        *out = flags;
    return SQLITE_OK;
}

/* Nothing beside it but the log. */
static int is_there(sqlite3_vfs *vfs, const char *name, int what, int *out)
{
    (void)vfs;
    (void)what;
    *out = ty_slice_ends(ty_slice_of(name), TY_SLICE("-wal")) && log_of(name) >= 0;
    return SQLITE_OK;
}

static int same_name(sqlite3_vfs *vfs, const char *name, int size, char *out)
{
    (void)vfs;
    return snprintf(out, (size_t)size, "%s", name) < size ? SQLITE_OK : SQLITE_CANTOPEN;
}

static sqlite3_vfs unnamed_vfs;

static void register_once(void)
{
    sqlite3_vfs *plain = sqlite3_vfs_find(NULL);
    if (!plain)
        return;
    unnamed_vfs = *plain;
    unnamed_vfs.pNext = NULL;
    unnamed_vfs.zName = TY_UNNAMED_VFS;
    unnamed_vfs.pAppData = plain;
    unnamed_vfs.szOsFile = plain->szOsFile > (int)sizeof(unnamed) ? plain->szOsFile : (int)sizeof(unnamed);
    unnamed_vfs.xOpen = open_file;
    unnamed_vfs.xAccess = is_there;
    unnamed_vfs.xFullPathname = same_name;
    sqlite3_vfs_register(&unnamed_vfs, 0);
}

static int connect_to(const char *uri, int flags, const char *first, sqlite3 **out)
{
    static pthread_once_t once = PTHREAD_ONCE_INIT;
    pthread_once(&once, register_once);
    int result = sqlite3_open_v2(uri, out, flags | SQLITE_OPEN_URI | SQLITE_OPEN_NOMUTEX, TY_UNNAMED_VFS);
    return result == SQLITE_OK ? sqlite3_exec(*out, first, NULL, NULL, NULL) : result;
}

int ty_unnamed_connect(int file, bool writing, sqlite3 **out)
{
    char uri[40];
    snprintf(uri, sizeof uri, "file:%d%s", file, writing ? "" : "?immutable=1");
    return connect_to(uri, writing ? SQLITE_OPEN_READWRITE : SQLITE_OPEN_READONLY,
                      writing ? "PRAGMA journal_mode = OFF" : "", out);
}

/* Alone with the log, so that its index is kept in memory. */
int ty_unnamed_connect_log(int file, int log, sqlite3 **out)
{
    char uri[40];
    snprintf(uri, sizeof uri, "file:%d-%d", file, log);
    int result = connect_to(uri, SQLITE_OPEN_READWRITE, "PRAGMA locking_mode = EXCLUSIVE", out);
    if (result == SQLITE_OK)
        sqlite3_db_config(*out, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, NULL);
    return result;
}
