/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Which statements can be run for many keys at once, with what others, and in which words.
 *
 * A statement is run for many keys as it stands: behind a list of keys, in place of its parameters, with a
 * mark in front of its rows. A key without a mark has no rows. OFFSET keeps it a statement of its own, run
 * key after key: else the server may join it with the keys in another order, and rows are looked for by
 * theirs.
 */
#include "store/pq_ahead.h"

/* Units by their number ($1), sorted; the first place of each in an origin, never found by walking through
 * all places in their order (hence + 0). */
#define UNITS "SELECT a, 0 AS b FROM unnest(CAST(?1 AS bigint[])) AS a"
#define BLOCKS                                                                                               \
    "SELECT DISTINCT u / " TY_QUOTED(TY_ZONE_UNITS) " AS a, 0 AS b FROM unnest(CAST(?1 AS bigint[])) AS u"   \
                                                    " ORDER BY a"
#define PLACES                                                                                               \
    "unnest(CAST(?1 AS bigint[])) AS u CROSS JOIN LATERAL (SELECT origin, position FROM unit_origin"         \
    " WHERE unit = u ORDER BY origin + 0, position LIMIT 1) AS p"
#define BEADS                                                                                                \
    PLACES " CROSS JOIN LATERAL (SELECT source_document AS sd, source_first AS sf, source_count AS sc,"      \
           " target_document AS td, target_first AS tf, target_count AS tc FROM bead"                        \
           " WHERE unit = u AND origin = p.origin ORDER BY id DESC LIMIT 1) AS e"
#define BESIDE(than, order)                                                                                  \
    "SELECT unit FROM unit_origin WHERE origin = p.origin AND position " than " p.position"                  \
    " ORDER BY position " order " LIMIT 1"

/* Of a thing that all who write look at: what they change of it, by a word of their statements. */
static const struct kind {
    int statement; /* ty_sql_id, or ty_sql_walk */
    bool walk;
    unsigned of;         /* shares */
    const char *keys;    /* NULL: it has none */
    const char *changed; /* what is written over it has this word; NULL: "unit" or "variant" */
} kinds[TY_PQ_EXPECTED] = {
    {SQL_STAMP_UNITS, false, TY_PQ_OF_STATE, NULL},
    {SQL_STAMP_CONCEPTS, false, TY_PQ_OF_STATE, NULL},
    {SQL_STAMP_LAST, false, TY_PQ_OF_TURN, NULL, "step"},
    {SQL_TALLY_LOST, false, TY_PQ_OF_TURN, NULL, "derived_tally"},
    {SQL_ZONES_LOST, false, TY_PQ_OF_TURN, NULL, "derived_zone"},
    {SQL_UNIT_DIGEST, false, TY_PQ_OF_EDIT, UNITS},
    {SQL_BEAD_SIDE, false, TY_PQ_OF_EDIT, UNITS},
    {SQL_UNIT_GET, false, TY_PQ_OF_TEXTS | TY_PQ_OF_UNITS | TY_PQ_OF_EDIT, UNITS},
    {SQL_VARIANT_LIST, false, TY_PQ_OF_TEXTS | TY_PQ_OF_UNITS | TY_PQ_OF_WALK | TY_PQ_OF_EDIT, UNITS},
    {SQL_LINK_FIRST, false, TY_PQ_OF_UNITS, UNITS},
    {SQL_BEAD_GET, false, TY_PQ_OF_UNITS | TY_PQ_OF_WALK, "SELECT u AS a, p.origin AS b FROM " PLACES},
    {SQL_ZONE_GET, false, TY_PQ_OF_ZONES, UNITS, "derived_zone"},
    {SQL_ZONE_GET, false, TY_PQ_OF_EDIT, BLOCKS, "derived_zone"},
    {WALK_ONE, true, TY_PQ_OF_WALK, UNITS},
    {WALK_LINKS, true, TY_PQ_OF_WALK, UNITS},
    {SQL_LINK_BEFORE, false, TY_PQ_OF_NEIGHBOURS,
     "SELECT p.origin AS a, p.position AS b FROM " PLACES " ORDER BY a, b"},
    {SQL_LINK_AFTER, false, TY_PQ_OF_NEIGHBOURS,
     "SELECT p.origin AS a, p.position AS b FROM " PLACES " ORDER BY a, b"},
    {SQL_VARIANT_LIST, false, TY_PQ_OF_NEIGHBOURS,
     "SELECT n.unit AS a, 0 AS b FROM " PLACES " CROSS JOIN LATERAL ((" BESIDE(
         "<", "DESC") ") UNION ALL (" BESIDE(">", "") ")) AS n GROUP BY a ORDER BY a"},
    {SQL_DOCUMENT_LANG, false, TY_PQ_OF_NEIGHBOURS,
     "SELECT sd AS a, 0 AS b FROM " BEADS " GROUP BY a ORDER BY a"},
    {SQL_SENTENCE_TEXT, false, TY_PQ_OF_NEIGHBOURS,
     "SELECT x.a, x.b FROM " BEADS " CROSS JOIN LATERAL (VALUES (sd, sf - 1), (sd, sf + sc), (td, tf - 1),"
     " (td, tf + tc)) AS x (a, b) GROUP BY x.a, x.b ORDER BY a, b"},
};

