/* SPDX-License-Identifier: Apache-2.0 */
#include "ops/exchange/same_pairs.h"

#include <stdlib.h>

static uint64_t texts_of(const ty_unit *unit)
{
    uint64_t texts = 0;
    for (size_t i = 0; i < unit->variant_count; i++)
        texts = ty_hash(unit->variants[i].text, ty_hash(unit->variants[i].lang, texts));
    return texts;
}

static int compare(const void *one, const void *other)
{
    const ty_same_pair *a = one, *b = other;
    if (a->texts != b->texts)
        return a->texts < b->texts ? -1 : 1;
    return (a->unit > b->unit) - (a->unit < b->unit);
}

ty_status ty_same_pairs_load(ty_store *store, int64_t origin, ty_same_pairs *out, ty_error *error)
{
    ty_unit_filter filter = {.origin_id = origin};
    ty_units *units = NULL;
    ty_stored_unit unit;
    ty_vector_clear(out);
    ty_status status = ty_units_open(store, &filter, &units, error);
    while (status == TY_OK && (status = ty_units_next(units, &unit, error)) == TY_OK)
        if (unit.aligned && !ty_vector_push(out, ((ty_same_pair){texts_of(&unit.unit), unit.id})))
            status = ty_error_nomem(error);
    ty_units_close(units);
    if (out->count)
        qsort(out->items, out->count, sizeof *out->items, compare);
    return status == TY_NO ? TY_OK : status;
}

int64_t ty_same_pairs_find(const ty_same_pairs *pairs, const ty_unit *unit)
{
    uint64_t texts = texts_of(unit);
    size_t at = ty_vector_from(pairs, texts, texts);
    return at < pairs->count && pairs->items[at].texts == texts ? pairs->items[at].unit : 0;
}
