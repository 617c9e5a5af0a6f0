/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The store's own affairs: the open file, the table of statements, and helpers to run them.
 */
#ifndef TY_STORE_INTERNAL_H
#define TY_STORE_INTERNAL_H

#include <pthread.h>

#include "base/sys.h"

#include "store/driver.h"

/* 'TYKU', big-endian: tells `file` and us that a database is a memory. */
#define TY_APPLICATION_ID 0x54594B55
#define TY_SCHEMA_VERSION 3
#define TY_PAGE_SIZE 8192
/* Between the places of two units in an origin, so that others fit in; statements.c says 1024. */
#define TY_PLACE_STEP 1024
#define TY_CACHE_SIZE "PRAGMA cache_size = -24000" /* KiB: a million units without much spilling */
/* Who reads has the system's cache below; a look-up takes the same time with 2 MB as with 24, and a desk has
 * many readers. */
#define TY_READER_CACHE_SIZE "PRAGMA cache_size = -4000"

/* ------------------------------------------------------------------------------------------ statements */

/* All SQL but that of the schema stands in statements.c, one statement for each of these. */
typedef enum ty_sql_id {
    SQL_STAMP_UNITS,
    SQL_STAMP_CONCEPTS,
    SQL_STAMP_LAST,
    SQL_STAMP_OF,
    SQL_STAMP_HAS_BEEN,
    SQL_STEP_ADD,
    SQL_STEP_UNITS,
    SQL_STEP_KNOWN,
    SQL_STEP_CONCEPTS,
    SQL_STEP_THERE,
    SQL_STEP_LAST,
    SQL_CHANGE_ADD,
    SQL_CHANGE_DROP,
    SQL_SUM_GET,
    SQL_SUM_SET,
    SQL_SUM_ADD,
    SQL_SUM_CLEAR,
    SQL_TALLY_ADD,
    SQL_TALLY_CLEAR,
    SQL_TALLY_GET,
    SQL_TALLY_LANGUAGES,
    SQL_COUNTER_GET,
    SQL_COUNTER_SET,
    SQL_COUNTER_BACK,
    SQL_OVERTAKEN_MADE,
    SQL_OVERTAKEN_GONE,
    SQL_ORIGIN_FIND,
    SQL_ORIGIN_OF_DIGEST,
    SQL_ORIGIN_ADD,
    SQL_ORIGIN_SET,
    SQL_ORIGIN_TOUCH,
    SQL_ORIGIN_REMOVE,
    SQL_ORIGIN_LIST,
    SQL_ORIGIN_GET,
    SQL_ORIGIN_NAME,
    SQL_ORIGIN_IDS,
    SQL_ANY_CODES,
    SQL_ORIGIN_WITH_DOCUMENTS,
    SQL_DOCUMENT_ADD,
    SQL_DOCUMENT_FIND,
    SQL_DOCUMENT_SET,
    SQL_DOCUMENT_LIST,
    SQL_DOCUMENT_HEADS,
    SQL_BEAD_GROUND,
    SQL_DOCUMENT_SURVEY,
    SQL_DOCUMENT_SURVEY_OF,
    SQL_DOCUMENT_IS_OLDER,
    SQL_DOCUMENT_OLDER,
    SQL_DOCUMENT_LENGTH,
    SQL_DOCUMENT_IDS,
    SQL_DOCUMENT_LANG,
    SQL_DOCUMENT_UNUSED,
    SQL_DOCUMENT_REMOVE,
    SQL_SENTENCE_ADD,
    SQL_SENTENCE_LIST,
    SQL_SENTENCE_TEXT,
    SQL_UNIT_LAST_ID,
    SQL_UNIT_ANY,
    SQL_NARROW_STATUS,
    SQL_NARROW_DOUBTFUL,
    SQL_NARROW_SURE,
    SQL_NARROW_UNALIGNED,
    SQL_NARROW_NEW,
    SQL_NARROW_BLOCK,
    SQL_ZONES,
    SQL_ZONES_ANY,
    SQL_ZONES_LOST,
    SQL_ZONES_CLEAR,
    SQL_ZONE_GET,
    SQL_ZONE_SET,
    SQL_CONCEPTS_NAMED,
    SQL_UNIT_ADD_PENDING,
    SQL_UNIT_SET_PENDING,
    SQL_UNIT_REMOVE,
    SQL_UNIT_GET,
    SQL_UNIT_SET_STATUS,
    SQL_CONFIRM_MISSING,
    SQL_CONFIRM_UNITS,
    SQL_CONFIRM_BEADS,
    SQL_UNIT_SET_CONFLICT,
    SQL_UNIT_REMOVED_AT,
    SQL_UNIT_DIGEST,
    SQL_VARIANT_ADD_PENDING,
    SQL_VARIANT_REMOVE,
    SQL_VARIANT_LIST,
    SQL_DIGEST_ANY,
    SQL_DIGEST_FIND,
    SQL_DIGEST_LINKED,
    SQL_DIGEST_ADD,
    SQL_DIGEST_CLEAR,
    SQL_DIGEST_REMOVE,
    SQL_DIGEST_LOAD,
    SQL_LINK_ADD,
    SQL_LINK_ADD_PENDING,
    SQL_LINK_FIND,
    SQL_LINK_REMOVE,
    SQL_LINK_FIRST,
    SQL_LINK_END,
    SQL_LINK_COUNT,
    SQL_LINK_NAMES,
    SQL_LINK_SET_ASIDE,
    SQL_LINK_ASIDE,
    SQL_LINK_NEXT,
    SQL_LINK_BEFORE,
    SQL_LINK_AFTER,
    SQL_LINK_LAST,
    SQL_LINK_LIST,
    SQL_LINK_CLEAR,
    SQL_LINK_FREE,
    SQL_LINK_SPREAD,
    SQL_LINK_RETURN,
    SQL_BEAD_FIND,
    SQL_BEAD_ADD,
    SQL_BEAD_SET,
    SQL_BEAD_GET,
    SQL_BEAD_LIST,
    SQL_BEAD_ROWS,
    SQL_BEAD_WRITE,
    SQL_BEAD_OF_UNIT,
    SQL_BEAD_CHANGED,
    SQL_APART_TOUCHED,
    SQL_APART_BEADS,
    SQL_APART_OF_UNITS,
    SQL_APART_SENTENCES,
    SQL_APART_HOLDING,
    SQL_APART_LATER,
    SQL_BEAD_SHIFT_SOURCE,
    SQL_BEAD_SHIFT_TARGET,
    SQL_RELEASE_LIST,
    SQL_RELEASE_TITLE,
    SQL_RELEASE_DATE,
    SQL_RELEASE_URL,
    SQL_RELEASE_AGENCY,
    SQL_RELEASE_AGENCY_FOUND,
    SQL_RELEASE_TOLD,
    SQL_RELEASE_SOURCE_TITLE,
    SQL_RELEASE_TARGET_TITLE,
    SQL_SENTENCE_ROWS,
    SQL_SENTENCE_EDIT,
    SQL_SENTENCE_SET,
    SQL_SENTENCE_MAKE,
    SQL_SENTENCE_DROP,
    SQL_SENTENCE_AWAY,
    SQL_SENTENCE_RETURN,
    SQL_TALLY_VERSION,
    SQL_TALLY_VERSIONS,
    SQL_LINK_TOP,
    SQL_BEAD_OF_PERSON,
    SQL_BEAD_JOIN,
    SQL_BEAD_JOINED,
    SQL_BEAD_OMIT,
    SQL_BEAD_REMOVE,
    SQL_BEAD_REMOVE_LONE,
    SQL_BEAD_REMOVE_ALL,
    SQL_BEAD_SAY,
    SQL_BEAD_SIDE,
    SQL_BEAD_ORIGIN,
    SQL_BEAD_SHOWN,
    SQL_SENTENCE_SHOWN,
    SQL_BEAD_DROP,
    SQL_LABEL_FIND,
    SQL_LABEL_MARK,
    SQL_BEAD_PLACES,
    SQL_BEAD_PAIR,
    SQL_WITHHELD_ADD,
    SQL_WITHHELD_FIND,
    SQL_WITHHELD_ANY,
    SQL_WITHHELD_COUNT,
    SQL_WITHHELD_FORGET,
    SQL_WITHHELD_REMOVE,
    SQL_FORMER_LIST,
    SQL_FORMER_ADD,
    SQL_CONCEPTS_GONE,
    SQL_CONCEPT_ADD,
    SQL_CONCEPT_GET,
    SQL_CONCEPT_SET,
    SQL_CONCEPT_REMOVE,
    SQL_CONCEPT_BY_DIGEST,
    SQL_CONCEPT_BY_NAME,
    SQL_CONCEPT_NAMED,
    SQL_CONCEPT_NOTE,
    SQL_CONCEPT_OF_ORIGIN,
    SQL_TERM_ADD,
    SQL_TERM_REMOVE,
    SQL_TERM_LIST,
    SQL_CONCEPT_LINK_ADD,
    SQL_CONCEPT_LINK_FIND,
    SQL_CONCEPT_LINK_REMOVE,
    SQL_CONCEPT_LINK_FIRST,
    SQL_CONCEPT_LINKS,
    SQL_CONCEPT_LINK_COUNT,
    SQL_CONCEPT_LINK_END,
    SQL_CONCEPT_LINK_SET_ASIDE,
    SQL_CONCEPT_LINK_ASIDE,
    SQL_CONCEPT_LINK_CLEAR,
    SQL_CONCEPT_LINK_FREE,
    SQL_CONCEPT_LINK_LAST,
    SQL_CHANGES,
    SQL_UNDO_LAST,
    SQL_UNDO_STEP,
    SQL_REDO_LAST,
    SQL_UNDO_CHANGES,
    SQL_UNDO_ANY,
    SQL_UNDO_LATER,
    SQL_FORGET_COUNT,
    SQL_FORGET,
    SQL_UNDO_MARK,
    SQL_UNDO_TAKES,
    SQL_UNDO_COLUMNS,
    SQL_DIGEST_FORGET,
    SQL_DIGEST_NOTE,
    SQL_UNDO_UNITS,
    SQL_UNDO_ORIGINS,
    SQL_UNDO_TOUCHED,
    SQL_STEP_LIST,
    SQL_STEP_LIST_OF,
    SQL_STEP_BEFORE,
    SQL_CONFIRMED,
    SQL_CONCEPT_LINK_PLACE,
    SQL_REJECTED_ADD,
    SQL_REJECTED_FIND,
    SQL_ACCEPTED_ADD,
    SQL_ACCEPTED_LIST,
    SQL_ACCEPTED_FIND,
    SQL_ACCEPTED_WORDS,
    SQL_ACCEPTED_REMOVE,
    SQL_ACCEPTED_COUNT,
    SQL_DERIVED_PUT,
    SQL_DERIVED_GET,
    SQL_DERIVED_DROP,
    SQL_DERIVED_PART_ADD,
    SQL_DERIVED_PART_GET,
    SQL_DERIVED_PART_DROP,
    SQL_LOG_MARK,
    SQL_STATS,
    SQL_TALLY_ANY,
    SQL_TALLY_LOST,
    SQL_COUNT
} ty_sql_id;

