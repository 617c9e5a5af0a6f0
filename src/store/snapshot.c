/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The memory as it lies there at one instant, in files without a name: for who may not write beside it, and
 * so can have no place in the index of the log.
 *
 * File and log are copied, and then compared with the copies. Where nothing differs, both were at the moment
 * between these two as they are in the copies. That is what a process that is killed at the moment would
 * leave, which is whole: whatever is committed stands in the file or in the log, with checksums.
 */
#include "store/sqlite.h"

#include <errno.h>

#include "base/sys.h"

enum { CHUNK = 1 << 16, ATTEMPTS = 5, PAUSE_MILLISECONDS = 3 };
/* Larger memories are not copied for a look-up. */
#define LARGEST ((int64_t)1 << 30)

/* The file through SQLite (see ty_disk_read), or the log, which nobody locks. */
typedef struct original {
    ty_store *store;
    int log; /* -1: this is the file */
    int64_t size;
} original;

static bool measure(original *from)
{
    if (from->log < 0)
        return ty_disk_size(from->store, &from->size);
    from->size = ty_sys_size(from->log);
    return from->size >= 0;
}

static bool read_original(const original *from, char *into, size_t size, int64_t offset)
{
    return from->log < 0 ? ty_disk_read(from->store, into, size, offset)
                         : ty_sys_read_at(from->log, into, size, offset) == (ptrdiff_t)size;
}

static size_t chunk_at(const original *from, int64_t offset)
{
    return from->size - offset < CHUNK ? (size_t)(from->size - offset) : CHUNK;
}

static bool copy(original *from, int into)
{
    char bytes[CHUNK];
    if (!measure(from) || from->size > LARGEST || !ty_sys_truncate(into, 0))
        return false;
    for (int64_t at = 0; at < from->size; at += CHUNK) {
        size_t size = chunk_at(from, at);
        if (!read_original(from, bytes, size, at) || !ty_sys_write_at(into, (ty_slice){bytes, size}, at))
            return false;
    }
    return true;
}

static bool is_same(const original *from, int copied)
{
    char one[CHUNK], other[CHUNK];
    original now = *from;
    if (!measure(&now) || now.size != from->size)
        return false;
    for (int64_t at = 0; at < from->size; at += CHUNK) {
        size_t size = chunk_at(from, at);
        if (!read_original(from, one, size, at) ||
            ty_sys_read_at(copied, other, size, at) != (ptrdiff_t)size || memcmp(one, other, size) != 0)
            return false;
    }
    return true;
}

/* What was opened still has its name; a log that was not there is not there. */
static bool has_its_name(const ty_store *store, const char *log_path, int log)
{
    ty_sys_facts opened, named;
    int moved = 0;
    if (sqlite3_file_control(store->db, "main", SQLITE_FCNTL_HAS_MOVED, &moved) != SQLITE_OK || moved)
        return false;
    if (!ty_sys_stat(log_path, &named))
        return log < 0 && errno == ENOENT;
    return log >= 0 && ty_sys_stat_file(log, &opened) && ty_sys_is_same(&opened, &named);
}

static bool copy_both(ty_store *store, const char *log_path, int copies[2])
{
    original file = {.store = store, .log = -1};
    original log = {.store = store,
                    .log = ty_sys_open(log_path, TY_SYS_READ | TY_SYS_NO_LINK | TY_SYS_NO_WAIT)};
    bool any = log.log >= 0, done = (any || errno == ENOENT) && copy(&file, copies[0]);
    if (done && any)
        done = copy(&log, copies[1]) && is_same(&log, copies[1]);
    done = done && is_same(&file, copies[0]) && has_its_name(store, log_path, log.log);
    if (any)
        ty_sys_close(log.log);
    if (done && !any) {
        ty_sys_close(copies[1]);
        copies[1] = -1;
    }
    return done;
}

void ty_snapshot_close(int copies[2])
{
    for (int i = 0; i < 2; i++)
        if (copies[i] > 0)
            ty_sys_close(copies[i]);
    copies[0] = copies[1] = 0;
}

bool ty_snapshot_take(ty_store *store, int copies[2])
{
    ty_buffer log_path = {0};
    ty_buffer_add_format(&log_path, "%s-wal", store->path);
    copies[0] = ty_temporary_file();
    copies[1] = ty_temporary_file();
    bool taken = false;
    for (int i = 0; i < ATTEMPTS && !taken && !log_path.failed && copies[0] >= 0 && copies[1] >= 0; i++) {
        if (i)
            sqlite3_sleep(PAUSE_MILLISECONDS);
        taken = copy_both(store, log_path.data, copies);
    }
    ty_buffer_release(&log_path);
    if (!taken)
        ty_snapshot_close(copies);
    return taken;
}
