/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The writing side of rows: they wait in memory, and the engine takes them many at a time, since a statement
 * a row costs more than the row.
 */
#include "store/engine.h"
#include "store/ledger.h"

#include <stdlib.h>

/* ------------------------------------------------------------------------------------------ collecting */

static size_t column_of(const char *const *columns, ty_slice name)
{
    size_t i = 0;
    while (i < TY_COLUMNS && columns[i] && !ty_slice_equal(name, ty_slice_of(columns[i])))
        i++;
    return i < TY_COLUMNS && columns[i] ? i : TY_COLUMNS;
}

/* Copies what is there; what is not stays NULL. */
static ty_slice keep(ty_pending *pending, ty_slice text)
{
    if (!text.data)
        return text;
    pending->bytes += text.size;
    return ty_arena_copy(&pending->arena, text);
}

static ty_slice keep_json(ty_pending *pending)
{
    if (pending->json.failed)
        pending->arena.failed = true;
    return keep(pending, ty_buffer_slice(&pending->json));
}

/* Sorts attributes into columns and, the first of a name aside, JSON. */
static void put_attributes(ty_pending *pending, ty_attributes attributes, const char *const *columns,
                           ty_slice *cells, ty_slice *json)
{
    ty_attributes rest = {0};
    for (size_t i = 0; i < attributes.count; i++) {
        const ty_attribute *attribute = &attributes.items[i];
        size_t column = column_of(columns, attribute->name);
        if (column < TY_COLUMNS && !cells[column].data) {
            cells[column] = keep(pending, attribute->value.data ? attribute->value : TY_SLICE(""));
            continue;
        }
        if (!rest.items)
            rest.items = ty_arena_array(&pending->arena, attributes.count, sizeof *rest.items);
        if (rest.items)
            rest.items[rest.count++] = *attribute;
    }
    if (!rest.count)
        return;
    ty_buffer_clear(&pending->json);
    ty_attributes_to_json(rest, &pending->json);
    *json = keep_json(pending);
}

static void put_infos(ty_pending *pending, ty_infos infos, ty_slice *json)
{
    if (!infos.count)
        return;
    ty_buffer_clear(&pending->json);
    ty_infos_to_json(infos, &pending->json);
    *json = keep_json(pending);
}

static ty_slice not_null(ty_slice text)
{
    return text.data ? text : TY_SLICE("");
}

static void put_variant(ty_pending *pending, int64_t id, size_t position, const ty_variant *variant)
{
    ty_waiting_row row = {.first = id, .second = (int64_t)position};
    row.cells[0] = keep(pending, not_null(variant->lang));
    row.cells[1] = keep(pending, not_null(variant->text));
    row.cells[2] = keep(pending, variant->content);
    put_attributes(pending, variant->attributes, ty_variant_columns, row.cells + 3, row.cells + 7);
    put_infos(pending, variant->infos, row.cells + 8);
    if (!ty_vector_push(&pending->rows[TY_PENDING_VARIANTS], row))
        pending->arena.failed = true;
}

static ty_status put_unit(ty_store *store, int64_t id, const ty_unit *unit, ty_slice status, uint64_t digest,
                          ty_error *error)
{
    ty_pending *pending = &store->pending;
    ty_waiting_row row = {.first = id, .second = (int64_t)digest};
    row.cells[0] = keep(pending, not_null(status));
    put_attributes(pending, unit->attributes, ty_unit_columns, row.cells + 1, row.cells + 7);
    put_infos(pending, unit->infos, row.cells + 8);
    for (size_t i = 0; i < unit->variant_count; i++)
        put_variant(pending, id, i, &unit->variants[i]);
    if (!ty_vector_push(&pending->rows[TY_PENDING_UNITS], row))
        pending->arena.failed = true;
    return pending->arena.failed ? ty_error_nomem(error) : TY_OK;
}

void ty_pending_clear(ty_pending *pending)
{
    for (int i = 0; i < TY_PENDING_COUNT; i++)
        ty_vector_clear(&pending->rows[i]);
    ty_arena_clear(&pending->arena);
    pending->bytes = 0;
}

void ty_pending_release(ty_pending *pending)
{
    for (int i = 0; i < TY_PENDING_COUNT; i++)
        ty_vector_release(&pending->rows[i]);
    ty_arena_release(&pending->arena);
    ty_buffer_release(&pending->json);
}

/* ------------------------------------------------------------------------------------------ writing */

static void sum_unit(ty_store *store, const ty_waiting_row *row)
{
    uint64_t hash = ty_hash_number(row->first, 0);
    for (int i = 0; i < 9; i++)
        hash = ty_hash_cell(row->cells[i], hash);
    hash = ty_hash_number(row->second, hash);
    hash = ty_hash_cell((ty_slice){0}, ty_hash_cell((ty_slice){0}, hash)); /* label, conflict */
    ty_ledger_sum(store, TY_KEPT_UNIT, 1, hash);
    ty_zone_note_unit(store, row->first, row->cells[3], row->cells[5]);
    if (ty_slice_equal(row->cells[0], TY_SLICE("confirmed")))
        ty_tally_add(store, 0, TY_TALLY_CONFIRMED, (ty_slice){0}, 1);
}