/* Those of cursors, which need a statement each. */
typedef enum ty_sql_walk {
    WALK_SNAPSHOT,
    WALK_ORIGIN,
    WALK_LOOSE,
    WALK_ONE,
    WALK_LINKS,
    WALK_VARIANTS,
    WALK_TEXTS,
    WALK_ASIDE_TEXTS,
    WALK_CONCEPTS,
    WALK_UNITS,
    WALK_FOREIGN_KEYS,
    WALK_INTEGRITY,
    WALK_DIGESTS,
    WALK_PARTS,
    WALK_APART,
    WALK_TALLIES,
    WALK_ZONES,
    WALK_PARTITION,
    WALK_BEADS,
    WALK_RANGES,
    WALK_KNOWN_DIGESTS,
    WALK_KNOWN_LINKS,
    WALK_COUNT
} ty_sql_walk;

/* What all engines say that have no other words for it; each is in one of these. */
const char *ty_sql_text(ty_sql_id id);
extern const char *const ty_sql_of_units[SQL_COUNT], *const ty_sql_of_releases[SQL_COUNT],
                                                         *const ty_sql_of_steps[SQL_COUNT],
                                                             *const ty_sql_of_concepts[SQL_COUNT];
extern const char *const ty_sql_walks[WALK_COUNT];

