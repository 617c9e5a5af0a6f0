/* SPDX-License-Identifier: Apache-2.0 */
/*
 * taiyaku.h - the public interface of libtaiyaku.
 *
 * It has two parts: the words that everyone shares (slice, status, error, listener), and the
 * use cases (segment, align, a memory with import, export, match, search and terms).
 *
 * Rules that hold for every function, exceptions are named where they stand:
 *  - Text is UTF-8 in a ty_slice: pointer and length in bytes, no terminating NUL needed, NUL allowed.
 *    Offsets and sizes are bytes of UTF-8.
 *  - A pointer or slice handed to a callback, or found in a struct that the library filled, is borrowed:
 *    it lives as long as the object it came from, in a callback until the callback returns.
 *  - An object given through an `out` parameter is the caller's and goes back with its _free or _close.
 *  - Functions that can fail return a ty_status and take a ty_error as last parameter, which may be NULL.
 *    After a failure `out` parameters are NULL or empty and nothing has changed in the memory.
 *  - Enumerations, structs and functions may be added to; what is here stays as it is (docs/library.md).
 *  - No global state, and the same bytes in every locale. Different objects may be used by different threads;
 *    one object by one thread at a time, unless its comment says more. A fork may use what was opened before
 *    it only to exit. No function may be called from a signal handler; none installs one or blocks signals,
 *    and a system call that a signal interrupts goes on. A callback may ask the same object for more only
 *    where its comment says so.
 */
#ifndef TAIYAKU_H
#define TAIYAKU_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

#if defined(__GNUC__)
#define TY_API __attribute__((visibility("default")))
#define TY_PRINTF(form, rest) __attribute__((format(printf, form, rest)))
#else
#define TY_API
#define TY_PRINTF(form, rest)
#endif

/* ------------------------------------------------------------------------------------------ words */

/* A piece of text somebody else owns. data may be NULL when size is 0. */
typedef struct ty_slice {
    const char *data;
    size_t size; /* bytes */
} ty_slice;

/* The slice of a C string; NULL gives the empty slice. */
TY_API ty_slice ty_slice_of(const char *string);

typedef enum ty_status {
    TY_OK = 0,
    TY_NO,           /* the answer is no: nothing found, no translation, findings of lint or check */
    TY_STOP,         /* a callback asked to end early */
    TY_ERR_USAGE,    /* the call, an option or a value in it makes no sense */
    TY_ERR_IO,       /* a file cannot be opened, read, written or renamed; the disk is full */
    TY_ERR_ENCODING, /* bytes that are no text in the encoding they claim or were told */
    TY_ERR_FORMAT,   /* the input is not what it should be: broken XML, no TMX, a binary */
    TY_ERR_LIMIT,    /* larger or deeper than any honest input */
    TY_ERR_STORE,    /* the memory file is not ours, newer than we know, damaged or read-only */
    TY_ERR_BUSY,     /* another process holds the memory file */
    TY_ERR_NOMEM
} ty_status;

/* What went wrong and where in the input. Initialise with {0}; the first failure is kept. */
typedef struct ty_error {
    ty_status status;
    char message[640]; /* one clear sentence, without file and line */
    char file[256];    /* the input's name, "" where there is none */
    size_t line;       /* 1-based line of the input, 0 where unknown */
    size_t unit;       /* 1-based number of the unit in the input, 0 where unknown */
    const char *rule;  /* short stable name of what was broken, for who has advice; NULL for most */
} ty_error;

/* Something worth telling that did not stop the work: a warning, or a unit that was rejected. */
typedef struct ty_notice {
    const char *file;    /* "" where there is none */
    size_t line;         /* 1-based, 0 where unknown */
    size_t unit;         /* 1-based number of the unit in the input, 0 where unknown */
    bool rejected;       /* the unit was left out; otherwise a warning, */
    bool remark;         /* or only something worth knowing */
    const char *rule;    /* short stable name of the rule, e.g. "tuv-lang-duplicate" */
    const char *message; /* one sentence */
} ty_notice;

/* How the library talks while it works. Any member may be NULL; a NULL listener is silent. */
typedef struct ty_listener {
    void *payload;
    void (*notice)(void *payload, const ty_notice *notice);
    /* done and total count units or bytes (total 0: unknown); return false to stop the work. */
    bool (*progress)(void *payload, const char *what, uint64_t done, uint64_t total);
    /* What is used for the work (dictionaries, say), in whole lines, for people who ask. */
    void (*detail)(void *payload, ty_slice lines);
    /* What one text of a release has and the other has not, or has elsewhere: rules only-in-one, moved. */
    void (*difference)(void *payload, const ty_notice *notice);
} ty_listener;

/* The name of a status, for messages and tests: "ok", "no", "format", ... Never NULL. */
TY_API const char *ty_status_name(ty_status status);

/* The version of this header; the library's own is told by ty_version(). */
#define TAIYAKU_VERSION_MAJOR 0
#define TAIYAKU_VERSION_MINOR 1
#define TAIYAKU_VERSION_PATCH 0
#define TAIYAKU_VERSION_NUMBER                                                                               \
    (TAIYAKU_VERSION_MAJOR * 10000 + TAIYAKU_VERSION_MINOR * 100 + TAIYAKU_VERSION_PATCH)

/* The library's version, "MAJOR.MINOR.PATCH". */
TY_API const char *ty_version(void);
/* The same as a number, like TAIYAKU_VERSION_NUMBER. */
TY_API int ty_version_number(void);
/* The version of memory files that it makes (docs/memory-file.md); older ones are read, too. */
TY_API int ty_memory_version(void);

/* ------------------------------------------------------------------------------------------ in and out */

/*
 * Where to read from: `read`, if there is one, else `bytes`, if its data is not NULL, else the file at `path`
 * ("-": standard input). With bytes and read, path is only a name for messages and origins, and may be NULL.
 * Bytes are borrowed for the call. Where the content is needed twice, what comes by `read` or standard input
 * is held in memory, up to 1 GiB.
 */
typedef struct ty_source {
    const char *path;
    ty_slice bytes;
    /* Fills `into` with up to `size` bytes; how many, 0 at the end, -1 on failure. */
    int64_t (*read)(void *payload, char *into, size_t size);
    void *payload;
} ty_source;

/*
 * Bytes that grow: zeroed to begin with. A NUL always follows the last byte (not counted). Once there was no
 * memory to grow, `failed` is set and nothing is added any more.
 */
typedef struct ty_buffer {
    char *data; /* NULL only before the first byte */
    size_t size, capacity;
    bool failed;
} ty_buffer;

/* Gives the memory back; the buffer is as if zeroed. */
TY_API void ty_buffer_release(ty_buffer *buffer);

/*
 * Where to write to: `write`, if there is one, else `buffer` (appended to), else the file at `path` (NULL or
 * "-": standard output). A new or regular file takes its name when all of it is written; after a failure it
 * is as it was before, and what buffer or write got is to be thrown away.
 */
typedef struct ty_sink {
    const char *path;
    ty_buffer *buffer;
    /* Takes all of the bytes, or returns false to end the work (TY_STOP). */
    bool (*write)(void *payload, ty_slice bytes);
    void *payload;
} ty_sink;

/*
 * Structs of settings begin with `size`: sizeof the struct as the caller was compiled, so that a library that
 * knows more members takes the rest for zero. 0 stands for the struct of this header. Zeroed members are the
 * defaults; a NULL pointer to settings stands for all of them.
 */

/* A sentence of a text. Sentences come in order; between them lies only white space. */
typedef struct ty_sentence {
    size_t start, end;  /* bytes into the text, end exclusive; never empty, no white space at either end */
    uint32_t paragraph; /* 0-based, never falling */
    bool label;         /* says who speaks and nothing else: "Q:" */
    bool broken;        /* may have line breaks in it: its paragraph is of several lines */
} ty_sentence;

/* A bead: sentences that stand for each other. One side may be empty (count 0, start = where it would stand).
 */
typedef struct ty_bead {
    uint32_t source_start, source_count; /* 0-based sentence number and how many */
    uint32_t target_start, target_count;
    float confidence; /* 0..1: the probability that exactly these sentences stand for each other */
} ty_bead;

typedef enum ty_term_status {
    TY_TERM_UNKNOWN = 0, /* the source says nothing */
    TY_TERM_APPROVED,
    TY_TERM_PROVISIONAL,
    TY_TERM_NON_STANDARD,
    TY_TERM_FORBIDDEN
} ty_term_status;

/* What a concept is. */
typedef enum ty_concept_kind {
    TY_CONCEPT_UNKNOWN = 0, /* nobody has said */
    TY_CONCEPT_TERM,
    TY_CONCEPT_NAME,
    TY_CONCEPT_PLACE,
    TY_CONCEPT_TITLE,
    TY_CONCEPT_PHRASE, /* of press texts */
    TY_CONCEPT_WORD    /* a general word */
} ty_concept_kind;

/* Its name in glossaries and output: "term", "name", ...; "" for unknown. Never NULL. */
TY_API const char *ty_concept_kind_name(ty_concept_kind kind);

/* ------------------------------------------------------------------------------------------ texts */

typedef enum ty_paragraph_mode {
    TY_PARAGRAPHS_AUTO = 0, /* tells a paragraph a line from hard-wrapped text */
    TY_PARAGRAPHS_LINE,     /* every line is a paragraph */
    TY_PARAGRAPHS_BLANK     /* paragraphs are separated by blank lines */
} ty_paragraph_mode;

/* How documents are read and cut. Zeroed: everything is told from the document. */
typedef struct ty_text_settings {
    size_t size;
    const char *lang;     /* BCP 47; NULL: told from the text */
    const char *encoding; /* IANA name; NULL: detected */
    const ty_source *srx; /* SRX rules that replace our own; NULL: our own */
    ty_paragraph_mode paragraphs;
    bool segmented;       /* the document has one sentence a line already */
    bool keep_quotations; /* do not split inside quotations */
    bool inline_lists;    /* items of a list in running text are sentences: "1) ... 2) ..." */
} ty_text_settings;

/* A text: a document that was read and cut into sentences. */
typedef struct ty_text ty_text;

/*
 * Reads a document (plain text, HTML, Markdown, mail, subtitles), drops what is not text, and cuts it. What
 * is no document (JSON, TeX, archives, pictures) is TY_ERR_FORMAT with a word for what it is.
 */
TY_API ty_status ty_text_open(const ty_source *source, const ty_text_settings *settings,
                              const ty_listener *listener, ty_text **out, ty_error *error);
TY_API void ty_text_close(ty_text *text);
TY_API ty_slice ty_text_content(const ty_text *text); /* UTF-8, markup dropped */
TY_API ty_slice ty_text_lang(const ty_text *text);    /* as told, or as found; "" where unknown */
TY_API size_t ty_text_count(const ty_text *text);     /* of sentences */

