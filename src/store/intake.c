/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Intake: one origin is opened, its units come in (intake_units.c), and it is closed.
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

/* The name of what came with the same digest; TY_NO when there is none. */
static ty_status find_same(ty_intake *intake, ty_slice digest, ty_error *error)
{
    ty_row *row = ty_sql(intake->store, SQL_ORIGIN_OF_DIGEST, error, "o", digest);
    ty_status status = ty_sql_step(intake->store, row, error);
    if (status != TY_OK)
        return status;
    ty_buffer_clear(&intake->name);
    ty_buffer_add(&intake->name, ty_row_text(row, 1));
    ty_row_end(row);
    return TY_OK;
}

/* The first that no origin has. */
ty_status ty_intake_free_name(ty_intake *intake, ty_slice wish, ty_error *error)
{
    int64_t id;
    ty_status status;
    ty_buffer_clear(&intake->name);
    ty_buffer_add(&intake->name, wish);
    for (unsigned n = 2; (status = ty_sql_number(intake->store, SQL_ORIGIN_FIND, &id, error, "s",
                                                 ty_buffer_slice(&intake->name))) == TY_OK;
         n++) {
        ty_buffer_clear(&intake->name);
        ty_buffer_add(&intake->name, wish);
        ty_buffer_add_format(&intake->name, " (%u)", n);
    }
    return status == TY_NO ? TY_OK : status;
}

static ty_status choose_name(ty_intake *intake, const ty_origin *origin, ty_error *error)
{
    ty_status status = TY_OK;
    ty_buffer_clear(&intake->name);
    ty_buffer_add(&intake->name, origin->name);
    if (intake->flags & TY_INTAKE_APART) {
        status = intake->flags & TY_INTAKE_NEW ? TY_NO : find_same(intake, origin->digest, error);
        if (status == TY_NO)
            status = ty_intake_free_name(intake, origin->name, error);
    }
    return intake->name.failed ? ty_error_nomem(error) : status;
}

ty_slice ty_intake_name(const ty_intake *intake)
{
    return ty_buffer_slice(&intake->name);
}

int64_t ty_intake_origin(const ty_intake *intake)
{
    return intake->origin;
}

static ty_status row_of(ty_store *store, const ty_origin *origin, char now[17], ty_origin_row *out,
                        ty_error *error)
{
    *out = (ty_origin_row){.kind = origin->kind.data ? origin->kind : TY_SLICE(""),
                           .title = origin->title,
                           .date = origin->date,
                           .url = origin->url,
                           .digest = origin->digest,
                           .attributes = header_attributes(origin->header, &store->attributes),
                           .infos = header_infos(origin->header, &store->infos),
                           .at = ty_store_date(origin->imported_at, now)};
    if (origin->header)
        out->version = origin->header->version.data ? origin->header->version : TY_SLICE("");
    return store->attributes.failed || store->infos.failed ? ty_error_nomem(error) : TY_OK;
}

ty_status ty_intake_write_origin(ty_intake *intake, ty_sql_id how, const ty_origin_row *row, ty_error *error)
{
    const char *types = how == SQL_ORIGIN_ADD ? "ssoooossssi" : "ssoooosss";
    return ty_sql_run(intake->store, how, error, types, ty_intake_name(intake), row->kind, row->title,
                      row->date, row->url, row->digest, row->version, row->attributes, row->infos, row->at,
                      intake->origin);
}

static ty_status find_named(ty_intake *intake, const ty_origin *origin, ty_error *error)
{
    ty_status status = choose_name(intake, origin, error);
    return status == TY_OK ? ty_sql_number(intake->store, SQL_ORIGIN_FIND, &intake->origin, error, "s",
                                           ty_intake_name(intake))
                           : status;
}

/* Are there units without digests? Whoever enters those is alone. */
static ty_status lacks_digests(ty_store *store, bool *lacks, ty_error *error)
{
    int64_t any = 0;
    ty_status status = ty_sql_number(store, SQL_DIGEST_ANY, &any, error, "i", (int64_t)0);
    *lacks = status == TY_NO;
    if (*lacks) {
        status = ty_sql_number(store, SQL_UNIT_ANY, &any, error, "");
        *lacks = status == TY_OK;
    }
    return status == TY_NO ? TY_OK : status;
}

