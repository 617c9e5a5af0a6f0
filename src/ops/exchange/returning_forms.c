/* SPDX-License-Identifier: Apache-2.0 */
#include "ops/exchange/returning_forms.h"

typedef struct meeting {
    ty_returning *returning;
    const ty_conflicts *conflicts;
    ty_arena arena; /* of one unit */
} meeting;

/* What became here of a form, best first. */
typedef enum fate { HAS_IT, CHANGED_IT, REMOVED_IT, NEVER_HAD_IT } fate;

typedef struct counterpart {
    fate fate;
    int64_t unit, origin; /* origin 0: of its own */
} counterpart;

static ty_status find_counterpart(meeting *m, const ty_told_form *forms, size_t count, counterpart *out,
                                  ty_error *error)
{
    *out = (counterpart){.fate = NEVER_HAD_IT};
    for (size_t i = 0; i < count; i++) {
        int64_t unit = 0;
        ty_status status = ty_store_unit_of_form(m->returning->store, 0, forms[i].former, &unit, error);
        if (status == TY_OK)
            *out = (counterpart){.fate = HAS_IT, .unit = unit};
        if (status != TY_NO)
            return status;
        const ty_our_form *ours = ty_our_forms_find(m->returning, forms[i].former);
        fate became = !ours ? NEVER_HAD_IT : ours->is.gone ? REMOVED_IT : CHANGED_IT;
        if (became < out->fate)
            *out = (counterpart){became, ours->is.unit, ours->origin};
    }
    return TY_OK;
}

/* ------------------------------------------------------------------------------------------ what comes of it
 */

static ty_status leave(meeting *m, const ty_changed_unit *theirs, const counterpart *ours, ty_error *error)
{
    ty_left_pair left = {.unit = theirs->unit, .confirmed = theirs->confirmed && !ours, .by = theirs->by};
    if (ours) {
        left.ours = ours->unit;
        left.origin = ours->origin;
        left.beside = true;
    }
    return ty_vector_push(&m->returning->left, left) ? TY_OK : ty_error_nomem(error);
}

/* Ours is what theirs is now, and neither file brings back what theirs had been. */
static ty_status become(meeting *m, int64_t unit, const ty_changed_unit *theirs, ty_error *error)
{
    ty_stored_unit stored;
    ty_store *store = m->returning->store;
    ty_status status = ty_store_unit(store, unit, &m->arena, &stored, error);
    if (status != TY_OK)
        return status;
    status = ty_store_become(store, unit, theirs->unit,
                             theirs->confirmed ? TY_SLICE("confirmed") : (ty_slice){"", 0}, true, error);
    for (size_t i = 0; i < theirs->form_count && status == TY_OK && stored.origin; i++)
        status = ty_store_former_add(store, stored.origin, theirs->forms[i].former, unit, error);
    m->conflicts->counts->updated += status == TY_OK;
    return status;
}

static ty_status keep_ours(meeting *m, const counterpart *ours, const ty_changed_unit *theirs,
                           ty_error *error)
{
    m->conflicts->counts->unchanged++;
    return ty_store_former_add(m->returning->store, ours->origin, theirs->form, ours->unit, error);
}

static ty_status settle_both_changed(meeting *m, const counterpart *ours, const ty_changed_unit *theirs,
                                     ty_error *error)
{
    const char *what = ty_words("was changed here and in the other memory");
    ty_stored_unit stored, dated = {.unit = *theirs->unit};
    ty_status status = ty_store_unit(m->returning->store, ours->unit, &m->arena, &stored, error);
    if (status != TY_OK)
        return status;
    if (ty_conflict_is_none(&stored.unit, theirs->unit))
        return keep_ours(m, ours, theirs, error);
    ty_on_conflict word =
        ty_conflict_decide(m->conflicts, ty_stored_unit_date(&stored), ty_stored_unit_date(&dated));
    if (word == TY_CONFLICT_MINE) {
        ty_conflict_say(m->conflicts, ours->unit, 0, what, ty_words("this one stays"));
        return keep_ours(m, ours, theirs, error);
    }
    if (word == TY_CONFLICT_THEIRS) {
        ty_conflict_say(m->conflicts, ours->unit, 0, what, ty_words("the other's takes its place"));
        return become(m, ours->unit, theirs, error);
    }
    ty_conflict_say(m->conflicts, ours->unit, 0, what, ty_words("both stay"));
    return leave(m, theirs, ours, error);
}

static ty_status settle_removed_here(meeting *m, const counterpart *ours, const ty_changed_unit *theirs,
                                     ty_error *error)
{
    const char *what = ty_words("was removed here and changed in the other memory");
    ty_stored_unit dated = {.unit = *theirs->unit};
    ty_slice removed = {"", 0};
    ty_status status = ty_store_unit_removed_at(m->returning->store, ours->unit, &m->arena, &removed, error);
    if (status != TY_OK)
        return status;
    if (ty_conflict_decide(m->conflicts, removed, ty_stored_unit_date(&dated)) != TY_CONFLICT_MINE) {
        ty_conflict_say(m->conflicts, 0, 0, what, ty_words("it comes in"));
        return leave(m, theirs, NULL, error);
    }
    ty_conflict_say(m->conflicts, 0, 0, what, ty_words("it stays away"));
    return keep_ours(m, ours, theirs, error);
}

