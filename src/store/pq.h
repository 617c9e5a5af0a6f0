/* SPDX-License-Identifier: Apache-2.0 */
/*
 * pq - PostgreSQL behind driver.h, by libpq (https://www.postgresql.org/docs/current/libpq.html): what the
 * files of that engine share.
 *
 * A memory is a schema of a database. A writer locks one table first, so that there is one writer at a time,
 * and numbers and steps are taken in the order in which they become visible. Readers see one state from
 * freeze to thaw and while they walk: a transaction that reads repeatably.
 */
#ifndef TY_STORE_PQ_H
#define TY_STORE_PQ_H

#include "store/engine.h"
#include "store/libpq.h"

/* What types have as numbers: pg_type.dat of PostgreSQL. */
enum {
    TY_PQ_BOOL = 16,
    TY_PQ_BYTES = 17,
    TY_PQ_INT8 = 20,
    TY_PQ_INT2 = 21,
    TY_PQ_INT4 = 23,
    TY_PQ_TEXT = 25,
    TY_PQ_FLOAT8 = 701,
    TY_PQ_INT8_ARRAY = 1016,
    TY_PQ_NUMERIC = 1700
};

typedef struct ty_pq_row ty_pq_row;

/* Rows that were fetched ahead, by statement (pq_ahead.c): sorted by the keys they were asked with, which are
 * their first columns. */
enum { TY_PQ_EXPECTED = 20, TY_PQ_AHEAD_COLUMNS = 3 };

typedef struct ty_pq_expected {
    PGresult *rows[TY_PQ_EXPECTED];
} ty_pq_expected;

/* Those of one key: rows `at` to below `end`. */
typedef struct ty_pq_found {
    PGresult *rows;
    int at, end;
} ty_pq_found;

typedef struct ty_pq {
    PGconn *connection;
    char *info;        /* how to connect, as libpq has it */
    char *schema;      /* the memory's */
    char *quoted;      /* the same as SQL writes it */
    unsigned epoch;    /* which connection this is: what was prepared in another is not there */
    unsigned names;    /* given to statements and cursors so far */
    unsigned patience; /* milliseconds that a writer waits */
    bool queueing;     /* what only writes is sent without waiting for it */
    bool queue_failed; /* one of them did */
    unsigned queued;   /* sent, not waited for */
    uint64_t trips;    /* to the server and back, so far */
    bool writing;      /* a transaction that writes is open, */
    bool reading;      /* or one that reads */
    bool frozen;       /* the latter is to stay */
    bool wrote;        /* the transaction has changed something */
    bool bulk;         /* the server knows that rows are accounted for by who writes them */
    size_t copied;     /* rows in bulk in this transaction */
    int64_t written;   /* rows by the last statement */
    char state[6];     /* SQLSTATE of the last failure */
    ty_buffer message; /* what it said */
    ty_pq_row *walks;  /* that have a cursor open */
    TY_VECTOR(ty_pq_expected) expected;   /* fetched ahead, for this transaction */
    int64_t stale;                        /* those written over since; somebody may still read there */
    unsigned ahead_epoch[TY_PQ_EXPECTED]; /* in which connection each was prepared, */
    unsigned ready_epoch;                 /* and which has been made ready to write */
} ty_pq;

/* ------------------------------------------------------------------------------------------ addresses */

/* Takes "memory=NAME" out of the address and looks that there is no password in it. */
ty_status ty_pq_address(const char *address, char **info, char **schema, ty_error *error);

/* ------------------------------------------------------------------------------------------ running */

extern const ty_engine ty_pq_engine;
extern const ty_spelling ty_pq_spellings[];
extern const char *const ty_pq_texts[SQL_COUNT], *const ty_pq_walks[WALK_COUNT];

