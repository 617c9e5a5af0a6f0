/* SPDX-License-Identifier: Apache-2.0 */
/*
 * formats - exchange files and documents, in and out: TMX, TBX, UTX, tables, OmegaT glossaries, text, HTML,
 * XLIFF, PO.
 *
 * The only user of libxml2 and zlib, and hides both. docs/formats.md says what is read, kept, reported and
 * refused, rule by rule.
 *
 * Readers take a source and call a sink for each thing they find. What they hand to a sink is borrowed until
 * the sink returns. A sink that does not return TY_OK ends the reading with that status. A reader that
 * returns anything but TY_OK did not reach the end of the file: what the sink got so far is to be undone by
 * whoever put it somewhere. No reader ever opens another file, a DTD, a network address or an entity.
 */
#ifndef TY_FORMATS_H
#define TY_FORMATS_H

#include "align/align.h"
#include "base/base.h"
#include "segment/segment.h"
#include "unit/unit.h"

/* ------------------------------------------------------------------------------------------ formats */

/* A format is a row of formats.def and the reader's file that it names; the registry knows no other place. */
typedef enum ty_format {
    TY_FORMAT_UNKNOWN, /* no format of ours, and no text */
    TY_FORMAT_EMPTY,   /* no bytes, or a byte order mark only */
    TY_FORMAT_XML,     /* some other XML */
#define TY_FORMAT_ROW(constant, row) TY_FORMAT_##constant,
#include "formats/formats.def"
#undef TY_FORMAT_ROW
    TY_FORMAT_COUNT
} ty_format;

typedef struct ty_sniffed {
    ty_format format;
    const char *name;   /* for messages: "a TMX file", "an HTML page", "a Tiled map", "a PDF document" */
    const char *advice; /* what to do with it instead, or NULL */
    bool compressed;    /* in gzip or zip; `format` is that of the content */
    bool unclear;       /* nothing in it says what it is: the name is only for want of a better one */
} ty_sniffed;

/*
 * What the source is, by its first bytes; the name's extension decides only between kinds of plain text.
 * Not for standard input: read that first and give the bytes.
 */
ty_status ty_format_sniff(const ty_source *source, ty_sniffed *out, ty_error *error);
/* What can be read out of files of a format. */
enum {
    TY_GIVES_DOCUMENT = 1, /* one text, to be cut into sentences */
    TY_GIVES_UNITS = 2,
    TY_GIVES_TERMS = 4,    /* with units: a table, whose user says which */
    TY_GIVES_SEGMENTS = 8, /* units with ids of their own, of a file that is to be worked on */
    TY_GIVES_RULES = 16,
    TY_GIVES_PLAIN_TEXT = 32, /* of those that are no documents: it may be taken for one if one asks */
    TY_KEYED_BY_TEXT = 64,    /* segments have no ids: text and context are the key, and the text is English
                               * unless the file says otherwise (gettext) */
    TY_GIVES_RELEASES = 128,  /* units as memories have them; where it is ours, with their releases */
    TY_GIVES_MEMORY = 256,    /* all that a memory has */
    TY_GIVES_SHEETS = 512,    /* rows, some of which may know what they were here */
    TY_GIVES_BEADS = 1024,    /* pairs of two texts as they were aligned, reviewed since */
    TY_GIVES_HEADER = 2048,   /* of terms: what the glossary says of itself, to be kept */
    TY_TAKES_TERMS = 4096,    /* a termbase is written so */
    TY_TAKES_TARGETS = 8192,  /* of segments: candidates are written into it */
    TY_LOOKS_LIKE_ANY = 16384 /* what is damaged may be taken for it */
};
/* TY_GIVES_… of a format; 0 of what is none. */
unsigned ty_format_gives(ty_format format);
bool ty_format_is_document(ty_format format);
/* The rule of an error about a file that is of this format and was meant to be of another; "" for none. */
const char *ty_format_rule(ty_format format);
/* "tmx", "tbx", "utx", "csv", ... as in `import --as`; TY_FORMAT_UNKNOWN for a name that is none. */
ty_format ty_format_named(const char *name);
/* The reverse; "" of what is none. */
const char *ty_format_name(ty_format format);
/* What to do with a file instead of reading it, by what it is and is called: "a memory of Trados Studio;
 * export it from there as TMX". NULL where there is nothing to say. */