/* What a document says of itself, or what stands in its first lines; empty where nothing does. */
typedef struct ty_document_facts {
    ty_slice title, date, url; /* the date as YYYY-MM-DD */
    ty_slice lang, encoding;   /* as found */
    ty_slice agency;
    ty_slice format; /* of the file, a short name: "html", "docx", "text" */
} ty_document_facts;

TY_API ty_document_facts ty_text_facts(const ty_text *text);
TY_API ty_sentence ty_text_sentence(const ty_text *text, size_t number);
/* The sentence on one line: line breaks inside it are a blank, or nothing between Japanese characters. */
TY_API ty_slice ty_text_line(const ty_text *text, size_t number);

/* Gets a sentence on one line, as ty_text_line has it, as it stands in the text, and its place there; both
 * are valid during the call. False: stop. */
typedef bool (*ty_sentence_taker)(void *payload, ty_slice line, ty_slice sentence, ty_sentence place);
/* The sentences that ty_text_open finds one by one, none of them kept: for long documents. TY_STOP when
 * `take` said so. */
TY_API ty_status ty_text_each(const ty_source *source, const ty_text_settings *settings,
                              const ty_listener *listener, ty_sentence_taker take, void *payload,
                              ty_error *error);

/* Writes SRX 2.0 rules with which other tools cut as we do, as nearly as SRX allows. */
TY_API ty_status ty_srx_write(const char *lang, const ty_sink *sink, ty_error *error);

/* ------------------------------------------------------------------------------------------ bitexts */

typedef struct ty_memory ty_memory;

typedef struct ty_bitext_settings {
    size_t size;
    const char *source_lang, *target_lang; /* NULL: told from the texts */
    const ty_text_settings *text;          /* of both; `lang` in it is not looked at */
    const ty_source *dictionary;           /* a table, a file like EDICT, a folder; NULL: what is installed */
    bool no_dictionary;                    /* not even these */
    const ty_source *anchors;              /* fixed beads, lines `i,j:k`; NULL: none */
    ty_memory *memory; /* one whose terms and confirmed pairs help ty_bitext_open; NULL: none */
    bool force;        /* align what seems to be no translation */
    const char *source_encoding, *target_encoding; /* of one side; NULL: as `text` says */
} ty_bitext_settings;

/* Two documents and the beads between them. */
typedef struct ty_bitext ty_bitext;

/*
 * Reads, cuts and aligns two documents. TY_NO, with *out NULL and the reason in `error`, when they are no
 * translations of each other; TY_ERR_USAGE when both are in one language. Documents that come the other way
 * round than the languages say are swapped, with a notice.
 */
TY_API ty_status ty_bitext_open(const ty_source *source, const ty_source *target,
                                const ty_bitext_settings *settings, const ty_listener *listener,
                                ty_bitext **out, ty_error *error);
TY_API void ty_bitext_close(ty_bitext *bitext);
TY_API const ty_text *ty_bitext_source(const ty_bitext *bitext);
TY_API const ty_text *ty_bitext_target(const ty_bitext *bitext);
TY_API size_t ty_bitext_count(const ty_bitext *bitext); /* of beads */
TY_API ty_bead ty_bitext_bead(const ty_bitext *bitext, size_t number);
/*
 * Does a bead want a look? When it is less sure than `below` (0: TY_DOUBTFUL), a sentence without partner
 * when it is less sure than a fifth of the way from 1 to that, or when an address (URL, e-mail) stands on one
 * side only. The sides are the texts, empty where they are not known.
 */
#define TY_DOUBTFUL 0.95
TY_API bool ty_bead_is_doubtful(const ty_bead *bead, ty_slice source, ty_slice target, double below);
/* The sentences of one side of a bead as one line. Valid until the next call on this bitext. */
TY_API ty_slice ty_bitext_bead_source(ty_bitext *bitext, size_t number);
TY_API ty_slice ty_bitext_bead_target(ty_bitext *bitext, size_t number);
TY_API float ty_bitext_confidence(const ty_bitext *bitext); /* 0..1, of the whole documents */
/* What was used to align: one line a dictionary, for people. */
TY_API ty_slice ty_bitext_describe(const ty_bitext *bitext);
/* The pairs as a TMX of their own. */
TY_API ty_status ty_bitext_write_tmx(ty_bitext *bitext, const ty_sink *sink, ty_error *error);
/* The bitext as one self-contained HTML page to look at: beads, how sure they are, and why. */
TY_API ty_status ty_bitext_write_page(ty_bitext *bitext, const ty_sink *sink, ty_error *error);

/* ------------------------------------------------------------------------------------------ memories */

/*
 * A memory is one SQLite file with units, documents and a termbase (docs/memory-file.md). One that was opened
 * to read may be used by many threads at once, its listener, too; one that was opened to write by one thread
 * at a time. A callback may ask the same memory for more. Indexes are opened once, shared by all calls, and
 * follow what changes.
 */
typedef enum ty_memory_mode {
    TY_MEMORY_READ,   /* the file must be there */
    TY_MEMORY_WRITE,  /* the file must be there */
    TY_MEMORY_CREATE, /* made, with its folders, when it is not there */
    TY_MEMORY_TRY     /* for a dry run: the same, but one that is not there is never to be */
} ty_memory_mode;

/* NULL as path means $TAIYAKU_MEMORY, else $XDG_DATA_HOME/taiyaku/memory.db, else below ~/.local/share. */
TY_API ty_status ty_memory_open(const char *path, ty_memory_mode mode, const ty_listener *listener,
                                ty_memory **out, ty_error *error);
TY_API void ty_memory_close(ty_memory *memory);
/*
 * Brings a memory of an older version up to date, as opening it to write does: *version is what it was, and
 * as it was it is kept under the name that is written to `kept` (at most `size` bytes with its NUL). With
 * `dry_run` all of that is done and taken back again, so that it is known to go well. TY_NO: it is of this
 * version (ty_memory_version). `path` as for ty_memory_open.
 */
TY_API ty_status ty_memory_migrate(const char *path, bool dry_run, int *version, char *kept, size_t size,
                                   ty_error *error);
TY_API const char *ty_memory_path(const ty_memory *memory);
/* The rule of a change that is refused since the file was moved, removed or replaced while it was open. */
#define TY_RULE_MOVED "memory-moved"
/* The rule of a call that failed since the database could not be reached. */
#define TY_RULE_AWAY "database-away"
/* A call that reads ends with TY_STOP when its reads take more seconds of the processor, or five times as
 * many by the clock, on the thread that made it; indexes are made all the same. 0: no limit, as at first.
 * Before others use the memory. */
TY_API void ty_memory_set_limit(ty_memory *memory, double seconds);
/* Gives back what is kept in case more is asked soon, up to 24 MB: for who keeps a memory open for long and
 * changes little. While nobody else uses the memory. */
TY_API void ty_memory_rest(ty_memory *memory);
/*
 * Who knows which beads others have open in an editor: whatever is called from now on and would change the
 * texts, the borders or the state of one of them changes nothing, and ends with TY_ERR_USAGE and the rule
 * TY_RULE_HELD. NULL: nobody has any. While nobody else uses the memory; copied, but for the payload.
 */
#define TY_RULE_HELD "held"
enum { TY_HELD_LIMIT = 128 };
typedef struct ty_holders {
    void *payload;
    /* Fills in the beads and returns how many there are; asked at the beginning of each transaction, and
     * before its end: then (`last`) nobody may open another until `leave` is called. */
    size_t (*list)(void *payload, bool last, int64_t beads[TY_HELD_LIMIT]);
    void (*leave)(void *payload);
} ty_holders;
TY_API void ty_memory_hold(ty_memory *memory, const ty_holders *holders);
/*
 * What the next change stands on. `check` is called in its transaction, before anything is done there, and
 * may read the memory: unless it returns TY_OK nothing is done, and the call ends as it did. It is asked
 * until a change was made. NULL: nothing is asked. While nobody else uses the memory.
 */
TY_API void ty_memory_set_premise(ty_memory *memory, ty_status (*check)(void *payload, ty_error *error),
                                  void *payload);
/* The last step that was made by this memory, since it was opened here; 0: none yet. */
TY_API int64_t ty_memory_own_step(const ty_memory *memory);
/*
 * A name of the state that the memory is in, of at most TY_STAMP_SIZE bytes with its NUL: the same as long as
 * no unit and no concept changes, and never that of another state, of a copy that went another way either.
 */
enum { TY_STAMP_SIZE = 80 };
TY_API ty_status ty_memory_stamp(ty_memory *memory, char out[TY_STAMP_SIZE], ty_error *error);
/*
 * The same of what neither units nor concepts are: the facts of releases, and what people have said of
 * findings and candidates. A change of these leaves the stamp as it is.
 */
TY_API ty_status ty_memory_stamp_facts(ty_memory *memory, char out[TY_STAMP_SIZE], ty_error *error);
TY_API ty_status ty_memory_stamp_verdicts(ty_memory *memory, char out[TY_STAMP_SIZE], ty_error *error);

/*
 * A copy of the memory as it is now, whoever else uses it meanwhile; checked before it takes the name `path`.
 * It may replace an older copy of the same memory, and nothing else (TY_ERR_USAGE).
 */
TY_API ty_status ty_memory_backup(ty_memory *memory, const char *path, ty_error *error);
/*
 * Puts a copy of `backup`, which must be sound, in the place of the memory at `path` (NULL: as
 * ty_memory_open). The memory that was there is kept beside it, with its log; the name is written to `kept`
 * (at most `size` bytes with its NUL, "" where there was none). TY_ERR_BUSY while another process has the
 * memory open; this one must not.
 */
TY_API ty_status ty_memory_restore(const char *path, const char *backup, const ty_listener *listener,
                                   char *kept, size_t size, ty_error *error);

/* What an import did. */
typedef struct ty_counts {
    uint64_t read;                        /* units (or concepts) found in the input */
    uint64_t created, updated, unchanged; /* what became of them */
    uint64_t rejected;                    /* each was a notice with `rejected` set */
    uint64_t warnings;                    /* each was a notice */
    uint64_t skipped;                     /* part of unchanged: left out as near-duplicates */
    uint64_t outside; /* translations that their file calls none yet; a remark says which (docs/formats.md) */
    uint64_t conflicts; /* changed here and in what came; each was a warning (ty_on_conflict) */
    /* Of a release that was aligned; `langs` are empty for all else. */
    uint64_t pairs, without_partner,
        doubtful;                        /* beads with two sides, sentences in others, beads to look at */
    char langs[2][36], encodings[2][40]; /* of source and target, as told or as found */
    uint64_t withheld;  /* pairs that are not brought back, since they were edited or removed here */
    uint64_t older;     /* pairs of people whose sentences changed: they stay, as of an older version */
    uint64_t kept;      /* pairs, and concepts that their file has otherwise now, left as people made them */
    uint64_t withdrawn; /* concepts that the file does not have any more, marked */
} ty_counts;

