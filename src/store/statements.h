/* SPDX-License-Identifier: Apache-2.0 */
/* statements - SQL that engines say with a word of their own in it. */
#ifndef TY_STORE_STATEMENTS_H
#define TY_STORE_STATEMENTS_H

/* What beads, links and statuses say, where it is not what is kept of them; how the bytes of a text are
 * counted. */
#define TY_TALLIES(bytes)                                                                                    \
    "WITH counted (origin, name, count) AS ("                                                                \
    " SELECT 0, 'confirmed', count(*) FROM unit WHERE status = 'confirmed'"                                  \
    " UNION ALL SELECT 0, 'aligned', count(*) FROM bead WHERE unit IS NOT NULL"                              \
    " UNION ALL SELECT 0, 'text bytes', coalesce(sum(" bytes "), 0) FROM variant"                            \
    " UNION ALL SELECT 0, 'variants:' || lang, count(*) FROM variant GROUP BY lang"                          \
    " UNION ALL SELECT 0, 'terms:' || lang, count(*) FROM term GROUP BY lang"                                \
    " UNION ALL SELECT origin, 'units', count(*) FROM unit_origin GROUP BY origin"                           \
    " UNION ALL SELECT origin, 'concepts', count(*) FROM concept_origin GROUP BY origin"                     \
    " UNION ALL SELECT origin, 'beads', count(*) FROM bead GROUP BY origin"                                  \
    " UNION ALL SELECT origin, state, count(*) FROM bead GROUP BY origin, state"                             \
    " UNION ALL SELECT origin, 'unpaired', count(*) FROM bead"                                               \
    "  WHERE source_count = 0 OR target_count = 0 GROUP BY origin"                                           \
    " UNION ALL SELECT origin, 'omitted', sum(omit) FROM bead GROUP BY origin"                               \
    " UNION ALL SELECT origin, 'flagged', sum(flag) FROM bead GROUP BY origin"                               \
    " UNION ALL SELECT origin, 'asked', sum(ask) FROM bead GROUP BY origin)"                                 \
    " SELECT c.origin, c.name FROM counted c LEFT JOIN derived_tally t"                                      \
    "  ON t.origin = c.origin AND t.name = c.name WHERE c.count <> coalesce(t.count, 0)"                     \
    " UNION SELECT t.origin, t.name FROM derived_tally t LEFT JOIN counted c"                                \
    "  ON c.origin = t.origin AND c.name = t.name WHERE t.name <> 'version'"                                 \
    " AND t.count <> coalesce(c.count, 0)"

/* A unit of a walk; those of an origin, with all places that they have ("ORIGIN:PLACE ORIGIN:PLACE", rising)
 * where the engine can tell at once and ?2 asks for it, else NULL. */
/* The unit that this one is in conflict with, if it is still there; few are in one, so the rest is not looked
 * up. */
#define TY_CONFLICT_OF(table)                                                                                \
    "CASE WHEN " table ".conflict IS NOT NULL THEN (SELECT c.id FROM unit c WHERE c.id = " table             \
    ".conflict) END"
#define TY_WALK_UNIT                                                                                         \
    "u.tuid, u.srclang, u.creationdate, u.creationid, u.changedate, u.changeid,"                             \
    " u.attributes, u.infos, u.digest, u.label, " TY_CONFLICT_OF("u")
#define TY_WALK_ORIGIN(places)                                                                               \
    "SELECT l.position, u.id, u.status, " TY_WALK_UNIT ", " places " FROM unit_origin l CROSS JOIN unit u"   \
    " WHERE u.id = l.unit AND l.origin = ?1 ORDER BY l.position"

/* Confirmed are those that a query lists. */
#define TY_CONFIRM_UNITS(list)                                                                               \
    "UPDATE unit SET status = 'confirmed', conflict = NULL WHERE id IN (" list ")"                           \
    " AND (status <> 'confirmed' OR conflict IS NOT NULL)"
#define TY_CONFIRM_BEADS(list)                                                                               \
    "UPDATE bead SET state = 'ok', who = ?2, at = ?3 WHERE unit IN (" list ") AND state <> 'ok'"             \
    " AND (SELECT u.label FROM unit u WHERE u.id = bead.unit) IS DISTINCT FROM 1"

#endif
