/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Walking units in the order of their origins, and looking single ones up.
 */
#include "store/units.h"

#include <stdlib.h>

#include "text/text.h"

/* ------------------------------------------------------------------------------------------ variants */

static ty_status scan_step(ty_store *store, ty_variant_scan *scan, ty_error *error)
{
    ty_status status = ty_sql_step(store, scan->statement, error);
    scan->waiting = status == TY_OK;
    return status == TY_NO ? TY_OK : status;
}

#define PLACES_COLUMN 14 /* of WALK_ORIGIN */

/* Farther ahead than this it is cheaper to look up than to read over. */
#define SCAN_AHEAD 32

static ty_status scan_to(ty_store *store, ty_variant_scan *scan, int64_t unit, ty_error *error)
{
    int64_t at = scan->waiting ? ty_row_int(scan->statement, 0) : -1;
    if (!scan->waiting || at > unit || unit - at > SCAN_AHEAD) {
        scan->jumps++;
        ty_row_end(scan->statement);
        ty_row_bind(scan->statement, 1, unit);
        return scan_step(store, scan, error);
    }
    ty_status status = TY_OK;
    while (status == TY_OK && scan->waiting && ty_row_int(scan->statement, 0) < unit)
        status = scan_step(store, scan, error);
    return status;
}

ty_status ty_variants_scan(ty_store *store, ty_variant_scan *scan, int64_t unit, ty_arena *arena,
                           ty_unit *out, ty_error *error)
{
    size_t room = 0;
    ty_status status = scan_to(store, scan, unit, error);
    while (status == TY_OK && scan->waiting && ty_row_int(scan->statement, 0) == unit) {
        ty_variant variant;
        status = ty_variant_read_row(scan->statement, 1, arena, &variant, error);
        if (status == TY_OK)
            status = ty_variants_add(&out->variants, &out->variant_count, &room, arena, variant);
        if (status == TY_OK)
            status = scan_step(store, scan, error);
    }
    return arena->failed ? ty_error_nomem(error) : status;
}

/* ------------------------------------------------------------------------------------------ the filter */

static bool has_languages(const ty_unit *unit, ty_slice source, ty_slice target)
{
    for (size_t i = 0; i < unit->variant_count; i++) {
        if (!ty_lang_matches(source, unit->variants[i].lang))
            continue;
        if (!target.size || !source.size) {
            if (!target.size || ty_lang_matches(target, unit->variants[i].lang))
                return true;
            continue;
        }
        for (size_t k = 0; k < unit->variant_count; k++)
            if (k != i && ty_lang_matches(target, unit->variants[k].lang))
                return true;
    }
    return false;
}

static ty_slice later(ty_slice a, ty_slice b)
{
    return ty_slice_compare(a, b) >= 0 ? a : b;
}

static ty_slice latest_of(ty_attributes attributes, ty_slice date)
{
    date = later(date, ty_attribute_find(attributes, "creationdate"));
    return later(date, ty_attribute_find(attributes, "changedate"));
}

ty_slice ty_stored_unit_date(const ty_stored_unit *unit)
{
    ty_slice date = latest_of(unit->unit.attributes, (ty_slice){0});
    for (size_t i = 0; i < unit->unit.variant_count; i++)
        date = latest_of(unit->unit.variants[i].attributes, date);
    if (date.size)
        return date;
    return unit->aligned ? unit->provenance.aligned_at : unit->origin_imported_at;
}

ty_status ty_store_has_codes(ty_store *store, bool *out, ty_error *error)
{
    int64_t any = 0;
    ty_status status = ty_sql_number(store, SQL_ANY_CODES, &any, error, "");
    *out = any != 0;
    return status;
}

static bool fits(const ty_unit_filter *filter, const ty_stored_unit *unit)
{
    if (filter->status.size && !ty_slice_equal(filter->status, unit->status))
        return false;
    if (filter->no_labels && unit->label)
        return false;
    if (unit->aligned && unit->provenance.bead.confidence < filter->min_confidence)
        return false;
    if (filter->doubtful_below > 0 && !unit->conflict &&
        (!unit->aligned || unit->provenance.bead.confidence >= filter->doubtful_below))
        return false;
    if (filter->since.size && ty_slice_compare(ty_stored_unit_date(unit), filter->since) < 0)
        return false;
    if (!filter->source.size && !filter->target.size)
        return true;
    return has_languages(&unit->unit, filter->source, filter->target);
}

