/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Version 3 of the schema: releases under review, steps with a name, stamps, sums of what is kept.
 *
 * The step brings an older file to it within the transaction of the migration; the stand-in lets a reader see
 * an older file as if it were one, through views of its own connection.
 */
#include "store/ledger.h"

#include <stdlib.h>

/* What a walk over units may ask for (narrow.c); dates and languages by zones (zones.c), since an index of
 * dates would cost an import more than half its time. */
#define ZONES                                                                                                \
    " (block INTEGER PRIMARY KEY, newest TEXT NOT NULL, langs TEXT NOT NULL, undated INTEGER NOT NULL)"
#define INDEXES                                                                                              \
    "CREATE INDEX IF NOT EXISTS unit_by_status ON unit (status) WHERE status <> '';"                         \
    "CREATE INDEX IF NOT EXISTS unit_by_conflict ON unit (conflict) WHERE conflict IS NOT NULL;"             \
    "CREATE INDEX IF NOT EXISTS bead_by_confidence ON bead (confidence) WHERE unit IS NOT NULL;"             \
    "CREATE INDEX IF NOT EXISTS origin_by_digest ON origin (digest) WHERE digest IS NOT NULL;"               \
    "CREATE INDEX IF NOT EXISTS origin_aligned ON origin (id) WHERE kind = 'aligned';"                       \
    "CREATE TABLE IF NOT EXISTS derived_zone" ZONES " STRICT;"

#define BEAD_COLUMNS                                                                                         \
    " id INTEGER PRIMARY KEY,"                                                                               \
    " origin INTEGER NOT NULL REFERENCES origin (id) ON DELETE CASCADE,"                                     \
    " source_document INTEGER NOT NULL REFERENCES document (id),"                                            \
    " source_first INTEGER NOT NULL,"                                                                        \
    " source_count INTEGER NOT NULL,"                                                                        \
    " target_document INTEGER NOT NULL REFERENCES document (id),"                                            \
    " target_first INTEGER NOT NULL,"                                                                        \
    " target_count INTEGER NOT NULL,"                                                                        \
    " unit INTEGER REFERENCES unit (id) ON DELETE SET NULL,"                                                 \
    " state TEXT NOT NULL,"                                                                                  \
    " who TEXT,"                                                                                             \
    " at TEXT,"                                                                                              \
    " omit INTEGER NOT NULL,"                                                                                \
    " flag INTEGER NOT NULL,"                                                                                \
    " ask INTEGER NOT NULL,"                                                                                 \
    " locked INTEGER NOT NULL,"                                                                              \
    " note TEXT,"                                                                                            \
    " confidence REAL NOT NULL,"                                                                             \
    " aligned_at TEXT NOT NULL,"                                                                             \
    " tool TEXT"

/* A migrated pair that a person has confirmed is a confirmed bead; who and when are not known. */
#define BEADS_OF_VERSION_2(id, table)                                                                        \
    " SELECT " id " AS id,"                                                                                  \
    " b.origin, b.source_document, b.source_first, b.source_count,"                                          \
    " b.target_document, b.target_first, b.target_count, b.unit,"                                            \
    " iif(u.status = 'confirmed', 'ok', 'auto') AS state, NULL AS who, NULL AS at,"                          \
    " 0 AS omit, 0 AS flag, 0 AS ask, 0 AS locked, NULL AS note, b.confidence, b.aligned_at, b.tool"         \
    " FROM main." table " b JOIN main.unit u ON u.id = b.unit"

#define STEP_COLUMNS                                                                                         \
    " id INTEGER PRIMARY KEY,"                                                                               \
    " stamp INTEGER NOT NULL,"                                                                               \
    " name TEXT NOT NULL,"                                                                                   \
    " subject TEXT,"                                                                                         \
    " at TEXT NOT NULL,"                                                                                     \
    " who TEXT,"                                                                                             \
    " origin INTEGER,"                                                                                       \
    " units INTEGER NOT NULL,"                                                                               \
    " concepts INTEGER NOT NULL,"                                                                            \
    " takes_back INTEGER,"                                                                                   \
    " taken_back INTEGER"

/* The tables of version 1 and 2 that kept the state of units before a change, as rows of `change`. */
#define OLD_STATE                                                                                            \
    " iif(h.added, NULL, json_array(h.unit, u.status, u.tuid, u.srclang, u.creationdate, u.creationid,"      \
    "  u.changedate, u.changeid, u.attributes, u.infos, u.digest, NULL, NULL))"
