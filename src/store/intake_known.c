/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What is known of the memory's units beforehand: on a server a question costs a round trip, and an intake
 * has one or two of each unit. After a number of them it loads all digests, and the places that its origin
 * has, and asks itself. Units that are compared come a block at a time: who brings a file once more meets
 * them in order.
 */
#include "store/engine.h"
#include "store/intake.h"

#include <stdlib.h>

/* Questions that are asked singly: some, and the more the larger the memory. */
enum { FEW_QUESTIONS = 64, UNITS_A_QUESTION = 256, FIRST_BLOCK = 16, LARGEST_BLOCK = 1024 };

static ty_status load_pairs(ty_store *store, ty_row *row, ty_known_pairs *out, ty_error *error)
{
    ty_status status;
    while ((status = ty_sql_step(store, row, error)) == TY_OK)
        if (!ty_vector_push(out, ((ty_known_pair){ty_row_int(row, 0), ty_row_int(row, 1)})))
            break;
    if (status == TY_OK)
        return ty_error_nomem(error);
    return status == TY_NO ? TY_OK : status;
}

static ty_status load(ty_store *store, ty_sql_walk which, int64_t key, ty_known_pairs *out, ty_error *error)
{
    ty_row *row = NULL;
    ty_status status = ty_sql_walk_open(store, which, &row, error);
    if (status == TY_OK && which == WALK_KNOWN_LINKS)
        ty_row_bind(row, 1, key);
    if (status == TY_OK)
        status = load_pairs(store, row, out, error);
    ty_row_close(row);
    return status;
}

/* Only where nothing is changed that was known. */
ty_status ty_intake_know(ty_intake *intake, ty_error *error)
{
    ty_known *known = &intake->known;
    ty_store *store = intake->store;
    if (known->loaded || !store->engine->expect ||
        intake->flags & (TY_INTAKE_REPLACE | TY_INTAKE_RENEW_SIMILAR))
        return TY_OK;
    if (++known->questions < FEW_QUESTIONS + intake->first_new / UNITS_A_QUESTION)
        return TY_OK;
    ty_status status = load(store, WALK_KNOWN_DIGESTS, 0, &known->digests, error);
    if (status == TY_OK && !intake->fresh)
        status = load(store, WALK_KNOWN_LINKS, intake->origin, &known->links, error);
    known->loaded = status == TY_OK;
    return status;
}

/* The first pair from (key, above) on. */
static size_t first_of(const ty_known_pairs *pairs, int64_t key, int64_t above)
{
    size_t low = 0, high = pairs->count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        const ty_known_pair *at = &pairs->items[middle];
        if (at->key < key || (at->key == key && at->value <= above))
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

bool ty_known_place(const ty_intake *intake, int64_t unit, int64_t *place)
{
    const ty_known_pairs *links = &intake->known.links;
    size_t at = first_of(links, unit, INT64_MIN);
    if (at == links->count || links->items[at].key != unit)
        return false;
    *place = links->items[at].value;
    return true;
}

int64_t ty_known_next(const ty_intake *intake, uint64_t digest, int64_t above, bool linked)
{
    int64_t place;
    const ty_known_pairs *digests = &intake->known.digests;
    for (size_t at = first_of(digests, (int64_t)digest, above);
         at < digests->count && digests->items[at].key == (int64_t)digest; at++)
        if (!linked || ty_known_place(intake, digests->items[at].value, &place))
            return digests->items[at].value;
    return 0;
}

/* A block is twice as large as the one before where that was used. */
ty_status ty_known_expect(ty_intake *intake, int64_t unit, ty_error *error)
{
    int64_t ids[LARGEST_BLOCK];
    size_t count = 0;
    ty_known *known = &intake->known;
    if (!known->loaded || (unit >= known->first && unit < known->end)) {
        known->used++;
        return TY_OK;
    }
    bool larger = known->used * 2 >= known->end - known->first;
    known->size = !known->size || !larger ? FIRST_BLOCK : known->size * 2;
    known->size = known->size < LARGEST_BLOCK ? known->size : LARGEST_BLOCK;
    known->first = unit;
    known->end = unit + known->size < intake->first_new ? unit + known->size : intake->first_new;
    known->used = 1;
    for (int64_t id = known->first; id < known->end; id++)
        ids[count++] = id;
    return ty_store_expect(intake->store, ids, count, TY_EXPECT_UNITS, error);
}

void ty_known_release(ty_known *known)
{
    ty_vector_release(&known->digests);
    ty_vector_release(&known->links);
}
