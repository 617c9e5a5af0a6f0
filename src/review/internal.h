/* SPDX-License-Identifier: Apache-2.0 */
#ifndef TY_REVIEW_INTERNAL_H
#define TY_REVIEW_INTERNAL_H

#include <stdlib.h>
#include <string.h>

#include "review/review.h"

/* An operation on its way. */
typedef struct ty_doing {
    ty_board *board;
    const ty_review_op *op;
    const ty_edit *edit;
    size_t at; /* the bead */
    int64_t *current;
    ty_error *error;
} ty_doing;

/* As a person wants it, or as published. */
ty_slice ty_sentence_shown(const ty_stored_sentence *sentence);
/* A bead was changed by a person: not confirmed, its texts are made anew where `spoken`. */
void ty_bead_touch(ty_doing *d, size_t at, bool spoken);
ty_status ty_cannot(ty_doing *d, const char *why);

/* Borders, sentences, states: each a file. */
ty_status ty_review_move(ty_doing *d, int direction, bool fetch);
ty_status ty_review_merge(ty_doing *d);
ty_status ty_review_split(ty_doing *d);
ty_status ty_review_unlink(ty_doing *d);
ty_status ty_review_swap(ty_doing *d);
ty_status ty_review_link(ty_doing *d);
ty_status ty_review_cut(ty_doing *d);
ty_status ty_review_join(ty_doing *d);
ty_status ty_review_edit(ty_doing *d);
ty_status ty_review_confirm(ty_doing *d);
ty_status ty_review_confirm_above(ty_doing *d);
ty_status ty_review_mark(ty_doing *d);

#endif
