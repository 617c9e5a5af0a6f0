/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The writing side of rows: they wait in memory, and SQLite fetches them many at a time.
 *
 * A statement a row costs more than the row. So rows are collected and written by INSERT ... SELECT from
 * virtual tables (https://www.sqlite.org/vtab.html) that read them where they are: a third of the time goes.
 */
#include "store/ledger.h"
#include "store/sqlite.h"

#include <stdlib.h>

/* Write when this many units or bytes wait: few enough to stay in the processor's cache. */
#define MANY_UNITS 256
#define MANY_BYTES ((size_t)256 << 10)

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
    ty_row row = {.first = id, .second = (int64_t)position};
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
    ty_row row = {.first = id, .second = (int64_t)digest};
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

static void sum_unit(ty_store *store, const ty_row *row)
{
    uint64_t hash = ty_hash_number(row->first, 0);
    for (int i = 0; i < 9; i++)
        hash = ty_hash_cell(row->cells[i], hash);
    hash = ty_hash_number(row->second, hash);
    hash = ty_hash_cell((ty_slice){0}, ty_hash_cell((ty_slice){0}, hash)); /* label, conflict */
    ty_ledger_sum(store, TY_KEPT_UNIT, 1, hash);
    if (ty_slice_equal(row->cells[0], TY_SLICE("confirmed")))
        ty_tally_add(store, 0, TY_TALLY_CONFIRMED, (ty_slice){0}, 1);
}

static void sum_variant(ty_store *store, const ty_row *row)
{
    uint64_t hash = ty_hash_number(row->second, ty_hash_number(row->first, 0));
    for (int i = 0; i < 9; i++)
        hash = ty_hash_cell(row->cells[i], hash);
    ty_ledger_sum(store, TY_KEPT_VARIANT, 1, hash);
    ty_tally_add(store, 0, TY_TALLY_VARIANTS, row->cells[0], 1);
    ty_tally_add(store, 0, TY_TALLY_TEXT_BYTES, (ty_slice){0}, (int64_t)row->cells[1].size);
}

static void sum_link(ty_store *store, const ty_row *row)
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

ty_status ty_pending_write(ty_store *store, ty_sql_id how, ty_error *error)
{
    const ty_rows *rows = store->writing.rows;
    ty_status status = TY_OK;
    store->ledger.bulk = how == SQL_UNIT_ADD_PENDING;
    if (store->ledger.bulk)
        sum_rows(store);
    if (rows[TY_PENDING_UNITS].count)
        status = ty_sql_run(store, how, error, "");
    if (status == TY_OK && rows[TY_PENDING_VARIANTS].count)
        status = ty_sql_run(store, SQL_VARIANT_ADD_PENDING, error, "");
    if (status == TY_OK && rows[TY_PENDING_LINKS].count)
        status = ty_sql_run(store, SQL_LINK_ADD_PENDING, error, "i", store->writing.origin);
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

static ty_status flush_as(ty_store *store, ty_sql_id how, ty_error *error)
{
    ty_status status = ty_writer_wait(store, error);
    if (status != TY_OK)
        return status;
    swap_pending(store);
    return ty_pending_write(store, how, error);
}

ty_status ty_pending_flush(ty_store *store, ty_error *error)
{
    return flush_as(store, SQL_UNIT_ADD_PENDING, error);
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
    if (pending->rows[TY_PENDING_UNITS].count >= MANY_UNITS || pending->bytes >= MANY_BYTES) {
        ty_status status = flush_beside(store, error);
        if (status != TY_OK)
            return status;
    }
    ty_ledger_made(store, TY_KEPT_UNIT, id, 0);
    return put_unit(store, id, unit, (ty_slice){0}, digest, error);
}

ty_status ty_pending_link(ty_store *store, int64_t origin, int64_t position, int64_t unit, ty_error *error)
{
    if (store->pending.rows[TY_PENDING_LINKS].count >= MANY_UNITS * 4) {
        ty_status status = flush_beside(store, error);
        if (status != TY_OK)
            return status;
    }
    ty_rows *links = &store->pending.rows[TY_PENDING_LINKS];
    if (!ty_ledger_has_made(store, TY_KEPT_UNIT, unit))
        ty_ledger_made(store, TY_KEPT_UNIT_ORIGIN, unit, origin);
    store->pending.origin = origin;
    if (ty_vector_push(links, ((ty_row){.first = position, .second = unit})))
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
        status = flush_as(store, over ? SQL_UNIT_SET_PENDING : SQL_UNIT_ADD_PENDING, error);
    return status;
}

/* ------------------------------------------------------------------------------------------ tables */

typedef struct rows_table {
    sqlite3_vtab base;
    const ty_rows *rows;
} rows_table;

typedef struct rows_cursor {
    sqlite3_vtab_cursor base;
    size_t at;
} rows_cursor;

static int table_connect(sqlite3 *db, void *rows, int argc, const char *const *argv, sqlite3_vtab **out,
                         char **message)
{
    rows_table *table = sqlite3_malloc(sizeof *table);
    if (!table)
        return SQLITE_NOMEM;
    *table = (rows_table){.rows = rows};
    *out = &table->base;
    return sqlite3_declare_vtab(db, "CREATE TABLE pending (first INTEGER, second INTEGER, c0 TEXT, c1 TEXT,"
                                    " c2 TEXT, c3 TEXT, c4 TEXT, c5 TEXT, c6 TEXT, c7 TEXT, c8 TEXT)");
}

static int table_disconnect(sqlite3_vtab *table)
{
    sqlite3_free(table);
    return SQLITE_OK;
}

static int table_plan(sqlite3_vtab *table, sqlite3_index_info *plan)
{
    plan->estimatedCost = MANY_UNITS;
    return SQLITE_OK;
}

static int cursor_open(sqlite3_vtab *table, sqlite3_vtab_cursor **out)
{
    rows_cursor *cursor = sqlite3_malloc(sizeof *cursor);
    if (!cursor)
        return SQLITE_NOMEM;
    *cursor = (rows_cursor){.at = 0};
    *out = &cursor->base;
    return SQLITE_OK;
}

static int cursor_close(sqlite3_vtab_cursor *cursor)
{
    sqlite3_free(cursor);
    return SQLITE_OK;
}

static int cursor_filter(sqlite3_vtab_cursor *cursor, int number, const char *text, int argc,
                         sqlite3_value **argv)
{
    ((rows_cursor *)cursor)->at = 0;
    return SQLITE_OK;
}

static int cursor_next(sqlite3_vtab_cursor *cursor)
{
    ((rows_cursor *)cursor)->at++;
    return SQLITE_OK;
}

static int cursor_eof(sqlite3_vtab_cursor *cursor)
{
    return ((rows_cursor *)cursor)->at >= ((rows_table *)cursor->pVtab)->rows->count;
}

static int cursor_column(sqlite3_vtab_cursor *cursor, sqlite3_context *context, int column)
{
    const ty_row *row = &((rows_table *)cursor->pVtab)->rows->items[((rows_cursor *)cursor)->at];
    if (column < 2) {
        sqlite3_result_int64(context, column ? row->second : row->first);
        return SQLITE_OK;
    }
    ty_slice cell = row->cells[column - 2];
    if (cell.data)
        sqlite3_result_text64(context, cell.data, cell.size, SQLITE_STATIC, SQLITE_UTF8);
    return SQLITE_OK;
}

static int cursor_rowid(sqlite3_vtab_cursor *cursor, sqlite3_int64 *rowid)
{
    *rowid = (sqlite3_int64)((rows_cursor *)cursor)->at;
    return SQLITE_OK;
}

static const sqlite3_module module = {
    .xConnect = table_connect,
    .xBestIndex = table_plan,
    .xDisconnect = table_disconnect,
    .xOpen = cursor_open,
    .xClose = cursor_close,
    .xFilter = cursor_filter,
    .xNext = cursor_next,
    .xEof = cursor_eof,
    .xColumn = cursor_column,
    .xRowid = cursor_rowid,
};

ty_status ty_pending_register(ty_store *store, ty_error *error)
{
    static const char *const names[] = {"pending_unit", "pending_variant", "pending_link"};
    for (int i = 0; i < TY_PENDING_COUNT; i++)
        if (sqlite3_create_module(store->db, names[i], &module, &store->writing.rows[i]) != SQLITE_OK)
            return ty_sql_failed(store, "preparing to write", error);
    return TY_OK;
}
