/* SPDX-License-Identifier: Apache-2.0 */
/* Concepts as rows, and the digest that tells whether two are the same. */
#include "store/concepts.h"

/* ------------------------------------------------------------------------------------------ digest */

/* Dozens a concept: printf would be a tenth of the time that a glossary takes. */
static void add_number(ty_buffer *out, size_t number)
{
    char digits[24];
    size_t at = sizeof digits;
    do
        digits[--at] = (char)('0' + number % 10);
    while (number /= 10);
    ty_buffer_add(out, (ty_slice){digits + at, sizeof digits - at});
}

static void add_field(ty_buffer *out, ty_slice text)
{
    add_number(out, text.size);
    ty_buffer_add_char(out, ':');
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
void ty_concept_canonical(const ty_concept *concept, ty_buffer *out)
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

ty_status ty_concept_write(ty_store *store, ty_sql_id how, int64_t id, const ty_concept *concept,
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

ty_status ty_concept_read(ty_store *store, int64_t id, ty_arena *arena, ty_stored_concept *out,
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
    out->digest = (uint64_t)ty_row_int(row, 6);
    out->went_to = text_or_empty(row, 7, arena);
    out->edited = !ty_row_is_null(row, 8);
    out->brought = out->edited ? (uint64_t)ty_row_int(row, 8) : out->digest;
    ty_row_end(row);
    return status == TY_OK ? read_terms(store, id, arena, concept, error) : status;
}

ty_status ty_concept_note(ty_store *store, int64_t id, ty_slice went_to, uint64_t brought, ty_error *error)
{
    ty_slice gone = went_to.size ? went_to : (ty_slice){0};
    return ty_sql_run(store, SQL_CONCEPT_NOTE, error, "iok", id, gone, (int64_t)brought);
}
