/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Concepts changed by a person. The first change of one that came with a file notes what it came as, so that
 * the file's next version does not take the change back (concept_intake.c).
 */
#include "store/concepts.h"

static ty_status digest_of(ty_store *store, const ty_concept *concept, uint64_t *out, ty_error *error)
{
    ty_buffer_clear(&store->canonical);
    ty_concept_canonical(concept, &store->canonical);
    *out = ty_hash(ty_buffer_slice(&store->canonical), 0);
    return store->canonical.failed ? ty_error_nomem(error) : TY_OK;
}

/* A file does not bring back what a person took out of use; a person who adds it again does. */
static ty_status bring_back(ty_store *store, int64_t id, ty_outcome *outcome, ty_error *error)
{
    ty_arena arena = {0};
    ty_stored_concept stored = {0};
    ty_status status = ty_concept_read(store, id, &arena, &stored, error);
    if (status == TY_OK && stored.went_to.size) {
        status = ty_concept_note(store, id, (ty_slice){0}, stored.brought, error);
        *outcome = TY_CREATED;
    }
    ty_arena_release(&arena);
    return status;
}

ty_status ty_store_concept_add(ty_store *store, const ty_concept *concept, ty_slice origin, int64_t *out,
                               ty_outcome *outcome, ty_error *error)
{
    int64_t id = 0;
    ty_outcome what = TY_UNCHANGED;
    ty_intake *intake = NULL;
    ty_origin from = {.name = origin, .kind = TY_SLICE("edit")};
    ty_status status = ty_intake_open(store, &from, 0, &intake, error);
    if (status != TY_OK)
        return status;
    status = ty_intake_concept(intake, concept, &id, &what, error);
    if (status == TY_OK && what == TY_UNCHANGED)
        status = bring_back(store, id, &what, error);
    if (out)
        *out = id;
    if (outcome)
        *outcome = what;
    if (status == TY_OK)
        return ty_intake_commit(intake, NULL, error);
    ty_intake_rollback(intake, NULL);
    return status;
}

/* What the concept is now, without its terms' arena. */
static ty_status state_of(ty_store *store, int64_t id, uint64_t *brought, ty_error *error)
{
    ty_arena arena = {0};
    ty_stored_concept stored = {0};
    ty_status status = ty_concept_read(store, id, &arena, &stored, error);
    *brought = stored.brought;
    ty_arena_release(&arena);
    return status;
}

static ty_status rewrite(ty_store *store, int64_t id, const ty_concept *concept, ty_error *error)
{
    uint64_t digest = 0, brought = 0;
    ty_status status = state_of(store, id, &brought, error);
    if (status == TY_OK)
        status = digest_of(store, concept, &digest, error);
    if (status == TY_OK)
        status = ty_concept_write(store, SQL_CONCEPT_SET, id, concept, digest, error);
    return status == TY_OK ? ty_concept_note(store, id, (ty_slice){0}, brought, error) : status;
}

ty_status ty_store_concept_set(ty_store *store, int64_t id, const ty_concept *concept, ty_error *error)
{
    ty_status status = ty_store_begin(store, error);
    if (status != TY_OK)
        return status;
    return ty_store_end(store, rewrite(store, id, concept, error), error);
}

ty_status ty_store_concept_retire(ty_store *store, int64_t id, ty_slice went_to, ty_error *error)
{
    uint64_t brought = 0;
    ty_status status = state_of(store, id, &brought, error);
    return status == TY_OK ? ty_concept_note(store, id, went_to, brought, error) : status;
}

ty_status ty_store_concept_redirect(ty_store *store, int64_t id, ty_slice went_to, ty_error *error)
{
    ty_arena arena = {0};
    ty_stored_concept stored = {0};
    ty_status status = ty_concept_read(store, id, &arena, &stored, error);
    bool marked = stored.went_to.size && !stored.edited && !ty_slice_equal(stored.went_to, went_to);
    if (status == TY_OK && marked)
        status = ty_concept_note(store, id, went_to, 0, error);
    ty_arena_release(&arena);
    return status;
}

static ty_status leave_origins(ty_store *store, int64_t id, ty_error *error)
{
    ty_status status;
    ty_row *row;
    while (row = ty_sql(store, SQL_CONCEPT_LINK_PLACE, error, "i", id),
           (status = ty_sql_step(store, row, error)) == TY_OK) {
        int64_t origin = ty_row_int(row, 0), place = ty_row_int(row, 1);
        ty_row_end(row);
        status = ty_concept_leave(store, origin, place, id, error);
        if (status != TY_OK)
            return status;
    }
    return status == TY_NO ? TY_OK : status;
}

ty_status ty_store_concept_remove(ty_store *store, int64_t id, ty_error *error)
{
    int64_t there;
    ty_status status = ty_store_begin(store, error);
    if (status != TY_OK)
        return status;
    status = ty_sql_number(store, SQL_CONCEPT_LINK_COUNT, &there, error, "i", id);
    if (status == TY_OK && !there)
        status = TY_NO;
    if (status == TY_OK)
        status = leave_origins(store, id, error);
    return ty_store_end(store, status, error);
}

/* ------------------------------------------------------------------------------------------ candidates */

ty_status ty_store_reject(ty_store *store, const ty_rejected *pair, const ty_edit *edit, ty_error *error)
{
    char now[17];
    ty_status status = ty_store_begin(store, error);
    if (status != TY_OK)
        return status;
    ty_step_name(store, "reject", pair->source, 0, edit);
    status = ty_sql_run(store, SQL_REJECTED_ADD, error, "ssssso", pair->source_lang, pair->source,
                        pair->target_lang, pair->target, ty_store_now(now), edit->who);
    return ty_store_end(store, status, error);
}

ty_status ty_store_is_rejected(ty_store *store, const ty_rejected *pair, ty_error *error)
{
    int64_t found;
    return ty_sql_number(store, SQL_REJECTED_FIND, &found, error, "ss", pair->source, pair->target);
}
