/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The ledger: what every transaction changes, row by row, so that a step can be taken back, what is kept can
 * be told from what was altered behind our back, and figures need not be counted.
 *
 * The engine tells of each row that changes (sqlite_told.c, pq_told.c); so a statement need not know of
 * history, and no table can be forgotten. Nothing may be written while it tells, so entries wait in memory
 * until the statement is done.
 */
#include "store/engine.h"
#include "store/ledger.h"

#include <stdlib.h>

/* Waiting entries are written when this much text waits. */
#define MANY_BYTES ((size_t)1 << 20)

/*
 * The tables that are not derived. `object` is the column of the key that says what the row is of, `item` the
 * one that tells it from others of the object, -1 where it is the only one. Steps keep what `logged` says.
 * What is a part of a whole goes with it (by foreign keys), and need not be kept where the same step made the
 * whole.
 */
static const ty_kept_table tables[] = {
    [TY_KEPT_UNIT] = {"unit", 0, -1, true, true, false, TY_KEPT_UNIT},
    [TY_KEPT_VARIANT] = {"variant", 0, 1, true, true, false, TY_KEPT_UNIT},
    [TY_KEPT_UNIT_ORIGIN] = {"unit_origin", 2, 0, true, true, false, TY_KEPT_UNIT},
    [TY_KEPT_BEAD] = {"bead", 0, -1, true, true, false, TY_KEPT_BEAD},
    [TY_KEPT_SENTENCE] = {"sentence", 0, 1, true, true, false, TY_KEPT_DOCUMENT},
    [TY_KEPT_DOCUMENT] = {"document", 0, -1, true, true, false, TY_KEPT_DOCUMENT},
    [TY_KEPT_ORIGIN] = {"origin", 0, -1, true, false, false, TY_KEPT_ORIGIN},
    [TY_KEPT_WITHHELD] = {"withheld", 0, -1, true, false, false, TY_KEPT_WITHHELD},
    [TY_KEPT_CONCEPT] = {"concept", 0, -1, true, false, true, TY_KEPT_CONCEPT},
    [TY_KEPT_TERM] = {"term", 0, 1, true, false, true, TY_KEPT_CONCEPT},
    [TY_KEPT_CONCEPT_ORIGIN] = {"concept_origin", 2, 0, true, false, true, TY_KEPT_CONCEPT},
    [TY_KEPT_DEFINITION] = {"definition", 0, -1, true, false, true, TY_KEPT_CONCEPT},
    [TY_KEPT_RELATION] = {"relation", 0, 1, true, false, true, TY_KEPT_CONCEPT},
    [TY_KEPT_ATTESTATION] = {"attestation", 0, 1, true, false, true, TY_KEPT_CONCEPT},
    [TY_KEPT_ACCEPTED] = {"accepted_finding", 0, -1, true, false, false, TY_KEPT_ACCEPTED},
    [TY_KEPT_REJECTED] = {"rejected_candidate", 0, -1, true, false, false, TY_KEPT_REJECTED},
    [TY_KEPT_STEP] = {"step", 0, -1, false, false, false, TY_KEPT_STEP},
    [TY_KEPT_CHANGE] = {"change", 0, -1, false, false, false, TY_KEPT_CHANGE},
    [TY_KEPT_COUNTER] = {"counter", 0, -1, false, false, false, TY_KEPT_COUNTER},
    [TY_KEPT_MEMORY] = {"memory", 0, -1, false, false, false, TY_KEPT_MEMORY},
};

const ty_kept_table *ty_kept_tables(void)
{
    return tables;
}

ty_kept ty_kept_named(const char *name)
{
    for (int i = 0; i < TY_KEPT_COUNT; i++)
        if (strcmp(tables[i].name, name) == 0)
            return (ty_kept)i;
    return TY_KEPT_COUNT;
}

/* ------------------------------------------------------------------------------------------ sums */

/* One bit pattern a value: a REAL that is a whole number is stored, and may be told, as an INTEGER. */
static uint64_t hash_number(int64_t number, uint64_t hash)
{
    return ty_hash((ty_slice){(const char *)&number, sizeof number}, hash + 1);
}

