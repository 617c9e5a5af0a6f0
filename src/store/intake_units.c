/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Intake, unit by unit: the n-th of a kind meets the n-th of its kind in the memory, or is made.
 */
#include "store/intake.h"

#include <stdlib.h>

static bool is_taken(const ty_intake *intake, int64_t unit)
{
    return unit <= 0 || unit >= intake->first_new || intake->taken[unit >> 3] & 1 << (unit & 7);
}

static void take(ty_intake *intake, int64_t unit)
{
    if (unit < intake->first_new)
        intake->taken[unit >> 3] |= (unsigned char)(1 << (unit & 7));
}

/* Digests may collide: is the stored unit really the one whose canonical form is at hand? */
static ty_status is_same(ty_intake *intake, int64_t id, bool *same, ty_error *error)
{
    ty_stored_unit stored;
    ty_arena_clear(&intake->arena);
    ty_buffer_clear(&intake->other);
    *same = false;
    ty_status status = ty_writer_wait(intake->store, error);
    if (status == TY_OK)
        status = ty_known_expect(intake, id, error);
    if (status != TY_OK)
        return status;
    status = ty_unit_read(intake->store, id, &intake->arena, &stored, error);
    if (status != TY_OK)
        return status == TY_NO ? TY_OK : status;
    ty_unit_canonical(&stored.unit, &intake->other);
    if (intake->other.failed)
        return ty_error_nomem(error);
    *same = ty_slice_equal(ty_buffer_slice(&intake->other), ty_buffer_slice(&intake->store->canonical));
    return TY_OK;
}

/* Where this origin has the unit already; *linked is false where it has not. */
static ty_status find_link(ty_intake *intake, int64_t unit, bool *linked, int64_t *place, ty_error *error)
{
    *linked = intake->known.loaded && ty_known_place(intake, unit, place);
    if (intake->fresh || intake->known.loaded)
        return TY_OK;
    ty_status status = ty_sql_number(intake->store, SQL_LINK_FIND, place, error, "ii", intake->origin, unit);
    *linked = status == TY_OK;
    return status == TY_NO ? TY_OK : status;
}

/* How far the search among units of one digest has come, so that thousands of copies do not cost squares. */
static int64_t *how_far(ty_intake *intake, uint64_t digest, ty_among among)
{
    ty_intake_memo *memo = &intake->memo[digest % TY_INTAKE_MEMOS];
    if (memo->digest != digest)
        *memo = (ty_intake_memo){.digest = digest};
    return &memo->passed[among];
}

/* Units of one digest, one after the other. */
typedef struct candidates {
    ty_among among;
    uint64_t digest;
    int64_t last;
    ty_row *row; /* NULL: they are known */
} candidates;

static ty_status find_candidates(ty_intake *intake, candidates *all, ty_error *error)
{
    static const ty_sql_id searches[] = {SQL_DIGEST_LINKED, SQL_WITHHELD_FIND, SQL_DIGEST_FIND};
    ty_status status = ty_intake_know(intake, error);
    if (status != TY_OK || (intake->known.loaded && all->among != TY_AMONG_WITHHELD))
        return status;
    all->row = ty_sql(intake->store, searches[all->among], error, "iii", (int64_t)all->digest, intake->origin,
                      all->last);
    return all->row ? TY_OK : TY_ERR_STORE;
}

static ty_status next_candidate(ty_intake *intake, candidates *all, ty_error *error)
{
    if (!all->row) {
        all->last = ty_known_next(intake, all->digest, all->last, all->among == TY_AMONG_LINKED);
        return all->last ? TY_OK : TY_NO;
    }
    ty_status status = ty_sql_step(intake->store, all->row, error);
    all->last = status == TY_OK ? ty_row_int(all->row, 0) : 0;
    return status;
}