static void sum_variant(ty_store *store, const ty_waiting_row *row)
{
    uint64_t hash = ty_hash_number(row->second, ty_hash_number(row->first, 0));
    for (int i = 0; i < 9; i++)
        hash = ty_hash_cell(row->cells[i], hash);
    ty_ledger_sum(store, TY_KEPT_VARIANT, 1, hash);
    ty_zone_note(store, row->first, row->cells[3]);
    ty_zone_note(store, row->first, row->cells[5]);
    ty_zone_note_lang(store, row->first, row->cells[0]);
    ty_tally_add(store, 0, TY_TALLY_VARIANTS, row->cells[0], 1);
    ty_tally_add(store, 0, TY_TALLY_TEXT_BYTES, (ty_slice){0}, (int64_t)row->cells[1].size);
}

static void sum_link(ty_store *store, const ty_waiting_row *row)
{
    uint64_t hash = ty_hash_number(store->writing.origin, 0);
    hash = ty_hash_number(row->second, ty_hash_number(row->first, hash));
    ty_ledger_sum(store, TY_KEPT_UNIT_ORIGIN, 1, hash);
}

/* Being told of each row by SQLite would cost more than what is known here already. */
static void sum_rows(ty_store *store)
{
    const ty_rows *rows = store->writing.rows;
    for (size_t i = 0; i < rows[TY_PENDING_UNITS].count; i++)
        sum_unit(store, &rows[TY_PENDING_UNITS].items[i]);
    for (size_t i = 0; i < rows[TY_PENDING_VARIANTS].count; i++)
        sum_variant(store, &rows[TY_PENDING_VARIANTS].items[i]);
    for (size_t i = 0; i < rows[TY_PENDING_LINKS].count; i++)
        sum_link(store, &rows[TY_PENDING_LINKS].items[i]);
    if (rows[TY_PENDING_LINKS].count)
        ty_tally_add(store, store->writing.origin, TY_TALLY_UNITS, (ty_slice){0},
                     (int64_t)rows[TY_PENDING_LINKS].count);
}

ty_status ty_pending_write(ty_store *store, bool over, ty_error *error)
{
    store->ledger.bulk = !over;
    if (store->ledger.bulk)
        sum_rows(store);
    ty_status status = store->engine->write_waiting(store, over, error);
    store->ledger.bulk = false;
    ty_pending_clear(&store->writing);
    return status;
}

static void swap_pending(ty_store *store)
{
    ty_pending full = store->pending;
    store->pending = store->writing;
    store->writing = full;
}

static ty_status flush_as(ty_store *store, bool over, ty_error *error)
{
    ty_status status = ty_writer_wait(store, error);
    if (status != TY_OK)
        return status;
    swap_pending(store);
    return ty_pending_write(store, over, error);
}

ty_status ty_pending_flush(ty_store *store, ty_error *error)
{
    return flush_as(store, false, error);
}

/* Hands the rows to the writer's thread where there is one, and goes on collecting. */
static ty_status flush_beside(ty_store *store, ty_error *error)
{
    if (!store->writer.started)
        return ty_pending_flush(store, error);
    ty_status status = ty_writer_wait(store, error);
    if (status != TY_OK)
        return status;
    swap_pending(store);
    ty_writer_go(store);
    return TY_OK;
}

ty_status ty_pending_unit(ty_store *store, int64_t id, const ty_unit *unit, uint64_t digest, ty_error *error)
{
    const ty_pending *pending = &store->pending;
    if (pending->rows[TY_PENDING_UNITS].count >= store->engine->many_units ||
        pending->bytes >= store->engine->many_bytes) {
        ty_status status = flush_beside(store, error);
        if (status != TY_OK)
            return status;
    }
    ty_ledger_made(store, TY_KEPT_UNIT, id, 0);
    return put_unit(store, id, unit, (ty_slice){0}, digest, error);
}

ty_status ty_pending_link(ty_store *store, int64_t origin, int64_t position, int64_t unit, ty_error *error)
{
    if (store->pending.rows[TY_PENDING_LINKS].count >= store->engine->many_units * 4) {
        ty_status status = flush_beside(store, error);
        if (status != TY_OK)
            return status;
    }
    ty_rows *links = &store->pending.rows[TY_PENDING_LINKS];
    if (!ty_ledger_has_made(store, TY_KEPT_UNIT, unit))
        ty_ledger_made(store, TY_KEPT_UNIT_ORIGIN, unit, origin);
    store->pending.origin = origin;
    if (ty_vector_push(links, ((ty_waiting_row){.first = position, .second = unit})))
        return TY_OK;
    return ty_error_nomem(error);
}

ty_status ty_unit_write(ty_store *store, bool over, int64_t id, const ty_unit *unit, ty_slice state,
                        uint64_t digest, ty_error *error)
{
    ty_status status = ty_pending_flush(store, error);
    if (status == TY_OK)
        status = put_unit(store, id, unit, state, digest, error);
    if (status == TY_OK && !over)
        ty_ledger_made(store, TY_KEPT_UNIT, id, 0);
    if (status == TY_OK)
        status = flush_as(store, over, error);
    return status;
}