/* ------------------------------------------------------------------------------------------ the ledger */

/* The tables that are not derived. */
typedef enum ty_kept {
    TY_KEPT_UNIT,
    TY_KEPT_VARIANT,
    TY_KEPT_UNIT_ORIGIN,
    TY_KEPT_BEAD,
    TY_KEPT_SENTENCE,
    TY_KEPT_DOCUMENT,
    TY_KEPT_ORIGIN,
    TY_KEPT_WITHHELD,
    TY_KEPT_CONCEPT,
    TY_KEPT_TERM,
    TY_KEPT_CONCEPT_ORIGIN,
    TY_KEPT_DEFINITION,
    TY_KEPT_RELATION,
    TY_KEPT_ATTESTATION,
    TY_KEPT_ACCEPTED,
    TY_KEPT_REJECTED,
    TY_KEPT_STEP,
    TY_KEPT_CHANGE,
    TY_KEPT_COUNTER,
    TY_KEPT_MEMORY,
    TY_KEPT_COUNT
} ty_kept;

/* The figures that are kept; the first five are of the whole memory, the others of an origin. */
typedef enum ty_tally_of {
    TY_TALLY_CONFIRMED,
    TY_TALLY_VARIANTS,
    TY_TALLY_TEXT_BYTES,
    TY_TALLY_TERMS,
    TY_TALLY_ALIGNED,
    TY_TALLY_UNITS,
    TY_TALLY_CONCEPTS,
    TY_TALLY_BEADS,
    TY_TALLY_AUTO,
    TY_TALLY_HAND,
    TY_TALLY_OK,
    TY_TALLY_OMITTED,
    TY_TALLY_UNPAIRED,
    TY_TALLY_FLAGGED,
    TY_TALLY_ASKED,
    TY_TALLY_VERSION
} ty_tally_of;

