/* SPDX-License-Identifier: Apache-2.0 */
/* reviewed - a table of beads that a person went through, back into the release whose sentences it holds. */
#ifndef TY_OPS_REVIEWED_H
#define TY_OPS_REVIEWED_H

#include "ops/internal.h"

/*
 * Takes in the rows that hold sentences of releases here (of the one called `origin`, if that is told): they
 * replace the pairs of these sentences and are confirmed, those with one side only as gaps. What a person
 * made of the same sentences otherwise stays, with a notice. Pairs of no release are appended to `rest`, as
 * rows. TY_NO: the table has another form; nothing is done.
 */
ty_status ty_reviewed_import(ty_memory *memory, const ty_source *source, const char *origin, bool dry_run,
                             ty_buffer *rest, ty_counts *counts, ty_error *error);

#endif
