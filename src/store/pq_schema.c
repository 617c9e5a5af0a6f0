/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The tables of a memory in PostgreSQL. They are said once, in the steps of the schema for files: SQLite
 * makes them in memory, and what it then says of its tables is put into PostgreSQL's words.
 */
#include "store/ledger.h"
#include "store/pq.h"

#include <stdio.h>

/* That a memory has, with `about`; one with fewer is of an earlier time. */
enum { TABLES = 27 };

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

static const char helpers[] =
    "CREATE FUNCTION told_i (bigint) RETURNS text LANGUAGE sql IMMUTABLE AS"
    " $$SELECT coalesce('i' || $1 || ';', 'n')$$;"
    "CREATE FUNCTION told_r (double precision) RETURNS text LANGUAGE sql IMMUTABLE AS"
    " $$SELECT coalesce('r' || $1 || ';', 'n')$$;"
    "CREATE FUNCTION told_t (text) RETURNS text LANGUAGE sql IMMUTABLE AS"
    " $$SELECT coalesce('t' || octet_length($1) || ':' || $1, 'n')$$;";

/* The values of a row, OLD or NEW, as pq_told.c reads them. */
static const char values[] =
    "SELECT m.name, (SELECT group_concat('told_' || CASE p.type WHEN 'INTEGER' THEN 'i' WHEN 'REAL' THEN 'r'"
    " ELSE 't' END || ' (OLD.\"' || p.name || '\")', ' || ') FROM pragma_table_info(m.name) p)"
    " FROM sqlite_schema m WHERE " OURS " ORDER BY m.name";

static void add_replaced(ty_buffer *out, ty_slice text, const char *old, const char *new)
{
    size_t begin = 0, at;
    while ((at = ty_slice_find(text, ty_slice_of(old), begin)) != SIZE_MAX) {
        ty_buffer_add(out, ty_slice_sub(text, begin, at));
        ty_buffer_add_string(out, new);
        begin = at + strlen(old);
    }
    ty_buffer_add(out, ty_slice_sub(text, begin, text.size));
}

static void add_trigger(ty_buffer *out, ty_slice table, ty_slice row)
{
    static const char text[] =
        "CREATE FUNCTION told_TABLE () RETURNS trigger LANGUAGE plpgsql AS $$BEGIN"
        " IF TG_OP = 'INSERT' THEN RAISE INFO USING ERRCODE = 'TY001', MESSAGE = 'TABLE', HINT = NEW_ROW;"
        " ELSIF TG_OP = 'DELETE' THEN RAISE INFO USING ERRCODE = 'TY001', MESSAGE = 'TABLE', DETAIL = "
        "OLD_ROW;"
        " ELSE RAISE INFO USING ERRCODE = 'TY001', MESSAGE = 'TABLE', DETAIL = OLD_ROW, HINT = NEW_ROW;"
        " END IF; RETURN NULL; END$$;"
        "CREATE TRIGGER told AFTER INSERT OR UPDATE OR DELETE ON TABLE FOR EACH ROW"
        " WHEN (coalesce(current_setting('taiyaku.bulk', true), '') <> 'on') EXECUTE FUNCTION told_TABLE "
        "();\n";
    ty_buffer name = {0}, new = {0}, with_name = {0}, with_new = {0};
    ty_buffer_add(&name, table);
    add_replaced(&new, row, "OLD.", "NEW.");
    ty_buffer old = {0};
    ty_buffer_add(&old, row);
    add_replaced(&with_name, ty_slice_of(text), "TABLE", name.data ? name.data : "");
    add_replaced(&with_new, ty_buffer_slice(&with_name), "NEW_ROW", new.data ? new.data : "");
    add_replaced(out, ty_buffer_slice(&with_new), "OLD_ROW", old.data ? old.data : "");
    out->failed |= name.failed || new.failed || with_name.failed || with_new.failed || old.failed;
    ty_buffer_release(&name);
    ty_buffer_release(&new);
    ty_buffer_release(&old);
    ty_buffer_release(&with_name);
    ty_buffer_release(&with_new);
}