/* One text, as a round trip; false: it failed, which is noted. */
bool ty_pq_run(ty_store *store, const char *text);
void ty_pq_close(ty_store *store);
void ty_pq_set_patience(ty_store *store, unsigned milliseconds);
/* Connects, or does so again where the connection was lost and nothing was begun. */
ty_status ty_pq_connect(ty_store *store, ty_error *error);
bool ty_pq_is_lost(ty_store *store);
/* Notes what went wrong; the result is the caller's still and may be NULL. False: nothing went wrong. */
bool ty_pq_note(ty_store *store, const PGresult *result);
ty_status ty_pq_failed(ty_store *store, const char *doing, ty_error *error);
/* One text, of several statements if you like, without parameters. */
ty_status ty_pq_script(ty_store *store, const char *text, ty_error *error);
/* Lets the server know whether rows that are written now are to be told. */
ty_status ty_pq_tell(ty_store *store, bool bulk, ty_error *error);
void ty_pq_on_notice(void *store, const PGresult *notice);

/* Rows of cursors are fetched now, since their transaction ends. */
void ty_pq_walks_drain(ty_store *store);
/* The same, without them: whoever asks for more is told. */
void ty_pq_walks_drop(ty_store *store);
/* A transaction that reads, where none is open; ends it where nobody needs it. */
ty_status ty_pq_read_begin(ty_store *store, ty_error *error);
void ty_pq_read_end(ty_store *store);

/*
 * The table that every writer locks first: whoever has it is alone, sees all that was committed, and takes
 * the next numbers. It is given in the order in which it was asked for; a lock of a row is not, since it is
 * free until who has waited for it wakes up. Who only reads the table is in nobody's way.
 */
#define TY_PQ_TURN "LOCK TABLE memory IN EXCLUSIVE MODE"

/* Transactions of engine.h. */
ty_status ty_pq_begin(ty_store *store, const int64_t *units, size_t count, ty_error *error);
ty_status ty_pq_begin_beside(ty_store *store, ty_error *error);
ty_status ty_pq_take_turn(ty_store *store, ty_error *error);
ty_status ty_pq_mark(ty_store *store, bool *written, ty_error *error);
ty_status ty_pq_commit(ty_store *store, ty_error *error);
void ty_pq_rollback(ty_store *store);
ty_status ty_pq_savepoint(ty_store *store, const char *verb, unsigned level, ty_error *error);
bool ty_pq_is_within(ty_store *store);
ty_status ty_pq_freeze(ty_store *store, ty_error *error);
void ty_pq_thaw(ty_store *store);

/* Statements of engine.h. */
ty_status ty_pq_prepare(ty_store *store, const char *text, bool walk, ty_row **out, ty_error *error);
ty_status ty_pq_step(ty_store *store, ty_row *row, ty_error *error);
void ty_pq_end(ty_row *row);
void ty_pq_clear(ty_row *row);
void ty_pq_free(ty_row *row);
bool ty_pq_bind_null(ty_row *row, int parameter, ty_datum_kind kind);
bool ty_pq_bind_int(ty_row *row, int parameter, int64_t value);
bool ty_pq_bind_double(ty_row *row, int parameter, double value);
bool ty_pq_bind_text(ty_row *row, int parameter, ty_slice text);
bool ty_pq_bind_bytes(ty_row *row, int parameter, ty_slice bytes);
int64_t ty_pq_number(ty_row *row, int column);
double ty_pq_real(ty_row *row, int column);
bool ty_pq_is_null(ty_row *row, int column);
ty_slice ty_pq_text(ty_row *row, int column);
ty_datum ty_pq_datum(ty_row *row, int column);
int ty_pq_columns(ty_row *row);
size_t ty_pq_upcoming(ty_row *row, int column, int64_t *out, size_t most);

/* ------------------------------------------------------------------------------------------ ahead */

/* See pq_queue.c: begins or ends a queue; waits for what it has. */
ty_status ty_pq_queue(ty_store *store, ty_sql_queueing how, ty_error *error);
/* A command without parameters; false: it could not be sent. */
bool ty_pq_enqueue_command(ty_store *store, const char *text);
void ty_pq_drain(ty_store *store);
/* Waits for what was sent and not waited for. */
void ty_pq_settle(ty_pq *pq);
/* Begins a transaction by these words, and learns what state the memory is in. */
bool ty_pq_begin_reading(ty_store *store, const char *begin);
/* One that writes: waits for its turn, and learns what is kept of the units, and what every step looks at. */
bool ty_pq_begin_writing(ty_store *store, const char *turn, const int64_t *units, size_t count);
ty_status ty_pq_expect(ty_store *store, const int64_t *units, size_t count, ty_expected what,
                       ty_error *error);
