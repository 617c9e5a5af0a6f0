/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The tables of a memory and the way from one version of them to the next.
 */
#include "store/internal.h"

#include <stdio.h>

static const char version_1[] =
    /* What the file is. */
    "CREATE TABLE memory ("
    " name TEXT PRIMARY KEY,"
    " value TEXT NOT NULL"
    ") STRICT, WITHOUT ROWID;"
    "CREATE TABLE generation ("
    " name TEXT PRIMARY KEY,"
    " value INTEGER NOT NULL"
    ") STRICT, WITHOUT ROWID;"
    "INSERT INTO memory VALUES ('identity', lower(hex(randomblob(16)))),"
    " ('created_at', strftime('%Y%m%dT%H%M%SZ', 'now'));"
    "INSERT INTO generation VALUES ('units', 0), ('concepts', 0);"

    /* Where things came from. */
    "CREATE TABLE origin ("
    " id INTEGER PRIMARY KEY,"
    " name TEXT NOT NULL UNIQUE,"
    " kind TEXT NOT NULL,"
    " title TEXT,"
    " date TEXT,"
    " url TEXT,"
    " imported_at TEXT NOT NULL,"
    " updated_at TEXT NOT NULL,"
    " brought INTEGER NOT NULL DEFAULT 0,"
    " digest TEXT,"
    " header_version TEXT,"
    " header_attributes TEXT,"
    " header_infos TEXT"
    ") STRICT;"
    "CREATE TABLE document ("
    " id INTEGER PRIMARY KEY,"
    " origin INTEGER NOT NULL REFERENCES origin (id) ON DELETE CASCADE,"
    " lang TEXT NOT NULL,"
    " title TEXT,"
    " date TEXT,"
    " url TEXT,"
    " file_name TEXT,"
    " encoding TEXT,"
    " digest INTEGER NOT NULL"
    ") STRICT;"
    "CREATE INDEX document_by_origin ON document (origin);"
    "CREATE TABLE sentence ("
    " document INTEGER NOT NULL REFERENCES document (id) ON DELETE CASCADE,"
    " number INTEGER NOT NULL,"
    " paragraph INTEGER NOT NULL,"
    " text TEXT NOT NULL,"
    " PRIMARY KEY (document, number)"
    ") STRICT, WITHOUT ROWID;"

    /* Units. */
    "CREATE TABLE unit ("
    " id INTEGER PRIMARY KEY,"
    " status TEXT NOT NULL,"
    " tuid TEXT,"
    " srclang TEXT,"
    " creationdate TEXT,"
    " creationid TEXT,"
    " changedate TEXT,"
    " changeid TEXT,"
    " attributes TEXT,"
    " infos TEXT,"
    " digest INTEGER NOT NULL"
    ") STRICT;"
    "CREATE TABLE variant ("
    " unit INTEGER NOT NULL REFERENCES unit (id) ON DELETE CASCADE,"
    " position INTEGER NOT NULL,"
    " lang TEXT NOT NULL,"
    " text TEXT NOT NULL,"
    " content TEXT,"
    " creationdate TEXT,"
    " creationid TEXT,"
    " changedate TEXT,"
    " changeid TEXT,"
    " attributes TEXT,"
    " infos TEXT,"
    " PRIMARY KEY (unit, position)"
    ") STRICT, WITHOUT ROWID;"
    "CREATE TABLE unit_origin ("
    " origin INTEGER NOT NULL REFERENCES origin (id) ON DELETE CASCADE,"
    " position INTEGER NOT NULL,"
    " unit INTEGER NOT NULL REFERENCES unit (id) ON DELETE CASCADE,"
    " PRIMARY KEY (origin, position)"
    ") STRICT, WITHOUT ROWID;"
    "CREATE INDEX unit_origin_by_unit ON unit_origin (unit);"
    "CREATE TABLE bead ("
    " unit INTEGER NOT NULL REFERENCES unit (id) ON DELETE CASCADE,"
    " origin INTEGER NOT NULL REFERENCES origin (id) ON DELETE CASCADE,"
    " source_document INTEGER NOT NULL REFERENCES document (id),"
    " source_first INTEGER NOT NULL,"
    " source_count INTEGER NOT NULL,"
    " target_document INTEGER NOT NULL REFERENCES document (id),"
    " target_first INTEGER NOT NULL,"
    " target_count INTEGER NOT NULL,"
    " confidence REAL NOT NULL,"
    " aligned_at TEXT NOT NULL,"
    " tool TEXT,"
    " PRIMARY KEY (unit, origin)"
    ") STRICT, WITHOUT ROWID;"
    "CREATE INDEX bead_by_source ON bead (source_document, source_first);"
    "CREATE INDEX bead_by_target ON bead (target_document, target_first);"

    /* The past of units: what they were, and what does not come back by itself. */
    "CREATE TABLE history ("
    " id INTEGER PRIMARY KEY,"
    " step INTEGER NOT NULL,"
    " unit INTEGER NOT NULL,"
    " what TEXT NOT NULL,"
    " at TEXT NOT NULL,"
    " who TEXT,"
    " added INTEGER NOT NULL,"
    " generation INTEGER NOT NULL,"
    " undone INTEGER"
    ") STRICT;"
    "CREATE INDEX history_by_unit ON history (unit);"
    "CREATE INDEX history_by_step ON history (step);"
    "CREATE INDEX history_by_generation ON history (generation);"
    "CREATE INDEX history_by_undone ON history (undone) WHERE undone IS NOT NULL;"
    "CREATE TABLE old_unit ("
    " history INTEGER PRIMARY KEY REFERENCES history (id) ON DELETE CASCADE,"
    " status TEXT NOT NULL,"
    " tuid TEXT,"
    " srclang TEXT,"
    " creationdate TEXT,"
    " creationid TEXT,"
    " changedate TEXT,"
    " changeid TEXT,"
    " attributes TEXT,"
    " infos TEXT,"
    " digest INTEGER NOT NULL"
    ") STRICT;"
    "CREATE TABLE old_variant ("
    " history INTEGER NOT NULL REFERENCES history (id) ON DELETE CASCADE,"
    " position INTEGER NOT NULL,"
    " lang TEXT NOT NULL,"
    " text TEXT NOT NULL,"
    " content TEXT,"
    " creationdate TEXT,"
    " creationid TEXT,"
    " changedate TEXT,"
    " changeid TEXT,"
    " attributes TEXT,"
    " infos TEXT,"
    " PRIMARY KEY (history, position)"
    ") STRICT, WITHOUT ROWID;"
    "CREATE TABLE old_unit_origin ("
    " history INTEGER NOT NULL REFERENCES history (id) ON DELETE CASCADE,"
    " origin INTEGER NOT NULL,"
    " position INTEGER NOT NULL,"
    " PRIMARY KEY (history, origin, position)"
    ") STRICT, WITHOUT ROWID;"
    "CREATE TABLE old_bead ("
    " history INTEGER NOT NULL REFERENCES history (id) ON DELETE CASCADE,"
    " origin INTEGER NOT NULL,"
    " source_document INTEGER NOT NULL,"
    " source_first INTEGER NOT NULL,"
    " source_count INTEGER NOT NULL,"
    " target_document INTEGER NOT NULL,"
    " target_first INTEGER NOT NULL,"
    " target_count INTEGER NOT NULL,"
    " confidence REAL NOT NULL,"
    " aligned_at TEXT NOT NULL,"
    " tool TEXT,"
    " PRIMARY KEY (history, origin)"
    ") STRICT, WITHOUT ROWID;"
    "CREATE TABLE withheld ("
    " origin INTEGER NOT NULL REFERENCES origin (id) ON DELETE CASCADE,"
    " digest INTEGER NOT NULL,"
    " unit INTEGER NOT NULL,"
    " PRIMARY KEY (origin, digest, unit)"
    ") STRICT, WITHOUT ROWID;"

    /* The termbase. */
    "CREATE TABLE concept ("
    " id INTEGER PRIMARY KEY,"
    " name TEXT,"
    " subject TEXT,"
    " definition TEXT,"
    " note TEXT,"
    " source TEXT,"
    " infos TEXT,"
    " digest INTEGER NOT NULL"
    ") STRICT;"
    "CREATE INDEX concept_by_digest ON concept (digest);"
    "CREATE INDEX concept_by_name ON concept (name) WHERE name IS NOT NULL;"
    "CREATE TABLE term ("
    " concept INTEGER NOT NULL REFERENCES concept (id) ON DELETE CASCADE,"
    " position INTEGER NOT NULL,"
    " lang TEXT NOT NULL,"
    " text TEXT NOT NULL,"
    " status TEXT,"
    " part_of_speech TEXT,"
    " organisation TEXT,"
    " note TEXT,"
    " source TEXT,"
    " infos TEXT,"
    " PRIMARY KEY (concept, position)"
    ") STRICT, WITHOUT ROWID;"
    "CREATE TABLE concept_origin ("
    " origin INTEGER NOT NULL REFERENCES origin (id) ON DELETE CASCADE,"
    " position INTEGER NOT NULL,"
    " concept INTEGER NOT NULL REFERENCES concept (id) ON DELETE CASCADE,"
    " PRIMARY KEY (origin, position)"
    ") STRICT, WITHOUT ROWID;"
    "CREATE INDEX concept_origin_by_concept ON concept_origin (concept);"

    /* Derived: made from the tables above, and made again whenever they are missing or stale. */
    "CREATE TABLE derived_digest ("
    " digest INTEGER NOT NULL,"
    " unit INTEGER NOT NULL,"
    " PRIMARY KEY (digest, unit)"
    ") STRICT, WITHOUT ROWID;"
    "CREATE TABLE derived_index ("
    " name TEXT PRIMARY KEY,"
    " generation INTEGER NOT NULL,"
    " size INTEGER NOT NULL"
    ") STRICT, WITHOUT ROWID;"
    "CREATE TABLE derived_index_part ("
    " id INTEGER PRIMARY KEY,"
    " name TEXT NOT NULL REFERENCES derived_index (name) ON DELETE CASCADE,"
    " part INTEGER NOT NULL,"
    " data BLOB NOT NULL"
    ") STRICT;"
    "CREATE UNIQUE INDEX derived_index_part_by_name ON derived_index_part (name, part);"

    /* For people. */
    "CREATE VIEW pair AS"
    " SELECT s.unit, o.name AS origin, s.lang AS source_lang, s.text AS source, t.lang AS target_lang,"
    "  t.text AS target, b.confidence"
    " FROM variant s JOIN variant t ON t.unit = s.unit AND t.position > s.position"
    "  LEFT JOIN unit_origin l ON l.unit = s.unit"
    "  LEFT JOIN origin o ON o.id = l.origin"
    "  LEFT JOIN bead b ON b.unit = l.unit AND b.origin = l.origin;"
    "CREATE VIEW property AS"
    " SELECT u.id AS unit, NULL AS variant, json_extract(j.value, '$.prop.type') AS type,"
    "  json_extract(j.value, '$.text') AS text"
    " FROM unit u, json_each(u.infos) j WHERE json_type(j.value, '$.prop') IS NOT NULL"
    " UNION ALL"
    " SELECT v.unit, v.position, json_extract(j.value, '$.prop.type'), json_extract(j.value, '$.text')"
    " FROM variant v, json_each(v.infos) j WHERE json_type(j.value, '$.prop') IS NOT NULL;"
    "CREATE VIEW note AS"
    " SELECT u.id AS unit, NULL AS variant, json_extract(j.value, '$.text') AS text"
    " FROM unit u, json_each(u.infos) j WHERE json_type(j.value, '$.note') IS NOT NULL"
    " UNION ALL"
    " SELECT v.unit, v.position, json_extract(j.value, '$.text')"
    " FROM variant v, json_each(v.infos) j WHERE json_type(j.value, '$.note') IS NOT NULL;"
    "CREATE VIEW glossary AS"
    " SELECT c.id AS concept, s.lang AS source_lang, s.text AS source, s.status AS source_status,"
    "  t.lang AS target_lang, t.text AS target, t.status AS target_status, c.subject, c.definition, c.note"
    " FROM concept c JOIN term s ON s.concept = c.id JOIN term t ON t.concept = c.id AND t.lang <> s.lang;";