/* Why two files were taken for a release. */
typedef enum ty_pair_ground { TY_PAIR_NAME, TY_PAIR_CONTENT, TY_PAIR_LIST, TY_PAIR_LINK } ty_pair_ground;

typedef struct ty_file_pair {
    const char *source, *target; /* paths; borrowed until the pairing is closed */
    ty_pair_ground ground;
    float confidence; /* that they are translations, as the aligner has it */
} ty_file_pair;

/* The documents of some folders, and which of them belong together. */
typedef struct ty_pairing ty_pairing;

/*
 * Reads all documents in the folders and below them (or files by themselves), on all cores, and pairs them
 * one to one: by names that differ in the language only (en/0728.html and ja/0728.html, a_e.txt and a_j.txt),
 * then by what is in them. A pair that is not clear is none. Languages that are not told are the two that
 * most documents have, English first.
 */
TY_API ty_status ty_pairing_open(const char *const *folders, size_t count, const ty_bitext_settings *settings,
                                 const ty_listener *listener, ty_pairing **out, ty_error *error);
TY_API void ty_pairing_close(ty_pairing *pairing);
TY_API size_t ty_pairing_count(const ty_pairing *pairing);
TY_API ty_file_pair ty_pairing_at(const ty_pairing *pairing, size_t number);
TY_API size_t ty_pairing_alone_count(const ty_pairing *pairing); /* documents without partner */
TY_API const char *ty_pairing_alone(const ty_pairing *pairing, size_t number);

typedef struct ty_release {
    size_t size;
    const ty_source *source, *target;        /* target NULL: the source has both languages */
    const char *title, *date, *url, *origin; /* NULL: taken from the documents or their names */
    const ty_bitext_settings *bitext;        /* `memory` in it is not looked at: it is the one imported to */
    bool dry_run;
    const char *agency;
    const char *replaces; /* the release that it is, whatever its texts say: a name, pattern or number */
    bool apart;           /* it is a new release, whatever its texts say */
    bool bring_back;      /* pairs that were removed or edited here since, too, as they were published */
} ty_release;

/*
 * A bilingual release: read, cut, aligned, stored with where each pair came from. All or nothing.
 *
 * It is one that is here when address or path agree and most sentences do (more than half on either side), or
 * when nearly all sentences do (nine tenths), and no date, number or name differs in title or dateline. Then
 * it is brought up to date: pairs that nobody touched are replaced, what a person did stays; where its
 * sentences changed, the new pair is doubtful, and the old one stays as one of the older version. Texts that
 * are here to the letter change no pair, unless anchors, a dictionary, an encoding or a way of paragraphs is
 * told. Facts that are given are set. What only looks like another release, or has its address or path but
 * another text, is a release of its own, with a notice ("like-another", "another-text").
 */
TY_API ty_status ty_memory_import_release(ty_memory *memory, const ty_release *release, ty_counts *counts,
                                          ty_error *error);

/*
 * Cuts and aligns what is stored of the release anew, as if it came in again: what a person did stays. TY_NO:
 * there is no such release.
 */
TY_API ty_status ty_memory_refresh(ty_memory *memory, int64_t release, const ty_bitext_settings *settings,
                                   bool dry_run, ty_counts *counts, ty_error *error);
/*
 * Takes a release for good (all that only it has brought, its texts, what history and caches have of them),
 * or a unit with its sentences. Not a step: nothing brings it back, and steps that touched it cannot be taken
 * back any more. Copies, backups and what was exported are not touched.
 */
TY_API ty_status ty_memory_erase_release(ty_memory *memory, int64_t release, uint64_t *out_count,
                                         ty_error *error);
TY_API ty_status ty_memory_erase_unit(ty_memory *memory, int64_t unit, ty_error *error);
/* Forgets what steps before the day (YYYY-MM-DD) changed; they cannot be taken back any more. Not a step. */
TY_API ty_status ty_memory_forget(ty_memory *memory, const char *day, uint64_t *out_count, ty_error *error);
/* The release that a name, a pattern or a number means. TY_NO: none; TY_ERR_USAGE: several. */
TY_API ty_status ty_memory_find_release(ty_memory *memory, const char *wanted, int64_t *out, ty_error *error);

/* What becomes of units that have the texts of one that is in the memory. */
typedef enum ty_duplicates {
    TY_DUPLICATES_KEEP = 0, /* both stay */
    TY_DUPLICATES_SKIP,     /* the new one is left out */
    TY_DUPLICATES_REPLACE   /* the new one takes the place of the old one */
} ty_duplicates;

/*
 * What becomes of two versions of one thing that were both changed since they were one: a row of a workbook
 * and its unit, units of two memories that are joined. Each is a warning ("conflict").
 */
typedef enum ty_on_conflict {
    TY_CONFLICT_BOTH = 0, /* both stay */
    TY_CONFLICT_MINE,     /* what is here stays */
    TY_CONFLICT_THEIRS,   /* what comes takes its place */
    TY_CONFLICT_NEWER     /* the one that was changed last; of a workbook's rows: when the file was */
} ty_on_conflict;

/* Does the first row of a table name its columns? */
typedef enum ty_header_row { TY_HEADER_ROW_AUTO = 0, TY_HEADER_ROW_YES, TY_HEADER_ROW_NO } ty_header_row;

typedef struct ty_import_settings {
    size_t size;
    const char *kind;     /* the name of a format: "tmx", "tbx", "csv", ...; NULL: found by content */
    const char *encoding; /* NULL: detected */
    const char *origin;   /* NULL: the source's name, or else \"unnamed\" */
    const char *source_lang, *target_lang; /* for tables without language columns */
    const char *title, *date, *url;
    bool repair, dry_run;
    bool force; /* brings back what was edited or removed here since it first came in */
    ty_duplicates duplicates;
    bool all_states;     /* drafts and the like come in, too, marked */
    const char *columns; /* of a table: "en,ja,-,note", one each, "-" for none; NULL: as the table has it */
    ty_header_row header;
    const char *sheet; /* of a workbook (XLSX); NULL: the first that is shown */
    ty_on_conflict on_conflict;
    const char *lang_map; /* "jp=ja,en=en-US": languages of the file under other tags; NULL: as it has them */
    bool complete; /* a glossary: concepts that came with this origin and that it lacks now go out of use */
} ty_import_settings;

/* Is it, by its content, a document (plain text, HTML) rather than units or terms? Standard input and what
 * comes by `read` are taken for one. */
TY_API ty_status ty_source_is_document(const ty_source *source, bool *out, ty_error *error);
/* How many bytes it is where it is packed (DOCX, EPUB), by what it says of itself; the size of its bytes
 * else. It has `bytes`. */
TY_API uint64_t ty_source_unpacked(const ty_source *source);
/* An exchange file: units go in as they are; concepts of a TBX or UTX into the termbase. All or nothing. */
TY_API ty_status ty_memory_import_file(ty_memory *memory, const ty_source *source,
                                       const ty_import_settings *settings, ty_counts *counts,
                                       ty_error *error);

/* How far a unit can be trusted. */
typedef enum ty_trust {
    TY_TRUST_ALL = 0,
    TY_TRUST_CONFIRMED,   /* checked by a person */
    TY_TRUST_UNCONFIRMED, /* all others */
    TY_TRUST_SURE,        /* of these: as they came, or surely aligned */
    TY_TRUST_DOUBTFUL     /* and the rest */
} ty_trust;

typedef struct ty_export_settings {
    size_t size;
    const char *format; /* "tmx" (NULL), "tsv", "csv", "jsonl", "xlsx", "xliff", "po", "omegat" */
    const char *folder; /* of "omegat" that of the project; of each_origin where the files go */
    const char *source_lang, *target_lang; /* NULL: all languages */
    const char *since;                     /* ISO date: units created or changed on or after it */
    const char *origin;                    /* glob pattern */
    double min_confidence;                 /* 0: all */
    ty_trust trust;                        /* only units of this trust */
    bool tmx_1_1;                          /* TMX 1.1; otherwise 1.4 */
    int level;                             /* of TMX: 2 (0), or 1: without inline codes */
    bool utf16;                            /* TMX in UTF-16; otherwise in UTF-8 */
    const char *lang_map;                  /* "en=en-US,ja=ja-JP": languages written otherwise */
    bool for_spreadsheet; /* of TSV, as always of CSV: cells are no formulas (docs/formats.md) */
    bool gzip;            /* of TMX; also where the path ends in .gz */
    bool each_origin;     /* a TMX an origin, into `folder` */
    uint64_t split;       /* of TMX: a new file, NAME-2.tmx, after so many bytes; 0: never */
    const char *agency;   /* glob pattern for the agency of a unit's release; NULL: any */
    int64_t origin_id;    /* exactly this one; 0: any */
    bool history;         /* of TMX of the whole memory: what people did, as the steps tell it */
} ty_export_settings;

/*
 * TY_NO when there is nothing of what was asked for; the file is written all the same. What goes to a folder
 * does not look at the sink.
 */
TY_API ty_status ty_memory_export(ty_memory *memory, const ty_export_settings *settings, const ty_sink *sink,
                                  uint64_t *out_count, ty_error *error);

/* ------------------------------------------------------------------------------------------ look-up */

typedef enum ty_match_kind { TY_MATCH_FUZZY, TY_MATCH_EXACT, TY_MATCH_CONTEXT } ty_match_kind;

typedef struct ty_span {
    size_t start, end; /* bytes */
} ty_span;

/* Why points are taken off a match. */
typedef enum ty_penalty_kind {
    TY_PENALTY_CONFIDENCE, /* the aligner was not sure */
    TY_PENALTY_MACHINE,    /* a machine translated it, and nobody has touched it since */
    TY_PENALTY_TAGS,       /* other inline codes than the query */
    TY_PENALTY_AGE,
    TY_PENALTY_ORIGIN,
    TY_PENALTY_UNCONFIRMED, /* the file it came from did not call it checked, and nobody has here */
    TY_PENALTY_OUTSIDE,     /* that file called it a draft, and it was taken all the same */
    TY_PENALTY_ADAPTED,     /* the program put the query's numbers into it: nobody has read that text */
    TY_PENALTY_KINDS
} ty_penalty_kind;

/* Its name in rules and output: "confidence", "machine", ... Never NULL. */
TY_API const char *ty_penalty_kind_name(ty_penalty_kind kind);

