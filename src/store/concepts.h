/* SPDX-License-Identifier: Apache-2.0 */
/* What the files that deal with concepts share. */
#ifndef TY_STORE_CONCEPTS_H
#define TY_STORE_CONCEPTS_H

#include "store/intake.h"

/* Every field with its length before it: equal bytes for equal concepts only. */
void ty_concept_canonical(const ty_concept *concept, ty_buffer *out);
/* SQL_CONCEPT_ADD or SQL_CONCEPT_SET, with the terms. The concept is as it came then, and not gone. */
ty_status ty_concept_write(ty_store *store, ty_sql_id how, int64_t id, const ty_concept *concept,
                           uint64_t digest, ty_error *error);
ty_status ty_concept_read(ty_store *store, int64_t id, ty_arena *arena, ty_stored_concept *out,
                          ty_error *error);
/* Where it went (empty: it is there) and the digest that it came with (0: it is as it came). */
ty_status ty_concept_note(ty_store *store, int64_t id, ty_slice went_to, uint64_t brought, ty_error *error);

#endif
