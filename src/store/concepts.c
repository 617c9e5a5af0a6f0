/* SPDX-License-Identifier: Apache-2.0 */
/* The termbase, walked by origin, and one concept by its number or name. */
#include "store/concepts.h"

#include <stdlib.h>

struct ty_concepts {
    ty_store *store;
    ty_row *rows;
    ty_slice pattern;
    ty_arena own, scratch;
};

ty_status ty_concepts_open(ty_store *store, ty_slice origin, ty_concepts **out, ty_error *error)
{
    *out = NULL;
    ty_concepts *concepts = calloc(1, sizeof *concepts);
    if (!concepts)
        return ty_error_nomem(error);
    concepts->store = store;
    concepts->pattern = ty_arena_copy(&concepts->own, origin);
    ty_status status = concepts->own.failed ? ty_error_nomem(error) : TY_OK;
    if (status == TY_OK)
        status = ty_sql_walk_open(store, WALK_CONCEPTS, &concepts->rows, error);
    if (status == TY_OK)
        *out = concepts;
    else
        ty_concepts_close(concepts);
    return status;
}

/* Each concept is shown under the first fitting origin: an earlier one that fits must not have it. */
static ty_status shown_before(ty_concepts *concepts, int64_t id, int64_t origin, bool *yes, ty_error *error)
{
    ty_status status;
    *yes = false;
    ty_row *row = ty_sql(concepts->store, SQL_CONCEPT_LINKS, error, "ii", id, origin);
    while ((status = ty_sql_step(concepts->store, row, error)) == TY_OK && !*yes)
        *yes = ty_store_glob(concepts->pattern, ty_row_text(row, 0));
    if (row)
        ty_row_end(row);
    return status == TY_NO ? TY_OK : status;
}

ty_status ty_concepts_next(ty_concepts *concepts, ty_stored_concept *out, ty_error *error)
{
    ty_status status;
    ty_row *row = concepts->rows;
    while ((status = ty_sql_step(concepts->store, row, error)) == TY_OK) {
        bool before = false;
        int64_t id = ty_row_int(row, 1), origin = ty_row_int(row, 0);
        if (!ty_store_glob(concepts->pattern, ty_row_text(row, 2)))
            continue;
        status = shown_before(concepts, id, origin, &before, error);
        if (status == TY_OK && before)
            continue;
        ty_arena_clear(&concepts->scratch);
        if (status == TY_OK)
            status = ty_concept_read(concepts->store, id, &concepts->scratch, out, error);
        out->origin = origin;
        out->origin_name = ty_row_copy(row, 2, &concepts->scratch);
        return status;
    }
    return status;
}

void ty_concepts_close(ty_concepts *concepts)
{
    if (!concepts)
        return;
    ty_row_close(concepts->rows);
    ty_arena_release(&concepts->own);
    ty_arena_release(&concepts->scratch);
    free(concepts);
}

ty_status ty_store_concept(ty_store *store, int64_t id, ty_arena *arena, ty_stored_concept *out,
                           ty_error *error)
{
    ty_status status = ty_concept_read(store, id, arena, out, error);
    if (status != TY_OK)
        return status;
    ty_row *row = ty_sql(store, SQL_CONCEPT_LINK_FIRST, error, "i", id);
    status = ty_sql_step(store, row, error);
    if (status != TY_OK)
        return status == TY_NO ? TY_OK : status;
    out->origin = ty_row_int(row, 0);
    out->origin_name = ty_row_copy(row, 1, arena);
    ty_row_end(row);
    return TY_OK;
}

ty_status ty_store_concept_named(ty_store *store, ty_slice name, int64_t *out, ty_error *error)
{
    return ty_sql_number(store, SQL_CONCEPT_NAMED, out, error, "s", name);
}

ty_status ty_store_concepts_named(ty_store *store, ty_slice name, ty_ids *out, ty_error *error)
{
    ty_status status;
    ty_row *row = ty_sql(store, SQL_CONCEPTS_NAMED, error, "s", name);
    while ((status = ty_sql_step(store, row, error)) == TY_OK)
        if (!ty_vector_push(out, ty_row_int(row, 0))) {
            status = ty_error_nomem(error);
            break;
        }
    if (row)
        ty_row_end(row);
    return status == TY_NO ? TY_OK : status;
}
