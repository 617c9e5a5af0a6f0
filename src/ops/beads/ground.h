/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The aligner's view of a release under review. A bead that crosses others has no place in an alignment,
 * which is in order: it is held out, sentences and all, and the rest is aligned as if it were not there.
 */
#ifndef TY_OPS_GROUND_H
#define TY_OPS_GROUND_H

#include "ops/internal.h"
#include "review/review.h"

/* The sentences that are not held out, and their numbers in the documents. */
typedef struct ty_ground {
    ty_board *board;
    ty_slice *texts[2];
    uint32_t *paragraphs[2], *numbers[2];
    size_t counts[2];
    bool *held; /* by bead of the board */
} ty_ground;

/* Is the bead one that stays where it is? NULL as test: all are. */
typedef bool (*ty_ground_test)(const ty_stored_bead *bead, bool keep_hand);

/* Everything in it lives in the board's arena. */
ty_status ty_ground_make(ty_board *board, ty_ground_test test, bool keep_hand, ty_ground *out,
                         ty_error *error);
ty_align_side ty_ground_side(const ty_ground *ground, int side);
/* The beads that pass the test, as beads of the ground; numbers[k] is the place of bead k on the board. */
ty_status ty_ground_beads(const ty_ground *ground, ty_ground_test test, bool keep_hand, ty_beads *beads,
                          size_t *numbers, ty_error *error);

bool ty_bead_is_fixed(const ty_stored_bead *bead, bool keep_hand);

#endif