static uint64_t hash_value(const ty_datum *value, uint64_t hash)
{
    int64_t bits;
    double real = value->real;
    switch (value->kind) {
    case TY_DATUM_NULL: return ty_hash_cell((ty_slice){0}, hash);
    case TY_DATUM_NUMBER: return hash_number(value->number, hash);
    case TY_DATUM_REAL:
        if (real > -1e15 && real < 1e15 && (double)(int64_t)real == real)
            return hash_number((int64_t)real, hash);
        memcpy(&bits, &real, sizeof bits);
        return hash_number(bits, hash);
    default: return ty_hash_cell(value->text, hash);
    }
}

uint64_t ty_hash_cell(ty_slice cell, uint64_t hash)
{
    return cell.data ? ty_hash(cell, hash + 2) : hash * 0x9E3779B97F4A7C15U + 3;
}

uint64_t ty_hash_number(int64_t number, uint64_t hash)
{
    return hash_number(number, hash);
}

uint64_t ty_row_hash(const ty_datum *values, int count)
{
    uint64_t hash = 0;
    for (int i = 0; i < count; i++)
        hash = hash_value(&values[i], hash);
    return hash;
}

void ty_ledger_sum(ty_store *store, ty_kept table, int64_t rows, uint64_t sum)
{
    store->ledger.rows[table] += rows;
    store->ledger.sums[table] += sum;
}

/* ------------------------------------------------------------------------------------------ entries */

static void add_value(const ty_datum *value, ty_buffer *out)
{
    switch (value->kind) {
    case TY_DATUM_NULL: ty_buffer_add_string(out, "null"); break;
    case TY_DATUM_NUMBER: ty_buffer_add_format(out, "%lld", (long long)value->number); break;
    case TY_DATUM_REAL: ty_buffer_add_real(out, value->real, 17); break;
    default: ty_buffer_add_json(out, value->text);
    }
}

/* The row as a JSON array, in the order of its columns. */
static ty_slice row_as_json(ty_ledger *ledger, const ty_datum *values, int count)
{
    ty_buffer_clear(&ledger->json);
    for (int i = 0; i < count; i++) {
        ty_buffer_add_char(&ledger->json, i ? ',' : '[');
        add_value(&values[i], &ledger->json);
    }
    ty_buffer_add_char(&ledger->json, ']');
    ledger->arena.failed |= ledger->json.failed;
    return ty_arena_copy(&ledger->arena, ty_buffer_slice(&ledger->json));
}

static int64_t number_at(const ty_datum *values, int column)
{
    return column < 0 ? 0 : values[column].number;
}

/* The entry of the rows of a table that were made last; NULL once others were changed after that. */
static ty_ledger_entry *run_of(const ty_ledger *ledger, ty_kept table)
{
    size_t number = ledger->runs[table];
    return number ? &ledger->entries.items[number - 1] : NULL;
}

/* Rows that are made one after the other are one entry. */
static bool goes_on(const ty_ledger *ledger, ty_kept table, int64_t object)
{
    const ty_ledger_entry *run = run_of(ledger, table);
    return run && run->last + 1 == object && tables[table].item < 0;
}

static void push_entry(ty_ledger *ledger, ty_ledger_entry entry)
{
    ledger->bytes += entry.before.size + sizeof entry;
    if (entry.before.data)
        memset(ledger->runs, 0, sizeof ledger->runs);
    if (!ty_vector_push(&ledger->entries, entry))
        ledger->arena.failed = true;
    else if (!entry.before.data)
        ledger->runs[entry.table] = ledger->entries.count;
}

static void add_entry(ty_store *store, ty_kept table, int64_t object, int64_t item, ty_slice before)
{
    ty_ledger *ledger = &store->ledger;
    ty_ledger_entry entry = {
        .table = table, .object = object, .last = object, .item = item, .before = before};
    ledger->changed[TY_STAMP_UNITS] |= tables[table].of_units;
    ledger->changed[TY_STAMP_CONCEPTS] |= tables[table].of_concepts;
    if (!before.data && goes_on(ledger, table, object))
        run_of(ledger, table)->last = object;
    else
        push_entry(ledger, entry);
}

