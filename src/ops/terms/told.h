/* SPDX-License-Identifier: Apache-2.0 */
/* What a person says of a concept. */
#ifndef TY_OPS_TOLD_H
#define TY_OPS_TOLD_H

#include "ops/internal.h"

/* May it be said: lines of UTF-8, languages and kinds there are, a text for each term? */
ty_status ty_told_check(const ty_concept_info *told, ty_error *error);
ty_status ty_told_check_term(const ty_term_info *told, ty_error *error);
/* Puts it into the concept or term; what has no data stays as it is. False when there is no memory left. */
bool ty_told_apply(ty_concept *concept, const ty_concept_info *told, ty_arena *arena);
bool ty_told_apply_term(ty_term *term, const ty_term_info *told, ty_arena *arena);

#endif
