/* SPDX-License-Identifier: Apache-2.0 */
/*
 * same_release - a release that two desks took in, each at its time: their pairs are told by where they stand
 * in it. What was published at a place is known, so it is known, too, who changed something there since.
 */
#ifndef TY_OPS_SAME_RELEASE_H
#define TY_OPS_SAME_RELEASE_H

#include "ops/exchange/conflicts.h"
#include "review/review.h"

/* A bead of ours by the first sentence of its source. */
typedef struct ty_same_place {
    uint32_t first;
    size_t bead;
} ty_same_place;

/* Zeroed to begin with; then none is the same. */
typedef struct ty_same_release {
    ty_store *store;
    ty_board board;
    TY_VECTOR(ty_same_place) places; /* sorted */
    ty_conflicts conflicts;
    bool turned;    /* what is the source there is the target here */
    bool sure;      /* the numbers of sentences are the same there */
    ty_buffer text; /* scratch */
} ty_same_release;

/* A pair of the other's: its sentences there. */
typedef struct ty_their_pair {
    int64_t id; /* there; 0: it has none */
    const ty_unit *unit;
    uint32_t first[2], count[2];
    ty_slice status, date;
} ty_their_pair;

typedef enum ty_place_meeting {
    TY_MET_NONE,   /* nothing here stands at its place: it is a unit like any */
    TY_MET_SAME,   /* the same stands here */
    TY_MET_OURS,   /* ours was changed, and stays */
    TY_MET_AWAY,   /* it was removed here, and stays away */
    TY_MET_THEIRS, /* ours is what theirs is now */
    TY_MET_BESIDE  /* theirs is to stand beside ours, or in the place of one that was removed */
} ty_place_meeting;

/* The release as it is here, the transaction being the caller's. TY_NO where the origin is none. */
ty_status ty_same_release_open(ty_store *store, int64_t origin, const ty_conflicts *conflicts,
                               ty_same_release *out, ty_error *error);
/* The other's text with that language and number of sentences is the source there, and the next the target.
 */
void ty_same_release_face(ty_same_release *same, ty_slice source_lang, const size_t sentences[2]);
/* Of these pairs, how many stand at the place of one of ours and say on a side at least what was published
 * or is said here? */
size_t ty_same_release_count(ty_same_release *same, const ty_their_pair *pairs, size_t count);
/* Settles one; *ours is the unit that it met, 0 where there is none. */
ty_status ty_same_release_meet(ty_same_release *same, const ty_their_pair *theirs, ty_place_meeting *out,
                               int64_t *ours, ty_error *error);
/* The same where all is settled: only whether at its place stands the same (TY_MET_SAME), nothing of ours
 * (TY_MET_NONE), or another that has the place (TY_MET_BESIDE). */
ty_status ty_same_release_look(ty_same_release *same, const ty_their_pair *theirs, ty_place_meeting *out,
                               int64_t *ours, ty_error *error);
/* A pair that was removed there. *gone: so is ours now, or was already. */
ty_status ty_same_release_remove(ty_same_release *same, const ty_stored_bead *theirs, bool *gone,
                                 ty_error *error);
void ty_same_release_release(ty_same_release *same);

#endif
