/* SPDX-License-Identifier: Apache-2.0 */
/*
 * review - what a person does to the beads of a release: borders moved, sentences cut, pairs joined,
 * confirmed.
 *
 * A board is the release in memory: both documents, and the beads that partition them, in reading order.
 * Every operation changes the board only; settling makes the memory equal to it, in one transaction, which is
 * one step. An operation that would leave a sentence in no bead or in two is a fault of ours and is not
 * settled.
 */
#ifndef TY_REVIEW_H
#define TY_REVIEW_H

#include "store/store.h"
#include "text/text.h"

/* The sides are numbered as in ty_side: source 0, target 1. */
typedef struct ty_board_bead {
    ty_stored_bead stored; /* id 0: new */
    bool touched;          /* differs from what the memory has */
    bool spoken;           /* its texts do, too */
} ty_board_bead;

typedef struct ty_board {
    ty_store *store;
    int64_t origin;
    uint64_t version;
    ty_stored_document documents[2];
    ty_arena arena;
    TY_VECTOR(ty_stored_sentence) sentences[2];
    TY_VECTOR(ty_board_bead) beads;    /* in reading order */
    TY_VECTOR(ty_stored_bead) removed; /* that the memory still has */
    ty_ids changed;                    /* after settling: ids of beads made or changed */
} ty_board;

/* Everything the release has now. TY_NO where the origin is no release, or has no documents. */
ty_status ty_board_open(ty_store *store, int64_t origin, ty_board *out, ty_error *error);
void ty_board_release(ty_board *board);
/* The place of a bead on the board, SIZE_MAX where it is not there. */
size_t ty_board_find(const ty_board *board, int64_t id);
/* Beads in reading order of the source; those without a source stand behind what precedes them in the target.
 */
void ty_board_sort(ty_board *board);
/* The text of a bead's side as it is shown, into `out` (replacing). */
void ty_board_text(const ty_board *board, const ty_board_bead *bead, int side, ty_buffer *out);
/* Is every sentence in exactly one bead? */
bool ty_board_is_whole(const ty_board *board);

/* See ty_review_doubt; `above` 0: 0.95. What terms and numbers say is not known here. */
unsigned ty_board_doubts(const ty_board *board, size_t at, double above);
bool ty_board_is_doubtful(const ty_board *board, size_t at, double above);

/* Does the operation on the board. TY_NO: there is no such bead; TY_ERR_USAGE: it cannot be done, and why. */
ty_status ty_board_do(ty_board *board, const ty_review_op *op, const ty_edit *edit, int64_t *current,
                      ty_error *error);
/* Makes the memory equal to the board, within the caller's transaction. */
ty_status ty_board_settle(ty_board *board, const ty_edit *edit, ty_error *error);

#endif
