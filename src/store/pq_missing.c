/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A memory as it is beside a memory as it should be: tables and indexes that an earlier program did not make
 * are added by who owns it; verify tells of what else differs.
 */
#include "store/pq_tables.h"

/* Of tables and indexes in the schema, each with a line end before and behind. */
static ty_status list_names(ty_store *store, ty_buffer *out, ty_error *error)
{
    ty_row *row = NULL;
    ty_status status = ty_sql_prepare(store,
                                      "SELECT CAST(relname AS text) FROM pg_class WHERE relkind IN ('r', 'i')"
                                      " AND relnamespace = CAST(quote_ident(current_schema) AS regnamespace)",
                                      &row, error);
    ty_buffer_add_char(out, '\n');
    while (status == TY_OK && (status = ty_sql_step(store, row, error)) == TY_OK) {
        ty_buffer_add(out, ty_row_text(row, 0));
        ty_buffer_add_char(out, '\n');
    }
    ty_row_close(row);
    return status != TY_NO ? status : out->failed ? ty_error_nomem(error) : TY_OK;
}

static bool is_listed(const ty_buffer *names, ty_slice name)
{
    ty_slice list = ty_buffer_slice(names);
    for (size_t at = 0; (at = ty_slice_find(list, name, at)) != SIZE_MAX; at++)
        if (list.data[at - 1] == '\n' && list.data[at + name.size] == '\n')
            return true;
    return false;
}

/* "CREATE INDEX NAME ON ..." */
static ty_slice index_of(ty_slice line)
{
    size_t end = ty_slice_find(line, TY_SLICE(" ON "), 0);
    ty_slice before = ty_slice_sub(line, 0, end == SIZE_MAX ? line.size : end);
    size_t begin = before.size;
    while (begin > 0 && before.data[begin - 1] != ' ')
        begin--;
    return ty_slice_sub(before, begin, before.size);
}

static void add_line(ty_buffer *out, ty_slice line)
{
    ty_buffer_add(out, line);
    ty_buffer_add_char(out, '\n');
}

static ty_status write_missing_tables(const ty_buffer *there, ty_buffer *out, ty_error *error)
{
    ty_buffer names = {0};
    ty_status status = ty_pq_tables_names(&names, error);
    ty_slice text = ty_buffer_slice(&names);
    for (size_t at = 0; at < text.size && status == TY_OK;) {
        ty_slice name = ty_pq_next_line(text, &at);
        if (!is_listed(there, name))
            status = ty_pq_tables_write(&name, out, error);
    }
    ty_buffer_release(&names);
    return status;
}

/* Of tables that are there: a new one brings its own. */
static bool lacks_index(const ty_buffer *there, const ty_buffer *made, ty_slice line)
{
    ty_slice name = index_of(line);
    return !is_listed(there, name) && ty_slice_find(ty_buffer_slice(made), line, 0) == SIZE_MAX;
}

static ty_status write_missing_indexes(const ty_buffer *there, ty_buffer *out, ty_error *error)
{
    ty_buffer lines = {0};
    ty_status status = ty_pq_tables_indexes(&lines, error);
    ty_slice text = ty_buffer_slice(&lines);
    for (size_t at = 0; at < text.size && status == TY_OK;) {
        ty_slice line = ty_pq_next_line(text, &at);
        if (lacks_index(there, out, line))
            add_line(out, line);
    }
    ty_buffer_release(&lines);
    return status;
}

static ty_status write_missing(ty_store *store, ty_buffer *out, ty_error *error)
{
    ty_buffer there = {0};
    ty_status status = list_names(store, &there, error);
    if (status == TY_OK)
        status = write_missing_tables(&there, out, error);
    if (status == TY_OK)
        status = write_missing_indexes(&there, out, error);
    ty_buffer_release(&there);
    return status == TY_OK && out->failed ? ty_error_nomem(error) : status;
}

ty_status ty_pq_add_missing(ty_store *store, bool dry_run, ty_error *error)
{
    ty_buffer text = {0};
    ty_status status = ty_pq_begin_beside(store, error); /* what others look at first may be missing */
    if (status != TY_OK)
        return status;
    status = ty_pq_take_turn(store, error);
    if (status == TY_OK)
        status = write_missing(store, &text, error);
    if (status == TY_OK && text.size)
        status = ty_pq_script(store, text.data, error);
    if (status == TY_OK && !dry_run)
        status = ty_pq_commit(store, error);
    if (store->pq->writing)
        ty_pq_rollback(store);
    bool any = text.size > 0;
    ty_buffer_release(&text);
    return status == TY_OK && !any ? TY_NO : status;
}

ty_status ty_pq_migrate(const char *address, bool dry_run, int *version, ty_error *error)
{
    ty_store *store = NULL;
    ty_status status = ty_pq_open_bare(address, TY_STORE_WRITE, &store, error);
    if (status == TY_OK)
        status = ty_pq_schema_own(store, error);
    *version = TY_SCHEMA_VERSION;
    if (status == TY_OK)
        status = ty_pq_add_missing(store, dry_run, error);
    ty_store_close(store);
    return status;
}

/* ------------------------------------------------------------------------------------------ shape */

static ty_status list_columns(ty_store *store, ty_buffer *out, ty_error *error)
{
    static const char text[] =
        "SELECT CAST(c.relname AS text), CAST(a.attname AS text), format_type(a.atttypid, NULL)"
        " FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid WHERE c.relkind = 'r' AND c.relname <> "
        "'about'"
        " AND c.relnamespace = CAST(quote_ident(current_schema) AS regnamespace) AND a.attnum > 0"
        " AND NOT a.attisdropped ORDER BY CAST(c.relname AS text) COLLATE \"C\", a.attnum";
    ty_row *row = NULL;
    ty_status status = ty_sql_prepare(store, text, &row, error);
    while (status == TY_OK && (status = ty_sql_step(store, row, error)) == TY_OK)
        for (int i = 0; i < 3; i++) {
            ty_buffer_add(out, ty_row_text(row, i));
            ty_buffer_add_char(out, '\n');
        }
    ty_row_close(row);
    return status == TY_NO ? TY_OK : status;
}

/* Indexes that others have added are theirs. */
static ty_status list_indexes(ty_store *store, ty_buffer *wanted, ty_buffer *there, ty_error *error)
{
    ty_buffer lines = {0}, names = {0};
    ty_status status = ty_pq_tables_indexes(&lines, error);
    if (status == TY_OK)
        status = list_names(store, &names, error);
    ty_slice text = ty_buffer_slice(&lines);
    for (size_t at = 0; at < text.size && status == TY_OK;) {
        ty_slice name = index_of(ty_pq_next_line(text, &at));
        add_line(wanted, name);
        if (is_listed(&names, name))
            add_line(there, name);
    }
    ty_buffer_release(&lines);
    ty_buffer_release(&names);
    return status;
}

ty_status ty_pq_shape(ty_store *store, ty_buffer *wanted, ty_buffer *there, ty_error *error)
{
    ty_status status = ty_pq_tables_columns(wanted, error);
    if (status == TY_OK)
        status = list_columns(store, there, error);
    return status == TY_OK ? list_indexes(store, wanted, there, error) : status;
}