const char *ty_format_advice(const ty_sniffed *sniffed, const char *name);

/*
 * Calls back for each exchange file in a ZIP archive (XLZ, MQXLZ, a set of files), held in memory; its path
 * is "ARCHIVE!MEMBER", of one alone the archive's. TY_NO where it is no such archive. What `each` returns
 * ends it.
 */
ty_status ty_archive_each(const ty_source *source,
                          ty_status (*each)(void *payload, const ty_source *member, ty_error *error),
                          void *payload, ty_error *error);

/* ------------------------------------------------------------------------------------------ counts */

typedef struct ty_read_counts {
    uint64_t read;     /* units or concepts handed to the sink */
    uint64_t rejected; /* left out, each with a notice */
    uint64_t warnings; /* of all rules, those not told one by one included */
    uint64_t outside;  /* translations that are none yet (ty_state_trust); one notice says which */
} ty_read_counts;

/* Units come through this, from TMX and from tables. */
typedef struct ty_unit_sink {
    void *payload;
    /* Once, before the first unit; of a file without a header an empty one. May be NULL. */
    ty_status (*header)(void *payload, const ty_header *header, ty_error *error);
    ty_status (*unit)(void *payload, const ty_unit *unit, ty_error *error);
    /* Before a unit whose file says that it is confirmed. May be NULL. */
    void (*confirmed)(void *payload);
} ty_unit_sink;

/* What a reader of units may be told; each takes what its format has a use for. */
typedef struct ty_unit_read_options ty_unit_read_options;

/* What units and terms are written as where nobody says. */
#define TY_USUAL_UNITS "tmx"
#define TY_USUAL_TERMS "tbx"

/* Units of a file of any format that gives them (ty_format_gives), by the reader of that format. */
ty_status ty_units_read(const ty_source *source, const ty_unit_read_options *options,
                        const ty_unit_sink *sink, const ty_listener *listener, ty_read_counts *counts,
                        ty_error *error);

/* ------------------------------------------------------------------------------------------ TMX, in */

typedef struct ty_tmx_read_options {
    const char *encoding; /* told by the user, or NULL: decide by BOM, bytes and declaration */
    bool repair;          /* replace characters that XML forbids by U+FFFD, each with a warning */
} ty_tmx_read_options;

/*
 * Reads a TMX of any version, plain or in gzip or zip (one .tmx member), in constant memory but for 8 bytes
 * a tuid and, where the encoding is neither UTF-8 nor UTF-16, the text of the file. options, listener and
 * counts may be NULL.
 *
 * A unit that breaks rules is kept as it is, with a warning; one that cannot be kept is rejected with a
 * notice. A warning of the same rule is told the first 20 times, the rest is counted in one last notice;
 * what is lost is told each time. Errors name file, line and unit: TY_ERR_ENCODING and TY_ERR_FORMAT for a
 * file that is not well-formed or no TMX, TY_ERR_LIMIT for one that is larger or deeper than any honest one.
 */
ty_status ty_tmx_read(const ty_source *source, const ty_tmx_read_options *options, const ty_unit_sink *sink,
                      const ty_listener *listener, ty_read_counts *counts, ty_error *error);

/* What lint found. `rule` is the name that warnings of the reader have too; all strings are borrowed. */
typedef struct ty_tmx_finding {
    ty_severity severity;
    size_t line; /* 1-based, 0 where the whole file is meant */
    size_t unit; /* 1-based, 0 outside of units */
    const char *rule;
    const char *cause; /* what is there */
    const char *fix;   /* what to do about it */
    bool repairable;   /* `lint --repair` mends it without loss of meaning */
} ty_tmx_finding;

typedef struct ty_lint_counts {
    uint64_t units, infos, warnings, errors, fatals;
} ty_lint_counts;

/*
 * Checks a TMX against the DTD of its version and the rules of the specification. TY_OK when there is no
 * error, TY_NO when there are some or the file cannot be read to its end; others where it cannot be opened.
 */
ty_status ty_tmx_lint(const ty_source *source, const char *encoding, void *payload,
                      void (*finding)(void *payload, const ty_tmx_finding *finding), ty_lint_counts *counts,
                      ty_error *error);

/* Appends the content of a segment (canonical markup) with codes of XLIFF 1.2 in it, g, x, bx and ex, as bpt,
 * ept, it and ph. */
