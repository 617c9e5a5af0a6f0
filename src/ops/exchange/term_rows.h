/* SPDX-License-Identifier: Apache-2.0 */
/* term_rows - rows of a workbook of terms that was exported from this memory, and what somebody changed in
 * them. */
#ifndef TY_OPS_EXCHANGE_TERM_ROWS_H
#define TY_OPS_EXCHANGE_TERM_ROWS_H

#include "ops/internal.h"

typedef struct ty_known_concept {
    int64_t id;
    uint64_t was;       /* its digest when the rows were written */
    ty_concept concept; /* as the rows have it, in the arena; terms with what they were (TY_ROW_WAS) */
} ty_known_concept;

typedef struct ty_known_concepts {
    TY_VECTOR(ty_known_concept) items;
    TY_VECTOR(ty_concept) homeless; /* after ty_term_rows_apply: to come in as concepts of the file */
    ty_arena arena;
} ty_known_concepts;

/* Before the concept is written: which it is, and what its terms are now. False without memory. */
bool ty_term_rows_identify(ty_store *store, ty_stored_concept *concept, ty_arena *arena);

/*
 * Looks at what was read. True: it names a concept of the memory, and was put by. Otherwise it goes by its
 * texts, and has nothing of that any more (`infos` are changed in place).
 */
bool ty_term_rows_meet(ty_known_concepts *known, const char *identity, ty_concept *concept);

/*
 * Brings changed rows to their concepts, where these are what they were when the rows were written; otherwise
 * `policy` decides, and each conflict is a warning. Nothing is taken away: a missing row says nothing. Within
 * a transaction of the caller's.
 */
ty_status ty_term_rows_apply(ty_known_concepts *known, ty_memory *memory, ty_on_conflict policy,
                             const char *file, ty_counts *counts, ty_error *error);
void ty_term_rows_release(ty_known_concepts *known);

#endif
