/*
 * Intake: one origin's units come in, the n-th of a kind meets the n-th of its kind in the memory.
 *
 * New units get ids above `first_new`; their digests are entered in one sorted sweep at the end, which is
 * several times faster than one by one and also keeps units of the same intake from meeting each other.
 */
#include "store/intake.h"

#include <stdlib.h>

/* ------------------------------------------------------------------------------------------ open */

static ty_slice header_attributes(const ty_header *header, ty_buffer *json)
{
    ty_buffer_clear(json);
    if (!header || !header->attributes.count)
        return (ty_slice){0};
    ty_attributes_to_json(header->attributes, json);
    return ty_buffer_slice(json);
}

static ty_slice header_infos(const ty_header *header, ty_buffer *json)
{
    ty_buffer_clear(json);
    if (!header || !header->infos.count)
        return (ty_slice){0};
    ty_infos_to_json(header->infos, json);
    return ty_buffer_slice(json);
}

static ty_status write_origin(ty_intake *intake, ty_sql_id how, const ty_origin *origin, ty_error *error)
{
    ty_store *store = intake->store;
    char now[17];
    ty_slice version = {0}, date = ty_store_date(origin->imported_at, now);
    ty_slice attributes = header_attributes(origin->header, &store->attributes);
    ty_slice infos = header_infos(origin->header, &store->infos);
    if (store->attributes.failed || store->infos.failed)
        return ty_error_nomem(error);
    if (origin->header)
        version = origin->header->version.data ? origin->header->version : TY_SLICE("");
    const char *types = how == SQL_ORIGIN_ADD ? "ssoooossss" : "ssoooosss";
    return ty_sql_run(store, how, error, types, origin->name, origin->kind.data ? origin->kind : TY_SLICE(""),
                      origin->title, origin->date, origin->url, origin->digest, version, attributes, infos,
                      date);
}

static ty_status find_origin(ty_intake *intake, const ty_origin *origin, ty_error *error)
{
    ty_store *store = intake->store;
    ty_status status = ty_sql_number(store, SQL_ORIGIN_FIND, &intake->origin, error, "s", origin->name);
    if (status == TY_OK)
        return write_origin(intake, SQL_ORIGIN_SET, origin, error);
    if (status != TY_NO)
        return status;
    intake->fresh = true;
    status = write_origin(intake, SQL_ORIGIN_ADD, origin, error);
    intake->origin = sqlite3_last_insert_rowid(store->db);
    return status;
}

/* A known origin that is replaced gets its places anew; else what it brings goes behind what it has. */
static ty_status find_places(ty_intake *intake, ty_error *error)
{
    ty_store *store = intake->store;
    ty_status status = TY_OK;
    if (intake->fresh)
        return TY_OK;
    if (intake->flags & TY_INTAKE_REPLACE) {
        status = ty_sql_run(store, SQL_LINK_SET_ASIDE, error, "i", intake->origin);
        if (status != TY_OK)
            return status;
        return ty_sql_run(store, SQL_CONCEPT_LINK_SET_ASIDE, error, "i", intake->origin);
    }
    status = ty_sql_number(store, SQL_LINK_END, &intake->place, error, "i", intake->origin);
    if (status != TY_OK)
        return status;
    return ty_sql_number(store, SQL_CONCEPT_LINK_END, &intake->concept_place, error, "i", intake->origin);
}

/* Are near-duplicates to be left out, or to take the place of what is there? */
static bool spares(const ty_intake *intake)
{
    return intake->flags & (TY_INTAKE_SKIP_SIMILAR | TY_INTAKE_RENEW_SIMILAR);
}

/* Does this take the place of what the origin had? */
static bool replaces(const ty_intake *intake)
{
    return !intake->fresh && intake->flags & TY_INTAKE_REPLACE;
}

/* Does the statement give a row? */
static ty_status ask(ty_store *store, ty_sql_id id, bool *yes, ty_error *error, int64_t origin)
{
    int64_t any;
    ty_status status = ty_sql_number(store, id, &any, error, "i", origin);
    *yes = status == TY_OK;
    return status == TY_NO ? TY_OK : status;
}

