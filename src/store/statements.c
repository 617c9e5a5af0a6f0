/* SPDX-License-Identifier: Apache-2.0 */
/*
 * All SQL of the module but the schema. Parameters are numbered in the order the callers bind them.
 */
#include "store/internal.h"
#include "store/statements.h"

#define ZONE_UNITS TY_QUOTED(TY_ZONE_UNITS)
#define IN_ZONE(unit)                                                                                        \
    unit " BETWEEN z.block * " ZONE_UNITS " AND z.block * " ZONE_UNITS " + " ZONE_UNITS " - 1"

#define UNIT_COLUMNS                                                                                         \
    "tuid, srclang, creationdate, creationid, changedate, changeid, attributes, infos, digest, "             \
    "label, " TY_CONFLICT_OF("unit")
#define PENDING_UNIT_COLUMNS                                                                                 \
    "status, tuid, srclang, creationdate, creationid, changedate, changeid, attributes, infos"
#define OVER_UNIT                                                                                            \
    "DO UPDATE SET status = excluded.status, tuid = excluded.tuid, srclang = excluded.srclang,"              \
    " creationdate = excluded.creationdate, creationid = excluded.creationid,"                               \
    " changedate = excluded.changedate, changeid = excluded.changeid,"                                       \
    " attributes = excluded.attributes, infos = excluded.infos, digest = excluded.digest"
#define VARIANT_COLUMNS                                                                                      \
    "position, lang, text, content, creationdate, creationid, changedate, changeid, attributes, infos"
#define BEAD_COLUMNS                                                                                         \
    "source_document, source_first, source_count, target_document, target_first, target_count, "             \
    "confidence, aligned_at, tool"
/* All of a bead, in the order of its table. */
#define BEAD_ROW                                                                                             \
    "id, origin, source_document, source_first, source_count, target_document, target_first, target_count,"  \
    " unit, state, who, at, omit, flag, ask, locked, note, confidence, aligned_at, tool"
#define FIGURE(name)                                                                                         \
    "coalesce((SELECT f.count FROM derived_tally f WHERE f.origin = o.id AND f.name = '" name "'), 0)"
/* A person has dealt with it. */
#define OF_PERSON "(b.state <> 'auto' OR b.flag <> 0 OR b.ask <> 0 OR b.locked <> 0 OR b.note IS NOT NULL)"
/* Of the state of a bead that is new. */
#define NEW_BEAD "'auto', 0, 0, 0, 0"
#define NEW_BEAD_COLUMNS "state, omit, flag, ask, locked"
#define CONCEPT_COLUMNS "name, subject, definition, note, source, infos, digest"
#define TERM_COLUMNS "position, lang, text, status, part_of_speech, organisation, note, source, infos"
#define UNTOLD(name, value)                                                                                  \
    name " = CASE WHEN ',' || coalesce(told, '') || ',' LIKE '%," name ",%' THEN " name                      \
         " ELSE coalesce(" value ", " name ") END"
#define ORIGIN_COLUMNS "name, kind, title, date, url, digest, header_version, header_attributes, header_infos"

#define ORIGIN_ROWS                                                                                          \
    "SELECT id, " ORIGIN_COLUMNS ", imported_at, updated_at,"                                                \
    " coalesce((SELECT t.count FROM derived_tally t WHERE t.origin = o.id AND t.name = 'units'),"            \
    "  (SELECT count(*) FROM unit_origin l WHERE l.origin = o.id)),"                                         \
    " coalesce((SELECT t.count FROM derived_tally t WHERE t.origin = o.id AND t.name ="                      \
    "  'concepts'), (SELECT count(*) FROM concept_origin l WHERE l.origin = o.id)), brought, told"           \
    " FROM origin o"

/* Documents of releases, as they are now or were when they were removed; sentences are not counted one by
 * one.
 */
#define SURVEY_ROWS                                                                                          \
    "SELECT d.id, d.origin, d.lang, d.url, d.path,"                                                          \
    " (SELECT 1 + max(number) FROM sentence s WHERE s.document = d.id), d.older FROM document d"

