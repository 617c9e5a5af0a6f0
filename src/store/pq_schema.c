/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The schema of a memory in PostgreSQL: is it there, is it ours, may it be used; and a new one.
 */
#include "store/ledger.h"
#include "store/pq_tables.h"

#include <stdio.h>

/* That a memory has, with `about`, and indexes that are no constraints; one with fewer is of an earlier time.
 */
enum { TABLES = 27, INDEXES = 20 };

static ty_status write_schema(ty_store *store, ty_buffer *out, ty_error *error)
{
    ty_buffer_add_format(out, "CREATE SCHEMA IF NOT EXISTS %s;\n", store->pq->quoted);
    ty_status status = ty_pq_tables_write(NULL, out, error);
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
    bool schema, about, utf8, tables, reads, writes, owns;
    int64_t count, indexes; /* tables, and indexes that are no constraints */
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
        "  AND c.relkind = 'r'),"
        " (SELECT count(*) FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace WHERE n.nspname = ?1"
        "  AND c.relkind = 'i' AND NOT EXISTS (SELECT 1 FROM pg_constraint k WHERE k.conindid = c.oid)),"
        " coalesce((SELECT pg_has_role(c.relowner, 'USAGE') FROM pg_class c JOIN pg_namespace n"
        "  ON n.oid = c.relnamespace WHERE n.nspname = ?1 AND c.relname = 'unit'), false)";
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
                       .count = ty_row_int(row, 6),
                       .indexes = ty_row_int(row, 7),
                       .owns = ty_row_int(row, 8) != 0};
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
        return ty_pq_commit(store, error);
    ty_pq_rollback(store);
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
    status = check_version(store, error);
    if (status == TY_OK && mode != TY_STORE_READ && there.owns && there.indexes < INDEXES)
        status = ty_pq_add_missing(store, false, error);
    return status == TY_NO ? TY_OK : status;
}

ty_status ty_pq_schema_own(ty_store *store, ty_error *error)
{
    found there;
    ty_status status = look(store, &there, error);
    if (status == TY_OK && !there.about)
        return refuse_missing(store, error);
    if (status == TY_OK && !there.owns)
        return ty_error_set(error, TY_ERR_USAGE, "%s: only who owns the memory can bring it up to date",
                            store->path);
    return status == TY_OK ? check_version(store, error) : status;
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