/* Digests are derived: whoever emptied their table gets them back here. */
static ty_status find_digests(ty_intake *intake, ty_error *error)
{
    ty_store *store = intake->store;
    ty_status status = ask(store, SQL_DIGEST_ANY, &intake->meets, error, 0);
    if (status != TY_OK || intake->meets)
        return status;
    status = ty_sql_run(store, SQL_DIGEST_LOAD, error, "i", (int64_t)0);
    return status == TY_OK ? ask(store, SQL_DIGEST_ANY, &intake->meets, error, 0) : status;
}

static ty_status find_known(ty_intake *intake, ty_error *error)
{
    ty_store *store = intake->store;
    ty_status status = find_digests(intake, error);
    if (status == TY_OK && !(intake->flags & TY_INTAKE_FORCE))
        status = ask(store, SQL_WITHHELD_ANY, &intake->withholds, error, intake->origin);
    if (status == TY_OK)
        status = ty_sql_number(store, SQL_UNIT_NEXT_ID, &intake->first_new, error, "");
    intake->next_unit = intake->first_new;
    if (status != TY_OK)
        return status;
    status = ty_sql_number(store, SQL_CONCEPT_NEXT_ID, &intake->first_concept, error, "");
    if (status != TY_OK)
        return status;
    intake->next_concept = intake->first_concept;
    intake->taken = calloc((size_t)intake->first_new / 8 + 1, 1);
    intake->taken_concepts = calloc((size_t)intake->first_concept / 8 + 1, 1);
    if (!intake->taken || !intake->taken_concepts)
        return ty_error_nomem(error);
    return spares(intake) || replaces(intake) ? ty_similar_load(intake, spares(intake), error) : TY_OK;
}

/*
 * Foreign keys are not checked row by row when the transaction is the intake's own: every id it writes is
 * one it has just made or found (verify checks them all). That saves a sixth of the time.
 */
static ty_status start(ty_intake *intake, ty_error *error)
{
    ty_store *store = intake->store;
    if (store->depth == 0 && !(intake->flags & TY_INTAKE_REPLACE))
        sqlite3_exec(store->db, "PRAGMA foreign_keys = OFF", NULL, NULL, NULL);
    return ty_store_begin(store, error);
}

static void stop(ty_intake *intake)
{
    ty_store *store = intake->store;
    if (store->depth == 0)
        sqlite3_exec(store->db, "PRAGMA foreign_keys = ON", NULL, NULL, NULL);
    ty_arena_release(&intake->arena);
    ty_buffer_release(&intake->other);
    ty_similar_release(&intake->similar);
    ty_vector_release(&intake->documents);
    free(intake->taken);
    free(intake->taken_concepts);
    free(intake);
}

ty_status ty_intake_open(ty_store *store, const ty_origin *origin, unsigned flags, ty_intake **out,
                         ty_error *error)
{
    *out = NULL;
    if (!origin->name.size)
        return ty_error_set(error, TY_ERR_USAGE, "an origin needs a name");
    ty_intake *intake = calloc(1, sizeof *intake);
    if (!intake)
        return ty_error_nomem(error);
    *intake = (ty_intake){.store = store, .flags = flags};
    ty_status status = start(intake, error);
    if (status != TY_OK) {
        stop(intake);
        return status;
    }
    status = find_origin(intake, origin, error);
    if (status == TY_OK)
        status = find_places(intake, error);
    if (status == TY_OK)
        status = find_known(intake, error);
    if (status == TY_OK)
        *out = intake;
    else
        ty_intake_rollback(intake, NULL);
    return status;
}

/* ------------------------------------------------------------------------------------------ units */

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
    ty_status status = ty_unit_read(intake->store, id, &intake->arena, &stored, error);
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
    *linked = false;
    if (intake->fresh)
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

