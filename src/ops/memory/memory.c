/* SPDX-License-Identifier: Apache-2.0 */
#include <stdio.h>

#include "base/sys.h"
#include "ops/internal.h"

/* ------------------------------------------------------------------------------------------ where it is */

static ty_status choose_path(const char *told, ty_buffer *out, ty_error *error)
{
    const char *variable = getenv("TAIYAKU_MEMORY");
    if (told || (variable && variable[0])) {
        ty_buffer_add_string(out, told ? told : variable);
    } else {
        if (!ty_path_user(TY_USER_DATA, out)) {
            ty_error_set(error, TY_ERR_USAGE, "where is the memory?");
            ty_error_rule(error, "no-place");
            return TY_ERR_USAGE;
        }
        ty_buffer_add_string(out, "/memory.db");
    }
    return out->failed ? ty_error_nomem(error) : TY_OK;
}

/* Only the default place is ours to make folders for; a mistyped -m should fail. */
static ty_status make_default_folder(const char *told, ty_error *error)
{
    ty_buffer folder = {0};
    ty_status status = TY_OK;
    if (!told && !getenv("TAIYAKU_MEMORY") && ty_path_user(TY_USER_DATA, &folder))
        status = ty_path_make_folders(folder.data, TY_FOLDER_PRIVATE, error);
    ty_buffer_release(&folder);
    return status;
}

/* ------------------------------------------------------------------------------------------ open, close */

/* The folder, for the user only, of a memory that goes when it is closed. */
static ty_status make_tried(ty_memory *memory, ty_buffer *path, ty_error *error)
{
    const char *base = getenv("TMPDIR");
    ty_buffer_add_format(&memory->tried, "%s/taiyaku-XXXXXX", base && base[0] ? base : "/tmp");
    if (!memory->tried.failed && !ty_sys_make_temporary_folder(memory->tried.data)) {
        ty_buffer_clear(&memory->tried);
        return ty_error_errno(error, "cannot make a folder for a memory to try");
    }
    ty_buffer_add_format(path, "%s/memory.db", memory->tried.data);
    return memory->tried.failed || path->failed ? ty_error_nomem(error) : TY_OK;
}

/* A memory of an older version would be brought up to date by being opened: a copy of it is tried then. */
static ty_status copy_older(const char *memory, const char *path, ty_error *error)
{
    ty_store *there = NULL;
    ty_status status = ty_store_open(memory, TY_STORE_READ, &there, error);
    if (status == TY_OK)
        status = ty_store_is_of_older_version(there) ? ty_store_backup(there, path, NULL, error) : TY_NO;
    ty_store_close(there);
    return status;
}

static ty_status open_tried(ty_memory *memory, ty_error *error)
{
    ty_buffer path = {0};
    bool address = ty_path_is_address(memory->path), there = address || ty_sys_exists(memory->path);
    ty_status status = address ? TY_NO : make_tried(memory, &path, error);
    if (status == TY_OK && there)
        status = copy_older(memory->path, path.data, error);
    if (status == TY_OK)
        status = ty_store_open(path.data, TY_STORE_CREATE, &memory->store, error);
    else if (status == TY_NO)
        status = ty_store_open(memory->path, TY_STORE_WRITE, &memory->store, error);
    ty_buffer_release(&path);
    return status;
}

static void drop_tried(ty_memory *memory)
{
    if (memory->tried.size)
        ty_sys_remove_all(memory->tried.data);
    ty_buffer_release(&memory->tried);
}

ty_status ty_memory_open(const char *path, ty_memory_mode mode, const ty_listener *listener, ty_memory **out,
                         ty_error *error)
{
    static const ty_store_mode modes[] = {TY_STORE_READ, TY_STORE_WRITE, TY_STORE_CREATE};
    *out = NULL;
    ty_memory *memory = calloc(1, sizeof *memory);
    if (!memory)
        return ty_error_nomem(error);
    memory->listener = listener;
    ty_buffer chosen = {0};
    ty_status status = ty_memory_share(memory, error);
    if (status == TY_OK)
        status = choose_path(path, &chosen, error);
    memory->path = chosen.data;
    if (status == TY_OK && mode == TY_MEMORY_CREATE)
        status = make_default_folder(path, error);
    if (status == TY_OK && mode == TY_MEMORY_TRY)
        status = open_tried(memory, error);
    else if (status == TY_OK)
        status = ty_store_open(memory->path, modes[mode], &memory->store, error);
    if (status == TY_OK && mode != TY_MEMORY_TRY && ty_store_kept_copy(memory->store))
        ty_warn(listener, memory->path, 0, 0, "migrated",
                "brought up to date for this version of the program; as it was, it is kept as %s",
                ty_store_kept_copy(memory->store));
    if (status != TY_OK) {
        ty_memory_close(memory);
        return status;
    }
    *out = memory;
    return TY_OK;
}

