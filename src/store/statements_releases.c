/* SPDX-License-Identifier: Apache-2.0 */
/* SQL of origins with their documents, sentences and beads. */
#include "store/statements_words.h"

const char *const ty_sql_of_releases[SQL_COUNT] =
    {
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
        [SQL_DOCUMENT_HEADS] = "SELECT id, lang, title, date, url, file_name, encoding, 0, older, path"
                               " FROM document d WHERE origin = ?1 ORDER BY id",
        [SQL_BEAD_GROUND] = "SELECT source_document, source_first, source_count,"
                            " target_document, target_first, target_count FROM bead WHERE origin = ?1",
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
        [SQL_CONFIRM_BEADS] = TY_CONFIRM_BEADS("SELECT value FROM json_each(?1)"),
        /* By its unit, as the + says: SQLite would take the index of origins, and look at all of a release.
         */
        [SQL_BEAD_FIND] = "SELECT id FROM bead WHERE unit = ?1 AND +origin = ?2 ORDER BY id DESC LIMIT 1",
        [SQL_BEAD_ADD] = "INSERT INTO bead (unit, origin, " BEAD_COLUMNS ", id, " NEW_BEAD_COLUMNS ")"
                         " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, " NEW_BEAD ")",
        [SQL_BEAD_SET] = "UPDATE bead SET source_document = ?2, source_first = ?3, source_count = ?4,"
                         " target_document = ?5, target_first = ?6, target_count = ?7, confidence = ?8,"
                         " aligned_at = ?9, tool = ?10 WHERE id = ?1",
        [SQL_BEAD_GET] = "SELECT " BEAD_COLUMNS ", who, at FROM bead WHERE unit = ?1 AND +origin = ?2"
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
        [SQL_APART_TOUCHED] = "SELECT DISTINCT CASE kind WHEN 'bead' THEN kind ELSE 'unit' END, object, last"
                              " FROM change WHERE step = ?1 AND kind IN ('bead', 'unit', 'variant')",
        [SQL_APART_BEADS] = "SELECT id FROM bead WHERE id BETWEEN ?1 AND ?2 AND unit IS NOT NULL",
        [SQL_APART_OF_UNITS] = "SELECT id FROM bead WHERE unit BETWEEN ?1 AND ?2",
        /* Texts that were changed; the beads that hold them may be others than the step saw. */
        [SQL_APART_SENTENCES] = "SELECT object, item FROM change WHERE step = ?1 AND kind = 'sentence'"
                                " AND before IS NOT NULL ORDER BY object, item",
        [SQL_APART_HOLDING] = "SELECT id FROM bead WHERE source_document = ?1 AND source_first <= ?3"
                              " AND source_first + source_count > ?2 AND unit IS NOT NULL"
                              " UNION SELECT id FROM bead WHERE target_document = ?1 AND target_first <= ?3"
                              " AND target_first + target_count > ?2 AND unit IS NOT NULL",
        [SQL_APART_LATER] = "SELECT coalesce(max(step), 0) FROM change WHERE step > ?2"
                            " AND ((kind = 'variant' AND object = ?1)"
                            "  OR (kind = 'bead' AND object <= ?3 AND last >= ?3))",
        /* Or what is read in it: another text of its unit, or of a sentence, need not change the bead. */
        [SQL_BEAD_CHANGED] =
            "SELECT max(step) FROM (SELECT step FROM change WHERE kind = 'bead' AND object = ?1 AND step > ?2"
            " UNION ALL SELECT c.step FROM bead b JOIN change c ON c.kind = 'variant' AND c.object = b.unit"
            "  WHERE b.id = ?1 AND c.step > ?2"
            " UNION ALL SELECT c.step FROM bead b JOIN change c ON c.kind = 'sentence'"
            "  AND c.object = b.source_document AND c.item >= b.source_first"
            "  AND c.item < b.source_first + b.source_count WHERE b.id = ?1 AND c.step > ?2"
            " UNION ALL SELECT c.step FROM bead b JOIN change c ON c.kind = 'sentence'"
            "  AND c.object = b.target_document AND c.item >= b.target_first"
            "  AND c.item < b.target_first + b.target_count WHERE b.id = ?1 AND c.step > ?2) AS later",
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
};
