/* SPDX-License-Identifier: Apache-2.0 */
/*
 * glossary - glossaries in: the concepts that rows and entries make up, and the readers of each kind.
 */
#ifndef TY_FORMATS_GLOSSARY_H
#define TY_FORMATS_GLOSSARY_H

#include "formats/table/table.h"

/* ------------------------------------------------------------------------------------------ concepts.c */

typedef TY_VECTOR(ty_term) term_list;
typedef TY_VECTOR(ty_info) concept_infos;

/* A concept in the making. What it holds lives in the arena of the list. */
struct concept_draft {
    ty_concept concept;
    term_list terms;
    concept_infos infos;
    ty_strings keys; /* of the terms, once there are many */
    size_t line;
};

/* All concepts of a glossary, in the order they first came. */
struct concept_list {
    TY_VECTOR(struct concept_draft) drafts;
    ty_strings ids; /* of those that have one; `index` tells which draft */
    TY_VECTOR(size_t) index;
    ty_arena arena;
    ty_buffer key; /* scratch */
};

/* The concept of that id, or a new one; without id always a new one. NULL when there is no memory left. */
struct concept_draft *ty_concepts_find(struct concept_list *list, ty_slice id, size_t line);
/* The term, added where the concept lacks it. *added says so. NULL when there is no memory left. */
ty_term *ty_concepts_term(struct concept_list *list, struct concept_draft *draft, ty_slice lang,
                          ty_slice text, bool *added);
/*
 * Puts the terms of each language together, the languages and the terms of each in the order they came: what
 * rows mix TBX keeps apart, and the same concept is to be the same from both.
 */
void ty_concept_group_languages(ty_concept *concept);
bool ty_concept_info_push(ty_arena *arena, ty_infos *infos, ty_info info);
/* Appends a property to `infos` unless it is there already. */
bool ty_concept_infos_add(ty_arena *arena, ty_infos *infos, const char *type, ty_slice type_slice,
                          ty_slice text);
ty_status ty_concepts_deliver(struct concept_list *list, const ty_glossary_sink *sink,
                              const ty_listener *listener, ty_read_counts *counts, ty_error *error);
void ty_concepts_release(struct concept_list *list);

/* ------------------------------------------------------------------------------------------ reading */

struct glossary_reader {
    const char *path;
    const ty_glossary_options *options;
    const ty_glossary_sink *sink;
    const ty_listener *listener;
    ty_read_counts *counts;
};

/* report.c */
void ty_glossary_warn(struct glossary_reader *reader, size_t line, const char *rule, const char *format, ...)
    TY_PRINTF(4, 5);
void ty_glossary_reject(struct glossary_reader *reader, size_t line, const char *rule, const char *message);

/* rows_read.c: rows to concepts, from where the table stands to its end; the glossary is told first. */
ty_status ty_glossary_rows_to_concepts(struct glossary_reader *reader, struct table *table,
                                       const struct columns *columns, const ty_glossary *glossary,
                                       ty_error *error);
/* utx.c */
ty_status ty_utx_read(struct glossary_reader *reader, struct table *table, ty_error *error);
/* ty_tbx_read.c */
ty_status ty_tbx_read(struct glossary_reader *reader, const ty_source *source, ty_error *error);

#endif
