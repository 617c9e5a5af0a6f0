/* SPDX-License-Identifier: Apache-2.0 */
/* What derived data in the memory file have in common: see kept.c. */
#ifndef TY_DERIVED_INTERNAL_H
#define TY_DERIVED_INTERNAL_H

#include "derived/derived.h"

/* One thing that is kept. */
typedef struct ty_derived_kind {
    const char *name;
    ty_stamp_of stamp; /* of what it is made of */
    void *payload;
    /* TY_OK where what was made of the state `made` is still good, else TY_NO. NULL: the stamps must be
     * equal. */
    ty_status (*holds)(void *payload, ty_store *store, ty_stamp made, ty_slice bytes, ty_error *error);
    ty_status (*make)(void *payload, ty_store *store, ty_buffer *out, ty_error *error);
} ty_derived_kind;

/* The bytes as they are kept, into `out`; TY_NO where there are none that are good. */
ty_status ty_derived_fetch(const ty_derived_kind *kind, ty_store *store, ty_buffer *out, ty_error *error);
/* Makes them of the state at hand, into `out`. */
ty_status ty_derived_make(const ty_derived_kind *kind, ty_store *store, bool keep, ty_buffer *out,
                          ty_error *error);

#endif
