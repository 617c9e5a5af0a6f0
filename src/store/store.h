/* SPDX-License-Identifier: Apache-2.0 */
/*
 * store - the memory: units, their origins, documents and concepts, in one SQLite file or in a schema of a
 * PostgreSQL database. The only user of both; no type of them is seen outside. docs/memory-file.md explains
 * the tables, docs/team.md what differs in PostgreSQL.
 *
 * A ty_store is used by one thread at a time; several threads or processes open the file several times.
 * Readers never wait for a writer nor hold one up (write-ahead log); a second writer waits, then gets
 * TY_ERR_BUSY. A failed write leaves the file as it was before the transaction.
 *
 * Dates are TMX dates in UTC, YYYYMMDDThhmmssZ. Slices found in what the store fills in live as said at
 * the function: in the arena given, or in a cursor until its next step.
 */
#ifndef TY_STORE_H
#define TY_STORE_H

#include "base/base.h"
#include "unit/unit.h"

typedef struct ty_store ty_store;

typedef enum ty_store_mode {
    TY_STORE_READ,  /* the file must be there; one of an older schema version is read as it is */
    TY_STORE_WRITE, /* the same, and may be changed; an older schema version is migrated: the old
                     * file is kept beside it (ty_store_kept_copy), all or nothing is done */
    TY_STORE_CREATE /* made when it is not there */
} ty_store_mode;

/* ------------------------------------------------------------------------------------------ the file */

/*
 * A path, or an address of a memory in PostgreSQL (ty_path_is_address).
 * Refuses with TY_ERR_STORE, naming the file, what is no memory of ours, is newer than this program,
 * damaged, cannot be read, or is read-only when writing was asked for. Missing folders are not made.
 */
ty_status ty_store_open(const char *path, ty_store_mode mode, ty_store **out, ty_error *error);
int ty_store_version(void);           /* of the schema that is written */
void ty_store_close(ty_store *store); /* rolls back what is open; NULL is fine */
const char *ty_store_path(const ty_store *store);
/*
 * Brings the file of an older version up to date, as opening it to write does; with `dry_run` all of that is
 * done and taken back again, so that it is known to go well. *version is the file's as it was; where it is
 * kept is appended to `kept`. TY_NO: it is of this version.
 */
ty_status ty_store_migrate(const char *path, bool dry_run, int *version, ty_buffer *kept, ty_error *error);
/* Where the memory is kept as it was, if opening it has brought it up to date; else NULL. */
const char *ty_store_kept_copy(const ty_store *store);
/* Opened to read, is it of an older version than what is written? */
bool ty_store_is_of_older_version(const ty_store *store);
/* A power cut takes nothing that was said to be done. Before anything is written. */
ty_status ty_store_set_durable(ty_store *store, ty_error *error);
/* Who makes changes where an edit does not say; copied, may be empty. */
ty_status ty_store_set_who(ty_store *store, ty_slice who, ty_error *error);
/* How long a writer waits for another before TY_ERR_BUSY; 5,000 ms unless set. */
void ty_store_set_patience(ty_store *store, unsigned milliseconds);
/* From now on reads of this thread may take so many seconds of the processor in all, and five times as many
 * by the clock, then they fail with TY_STOP. 0: as long as they take; a database server has limits of its
 * own. */
void ty_store_set_limit(ty_store *store, double seconds);
/* What is made for all who ask later is made however long it takes: who gives up half-way leaves it to the
 * next, for ever. Then the limit holds anew, from there on. */
void ty_store_pause_limit(ty_store *store);
void ty_store_resume_limit(ty_store *store);
/* Gives back what is kept of the file in case it is read again; between transactions. */
void ty_store_rest(ty_store *store);
bool ty_store_is_writable(const ty_store *store);
/* 32 hexadecimal digits drawn when the file was made: tells a cache beside it whose it is. */
const char *ty_store_identity(const ty_store *store);

/*
 * A copy of the memory as it is now, whoever else uses it meanwhile; checked before it takes the name. It may
 * replace an older copy of the same memory, and nothing else (TY_ERR_USAGE).
 */
ty_status ty_store_backup(ty_store *store, const char *path, const ty_listener *listener, ty_error *error);
/*
 * Puts a copy of `backup`, which must be sound, in the place of the memory at `path`, if there is one: that
 * is kept beside it, with its log, under a name that is appended to `kept` (nothing where there was none).
 * TY_ERR_BUSY while another process has it open; this one must not.
 */
ty_status ty_store_restore(const char *path, const char *backup, const ty_listener *listener, ty_buffer *kept,
                           ty_error *error);

/*
 * A transaction. Pairs may be nested: an inner rollback undoes the inner part only. Every function that
 * writes opens a transaction of its own where none is open.
 */
ty_status ty_store_begin(ty_store *store, ty_error *error);
/* The same for who will edit these units: what is kept of them comes along. */
ty_status ty_store_begin_edit(ty_store *store, const int64_t *units, size_t count, ty_error *error);
ty_status ty_store_commit(ty_store *store, ty_error *error);
void ty_store_rollback(ty_store *store);
/* Commits what went well, else rolls back; the status in the end. */
ty_status ty_store_end(ty_store *store, ty_status status, ty_error *error);
/* See ty_memory_hold: of all transactions of this store. */
void ty_store_hold(ty_store *store, const ty_holders *holders);
/* See ty_memory_set_premise and ty_memory_own_step. */
typedef struct ty_premise {
    ty_status (*check)(void *payload, ty_error *error);
    void *payload;
} ty_premise;
void ty_store_set_premise(ty_store *store, ty_premise premise);
int64_t ty_store_own_step(const ty_store *store);

