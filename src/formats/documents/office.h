/* SPDX-License-Identifier: Apache-2.0 */
/*
 * office - what the readers of packages share (DOCX, PPTX, ODT, EPUB): paragraphs in the making, while a part
 * is parsed. A reader has handlers of its own and calls these.
 */
#ifndef TY_FORMATS_OFFICE_H
#define TY_FORMATS_OFFICE_H

#include "formats/documents/html.h"
#include "formats/documents/reader.h"
#include "formats/package.h"

enum { OFFICE_DEEPEST = 16 /* paragraphs within paragraphs: text boxes */ };

/* A paragraph that is open; a text box in it has others. */
struct office_paragraph {
    ty_buffer text; /* a LF between lines */
    struct html_lines lines;
    size_t line_start;
    bool heading, left_out;
};

struct office {
    struct xml_parser xml;
    ty_document *out;
    struct package *package;
    struct office_paragraph open[OFFICE_DEEPEST];
    unsigned depth;    /* of open paragraphs */
    unsigned skipped;  /* elements deep in one whose text is none */
    bool text;         /* characters are text */
    size_t cell_start; /* where the output of the table's cell begins */
    unsigned cells;    /* that were read in this row */
    uint32_t row;      /* how many rows were begun */
};

/* Of a start: passes over it where it is in what is skipped, or is to be; then there is nothing more to do.
 */
bool ty_office_skips(struct office *office, bool skip);
/* Of an end: false where it was within what is skipped. */
bool ty_office_leaves(struct office *office);

void ty_office_begin_paragraph(struct office *office);
void ty_office_end_paragraph(struct office *office);
void ty_office_add(struct office *office, ty_slice text);
void ty_office_break(struct office *office);                         /* a line */
struct office_paragraph *ty_office_paragraph(struct office *office); /* NULL outside of one */

void ty_office_begin_row(struct office *office);
void ty_office_begin_cell(struct office *office);
/* Figures alone go behind the cell before them, on its line. */
void ty_office_end_cell(struct office *office);

/* Parses a part with the office's handlers. What it holds open is thrown away at the end. */
ty_status ty_office_parse(struct office *office, ty_slice part, ty_error *error);
void ty_office_release(struct office *office);

/* dc:title, dc:language and dcterms: of a part of metadata, where out has none yet; TY_OK where there is
 * none. */
ty_status ty_office_read_metadata(struct package *package, ty_slice part, ty_document *out, ty_error *error);

/* A document that is a package: opens it, and has `read` take what is in it. */
ty_status ty_office_read(struct reading *reading, ty_slice bytes,
                         ty_status (*read)(struct package *package, ty_document *out, ty_error *error),
                         ty_error *error);

static inline bool ty_office_is(const xmlChar *name, const char *wanted)
{
    return strcmp((const char *)name, wanted) == 0;
}

#endif