/* What is there already is changed by one at a time. */
static ty_status find_beside(ty_intake *intake, const ty_origin *origin, ty_error *error)
{
    bool lacks = false;
    ty_status status = find_named(intake, origin, error);
    if (status != TY_NO && status != TY_OK)
        return status;
    bool is_new = status == TY_NO;
    status = lacks_digests(intake->store, &lacks, error);
    if (status != TY_OK)
        return status;
    if (is_new && !lacks)
        return TY_NO;
    status = ty_intake_go_alone(intake, error);
    return status == TY_OK ? find_named(intake, origin, error) : status;
}

static ty_status find_origin(ty_intake *intake, const ty_origin *origin, ty_error *error)
{
    char now[17];
    ty_origin_row row;
    ty_store *store = intake->store;
    ty_status status = store->beside ? find_beside(intake, origin, error) : find_named(intake, origin, error);
    if (status != TY_OK && status != TY_NO)
        return status;
    ty_status written = row_of(store, origin, now, &row, error);
    if (written != TY_OK)
        return written;
    if (status == TY_OK)
        return ty_intake_write_origin(intake, SQL_ORIGIN_SET, &row, error);
    if (store->beside)
        return ty_intake_begin_beside(intake, &row, origin->name, error);
    intake->fresh = true;
    status = ty_number_take(store, "origin", 1, &intake->origin, error);
    return status == TY_OK ? ty_intake_write_origin(intake, SQL_ORIGIN_ADD, &row, error) : status;
}

