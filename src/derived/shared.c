/* SPDX-License-Identifier: Apache-2.0 */
/* The index of terms, loaded once and used by many threads. */
#include <stdlib.h>

#include "derived/derived.h"

/* The index of one state of the memory. */
typedef struct state {
    ty_term_index *index;
    ty_stamp stamp;
    size_t users, opened; /* now, and ever */
} state;

/* Who looks up so often will need all of the index: then it is checked at once, and steps need no care. */
enum { OFTEN = 50 };

struct ty_shared_terms {
    ty_lock *lock;
    TY_VECTOR(state) states; /* the newest last; older ones are in use */
};

ty_status ty_shared_terms_new(ty_shared_terms **out, ty_error *error)
{
    *out = calloc(1, sizeof **out);
    if (*out && ((*out)->lock = ty_lock_new()))
        return TY_OK;
    free(*out);
    *out = NULL;
    return ty_error_nomem(error);
}

void ty_shared_terms_free(ty_shared_terms *shared)
{
    if (!shared)
        return;
    for (size_t i = 0; i < shared->states.count; i++)
        ty_term_index_free(shared->states.items[i].index);
    ty_vector_release(&shared->states);
    ty_lock_free(shared->lock);
    free(shared);
}

/* Those of an older state, which nobody uses any more. */
static void drop_old(ty_shared_terms *shared)
{
    size_t kept = 0;
    for (size_t i = 0; i < shared->states.count; i++) {
        state *old = &shared->states.items[i];
        if (i + 1 < shared->states.count && !old->users)
            ty_term_index_free(old->index);
        else
            shared->states.items[kept++] = *old;
    }
    shared->states.count = kept;
}

static ty_status renew(ty_shared_terms *shared, ty_store *store, ty_stamp stamp, ty_error *error)
{
    state made = {.stamp = stamp};
    ty_status status = ty_derived_terms(store, &made.index, error);
    if (status != TY_OK || ty_vector_push(&shared->states, made))
        return status;
    ty_term_index_free(made.index);
    return ty_error_nomem(error);
}

static state *newest(ty_shared_terms *shared)
{
    return shared->states.count ? &shared->states.items[shared->states.count - 1] : NULL;
}

/* One that is of the state; where it is damaged, another one. */
static ty_status bring_up(ty_shared_terms *shared, ty_store *store, ty_stamp stamp, bool whole,
                          ty_error *error)
{
    state *last = newest(shared);
    ty_status status = TY_OK;
    whole = whole || (last && last->opened == OFTEN);
    if (!last || !ty_stamp_equal(last->stamp, stamp))
        status = renew(shared, store, stamp, error);
    last = newest(shared);
    if (status != TY_OK ||
        !(ty_term_index_is_damaged(last->index) || (whole && !ty_term_index_trust_all(last->index))))
        return status;
    ty_derived_terms_forget(store);
    return renew(shared, store, stamp, error);
}

ty_status ty_shared_terms_open(ty_shared_terms *shared, ty_store *store, bool whole,
                               const ty_term_index **out, ty_error *error)
{
    ty_stamp stamp;
    *out = NULL;
    ty_status status = ty_store_stamp(store, TY_STAMP_CONCEPTS, &stamp, error);
    if (status != TY_OK)
        return status;
    ty_lock_enter(shared->lock);
    ty_store_resume_limit(store); /* whoever had it made it, and we waited */
    status = bring_up(shared, store, stamp, whole, error);
    if (status == TY_OK) {
        newest(shared)->users++;
        newest(shared)->opened++;
        *out = newest(shared)->index;
    }
    drop_old(shared);
    ty_lock_leave(shared->lock);
    return status;
}

void ty_shared_terms_close(ty_shared_terms *shared, const ty_term_index *index)
{
    if (!index)
        return;
    ty_lock_enter(shared->lock);
    for (size_t i = 0; i < shared->states.count; i++)
        if (shared->states.items[i].index == index)
            shared->states.items[i].users--;
    drop_old(shared);
    ty_lock_leave(shared->lock);
}