const char *const ty_sql_texts[SQL_COUNT] =
    {
        [SQL_STAMP_UNITS] = "SELECT id, stamp FROM step WHERE units ORDER BY id DESC LIMIT 1",
        [SQL_STAMP_CONCEPTS] = "SELECT id, stamp FROM step WHERE concepts ORDER BY id DESC LIMIT 1",
        [SQL_STAMP_LAST] = "SELECT id, stamp FROM step ORDER BY id DESC LIMIT 1",
        [SQL_STAMP_HAS_BEEN] = "SELECT 1 FROM step WHERE id = ?1 AND stamp = ?2 AND stamp <> 0",
        [SQL_STEP_ADD] = "INSERT INTO step (id, stamp, name, at, subject, who, origin, units, concepts)"
                         " VALUES (?7, ?1, ?2, ?3, ?4, ?5, ?6, ?8, ?9)",
        [SQL_STEP_KNOWN] = "SELECT id FROM step WHERE at = ?1 AND name = ?2 AND coalesce(subject, '') ="
                           " coalesce(?3, '') AND coalesce(who, '') = coalesce(?4, '') LIMIT 1",
        [SQL_STEP_UNITS] = "UPDATE step SET units = 1 WHERE id = ?1",
        [SQL_STEP_CONCEPTS] = "UPDATE step SET concepts = 1 WHERE id = ?1",
        [SQL_STEP_LAST] = "SELECT id, stamp FROM step ORDER BY id DESC LIMIT 1",
        [SQL_STEP_THERE] = "SELECT 1 FROM step WHERE id = ?1",
        [SQL_STEP_LIST] = "SELECT id, name, subject, at, who, origin, takes_back, taken_back FROM step"
                          " WHERE id < ?1 AND (?2 IS NULL OR who = ?2) AND (?3 = 0 OR origin = ?3)"
                          " ORDER BY id DESC",
        /* Rows made one after another are one row of `change`, which begins at or before the object. */
        [SQL_STEP_LIST_OF] =
            "SELECT id, name, subject, at, who, origin, takes_back, taken_back FROM step"
            " WHERE id < ?1 AND id IN (SELECT step FROM change WHERE kind IN (?2, ?3) AND "
            "object = ?4 UNION SELECT step FROM (SELECT step, last FROM change WHERE kind = ?2 "
            "AND object <= ?4 AND last > object ORDER BY object DESC LIMIT 1) AS made WHERE last >= ?4)"
            " ORDER BY id DESC",
        [SQL_STEP_BEFORE] = "SELECT item, json_extract(before, '$[2]'), json_extract(before, '$[3]'),"
                            " json_extract(before, '$[4]') FROM change WHERE step = ?1 AND kind = ?2"
                            " AND object = ?3 AND before IS NOT NULL ORDER BY number",
        [SQL_CHANGE_ADD] = "INSERT INTO change (step, number, kind, object, last, item, before)"
                           " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
        [SQL_CHANGE_DROP] = "DELETE FROM change WHERE step = ?1 AND number = ?2",
        [SQL_SUM_GET] = "SELECT rows, sum FROM checksum WHERE name = ?1",
        [SQL_SUM_SET] = "INSERT INTO checksum (name, rows, sum) VALUES (?1, ?2, ?3)"
                        " ON CONFLICT (name) DO UPDATE SET rows = excluded.rows, sum = excluded.sum",
        [SQL_SUM_CLEAR] = "DELETE FROM checksum",
        [SQL_TALLY_ADD] =
            "INSERT INTO derived_tally (origin, name, count) VALUES (?1, ?2, ?3)"
            " ON CONFLICT (origin, name) DO UPDATE SET count = derived_tally.count + excluded.count",
        [SQL_TALLY_VERSION] = "INSERT INTO derived_tally (origin, name, count) VALUES (?1, 'version', ?2)"
                              " ON CONFLICT (origin, name) DO UPDATE SET count = excluded.count",
        [SQL_TALLY_VERSIONS] =
            "INSERT INTO derived_tally (origin, name, count) SELECT DISTINCT origin, 'version',"
            " coalesce((SELECT max(id) FROM step), 0) FROM bead",
        [SQL_TALLY_CLEAR] = "DELETE FROM derived_tally",
        [SQL_TALLY_GET] = "SELECT count FROM derived_tally WHERE origin = ?1 AND name = ?2",
        [SQL_TALLY_LANGUAGES] = "SELECT substr(name, length(?1) + 1), count FROM derived_tally"
                                " WHERE origin = 0 AND name >= ?1 AND substr(name, 1, length(?1)) = ?1"
                                " AND count > 0 ORDER BY count DESC, 1",
        [SQL_COUNTER_GET] = "SELECT value FROM counter WHERE name = ?1",
        [SQL_COUNTER_SET] = "INSERT INTO counter (name, value) VALUES (?1, ?2)"
                            " ON CONFLICT (name) DO UPDATE SET value = max(value, excluded.value)",

        /* Numbers that nobody took others behind. */
        [SQL_COUNTER_BACK] = "UPDATE counter SET value = ?3 WHERE name = ?1 AND value = ?2",
        [SQL_ORIGIN_FIND] = "SELECT id FROM origin WHERE name = ?1",
        [SQL_ORIGIN_OF_DIGEST] = "SELECT id, name FROM origin WHERE digest = ?1 ORDER BY id LIMIT 1",
        [SQL_ORIGIN_ADD] = "INSERT INTO origin (id, " ORIGIN_COLUMNS ", imported_at, updated_at)"
                           " VALUES (?11, ?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?10)",
        /* What the new intake does not say stays as it was, and so does what a person has said. */
        [SQL_ORIGIN_SET] =
            "UPDATE origin SET kind = ?2, " UNTOLD("title", "?3") ", " UNTOLD("date", "?4") ", " UNTOLD(
                "url",
                "?5") ", digest = coalesce(?6, digest), header_version = coalesce(?7, header_version),"
                      " header_attributes = coalesce(?8, header_attributes),"
                      " header_infos = CASE WHEN ?7 IS NULL THEN header_infos ELSE ?9 END WHERE name = ?1",
        [SQL_ORIGIN_TOUCH] = "UPDATE origin SET updated_at = ?2, brought = brought + ?3 WHERE id = ?1",
        [SQL_ORIGIN_REMOVE] = "DELETE FROM origin WHERE id = ?1",
        [SQL_ORIGIN_LIST] = ORIGIN_ROWS " ORDER BY id",
        [SQL_ORIGIN_GET] = ORIGIN_ROWS " WHERE id = ?1",
        [SQL_ORIGIN_NAME] = "SELECT name FROM origin WHERE id = ?1",
        [SQL_ORIGIN_IDS] =
            "SELECT id, name, kind, date, imported_at,"
            " EXISTS (SELECT 1 FROM document d WHERE d.origin = o.id), agency, title, url, told FROM origin o"
            " ORDER BY id",

        [SQL_ANY_CODES] = "SELECT EXISTS (SELECT 1 FROM variant WHERE content IS NOT NULL)",

        [SQL_ORIGIN_WITH_DOCUMENTS] =
            "SELECT DISTINCT origin FROM document WHERE origin > ?1 ORDER BY origin",

        [SQL_DOCUMENT_ADD] =
            "INSERT INTO document (origin, lang, title, date, url, file_name, encoding, digest,"
            " id, path) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)",
        [SQL_DOCUMENT_FIND] = "SELECT id FROM document WHERE origin = ?1 AND lang = ?2 AND digest = ?3"
                              " ORDER BY id",
        [SQL_DOCUMENT_SET] =
            "UPDATE document SET title = ?2, date = ?3, url = ?4, file_name = ?5, encoding = ?6, path = ?7"
            " WHERE id = ?1 AND (title, date, url, file_name, encoding, path) IS DISTINCT FROM"
            " (?2, ?3, ?4, ?5, ?6, ?7)",
        [SQL_DOCUMENT_LIST] = "SELECT id, lang, title, date, url, file_name, encoding,"
                              " (SELECT count(*) FROM sentence s WHERE s.document = d.id), older, path"
                              " FROM document d WHERE origin = ?1 ORDER BY id",
        [SQL_DOCUMENT_SURVEY] = SURVEY_ROWS " ORDER BY d.origin, d.id",
        [SQL_DOCUMENT_SURVEY_OF] = SURVEY_ROWS " WHERE d.origin = ?1 ORDER BY d.id",
        [SQL_DOCUMENT_OLDER] = "UPDATE document SET older = ?2 WHERE id = ?1 AND older IS DISTINCT FROM ?2",
        [SQL_DOCUMENT_IS_OLDER] = "SELECT 1 FROM document WHERE id IN (?1, ?2) AND older <> 0 LIMIT 1",
        [SQL_DOCUMENT_LENGTH] = "SELECT count(*) FROM sentence WHERE document = ?1",
        [SQL_DOCUMENT_IDS] = "SELECT id FROM document WHERE origin = ?1 ORDER BY id",
        [SQL_DOCUMENT_LANG] = "SELECT lang FROM document WHERE id = ?1",
        [SQL_DOCUMENT_UNUSED] =
            "SELECT id FROM document d WHERE origin = ?1"
            " AND NOT EXISTS (SELECT 1 FROM bead b WHERE b.source_document = d.id)"
            " AND NOT EXISTS (SELECT 1 FROM bead b WHERE b.target_document = d.id) ORDER BY id",
        [SQL_DOCUMENT_REMOVE] = "DELETE FROM document WHERE id = ?1",
        [SQL_SENTENCE_ADD] =
            "INSERT INTO sentence (document, number, paragraph, text) VALUES (?1, ?2, ?3, ?4)",
        [SQL_SENTENCE_LIST] = "SELECT paragraph, text FROM sentence WHERE document = ?1 ORDER BY number",
        [SQL_SENTENCE_TEXT] = "SELECT text FROM sentence WHERE document = ?1 AND number = ?2",

        [SQL_NARROW_STATUS] = "SELECT id FROM unit WHERE status = ?1 AND status <> '' LIMIT ?2",
        [SQL_NARROW_DOUBTFUL] =
            "SELECT unit FROM (SELECT unit FROM bead WHERE confidence < ?1 AND unit IS NOT NULL LIMIT ?2) AS "
            "b"
            " UNION SELECT id FROM (SELECT id FROM unit WHERE conflict IS NOT NULL LIMIT ?2) AS u",
        [SQL_NARROW_SURE] = "SELECT unit FROM bead WHERE confidence >= ?1 AND unit IS NOT NULL LIMIT ?2",
        /* In the place where some origin has them, or any: those of an exchange file, or by hand. */
        [SQL_NARROW_UNALIGNED] =
            "SELECT unit FROM (SELECT l.unit FROM unit_origin l WHERE NOT EXISTS"
            "  (SELECT 1 FROM bead b WHERE b.unit = l.unit AND b.origin = l.origin) LIMIT ?1) AS l"
            " UNION SELECT id FROM (SELECT u.id FROM unit u WHERE NOT EXISTS"
            "  (SELECT 1 FROM unit_origin l WHERE l.unit = u.id) LIMIT ?1) AS u",
        [SQL_NARROW_NEW] = "SELECT l.unit FROM origin o CROSS JOIN unit_origin l WHERE l.origin = o.id"
                           " AND o.imported_at >= ?1 AND EXISTS (SELECT 1 FROM derived_zone z"
                           "  WHERE z.block = l.unit / " ZONE_UNITS " AND z.undated <> 0) LIMIT ?2",
        [SQL_NARROW_BLOCK] = "SELECT id FROM unit WHERE id BETWEEN ?1 AND ?2",
        [SQL_ZONES] = "SELECT block, langs FROM derived_zone WHERE newest >= ?1",
        [SQL_ZONES_ANY] = "SELECT 1 FROM derived_zone LIMIT 1",
        [SQL_ZONES_LOST] = "SELECT 1 FROM checksum WHERE name = 'unit' AND rows > 0"
                           " AND NOT EXISTS (SELECT 1 FROM derived_zone)",
        [SQL_ZONES_CLEAR] = "DELETE FROM derived_zone",
        [SQL_ZONE_GET] = "SELECT newest, langs, undated FROM derived_zone WHERE block = ?1",
        [SQL_ZONE_SET] =
            "INSERT INTO derived_zone (block, newest, langs, undated) VALUES (?1, ?2, ?3, ?4)"
            " ON CONFLICT (block) DO UPDATE SET newest = excluded.newest, langs = excluded.langs,"
            " undated = excluded.undated",
        [SQL_CONCEPTS_NAMED] = "SELECT id FROM concept WHERE name = ?1 AND gone IS NULL ORDER BY id",
        [SQL_UNIT_ANY] = "SELECT 1 FROM unit LIMIT 1",
        [SQL_UNIT_LAST_ID] = "SELECT max(coalesce((SELECT value FROM counter WHERE name = 'unit'), 0),"
                             " coalesce((SELECT max(id) FROM unit), 0))",
        [SQL_UNIT_ADD_PENDING] = "INSERT INTO unit (id, digest, " PENDING_UNIT_COLUMNS ")"
                                 " SELECT * FROM pending_unit",
        [SQL_UNIT_SET_PENDING] = "INSERT INTO unit (id, digest, " PENDING_UNIT_COLUMNS ")"
                                 " SELECT * FROM pending_unit WHERE true ON CONFLICT (id) " OVER_UNIT,
        [SQL_UNIT_REMOVE] = "DELETE FROM unit WHERE id = ?1",
        [SQL_UNIT_GET] = "SELECT status, " UNIT_COLUMNS " FROM unit WHERE id = ?1",
        [SQL_UNIT_SET_STATUS] = "UPDATE unit SET status = ?2 WHERE id = ?1 AND status <> ?2",
        [SQL_CONFIRM_MISSING] = "SELECT value FROM json_each(?1) WHERE NOT EXISTS"
                                " (SELECT 1 FROM unit WHERE id = value) ORDER BY key LIMIT 1",
        [SQL_CONFIRM_UNITS] = TY_CONFIRM_UNITS("SELECT value FROM json_each(?1)"),
        [SQL_CONFIRM_BEADS] = TY_CONFIRM_BEADS("SELECT value FROM json_each(?1)"),
        [SQL_UNIT_SET_CONFLICT] =
            "UPDATE unit SET conflict = ?2 WHERE id = ?1 AND conflict IS DISTINCT FROM ?2",
        [SQL_UNIT_REMOVED_AT] = "SELECT s.at FROM change c JOIN step s ON s.id = c.step"
                                " WHERE c.kind = 'unit' AND c.object = ?1 AND c.before IS NOT NULL"
                                " ORDER BY c.step DESC LIMIT 1",
        [SQL_UNIT_DIGEST] = "SELECT digest FROM unit WHERE id = ?1",
        [SQL_VARIANT_ADD_PENDING] = "INSERT INTO variant (unit, " VARIANT_COLUMNS ")"
                                    " SELECT * FROM pending_variant",
        [SQL_VARIANT_REMOVE] = "DELETE FROM variant WHERE unit = ?1",
        [SQL_VARIANT_LIST] = "SELECT " VARIANT_COLUMNS " FROM variant WHERE unit = ?1 ORDER BY position",

        [SQL_DIGEST_ANY] = "SELECT 1 FROM derived_digest WHERE ?1 IS NOT NULL LIMIT 1",
        [SQL_DIGEST_FIND] =
            "SELECT unit FROM derived_digest WHERE digest = ?1 AND ?2 IS NOT NULL AND unit > ?3"
            " ORDER BY unit",
        [SQL_DIGEST_LINKED] =
            "SELECT d.unit FROM derived_digest d CROSS JOIN unit_origin l"
            " WHERE l.unit = d.unit AND l.origin = ?2 AND d.digest = ?1 AND d.unit > ?3 ORDER BY d.unit",
        [SQL_DIGEST_ADD] = "INSERT INTO derived_digest (digest, unit) VALUES (?1, ?2)"
                           " ON CONFLICT DO NOTHING",
        [SQL_DIGEST_CLEAR] = "DELETE FROM derived_digest",
        [SQL_DIGEST_REMOVE] = "DELETE FROM derived_digest WHERE unit = ?1"
                              " AND digest = (SELECT digest FROM unit WHERE id = ?1)",
        /* Sorted, so that the pages of the tree are each visited once. */
        [SQL_DIGEST_LOAD] = "INSERT INTO derived_digest (digest, unit)"
                            " SELECT digest, id FROM unit WHERE id >= ?1 ORDER BY digest, id",

        [SQL_LINK_ADD] = "INSERT INTO unit_origin (origin, position, unit) VALUES (?1, ?2, ?3)",
        [SQL_LINK_ADD_PENDING] = "INSERT INTO unit_origin (origin, position, unit)"
                                 " SELECT ?1, first, second FROM pending_link",
        [SQL_LINK_FIND] = "SELECT position FROM unit_origin WHERE unit = ?2 AND origin = ?1",
        [SQL_LINK_REMOVE] = "DELETE FROM unit_origin WHERE origin = ?1 AND position = ?2",
        [SQL_LINK_FIRST] =
            "SELECT l.origin, l.position, o.name, o.kind, o.date, o.imported_at, o.title, o.url"
            " FROM unit_origin l"
            " JOIN origin o ON o.id = l.origin WHERE l.unit = ?1"
            " ORDER BY l.origin, l.position LIMIT 1",
        [SQL_LINK_END] = "SELECT 1024 + max(position) FROM unit_origin WHERE origin = ?1",
        [SQL_LINK_COUNT] = "SELECT count(*) FROM unit_origin WHERE unit = ?1",
        [SQL_LINK_NAMES] =
            "SELECT o.name FROM unit_origin l JOIN origin o ON o.id = l.origin WHERE l.unit = ?1",
        /* While an origin is replaced, its old places are the negative numbers. */
        [SQL_LINK_SET_ASIDE] = "UPDATE unit_origin SET position = -1 - position WHERE origin = ?1",
        [SQL_LINK_ASIDE] = "SELECT l.position, l.unit, u.status = 'confirmed' OR EXISTS (SELECT 1 FROM bead b"
                           "  WHERE b.unit = l.unit AND b.origin = l.origin AND " OF_PERSON ")"
                           " FROM unit_origin l JOIN unit u ON u.id = l.unit"
                           " WHERE l.origin = ?1 AND l.position < 0 ORDER BY l.position DESC LIMIT 1",
        [SQL_LINK_NEXT] = "SELECT min(position) FROM unit_origin WHERE origin = ?1 AND position > ?2",
        [SQL_LINK_BEFORE] = "SELECT unit FROM unit_origin WHERE origin = ?1 AND position < ?2"
                            " ORDER BY position DESC LIMIT 1",
        [SQL_LINK_AFTER] = "SELECT unit FROM unit_origin WHERE origin = ?1 AND position > ?2"
                           " ORDER BY position LIMIT 1",
        [SQL_LINK_LAST] = "SELECT position, unit FROM unit_origin WHERE origin = ?1"
                          " ORDER BY position DESC LIMIT 1",

        [SQL_LINK_LIST] =
            "SELECT origin, position FROM unit_origin WHERE unit = ?1 ORDER BY origin, position",
        /* A unit that comes back to an origin: off where it is, and the first free place from where it was.
         */
        [SQL_LINK_TOP] = "SELECT min(position) FROM unit_origin WHERE origin = ?1",
        [SQL_LINK_CLEAR] = "DELETE FROM unit_origin WHERE origin = ?1 AND unit = ?2",
        [SQL_LINK_FREE] = "WITH RECURSIVE place (at) AS (SELECT json_extract(?1, '$[1]') UNION ALL"
                          " SELECT at + 1 FROM place WHERE EXISTS (SELECT 1 FROM unit_origin WHERE"
                          " origin = json_extract(?1, '$[0]') AND position = at)) SELECT max(at) FROM place",
        /* Where there is no room left between two places, all of the origin are spread anew: out of the way,
         * and back with room between them. */
        [SQL_LINK_SPREAD] = "UPDATE unit_origin SET position = -n.place - 1 FROM (SELECT position AS old,"
                            " 1024 * (row_number() OVER (ORDER BY position)) AS place FROM unit_origin"
                            " WHERE origin = ?1) n WHERE origin = ?1 AND position = n.old",
        [SQL_LINK_RETURN] =
            "UPDATE unit_origin SET position = -position - 1 WHERE origin = ?1 AND position < 0",

        [SQL_BEAD_FIND] = "SELECT id FROM bead WHERE unit = ?1 AND origin = ?2 ORDER BY id DESC LIMIT 1",
        [SQL_BEAD_ADD] = "INSERT INTO bead (unit, origin, " BEAD_COLUMNS ", id, " NEW_BEAD_COLUMNS ")"
                         " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, " NEW_BEAD ")",
        [SQL_BEAD_SET] = "UPDATE bead SET source_document = ?2, source_first = ?3, source_count = ?4,"
                         " target_document = ?5, target_first = ?6, target_count = ?7, confidence = ?8,"
                         " aligned_at = ?9, tool = ?10 WHERE id = ?1",
        [SQL_BEAD_GET] = "SELECT " BEAD_COLUMNS ", who, at FROM bead WHERE unit = ?1 AND origin = ?2"
                         " ORDER BY id DESC LIMIT 1",
        [SQL_BEAD_LIST] = "SELECT " BEAD_COLUMNS ", origin FROM bead WHERE unit = ?1 ORDER BY origin, id",
        /* Where the second unit stands right behind the first, the first reaches over both. */
        [SQL_BEAD_ROWS] = "SELECT " BEAD_ROW " FROM bead WHERE (source_document, target_document) IN"
                          " (VALUES (?1, ?2), (?2, ?1)) ORDER BY id",
        [SQL_BEAD_WRITE] =
            "INSERT INTO bead (" BEAD_ROW ") VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11,"
            " ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19, ?20) ON CONFLICT (id) DO UPDATE SET"
            " source_document = ?3, source_first = ?4, source_count = ?5, target_document = ?6, target_first "
            "= ?7, target_count = ?8, unit = ?9,"
            " state = ?10, who = ?11, at = ?12, omit = ?13, flag = ?14, ask = ?15, locked = ?16,"
            " note = ?17, confidence = ?18, aligned_at = ?19, tool = ?20",
        [SQL_BEAD_OF_UNIT] = "SELECT 1 FROM bead WHERE unit = ?1 LIMIT 1",
        [SQL_BEAD_CHANGED] = "SELECT max(step) FROM change WHERE kind = 'bead' AND object = ?1 AND step > ?2",
        [SQL_BEAD_SHIFT_SOURCE] =
            "UPDATE bead SET source_first = source_first + CASE WHEN source_first > ?2 THEN ?3 ELSE 0 END,"
            " source_count = source_count + CASE WHEN source_first > ?2 THEN 0 ELSE ?3 END"
            " WHERE source_document = ?1 AND source_count > 0"
            " AND source_first + source_count > ?2",
        [SQL_BEAD_SHIFT_TARGET] =
            "UPDATE bead SET target_first = target_first + CASE WHEN target_first > ?2 THEN ?3 ELSE 0 END,"
            " target_count = target_count + CASE WHEN target_first > ?2 THEN 0 ELSE ?3 END"
            " WHERE target_document = ?1 AND target_count > 0"
            " AND target_first + target_count > ?2",
        [SQL_RELEASE_LIST] =
            "SELECT o.id, o.name, o.title, o.date, o.url, o.agency, o.imported_at, o.updated_at,"
            " s.lang, s.title, t.lang, t.title, " FIGURE("version") ", " FIGURE("beads") ", " FIGURE("auto") ", " FIGURE("hand") ", " FIGURE("ok") ", " FIGURE(
                "unpaired") ", " FIGURE("omitted") ", " FIGURE("flagged") ", " FIGURE("asked") " FROM origin "
                                                                                               "o JOIN bead "
                                                                                               "b ON b.id = "
                                                                                               "(SELECT b.id "
                                                                                               "FROM bead b"
                                                                                               "  JOIN "
                                                                                               "document d "
                                                                                               "ON d.id = "
                                                                                               "b.source_"
                                                                                               "document "
                                                                                               "JOIN "
                                                                                               "document e "
                                                                                               "ON e.id = "
                                                                                               "b.target_"
                                                                                               "document"
                                                                                               "  WHERE "
                                                                                               "b.origin = "
                                                                                               "o.id AND "
                                                                                               "d.older IS "
                                                                                               "NULL AND "
                                                                                               "e.older IS "
                                                                                               "NULL ORDER "
                                                                                               "BY b.id "
                                                                                               "LIMIT 1)"
                                                                                               " JOIN "
                                                                                               "document s "
                                                                                               "ON s.id = "
                                                                                               "b.source_"
                                                                                               "document "
                                                                                               "JOIN "
                                                                                               "document t "
                                                                                               "ON t.id = "
                                                                                               "b.target_"
                                                                                               "document"
                                                                                               " WHERE ?1 = "
                                                                                               "0 OR o.id = "
                                                                                               "?1 ORDER BY "
                                                                                               "o.id",
        [SQL_RELEASE_TITLE] = "UPDATE origin SET title = ?2 WHERE id = ?1",
        [SQL_RELEASE_DATE] = "UPDATE origin SET date = ?2 WHERE id = ?1",
        [SQL_RELEASE_URL] = "UPDATE origin SET url = ?2 WHERE id = ?1",
        [SQL_RELEASE_AGENCY] = "UPDATE origin SET agency = ?2 WHERE id = ?1",
        [SQL_RELEASE_AGENCY_FOUND] = "UPDATE origin SET agency = ?2 WHERE id = ?1 AND agency IS NULL",
        [SQL_RELEASE_TOLD] = "UPDATE origin SET told = coalesce(told || ',', '') || ?2 WHERE id = ?1"
                             " AND (told IS NULL OR ',' || told || ',' NOT LIKE '%,' || ?2 || ',%')",
        [SQL_RELEASE_SOURCE_TITLE] =
            "UPDATE document SET title = ?2 WHERE id IN (SELECT source_document FROM bead"
            " WHERE origin = ?1) AND older IS NULL",
        [SQL_RELEASE_TARGET_TITLE] =
            "UPDATE document SET title = ?2 WHERE id IN (SELECT target_document FROM bead"
            " WHERE origin = ?1) AND older IS NULL",
        [SQL_SENTENCE_ROWS] =
            "SELECT paragraph, text, edited, gap FROM sentence WHERE document = ?1 ORDER BY number",
        [SQL_SENTENCE_EDIT] = "UPDATE sentence SET edited = ?3 WHERE document = ?1 AND number = ?2",
        [SQL_SENTENCE_SET] = "UPDATE sentence SET paragraph = ?3, text = ?4, edited = ?5, gap = ?6"
                             " WHERE document = ?1 AND number = ?2",
        [SQL_SENTENCE_MAKE] = "INSERT INTO sentence (document, number, paragraph, text, edited, gap)"
                              " VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
        [SQL_SENTENCE_DROP] = "DELETE FROM sentence WHERE document = ?1 AND number = ?2",
        [SQL_SENTENCE_AWAY] =
            "UPDATE sentence SET number = -1 - (number + ?3) WHERE document = ?1 AND number > ?2",
        [SQL_SENTENCE_RETURN] = "UPDATE sentence SET number = -1 - number WHERE document = ?1 AND number < 0",
        /* What a person has made of these sentences: confirmed, or changed by hand, or left out. */
        [SQL_BEAD_OF_PERSON] = "SELECT coalesce(b.unit, 0) FROM bead b LEFT JOIN unit u ON u.id = b.unit"
                               " WHERE b.origin = ?1 AND b.source_document = ?2 AND b.target_document = ?5"
                               " AND (" OF_PERSON " OR u.status = 'confirmed')"
                               " AND (?8 = 0 OR b.source_first <> ?3 OR b.source_count <> ?4 OR"
                               "  b.target_first <> ?6 OR b.target_count <> ?7)"
                               " AND ((b.source_first < ?3 + ?4 AND b.source_first + b.source_count > ?3)"
                               " OR (b.target_first < ?6 + ?7 AND b.target_first + b.target_count > ?6))",
        [SQL_BEAD_JOIN] = "UPDATE bead SET source_count = bead.source_count + n.source_count,"
                          " target_count = bead.target_count + n.target_count,"
                          " confidence = CASE WHEN n.confidence < bead.confidence THEN n.confidence"
                          " ELSE bead.confidence END"
                          " FROM bead n WHERE bead.unit = ?1 AND n.unit = ?2 AND n.origin = bead.origin"
                          " AND n.source_document = bead.source_document"
                          " AND n.target_document = bead.target_document"
                          " AND n.source_first = bead.source_first + bead.source_count"
                          " AND n.target_first = bead.target_first + bead.target_count",
        /* What another bead reaches over by now. */
        [SQL_BEAD_JOINED] =
            "DELETE FROM bead WHERE unit = ?2 AND EXISTS (SELECT 1 FROM bead b WHERE b.unit = ?1"
            " AND b.source_document = bead.source_document AND b.source_first < bead.source_first"
            " AND b.source_first + b.source_count > bead.source_first)",
        [SQL_BEAD_OMIT] = "UPDATE bead SET unit = NULL, omit = 1, state = 'hand', who = ?2, at = ?3"
                          " WHERE unit = ?1",
        [SQL_BEAD_REMOVE] = "DELETE FROM bead WHERE unit = ?1 AND (?2 = 0 OR origin = ?2)",
        /* What is told anew with each alignment: sentences without partner, and labels. */
        [SQL_BEAD_REMOVE_LONE] =
            "DELETE FROM bead AS b WHERE origin = ?1 AND ((unit IS NULL AND ?2 <> 0 AND omit <> 0) OR"
            " (NOT " OF_PERSON " AND (unit IS NULL OR"
            " EXISTS (SELECT 1 FROM unit u WHERE u.id = b.unit AND u.label = 1))))",
        [SQL_BEAD_REMOVE_ALL] = "DELETE FROM bead WHERE origin = ?1",
        [SQL_BEAD_SAY] = "UPDATE bead SET state = ?2, who = ?3, at = ?4 WHERE unit = ?1 AND state <> ?2"
                         " AND (SELECT label FROM unit WHERE id = ?1) IS DISTINCT FROM 1",
        [SQL_BEAD_SIDE] =
            "SELECT d.id, d.lang,"
            " CASE WHEN d.id = b.source_document THEN b.source_first ELSE b.target_first END,"
            " CASE WHEN d.id = b.source_document THEN b.source_count ELSE b.target_count END FROM bead b"
            " JOIN document d ON d.id IN (b.source_document, b.target_document)"
            " WHERE b.unit = ?1 AND d.older IS NULL ORDER BY b.id, d.id",
        [SQL_BEAD_SHOWN] = "SELECT source_document, source_first, source_count, target_document,"
                           " target_first, target_count, unit, omit, state FROM bead WHERE id = ?1",
        [SQL_SENTENCE_SHOWN] = "SELECT coalesce(edited, text) FROM sentence"
                               " WHERE document = ?1 AND number >= ?2 AND number < ?3 ORDER BY number",
        [SQL_BEAD_ORIGIN] = "SELECT origin FROM bead WHERE id = ?1",
        [SQL_BEAD_DROP] = "DELETE FROM bead WHERE id = ?1",
        [SQL_LABEL_FIND] = "SELECT u.id FROM derived_digest d JOIN unit u ON u.id = d.unit"
                           " WHERE d.digest = ?1 AND u.label = 1 ORDER BY u.id LIMIT 1",
        [SQL_LABEL_MARK] = "UPDATE unit SET label = 1 WHERE id = ?1",
        [SQL_BEAD_PLACES] =
            "SELECT id, source_first, source_count, target_first, target_count FROM bead b"
            " WHERE source_document = ?1 AND target_document = ?2"
            " ORDER BY NOT " OF_PERSON ", source_count = 0 OR target_count = 0, state <> 'ok', id",
        [SQL_BEAD_PAIR] = "SELECT source_document, target_document FROM bead WHERE origin = ?1"
                          " ORDER BY max(source_document, target_document) DESC,"
                          " min(source_document, target_document) DESC LIMIT 1",

        [SQL_WITHHELD_ADD] =
            "INSERT OR IGNORE INTO withheld (origin, digest, unit)"
            " SELECT l.origin, u.digest, u.id FROM unit u JOIN unit_origin l ON l.unit = u.id"
            " WHERE u.id = ?1",
        [SQL_WITHHELD_FIND] = "SELECT unit FROM withheld WHERE origin = ?2 AND digest = ?1 AND unit > ?3"
                              " ORDER BY unit",
        [SQL_WITHHELD_COUNT] = "SELECT count(*) FROM withheld WHERE origin = ?1",
        [SQL_WITHHELD_FORGET] = "DELETE FROM withheld WHERE origin = ?1",
        [SQL_WITHHELD_ANY] = "SELECT 1 FROM withheld WHERE origin = ?1 LIMIT 1",
        [SQL_WITHHELD_REMOVE] = "DELETE FROM withheld WHERE unit = ?1 AND digest = ?2 AND origin IN"
                                " (SELECT origin FROM unit_origin WHERE unit = ?1)",

        [SQL_FORMER_LIST] =
            "SELECT w.digest, w.unit, u.digest FROM withheld w LEFT JOIN unit u ON u.id = w.unit"
            " WHERE w.origin = ?1 ORDER BY w.unit, w.digest",
        [SQL_FORMER_ADD] = "INSERT OR IGNORE INTO withheld (origin, digest, unit) VALUES (?1, ?2, ?3)",
        [SQL_CONCEPTS_GONE] = "SELECT c.id FROM concept_origin l JOIN concept c ON c.id = l.concept"
                              " WHERE l.origin = ?1 AND c.gone IS NOT NULL ORDER BY c.id",
        [SQL_CONCEPT_ADD] = "INSERT INTO concept (id, " CONCEPT_COLUMNS ")"
                            " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
        [SQL_CONCEPT_GET] = "SELECT " CONCEPT_COLUMNS ", gone, brought FROM concept WHERE id = ?1",
        [SQL_CONCEPT_SET] =
            "UPDATE concept SET name = ?2, subject = ?3, definition = ?4, note = ?5, source = ?6,"
            " infos = ?7, digest = ?8, gone = NULL, brought = NULL WHERE id = ?1",
        [SQL_CONCEPT_REMOVE] = "DELETE FROM concept WHERE id = ?1",
        [SQL_CONCEPT_BY_DIGEST] = "SELECT id FROM concept c WHERE digest = ?1 AND id < ?2"
                                  " ORDER BY NOT EXISTS (SELECT 1 FROM concept_origin l"
                                  " WHERE l.concept = c.id AND l.origin = ?3), id",
        [SQL_CONCEPT_BY_NAME] = "SELECT c.id FROM concept c JOIN concept_origin l ON l.concept = c.id"
                                " WHERE c.name = ?2 AND l.origin = ?1 AND c.id < ?3 ORDER BY c.id",
        [SQL_CONCEPT_NAMED] = "SELECT id FROM concept WHERE name = ?1 ORDER BY gone IS NOT NULL, id LIMIT 1",
        [SQL_CONCEPT_NOTE] = "UPDATE concept SET gone = ?2, brought = ?3 WHERE id = ?1",
        [SQL_CONCEPT_OF_ORIGIN] = "SELECT concept FROM concept_origin WHERE origin = ?1 AND concept > ?2"
                                  " AND concept < ?3 ORDER BY concept LIMIT 1",
        [SQL_TERM_ADD] = "INSERT INTO term (concept, " TERM_COLUMNS ")"
                         " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)",
        [SQL_TERM_REMOVE] = "DELETE FROM term WHERE concept = ?1",
        [SQL_TERM_LIST] = "SELECT " TERM_COLUMNS " FROM term WHERE concept = ?1 ORDER BY position",
        [SQL_CONCEPT_LINK_ADD] = "INSERT INTO concept_origin (origin, position, concept) VALUES (?1, ?2, ?3)",
        [SQL_CONCEPT_LINK_FIND] = "SELECT position FROM concept_origin WHERE concept = ?2 AND origin = ?1",
        [SQL_CONCEPT_LINK_REMOVE] = "DELETE FROM concept_origin WHERE origin = ?1 AND position = ?2",
        [SQL_CONCEPT_LINK_FIRST] =
            "SELECT l.origin, o.name FROM concept_origin l JOIN origin o ON o.id = l.origin"
            " WHERE l.concept = ?1 ORDER BY l.origin, l.position LIMIT 1",
        [SQL_CONCEPT_LINKS] = "SELECT o.name FROM concept_origin l JOIN origin o ON o.id = l.origin"
                              " WHERE l.concept = ?1 AND l.origin < ?2",
        [SQL_CONCEPT_LINK_COUNT] = "SELECT count(*) FROM concept_origin WHERE concept = ?1",
        [SQL_CONCEPT_LINK_END] = "SELECT 1 + max(position) FROM concept_origin WHERE origin = ?1",
        [SQL_CONCEPT_LINK_SET_ASIDE] = "UPDATE concept_origin SET position = -1 - position WHERE origin = ?1",
        [SQL_CONCEPT_LINK_ASIDE] = "SELECT position, concept FROM concept_origin"
                                   " WHERE origin = ?1 AND position < 0 ORDER BY position DESC LIMIT 1",
        [SQL_CONCEPT_LINK_CLEAR] = "DELETE FROM concept_origin WHERE origin = ?1 AND concept = ?2",
        [SQL_CONCEPT_LINK_FREE] = "WITH RECURSIVE place (at) AS (SELECT json_extract(?1, '$[1]') UNION ALL"
                                  " SELECT at + 1 FROM place WHERE EXISTS (SELECT 1 FROM concept_origin WHERE"
                                  " origin = json_extract(?1, '$[0]') AND position = at))"
                                  " SELECT max(at) FROM place",
        [SQL_CONCEPT_LINK_LAST] = "SELECT position, concept FROM concept_origin WHERE origin = ?1"
                                  " ORDER BY position DESC LIMIT 1",

        [SQL_CHANGES] = "WITH RECURSIVE one (object, last) AS (SELECT object, min(last, ?2) FROM change"
                        " WHERE step > ?1 AND kind IN ('unit', 'variant') AND object <= ?2"
                        " UNION SELECT object + 1, last FROM one WHERE object < last)"
                        " SELECT DISTINCT object FROM one ORDER BY object",

        /* The last step in effect that is no undo or redo, of a person, in an origin. */
        [SQL_UNDO_LAST] =
            "SELECT max(id) FROM step s WHERE takes_back IS NULL AND taken_back IS NULL"
            " AND name <> 'replace' AND (?3 = 0 OR coalesce(who, '') = coalesce(?1, ''))"
            " AND (?2 = 0 OR origin = ?2) AND EXISTS (SELECT 1 FROM change c WHERE c.step = s.id)",
        [SQL_UNDO_STEP] = "SELECT id, name, subject, at, who, origin, takes_back, taken_back FROM step"
                          " WHERE id = ?1",
        /* The last undo that is not taken back itself; what is done after it ends what can be brought
           forward. */
        [SQL_REDO_LAST] =
            "SELECT max(id) FROM step WHERE name = 'undo' AND taken_back IS NULL"
            " AND (?3 = 0 OR coalesce(who, '') = coalesce(?1, '')) AND (?2 = 0 OR origin = ?2)"
            " AND id > coalesce((SELECT max(n.id) FROM step n WHERE n.takes_back IS NULL"
            "  AND n.name NOT IN ('undo', 'redo', 'replace') AND (?3 = 0 OR coalesce(n.who, '') = "
            "coalesce(?1, ''))"
            "  AND (?2 = 0 OR n.origin = ?2) AND EXISTS (SELECT 1 FROM change c WHERE c.step = n.id)), 0)",
        [SQL_UNDO_CHANGES] = "SELECT number, kind, object, last, item, before FROM change"
                             " WHERE step = ?1 AND number < ?2 ORDER BY number DESC LIMIT 1",
        [SQL_UNDO_ANY] = "SELECT 1 FROM change WHERE step = ?1 LIMIT 1",
        /* A later step in effect that changed the same rows, or rows of what the step has made. An undo or
         * redo of a step before it is one, unless those of the same step come to nothing: `turn` has all that
         * came later, and `net` the last of each step that is in effect now and was not, or the other way
         * round. */
        [SQL_UNDO_LATER] =
            "WITH part (kind, of) AS (VALUES ('variant', 'unit'), ('unit_origin', 'unit'),"
            "  ('sentence', 'document'), ('term', 'concept'), ('concept_origin', 'concept'),"
            "  ('definition', 'concept'), ('relation', 'concept'), ('attestation', 'concept')),"
            " turn (id, of) AS (SELECT e.id, coalesce(u.takes_back, e.takes_back) FROM step e"
            "  LEFT JOIN step u ON u.id = e.takes_back WHERE e.id > ?1 AND e.takes_back IS NOT NULL),"
            " net (id) AS (SELECT max(id) FROM turn WHERE of < ?1 GROUP BY of HAVING count(*) % 2 = 1)"
            " SELECT max(s.id) FROM ("
            "  SELECT l.step FROM change c CROSS JOIN change l"
            "   WHERE c.step = ?1 AND l.kind = c.kind AND l.object BETWEEN c.object AND c.last"
            "   AND l.item = c.item AND l.step > ?1"
            "  UNION ALL SELECT l.step FROM net n CROSS JOIN change l WHERE l.step = n.id AND EXISTS"
            "   (SELECT 1 FROM change c WHERE c.step = ?1 AND c.kind = l.kind AND c.item = l.item"
            "   AND c.object > l.object AND c.object <= l.last)"
            "  UNION ALL SELECT l.step FROM change c CROSS JOIN part p CROSS JOIN change l"
            "   WHERE c.step = ?1 AND c.before IS NULL AND p.of = c.kind AND l.kind = p.kind"
            "   AND l.object BETWEEN c.object AND c.last AND l.step > ?1) AS later"
            " JOIN step s ON s.id = later.step AND ((s.takes_back IS NULL AND s.taken_back IS NULL)"
            "  OR s.id IN (SELECT id FROM net))",
        [SQL_FORGET_COUNT] = "SELECT count(*) FROM step s WHERE at < ?1"
                             " AND EXISTS (SELECT 1 FROM change c WHERE c.step = s.id)",
        [SQL_FORGET] = "DELETE FROM change WHERE step IN (SELECT id FROM step WHERE at < ?1)",
        [SQL_UNDO_MARK] = "UPDATE step SET taken_back = ?2 WHERE id = ?1",
        [SQL_UNDO_TAKES] = "UPDATE step SET takes_back = ?2 WHERE id = ?1",
        /* An object in a range of those that were made is none besides. */
        [SQL_UNDO_UNITS] =
            "SELECT coalesce(sum(CASE WHEN covered >= last THEN 0 WHEN covered >= object THEN last - covered"
            "  ELSE last - object + 1 END), 0) FROM (SELECT object, last, coalesce(max(last) OVER"
            "  (PARTITION BY units ORDER BY object ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING), 0)"
            "  AS covered FROM (SELECT kind IN ('unit', 'variant', 'unit_origin') AS units, object,"
            "   max(last) AS last FROM change WHERE step = ?1 AND kind IN ('unit', 'variant', 'unit_origin',"
            "   'concept', 'term', 'concept_origin') GROUP BY kind IN ('unit', 'variant', 'unit_origin'), "
            "object)"
            "  AS parts) AS ranges",
        /* Origins whose beads a step from before version 3 takes along. */
        [SQL_UNDO_ORIGINS] = "SELECT DISTINCT json_extract(before, '$[1]') FROM change"
                             " WHERE step = ?1 AND kind = 'bead' AND before IS NOT NULL"
                             " AND step < (SELECT min(id) FROM step WHERE name = 'migrate')",
        /* Origins whose beads a step touched; sides of an origin whose beads do not cover it once. */
        [SQL_UNDO_TOUCHED] = "SELECT DISTINCT json_extract(before, '$[1]') FROM change"
                             " WHERE step = ?1 AND kind = 'bead' AND before IS NOT NULL"
                             " UNION SELECT b.origin FROM change c CROSS JOIN bead b"
                             " WHERE c.step = ?1 AND c.kind = 'bead' AND b.id BETWEEN c.object AND c.last",
        [SQL_UNDO_FAULTS] =
            "WITH side (d, other, f, c) AS ("
            "  SELECT source_document, target_document, source_first, source_count FROM bead WHERE origin = "
            "?1"
            "  UNION ALL SELECT target_document, source_document, target_first, target_count FROM bead"
            "   WHERE origin = ?1),"
            " pairs AS (SELECT DISTINCT s.d, s.other FROM side s JOIN document a ON a.id = s.d"
            "  JOIN document b ON b.id = s.other WHERE a.older IS NULL AND b.older IS NULL),"
            " ordered AS (SELECT s.d, s.other, f, c, lag(f + c, 1, 0) OVER"
            "  (PARTITION BY s.d, s.other ORDER BY f) AS e"
            "  FROM side s JOIN pairs p ON p.d = s.d AND p.other = s.other WHERE c > 0),"
            " summed AS (SELECT d, other, min(CASE WHEN f = e THEN 1 ELSE 0 END) AS tight, max(f + c) AS n"
            "  FROM ordered GROUP BY d, other)"
            " SELECT count(*) FROM pairs p LEFT JOIN summed s ON s.d = p.d AND s.other = p.other"
            " WHERE coalesce(s.tight, 1) = 0 OR coalesce(s.n, 0) <>"
            "  (SELECT count(*) FROM sentence x WHERE x.document = p.d)",
        [SQL_UNDO_COLUMNS] = "SELECT name, pk, type FROM pragma_table_info(?1) ORDER BY cid",
        [SQL_DIGEST_FORGET] = "DELETE FROM derived_digest WHERE (digest, unit) IN"
                              " (SELECT digest, id FROM unit WHERE id BETWEEN ?1 AND ?2)",
        [SQL_DIGEST_NOTE] = "INSERT INTO derived_digest (digest, unit) SELECT digest, id FROM unit"
                            " WHERE id BETWEEN ?1 AND ?2 ON CONFLICT DO NOTHING",
        [SQL_CONFIRMED] =
            "SELECT id FROM unit WHERE id > ?1 AND status = 'confirmed' AND status <> ''"
            " UNION SELECT l.unit FROM origin o CROSS JOIN unit_origin l"
            " WHERE o.kind = 'aligned' AND l.origin = o.id AND l.unit > ?1 ORDER BY 1 DESC LIMIT ?2",

        [SQL_CONCEPT_LINK_PLACE] = "SELECT origin, position FROM concept_origin WHERE concept = ?1"
                                   " ORDER BY origin, position LIMIT 1",
        [SQL_REJECTED_ADD] =
            "INSERT INTO rejected_candidate (source_lang, source, target_lang, target, at, who)"
            " SELECT ?1, ?2, ?3, ?4, ?5, ?6 WHERE NOT EXISTS"
            " (SELECT 1 FROM rejected_candidate WHERE source = ?2 AND target = ?4)",
        [SQL_REJECTED_FIND] = "SELECT id FROM rejected_candidate WHERE source = ?1 AND target = ?2 LIMIT 1",
        [SQL_ACCEPTED_ADD] = "INSERT OR IGNORE INTO accepted_finding"
                             " (id, fault, words, source, target, accepted_at, who)"
                             " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
        [SQL_ACCEPTED_LIST] =
            "SELECT id, fault, words, source, target, who, accepted_at FROM accepted_finding ORDER BY id",
        [SQL_ACCEPTED_FIND] = "SELECT 1 FROM accepted_finding WHERE id = ?1",
        [SQL_ACCEPTED_REMOVE] = "DELETE FROM accepted_finding WHERE ?1 IS NULL OR id = ?1",
        [SQL_ACCEPTED_COUNT] = "SELECT count(*) FROM accepted_finding WHERE ?1 IS NULL OR id = ?1",

        [SQL_DERIVED_PUT] = "INSERT INTO derived_index (name, step, stamp, size) VALUES (?1, ?2, ?3, ?4)",
        [SQL_DERIVED_GET] = "SELECT step, stamp, size FROM derived_index WHERE name = ?1",
        [SQL_DERIVED_DROP] = "DELETE FROM derived_index WHERE ?1 IS NULL OR name = ?1",
        [SQL_DERIVED_PART_ADD] =
            "INSERT INTO derived_index_part (name, part, data) VALUES (?1, ?2, zeroblob(?3))",
        [SQL_DERIVED_PART_GET] = "SELECT id FROM derived_index_part WHERE name = ?1 AND part = ?2",
        [SQL_DERIVED_PART_DROP] = "DELETE FROM derived_index_part WHERE ?1 IS NULL OR name = ?1",

        [SQL_LOG_MARK] = "INSERT INTO memory (name, value)"
                         " VALUES ('log', 'log 0000000000000000 ' || lower(hex(randomblob(8))))"
                         " ON CONFLICT (name) DO UPDATE"
                         " SET value = 'log ' || substr(value, 22) || ' ' || lower(hex(randomblob(8)))",
        [SQL_STATS] = "SELECT (SELECT page_count * page_size FROM pragma_page_count, pragma_page_size),"
                      " (SELECT coalesce(sum(size), 0) FROM derived_index)",
        [SQL_TALLY_LOST] = "SELECT 1 FROM checksum WHERE name IN ('variant', 'term') AND rows > 0"
                           " AND NOT EXISTS (SELECT 1 FROM derived_tally)",
        [SQL_TALLY_ANY] = "SELECT 1 FROM checksum LIMIT 1",
};

