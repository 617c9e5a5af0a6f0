/* SPDX-License-Identifier: Apache-2.0 */
/* accept - findings that are to be let stand from now on, of whatever check. */
#ifndef TY_OPS_ACCEPT_H
#define TY_OPS_ACCEPT_H

#include "ops/internal.h"

typedef struct ty_accepting {
    const char *ids, *who; /* ids parted by commas or blanks, NULL: all; who may be NULL */
    ty_strings found;      /* ids of findings that are wanted */
    TY_VECTOR(ty_accepted) fresh;
    ty_arena arena;
} ty_accepting;

/* A finding of the check, copied; *fresh: it is one of those wanted, and was not accepted before. `fault` is
 * a literal. */
ty_status ty_accepting_meet(ty_accepting *accepting, const ty_accepted *finding, bool accepted, bool *fresh);
/* Remembers all that are fresh, as one step. TY_NO, and nothing is remembered, when an id was not among the
 * findings. Frees it in any case. */
ty_status ty_accepting_end(ty_accepting *accepting, ty_status status, ty_store *store, ty_error *error);

#endif
