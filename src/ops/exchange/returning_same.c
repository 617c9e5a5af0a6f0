/* SPDX-License-Identifier: Apache-2.0 */
/* Releases of the file that the memory has already: their pairs meet ours at their places. */
#include "ops/exchange/returning_parts.h"
#include "ops/exchange/same_release.h"

static ty_their_pair as_theirs(const ty_returned_pair *one)
{
    ty_stored_unit dated = {.unit = *one->unit};
    return (ty_their_pair){.unit = one->unit,
                           .first = {one->place[0], one->place[1]},
                           .count = {one->count[0], one->count[1]},
                           .status = one->confirmed ? TY_SLICE("confirmed") : TY_SLICE(""),
                           .date = ty_stored_unit_date(&dated)};
}

static ty_status leave(ty_returning *returning, const struct ty_returning_release *release,
                       const ty_returned_pair *one, bool beside, int64_t ours, ty_error *error)
{
    ty_left_pair left = {.unit = one->unit,
                         .origin = release->here,
                         .ours = ours,
                         .beside = beside,
                         .confirmed = one->confirmed && !ours,
                         .by = one->by};
    return ty_vector_push(&returning->left, left) ? TY_OK : ty_error_nomem(error);
}

/* A release of that name is the same one where half of the pairs at least are known. */
static bool is_same(ty_same_release *same, const struct ty_returning_release *release)
{
    size_t known = 0;
    for (size_t i = 0; i < release->pairs.count; i++) {
        ty_their_pair theirs = as_theirs(&release->pairs.items[i]);
        known += ty_same_release_count(same, &theirs, 1);
    }
    return 2 * known >= release->pairs.count;
}

static ty_status meet_pair(ty_returning *returning, ty_same_release *same, ty_meeting_how how,
                           const struct ty_returning_release *release, const ty_returned_pair *one,
                           ty_error *error)
{
    int64_t ours = 0;
    ty_place_meeting met;
    ty_their_pair theirs = as_theirs(one);
    ty_status status = ty_same_release_meet(same, &theirs, &met, &ours, error);
    if (status != TY_OK)
        return status;
    if (met == TY_MET_NONE || (met == TY_MET_AWAY && how.force))
        return leave(returning, release, one, false, 0, error);
    if (met == TY_MET_BESIDE)
        return leave(returning, release, one, true, ours, error);
    same->conflicts.counts->unchanged += met != TY_MET_THEIRS;
    return TY_OK;
}

static ty_status meet_removed(ty_same_release *same, const ty_told_release *told, ty_error *error)
{
    bool gone;
    ty_status status = TY_OK;
    for (size_t i = 0; told && i < told->beads.count && status == TY_OK; i++)
        if (told->beads.items[i].omit)
            status = ty_same_release_remove(same, &told->beads.items[i], &gone, error);
    return status;
}

static ty_status meet_release(ty_returning *returning, const ty_conflicts *conflicts, ty_meeting_how how,
                              struct ty_returning_release *release, ty_error *error)
{
    ty_same_release same = {0};
    ty_status status = ty_same_release_open(returning->store, release->here, conflicts, &same, error);
    if (status == TY_OK)
        ty_same_release_face(&same, release->langs[0], (const size_t[]){0, 0});
    bool is = status == TY_OK && !how.plain && is_same(&same, release);
    status = status == TY_NO ? TY_OK : status;
    for (size_t i = 0; i < release->pairs.count && status == TY_OK; i++)
        status = is ? meet_pair(returning, &same, how, release, &release->pairs.items[i], error)
                    : leave(returning, release, &release->pairs.items[i], false, 0, error);
    if (status == TY_OK && is)
        status = meet_removed(&same, release->told, error);
    ty_same_release_release(&same);
    return status;
}

ty_status ty_returning_meet(ty_returning *returning, const ty_conflicts *conflicts, ty_meeting_how how,
                            ty_error *error)
{
    ty_status status = TY_OK;
    for (size_t i = 0; i < returning->releases.count && status == TY_OK; i++)
        if (returning->releases.items[i].here)
            status = meet_release(returning, conflicts, how, &returning->releases.items[i], error);
    return status;
}

/* Two that say different things of one place; the file does not bring it again. */
static ty_status mark(ty_store *store, const ty_left_pair *left, ty_error *error)
{
    uint64_t form;
    ty_status status = left->ours ? ty_store_set_conflict(store, left->ours, left->came, error) : TY_OK;
    if (status == TY_OK && left->ours)
        status = ty_store_set_conflict(store, left->came, left->ours, error);
    if (status == TY_OK)
        status = ty_store_form(store, left->unit, &form, error);
    return status == TY_OK ? ty_store_former_add(store, left->origin, form, left->came, error) : status;
}

ty_status ty_returning_came(ty_returning *returning, ty_error *error)
{
    ty_status status = TY_OK;
    for (size_t i = 0; i < returning->left.count && status == TY_OK; i++) {
        const ty_left_pair *left = &returning->left.items[i];
        if (left->beside && left->came)
            status = mark(returning->store, left, error);
    }
    return status;
}
