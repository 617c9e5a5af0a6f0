/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The tables of a memory and the way from one version of them to the next.
 */
#include "store/sqlite.h"

#include <stdio.h>

/*
 * steps[v] leads from version v to v + 1; a step once released is never changed. What the step brings to the
 * file, its stand-in brings to a reader's connection, empty, so that an older file can be read where it may
 * not be changed. A step without one ends that: older files must then be migrated before they are read.
 */
static const struct {
    const char *step, *stand_in;
    ty_status (*after)(ty_store *store, ty_error *error); /* what SQL alone cannot do; may be NULL */
} steps[TY_SCHEMA_VERSION] = {{ty_version_1, NULL, NULL},
                              {ty_version_2, ty_version_2_stand_in, NULL},
                              {ty_version_3, ty_version_3_stand_in, ty_version_3_after}};

static ty_status pragma_number(ty_store *store, const char *pragma, int64_t *out, ty_error *error)
{
    ty_row *statement = NULL;
    ty_status status = TY_OK;
    if (ty_sql_prepare(store, pragma, &statement, NULL) == TY_OK &&
        ty_sql_step(store, statement, NULL) == TY_OK)
        *out = ty_row_int(statement, 0);
    else
        status = ty_sql_failed(store, "reading the memory", error);
    ty_row_close(statement);
    return status;
}

static ty_status refuse(ty_store *store, ty_error *error, const char *why)
{
    ty_error_locate(error, store->path, 0, 0);
    return ty_error_set(error, TY_ERR_STORE, "%s", ty_words(why));
}

static ty_status refuse_newer(ty_store *store, ty_error *error)
{
    return refuse(store, error, "a memory of a newer version of Taiyaku; please update the program");
}

static ty_status make_whole(ty_store *store, ty_error *error)
{
    ty_status status = ty_sql_script(store, ty_schema_whole, error);
    return status == TY_OK ? ty_version_3_after(store, error) : status;
}

static ty_status run_steps(ty_store *store, int64_t version, ty_error *error)
{
    ty_status status = TY_OK;
    if (!version)
        return make_whole(store, error);
    for (; status == TY_OK && version < TY_SCHEMA_VERSION; version++) {
        status = ty_sql_script(store, steps[version].step, error);
        if (status == TY_OK && steps[version].after)
            status = steps[version].after(store, error);
    }
    return status;
}

/* Runs the steps that are missing, in one transaction; another process may have been faster, and newer. What
 * the memory holds must be as much afterwards as before. Not kept, all of it is taken back. */
static ty_status migrate(ty_store *store, bool kept, ty_error *error)
{
    int64_t version = 0;
    char stamp[96];
    ty_buffer before = {0};
    /* Tables that are made anew must not take along what refers to them. */
    ty_status status = ty_sql_script(store, "PRAGMA foreign_keys = OFF; BEGIN IMMEDIATE", error);
    if (status != TY_OK)
        return status;
    status = pragma_number(store, "PRAGMA user_version", &version, error);
    if (status == TY_OK && version > TY_SCHEMA_VERSION)
        status = refuse_newer(store, error);
    if (status == TY_OK && version)
        status = ty_holdings_count(store, &before, error);
    if (status == TY_OK)
        status = run_steps(store, version, error);
    if (status == TY_OK && version)
        status = ty_holdings_compare(store, &before, error);
    snprintf(stamp, sizeof stamp, "PRAGMA application_id = %d; PRAGMA user_version = %d; %s",
             TY_APPLICATION_ID, TY_SCHEMA_VERSION, kept ? "COMMIT" : "ROLLBACK");
    if (status == TY_OK)
        status = ty_sql_script(store, stamp, error);
    if (status != TY_OK && !sqlite3_get_autocommit(store->db))
        sqlite3_exec(store->db, "ROLLBACK", 0, 0, 0);
    sqlite3_exec(store->db, "PRAGMA foreign_keys = ON", 0, 0, 0);
    ty_buffer_release(&before);
    return status;
}

/* An older file is kept beside the one that takes its place. */
static ty_status bring_up(ty_store *store, int64_t version, ty_error *error)
{
    ty_status status = ty_copy_keep(store, version, error);
    if (status == TY_OK)
        status = migrate(store, true, error);
    if (status != TY_OK)
        ty_copy_drop(store);
    return status;
}

/* Makes an older file readable as it is. */
static ty_status stand_in(ty_store *store, int64_t version, ty_error *error)
{
    ty_status status = TY_OK;
    for (; status == TY_OK && version < TY_SCHEMA_VERSION; version++) {
        if (!steps[version].stand_in)
            return refuse(store, error,
                          "a memory of an older version; it is brought up to date by the first "
                          "command that writes, \"import\" for example");
        status = ty_sql_script(store, steps[version].stand_in, error);
        store->older = true;
    }
    return status;
}

