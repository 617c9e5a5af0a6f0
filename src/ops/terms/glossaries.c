/* SPDX-License-Identifier: Apache-2.0 */
/* Into the termbase: the bundled glossaries, single pairs. */
#include <stdio.h>

#include "base/sys.h"
#include "ops/internal.h"

/* ------------------------------------------------------------------------------------------ bundled */

/* The glossaries in a folder, in the order of their names; false when there is no such folder. */
static bool list_glossaries(const char *folder, ty_arena *arena, ty_slices *out)
{
    ty_slices names = {0};
    char path[4096];
    bool there = ty_sys_list(folder, arena, &names);
    for (size_t i = 0; i < names.count; i++)
        if (ty_slice_ends(names.items[i], TY_SLICE(".utx"))) {
            snprintf(path, sizeof path, "%s/%s", folder, names.items[i].data);
            ty_slice copy = ty_arena_copy(arena, ty_slice_of(path));
            if (!ty_vector_push(out, copy))
                arena->failed = true;
        }
    ty_vector_release(&names);
    return there;
}

static void add_counts(ty_counts *sum, const ty_counts *more)
{
    sum->read += more->read;
    sum->created += more->created;
    sum->updated += more->updated;
    sum->unchanged += more->unchanged;
    sum->rejected += more->rejected;
    sum->warnings += more->warnings;
    sum->kept += more->kept;
    sum->withdrawn += more->withdrawn;
}

static ty_status import_each(ty_memory *memory, const char *folder, const ty_slices *paths, ty_counts *counts,
                             ty_error *error)
{
    ty_status status = ty_store_begin(memory->store, error);
    if (status != TY_OK)
        return status;
    for (size_t i = 0; i < paths->count && status == TY_OK; i++) {
        ty_counts one = {0};
        const char *path = paths->items[i].data;
        ty_import_settings settings = {.kind = "utx", .origin = ty_path_base(path).data, .complete = true};
        status = ty_exchange_import(memory, &(ty_source){.path = path}, &settings, true, &one, error);
        add_counts(counts, &one);
    }
    if (status == TY_OK)
        status = ty_terms_redirect(memory, folder, error);
    if (status == TY_OK)
        status = ty_store_commit(memory->store, error);
    else
        ty_store_rollback(memory->store);
    return status == TY_OK && counts->created + counts->updated + counts->withdrawn
               ? ty_memory_terms_keep(memory, error)
               : status;
}

ty_status ty_memory_import_bundled(ty_memory *memory, ty_counts *counts, ty_error *error)
{
    ty_arena arena = {0};
    ty_slices paths = {0};
    *counts = (ty_counts){0};
    ty_buffer folder = {0};
    ty_status status = TY_OK;
    if (!ty_path_data("glossaries", &folder) || !list_glossaries(folder.data, &arena, &paths))
        status = ty_error_set(error, TY_ERR_IO,
                              "the bundled glossaries are not there: neither in share/taiyaku/glossaries of "
                              "the installation nor in the source tree");
    else if (arena.failed)
        status = ty_error_nomem(error);
    if (status == TY_OK)
        status = import_each(memory, folder.data, &paths, counts, error);
    ty_buffer_release(&folder);
    ty_vector_release(&paths);
    ty_arena_release(&arena);
    return status;
}

/* ------------------------------------------------------------------------------------------ one pair */

ty_status ty_memory_term_add(ty_memory *memory, const char *source_lang, ty_slice source,
                             const char *target_lang, ty_slice target, ty_counts *counts, ty_error *error)
{
    int64_t id;
    ty_term_info terms[2] = {
        {.lang = ty_slice_of(ty_lang_usual_source(source_lang)), .text = source, .status = TY_TERM_APPROVED},
        {.lang = ty_slice_of(ty_lang_usual_target(target_lang)), .text = target, .status = TY_TERM_APPROVED}};
    ty_concept_info concept = {.terms = terms, .term_count = 2};
    *counts = (ty_counts){0};
    return ty_memory_concept_add(memory, &concept, NULL, &id, counts, error);
}
