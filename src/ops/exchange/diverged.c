/* SPDX-License-Identifier: Apache-2.0 */
#include "ops/exchange/diverged_forms.h"

/* ------------------------------------------------------------------------------------------ deciding */

static ty_status date_of(ty_store *store, int64_t unit, bool gone, ty_arena *arena, ty_slice *out,
                         ty_error *error)
{
    ty_stored_unit stored;
    if (gone)
        return ty_store_unit_removed_at(store, unit, arena, out, error);
    ty_status status = ty_store_unit(store, unit, arena, &stored, error);
    *out = status == TY_OK ? ty_stored_unit_date(&stored) : (ty_slice){"", 0};
    return status == TY_NO ? TY_OK : status;
}

/* Whose word counts: that of who spoke last, ours where both spoke at once. */
static ty_status decide(ty_diverged *d, const ty_counterpart *ours, const ty_former *theirs,
                        ty_on_conflict *out, ty_error *error)
{
    ty_slice dates[2] = {{"", 0}, {"", 0}};
    ty_status status = TY_OK;
    if (d->conflicts.policy == TY_CONFLICT_NEWER)
        status = date_of(d->own, ours->unit, ours->fate == REMOVED_IT, &d->arena, &dates[0], error);
    if (status == TY_OK && d->conflicts.policy == TY_CONFLICT_NEWER)
        status = date_of(d->other, theirs->unit, theirs->gone, &d->arena, &dates[1], error);
    *out = ty_conflict_decide(&d->conflicts, dates[0], dates[1]);
    return status;
}

static ty_status become(ty_diverged *d, int64_t ours, int64_t theirs, bool with_beads, ty_error *error)
{
    ty_stored_unit stored;
    ty_status status = ty_store_unit(d->other, theirs, &d->arena, &stored, error);
    if (status == TY_OK)
        status = ty_store_become(d->own, ours, &stored.unit, stored.status, with_beads, error);
    d->conflicts.counts->updated += status == TY_OK;
    d->became += status == TY_OK;
    return status == TY_NO ? TY_OK : status;
}

static ty_status stand_beside(ty_diverged *d, const ty_counterpart *ours, const ty_former *theirs)
{
    ty_beside_find(d, theirs->unit)->ours = ours->unit; /* all that have former forms are listed */
    return TY_OK;
}

static ty_status say_the_same(ty_diverged *d, int64_t ours, int64_t theirs, bool *out, ty_error *error)
{
    ty_stored_unit here, there;
    *out = false;
    ty_status status = ty_store_unit(d->own, ours, &d->arena, &here, error);
    if (status == TY_OK)
        status = ty_store_unit(d->other, theirs, &d->arena, &there, error);
    if (status == TY_OK)
        *out = ty_conflict_is_none(&here.unit, &there.unit);
    return status == TY_NO ? TY_OK : status;
}

/* ------------------------------------------------------------------------------------------ conflicts */

/* Ours stays, and theirs does not come in beside it. */
static ty_status keep_ours(ty_diverged *d, const ty_counterpart *ours, const ty_former *theirs,
                           ty_error *error)
{
    return ty_store_former_add(d->own, d->origin, theirs->now, ours->unit, error);
}

static ty_status settle_both_changed(ty_diverged *d, const ty_counterpart *ours, const ty_forms *forms,
                                     ty_error *error)
{
    const ty_former *theirs = forms->items;
    const char *what = ty_words("was changed here and in the other memory");
    bool same;
    ty_on_conflict word;
    if (ty_forms_we_had(d, ours->unit, theirs->now)) /* ours goes on from theirs, */
        return TY_OK;
    if (ty_forms_they_had(forms, ours->now)) /* or theirs from ours */
        return become(d, ours->unit, theirs->unit, true, error);
    ty_status status = say_the_same(d, ours->unit, theirs->unit, &same, error);
    if (status == TY_OK && same)
        return keep_ours(d, ours, theirs, error);
    if (status == TY_OK)
        status = decide(d, ours, theirs, &word, error);
    if (status != TY_OK)
        return status;
    if (word == TY_CONFLICT_MINE) {
        ty_conflict_say(&d->conflicts, ours->unit, theirs->unit, what, ty_words("this one stays"));
        return keep_ours(d, ours, theirs, error);
    }
    if (word == TY_CONFLICT_THEIRS) {
        ty_conflict_say(&d->conflicts, ours->unit, theirs->unit, what,
                        ty_words("the other's takes its place"));
        return become(d, ours->unit, theirs->unit, true, error);
    }
    ty_conflict_say(&d->conflicts, ours->unit, theirs->unit, what, ty_words("both stay"));
    return stand_beside(d, ours, theirs);
}

static ty_status settle_removed_here(ty_diverged *d, const ty_counterpart *ours, const ty_former *theirs,
                                     ty_error *error)
{
    const char *what = ty_words("was removed here and changed in the other memory");
    ty_on_conflict word;
    if (ty_forms_we_had(d, ours->unit, theirs->now)) /* ours had been the same before it was removed */
        return TY_OK;
    ty_status status = decide(d, ours, theirs, &word, error);
    if (status == TY_OK && word != TY_CONFLICT_MINE) {
        ty_conflict_say(&d->conflicts, 0, theirs->unit, what, ty_words("it comes in"));
        return TY_OK;
    }
    if (status == TY_OK)
        ty_conflict_say(&d->conflicts, 0, theirs->unit, what, ty_words("it stays away"));
    return status == TY_OK ? keep_ours(d, ours, theirs, error) : status;
}

