/* SPDX-License-Identifier: Apache-2.0 */
#include "ops/exchange/diverged_forms.h"

#include <stdlib.h>

static int by_digest(const void *a, const void *b)
{
    const ty_former *x = a, *y = b;
    if (x->digest != y->digest)
        return x->digest < y->digest ? -1 : 1;
    if (x->gone != y->gone)
        return x->gone ? 1 : -1;
    return x->unit < y->unit ? -1 : x->unit > y->unit;
}

/* Ours are in the order of digests; the first is of a unit that is there, if any is. */
const ty_former *ty_forms_ours(const ty_diverged *d, uint64_t digest)
{
    size_t at = ty_vector_from(&d->ours, digest, digest);
    return at < d->ours.count && d->ours.items[at].digest == digest ? &d->ours.items[at] : NULL;
}

bool ty_forms_we_had(const ty_diverged *d, int64_t unit, uint64_t digest)
{
    const ty_former *end = d->ours.items + d->ours.count;
    for (const ty_former *at = ty_forms_ours(d, digest); at && at < end && at->digest == digest; at++)
        if (at->unit == unit)
            return true;
    return false;
}

bool ty_forms_they_had(const ty_forms *theirs, uint64_t digest)
{
    for (size_t i = 0; i < theirs->count; i++)
        if (theirs->items[i].digest == digest)
            return true;
    return false;
}

/* The unit here that has a form of theirs, else one that had it. */
ty_status ty_forms_counterpart(ty_diverged *d, const ty_forms *theirs, ty_counterpart *out, ty_error *error)
{
    *out = (ty_counterpart){.fate = NEVER_HAD_IT};
    for (size_t i = 0; i < theirs->count; i++) {
        int64_t unit = 0;
        uint64_t form = theirs->items[i].digest;
        ty_status status = ty_store_unit_of_form(d->own, d->origin, form, &unit, error);
        if (status == TY_OK)
            *out = (ty_counterpart){HAS_IT, unit, form};
        if (status != TY_NO)
            return status;
        const ty_former *former = ty_forms_ours(d, form);
        ty_fate fate = !former ? NEVER_HAD_IT : former->gone ? REMOVED_IT : CHANGED_IT;
        if (fate < out->fate)
            *out = (ty_counterpart){fate, former->unit, former->now};
    }
    return TY_OK;
}

ty_status ty_forms_is_here(ty_diverged *d, uint64_t form, bool *out, ty_error *error)
{
    int64_t unit;
    ty_status status = ty_store_unit_of_form(d->own, d->origin, form, &unit, error);
    *out = status == TY_OK;
    return status == TY_NO ? TY_OK : status;
}

ty_status ty_forms_load_ours(ty_diverged *d, int64_t origin, ty_error *error)
{
    ty_vector_clear(&d->ours);
    ty_status status = ty_store_formers(d->own, origin, &d->ours, error);
    if (d->ours.count)
        qsort(d->ours.items, d->ours.count, sizeof *d->ours.items, by_digest);
    return status;
}
