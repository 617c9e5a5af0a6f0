/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Zones: what the units of a block of neighbouring ids have at most, their newest date, whether any has none,
 * and their languages, so that a walk that few units fit need not look at all of them. An index of dates
 * would cost an import more than half its time; of a zone one row is written where a hundred units come in,
 * and ids that come together have dates and languages that are near each other. (Zone maps: G. Moerkotte,
 * "Small materialized aggregates", VLDB 1998.)
 *
 * A zone only becomes wider: what is changed or removed leaves it as it is, until it is made anew.
 */
#include "store/ledger.h"

#include <stdlib.h>

#include "text/text.h"

/* So many are looked through; one that stands farther back comes twice, until they are written. */
enum { NEAR = 64, MOST_LANGS = 63, MOST_TEXT = 400, AT_ONCE = 1024 };
#define ANY_LANG " * "

/* ------------------------------------------------------------------------------------------ noting */

static ty_zone *zone_of(ty_store *store, int64_t unit)
{
    ty_zones *zones = &store->ledger.zones;
    int64_t block = unit / TY_ZONE_UNITS;
    size_t count = zones->items.count, at = zones->at;
    if (at < count && zones->items.items[at].block == block)
        return &zones->items.items[at];
    for (size_t i = count; i > 0 && i + NEAR > count; i--)
        if (zones->items.items[i - 1].block == block) {
            zones->at = i - 1;
            return &zones->items.items[i - 1];
        }
    if (!ty_vector_push(&zones->items, (ty_zone){.block = block})) {
        zones->names.failed = true;
        return NULL;
    }
    zones->at = count;
    return &zones->items.items[count];
}

/* What is longer than a date counts as later than all. */
void ty_zone_note(ty_store *store, int64_t unit, ty_slice date)
{
    ty_zone *zone = zone_of(store, unit);
    if (!zone || ty_slice_compare(date, ty_slice_of(zone->newest)) <= 0)
        return;
    if (date.size >= sizeof zone->newest)
        date = TY_SLICE("~");
    memcpy(zone->newest, date.data, date.size);
    zone->newest[date.size] = '\0';
}

void ty_zone_note_unit(ty_store *store, int64_t unit, ty_slice made, ty_slice changed)
{
    ty_zone *zone = zone_of(store, unit);
    if (zone)
        zone->undated |= !made.size && !changed.size;
    ty_zone_note(store, unit, made);
    ty_zone_note(store, unit, changed);
}

/* Languages by number; those that are too many, or no words, are the last. */
static int lang_number(ty_zones *zones, ty_slice lang)
{
    for (int i = 0; i < zones->lang_count; i++)
        if (ty_slice_equal(zones->langs[i], lang))
            return i;
    if (zones->lang_count == MOST_LANGS || !lang.size || memchr(lang.data, ' ', lang.size))
        return MOST_LANGS;
    zones->langs[zones->lang_count] = ty_arena_copy(&zones->names, lang);
    return zones->lang_count++;
}

void ty_zone_note_lang(ty_store *store, int64_t unit, ty_slice lang)
{
    ty_zone *zone = zone_of(store, unit);
    if (zone)
        zone->langs |= (uint64_t)1 << lang_number(&store->ledger.zones, lang);
}

static ty_slice text_at(const ty_datum *row, int column)
{
    return row[column].kind == TY_DATUM_TEXT ? row[column].text : (ty_slice){"", 0};
}

void ty_zone_note_row(ty_store *store, ty_kept table, const ty_datum *row)
{
    enum { UNIT_MADE = 4, UNIT_CHANGED = 6, LANG = 2, MADE = 5, CHANGED = 7, BEAD_UNIT = 8, ALIGNED_AT = 18 };
    switch (table) {
    case TY_KEPT_UNIT:
        ty_zone_note_unit(store, row[0].number, text_at(row, UNIT_MADE), text_at(row, UNIT_CHANGED));
        break;
    case TY_KEPT_VARIANT:
        ty_zone_note(store, row[0].number, text_at(row, MADE));
        ty_zone_note(store, row[0].number, text_at(row, CHANGED));
        ty_zone_note_lang(store, row[0].number, text_at(row, LANG));
        break;
    case TY_KEPT_BEAD:
        if (row[BEAD_UNIT].kind == TY_DATUM_NUMBER)
            ty_zone_note(store, row[BEAD_UNIT].number, text_at(row, ALIGNED_AT));
        break;
    default: break;
    }
}

void ty_zones_forget(ty_store *store)
{
    ty_zones *zones = &store->ledger.zones;
    ty_vector_clear(&zones->items);
    ty_arena_clear(&zones->names);
    zones->names.failed = false;
    zones->lang_count = 0;
}

/* ------------------------------------------------------------------------------------------ kept */

/* Is the language one of the list, which has a blank around each? */
static bool is_listed(ty_slice list, ty_slice lang)
{
    for (size_t at = 0; (at = ty_slice_find(list, lang, at)) != SIZE_MAX; at++)
        if (at > 0 && list.data[at - 1] == ' ' && at + lang.size < list.size &&
            list.data[at + lang.size] == ' ')
            return true;
    return false;
}