/* The last run of objects without a gap: between two of them might stand one that was here before. */
void ty_ledger_made(ty_store *store, ty_kept table, int64_t object, int64_t item)
{
    ty_range *made = &store->ledger.made[table];
    if (!made->first || made->last + 1 != object)
        made->first = object;
    made->last = object;
    add_entry(store, table, object, item, (ty_slice){0});
}

bool ty_ledger_has_made(const ty_store *store, ty_kept table, int64_t object)
{
    return store->ledger.made[table].first && object >= store->ledger.made[table].first &&
           object <= store->ledger.made[table].last;
}

/* ------------------------------------------------------------------------------------------ being told */

static bool same_key(ty_kept table, const ty_datum *old, const ty_datum *now)
{
    return number_at(old, tables[table].object) == number_at(now, tables[table].object) &&
           number_at(old, tables[table].item) == number_at(now, tables[table].item);
}

static bool goes_along(const ty_store *store, ty_kept table, const ty_datum *now)
{
    ty_kept whole = tables[table].whole;
    return whole != table && ty_ledger_has_made(store, whole, number_at(now, tables[table].object));
}

static void note_change(ty_store *store, ty_kept table, const ty_datum *old, const ty_datum *now, int count)
{
    ty_ledger *ledger = &store->ledger;
    const ty_kept_table *kept = &tables[table];
    if (old)
        add_entry(store, table, number_at(old, kept->object), number_at(old, kept->item),
                  row_as_json(ledger, old, count));
    if (now && (!old || !same_key(table, old, now)) && !goes_along(store, table, now))
        ty_ledger_made(store, table, number_at(now, kept->object), number_at(now, kept->item));
}

void ty_ledger_told(ty_store *store, const char *name, const ty_datum *old, const ty_datum *now, int count)
{
    ty_kept table = ty_kept_named(name);
    if (table == TY_KEPT_COUNT)
        return;
    uint64_t before = old ? ty_row_hash(old, count) : 0, after = now ? ty_row_hash(now, count) : 0;
    if (old && now && before == after)
        return; /* nothing is changed */
    ty_ledger_sum(store, table, (now != NULL) - (old != NULL), after - before);
    ty_tally_note(store, table, old, now);
    if (now)
        ty_zone_note_row(store, table, now);
    if (tables[table].logged)
        note_change(store, table, old, now, count);
}

/* ------------------------------------------------------------------------------------------ writing */

static void tell_change(ty_store *store, int64_t number, const ty_ledger_entry *entry)
{
    ty_slice kind = ty_slice_of(tables[entry->table].name);
    const ty_datum row[] = {{TY_DATUM_NUMBER, .number = store->changed},
                            {TY_DATUM_NUMBER, .number = number},
                            {TY_DATUM_TEXT, .text = kind},
                            {TY_DATUM_NUMBER, .number = entry->object},
                            {TY_DATUM_NUMBER, .number = entry->last},
                            {TY_DATUM_NUMBER, .number = entry->item},
                            {entry->before.data ? TY_DATUM_TEXT : TY_DATUM_NULL, .text = entry->before}};
    ty_ledger_told(store, "change", NULL, row, sizeof row / sizeof *row);
}

static ty_status write_entry(ty_store *store, const ty_ledger_entry *entry, ty_error *error)
{
    int64_t number = ++store->ledger.number;
    tell_change(store, number, entry);
    return ty_sql_run(store, SQL_CHANGE_ADD, error, "iisiiis", store->changed, number,
                      ty_slice_of(tables[entry->table].name), entry->object, entry->last, entry->item,
                      entry->before);
}

static ty_status write_entries(ty_store *store, ty_error *error)
{
    ty_ledger *ledger = &store->ledger;
    ty_status status = ty_step_need(store, error);
    for (size_t i = 0; i < ledger->entries.count && status == TY_OK; i++)
        status = write_entry(store, &ledger->entries.items[i], error);
    for (int i = 0; i < 2 && status == TY_OK; i++)
        if (ledger->changed[i])
            status = ty_stamp_renew(store, (ty_stamp_of)i, error);
    return status;
}