/* Points taken off a match for a reason. */
typedef struct ty_penalty {
    ty_penalty_kind kind;
    int points; /* at least 1 */
} ty_penalty;

typedef struct ty_match {
    int score;         /* 0..102, see docs/matching.md */
    double similarity; /* 0..1 */
    ty_match_kind kind;
    ty_slice source, target; /* plain text */
    ty_slice source_content,
        target_content; /* as in a TMX, with inline codes; data NULL where there are none */
    ty_slice adapted;   /* target with the query's numbers and dates, where only they differ and it is
                           certain how to write them; else empty */
    ty_slice source_lang, target_lang;
    int64_t unit;
    ty_slice origin;
    float confidence;            /* of the alignment; 1 where a person or another tool made the pair */
    const ty_penalty *penalties; /* why it is worth less; no part of score nor of the order */
    size_t penalty_count;
    int penalty;               /* their sum */
    bool confirmed;            /* by a person: this pair, or another one with the same target */
    bool disputed;             /* the same text has another translation in the memory, too */
    ty_slice date;             /* of the newest pair with this target, a TMX date; empty: not known */
    size_t count;              /* of pairs with this target among those that match */
    int first_year, last_year; /* of them; 0: not known */
    ty_slice title, url;       /* of the release or file it is from; empty where nothing is known */
    ty_slice origin_date;      /* and its date */
} ty_match;

typedef struct ty_match_settings {
    size_t size;
    const char *source_lang, *target_lang; /* NULL: source told from the query, any target */
    int min_score;                         /* 0: 70; above 100 asks for context */
    size_t max_matches;                    /* 0: 5 */
    bool brute_force;
    const char *penalties; /* rules with commas between them, "machine=20,age:10=5,origin:draft*=10", in place
                              of and beside our own (docs/matching.md); NULL: our own */
    size_t query_codes;    /* inline codes of the query; a unit with another number of them has "tags" */
    ty_slice previous, next; /* sentences around the query, for scores of 101 and 102; empty: not known */
    const char *origin;      /* pattern with * and ? for the name of one of the unit's origins; NULL: any */
    ty_slice query_content;  /* the query as in a TMX, with its codes; then "tags" is for other kinds or
                                places,  too; data NULL: not known */
    /* Where the query stands, as units of bilingual files tell it of themselves: the same place makes 101. */
    ty_slice place_file, place_id; /* of an XLIFF: original and unit; empty: not known */
    ty_slice place_context;        /* of a PO: msgctxt, which may be empty; data NULL: not of a PO */
    size_t *out_more; /* set to how many more there are at least, left out for max_matches; may be NULL */
} ty_match_settings;

/* Calls back for each match, best first (docs/matching.md); equal targets once. TY_NO when there is none. */
TY_API ty_status ty_memory_match(ty_memory *memory, ty_slice query, const ty_match_settings *settings,
                                 ty_status (*each)(void *payload, const ty_match *match), void *payload,
                                 ty_error *error);

/* One of many queries. */
typedef struct ty_placed_query {
    ty_slice text;
    ty_slice previous, next; /* sentences around it, in place of those in the settings; empty: not known */
} ty_placed_query;

/*
 * Many queries on all cores. `each` is called by the calling thread for one query after the other, also those
 * without a match; what it is shown lives until it returns. TY_NO when none has a match.
 */
TY_API ty_status ty_memory_match_many(ty_memory *memory, const ty_placed_query *queries, size_t count,
                                      const ty_match_settings *settings,
                                      ty_status (*each)(void *payload, size_t query, const ty_match *matches,
                                                        size_t match_count),
                                      void *payload, ty_error *error);

/* A place where query and source of a match differ; one of the spans may be empty. Bytes. */
typedef struct ty_difference {
    ty_span query, source;
} ty_difference;

typedef struct ty_difference_list {
    const ty_difference *items; /* by word, in order; none where only form differs */
    size_t count;
    bool negation, opposite, name; /* one of them is a “not”, an opposite, a name: read twice */
} ty_difference_list;

/* Free with ty_differences_free, on failure, too. */
typedef struct ty_differences ty_differences;

TY_API ty_status ty_match_differences(ty_slice query, const ty_match *match, ty_differences **out,
                                      ty_error *error);
TY_API const ty_difference_list *ty_differences_list(const ty_differences *differences);
TY_API void ty_differences_free(ty_differences *differences);

typedef struct ty_pretranslate_settings {
    size_t size;
    const char *encoding;                  /* of the file; NULL: detected */
    const char *source_lang, *target_lang; /* NULL: as the file says */
    int min_score;                         /* 0: 70 */
    size_t max_candidates;                 /* a segment; 0: 3. An entry of a PO takes one. */
    const char *origin;                    /* as in ty_match_settings */
    const char *penalties;                 /* as in ty_match_settings */
    bool xliff_2;                          /* of a document XLIFF 2.1 is made; otherwise 1.2 */
    bool accept_exact; /* of PO: exact matches without penalties are translations, not fuzzy ones */
    bool dry_run;      /* nothing is written */
} ty_pretranslate_settings;

typedef struct ty_pretranslate_counts {
    uint64_t segments;     /* in the file */
    uint64_t open;         /* of them without a translation */
    uint64_t exact, fuzzy; /* of these, by their best candidate */
} ty_pretranslate_counts;

/*
 * Writes an XLIFF or PO file with matches put beside each segment that has no translation yet, as candidates;
 * all else stays as it is, byte for byte (docs/formats.md). A document becomes an XLIFF of its sentences.
 * Works on all cores. TY_NO when nothing was found; the file is written all the same, and may be the source
 * itself.
 */
TY_API ty_status ty_memory_pretranslate(ty_memory *memory, const ty_source *source, const ty_sink *sink,
                                        const ty_pretranslate_settings *settings,
                                        ty_pretranslate_counts *counts, ty_error *error);

/* A unit that has a piece of the query. */
typedef struct ty_piece_match {
    int64_t unit;
    ty_slice origin;
    ty_slice source_lang, source, target_lang, target;
    ty_span source_span; /* where the piece stands */
    ty_span target_span; /* where its equivalent probably stands; end 0: that is not certain */
} ty_piece_match;

typedef struct ty_piece {
    size_t start, end; /* bytes of the query */
    const ty_piece_match *matches;
    size_t match_count;
} ty_piece;

/*
 * The longest well-formed pieces of the query that the memory has, in order, for when no whole match will do
 * (docs/matching.md). Looks at the languages in the settings. TY_NO when there is none.
 */
TY_API ty_status ty_memory_pieces(ty_memory *memory, ty_slice query, const ty_match_settings *settings,
                                  ty_status (*each)(void *payload, const ty_piece *piece), void *payload,
                                  ty_error *error);

/* A variant other than the one with the hits. */
typedef struct ty_concordance_other {
    ty_slice lang, text;
    const ty_span *hits; /* probable equivalents of the hits, as far as dictionaries and glossary are sure */
    size_t hit_count;
} ty_concordance_other;

/* A unit in which the searched text occurs. */
typedef struct ty_concordance {
    int64_t unit;
    ty_slice origin;
    ty_slice lang, text; /* the variant with the hits */
    const ty_span *hits;
    size_t hit_count;
    const ty_concordance_other *others;
    size_t other_count;
    ty_slice previous, next;   /* the sentences around it, with `context`; empty where there are none */
    bool confirmed;            /* by a person */
    ty_slice title, date, url; /* of the release or file it is from; empty where nothing is known */
} ty_concordance;

/* How a searched text is looked for. Width, case, and kinds of dashes and quotation marks never matter. */
typedef enum ty_search_kind {
    TY_SEARCH_TEXT,   /* anywhere, in the middle of words, too */
    TY_SEARCH_WORDS,  /* all words, in any order and inflection; what has no blank in it is together */
    TY_SEARCH_PHRASE, /* words in a row, in any inflection */
    TY_SEARCH_PREFIX, /* words in a row, of the last one its beginning */
    TY_SEARCH_REGEX   /* an ICU regular expression, on the text as it is; looks at every unit */
} ty_search_kind;

typedef struct ty_search_settings {
    size_t size;
    ty_search_kind kind;
    const char *lang;   /* NULL: any */
    size_t max;         /* units; 0: 50 */
    const char *origin; /* pattern with * and ? for the name of one of the unit's origins; NULL: any */
    const char *since;  /* ISO date: units created or changed on or after it; NULL: any */
    bool context;
    const char *other, *other_not; /* texts that a unit's other languages have, and have not; NULL: any */
    const char *from, *until;      /* calendar dates: only releases of such a day; NULL: any */
    size_t *out_more; /* set to how many more units have it, counted up to TY_SEARCH_MORE; may be NULL */
} ty_search_settings;

#define TY_SEARCH_MORE 1000

/* Units in which the text occurs, those with the shortest variants first. TY_NO when there is none. */
TY_API ty_status ty_memory_search(ty_memory *memory, ty_slice text, const ty_search_settings *settings,
                                  ty_status (*each)(void *payload, const ty_concordance *hit), void *payload,
                                  ty_error *error);

/* So many of what has the name. */
typedef struct ty_count {
    ty_slice name;
    uint64_t count;
} ty_count;

/* What a memory holds. Lists are borrowed from the struct; the largest first but for origins. */
typedef struct ty_figures {
    uint64_t units, variants;
    uint64_t confirmed, aligned; /* units; aligned: with documents behind them */
    uint64_t origins, documents, sentences, concepts, terms;
    uint64_t text_bytes;                /* UTF-8 of the variants' plain texts */
    uint64_t file_bytes, derived_bytes; /* whole pages; the log beside the file not counted */
    const ty_count *languages;          /* variants by language as written */
    size_t language_count;
    const ty_count *term_languages; /* terms likewise */
    size_t term_language_count;
    const ty_count *by_origin; /* units and concepts by origin, in the order they came */
    size_t by_origin_count;
} ty_figures;

TY_API ty_status ty_memory_figures(ty_memory *memory, ty_figures **out, ty_error *error);
TY_API void ty_figures_free(ty_figures *figures); /* NULL is fine */
/* Integrity, derived data against base data, digests. TY_NO when something is wrong; each finding is told. */
TY_API ty_status ty_memory_verify(ty_memory *memory, ty_status (*each)(void *payload, const char *finding),
                                  void *payload, ty_error *error);

/* ------------------------------------------------------------------------------------------ what is in it */

/*
 * Each function tells of what fits, one after the other; TY_NO when there is nothing. What is shown lives
 * until the callback returns; a callback that returns anything but TY_OK ends it with that.
 */

