/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The memory as a whole: what is in it, and whether it is sound.
 */
#include "store/ledger.h"

#include <stdio.h>
#include <stdlib.h>

/* ------------------------------------------------------------------------------------------ statistics */

static ty_status list_languages(ty_store *store, const char *prefix, ty_arena *arena, ty_tally *out,
                                ty_error *error)
{
    ty_status status;
    sqlite3_stmt *row = ty_sql(store, SQL_TALLY_LANGUAGES, error, "s", ty_slice_of(prefix));
    while ((status = ty_sql_step(store, row, error)) == TY_OK) {
        ty_count count = {ty_sql_copy(row, 0, arena), (uint64_t)sqlite3_column_int64(row, 1)};
        if (arena->failed || !ty_vector_push(out, count))
            break;
    }
    if (row)
        sqlite3_reset(row);
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
    sqlite3_stmt *row = ty_sql(store, SQL_STATS, error, "");
    ty_status status = ty_sql_step(store, row, error);
    if (status != TY_OK)
        return status;
    out->file_bytes = (uint64_t)sqlite3_column_int64(row, 0);
    out->derived_bytes = (uint64_t)sqlite3_column_int64(row, 1);
    sqlite3_reset(row);
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

/* ------------------------------------------------------------------------------------------ verify */

typedef struct verifier {
    ty_store *store;
    const ty_listener *listener;
    uint64_t findings;
    ty_arena arena;
    ty_buffer plain;
} verifier;

static void found(verifier *v, int64_t unit, const char *rule, const char *format, ...) TY_PRINTF(4, 5);

static void found(verifier *v, int64_t unit, const char *rule, const char *format, ...)
{
    char message[512];
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(message, sizeof message, format, arguments);
    va_end(arguments);
    v->findings++;
    ty_warn(v->listener, v->store->path, 0, (size_t)unit, rule, "%s", message);
}

/* Runs a checking query and hands each row on. A file too broken to be asked is a finding as well. */
static ty_status each_row(verifier *v, ty_sql_walk which, void (*row_found)(verifier *, sqlite3_stmt *),
                          ty_error *error)
{
    sqlite3_stmt *row = NULL;
    ty_error trouble = {0};
    ty_status status = ty_sql_walk_open(v->store, which, &row, &trouble);
    while (status == TY_OK && (status = ty_sql_step(v->store, row, &trouble)) == TY_OK)
        row_found(v, row);
    sqlite3_finalize(row);
    if (status == TY_OK || status == TY_NO)
        return TY_OK;
    if (trouble.status != TY_ERR_STORE)
        return ty_error_set(error, trouble.status, "%s", trouble.message);
    found(v, 0, "file-damaged", "%s", trouble.message);
    return TY_OK;
}

static void integrity_row(verifier *v, sqlite3_stmt *row)
{
    ty_slice text = ty_sql_text(row, 0);
    if (!ty_slice_equal(text, TY_SLICE("ok")))
        found(v, 0, "file-integrity", "%.*s", TY_SLICE_FORMAT(text));
}

static void foreign_key_row(verifier *v, sqlite3_stmt *row)
{
    ty_slice table = ty_sql_text(row, 0);
    found(v, 0, "foreign-key", "%lld rows of %.*s refer to what is not there",
          (long long)sqlite3_column_int64(row, 1), TY_SLICE_FORMAT(table));
}

static void digest_row(verifier *v, sqlite3_stmt *row)
{
    int64_t unit = sqlite3_column_int64(row, 0);
    found(v, unit, "derived-digest", "the table of digests is wrong about unit %lld", (long long)unit);
}

static void part_row(verifier *v, sqlite3_stmt *row)
{
    ty_slice name = ty_sql_text(row, 0);
    found(v, 0, "derived-index", "the index %.*s is incomplete", TY_SLICE_FORMAT(name));
}

static void sum_found(void *payload, const char *table, int64_t rows)
{
    verifier *v = payload;
    if (rows)
        found(v, 0, "table-changed", "the table %s has %lld rows %s than came through Taiyaku", table,
              (long long)(rows < 0 ? -rows : rows), rows < 0 ? "fewer" : "more");
    else
        found(v, 0, "table-changed", "something in the table %s was changed without Taiyaku", table);
}

static void tally_row(verifier *v, sqlite3_stmt *row)
{
    ty_slice name = ty_sql_text(row, 1);
    found(v, 0, "derived-tally", "the figure \"%.*s\" of origin %lld is wrong", TY_SLICE_FORMAT(name),
          (long long)sqlite3_column_int64(row, 0));
}

static ty_status check_sums(verifier *v, ty_error *error)
{
    ty_error trouble = {0};
    ty_status status = ty_sums_check(v->store, sum_found, v, &trouble);
    if (status == TY_OK || status == TY_NO)
        return TY_OK;
    if (status != TY_ERR_STORE)
        return ty_error_set(error, status, "%s", trouble.message);
    found(v, 0, "file-damaged", "%s", trouble.message);
    return TY_OK;
}

/* Is the plain text what its inline markup says? */
static void check_texts(verifier *v, int64_t id, const ty_unit *unit)
{
    for (size_t i = 0; i < unit->variant_count; i++) {
        const ty_variant *variant = &unit->variants[i];
        if (!variant->content.data)
            continue;
        ty_buffer_clear(&v->plain);
        ty_inline_plain(variant->content, &v->plain);
        if (!ty_slice_equal(ty_buffer_slice(&v->plain), variant->text))
            found(v, id, "text-key", "unit %lld, variant %zu: the plain text is not that of its markup",
                  (long long)id, i + 1);
    }
}

static void unit_row(verifier *v, sqlite3_stmt *row)
{
    ty_error trouble = {0};
    ty_stored_unit stored;
    uint64_t digest;
    int64_t id = sqlite3_column_int64(row, 0);
    ty_arena_clear(&v->arena);
    if (ty_unit_read(v->store, id, &v->arena, &stored, &trouble) != TY_OK ||
        ty_unit_digest(v->store, &stored.unit, &digest, &trouble) != TY_OK) {
        found(v, id, "unit-unreadable", "unit %lld cannot be read: %s", (long long)id, trouble.message);
        return;
    }
    if (digest != (uint64_t)sqlite3_column_int64(row, 1))
        found(v, id, "unit-digest", "unit %lld is not what it was when it was written", (long long)id);
    check_texts(v, id, &stored.unit);
}

ty_status ty_store_verify(ty_store *store, const ty_listener *listener, uint64_t *findings, ty_error *error)
{
    verifier v = {.store = store, .listener = listener};
    ty_status status = each_row(&v, WALK_INTEGRITY, integrity_row, error);
    if (status == TY_OK)
        status = each_row(&v, WALK_FOREIGN_KEYS, foreign_key_row, error);
    if (status == TY_OK)
        status = each_row(&v, WALK_UNITS, unit_row, error);
    if (status == TY_OK)
        status = each_row(&v, WALK_DIGESTS, digest_row, error);
    if (status == TY_OK)
        status = each_row(&v, WALK_PARTS, part_row, error);
    if (status == TY_OK && !store->older)
        status = check_sums(&v, error);
    if (status == TY_OK && !store->older)
        status = each_row(&v, WALK_TALLIES, tally_row, error);
    ty_arena_release(&v.arena);
    ty_buffer_release(&v.plain);
    if (findings)
        *findings = v.findings;
    if (status != TY_OK)
        return status;
    return v.findings ? TY_NO : TY_OK;
}
