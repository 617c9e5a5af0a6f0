/* SPDX-License-Identifier: Apache-2.0 */
/* Units of the other's that have former forms, and what they stand beside here. */
#include "ops/exchange/diverged_forms.h"

ty_beside *ty_beside_find(const ty_diverged *diverged, int64_t theirs)
{
    size_t at = ty_vector_from(&diverged->came, theirs, theirs); /* in the order of units */
    ty_beside *beside = at < diverged->came.count ? &diverged->came.items[at] : NULL;
    return beside && beside->theirs == theirs ? beside : NULL;
}

/* The other's units that have former forms, each once. */
ty_status ty_beside_list(ty_diverged *d, ty_error *error)
{
    for (size_t i = 0; i < d->theirs.count; i++) {
        ty_beside one = {.theirs = d->theirs.items[i].unit};
        bool again = i && d->theirs.items[i - 1].unit == one.theirs;
        if (!d->theirs.items[i].gone && !again && !ty_vector_push(&d->came, one))
            return ty_error_nomem(error);
    }
    return TY_OK;
}

ty_status ty_beside_meet(ty_diverged *d, int64_t theirs, int64_t ours, ty_error *error)
{
    ty_beside *found = ty_beside_find(d, theirs);
    if (found)
        found->met = true;
    return !ours || ty_vector_push(&d->met, ours) ? TY_OK : ty_error_nomem(error);
}

bool ty_diverged_is_beside(const ty_diverged *diverged, int64_t theirs)
{
    const ty_beside *found = ty_beside_find(diverged, theirs);
    return found && found->ours;
}

bool ty_diverged_has_met(const ty_diverged *diverged, int64_t theirs)
{
    const ty_beside *found = ty_beside_find(diverged, theirs);
    return found && found->met;
}

bool ty_diverged_has_met_ours(const ty_diverged *diverged, int64_t ours)
{
    for (size_t i = 0; i < diverged->met.count; i++)
        if (diverged->met.items[i] == ours)
            return true;
    return false;
}

void ty_diverged_came(ty_diverged *diverged, int64_t theirs, int64_t ours)
{
    ty_beside *found = ty_beside_find(diverged, theirs);
    if (found)
        found->came = ours;
}

ty_status ty_beside_mark(ty_diverged *d, ty_error *error)
{
    ty_status status = TY_OK;
    for (size_t i = 0; i < d->came.count && status == TY_OK; i++) {
        const ty_beside *one = &d->came.items[i];
        if (!one->ours || !one->came || one->ours == one->came)
            continue;
        status = ty_store_set_conflict(d->own, one->ours, one->came, error);
        if (status == TY_OK)
            status = ty_store_set_conflict(d->own, one->came, one->ours, error);
    }
    return status;
}