static ty_slice next_line(ty_slice text, size_t *at)
{
    size_t end = ty_slice_find(text, TY_SLICE("\n"), *at), begin = *at;
    *at = end == SIZE_MAX ? text.size : end + 1;
    return ty_slice_sub(text, begin, end == SIZE_MAX ? text.size : end);
}

static ty_status add_triggers(const ty_slice *only, ty_buffer *out, ty_error *error)
{
    ty_buffer list = {0};
    ty_status status = ty_schema_ask(values, &list, error);
    ty_slice text = ty_buffer_slice(&list);
    for (size_t at = 0; at < text.size && status == TY_OK;) {
        char name[64];
        ty_slice table = next_line(text, &at), row = next_line(text, &at);
        snprintf(name, sizeof name, "%.*s", TY_SLICE_FORMAT(table));
        if (ty_kept_named(name) != TY_KEPT_COUNT && (!only || ty_slice_equal(*only, table)))
            add_trigger(out, table, row);
    }
    ty_buffer_release(&list);
    return status;
}

/* ------------------------------------------------------------------------------------------ making */

/* Is the line about the table? All are: "CREATE TABLE NAME (", "ALTER TABLE NAME ADD", "INDEX ... ON NAME".
 */
static bool is_about(ty_slice line, ty_slice table)
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
        ty_slice line = next_line(text, &at);
        if (only && !is_about(line, *only))
            continue;
        ty_buffer_add(out, line);
        ty_buffer_add_char(out, '\n');
    }
    ty_buffer_release(&lines);
    return status;
}

/* All tables, or only one that is missing. */
static ty_status write_tables(const ty_slice *only, ty_buffer *out, ty_error *error)
{
    static const char *const parts[] = {tables, uniques, keys, takes, indexes};
    ty_status status = TY_OK;
    for (size_t i = 0; i < sizeof parts / sizeof *parts && status == TY_OK; i++)
        status = add_part(parts[i], only, out, error);
    if (!only)
        ty_buffer_add_string(out, helpers);
    return status == TY_OK ? add_triggers(only, out, error) : status;
}

static ty_status write_schema(ty_store *store, ty_buffer *out, ty_error *error)
{
    ty_buffer_add_format(out, "CREATE SCHEMA IF NOT EXISTS %s;\n", store->pq->quoted);
    ty_status status = write_tables(NULL, out, error);
    ty_buffer_add_format(out, "CREATE TABLE about (version integer NOT NULL); INSERT INTO about VALUES (%d);",
                         TY_SCHEMA_VERSION);
    return status == TY_OK && out->failed ? ty_error_nomem(error) : status;
}

ty_status ty_pq_schema_make(ty_store *store, ty_error *error)
{
    ty_buffer text = {0};
    ty_status status = write_schema(store, &text, error);
    if (status == TY_OK)
        status = ty_pq_script(store, text.data, error);
    ty_buffer_release(&text);
    return status;
}

/* What a new file has from its steps. */
static ty_status fill(ty_store *store, ty_error *error)
{
    char text[512];
    snprintf(
        text, sizeof text,
        "INSERT INTO memory VALUES ('identity', '%016llx%016llx'),"
        " ('created_at', to_char(now() AT TIME ZONE 'UTC', 'YYYYMMDD\"T\"HH24MISS\"Z\"'));"
        "INSERT INTO counter VALUES ('unit', 0), ('concept', 0), ('origin', 0), ('document', 0), ('bead', 0)",
        (unsigned long long)ty_sql_random(), (unsigned long long)ty_sql_random());
    ty_status status = ty_pq_tell(store, true, error);
    if (status == TY_OK)
        status = ty_pq_script(store, text, error);
    return status == TY_OK ? ty_sums_make(store, error) : status;
}

/* ------------------------------------------------------------------------------------------ checking */

typedef struct found {
    bool schema, about, utf8, tables, reads, writes;
    int64_t count; /* of tables */
    int64_t version;
} found;

