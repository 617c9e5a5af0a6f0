/* SPDX-License-Identifier: Apache-2.0 */
/*
 * unit_table - what the readers of tables of units share: units.c of columns, wordfast.c of Wordfast's own
 * form.
 */
#ifndef TY_FORMATS_UNIT_TABLE_H
#define TY_FORMATS_UNIT_TABLE_H

#include "formats/table/table.h"

enum { INFOS = COLUMNS + 1 };

struct unit_table {
    const char *path;
    const ty_unit_sink *sink;
    const ty_listener *listener;
    ty_read_counts *counts;
    struct table table;
    struct columns columns;
    ty_arena arena; /* of one unit */
    size_t unit;
    bool all_states;
};

void ty_unit_table_reject(struct unit_table *rows, const char *rule, const char *message);
/* The rows of a Wordfast memory, from its first line on. */
ty_status ty_wordfast_rows(struct unit_table *rows, ty_error *error);

#endif
