/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Concepts come in by the same rules as units. What a person has edited here meets what its file says now by
 * three versions: as it came, as the file has it, as it is. The edit stays; where the file has changed too,
 * it is told once, and what came counts as seen.
 */
#include "store/concepts.h"

static bool is_taken(const ty_intake *intake, int64_t id)
{
    return id <= 0 || id >= intake->first_concept || intake->taken_concepts[id >> 3] & 1 << (id & 7);
}

static ty_status find_place(ty_intake *intake, int64_t id, bool *linked, int64_t *place, ty_error *error)
{
    ty_status status =
        ty_sql_number(intake->store, SQL_CONCEPT_LINK_FIND, place, error, "ii", intake->origin, id);
    *linked = status == TY_OK;
    return status == TY_NO ? TY_OK : status;
}

static ty_status is_same(ty_intake *intake, int64_t id, bool *same, ty_error *error)
{
    ty_stored_concept stored;
    ty_arena_clear(&intake->arena);
    ty_buffer_clear(&intake->other);
    ty_status status = ty_concept_read(intake->store, id, &intake->arena, &stored, error);
    if (status != TY_OK)
        return status;
    ty_concept_canonical(&stored.concept, &intake->other);
    *same = ty_slice_equal(ty_buffer_slice(&intake->other), ty_buffer_slice(&intake->store->canonical));
    return intake->other.failed ? ty_error_nomem(error) : TY_OK;
}

/* The first equal concept that is not taken, one of this origin before others; 0 where there is none. */
static ty_status meet_equal(ty_intake *intake, uint64_t digest, int64_t *found, ty_error *error)
{
    ty_status status;
    *found = 0;
    ty_row *row = ty_sql(intake->store, SQL_CONCEPT_BY_DIGEST, error, "iii", (int64_t)digest,
                         intake->first_concept, intake->origin);
    while ((status = ty_sql_step(intake->store, row, error)) == TY_OK) {
        int64_t id = ty_row_int(row, 0);
        bool same = false;
        if (is_taken(intake, id))
            continue;
        status = is_same(intake, id, &same, error);
        if (same)
            *found = id;
        if (same || status != TY_OK)
            break;
    }
    if (row)
        ty_row_end(row);
    return status == TY_NO ? TY_OK : status;
}

/* The concept that came with the same id from this origin; those of this import are all taken. */
static ty_status meet_name(ty_intake *intake, ty_slice name, int64_t *found, ty_error *error)
{
    ty_status status = TY_NO;
    *found = 0;
    if (!name.size)
        return TY_OK;
    ty_row *row =
        ty_sql(intake->store, SQL_CONCEPT_BY_NAME, error, "isi", intake->origin, name, intake->first_concept);
    while (!*found && (status = ty_sql_step(intake->store, row, error)) == TY_OK)
        if (!is_taken(intake, ty_row_int(row, 0)))
            *found = ty_row_int(row, 0);
    if (row)
        ty_row_end(row);
    return status == TY_NO ? TY_OK : status;
}

static ty_status add_place(ty_intake *intake, int64_t id, ty_error *error)
{
    return ty_sql_run(intake->store, SQL_CONCEPT_LINK_ADD, error, "iii", intake->origin,
                      intake->concept_place++, id);
}

static ty_status put_place(ty_intake *intake, int64_t id, ty_error *error)
{
    bool linked;
    int64_t place;
    ty_status status = find_place(intake, id, &linked, &place, error);
    if (status != TY_OK || (linked && place >= 0))
        return status;
    if (linked)
        status = ty_sql_run(intake->store, SQL_CONCEPT_LINK_REMOVE, error, "ii", intake->origin, place);
    return status == TY_OK ? add_place(intake, id, error) : status;
}

static ty_status make(ty_intake *intake, const ty_concept *concept, uint64_t digest, int64_t *id,
                      ty_error *error)
{
    *id = intake->next_concept++;
    ty_status status = ty_concept_write(intake->store, SQL_CONCEPT_ADD, *id, concept, digest, error);
    return status == TY_OK ? add_place(intake, *id, error) : status;
}

/* The concept of this id has changed: in its place, unless another origin still has it as it was. */
static ty_status renew(ty_intake *intake, const ty_concept *concept, uint64_t digest, int64_t *id,
                       ty_error *error)
{
    ty_store *store = intake->store;
    int64_t links = 0, place = 0;
    bool linked = false;
    ty_status status = ty_sql_number(store, SQL_CONCEPT_LINK_COUNT, &links, error, "i", *id);
    if (status == TY_OK && links <= 1) {
        status = ty_concept_write(store, SQL_CONCEPT_SET, *id, concept, digest, error);
        return status == TY_OK ? put_place(intake, *id, error) : status;
    }
    if (status == TY_OK)
        status = find_place(intake, *id, &linked, &place, error);
    if (status == TY_OK && linked)
        status = ty_sql_run(store, SQL_CONCEPT_LINK_REMOVE, error, "ii", intake->origin, place);
    return status == TY_OK ? make(intake, concept, digest, id, error) : status;
}

