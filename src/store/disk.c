/* SPDX-License-Identifier: Apache-2.0 */
/*
 * On what disk the memory lies: one that other machines share cannot have a write-ahead log, and a full one
 * has a name.
 */
#include "store/sqlite.h"

#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>
#ifdef __linux__
#include <sys/vfs.h>
#endif

#ifdef __linux__
/* Magic numbers of file systems that may be on another machine: statfs(2). */
bool ty_disk_is_distant(const char *path)
{
    static const uint32_t kinds[] = {
        0x6969,     /* NFS */
        0x517B,     /* SMB */
        0xFF534D42, /* CIFS */
        0xFE534D42, /* SMB2 */
        0x65735546, /* FUSE */
        0x01021997, /* 9P */
        0x5346414F, /* AFS */
        0x73757245, /* Coda */
        0x00C36400  /* Ceph */
    };
    struct statfs about;
    if (statfs(path, &about) != 0)
        return false;
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
        if ((uint32_t)about.f_type == kinds[i])
            return true;
    return false;
}
#else
bool ty_disk_is_distant(const char *path)
{
    (void)path;
    return false;
}
#endif

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
    struct stat file, above;
    char *real = realpath(path, NULL);
    ty_buffer_clear(out);
    if (!real || stat(real, &file) != 0) {
        ty_buffer_add_string(out, path);
        free(real);
        return;
    }
    for (char *slash; (slash = strrchr(real, '/')) && slash != real;) {
        *slash = '\0';
        char *upper = strrchr(real, '/');
        bool top = upper == real;
        char *parent = top ? strdup("/") : strndup(real, (size_t)(upper - real));
        bool edge = !parent || stat(parent, &above) != 0 || above.st_dev != file.st_dev;
        free(parent);
        if (edge)
            break;
        if (top)
            real[0] = '\0';
    }
    ty_buffer_add_string(out, real[0] ? real : "/");
    free(real);
}
