/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The words that make the tables of a memory in PostgreSQL. They are said once, in the steps of the schema
 * for files: SQLite makes them in memory, and what it then says of its tables is put into PostgreSQL's words.
 */
#include "store/ledger.h"
#include "store/pq_tables.h"

#include <stdio.h>

/* ------------------------------------------------------------------------------------------ tables */

#define TYPE                                                                                                 \
    "CASE p.type WHEN 'INTEGER' THEN 'bigint' WHEN 'REAL' THEN 'double precision' WHEN 'BLOB' THEN 'bytea'"  \
    " ELSE 'text' END"
#define OURS "m.type = 'table' AND m.name NOT LIKE 'sqlite_%'"
#define NAMES(from) "(SELECT group_concat(name, ', ') FROM (SELECT p.name " from "))"

/* Texts are compared byte by byte. Keys are checked at once, or at the end of a transaction that says so. */
static const char tables[] =
    "SELECT 'CREATE TABLE ' || m.name || ' (' || (SELECT group_concat('\"' || p.name || '\" ' || " TYPE
    " || CASE p.type WHEN 'TEXT' THEN ' COLLATE \"C\"' ELSE '' END"
    " || CASE WHEN p.\"notnull\" OR p.pk THEN ' NOT NULL' ELSE '' END"
    " || coalesce(' DEFAULT ' || p.dflt_value, ''), ', ') FROM pragma_table_info(m.name) p)"
    " || ', PRIMARY KEY (' || " NAMES(
        "FROM pragma_table_info(m.name) p WHERE p.pk ORDER BY p.pk") " || '));'"
                                                                     " FROM sqlite_schema m WHERE " OURS
                                                                     " ORDER BY m.name";
static const char uniques[] = "SELECT 'ALTER TABLE ' || m.name || ' ADD UNIQUE (' || " NAMES(
    "FROM pragma_index_info(l.name) p") " || ');' FROM sqlite_schema m, pragma_index_list(m.name) l "
                                        "WHERE " OURS " AND l.origin = 'u'"
                                        " ORDER BY m.name, l.name";
#define CHECKED "m.name NOT IN ('variant', 'unit_origin')"
static const char keys[] =
    "SELECT 'ALTER TABLE ' || m.name || ' ADD FOREIGN KEY (' || k.\"from\" || ') REFERENCES ' || k.\"table\""
    " || ' (' || k.\"to\" || ') ON DELETE ' || k.on_delete || ' DEFERRABLE;'"
    " FROM sqlite_schema m, pragma_foreign_key_list(m.name) k WHERE " OURS " AND " CHECKED
    " ORDER BY m.name, k.id";
/*
 * The two tables that bulk fills are not checked row by row, which is two thirds of the time: whoever fills
 * them has just made what they refer to, and verify looks. What they refer to takes them along when it goes.
 */
static const char takes[] =
    "SELECT 'CREATE FUNCTION takes_' || m.name || '_' || k.\"from\" || ' () RETURNS trigger LANGUAGE plpgsql "
    "AS"
    " $$BEGIN DELETE FROM ' || m.name || ' WHERE ' || k.\"from\" || ' = OLD.' || k.\"to\" || '; RETURN NULL; "
    "END$$;"
    " CREATE TRIGGER takes_' || m.name || '_' || k.\"from\" || ' AFTER DELETE ON ' || k.\"table\""
    " || ' FOR EACH ROW EXECUTE FUNCTION takes_' || m.name || '_' || k.\"from\" || ' ();'"
    " FROM sqlite_schema m, pragma_foreign_key_list(m.name) k WHERE " OURS " AND NOT (" CHECKED ")"
    " ORDER BY m.name, k.id";
/* What is true as a number is not true by itself. */
static const char indexes[] =
    "SELECT m.sql || CASE WHEN m.sql LIKE '%WHERE units' OR m.sql LIKE '%WHERE concepts' THEN ' <> 0' ELSE "
    "'' END"
    " || ';' FROM sqlite_schema m WHERE m.type = 'index' AND m.sql IS NOT NULL ORDER BY m.name";

/* ------------------------------------------------------------------------------------------ triggers */

/* Rows as JSON objects, as pq_told.c reads them: the server has that ready made, so that it costs a new
 * connection nothing to learn. */