/* The first unit of this digest that is not taken yet, or 0. */
static ty_status meet(ty_intake *intake, ty_among among, uint64_t digest, int64_t *found, ty_error *error)
{
    int64_t *passed = how_far(intake, digest, among);
    candidates all = {among, digest, *passed, NULL};
    bool all_taken = true;
    *found = 0;
    ty_status status = *passed == INT64_MAX ? TY_NO : find_candidates(intake, &all, error);
    while (status == TY_OK && (status = next_candidate(intake, &all, error)) == TY_OK) {
        bool same = among == TY_AMONG_WITHHELD;
        if (is_taken(intake, all.last)) {
            if (all_taken)
                *passed = all.last;
            continue;
        }
        all_taken = false;
        if (!same)
            status = is_same(intake, all.last, &same, error);
        if (status == TY_OK && same)
            *found = all.last;
        if (status != TY_OK || same)
            break;
    }
    ty_row_end(all.row);
    if (status == TY_NO && all_taken)
        *passed = INT64_MAX;
    return status == TY_NO ? TY_OK : status;
}

ty_status ty_intake_put_link(ty_intake *intake, int64_t unit, bool linked, int64_t place, ty_error *error)
{
    ty_store *store = intake->store;
    if (linked && place >= 0)
        return TY_OK;
    if (linked) {
        ty_status status = ty_sql_run(store, SQL_LINK_REMOVE, error, "ii", intake->origin, place);
        if (status != TY_OK)
            return status;
    }
    int64_t next = intake->place;
    intake->place += TY_PLACE_STEP;
    return ty_pending_link(store, intake->origin, next, unit, error);
}

static ty_status same_bead(ty_intake *intake, int64_t unit, const ty_provenance *provenance, bool *same,
                           ty_error *error)
{
    ty_provenance old;
    *same = false;
    ty_row *row = ty_sql(intake->store, SQL_BEAD_GET, error, "ii", unit, intake->origin);
    ty_status status = ty_sql_step(intake->store, row, error);
    if (status != TY_OK)
        return status == TY_NO ? TY_OK : status;
    status = ty_provenance_read_row(row, &intake->arena, &old);
    ty_row_end(row);
    const ty_bead *a = &old.bead, *b = &provenance->bead;
    *same = old.source_document == provenance->source_document &&
            old.target_document == provenance->target_document && a->source_start == b->source_start &&
            a->source_count == b->source_count && a->target_start == b->target_start &&
            a->target_count == b->target_count && a->confidence == b->confidence;
    return status == TY_OK ? TY_OK : ty_error_nomem(error);
}

/* Notes where the pair stands; *changed tells whether that is news. */
static ty_status put_bead(ty_intake *intake, int64_t unit, const ty_provenance *provenance, bool is_new,
                          bool *changed, ty_error *error)
{
    bool same = false;
    ty_status status = TY_OK;
    if (!is_new)
        status = same_bead(intake, unit, provenance, &same, error);
    if (status != TY_OK || same)
        return status;
    *changed = !is_new;
    status = ty_intake_arrive(intake, error);
    if (status != TY_OK)
        return status;
    status = ty_pending_flush(intake->store, error); /* the bead refers to the unit */
    if (status != TY_OK)
        return status;
    return ty_bead_put(intake->store, unit, intake->origin, provenance, error);
}

/* More units than this are written by a thread of their own, if none of them needs a look into the memory. */
#define WORTH_A_THREAD 2000

static bool needs_no_look(const ty_intake *intake)
{
    return intake->fresh && (!intake->meets || intake->known.loaded);
}

static ty_status make_unit(ty_intake *intake, const ty_unit *unit, uint64_t digest, int64_t *id,
                           ty_error *error)
{
    ty_status status = ty_intake_number(intake, id, error);
    if (status != TY_OK)
        return status;
    if (*id - intake->first_new == WORTH_A_THREAD && needs_no_look(intake))
        ty_writer_start(intake->store);
    return ty_pending_unit(intake->store, *id, unit, digest, error);
}

