/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Runs of a query's tokens: which entries have them in a row.
 */
#ifndef TY_MATCH_RUNS_H
#define TY_MATCH_RUNS_H

#include "match/index.h"

/* A query's tokens the way entries have theirs. Zeroed to begin with. */
typedef struct ty_runs {
    const ty_match_index *index;
    TY_VECTOR(uint32_t) tokens; /* TY_TOKEN_NONE: no entry has it */
    TY_VECTOR(uint32_t) starts; /* of each in `codes`, and the end */
    ty_buffer codes;
    TY_VECTOR(const uint64_t *) rows; /* scratch */
} ty_runs;

ty_status ty_runs_set(ty_runs *runs, const ty_match_index *index, const ty_text_tokens *tokens,
                      ty_error *error);
void ty_runs_release(ty_runs *runs);

/* The end of the longest run from token `first` on that an entry has, if it is `end` or beyond; else 0. */
ty_status ty_runs_longest(ty_runs *runs, uint32_t first, uint32_t end, uint32_t *out, ty_error *error);

/* Calls back for entries that have the run, new ones first, then those of fewest tokens, until false. */
ty_status ty_runs_each(ty_runs *runs, uint32_t first, uint32_t end, bool (*each)(void *payload, int64_t id),
                       void *payload, ty_error *error);

#endif