/* Where units and concepts came from: a release (two documents) or an imported file. */
typedef struct ty_origin_info {
    int64_t id;
    ty_slice name;             /* what `origin` patterns look at */
    ty_slice kind;             /* "documents" of a release, else the file's format: "tmx", "utx", ... */
    ty_slice title, date, url; /* empty where nothing is known */
    ty_slice imported_at, updated_at; /* TMX dates, UTC */
    uint64_t unit_count, concept_count;
} ty_origin_info;

/* In the order they came; `pattern` has * and ?, NULL: all. */
TY_API ty_status ty_memory_origins(ty_memory *memory, const char *pattern,
                                   ty_status (*each)(void *payload, const ty_origin_info *origin),
                                   void *payload, ty_error *error);

typedef struct ty_document_line {
    ty_slice text;      /* a sentence */
    uint32_t paragraph; /* 0-based */
} ty_document_line;

/* A text of a release, those of its sentences that have no partner included. */
typedef struct ty_document_info {
    int64_t id, origin;
    ty_slice lang, title, date, url, file_name, encoding; /* empty where nothing is known */
    const ty_document_line *sentences;
    size_t sentence_count;
} ty_document_info;

/* The documents of an origin, source side first. */
TY_API ty_status ty_memory_documents(ty_memory *memory, int64_t origin,
                                     ty_status (*each)(void *payload, const ty_document_info *document),
                                     void *payload, ty_error *error);

typedef struct ty_variant_info {
    ty_slice lang, text; /* plain text */
    ty_slice content;    /* with inline codes, as in a TMX seg; data NULL where it is just the text */
} ty_variant_info;

/* What a TMX says of a unit or of a variant beside its text. */
typedef struct ty_property {
    ty_slice lang; /* of the variant; empty: of the unit */
    ty_slice name,
        value; /* an attribute ("changedate"), "prop" with its type ("prop x-project"), or "note" */
} ty_property;

/* A unit: of two languages a pair. */
typedef struct ty_unit_info {
    int64_t id;
    const ty_variant_info *variants;
    size_t variant_count;
    bool confirmed;      /* by a person */
    ty_slice changed_at; /* a TMX date; when it was made, where it never changed; may be empty */
    ty_slice changed_by; /* may be empty */
    int64_t origin;      /* the first one that brought it; 0: none */
    ty_slice origin_name, origin_date;
    bool aligned; /* it stands in documents: the bead's sentences in these */
    ty_bead bead;
    int64_t source_document, target_document;
    ty_slice origin_title, origin_url;
    bool older; /* it stands in an older version of its release, and stays since a person had dealt with it */
    bool doubtful; /* aligned, but not surely, or in conflict, and nobody has confirmed it */
    const ty_property *properties;
    size_t property_count;
    int64_t conflict; /* the unit that says something else about the same text (ty_on_conflict); 0: none */
} ty_unit_info;

/* Which units; what is not set does not restrict. */
typedef struct ty_unit_query {
    size_t size;
    const int64_t *ids; /* only these, in this order */
    size_t id_count;
    int64_t origin_id;
    const char *origin;                    /* pattern with * and ? for the name of one of its origins */
    const char *source_lang, *target_lang; /* it has a variant in each */
    const char *since;                     /* ISO date: changed or made on or after it */
    ty_trust trust;
    double min_confidence; /* of aligned pairs */
    size_t max;            /* 0: all */
    const char *agency;    /* pattern for the agency of one of its releases */
    size_t skip;           /* so many first, for who shows page by page */
} ty_unit_query;

/* In the order of their origins and of the units in them. */
TY_API ty_status ty_memory_units(ty_memory *memory, const ty_unit_query *query,
                                 ty_status (*each)(void *payload, const ty_unit_info *unit), void *payload,
                                 ty_error *error);

typedef struct ty_term_info {
    ty_slice lang, text;
    ty_term_status status;
    ty_slice part_of_speech, organisation, note, source; /* empty where nothing is said */
    ty_slice date;       /* of the page that `source` is the address of: YYYY-MM-DD or less; may be empty */
    ty_slice definition; /* of the concept, in this language: with one of the language's terms, or empty */
} ty_term_info;

typedef struct ty_concept_info {
    int64_t id;
    ty_slice name; /* its id in the file it came with, "concept_id" of a term found; may be empty */
    ty_slice subject, definition, note, source; /* empty where nothing is said */
    int64_t origin;
    ty_slice origin_name;
    const ty_term_info *terms; /* in the order of the file */
    size_t term_count;
    ty_slice kind;     /* as the glossary says it: "term", "name", "press phrase", ...; may be empty */
    ty_slice relation; /* "part of ORG-0012; service of ORG-0003"; may be empty */
    ty_slice went_to;  /* out of use: the id of the concept that stands for it, or "-"; else empty */
    bool edited;       /* by a person, since it came with its file */
} ty_concept_info;

/* Which concepts; what is not set does not restrict. */
typedef struct ty_concept_query {
    size_t size;
    int64_t id;
    const char *name;
    const char *origin; /* pattern with * and ? */
} ty_concept_query;

/* One that is out of use is told of only where it is asked for by number or name. */
TY_API ty_status ty_memory_concepts(ty_memory *memory, const ty_concept_query *query,
                                    ty_status (*each)(void *payload, const ty_concept_info *concept),
                                    void *payload, ty_error *error);
/* The number of the concept with that id, or of "#12". TY_NO when there is none. */
TY_API ty_status ty_memory_concept_find(ty_memory *memory, const char *name, int64_t *out, ty_error *error);

/* ------------------------------------------------------------------------------------------ editing */

/*
 * Each call is one step that ty_memory_undo takes back. `who` becomes the unit's changeid and may be NULL.
 * TY_NO, and nothing changed, when a unit is not there or has nothing in the language.
 */

/*
 * Sets the segment of the unit's variant in `lang`. With `markup`, text is the content of a TMX seg, inline
 * codes included; without, plain text, and a segment that has inline codes is refused (TY_ERR_USAGE) lest
 * they get lost. A unit that was confirmed is no more. TY_NO where it is so already: that is no step.
 */
TY_API ty_status ty_memory_edit(ty_memory *memory, int64_t unit, const char *lang, ty_slice text, bool markup,
                                const char *who, ty_error *error);
/*
 * Joins units, in the order given, into the first of them, which keeps its number, place and attributes;
 * notes and properties of all are kept. Each must have the same languages. It is confirmed if all were.
 */
TY_API ty_status ty_memory_merge(ty_memory *memory, const int64_t *units, size_t count, const char *who,
                                 ty_error *error);

/* Where the segment in a language is cut. */
typedef struct ty_unit_cut {
    const char *lang;
    ty_slice first; /* the plain text before the cut; white space around it does not count */
} ty_unit_cut;

/*
 * Cuts a unit in two: what is behind the cuts, one for each of its variants, becomes a unit of its own,
 * *out_unit, right behind it. TY_ERR_USAGE where a segment does not begin with the text, ends with it, or
 * would have its inline codes torn apart.
 */
TY_API ty_status ty_memory_split(ty_memory *memory, int64_t unit, const ty_unit_cut *cuts, size_t count,
                                 const char *who, int64_t *out_unit, ty_error *error);
/* Marks units as checked by a person: no penalty, and a newer version of their release does not replace them.
 */
TY_API ty_status ty_memory_confirm(ty_memory *memory, const int64_t *units, size_t count, const char *who,
                                   ty_error *error);
TY_API ty_status ty_memory_remove(ty_memory *memory, const int64_t *units, size_t count, const char *who,
                                  ty_error *error);
/* All units and concepts that no other origin has. */
TY_API ty_status ty_memory_remove_origin(ty_memory *memory, const char *name, const char *who,
                                         uint64_t *out_count, ty_error *error);

/*
 * The termbase. Each call is one step, too. Of what is told, a slice with data NULL leaves the field as it
 * is, an empty one clears it; `id`, `origin`, `went_to` and `edited` are not looked at. A later version of
 * the concept's file does not take a change back (ty_memory_import_file tells what differs).
 */
/* A new concept; its `name`, where it has one, must be free. One that is there just so is not made twice:
 * `counts` (may be NULL) say which it was. */
TY_API ty_status ty_memory_concept_add(ty_memory *memory, const ty_concept_info *concept, const char *who,
                                       int64_t *out_id, ty_counts *counts, ty_error *error);
/* Several in one step, all or none. */
TY_API ty_status ty_memory_concepts_add(ty_memory *memory, const ty_concept_info *concepts, size_t count,
                                        const char *who, ty_counts *counts, ty_error *error);
/* `terms` NULL leaves all as they are; else they are the concept's terms now, in this order. */
TY_API ty_status ty_memory_concept_edit(ty_memory *memory, int64_t id, const ty_concept_info *concept,
                                        const char *who, ty_error *error);
/* The concept's term with that language and text: changed, or made where it is not there (status unknown:
 * as it is, or approved). */
TY_API ty_status ty_memory_term_set(ty_memory *memory, int64_t concept, const ty_term_info *term,
                                    const char *who, ty_error *error);
/* Takes a term out; not the last one. `lang` NULL: of any language. TY_NO when there is no such term. */
TY_API ty_status ty_memory_term_drop(ty_memory *memory, int64_t concept, const char *lang, ty_slice text,
                                     const char *who, ty_error *error);
/* The first takes the terms of the others, and a definition where it has none; they go out of use and say
 * where they went. */
TY_API ty_status ty_memory_concepts_merge(ty_memory *memory, const int64_t *ids, size_t count,
                                          const char *who, ty_error *error);
/* Out of use: not found, listed or written any more, and not brought back by their file. */
TY_API ty_status ty_memory_concepts_remove(ty_memory *memory, const int64_t *ids, size_t count,
                                           const char *who, ty_error *error);

/* ------------------------------------------------------------------------------------------ steps */

/* Each change is on the disk when its call returns; otherwise a power cut may take the last moments. */
TY_API ty_status ty_memory_set_durable(ty_memory *memory, ty_error *error);
/*
 * The name of a person as it stands on changes, replacing what `out` held: full and half width and other
 * compatibility forms alike (NFKC), blanks as one and none at the ends, without controls and what nobody
 * sees. Empty where nothing is left. Letters of two scripts that look alike stay two.
 */
TY_API ty_status ty_person_name(const char *name, ty_buffer *out, ty_error *error);
/* Nothing in it that a reader could see: blanks, controls, zero-width characters, or no character at all. */
TY_API bool ty_text_is_blank(ty_slice text);
/* Who makes the changes from now on, where a call does not say: ty_person_name of it; copied, NULL: nobody.
 */
TY_API ty_status ty_memory_set_who(ty_memory *memory, const char *who, ty_error *error);