/* Units of this origin first, then what it shall not bring back, then those of other origins. */
static ty_status find_unit(ty_intake *intake, uint64_t digest, int64_t *id, bool *kept, ty_error *error)
{
    ty_status status = TY_OK;
    *id = 0;
    *kept = false;
    if (intake->meets && !intake->fresh)
        status = meet(intake, TY_AMONG_LINKED, digest, id, error);
    if (status == TY_OK && !*id && intake->withholds) {
        status = meet(intake, TY_AMONG_WITHHELD, digest, id, error);
        *kept = *id != 0;
    }
    if (status == TY_OK && !*id && intake->meets)
        status = meet(intake, TY_AMONG_ALL, digest, id, error);
    if (*id)
        take(intake, *id);
    return status;
}

/* A pair of an older version of the origin: it keeps its id and status, and gets its new place. */
static ty_status renew_aside(ty_intake *intake, const ty_unit *unit, uint64_t digest, ty_slice state,
                             int64_t *id, ty_outcome *outcome, ty_error *error)
{
    if (is_taken(intake, *id)) {
        *id = 0;
        return TY_OK;
    }
    *outcome = TY_UPDATED;
    take(intake, *id);
    return ty_unit_overwrite(intake->store, *id, unit, digest, state, error);
}

/* The unit is new, but its texts are not: *id is the unit that keeps them, 0 where there is none. */
static ty_status meet_similar(ty_intake *intake, const ty_unit *unit, uint64_t digest, int64_t *id,
                              ty_outcome *outcome, ty_error *error)
{
    ty_slice state;
    ty_status status = ty_similar_find(intake, unit, id, &state, error);
    if (status != TY_OK || !*id)
        return status;
    if (!ty_intake_spares(intake))
        return renew_aside(intake, unit, digest, state, id, outcome, error);
    bool confirmed = ty_slice_equal(state, TY_SLICE("confirmed"));
    *outcome = TY_UNCHANGED;
    if (confirmed || intake->flags & TY_INTAKE_SKIP_SIMILAR || *id >= intake->first_new) {
        intake->counts.skipped++;
        return TY_OK;
    }
    *outcome = TY_UPDATED;
    take(intake, *id);
    status = ty_sql_run(intake->store, SQL_WITHHELD_ADD, error, "i", *id);
    if (status != TY_OK)
        return status;
    return ty_unit_overwrite(intake->store, *id, unit, digest, TY_SLICE(""), error);
}

static ty_status new_unit(ty_intake *intake, const ty_unit *unit, uint64_t digest, int64_t *id,
                          ty_outcome *outcome, ty_error *error)
{
    ty_status status = TY_OK;
    *outcome = TY_CREATED;
    if (ty_intake_spares(intake) || ty_intake_replaces(intake))
        status = meet_similar(intake, unit, digest, id, outcome, error);
    if (status != TY_OK || *id)
        return status;
    status = make_unit(intake, unit, digest, id, error);
    return status == TY_OK && ty_intake_spares(intake) ? ty_similar_note(intake, unit, *id, error) : status;
}

static ty_status place_unit(ty_intake *intake, const ty_unit *unit, uint64_t digest, int64_t *id,
                            ty_outcome *outcome, ty_error *error)
{
    bool linked = false, kept;
    int64_t place = 0;
    ty_status status = find_unit(intake, digest, id, &kept, error);
    *outcome = TY_UNCHANGED;
    bool known = *id != 0;
    if (status == TY_OK && !known)
        status = new_unit(intake, unit, digest, id, outcome, error);
    if (status == TY_OK && *outcome != TY_CREATED)
        status = find_link(intake, *id, &linked, &place, error);
    if (status != TY_OK)
        return status;
    if (kept) {
        intake->counts.kept++;
        intake->counts.withheld++;
    }
    bool skipped = !known && *outcome == TY_UNCHANGED;
    if ((kept || skipped) && !linked) {
        *id = 0; /* it is gone, no longer of this origin, or spared */
        return TY_OK;
    }
    return skipped ? TY_OK : ty_intake_put_link(intake, *id, linked, place, error);
}

void ty_intake_count(ty_intake *intake, ty_outcome outcome)
{
    if (outcome == TY_CREATED)
        intake->counts.created++;
    else if (outcome == TY_UPDATED)
        intake->counts.updated++;
    else
        intake->counts.unchanged++;
}

