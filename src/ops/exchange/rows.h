/* SPDX-License-Identifier: Apache-2.0 */
/* rows - rows of a workbook that was exported from this memory, and what somebody changed in them. */
#ifndef TY_OPS_EXCHANGE_ROWS_H
#define TY_OPS_EXCHANGE_ROWS_H

#include "ops/internal.h"

typedef struct ty_known_row {
    int64_t id;
    ty_row_state was;
    ty_unit unit; /* as the row has it, in the arena */
} ty_known_row;

typedef struct ty_known_rows {
    TY_VECTOR(ty_known_row) rows;
    TY_VECTOR(ty_unit) homeless; /* after ty_known_rows_apply: to come in as units of the file */
    bool foreign;                /* there are rows of other memories, too */
    ty_arena arena;
} ty_known_rows;

/*
 * Looks at a row of a table. True: it names a unit of the memory, and was put by. Otherwise it goes by its
 * texts, and `unit` has nothing of another memory's any more (`infos` are changed in place);
 * *codes_lost where its text was changed so that codes have no place.
 */
bool ty_known_rows_meet(ty_known_rows *known, const char *identity, ty_unit *unit, bool *codes_lost);

/*
 * Brings changed rows to their units, where these are what they were when the rows were written; otherwise
 * `policy` decides, and each conflict is a warning. `moment` is when the file was changed, as a TMX date.
 * Within a transaction of the caller's.
 */
ty_status ty_known_rows_apply(ty_known_rows *known, ty_memory *memory, ty_on_conflict policy,
                              const char *file, ty_slice moment, ty_counts *counts, ty_error *error);
void ty_known_rows_release(ty_known_rows *known);

#endif
