/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Units as rows: frequent attributes have columns, the rest and the notes and properties are JSON. This is
 * the reading side; pending.c writes.
 */
#include "store/internal.h"

const char *const ty_unit_columns[TY_COLUMNS] = {"tuid",       "srclang",    "creationdate",
                                                 "creationid", "changedate", "changeid"};
const char *const ty_variant_columns[TY_COLUMNS] = {"creationdate", "creationid", "changedate", "changeid"};

/* Far below what SQLite takes (1 GB a row), far above any honest unit. */
#define LARGEST_UNIT ((size_t)256 << 20)

ty_status ty_unit_digest(ty_store *store, const ty_unit *unit, uint64_t *digest, ty_error *error)
{
    ty_buffer_clear(&store->canonical);
    ty_unit_canonical(unit, &store->canonical);
    if (store->canonical.failed)
        return ty_error_nomem(error);
    if (store->canonical.size > LARGEST_UNIT)
        return ty_error_set(error, TY_ERR_LIMIT, "the unit is larger than a memory takes (%zu MB)",
                            LARGEST_UNIT >> 20);
    *digest = ty_hash(ty_buffer_slice(&store->canonical), 0);
    return TY_OK;
}

/* ------------------------------------------------------------------------------------------ reading */

/* Puts columns and JSON together again. */
static ty_status join(ty_row *row, int column, const char *const *names, int count, ty_arena *arena,
                      ty_attributes *out, ty_error *error)
{
    ty_attributes rest = {0};
    ty_slice json = ty_row_text(row, column + count);
    int present[TY_COLUMNS];
    size_t presents = 0;
    *out = (ty_attributes){0};
    for (int i = 0; i < count; i++)
        if (!ty_row_is_null(row, column + i))
            present[presents++] = i;
    if (json.data) {
        ty_status status = ty_attributes_from_json(json, arena, &rest, error);
        if (status != TY_OK || !presents)
            return *out = rest, status;
    }
    if (!presents)
        return TY_OK;
    out->items = ty_arena_array(arena, presents + rest.count, sizeof *out->items);
    if (!out->items)
        return ty_error_nomem(error);
    for (size_t i = 0; i < presents; i++)
        out->items[out->count++] =
            (ty_attribute){ty_slice_of(names[present[i]]), ty_row_copy(row, column + present[i], arena)};
    for (size_t i = 0; i < rest.count; i++)
        out->items[out->count++] = rest.items[i];
    return TY_OK;
}

static ty_status read_infos(ty_row *row, int column, ty_arena *arena, ty_infos *out, ty_error *error)
{
    ty_slice json = ty_row_text(row, column);
    *out = (ty_infos){0};
    return json.data ? ty_infos_from_json(json, arena, out, error) : TY_OK;
}

ty_status ty_unit_read_row(ty_row *row, int column, ty_arena *arena, ty_stored_unit *out, ty_error *error)
{
    *out = (ty_stored_unit){0};
    out->status = ty_row_copy(row, column, arena);
    ty_status status = join(row, column + 1, ty_unit_columns, 6, arena, &out->unit.attributes, error);
    if (status == TY_OK)
        status = read_infos(row, column + 8, arena, &out->unit.infos, error);
    out->digest = (uint64_t)ty_row_int(row, column + 9);
    out->label = (int)ty_row_int(row, column + 10) != 0;
    out->conflict = ty_row_int(row, column + 11);
    return status;
}

ty_status ty_variant_read_row(ty_row *row, int column, ty_arena *arena, ty_variant *out, ty_error *error)
{
    *out = (ty_variant){0};
    out->lang = ty_row_copy(row, column + 1, arena);
    out->text = ty_row_copy(row, column + 2, arena);
    out->content = ty_row_copy(row, column + 3, arena);
    ty_status status = join(row, column + 4, ty_variant_columns, 4, arena, &out->attributes, error);
    return status == TY_OK ? read_infos(row, column + 9, arena, &out->infos, error) : status;
}

ty_status ty_variants_add(ty_variant **items, size_t *count, size_t *room, ty_arena *arena, ty_variant item)
{
    if (*count == *room) {
        size_t larger = *room ? 2 * *room : 4;
        ty_variant *moved = ty_arena_array(arena, larger, sizeof *moved);
        if (!moved)
            return TY_ERR_NOMEM;
        if (*count)
            memcpy(moved, *items, *count * sizeof *moved);
        *items = moved;
        *room = larger;
    }
    (*items)[(*count)++] = item;
    return TY_OK;
}

ty_status ty_unit_read_variants(ty_store *store, int64_t id, ty_arena *arena, ty_unit *unit, ty_error *error)
{
    size_t room = 0;
    ty_status status;
    ty_row *row = ty_sql(store, SQL_VARIANT_LIST, error, "i", id);
    while ((status = ty_sql_step(store, row, error)) == TY_OK) {
        ty_variant variant;
        status = ty_variant_read_row(row, 0, arena, &variant, error);
        if (status == TY_OK)
            status = ty_variants_add(&unit->variants, &unit->variant_count, &room, arena, variant);
        if (status != TY_OK)
            break;
    }
    if (row)
        ty_row_end(row);
    if (status == TY_NO && !arena->failed)
        return TY_OK;
    return status == TY_NO || status == TY_ERR_NOMEM ? ty_error_nomem(error) : status;
}

ty_status ty_unit_read(ty_store *store, int64_t id, ty_arena *arena, ty_stored_unit *out, ty_error *error)
{
    *out = (ty_stored_unit){0};
    ty_row *row = ty_sql(store, SQL_UNIT_GET, error, "i", id);
    ty_status status = ty_sql_step(store, row, error);
    if (status != TY_OK)
        return status;
    status = ty_unit_read_row(row, 0, arena, out, error);
    ty_row_end(row);
    out->id = id;
    return status == TY_OK ? ty_unit_read_variants(store, id, arena, &out->unit, error) : status;
}

ty_status ty_provenance_read_row(ty_row *row, ty_arena *arena, ty_provenance *out)
{
    *out = (ty_provenance){
        .source_document = ty_row_int(row, 0),
        .target_document = ty_row_int(row, 3),
        .bead = {.source_start = (uint32_t)ty_row_int(row, 1),
                 .source_count = (uint32_t)ty_row_int(row, 2),
                 .target_start = (uint32_t)ty_row_int(row, 4),
                 .target_count = (uint32_t)ty_row_int(row, 5),
                 .confidence = (float)ty_row_double(row, 6)},
        .aligned_at = ty_row_copy(row, 7, arena),
        .tool = ty_row_copy(row, 8, arena),
    };
    return arena->failed ? TY_ERR_NOMEM : TY_OK;
}
