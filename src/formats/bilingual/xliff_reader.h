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
    SPAN,     /* a pair of codes around text: g; pc */
    CODE,     /* a code; what is in it is native, and no text */
    SUB,      /* text inside of a code */
    NOTE,     /* what people say of the unit */
    CONTEXT,  /* where it stands: context of a context-group */
    DATA,     /* XLIFF 2: what codes stand for */
    SEG_FACTS /* sdl:seg: how far a segment is */
};

/* Of a segmented source or target, <mrk mtype="seg">; one in another is a mark like any. */
struct piece {
    ty_slice id;
    size_t start, end;
    bool open, nested; /* within a code */
};

struct captured {
    struct passage whole;
    TY_VECTOR(struct code) codes;
    TY_VECTOR(struct piece) pieces;
};

struct open_element {
    enum element kind;
    bool locked;
    bool preserve; /* white space, line breaks included, is text */
    bool piece;    /* begins one */
    bool empty;    /* an empty-element tag */
    size_t code;   /* of a span: its first code */
    size_t infos;  /* of a part: how many there were before it */
};

/* What the file's tool says of a segment, by its `mid`. */
struct seg_facts {
    ty_slice id, conf, origin;
    bool locked;
};

/* XLIFF 2: originalData. */
struct datum {
    ty_slice id, text;
};

/* A code being read. */
struct code_reading {
    size_t depth; /* of elements in it, itself included; 0: none */
    size_t start; /* of its tag, bytes of the file's text */
    struct code code;
    ty_buffer native;
};

struct xliff_reader {
    struct xml_parser xml;
    ty_bilingual *file;
    TY_VECTOR(struct open_element) open;
    ty_slice root_namespace;
    bool version_2, phrase; /* codes are written as text, as Phrase does */
    ty_slice source_lang, target_lang;
    ty_slice source_xml_lang, target_xml_lang; /* of the elements themselves */
    ty_slice original;                         /* of what document the part is */
    size_t run;
    struct xliff_unit *unit; /* NULL outside of one */
    ty_slice unit_id;
    size_t first_segment; /* of the unit */
    ty_strings ids;       /* of all in the unit */
    ty_strings code_ids;
    struct marks unit_marks, marks; /* of the unit, of the target or segment */
    bool locked;                    /* the unit says so of itself */
    info_vector infos;              /* of the groups around it and of the unit */
    size_t unit_infos;              /* how many were there before it */
    TY_VECTOR(struct seg_facts) facts;
    TY_VECTOR(struct datum) data;
    ty_slice segment_id;
    size_t segment_name_end, segment_line;
    struct captured source, seg_source, target, candidate, remark;
    enum element remark_kind;
    ty_slice remark_name;
    struct captured *into; /* what text goes to; NULL outside */
    size_t into_depth;
    size_t deleted; /* depth within what was deleted, 0 outside */
    struct code_reading reading;
    bool begins_piece;
    ty_slice candidate_id; /* of the segment that a candidate of the file is for */
    ty_buffer text;
};

struct attributes {
    int count;
    const xmlChar **list;
};

/* A start tag within text. */
struct tag {
    enum element kind;
    const char *name, *prefix;
    size_t start; /* bytes of the file's text */
    bool empty;
};

/* The value of an attribute of XLIFF's own (its:version is another thing than version); data NULL where none.
 */
ty_slice ty_xliff_value(struct attributes attributes, const char *name);
/* The same of an attribute of a tool, whose namespace has `tool` in it (NULL: any but XLIFF's own). */
ty_slice ty_xliff_tool_value(struct attributes attributes, const char *tool, const char *name);
bool ty_xliff_is(struct attributes attributes, const char *name, const char *wanted);
/* "true", "yes", "1", "locked" */
bool ty_xliff_is_yes(ty_slice value);
/* A copy that lives as long as the file. */
ty_slice ty_xliff_keep(struct xliff_reader *reader, ty_slice text);
void ty_xliff_no_memory(struct xliff_reader *reader);
struct open_element *ty_xliff_innermost(struct xliff_reader *reader);

/* ---------------------------------------------------------------------------------- xliff_places.c */

/* Bytes that the parser has taken. */
size_t ty_xliff_position(const struct xliff_reader *reader);
ty_slice ty_xliff_text_of(const struct xliff_reader *reader);
/* Where the tag begins that the parser has read up to `end`. */
size_t ty_xliff_tag_start(const struct xliff_reader *reader, size_t end);
/* Where the tag ends that begins at `start`, behind its ">". */
size_t ty_xliff_tag_end(const struct xliff_reader *reader, size_t start);
/* Fails the parse unless a tag of this name is at `start`: all places hang on it. */
void ty_xliff_check_tag(struct xliff_reader *reader, size_t start, const char *prefix, const char *name);
/*
 * The white space that ends at `at`, or begins there, where a line ends in it: how the file is laid out. A
 * great deal of it is no layout, and not worth repeating.
 */
ty_slice ty_xliff_space_before(ty_slice text, size_t at);
ty_slice ty_xliff_space_after(ty_slice text, size_t at);

/* ---------------------------------------------------------------------------------- xliff_inline.c */

/* Text of the element about to be pushed goes to `into`, until that ends. */
void ty_xliff_begin_capture(struct xliff_reader *reader, struct captured *into);
void ty_xliff_end_capture(struct xliff_reader *reader);
void ty_xliff_forget(struct captured *captured);
/* Elements within captured text, and the text. */
void ty_xliff_begin_inline(struct xliff_reader *reader, struct tag tag, struct attributes attributes);
void ty_xliff_end_inline(struct xliff_reader *reader);
void ty_xliff_on_text(void *reader, const xmlChar *text, int size);

/* ---------------------------------------------------------------------------------- xliff_codes.c */

/* The code of a start tag, but for what stands in it. */
struct code ty_xliff_code_of(struct xliff_reader *reader, struct tag tag, struct attributes attributes);
/* Codes that Phrase writes as text, {1}, {b> and <b}, become codes of what was captured. */
void ty_xliff_find_written_codes(struct xliff_reader *reader, struct captured *captured);

/* ---------------------------------------------------------------------------------- xliff_context.c */

/* What a part or unit says of itself in its start tag. */
void ty_xliff_part_facts(struct xliff_reader *reader, const char *name, struct attributes attributes);
void ty_xliff_unit_facts(struct xliff_reader *reader, struct attributes attributes);
void ty_xliff_seg_facts(struct xliff_reader *reader, struct attributes attributes);
/* Notes, context and data: text that is captured as the reader's `remark`. */
void ty_xliff_begin_remark(struct xliff_reader *reader, enum element kind, struct attributes attributes);
void ty_xliff_end_remark(struct xliff_reader *reader);
/* Gives the unit's segments what is known of where they stand. */
void ty_xliff_add_context(struct xliff_reader *reader);

/* ---------------------------------------------------------------------------------- xliff_segments.c */

/* The segments of what was captured: of a unit or its marks (1.x), of a segment (2.x). */
void ty_xliff_add_unit(struct xliff_reader *reader);
void ty_xliff_add_segment(struct xliff_reader *reader, ty_slice id);
/* A segment that candidates are to point to must have a name: "s1" and so on, as far as they are free. */
void ty_xliff_name_segments(struct xliff_reader *reader);

#endif