/* ------------------------------------------------------------------------------------------ open, close */

static ty_status copy_filter(ty_units *units, const ty_unit_filter *filter, ty_error *error)
{
    if (!filter)
        return TY_OK;
    units->filter = *filter;
    ty_slice *const texts[] = {&units->filter.origin, &units->filter.source, &units->filter.target,
                               &units->filter.since,  &units->filter.status, &units->filter.agency};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        *texts[i] = ty_arena_copy(&units->own, *texts[i]);
    int64_t *ids = ty_arena_array(&units->own, filter->id_count, sizeof *ids);
    if (filter->id_count && ids)
        memcpy(ids, filter->ids, filter->id_count * sizeof *ids);
    units->filter.ids = ids;
    return units->own.failed ? ty_error_nomem(error) : TY_OK;
}

static ty_status find_origins(ty_units *units, ty_error *error)
{
    ty_status status;
    ty_row *row = ty_sql(units->store, SQL_ORIGIN_IDS, error, "");
    while ((status = ty_sql_step(units->store, row, error)) == TY_OK) {
        int64_t id = ty_row_int(row, 0);
        if (!ty_store_glob(units->filter.origin, ty_row_text(row, 1)))
            continue;
        if (units->filter.origin_id && units->filter.origin_id != id)
            continue;
        if (units->filter.agency.size && !ty_store_glob(units->filter.agency, ty_row_text(row, 6)))
            continue;
        ty_walked_origin origin = {.id = id,
                                   .name = ty_row_copy(row, 1, &units->own),
                                   .kind = ty_row_copy(row, 2, &units->own),
                                   .date = ty_row_copy(row, 3, &units->own),
                                   .imported_at = ty_row_copy(row, 4, &units->own),
                                   .title = ty_row_copy(row, 7, &units->own),
                                   .url = ty_row_copy(row, 8, &units->own),
                                   .told = ty_row_copy(row, 9, &units->own),
                                   .has_documents = (int)ty_row_int(row, 5) != 0};
        if (units->own.failed || !ty_vector_push(&units->origins, origin))
            status = ty_error_nomem(error);
        if (status != TY_OK)
            break;
    }
    if (row)
        ty_row_end(row);
    return status == TY_NO ? TY_OK : status;
}

static ty_status open_rows(ty_units *units, ty_sql_walk which, int64_t id, ty_error *error)
{
    ty_row_close(units->rows);
    units->rows = NULL;
    ty_status status = ty_walk_open(units->store, which, &units->rows, error);
    if (status == TY_OK && which != WALK_LOOSE)
        ty_row_bind(units->rows, 1, id);
    if (status == TY_OK && which == WALK_ORIGIN)
        ty_row_bind(units->rows, 2, units->origin > 0);
    units->expected = 0;
    units->variants.jumps = 0;
    return status;
}

static ty_status open_statements(ty_units *units, ty_error *error)
{
    ty_store *store = units->store;
    ty_status status = ty_sql_walk_open(store, WALK_SNAPSHOT, &units->snapshot, error);
    if (status == TY_OK)
        status = ty_sql_step(store, units->snapshot, error);
    if (status == TY_OK)
        status = ty_walk_open(store, WALK_LINKS, &units->links, error);
    if (status == TY_OK)
        status = ty_sql_walk_open(store, WALK_VARIANTS, &units->variants.statement, error);
    return status;
}

ty_status ty_units_open_here(ty_store *store, const ty_unit_filter *filter, ty_units **out, ty_error *error)
{
    *out = NULL;
    ty_units *units = calloc(1, sizeof *units);
    if (!units)
        return ty_error_nomem(error);
    units->store = store;
    units->arena = &units->scratch;
    units->rows_end = true;
    units->origin = SIZE_MAX;
    ty_status status = open_statements(units, error);
    if (status == TY_OK)
        status = copy_filter(units, filter, error);
    if (status == TY_OK)
        status = find_origins(units, error);
    units->by_id = units->filter.id_count > 0;
    if (status == TY_OK && !units->by_id)
        status = ty_units_narrow(units, error);
    if (status == TY_OK)
        *out = units;
    else
        ty_units_close(units);
    return status;
}