/*
 * Every call that changes the memory is a step: an import, an edit, what is done to terms, an undo. What it
 * changed is kept, so that it can be taken back.
 */
typedef struct ty_step {
    int64_t id;
    ty_slice name;    /* "import", "edit", "confirm", "merge", ..., "undo", "redo" */
    ty_slice subject; /* to what, for people: an origin's name, "unit 12"; may be empty */
    ty_slice at, who; /* a TMX date; `who` may be empty */
    int64_t origin;   /* it was done in, 0 where that is none or several */
    int64_t takes_back,
        taken_back; /* of an undo or redo: which step; which step took this one back; else 0 */
    uint64_t units; /* and concepts that it touched; 0 in a list */
} ty_step;

typedef struct ty_step_filter {
    size_t size;
    const char *who;       /* NULL: anybody */
    int64_t origin;        /* 0: any */
    int64_t before;        /* only steps before this one; 0: all */
    size_t max;            /* 0: all */
    int64_t unit, concept; /* only steps that touched this one; 0: any. Then `origin` is not looked at */
    const char *since;     /* a TMX date or its beginning; only steps of that time or later; NULL: all */
} ty_step_filter;

/* The steps, the last first; `filter` may be NULL. TY_NO when there is none. */
TY_API ty_status ty_memory_steps(ty_memory *memory, const ty_step_filter *filter,
                                 ty_status (*each)(void *payload, const ty_step *step), void *payload,
                                 ty_error *error);

/* A step in the life of a unit or a concept. */
typedef struct ty_past {
    const ty_step *step;
    const ty_variant_info
        *before; /* its variants, or terms, as they were before, where the step changed them */
    size_t before_count;
} ty_past;

/*
 * What was done to the filter's unit or concept, the last step first, also to one that is removed by now.
 * TY_NO where no step touched it. What a step changed may have been forgotten (ty_memory_forget).
 */
TY_API ty_status ty_memory_past(ty_memory *memory, const ty_step_filter *filter,
                                ty_status (*each)(void *payload, const ty_past *past), void *payload,
                                ty_error *error);

/* The last step that a call on this memory made, as ty_memory_undo takes it back; 0: none yet. */
TY_API int64_t ty_memory_last_step(const ty_memory *memory);

typedef struct ty_undo {
    size_t size;
    int64_t step;    /* 0: the last in effect, no undo itself; to redo: the last undo since the last change */
    const char *who; /* of this person only, and another's is refused; "": of nobody named; NULL: anybody */
    int64_t origin;  /* in this origin only, but for what brought it in; 0: any */
    bool redo;       /* bring forward again what an undo took back */
} ty_undo;

/*
 * Takes a step back, or an undo, which is a step, too. `which` may be NULL: the last step of all. TY_NO:
 * there is none. TY_ERR_USAGE: it is none that can be taken back, or the sentences of a release would not be
 * in one bead each, or another step in effect, or an undo or redo of one before it, changed the same later,
 * which *out_later (may be NULL; else id 0) says; nothing is changed then. *out is what was taken
 * back; texts of both live until the next call.
 */
TY_API ty_status ty_memory_undo(ty_memory *memory, const ty_undo *which, ty_step *out, ty_step *out_later,
                                ty_error *error);

/* ------------------------------------------------------------------------------------------ releases and
 * review */

/*
 * A release is an origin with two documents. Its beads partition both: every sentence is in exactly one bead,
 * of which one side may be empty. A bead with two sides that is not omitted has a unit.
 */
typedef struct ty_release_info {
    int64_t id;     /* the origin's */
    ty_slice name;  /* unique in the memory */
    ty_slice title; /* of the release, as far as one is known */
    ty_slice date, url, agency;
    ty_slice langs[2], titles[2]; /* of the documents: source, target */
    ty_slice imported_at, updated_at;
    uint64_t version; /* grows with each change of the release */
    uint64_t beads, automatic, by_hand, confirmed, unpaired, omitted, flagged, asked;
} ty_release_info;

/* Releases in the order they came; texts are borrowed. TY_NO when there is none. */
TY_API ty_status ty_memory_releases(ty_memory *memory,
                                    ty_status (*each)(void *payload, const ty_release_info *release),
                                    void *payload, ty_error *error);

/* Facts of a release that a person gives; NULL leaves one as it is, "" takes it away. */
typedef struct ty_release_facts {
    size_t size;
    const char *title, *date, *url, *agency;
    const char *titles[2]; /* of the documents: source, target */
} ty_release_facts;

TY_API ty_status ty_memory_set_facts(ty_memory *memory, int64_t release, const ty_release_facts *facts,
                                     const char *who, ty_error *error);

typedef enum ty_bead_state {
    TY_BEAD_AUTO, /* as the aligner has it */
    TY_BEAD_HAND, /* changed by a person, not confirmed */
    TY_BEAD_OK    /* confirmed */
} ty_bead_state;

typedef struct ty_review_bead {
    int64_t id;
    uint32_t first[2], count[2]; /* sentences of source and target, 0-based; a count of 0 is an empty side */
    int64_t unit;                /* 0 where it has none */
    ty_bead_state state;
    ty_slice who, at; /* of the state; a TMX date; may be empty */
    bool omit, flag, ask, locked;
    ty_slice note;
    double confidence; /* of the aligner */
    bool doubtful;     /* to be looked at: see ty_review_doubt */
    unsigned doubts;   /* why: TY_DOUBT_... */
} ty_review_bead;

/* Why a bead wants a person's eye; several may be true. */
enum {
    TY_DOUBT_UNSURE = 1,    /* the aligner is not sure enough */
    TY_DOUBT_ALONE = 2,     /* no partner, and that is not sure */
    TY_DOUBT_NUMBER = 4,    /* the numbers differ */
    TY_DOUBT_FORBIDDEN = 8, /* a forbidden term */
    TY_DOUBT_ADDRESS = 16,  /* an address of the web or of mail on one side only */
    TY_DOUBT_HAND = 32,     /* changed by hand, and not confirmed */
    TY_DOUBT_ASKED = 64     /* somebody wants it looked at */
};

typedef struct ty_review_sentence {
    ty_slice text; /* as it is shown: the edited text, else the published one */
    ty_slice published;
    bool edited;
    bool cut; /* the next sentence was cut off it */
    uint32_t paragraph;
} ty_review_sentence;

/* A release as it stands, read at once; what is got from it is borrowed until it is closed. */
typedef struct ty_review ty_review;

/* TY_NO where there is no such release. */
TY_API ty_status ty_review_open(ty_memory *memory, int64_t release, ty_review **out, ty_error *error);
TY_API void ty_review_close(ty_review *review);
TY_API const ty_release_info *ty_review_info(const ty_review *review);
/* The last step of the memory when it was opened, whatever that changed, and a number that was drawn for the
 * step at random: a memory that went another way has another there. */
TY_API void ty_review_newest(const ty_review *review, int64_t *step, uint64_t *drawn);
/* Is the memory still as it was when the review was opened? */
TY_API bool ty_review_is_current(const ty_review *review, ty_memory *memory);
/* The number that was drawn for a step; TY_NO: the memory has no such step. */
TY_API ty_status ty_memory_step_drawn(ty_memory *memory, int64_t step, uint64_t *drawn, ty_error *error);
TY_API size_t ty_review_sentence_count(const ty_review *review, int side);
TY_API void ty_review_sentence_at(const ty_review *review, int side, size_t number, ty_review_sentence *out);
/* Beads in reading order of the source; a target without source stands behind what precedes it. */
TY_API size_t ty_review_bead_count(const ty_review *review);
TY_API void ty_review_bead_at(const ty_review *review, size_t place, ty_review_bead *out);
/*
 * Beads are doubtful that are less sure than this (0.95 unless set), those changed by hand and unconfirmed,
 * in question, with other numbers, a forbidden term, or an address on one side only.
 */
TY_API void ty_review_doubt(ty_review *review, double above);

/* What a confirmation in bulk does with a bead: one rule for the desk and the command line. */
typedef enum ty_bulk {
    TY_BULK_TAKEN,
    TY_BULK_DONE, /* it is confirmed */
    TY_BULK_LOCKED,
    TY_BULK_MARKED, /* flagged, in question, left out or changed by hand */
    TY_BULK_BELOW,  /* less sure than asked for */
    TY_BULK_DOUBTFUL,
    TY_BULK_NEAR, /* next to a doubtful one: what pulls one border pulls the other */
    TY_BULK_COUNT
} ty_bulk;

/* Takes beads as sure as `least` (0: all); `doubtful_too`: doubtful ones and those next to them as well. */
TY_API ty_bulk ty_review_bulk(const ty_review *review, size_t place, double least, bool doubtful_too);

typedef enum ty_review_action {
    TY_REVIEW_UP,       /* the first sentence of the side goes to the bead above, */
    TY_REVIEW_DOWN,     /* the last one to the bead below; */
    TY_REVIEW_FETCH_UP, /* the same pulled from there */
    TY_REVIEW_FETCH_DOWN,
    TY_REVIEW_MERGE,         /* with the bead in `direction` */
    TY_REVIEW_SPLIT,         /* the first sentence of each side stays, the rest is a new bead below */
    TY_REVIEW_CUT,           /* `sentence` of the side becomes two at `offset` */
    TY_REVIEW_JOIN,          /* and one again with the next */
    TY_REVIEW_UNLINK,        /* two one-sided beads */
    TY_REVIEW_SWAP,          /* targets exchanged with the bead in `direction` */
    TY_REVIEW_LINK,          /* the side with `other_side` of `other`; what is left of both is unpaired */
    TY_REVIEW_EDIT,          /* the side: a text for each sentence; the published ones are kept beside */
    TY_REVIEW_CONFIRM,       /* with those that touch it and the same person changed; or exactly `beads` */
    TY_REVIEW_CONFIRM_ABOVE, /* all but doubtful ones, those beside them, marked, asked, omitted, locked */
    TY_REVIEW_OMIT,          /* these four: `on` or off, with `note` where it is not NULL */
    TY_REVIEW_FLAG,
    TY_REVIEW_QUESTION,
    TY_REVIEW_LOCK
} ty_review_action;

typedef struct ty_review_op {
    size_t size;
    ty_review_action action;
    int64_t bead;
    int side;      /* 0 source, 1 target */
    int direction; /* -1 above, 1 below */
    int64_t other;
    int other_side;
    uint32_t sentence; /* 0-based, of the document */
    size_t offset;     /* bytes of the text as it is shown */
    const ty_slice *texts;
    size_t text_count;
    const int64_t *beads;
    size_t bead_count;
    double above;
    bool on;
    ty_slice note;
    uint64_t version; /* the release's that was seen, 0: never mind */
    const char *who;
} ty_review_op;