const char *const ty_sql_walks[WALK_COUNT] = {
    /* Held while a cursor is open, so that all of its statements see the same state. */
    [WALK_SNAPSHOT] = "SELECT max(id) FROM step",
    [WALK_ORIGIN] = TY_WALK_ORIGIN("CASE WHEN ?2 THEN NULL END"),
    [WALK_LOOSE] = "SELECT 0, u.id, u.status, " TY_WALK_UNIT " FROM unit u"
                   " WHERE NOT EXISTS (SELECT 1 FROM unit_origin l WHERE l.unit = u.id) ORDER BY u.id",
    [WALK_ONE] = "SELECT 0, u.id, u.status, " TY_WALK_UNIT " FROM unit u WHERE u.id = ?1",
    [WALK_LINKS] = "SELECT origin, position FROM unit_origin WHERE unit = ?1 ORDER BY origin, position",
    [WALK_VARIANTS] = "SELECT unit, " VARIANT_COLUMNS " FROM variant WHERE unit >= ?1"
                      " ORDER BY unit, position",
    [WALK_TEXTS] = "SELECT unit, position, lang, text FROM variant WHERE unit >= ?1 ORDER BY unit, position",
    [WALK_ASIDE_TEXTS] = "SELECT v.unit, v.position, v.lang, v.text FROM unit_origin l"
                         " CROSS JOIN variant v WHERE v.unit = l.unit AND l.origin = ?1 AND l.position < 0"
                         " ORDER BY l.position DESC, v.position",
    [WALK_CONCEPTS] = "SELECT l.origin, l.concept, o.name FROM concept_origin l"
                      " JOIN origin o ON o.id = l.origin JOIN concept c ON c.id = l.concept"
                      " WHERE c.gone IS NULL ORDER BY l.origin, l.position",
    [WALK_UNITS] = "SELECT u.id, u.status, " TY_WALK_UNIT " FROM unit u ORDER BY u.id",
    [WALK_FOREIGN_KEYS] = "SELECT \"table\", count(*) FROM pragma_foreign_key_check GROUP BY 1 ORDER BY 1",
    [WALK_INTEGRITY] = "SELECT * FROM pragma_integrity_check",
    [WALK_DIGESTS] = "SELECT unit FROM derived_digest d WHERE NOT EXISTS"
                     " (SELECT 1 FROM unit u WHERE u.id = d.unit AND u.digest = d.digest)"
                     " UNION SELECT id FROM unit u WHERE NOT EXISTS"
                     " (SELECT 1 FROM derived_digest d WHERE d.digest = u.digest AND d.unit = u.id)",
    [WALK_TALLIES] = TY_TALLIES("length(CAST(text AS BLOB))"),
    /* Blocks that hold something newer than they tell, or a language that they do not tell; and units of
       none. */
    [WALK_ZONES] = "SELECT z.block * " ZONE_UNITS " FROM derived_zone z"
                   " WHERE EXISTS (SELECT 1 FROM unit u WHERE " IN_ZONE(
                       "u.id") "   AND (u.creationdate > z.newest OR u.changedate > z.newest))"
                               "  OR EXISTS (SELECT 1 FROM variant v WHERE " IN_ZONE(
                                   "v.unit") "   AND (v.creationdate > z.newest OR v.changedate > z.newest"
                                             "    OR (z.langs NOT LIKE '% ' || v.lang || ' %' AND z.langs "
                                             "NOT LIKE '% * %')))"
                                             "  OR EXISTS (SELECT 1 FROM bead b WHERE " IN_ZONE(
                                                 "b.unit") " AND b.aligned_at > z.newest)"
                                                           " UNION SELECT u.id FROM unit u WHERE EXISTS "
                                                           "(SELECT 1 FROM derived_zone)"
                                                           "  AND NOT EXISTS (SELECT 1 FROM derived_zone z "
                                                           "WHERE z.block = u.id / " ZONE_UNITS ")",
    /* Beads of the documents that releases have now: side by side, from the first sentence to the last. */
    [WALK_PARTITION] =
        "WITH side (d, other, f, c) AS ("
        "  SELECT source_document, target_document, source_first, source_count FROM bead"
        "  UNION ALL SELECT target_document, source_document, target_first, target_count FROM bead),"
        " pairs AS (SELECT DISTINCT s.d, s.other FROM side s JOIN document a ON a.id = s.d"
        "  JOIN document b ON b.id = s.other WHERE a.older IS NULL AND b.older IS NULL),"
        " ordered AS (SELECT s.d, s.other, f, c, lag(f + c, 1, 0) OVER (PARTITION BY s.d, s.other ORDER BY "
        "f) AS e"
        "  FROM side s JOIN pairs p ON p.d = s.d AND p.other = s.other WHERE c > 0),"
        " summed AS (SELECT d, other, min(CASE WHEN f = e THEN 1 ELSE 0 END) AS tight, max(f + c) AS n FROM "
        "ordered GROUP BY d, other)"
        " SELECT DISTINCT p.d FROM pairs p LEFT JOIN summed s ON s.d = p.d AND s.other = p.other"
        " WHERE coalesce(s.tight, 1) = 0 OR coalesce(s.n, 0) <>"
        "  (SELECT count(*) FROM sentence x WHERE x.document = p.d)",
    [WALK_BEADS] = "SELECT b.id FROM bead b JOIN document d ON d.id = b.source_document"
                   " JOIN document e ON e.id = b.target_document WHERE d.older IS NULL AND e.older IS NULL"
                   " AND (b.unit IS NULL) <> (b.source_count = 0 OR b.target_count = 0 OR b.omit <> 0)",
    [WALK_RANGES] =
        "SELECT 'the ' || name || 's have numbers above the highest that was given' FROM counter WHERE value "
        "<"
        " CASE name WHEN 'unit' THEN (SELECT coalesce(max(id), 0) FROM unit)"
        "  WHEN 'concept' THEN (SELECT coalesce(max(id), 0) FROM concept)"
        "  WHEN 'origin' THEN (SELECT coalesce(max(id), 0) FROM origin)"
        "  WHEN 'document' THEN (SELECT coalesce(max(id), 0) FROM document)"
        "  WHEN 'bead' THEN (SELECT coalesce(max(id), 0) FROM bead) ELSE 0 END"
        " UNION ALL SELECT 'a ' || name || ' has no number left' FROM counter WHERE value > "
        "1152921504606846976 OR value "
        "< 0"
        " UNION ALL SELECT 'step ' || id || ' is out of range' FROM step WHERE id > 1152921504606846976 OR "
        "id < 1"
        " UNION ALL SELECT 'a unit has a place out of range' FROM unit_origin"
        "  WHERE position < 0 OR position > 1152921504606846976"
        " UNION ALL SELECT 'sentence ' || number || ' of document ' || document || ' is out of range'"
        "  FROM sentence WHERE number < 0"
        " UNION ALL SELECT 'bead ' || id || ' is out of range' FROM bead WHERE source_first < 0"
        "  OR source_count < 0 OR target_first < 0 OR target_count < 0 OR confidence NOT BETWEEN 0 AND 1"
        "  OR state NOT IN ('auto', 'hand', 'ok')",
    [WALK_KNOWN_DIGESTS] = "SELECT digest, unit FROM derived_digest ORDER BY digest, unit",
    [WALK_KNOWN_LINKS] = "SELECT unit, position FROM unit_origin WHERE origin = ?1 ORDER BY unit, position",
    [WALK_PARTS] = "SELECT name FROM derived_index i WHERE size <>"
                   " (SELECT coalesce(sum(length(data)), 0) FROM derived_index_part p WHERE p.name = i.name)",
};
