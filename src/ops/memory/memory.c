/* SPDX-License-Identifier: Apache-2.0 */
#include <stdio.h>

#include "ops/internal.h"

/* ------------------------------------------------------------------------------------------ where it is */

static ty_status choose_path(const char *told, ty_buffer *out, ty_error *error)
{
    const char *variable = getenv("TAIYAKU_MEMORY");
    if (told || (variable && variable[0])) {
        ty_buffer_add_string(out, told ? told : variable);
    } else {
        if (!ty_path_user(TY_USER_DATA, out))
            return ty_error_set(error, TY_ERR_USAGE,
                                "where is the memory? Give -m FILE, or set TAIYAKU_MEMORY");
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
    ty_status status = choose_path(path, &chosen, error);
    memory->path = chosen.data;
    if (status == TY_OK && mode == TY_MEMORY_CREATE)
        status = make_default_folder(path, error);
    if (status == TY_OK)
        status = ty_store_open(memory->path, modes[mode], &memory->store, error);
    if (status == TY_OK && ty_store_kept_copy(memory->store))
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

void ty_memory_close(ty_memory *memory)
{
    if (!memory)
        return;
    ty_memory_indexes_free(memory);
    ty_memory_lexicon_free(memory);
    ty_store_close(memory->store);
    free(memory->path);
    free(memory);
}

const char *ty_memory_path(const ty_memory *memory)
{
    return memory->path;
}

/* ------------------------------------------------------------------------------------------ figures */

typedef ty_status (*figure_sink)(void *payload, const char *what, uint64_t count);

static ty_status tell_named(const char *prefix, const ty_count *counts, size_t count, figure_sink each,
                            void *payload)
{
    char name[300];
    ty_status status = TY_OK;
    for (size_t i = 0; i < count && status == TY_OK; i++) {
        snprintf(name, sizeof name, "%s:%.*s", prefix, TY_SLICE_FORMAT(counts[i].name));
        status = each(payload, name, counts[i].count);
    }
    return status;
}

static ty_status tell_origins(ty_store *store, ty_arena *arena, figure_sink each, void *payload,
                              ty_error *error)
{
    ty_origins origins = {0};
    char name[300];
    ty_status status = ty_store_origins(store, (ty_slice){"", 0}, arena, &origins, error);
    for (size_t i = 0; i < origins.count && status == TY_OK; i++) {
        const ty_origin *origin = &origins.items[i];
        snprintf(name, sizeof name, "origin:%.*s", TY_SLICE_FORMAT(origin->name));
        status = each(payload, name, origin->unit_count + origin->concept_count);
    }
    ty_vector_release(&origins);
    return status;
}

ty_status ty_memory_stats(ty_memory *memory, figure_sink each, void *payload, ty_error *error)
{
    ty_arena arena = {0};
    ty_stats stats = {0};
    ty_status status = ty_store_stats(memory->store, &arena, &stats, error);
    const struct {
        const char *name;
        uint64_t count;
    } rows[] = {{"units", stats.units},           {"variants", stats.variants},
                {"confirmed", stats.confirmed},   {"aligned", stats.aligned},
                {"origins", stats.origins},       {"documents", stats.documents},
                {"sentences", stats.sentences},   {"concepts", stats.concepts},
                {"terms", stats.terms},           {"text bytes", stats.text_bytes},
                {"file bytes", stats.file_bytes}, {"derived bytes", stats.derived_bytes}};
    for (size_t i = 0; status == TY_OK && i < sizeof rows / sizeof *rows; i++)
        status = each(payload, rows[i].name, rows[i].count);
    if (status == TY_OK)
        status = tell_named("variants", stats.languages.items, stats.languages.count, each, payload);
    if (status == TY_OK)
        status = tell_named("terms", stats.term_languages.items, stats.term_languages.count, each, payload);
    if (status == TY_OK)
        status = tell_origins(memory->store, &arena, each, payload, error);
    ty_stats_release(&stats);
    ty_arena_release(&arena);
    return status;
}