/*
 * The state of the units (and what belongs to them), or of the concepts: the step that changed them last, and
 * a number that was drawn at random with it. What is derived from a state is up to date while the stamp is
 * the same. A count alone would not do: two copies of a memory that go different ways reach the same one. All
 * 0 while nothing was changed yet; `random` is 0 for a file of an older version, which has none.
 */
typedef enum ty_stamp_of { TY_STAMP_UNITS, TY_STAMP_CONCEPTS } ty_stamp_of;

typedef struct ty_stamp {
    uint64_t step, random;
} ty_stamp;

static inline bool ty_stamp_equal(ty_stamp a, ty_stamp b)
{
    return a.step == b.step && a.random == b.random;
}

ty_status ty_store_stamp(ty_store *store, ty_stamp_of which, ty_stamp *out, ty_error *error);
/* The same of one table, named as it is in the file, with no step: its rows have the sum as long as they are
 * the same. 0 of a file from before version 3. */
ty_status ty_store_sum(ty_store *store, const char *table, uint64_t *out, ty_error *error);
/* Of the last step, whatever it changed. */
ty_status ty_store_last_stamp(ty_store *store, ty_stamp *out, ty_error *error);
/* What was drawn for that step; TY_NO: there is none. */
ty_status ty_store_step_drawn(ty_store *store, int64_t step, uint64_t *drawn, ty_error *error);
/* TY_OK: the memory was in this state once (or is); TY_NO: it is of a copy that went another way, or of a
 * future that was taken back with a backup. */
ty_status ty_store_has_been(ty_store *store, ty_stamp stamp, ty_error *error);

/*
 * From freeze to thaw all reads see one state, whatever others write meanwhile. May be nested. Nothing can be
 * written through this store in between.
 */
ty_status ty_store_freeze(ty_store *store, ty_error *error);
void ty_store_thaw(ty_store *store);
/*
 * Within a transaction, or while frozen: these units (rising, each once) will be looked at next. Where the
 * memory is on a server, all that is kept of them comes in one round trip; else nothing happens.
 */
typedef enum ty_expected {
    TY_EXPECT_UNITS,
    TY_EXPECT_TEXTS,  /* without where they stand; what was expected before is forgotten, */
    TY_EXPECT_AROUND, /* not they, but what stands around them */
    TY_EXPECT_WALK,   /* the same, as a walk looks at them */
    TY_EXPECT_EDIT,   /* as TEXTS, with where the sentences stand that an edit changes */
    TY_EXPECT_ZONES   /* of these numbers, not units: for the store's own use */
} ty_expected;

ty_status ty_store_expect(ty_store *store, const int64_t *units, size_t count, ty_expected what,
                          ty_error *error);
/* Round trips to a server so far; 0 for a file. */
uint64_t ty_store_trips(const ty_store *store);

/* ------------------------------------------------------------------------------------------ copies */

/*
 * A memory on a server can have a copy here, in a file, which answers what is looked up. It is opened as any
 * memory is, to read; it has the memory's identity, numbers and stamps, but no figures.
 *
 * `make` fills a file that is not there yet. `follow` brings the copy, opened by ty_copy_open, to the state
 * that the memory is in now; TY_NO: it cannot be brought there, and must be made anew.
 */
ty_status ty_copy_make(ty_store *from, const char *path, const ty_listener *listener, ty_error *error);
ty_status ty_copy_open(const char *path, ty_store **out, ty_error *error);
ty_status ty_copy_follow(ty_store *from, ty_store *copy, ty_error *error);
/* Only such a memory can be listened to. */
bool ty_store_is_remote(const ty_store *store);
/* From now on this store hears of it when somebody has changed the memory. */
ty_status ty_store_listen(ty_store *store, ty_error *error);
/*
 * Waits for that, for so many milliseconds at most, or until the file `stop` can be read. TY_OK: somebody
 * has; TY_NO: as far as is known, nobody.
 */
ty_status ty_store_hear(ty_store *store, int stop, int milliseconds, ty_error *error);

/* ------------------------------------------------------------------------------------------ origins */

/* Where units or concepts came from: one imported file or pair of documents. */
typedef struct ty_origin {
    int64_t id;           /* given by the store */
    ty_slice name;        /* tells origins apart: what `--origin PATTERN` looks at */
    ty_slice kind;        /* "documents", "tmx", "tsv", "tbx", "utx", "edit", ... */
    ty_slice title, date; /* of a release, as given; empty where nothing is known */
    ty_slice url;
    ty_slice imported_at;               /* when it first came in; empty on intake: now */
    ty_slice updated_at;                /* when an intake last changed something; given by the store */
    ty_slice digest;                    /* of the file or documents, as the importer makes it; may be empty */
    const ty_header *header;            /* of a TMX; NULL where there is none */
    uint64_t unit_count, concept_count; /* filled in on reading */
    ty_slice told;                      /* which of title, date, url, agency a person gave: "title,url" */
    uint64_t brought; /* units and concepts that were new with it; 0: all it has came with others, too */
} ty_origin;

