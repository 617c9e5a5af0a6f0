/* SPDX-License-Identifier: Apache-2.0 */
/*
 * diverged - an origin that two memories have, and what people made of it in each since: by the form that a
 * unit had when they were one. What was changed, joined or removed in the other only comes along; what was in
 * both is a conflict.
 */
#ifndef TY_OPS_EXCHANGE_DIVERGED_H
#define TY_OPS_EXCHANGE_DIVERGED_H

#include "ops/exchange/conflicts.h"

/* A unit of the other's that is to stand beside one of ours. */
typedef struct ty_beside {
    int64_t theirs, ours; /* ours 0: it was removed here, or is not in yet */
    int64_t came;         /* theirs, as it is here; 0: not yet */
    bool met;             /* it is here, or had been */
} ty_beside;

typedef struct ty_diverged {
    ty_store *own, *other;
    ty_conflicts conflicts;
    int64_t origin;  /* in our memory; 0: it is not there yet */
    uint64_t became; /* units of ours that are what the other's are now */
    ty_formers ours, theirs;
    TY_VECTOR(ty_beside) came; /* units of the other's with former forms */
    ty_ids met;                /* units of ours that had met theirs by their forms */
    ty_arena arena;            /* of one unit */
} ty_diverged;

/*
 * Before the units of the other's origin `from` come in, the transaction being the caller's: settles what
 * changed in one or both. Each conflict is a warning.
 */
ty_status ty_diverged_settle(ty_diverged *diverged, int64_t from, ty_error *error);
/* Is it to come in beside one of ours, which has the place? */
bool ty_diverged_is_beside(const ty_diverged *diverged, int64_t theirs);
/* Has it been settled by its former forms? And is that so of one of ours? */
bool ty_diverged_has_met(const ty_diverged *diverged, int64_t theirs);
bool ty_diverged_has_met_ours(const ty_diverged *diverged, int64_t ours);
/* A unit of the other's has come in, as `ours` (0: it was not brought back). */
void ty_diverged_came(ty_diverged *diverged, int64_t theirs, int64_t ours);
/* A concept of the other's that a person had edited there, as one here: `id`. It was not overwritten. */
ty_status ty_diverged_concept(ty_diverged *diverged, int64_t id, const ty_concept *theirs, ty_error *error);
/* Concepts that a person took out of use there, or joined to others, go out of use here. */
ty_status ty_diverged_retire(ty_diverged *diverged, int64_t from, ty_error *error);
/* After they have: marks conflicts, and keeps the forms that the file is not to bring back here either. */
ty_status ty_diverged_finish(ty_diverged *diverged, int64_t origin, ty_error *error);
void ty_diverged_release(ty_diverged *diverged);

#endif
