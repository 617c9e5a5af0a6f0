/* SPDX-License-Identifier: Apache-2.0 */
/* indexes - the matcher's indexes of a memory, made at the first look-up (derived/derived.h). */
#ifndef TY_OPS_INDEXES_H
#define TY_OPS_INDEXES_H

#include "ops/lookup/entries.h"

/* See ty_derived_index_at, _mended and _lang. */
ty_status ty_memory_index_at(ty_memory *memory, ty_slice lang, size_t number, const ty_match_index **out,
                             ty_error *error);
bool ty_memory_index_mended(ty_memory *memory, const ty_match_index *index, ty_status *status,
                            ty_error *error);
ty_status ty_memory_index_lang(ty_memory *memory, size_t number, char out[16], ty_error *error);

#endif