typedef TY_VECTOR(ty_origin) ty_origins;

/* Does the text fit a pattern in which * stands for any text and ? for a character? An empty one fits all. */
bool ty_store_glob(ty_slice pattern, ty_slice text);

/* All origins whose name the pattern (* and ?; empty: all) fits, in order of id; contents in the arena. */
ty_status ty_store_origins(ty_store *store, ty_slice pattern, ty_arena *arena, ty_origins *out,
                           ty_error *error);

/* One of them; TY_NO: there is none. */
ty_status ty_store_origin(ty_store *store, int64_t id, ty_arena *arena, ty_origin *out, ty_error *error);
ty_status ty_store_origin_named(ty_store *store, ty_slice name, int64_t *out, ty_error *error);
/* The first that has the digest. */
ty_status ty_store_origin_of_digest(ty_store *store, ty_slice digest, int64_t *out, ty_error *error);

/* ------------------------------------------------------------------------------------------ documents */

typedef struct ty_document_sentence {
    ty_slice text;
    uint32_t paragraph; /* 0-based */
} ty_document_sentence;

/* A text of a release with all its sentences, those without partner included. */
typedef struct ty_stored_document {
    int64_t id;                                           /* given by the store */
    int64_t origin;                                       /* the same */
    ty_slice lang, title, date, url, file_name, encoding; /* empty where nothing is known */
    ty_slice path;                                        /* of the file it was read from, from the root */
    const ty_document_sentence *sentences;
    size_t sentence_count;
    bool older; /* of an older version of the release */
} ty_stored_document;

typedef TY_VECTOR(ty_stored_document) ty_stored_documents;

/* The documents of an origin with their sentences, in the order they came; contents in the arena. */
ty_status ty_store_documents(ty_store *store, int64_t origin, ty_arena *arena, ty_stored_documents *out,
                             ty_error *error);
/* The same without their sentences. */
ty_status ty_store_document_heads(ty_store *store, int64_t origin, ty_arena *arena, ty_stored_documents *out,
                                  ty_error *error);

/*
 * The documents of an origin (0: of all) without their sentences, behind what `out` has: id, origin, lang,
 * url, path, older, and how many sentences there are. In order of origin and id; contents in the arena.
 */
ty_status ty_store_document_survey(ty_store *store, int64_t origin, ty_arena *arena, ty_stored_documents *out,
                                   ty_error *error);
/* Is one of the documents of an older version of its release? */
ty_status ty_store_is_older(ty_store *store, int64_t document, int64_t other, bool *out, ty_error *error);
/* How many forms of units the origin does not bring back, since they were edited or removed here. */
ty_status ty_store_withheld(ty_store *store, int64_t origin, uint64_t *out, ty_error *error);

/* Where in which documents an aligned pair stands, and how sure the aligner was. */
typedef struct ty_provenance {
    int64_t source_document, target_document; /* ids from ty_intake_document */
    ty_bead bead;                             /* sentence numbers in these documents, and confidence */
    ty_slice aligned_at;                      /* empty: now */
    ty_slice tool;                            /* what aligned it, e.g. "taiyaku 0.1.0" */
} ty_provenance;

/* A sentence as it is under review. */
typedef struct ty_stored_sentence {
    ty_slice text;   /* as published */
    ty_slice edited; /* as a person wants it; data NULL: the same */
    ty_slice gap;    /* what stood between it and the next, which was cut off it; data NULL: it was not */
    uint32_t paragraph;
} ty_stored_sentence;

typedef TY_VECTOR(ty_stored_sentence) ty_stored_sentences;

/* A bead with all that is known of it; sides are 0, source, and 1, target. */
typedef struct ty_stored_bead {
    int64_t id, origin, documents[2];
    uint32_t first[2], count[2];
    int64_t unit; /* 0: none */
    ty_bead_state state;
    ty_slice who, at;
    bool omit, flag, ask, locked;
    ty_slice note;
    double confidence;
    ty_slice aligned_at, tool;
} ty_stored_bead;

typedef TY_VECTOR(ty_stored_bead) ty_stored_beads;
typedef TY_VECTOR(ty_release_info) ty_release_infos;

/* The releases with their figures, in the order they came; of one only where `id` is not 0. In the arena. */
ty_status ty_store_releases(ty_store *store, int64_t id, ty_arena *arena, ty_release_infos *out,
                            ty_error *error);
/* The step that changed the release last; TY_NO where the origin has no beads. */
ty_status ty_store_release_version(ty_store *store, int64_t origin, uint64_t *out, ty_error *error);
/* The origin of a bead; TY_NO when it is not there. */
ty_status ty_store_bead_origin(ty_store *store, int64_t bead, int64_t *out, ty_error *error);
/* The last step after `since` that changed the bead, 0 where none did. */
ty_status ty_store_bead_changed(ty_store *store, int64_t bead, uint64_t since, int64_t *step,
                                ty_error *error);
/* Beads between two documents, whichever is the source; sentences of a document. In the arena. */
ty_status ty_store_beads(ty_store *store, int64_t document, int64_t other, ty_arena *arena,
                         ty_stored_beads *out, ty_error *error);
