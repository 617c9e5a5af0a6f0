/* SPDX-License-Identifier: Apache-2.0 */
/* pq_tables - the words that make a memory's tables in PostgreSQL, a statement a line. */
#ifndef TY_STORE_PQ_TABLES_H
#define TY_STORE_PQ_TABLES_H

#include "store/pq.h"

/* All tables with what belongs to them, or only this one. */
ty_status ty_pq_tables_write(const ty_slice *only, ty_buffer *out, ty_error *error);
/* Of all, the indexes alone: "CREATE INDEX NAME ON TABLE (...);". */
ty_status ty_pq_tables_indexes(ty_buffer *out, ty_error *error);
/* Their names; a line each for table, column and type. Both sorted by the table. */
ty_status ty_pq_tables_names(ty_buffer *out, ty_error *error);
ty_status ty_pq_tables_columns(ty_buffer *out, ty_error *error);

ty_slice ty_pq_next_line(ty_slice text, size_t *at);
/* Is such a line about the table? */
bool ty_pq_line_is_about(ty_slice line, ty_slice table);

#endif