void ty_tmx_mend_codes(ty_slice content, ty_buffer *out);

/* ------------------------------------------------------------------------------------------ TMX, out */

typedef struct ty_lang_mapping {
    ty_slice from, to; /* `from` is compared without regard to case and _ or - */
} ty_lang_mapping;

typedef struct ty_tmx_write_options {
    bool version_1_1; /* TMX 1.1 with `lang`; otherwise 1.4 with `xml:lang` */
    bool level_1;     /* plain text segments: codes and their native content dropped, text in hi kept */
    bool utf16;       /* UTF-16LE with BOM; otherwise UTF-8 without */
    bool crlf;
    bool gzip;
    const ty_lang_mapping *lang_map; /* applied to every language attribute */
    size_t lang_map_count;
} ty_tmx_write_options;

typedef struct ty_tmx_writer ty_tmx_writer;

/*
 * Begins a TMX on `output` (borrowed until close; the caller commits or discards it). Header attributes that
 * TMX requires and the header lacks are filled in; header NULL is an empty one. options may be NULL.
 */
ty_status ty_tmx_writer_open(ty_output *output, const ty_tmx_write_options *options, const ty_header *header,
                             ty_tmx_writer **out, ty_error *error);
ty_status ty_tmx_writer_unit(ty_tmx_writer *writer, const ty_unit *unit, ty_error *error);
/* Bytes written so far, before compression: for those who split by size. */
uint64_t ty_tmx_writer_size(const ty_tmx_writer *writer);
/*
 * Ends the file and frees the writer, also after failure. *replaced (may be NULL) is the number of characters
 * that XML forbids and that became U+FFFD.
 */
ty_status ty_tmx_writer_close(ty_tmx_writer *writer, uint64_t *replaced, ty_error *error);

/* ------------------------------------------------------------------------------------------ workbooks, out
 */

/* A workbook (XLSX) of one sheet, in which every cell is text. Held in memory until it is closed. */
typedef struct ty_workbook ty_workbook;

/* `sheet` is its name, at most 31 characters. */
ty_status ty_workbook_open(const char *sheet, ty_workbook **out, ty_error *error);
/* Does a cell hold as much (32,767 units of UTF-16)? */
bool ty_workbook_holds(ty_workbook *workbook, ty_slice text);
/* Rows and columns are counted from 0; row 0 is the head, and stays in sight. TY_ERR_LIMIT: too long, or too
 * many rows. */
ty_status ty_workbook_cell(ty_workbook *workbook, size_t row, size_t column, ty_slice text, ty_error *error);
/* The head of a column, how wide it is (characters), and whether people see it. */
ty_status ty_workbook_column(ty_workbook *workbook, size_t column, ty_slice name, unsigned width, bool hidden,
                             ty_error *error);
/* Writes it to the output, or to nowhere (NULL), and frees it; NULL is fine. */
ty_status ty_workbook_close(ty_workbook *workbook, ty_output *output, ty_error *error);

/* ------------------------------------------------------------------------------------------ units, out */

typedef struct ty_unit_write_options {
    ty_slice source_lang, target_lang; /* both: only the variants in them; of tables the columns */
    const ty_tmx_write_options *tmx;   /* of TMX; may be NULL */
    bool codes;           /* of tables: columns for texts with their inline codes, behind all others */
    bool for_spreadsheet; /* of TSV, as always of CSV: a byte order mark, CRLF, and apostrophes
                             before cells that would be taken for formulas */
} ty_unit_write_options;

/* A unit with what else a file may say of it. */
typedef struct ty_written_unit {
    const ty_unit *unit;
    int64_t id;
    ty_slice origin;
    bool aligned;
    float confidence;     /* where it is aligned */
    bool confirmed;       /* by a person */
    ty_slice memory;      /* of workbooks: the identity of the unit's memory, */
    const ty_unit *whole; /* as the memory has it, of which a workbook keeps the state */
} ty_written_unit;

/*
 * Hidden columns of a workbook of terms, and properties of what is read from one: memory, number and digest
 * of the row's concept, and what its terms were then, hashed.
 */
#define TY_ROW_CONCEPT "x-taiyaku:concept"
#define TY_ROW_WAS "x-taiyaku:was"