/* Adds to the list what it lacks. */
static void add_langs(const ty_zones *zones, uint64_t langs, ty_buffer *list)
{
    for (int i = 0; i < zones->lang_count; i++)
        if (langs >> i & 1 && !is_listed(ty_buffer_slice(list), zones->langs[i])) {
            ty_buffer_add_string(list, list->size ? "" : " ");
            ty_buffer_add(list, zones->langs[i]);
            ty_buffer_add_char(list, ' ');
        }
    if (langs >> MOST_LANGS || list->size > MOST_TEXT) {
        ty_buffer_clear(list);
        ty_buffer_add_string(list, ANY_LANG);
    }
}

/* Joined with what is there: its date, and its languages as a list. */
static ty_status read_zone(ty_store *store, ty_zone *zone, ty_slice *langs, ty_error *error)
{
    *langs = TY_SLICE("");
    ty_row *row = ty_sql(store, SQL_ZONE_GET, error, "i", zone->block);
    ty_status status = ty_sql_step(store, row, error);
    if (status != TY_OK)
        return status == TY_NO ? TY_OK : status;
    ty_slice before = ty_row_text(row, 0);
    if (ty_slice_compare(before, ty_slice_of(zone->newest)) > 0 && before.size < sizeof zone->newest) {
        memcpy(zone->newest, before.data, before.size);
        zone->newest[before.size] = '\0';
    }
    *langs = ty_row_copy(row, 1, &store->ledger.zones.names);
    zone->undated |= ty_row_int(row, 2) != 0;
    ty_row_end(row);
    return TY_OK;
}

static ty_status write_zone(ty_store *store, const ty_zone *zone, ty_slice before, ty_buffer *langs,
                            ty_error *error)
{
    ty_buffer_clear(langs);
    ty_buffer_add(langs, before);
    add_langs(&store->ledger.zones, zone->langs, langs);
    if (langs->failed)
        return ty_error_nomem(error);
    return ty_sql_run(store, SQL_ZONE_SET, error, "issi", zone->block, ty_slice_of(zone->newest),
                      langs->size ? ty_buffer_slice(langs) : TY_SLICE(""), (int64_t)zone->undated);
}

static int by_block(const void *a, const void *b)
{
    const ty_zone *one = a, *other = b;
    return (one->block > other->block) - (one->block < other->block);
}

/* One that came twice becomes one. */
static void join(ty_zones *zones)
{
    size_t kept = 0;
    ty_zone *items = zones->items.items;
    if (zones->items.count)
        qsort(items, zones->items.count, sizeof *items, by_block);
    for (size_t i = 0; i < zones->items.count; i++) {
        ty_zone *last = kept ? &items[kept - 1] : NULL;
        if (!last || last->block != items[i].block) {
            items[kept++] = items[i];
            continue;
        }
        last->langs |= items[i].langs;
        last->undated |= items[i].undated;
        if (strcmp(items[i].newest, last->newest) > 0)
            memcpy(last->newest, items[i].newest, sizeof last->newest);
    }
    zones->items.count = kept;
}

static ty_status expect(ty_store *store, const ty_zone *zones, size_t count, ty_error *error)
{
    int64_t blocks[AT_ONCE];
    for (size_t i = 0; i < count; i++)
        blocks[i] = zones[i].block;
    return ty_store_expect(store, blocks, count, TY_EXPECT_ZONES, error);
}

/* All are read before one is written, so that a server is asked once. */
static ty_status write_some(ty_store *store, ty_zone *zones, size_t count, ty_buffer *langs, ty_error *error)
{
    ty_slice before[AT_ONCE];
    ty_status status = expect(store, zones, count, error);
    for (size_t i = 0; i < count && status == TY_OK; i++)
        status = read_zone(store, &zones[i], &before[i], error);
    if (status == TY_OK && store->ledger.zones.names.failed)
        return ty_error_nomem(error);
    for (size_t i = 0; i < count && status == TY_OK; i++)
        status = write_zone(store, &zones[i], before[i], langs, error);
    return status;
}

static ty_status write_part(ty_store *store, ty_zone *zones, size_t count, ty_error *error)
{
    ty_buffer langs = {0};
    ty_status status = store->ledger.zones.names.failed ? ty_error_nomem(error) : TY_OK;
    for (size_t i = 0; i < count && status == TY_OK; i += AT_ONCE)
        status = write_some(store, zones + i, count - i < AT_ONCE ? count - i : AT_ONCE, &langs, error);
    ty_buffer_release(&langs);
    return status;
}

static ty_status write_zones(ty_store *store, ty_error *error)
{
    ty_zones *zones = &store->ledger.zones;
    join(zones);
    ty_status status = write_part(store, zones->items.items, zones->items.count, error);
    ty_zones_forget(store);
    return status;
}