/* Findings of a check that a person has looked at and let stand. */
#define ACCEPTED_FINDING                                                                                     \
    " accepted_finding ("                                                                                    \
    " id TEXT PRIMARY KEY,"                                                                                  \
    " fault TEXT NOT NULL,"                                                                                  \
    " words TEXT NOT NULL,"                                                                                  \
    " source TEXT NOT NULL,"                                                                                 \
    " target TEXT NOT NULL,"                                                                                 \
    " accepted_at TEXT NOT NULL,"                                                                            \
    " who TEXT"                                                                                              \
    ") STRICT, WITHOUT ROWID;"

/*
 * steps[v] leads from version v to v + 1; a step once released is never changed. What the step brings to the
 * file, its stand-in brings to a reader's connection, empty, so that an older file can be read where it may
 * not be changed. A step without one ends that: older files must then be migrated before they are read.
 */
static const struct {
    const char *step, *stand_in;
    ty_status (*after)(ty_store *store, ty_error *error); /* what SQL alone cannot do; may be NULL */
} steps[TY_SCHEMA_VERSION] = {{version_1, NULL, NULL},
                              {"CREATE TABLE" ACCEPTED_FINDING, "CREATE TEMP TABLE" ACCEPTED_FINDING, NULL},
                              {ty_version_3, ty_version_3_stand_in, ty_version_3_after}};

