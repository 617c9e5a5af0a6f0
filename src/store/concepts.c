/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The termbase: concepts come in by the same rules as units, and are walked by origin.
 */
#include "store/intake.h"

#include <stdlib.h>

/* ------------------------------------------------------------------------------------------ digest */

static void add_field(ty_buffer *out, ty_slice text)
{
    ty_buffer_add_format(out, "%zu:", text.size);
    ty_buffer_add(out, text);
}

static void add_infos(ty_buffer *out, ty_infos infos)
{
    ty_buffer json = {0};
    ty_infos_to_json(infos, &json);
    add_field(out, ty_buffer_slice(&json));
    out->failed |= json.failed;
    ty_buffer_release(&json);
}

static void canonical_term(const ty_term *term, ty_buffer *out)
{
    const ty_slice fields[] = {
        term->lang,           term->text,         ty_slice_of(ty_term_status_name(term->status)),
        term->part_of_speech, term->organisation, term->note,
        term->source};
    for (size_t i = 0; i < sizeof fields / sizeof *fields; i++)
        add_field(out, fields[i]);
    add_infos(out, term->infos);
}

/* Every field with its length before it: equal bytes for equal concepts only. */
static void canonical_concept(const ty_concept *concept, ty_buffer *out)
{
    const ty_slice fields[] = {concept->id, concept->subject, concept->definition, concept->note,
                               concept->source};
    for (size_t i = 0; i < sizeof fields / sizeof *fields; i++)
        add_field(out, fields[i]);
    add_infos(out, concept->infos);
    for (size_t i = 0; i < concept->term_count; i++)
        canonical_term(&concept->terms[i], out);
}

/* ------------------------------------------------------------------------------------------ rows */

static ty_slice infos_json(ty_infos infos, ty_buffer *json)
{
    ty_buffer_clear(json);
    if (!infos.count)
        return (ty_slice){0};
    ty_infos_to_json(infos, json);
    return ty_buffer_slice(json);
}

static ty_status write_term(ty_store *store, int64_t id, size_t position, const ty_term *term,
                            ty_error *error)
{
    ty_slice infos = infos_json(term->infos, &store->infos);
    if (store->infos.failed)
        return ty_error_nomem(error);
    return ty_sql_run(store, SQL_TERM_ADD, error, "iissoooooo", id, (int64_t)position,
                      term->lang.data ? term->lang : TY_SLICE(""),
                      term->text.data ? term->text : TY_SLICE(""),
                      ty_slice_of(ty_term_status_name(term->status)), term->part_of_speech,
                      term->organisation, term->note, term->source, infos);
}

static ty_status write_concept(ty_store *store, ty_sql_id how, int64_t id, const ty_concept *concept,
                               uint64_t digest, ty_error *error)
{
    ty_slice infos = infos_json(concept->infos, &store->infos);
    if (store->infos.failed)
        return ty_error_nomem(error);
    ty_status status =
        ty_sql_run(store, how, error, "iooooooi", id, concept->id, concept->subject, concept->definition,
                   concept->note, concept->source, infos, (int64_t)digest);
    if (status == TY_OK && how == SQL_CONCEPT_SET)
        status = ty_sql_run(store, SQL_TERM_REMOVE, error, "i", id);
    for (size_t i = 0; i < concept->term_count && status == TY_OK; i++)
        status = write_term(store, id, i, &concept->terms[i], error);
    return status;
}

static ty_slice text_or_empty(ty_row *row, int column, ty_arena *arena)
{
    ty_slice text = ty_row_copy(row, column, arena);
    return text.data ? text : TY_SLICE("");
}

static ty_status read_infos(ty_row *row, int column, ty_arena *arena, ty_infos *out, ty_error *error)
{
    ty_slice json = ty_row_text(row, column);
    return json.data ? ty_infos_from_json(json, arena, out, error) : TY_OK;
}

static ty_status read_term(ty_row *row, ty_arena *arena, ty_term *out, ty_error *error)
{
    ty_slice status = ty_row_text(row, 3);
    *out = (ty_term){.lang = text_or_empty(row, 1, arena),
                     .text = text_or_empty(row, 2, arena),
                     .status = status.size ? ty_term_status_of(status) : TY_TERM_UNKNOWN,
                     .part_of_speech = text_or_empty(row, 4, arena),
                     .organisation = text_or_empty(row, 5, arena),
                     .note = text_or_empty(row, 6, arena),
                     .source = text_or_empty(row, 7, arena)};
    return read_infos(row, 8, arena, &out->infos, error);
}