ty_status ty_units_open(ty_store *store, const ty_unit_filter *filter, ty_units **out, ty_error *error)
{
    ty_ahead *ahead = ty_ahead_open(store, filter);
    if (!ahead)
        return ty_units_open_here(store, filter, out, error);
    *out = calloc(1, sizeof **out);
    if (*out)
        (*out)->ahead = ahead;
    else
        ty_ahead_close(ahead);
    return *out ? TY_OK : ty_error_nomem(error);
}

void ty_units_close(ty_units *units)
{
    if (!units)
        return;
    ty_ahead_close(units->ahead);
    ty_row_close(units->rows);
    ty_row_close(units->links);
    ty_row_close(units->variants.statement);
    ty_row_close(units->snapshot);
    ty_vector_release(&units->origins);
    ty_arena_release(&units->own);
    ty_arena_release(&units->scratch);
    free(units);
}

/* ------------------------------------------------------------------------------------------ next */

static const ty_walked_origin *origin_of(const ty_units *units, int64_t id)
{
    size_t at = ty_vector_from(&units->origins, id, id);
    return at < units->origins.count && units->origins.items[at].id == id ? &units->origins.items[at] : NULL;
}

ty_status ty_units_first_origin(ty_units *units, int64_t unit, const ty_walked_origin **origin,
                                uint64_t *position, ty_error *error)
{
    ty_status status;
    *origin = NULL;
    ty_row_end(units->links);
    ty_row_bind(units->links, 1, unit);
    while ((status = ty_sql_step(units->store, units->links, error)) == TY_OK && !*origin) {
        *origin = origin_of(units, ty_row_int(units->links, 0));
        *position = (uint64_t)ty_row_int(units->links, 1);
    }
    ty_row_end(units->links);
    return status == TY_NO ? TY_OK : status;
}

static ty_status fill(ty_units *units, int64_t id, const ty_walked_origin *origin, uint64_t position,
                      ty_stored_unit *out, ty_error *error)
{
    ty_store *store = units->store;
    ty_status status = ty_unit_read_row(units->rows, 2, units->arena, out, error);
    if (status == TY_OK)
        status = units->expected
                     ? ty_unit_read_variants(store, id, units->arena, &out->unit, error)
                     : ty_variants_scan(store, &units->variants, id, units->arena, &out->unit, error);
    out->id = id;
    if (!origin || status != TY_OK)
        return status;
    out->origin = origin->id;
    out->origin_name = origin->name;
    out->origin_kind = origin->kind;
    out->origin_date = origin->date;
    out->origin_imported_at = origin->imported_at;
    out->origin_title = origin->title;
    out->origin_url = origin->url;
    out->origin_told = origin->told;
    out->position = position;
    return origin->has_documents ? ty_unit_read_bead(store, units->arena, out, error) : TY_OK;
}

bool ty_units_by_origin(const ty_units *units)
{
    return units->filter.origin.size || units->filter.origin_id || units->filter.agency.size;
}

/* The next row of the walk: another origin, the units without one, the next of the ids. */
static ty_status next_rows(ty_units *units, ty_error *error)
{
    if (units->by_id) {
        if (units->id == units->filter.id_count)
            return TY_NO;
        ty_status status = TY_OK;
        if (units->rows)
            ty_row_end(units->rows);
        else
            status = open_rows(units, WALK_ONE, 0, error);
        if (status != TY_OK)
            return status;
        ty_row_bind(units->rows, 1, units->filter.ids[units->id++]);
        return ty_walk_look_ahead(units, error);
    }
    units->origin++; /* from SIZE_MAX to 0 at first */
    if (units->origin < units->origins.count)
        return open_rows(units, WALK_ORIGIN, units->origins.items[units->origin].id, error);
    if (units->origin == units->origins.count && !ty_units_by_origin(units))
        return open_rows(units, WALK_LOOSE, 0, error);
    units->origin = units->origins.count;
    return TY_NO;
}

