/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A walk on a server: rows that come are fetched with all that belongs to them, many at a time, where the one
 * scan over the variants does not give it: units by their numbers, of releases, or out of order.
 */
#include <stdlib.h>

#include "store/engine.h"
#include "store/units.h"

/* Few rows each time need no cursor. */
ty_status ty_walk_open(ty_store *store, ty_sql_walk which, ty_row **out, ty_error *error)
{
    const char *own = store->engine->walks[which];
    if (which != WALK_ONE && which != WALK_LINKS)
        return ty_sql_walk_open(store, which, out, error);
    return ty_sql_prepare(store, own ? own : ty_sql_walks[which], out, error);
}

static int by_number(const void *a, const void *b)
{
    const int64_t *one = a, *other = b;
    return (*one > *other) - (*one < *other);
}

ty_status ty_walk_look_ahead(ty_units *units, ty_error *error)
{
    enum { MOST = 512, FEW_JUMPS = 4 };
    int64_t ids[MOST];
    size_t count, kept = 0;
    const ty_engine *engine = units->store->engine;
    bool documents = !units->by_id && units->origin < units->origins.count &&
                     units->origins.items[units->origin].has_documents;
    if (units->expected && --units->expected)
        return TY_OK;
    if (!engine->upcoming || !(units->by_id || documents || units->variants.jumps > FEW_JUMPS))
        return TY_OK;
    if (units->by_id)
        for (count = 0; count < MOST && units->id - 1 + count < units->filter.id_count; count++)
            ids[count] = units->filter.ids[units->id - 1 + count];
    else
        count = engine->upcoming(units->rows, 1, ids, MOST);
    units->expected = count;
    qsort(ids, count, sizeof *ids, by_number);
    for (size_t i = 0; i < count; i++)
        if (!kept || ids[kept - 1] != ids[i])
            ids[kept++] = ids[i];
    return ty_store_expect(units->store, ids, kept, TY_EXPECT_WALK, error);
}
