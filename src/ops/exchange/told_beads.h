/* SPDX-License-Identifier: Apache-2.0 */
/*
 * told_beads - what people said of beads, and what they did, as the header of a TMX of ours tells it: a line
 * of text each.
 *
 *     4-5:6 hand flag ask at=20240301T101500Z by=Hana%20Mori<TAB>note
 *                                         sentences from 1 of source and target; a side may be empty
 *     20240301T101500Z<TAB>confirm<TAB>unit 3<TAB>who
 */
#ifndef TY_OPS_TOLD_BEADS_H
#define TY_OPS_TOLD_BEADS_H

#include "ops/internal.h"

/* Of a stored bead that has a unit the unit says whether it is confirmed. */
bool ty_told_bead_is_needed(const ty_stored_bead *bead);
void ty_told_bead_write(const ty_stored_bead *bead, ty_buffer *out);
/* Fills in sides, state, marks and note, which is borrowed. False: it is none. */
bool ty_told_bead_read(ty_slice text, ty_stored_bead *out);

/* What people did is told, what came in is not; of long histories the end. */
enum { TY_TOLD_STEPS = 1000 };
bool ty_told_step_is_needed(const ty_step *step);
void ty_told_step_write(const ty_step *step, ty_buffer *out);
bool ty_told_step_read(ty_slice text, ty_step *out);
/* Lists them in the memory, as done in that file ("talks.tmx: unit 3"). */
ty_status ty_told_steps_note(ty_store *store, const ty_steps *steps, ty_slice file, ty_error *error);

/*
 * Says of the bead of these sentences what was told. `beads` are those between the two documents; one that
 * was left out on purpose takes the place of those that stand there.
 */
ty_status ty_told_bead_put(ty_store *store, const ty_stored_beads *beads, ty_stored_bead told,
                           ty_error *error);

#endif