static void forget_entries(ty_ledger *ledger)
{
    ty_vector_clear(&ledger->entries);
    memset(ledger->runs, 0, sizeof ledger->runs);
    ty_arena_clear(&ledger->arena);
    ledger->bytes = 0;
    ledger->changed[0] = ledger->changed[1] = false;
}

static ty_status write_sums(ty_store *store, ty_error *error)
{
    ty_ledger *ledger = &store->ledger;
    ty_status status = TY_OK;
    for (int i = 0; i < TY_KEPT_COUNT && status == TY_OK; i++) {
        if (!ledger->rows[i] && !ledger->sums[i])
            continue;
        status = ty_sum_add(store, (ty_kept)i, ledger->rows[i], ledger->sums[i], error);
        ledger->rows[i] = 0;
        ledger->sums[i] = 0;
    }
    return status;
}

static ty_status write_steps(ty_store *store, ty_error *error)
{
    ty_status status = store->ledger.entries.count ? write_entries(store, error) : TY_OK;
    if (status == TY_OK)
        status = ty_tally_write(store, error);
    return status == TY_OK ? ty_zones_write(store, error) : status;
}

static bool has_steps(const ty_ledger *ledger)
{
    return ledger->entries.count || ledger->tallies.count || ledger->zones.items.count;
}

static bool has_sums(const ty_ledger *ledger)
{
    bool any = false;
    for (int i = 0; i < TY_KEPT_COUNT; i++)
        any |= ledger->rows[i] || ledger->sums[i];
    return any;
}

/* The sums are of what was written before, too. */
static ty_status write_all(ty_store *store, ty_error *error)
{
    ty_status status = has_steps(&store->ledger) ? write_steps(store, error) : TY_OK;
    return status == TY_OK ? write_sums(store, error) : status;
}

static ty_status flush(ty_store *store, ty_sql_queueing then, ty_error *error)
{
    ty_ledger *ledger = &store->ledger;
    if (ledger->arena.failed)
        return ty_error_nomem(error);
    if (!has_steps(ledger) && !has_sums(ledger))
        return TY_OK;
    ty_status status = ty_sql_queue(store, TY_SQL_QUEUE_ON, error);
    if (status == TY_OK)
        status = write_all(store, error);
    ty_status ended = ty_sql_queue(store, then, status == TY_OK ? error : NULL);
    status = status == TY_OK ? ended : status;
    if (status == TY_OK)
        forget_entries(ledger);
    return status;
}

/* What this writes need not be told by the engine: all of it is known here. */
static ty_status flush_then(ty_store *store, ty_sql_queueing then, ty_error *error)
{
    store->ledger.flushing = store->ledger.bulk = true;
    ty_status status = flush(store, then, error);
    store->ledger.flushing = store->ledger.bulk = false;
    return status;
}

ty_status ty_ledger_flush(ty_store *store, ty_error *error)
{
    return flush_then(store, TY_SQL_QUEUE_OFF, error);
}

ty_status ty_ledger_flush_last(ty_store *store, ty_error *error)
{
    return flush_then(store, TY_SQL_QUEUE_LEFT, error);
}

ty_status ty_ledger_relieve(ty_store *store, ty_error *error)
{
    if (store->ledger.bytes < MANY_BYTES || store->ledger.flushing || !store->depth || store->beside)
        return TY_OK;
    return ty_ledger_flush(store, error);
}

void ty_ledger_forget(ty_store *store)
{
    ty_ledger *ledger = &store->ledger;
    forget_entries(ledger);
    ledger->arena.failed = ledger->bulk = false;
    memset(ledger->rows, 0, sizeof ledger->rows);
    memset(ledger->sums, 0, sizeof ledger->sums);
    ty_tally_forget(store);
    ty_zones_forget(store);
}

void ty_ledger_release(ty_store *store)
{
    ty_ledger_forget(store);
    ty_vector_release(&store->ledger.entries);
    ty_arena_release(&store->ledger.arena);
    ty_buffer_release(&store->ledger.json);
    ty_buffer_release(&store->ledger.label.text);
    ty_vector_release(&store->ledger.tallies);
    ty_arena_release(&store->ledger.langs);
    ty_vector_release(&store->ledger.zones.items);
    ty_arena_release(&store->ledger.zones.names);
}