typedef struct ty_review_result {
    int64_t step; /* 0 where nothing was changed */
    uint64_t version;
    int64_t current;        /* the bead to look at next */
    const int64_t *changed; /* beads made or changed, and those gone; until the next call */
    size_t changed_count;
    const int64_t *removed;
    size_t removed_count;
    int64_t conflict; /* the step that changed the bead after `version` */
} ty_review_result;

/*
 * Does one operation: one transaction, one step. TY_NO: no such release or bead. TY_ERR_USAGE: it cannot be
 * done there, and why. TY_ERR_BUSY with out->conflict set: the bead was changed since the version that was
 * seen. Nothing is changed then.
 */
TY_API ty_status ty_memory_review(ty_memory *memory, int64_t release, const ty_review_op *op,
                                  ty_review_result *out, ty_error *error);

/* The release that a bead is of; TY_NO when it is not there. */
TY_API ty_status ty_memory_bead_release(ty_memory *memory, int64_t bead, int64_t *out, ty_error *error);

/*
 * Aligns a release anew around what is confirmed or locked, and what was changed by hand where `keep_hand` is
 * set: one step. Beads that come out as they were stay; the others are to be looked at. *out_count: how many
 * changed; TY_NO when none did.
 */
TY_API ty_status ty_memory_realign(ty_memory *memory, int64_t release, bool keep_hand, const char *who,
                                   uint64_t *out_count, ty_error *error);

/* An operation that makes a better cut, perhaps. */
typedef struct ty_alternative {
    int64_t bead;
    ty_review_action action;
    int side, direction;
    double probability; /* that the beads it would make are right */
} ty_alternative;

/* Those of a release, in the order of its beads, for each the likeliest first. TY_NO when there is none. */
TY_API ty_status ty_memory_alternatives(ty_memory *memory, int64_t release,
                                        ty_status (*each)(void *payload, const ty_alternative *alternative),
                                        void *payload, ty_error *error);

/* What ties the two sides of a pair together. */
typedef enum ty_tie_kind {
    TY_TIE_NUMBER,     /* the same value */
    TY_TIE_SAME,       /* the same word, acronym or sign */
    TY_TIE_SOUND,      /* names that sound alike */
    TY_TIE_SPELLING,   /* words spelt alike */
    TY_TIE_DICTIONARY, /* a dictionary or glossary says so */
    TY_TIE_LINE        /* lines of one kind: label, heading, date */
} ty_tie_kind;

typedef struct ty_tie {
    ty_tie_kind kind;
    uint32_t source_sentence, target_sentence; /* numbers among those given */
    ty_span source, target;                    /* bytes of these */
} ty_tie;

/* Ties between sentences of two languages, by the dictionaries and the memory's terms. TY_NO when there is
 * none. */
TY_API ty_status ty_memory_ties(ty_memory *memory, const ty_slice *source, size_t source_count,
                                const char *source_lang, const ty_slice *target, size_t target_count,
                                const char *target_lang, ty_status (*each)(void *payload, const ty_tie *tie),
                                void *payload, ty_error *error);

/* ------------------------------------------------------------------------------------------ lint */

typedef enum ty_severity {
    TY_SEVERITY_INFO,    /* worth knowing */
    TY_SEVERITY_WARNING, /* legal, but breaks interchange in practice */
    TY_SEVERITY_ERROR,   /* breaks the specification */
    TY_SEVERITY_FATAL    /* the file cannot be read to its end */
} ty_severity;

/* Something wrong with a TMX. Strings are borrowed. */
typedef struct ty_lint_finding {
    ty_severity severity;
    size_t line, unit; /* 1-based, 0 where the whole file is meant */
    const char *rule, *cause, *fix;
    bool repairable; /* import --repair mends it */
} ty_lint_finding;

/* Checks a TMX against DTD and specification. TY_NO when there are errors; TY_ERR_FORMAT for a file of
 * another kind. */
TY_API ty_status ty_lint(const ty_source *source, const char *encoding,
                         void (*each)(void *payload, const ty_lint_finding *finding), void *payload,
                         ty_error *error);

/*
 * Writes the TMX anew as 1.4 in UTF-8, mending what can be mended without loss of meaning: encoding, names
 * and places of attributes, what the header lacks, characters that XML forbids. Each repair and each unit
 * that had to be left out is a notice.
 */
TY_API ty_status ty_lint_repair(const ty_source *source, const char *encoding, const ty_sink *sink,
                                const ty_listener *listener, ty_error *error);

/* ------------------------------------------------------------------------------------------ quality */

/* What can be wrong. */
typedef enum ty_fault_kind {
    TY_FAULT_UNTRANSLATED,
    TY_FAULT_SAME,                /* the translation is the original */
    TY_FAULT_INCONSISTENT_TARGET, /* the same text is translated otherwise elsewhere */
    TY_FAULT_INCONSISTENT_SOURCE, /* another text has the same translation */
    TY_FAULT_TERMS,
    TY_FAULT_NUMBERS,
    TY_FAULT_CODES,
    TY_FAULT_NAMES,
    TY_FAULT_ADDRESS,
    TY_FAULT_DOUBLED_WORD,
    TY_FAULT_DOUBLED_PUNCTUATION,
    TY_FAULT_BRACKETS,
    TY_FAULT_BLANKS,
    TY_FAULT_WIDTH,
    TY_FAULT_END,
    TY_FAULT_KINDS
} ty_fault_kind;

/* Its name in settings and output: "untranslated", "inconsistent-target", ... Never NULL. */
TY_API const char *ty_fault_kind_name(ty_fault_kind kind);

/* Something wrong with a translation as such, whatever it says. Strings are borrowed. */
typedef struct ty_fault {
    ty_fault_kind kind;
    const char *file;  /* "" for a memory */
    size_t line;       /* of the file, 0 where unknown */
    int64_t unit;      /* of the memory, 0 in files */
    ty_slice place;    /* the unit's id in the file; may be empty */
    bool in_target;    /* which of the texts the place is in, */
    size_t start, end; /* and where, in bytes */
    ty_slice source, target;
    ty_slice note;     /* what it is about: the number, the other translation ...; may be empty */
    const char *id;    /* 16 hexadecimal digits: the same for the same finding in the same texts */
    const char *fault; /* of terms and numbers, as in ty_check; "" for all else */
    ty_slice better;   /* the term to use; may be empty */
    ty_slice origin;   /* of the memory's unit; may be empty */
    bool accepted;     /* remembered as one to let stand; only where asked for */
} ty_fault;

typedef struct ty_quality_settings {
    size_t size;
    const char *only;                      /* names of kinds with commas between them; NULL: all */
    const char *source_lang, *target_lang; /* where the file does not say; of a memory: NULL: any */
    const char *encoding;                  /* NULL: detected */
    const char *origin;                    /* of a memory: pattern for the names of origins; NULL: all */
    const char *except;                    /* kinds that are left out; NULL: none */
    ty_memory *memory;        /* of files: whose terms are looked for, and what was let stand; NULL: none */
    const char *organisation; /* whose terms are to be used; NULL: anybody's */
    bool accepted;            /* accepted findings are told, too */
} ty_quality_settings;

/* Checks an XLIFF, PO, TXML, Qt TS, TMX or table. TY_NO when there is anything. */
TY_API ty_status ty_quality_check(const ty_source *source, const ty_quality_settings *settings,
                                  const ty_listener *listener,
                                  ty_status (*each)(void *payload, const ty_fault *fault), void *payload,
                                  ty_error *error);
/* The same with the units of a memory. */
TY_API ty_status ty_memory_quality(ty_memory *memory, const ty_quality_settings *settings,
                                   ty_status (*each)(void *payload, const ty_fault *fault), void *payload,
                                   ty_error *error);

/*
 * Checks, and remembers the findings with these ids (parted by commas or blanks; NULL: all) as ones to let
 * stand; `source` NULL: of the memory. As ty_memory_term_accept, whose findings are the same ones;
 * ty_memory_term_forget forgets any.
 */
TY_API ty_status ty_memory_quality_accept(ty_memory *memory, const ty_source *source,
                                          const ty_quality_settings *settings, const char *ids,
                                          const char *who,
                                          ty_status (*each)(void *payload, const ty_fault *fault),
                                          void *payload, ty_error *error);

/* Findings as a file to look at: "html", one self-contained page, or "xlsx". */
typedef struct ty_fault_file ty_fault_file;

TY_API ty_status ty_fault_file_open(const char *format, ty_fault_file **out, ty_error *error);
TY_API ty_status ty_fault_file_add(ty_fault_file *file, const ty_fault *fault, ty_error *error);
/* Writes it, or throws it away (sink NULL), and frees it; a NULL file is fine. */
TY_API ty_status ty_fault_file_close(ty_fault_file *file, const ty_sink *sink, ty_error *error);

/* Words and characters of a file to be translated, by what the memory has for them. */
typedef enum ty_match_band {
    TY_BAND_CONTEXT,    /* 101, 102 */
    TY_BAND_REPETITION, /* the same text comes before it in the files */
    TY_BAND_EXACT,
    TY_BAND_95, /* 95 to 99 */
    TY_BAND_85,
    TY_BAND_75,
    TY_BAND_50,
    TY_BAND_NEW,
    TY_BAND_DONE, /* translated, or locked, in the file itself */
    TY_BAND_COUNT
} ty_match_band;

typedef struct ty_volume {
    uint64_t segments, words,
        characters; /* words of UAX #29, as GMX-V has them; characters without white space */
} ty_volume;

typedef struct ty_analysis {
    ty_volume bands[TY_BAND_COUNT];
} ty_analysis;

/* The name of a band: "context", "repetition", "100", "95-99", ... */
TY_API const char *ty_match_band_name(ty_match_band band);
/* Analyses files together, so that what one repeats of another counts as repeated. */
TY_API ty_status ty_memory_analyse(ty_memory *memory, const ty_source *sources, size_t count,
                                   const ty_pretranslate_settings *settings, ty_analysis *out,
                                   ty_error *error);

/* ------------------------------------------------------------------------------------------ terms */

typedef struct ty_equivalent {
    ty_slice lang, term;
    ty_term_status status;
    ty_slice organisation;
} ty_equivalent;

/* A concept found: by look-up (start 0, end the text's size) or in running text. */
typedef struct ty_term_hit {
    size_t start, end; /* bytes of the text */
    ty_slice concept_id;
    ty_slice lang, term; /* as the termbase has it */
    ty_term_status status;
    ty_slice subject, definition, note;
    const ty_equivalent *equivalents; /* approved ones first; terms in other languages, and synonyms */
    size_t equivalent_count;
    const char *kind;             /* the name of concept_kind */
    int64_t concept;              /* its number in the memory */
    ty_slice relation;            /* "part of ORG-0012"; may be empty */
    ty_concept_kind concept_kind; /* as its file says, else as it seems */
    bool composed; /* a name made of the term and what stands beside it; its parts follow as hits */
} ty_term_hit;

