/* SPDX-License-Identifier: Apache-2.0 */
/*
 * One unit: where it comes from, what stands around it, what changed since.
 */
#include "store/internal.h"

#include "text/text.h"

ty_status ty_unit_read_bead(ty_store *store, ty_arena *arena, ty_stored_unit *unit, ty_error *error)
{
    ty_row *row = ty_sql(store, SQL_BEAD_GET, error, "ii", unit->id, unit->origin);
    ty_status status = ty_sql_step(store, row, error);
    if (status != TY_OK)
        return status == TY_NO ? TY_OK : status;
    unit->aligned = true;
    status = ty_provenance_read_row(row, arena, &unit->provenance);
    unit->who = ty_row_copy(row, 9, arena);
    unit->at = ty_row_copy(row, 10, arena);
    ty_row_end(row);
    return status == TY_OK && !arena->failed ? TY_OK : ty_error_nomem(error);
}

static ty_status read_origin(ty_store *store, ty_arena *arena, ty_stored_unit *unit, ty_error *error)
{
    ty_row *row = ty_sql(store, SQL_LINK_FIRST, error, "i", unit->id);
    ty_status status = ty_sql_step(store, row, error);
    if (status != TY_OK)
        return status == TY_NO ? TY_OK : status;
    unit->origin = ty_row_int(row, 0);
    unit->position = (uint64_t)ty_row_int(row, 1);
    unit->origin_name = ty_row_copy(row, 2, arena);
    unit->origin_kind = ty_row_copy(row, 3, arena);
    unit->origin_date = ty_row_copy(row, 4, arena);
    unit->origin_imported_at = ty_row_copy(row, 5, arena);
    unit->origin_title = ty_row_copy(row, 6, arena);
    unit->origin_url = ty_row_copy(row, 7, arena);
    ty_row_end(row);
    return ty_unit_read_bead(store, arena, unit, error);
}

ty_status ty_store_unit_alone(ty_store *store, int64_t id, ty_arena *arena, ty_stored_unit *out,
                              ty_error *error)
{
    ty_status status = ty_unit_read(store, id, arena, out, error);
    return status == TY_OK && arena->failed ? ty_error_nomem(error) : status;
}

ty_status ty_store_unit(ty_store *store, int64_t id, ty_arena *arena, ty_stored_unit *out, ty_error *error)
{
    ty_status status = ty_unit_read(store, id, arena, out, error);
    if (status == TY_OK)
        status = read_origin(store, arena, out, error);
    return status == TY_OK && arena->failed ? ty_error_nomem(error) : status;
}

ty_status ty_store_unit_is_of(ty_store *store, int64_t id, ty_slice pattern, bool *out, ty_error *error)
{
    ty_status status = TY_OK;
    ty_row *row = ty_sql(store, SQL_LINK_NAMES, error, "i", id);
    *out = false;
    while (!*out && (status = ty_sql_step(store, row, error)) == TY_OK)
        *out = ty_store_glob(pattern, ty_row_text(row, 0));
    if (*out)
        ty_row_end(row);
    return status == TY_NO ? TY_OK : status;
}

/* ------------------------------------------------------------------------------------------ neighbours */

static ty_status sentence_at(ty_store *store, int64_t document, int64_t number, ty_arena *arena,
                             ty_slice *out, ty_error *error)
{
    ty_row *row = ty_sql(store, SQL_SENTENCE_TEXT, error, "ii", document, number);
    ty_status status = ty_sql_step(store, row, error);
    if (status != TY_OK)
        return status == TY_NO ? TY_OK : status;
    *out = ty_row_copy(row, 0, arena);
    ty_row_end(row);
    return TY_OK;
}

static ty_status sentences_around(ty_store *store, int64_t document, uint32_t start, uint32_t count,
                                  ty_arena *arena, ty_slice *before, ty_slice *after, ty_error *error)
{
    ty_status status = sentence_at(store, document, (int64_t)start - 1, arena, before, error);
    if (status != TY_OK)
        return status;
    return sentence_at(store, document, (int64_t)start + count, arena, after, error);
}