static ty_status settle_removed_there(ty_diverged *d, const ty_counterpart *ours, const ty_forms *forms,
                                      ty_error *error)
{
    const ty_former *theirs = forms->items;
    const char *what = ty_words("was changed here and removed in the other memory");
    ty_on_conflict word;
    if (ty_forms_they_had(forms, ours->now)) /* what was removed there is what we have */
        return ty_store_go(d->own, ours->unit, error);
    ty_status status = decide(d, ours, theirs, &word, error);
    if (status != TY_OK)
        return status;
    ty_conflict_say(&d->conflicts, ours->unit, theirs->unit, what,
                    word == TY_CONFLICT_THEIRS ? ty_words("it is removed") : ty_words("it stays"));
    if (word != TY_CONFLICT_THEIRS)
        return TY_OK;
    d->conflicts.counts->updated++;
    return ty_store_go(d->own, ours->unit, error);
}

/* A unit that another origin brought, too, is not the other's to remove. */
static ty_status remove_unchanged(ty_diverged *d, int64_t unit, ty_error *error)
{
    bool alone;
    ty_status status = ty_store_has_one_origin(d->own, unit, &alone, error);
    if (status != TY_OK || !alone)
        return status;
    d->conflicts.counts->updated++;
    return ty_store_go(d->own, unit, error);
}

/* ------------------------------------------------------------------------------------------ all forms */

static ty_status settle_one(ty_diverged *d, const ty_forms *forms, ty_error *error)
{
    ty_counterpart ours;
    bool here = false;
    const ty_former *theirs = forms->items;
    ty_status status = theirs->gone ? TY_OK : ty_forms_is_here(d, theirs->now, &here, error);
    if (status == TY_OK && !here)
        status = ty_forms_counterpart(d, forms, &ours, error);
    if (status == TY_OK && (here || ours.fate != NEVER_HAD_IT))
        status = ty_beside_meet(d, theirs->unit, here ? 0 : ours.unit, error);
    if (status != TY_OK || here || ours.fate == NEVER_HAD_IT)
        return status;
    if (ours.fate == HAS_IT)
        return theirs->gone ? remove_unchanged(d, ours.unit, error)
                            : become(d, ours.unit, theirs->unit, false, error);
    if (ours.fate == CHANGED_IT)
        return theirs->gone ? settle_removed_there(d, &ours, forms, error)
                            : settle_both_changed(d, &ours, forms, error);
    return theirs->gone ? TY_OK : settle_removed_here(d, &ours, theirs, error);
}

static ty_status settle_all(ty_diverged *d, ty_error *error)
{
    ty_status status = TY_OK;
    ty_forms forms = {d->theirs.items, 0};
    const ty_former *end = d->theirs.items + d->theirs.count;
    for (; forms.items < end && status == TY_OK; forms.items += forms.count) {
        for (forms.count = 1;
             forms.items + forms.count < end && forms.items[forms.count].unit == forms.items->unit;)
            forms.count++;
        status = settle_one(d, &forms, error);
        ty_arena_clear(&d->arena);
    }
    return status;
}

ty_status ty_diverged_settle(ty_diverged *diverged, int64_t from, ty_error *error)
{
    ty_vector_clear(&diverged->ours);
    ty_vector_clear(&diverged->theirs);
    ty_vector_clear(&diverged->came);
    ty_vector_clear(&diverged->met);
    ty_status status = ty_store_formers(diverged->other, from, &diverged->theirs, error);
    if (status == TY_OK)
        status = ty_beside_list(diverged, error);
    if (status == TY_OK && diverged->origin)
        status = ty_forms_load_ours(diverged, diverged->origin, error);
    return status == TY_OK && diverged->origin ? settle_all(diverged, error) : status;
}

static ty_status keep_form(ty_diverged *d, int64_t origin, const ty_former *theirs, ty_error *error)
{
    const ty_beside *one = ty_beside_find(d, theirs->unit);
    if (ty_forms_ours(d, theirs->digest) || (one && !one->came))
        return TY_OK;
    return ty_store_former_add(d->own, origin, theirs->digest, one ? one->came : 0, error);
}

ty_status ty_diverged_finish(ty_diverged *diverged, int64_t origin, ty_error *error)
{
    ty_status status = ty_beside_mark(diverged, error);
    uint64_t met = diverged->became < diverged->conflicts.counts->unchanged
                       ? diverged->became
                       : diverged->conflicts.counts->unchanged;
    diverged->conflicts.counts->unchanged -= met; /* they were met once more as they came in */
    diverged->became = 0;
    if (status == TY_OK) /* what was settled is among them now */
        status = ty_forms_load_ours(diverged, origin, error);
    for (size_t i = 0; i < diverged->theirs.count && status == TY_OK; i++)
        status = keep_form(diverged, origin, &diverged->theirs.items[i], error);
    return status;
}

void ty_diverged_release(ty_diverged *diverged)
{
    ty_vector_release(&diverged->ours);
    ty_vector_release(&diverged->theirs);
    ty_vector_release(&diverged->came);
    ty_vector_release(&diverged->met);
    ty_arena_release(&diverged->arena);
}