static ty_status settle_changed(meeting *m, const ty_changed_unit *theirs, ty_error *error)
{
    int64_t here;
    counterpart ours;
    ty_status status = ty_store_unit_of_form(m->returning->store, 0, theirs->form, &here, error);
    if (status != TY_NO)
        return status == TY_OK ? leave(m, theirs, NULL, error) : status;
    status = find_counterpart(m, theirs->forms, theirs->form_count, &ours, error);
    if (status != TY_OK)
        return status;
    if (ours.fate == NEVER_HAD_IT)
        return leave(m, theirs, NULL, error);
    if (ours.fate == HAS_IT)
        return become(m, ours.unit, theirs, error);
    if (ty_our_forms_had(m->returning, ours.unit, theirs->form)) { /* ours goes on from theirs */
        m->conflicts->counts->unchanged++;
        return TY_OK;
    }
    return ours.fate == CHANGED_IT ? settle_both_changed(m, &ours, theirs, error)
                                   : settle_removed_here(m, &ours, theirs, error);
}

/* A unit of a release, or one that another origin brought, too, is not the other's to remove. */
static ty_status remove_ours(meeting *m, int64_t unit, ty_error *error)
{
    bool alone = false;
    ty_stored_unit stored;
    ty_status status = ty_store_unit(m->returning->store, unit, &m->arena, &stored, error);
    if (status == TY_OK && !stored.aligned)
        status = ty_store_has_one_origin(m->returning->store, unit, &alone, error);
    if (status != TY_OK || !alone)
        return status;
    m->conflicts->counts->updated++;
    return ty_store_go(m->returning->store, unit, error);
}

static ty_status settle_removed_there(meeting *m, const ty_told_form *theirs, ty_error *error)
{
    const char *what = ty_words("was changed here and removed in the other memory");
    counterpart ours;
    ty_stored_unit stored;
    ty_status status = find_counterpart(m, theirs, 1, &ours, error);
    if (status != TY_OK || ours.fate > CHANGED_IT)
        return status;
    if (ours.fate == HAS_IT)
        return remove_ours(m, ours.unit, error);
    status = ty_store_unit(m->returning->store, ours.unit, &m->arena, &stored, error);
    if (status != TY_OK)
        return status;
    bool theirs_counts =
        ty_conflict_decide(m->conflicts, ty_stored_unit_date(&stored), theirs->date) == TY_CONFLICT_THEIRS;
    ty_conflict_say(m->conflicts, ours.unit, 0, what,
                    theirs_counts ? ty_words("it is removed") : ty_words("it stays"));
    return theirs_counts ? remove_ours(m, ours.unit, error) : TY_OK;
}

/* ------------------------------------------------------------------------------------------ all */

ty_status ty_returning_waits(ty_returning *returning, const ty_unit *unit, bool confirmed, bool *out,
                             ty_error *error)
{
    ty_changed_unit one = {.confirmed = confirmed, .by = returning->by};
    ty_unit *copy;
    *out = false;
    if (!returning->store || !returning->told.forms.count)
        return TY_OK;
    ty_status status = ty_store_form(returning->store, unit, &one.form, error);
    if (status != TY_OK)
        return status;
    one.forms = ty_told_forms_of(&returning->told.forms, one.form, &one.form_count);
    if (!one.forms)
        return TY_OK;
    *out = true;
    copy = ty_arena_alloc(&returning->arena, sizeof *copy);
    one.unit = copy;
    one.by.who = ty_arena_copy(&returning->arena, one.by.who);
    one.by.when = ty_arena_copy(&returning->arena, one.by.when);
    bool good =
        copy && ty_unit_copy(unit, &returning->arena, copy) && ty_vector_push(&returning->changed, one);
    return good ? TY_OK : ty_error_nomem(error);
}

static ty_status settle_all(meeting *m, ty_error *error)
{
    const ty_returning *returning = m->returning;
    ty_status status = TY_OK;
    for (size_t i = 0; i < returning->changed.count && status == TY_OK; i++) {
        ty_arena_clear(&m->arena);
        status = settle_changed(m, &returning->changed.items[i], error);
    }
    for (size_t i = 0; i < returning->told.forms.count && status == TY_OK; i++) {
        ty_arena_clear(&m->arena);
        if (returning->told.forms.items[i].gone)
            status = settle_removed_there(m, &returning->told.forms.items[i], error);
    }
    return status;
}

ty_status ty_returning_meet_forms(ty_returning *returning, const ty_conflicts *conflicts, ty_meeting_how how,
                                  ty_error *error)
{
    meeting m = {.returning = returning, .conflicts = conflicts};
    ty_status status = TY_OK;
    if (how.plain || how.force)
        for (size_t i = 0; i < returning->changed.count && status == TY_OK; i++)
            status = leave(&m, &returning->changed.items[i], NULL, error);
    else if (returning->told.forms.count)
        status = settle_all(&m, error);
    ty_arena_release(&m.arena);
    return status;
}
