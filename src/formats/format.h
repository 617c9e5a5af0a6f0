/* SPDX-License-Identifier: Apache-2.0 */
/*
 * format - what the house knows of a format, in one row, and what a file shows of itself before it is read.
 *
 * A format bids for a file by its first bytes, as the readers of libarchive do; the highest bid has it. What
 * is no format of ours bids too (strangers.c), so that a message can say what it is.
 */
#ifndef TY_FORMATS_FORMAT_H
#define TY_FORMATS_FORMAT_H

#include "formats/formats.h"

/* ------------------------------------------------------------------------------------------ the head */

enum { HEAD_SEEN = 32768 };

/* The first bytes of a file, out of its compression, and what they show. */
struct head {
    ty_slice bytes;
    const char *name; /* of the file, for its ending; "" where there is none */
    ty_slice text;    /* trimmed, other characters than ASCII as '?': enough for markup, tabs and line ends */
    ty_slice root;    /* from the root element of an XML text on; empty where there is none */
    ty_slice root_name; /* without its prefix */
    bool binary;        /* holds control characters that no text has */
    char seen[HEAD_SEEN + 1];
};

void ty_head_look(struct head *head, ty_slice bytes, const char *name);
/* Is the file's ending one of these (".md .markdown")? */
bool ty_head_has_ending(const struct head *head, const char *endings);
/* Does the text say so, in any case of letters? */
bool ty_head_says(ty_slice text, const char *words);

/* ------------------------------------------------------------------------------------------ bids */

enum {
    BID_NONE = 0,
    BID_TEXT = 1,       /* it is text, at least */
    BID_LINES = 30,     /* the shape of its lines */
    BID_TAGS = 50,      /* words here and there that others may have */
    BID_FORM = 60,      /* a form that others rarely have */
    BID_ENDING = 70,    /* its name, and nothing against it */
    BID_WORDS = 80,     /* words at the place where only this has them */
    BID_ROOT = 95,      /* the root element of an XML text */
    BID_ARCHIVE = 98,   /* a part in a ZIP archive */
    BID_SIGNATURE = 100 /* bytes that are the signature of this alone */
};

/* What the root element is called, in any case: BID_ROOT or none. */
int ty_head_bid_root(const struct head *head, const char *name);
/* The signature stands at the start. */
int ty_head_bid_signature(const struct head *head, ty_slice signature);
/* A ZIP archive that has a part, or a kind, so named. Both stand unpacked. */
int ty_head_bid_package(const struct head *head, const char *sign, int bid);

/* ------------------------------------------------------------------------------------------ rows */

struct reading;
struct glossary_reader;

struct format {
    const char *name;    /* as it is asked for, and kept with what came from it: "tmx" */
    const char *also;    /* another name that it may be asked for by, or NULL */
    const char *label;   /* for messages: "a TMX file" */
    const char *rule;    /* of an error about a file that was meant to be of another; NULL: none */
    const char *endings; /* ".md .markdown", or NULL where they decide nothing */
    unsigned gives;      /* TY_GIVES_… */
    int (*bid)(const struct head *head);
    /* Of documents: all bytes into reading->out. */
    ty_status (*read)(struct reading *reading, ty_slice bytes, ty_error *error);
    /* Of units: see ty_units_read. */
    ty_status (*units)(const ty_source *source, const ty_unit_read_options *options, const ty_unit_sink *sink,
                       const ty_listener *listener, ty_read_counts *counts, ty_error *error);
    /* Of terms: format is the row's own. */
    ty_status (*terms)(struct glossary_reader *reader, const ty_source *source, ty_format format,
                       ty_error *error);
};

/* glossary/read.c: of all tables, whatever rows they have. */
ty_status ty_glossary_read_rows(struct glossary_reader *reader, const ty_source *source, ty_format format,
                                ty_error *error);

#define TY_FORMAT_ROW(constant, row) extern const struct format ty_##row##_format;
#include "formats/formats.def"
#undef TY_FORMAT_ROW

/* Marks words of a table that ty_words is given when they are said, for tools/messages. */
#define N_(words) words

/* documents/xlsx.c: the sheets of a workbook as a text. */
ty_status ty_workbook_to_document(struct reading *reading, ty_slice bytes, ty_error *error);

/* NULL for what is no row: UNKNOWN, EMPTY, XML. */
const struct format *ty_format_row(ty_format format);

/* strangers.c: the highest bid for what is none of the formats; 0 where there is none. */
int ty_stranger_bid(const struct head *head, ty_sniffed *out);

#endif