#define OLD_VARIANT                                                                                          \
    " json_array(h.unit, v.position, v.lang, v.text, v.content, v.creationdate, v.creationid,"               \
    "  v.changedate, v.changeid, v.attributes, v.infos)"
#define OLD_BEAD_ID                                                                                          \
    "coalesce((SELECT b.id FROM bead b WHERE b.unit = h.unit AND b.origin = o.origin),"                      \
    " (SELECT coalesce(max(b.id), 0) FROM bead b) + dense_rank() OVER (ORDER BY h.unit, o.origin))"
#define OLD_BEAD                                                                                             \
    " json_array(" OLD_BEAD_ID ", o.origin, o.source_document, o.source_first, o.source_count,"              \
    "  o.target_document, o.target_first, o.target_count, h.unit, iif(u.status = 'confirmed', 'ok', "        \
    "'auto'),"                                                                                               \
    "  NULL, NULL, 0, 0, 0, 0, NULL, json(printf('%!.17g', o.confidence)), o.aligned_at, o.tool)"

const char ty_version_3[] =
    /* Every committed change is a step; its stamp is drawn at random, so that two copies of a memory that
     * went different ways are told apart. */
    "CREATE TABLE step (" STEP_COLUMNS ") STRICT;"
    "CREATE INDEX step_of_units ON step (id) WHERE units;"
    "CREATE INDEX step_of_concepts ON step (id) WHERE concepts;"
    "CREATE INDEX step_by_origin ON step (origin) WHERE origin IS NOT NULL;"
    /* What a step changed, row by row: as it was before, or that it was made (rows made one after the other
     * are one row here). */
    "CREATE TABLE change ("
    " step INTEGER NOT NULL REFERENCES step (id) ON DELETE CASCADE,"
    " number INTEGER NOT NULL,"
    " kind TEXT NOT NULL,"
    " object INTEGER NOT NULL,"
    " last INTEGER NOT NULL,"
    " item INTEGER NOT NULL,"
    " before TEXT,"
    " PRIMARY KEY (step, number)"
    ") STRICT, WITHOUT ROWID;"
    "CREATE INDEX change_by_object ON change (kind, object);"
    /* The highest number that was ever given: none is given twice. */
    "CREATE TABLE counter ("
    " name TEXT PRIMARY KEY,"
    " value INTEGER NOT NULL"
    ") STRICT, WITHOUT ROWID;"
    /* Rows and the sum of their hashes, of each table that is not derived. */
    "CREATE TABLE checksum ("
    " name TEXT PRIMARY KEY,"
    " rows INTEGER NOT NULL,"
    " sum INTEGER NOT NULL"
    ") STRICT, WITHOUT ROWID;"

    /* Releases: facts, and which of them a person gave (names, with commas between). */
    "ALTER TABLE origin ADD COLUMN agency TEXT;"
    "ALTER TABLE origin ADD COLUMN told TEXT;"
    "ALTER TABLE document ADD COLUMN path TEXT;"
    "ALTER TABLE document ADD COLUMN bytes_digest TEXT;"
    "ALTER TABLE document ADD COLUMN older INTEGER;"
    /* A sentence as published; as a person wants it; and, where it was cut off what follows, what stood
     * between the two. */
    "ALTER TABLE sentence ADD COLUMN edited TEXT;"
    "ALTER TABLE sentence ADD COLUMN gap TEXT;"

    /* Beads have an id, and sides that may be empty. */
    "DROP VIEW pair;"
    "ALTER TABLE bead RENAME TO bead_2;"
    "DROP INDEX bead_by_source;"
    "DROP INDEX bead_by_target;"
    "CREATE TABLE bead (" BEAD_COLUMNS ") STRICT;"
    "INSERT INTO bead" BEADS_OF_VERSION_2(
        "row_number() OVER (ORDER BY b.origin, b.source_document, b.source_first, b.unit)",
        "bead_2") ";"
                  "DROP TABLE bead_2;"
                  "CREATE INDEX bead_by_unit ON bead (unit);"
                  "CREATE INDEX bead_by_origin ON bead (origin);"
                  "CREATE INDEX bead_by_source ON bead (source_document, source_first);"
                  "CREATE INDEX bead_by_target ON bead (target_document, target_first);"

                  /* Units: a label (a pair of short marks such as "Q:") is shared by all beads that it stands
                   * for; of two that say different things about one text, each knows the other. */
                  "ALTER TABLE unit ADD COLUMN label INTEGER;"
                  "ALTER TABLE unit ADD COLUMN conflict INTEGER;"

                  /* Places leave room for what is put between them. */
                  "CREATE TABLE unit_origin_3 ("
                  " origin INTEGER NOT NULL REFERENCES origin (id) ON DELETE CASCADE,"
                  " position INTEGER NOT NULL,"
                  " unit INTEGER NOT NULL REFERENCES unit (id) ON DELETE CASCADE,"
                  " PRIMARY KEY (origin, position)"
                  ") STRICT, WITHOUT ROWID;"
                  "INSERT INTO unit_origin_3 SELECT origin, position * 1024, unit FROM unit_origin;"
                  "DROP TABLE unit_origin;"
                  "ALTER TABLE unit_origin_3 RENAME TO unit_origin;"
                  "CREATE INDEX unit_origin_by_unit ON unit_origin (unit);"
                  "CREATE TABLE withheld_3 ("
                  " id INTEGER PRIMARY KEY,"
                  " origin INTEGER NOT NULL REFERENCES origin (id) ON DELETE CASCADE,"
                  " digest INTEGER NOT NULL,"
                  " unit INTEGER NOT NULL,"
                  " UNIQUE (origin, digest, unit)"
                  ") STRICT;"
                  "INSERT INTO withheld_3 (origin, digest, unit) SELECT origin, digest, unit FROM withheld;"
                  "DROP TABLE withheld;"
                  "ALTER TABLE withheld_3 RENAME TO withheld;"
                  "CREATE TABLE accepted_finding_3 ("
                  " number INTEGER PRIMARY KEY,"
                  " id TEXT NOT NULL UNIQUE,"
                  " fault TEXT NOT NULL,"
                  " words TEXT NOT NULL,"
                  " source TEXT NOT NULL,"
                  " target TEXT NOT NULL,"
                  " accepted_at TEXT NOT NULL,"
                  " who TEXT"
                  ") STRICT;"
                  "INSERT INTO accepted_finding_3 (id, fault, words, source, target, accepted_at, who)"
                  " SELECT id, fault, words, source, target, accepted_at, who FROM accepted_finding;"
                  "DROP TABLE accepted_finding;"
                  "ALTER TABLE accepted_finding_3 RENAME TO accepted_finding;"

                  /* The past: a step of each edit; what an import replaced is past, too, but cannot be taken
                     back. */
                  "INSERT INTO step SELECT step, random(), min(what), NULL, min(at), min(who), NULL, 1, 0, "
                  "NULL,"
                  "  iif(min(undone) IS NULL, NULL, step) FROM history GROUP BY step;"
                  "INSERT INTO step SELECT 1 + max((SELECT max(value) FROM generation),"
                  "  (SELECT coalesce(max(step), 0) FROM history)), random(), 'migrate', NULL,"
                  "  strftime('%Y%m%dT%H%M%SZ', 'now'), NULL, NULL, 1, 1, NULL, NULL"
                  "  WHERE (SELECT max(value) FROM generation) > 0;"
                  "INSERT INTO change SELECT h.step, h.id * 1000000, 'unit', h.unit, h.unit, 0," OLD_STATE
                  "  FROM history h LEFT JOIN old_unit u ON u.history = h.id WHERE h.undone IS NULL;"
                  "INSERT INTO change SELECT h.step, h.id * 1000000 + 1 + v.position, 'variant', h.unit, "
                  "h.unit, v.position," OLD_VARIANT
                  " FROM history h JOIN old_variant v ON v.history = h.id WHERE h.undone IS NULL;"
                  "INSERT INTO change SELECT h.step, h.id * 1000000 + 100000 + o.origin, 'unit_origin', "
                  "h.unit, h.unit,"
                  "  o.origin, json_array(o.origin, o.position * 1024, h.unit)"
                  "  FROM history h JOIN old_unit_origin o ON o.history = h.id WHERE h.undone IS NULL;"
                  "INSERT INTO change SELECT h.step, h.id * 1000000 + 500000 + o.origin, 'bead', " OLD_BEAD_ID
                  ", " OLD_BEAD_ID ", 0," OLD_BEAD " FROM history h JOIN old_bead o ON o.history = h.id"
                  "  JOIN old_unit u ON u.history = h.id WHERE h.undone IS NULL;"
                  "INSERT INTO counter VALUES ('unit', (SELECT max(coalesce((SELECT max(id) FROM unit), 0),"
                  "  coalesce((SELECT max(unit) FROM history), 0)))),"
                  " ('concept', (SELECT coalesce(max(id), 0) FROM concept)),"
                  " ('origin', (SELECT coalesce(max(id), 0) FROM origin)),"
                  " ('document', (SELECT coalesce(max(id), 0) FROM document)),"
                  " ('bead', (SELECT max(coalesce((SELECT max(id) FROM bead), 0),"
                  "  coalesce((SELECT max(object) FROM change WHERE kind = 'bead'), 0))));"
                  "DROP TABLE old_unit; DROP TABLE old_variant; DROP TABLE old_unit_origin; DROP TABLE "
                  "old_bead;"
                  "DROP TABLE history;"
                  "DROP TABLE generation;"

                  /* The termbase: what a concept is, what it means in each language, what it belongs to,
                                   where it stands. */
                  "ALTER TABLE concept ADD COLUMN kind TEXT;"
                  "ALTER TABLE concept ADD COLUMN strict INTEGER;"
                  "ALTER TABLE concept ADD COLUMN gone TEXT;"
                  "ALTER TABLE concept ADD COLUMN brought INTEGER;"
                  "ALTER TABLE term ADD COLUMN rank INTEGER;"
                  "CREATE TABLE definition ("
                  " concept INTEGER NOT NULL REFERENCES concept (id) ON DELETE CASCADE,"
                  " lang TEXT NOT NULL,"
                  " text TEXT NOT NULL,"
                  " PRIMARY KEY (concept, lang)"
                  ") STRICT, WITHOUT ROWID;"
                  "CREATE TABLE relation ("
                  " concept INTEGER NOT NULL REFERENCES concept (id) ON DELETE CASCADE,"
                  " position INTEGER NOT NULL,"
                  " kind TEXT NOT NULL,"
                  " name TEXT NOT NULL,"
                  " PRIMARY KEY (concept, position)"
                  ") STRICT, WITHOUT ROWID;"
                  "CREATE TABLE attestation ("
                  " concept INTEGER NOT NULL REFERENCES concept (id) ON DELETE CASCADE,"
                  " position INTEGER NOT NULL,"
                  " term INTEGER,"
                  " address TEXT NOT NULL,"
                  " date TEXT,"
                  " note TEXT,"
                  " PRIMARY KEY (concept, position)"
                  ") STRICT, WITHOUT ROWID;"
                  "CREATE TABLE rejected_candidate ("
                  " id INTEGER PRIMARY KEY,"
                  " source_lang TEXT NOT NULL,"
                  " source TEXT NOT NULL,"
                  " target_lang TEXT NOT NULL,"
                  " target TEXT NOT NULL,"
                  " at TEXT NOT NULL,"
                  " who TEXT"
                  ") STRICT;"
                  "CREATE INDEX rejected_candidate_by_source ON rejected_candidate (source);"

                  /* What is derived: made again with the stamp of what it was made from; figures that are
                     kept. */
                  "DROP TABLE derived_index_part;"
                  "DROP TABLE derived_index;"
                  "CREATE TABLE derived_index ("
                  " name TEXT PRIMARY KEY,"
                  " step INTEGER NOT NULL,"
                  " stamp INTEGER NOT NULL,"
                  " size INTEGER NOT NULL"
                  ") STRICT, WITHOUT ROWID;"
                  "CREATE TABLE derived_index_part ("
                  " id INTEGER PRIMARY KEY,"
                  " name TEXT NOT NULL REFERENCES derived_index (name) ON DELETE CASCADE,"
                  " part INTEGER NOT NULL,"
                  " data BLOB NOT NULL"
                  ") STRICT;"
                  "CREATE UNIQUE INDEX derived_index_part_by_name ON derived_index_part (name, part);"
                  "CREATE TABLE derived_tally ("
                  " origin INTEGER NOT NULL,"
                  " name TEXT NOT NULL,"
                  " count INTEGER NOT NULL,"
                  " PRIMARY KEY (origin, name)"
                  ") STRICT, WITHOUT ROWID;"

                  /* For people. */
                  "CREATE VIEW pair AS"
                  " SELECT s.unit, o.name AS origin, s.lang AS source_lang, s.text AS source, t.lang AS "
                  "target_lang,"
                  "  t.text AS target, (SELECT max(b.confidence) FROM bead b WHERE b.unit = s.unit AND "
                  "b.origin = l.origin)"
                  "  AS confidence"
                  " FROM variant s JOIN variant t ON t.unit = s.unit AND t.position > s.position"
                  "  LEFT JOIN unit_origin l ON l.unit = s.unit"
                  "  LEFT JOIN origin o ON o.id = l.origin;"
                  "CREATE VIEW old_variant AS"
                  " SELECT s.id AS step, s.name AS what, s.at, s.who, c.object AS unit, c.item AS variant,"
                  "  json_extract(c.before, '$[2]') AS lang, json_extract(c.before, '$[3]') AS text"
                  " FROM change c JOIN step s ON s.id = c.step WHERE c.kind = 'variant' AND c.before IS NOT "
                  "NULL;"
                  "CREATE VIEW unpaired AS"
                  " SELECT o.name AS origin, d.lang, s.number, s.text, b.state, b.id AS bead"
                  " FROM bead b JOIN document d ON d.id = iif(b.source_count = 0, b.target_document, "
                  "b.source_document)"
                  "  JOIN origin o ON o.id = d.origin JOIN sentence s ON s.document = d.id AND s.number "
                  "BETWEEN"
                  "  iif(b.source_count = 0, b.target_first, b.source_first) AND"
                  "  iif(b.source_count = 0, b.target_first + b.target_count, b.source_first + "
                  "b.source_count) - 1"
                  " WHERE b.source_count = 0 OR b.target_count = 0;" INDEXES;