/* The first text of the unit in each language. */
static ty_status texts_of(ty_store *store, int64_t unit, ty_slice source, ty_slice target, ty_arena *arena,
                          ty_slice *source_text, ty_slice *target_text, ty_error *error)
{
    ty_status status;
    ty_row *row = ty_sql(store, SQL_VARIANT_LIST, error, "i", unit);
    while ((status = ty_sql_step(store, row, error)) == TY_OK) {
        ty_slice lang = ty_row_text(row, 1);
        if (!source_text->data && ty_lang_matches(source, lang))
            *source_text = ty_row_copy(row, 2, arena);
        else if (!target_text->data && ty_lang_matches(target, lang))
            *target_text = ty_row_copy(row, 2, arena);
    }
    return status == TY_NO ? TY_OK : status;
}

static ty_status unit_around(ty_store *store, ty_sql_id which, const ty_stored_unit *unit, ty_slice source,
                             ty_slice target, ty_arena *arena, ty_slice *source_text, ty_slice *target_text,
                             ty_error *error)
{
    int64_t id;
    ty_status status = ty_sql_number(store, which, &id, error, "ii", unit->origin, (int64_t)unit->position);
    if (status != TY_OK)
        return status == TY_NO ? TY_OK : status;
    return texts_of(store, id, source, target, arena, source_text, target_text, error);
}

/* The side of an aligned pair that `source` means is not always the document that came first. */
static ty_status document_is(ty_store *store, int64_t document, ty_slice range, bool *yes, ty_error *error)
{
    ty_row *row = ty_sql(store, SQL_DOCUMENT_LANG, error, "i", document);
    ty_status status = ty_sql_step(store, row, error);
    *yes = status == TY_OK && ty_lang_matches(range, ty_row_text(row, 0));
    if (row)
        ty_row_end(row);
    return status == TY_NO ? TY_OK : status;
}

static ty_status in_documents(ty_store *store, const ty_provenance *at, ty_slice source, ty_arena *arena,
                              ty_neighbours *out, ty_error *error)
{
    bool straight;
    ty_neighbours found = {0};
    ty_status status = document_is(store, at->source_document, source, &straight, error);
    if (status == TY_OK)
        status = sentences_around(store, at->source_document, at->bead.source_start, at->bead.source_count,
                                  arena, &found.source_before, &found.source_after, error);
    if (status == TY_OK)
        status = sentences_around(store, at->target_document, at->bead.target_start, at->bead.target_count,
                                  arena, &found.target_before, &found.target_after, error);
    *out = straight ? found
                    : (ty_neighbours){found.target_before, found.target_after, found.source_before,
                                      found.source_after};
    return status;
}

ty_status ty_store_neighbours(ty_store *store, int64_t id, ty_slice source, ty_slice target, ty_arena *arena,
                              ty_neighbours *out, ty_error *error)
{
    ty_stored_unit unit = {.id = id};
    *out = (ty_neighbours){0};
    ty_status status = read_origin(store, arena, &unit, error);
    if (status != TY_OK || !unit.origin)
        return status;
    if (unit.aligned)
        return in_documents(store, &unit.provenance, source, arena, out, error);
    status = unit_around(store, SQL_LINK_BEFORE, &unit, source, target, arena, &out->source_before,
                         &out->target_before, error);
    if (status != TY_OK)
        return status;
    return unit_around(store, SQL_LINK_AFTER, &unit, source, target, arena, &out->source_after,
                       &out->target_after, error);
}

/* ------------------------------------------------------------------------------------------ changes */

ty_status ty_store_confirmed(ty_store *store, int64_t above, size_t most, ty_ids *out, ty_error *error)
{
    return ty_sql_list(store, ty_sql(store, SQL_CONFIRMED, error, "ii", above, (int64_t)most), out, error);
}

ty_status ty_store_changes(ty_store *store, ty_stamp since, int64_t *last_id, ty_ids *out, ty_error *error)
{
    int64_t last;
    ty_status status = ty_sql_number(store, SQL_UNIT_LAST_ID, &last, error, "");
    if (status != TY_OK)
        return status;
    status = ty_sql_list(store, ty_sql(store, SQL_CHANGES, error, "ii", (int64_t)since.step, *last_id), out,
                         error);
    *last_id = last;
    return status;
}