/* Hidden columns of a workbook, and properties of what is read from one: the row's memory, its unit, its
 * state. */
#define TY_ROW_MEMORY "x-taiyaku:memory"
#define TY_ROW_UNIT "x-taiyaku:unit"
#define TY_ROW_STATE "x-taiyaku:state-written"
/* A property of a row whose text was changed so that its codes have no place any more. */
#define TY_ROW_CODES_LOST "x-taiyaku:codes-lost"

/*
 * The state of a unit as a row of a workbook tells it, 32 hexadecimal digits: 16 of all its variants, then 16
 * of the texts that the row shows (`shown`; languages count by their first part).
 */
typedef struct ty_row_state {
    char unit[17], row[17];
} ty_row_state;

void ty_row_state_of(const ty_unit *unit, const ty_unit *shown, ty_row_state *out);

typedef struct ty_unit_writer ty_unit_writer;

/* Begins a file of the format ("tmx", "tsv", "csv", "jsonl", "xlsx", "xliff", "po") on `output`, borrowed
 * until close. The header is that of a TMX. */
ty_status ty_unit_writer_open(const char *format, ty_output *output, const ty_unit_write_options *options,
                              const ty_header *header, ty_unit_writer **out, ty_error *error);
/*
 * TY_ERR_LIMIT: a text is longer than a file of this format takes; TY_NO: it has no two texts in the file's
 * languages. Then the unit is left out, and the writer goes on.
 */
ty_status ty_unit_writer_unit(ty_unit_writer *writer, const ty_written_unit *unit, ty_error *error);
/* Texts that had no place: in other languages, where a file has two. */
uint64_t ty_unit_writer_left_out(const ty_unit_writer *writer);
/* Bytes written so far, before compression. */
uint64_t ty_unit_writer_size(const ty_unit_writer *writer);
/* Ends the file and frees the writer, also after failure; NULL is fine. */
ty_status ty_unit_writer_close(ty_unit_writer *writer, ty_error *error);

/* ------------------------------------------------------------------------------------------ documents */

typedef struct ty_document_options {
    const char *encoding; /* told, or NULL */
    const char *lang;     /* told, or NULL: helps to tell encodings apart */
    ty_format format;     /* one of documents; UNKNOWN: by content */
    bool as_text;         /* plain text, whatever it looks like */
    bool keep_lines;      /* plain text is not looked at for lines that go on in the next */
} ty_document_options;

/* A cell of a table that stands in a document's text, in the order of the text. */
typedef struct ty_document_cell {
    size_t start, end;    /* bytes of the text */
    uint32_t row, column; /* rows from 1 through all tables, columns from 0 */
} ty_document_cell;

/* A text taken out of a document. Initialise with {0}; slices point into `meta`. */
typedef struct ty_document {
    ty_buffer text;   /* UTF-8 without BOM; of text documents as it is, line ends included, unless
                         lines go on in the next */
    bool blank_lines; /* paragraphs are separated by blank lines, a line end inside one is only white space;
                         otherwise (text documents) a line is a paragraph */
    ty_format format;
    ty_slice title;  /* headline, title or subject; empty where unknown */
    ty_slice lang;   /* as declared; empty where it is not */
    ty_slice date;   /* YYYY-MM-DD as declared by metadata or <time>; empty where unknown */
    ty_slice url;    /* canonical address as declared; empty where unknown */
    ty_slice agency; /* who published it, as declared; empty where unknown */
    TY_VECTOR(ty_slice) other_languages; /* addresses of a page in other languages, as they stand in it */
    char encoding[40];
    bool clean; /* no control characters but white space, nothing that exchange files cannot hold; known of
                   text documents */
    TY_VECTOR(ty_document_cell) cells; /* of office documents */
    ty_arena meta;
} ty_document;

/*
 * The text of a release: of an HTML page from headline to end note, without navigation, scripts and ruby
 * readings. TY_ERR_FORMAT for what is no text ("this is a PDF document"), also for an empty file.
 */
ty_status ty_document_read(const ty_source *source, const ty_document_options *options, ty_document *out,
                           const ty_listener *listener, ty_error *error);
void ty_document_release(ty_document *document);

/* ------------------------------------------------------------------------------------------ pages to look at
 */

