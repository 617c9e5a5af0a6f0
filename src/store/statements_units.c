/* SPDX-License-Identifier: Apache-2.0 */
/* SQL of units, their variants, digests and places, and what was withheld. */
#include "store/statements_words.h"

const char *const ty_sql_of_units[SQL_COUNT] = {
    [SQL_NARROW_STATUS] = "SELECT id FROM unit WHERE status = ?1 AND status <> '' LIMIT ?2",
    [SQL_NARROW_DOUBTFUL] =
        "SELECT unit FROM (SELECT unit FROM bead WHERE confidence < ?1 AND unit IS NOT NULL LIMIT ?2) AS "
        "b"
        " UNION SELECT id FROM (SELECT id FROM unit WHERE conflict IS NOT NULL LIMIT ?2) AS u",
    [SQL_NARROW_SURE] = "SELECT unit FROM bead WHERE confidence >= ?1 AND unit IS NOT NULL LIMIT ?2",
    /* In the place where some origin has them, or any: those of an exchange file, or by hand. */
    [SQL_NARROW_UNALIGNED] =
        "SELECT unit FROM (SELECT l.unit FROM unit_origin l WHERE NOT EXISTS"
        "  (SELECT 1 FROM bead b WHERE b.unit = l.unit AND +b.origin = l.origin) LIMIT ?1) AS l"
        " UNION SELECT id FROM (SELECT u.id FROM unit u WHERE NOT EXISTS"
        "  (SELECT 1 FROM unit_origin l WHERE l.unit = u.id) LIMIT ?1) AS u",
    [SQL_NARROW_NEW] = "SELECT l.unit FROM origin o CROSS JOIN unit_origin l WHERE l.origin = o.id"
                       " AND o.imported_at >= ?1 AND EXISTS (SELECT 1 FROM derived_zone z"
                       "  WHERE z.block = l.unit / " ZONE_UNITS " AND z.undated <> 0) LIMIT ?2",
    [SQL_NARROW_BLOCK] = "SELECT id FROM unit WHERE id BETWEEN ?1 AND ?2",
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
    [SQL_UNIT_SET_CONFLICT] = "UPDATE unit SET conflict = ?2 WHERE id = ?1 AND conflict IS DISTINCT FROM ?2",
    [SQL_UNIT_REMOVED_AT] = "SELECT s.at FROM change c JOIN step s ON s.id = c.step"
                            " WHERE c.kind = 'unit' AND c.object = ?1 AND c.before IS NOT NULL"
                            " ORDER BY c.step DESC LIMIT 1",
    [SQL_UNIT_DIGEST] = "SELECT digest FROM unit WHERE id = ?1",
    [SQL_VARIANT_ADD_PENDING] = "INSERT INTO variant (unit, " VARIANT_COLUMNS ")"
                                " SELECT * FROM pending_variant",
    [SQL_VARIANT_REMOVE] = "DELETE FROM variant WHERE unit = ?1",
    [SQL_VARIANT_LIST] = "SELECT " VARIANT_COLUMNS " FROM variant WHERE unit = ?1 ORDER BY position",
    [SQL_DIGEST_ANY] = "SELECT 1 FROM derived_digest WHERE ?1 IS NOT NULL LIMIT 1",
    [SQL_DIGEST_FIND] = "SELECT unit FROM derived_digest WHERE digest = ?1 AND ?2 IS NOT NULL AND unit > ?3"
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
    [SQL_LINK_FIRST] = "SELECT l.origin, l.position, o.name, o.kind, o.date, o.imported_at, o.title, o.url"
                       " FROM unit_origin l"
                       " JOIN origin o ON o.id = l.origin WHERE l.unit = ?1"
                       " ORDER BY l.origin, l.position LIMIT 1",
    [SQL_LINK_END] = "SELECT 1024 + max(position) FROM unit_origin WHERE origin = ?1",
    [SQL_LINK_COUNT] = "SELECT count(*) FROM unit_origin WHERE unit = ?1",
    [SQL_LINK_NAMES] = "SELECT o.name FROM unit_origin l JOIN origin o ON o.id = l.origin WHERE l.unit = ?1",
    /* While an origin is replaced, its old places are the negative numbers. */
    [SQL_LINK_SET_ASIDE] = "UPDATE unit_origin SET position = -1 - position WHERE origin = ?1",
    [SQL_LINK_ASIDE] = "SELECT l.position, l.unit, u.status = 'confirmed' OR EXISTS (SELECT 1 FROM bead b"
                       "  WHERE b.unit = l.unit AND +b.origin = l.origin AND " OF_PERSON ")"
                       " FROM unit_origin l JOIN unit u ON u.id = l.unit"
                       " WHERE l.origin = ?1 AND l.position < 0 ORDER BY l.position DESC LIMIT 1",
    [SQL_LINK_NEXT] = "SELECT min(position) FROM unit_origin WHERE origin = ?1 AND position > ?2",
    [SQL_LINK_BEFORE] = "SELECT unit FROM unit_origin WHERE origin = ?1 AND position < ?2"
                        " ORDER BY position DESC LIMIT 1",
    [SQL_LINK_AFTER] = "SELECT unit FROM unit_origin WHERE origin = ?1 AND position > ?2"
                       " ORDER BY position LIMIT 1",
    [SQL_LINK_LAST] = "SELECT position, unit FROM unit_origin WHERE origin = ?1"
                      " ORDER BY position DESC LIMIT 1",
    [SQL_LINK_LIST] = "SELECT origin, position FROM unit_origin WHERE unit = ?1 ORDER BY origin, position",
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
    [SQL_LINK_RETURN] = "UPDATE unit_origin SET position = -position - 1 WHERE origin = ?1 AND position < 0",
    [SQL_WITHHELD_ADD] = "INSERT INTO withheld (id, origin, digest, unit) SELECT " LAST_GIVEN(
        "withheld", "id") " + row_number() OVER (ORDER BY l.origin, l.position), l.origin, u.digest, u.id"
                          " FROM unit u JOIN unit_origin l ON l.unit = u.id WHERE u.id = ?1"
                          " ON CONFLICT (origin, digest, unit) DO NOTHING",
    [SQL_WITHHELD_FIND] = "SELECT unit FROM withheld WHERE origin = ?2 AND digest = ?1 AND unit > ?3"
                          " ORDER BY unit",
    [SQL_WITHHELD_COUNT] = "SELECT count(*) FROM withheld WHERE origin = ?1",
    [SQL_WITHHELD_FORGET] = "DELETE FROM withheld WHERE origin = ?1",
    [SQL_WITHHELD_ANY] = "SELECT 1 FROM withheld WHERE origin = ?1 LIMIT 1",
    [SQL_WITHHELD_REMOVE] = "DELETE FROM withheld WHERE unit = ?1 AND digest = ?2 AND origin IN"
                            " (SELECT origin FROM unit_origin WHERE unit = ?1)",
    [SQL_FORMER_LIST] = "SELECT w.digest, w.unit, u.digest FROM withheld w LEFT JOIN unit u ON u.id = w.unit"
                        " WHERE w.origin = ?1 ORDER BY w.unit, w.digest",
    [SQL_FORMER_ADD] = "INSERT INTO withheld (id, origin, digest, unit) SELECT 1 + " LAST_GIVEN(
        "withheld", "id") ", ?1, ?2, ?3 WHERE true ON CONFLICT (origin, digest, unit) DO NOTHING",
    [SQL_DIGEST_FORGET] = "DELETE FROM derived_digest WHERE (digest, unit) IN"
                          " (SELECT digest, id FROM unit WHERE id BETWEEN ?1 AND ?2)",
    [SQL_DIGEST_NOTE] = "INSERT INTO derived_digest (digest, unit) SELECT digest, id FROM unit"
                        " WHERE id BETWEEN ?1 AND ?2 ON CONFLICT DO NOTHING",
    [SQL_CONFIRMED] =
        "SELECT id FROM unit WHERE id > ?1 AND status = 'confirmed' AND status <> ''"
        " UNION SELECT l.unit FROM origin o CROSS JOIN unit_origin l"
        " WHERE o.kind = 'aligned' AND l.origin = o.id AND l.unit > ?1 ORDER BY 1 DESC LIMIT ?2",
};
