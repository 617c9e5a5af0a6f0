/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Statements that PostgreSQL wants in other words than statements.c has for all: functions it calls
 * otherwise, numbers that SQLite gives to rows by itself, JSON, and its own catalogue.
 */
#include "store/pq.h"
#include "store/statements.h"

#define ITEM(n) "CAST(CAST(?1 AS json) ->> " n " AS bigint)"
#define FREE_PLACE(table)                                                                                    \
    "WITH RECURSIVE place (at) AS (SELECT " ITEM(                                                            \
        "1") " UNION ALL SELECT at + 1 FROM place WHERE EXISTS"                                              \
             " (SELECT 1 FROM " table                                                                        \
             " WHERE origin = " ITEM("0") " AND position = at)) SELECT max(at) FROM place"
#define VALUES_11 " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)"

#define LISTED_UNITS "SELECT CAST(e.x AS bigint) FROM json_array_elements_text(CAST(?1 AS json)) AS e (x)"

const char *const ty_pq_texts[SQL_COUNT] = {
    [SQL_STAMP_UNITS] = "SELECT id, stamp FROM step WHERE units <> 0 ORDER BY id DESC LIMIT 1",
    [SQL_STAMP_CONCEPTS] = "SELECT id, stamp FROM step WHERE concepts <> 0 ORDER BY id DESC LIMIT 1",
    [SQL_COUNTER_SET] = "INSERT INTO counter (name, value) VALUES (?1, ?2)"
                        " ON CONFLICT (name) DO UPDATE SET value = greatest(counter.value, excluded.value)",
    [SQL_UNIT_LAST_ID] = "SELECT greatest(coalesce((SELECT value FROM counter WHERE name = 'unit'), 0),"
                         " coalesce((SELECT max(id) FROM unit), 0))",
    [SQL_UNIT_SET_PENDING] =
        "INSERT INTO unit (id, digest, status, tuid, srclang, creationdate, creationid, changedate, changeid,"
        " attributes, infos)" VALUES_11 " ON CONFLICT (id) DO UPDATE SET status = excluded.status,"
        " tuid = excluded.tuid, srclang = excluded.srclang, creationdate = excluded.creationdate,"
        " creationid = excluded.creationid, changedate = excluded.changedate, changeid = excluded.changeid,"
        " attributes = excluded.attributes, infos = excluded.infos, digest = excluded.digest",
    [SQL_VARIANT_ADD_PENDING] = "INSERT INTO variant (unit, position, lang, text, content, creationdate, "
                                "creationid, changedate, changeid,"
                                " attributes, infos)" VALUES_11,
    /* Numbers that an intake was given beforehand become visible behind higher ones. */
    /* Sums wrap around at 64 bits. */
    [SQL_SUM_ADD] =
        "INSERT INTO checksum (name, rows, sum) VALUES (?1, ?2, ?3) ON CONFLICT (name) DO UPDATE SET"
        " rows = checksum.rows + excluded.rows, sum = CAST(mod(CAST(checksum.sum AS numeric) +"
        " excluded.sum + 27670116110564327424, 18446744073709551616) - 9223372036854775808 AS bigint)",
    [SQL_CHANGES] = "SELECT DISTINCT x FROM change c CROSS JOIN LATERAL generate_series(c.object,"
                    " least(c.last, ?2)) AS x WHERE step > ?1 AND kind IN ('unit', 'variant')"
                    " AND object <= ?2 ORDER BY x",
    [SQL_LINK_FREE] = FREE_PLACE("unit_origin"),
    [SQL_CONCEPT_LINK_FREE] = FREE_PLACE("concept_origin"),
    [SQL_BEAD_PAIR] = "SELECT source_document, target_document FROM bead WHERE origin = ?1"
                      " ORDER BY greatest(source_document, target_document) DESC,"
                      " least(source_document, target_document) DESC LIMIT 1",
    [SQL_STEP_BEFORE] = "SELECT item, CAST(before AS json) ->> 2, CAST(before AS json) ->> 3,"
                        " CAST(before AS json) ->> 4 FROM change WHERE step = ?1 AND kind = ?2"
                        " AND object = ?3 AND before IS NOT NULL ORDER BY number",
    [SQL_UNDO_ORIGINS] = "SELECT DISTINCT CAST(CAST(before AS json) ->> 1 AS bigint) FROM change"
                         " WHERE step = ?1 AND kind = 'bead' AND before IS NOT NULL"
                         " AND step < (SELECT min(id) FROM step WHERE name = 'migrate')",
    [SQL_UNDO_TOUCHED] = "SELECT DISTINCT CAST(CAST(before AS json) ->> 1 AS bigint) FROM change"
                         " WHERE step = ?1 AND kind = 'bead' AND before IS NOT NULL"
                         " UNION SELECT b.origin FROM change c CROSS JOIN bead b"
                         " WHERE c.step = ?1 AND c.kind = 'bead' AND b.id BETWEEN c.object AND c.last",
    [SQL_UNDO_COLUMNS] =
        "SELECT CAST(a.attname AS text), EXISTS (SELECT 1 FROM pg_index i WHERE i.indrelid = a.attrelid"
        " AND i.indisprimary AND a.attnum = ANY (i.indkey)), format_type(a.atttypid, a.atttypmod)"
        " FROM pg_attribute a WHERE a.attrelid = CAST(?1 AS regclass) AND a.attnum > 0 AND NOT a.attisdropped"
        " ORDER BY a.attnum",
    [SQL_DERIVED_PART_GET] = "SELECT substring(data FROM CAST(?3 AS integer) FOR CAST(?4 AS integer))"
                             " FROM derived_index_part WHERE name = ?1 AND part = ?2",
    [SQL_CONFIRM_MISSING] = "SELECT CAST(e.x AS bigint) FROM json_array_elements_text(CAST(?1 AS json))"
                            " WITH ORDINALITY AS e (x, n) WHERE NOT EXISTS (SELECT 1 FROM unit"
                            " WHERE id = CAST(e.x AS bigint)) ORDER BY e.n LIMIT 1",
    [SQL_CONFIRM_UNITS] = TY_CONFIRM_UNITS(LISTED_UNITS),
    [SQL_CONFIRM_BEADS] = TY_CONFIRM_BEADS(LISTED_UNITS),
    [SQL_LINK_FIRST] = "SELECT l.origin, l.position, o.name, o.kind, o.date, o.imported_at, o.title, o.url"
                       " FROM unit_origin l JOIN origin o ON o.id = l.origin WHERE l.unit = ?1"
                       " ORDER BY l.origin + 0, l.position LIMIT 1",
    /* A unit like one of these was made in later steps; one that the origin has is gone. Step by step, and
     * never by way of all units, however many the server believes there are: the lock is held meanwhile. */
    [SQL_OVERTAKEN_MADE] =
        "WITH made AS MATERIALIZED (SELECT u.digest FROM change c CROSS JOIN LATERAL (SELECT digest FROM unit"
        "  WHERE id BETWEEN c.object AND c.last OFFSET 0) AS u WHERE c.step > ?1 AND c.kind = 'unit'"
        "  AND c.before IS NULL)"
        " SELECT 1 FROM made m CROSS JOIN LATERAL (SELECT 1 FROM derived_digest d WHERE d.digest = m.digest"
        "  AND d.unit BETWEEN ?2 AND ?3 LIMIT 1) AS met LIMIT 1",
    [SQL_OVERTAKEN_GONE] =
        "WITH gone AS MATERIALIZED (SELECT DISTINCT object AS id FROM change WHERE step > ?1 AND kind = "
        "'unit'"
        "  AND before IS NOT NULL)"
        " SELECT 1 FROM gone g CROSS JOIN LATERAL (SELECT 1 FROM unit_origin l WHERE l.unit = g.id"
        "  AND l.origin = ?2 LIMIT 1) AS had LEFT JOIN LATERAL (SELECT 1 AS is_there FROM unit u WHERE u.id "
        "= g.id"
        "  LIMIT 1) AS still ON true WHERE still.is_there IS NULL LIMIT 1",
    [SQL_STATS] =
        "SELECT (SELECT coalesce(sum(pg_total_relation_size(c.oid)), 0) FROM pg_class c"
        "  WHERE c.relnamespace = CAST(quote_ident(current_schema) AS regnamespace) AND c.relkind = 'r'),"
        " (SELECT coalesce(sum(size), 0) FROM derived_index)",
};

