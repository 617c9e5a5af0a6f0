/* SPDX-License-Identifier: Apache-2.0 */
/* pq_row - a statement of PostgreSQL, for the files that run it and that read its values. */
#ifndef TY_STORE_PQ_ROW_H
#define TY_STORE_PQ_ROW_H

#include "store/pq.h"

enum { TY_PQ_PARAMETERS = 32 };

typedef struct ty_pq_parameter {
    Oid type;
    char bytes[8]; /* of a number */
    const char *value;
    int size;
} ty_pq_parameter;

struct ty_pq_row {
    ty_row base;
    ty_store *store;
    char *text;
    bool walk, writes;
    bool zero;       /* a parameter has U+0000 */
    unsigned number; /* of its name */
    unsigned epoch;  /* in which it was prepared; 0: not yet */
    int count;
    ty_pq_parameter parameters[TY_PQ_PARAMETERS];
    bool started, cursor, lost;
    bool used;       /* once at least: worth being prepared */
    int64_t spoils;  /* what it may change of what was fetched ahead */
    int64_t expects; /* what it is among those that are fetched ahead */
    int fetch;       /* rows asked for */
    PGresult *rows, *rest;
    bool borrowed; /* the rows were fetched ahead, */
    int skip;      /* and have columns in front that are not the statement's */
    int at, end;
    ty_pq_row *next; /* of those with a cursor */
};

typedef struct ty_pq_arguments {
    Oid types[TY_PQ_PARAMETERS];
    const char *values[TY_PQ_PARAMETERS];
    int sizes[TY_PQ_PARAMETERS], forms[TY_PQ_PARAMETERS];
} ty_pq_arguments;

/* The parameters as libpq wants them; they stay the row's. */
void ty_pq_collect(const ty_pq_row *row, ty_pq_arguments *out);
/* The result becomes the row's, or its failure is told. */
ty_status ty_pq_take(ty_pq_row *row, PGresult *result, ty_error *error);

/* Of a walk: its first rows; those behind the ones at hand, TY_NO at the end; its end. */
ty_status ty_pq_cursor_open(ty_pq_row *row, ty_error *error);
ty_status ty_pq_cursor_more(ty_pq_row *row, ty_error *error);
void ty_pq_cursor_close(ty_pq_row *row);

/* Sends a statement that only writes; false: nothing could be sent. */
bool ty_pq_enqueue(ty_pq_row *row, const ty_pq_arguments *given);

static inline ty_pq_row *own(ty_row *row)
{
    return (ty_pq_row *)row;
}

/* A number of the binary form, high byte first. */
uint64_t ty_pq_unsigned(const char *bytes, int size);

#endif
