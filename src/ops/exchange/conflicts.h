/* SPDX-License-Identifier: Apache-2.0 */
/* conflicts - what two memories say differently of one thing: how it is told, and whose word counts. */
#ifndef TY_OPS_CONFLICTS_H
#define TY_OPS_CONFLICTS_H

#include "ops/internal.h"

typedef struct ty_conflicts {
    ty_on_conflict policy;
    const ty_listener *listener;
    const char *file; /* the other's */
    ty_counts *counts;
} ty_conflicts;

/* Says what a conflict is about, and counts it. */
void ty_conflict_tell(const ty_conflicts *conflicts, const char *message);
/* The same of units here and there; 0: there is none, or it has no number. */
void ty_conflict_say(const ty_conflicts *conflicts, int64_t ours, int64_t theirs, const char *what,
                     const char *then);
/* Of the newer: that of who spoke last, ours where both spoke at once. */
ty_on_conflict ty_conflict_decide(const ty_conflicts *conflicts, ty_slice our_date, ty_slice their_date);

/* Do both say the same? */
bool ty_conflict_is_none(const ty_unit *a, const ty_unit *b);

#endif
