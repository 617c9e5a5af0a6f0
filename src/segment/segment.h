/* SPDX-License-Identifier: Apache-2.0 */
/*
 * segment - where sentences end: paragraphs, sentences, and the rules of others (SRX).
 *
 * Works on UTF-8 as it is: no byte of the text is changed, bytes that are no UTF-8 included, and time grows
 * with the length of the text. The conventions (what is a sentence, and what is not) are in
 * docs/segmentation.md; the words that decide are data, a file a language, in src/segment/data.
 */
#ifndef TY_SEGMENT_H
#define TY_SEGMENT_H

#include "base/base.h"

/* ------------------------------------------------------------------------------------------ SRX rules */

/*
 * Segmentation rules of an SRX 1.0 or 2.0 document (LISA/OSCAR SRX 2.0, 2008) as plain data, in the order of
 * the document. Filled by whoever reads the XML (formats), only read afterwards: may be shared by threads.
 */
typedef struct ty_srx_rule {
    ty_slice before, after; /* regular expressions in ICU's dialect; either may be empty */
    bool breaks;
    size_t line; /* in the document, 0 where unknown */
} ty_srx_rule;

typedef TY_VECTOR(ty_srx_rule) ty_srx_rules;

typedef struct ty_srx_list {
    ty_slice name;
    ty_srx_rules rules;
} ty_srx_list;

typedef struct ty_srx_map {
    ty_slice pattern; /* a regular expression over language tags */
    ty_slice list;    /* the name of a rule list */
    size_t line;      /* in the document, 0 where unknown */
} ty_srx_map;

typedef struct ty_srx {
    bool cascade; /* all maps that match the language apply, in order; otherwise the first one */
    TY_VECTOR(ty_srx_list) lists;
    TY_VECTOR(ty_srx_map) maps;
    ty_slice name;  /* of the document, for messages; may be empty */
    size_t line;    /* in it: that of what is added next, 0 where unknown */
    ty_arena arena; /* every slice above */
} ty_srx;

/* Empty rules. NULL when there is no memory left. */
ty_srx *ty_srx_new(void);
void ty_srx_free(ty_srx *srx); /* NULL is fine */
/* Adds a rule at the end of the named list, which comes to be with its first rule. Copies what it is given.
 */
ty_status ty_srx_add_rule(ty_srx *srx, ty_slice list, bool breaks, ty_slice before, ty_slice after,
                          ty_error *error);
ty_status ty_srx_add_map(ty_srx *srx, ty_slice pattern, ty_slice list, ty_error *error);

/*
 * Appends an SRX 2.0 document with whose rules other tools cut texts in `lang` as we do, as nearly as SRX
 * allows: it knows no bracket depth and no line but the one it is given. The rules of every language we know
 * are in it; `lang` ("" for English) only says whose come last for languages that we do not know.
 */
ty_status ty_segment_srx(ty_slice lang, ty_buffer *out, ty_error *error);

/* ------------------------------------------------------------------------------------------ sentences */

typedef struct ty_segment_options {
    ty_slice lang; /* BCP 47; empty or unknown: rules by script */
    ty_paragraph_mode paragraphs;
    bool keep_quotations; /* a quotation of several sentences is not split */
    bool inline_lists;    /* items of a list in running text are sentences: "1.) one 2.) two" */
    const ty_srx *srx;    /* these rules instead of our own; paragraphs are ours all the same */
} ty_segment_options;

/*
 * The sentences of a whole text into `out` (replacing what it held). NULL options are zeroed ones. A sentence
 * of a hard-wrapped text keeps its line breaks between start and end. Fails only for want of memory, and
 * where a regular expression of the SRX rules is none (TY_ERR_FORMAT).
 */
ty_status ty_segment(ty_slice text, const ty_segment_options *options, ty_sentences *out, ty_error *error);

/* ------------------------------------------------------------------------------------------ one by one */

/*
 * A segmenter: options compiled once, for many texts or for one that comes in pieces. Borrows the SRX rules;
 * copies the rest. One thread at a time; different segmenters share nothing that changes.
 */
typedef struct ty_segmenter ty_segmenter;

ty_status ty_segmenter_new(const ty_segment_options *options, ty_segmenter **out, ty_error *error);
void ty_segmenter_free(ty_segmenter *segmenter); /* NULL is fine */
/* ty_segment without compiling again. */
ty_status ty_segmenter_cut(ty_segmenter *segmenter, ty_slice text, ty_sentences *out, ty_error *error);

/* Gets a sentence: its bytes, and where they stand in the whole text. False: stop. */
typedef bool (*ty_sentence_sink)(void *payload, ty_slice sentence, ty_sentence place);

/* The same sentences one by one, those of a paragraph kept at a time. TY_STOP when the sink said so. */
ty_status ty_segmenter_each(ty_segmenter *segmenter, ty_slice text, ty_sentence_sink sink, void *payload,
                            ty_error *error);

/*
 * Text in pieces of any size, cut anywhere (within a character too). Sentences go to `sink` when their
 * paragraph is complete; the same as ty_segment finds in the whole, except that a single paragraph above 16
 * MiB is cut up at the last sentence end seen, so that memory stays bounded. `finish` sends what is left and
 * makes the segmenter ready for another text. TY_STOP when the sink said so.
 */
ty_status ty_segmenter_feed(ty_segmenter *segmenter, ty_slice piece, ty_sentence_sink sink, void *payload,
                            ty_error *error);
ty_status ty_segmenter_finish(ty_segmenter *segmenter, ty_sentence_sink sink, void *payload, ty_error *error);

#endif
