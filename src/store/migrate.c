/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What a migration owes the user: the old file is kept beside the new one, and the new one holds as much.
 */
#include "store/sqlite.h"

#include <stdio.h>
#include <stdlib.h>

#include "base/sys.h"

/* ------------------------------------------------------------------------------------------ holdings */

/* All that each version has; what a version adds is empty before it. */
static const char *const holdings[] = {"origin",      "document", "sentence", "unit",           "variant",
                                       "unit_origin", "concept",  "term",     "concept_origin", "withheld"};

ty_status ty_holdings_count(ty_store *store, ty_buffer *out, ty_error *error)
{
    ty_status status = TY_OK;
    for (size_t i = 0; i < sizeof holdings / sizeof *holdings && status == TY_OK; i++) {
        char text[80];
        ty_row *row = NULL;
        snprintf(text, sizeof text, "SELECT count(*) FROM main.%s", holdings[i]);
        if (ty_sql_prepare(store, text, &row, NULL) != TY_OK || ty_sql_step(store, row, NULL) != TY_OK)
            status = ty_sql_failed(store, "counting what the memory holds", error);
        else
            ty_buffer_add_format(out, "%s %lld\n", holdings[i], (long long)ty_row_int(row, 0));
        ty_row_close(row);
    }
    return status == TY_OK && out->failed ? ty_error_nomem(error) : status;
}

ty_status ty_holdings_compare(ty_store *store, const ty_buffer *before, ty_error *error)
{
    ty_buffer after = {0};
    ty_status status = ty_holdings_count(store, &after, error);
    if (status == TY_OK && !ty_slice_equal(ty_buffer_slice(&after), ty_buffer_slice(before)))
        status = ty_error_set(error, TY_ERR_STORE,
                              "%s: something would be lost on the way to this version; the memory stays as "
                              "it is",
                              store->path);
    ty_buffer_release(&after);
    return status;
}

/* ------------------------------------------------------------------------------------------ the copy */

/* PATH.version-2, or with a number behind it where that is taken. */
static bool choose_name(ty_store *store, int64_t version)
{
    ty_buffer name = {0};
    for (unsigned n = 1; n < 1000; n++) {
        ty_buffer_clear(&name);
        ty_buffer_add_format(&name, "%s.version-%lld", store->path, (long long)version);
        if (n > 1)
            ty_buffer_add_format(&name, "-%u", n);
        if (name.failed || !ty_sys_exists(name.data))
            break;
    }
    if (name.failed)
        ty_buffer_release(&name);
    store->kept_copy = name.data;
    return name.data != NULL;
}

/* The copy, and the log and growth of the memory itself. */
ty_status ty_copy_check_room(ty_store *store, ty_error *error)
{
    ty_sys_facts info;
    uint64_t there = 0;
    ty_buffer folder = {0};
    const char *slash = strrchr(store->path, '/');
    ty_buffer_add(&folder,
                  slash ? (ty_slice){store->path, (size_t)(slash - store->path) + 1} : TY_SLICE("."));
    bool known = !folder.failed && ty_sys_stat(store->path, &info) && ty_sys_room(folder.data, &there);
    ty_buffer_release(&folder);
    if (!known)
        return ty_error_errno(error, "%s: cannot tell how much room there is", store->path);
    uint64_t wanted = 3 * (uint64_t)info.size;
    if (there >= wanted)
        return TY_OK;
    return ty_error_set(error, TY_ERR_IO,
                        "%s: a memory of an older version, and too little room on its disk to bring it up to "
                        "date (%llu MB are needed, %llu MB are free)",
                        store->path, (unsigned long long)(wanted >> 20) + 1,
                        (unsigned long long)(there >> 20));
}

/* Whoever may not read the memory may not read its copy. */
static bool make_alike(const char *memory, const char *path)
{
    ty_sys_facts info;
    int file = ty_sys_make(path, 0600);
    bool alike = file >= 0 && ty_sys_stat(memory, &info) && ty_sys_set_mode(file, info.mode & 0777);
    ty_sys_close(file);
    return alike;
}

static ty_status copy_to(ty_store *store, const char *path, ty_error *error)
{
    sqlite3 *copy = NULL;
    if (!make_alike(store->path, path))
        return ty_error_errno(error, "%s: cannot keep a copy of the memory as it was", path);
    int result = sqlite3_open_v2(path, &copy, SQLITE_OPEN_READWRITE, NULL);
    sqlite3_backup *backup =
        result == SQLITE_OK ? sqlite3_backup_init(copy, "main", store->db, "main") : NULL;
    result = backup ? sqlite3_backup_step(backup, -1) : SQLITE_CANTOPEN;
    if (backup)
        sqlite3_backup_finish(backup);
    ty_status status = TY_OK;
    if (result != SQLITE_DONE)
        status = ty_error_set(error, TY_ERR_IO, "%s: cannot keep a copy of the memory as it was: %s", path,
                              sqlite3_errstr(result));
    sqlite3_close_v2(copy);
    return status;
}

ty_status ty_copy_keep(ty_store *store, int64_t version, ty_error *error)
{
    ty_status status = ty_copy_check_room(store, error);
    if (status == TY_OK && !choose_name(store, version))
        status = ty_error_nomem(error);
    return status == TY_OK ? copy_to(store, store->kept_copy, error) : status;
}

void ty_copy_drop(ty_store *store)
{
    if (store->kept_copy)
        ty_sys_remove(store->kept_copy);
    free(store->kept_copy);
    store->kept_copy = NULL;
}

const char *ty_store_kept_copy(const ty_store *store)
{
    return store->kept_copy;
}

bool ty_store_is_of_older_version(const ty_store *store)
{
    return store->older;
}
