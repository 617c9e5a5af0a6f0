/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A copy of a memory that is in use: SQLite's backup into a file without a name, which is checked and then
 * named.
 */
#include "store/sqlite.h"

#include <errno.h>
#include <stdio.h>

#include "base/sys.h"

/* Between two looks at the listener: a few megabytes. */
enum { PAGES = 1024 };

/* ------------------------------------------------------------------------------------------ copying */

static ty_status copy_failed(ty_store *store, sqlite3 *copy, const char *name, int result, ty_error *error)
{
    int ours = sqlite3_extended_errcode(store->db) & 0xff;
    if (ours && ours != SQLITE_ROW && ours != SQLITE_DONE)
        return ty_sql_failed(store, "copying the memory", error);
    if (result == SQLITE_FULL || sqlite3_system_errno(copy) == ENOSPC)
        return ty_error_set(error, TY_ERR_IO, "cannot write %s: the disk is full", name);
    return ty_error_set(error, TY_ERR_IO, "cannot write %s: %s", name, sqlite3_errstr(result));
}

/* All pages within one read transaction: writers go on meanwhile, and the copy is of one state. */
static int copy_pages(ty_store *store, sqlite3 *copy, const ty_listener *listener)
{
    sqlite3_backup *backup = sqlite3_backup_init(copy, "main", store->db, "main");
    int result = backup ? SQLITE_OK : SQLITE_CANTOPEN;
    while (result == SQLITE_OK) {
        result = sqlite3_backup_step(backup, PAGES);
        int all = sqlite3_backup_pagecount(backup), left = sqlite3_backup_remaining(backup);
        if (result == SQLITE_OK && !ty_progress(listener, "pages", (uint64_t)(all - left), (uint64_t)all))
            result = SQLITE_INTERRUPT;
    }
    if (backup)
        sqlite3_backup_finish(backup);
    return result;
}

static ty_status copy_all(ty_store *store, sqlite3 *copy, const char *name, const ty_listener *listener,
                          ty_error *error)
{
    ty_status status = ty_store_freeze(store, error);
    if (status != TY_OK)
        return status;
    int result = copy_pages(store, copy, listener);
    if (result == SQLITE_INTERRUPT)
        status = ty_error_set(error, TY_STOP, "stopped");
    else if (result != SQLITE_DONE)
        status = copy_failed(store, copy, name, result, error);
    if (status == TY_OK)
        status = ty_still_check(store, error);
    ty_store_thaw(store);
    return status;
}

static ty_status check_copy(const char *name, int file, ty_error *error)
{
    ty_store *copy = NULL;
    uint64_t findings = 0;
    ty_status status = ty_store_open_unnamed(name, file, &copy, error);
    if (status == TY_OK)
        status = ty_store_verify(copy, NULL, &findings, error);
    ty_store_close(copy);
    if (status == TY_NO)
        return ty_error_set(error, TY_ERR_STORE,
                            "%s: the copy would have %llu faults; \"verify\" tells which", name,
                            (unsigned long long)findings);
    return status;
}

ty_status ty_copy_write(ty_store *store, ty_output *output, const char *name, const ty_listener *listener,
                        ty_error *error)
{
    sqlite3 *copy = NULL;
    int file = ty_output_descriptor(output), result = ty_unnamed_connect(file, true, &copy);
    ty_status status = TY_OK;
    if (result != SQLITE_OK)
        status = ty_error_set(error, TY_ERR_IO, "cannot write %s: %s", name, sqlite3_errstr(result));
    if (status == TY_OK)
        status = copy_all(store, copy, name, listener, error);
    sqlite3_close_v2(copy);
    return status == TY_OK ? check_copy(name, file, error) : status;
}

/* ------------------------------------------------------------------------------------------ backup */

/* Only an older copy of the same memory may go. */
ty_status ty_backup_check_place(const ty_store *store, const char *path, ty_error *error)
{
    ty_sys_facts there, own;
    ty_store *old = NULL;
    if (!ty_sys_stat(path, &there))
        return errno == ENOENT ? TY_OK : ty_error_errno(error, "cannot write %s", path);
    if (ty_sys_stat(store->path, &own) && ty_sys_is_same(&own, &there))
        return ty_error_set(error, TY_ERR_USAGE, "%s is the memory itself", path);
    ty_status status = there.size == 0 || there.kind != TY_SYS_IS_FILE
                           ? TY_NO
                           : ty_store_open(path, TY_STORE_READ, &old, NULL);
    bool same = status == TY_OK && strcmp(old->identity, store->identity) == 0;
    ty_store_close(old);
    if (same)
        return TY_OK;
    return ty_error_set(error, TY_ERR_USAGE,
                        "%s is there and no backup of this memory, so it is not replaced", path);
}

ty_status ty_file_backup(ty_store *store, const char *path, const ty_listener *listener, ty_error *error)
{
    ty_output *output = NULL;
    ty_status status = ty_backup_check_place(store, path, error);
    if (status == TY_OK)
        status = ty_output_open_as(path, TY_OUTPUT_MEMORY, &output, error);
    if (status == TY_OK)
        status = ty_copy_write(store, output, path, listener, error);
    if (status == TY_OK)
        return ty_output_commit(output, error);
    ty_output_discard(output);
    return status;
}
