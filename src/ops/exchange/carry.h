/* SPDX-License-Identifier: Apache-2.0 */
/*
 * carry - what people did to a release, carried over to its texts when they come in anew: as another version,
 * or cut and aligned once more.
 */
#ifndef TY_OPS_CARRY_H
#define TY_OPS_CARRY_H

#include "ops/internal.h"

typedef struct ty_carry_cut {
    uint32_t sentence; /* before the cut */
    ty_stored_sentence first, second;
} ty_carry_cut;

/* A side: the document that the release has, and the text that comes in its place. */
typedef struct ty_carry_side {
    int64_t document; /* 0: none */
    ty_stored_sentences sentences;
    uint32_t *to;                 /* where each sentence stands now; UINT32_MAX: nowhere */
    TY_VECTOR(ty_carry_cut) cuts; /* that people made, in order */
    ty_slice *uncut;              /* lines and paragraphs of the text as it was read */
    uint32_t *paragraphs;
    size_t uncut_count;
    unsigned char *doubtful; /* of the text's sentences: stands where one was that a person had dealt with */
} ty_carry_side;

typedef struct ty_carry {
    ty_store *store;
    int64_t origin;
    ty_carry_side sides[2];
    ty_stored_beads beads; /* of the release, those that people dealt with */
    uint64_t changed;      /* of them: whose sentences are no longer what they were */
    ty_arena arena;
} ty_carry;

/* Finds what becomes of each sentence, and cuts the texts where people cut them. */
ty_status ty_carry_open(ty_carry *carry, ty_store *store, int64_t origin, ty_bitext *bitext, ty_error *error);
/* Beads of people that the aligner is to build on, in order, appended. */
ty_status ty_carry_anchors(const ty_carry *carry, ty_beads *out, ty_error *error);
/* Once the texts are documents of the release, before its pairs come in. */
ty_status ty_carry_apply(ty_carry *carry, const int64_t documents[2], ty_error *error);
/* What comes back does so as it was published: edits of sentences go, but for pairs that people dealt with
 * and kept. */
ty_status ty_carry_drop_edits(ty_carry *carry, const int64_t documents[2], ty_error *error);
/* Does the bead stand where a person's sentence was changed? */
bool ty_carry_doubts(const ty_carry *carry, const ty_bead *bead);
void ty_carry_release(ty_carry *carry);

#endif