/* A file of this version that was never opened for writing since zones are kept. */
static ty_status without_zones(ty_store *store, ty_error *error)
{
    int64_t there = 0;
    ty_status status = pragma_number(
        store, "SELECT count(*) FROM main.sqlite_schema WHERE name = 'derived_zone'", &there, error);
    return status == TY_OK && !there ? ty_sql_script(store, ty_version_3_no_zones, error) : status;
}

static ty_status create(ty_store *store, ty_error *error)
{
    char pragmas[96];
    snprintf(pragmas, sizeof pragmas, "PRAGMA page_size = %d; PRAGMA journal_mode = WAL", TY_PAGE_SIZE);
    ty_status status = ty_sql_script(store, pragmas, error);
    return status == TY_OK ? migrate(store, true, error) : status;
}

/*
 * A file from elsewhere may bring what runs by itself, or shows something else under the name of a table:
 * that is no memory of ours. Nor is one whose number of a version is not that of its tables.
 */
static ty_status check_shape(ty_store *store, int64_t version, ty_error *error)
{
    static const char strangers[] =
        "SELECT count(*) FROM sqlite_schema WHERE type = 'trigger' OR sql LIKE 'CREATE VIRTUAL%' OR (type = "
        "'view'"
        " AND name NOT IN ('pair', 'property', 'note', 'glossary', 'old_variant', 'unpaired'))";
    static const char tables[] =
        "SELECT 1 + (SELECT count(*) FROM sqlite_schema WHERE name = 'accepted_finding')"
        " + (SELECT count(*) FROM sqlite_schema WHERE name = 'step')";
    int64_t found = 0, meant = 0;
    ty_status status = pragma_number(store, strangers, &found, error);
    if (status == TY_OK && found)
        return refuse(
            store, error,
            "it has triggers, views or tables that are none of Taiyaku's and might do anything; it is "
            "not opened");
    if (status == TY_OK)
        status = pragma_number(store, tables, &meant, error);
    if (status == TY_OK && meant != version)
        return refuse(store, error, "damaged: its tables are not those of its version");
    return status;
}

const char *ty_schema_step(int64_t version)
{
    return version < TY_SCHEMA_VERSION ? steps[version].step : NULL;
}

/* The version of the file; 0 for an empty one. */
static ty_status read_version(ty_store *store, int64_t *out, ty_error *error)
{
    int64_t application = 0, version = 0, tables = 0;
    ty_status status = pragma_number(store, "PRAGMA application_id", &application, error);
    if (status == TY_OK)
        status = pragma_number(store, "PRAGMA user_version", &version, error);
    if (status == TY_OK)
        status = pragma_number(store, "SELECT count(*) FROM sqlite_schema", &tables, error);
    *out = version;
    if (status != TY_OK || (!application && !version && !tables))
        return status;
    if (application != TY_APPLICATION_ID)
        return refuse(store, error, "a database of another program, not a memory");
    if (version > TY_SCHEMA_VERSION)
        return refuse_newer(store, error);
    if (version < 1)
        return refuse(store, error, "damaged: the number of its schema's version is none that there was");
    return check_shape(store, version, error);
}

ty_status ty_schema_check(ty_store *store, ty_store_mode mode, ty_error *error)
{
    int64_t version = 0;
    ty_status status = read_version(store, &version, error);
    if (status == TY_OK && !version)
        return mode == TY_STORE_CREATE ? create(store, error)
                                       : refuse(store, error, "an empty file, not a memory");
    if (status == TY_OK && version == TY_SCHEMA_VERSION)
        return mode == TY_STORE_READ ? without_zones(store, error)
                                     : ty_sql_script(store, ty_version_3_indexes, error);
    if (status != TY_OK || version == TY_SCHEMA_VERSION)
        return status;
    return mode == TY_STORE_READ ? stand_in(store, version, error) : bring_up(store, version, error);
}

ty_status ty_schema_migrate(ty_store *store, bool dry_run, int *version, ty_error *error)
{
    int64_t found = 0;
    ty_status status = read_version(store, &found, error);
    *version = (int)found;
    if (status == TY_OK && !found)
        return refuse(store, error, "an empty file, not a memory");
    if (status != TY_OK || found == TY_SCHEMA_VERSION)
        return status == TY_OK ? TY_NO : status;
    if (!dry_run)
        return bring_up(store, found, error);
    status = ty_copy_check_room(store, error);
    return status == TY_OK ? migrate(store, false, error) : status;
}

int ty_store_version(void)
{
    return TY_SCHEMA_VERSION;
}
