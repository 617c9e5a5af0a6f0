/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Walks that few units fit: those that a person has confirmed, those changed since yesterday. Indexes name
 * the ones that may fit, which are then looked at one by one; where these are a fair part of the memory, the
 * walk through all of it is the shorter way.
 */
#include <math.h>
#include <stdlib.h>

#include "store/ledger.h"
#include "store/units.h"

/* Looking a unit up costs about as much as walking past so many. */
#define WALK_FACTOR 8
/* In a memory this small it does not matter which way. */
#define FEW 16

/* Where a unit stands in the walk. */
typedef struct place {
    size_t origin; /* the number among those that fit; behind the last: none */
    uint64_t position;
    int64_t unit;
} place;

/* ------------------------------------------------------------------------------------------ candidates */

/* TY_NO: they are too many. */
static ty_status take(ty_units *units, ty_row *row, size_t most, ty_ids *out, ty_error *error)
{
    ty_status status = ty_sql_list(units->store, row, out, error);
    return status == TY_OK && out->count > most ? TY_NO : status;
}

static ty_status find_by_status(ty_units *units, size_t most, ty_ids *out, ty_error *error)
{
    if (!units->filter.status.size)
        return TY_NO;
    return take(units,
                ty_sql(units->store, SQL_NARROW_STATUS, error, "si", units->filter.status, (int64_t)most + 1),
                most, out, error);
}

static ty_status find_doubtful(ty_units *units, size_t most, ty_ids *out, ty_error *error)
{
    if (units->filter.doubtful_below <= 0)
        return TY_NO;
    return take(units,
                ty_sql(units->store, SQL_NARROW_DOUBTFUL, error, "di", (double)units->filter.doubtful_below,
                       (int64_t)most + 1),
                most, out, error);
}

static int by_number(const void *a, const void *b)
{
    const int64_t *one = a, *other = b;
    return *one < *other ? -1 : *one > *other;
}

static void drop_doubles(ty_ids *ids)
{
    size_t kept = 0;
    if (ids->count)
        qsort(ids->items, ids->count, sizeof *ids->items, by_number);
    for (size_t i = 0; i < ids->count; i++)
        if (!kept || ids->items[kept - 1] != ids->items[i])
            ids->items[kept++] = ids->items[i];
    ids->count = kept;
}

/*
 * What is aligned well enough, and all that is not aligned, which the filter lets stay. A number of the file
 * becomes the nearest float when it is read, so the index is asked from one float below.
 */
static ty_status find_sure(ty_units *units, size_t most, ty_ids *out, ty_error *error)
{
    ty_store *store = units->store;
    int64_t limit = (int64_t)most + 1;
    if (units->filter.min_confidence <= 0)
        return TY_NO;
    double from = (double)nextafterf(units->filter.min_confidence, 0);
    ty_status status =
        take(units, ty_sql(store, SQL_NARROW_SURE, error, "di", from, limit), most, out, error);
    if (status == TY_OK)
        status = take(units, ty_sql(store, SQL_NARROW_UNALIGNED, error, "i", limit), most, out, error);
    drop_doubles(out);
    return status;
}

/* Units without a date have that of their origin. */
static ty_status find_by_zone(ty_units *units, size_t most, ty_ids *out, ty_error *error)
{
    const ty_unit_filter *filter = &units->filter;
    if (!filter->since.size && !filter->source.size && !filter->target.size)
        return TY_NO;
    ty_status status = ty_zones_find(units->store, filter, most, out, error);
    if (status == TY_OK && filter->since.size) {
        ty_row *row = ty_sql(units->store, SQL_NARROW_NEW, error, "si", filter->since, (int64_t)most + 1);
        status = take(units, row, most + out->count, out, error);
    }
    drop_doubles(out);
    return status;
}

/* What can be asked with the filter, the narrowest first. TY_NO: nothing, or all answers are too long. */
static ty_status find(ty_units *units, size_t most, ty_ids *out, ty_error *error)
{
    static ty_status (*const finders[])(ty_units *, size_t, ty_ids *, ty_error *) = {
        find_by_status, find_doubtful, find_sure, find_by_zone};
    ty_status status = TY_NO;
    for (size_t i = 0; i < sizeof finders / sizeof *finders && status == TY_NO; i++) {
        ty_vector_clear(out);
        status = finders[i](units, most, out, error);
    }
    return status;
}

/* ------------------------------------------------------------------------------------------ their order */

static int by_place(const void *a, const void *b)
{
    const place *one = a, *other = b;
    if (one->origin != other->origin)
        return one->origin < other->origin ? -1 : 1;
    if (one->position != other->position)
        return one->position < other->position ? -1 : 1;
    return one->unit < other->unit ? -1 : one->unit > other->unit;
}

static ty_status find_places(ty_units *units, const ty_ids *ids, place *out, size_t *count, ty_error *error)
{
    ty_status status = TY_OK;
    for (size_t i = 0; i < ids->count && status == TY_OK; i++) {
        const ty_walked_origin *origin = NULL;
        place at = {.origin = units->origins.count, .unit = ids->items[i]};
        status = ty_units_first_origin(units, at.unit, &origin, &at.position, error);
        if (origin)
            at.origin = (size_t)(origin - units->origins.items);
        if (origin || !ty_units_by_origin(units))
            out[(*count)++] = at;
    }
    return status;
}

/* In the order of the walk. */
static ty_status put_in_order(ty_units *units, const ty_ids *ids, ty_error *error)
{
    size_t count = 0;
    place *places = ty_arena_array(&units->own, ids->count + 1, sizeof *places);
    int64_t *order = ty_arena_array(&units->own, ids->count + 1, sizeof *order);
    if (!places || !order)
        return ty_error_nomem(error);
    ty_status status = find_places(units, ids, places, &count, error);
    qsort(places, count, sizeof *places, by_place);
    for (size_t i = 0; i < count; i++)
        order[i] = places[i].unit;
    units->filter.ids = order;
    units->filter.id_count = count;
    units->by_id = status == TY_OK;
    return status;
}

/* How many units the walk would come by. */
static ty_status length_of(ty_units *units, int64_t *out, ty_error *error)
{
    ty_status status = TY_OK;
    if (!ty_units_by_origin(units))
        return ty_sql_number(units->store, SQL_UNIT_LAST_ID, out, error, "");
    *out = 0;
    for (size_t i = 0; i < units->origins.count && (status == TY_OK || status == TY_NO); i++) {
        int64_t count = 0;
        status = ty_sql_number(units->store, SQL_TALLY_GET, &count, error, "is", units->origins.items[i].id,
                               TY_SLICE("units"));
        *out += count;
    }
    return status == TY_NO ? TY_OK : status;
}

ty_status ty_units_narrow(ty_units *units, ty_error *error)
{
    const ty_unit_filter *filter = &units->filter;
    int64_t length = 0;
    ty_ids ids = {0};
    if (!filter->status.size && !filter->since.size && !filter->source.size && !filter->target.size &&
        filter->doubtful_below <= 0 && filter->min_confidence <= 0)
        return TY_OK;
    ty_status status = length_of(units, &length, error);
    if (status == TY_OK)
        status = find(units, (size_t)length / WALK_FACTOR + FEW, &ids, error);
    if (status == TY_OK)
        status = put_in_order(units, &ids, error);
    ty_vector_release(&ids);
    return status == TY_NO ? TY_OK : status;
}
