/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Ids of the bundled glossary are for ever: withdrawn.tsv beside its files says of those that are gone where
 * they went (glossaries/README.md).
 */
#include <stdio.h>

#include "ops/internal.h"

/* An edited concept stays in use; she who edited it should know. */
static ty_status tell_kept(ty_memory *memory, const char *path, int64_t id, ty_slice name, ty_slice went_to,
                           ty_error *error)
{
    ty_arena arena = {0};
    ty_stored_concept stored = {0};
    ty_status status = ty_store_concept(memory->store, id, &arena, &stored, error);
    if (status == TY_OK && stored.edited && !stored.went_to.size)
        ty_warn(memory->listener, path, 0, 0, "withdrawn-kept",
                "%.*s was edited here and stays, though it is withdrawn (went to: %.*s)",
                TY_SLICE_FORMAT(name), TY_SLICE_FORMAT(went_to));
    ty_arena_release(&arena);
    return status;
}

/* A line: id, where it went, day, why. */
static ty_status redirect(ty_memory *memory, const char *path, ty_slice line, ty_error *error)
{
    int64_t id;
    ty_slice name = {"", 0}, went_to = {"", 0};
    if (!line.size || line.data[0] == '#')
        return TY_OK;
    ty_slice_next(&line, '\t', &name);
    if (!line.data || !ty_slice_next(&line, '\t', &went_to) || !went_to.size)
        return TY_OK;
    ty_status status = ty_store_concept_named(memory->store, name, &id, error);
    if (status == TY_OK)
        status = ty_store_concept_redirect(memory->store, id, went_to, error);
    if (status == TY_OK)
        return tell_kept(memory, path, id, name, went_to, error);
    return status == TY_NO ? TY_OK : status;
}

ty_status ty_terms_redirect(ty_memory *memory, const char *folder, ty_error *error)
{
    char path[4096];
    ty_buffer text = {0};
    ty_error ignored = {0};
    snprintf(path, sizeof path, "%s/withdrawn.tsv", folder);
    if (ty_file_read(path, 0, &text, &ignored) != TY_OK) { /* an installation may be without */
        ty_buffer_release(&text);
        return TY_OK;
    }
    ty_status status = TY_OK;
    ty_slice rest = ty_buffer_slice(&text);
    for (ty_slice line; status == TY_OK && ty_slice_next(&rest, '\n', &line);)
        status = redirect(memory, path, ty_slice_trim(line), error);
    ty_buffer_release(&text);
    return status;
}