typedef struct ty_tallied {
    int64_t origin;
    ty_tally_of what;
    ty_slice lang;
    int64_t count;
} ty_tallied;

/* A row that was changed, with its state before, or rows of `object` to `last` that were made. */
typedef struct ty_ledger_entry {
    ty_kept table;
    int64_t object, last, item;
    ty_slice before; /* JSON; data NULL: it was made */
} ty_ledger_entry;

/* What the step of this transaction is called; empty until somebody says. */
typedef struct ty_step_label {
    char name[24], when[24];
    ty_buffer text; /* subject, then who */
    size_t subject_size;
    int64_t origin;
} ty_step_label;

typedef struct ty_range {
    int64_t first, last;
} ty_range;

/* What is known of so many units of neighbouring ids. */
#define TY_ZONE_UNITS 128
#define TY_QUOTED_AS(number) #number
#define TY_QUOTED(number) TY_QUOTED_AS(number) /* as a part of a text */

typedef struct ty_zone {
    int64_t block;   /* id / TY_ZONE_UNITS */
    uint64_t langs;  /* by number among those of this transaction; the last bit: others */
    bool undated;    /* a unit has no date of its own */
    char newest[24]; /* of the dates of units, variants and alignments */
} ty_zone;

typedef struct ty_zones {
    TY_VECTOR(ty_zone) items; /* that wait to be written */
    size_t at;                /* the one that was met last */
    ty_slice langs[64];
    int lang_count;
    ty_arena names; /* of the languages */
} ty_zones;

typedef struct ty_ledger {
    TY_VECTOR(ty_ledger_entry) entries; /* that wait to be written */
    ty_arena arena;                     /* their texts */
    ty_buffer json;                     /* scratch */
    size_t bytes;
    int64_t number;               /* of the last entry of the step */
    bool changed[2];              /* by ty_stamp_of: the entries change units, or concepts */
    ty_range made[TY_KEPT_COUNT]; /* in this transaction: the last run */
    size_t runs[TY_KEPT_COUNT];   /* of the entries, counted from 1: the one that rows made next may go on */
    bool flushing;
    bool bulk; /* rows that are being written are accounted for by who writes them */
    int64_t rows[TY_KEPT_COUNT];
    uint64_t sums[TY_KEPT_COUNT];
    TY_VECTOR(ty_tallied) tallies;
    ty_arena langs; /* of the tallies */
    ty_zones zones;
    bool tallies_there, zones_there; /* looked at in this transaction: their tables are not empty */
    ty_step_label label;
} ty_ledger;

/* ------------------------------------------------------------------------------------------ the file */

/* A row that waits to be written: two numbers and up to nine texts, whatever its table calls them. */
typedef struct ty_waiting_row {
    int64_t first, second;
    ty_slice cells[9];
} ty_waiting_row;

typedef TY_VECTOR(ty_waiting_row) ty_rows;

enum { TY_PENDING_UNITS, TY_PENDING_VARIANTS, TY_PENDING_LINKS, TY_PENDING_COUNT };