/* ------------------------------------------------------------------------------------------ the text */

/* The statement with the keys in place of its parameters. */
static void add_keyed(ty_buffer *out, const char *text)
{
    for (; *text; text++)
        if (*text == '?' && (text[1] == '1' || text[1] == '2') && !(text[2] >= '0' && text[2] <= '9'))
            ty_buffer_add_string(out, *++text == '1' ? "k.a" : "k.b");
        else
            ty_buffer_add_char(out, *text);
}

static void add_keys(ty_buffer *out, const char *keys)
{
    for (; *keys; keys++)
        ty_buffer_add_char(out, *keys == '?' ? '$' : *keys);
}

static const char *words_of(size_t kind)
{
    int statement = kinds[kind].statement;
    const char *own = kinds[kind].walk ? ty_pq_walks[statement] : ty_pq_texts[statement];
    return own ? own : kinds[kind].walk ? ty_sql_walks[statement] : ty_sql_text((ty_sql_id)statement);
}

void ty_pq_ahead_text(size_t kind, ty_buffer *out)
{
    if (!kinds[kind].keys) {
        ty_buffer_add_format(out,
                             "SELECT CAST(0 AS bigint), CAST(0 AS bigint), x.* FROM (SELECT 1) AS o (one)"
                             " LEFT JOIN (SELECT 1 AS there, s.* FROM (%s) AS s) AS x ON true",
                             words_of(kind));
        return;
    }
    ty_buffer_add_string(out, "SELECT CAST(k.a AS bigint), CAST(k.b AS bigint), x.* FROM (");
    add_keys(out, kinds[kind].keys);
    ty_buffer_add_string(out, ") AS k LEFT JOIN LATERAL (SELECT 1 AS there, s.* FROM (");
    add_keyed(out, words_of(kind));
    ty_buffer_add_string(out, ") AS s OFFSET 0) AS x ON true");
}

/* ------------------------------------------------------------------------------------------ told */

unsigned ty_pq_ahead_of(size_t kind)
{
    return kinds[kind].of;
}

bool ty_pq_ahead_has_keys(size_t kind)
{
    return kinds[kind].keys != NULL;
}

int64_t ty_pq_expects(const char *text)
{
    int64_t set = 0;
    for (size_t i = 0; i < TY_PQ_EXPECTED && kinds[i].of; i++)
        if (words_of(i) == text)
            set |= (int64_t)1 << i;
    return set;
}

static bool is_changed_by(const struct kind *kind, const char *text)
{
    if (kind->changed)
        return strstr(text, kind->changed) != NULL;
    return strstr(text, "unit") || strstr(text, "variant");
}

int64_t ty_pq_spoils(const char *text)
{
    int64_t set = 0;
    for (size_t i = 0; i < TY_PQ_EXPECTED && kinds[i].of; i++)
        if (is_changed_by(&kinds[i], text))
            set |= (int64_t)1 << i;
    return set;
}
