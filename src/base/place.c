/* SPDX-License-Identifier: Apache-2.0 */
#include "base/place.h"

#include <errno.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>

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
    int file = folder ? ty_sys_open(folder, TY_SYS_READ | TY_SYS_FOLDER) : -1;
    free(folder);
    return file;
}

/* A name beside the output that nobody has: ours for the moment between whole and named. */
static void part_name(char name[NAME_SIZE], unsigned attempt)
{
    snprintf(name, NAME_SIZE, ".taiyaku-%ld-%u.part", ty_sys_process(), attempt);
}

static int open_part(const ty_file_place *place, unsigned mode, char name[NAME_SIZE])
{
    for (unsigned attempt = 0; attempt < 1000; attempt++) {
        part_name(name, attempt);
        int file = ty_sys_make_in(place->folder, name, mode);
        if (file >= 0 || errno != EEXIST)
            return file;
    }
    return -1;
}

static int open_unnamed(ty_file_place *place, unsigned mode)
{
    int file = ty_sys_make_unnamed(place->folder, ".", mode);
    if (file >= 0 || errno == EACCES || errno == EROFS || errno == ENOSPC || errno == EDQUOT)
        return file;
    char name[NAME_SIZE];
    place->copied = true;
    int part = open_part(place, PRIVATE, name);
    if (part >= 0)
        ty_sys_remove_in(place->folder, name);
    return part;
}

static unsigned new_mode(const ty_file_place *place)
{
    return place->kind == TY_OUTPUT_PRIVATE || place->kind == TY_OUTPUT_MEMORY ? PRIVATE : SHARED;
}

/* What stands under the name already: a file that may be replaced, or nothing. */
static ty_status look(const ty_file_place *place, ty_error *error)
{
    ty_sys_facts about;
    if (place->kind == TY_OUTPUT_PRIVATE || !ty_sys_stat_link(place->path, &about) ||
        about.kind == TY_SYS_IS_LINK)
        return TY_OK;
    if (about.kind != TY_SYS_IS_FILE)
        return ty_error_set(error, TY_ERR_IO, "cannot write %s: it is no file", place->path);
    if (!ty_sys_may_write(place->path))
        return ty_error_errno(error, "cannot write %s", place->path);
    return TY_OK;
}

ty_status ty_place_open(ty_file_place *place, const char *path, ty_output_kind kind, ty_error *error)
{
    *place = (ty_file_place){.file = -1, .folder = -1, .kind = kind};
    bool follows = kind == TY_OUTPUT_NAMED || kind == TY_OUTPUT_MEMORY;
    place->path = follows ? ty_sys_full_path(path) : NULL;
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
    ty_sys_facts old, new;
    if (place->kind == TY_OUTPUT_PRIVATE || !ty_sys_stat_in(place->folder, name_of(place->path), &old) ||
        old.kind != TY_SYS_IS_FILE)
        return 0;
    unsigned mode = old.mode & 0777;
    if (!ty_sys_stat_file(file, &new))
        return errno;
    if (old.group != new.group && !ty_sys_set_owner(file, UINT_MAX, old.group))
        mode &= ~070u;
    if (!ty_sys_set_mode(file, mode))
        return errno;
    bool given = old.owner == new.owner || ty_sys_set_owner(file, old.owner, UINT_MAX);
    return given || errno == EPERM ? 0 : errno;
}

static int copy_bytes(int from, int to)
{
    char block[1 << 16];
    if (!ty_sys_rewind(from))
        return errno;
    for (;;) {
        ptrdiff_t size = ty_sys_read(from, block, sizeof block);
        if (size <= 0)
            return size == 0 ? 0 : errno;
        if (!ty_sys_write(to, (ty_slice){block, (size_t)size}))
            return errno;
    }
}

/* A part with the file's bytes. */
static int copy_part(ty_file_place *place, char name[NAME_SIZE])
{
    int part = open_part(place, new_mode(place), name);
    if (part < 0)
        return errno;
    int failure = copy_bytes(place->file, part);
    ty_sys_close(place->file);
    place->file = part;
    return failure;
}

static int link_part(const ty_file_place *place, char name[NAME_SIZE])
{
    for (unsigned attempt = 0; attempt < 1000; attempt++) {
        part_name(name, attempt);
        if (ty_sys_name_in(place->file, place->folder, name))
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
    return failure == 0 && !ty_sys_sync(place->file) ? errno : failure;
}

static int make_and_rename(void *payload)
{
    ty_file_place *place = payload;
    char name[NAME_SIZE] = "";
    int failure = make_part(place, name);
    if (failure == 0 && !ty_sys_rename_in(place->folder, name, name_of(place->path)))
        failure = errno;
    if (failure != 0 && name[0])
        ty_sys_remove_in(place->folder, name);
    return failure;
}

/*
 * On disk before it takes the name: after a crash the path holds the old file or the whole new one. Signals
 * wait for the moment in which the part has a name. Some file systems cannot sync a folder (EINVAL).
 */
int ty_place_take(ty_file_place *place)
{
    if (!place->copied && !ty_sys_sync(place->file))
        return errno;
    int failure = ty_sys_undisturbed(make_and_rename, place);
    if (failure == 0 && !ty_sys_sync(place->folder) && errno != EINVAL && errno != EBADF)
        failure = errno;
    return failure;
}

void ty_place_release(ty_file_place *place)
{
    ty_sys_close(place->file);
    ty_sys_close(place->folder);
    free(place->path);
    *place = (ty_file_place){.file = -1, .folder = -1};
}