/* The first unit of this digest that is not taken yet, or 0. */
static ty_status meet(ty_intake *intake, ty_among among, uint64_t digest, int64_t *found, ty_error *error)
{
    static const ty_sql_id searches[] = {SQL_DIGEST_LINKED, SQL_WITHHELD_FIND, SQL_DIGEST_FIND};
    int64_t *passed = how_far(intake, digest, among);
    bool all_taken = true;
    ty_status status;
    *found = 0;
    sqlite3_stmt *row =
        ty_sql(intake->store, searches[among], error, "iii", (int64_t)digest, intake->origin, *passed);
    while ((status = ty_sql_step(intake->store, row, error)) == TY_OK) {
        int64_t unit = sqlite3_column_int64(row, 0);
        bool same = among == TY_AMONG_WITHHELD;
        if (is_taken(intake, unit)) {
            if (all_taken)
                *passed = unit;
            continue;
        }
        all_taken = false;
        if (!same)
            status = is_same(intake, unit, &same, error);
        if (status == TY_OK && same)
            *found = unit;
        if (status != TY_OK || same)
            break;
    }
    if (row)
        sqlite3_reset(row);
    if (status == TY_NO && all_taken)
        *passed = INT64_MAX;
    return status == TY_NO ? TY_OK : status;
}

/* Gives the unit its place: a new one, the one it has, or, while replacing, the next one. */
static ty_status put_link(ty_intake *intake, int64_t unit, bool linked, int64_t place, ty_error *error)
{
    ty_store *store = intake->store;
    if (linked && place >= 0)
        return TY_OK;
    if (linked) {
        ty_status status = ty_sql_run(store, SQL_LINK_REMOVE, error, "ii", intake->origin, place);
        if (status != TY_OK)
            return status;
    }
    return ty_pending_link(store, intake->origin, intake->place++, unit, error);
}

static ty_status same_bead(ty_intake *intake, int64_t unit, const ty_provenance *provenance, bool *same,
                           ty_error *error)
{
    ty_provenance old;
    *same = false;
    sqlite3_stmt *row = ty_sql(intake->store, SQL_BEAD_GET, error, "ii", unit, intake->origin);
    ty_status status = ty_sql_step(intake->store, row, error);
    if (status != TY_OK)
        return status == TY_NO ? TY_OK : status;
    status = ty_provenance_read_row(row, &intake->arena, &old);
    sqlite3_reset(row);
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
    char now[17];
    bool same = false;
    const ty_bead *bead = &provenance->bead;
    ty_status status = TY_OK;
    if (!is_new)
        status = same_bead(intake, unit, provenance, &same, error);
    if (status != TY_OK || same)
        return status;
    *changed = !is_new;
    status = ty_pending_flush(intake->store, error); /* the bead refers to the unit */
    if (status != TY_OK)
        return status;
    return ty_sql_run(intake->store, SQL_BEAD_SET, error, "iiiiiiiidso", unit, intake->origin,
                      provenance->source_document, (int64_t)bead->source_start, (int64_t)bead->source_count,
                      provenance->target_document, (int64_t)bead->target_start, (int64_t)bead->target_count,
                      (double)bead->confidence, ty_store_date(provenance->aligned_at, now), provenance->tool);
}

/* More units than this are written by a thread of their own, if none of them needs a look into the memory. */
#define WORTH_A_THREAD 2000

static ty_status make_unit(ty_intake *intake, const ty_unit *unit, uint64_t digest, int64_t *id,
                           ty_error *error)
{
    *id = intake->next_unit++;
    if (*id - intake->first_new == WORTH_A_THREAD && !intake->meets && intake->fresh)
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
    return ty_unit_overwrite(intake->store, *id, unit, digest, state, TY_WHAT_REPLACE, NULL, error);
}

/* The unit is new, but its texts are not: *id is the unit that keeps them, 0 where there is none. */
static ty_status meet_similar(ty_intake *intake, const ty_unit *unit, uint64_t digest, int64_t *id,
                              ty_outcome *outcome, ty_error *error)
{
    ty_slice state;
    ty_status status = ty_similar_find(intake, unit, id, &state, error);
    if (status != TY_OK || !*id)
        return status;
    if (!spares(intake))
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
    return ty_unit_overwrite(intake->store, *id, unit, digest, TY_SLICE(""), TY_WHAT_REPLACE, NULL, error);
}