static ty_status next_row(ty_units *units, ty_error *error)
{
    ty_status status = TY_OK;
    for (;;) {
        if (units->rows_end)
            status = next_rows(units, error);
        if (status != TY_OK)
            return status;
        status = ty_sql_step(units->store, units->rows, error);
        units->rows_end = status != TY_OK;
        if (status != TY_NO)
            return status;
        status = TY_OK;
    }
}

/* The first of the places that the row tells. */
static const ty_walked_origin *first_told(const ty_units *units, ty_slice places, uint64_t *position)
{
    const ty_walked_origin *found = NULL;
    ty_slice place;
    while (!found && ty_slice_next(&places, ' ', &place)) {
        found = origin_of(units, strtoll(place.data, NULL, 10));
        *position = strtoull(place.data + ty_slice_find(place, TY_SLICE(":"), 0) + 1, NULL, 10);
    }
    return found;
}

/* Which origin shows the row's unit? *shown: this is its place in the walk. */
static ty_status place_of(ty_units *units, int64_t id, const ty_walked_origin **origin, uint64_t *position,
                          bool *shown, ty_error *error)
{
    bool by_id = units->by_id, loose = units->origin == units->origins.count;
    *shown = true;
    *origin = NULL;
    if (!by_id && loose)
        return TY_OK;
    if (!by_id) {
        const ty_walked_origin *walked = &units->origins.items[units->origin];
        *position = (uint64_t)ty_row_int(units->rows, 0);
        *origin = walked;
        if (units->origin == 0)
            return TY_OK;
    }
    const ty_walked_origin *first;
    uint64_t place = 0;
    ty_slice places = by_id ? (ty_slice){0} : ty_row_text(units->rows, PLACES_COLUMN);
    ty_status status = TY_OK;
    if (places.data)
        first = first_told(units, places, &place);
    else
        status = ty_units_first_origin(units, id, &first, &place, error);
    if (by_id) {
        *origin = first;
        *position = place;
        *shown = first || !ty_units_by_origin(units);
    } else {
        *shown = first == *origin;
    }
    return status;
}

ty_status ty_units_step(ty_units *units, ty_stored_unit *out, ty_error *error)
{
    ty_status status;
    while ((status = next_row(units, error)) == TY_OK) {
        const ty_walked_origin *origin;
        uint64_t position = 0;
        bool shown = false;
        int64_t id = ty_row_int(units->rows, 1);
        status = units->by_id ? TY_OK : ty_walk_look_ahead(units, error);
        if (status == TY_OK)
            status = place_of(units, id, &origin, &position, &shown, error);
        if (status == TY_OK && shown)
            status = fill(units, id, origin, position, out, error);
        if (status != TY_OK)
            return status;
        if (shown && fits(&units->filter, out))
            return TY_OK;
    }
    return status;
}

ty_status ty_units_next(ty_units *units, ty_stored_unit *out, ty_error *error)
{
    if (units->ahead)
        return ty_ahead_next(units->ahead, out, error);
    ty_arena_clear(&units->scratch);
    return ty_units_step(units, out, error);
}

/* ------------------------------------------------------------------------------------------ texts */

struct ty_variants {
    ty_store *store;
    ty_row *rows;
};

ty_status ty_variants_open(ty_store *store, int64_t first, ty_variants **out, ty_error *error)
{
    *out = NULL;
    ty_variants *variants = calloc(1, sizeof *variants);
    if (!variants)
        return ty_error_nomem(error);
    variants->store = store;
    ty_status status = ty_sql_walk_open(store, WALK_TEXTS, &variants->rows, error);
    if (status == TY_OK)
        ty_row_bind(variants->rows, 1, first);
    if (status == TY_OK)
        *out = variants;
    else
        free(variants);
    return status;
}

ty_status ty_variants_next(ty_variants *variants, ty_stored_variant *out, ty_error *error)
{
    ty_status status = ty_sql_step(variants->store, variants->rows, error);
    if (status != TY_OK)
        return status;
    out->unit = ty_row_int(variants->rows, 0);
    out->position = (uint32_t)ty_row_int(variants->rows, 1);
    out->lang = ty_row_text(variants->rows, 2);
    out->text = ty_row_text(variants->rows, 3);
    return TY_OK;
}

void ty_variants_close(ty_variants *variants)
{
    if (!variants)
        return;
    ty_row_close(variants->rows);
    free(variants);
}
