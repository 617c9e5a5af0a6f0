/* SPDX-License-Identifier: Apache-2.0 */
/* Forms that units of ours had (returning_forms.h). */
#include "ops/exchange/returning_forms.h"

#include <stdlib.h>

static int by_digest(const void *a, const void *b)
{
    const ty_former *x = &((const ty_our_form *)a)->is, *y = &((const ty_our_form *)b)->is;
    if (x->digest != y->digest)
        return x->digest < y->digest ? -1 : 1;
    if (x->gone != y->gone)
        return x->gone ? 1 : -1;
    return (x->unit > y->unit) - (x->unit < y->unit);
}

ty_status ty_returning_load_forms(ty_returning *returning, ty_error *error)
{
    ty_formers formers = {0};
    ty_status status = TY_OK;
    for (size_t i = 0; i < returning->here.count && status == TY_OK; i++) {
        const ty_origin *origin = &returning->here.items[i];
        ty_vector_clear(&formers);
        if (!ty_slice_equal(origin->kind, TY_SLICE("documents")))
            status = ty_store_formers(returning->store, origin->id, &formers, error);
        for (size_t k = 0; k < formers.count && status == TY_OK; k++)
            if (!ty_vector_push(&returning->ours, ((ty_our_form){formers.items[k], origin->id})))
                status = ty_error_nomem(error);
    }
    ty_vector_release(&formers);
    if (returning->ours.count)
        qsort(returning->ours.items, returning->ours.count, sizeof *returning->ours.items, by_digest);
    return status;
}

/* The first of that digest; NULL for none. */
const ty_our_form *ty_our_forms_find(const ty_returning *returning, uint64_t digest)
{
    size_t at = ty_vector_from(&returning->ours, is.digest, digest);
    const ty_our_form *form = at < returning->ours.count ? &returning->ours.items[at] : NULL;
    return form && form->is.digest == digest ? form : NULL;
}

bool ty_our_forms_had(const ty_returning *returning, int64_t unit, uint64_t digest)
{
    const ty_our_form *end = returning->ours.items + returning->ours.count;
    for (const ty_our_form *at = ty_our_forms_find(returning, digest);
         at && at < end && at->is.digest == digest; at++)
        if (at->is.unit == unit)
            return true;
    return false;
}

ty_status ty_returning_is_former(const ty_returning *returning, const ty_unit *unit, bool *out,
                                 ty_error *error)
{
    uint64_t form;
    int64_t here;
    *out = false;
    if (!returning->ours.count)
        return TY_OK;
    ty_status status = ty_store_form(returning->store, unit, &form, error);
    if (status != TY_OK || !ty_our_forms_find(returning, form))
        return status;
    status = ty_store_unit_of_form(returning->store, 0, form, &here, error);
    *out = status == TY_NO;
    return status == TY_NO ? TY_OK : status;
}
