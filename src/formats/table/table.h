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
    char separator;          /* tab, comma, semicolon or bar */
    bool quoted;             /* RFC 4180: cells may stand in double quotes */
    bool begun, apostrophes; /* the header says that we have put them there (TY_CELL_APOSTROPHES) */
    ty_slices cells;
    ty_slice row; /* the last row as it stands */
};

/* sheet.c: a sheet of a workbook (XLSX; `name` NULL: the first that is shown) as comma-separated text,
 * appended. */
ty_status ty_table_from_sheet(const ty_source *source, const char *name, ty_buffer *csv, ty_error *error);

/* Reads and decodes a source, of a workbook the sheet of that name (NULL: the first); `declared` encodings
 * are told by a comment in the text ("-*- coding: x -*-").
 */
ty_status ty_table_open(struct table *table, const ty_source *source, const char *encoding, const char *sheet,
                        const ty_listener *listener, ty_error *error);
/* Says how rows are to be cut: by tabs, or as CSV with the separator that gives the most even rows (form.c).
 */
void ty_table_set_form(struct table *table, ty_format format);
/* Behind a language: its text with inline codes. */
#define TY_TABLE_CODES "x-taiyaku:codes"

/* False at the end. Empty lines are passed over. */
bool ty_table_next(struct table *table, ty_error *error);
ty_slice ty_table_cell(const struct table *table, size_t column); /* trimmed; empty where there is none */
void ty_table_release(struct table *table);
/* In a glossary, a row that begins with # tells no term. */
static inline bool table_is_comment(const struct table *table)
{
    return table->row.data[0] == '#';
}

/* ------------------------------------------------------------------------------------------ languages.c */

/* A language by its tag ("ja-JP") or its name in English, Japanese or itself; empty for anything else. */
ty_slice ty_columns_language_of(ty_slice name);
/* Does the tag begin with the code of a language that we know? */
bool ty_table_is_language_code(ty_slice tag);
/* "US" of "United States"; empty for anything else. */
ty_slice ty_table_region_of(ty_slice name);

/* ------------------------------------------------------------------------------------------ names.c */

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
    COLUMN_DATE, /* of the source */
    COLUMN_DEFINITION,
    COLUMN_CONFIDENCE,
    COLUMN_CONCEPT_NOTE,
    COLUMN_CONCEPT_SOURCE,
    COLUMN_LANG,      /* the language that this row has on a side */
    COLUMN_FORBIDDEN, /* yes: the term is not to be used */
    COLUMN_FUZZY,     /* yes: a draft */
    COLUMN_NUMBER,    /* rows counted */
    COLUMN_IDENTITY,  /* which memory's unit the row is, and what it was like when it was written */
    COLUMN_CODES,     /* the text of a side with its inline codes */
    COLUMN_IGNORED
};

/* What a name says by itself. */
struct column_name {
    enum column_role role;
    ty_slice lang; /* empty where it names none */
    ty_slice base; /* the name without its language */
    bool beside;   /* of what stands beside a term of that language */
    char scratch[16];
};

void ty_columns_read_name(ty_slice name, struct column_name *out);
enum column_role ty_columns_role_of(ty_slice name);
bool ty_columns_name_source(ty_slice name);
bool ty_columns_name_target(ty_slice name);
/* Names for originals, where there is a column of translations; else they say something else. */
bool ty_columns_name_source_or_not(ty_slice name);

/* ------------------------------------------------------------------------------------------ columns.c */

enum { SIDES = 64, COLUMNS = 256, NO_SIDE = -1 };

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
        int lang_column; /* that names the language of each row; -1: none */
    } sides[SIDES];
    int side_count;
    bool guessed, languages_guessed; /* by what is in them */
};

/* From the names in the cells (languages that are spelt otherwise go into the arena); false where they are no
 * names of columns (no two terms among them). */
bool ty_columns_from_names(struct columns *columns, const ty_slice *names, size_t count, ty_arena *arena);
/* Source, target, comment, and what else there is. */
void ty_columns_plain(struct columns *columns, size_t count);
/*
 * What the columns from where the table stands are: named by the user ("en,ja,-,note"), else by the first row
 * where that is one of names (which is passed then), else by what is in them. TY_ERR_USAGE where the user's
 * names name no two columns of texts.
 */
ty_status ty_columns_find(struct columns *columns, struct table *table, const ty_columns_told *told,
                          ty_error *error);
ty_status ty_columns_from_told(struct columns *columns, struct table *table, const ty_columns_told *told,
                               ty_error *error);
/* Fills in languages the table does not name: told by the user, else from the text of the column. */
void ty_columns_find_languages(struct columns *columns, struct table *table, ty_slice source,
                               ty_slice target);
/* The language of a side in this row. */
ty_slice ty_columns_lang(const struct columns *columns, const struct table *table, int side);
/* "yes", "true", "1", "○" */
bool ty_columns_is_yes(ty_slice cell);
/* Says how the table was understood, where its first row does not say it all. */
void ty_columns_tell(const struct columns *columns, const char *path, const ty_listener *listener);

/* ------------------------------------------------------------------------------------------ formats.c */

/* What lines of a text have in common with rows; the last line may be cut and counts only when it is alone.
 */
struct table_shape {
    unsigned lines, tabbed, confident, commented;
    bool coding; /* a comment names the encoding, as OmegaT has it */
};

struct table_shape ty_table_shape(ty_slice text);

#endif
