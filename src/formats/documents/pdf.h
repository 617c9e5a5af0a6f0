/* SPDX-License-Identifier: Apache-2.0 */
/*
 * pdf - lines with their places, as pdftotext -bbox-layout tells them (pdf_read.c), to paragraphs
 * (pdf_lines.c). Places are points of 1/72 inch from the top left corner of a page.
 */
#ifndef TY_FORMATS_PDF_H
#define TY_FORMATS_PDF_H

#include "formats/documents/reader.h"

struct pdf_word {
    ty_slice text;
    double left, top, right, bottom;
    unsigned block, line; /* as pdftotext has them */
    unsigned column;
    bool taken; /* left out, or put elsewhere */
};

/* The words of one page. */
struct pdf_words {
    struct pdf_word *items;
    size_t count, capacity;
};

struct pdf_line {
    ty_slice text;
    double left, top, right, bottom;
    double em;             /* width of a character, roughly */
    double first;          /* width of what it begins with and no line end parts */
    uint32_t begins, last; /* its first and last character */
    unsigned page, block;
    unsigned column, band; /* see pdf_columns.c */
    bool dropped, joined;  /* left out; goes on from the one before */
};

struct pdf {
    struct pdf_line *items; /* in reading order */
    size_t count, capacity;
    unsigned pages;
    double height; /* of the pages */
    ty_arena arena;
};

static inline double ty_pdf_height(const struct pdf_line *line)
{
    return line->bottom - line->top;
}

/* `page`: what pdftotext wrote. `out` is zeroed, to be released whatever comes. */
ty_status ty_pdf_read_lines(ty_slice page, struct pdf *out, ty_error *error);
void ty_pdf_release(struct pdf *pdf);
/* Leaves out what a browser prints around a page; lines whose words stand far apart are lines again. False
 * when memory runs out. */
bool ty_pdf_order_words(struct pdf_words *words, double height);
/* Lines of a page's words, appended: of two columns, which pdftotext may have run together, the left one
 * first. */
bool ty_pdf_add_lines(struct pdf *pdf, const struct pdf_words *words);
/* Leaves out readings, running heads and page numbers; adds the paragraphs to the document. */
ty_status ty_pdf_add_paragraphs(struct pdf *pdf, ty_document *out, ty_error *error);

#endif