static ty_status pragma_number(ty_store *store, const char *pragma, int64_t *out, ty_error *error)
{
    sqlite3_stmt *statement = NULL;
    ty_status status = TY_OK;
    if (sqlite3_prepare_v2(store->db, pragma, -1, &statement, NULL) == SQLITE_OK &&
        sqlite3_step(statement) == SQLITE_ROW)
        *out = sqlite3_column_int64(statement, 0);
    else
        status = ty_sql_failed(store, "reading the memory", error);
    sqlite3_finalize(statement);
    return status;
}

static ty_status refuse(ty_store *store, ty_error *error, const char *why)
{
    ty_error_locate(error, store->path, 0, 0);
    return ty_error_set(error, TY_ERR_STORE, "%s: %s", store->path, why);
}

static ty_status refuse_newer(ty_store *store, ty_error *error)
{
    return refuse(store, error, "a memory of a newer version of Taiyaku; please update the program");
}

static ty_status run_steps(ty_store *store, int64_t version, ty_error *error)
{
    ty_status status = TY_OK;
    for (; status == TY_OK && version < TY_SCHEMA_VERSION; version++) {
        status = ty_sql_script(store, steps[version].step, error);
        if (status == TY_OK && steps[version].after)
            status = steps[version].after(store, error);
    }
    return status;
}