static const char teller[] =
    "CREATE OR REPLACE FUNCTION told () RETURNS trigger LANGUAGE plpgsql AS $$BEGIN"
    " IF TG_OP = 'INSERT' THEN RAISE INFO USING ERRCODE = 'TY001', MESSAGE = TG_TABLE_NAME, HINT ="
    "  row_to_json(NEW);"
    " ELSIF TG_OP = 'DELETE' THEN RAISE INFO USING ERRCODE = 'TY001', MESSAGE = TG_TABLE_NAME, DETAIL ="
    "  row_to_json(OLD);"
    " ELSE RAISE INFO USING ERRCODE = 'TY001', MESSAGE = TG_TABLE_NAME, DETAIL = row_to_json(OLD), HINT ="
    "  row_to_json(NEW);"
    " END IF; RETURN NULL; END$$;\n";

static void add_trigger(ty_buffer *out, ty_slice table)
{
    ty_buffer_add_format(
        out,
        "CREATE TRIGGER told AFTER INSERT OR UPDATE OR DELETE ON %.*s FOR EACH ROW"
        " WHEN (coalesce(current_setting('taiyaku.bulk', true), '') <> 'on') EXECUTE FUNCTION told ();\n",
        TY_SLICE_FORMAT(table));
}

ty_slice ty_pq_next_line(ty_slice text, size_t *at)
{
    size_t end = ty_slice_find(text, TY_SLICE("\n"), *at), begin = *at;
    *at = end == SIZE_MAX ? text.size : end + 1;
    return ty_slice_sub(text, begin, end == SIZE_MAX ? text.size : end);
}

static ty_status add_triggers(const ty_slice *only, ty_buffer *out, ty_error *error)
{
    ty_buffer list = {0};
    ty_status status = ty_pq_tables_names(&list, error);
    ty_slice text = ty_buffer_slice(&list);
    ty_buffer_add_string(out, teller);
    for (size_t at = 0; at < text.size && status == TY_OK;) {
        char name[64];
        ty_slice table = ty_pq_next_line(text, &at);
        snprintf(name, sizeof name, "%.*s", TY_SLICE_FORMAT(table));
        if (ty_kept_named(name) != TY_KEPT_COUNT && (!only || ty_slice_equal(*only, table)))
            add_trigger(out, table);
    }
    ty_buffer_release(&list);
    return status;
}

/* ------------------------------------------------------------------------------------------ making */

/* All are: "CREATE TABLE NAME (", "ALTER TABLE NAME ADD", "INDEX ... ON NAME". */
bool ty_pq_line_is_about(ty_slice line, ty_slice table)
{
    static const char *const before[] = {"CREATE TABLE ", "ALTER TABLE ", " ON "};
    for (size_t i = 0; i < sizeof before / sizeof *before; i++) {
        size_t at = ty_slice_find(line, ty_slice_of(before[i]), 0);
        size_t begin = at == SIZE_MAX ? line.size : at + strlen(before[i]), end = begin + table.size;
        if (end < line.size && ty_slice_equal(ty_slice_sub(line, begin, end), table) &&
            strchr(" (", line.data[end]))
            return true;
    }
    return false;
}

static ty_status add_part(const char *part, const ty_slice *only, ty_buffer *out, ty_error *error)
{
    ty_buffer lines = {0};
    ty_status status = ty_schema_ask(part, &lines, error);
    ty_slice text = ty_buffer_slice(&lines);
    for (size_t at = 0; at < text.size && status == TY_OK;) {
        ty_slice line = ty_pq_next_line(text, &at);
        if (only && !ty_pq_line_is_about(line, *only))
            continue;
        ty_buffer_add(out, line);
        ty_buffer_add_char(out, '\n');
    }
    ty_buffer_release(&lines);
    return status;
}

ty_status ty_pq_tables_write(const ty_slice *only, ty_buffer *out, ty_error *error)
{
    static const char *const parts[] = {tables, uniques, keys, takes, indexes};
    ty_status status = TY_OK;
    for (size_t i = 0; i < sizeof parts / sizeof *parts && status == TY_OK; i++)
        status = add_part(parts[i], only, out, error);
    return status == TY_OK ? add_triggers(only, out, error) : status;
}

ty_status ty_pq_tables_indexes(ty_buffer *out, ty_error *error)
{
    return ty_schema_ask(indexes, out, error);
}

ty_status ty_pq_tables_names(ty_buffer *out, ty_error *error)
{
    return ty_schema_ask("SELECT m.name FROM sqlite_schema m WHERE " OURS " ORDER BY m.name", out, error);
}

ty_status ty_pq_tables_columns(ty_buffer *out, ty_error *error)
{
    return ty_schema_ask("SELECT m.name, p.name, " TYPE " FROM sqlite_schema m, pragma_table_info(m.name) p"
                         " WHERE " OURS " ORDER BY m.name, p.cid",
                         out, error);
}
