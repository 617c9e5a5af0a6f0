/* SPDX-License-Identifier: Apache-2.0 */
/* A release under review: its beads as rows, with all that a page shows of them. */
#ifndef TY_SERVER_ROWS_H
#define TY_SERVER_ROWS_H

#include "server/internal.h"

/* A sentence of a document. */
typedef struct ty_line {
    ty_slice text;   /* as it is now */
    uint32_t number; /* from 0, its place in the document */
    bool paragraph;  /* begins one */
    bool edited;     /* differs from what was published */
} ty_line;

typedef struct ty_review_row {
    int64_t bead, unit;
    const ty_line *lines[2]; /* source and target */
    uint32_t counts[2];
    ty_bead_state state;
    bool omit, flag, ask, locked;
    bool crossing; /* stands out of the target's order */
    ty_slice who, at, note;
    float confidence;
    unsigned doubts;  /* 0: none */
    uint64_t changed; /* version of the page at which it last looked otherwise, */
    uint64_t altered; /* and at which it last was otherwise: an open editor alters nothing */
} ty_review_row;

typedef struct ty_review_rows {
    int64_t origin;
    ty_slice name, title[2], date, url, agency, langs[2];
    ty_review_row *items;
    size_t count;
    int64_t step;            /* the last of the memory when it was read, */
    uint64_t drawn;          /* and what was drawn for it (ty_review_newest) */
    uint64_t version, first; /* first: when this server first looked, so that it knows nothing older */
    size_t confirmed, doubtful;
} ty_review_rows;

/* The row of a bead, or NULL. */
const ty_review_row *ty_rows_find(const ty_review_rows *rows, int64_t bead);
/* What a confirmation in bulk does with it: the rule of the library, and one that somebody edits is locked,
 * too. */
ty_bulk ty_row_bulk(const ty_http *http, const ty_review_rows *rows, size_t at, double least);

/* "E12", "J14": the first letter of the language and the sentence's place. */
void ty_row_label(ty_slice lang, uint32_t number, char out[16]);
/* The row as HTML. `current`: it is where the page begins. */
void ty_row_put(ty_http *http, const ty_review_rows *rows, size_t at);

#endif
