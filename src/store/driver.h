/* SPDX-License-Identifier: Apache-2.0 */
/*
 * driver - what the store asks of its engine: a statement's rows with typed getters, transactions, what a
 * write did. Whoever includes this header alone does not know which engine it is; tests/layering lists the
 * files that do.
 */
#ifndef TY_STORE_DRIVER_H
#define TY_STORE_DRIVER_H

#include "store/store.h"

/* A statement, and the row it stands at. */
typedef struct ty_row ty_row;
/* A value of a row that is written, as the ledger sees it. */
typedef struct ty_cell ty_cell;

/* Column of the row at hand, from 0. Texts are borrowed until the next step; data NULL where there is none.
 */
int64_t ty_row_int(ty_row *row, int column);
double ty_row_double(ty_row *row, int column);
bool ty_row_is_null(ty_row *row, int column);
ty_slice ty_row_text(ty_row *row, int column);
/* Its copy in the arena; data NULL where there is none. */
ty_slice ty_row_copy(ty_row *row, int column, ty_arena *arena);

int ty_row_columns(ty_row *row);
/* The cell itself, until the next step. */
ty_cell *ty_row_cell(ty_row *row, int column);

/* Parameters, from 1; a text is borrowed until the statement is stepped. */
void ty_row_bind(ty_row *row, int parameter, int64_t value);
void ty_row_bind_text(ty_row *row, int parameter, ty_slice text);
/* Ends a walk early, so that its place is free again. */
void ty_row_end(ty_row *row);
/* The same, and forgets what was bound. */
void ty_row_clear(ty_row *row);
/* Of a statement that was prepared for its caller; NULL is fine. */
void ty_row_close(ty_row *row);

int64_t ty_cell_int(const ty_cell *cell);
bool ty_cell_is_null(const ty_cell *cell);
ty_slice ty_cell_text(const ty_cell *cell);

/* A statement of the caller's own, to be closed. */
ty_status ty_sql_prepare(ty_store *store, const char *text, ty_row **out, ty_error *error);
/* Runs a text whose failure is no matter. */
bool ty_sql_try(ty_store *store, const char *text);
/* Rows that the last statement wrote; the number of the row it added. */
int64_t ty_sql_written(ty_store *store);
int64_t ty_sql_added(ty_store *store);
/* Did the last statement fail because a rule of the schema forbids it? */
bool ty_sql_was_refused(ty_store *store);
bool ty_sql_is_within(ty_store *store); /* a transaction */
uint64_t ty_sql_random(void);
void ty_sql_wait(int milliseconds);

#endif
