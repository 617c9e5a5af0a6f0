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

#include "ops/exchange/conflicts.h"
#include "ops/exchange/header_releases.h"

struct ty_returning_release;

/* A pair of a release that is here already, which comes in as a unit like any. */
typedef struct ty_left_pair {
    const ty_unit *unit;
    int64_t origin, ours; /* the release that is here, and the unit that it is in conflict with; 0: none */
    bool beside;          /* what was said of it need not be said again */
    int64_t came;         /* the unit that it became; filled in by who takes it */
    bool confirmed;
    ty_edit by;
} ty_left_pair;

/* A unit of no release that a person changed in the memory of the file. */
typedef struct ty_changed_unit {
    const ty_unit *unit;
    uint64_t form;             /* its digest */
    const ty_told_form *forms; /* that it had before */
    size_t form_count;
    bool confirmed;
    ty_edit by;
} ty_changed_unit;

/* A former form of a unit of ours that is of no release. */
typedef struct ty_our_form {
    ty_former is;
    int64_t origin;
} ty_our_form;

/* Zeroed to begin with; without a store nothing returns. */
typedef struct ty_returning {
    ty_store *store;
    ty_header header; /* of the file, in the arena, without what it tells of releases, */
    ty_told_releases told;
    ty_edit by;      /* who confirmed the unit at hand, and when, by its file */
    ty_origins here; /* what the memory has, in the arena */
    TY_VECTOR(struct ty_returning_release) releases;
    TY_VECTOR(ty_changed_unit) changed;
    TY_VECTOR(ty_our_form) ours; /* in the order of digests, those of units that are there first */
    TY_VECTOR(ty_left_pair) left;
    ty_arena arena;
} ty_returning;

/* Begins, and keeps the header, where it is one of ours; else leaves all as it is. */
ty_status ty_returning_begin(ty_returning *returning, ty_store *store, const ty_header *header,
                             ty_error *error);
/* Is the unit confirmed, by its property? *out is the unit without it (in the arena). */
ty_status ty_returning_status(ty_returning *returning, const ty_unit *unit, ty_unit *out, bool *confirmed,
                              ty_error *error);
/* Keeps a pair of a release; false where it is none. */
bool ty_returning_takes(ty_returning *returning, const ty_unit *unit, bool confirmed);
/* How pairs of releases that are here are met. */
typedef struct ty_meeting_how {
    bool force; /* what was removed here comes back */
    bool plain; /* they are units like any, of which the caller says what becomes of duplicates */
} ty_meeting_how;

/*
 * Behind the intake of what else there was. First: pairs of releases that are here meet those of ours at
 * their places, and `left` is filled with what comes in as units like any. What is settled counts as
 * unchanged, or updated.
 */
ty_status ty_returning_meet(ty_returning *returning, const ty_conflicts *conflicts, ty_meeting_how how,
                            ty_error *error);
/* Then, those have come in: marks the conflicts. */
ty_status ty_returning_came(ty_returning *returning, ty_error *error);
/* Last: makes the other releases; adds to the counts. */
ty_status ty_returning_settle(ty_returning *returning, unsigned flags, ty_slice file,
                              ty_intake_counts *counts, ty_error *error);
void ty_returning_release(ty_returning *returning);

/* The unit as it goes out: with properties where it is confirmed, and by whom and when, and with its place
 * and the facts of its release as they are now. Strings live in the arena. */
ty_status ty_returning_mark(const ty_stored_unit *stored, ty_arena *arena, ty_unit *out, ty_error *error);

#endif
