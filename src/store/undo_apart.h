/* SPDX-License-Identifier: Apache-2.0 */
/* How many of the pairs that a step touched, or whose units or sentences it did, say something else than
 * their units. */
#ifndef TY_STORE_UNDO_APART_H
#define TY_STORE_UNDO_APART_H

#include "store/ledger.h"

typedef struct ty_touched {
    ty_sql_id beads;  /* which finds the pairs, by ... */
    int64_t document; /* ... this, where it is by sentences, and ... */
    ty_range range;   /* ... beads, units, or numbers of sentences */
} ty_touched;

typedef struct ty_apart {
    TY_VECTOR(ty_touched) touched;
    int64_t count;      /* of pairs, by the last look */
    int64_t bead, unit; /* one of them and its unit; 0: there is none */
} ty_apart;

/* Does the bead say something else than its unit, or is that gone? `unit`: its, 0 where it has none or one
 * side. */
ty_status ty_bead_is_apart(ty_store *store, int64_t bead, int64_t *unit, bool *out, ty_error *error);

/* What the step touched, as its record says before it is taken back. */
ty_status ty_apart_open(ty_store *store, int64_t step, ty_apart *out, ty_error *error);
ty_status ty_apart_count(ty_store *store, ty_apart *apart, ty_error *error);
void ty_apart_release(ty_apart *apart);

#endif
