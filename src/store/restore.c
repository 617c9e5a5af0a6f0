/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A backup in the place of a memory. What was there is kept with its log: whoever restores the wrong thing,
 * or the right thing too early, has lost nothing.
 */
#include "store/engine.h"

#include <errno.h>
#include <stdio.h>

#include "base/sys.h"

/* Where SQLite's locks are (its os.h): pending, reserved, and shared bytes, from 1 GiB on. */
#define LOCKS_BEGIN 0x40000000
#define LOCKS_SIZE 512

/* Holds the file against everybody who has it open or would; the descriptor keeps it until it is closed. */
static ty_status hold(const char *path, int *out, ty_error *error)
{
    *out = ty_sys_open(path, TY_SYS_UPDATE);
    if (*out < 0)
        return ty_error_errno(error, "%s: the memory cannot be replaced", path);
    if (ty_sys_lock(*out, LOCKS_BEGIN, LOCKS_SIZE))
        return TY_OK;
    if (errno == EACCES || errno == EAGAIN)
        return ty_error_set(error, TY_ERR_BUSY,
                            "%s: another process has the memory open; restore it when nobody has", path);
    return ty_error_errno(error, "%s: the memory cannot be locked", path);
}

static ty_status choose_name(const char *path, ty_buffer *kept, ty_error *error)
{
    char now[17];
    size_t begin = kept->size;
    ty_sys_facts about;
    ty_slice when = ty_store_now(now);
    for (unsigned n = 1; n < 1000; n++) {
        kept->size = begin;
        ty_buffer_add_format(kept, "%s.before-%.*s", path, TY_SLICE_FORMAT(when));
        if (n > 1)
            ty_buffer_add_format(kept, "-%u", n);
        if (kept->failed)
            return ty_error_nomem(error);
        if (!ty_sys_stat_link(kept->data + begin, &about) && errno == ENOENT)
            return TY_OK;
    }
    return ty_error_set(error, TY_ERR_IO, "%s: no name is left to keep the memory under", path);
}

static int move_beside(const char *from, const char *to, const char *tail)
{
    ty_buffer old = {0}, new = {0};
    ty_buffer_add_format(&old, "%s%s", from, tail);
    ty_buffer_add_format(&new, "%s%s", to, tail);
    int failure = old.failed || new.failed ? ENOMEM : rename(old.data, new.data) == 0 ? 0 : errno;
    ty_buffer_release(&old);
    ty_buffer_release(&new);
    return failure == ENOENT ? 0 : failure;
}

/* A second name for the file, and its log under that name; the index of the log is made anew when needed. */
static ty_status keep(const char *path, const char *kept, ty_error *error)
{
    if (!ty_sys_link(path, kept))
        return ty_error_errno(error, "%s: the memory cannot be kept as %s", path, kept);
    errno = move_beside(path, kept, "-wal");
    if (errno == 0)
        errno = move_beside(path, kept, "-shm");
    if (errno == 0)
        return TY_OK;
    ty_status status = ty_error_errno(error, "%s: the log of the memory cannot be kept", path);
    move_beside(kept, path, "-wal");
    ty_sys_remove(kept);
    return status;
}

static void keep_not(const char *path, const char *kept)
{
    move_beside(kept, path, "-wal");
    move_beside(kept, path, "-shm");
    ty_sys_remove(kept);
}

static ty_status put_in_place(ty_output *output, const char *path, ty_buffer *kept, ty_error *error)
{
    size_t begin = kept->size;
    ty_sys_facts about;
    if (!ty_sys_stat(path, &about))
        return ty_output_commit(output, error);
    ty_status status = choose_name(path, kept, error);
    if (status == TY_OK)
        status = keep(path, kept->data + begin, error);
    if (status != TY_OK) {
        ty_output_discard(output);
        kept->size = begin;
        return status;
    }
    status = ty_output_commit(output, error);
    if (status != TY_OK) {
        keep_not(path, kept->data + begin);
        kept->size = begin;
    }
    return status;
}

static ty_status check_backup(ty_store *backup, const char *path, ty_error *error)
{
    ty_sys_facts one, two;
    uint64_t findings = 0;
    if (ty_sys_stat(path, &one) && ty_sys_stat(backup->path, &two) && ty_sys_is_same(&one, &two))
        return ty_error_set(error, TY_ERR_USAGE, "%s is the memory itself", backup->path);
    ty_status status = ty_store_verify(backup, NULL, &findings, error);
    if (status != TY_NO)
        return status;
    return ty_error_set(error, TY_ERR_STORE, "%s: the backup has %llu faults; \"verify\" tells which",
                        backup->path, (unsigned long long)findings);
}

static ty_status replace(ty_store *backup, const char *path, const ty_listener *listener, ty_buffer *kept,
                         ty_error *error)
{
    ty_sys_facts about;
    ty_output *output = NULL;
    int held = -1;
    bool there = ty_sys_stat(path, &about);
    if (there && about.kind != TY_SYS_IS_FILE)
        return ty_error_set(error, TY_ERR_STORE, "%s: not a regular file, so not a memory", path);
    if (there)
        ty_store_tidy(path);
    ty_status status = there ? hold(path, &held, error) : TY_OK;
    if (status == TY_OK)
        status = ty_output_open_as(path, TY_OUTPUT_MEMORY, &output, error);
    if (status == TY_OK)
        status = ty_copy_write(backup, output, path, listener, error);
    if (status == TY_OK)
        status = put_in_place(output, path, kept, error);
    else
        ty_output_discard(output);
    ty_sys_close(held);
    return status;
}

ty_status ty_store_restore(const char *path, const char *backup, const ty_listener *listener, ty_buffer *kept,
                           ty_error *error)
{
    ty_store *from = NULL;
    char *real = ty_sys_full_path(path);
    ty_status status = ty_path_is_address(backup)
                           ? ty_error_set(error, TY_ERR_USAGE, "%s: a backup is a file", backup)
                           : ty_store_open(backup, TY_STORE_READ, &from, error);
    if (status == TY_OK)
        status = check_backup(from, path, error);
    if (status == TY_OK && ty_path_is_address(path))
        status = ty_pq_restore(path, from, listener, kept, error);
    else if (status == TY_OK)
        status = replace(from, real ? real : path, listener, kept, error);
    ty_store_close(from);
    free(real);
    return status;
}
