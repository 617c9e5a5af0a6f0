/* SPDX-License-Identifier: Apache-2.0 */
/* joining - another memory on its way into this one, origin by origin: what it has, and what its people did.
 */
#ifndef TY_OPS_JOINING_H
#define TY_OPS_JOINING_H

#include "ops/exchange/diverged.h"
#include "ops/exchange/same_pairs.h"
#include "ops/exchange/same_release.h"

/* A label here and there. */
typedef struct ty_joined_label {
    int64_t theirs, ours;
} ty_joined_label;

typedef struct ty_joining {
    ty_store *own, *other;
    unsigned flags;
    ty_counts *counts;
    const ty_origin *from;
    ty_intake *intake;
    int64_t origin;                /* in our memory */
    ty_stored_documents documents; /* the other's of this origin */
    TY_VECTOR(int64_t) ids;        /* ours, in their order */
    TY_VECTOR(ty_joined_label) labels;
    ty_ids confirmed; /* units of ours that the other's people confirmed */
    ty_diverged diverged;
    ty_same_release release; /* ours, where the other's origin is a release that is here */
    TY_VECTOR(ty_beside) beside;
    ty_same_pairs same; /* of ours, where the other's origin is a release that is here */
    ty_arena arena;
} ty_joining;

/* Our number of the other's document, 0 for one of an older version; of its label, 0 for none. */
int64_t ty_joined_document(const ty_joining *joining, int64_t document);
int64_t ty_joined_label_of(const ty_joining *joining, int64_t unit);

/* joining_contents.c: documents, units and concepts of the origin, into the intake. */
ty_status ty_join_contents(ty_joining *joining, ty_error *error);
/* joining_work.c: sentences that were edited, pairs confirmed, and what was done to the beads. */
ty_status ty_join_work(ty_joining *joining, ty_error *error);

#endif
