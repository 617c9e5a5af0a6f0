/* SPDX-License-Identifier: Apache-2.0 */
/*
 * table - rows and columns: tab-separated and comma-separated text, and what the names of its columns mean.
 */
#ifndef TY_FORMATS_TABLE_H
#define TY_FORMATS_TABLE_H

#include "formats/internal.h"

/* ------------------------------------------------------------------------------------------ table.c */

/* A text in memory, row by row. Cells point into the text, or into the arena where quotes were undone. */
struct table {
    ty_buffer text;
    ty_arena cells_text;
    size_t at, line; /* where the next row begins; the line the last row began on */
    size_t next_line;
    char separator;          /* tab, comma or semicolon */
    bool quoted;             /* RFC 4180: cells may stand in double quotes */
    bool begun, apostrophes; /* the header says that we have put them there */
    ty_slices cells;
    ty_slice row; /* the last row as it stands */
};

/* Reads and decodes a source; `declared` encodings are told by a comment in the text ("-*- coding: x -*-").
 */
ty_status ty_table_open(struct table *table, const ty_source *source, const char *encoding,
                        const ty_listener *listener, ty_error *error);
/* Says how rows are to be cut: by tabs as they are, or as CSV with the separator its first line shows. */
void ty_table_set_form(struct table *table, ty_format format);
/*
 * How a cell is written: between tabs byte by byte, but for tabs and line ends, which become blanks; between
 * commas with quotes where it needs them. For spreadsheets an apostrophe stands before = + - @ and before an
 * apostrophe, and the header has a column of the name TY_TABLE_APOSTROPHES: then our reader takes exactly one
 * off.
 */
#define TY_TABLE_APOSTROPHES "x-taiyaku:apostrophes"
struct cell_form {
    char separator; /* tab or comma */
    bool spreadsheet;
};
void ty_table_add_cell(ty_buffer *out, ty_slice text, struct cell_form form);
ty_slice ty_table_without_apostrophe(ty_slice cell);

/* False at the end. Empty lines are passed over. */
bool ty_table_next(struct table *table, ty_error *error);
ty_slice ty_table_cell(const struct table *table, size_t column); /* trimmed; empty where there is none */
void ty_table_release(struct table *table);
/* In a glossary, a row that begins with # tells no term. */
static inline bool table_is_comment(const struct table *table)
{
    return table->row.data[0] == '#';
}

/* ------------------------------------------------------------------------------------------ columns.c */

enum column_role {
    COLUMN_OTHER,
    COLUMN_TERM, /* of `lang`, or of the side where that is not known yet */
    COLUMN_POS,
    COLUMN_STATUS,
    COLUMN_ID,
    COLUMN_SUBJECT,
    COLUMN_ORGANISATION,
    COLUMN_COMMENT,
    COLUMN_SOURCE,
    COLUMN_DEFINITION,
    COLUMN_CONFIDENCE,
    COLUMN_CONCEPT_NOTE,
    COLUMN_CONCEPT_SOURCE
};

enum { SIDES = 8, COLUMNS = 64, NO_SIDE = -1 };

struct column {
    enum column_role role;
    int side;      /* which term column it belongs to, NO_SIDE for the row as a whole */
    ty_slice name; /* as the table has it */
    ty_slice base; /* without its side: "yomi" of "src:yomi" */
};

struct columns {
    struct column items[COLUMNS];
    size_t count;
    struct {
        ty_slice lang; /* empty where the table does not say */
        size_t column;
    } sides[SIDES];
    int side_count;
};

/* From the names in the cells; false where they are no names of columns (no two terms among them). */
bool ty_columns_from_names(struct columns *columns, const ty_slice *names, size_t count);
/* Source, target, comment. */
void ty_columns_plain(struct columns *columns, size_t count);
/* A language by its tag ("ja-JP") or its name in English or Japanese; empty for anything else. */
ty_slice ty_columns_language_of(ty_slice name);
/* Fills in languages the table does not name: told by the user, else from the text of the column. */
void ty_columns_find_languages(struct columns *columns, struct table *table, ty_slice source,
                               ty_slice target);

#endif
