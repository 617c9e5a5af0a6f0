/* SPDX-License-Identifier: Apache-2.0 */
/*
 * corrected - what a bilingual file that came before had at the same places.
 */
#ifndef TY_OPS_CORRECTED_H
#define TY_OPS_CORRECTED_H

#include "ops/internal.h"

struct ty_corrected_place;

/* Zeroed to begin with. */
typedef struct ty_corrected {
    bool keyed_by_text;                         /* a place is a msgid and msgctxt; else a file and id */
    TY_VECTOR(struct ty_corrected_place) known; /* sorted */
    ty_ids outdated;                            /* units that others take the place of */
    uint64_t kept;                              /* confirmed ones that stay beside another */
} ty_corrected;

/* The units of all origins that are the file `name`, before it comes in. */
ty_status ty_corrected_load(ty_corrected *corrected, ty_store *store, ty_slice name, ty_format format,
                            ty_error *error);
/* A unit that comes in. False when there is no memory left. */
bool ty_corrected_meet(ty_corrected *corrected, const ty_unit *unit, bool confirmed);
/* Takes away what is outdated, behind the intake; *replaced is how many. */
ty_status ty_corrected_apply(ty_corrected *corrected, ty_store *store, const char *file,
                             const ty_listener *listener, uint64_t *replaced, ty_error *error);
void ty_corrected_release(ty_corrected *corrected);

#endif
