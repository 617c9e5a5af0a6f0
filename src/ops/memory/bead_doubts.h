/* SPDX-License-Identifier: Apache-2.0 */
/* What the check of terms says of the beads of a release. */
#ifndef TY_OPS_MEMORY_BEAD_DOUBTS_H
#define TY_OPS_MEMORY_BEAD_DOUBTS_H

#include "ops/internal.h"
#include "review/review.h"

/* TY_DOUBT_NUMBER and TY_DOUBT_FORBIDDEN of each bead of the board, into `out`, which has room for them. */
ty_status ty_memory_doubts(ty_memory *memory, const ty_board *board, unsigned *out, ty_error *error);

#endif