ty_status ty_store_sentences(ty_store *store, int64_t document, ty_arena *arena, ty_stored_sentences *out,
                             ty_error *error);

/*
 * For who keeps the beads whole: a bead is written, new where its id is 0, or taken away; the edited text of
 * a sentence set (data NULL: none); a sentence becomes two, or two become one, and later ones and beads move
 * along.
 */
ty_status ty_store_put_bead(ty_store *store, ty_stored_bead *bead, ty_error *error);
ty_status ty_store_drop_bead(ty_store *store, int64_t id, ty_error *error);
ty_status ty_store_sentence_edit(ty_store *store, int64_t document, uint32_t number, ty_slice edited,
                                 ty_error *error);
ty_status ty_store_sentence_set(ty_store *store, int64_t document, uint32_t number,
                                const ty_stored_sentence *sentence, ty_error *error);
/* Beads that get into each other's way give way to what people said; sentences in none get one each. */
ty_status ty_store_whole_release(ty_store *store, int64_t origin, ty_error *error);
ty_status ty_store_sentence_cut(ty_store *store, int64_t document, uint32_t number,
                                const ty_stored_sentence *first, const ty_stored_sentence *second,
                                ty_error *error);
ty_status ty_store_sentence_join(ty_store *store, int64_t document, uint32_t number,
                                 const ty_stored_sentence *whole, ty_error *error);
/* The agency that a document names, where none is known or given yet. */
ty_status ty_store_note_agency(ty_store *store, int64_t origin, ty_slice agency, ty_error *error);
/* Facts that a person gives; data NULL leaves one as it is. */
ty_status ty_store_set_facts(ty_store *store, int64_t origin, const ty_release_facts *facts, ty_error *error);

/* ------------------------------------------------------------------------------------------ intake */

/*
 * An intake brings one origin's units and concepts into the memory, in one transaction.
 *
 * Two units are the same when ty_unit_canonical gives the same bytes. A memory holds a unit as often as the
 * origin that has it most often: the n-th time a unit stands in an origin it is linked with the n-th unit
 * like it in the memory, which is made when it is not there. So importing an origin again, or one's own
 * export, changes nothing.
 *
 * What came with this origin before and was edited or removed since is not made again unless
 * TY_INTAKE_FORCE says so. An origin of the same name that brings other units adds to what is there, or,
 * with TY_INTAKE_REPLACE, takes its place: what it no longer has goes (history keeps it), except for what
 * is confirmed or has another origin too.
 *
 * While an intake is open, nothing else uses its store (a large one is written by a thread); what it brought
 * can be looked up after the commit.
 */
typedef struct ty_intake ty_intake;

enum {
    TY_INTAKE_FORCE = 1,
    TY_INTAKE_REPLACE = 2,
    /* A unit with the texts of another, but other attributes, notes or codes, is left out, */
    TY_INTAKE_SKIP_SIMILAR = 4,
    /* or takes the place of the older one unless that is confirmed (the history keeps it). */
    TY_INTAKE_RENEW_SIMILAR = 8,
    /* The name is only a wish: what came with the same digest keeps the name it has, and where another has
     * the name, this becomes "NAME (2)". Chosen within the transaction, so that no two writers choose the
     * same. */
    TY_INTAKE_APART = 16,
    /* With it: even where the digest is another's. */
    TY_INTAKE_NEW = 32,
    /* Concepts that the origin does not have any more are taken out of use, unless they were edited here. */
    TY_INTAKE_RETIRE = 64,
    /* Where the memory is on a server, others may write meanwhile; TY_ERR_BUSY with the rule "overtaken" at
     * the end where they brought the same: to be done again without this. */
    TY_INTAKE_BESIDE = 128
};

/* TY_KEPT: of a concept that was edited here: what its origin says now is another thing, and left out. */
typedef enum ty_outcome { TY_CREATED, TY_UPDATED, TY_UNCHANGED, TY_KEPT } ty_outcome;

typedef struct ty_intake_counts {
    uint64_t created, updated, unchanged;
    uint64_t removed;  /* by TY_INTAKE_REPLACE; concepts by TY_INTAKE_RETIRE */
    uint64_t kept;     /* part of unchanged: edited or removed here since, so not brought back */
    uint64_t withheld; /* part of kept: not what a person made of a release's sentences */
    uint64_t skipped;  /* part of unchanged: left out as near-duplicates */
} ty_intake_counts;

/* `origin` needs a name; all of it is copied. Waits for another writer, then fails with TY_ERR_BUSY. */
ty_status ty_intake_open(ty_store *store, const ty_origin *origin, unsigned flags, ty_intake **out,
                         ty_error *error);
/* The origin's name, as it was given or chosen; lives as long as the intake. */
ty_slice ty_intake_name(const ty_intake *intake);
/* The number of the origin. */
int64_t ty_intake_origin(const ty_intake *intake);
/* A document of the origin, before the units that stand in it; its id for their provenance. */
ty_status ty_intake_document(ty_intake *intake, const ty_stored_document *document, int64_t *id,
                             ty_error *error);
/*
 * The next unit of the origin. `provenance` may be NULL; it is no part of the unit. `id` and `outcome`
 * may be NULL; the id is 0 for what is not brought back. A concept with an id takes the place of the one
 * that came with the same id from the same origin. TY_ERR_LIMIT: the unit is larger than a memory takes
 * (the intake goes on); any other failure: close with ty_intake_rollback.
 */