static ty_status look(ty_store *store, found *out, ty_error *error)
{
    static const char text[] =
        "SELECT current_setting('server_encoding') = 'UTF8',"
        " EXISTS (SELECT 1 FROM pg_namespace n WHERE n.nspname = ?1),"
        " EXISTS (SELECT 1 FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace WHERE n.nspname = "
        "?1),"
        " EXISTS (SELECT 1 FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace WHERE n.nspname = ?1"
        "  AND c.relname = 'about'),"
        " coalesce((SELECT has_schema_privilege(n.oid, 'USAGE') FROM pg_namespace n WHERE n.nspname = ?1), "
        "false),"
        " coalesce((SELECT has_table_privilege(c.oid, 'INSERT') FROM pg_class c JOIN pg_namespace n"
        "  ON n.oid = c.relnamespace WHERE n.nspname = ?1 AND c.relname = 'unit'), false),"
        " (SELECT count(*) FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace WHERE n.nspname = ?1"
        "  AND c.relkind = 'r')";
    ty_row *row = NULL;
    ty_status status = ty_sql_prepare(store, text, &row, error);
    if (status == TY_OK) {
        ty_row_bind_text(row, 1, ty_slice_of(store->pq->schema));
        status = ty_sql_step(store, row, error);
    }
    if (status == TY_OK)
        *out = (found){.utf8 = ty_row_int(row, 0) != 0,
                       .schema = ty_row_int(row, 1) != 0,
                       .tables = ty_row_int(row, 2) != 0,
                       .about = ty_row_int(row, 3) != 0,
                       .reads = ty_row_int(row, 4) != 0,
                       .writes = ty_row_int(row, 5) != 0,
                       .count = ty_row_int(row, 6)};
    ty_row_close(row);
    return status;
}

static ty_status read_version(ty_store *store, int64_t *out, ty_error *error)
{
    ty_row *row = NULL;
    ty_status status = ty_sql_prepare(store, "SELECT max(version) FROM about", &row, error);
    if (status == TY_OK)
        status = ty_sql_step(store, row, error);
    *out = status == TY_OK ? ty_row_int(row, 0) : 0;
    ty_row_close(row);
    return status;
}

static ty_status refuse(ty_store *store, ty_error *error, const char *why)
{
    return ty_error_set(error, TY_ERR_STORE, "%s: %s", store->path, why);
}

static ty_status refuse_missing(ty_store *store, ty_error *error)
{
    ty_error_set(error, TY_ERR_STORE, "%s: there is no memory \"%s\" in this database", store->path,
                 store->pq->schema);
    ty_error_rule(error, "no-memory");
    return TY_ERR_STORE;
}

/* Two who make the same memory: the second finds it made. */
static ty_status create(ty_store *store, ty_error *error)
{
    found there;
    ty_status status = ty_pq_script(store, "BEGIN; SELECT pg_advisory_xact_lock(1413041749)", error);
    store->pq->writing = status == TY_OK;
    if (status == TY_OK)
        status = look(store, &there, error);
    if (status == TY_OK && !there.about) {
        status = ty_pq_schema_make(store, error);
        if (status == TY_OK)
            status = fill(store, error);
    }
    if (status == TY_OK)
        return ty_pq_engine.commit(store, error);
    ty_pq_engine.rollback(store);
    return status;
}

static ty_status check_version(ty_store *store, ty_error *error)
{
    int64_t version = 0;
    ty_status status = read_version(store, &version, error);
    if (status == TY_OK && version > TY_SCHEMA_VERSION)
        return refuse(store, error, "a memory of a newer version of Taiyaku; please update the program");
    if (status == TY_OK && version != TY_SCHEMA_VERSION)
        return refuse(store, error, "damaged: the number of its schema's version is none that there was");
    return status;
}

