/* SPDX-License-Identifier: Apache-2.0 */
/*
 * xliff_reader - what the parts of the XLIFF reader share: xliff.c knows elements, xliff_places.c
 * where they stand, xliff_segments.c what is in them.
 */
#ifndef TY_XLIFF_READER_H
#define TY_XLIFF_READER_H

#include "formats/bilingual/bilingual.h"

enum element {
    OTHER,
    ROOT,
    PART, /* file, group, body: may say translate="no" for what is in it */
    UNIT, /* trans-unit; unit */
    SEGMENT,
    SOURCE,
    SEG_SOURCE,
    TARGET,
    MATCHES,
    CANDIDATE, /* alt-trans; mtc:match */
    MARK,
    SPAN, /* a pair of codes around text: g; pc */
    CODE, /* a code; what is in it is native, and no text */
};

struct piece { /* of a segmented source or target: <mrk mtype="seg"> */
    ty_slice id;
    size_t start, end, codes;
    bool open;
};

struct captured {
    ty_slice text;
    size_t codes;
    TY_VECTOR(struct piece) pieces;
};

struct open_element {
    enum element kind;
    bool locked;
    bool preserve; /* white space, line breaks included, is text */
};

struct xliff_reader {
    struct xml_parser xml;
    ty_bilingual *file;
    TY_VECTOR(struct open_element) open;
    ty_slice root_namespace;
    bool version_2;
    ty_slice source_lang, target_lang;
    size_t run;
    struct xliff_unit *unit; /* NULL outside of one */
    size_t first_segment;    /* of the unit */
    ty_strings ids;          /* of all in the unit */
    bool approved;
    ty_slice state; /* of the target, of the segment */
    ty_slice segment_id;
    size_t segment_name_end, segment_line;
    struct captured source, seg_source, target, candidate;
    struct captured *into; /* what text goes to; NULL outside */
    size_t into_depth, muted;
    ty_slice candidate_id; /* of the segment that a candidate of the file is for */
    ty_buffer text;
};

struct attributes {
    int count;
    const xmlChar **list;
};

/* The value of an attribute of XLIFF's own (its:version is another thing than version); data NULL where none.
 */
ty_slice ty_xliff_value(struct attributes attributes, const char *name);
bool ty_xliff_is(struct attributes attributes, const char *name, const char *wanted);
/* A copy that lives as long as the file. */
ty_slice ty_xliff_keep(struct xliff_reader *reader, ty_slice text);
void ty_xliff_no_memory(struct xliff_reader *reader);

/* ---------------------------------------------------------------------------------- xliff_places.c */

/* Bytes that the parser has taken. */
size_t ty_xliff_position(const struct xliff_reader *reader);
ty_slice ty_xliff_text_of(const struct xliff_reader *reader);
/* Where the tag begins that the parser has read up to `end`. */
size_t ty_xliff_tag_start(const struct xliff_reader *reader, size_t end);
/* Fails the parse unless a tag of this name is at `start`: all places hang on it. */
void ty_xliff_check_tag(struct xliff_reader *reader, size_t start, const char *prefix, const char *name);
/*
 * The white space that ends at `at`, or begins there, where a line ends in it: how the file is laid out. A
 * great deal of it is no layout, and not worth repeating.
 */
ty_slice ty_xliff_space_before(ty_slice text, size_t at);
ty_slice ty_xliff_space_after(ty_slice text, size_t at);

/* ---------------------------------------------------------------------------------- xliff_segments.c */

/* Text of the element about to be pushed goes to `into`, until that ends. */
void ty_xliff_begin_capture(struct xliff_reader *reader, struct captured *into);
void ty_xliff_end_capture(struct xliff_reader *reader);
void ty_xliff_forget(struct captured *captured);
/* Elements within captured text, and the text. */
void ty_xliff_begin_inline(struct xliff_reader *reader, enum element kind, struct attributes attributes);
void ty_xliff_end_inline(struct xliff_reader *reader, enum element kind);
void ty_xliff_on_text(void *reader, const xmlChar *text, int size);

/* The segments of what was captured: of a unit or its marks (1.x), of a segment (2.x). */
void ty_xliff_add_unit(struct xliff_reader *reader);
void ty_xliff_add_segment(struct xliff_reader *reader, ty_slice id);
/* A segment that candidates are to point to must have a name: "s1" and so on, as far as they are free. */
void ty_xliff_name_segments(struct xliff_reader *reader);

#endif