ty_status ty_memory_backup(ty_memory *memory, const char *path, ty_error *error)
{
    return ty_store_backup(memory->store, path, memory->listener, error);
}

ty_status ty_memory_restore(const char *path, const char *backup, const ty_listener *listener, char *kept,
                            size_t size, ty_error *error)
{
    ty_buffer chosen = {0}, name = {0};
    snprintf(kept, size, "%s", "");
    ty_status status = choose_path(path, &chosen, error);
    if (status == TY_OK)
        status = make_default_folder(path, error);
    if (status == TY_OK)
        status = ty_store_restore(chosen.data, backup, listener, &name, error);
    if (status == TY_OK && name.size)
        snprintf(kept, size, "%s", name.data);
    ty_buffer_release(&chosen);
    ty_buffer_release(&name);
    return status;
}

ty_status ty_memory_migrate(const char *path, bool dry_run, int *version, char *kept, size_t size,
                            ty_error *error)
{
    ty_buffer chosen = {0}, name = {0};
    snprintf(kept, size, "%s", "");
    *version = 0;
    ty_status status = choose_path(path, &chosen, error);
    if (status == TY_OK)
        status = ty_store_migrate(chosen.data, dry_run, version, &name, error);
    if (status == TY_OK && name.size)
        snprintf(kept, size, "%s", name.data);
    ty_buffer_release(&chosen);
    ty_buffer_release(&name);
    return status;
}

void ty_memory_close(ty_memory *memory)
{
    if (!memory)
        return;
    ty_derived_indexes_free(memory->indexes);
    ty_memory_lexicon_free(memory);
    ty_term_scan_release(&memory->scan);
    ty_kept_lexicon_free(memory->aligning);
    ty_survey_free(memory);
    ty_memory_unshare(memory);
    ty_store_close(memory->store);
    drop_tried(memory);
    ty_arena_release(&memory->past);
    free(memory->path);
    free(memory);
}

int ty_memory_version(void)
{
    return ty_store_version();
}

const char *ty_memory_path(const ty_memory *memory)
{
    return memory->path;
}

ty_status ty_memory_stamp(ty_memory *memory, char out[TY_STAMP_SIZE], ty_error *error)
{
    ty_stamp units, concepts;
    out[0] = '\0';
    ty_status status = ty_memory_enter(&memory, error);
    if (status != TY_OK)
        return status;
    status = ty_store_stamp(memory->store, TY_STAMP_UNITS, &units, error);
    if (status == TY_OK)
        status = ty_store_stamp(memory->store, TY_STAMP_CONCEPTS, &concepts, error);
    if (status == TY_OK)
        snprintf(out, TY_STAMP_SIZE, "%llx-%llx-%llx-%llx", (unsigned long long)units.step,
                 (unsigned long long)units.random, (unsigned long long)concepts.step,
                 (unsigned long long)concepts.random);
    ty_memory_leave(memory);
    return status;
}

static ty_status stamp_tables(ty_memory *memory, const char *const tables[2], char out[TY_STAMP_SIZE],
                              ty_error *error)
{
    uint64_t sums[2] = {0};
    out[0] = '\0';
    ty_status status = ty_memory_enter(&memory, error);
    for (int i = 0; i < 2 && status == TY_OK && tables[i]; i++)
        status = ty_store_sum(memory->store, tables[i], &sums[i], error);
    ty_memory_leave(memory);
    if (status == TY_OK)
        snprintf(out, TY_STAMP_SIZE, "%llx-%llx", (unsigned long long)sums[0], (unsigned long long)sums[1]);
    return status;
}

ty_status ty_memory_stamp_facts(ty_memory *memory, char out[TY_STAMP_SIZE], ty_error *error)
{
    static const char *const tables[2] = {"origin"};
    return stamp_tables(memory, tables, out, error);
}

ty_status ty_memory_stamp_verdicts(ty_memory *memory, char out[TY_STAMP_SIZE], ty_error *error)
{
    static const char *const tables[2] = {"accepted_finding", "rejected_candidate"};
    return stamp_tables(memory, tables, out, error);
}