ty_status ty_intake_unit(ty_intake *intake, const ty_unit *unit, const ty_provenance *provenance, int64_t *id,
                         ty_outcome *outcome, ty_error *error);
/* Sentences that found no partner: a bead one of whose sides is empty. Those that nobody tells of are noted
 * by themselves when the intake ends. */
ty_status ty_intake_bead(ty_intake *intake, const ty_provenance *provenance, ty_error *error);
ty_status ty_intake_concept(ty_intake *intake, const ty_concept *concept, int64_t *id, ty_outcome *outcome,
                            ty_error *error);
/* Ends the intake well. `counts` may be NULL. The intake is freed, whatever is returned. */
ty_status ty_intake_commit(ty_intake *intake, ty_intake_counts *counts, ty_error *error);
/* Ends the intake and takes everything back; counts (may be NULL) say what it would have done. */
void ty_intake_rollback(ty_intake *intake, ty_intake_counts *counts);

/* ------------------------------------------------------------------------------------------ units */

/* A unit as it stands in the memory. */
typedef struct ty_stored_unit {
    int64_t id;
    ty_unit unit;
    ty_slice status;      /* "" or "confirmed", ... */
    bool label;           /* a pair of short marks, which many beads share */
    int64_t conflict;     /* the unit that says something else about the same text; 0: none */
    uint64_t digest;      /* of the canonical form: ty_hash(canonical, 0) */
    int64_t origin;       /* the first one that brought it, 0 where there is none */
    ty_slice origin_name; /* its name, kind and date */
    ty_slice origin_kind;
    ty_slice origin_date;
    ty_slice origin_imported_at;
    ty_slice origin_title, origin_url;
    ty_slice origin_told; /* which of its title, date and url a person gave; of a walk only */
    uint64_t position;    /* 0-based place in the origin */
    bool aligned;         /* is what follows filled in? */
    ty_provenance provenance;
    ty_slice who,
        at; /* who last said something of its bead, and when; empty where nobody did, or it is not known */
} ty_stored_unit;

/* Which units; a zeroed filter means all. What is empty does not restrict. */
typedef struct ty_unit_filter {
    ty_slice origin;      /* pattern with * and ? for the name of one of its origins */
    int64_t origin_id;    /* exactly this one; 0: any */
    ty_slice agency;      /* pattern for the agency of one of its origins */
    ty_slice source;      /* language ranges (ty_lang_matches): the unit has a variant for each; */
    ty_slice target;      /* for both it needs two different variants */
    ty_slice since;       /* changed at or after this TMX date or the beginning of one: by the dates of the
                           * unit and its variants; where it has none, when it was aligned or came in */
    ty_slice status;      /* exactly this */
    bool no_labels;       /* without pairs of labels */
    float doubtful_below; /* only aligned pairs below it, and units that say different things of one text */
    float min_confidence; /* aligned pairs below it are left out; units of other origins stay */
    const int64_t *ids;   /* only these, in this order, each once */
    size_t id_count;
} ty_unit_filter;

typedef struct ty_units ty_units;

/*
 * Walks units in the order of their (first fitting) origin's id, then position, each unit once,
 * under the first origin that fits; units of no origin come last, in the order of ids. `out` is good until
 * the next step. ty_units_next: TY_OK, TY_NO at the end, or a failure.
 */
ty_status ty_units_open(ty_store *store, const ty_unit_filter *filter, ty_units **out, ty_error *error);
ty_status ty_units_next(ty_units *units, ty_stored_unit *out, ty_error *error);
void ty_units_close(ty_units *units);

/* Has any segment inline codes? Looks through all of them where none has. */
ty_status ty_store_has_codes(ty_store *store, bool *out, ty_error *error);
/* When the unit was made or changed last: its own dates and those of its variants; where it has none, when
 * it was aligned or came in. A TMX date, or empty. */
ty_slice ty_stored_unit_date(const ty_stored_unit *unit);

/* One unit, its contents in the arena; TY_NO when it is not there. */
ty_status ty_store_unit(ty_store *store, int64_t id, ty_arena *arena, ty_stored_unit *out, ty_error *error);
/* The same without where it comes from: for who looks at many and shows few. */
ty_status ty_store_unit_alone(ty_store *store, int64_t id, ty_arena *arena, ty_stored_unit *out,
                              ty_error *error);

/* Is one of the unit's origins of a name that fits the pattern? */
ty_status ty_store_unit_is_of(ty_store *store, int64_t id, ty_slice pattern, bool *out, ty_error *error);

/*
 * What stands around a unit: for an aligned pair the sentences before and after in its documents (source
 * side first), else the texts of the units before and after in its origin, by the language of `source` and
 * `target` (ranges). Empty where there is none. In the arena.
 */
typedef struct ty_neighbours {
    ty_slice source_before, source_after;
    ty_slice target_before, target_after;
} ty_neighbours;

ty_status ty_store_neighbours(ty_store *store, int64_t id, ty_slice source, ty_slice target, ty_arena *arena,
                              ty_neighbours *out, ty_error *error);

/* A variant as the matcher reads it: no attributes, no codes. */
typedef struct ty_stored_variant {
    int64_t unit;
    uint32_t position; /* 0-based in the unit */
    ty_slice lang;     /* as written */
    ty_slice text;     /* plain */
} ty_stored_variant;

