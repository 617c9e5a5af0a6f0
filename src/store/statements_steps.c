/* SPDX-License-Identifier: Apache-2.0 */
/* SQL of steps and what they changed, and what is derived: sums, figures, zones, indexes. */
#include "store/statements_words.h"

const char *const ty_sql_of_steps[SQL_COUNT] = {
    [SQL_STAMP_UNITS] = "SELECT id, stamp FROM step WHERE units ORDER BY id DESC LIMIT 1",
    [SQL_STAMP_CONCEPTS] = "SELECT id, stamp FROM step WHERE concepts ORDER BY id DESC LIMIT 1",
    [SQL_STAMP_LAST] = "SELECT id, stamp FROM step ORDER BY id DESC LIMIT 1",
    [SQL_STAMP_OF] = "SELECT stamp FROM step WHERE id = ?1",
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
                      " AND (?4 IS NULL OR at >= ?4) ORDER BY id DESC",
    /* Rows made one after another are one row of `change`, which begins at or before the object. */
    [SQL_STEP_LIST_OF] =
        "SELECT id, name, subject, at, who, origin, takes_back, taken_back FROM step"
        " WHERE id < ?1 AND id IN (SELECT step FROM change WHERE kind IN (?2, ?3) AND "
        "object = ?4 UNION SELECT step FROM (SELECT step, last FROM change WHERE kind = ?2 "
        "AND object <= ?4 AND last > object ORDER BY object DESC LIMIT 1) AS made WHERE last >= ?4)"
        " AND (?5 IS NULL OR who = ?5) AND (?6 IS NULL OR at >= ?6) ORDER BY id DESC",
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
    [SQL_ZONES] = "SELECT block, langs FROM derived_zone WHERE newest >= ?1",
    [SQL_ZONES_ANY] = "SELECT 1 FROM derived_zone LIMIT 1",
    [SQL_ZONES_LOST] = "SELECT 1 FROM checksum WHERE name = 'unit' AND rows > 0"
                       " AND NOT EXISTS (SELECT 1 FROM derived_zone)",
    [SQL_ZONES_CLEAR] = "DELETE FROM derived_zone",
    [SQL_ZONE_GET] = "SELECT newest, langs, undated FROM derived_zone WHERE block = ?1",
    [SQL_ZONE_SET] = "INSERT INTO derived_zone (block, newest, langs, undated) VALUES (?1, ?2, ?3, ?4)"
                     " ON CONFLICT (block) DO UPDATE SET newest = excluded.newest, langs = excluded.langs,"
                     " undated = excluded.undated",
    [SQL_CHANGES] = "WITH RECURSIVE one (object, last) AS (SELECT object, min(last, ?2) FROM change"
                    " WHERE step > ?1 AND kind IN ('unit', 'variant') AND object <= ?2"
                    " UNION SELECT object + 1, last FROM one WHERE object < last)"
                    " SELECT DISTINCT object FROM one ORDER BY object",
    /* The last step in effect that is no undo or redo, of a person, in an origin. */
    /* Of one release not what brought it in, which is taken back by its number only. */
    [SQL_UNDO_LAST] = "SELECT max(id) FROM step s WHERE takes_back IS NULL AND taken_back IS NULL"
                      " AND name <> 'replace' AND (?3 = 0 OR coalesce(who, '') = coalesce(?1, ''))"
                      " AND (?2 = 0 OR (origin = ?2 AND name NOT IN ('import', 'refresh')))"
                      " AND EXISTS (SELECT 1 FROM change c WHERE c.step = s.id)",
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
    /* Origins whose beads a step touched. */
    [SQL_UNDO_TOUCHED] = "SELECT DISTINCT json_extract(before, '$[1]') FROM change"
                         " WHERE step = ?1 AND kind = 'bead' AND before IS NOT NULL"
                         " UNION SELECT b.origin FROM change c CROSS JOIN bead b"
                         " WHERE c.step = ?1 AND c.kind = 'bead' AND b.id BETWEEN c.object AND c.last",
    [SQL_UNDO_COLUMNS] = "SELECT name, pk, type FROM pragma_table_info(?1) ORDER BY cid",
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
