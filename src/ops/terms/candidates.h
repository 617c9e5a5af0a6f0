/* SPDX-License-Identifier: Apache-2.0 */
/* Which of the pairs that were mined are terms, and new. */
#ifndef TY_OPS_CANDIDATES_H
#define TY_OPS_CANDIDATES_H

#include "ops/internal.h"
#include "term/term.h"

/*
 * Leaves of `found` what may be a term that the termbase has in no form, best first, at most `max`. Dropped
 * is what a termbase's term is or holds wherever it stands, what cuts a word, a general word for a general
 * word, and what says a known term (or a candidate that is met more often) on one side only.
 */
ty_status ty_candidates_choose(ty_memory *memory, ty_slice source_lang, ty_slice target_lang, size_t max,
                               ty_terms_found *found, ty_error *error);

#endif