/* Two texts that were aligned, as one HTML page: begun, a row a bead, ended; all appended to `html`. */
typedef struct ty_aligned_page {
    const ty_align_side *source, *target;
    ty_slice source_name, target_name;
    const ty_lexicon *lexicon; /* whose parts the ties name */
} ty_aligned_page;

void ty_aligned_page_begin(const ty_aligned_page *page, ty_buffer *html);
/* The ties are those of this bead, by ty_align_explain. */
void ty_aligned_page_bead(const ty_aligned_page *page, size_t number, ty_bead bead, const ty_evidences *ties,
                          ty_buffer *html);
void ty_aligned_page_end(ty_slice description, ty_buffer *html);

/* What a check of terms found: a row a pair of texts, findings numbered and marked on the side they are on.
 */
typedef struct ty_checked_page ty_checked_page;

/* The languages are borrowed. NULL when there is no memory left. */
ty_checked_page *ty_checked_page_new(ty_slice source_lang, ty_slice target_lang);
void ty_checked_page_free(ty_checked_page *page);
/* Findings of one pair of texts come one after the other; copied. TY_ERR_NOMEM or TY_OK. */
ty_status ty_checked_page_add(ty_checked_page *page, const ty_check *found);
/* The whole page, appended, headed by the name of what was checked; the other name may be empty. */
void ty_checked_page_write(ty_checked_page *page, ty_slice name, ty_slice other_name, ty_buffer *html);

/* ------------------------------------------------------------------------------------------ tables of units
 */

/* What the user says of the columns of a table. */
typedef struct ty_columns_told {
    const char *names; /* "en,ja,-,note", one each, "-" for none; NULL: as the table has it */
    bool has_header;   /* the first row names columns (and is passed, where `names` are told) */
    bool no_header;    /* it does not */
    const char *sheet; /* of a workbook; NULL: the first that is shown */
} ty_columns_told;

typedef struct ty_table_options {
    ty_format format;                  /* CSV, TSV, ALIGNED; UNKNOWN: by content */
    const char *encoding;              /* told, or NULL */
    ty_slice source_lang, target_lang; /* of the columns where the table does not name them */
    ty_columns_told columns;
    bool all_states; /* rows that are marked as drafts, too */
} ty_table_options;

struct ty_unit_read_options {
    ty_format format;
    const char *encoding;              /* told, or NULL */
    ty_slice source_lang, target_lang; /* where the file does not say */
    ty_columns_told columns;
    bool all_states; /* drafts and what else is no translation yet, too */
    bool repair;     /* characters that XML forbids become U+FFFD, each with a warning */
};

/*
 * A table to units: columns by name (language tags or names, source, target, note, id, confidence ...) where
 * the first line has such, else the first two are source and target, in the languages given. Cells that are
 * no text of a unit become properties `x-COLUMN`. An empty side rejects the row.
 */
ty_status ty_table_read(const ty_source *source, const ty_table_options *options, const ty_unit_sink *sink,
                        const ty_listener *listener, ty_read_counts *counts, ty_error *error);

/* ------------------------------------------------------------------------------------------ bilingual files
 */

/* How far the translation of a segment is: what there is to do about it. */
typedef enum ty_segment_state {
    TY_SEGMENT_OPEN,  /* there is none, or only a copy of the source */
    TY_SEGMENT_DRAFT, /* one that the file itself does not trust: fuzzy, rejected, a machine's */
    TY_SEGMENT_TRANSLATED,
    TY_SEGMENT_LOCKED /* not to be translated */
} ty_segment_state;

/* Whether a translation belongs into a memory, by what the file says of it (docs/formats.md has the table).
 */
typedef enum ty_state_trust { TY_STATE_OUTSIDE, TY_STATE_UNCONFIRMED, TY_STATE_CONFIRMED } ty_state_trust;

/* The word that decided: "state", "needs-translation". The name is "" where the word says it all. */
typedef struct ty_state_mark {
    const char *name; /* NULL: the file says nothing */
    ty_slice value;
} ty_state_mark;