const char ty_version_3_indexes[] = INDEXES;
const char ty_version_3_no_zones[] = "CREATE TEMP TABLE derived_zone" ZONES;

ty_status ty_version_3_after(ty_store *store, ty_error *error)
{
    ty_ids origins = {0};
    ty_status status = ty_sql_ids(store, SQL_ORIGIN_WITH_DOCUMENTS, 0, &origins, error);
    for (size_t i = 0; i < origins.count && status == TY_OK; i++)
        status = ty_beads_settle(store, origins.items[i], error);
    ty_vector_release(&origins);
    if (status == TY_OK)
        status = ty_tallies_make(store, error);
    if (status == TY_OK)
        status = ty_zones_make(store, error);
    return status == TY_OK ? ty_sums_make(store, error) : status;
}

/* What version 2 has not reads as nothing. */
const char ty_version_3_stand_in[] =
    "CREATE TEMP VIEW step AS SELECT value AS id, 0 AS stamp, '' AS name, NULL AS subject, '' AS at,"
    " NULL AS who, NULL AS origin, name = 'units' AS units, name = 'concepts' AS concepts,"
    " NULL AS takes_back, NULL AS taken_back FROM main.generation WHERE value > 0;"
    "CREATE TEMP VIEW origin AS SELECT *, NULL AS agency, NULL AS told FROM main.origin;"
    "CREATE TEMP VIEW document AS SELECT *, NULL AS path, NULL AS bytes_digest, NULL AS older"
    " FROM main.document;"
    "CREATE TEMP VIEW sentence AS SELECT *, NULL AS edited, NULL AS gap FROM main.sentence;"
    "CREATE TEMP VIEW bead AS" BEADS_OF_VERSION_2(
        "b.unit * 65536 + b.origin",
        "bead") ";"
                "CREATE TEMP VIEW unit AS SELECT *, NULL AS label, NULL AS conflict FROM main.unit;"
                "CREATE TEMP VIEW concept AS SELECT *, NULL AS kind, NULL AS strict, NULL AS gone, NULL AS "
                "brought"
                " FROM main.concept;"
                "CREATE TEMP VIEW term AS SELECT *, NULL AS rank FROM main.term;"
                "CREATE TEMP TABLE definition (concept, lang, text);"
                "CREATE TEMP TABLE relation (concept, position, kind, name);"
                "CREATE TEMP TABLE attestation (concept, position, term, address, date, note);"
                "CREATE TEMP TABLE rejected_candidate (id, source_lang, source, target_lang, target, at, "
                "who);"
                "CREATE TEMP VIEW derived_index AS SELECT name, 0 AS step, 0 AS stamp, size FROM "
                "main.derived_index"
                " WHERE false;"
                "CREATE TEMP TABLE derived_zone" ZONES ";"
                "CREATE TEMP TABLE derived_tally (origin, name, count, PRIMARY KEY (origin, name));"
                "CREATE TEMP TABLE change (step, number, kind, object, last, item, before);"
                "CREATE TEMP TABLE counter (name, value);"
                "CREATE TEMP TABLE checksum (name PRIMARY KEY, rows, sum);";