typedef struct ty_pending {
    ty_rows rows[TY_PENDING_COUNT];
    int64_t origin; /* of the links */
    size_t bytes;   /* of text that waits */
    ty_arena arena; /* the texts */
    ty_buffer json; /* scratch */
} ty_pending;

typedef struct ty_writer {
    bool started;
    pthread_t thread;
    pthread_mutex_t mutex; /* guards the two below */
    pthread_cond_t changed;
    bool busy, ended;
    ty_status status; /* the first failure; the thread's while busy */
    ty_error error;
} ty_writer;

/* The attributes of tu and tuv that have columns, in the order of these. */
#define TY_COLUMNS 6
extern const char *const ty_unit_columns[TY_COLUMNS], *const ty_variant_columns[TY_COLUMNS];

/* A file that is read as it lies there, and what it looked like when reading began. */
typedef struct ty_still {
    bool watched;
    int misses; /* pages that came from the disk by the last look */
    ty_sys_facts about;
} ty_still;

/* A pair that somebody has open (held.c), and what was read there when the transaction began. */
typedef struct ty_held {
    int64_t bead;
    uint64_t print;
} ty_held;

struct ty_store {
    const struct ty_engine *engine;
    struct sqlite3 *db; /* of a file */
    struct ty_pq *pq;   /* of an address */
    char *path;
    char *kept_copy; /* see ty_store_kept_copy */
    bool distant;    /* on a disk of another machine */
    const char *why; /* it cannot be opened, where SQLite does not know */
    ty_still still;
    int snapshot[2];    /* copies of file and log that are read in their place; 0 or -1: none */
    int changes_before; /* rows changed before this transaction */
    char identity[33];
    bool writable;
    bool closing;           /* what statements hold in the engine goes with it */
    bool older;             /* a file of an older version, read as it is */
    unsigned frozen;        /* reads see one state */
    double limit;           /* of reads, in seconds; 0: none */
    int64_t deadline;       /* by it, on the clock that only goes forward; */
    int64_t spendable;      /* by what the thread has taken of the processor */
    int64_t changed;        /* the step of this transaction, 0 while nothing was changed */
    int64_t last_step;      /* the one before: the last that was committed */
    unsigned changed_depth; /* of transactions when it began */
    bool stamped[2];        /* by ty_stamp_of: it is known to have changed these */
    unsigned depth;         /* of open transactions */
    unsigned spoilt;        /* that of the one in which a part failed half-way; 0: none */
    bool beside;            /* others may write meanwhile: no step is begun yet */
    int64_t step;           /* of the history in this transaction, 0 where nothing was edited yet */
    ty_row *statements[SQL_COUNT];
    ty_pending pending; /* being collected */
    ty_pending writing; /* being written */
    ty_writer writer;
    ty_ledger ledger;
    TY_VECTOR(ty_held) held;
    ty_holders holders;
    bool shut;                              /* nobody opens another pair until the transaction is over */
    ty_premise premise;                     /* of the next change */
    int64_t own_step;                       /* the last that was made by this store */
    ty_buffer who;                          /* makes changes where an edit does not say */
    ty_buffer canonical, attributes, infos; /* scratch of the writer */
};

/*
 * Ends what is a transaction where it is alone, and else a part of the one that is open, without a savepoint:
 * behind one SQLite copies each page that changes, some eight a part. Where a part fails half-way, what it is
 * of cannot be committed.
 */
ty_status ty_part_end(ty_store *store, bool alone, ty_status status, ty_error *error);

/* Reads the held pairs at the beginning of a transaction, and before its end once more (ty_store_hold); and
 * when it is over. */
ty_status ty_held_note(ty_store *store, ty_error *error);
ty_status ty_held_check(ty_store *store, ty_error *error);
void ty_held_leave(ty_store *store);

/* Writes a copy of the memory into the output, which will be called `name`, and checks it. */
ty_status ty_copy_write(ty_store *store, ty_output *output, const char *name, const ty_listener *listener,
                        ty_error *error);

/* A connection to an open file that nobody else knows, alone with it. The file stays the caller's. */
#define TY_UNNAMED_VFS "taiyaku-unnamed"
int ty_unnamed_connect(int file, bool writing, struct sqlite3 **out);
/* The same, to be read with its log. */
int ty_unnamed_connect_log(int file, int log, struct sqlite3 **out);
/*
 * Copies the memory that the store has open as it lies there, log included (copies[1] is -1 where there is
 * none). False where it is written to all the time, is too large, or there is no room.
 */