static ty_status bring_unit(ty_intake *intake, const ty_unit *unit, const ty_provenance *provenance,
                            int64_t *id, ty_outcome *outcome, ty_error *error)
{
    uint64_t digest;
    int64_t placed = 0;
    bool moved = false;
    ty_outcome what = TY_CREATED;
    ty_status status = ty_unit_digest(intake->store, unit, &digest, error);
    if (status == TY_OK)
        status = place_unit(intake, unit, digest, &placed, &what, error);
    if (status == TY_OK && provenance && placed)
        status = put_bead(intake, placed, provenance, what == TY_CREATED, &moved, error);
    if (status != TY_OK)
        return status;
    if (moved && what == TY_UNCHANGED)
        what = TY_UPDATED;
    ty_intake_count(intake, what);
    if (what != TY_UNCHANGED)
        intake->units_changed = true;
    if (id)
        *id = placed;
    if (outcome)
        *outcome = what;
    return TY_OK;
}

static ty_status bring_label(ty_intake *intake, const ty_unit *unit, const ty_provenance *provenance,
                             int64_t *id, ty_outcome *outcome, ty_error *error)
{
    int64_t placed = 0;
    ty_outcome what;
    ty_status status = ty_intake_label(intake, unit, provenance, &placed, &what, error);
    if (id)
        *id = placed;
    if (outcome)
        *outcome = what;
    return status;
}

/* ------------------------------------------------------------------------------------------ a person's work
 */

static ty_status keep_unit(ty_intake *intake, int64_t unit, ty_error *error)
{
    bool linked = false;
    int64_t place = 0;
    if (!unit || is_taken(intake, unit))
        return TY_OK;
    take(intake, unit);
    ty_status status = find_link(intake, unit, &linked, &place, error);
    return status == TY_OK ? ty_intake_put_link(intake, unit, linked, place, error) : status;
}

/*
 * A pair of the release whose sentences a person has dealt with: what the person made of them stays as it is,
 * whatever the aligner says now. *kept tells whether there is such. An intake that is forced brings the pair
 * of the very same sentences nevertheless.
 */
static ty_status keep_work(ty_intake *intake, const ty_provenance *provenance, bool *kept, ty_error *error)
{
    ty_ids units = {0};
    *kept = false;
    if (!provenance || !ty_intake_replaces(intake))
        return TY_OK;
    const ty_bead *bead = &provenance->bead;
    ty_row *row = ty_sql(
        intake->store, SQL_BEAD_OF_PERSON, error, "iiiiiiii", intake->origin, provenance->source_document,
        (int64_t)bead->source_start, (int64_t)bead->source_count, provenance->target_document,
        (int64_t)bead->target_start, (int64_t)bead->target_count, (int64_t)(intake->flags & TY_INTAKE_FORCE));
    ty_status status = ty_sql_list(intake->store, row, &units, error);
    *kept = units.count > 0;
    for (size_t i = 0; i < units.count && status == TY_OK; i++)
        status = keep_unit(intake, units.items[i], error);
    ty_vector_release(&units);
    return status;
}

ty_status ty_intake_unit(ty_intake *intake, const ty_unit *unit, const ty_provenance *provenance, int64_t *id,
                         ty_outcome *outcome, ty_error *error)
{
    bool kept = false;
    ty_status status = keep_work(intake, provenance, &kept, error);
    if (status == TY_OK && !kept)
        return ty_unit_is_label(unit) ? bring_label(intake, unit, provenance, id, outcome, error)
                                      : bring_unit(intake, unit, provenance, id, outcome, error);
    if (status != TY_OK)
        return status;
    ty_intake_count(intake, TY_UNCHANGED);
    intake->counts.kept++;
    if (id)
        *id = 0;
    if (outcome)
        *outcome = TY_UNCHANGED;
    return TY_OK;
}

ty_status ty_intake_bead(ty_intake *intake, const ty_provenance *provenance, ty_error *error)
{
    ty_status status = ty_writer_wait(intake->store, error);
    if (status == TY_OK)
        status = ty_intake_arrive(intake, error);
    return status == TY_OK ? ty_bead_put(intake->store, 0, intake->origin, provenance, error) : status;
}
