/* SPDX-License-Identifier: Apache-2.0 */
/* SQL of walks, which may have very many rows. */
#include "store/statements_words.h"

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
    /* Those that may say something else than their units: all but pairs of one sentence each that are two of
       the unit's texts, just so. Of older versions the units go on without them. */
    [WALK_APART] =
        "SELECT b.id FROM bead b WHERE b.unit IS NOT NULL AND NOT (b.source_count = 1"
        " AND b.target_count = 1 AND EXISTS (SELECT 1 FROM sentence s CROSS JOIN sentence t"
        "  CROSS JOIN variant v CROSS JOIN variant w WHERE s.document = b.source_document"
        "  AND s.number = b.source_first AND t.document = b.target_document"
        "  AND t.number = b.target_first AND v.unit = b.unit AND v.text = coalesce(s.edited, s.text)"
        "  AND w.unit = b.unit AND w.position <> v.position AND w.text = coalesce(t.edited, t.text)))"
        " AND NOT EXISTS (SELECT 1 FROM document d WHERE d.older IS NOT NULL"
        "  AND d.id IN (b.source_document, b.target_document))",
    [WALK_PARTS] = "SELECT name FROM derived_index i WHERE size <>"
                   " (SELECT coalesce(sum(length(data)), 0) FROM derived_index_part p WHERE p.name = i.name)",
};