/* TY_NO: there are none although there are units, since somebody emptied their table. */
static ty_status find_table(ty_store *store, ty_error *error)
{
    int64_t lost = 0;
    ty_status status =
        store->ledger.zones_there ? TY_NO : ty_sql_number(store, SQL_ZONES_LOST, &lost, error, "");
    store->ledger.zones_there = status == TY_NO;
    return status == TY_NO ? TY_OK : status == TY_OK ? TY_NO : status;
}

ty_status ty_zones_write(ty_store *store, ty_error *error)
{
    if (!store->ledger.zones.items.count)
        return TY_OK;
    ty_status status = find_table(store, error);
    return status == TY_NO   ? ty_zones_make(store, error)
           : status == TY_OK ? write_zones(store, error)
                             : status;
}

/* The zones are sorted; *from to below *to are of blocks that lie in the range. */
static void find_within(const ty_zones *zones, ty_range units, size_t *from, size_t *to)
{
    int64_t first = (units.first + TY_ZONE_UNITS - 1) / TY_ZONE_UNITS, end = (units.last + 1) / TY_ZONE_UNITS;
    *to = zones->items.count;
    for (*from = 0; *from < *to && zones->items.items[*from].block < first;)
        ++*from;
    while (*to > *from && zones->items.items[*to - 1].block >= end)
        --*to;
}

ty_status ty_zones_write_within(ty_store *store, ty_range units, ty_error *error)
{
    size_t from, to;
    ty_zones *zones = &store->ledger.zones;
    ty_status status = find_table(store, error);
    if (status != TY_OK)
        return status == TY_NO ? TY_OK : status;
    join(zones);
    find_within(zones, units, &from, &to);
    if (from == to)
        return TY_OK;
    ty_zone *items = zones->items.items;
    status = ty_sql_queue(store, TY_SQL_QUEUE_ON, error);
    if (status == TY_OK)
        status = write_part(store, items + from, to - from, error);
    ty_status ended = ty_sql_queue(store, TY_SQL_QUEUE_OFF, status == TY_OK ? error : NULL);
    memmove(items + from, items + to, (zones->items.count - to) * sizeof *items);
    zones->items.count -= to - from;
    zones->at = 0;
    return status == TY_OK ? ended : status;
}

static void note_each(ty_store *store, ty_kept table, const ty_datum *row, int64_t columns)
{
    ty_zone_note_row(store, table, row);
}

ty_status ty_zones_make(ty_store *store, ty_error *error)
{
    static const ty_kept sources[] = {TY_KEPT_UNIT, TY_KEPT_VARIANT, TY_KEPT_BEAD};
    ty_zones_forget(store);
    ty_status status = ty_sql_run(store, SQL_ZONES_CLEAR, error, "");
    for (size_t i = 0; i < sizeof sources / sizeof *sources && status == TY_OK; i++) {
        status = ty_each_row(store, sources[i], note_each, error);
        if (status == TY_OK)
            status = write_zones(store, error);
    }
    return status;
}

/* ------------------------------------------------------------------------------------------ asked */

static bool any_matches(ty_slice langs, ty_slice range)
{
    ty_slice name;
    if (!range.size || ty_slice_find(langs, TY_SLICE(ANY_LANG), 0) != SIZE_MAX)
        return true;
    while (langs.size && ty_slice_next(&langs, ' ', &name))
        if (name.size && ty_lang_matches(range, name))
            return true;
    return false;
}

/* Blocks whose units may fit; TY_NO: they are more than so many units. */
static ty_status find_blocks(ty_store *store, const ty_unit_filter *filter, size_t most, ty_ids *out,
                             ty_error *error)
{
    ty_status status;
    ty_slice since = filter->since.size ? filter->since : TY_SLICE("");
    ty_row *row = ty_sql(store, SQL_ZONES, error, "s", since);
    while ((status = ty_sql_step(store, row, error)) == TY_OK) {
        ty_slice langs = ty_row_text(row, 1);
        if (!any_matches(langs, filter->source) || !any_matches(langs, filter->target))
            continue;
        if ((out->count + 1) * TY_ZONE_UNITS > most)
            break;
        if (!ty_vector_push(out, ty_row_int(row, 0))) {
            status = ty_error_nomem(error);
            break;
        }
    }
    if (row)
        ty_row_end(row);
    return status == TY_NO ? TY_OK : status == TY_OK ? TY_NO : status;
}

ty_status ty_zones_find(ty_store *store, const ty_unit_filter *filter, size_t most, ty_ids *out,
                        ty_error *error)
{
    int64_t any = 0;
    ty_ids blocks = {0};
    ty_status status = ty_sql_number(store, SQL_ZONES_ANY, &any, error, "");
    if (status == TY_OK)
        status = find_blocks(store, filter, most, &blocks, error);
    for (size_t i = 0; i < blocks.count && status == TY_OK; i++) {
        int64_t first = blocks.items[i] * TY_ZONE_UNITS;
        status =
            ty_sql_list(store, ty_sql(store, SQL_NARROW_BLOCK, error, "ii", first, first + TY_ZONE_UNITS - 1),
                        out, error);
    }
    ty_vector_release(&blocks);
    return status;
}