typedef struct ty_variants ty_variants;

/* Walks the variants of all units with first <= id, in the order of unit and position. As ty_units_next. */
ty_status ty_variants_open(ty_store *store, int64_t first, ty_variants **out, ty_error *error);
ty_status ty_variants_next(ty_variants *variants, ty_stored_variant *out, ty_error *error);
void ty_variants_close(ty_variants *variants);

/*
 * What happened to the units after a state, for an index that keeps up: ids above `*last_id` are new
 * (ids are never used twice), `*out` lists those up to it that were changed or removed. Sets *last_id to
 * the highest id now.
 */
typedef TY_VECTOR(int64_t) ty_ids;
ty_status ty_store_changes(ty_store *store, ty_stamp since, int64_t *last_id, ty_ids *out, ty_error *error);
/* The newest units above an id that a person has confirmed or brought in a reviewed table (origins of the
 * kind "aligned"), at most so many; the newest first. */
ty_status ty_store_confirmed(ty_store *store, int64_t above, size_t most, ty_ids *out, ty_error *error);

/* ------------------------------------------------------------------------------------------ former versions
 */

/* A form that a unit of an origin had before a person edited or removed it. The origin does not bring it
 * back. */
typedef struct ty_former {
    uint64_t digest, now; /* of the form, and of the unit as it is */
    int64_t unit;
    bool gone; /* the unit is not there any more */
} ty_former;

typedef TY_VECTOR(ty_former) ty_formers;

/* The form of a unit. */
ty_status ty_store_form(ty_store *store, const ty_unit *unit, uint64_t *out, ty_error *error);
/* Is it that of a unit of the origin, or one that a unit had? */
ty_status ty_store_knows_form(ty_store *store, int64_t origin, uint64_t digest, bool *out, ty_error *error);
/* All of an origin, in the order of units. */
ty_status ty_store_formers(ty_store *store, int64_t origin, ty_formers *out, ty_error *error);
/* One that is known from elsewhere; `unit` 0: of a unit that is gone. */
ty_status ty_store_former_add(ty_store *store, int64_t origin, uint64_t digest, int64_t unit,
                              ty_error *error);
/* The first unit of the origin (0: of any) that has the form now; TY_NO when none has. */
ty_status ty_store_unit_of_form(ty_store *store, int64_t origin, uint64_t digest, int64_t *out,
                                ty_error *error);
/* When a unit that is gone was removed, in the arena; empty where the log does not know. */
ty_status ty_store_unit_removed_at(ty_store *store, int64_t unit, ty_arena *arena, ty_slice *out,
                                   ty_error *error);
ty_status ty_store_has_one_origin(ty_store *store, int64_t unit, bool *out, ty_error *error);
/* The unit becomes what it is elsewhere, unsigned; `with_beads`: the sentences that it stands for, too. */
ty_status ty_store_become(ty_store *store, int64_t id, const ty_unit *unit, ty_slice status, bool with_beads,
                          ty_error *error);
/* The unit goes, with its beads: what stands for their sentences elsewhere comes along by itself. */
ty_status ty_store_go(ty_store *store, int64_t id, ty_error *error);
/* Concepts of the origin that are out of use. */
ty_status ty_store_concepts_gone(ty_store *store, int64_t origin, ty_ids *out, ty_error *error);
/* Marks that two units say different things about one text, until a person edits, confirms or removes one. */
ty_status ty_store_set_conflict(ty_store *store, int64_t unit, int64_t other, ty_error *error);

/* ------------------------------------------------------------------------------------------ concepts */

typedef struct ty_stored_concept {
    int64_t id;
    ty_concept concept;
    int64_t origin;
    ty_slice origin_name;
    ty_slice went_to; /* of one that is gone: the id of another, or "-"; else empty */
    bool edited;      /* by a person here, since it came */
    uint64_t digest;  /* of what it is, */
    uint64_t brought; /* and of what it came as */
} ty_stored_concept;

typedef struct ty_concepts ty_concepts;

/* Walks the concepts of the origins whose name fits the pattern (empty: all), by origin and position; without
 * those that are gone. */
ty_status ty_concepts_open(ty_store *store, ty_slice origin, ty_concepts **out, ty_error *error);
ty_status ty_concepts_next(ty_concepts *concepts, ty_stored_concept *out, ty_error *error);
void ty_concepts_close(ty_concepts *concepts);

/* One concept, gone ones too, its contents in the arena; TY_NO when it is not there. */
ty_status ty_store_concept(ty_store *store, int64_t id, ty_arena *arena, ty_stored_concept *out,
                           ty_error *error);

/* The concept with that id of its own, one that is there before one that is gone; TY_NO when there is none.
 */
ty_status ty_store_concept_named(ty_store *store, ty_slice name, int64_t *out, ty_error *error);

/* All that are in use with that id of their own. */
ty_status ty_store_concepts_named(ty_store *store, ty_slice name, ty_ids *out, ty_error *error);

/*
 * Changes by a person, within a transaction of the caller's. An intake knows what was changed here: such a
 * concept is not overwritten.
 */
