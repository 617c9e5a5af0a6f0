/* SPDX-License-Identifier: Apache-2.0 */
#include "base/place.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

enum { PRIVATE = 0600, SHARED = 0666, NAME_SIZE = 40 };

static const char *name_of(const char *path)
{
    const char *slash = strrchr(path, '/');
    return slash ? slash + 1 : path;
}

static int open_folder(const char *path)
{
    size_t size = (size_t)(name_of(path) - path);
    char *folder = size ? strndup(path, size) : strdup(".");
    int file = folder ? open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC) : -1;
    free(folder);
    return file;
}

/* A name beside the output that nobody has: ours for the moment between whole and named. */
static void part_name(char name[NAME_SIZE], unsigned attempt)
{
    snprintf(name, NAME_SIZE, ".taiyaku-%ld-%u.part", (long)getpid(), attempt);
}

static int open_part(const ty_file_place *place, mode_t mode, char name[NAME_SIZE])
{
    for (unsigned attempt = 0; attempt < 1000; attempt++) {
        part_name(name, attempt);
        int file = openat(place->folder, name, O_RDWR | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, mode);
        if (file >= 0 || errno != EEXIST)
            return file;
    }
    return -1;
}

static int open_unnamed(ty_file_place *place, mode_t mode)
{
#ifdef O_TMPFILE
    int file = openat(place->folder, ".", O_TMPFILE | O_RDWR | O_CLOEXEC, mode);
    if (file >= 0 || errno == EACCES || errno == EROFS || errno == ENOSPC || errno == EDQUOT)
        return file;
#endif
    char name[NAME_SIZE];
    place->copied = true;
    int part = open_part(place, PRIVATE, name);
    if (part >= 0)
        unlinkat(place->folder, name, 0);
    return part;
}

static mode_t new_mode(const ty_file_place *place)
{
    return place->kind == TY_OUTPUT_PRIVATE || place->kind == TY_OUTPUT_MEMORY ? PRIVATE : SHARED;
}

/* What stands under the name already: a file that may be replaced, or nothing. */
static ty_status look(const ty_file_place *place, ty_error *error)
{
    struct stat about;
    if (place->kind == TY_OUTPUT_PRIVATE || lstat(place->path, &about) != 0 || S_ISLNK(about.st_mode))
        return TY_OK;
    if (!S_ISREG(about.st_mode))
        return ty_error_set(error, TY_ERR_IO, "cannot write %s: it is no file", place->path);
    if (access(place->path, W_OK) != 0)
        return ty_error_errno(error, "cannot write %s", place->path);
    return TY_OK;
}

ty_status ty_place_open(ty_file_place *place, const char *path, ty_output_kind kind, ty_error *error)
{
    *place = (ty_file_place){.file = -1, .folder = -1, .kind = kind};
    bool follows = kind == TY_OUTPUT_NAMED || kind == TY_OUTPUT_MEMORY;
    place->path = follows ? realpath(path, NULL) : NULL;
    if (!place->path && !(place->path = strdup(path)))
        return ty_error_nomem(error);
    ty_status status = look(place, error);
    if (status != TY_OK)
        return status;
    place->folder = open_folder(place->path);
    if (place->folder >= 0)
        place->file = open_unnamed(place, new_mode(place));
    return place->file >= 0 ? TY_OK : ty_error_errno(error, "cannot write %s", place->path);
}

/* ------------------------------------------------------------------------------------------ taking the name
 */

/*
 * A group that cannot be kept does not get what the old group was allowed. Only root can give a file away:
 * where that fails it is ours.
 */
static int keep_mode(const ty_file_place *place, int file)
{
    struct stat old, new;
    if (place->kind == TY_OUTPUT_PRIVATE ||
        fstatat(place->folder, name_of(place->path), &old, AT_SYMLINK_NOFOLLOW) != 0 || !S_ISREG(old.st_mode))
        return 0;
    mode_t mode = old.st_mode & 0777;
    if (fstat(file, &new) != 0)
        return errno;
    if (old.st_gid != new.st_gid && fchown(file, (uid_t)-1, old.st_gid) != 0)
        mode &= ~(mode_t)070;
    if (fchmod(file, mode) != 0)
        return errno;
    bool given = old.st_uid == new.st_uid || fchown(file, old.st_uid, (gid_t)-1) == 0;
    return given || errno == EPERM ? 0 : errno;
}

static int copy_bytes(int from, int to)
{
    char block[1 << 16];
    if (lseek(from, 0, SEEK_SET) != 0)
        return errno;
    for (;;) {
        ssize_t size = read(from, block, sizeof block);
        if (size <= 0)
            return size == 0 ? 0 : errno;
        for (ssize_t done = 0; done < size;) {
            ssize_t written = write(to, block + done, (size_t)(size - done));
            if (written < 0)
                return errno;
            done += written;
        }
    }
}

/* A part with the file's bytes. */
static int copy_part(ty_file_place *place, char name[NAME_SIZE])
{
    int part = open_part(place, new_mode(place), name);
    if (part < 0)
        return errno;
    int failure = copy_bytes(place->file, part);
    close(place->file);
    place->file = part;
    return failure;
}

static int link_part(const ty_file_place *place, char name[NAME_SIZE])
{
    char source[40];
    snprintf(source, sizeof source, "/proc/self/fd/%d", place->file);
    for (unsigned attempt = 0; attempt < 1000; attempt++) {
        part_name(name, attempt);
        if (linkat(AT_FDCWD, source, place->folder, name, AT_SYMLINK_FOLLOW) == 0)
            return 0;
        if (errno != EEXIST)
            break;
    }
    int failure = errno;
    name[0] = '\0';
    return failure;
}

/* The part under a name of its own, ready to be renamed. Without /proc it is copied. */
static int make_part(ty_file_place *place, char name[NAME_SIZE])
{
    int failure = place->copied ? ENOENT : link_part(place, name);
    if (failure == ENOENT)
        failure = copy_part(place, name);
    if (failure == 0)
        failure = keep_mode(place, place->file);
    return failure == 0 && fsync(place->file) != 0 ? errno : failure;
}

static int make_and_rename(ty_file_place *place)
{
    char name[NAME_SIZE] = "";
    int failure = make_part(place, name);
    if (failure == 0 && renameat(place->folder, name, place->folder, name_of(place->path)) != 0)
        failure = errno;
    if (failure != 0 && name[0])
        unlinkat(place->folder, name, 0);
    return failure;
}

/*
 * On disk before it takes the name: after a crash the path holds the old file or the whole new one. Signals
 * wait for the moment in which the part has a name. Some file systems cannot sync a folder (EINVAL).
 */
int ty_place_take(ty_file_place *place)
{
    sigset_t all, before;
    if (!place->copied && fsync(place->file) != 0)
        return errno;
    sigfillset(&all);
    pthread_sigmask(SIG_BLOCK, &all, &before);
    int failure = make_and_rename(place);
    pthread_sigmask(SIG_SETMASK, &before, NULL);
    if (failure == 0 && fsync(place->folder) != 0 && errno != EINVAL && errno != EBADF)
        failure = errno;
    return failure;
}

void ty_place_release(ty_file_place *place)
{
    if (place->file >= 0)
        close(place->file);
    if (place->folder >= 0)
        close(place->folder);
    free(place->path);
    *place = (ty_file_place){.file = -1, .folder = -1};
}
