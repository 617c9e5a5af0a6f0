/* SPDX-License-Identifier: Apache-2.0 */
/*
 * indexes - where the matcher's indexes of a memory come from.
 *
 * There is an index a language (primary subtag), all made in one walk over the memory, kept in the user's
 * cache, and brought up to date when the memory has moved on. What the cache holds is derived: lost, it is
 * made again.
 */
#ifndef TY_OPS_INDEXES_H
#define TY_OPS_INDEXES_H

#include "ops/lookup/entries.h"

/*
 * The indexes of all languages that `lang` (empty: any) selects, up to date, one after the other: the first
 * is number 0; NULL behind the last. Borrowed.
 */
ty_status ty_memory_index_at(ty_memory *memory, ty_slice lang, size_t number, const ty_match_index **out,
                             ty_error *error);

/*
 * After a look-up that ended with *status: where it met damage in what the cache had, all is made anew, and
 * the look-up is to be done again with another ty_memory_index_at. False, and nothing changed, where it did
 * not.
 */
bool ty_memory_index_mended(ty_memory *memory, const ty_match_index *index, ty_status *status,
                            ty_error *error);

/* The name of the memory's n-th language (primary subtag; "und": none), or "" behind the last. Number 0
 * brings the indexes up to date, without opening them. */
ty_status ty_memory_index_lang(ty_memory *memory, size_t number, char out[16], ty_error *error);

#endif