/* A new concept, of the origin with that name, which is made where it is not there. */
ty_status ty_store_concept_add(ty_store *store, const ty_concept *concept, ty_slice origin, int64_t *out,
                               ty_outcome *outcome, ty_error *error);
/* A concept with all its terms, in the place of what it was, wherever it came from. TY_NO: it is not there.
 */
ty_status ty_store_concept_set(ty_store *store, int64_t id, const ty_concept *concept, ty_error *error);
/* Away for good, but that its file may bring it back. */
ty_status ty_store_concept_remove(ty_store *store, int64_t id, ty_error *error);
/* Takes it out of use: `went_to` is the id of the concept that stands for it now, or "-". */
ty_status ty_store_concept_retire(ty_store *store, int64_t id, ty_slice went_to, ty_error *error);
/* Says of a concept that its file took out of use where it went; one that was edited here stays as it is. */
ty_status ty_store_concept_redirect(ty_store *store, int64_t id, ty_slice went_to, ty_error *error);

/* ------------------------------------------------------------------------------------------ findings */

/* A finding of a check that a person let stand. */
typedef struct ty_accepted {
    ty_slice id;             /* whatever the check names it by */
    ty_slice fault, words;   /* what it was about, for people who read the file */
    ty_slice source, target; /* the texts */
    ty_slice who;            /* may be empty */
    ty_slice at;             /* when; given by the store */
} ty_accepted;

/* Remembers it; one that is remembered already stays as it is. */
ty_status ty_store_accept(ty_store *store, const ty_accepted *finding, ty_error *error);
typedef TY_VECTOR(ty_accepted) ty_accepted_list;

/* All that are remembered, in the arena. */
ty_status ty_store_accepted(ty_store *store, ty_arena *arena, ty_accepted_list *out, ty_error *error);
/* TY_OK: it is remembered; TY_NO: it is not. */
ty_status ty_store_is_accepted(ty_store *store, ty_slice id, ty_error *error);
/* Forgets the finding, or all for an empty id; `count` (may be NULL) is how many there were. */
ty_status ty_store_forget(ty_store *store, ty_slice id, uint64_t *count, ty_error *error);

/* ------------------------------------------------------------------------------------------ editing */

/* Who changes what; `who` becomes changeid, `when` (empty: now) changedate. */
typedef struct ty_edit {
    ty_slice who, when;
} ty_edit;

/* A candidate that is no pair of terms, and is not to be proposed again. */
typedef struct ty_rejected {
    ty_slice source_lang, source, target_lang, target;
} ty_rejected;

/* One step; one that is rejected already stays as it is. */
ty_status ty_store_reject(ty_store *store, const ty_rejected *pair, const ty_edit *edit, ty_error *error);
/* TY_OK: it was rejected; TY_NO: it was not. Texts alone count. */
ty_status ty_store_is_rejected(ty_store *store, const ty_rejected *pair, ty_error *error);

/*
 * All edits of one transaction are one step for undo. A unit that was confirmed is no more.
 * TY_NO: there is no such unit.
 */
ty_status ty_store_set_segment(ty_store *store, int64_t id, uint32_t variant, ty_slice text, ty_slice content,
                               const ty_edit *edit, ty_error *error);
/* Of many, in one step; *missing is the first that there is not, where the answer is TY_NO. */
ty_status ty_store_confirm(ty_store *store, const int64_t *units, size_t count, const ty_edit *edit,
                           int64_t *missing, ty_error *error);
ty_status ty_store_set_status(ty_store *store, int64_t id, ty_slice status, const ty_edit *edit,
                              ty_error *error);
ty_status ty_store_remove(ty_store *store, int64_t id, const ty_edit *edit, ty_error *error);
/* Writes the unit over what is there, signed, with this status. */
ty_status ty_store_set_unit(ty_store *store, int64_t id, const ty_unit *unit, ty_slice status,
                            const ty_edit *edit, ty_error *error);
/* A new unit of an origin, right behind another (0: before all). */
ty_status ty_store_add_unit(ty_store *store, const ty_unit *unit, ty_slice status, int64_t origin,
                            int64_t behind, const ty_edit *edit, int64_t *id, ty_error *error);
ty_status ty_store_unit_has_bead(ty_store *store, int64_t id, bool *out, ty_error *error);
/* A label that no bead of the origin stands for any more leaves it. */
ty_status ty_store_leave_label(ty_store *store, int64_t unit, int64_t origin, ty_error *error);
/* What the step of the transaction is called; the first to say it is heard. `edit` may be NULL. */
void ty_store_name_step(ty_store *store, const char *name, ty_slice subject, int64_t origin,
                        const ty_edit *edit);
/* The step of the transaction, 0 while nothing was changed. */
ty_status ty_store_current_step(ty_store *store, int64_t *out, ty_error *error);
/* The last one that this store made; 0: none yet. */
int64_t ty_store_last_step(const ty_store *store);
/*
 * Joins units: the first becomes `joined`, the others go. Where aligned pairs stand one behind the other in
 * their documents, in the order given, the first stands for the sentences of all.
 */
ty_status ty_store_merge(ty_store *store, const int64_t *ids, size_t count, const ty_unit *joined,
                         ty_slice status, const ty_edit *edit, ty_error *error);
/*
 * Cuts a unit in two: it becomes `first`; `second` is new, has its status and a place behind it in each of
 * its origins. Of an aligned pair each half stands for its share of the sentences where the cut falls between
 * two of them; else the first goes on standing for all.
 */