ty_status ty_pq_schema_check(ty_store *store, ty_store_mode mode, ty_error *error)
{
    found there;
    ty_status status = look(store, &there, error);
    if (status != TY_OK)
        return status;
    if (!there.utf8)
        return refuse(store, error, "the database must have the encoding UTF8");
    if (there.tables && !there.about)
        return refuse(store, error, "a schema of another program, not a memory");
    if (!there.about && mode != TY_STORE_CREATE)
        return refuse_missing(store, error);
    if (!there.about)
        return create(store, error);
    if (!there.reads)
        return refuse(store, error, "you may not read this memory; ask who runs the database");
    if (mode != TY_STORE_READ && !there.writes)
        return refuse(store, error, "you may read this memory, not change it; ask who runs the database");
    if (there.count < TABLES)
        return refuse(
            store, error,
            "made by an earlier version of Taiyaku: who owns it brings it up to date by \"migrate\"");
    return check_version(store, error);
}

/* ------------------------------------------------------------------------------------------ missing tables
 */

static ty_status is_there(ty_store *store, ty_slice table, bool *there, ty_error *error)
{
    ty_row *row = NULL;
    ty_status status = ty_sql_prepare(store,
                                      "SELECT 1 FROM pg_class WHERE relname = ?1 AND relkind = 'r'"
                                      " AND relnamespace = CAST(quote_ident(current_schema) AS regnamespace)",
                                      &row, error);
    if (status == TY_OK) {
        ty_row_bind_text(row, 1, table);
        status = ty_sql_step(store, row, error);
    }
    *there = status == TY_OK;
    ty_row_close(row);
    return status == TY_NO ? TY_OK : status;
}

static ty_status write_missing(ty_store *store, ty_buffer *out, ty_error *error)
{
    ty_buffer names = {0};
    ty_status status = ty_schema_ask("SELECT m.name FROM sqlite_schema m WHERE " OURS, &names, error);
    ty_slice text = ty_buffer_slice(&names);
    for (size_t at = 0; at < text.size && status == TY_OK;) {
        ty_slice name = next_line(text, &at);
        bool there = false;
        status = is_there(store, name, &there, error);
        if (status == TY_OK && !there)
            status = write_tables(&name, out, error);
    }
    ty_buffer_release(&names);
    return status == TY_OK && out->failed ? ty_error_nomem(error) : status;
}

static ty_status add_missing(ty_store *store, bool dry_run, ty_error *error)
{
    ty_buffer text = {0};
    ty_status status = ty_pq_engine.begin_beside(store, error); /* what others look at first may be missing */
    if (status != TY_OK)
        return status;
    status = ty_pq_engine.take_turn(store, error);
    if (status == TY_OK)
        status = write_missing(store, &text, error);
    if (status == TY_OK && text.size)
        status = ty_pq_script(store, text.data, error);
    if (status == TY_OK && !dry_run)
        status = ty_pq_engine.commit(store, error);
    if (store->pq->writing)
        ty_pq_engine.rollback(store);
    bool any = text.size > 0;
    ty_buffer_release(&text);
    return status == TY_OK && !any ? TY_NO : status;
}

ty_status ty_pq_migrate(const char *address, bool dry_run, int *version, ty_error *error)
{
    found there;
    ty_store *store = NULL;
    ty_status status = ty_pq_open_bare(address, TY_STORE_WRITE, &store, error);
    if (status == TY_OK)
        status = look(store, &there, error);
    if (status == TY_OK && !there.about)
        status = refuse_missing(store, error);
    if (status == TY_OK)
        status = check_version(store, error);
    *version = TY_SCHEMA_VERSION;
    if (status == TY_OK)
        status = add_missing(store, dry_run, error);
    ty_store_close(store);
    return status;
}

ty_status ty_pq_schema_there(ty_store *store, bool *there, ty_error *error)
{
    found all = {0};
    ty_status status = look(store, &all, error);
    *there = all.about;
    return status == TY_OK && all.tables && !all.about
               ? refuse(store, error, "a schema of another program, not a memory")
               : status;
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

ty_status ty_pq_shape(ty_store *store, ty_buffer *wanted, ty_buffer *there, ty_error *error)
{
    static const char columns[] =
        "SELECT m.name, p.name, " TYPE " FROM sqlite_schema m, pragma_table_info(m.name) p"
        " WHERE " OURS " ORDER BY m.name, p.cid";
    ty_status status = ty_schema_ask(columns, wanted, error);
    return status == TY_OK ? list_columns(store, there, error) : status;
}
