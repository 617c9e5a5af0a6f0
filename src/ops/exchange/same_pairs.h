/* SPDX-License-Identifier: Apache-2.0 */
/*
 * same_pairs - the pairs of a release that is here, by their texts. Two desks that take in one release make
 * the same pairs of it, each at its own time: when their memories are joined, they are one.
 */
#ifndef TY_OPS_SAME_PAIRS_H
#define TY_OPS_SAME_PAIRS_H

#include "ops/internal.h"

typedef struct ty_same_pair {
    uint64_t texts; /* hash of languages and texts */
    int64_t unit;
} ty_same_pair;

/* Zero before it is loaded; sorted by texts, then unit. */
typedef TY_VECTOR(ty_same_pair) ty_same_pairs;

/* The pairs that were aligned of the origin, in place of what the list had. Release it with
 * ty_vector_release. */
ty_status ty_same_pairs_load(ty_store *store, int64_t origin, ty_same_pairs *out, ty_error *error);
/* The unit with these languages and texts; 0: none. Of several the first. */
int64_t ty_same_pairs_find(const ty_same_pairs *pairs, const ty_unit *unit);

#endif
