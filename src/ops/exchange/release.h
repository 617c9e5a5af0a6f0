/* SPDX-License-Identifier: Apache-2.0 */
/* release - two documents on their way into the memory. */
#ifndef TY_OPS_RELEASE_H
#define TY_OPS_RELEASE_H

#include "ops/exchange/carry.h"
#include "ops/exchange/identity.h"

typedef struct ty_release_job {
    ty_memory *memory;
    const ty_release *release;
    ty_bitext_settings bitext_settings;
    ty_bitext *bitext;
    ty_release_identity identity; /* the release that this one is, or looks like */
    ty_carry carry;               /* where it is one */
    const ty_origin *old;         /* the same */
    ty_origin old_row;
    ty_digest digest;
    ty_pair_origin origin;
    bool refresh;   /* what is stored comes in anew, and brings nothing back */
    ty_arena arena; /* documents; pairs come and go in one of their own */
    int64_t documents[2];
    ty_slice paths[2]; /* of the files, from the root; empty: they were none */
    ty_counts *counts;
} ty_release_job;

/* What it is called, and what is known of it. */
void ty_release_describe(ty_release_job *job);
/* Of both texts, and the languages they are taken for; whichever comes first. */
ty_status ty_release_digest(ty_release_job *job, ty_error *error);
/* Parts the beads of which no pair can be made. */
ty_status ty_release_part_unfit(ty_release_job *job, ty_error *error);
/* Stores what was aligned, with what is carried over and the facts that were given: one step. */
ty_status ty_release_store(ty_release_job *job, ty_error *error);
/* Into the counts: languages and encodings of the two texts. */
void ty_release_say_sides(ty_release_job *job);
/* Into the counts: pairs, sentences without partner and doubtful beads, as they are stored. */
ty_status ty_release_count_stored(ty_release_job *job, ty_error *error);
/* Tells what one text has alone, and what stands elsewhere in the other. */
void ty_release_tell_unpaired(const ty_release_job *job);
/* Facts that were given, of a release that is here; TY_OK where none were. */
ty_status ty_release_set_facts(ty_release_job *job, int64_t origin, ty_error *error);

#endif