/* The file's version of a concept that was edited, or taken out of use, by a person here. */
static ty_status keep_edited(ty_intake *intake, const ty_stored_concept *stored, uint64_t digest,
                             ty_outcome *outcome, ty_error *error)
{
    ty_status status = put_place(intake, stored->id, error);
    *outcome = stored->brought == digest ? TY_UNCHANGED : TY_KEPT;
    if (status == TY_OK && *outcome == TY_KEPT)
        status = ty_concept_note(intake->store, stored->id, stored->went_to, digest, error);
    return status;
}

/* The one that came with the same id before: it follows its origin, but for what was edited here. */
static ty_status meet_older(ty_intake *intake, const ty_concept *concept, uint64_t digest, int64_t *id,
                            ty_outcome *outcome, ty_error *error)
{
    ty_stored_concept stored;
    ty_arena_clear(&intake->arena);
    ty_status status = ty_concept_read(intake->store, *id, &intake->arena, &stored, error);
    if (status != TY_OK)
        return status;
    if (stored.edited && !(intake->flags & TY_INTAKE_FORCE))
        return keep_edited(intake, &stored, digest, outcome, error);
    *outcome = TY_UPDATED;
    return renew(intake, concept, digest, id, error);
}

static ty_status place_concept(ty_intake *intake, const ty_concept *concept, uint64_t digest, int64_t *id,
                               ty_outcome *outcome, ty_error *error)
{
    ty_status status = meet_equal(intake, digest, id, error);
    *outcome = TY_UNCHANGED;
    if (status == TY_OK && *id)
        return put_place(intake, *id, error);
    if (status == TY_OK)
        status = meet_name(intake, concept->id, id, error);
    if (status != TY_OK)
        return status;
    if (*id)
        return meet_older(intake, concept, digest, id, outcome, error);
    *outcome = TY_CREATED;
    return make(intake, concept, digest, id, error);
}

ty_status ty_intake_concept(ty_intake *intake, const ty_concept *concept, int64_t *id, ty_outcome *outcome,
                            ty_error *error)
{
    int64_t placed = 0;
    ty_outcome what;
    ty_buffer *canonical = &intake->store->canonical;
    ty_buffer_clear(canonical);
    ty_concept_canonical(concept, canonical);
    if (canonical->failed)
        return ty_error_nomem(error);
    uint64_t digest = ty_hash(ty_buffer_slice(canonical), 0);
    ty_status status = ty_writer_wait(intake->store, error);
    if (status == TY_OK)
        status = ty_intake_arrive(intake, error);
    if (status == TY_OK)
        status = place_concept(intake, concept, digest, &placed, &what, error);
    if (status != TY_OK)
        return status;
    if (placed < intake->first_concept)
        intake->taken_concepts[placed >> 3] |= (unsigned char)(1 << (placed & 7));
    ty_intake_count(intake, what);
    if (what == TY_CREATED || what == TY_UPDATED)
        intake->concepts_changed = true;
    if (id)
        *id = placed;
    if (outcome)
        *outcome = what;
    return TY_OK;
}

ty_status ty_concept_leave(ty_store *store, int64_t origin, int64_t place, int64_t id, ty_error *error)
{
    int64_t links = 0;
    ty_status status = ty_sql_run(store, SQL_CONCEPT_LINK_REMOVE, error, "ii", origin, place);
    if (status == TY_OK)
        status = ty_sql_number(store, SQL_CONCEPT_LINK_COUNT, &links, error, "i", id);
    if (status == TY_OK && !links)
        status = ty_sql_run(store, SQL_CONCEPT_REMOVE, error, "i", id);
    return status;
}

ty_status ty_intake_clear_concepts(ty_intake *intake, ty_error *error)
{
    ty_store *store = intake->store;
    ty_status status;
    ty_row *row;
    while (row = ty_sql(store, SQL_CONCEPT_LINK_ASIDE, error, "i", intake->origin),
           (status = ty_sql_step(store, row, error)) == TY_OK) {
        int64_t place = ty_row_int(row, 0), id = ty_row_int(row, 1);
        ty_row_end(row);
        status = ty_concept_leave(store, intake->origin, place, id, error);
        if (status != TY_OK)
            return status;
        intake->counts.removed++;
        intake->concepts_changed = true;
    }
    return status == TY_NO ? TY_OK : status;
}

/* Marks one that the origin lacks now; what a person edited here stays in use. */
static ty_status retire(ty_intake *intake, int64_t id, ty_error *error)
{
    ty_stored_concept stored;
    int64_t links = 0;
    ty_arena_clear(&intake->arena);
    ty_status status = ty_concept_read(intake->store, id, &intake->arena, &stored, error);
    if (status == TY_OK)
        status = ty_sql_number(intake->store, SQL_CONCEPT_LINK_COUNT, &links, error, "i", id);
    if (status != TY_OK || stored.edited || stored.went_to.size || links > 1)
        return status;
    intake->counts.removed++;
    intake->concepts_changed = true;
    return ty_concept_note(intake->store, id, TY_SLICE("-"), 0, error);
}

ty_status ty_intake_retire_concepts(ty_intake *intake, ty_error *error)
{
    int64_t id = 0;
    ty_status status = TY_OK;
    while (status == TY_OK && (status = ty_sql_number(intake->store, SQL_CONCEPT_OF_ORIGIN, &id, error, "iii",
                                                      intake->origin, id, intake->first_concept)) == TY_OK)
        if (!is_taken(intake, id))
            status = retire(intake, id, error);
    return status == TY_NO ? TY_OK : status;
}