bool ty_snapshot_take(ty_store *store, int copies[2]);
void ty_snapshot_close(int copies[2]);
/* Opens a copy that will be called `name`, to be read. */
ty_status ty_store_open_unnamed(const char *name, int file, ty_store **out, ty_error *error);
/* Brings what the log has into the file, where nobody else has it open. */
void ty_store_tidy(const char *path);

/* Bytes of the file as they lie there, by the open connection. */
bool ty_disk_read(ty_store *store, void *into, size_t size, int64_t offset);
bool ty_disk_size(ty_store *store, int64_t *out);
/* How the file is written, as its byte 18 says: with a rollback journal or a write-ahead log. */
typedef enum ty_disk_format { TY_DISK_NEW, TY_DISK_JOURNAL, TY_DISK_LOG } ty_disk_format;
ty_disk_format ty_disk_file_format(ty_store *store);
/* Where the disk that holds the path is mounted, replacing `out`. */
void ty_disk_name(const char *path, ty_buffer *out);

/* False when the log beside the file (-wal) is another file's. */
bool ty_log_belongs(ty_store *store);
/* Marks the transaction, so that its log can be told from others. */
ty_status ty_log_mark(ty_store *store, ty_error *error);

/* Watches the file from when its last write is surely over; false when it is written to all the time. */
bool ty_still_watch(ty_store *store);
/* Whether what lies beside it (tail "-wal") was last written to so long ago. */
bool ty_still_is_old(const ty_store *store, const char *tail, unsigned milliseconds);
/* False when the file is watched and has been written to; and what to say then. */
bool ty_still_holds(const ty_store *store);
ty_status ty_still_broken(const ty_store *store, ty_error *error);
/* TY_ERR_BUSY when the file is watched and has been written to: what was read since is not of one state. */
ty_status ty_still_check(ty_store *store, ty_error *error);

/* A transaction of who writes only what nobody can see or meet yet: see intake_beside.c. */
ty_status ty_store_begin_beside(ty_store *store, ty_error *error);

/* Makes a new file's tables, or brings an older one's up to date; checks whose file it is. */
ty_status ty_schema_check(ty_store *store, ty_store_mode mode, ty_error *error);

/* See ty_store_migrate. */
ty_status ty_schema_migrate(ty_store *store, bool dry_run, int *version, ty_error *error);

/* The step from version 2 to 3, and what lets a file of version 2 be read as one of version 3. */
/* The texts that lead to version 1 and 2; the step from version v to v + 1, NULL behind the last. */
extern const char ty_version_1[], ty_version_2[], ty_version_2_stand_in[];
const char *ty_schema_step(int64_t version);
extern const char ty_schema_whole[]; /* what all steps make of an empty file, at once */
extern const char ty_version_3[], ty_version_3_stand_in[];
extern const char ty_version_3_indexes[]; /* for a file that was made before it had them */
extern const char ty_version_3_no_zones[];
/* How many rows the tables that all versions have hold, as text; and whether that is still so. */
ty_status ty_holdings_count(ty_store *store, ty_buffer *out, ty_error *error);
ty_status ty_holdings_compare(ty_store *store, const ty_buffer *before, ty_error *error);
/* Keeps a copy of the file beside it, if there is room for all of that; throws it away again. */
ty_status ty_copy_keep(ty_store *store, int64_t version, ty_error *error);
void ty_copy_drop(ty_store *store);
ty_status ty_copy_check_room(ty_store *store, ty_error *error);
ty_status ty_version_3_after(ty_store *store, ty_error *error);

/* ------------------------------------------------------------------------------------------ running SQL */

/* Records what the engine last complained of, as a status that tells full disk, busy, damage and memory
 * apart. */
ty_status ty_sql_failed(ty_store *store, const char *doing, ty_error *error);

/*
 * Finds the statement and binds: i int64_t, k the same but NULL where it is 0, d double, s ty_slice (NULL
 * data is NULL), o the same but NULL where it is empty. Text is borrowed until the statement has run. NULL
 * after a failure.
 */