void ty_pq_expected_drop(ty_pq *pq);
/* What a statement is among those that can be fetched ahead; 0: none. */
int64_t ty_pq_expects(const char *text);
/* Which of them a statement that writes may change. */
int64_t ty_pq_spoils(const char *text);
bool ty_pq_find_expected(const ty_pq *pq, int64_t set, int64_t a, int64_t b, ty_pq_found *out);

/* ------------------------------------------------------------------------------------------ bulk */

/* COPY into a table, in its binary form: rows are told one by one, and sent many at a time. */
typedef struct ty_pq_copy {
    ty_store *store;
    ty_buffer bytes;
    bool zero; /* a text had U+0000, which PostgreSQL cannot hold */
} ty_pq_copy;

ty_status ty_pq_copy_open(ty_pq_copy *copy, ty_store *store, const char *table, ty_error *error);
void ty_pq_copy_row(ty_pq_copy *copy, int columns);
void ty_pq_copy_int(ty_pq_copy *copy, int64_t value);
void ty_pq_copy_text(ty_pq_copy *copy, ty_slice text); /* data NULL: NULL */
void ty_pq_copy_datum(ty_pq_copy *copy, const ty_datum *value);
/* Sends what waits, if that is much. */
ty_status ty_pq_copy_relieve(ty_pq_copy *copy, ty_error *error);
/* Ends it, well or, after a failure, with the transaction. */
ty_status ty_pq_copy_close(ty_pq_copy *copy, ty_status status, ty_error *error);
ty_status ty_pq_refuse_zero(ty_store *store, ty_error *error);

ty_status ty_pq_write_waiting(ty_store *store, bool over, ty_error *error);
ty_status ty_pq_part_put(ty_store *store, ty_slice name, int64_t number, const ty_slice *slices, size_t count,
                         uint64_t from, size_t size, ty_error *error);
ty_status ty_pq_part_get(ty_store *store, ty_slice name, int64_t number, size_t offset, void *into,
                         size_t size, ty_error *error);

/* ------------------------------------------------------------------------------------------ hearing */

/* What is said before a commit, so that who listens wakes up; empty where nobody can. */
void ty_pq_add_call(const ty_store *store, ty_buffer *out);
ty_status ty_pq_listen(ty_store *store, ty_error *error);
ty_status ty_pq_hear(ty_store *store, int stop, int milliseconds, ty_error *error);

/* ------------------------------------------------------------------------------------------ the schema */

/* Is it there, of our version, and may it be used as `mode` says? Made where that is wanted. */
ty_status ty_pq_schema_check(ty_store *store, ty_store_mode mode, ty_error *error);
/* Makes the tables, within a transaction, in a schema that is not there yet. */
ty_status ty_pq_schema_make(ty_store *store, ty_error *error);
/* Is it there, owned by who asks, and of a version that this program knows? */
ty_status ty_pq_schema_own(ty_store *store, ty_error *error);
/* Adds tables and indexes that are missing; TY_NO: there are all. */
ty_status ty_pq_add_missing(ty_store *store, bool dry_run, ty_error *error);
ty_status ty_pq_shape(ty_store *store, ty_buffer *wanted, ty_buffer *there, ty_error *error);
/* Is there a memory? Refuses what is another program's. */
ty_status ty_pq_schema_there(ty_store *store, bool *there, ty_error *error);
/* A connection to an address, whatever is there; the store is not to be used as one yet. */
ty_status ty_pq_open_bare(const char *address, ty_store_mode mode, ty_store **out, ty_error *error);
ty_status ty_pq_receive(ty_store *store, const char *table, ty_store *other, ty_row *rows, ty_error *error);
ty_status ty_pq_backup(ty_store *store, const char *path, const ty_listener *listener, ty_error *error);

#endif