/* The glossaries that come with the program, from its data folder or the source tree it was built in. */
TY_API ty_status ty_memory_import_bundled(ty_memory *memory, ty_counts *counts, ty_error *error);
/* Like ty_memory_import_file, but a table holds terms, not units. */
TY_API ty_status ty_memory_import_terms(ty_memory *memory, const ty_source *source,
                                        const ty_import_settings *settings, ty_counts *counts,
                                        ty_error *error);
typedef struct ty_term_export_settings {
    size_t size;
    const char *format; /* "tbx" (NULL), "utx", "tsv", "xlsx", "omegat" */
    const char *source_lang,
        *target_lang; /* of all but TBX; NULL: those that the termbase has most terms in */
} ty_term_export_settings;

/* The termbase as a glossary. Terms in languages that the format does not take are a notice. */
TY_API ty_status ty_memory_export_terms(ty_memory *memory, const ty_term_export_settings *settings,
                                        const ty_sink *sink, uint64_t *out_count, ty_error *error);
/* Concepts with a term that `text` is; spelling, inflection and width do not matter. TY_NO when there is
 * none. */
TY_API ty_status ty_memory_term_lookup(ty_memory *memory, ty_slice text, const char *lang,
                                       ty_status (*each)(void *payload, const ty_term_hit *hit),
                                       void *payload, ty_error *error);
/* Terms in running text, longest first where they overlap, in the order of the text. */
TY_API ty_status ty_memory_term_scan(ty_memory *memory, ty_slice text, const char *lang,
                                     ty_status (*each)(void *payload, const ty_term_hit *hit), void *payload,
                                     ty_error *error);
/* The same of many texts on all cores; `each` as for ty_memory_match_many. */
TY_API ty_status ty_memory_term_scan_many(ty_memory *memory, const ty_slice *texts, size_t count,
                                          const char *lang,
                                          ty_status (*each)(void *payload, size_t text,
                                                            const ty_term_hit *hits, size_t hit_count),
                                          void *payload, ty_error *error);
/*
 * Concepts with a term that has `part` in it somewhere, the case of ASCII letters aside, each once, in the
 * termbase's order; start and end are 0. TY_NO when there is none.
 */
TY_API ty_status ty_memory_term_find(ty_memory *memory, ty_slice part, const char *lang,
                                     ty_status (*each)(void *payload, const ty_term_hit *hit), void *payload,
                                     ty_error *error);
/* Every concept; start and end are 0. */
TY_API ty_status ty_memory_term_list(ty_memory *memory,
                                     ty_status (*each)(void *payload, const ty_term_hit *hit), void *payload,
                                     ty_error *error);
/* A concept with two terms, as an approved pair; NULL as language: English, Japanese. */
TY_API ty_status ty_memory_term_add(ty_memory *memory, const char *source_lang, ty_slice source,
                                    const char *target_lang, ty_slice target, ty_counts *counts,
                                    ty_error *error);

/*
 * A concept as it is to be: in the place of `concept`, or a new one where that is 0. (What goes out of use is
 * marked: ty_memory_concepts_remove, ty_memory_concepts_merge.) Of `as`, name, id and origin are not looked
 * at but for a new one's name; what its file said of the concept and its terms beside what is here stays.
 */
typedef struct ty_concept_change {
    int64_t concept;
    const ty_concept_info *as;
} ty_concept_change;

/*
 * Does all of the changes as one step, named `what` ("edit term", "split terms", ...). TY_NO, and nothing is
 * changed, when a concept is not there.
 */
TY_API ty_status ty_memory_change_concepts(ty_memory *memory, const ty_concept_change *changes, size_t count,
                                           const char *what, const char *who, ty_error *error);
/* The two are no terms for each other: ty_memory_term_extract proposes them no more. */
TY_API ty_status ty_memory_term_reject(ty_memory *memory, const char *source_lang, ty_slice source,
                                       const char *target_lang, ty_slice target, const char *who,
                                       ty_error *error);

/* What can be wrong with the terms and numbers of a translation. */
typedef enum ty_check_kind {
    TY_CHECK_MISSING,      /* an approved term */
    TY_CHECK_FORBIDDEN,    /* a term that must not be used, */
    TY_CHECK_NON_STANDARD, /* or should not */
    TY_CHECK_INCONSISTENT, /* a term now so, now so */
    TY_CHECK_ORGANISATION, /* as another organisation has it */
    TY_CHECK_NUMBER,
    TY_CHECK_KINDS
} ty_check_kind;

/* Its name in settings and output: "missing", "non-standard", ... Never NULL. */
TY_API const char *ty_check_kind_name(ty_check_kind kind);

/* What is wrong with a translation. */
typedef struct ty_check {
    const char *id;          /* 16 hexadecimal digits: the same for the same finding in the same texts */
    const char *fault;       /* the name of its kind */
    bool accepted;           /* remembered as one to let stand; only where asked for */
    bool in_target;          /* which of the texts the place is in */
    size_t start, end;       /* bytes of that text */
    ty_slice better;         /* the term to use; empty where none is known */
    ty_slice note;           /* for people: the choices there are, or how often which; may be empty */
    uint64_t count;          /* of renderings: how often this one, */
    uint64_t better_count;   /* and how often the usual one; else 0 */
    ty_slice source, target; /* the pair */
    int64_t unit;            /* of the memory, 0 in documents */
    ty_slice origin;
    const ty_slice *equivalents; /* of a term: all that would be right, the best first */
    size_t equivalent_count;
    ty_check_kind kind;
} ty_check;

typedef struct ty_check_settings {
    size_t size;
    const char *source_lang, *target_lang; /* NULL: English and Japanese; a bitext has its own */
    const char *organisation;              /* whose usage the translations follow; NULL: anybody's */
    bool accepted;                         /* accepted findings are told, too */
    int64_t unit;                          /* only of this unit; 0: all */
    const char *only, *except;             /* faults, parted by commas: these, all but these; NULL: all */
} ty_check_settings;

/*
 * Translations that miss the approved term, use a forbidden or non-standard one, render a term now so, now so
 * or as another organisation does, or have other numbers or dates (docs/terms.md): of the bitext, or of all
 * units where it is NULL. TY_NO when there is anything that is not accepted. `settings` may be NULL.
 */
TY_API ty_status ty_memory_term_check(ty_memory *memory, ty_bitext *bitext, const ty_check_settings *settings,
                                      ty_status (*each)(void *payload, const ty_check *found), void *payload,
                                      ty_error *error);
/* The same as one self-contained HTML page. */
TY_API ty_status ty_memory_term_check_page(ty_memory *memory, ty_bitext *bitext,
                                           const ty_check_settings *settings, const ty_sink *sink,
                                           ty_error *error);
/*
 * Checks, and remembers the findings with these ids (parted by commas or blanks; NULL: all) as ones to let
 * stand. `each` is told what was newly accepted; `who` may be NULL. TY_NO, and nothing is remembered, when an
 * id is not among the findings.
 */
TY_API ty_status ty_memory_term_accept(ty_memory *memory, ty_bitext *bitext,
                                       const ty_check_settings *settings, const char *ids, const char *who,
                                       ty_status (*each)(void *payload, const ty_check *found), void *payload,
                                       ty_error *error);
/* A finding that is let stand. */
typedef struct ty_accepted_info {
    ty_slice id;    /* as in ty_check and ty_fault */
    ty_slice fault; /* the same, or the kind */
    ty_slice text;  /* the words it is about */
    ty_slice source, target;
    ty_slice at, who; /* a TMX date; `who` may be empty */
} ty_accepted_info;

/* All of them, in order of their ids. TY_NO when there is none. */
TY_API ty_status ty_memory_accepted(ty_memory *memory,
                                    ty_status (*each)(void *payload, const ty_accepted_info *accepted),
                                    void *payload, ty_error *error);
/* Forgets accepted findings (NULL: all). TY_NO, and nothing is forgotten, when an id is not accepted. */
TY_API ty_status ty_memory_term_forget(ty_memory *memory, const char *ids, uint64_t *out_count,
                                       ty_error *error);

typedef enum ty_rendering_kind {
    TY_RENDERING_TERM,     /* a term of the same concept */
    TY_RENDERING_PROBABLE, /* what dictionaries link the words to */
    TY_RENDERING_UNKNOWN
} ty_rendering_kind;

/* What stood for a term, when and where. */
typedef struct ty_term_rendering {
    ty_rendering_kind kind;
    ty_slice text;         /* as the termbase has it, or as it stands in the unit; empty where unknown */
    ty_term_status status; /* of a term */
    uint64_t count;        /* units */
    ty_slice first, last;  /* YYYY-MM-DD, of the release, else of the unit; empty where nothing is said */
    const ty_slice *origins;
    size_t origin_count;
    int64_t unit; /* the first one, */
    ty_slice source, target;
    ty_span source_at, target_at; /* and where in it; target_at is empty where unknown */
} ty_term_rendering;

/*
 * Renderings of a term, which need not be in the termbase, in the units that have it: the termbase's first,
 * the most frequent first. NULL as language: told from the term; as the other one: English or Japanese. TY_NO
 * when no unit has it.
 */
TY_API ty_status ty_memory_term_history(ty_memory *memory, ty_slice term, const char *lang,
                                        const char *other_lang,
                                        ty_status (*each)(void *payload, const ty_term_rendering *rendering),
                                        void *payload, ty_error *error);

/* Two expressions that may be terms for each other. */
typedef struct ty_term_pair {
    ty_slice source, target;
    uint64_t count;                      /* units that have both */
    uint64_t source_count, target_count; /* units that have either */
    uint64_t origins;                    /* that have units with both */
    ty_slice first, last;                /* YYYY-MM-DD of such units; empty where nothing is said */
    int64_t unit;                        /* the first of them */
    ty_slice source_text, target_text;   /* its texts */
    double score;                        /* higher is more likely */
} ty_term_pair;

/*
 * Candidates for terms from the memory's units that the termbase does not have, best first, at most `max` (0:
 * 100), with both in at least `min_count` units (0: 2). TY_NO when there is none.
 */
TY_API ty_status ty_memory_term_extract(ty_memory *memory, const char *source_lang, const char *target_lang,
                                        size_t min_count, size_t max,
                                        ty_status (*each)(void *payload, const ty_term_pair *candidate),
                                        void *payload, ty_error *error);

#ifdef __cplusplus
}
#endif

#endif