ty_status ty_store_split(ty_store *store, int64_t id, const ty_unit *first, const ty_unit *second,
                         const ty_edit *edit, int64_t *new_id, ty_error *error);
/* The units and concepts no other origin has. Counts may be NULL. */
ty_status ty_store_remove_origin(ty_store *store, int64_t origin, const ty_edit *edit, uint64_t *units,
                                 uint64_t *concepts, ty_error *error);

/* ------------------------------------------------------------------------------------------ steps */

/* Every transaction that changes something is a step (ty_step); what it changed is kept row by row. */
typedef TY_VECTOR(ty_step) ty_steps;

/* The steps, the last first; `filter` may be NULL. Texts in the arena. */
ty_status ty_store_steps(ty_store *store, const ty_step_filter *filter, ty_arena *arena, ty_steps *out,
                         ty_error *error);
typedef TY_VECTOR(ty_variant_info) ty_variant_infos;
/* The variants of a unit, or the terms of a concept, as they were before the step, where that changed them;
 * into `out` (replacing), texts in the arena. */
ty_status ty_store_before(ty_store *store, int64_t step, bool concept, int64_t object, ty_arena *arena,
                          ty_variant_infos *out, ty_error *error);
/* A step of another memory that is joined to this one: it is listed, and as nothing of what it changed is
 * known here it cannot be taken back. One that is listed already stays as it is. */
ty_status ty_store_note_step(ty_store *store, const ty_step *step, ty_error *error);
/* One of them; TY_NO when there is none of this number. */
ty_status ty_store_step(ty_store *store, int64_t id, ty_arena *arena, ty_step *out, ty_error *error);

/*
 * Takes a step back, or an undo; that is a step, too. `which` may be NULL: the last of all. TY_NO: there is
 * none. TY_ERR_USAGE: it is no step that can be taken back, or another step in effect changed the same later
 * (*later, which may be NULL, says which); nothing is changed then. *out is the step that was taken back.
 */
ty_status ty_store_undo(ty_store *store, const ty_undo *which, ty_arena *arena, ty_step *out, ty_step *later,
                        ty_error *error);

/*
 * Takes a release or a unit out for good: its words are no longer in the tables, the history, or pages that
 * are free. Not a step; steps that touched it cannot be taken back any more. TY_ERR_BUSY: it is gone, but
 * somebody who has the memory open keeps free pages and the log from being cleaned.
 */
ty_status ty_store_erase_origin(ty_store *store, int64_t origin, uint64_t *units, ty_error *error);
ty_status ty_store_erase_unit(ty_store *store, int64_t unit, ty_error *error);
/* Forgets what steps before a date (YYYYMMDDThhmmssZ) changed, so that they cannot be taken back; how many.
 * The file becomes smaller by that. Not a step. */
ty_status ty_store_forget_steps(ty_store *store, ty_slice before, uint64_t *steps, ty_error *error);

/* ------------------------------------------------------------------------------------------ derived data */

/*
 * Indexes of other modules, kept in the file so that they need not be built at each start. Whoever gets
 * one checks the stamp it was made from. `parts` are written one after the other.
 */
ty_status ty_store_derived_put(ty_store *store, const char *name, ty_stamp stamp, const ty_slice *parts,
                               size_t count, ty_error *error);
/* Stamp and size in bytes; TY_NO when there is none of this name. */
ty_status ty_store_derived_info(ty_store *store, const char *name, ty_stamp *stamp, uint64_t *size,
                                ty_error *error);
/* `size` bytes from `offset` into memory of the caller. */
ty_status ty_store_derived_read(ty_store *store, const char *name, uint64_t offset, void *into, size_t size,
                                ty_error *error);
/* Drops one, or all for NULL. */
ty_status ty_store_derived_drop(ty_store *store, const char *name, ty_error *error);
/* Makes anew what this module derives, and drops the indexes of others, who make theirs when they need them.
 */
ty_status ty_store_rebuild(ty_store *store, ty_error *error);

/* ------------------------------------------------------------------------------------------ the whole */

typedef TY_VECTOR(ty_count) ty_tally;

typedef struct ty_stats {
    uint64_t units, variants, confirmed, aligned; /* aligned: with documents behind them */
    uint64_t origins, documents, sentences, concepts, terms;
    uint64_t text_bytes;                /* UTF-8 of the variants' plain texts */
    uint64_t file_bytes, derived_bytes; /* whole pages; the log beside the file not counted */
    ty_tally languages;                 /* variants by language as written, most frequent first */
    ty_tally term_languages;            /* terms likewise */
} ty_stats;

/* Names in the arena; release with ty_stats_release. */
ty_status ty_store_stats(ty_store *store, ty_arena *arena, ty_stats *out, ty_error *error);
void ty_stats_release(ty_stats *stats);

/*
 * Checks the file: SQLite's own integrity check, foreign keys, forms (JSON, inline markup), digests computed
 * anew, what is derived by this module against what it comes from. Findings go to the listener as notices
 * (`unit` is the unit's id). TY_NO when there are any; *findings (may be NULL) is how many.
 */
ty_status ty_store_verify(ty_store *store, const ty_listener *listener, uint64_t *findings, ty_error *error);

#endif