static ty_status new_unit(ty_intake *intake, const ty_unit *unit, uint64_t digest, int64_t *id,
                          ty_outcome *outcome, ty_error *error)
{
    ty_status status = TY_OK;
    *outcome = TY_CREATED;
    if (spares(intake) || replaces(intake))
        status = meet_similar(intake, unit, digest, id, outcome, error);
    if (status != TY_OK || *id)
        return status;
    status = make_unit(intake, unit, digest, id, error);
    return status == TY_OK && spares(intake) ? ty_similar_note(intake, unit, *id, error) : status;
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
    if (kept)
        intake->counts.kept++;
    bool skipped = !known && *outcome == TY_UNCHANGED;
    if ((kept || skipped) && !linked) {
        *id = 0; /* it is gone, no longer of this origin, or spared */
        return TY_OK;
    }
    return skipped ? TY_OK : put_link(intake, *id, linked, place, error);
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

ty_status ty_intake_unit(ty_intake *intake, const ty_unit *unit, const ty_provenance *provenance, int64_t *id,
                         ty_outcome *outcome, ty_error *error)
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

/* ------------------------------------------------------------------------------------------ close */

/* A pair that left the origin goes, unless another origin has it. */
static ty_status leave(ty_intake *intake, int64_t unit, int64_t place, ty_error *error)
{
    int64_t links = 0;
    ty_store *store = intake->store;
    ty_status status = ty_sql_number(store, SQL_LINK_COUNT, &links, error, "i", unit);
    intake->counts.removed++;
    intake->units_changed = true;
    if (status != TY_OK)
        return status;
    if (links <= 1)
        return ty_unit_remove(store, unit, TY_WHAT_REPLACE, NULL, false, error);
    status = ty_sql_run(store, SQL_BEAD_REMOVE, error, "ii", unit, intake->origin);
    if (status != TY_OK)
        return status;
    return ty_sql_run(store, SQL_LINK_REMOVE, error, "ii", intake->origin, place);
}

/* What a replaced origin no longer has: confirmed pairs stay, behind the new ones. */
static ty_status clear_aside(ty_intake *intake, ty_error *error)
{
    ty_store *store = intake->store;
    ty_status status;
    sqlite3_stmt *row;
    while (row = ty_sql(store, SQL_LINK_ASIDE, error, "i", intake->origin),
           (status = ty_sql_step(store, row, error)) == TY_OK) {
        int64_t place = sqlite3_column_int64(row, 0), unit = sqlite3_column_int64(row, 1);
        bool confirmed = ty_slice_equal(ty_sql_text(row, 2), TY_SLICE("confirmed"));
        sqlite3_reset(row);
        status = confirmed ? put_link(intake, unit, true, place, error) : leave(intake, unit, place, error);
        if (status == TY_OK)
            status = ty_pending_flush(store, error);
        if (status != TY_OK)
            return status;
    }
    return status == TY_NO ? TY_OK : status;
}

static ty_status finish(ty_intake *intake, ty_error *error)
{
    char now[17];
    ty_store *store = intake->store;
    ty_status status = ty_pending_flush(store, error);
    if (status == TY_OK && replaces(intake)) {
        status = clear_aside(intake, error);
        if (status == TY_OK)
            status = ty_intake_clear_concepts(intake, error);
        if (status == TY_OK)
            status = ty_intake_clear_documents(intake, error);
    }
    if (status == TY_OK && intake->next_unit > intake->first_new)
        status = ty_sql_run(store, SQL_DIGEST_LOAD, error, "i", intake->first_new);
    if (status == TY_OK && intake->units_changed)
        status = ty_generation_grow(store, TY_GENERATION_UNITS, error);
    if (status == TY_OK && intake->concepts_changed)
        status = ty_generation_grow(store, TY_GENERATION_CONCEPTS, error);
    if (status == TY_OK && (intake->units_changed || intake->concepts_changed || intake->documents_changed))
        status = ty_sql_run(store, SQL_ORIGIN_TOUCH, error, "isi", intake->origin, ty_store_now(now),
                            (int64_t)(intake->counts.created + intake->counts.updated));
    return status;
}

ty_status ty_intake_commit(ty_intake *intake, ty_intake_counts *counts, ty_error *error)
{
    ty_status status = finish(intake, error);
    ty_writer_stop(intake->store);
    if (counts)
        *counts = intake->counts;
    if (status == TY_OK)
        status = ty_store_commit(intake->store, error);
    else
        ty_store_rollback(intake->store);
    stop(intake);
    return status;
}

void ty_intake_rollback(ty_intake *intake, ty_intake_counts *counts)
{
    if (!intake)
        return;
    if (counts)
        *counts = intake->counts;
    ty_writer_stop(intake->store);
    ty_store_rollback(intake->store);
    stop(intake);
}
