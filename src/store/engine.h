/* SPDX-License-Identifier: Apache-2.0 */
/*
 * engine - what stands behind driver.h. The policy of the store, and nearly all of its SQL, is written once;
 * an engine is what runs it: SQLite on a file (sqlite.c and the files beside it), PostgreSQL (pq*.c).
 */
#ifndef TY_STORE_ENGINE_H
#define TY_STORE_ENGINE_H

#include "store/internal.h"

/* Words of SQL that an engine has others for. */
typedef struct ty_spelling {
    const char *ours, *theirs;
} ty_spelling;

typedef struct ty_engine {
    /* Waiting rows are written when this many units or bytes wait. */
    size_t many_units, many_bytes;
    /* Statements and walks that it says in its own way, by ty_sql_id and ty_sql_walk; NULL: as all do. */
    const char *const *texts, *const *walks;
    const ty_spelling *spellings; /* of scripts, NULL behind the last; NULL: as all do */

    void (*close)(ty_store *store);
    void (*set_patience)(ty_store *store, unsigned milliseconds);
    void (*set_limit)(ty_store *store, double seconds); /* NULL: it has none */
    ty_status (*set)(ty_store *store, ty_sql_mode mode, ty_error *error);
    ty_status (*script)(ty_store *store, const char *text, ty_error *error);
    ty_status (*failed)(ty_store *store, const char *doing, ty_error *error);

    /* A statement; `walk`: it may have very many rows. Its life is the caller's. */
    ty_status (*prepare)(ty_store *store, const char *text, bool walk, ty_row **out, ty_error *error);
    ty_status (*step)(ty_store *store, ty_row *row, ty_error *error); /* TY_NO: the end, or a failure */
    void (*end)(ty_row *row);
    void (*clear)(ty_row *row);
    void (*free)(ty_row *row);
    bool (*bind_null)(ty_row *row, int parameter, ty_datum_kind kind);
    bool (*bind_int)(ty_row *row, int parameter, int64_t value);
    bool (*bind_double)(ty_row *row, int parameter, double value);
    bool (*bind_text)(ty_row *row, int parameter, ty_slice text);
    int64_t (*number)(ty_row *row, int column);
    double (*real)(ty_row *row, int column);
    bool (*is_null)(ty_row *row, int column);
    ty_slice (*text)(ty_row *row, int column);
    ty_datum (*datum)(ty_row *row, int column);
    int (*columns)(ty_row *row);
    int64_t (*written)(ty_store *store);
    bool (*was_refused)(ty_store *store);

    /* The outermost transaction, and units that will be edited in it; what is within it are savepoints
     * ("SAVEPOINT", "RELEASE", "ROLLBACK TO"). */
    ty_status (*begin)(ty_store *store, const int64_t *units, size_t count, ty_error *error);
    /* One beside others, which takes its turn later; NULL: there is no such. */
    ty_status (*begin_beside)(ty_store *store, ty_error *error);
    ty_status (*take_turn)(ty_store *store, ty_error *error);
    ty_status (*commit)(ty_store *store, ty_error *error);
    void (*rollback)(ty_store *store);
    ty_status (*savepoint)(ty_store *store, const char *verb, unsigned level, ty_error *error);
    bool (*is_within)(ty_store *store);
    /* Did the transaction write? Then it is marked, as the engine's files need it. */
    ty_status (*mark)(ty_store *store, bool *written, ty_error *error);
    /* From freeze to thaw reads see one state. */
    ty_status (*freeze)(ty_store *store, ty_error *error);
    void (*thaw)(ty_store *store);
    /* See ty_store_expect; NULL: it has nothing to do. */
    ty_status (*expect)(ty_store *store, const int64_t *units, size_t count, ty_expected what,
                        ty_error *error);
    ty_status (*queue)(ty_store *store, ty_sql_queueing how, ty_error *error); /* NULL: at once */
    uint64_t (*trips)(const ty_store *store);                                  /* NULL: none */
    /* Numbers in a column of rows that are here already, from the one at hand on; NULL as above. */
    size_t (*upcoming)(ty_row *row, int column, int64_t *out, size_t most);

    /* See ty_store_listen and ty_store_hear; NULL: it is no server. */
    ty_status (*listen)(ty_store *store, ty_error *error);
    ty_status (*hear)(ty_store *store, int stop, int milliseconds, ty_error *error);

    /* What stands in store->writing; units are new, or `over` what is there. */
    ty_status (*write_waiting)(ty_store *store, bool over, ty_error *error);
    /* A part of an index: `size` bytes from byte `from` of the slices one behind the other; bytes of it, or
     * TY_NO where there is no such part. */
    ty_status (*part_put)(ty_store *store, ty_slice name, int64_t number, const ty_slice *slices,
                          size_t count, uint64_t from, size_t size, ty_error *error);
    ty_status (*part_get)(ty_store *store, ty_slice name, int64_t number, size_t offset, void *into,
                          size_t size, ty_error *error);
    void (*json_item)(int n, ty_slice type, ty_buffer *out);
    /* The tables as they should be and as they are, in words; TY_NO where these cannot be read. */
    ty_status (*shape)(ty_store *store, ty_buffer *wanted, ty_buffer *there, ty_error *error);
    /* Puts the rows of another store's walk into the table. */
    ty_status (*receive)(ty_store *store, const char *table, ty_store *other, ty_row *rows, ty_error *error);
    ty_status (*backup)(ty_store *store, const char *path, const ty_listener *listener, ty_error *error);
} ty_engine;

/* Every statement begins with it. */
struct ty_row {
    const ty_engine *engine;
};

extern const ty_engine ty_sqlite_engine;
ty_status ty_file_open(const char *path, ty_store_mode mode, ty_store **out, ty_error *error);
/* A backup of a memory file; may one be written there? */
ty_status ty_file_backup(ty_store *store, const char *path, const ty_listener *listener, ty_error *error);
ty_status ty_backup_check_place(const ty_store *store, const char *path, ty_error *error);
/* What a query says of the schema of files as its own steps make it: a line a cell. */
ty_status ty_schema_ask(const char *query, ty_buffer *out, ty_error *error);

/* The same for an address; TY_ERR_USAGE where the program was built without PostgreSQL. */
ty_status ty_pq_open(const char *address, ty_store_mode mode, ty_store **out, ty_error *error);
ty_status ty_pq_restore(const char *address, ty_store *from, const ty_listener *listener, ty_buffer *kept,
                        ty_error *error);

/* Adds tables that a memory lacks which an earlier program made; TY_NO where it has all. */
ty_status ty_pq_migrate(const char *address, bool dry_run, int *version, ty_error *error);

/* All rows of a memory into the tables of another, which begins empty or becomes so, within its transaction.
 */
ty_status ty_rows_move(ty_store *from, ty_store *to, const ty_listener *listener, ty_error *error);
/* Those of one table, in place of what is there. */
ty_status ty_table_move(ty_store *from, ty_store *to, const char *table, ty_error *error);

/* A row that will be, or was, told by the engine: made (old NULL), changed, or removed (new NULL). */
void ty_ledger_told(ty_store *store, const char *table, const ty_datum *old, const ty_datum *now, int count);
/* Bytes of the slices, one behind the other, from there to the end of one of them; empty behind the last. */
ty_slice ty_slices_at(const ty_slice *slices, size_t count, uint64_t offset);

/* A store that is not connected yet. */
ty_store *ty_store_new(const ty_engine *engine, const char *path, ty_store_mode mode);

#endif
