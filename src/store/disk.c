/* SPDX-License-Identifier: Apache-2.0 */
/*
 * On what disk the memory lies: one that other machines share cannot have a write-ahead log, and a full one
 * has a name.
 */
#include "store/sqlite.h"

#include <stdlib.h>

#include "base/sys.h"

ty_disk_format ty_disk_file_format(ty_store *store)
{
    char head[20] = {0};
    return ty_disk_read(store, head, sizeof head, 0) ? (ty_disk_format)head[18] : TY_DISK_NEW;
}

/* SQLite's own descriptor: to close another one would let go its locks (fcntl(2)). */
static sqlite3_file *open_file(ty_store *store)
{
    sqlite3_file *file = NULL;
    int result = sqlite3_file_control(store->db, "main", SQLITE_FCNTL_FILE_POINTER, &file);
    return result == SQLITE_OK && file && file->pMethods ? file : NULL;
}

bool ty_disk_read(ty_store *store, void *into, size_t size, int64_t offset)
{
    sqlite3_file *file = open_file(store);
    return file && file->pMethods->xRead(file, into, (int)size, offset) == SQLITE_OK;
}

bool ty_disk_size(ty_store *store, int64_t *out)
{
    sqlite3_int64 size = 0;
    sqlite3_file *file = open_file(store);
    bool known = file && file->pMethods->xFileSize(file, &size) == SQLITE_OK;
    *out = size;
    return known;
}

/* The highest folder above the path that is on the same disk: where that is mounted. */
void ty_disk_name(const char *path, ty_buffer *out)
{
    ty_sys_facts file, above;
    char *real = ty_sys_full_path(path);
    ty_buffer_clear(out);
    if (!real || !ty_sys_stat(real, &file)) {
        ty_buffer_add_string(out, path);
        free(real);
        return;
    }
    for (char *slash; (slash = strrchr(real, '/')) && slash != real;) {
        *slash = '\0';
        char *upper = strrchr(real, '/');
        bool top = upper == real;
        char *parent = top ? strdup("/") : strndup(real, (size_t)(upper - real));
        bool edge = !parent || !ty_sys_stat(parent, &above) || above.disk != file.disk;
        free(parent);
        if (edge)
            break;
        if (top)
            real[0] = '\0';
    }
    ty_buffer_add_string(out, real[0] ? real : "/");
    free(real);
}