ty_row *ty_sql(ty_store *store, ty_sql_id id, ty_error *error, const char *types, ...);
/* The same, run to its end. */
ty_status ty_sql_run(ty_store *store, ty_sql_id id, ty_error *error, const char *types, ...);
/* TY_OK: a row is there; TY_NO: the end, or a failure: the statement is reset. */
ty_status ty_sql_step(ty_store *store, ty_row *statement, ty_error *error);
/* Runs, gives the first column of the first row (0 where it is NULL); TY_NO where there is no row. */
ty_status ty_sql_number(ty_store *store, ty_sql_id id, int64_t *out, ty_error *error, const char *types, ...);
/* Appends the first column of all rows; of a statement with one key the same. */
ty_status ty_sql_list(ty_store *store, ty_row *row, ty_ids *out, ty_error *error);
ty_status ty_sql_ids(ty_store *store, ty_sql_id id, int64_t key, ty_ids *out, ty_error *error);
/* A cursor's own statement, to be finalised by it. */
ty_status ty_sql_walk_open(ty_store *store, ty_sql_walk which, ty_row **out, ty_error *error);

/* ------------------------------------------------------------------------------------------ units */

/*
 * Writes the unit and its variants at once, as new or `over` the row that is there (whose variants are gone).
 * The digest is that of its canonical form.
 */
ty_status ty_unit_write(ty_store *store, bool over, int64_t id, const ty_unit *unit, ty_slice state,
                        uint64_t digest, ty_error *error);
/* The same for a new unit or a link that may wait until the next flush. All waiting links have one origin. */
ty_status ty_pending_unit(ty_store *store, int64_t id, const ty_unit *unit, uint64_t digest, ty_error *error);
ty_status ty_pending_link(ty_store *store, int64_t origin, int64_t position, int64_t unit, ty_error *error);
ty_status ty_pending_flush(ty_store *store, ty_error *error);
/* Writes what stands in store->writing; units are new, or `over` what is there. */
ty_status ty_pending_write(ty_store *store, bool over, ty_error *error);
void ty_pending_clear(ty_pending *pending);
void ty_pending_release(ty_pending *pending);

/* A thread that writes what waits; where it cannot be started, flushing just takes its time. */
void ty_writer_start(ty_store *store);
/* Lets it write store->writing. Until the next wait nothing else may use the connection. */
void ty_writer_go(ty_store *store);
/* Waits until it is idle; its failure, if it had one. Without a thread TY_OK. */
ty_status ty_writer_wait(ty_store *store, ty_error *error);
void ty_writer_stop(ty_store *store);
/* Reads attributes, infos and status from a row of SQL_UNIT_GET or a walk, from `column` on. */
ty_status ty_unit_read_row(ty_row *row, int column, ty_arena *arena, ty_stored_unit *out, ty_error *error);
/* Reads a variant from a row of SQL_VARIANT_LIST or a walk, from `column` on. */
ty_status ty_variant_read_row(ty_row *row, int column, ty_arena *arena, ty_variant *out, ty_error *error);
/* One more variant in an array that grows in the arena. */
ty_status ty_variants_add(ty_variant **items, size_t *count, size_t *room, ty_arena *arena, ty_variant item);
/* Reads a row of SQL_BEAD_GET. */
ty_status ty_provenance_read_row(ty_row *row, ty_arena *arena, ty_provenance *out);
/* The unit and its variants, without origin and provenance. TY_NO when it is not there. */
ty_status ty_unit_read(ty_store *store, int64_t id, ty_arena *arena, ty_stored_unit *out, ty_error *error);
ty_status ty_unit_read_variants(ty_store *store, int64_t id, ty_arena *arena, ty_unit *out, ty_error *error);
/* The canonical form in store->canonical, and its digest. */
ty_status ty_unit_digest(ty_store *store, const ty_unit *unit, uint64_t *digest, ty_error *error);
/* Where in its documents unit->id stands in unit->origin, if it does. */
ty_status ty_unit_read_bead(ty_store *store, ty_arena *arena, ty_stored_unit *unit, ty_error *error);
/* Notes where the unit stands in an origin: over what was known of it there, or anew. */
ty_status ty_bead_put(ty_store *store, int64_t unit, int64_t origin, const ty_provenance *provenance,
                      ty_error *error);
/* Another bead of the unit in the origin, as labels have. */
ty_status ty_bead_add(ty_store *store, int64_t unit, int64_t origin, const ty_provenance *provenance,
                      ty_error *error);
/*
 * Makes the beads of two documents partition both: one-sided ones that others reach over go, sentences that
 * are in none get one each.
 */
