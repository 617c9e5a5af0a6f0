/* SPDX-License-Identifier: Apache-2.0 */
/*
 * returning - releases that come back in a TMX of ours, told by the properties x-taiyaku:… of their pairs.
 *
 * A release that the memory does not have is made again as it was: its facts, both documents with the
 * sentences of its pairs and those that the header tells, where pairs and labels stand, how sure they are,
 * which of them are confirmed, and what people said of them. What people let stand is let stand, and what
 * they did is listed as done in that file. Pairs of releases that the memory has are units like any other.
 * They wait until all of the file has been read, since a reviewed release has pairs in several places of it.
 */
#ifndef TY_OPS_RETURNING_H
#define TY_OPS_RETURNING_H

#include "ops/exchange/header_releases.h"

struct ty_returning_release;

/* Zeroed to begin with; without a store nothing returns. */
typedef struct ty_returning {
    ty_store *store;
    ty_header header; /* of the file, in the arena, without what it tells of releases, */
    ty_told_releases told;
    ty_edit by;     /* who confirmed the unit at hand, and when, by its file */
    ty_slices here; /* names of origins that the memory has, in the arena */
    TY_VECTOR(struct ty_returning_release) releases;
    ty_arena arena;
} ty_returning;

/* Begins, and keeps the header, where it is one of ours; else leaves all as it is. */
ty_status ty_returning_begin(ty_returning *returning, ty_store *store, const ty_header *header,
                             ty_error *error);
/* Is the unit confirmed, by its property? *out is the unit without it (in the arena). */
ty_status ty_returning_status(ty_returning *returning, const ty_unit *unit, ty_unit *out, bool *confirmed,
                              ty_error *error);
/* Keeps a pair of a release; false where it is none, or the memory has that release. */
bool ty_returning_takes(ty_returning *returning, const ty_unit *unit, bool confirmed);
/* How many pairs wait. */
uint64_t ty_returning_count(const ty_returning *returning);
/* Makes the releases, behind the intake of what else there was; adds to the counts. */
ty_status ty_returning_settle(ty_returning *returning, unsigned flags, ty_slice file,
                              ty_intake_counts *counts, ty_error *error);
void ty_returning_release(ty_returning *returning);

/* The unit as it goes out: with properties where it is confirmed, and by whom and when, and with its place
 * and the facts of its release as they are now. Strings live in the arena. */
ty_status ty_returning_mark(const ty_stored_unit *stored, ty_arena *arena, ty_unit *out, ty_error *error);

#endif
