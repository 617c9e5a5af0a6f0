/* SPDX-License-Identifier: Apache-2.0 */
/*
 * How many pairs of a release are doubtful, and how it begins. To know it the release has to be read, so what
 * was counted is kept in mind until the release changes, and a page counts only for a moment: what it does
 * not get to is counted when it is next asked for.
 */
#ifndef TY_SERVER_DOUBTS_H
#define TY_SERVER_DOUBTS_H

#include "server/internal.h"

typedef struct ty_doubts ty_doubts;

ty_doubts *ty_doubts_new(void);
void ty_doubts_free(ty_doubts *doubts); /* NULL is fine */
/* How sure the aligner is of pairs that nobody has confirmed: below .50, .75, .90, .95, .99, and the rest. */
enum { TY_BANDS = 6, TY_BEGINS = 120 };

typedef struct ty_looked {
    int64_t doubtful; /* -1: not counted yet, and then nothing is known of the others */
    int64_t bands[TY_BANDS];
    char begins[2][TY_BEGINS]; /* the first pair that is text on both sides, cut; "" where there is none */
} ty_looked;

/* Of the release, for this reader. */
void ty_doubts_of(ty_http *http, const ty_release_info *release, ty_looked *out);

#endif