/* Runs the steps that are missing, in one transaction; another process may have been faster, and newer. What
 * the memory holds must be as much afterwards as before. */
static ty_status migrate(ty_store *store, ty_error *error)
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
    snprintf(stamp, sizeof stamp, "PRAGMA application_id = %d; PRAGMA user_version = %d; COMMIT",
             TY_APPLICATION_ID, TY_SCHEMA_VERSION);
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
        status = migrate(store, error);
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

static ty_status create(ty_store *store, ty_error *error)
{
    char pragmas[96];
    snprintf(pragmas, sizeof pragmas, "PRAGMA page_size = %d; PRAGMA journal_mode = WAL", TY_PAGE_SIZE);
    ty_status status = ty_sql_script(store, pragmas, error);
    return status == TY_OK ? migrate(store, error) : status;
}

ty_status ty_schema_check(ty_store *store, ty_store_mode mode, ty_error *error)
{
    int64_t application = 0, version = 0, tables = 0;
    ty_status status = pragma_number(store, "PRAGMA application_id", &application, error);
    if (status == TY_OK)
        status = pragma_number(store, "PRAGMA user_version", &version, error);
    if (status == TY_OK)
        status = pragma_number(store, "SELECT count(*) FROM sqlite_schema", &tables, error);
    if (status != TY_OK)
        return status;

    if (!application && !version && !tables) {
        if (mode == TY_STORE_CREATE)
            return create(store, error);
        return refuse(store, error, "an empty file, not a memory");
    }
    if (application != TY_APPLICATION_ID)
        return refuse(store, error, "a database of another program, not a memory");
    if (version > TY_SCHEMA_VERSION)
        return refuse_newer(store, error);
    if (version < 1)
        return refuse(store, error, "damaged: the number of its schema's version is none that there was");
    if (version == TY_SCHEMA_VERSION)
        return TY_OK;
    return mode == TY_STORE_READ ? stand_in(store, version, error) : bring_up(store, version, error);
}

int ty_store_version(void)
{
    return TY_SCHEMA_VERSION;
}