/* Of erase.c. */
const ty_spelling ty_pq_spellings[] = {
    {"temp.", "pg_temp."},
    {"json_extract(before, '$[1]')", "CAST(CAST(before AS json) ->> 1 AS bigint)"},
    {"json_extract(before, '$[3]')", "(CAST(before AS json) ->> 3)"},
    {"json_quote(t.text)", "CAST(to_json(t.text) AS text)"},
    {"instr(", "strpos("},
    {NULL, NULL},
};

const char *const ty_pq_walks[WALK_COUNT] = {
    [WALK_INTEGRITY] = "SELECT CAST('ok' AS text)", /* the database's own affair */
    /* Those that are not checked as they come (pq_schema.c). */
    [WALK_FOREIGN_KEYS] =
        "SELECT name, n FROM (SELECT CAST('variant' AS text) AS name, count(*) AS n FROM variant v"
        "  WHERE NOT EXISTS (SELECT 1 FROM unit u WHERE u.id = v.unit)"
        " UNION ALL SELECT 'unit_origin', count(*) FROM unit_origin l WHERE NOT EXISTS"
        "  (SELECT 1 FROM unit u WHERE u.id = l.unit) OR NOT EXISTS (SELECT 1 FROM origin o WHERE o.id = "
        "l.origin))"
        " AS lost WHERE n > 0",
    [WALK_ORIGIN] =
        TY_WALK_ORIGIN("CASE WHEN CAST(?2 AS bigint) > 0 THEN (SELECT string_agg(p.origin || ':' ||"
                       " p.position, ' ' ORDER BY p.origin, p.position) FROM unit_origin p"
                       " WHERE p.unit = u.id) END"),
    [WALK_TALLIES] = TY_TALLIES("octet_length(text)"),
};
