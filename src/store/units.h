/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The inside of a walk over units, shared by the walk itself and by reading ahead.
 */
#ifndef TY_STORE_UNITS_H
#define TY_STORE_UNITS_H

#include "store/internal.h"

/* An origin that fits the filter. */
typedef struct ty_walked_origin {
    int64_t id;
    ty_slice name, kind, date, imported_at, title, url, told;
    bool has_documents;
} ty_walked_origin;

/* The variants of rising units are read off one long statement, so that a walk needs no look-up for each. */
typedef struct ty_variant_scan {
    ty_row *statement;
    bool waiting;   /* a row that is not used yet */
    unsigned jumps; /* times that it had to be looked for anew */
} ty_variant_scan;

/* Those of the unit; its statement is WALK_VARIANTS. */
ty_status ty_variants_scan(ty_store *store, ty_variant_scan *scan, int64_t unit, ty_arena *arena,
                           ty_unit *out, ty_error *error);

typedef struct ty_ahead ty_ahead;

struct ty_units {
    ty_store *store;
    ty_ahead *ahead; /* who does the walk instead, if anybody; nothing below is used then */
    ty_unit_filter filter;
    ty_row *snapshot, *rows, *links;
    ty_variant_scan variants;
    TY_VECTOR(ty_walked_origin) origins;
    size_t origin; /* the one that is walked; count: units of no origin; beyond: the end */
    size_t id;     /* next of filter.ids */
    bool by_id;    /* these, which the filter has or indexes found, are all there is */
    bool rows_end;
    size_t expected;  /* rows to come that were fetched ahead */
    ty_arena own;     /* the filter and the origins */
    ty_arena scratch; /* the unit given out last */
    ty_arena *arena;  /* where units go: &scratch, or a heap of units read ahead */
};

/* Where indexes tell that few units can fit, these become the walk's ids, in its order. */
ty_status ty_units_narrow(ty_units *units, ty_error *error);
/* The first fitting origin that has the unit, NULL for none, and the place there. */
ty_status ty_units_first_origin(ty_units *units, int64_t unit, const ty_walked_origin **origin,
                                uint64_t *position, ty_error *error);
/* Does the filter ask for origins? */
bool ty_units_by_origin(const ty_units *units);

/* See walk_ahead.c: a statement of the walk; before a row is used. */
ty_status ty_walk_open(ty_store *store, ty_sql_walk which, ty_row **out, ty_error *error);
ty_status ty_walk_look_ahead(ty_units *units, ty_error *error);

/* A walk on this very connection. */
ty_status ty_units_open_here(ty_store *store, const ty_unit_filter *filter, ty_units **out, ty_error *error);
/* Its next unit, put into units->arena behind what is there. */
ty_status ty_units_step(ty_units *units, ty_stored_unit *out, ty_error *error);

/* NULL where reading ahead is not worth it or cannot be had. */
ty_ahead *ty_ahead_open(ty_store *store, const ty_unit_filter *filter);
ty_status ty_ahead_next(ty_ahead *ahead, ty_stored_unit *out, ty_error *error);
void ty_ahead_close(ty_ahead *ahead);

#endif
