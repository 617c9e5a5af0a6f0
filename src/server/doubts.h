/* SPDX-License-Identifier: Apache-2.0 */
/*
 * How many pairs of a release are doubtful. To know it the release has to be read, so what was counted is
 * kept in mind until the release changes, and a page counts only for a moment: what it does not get to is
 * counted when it is next asked for.
 */
#ifndef TY_SERVER_DOUBTS_H
#define TY_SERVER_DOUBTS_H

#include "server/internal.h"

typedef struct ty_doubts ty_doubts;

ty_doubts *ty_doubts_new(void);
void ty_doubts_free(ty_doubts *doubts); /* NULL is fine */
/* How sure the aligner is of pairs that nobody has confirmed: below .50, .75, .90, .95, .99, and the rest. */
enum { TY_BANDS = 6 };
/* Of the release, for this reader; -1 where it is not counted yet, and then nothing is in the bands. */
int64_t ty_doubts_of(ty_http *http, const ty_release_info *release, int64_t bands[TY_BANDS]);

#endif
