/* SPDX-License-Identifier: Apache-2.0 */
/* What is in a memory, in figures. */
#include "store/ledger.h"

#include <stdlib.h>

static ty_status list_languages(ty_store *store, const char *prefix, ty_arena *arena, ty_tally *out,
                                ty_error *error)
{
    ty_status status;
    ty_row *row = ty_sql(store, SQL_TALLY_LANGUAGES, error, "s", ty_slice_of(prefix));
    while ((status = ty_sql_step(store, row, error)) == TY_OK) {
        ty_count count = {ty_row_copy(row, 0, arena), (uint64_t)ty_row_int(row, 1)};
        if (arena->failed || !ty_vector_push(out, count))
            break;
    }
    if (row)
        ty_row_end(row);
    if (status == TY_OK)
        return ty_error_nomem(error);
    return status == TY_NO ? TY_OK : status;
}

/* How many rows a table has, as its checksum says. */
static ty_status rows_of(ty_store *store, const char *table, uint64_t *out, ty_error *error)
{
    int64_t rows = 0;
    ty_status status = ty_sql_number(store, SQL_SUM_GET, &rows, error, "s", ty_slice_of(table));
    *out = (uint64_t)rows;
    return status == TY_NO ? TY_OK : status;
}

static ty_status figure(ty_store *store, const char *name, uint64_t *out, ty_error *error)
{
    int64_t count = 0;
    ty_status status =
        ty_sql_number(store, SQL_TALLY_GET, &count, error, "is", (int64_t)0, ty_slice_of(name));
    *out = (uint64_t)count;
    return status == TY_NO ? TY_OK : status;
}

static ty_status read_figures(ty_store *store, ty_stats *out, ty_error *error)
{
    const struct {
        const char *table;
        uint64_t *rows;
    } tables[] = {{"unit", &out->units},         {"variant", &out->variants},   {"origin", &out->origins},
                  {"document", &out->documents}, {"sentence", &out->sentences}, {"concept", &out->concepts},
                  {"term", &out->terms}};
    ty_status status = TY_OK;
    for (size_t i = 0; i < sizeof tables / sizeof *tables && status == TY_OK; i++)
        status = rows_of(store, tables[i].table, tables[i].rows, error);
    if (status == TY_OK)
        status = figure(store, "confirmed", &out->confirmed, error);
    if (status == TY_OK)
        status = figure(store, "aligned", &out->aligned, error);
    return status == TY_OK ? figure(store, "text bytes", &out->text_bytes, error) : status;
}

static ty_status read_sizes(ty_store *store, ty_stats *out, ty_error *error)
{
    ty_row *row = ty_sql(store, SQL_STATS, error, "");
    ty_status status = ty_sql_step(store, row, error);
    if (status != TY_OK)
        return status;
    out->file_bytes = (uint64_t)ty_row_int(row, 0);
    out->derived_bytes = (uint64_t)ty_row_int(row, 1);
    ty_row_end(row);
    return TY_OK;
}

/* All figures are kept. A file of an older version has none; who reads one counts, for this connection. */
ty_status ty_store_stats(ty_store *store, ty_arena *arena, ty_stats *out, ty_error *error)
{
    *out = (ty_stats){0};
    ty_status status = ty_figures_ready(store, error);
    if (status == TY_OK)
        status = read_figures(store, out, error);
    if (status == TY_OK)
        status = read_sizes(store, out, error);
    if (status == TY_OK)
        status = list_languages(store, "variants:", arena, &out->languages, error);
    if (status == TY_OK)
        status = list_languages(store, "terms:", arena, &out->term_languages, error);
    if (status != TY_OK)
        ty_stats_release(out);
    return status;
}

void ty_stats_release(ty_stats *stats)
{
    ty_vector_release(&stats->languages);
    ty_vector_release(&stats->term_languages);
}
