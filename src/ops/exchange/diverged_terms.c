/* SPDX-License-Identifier: Apache-2.0 */
/* Concepts that people changed, joined or took out of use in two memories; they are told by their ids. */
#include "ops/exchange/diverged.h"

#include <stdio.h>

static void tell(ty_diverged *d, ty_slice id, const char *what, const char *then)
{
    char message[240];
    if (id.size > 80)
        id.size = 80;
    snprintf(message, sizeof message, ty_words("concept %.*s %s: %s"), TY_SLICE_FORMAT(id), what, then);
    ty_conflict_tell(&d->conflicts, message);
}

/* Two concepts of one id cannot both stay, and nobody knows which of them is newer: that of here does. */
ty_status ty_diverged_concept(ty_diverged *diverged, int64_t id, const ty_concept *theirs, ty_error *error)
{
    bool replace = diverged->conflicts.policy == TY_CONFLICT_THEIRS;
    tell(diverged, theirs->id, ty_words("was changed here and in the other memory"),
         replace ? ty_words("the other's takes its place") : ty_words("this one stays"));
    return replace ? ty_store_concept_set(diverged->own, id, theirs, error) : TY_OK;
}

static ty_status retire(ty_diverged *d, int64_t id, const ty_stored_concept *theirs, ty_error *error)
{
    ty_stored_concept ours;
    ty_status status = ty_store_concept(d->own, id, &d->arena, &ours, error);
    if (status != TY_OK || ours.went_to.size || ours.origin != d->origin)
        return status == TY_NO ? TY_OK : status;
    if (ours.edited && d->conflicts.policy != TY_CONFLICT_THEIRS) {
        tell(d, theirs->concept.id, ty_words("was changed here and taken out of use in the other memory"),
             ty_words("it stays in use"));
        return TY_OK;
    }
    if (ours.edited)
        tell(d, theirs->concept.id, ty_words("was changed here and taken out of use in the other memory"),
             ty_words("it goes out of use"));
    d->conflicts.counts->updated++;
    return ty_store_concept_retire(d->own, id, theirs->went_to, error);
}

static ty_status retire_one(ty_diverged *d, int64_t gone, ty_error *error)
{
    ty_stored_concept theirs;
    int64_t id = 0;
    ty_status status = ty_store_concept(d->other, gone, &d->arena, &theirs, error);
    if (status != TY_OK || !theirs.edited || !theirs.concept.id.size)
        return status == TY_NO ? TY_OK : status;
    status = ty_store_concept_named(d->own, theirs.concept.id, &id, error);
    if (status == TY_OK)
        status = retire(d, id, &theirs, error);
    return status == TY_NO ? TY_OK : status;
}

ty_status ty_diverged_retire(ty_diverged *diverged, int64_t from, ty_error *error)
{
    ty_ids gone = {0};
    ty_status status = diverged->origin ? ty_store_concepts_gone(diverged->other, from, &gone, error) : TY_OK;
    for (size_t i = 0; i < gone.count && status == TY_OK; i++) {
        status = retire_one(diverged, gone.items[i], error);
        ty_arena_clear(&diverged->arena);
    }
    ty_vector_release(&gone);
    return status;
}