/* A segment of an XLIFF or PO file. Slices are borrowed until the file is closed. */
typedef struct ty_bilingual_segment {
    ty_slice source, target; /* plain text, inline codes left out; target empty where there is none */
    ty_slice source_content, target_content; /* canonical inline markup; data NULL where there are no codes */
    ty_slice source_lang, target_lang;       /* as the file has it; empty where it does not say */
    size_t codes;                            /* inline codes in the source */
    ty_segment_state state;
    ty_state_trust trust; /* of the target; outside where there is none */
    ty_state_mark why;
    bool unfamiliar; /* `why` is no word that we know */
    bool plural;     /* a further form of the text before it, which may be translated alike */
    ty_infos infos;  /* its context: properties (file, id, x-context ...) and notes, in the words of TMX */
    size_t run;      /* segments of one run follow each other in one document */
    size_t line;
} ty_bilingual_segment;

/* A translation that a memory has for a segment, or for one like it. */
typedef struct ty_candidate {
    ty_slice source, target;                 /* of the memory; the target as it is to be proposed */
    ty_slice source_content, target_content; /* canonical inline markup of both; data NULL where there is
                                                none, or the target is another than the memory's */
    ty_slice source_lang, target_lang;       /* may be empty */
    ty_slice origin;
    ty_slice remark; /* what else to say of it, for people; may be empty */
    int score;       /* as of ty_match */
    int penalty;
    bool context; /* the sentences around it are the same too */
    bool adapted; /* numbers were put into the target */
    bool capped;  /* its codes are not the segment's: never more than 99 */
    bool trusted; /* of PO: a translation, not a fuzzy one */
} ty_candidate;

/*
 * An XLIFF (1.0 to 1.2, 2.0 to 2.2) or PO file held in memory, into which candidates are put; not one byte
 * outside of them changes.
 */
typedef struct ty_bilingual ty_bilingual;

/* `format`: TY_FORMAT_XLIFF or TY_FORMAT_PO. `encoding`: told, or NULL. The listener is borrowed. */
ty_status ty_bilingual_open(const ty_source *source, ty_format format, const char *encoding,
                            const ty_listener *listener, ty_bilingual **out, ty_error *error);
void ty_bilingual_close(ty_bilingual *file);
ty_format ty_bilingual_format(const ty_bilingual *file);
size_t ty_bilingual_count(const ty_bilingual *file);
const ty_bilingual_segment *ty_bilingual_at(const ty_bilingual *file, size_t number);
/*
 * How codes of the memory's pair fit those of a segment; only those that do come with the segment's own codes
 * in place. Markup NULL: the text has no codes.
 */
typedef enum ty_code_fit {
    TY_CODES_LOST,  /* other kinds, or another number */
    TY_CODES_ALIKE, /* the same kinds, of another formatting */
    TY_CODES_SAME
} ty_code_fit;
ty_code_fit ty_bilingual_fit(const ty_bilingual *file, size_t number, ty_slice source_content,
                             ty_slice target_content);
/* What a candidate is worth, 0 to 100: its score without its penalty, at most 99 where it is capped. */
int ty_candidate_worth(const ty_candidate *candidate);
/*
 * Candidates for a segment, best first, borrowed until the file is written. Those whose target the file has
 * there already are left out; a PO entry takes the first one.
 */
void ty_bilingual_offer(ty_bilingual *file, size_t number, const ty_candidate *candidates, size_t count);
/* The file with its candidates, appended in its own encoding; those that it cannot hold are a notice. */
ty_status ty_bilingual_write(ty_bilingual *file, ty_buffer *out, ty_error *error);

typedef struct ty_bilingual_options {
    ty_format format;
    const char *encoding;              /* told, or NULL */
    ty_slice source_lang, target_lang; /* where the file does not say; empty: told from the texts */
    bool all_states;                   /* what would stay outside, too */
} ty_bilingual_options;

/*
 * The translated segments of an XLIFF or PO file as units, with their codes and context. A unit whose
 * translation is not confirmed by the file has the property x-taiyaku:state, "unconfirmed" or, with
 * all_states, "outside". TY_ERR_USAGE where the language of a side is not to be had.
 */
ty_status ty_bilingual_units(const ty_source *source, const ty_bilingual_options *options,
                             const ty_unit_sink *sink, const ty_listener *listener, ty_read_counts *counts,
                             ty_error *error);

/* A unit on its way into a bilingual file. */
typedef struct ty_exported_unit {
    const ty_unit *unit; /* for notes and context */
    const ty_variant *source, *target;
    bool confirmed;
} ty_exported_unit;

typedef struct ty_bilingual_writer ty_bilingual_writer;