static ty_status read_terms(ty_store *store, int64_t id, ty_arena *arena, ty_concept *out, ty_error *error)
{
    ty_status status;
    TY_VECTOR(ty_term) terms = {0};
    ty_row *row = ty_sql(store, SQL_TERM_LIST, error, "i", id);
    while ((status = ty_sql_step(store, row, error)) == TY_OK) {
        ty_term term;
        status = read_term(row, arena, &term, error);
        if (status == TY_OK && !ty_vector_push(&terms, term))
            status = ty_error_nomem(error);
        if (status != TY_OK)
            break;
    }
    if (row)
        ty_row_end(row);
    if (status == TY_NO) {
        out->terms = ty_arena_array(arena, terms.count, sizeof *out->terms);
        if (terms.count && out->terms)
            memcpy(out->terms, terms.items, terms.count * sizeof *out->terms);
        out->term_count = terms.count;
        status = arena->failed ? ty_error_nomem(error) : TY_OK;
    }
    ty_vector_release(&terms);
    return status;
}

static ty_status read_concept(ty_store *store, int64_t id, ty_arena *arena, ty_stored_concept *out,
                              ty_error *error)
{
    *out = (ty_stored_concept){.id = id};
    ty_concept *concept = &out->concept;
    ty_row *row = ty_sql(store, SQL_CONCEPT_GET, error, "i", id);
    ty_status status = ty_sql_step(store, row, error);
    if (status != TY_OK)
        return status;
    ty_slice *const texts[] = {&concept->id, &concept->subject, &concept->definition, &concept->note,
                               &concept->source};
    for (int i = 0; i < 5; i++)
        *texts[i] = text_or_empty(row, i, arena);
    status = read_infos(row, 5, arena, &concept->infos, error);
    ty_row_end(row);
    return status == TY_OK ? read_terms(store, id, arena, concept, error) : status;
}

/* ------------------------------------------------------------------------------------------ intake */

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
    ty_status status = read_concept(intake->store, id, &intake->arena, &stored, error);
    if (status != TY_OK)
        return status;
    canonical_concept(&stored.concept, &intake->other);
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

static ty_status put_place(ty_intake *intake, int64_t id, ty_error *error)
{
    bool linked;
    int64_t place;
    ty_status status = find_place(intake, id, &linked, &place, error);
    if (status != TY_OK || (linked && place >= 0))
        return status;
    if (linked)
        status = ty_sql_run(intake->store, SQL_CONCEPT_LINK_REMOVE, error, "ii", intake->origin, place);
    if (status != TY_OK)
        return status;
    return ty_sql_run(intake->store, SQL_CONCEPT_LINK_ADD, error, "iii", intake->origin,
                      intake->concept_place++, id);
}

static ty_status make(ty_intake *intake, const ty_concept *concept, uint64_t digest, int64_t *id,
                      ty_error *error)
{
    *id = intake->next_concept++;
    ty_status status = write_concept(intake->store, SQL_CONCEPT_ADD, *id, concept, digest, error);
    return status == TY_OK ? put_place(intake, *id, error) : status;
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
        status = write_concept(store, SQL_CONCEPT_SET, *id, concept, digest, error);
        return status == TY_OK ? put_place(intake, *id, error) : status;
    }
    if (status == TY_OK)
        status = find_place(intake, *id, &linked, &place, error);
    if (status == TY_OK && linked)
        status = ty_sql_run(store, SQL_CONCEPT_LINK_REMOVE, error, "ii", intake->origin, place);
    return status == TY_OK ? make(intake, concept, digest, id, error) : status;
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
    *outcome = *id ? TY_UPDATED : TY_CREATED;
    return *id ? renew(intake, concept, digest, id, error) : make(intake, concept, digest, id, error);
}

ty_status ty_intake_concept(ty_intake *intake, const ty_concept *concept, int64_t *id, ty_outcome *outcome,
                            ty_error *error)
{
    int64_t placed = 0;
    ty_outcome what;
    ty_buffer *canonical = &intake->store->canonical;
    ty_buffer_clear(canonical);
    canonical_concept(concept, canonical);
    if (canonical->failed)
        return ty_error_nomem(error);
    uint64_t digest = ty_hash(ty_buffer_slice(canonical), 0);
    ty_status status = ty_writer_wait(intake->store, error);
    if (status == TY_OK)
        status = place_concept(intake, concept, digest, &placed, &what, error);
    if (status != TY_OK)
        return status;
    if (placed < intake->first_concept)
        intake->taken_concepts[placed >> 3] |= (unsigned char)(1 << (placed & 7));
    ty_intake_count(intake, what);
    if (what != TY_UNCHANGED)
        intake->concepts_changed = true;
    if (id)
        *id = placed;
    if (outcome)
        *outcome = what;
    return TY_OK;
}

ty_status ty_concept_rewrite(ty_store *store, int64_t id, const ty_concept *concept, ty_error *error)
{
    ty_buffer *canonical = &store->canonical;
    ty_buffer_clear(canonical);
    canonical_concept(concept, canonical);
    if (canonical->failed)
        return ty_error_nomem(error);
    return write_concept(store, SQL_CONCEPT_SET, id, concept, ty_hash(ty_buffer_slice(canonical), 0), error);
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

/* ------------------------------------------------------------------------------------------ walking */

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
            status = read_concept(concepts->store, id, &concepts->scratch, out, error);
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
    ty_status status = read_concept(store, id, arena, out, error);
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
