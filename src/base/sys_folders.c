/* SPDX-License-Identifier: Apache-2.0 */
/* Names, folders, and the disks they are on. */
#define _GNU_SOURCE
#include "base/sys.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <fnmatch.h>
#include <ftw.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#ifdef __linux__
#include <sys/vfs.h>
#endif
#include <unistd.h>

/* ------------------------------------------------------------------------------------------ names */

bool ty_sys_remove(const char *path)
{
    return unlink(path) == 0;
}

bool ty_sys_remove_in(int folder, const char *name)
{
    return unlinkat(folder, name, 0) == 0;
}

bool ty_sys_rename_in(int folder, const char *from, const char *to)
{
    return renameat(folder, from, folder, to) == 0;
}

bool ty_sys_link(const char *from, const char *to)
{
    return link(from, to) == 0;
}

bool ty_sys_name_in(int file, int folder, const char *name)
{
    char source[40];
    snprintf(source, sizeof source, "/proc/self/fd/%d", file);
    return linkat(AT_FDCWD, source, folder, name, AT_SYMLINK_FOLLOW) == 0;
}

char *ty_sys_full_path(const char *path)
{
    return realpath(path, NULL);
}

bool ty_sys_fits(const char *pattern, const char *name)
{
    return fnmatch(pattern, name, 0) == 0;
}

/* ------------------------------------------------------------------------------------------ folders */

bool ty_sys_make_folder(const char *path, unsigned mode)
{
    return mkdir(path, (mode_t)mode) == 0;
}

int ty_sys_make_temporary(char *pattern)
{
    return mkostemp(pattern, O_CLOEXEC);
}

bool ty_sys_make_temporary_folder(char *pattern)
{
    return mkdtemp(pattern) != NULL;
}

static bool is_self(const char *name)
{
    return strcmp(name, ".") == 0 || strcmp(name, "..") == 0;
}

static int compare(const void *a, const void *b)
{
    return ty_slice_compare(*(const ty_slice *)a, *(const ty_slice *)b);
}

bool ty_sys_list(const char *path, ty_arena *arena, ty_slices *out)
{
    DIR *listing = opendir(path);
    bool good = listing != NULL;
    for (struct dirent *one; good && (one = readdir(listing));)
        if (!is_self(one->d_name))
            good = ty_vector_push(out, ty_arena_copy(arena, ty_slice_of(one->d_name))) && !arena->failed;
    if (listing && !good)
        errno = ENOMEM;
    int failure = errno;
    if (listing)
        closedir(listing);
    if (good && out->count)
        qsort(out->items, out->count, sizeof *out->items, compare);
    errno = failure;
    return good;
}

/* What cannot be removed stays; the rest goes all the same. */
static int remove_one(const char *path, const struct stat *about, int kind, struct FTW *place)
{
    (void)about, (void)kind, (void)place;
    (void)remove(path);
    return 0;
}

void ty_sys_remove_all(const char *path)
{
    enum { OPEN_FOLDERS = 16 }; /* at a time; the folders may be deeper */
    nftw(path, remove_one, OPEN_FOLDERS, FTW_DEPTH | FTW_PHYS);
}

/* ------------------------------------------------------------------------------------------ disks */

bool ty_sys_room(const char *folder, uint64_t *out)
{
    struct statvfs disk;
    if (statvfs(folder, &disk) != 0)
        return false;
    *out = (uint64_t)disk.f_bavail * disk.f_frsize;
    return true;
}

#ifdef __linux__
/* Magic numbers of file systems that may be on another machine: statfs(2). */
bool ty_sys_is_distant(const char *path)
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
bool ty_sys_is_distant(const char *path)
{
    (void)path;
    return false;
}
#endif
