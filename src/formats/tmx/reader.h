/* SPDX-License-Identifier: Apache-2.0 */
/*
 * tmx_reader - the state of one reading, shared by the files that make it up.
 */
#ifndef TY_FORMATS_TMX_READER_H
#define TY_FORMATS_TMX_READER_H

#include "formats/tmx/tmx.h"

/* Codes of one segment by i, and those of the unit by x. */
struct code {
    enum tmx_element element;
    unsigned variant;
    uint64_t key;
    size_t line;
};
struct codes {
    TY_VECTOR(struct code) pairs, partners;
    unsigned variant;
    size_t variant_start; /* where the partners of this segment begin */
};

typedef TY_VECTOR(ty_info) info_list;
typedef TY_VECTOR(ty_variant) variant_list;

/* A unit while it is read. Units may stand in units, which is wrong but happens: each has its own. */
struct unit_builder {
    ty_unit unit;
    info_list infos, variant_infos;
    variant_list variants;
    ty_variant variant;
    unsigned seg_count; /* of the variant */
    size_t variant_line, number;
    uint64_t tuid;           /* its hash; 0 without */
    bool dated, own_srclang; /* has both dates, has srclang */
};

enum { NESTED_UNITS = 4 };

/* Hashes of the tuids seen: open addressing, half full at most. */
struct tuid_set {
    uint64_t *slots;
    size_t count, size;
};

enum reader_mode { MODE_STRUCTURE, MODE_CAPTURE, MODE_SKIP };

struct tmx_reader {
    struct xml_parser xml; /* first: handlers get a pointer to it */
    struct tmx_report report;
    struct tmx_checker checker;
    struct tmx_names names;
    const ty_unit_sink *sink;
    const ty_listener *listener;
    struct input *input;
    ty_error *error;

    enum reader_mode mode;
    unsigned skip_depth;
    uint8_t stack[320]; /* enum tmx_element of what is open, in MODE_STRUCTURE */
    unsigned depth;
    const char *root_uri;
    bool root_seen, header_told, header_seen, body_seen;
    char doctype_minor; /* '4' where the DOCTYPE names tmx14.dtd, '\0' where it names none */
    unsigned doubts_told;
    uint64_t next_progress;

    uint32_t taken;            /* attributes of the element just taken, as bits of enum tmx_attribute */
    uint32_t places[AT_COUNT]; /* where they stand */

    struct text_pool pool; /* text of the unit, or of the header */
    ty_arena arena;        /* arrays of the same */
    ty_header header;
    ty_attributes root_attributes;
    info_list header_infos;
    ty_buffer srclang; /* of the header */

    struct capture capture;
    enum tmx_element captured; /* the element whose content is captured; EL_UNKNOWN: markup of a whole one */
    ty_info info;              /* note, prop or ude in the making */
    ty_buffer scratch;

    struct unit_builder builders[NESTED_UNITS];
    struct unit_builder *builder; /* NULL outside of units */
    unsigned nesting;
    size_t unit_number; /* of the unit being read, 0 before the first */
    size_t units_begun;
    struct codes codes;
    struct tuid_set tuids;
};

/* ---- codes.c */
void ty_tmx_codes_begin_segment(struct tmx_reader *reader);
void ty_tmx_codes_start(struct tmx_reader *reader, enum tmx_element element, int count,
                        const xmlChar **attributes);
void ty_tmx_codes_end_segment(struct tmx_reader *reader);
void ty_tmx_codes_end_unit(struct tmx_reader *reader);

/* ---- tmx_build.c: elements become parts of the model */
void ty_tmx_build_root(struct tmx_reader *reader, int count, const xmlChar **attributes);
void ty_tmx_build_header(struct tmx_reader *reader, int count, const xmlChar **attributes);
void ty_tmx_build_header_end(struct tmx_reader *reader);
/* Tells the sink of a header, if it has not been told: units may come first. */
void ty_tmx_build_header_if_none(struct tmx_reader *reader);
/* False where units stand in units deeper than can be. */
bool ty_tmx_build_unit(struct tmx_reader *reader, int count, const xmlChar **attributes);
void ty_tmx_build_unit_end(struct tmx_reader *reader);
void ty_tmx_build_variant(struct tmx_reader *reader, int count, const xmlChar **attributes);
void ty_tmx_build_variant_end(struct tmx_reader *reader);
void ty_tmx_build_segment(struct tmx_reader *reader, int count, const xmlChar **attributes);
void ty_tmx_build_segment_end(struct tmx_reader *reader);
void ty_tmx_build_info(struct tmx_reader *reader, enum tmx_element element, int count,
                       const xmlChar **attributes);
/* Of note, prop and ude, or (EL_UNKNOWN) of markup that is kept as it is. */
void ty_tmx_build_info_end(struct tmx_reader *reader, enum tmx_element element);
/* Judges the attributes of an element that is kept as markup. */
void ty_tmx_check_attributes(struct tmx_reader *reader, enum tmx_element element, int count,
                             const xmlChar **attributes);

/* ---- reader.c */

/* Sets the parser to tell what it finds. */
void ty_tmx_handle(struct tmx_reader *reader);

/* ---- tuids.c */

/* The hash of a tuid, whose place in the table is fetched while the unit is read. */
uint64_t ty_tmx_tuids_prepare(struct tmx_reader *reader, ty_slice tuid);
/* Whether it has come before. */
bool ty_tmx_tuids_add(struct tmx_reader *reader, uint64_t hash);

/* ---- read.c */

/* Tells what the reader of characters has doubted so far, once each. */
void ty_tmx_tell_doubts(struct tmx_reader *reader);
/* The whole of it, for the reader and for lint: `reader->report`, sink and listener are set. */
ty_status ty_tmx_read_file(struct tmx_reader *reader, const ty_source *source,
                           const ty_tmx_read_options *options, ty_error *error);

#endif