/* A known origin that is replaced gets its places anew; else what it brings goes behind what it has. */
static ty_status find_places(ty_intake *intake, ty_error *error)
{
    ty_store *store = intake->store;
    ty_status status = TY_OK;
    if (intake->fresh)
        return TY_OK;
    if (intake->flags & TY_INTAKE_REPLACE) {
        status = ty_sql_run(store, SQL_BEAD_REMOVE_LONE, error, "ii", intake->origin,
                            (int64_t)(intake->flags & TY_INTAKE_FORCE));
        if (status == TY_OK)
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

bool ty_intake_spares(const ty_intake *intake)
{
    return intake->flags & (TY_INTAKE_SKIP_SIMILAR | TY_INTAKE_RENEW_SIMILAR);
}

bool ty_intake_replaces(const ty_intake *intake)
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
    intake->first_new = intake->next_unit; /* that was given */
    if (status == TY_OK && !intake->given.count)
        status = ty_number_take(store, "unit", 0, &intake->first_new, error);
    intake->next_unit = intake->first_new;
    if (status != TY_OK)
        return status;
    status = ty_number_take(store, "concept", 0, &intake->first_concept, error);
    if (status != TY_OK)
        return status;
    intake->next_concept = intake->first_concept;
    intake->taken = calloc((size_t)intake->first_new / 8 + 1, 1);
    intake->taken_concepts = calloc((size_t)intake->first_concept / 8 + 1, 1);
    if (!intake->taken || !intake->taken_concepts)
        return ty_error_nomem(error);
    return ty_intake_spares(intake) || ty_intake_replaces(intake)
               ? ty_similar_load(intake, ty_intake_spares(intake), error)
               : TY_OK;
}

/*
 * Foreign keys are not checked row by row when the transaction is the intake's own: every id it writes is
 * one it has just made or found (verify checks them all). That saves a sixth of the time.
 */
static ty_status start(ty_intake *intake, ty_error *error)
{
    ty_store *store = intake->store;
    bool beside = ty_intake_may_go_beside(intake);
    if (store->depth == 0 && !(intake->flags & TY_INTAKE_REPLACE))
        (void)ty_sql_set(store, TY_SQL_KEYS_TRUSTED, NULL);
    return beside ? ty_store_begin_beside(store, error) : ty_store_begin(store, error);
}

static void stop(ty_intake *intake, bool kept)
{
    ty_store *store = intake->store;
    ty_intake_leave_beside(intake, kept);
    if (store->depth == 0)
        (void)ty_sql_set(store, TY_SQL_KEYS_CHECKED, NULL);
    ty_arena_release(&intake->arena);
    ty_buffer_release(&intake->name);
    ty_buffer_release(&intake->other);
    ty_similar_release(&intake->similar);
    ty_known_release(&intake->known);
    ty_vector_release(&intake->documents);
    ty_vector_release(&intake->labels);
    free(intake->taken);
    free(intake->taken_concepts);
    free(intake);
}

/* Whoever gave it its names, a person, a file or a document: all files and pages can hold them. */
static ty_origin plain_origin(ty_intake *intake, const ty_origin *origin)
{
    ty_origin plain = *origin;
    plain.name = ty_arena_plain_line(&intake->own, origin->name);
    plain.title = ty_arena_plain_line(&intake->own, origin->title);
    plain.date = ty_arena_plain_line(&intake->own, origin->date);
    plain.url = ty_arena_plain_line(&intake->own, origin->url);
    if (!plain.name.size)
        plain.name = TY_SLICE("unnamed");
    return plain;
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
    ty_origin plain = plain_origin(intake, origin);
    ty_status status = intake->own.failed ? ty_error_nomem(error) : start(intake, error);
    if (status != TY_OK) {
        stop(intake, false);
        return status;
    }
    status = find_origin(intake, &plain, error);
    if (status == TY_OK)
        ty_step_name(store, "import", ty_intake_name(intake), intake->origin, &intake->edit);
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
        return ty_unit_remove(store, unit, NULL, false, error);
    status = ty_sql_run(store, SQL_BEAD_REMOVE, error, "ii", unit, intake->origin);
    if (status != TY_OK)
        return status;
    return ty_sql_run(store, SQL_LINK_REMOVE, error, "ii", intake->origin, place);
}

/* What a replaced origin no longer has: what a person has dealt with stays, behind the new ones. */
static ty_status clear_aside(ty_intake *intake, ty_error *error)
{
    ty_store *store = intake->store;
    ty_status status;
    ty_row *row;
    while (row = ty_sql(store, SQL_LINK_ASIDE, error, "i", intake->origin),
           (status = ty_sql_step(store, row, error)) == TY_OK) {
        int64_t place = ty_row_int(row, 0), unit = ty_row_int(row, 1);
        bool of_person = ty_row_int(row, 2) != 0;
        ty_row_end(row);
        status = of_person ? ty_intake_put_link(intake, unit, true, place, error)
                           : leave(intake, unit, place, error);
        if (status == TY_OK)
            status = ty_pending_flush(store, error);
        if (status != TY_OK)
            return status;
    }
    return status == TY_NO ? TY_OK : status;
}

/* Numbers were given out as if nobody else could: nobody can, within this transaction. */
static ty_status keep_numbers(ty_intake *intake, ty_error *error)
{
    int64_t first;
    ty_status status =
        intake->given.count
            ? ty_intake_keep_given(intake, error)
            : ty_number_take(intake->store, "unit", intake->next_unit - intake->first_new, &first, error);
    if (status != TY_OK)
        return status;
    return ty_number_take(intake->store, "concept", intake->next_concept - intake->first_concept, &first,
                          error);
}

static ty_status finish(ty_intake *intake, ty_error *error)
{
    char now[17];
    ty_store *store = intake->store;
    ty_status status = ty_intake_arrive(intake, error);
    if (status == TY_OK)
        status = ty_pending_flush(store, error);
    if (status == TY_OK && ty_intake_replaces(intake)) {
        status = clear_aside(intake, error);
        if (status == TY_OK)
            status = ty_intake_clear_concepts(intake, error);
        if (status == TY_OK)
            status = ty_intake_clear_documents(intake, error);
    }
    if (status == TY_OK && intake->flags & TY_INTAKE_RETIRE)
        status = ty_intake_retire_concepts(intake, error);
    if (status == TY_OK && intake->documents.count >= 2)
        status = ty_beads_renew(store, intake->origin, intake->documents.items[0], intake->documents.items[1],
                                error);
    if (status == TY_OK && intake->given.count)
        status = ty_intake_load_given(intake, error);
    else if (status == TY_OK && intake->next_unit > intake->first_new)
        status = ty_sql_run(store, SQL_DIGEST_LOAD, error, "i", intake->first_new);
    if (status == TY_OK)
        status = keep_numbers(intake, error);
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
    stop(intake, status == TY_OK);
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
    stop(intake, false);
}
