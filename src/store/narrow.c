/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Walks that few units fit: those that a person has confirmed, those changed since yesterday. Indexes name
 * the ones that may fit, which are then looked at one by one; where these are a fair part of the memory, the
 * walk through all of it is the shorter way.
 */
#include <stdlib.h>

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

/* TY_NO: they are too many. */
static ty_status find(ty_units *units, size_t most, ty_ids *out, ty_error *error)
{
    ty_status status;
    ty_row *row =
        ty_sql(units->store, SQL_NARROW_STATUS, error, "si", units->filter.status, (int64_t)(most + 1));
    while ((status = ty_sql_step(units->store, row, error)) == TY_OK)
        if (!ty_vector_push(out, ty_row_int(row, 0))) {
            status = ty_error_nomem(error);
            break;
        }
    if (row)
        ty_row_end(row);
    return status == TY_NO && out->count <= most ? TY_OK : status;
}

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

ty_status ty_units_narrow(ty_units *units, ty_error *error)
{
    int64_t last = 0;
    ty_ids ids = {0};
    if (!units->filter.status.size)
        return TY_OK;
    ty_status status = ty_sql_number(units->store, SQL_UNIT_LAST_ID, &last, error, "");
    if (status == TY_OK)
        status = find(units, (size_t)last / WALK_FACTOR + FEW, &ids, error);
    if (status == TY_OK)
        status = put_in_order(units, &ids, error);
    ty_vector_release(&ids);
    return status == TY_NO ? TY_OK : status;
}
