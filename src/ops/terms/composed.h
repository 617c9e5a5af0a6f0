/* SPDX-License-Identifier: Apache-2.0 */
/*
 * composed - how a name is said whose parts are all terms, part by part: 国際平和協力業務 | 実施計画. A
 * suggestion, never approved.
 */
#ifndef TY_OPS_COMPOSED_H
#define TY_OPS_COMPOSED_H

#include "ops/internal.h"
#include "term/term.h"

/*
 * The name at spot number `number`, in the first language that its head (`stored`, term `term` of it) has an
 * approved term in beside its own; `out` is empty where a part is no term or the head does not stand last.
 * The term is kept in the arena.
 */
ty_status ty_compose_name(ty_memory *memory, const ty_term_index *index, ty_slice text,
                          const ty_term_scan *scan, size_t number, const ty_stored_concept *stored,
                          size_t term, ty_arena *arena, ty_equivalent *out, ty_error *error);

#endif
