/*
 * table - rows and columns: tab-separated and comma-separated text, column names, and the concepts that rows
 * of a glossary make up.
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
    char separator; /* tab, comma or semicolon */
    bool quoted;    /* RFC 4180: cells may stand in double quotes */
    ty_slices cells;
    ty_slice row; /* the last row as it stands */
};

/* Reads and decodes a source; `declared` encodings are told by a comment in the text ("-*- coding: x -*-").
 */
ty_status table_open(struct table *table, const ty_source *source, const char *encoding,
                     const ty_listener *listener, ty_error *error);
/* Says how rows are to be cut: by tabs as they are, or as CSV with the separator its first line shows. */
void table_set_form(struct table *table, ty_format format);
/* False at the end. Empty lines are passed over. */
bool table_next(struct table *table, ty_error *error);
ty_slice table_cell(const struct table *table, size_t column); /* trimmed; empty where there is none */
void table_release(struct table *table);

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
bool columns_from_names(struct columns *columns, const ty_slice *names, size_t count);
/* Source, target, comment. */
void columns_plain(struct columns *columns, size_t count);
/* A language by its tag ("ja-JP") or its name in English or Japanese; empty for anything else. */
ty_slice language_of(ty_slice name);
/* Fills in languages the table does not name: told by the user, else from the text of the column. */
void columns_find_languages(struct columns *columns, struct table *table, ty_slice source, ty_slice target);

/* ------------------------------------------------------------------------------------------ concepts.c */

typedef TY_VECTOR(ty_term) term_list;
typedef TY_VECTOR(ty_info) concept_infos;

/* A concept in the making. What it holds lives in the arena of the list. */
struct concept_draft {
    ty_concept concept;
    term_list terms;
    concept_infos infos;
    size_t line;
};

/* All concepts of a glossary, in the order they first came. */
struct concept_list {
    TY_VECTOR(struct concept_draft) drafts;
    ty_strings ids; /* of those that have one; `index` tells which draft */
    TY_VECTOR(size_t) index;
    ty_arena arena;
};

/* The concept of that id, or a new one; without id always a new one. NULL when there is no memory left. */
struct concept_draft *concepts_find(struct concept_list *list, ty_slice id, size_t line);
/* The term, added where the concept lacks it. *added says so. NULL when there is no memory left. */
ty_term *concepts_term(struct concept_list *list, struct concept_draft *draft, ty_slice lang, ty_slice text,
                       bool *added);
/* Appends a property to `infos` unless it is there already. */
bool infos_add(ty_arena *arena, ty_infos *infos, const char *type, ty_slice type_slice, ty_slice text);
ty_status concepts_deliver(struct concept_list *list, const ty_glossary_sink *sink,
                           const ty_listener *listener, ty_read_counts *counts, ty_error *error);
void concepts_release(struct concept_list *list);

/* ------------------------------------------------------------------------------------------ glossaries */

struct glossary_reader {
    const char *path;
    const ty_glossary_options *options;
    const ty_glossary_sink *sink;
    const ty_listener *listener;
    ty_read_counts *counts;
};

void glossary_warn(struct glossary_reader *reader, size_t line, const char *rule, const char *format, ...)
    TY_PRINTF(4, 5);
void glossary_reject(struct glossary_reader *reader, size_t line, const char *rule, const char *message);

/* Rows to concepts, from where the table stands to its end; the glossary is told first. */
ty_status rows_to_concepts(struct glossary_reader *reader, struct table *table, const struct columns *columns,
                           const ty_glossary *glossary, ty_error *error);
/* utx.c */
ty_status utx_read(struct glossary_reader *reader, struct table *table, ty_error *error);
/* tbx_read.c */
ty_status tbx_read(struct glossary_reader *reader, const ty_source *source, ty_error *error);

#endif