ty_status ty_beads_complete(ty_store *store, int64_t origin, int64_t source, int64_t target, ty_error *error);
/* The same for the documents that the origin has now (0: none); all others are of an older version. */
ty_status ty_beads_renew(ty_store *store, int64_t origin, int64_t source, int64_t target, ty_error *error);
/* The same for those of its newest beads. */
ty_status ty_beads_settle(ty_store *store, int64_t origin, ty_error *error);
/* How many documents of the origin, of those that it has now, have a sentence in no bead, or in two. */
ty_status ty_beads_faults(ty_store *store, int64_t origin, int64_t *out, ty_error *error);
/* What a person says of a unit is said of its beads, too, but for labels, which many share. */
ty_status ty_beads_say(ty_store *store, int64_t unit, ty_slice state, const ty_edit *edit, ty_error *error);
/* The new text of a unit's variant goes to the sentences that it stands for, beside what was published. */
ty_status ty_beads_follow(ty_store *store, int64_t unit, ty_slice lang, ty_slice text, const ty_edit *edit,
                          ty_error *error);
/* Gives a new unit a place right behind another in an origin. */
ty_status ty_link_behind(ty_store *store, int64_t origin, int64_t unit, int64_t new_unit, ty_error *error);
/* Takes a concept out of an origin, and away when no other has it. */
ty_status ty_concept_leave(ty_store *store, int64_t origin, int64_t place, int64_t id, ty_error *error);

/* Takes a unit away. `withhold`: by a person, so its origins do not bring it back, and its beads are omitted.
 */
ty_status ty_unit_remove(ty_store *store, int64_t id, const ty_edit *edit, bool withhold, ty_error *error);
/* Writes the unit over what is there. */
ty_status ty_unit_overwrite(ty_store *store, int64_t id, const ty_unit *unit, uint64_t digest, ty_slice state,
                            ty_error *error);
/* The same for an edit: the old form is withheld. */
ty_status ty_unit_change(ty_store *store, int64_t id, const ty_unit *unit, ty_slice state, ty_error *error);
/*
 * Sets changedate and changeid of the unit and of those of the changed variants (`count` from `first`) that
 * have a changedate: tools that date each variant would else say that it is older than its unit. Check the
 * arena.
 */
void ty_unit_sign(ty_unit *unit, size_t first, size_t count, const ty_edit *edit, ty_arena *arena);
void ty_ledger_release(ty_store *store);
/* Writes what waits; when much does; throws it away. */
ty_status ty_ledger_flush(ty_store *store, ty_error *error);
/* As the first, at the end of a transaction: the commit that follows tells how it went. */
ty_status ty_ledger_flush_last(ty_store *store, ty_error *error);
ty_status ty_ledger_relieve(ty_store *store, ty_error *error);
void ty_ledger_forget(ty_store *store);
/* For who writes in bulk: a row was made; rows and the sum of their hashes; a figure. */
void ty_ledger_made(ty_store *store, ty_kept table, int64_t object, int64_t item);
void ty_ledger_sum(ty_store *store, ty_kept table, int64_t rows, uint64_t sum);
bool ty_ledger_has_made(const ty_store *store, ty_kept table, int64_t object);
void ty_tally_add(ty_store *store, int64_t origin, ty_tally_of what, ty_slice lang, int64_t count);
/* What the step of this transaction is called; the first to say it is heard. `edit` may be NULL. */
void ty_step_name(ty_store *store, const char *name, ty_slice subject, int64_t origin, const ty_edit *edit);
/* Begins the step of this transaction if there is none yet: store->changed. */
ty_status ty_step_need(ty_store *store, ty_error *error);
/* Takes the next numbers of a kind ("unit", "bead", ...); none is given twice. */
ty_status ty_number_take(ty_store *store, const char *kind, int64_t count, int64_t *first, ty_error *error);
/* Notes in the step of this transaction that it changes units or concepts. */
ty_status ty_stamp_renew(ty_store *store, ty_stamp_of which, ty_error *error);
/* A transaction begins, ends, or is taken back: nothing was changed in it yet. */
void ty_stamp_forget(ty_store *store);

/* Now as a TMX date, in UTC. */
ty_slice ty_store_now(char buffer[17]);
/* `when`, or now where it is empty. */
ty_slice ty_store_date(ty_slice when, char buffer[17]);

#endif