/*
 * Units as a file to work on: TY_FORMAT_XLIFF (2.1) or TY_FORMAT_PO, in UTF-8, appended to `out`, which may
 * be cleared between units. NULL when there is no memory left. `end` ends the file and frees the writer.
 */
ty_bilingual_writer *ty_bilingual_writer_new(ty_format format, ty_slice source_lang, ty_slice target_lang,
                                             ty_buffer *out);
void ty_bilingual_writer_unit(ty_bilingual_writer *writer, const ty_exported_unit *exported);
void ty_bilingual_writer_end(ty_bilingual_writer *writer);

/* A text as an XLIFF to be translated: a paragraph a group or unit, a sentence a segment. */
typedef struct ty_xliff_text {
    bool version_2; /* 2.1; otherwise 1.2 */
    ty_slice name;  /* of the document */
    ty_slice source_lang, target_lang;
    ty_format format;             /* of the document */
    const ty_sentence *sentences; /* for their paragraphs */
    const ty_slice *lines;        /* a sentence each */
    size_t count;
} ty_xliff_text;

void ty_xliff_from_text(const ty_xliff_text *text, ty_buffer *out);

/* ------------------------------------------------------------------------------------------ glossaries */

/* What a glossary says of itself: ordered properties ("license", "copyright", "title", ...). */
typedef struct ty_glossary {
    ty_format format;
    ty_slice version;                  /* "1.20" of UTX, "TBX-Basic" of TBX, ... */
    ty_slice source_lang, target_lang; /* where the format has sides; of TBX the language it is in */
    ty_infos infos;                    /* TY_INFO_PROP with attribute `type`, TY_INFO_NOTE */
} ty_glossary;

typedef struct ty_glossary_sink {
    void *payload;
    /* Once, before the first concept. May be NULL. */
    ty_status (*glossary)(void *payload, const ty_glossary *glossary, ty_error *error);
    ty_status (*concept)(void *payload, const ty_concept *concept, ty_error *error);
} ty_glossary_sink;

typedef struct ty_glossary_options {
    ty_format format;                  /* TBX, MULTITERM, UTX, CSV, TSV, OMEGAT; UNKNOWN: by content */
    const char *encoding;              /* told, or NULL */
    ty_slice source_lang, target_lang; /* of plain tables, which do not say */
    ty_columns_told columns;
} ty_glossary_options;

/* A glossary of any kind to concepts; rows of one concept ID are one concept. */
ty_status ty_glossary_read(const ty_source *source, const ty_glossary_options *options,
                           const ty_glossary_sink *sink, const ty_listener *listener, ty_read_counts *counts,
                           ty_error *error);

typedef struct ty_glossary_write_options {
    ty_format format;                  /* TBX, UTX, TSV, XLSX, OMEGAT */
    bool tbx_v2;                       /* martif for older tools; otherwise v3 TBX-Basic in DCA style */
    ty_slice source_lang, target_lang; /* the sides of all but TBX; "en" finds en-US */
    bool these_only;                   /* of TSV, XLSX: no columns for other languages that there are */
} ty_glossary_write_options;

typedef struct ty_glossary_writer ty_glossary_writer;

/* `glossary` may be NULL. The output is borrowed until close; the caller commits or discards it. */
ty_status ty_glossary_writer_open(ty_output *output, const ty_glossary_write_options *options,
                                  const ty_glossary *glossary, ty_glossary_writer **out, ty_error *error);
ty_status ty_glossary_writer_concept(ty_glossary_writer *writer, const ty_concept *concept, ty_error *error);
/* Ends the file and frees the writer, also after failure. *left_out (may be NULL) is how many terms were of
 * languages that the file does not take. */
ty_status ty_glossary_writer_close(ty_glossary_writer *writer, uint64_t *left_out, uint64_t *comments,
                                   ty_error *error);

/* ------------------------------------------------------------------------------------------ SRX */

/* Segmentation rules, SRX 2.0 and 1.0, for ty_segment_options. What is not understood is passed over. */
/* Appends the rules as the bean that OmegaT reads before version 6 (segmentation.conf); later ones read SRX.
 */
void ty_srx_bean(const ty_srx *srx, ty_buffer *out);
ty_status ty_srx_read(const ty_source *source, const ty_listener *listener, ty_srx **out, ty_error *error);

#endif
