/* SPDX-License-Identifier: Apache-2.0 */
/*
 * driver - what the store asks of its engine: a statement's rows with typed getters, transactions, what a
 * write did. Whoever includes this header alone does not know which engine it is; tests/layering lists the
 * files that do. engine.h is the other side of it.
 */
#ifndef TY_STORE_DRIVER_H
#define TY_STORE_DRIVER_H

#include "store/store.h"

/* A statement, and the row it stands at. */
typedef struct ty_row ty_row;

/* A value of a row. A text is borrowed from the row. */
typedef enum ty_datum_kind { TY_DATUM_NULL, TY_DATUM_NUMBER, TY_DATUM_REAL, TY_DATUM_TEXT } ty_datum_kind;

typedef struct ty_datum {
    ty_datum_kind kind;
    int64_t number;
    double real;
    ty_slice text;
} ty_datum;

/* Column of the row at hand, from 0. Texts are borrowed until the next step; data NULL where there is none.
 */
int64_t ty_row_int(ty_row *row, int column);
double ty_row_double(ty_row *row, int column);
bool ty_row_is_null(ty_row *row, int column);
ty_slice ty_row_text(ty_row *row, int column);
/* Its copy in the arena; data NULL where there is none. */
ty_slice ty_row_copy(ty_row *row, int column, ty_arena *arena);
ty_datum ty_row_datum(ty_row *row, int column);
int ty_row_columns(ty_row *row);

/* Parameters, from 1; a text is borrowed until the statement is stepped. */
void ty_row_bind(ty_row *row, int parameter, int64_t value);
void ty_row_bind_text(ty_row *row, int parameter, ty_slice text);
/* Ends a walk early, so that its place is free again; NULL is fine. */
void ty_row_end(ty_row *row);
/* The same, and forgets what was bound. */
void ty_row_clear(ty_row *row);
/* Of a statement that was prepared for its caller; NULL is fine. */
void ty_row_close(ty_row *row);

/* A statement of the caller's own, to be closed; a walk may have more rows than one likes to hold. */
ty_status ty_sql_prepare(ty_store *store, const char *text, ty_row **out, ty_error *error);
ty_status ty_sql_prepare_walk(ty_store *store, const char *text, ty_row **out, ty_error *error);
/* Text that is run as it stands; the other: whose failure is no matter. */
ty_status ty_sql_script(ty_store *store, const char *text, ty_error *error);
bool ty_sql_try(ty_store *store, const char *text);
/* From on to off, what only writes may be run later, but within the transaction and in its order; off tells
 * how it went. Where it is left instead, the commit that must come next does. */
typedef enum ty_sql_queueing { TY_SQL_QUEUE_OFF, TY_SQL_QUEUE_ON, TY_SQL_QUEUE_LEFT } ty_sql_queueing;
ty_status ty_sql_queue(ty_store *store, ty_sql_queueing how, ty_error *error);
/* Rows that the last statement wrote. */
int64_t ty_sql_written(ty_store *store);
/* Did the last statement fail because a rule of the schema forbids it? */
bool ty_sql_was_refused(ty_store *store);
bool ty_sql_is_within(ty_store *store); /* a transaction */
uint64_t ty_sql_random(void);
void ty_sql_wait(int milliseconds);

/* What the engine should know of what comes next; it may have nothing to do. */
typedef enum ty_sql_mode {
    TY_SQL_READS_ONCE,   /* pages of an index, which need not be kept, */
    TY_SQL_READS_AGAIN,  /* and as usual */
    TY_SQL_WALKS_ONLY,   /* from now on: pages are read in order */
    TY_SQL_KEYS_TRUSTED, /* foreign keys are right and need no check; outside of a transaction */
    TY_SQL_KEYS_CHECKED,
    TY_SQL_KEYS_LATE,   /* they are right at the end of this transaction */
    TY_SQL_DURABLE,     /* each transaction is on the disk before it counts as done */
    TY_SQL_FIGURES_ON,  /* a file of an older version is read: figures are counted into tables of its own, */
    TY_SQL_FIGURES_OFF, /* and stand */
    TY_SQL_ERASES,      /* words that go are to be gone: TY_ERR_USAGE where the engine cannot do that */
    TY_SQL_CLEANS,      /* what is free is to hold nothing any more */
    TY_SQL_RESTS,       /* what is kept of the file in case it is read again is given back */
    TY_SQL_MODES
} ty_sql_mode;

ty_status ty_sql_set(ty_store *store, ty_sql_mode mode, ty_error *error);
/* Appends the n-th item of the JSON array that is parameter 1, as a value of a column of that type. */
void ty_sql_json_item(ty_store *store, int n, ty_slice type, ty_buffer *out);

#endif
