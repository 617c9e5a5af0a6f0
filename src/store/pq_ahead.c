/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Rows fetched ahead. A round trip to the server costs more than the rows it brings; so whoever knows which
 * units will be looked at says so, and all that is kept of them comes at once. Statements that are then run
 * with a key that was expected find their rows here.
 *
 * A statement is run for many keys as it stands: behind a list of keys, in place of its parameters, with a
 * mark in front of its rows. A key without a mark has no rows. OFFSET keeps it a statement of its own, run
 * key after key: else the server may join it with the keys in another order, and rows are looked for by
 * theirs.
 */
#include "store/pq.h"

#include <stdio.h>

/* Units by their number ($1), sorted; the first place of each in an origin, never found by walking through
 * all places in their order (hence + 0). */
#define UNITS "SELECT a, 0 AS b FROM unnest(CAST(?1 AS bigint[])) AS a"
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

/* What is asked for together. */
typedef enum share {
    OF_STATE = 1,
    OF_TEXTS = 2,
    OF_UNITS = 4,
    OF_NEIGHBOURS = 8,
    OF_WALK = 16,
    OF_ZONES = 32,
    OF_EDIT = 64
} share;

static const struct {
    int statement; /* ty_sql_id, or ty_sql_walk */
    bool walk;
    unsigned of;      /* shares */
    const char *keys; /* NULL: it has none */
} kinds[TY_PQ_EXPECTED] = {
    {SQL_STAMP_UNITS, false, OF_STATE, NULL},
    {SQL_STAMP_CONCEPTS, false, OF_STATE, NULL},
    {SQL_UNIT_DIGEST, false, OF_EDIT, UNITS},
    {SQL_BEAD_SIDE, false, OF_EDIT, UNITS},
    {SQL_UNIT_GET, false, OF_TEXTS | OF_UNITS | OF_EDIT, UNITS},
    {SQL_VARIANT_LIST, false, OF_TEXTS | OF_UNITS | OF_WALK | OF_EDIT, UNITS},
    {SQL_LINK_FIRST, false, OF_UNITS, UNITS},
    {SQL_BEAD_GET, false, OF_UNITS | OF_WALK, "SELECT u AS a, p.origin AS b FROM " PLACES},
    {SQL_ZONE_GET, false, OF_ZONES, UNITS},
    {WALK_ONE, true, OF_WALK, UNITS},
    {WALK_LINKS, true, OF_WALK, UNITS},
    {SQL_LINK_BEFORE, false, OF_NEIGHBOURS,
     "SELECT p.origin AS a, p.position AS b FROM " PLACES " ORDER BY a, b"},
    {SQL_LINK_AFTER, false, OF_NEIGHBOURS,
     "SELECT p.origin AS a, p.position AS b FROM " PLACES " ORDER BY a, b"},
    {SQL_VARIANT_LIST, false, OF_NEIGHBOURS,
     "SELECT n.unit AS a, 0 AS b FROM " PLACES " CROSS JOIN LATERAL ((" BESIDE(
         "<", "DESC") ") UNION ALL (" BESIDE(">", "") ")) AS n GROUP BY a ORDER BY a"},
    {SQL_DOCUMENT_LANG, false, OF_NEIGHBOURS, "SELECT sd AS a, 0 AS b FROM " BEADS " GROUP BY a ORDER BY a"},
    {SQL_SENTENCE_TEXT, false, OF_NEIGHBOURS,
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

static const char *text_of(size_t kind)
{
    int statement = kinds[kind].statement;
    const char *own = kinds[kind].walk ? ty_pq_walks[statement] : ty_pq_texts[statement];
    return own ? own : kinds[kind].walk ? ty_sql_walks[statement] : ty_sql_texts[statement];
}

static void add_text(ty_buffer *out, size_t kind)
{
    if (!kinds[kind].keys) {
        ty_buffer_add_format(out,
                             "SELECT CAST(0 AS bigint), CAST(0 AS bigint), x.* FROM (SELECT 1) AS o (one)"
                             " LEFT JOIN (SELECT 1 AS there, s.* FROM (%s) AS s) AS x ON true",
                             text_of(kind));
        return;
    }
    ty_buffer_add_string(out, "SELECT CAST(k.a AS bigint), CAST(k.b AS bigint), x.* FROM (");
    add_keys(out, kinds[kind].keys);
    ty_buffer_add_string(out, ") AS k LEFT JOIN LATERAL (SELECT 1 AS there, s.* FROM (");
    add_keyed(out, text_of(kind));
    ty_buffer_add_string(out, ") AS s OFFSET 0) AS x ON true");
}

/* ------------------------------------------------------------------------------------------ asking */

/* All in one go: what was sent stands in the order of the kinds. */
static bool send(ty_pq *pq, size_t kind, const char *keys, ty_buffer *text)
{
    char name[40];
    const Oid type = TY_PQ_INT8_ARRAY;
    int count = keys ? 1 : 0, size = keys ? (int)strlen(keys) : 0, form = 0;
    snprintf(name, sizeof name, "a%zu_%u", kind, pq->epoch);
    if (pq->ahead_epoch[kind] != pq->epoch) {
        ty_buffer_clear(text);
        add_text(text, kind);
        if (text->failed || !PQsendPrepare(pq->connection, name, text->data, count, &type))
            return false;
    }
    return PQsendQueryPrepared(pq->connection, name, count, &keys, &size, &form, 1) == 1;
}

static bool send_share(ty_pq *pq, share of, const char *keys)
{
    ty_buffer text = {0};
    bool sent = true;
    for (size_t i = 0; i < TY_PQ_EXPECTED && sent; i++)
        if (kinds[i].of & of)
            sent = send(pq, i, keys, &text);
    ty_buffer_release(&text);
    return sent;
}

/* The next answer; NULL behind a failure. */
static PGresult *take(ty_store *store, bool *good)
{
    PGresult *result = PQgetResult(store->pq->connection);
    ExecStatusType status = PQresultStatus(result);
    if (status != PGRES_COMMAND_OK && status != PGRES_TUPLES_OK) {
        if (*good)
            ty_pq_note(store, result);
        *good = false;
        PQclear(result);
        result = NULL;
    }
    PGresult *end = result || *good || PQstatus(store->pq->connection) == CONNECTION_OK
                        ? PQgetResult(store->pq->connection)
                        : NULL;
    PQclear(end);
    return result;
}

static void take_kind(ty_store *store, size_t kind, ty_pq_expected *into, bool *good)
{
    ty_pq *pq = store->pq;
    if (pq->ahead_epoch[kind] != pq->epoch)
        PQclear(take(store, good));
    into->rows[kind] = take(store, good);
    if (*good)
        pq->ahead_epoch[kind] = pq->epoch;
}

/* To the end of the pipeline, whatever has failed. */
static void take_end(PGconn *connection)
{
    for (int empty = 0; empty < 2 && PQstatus(connection) == CONNECTION_OK;) {
        PGresult *result = PQgetResult(connection);
        bool end = PQresultStatus(result) == PGRES_PIPELINE_SYNC;
        empty = result ? 0 : empty + 1;
        PQclear(result);
        if (end)
            break;
    }
    PQexitPipelineMode(connection);
}

/* One round trip; `first` is a command before the rest, or NULL. */
static bool ask(ty_store *store, const char *first, share of, const char *keys, ty_pq_expected *into)
{
    ty_pq *pq = store->pq;
    ty_pq_drain(store);
    ty_pq_settle(pq);
    if (!PQenterPipelineMode(pq->connection))
        return ty_pq_note(store, NULL), false;
    bool good = (!first || PQsendQueryParams(pq->connection, first, 0, NULL, NULL, NULL, NULL, 1)) &&
                send_share(pq, of, keys) && PQpipelineSync(pq->connection);
    pq->trips++;
    if (!good)
        ty_pq_note(store, NULL);
    if (first && good)
        PQclear(take(store, &good));
    for (size_t i = 0; i < TY_PQ_EXPECTED && good; i++)
        if (kinds[i].of & of)
            take_kind(store, i, into, &good);
    take_end(pq->connection);
    return good;
}

/* ------------------------------------------------------------------------------------------ expected */

void ty_pq_expected_drop(ty_pq *pq)
{
    for (size_t i = 0; i < pq->expected.count; i++)
        for (size_t k = 0; k < TY_PQ_EXPECTED; k++)
            PQclear(pq->expected.items[i].rows[k]);
    ty_vector_clear(&pq->expected);
    pq->stale = false;
}

bool ty_pq_begin_reading(ty_store *store, const char *first)
{
    ty_pq *pq = store->pq;
    ty_pq_expected state = {0};
    ty_pq_expected_drop(pq);
    bool good = ask(store, first, OF_STATE, NULL, &state);
    if (good && ty_vector_push(&pq->expected, state))
        return true;
    for (size_t k = 0; k < TY_PQ_EXPECTED; k++)
        PQclear(state.rows[k]);
    return good;
}

static void add_ids(ty_buffer *out, const int64_t *ids, size_t count)
{
    ty_buffer_add_char(out, '{');
    for (size_t i = 0; i < count; i++)
        ty_buffer_add_format(out, "%s%lld", i ? "," : "", (long long)ids[i]);
    ty_buffer_add_char(out, '}');
}

/* Who writes compares texts. */
static share share_of(const ty_pq *pq, ty_expected what)
{
    if (what == TY_EXPECT_UNITS && !pq->writing)
        return OF_UNITS;
    if (what == TY_EXPECT_EDIT)
        return OF_EDIT;
    if (what == TY_EXPECT_UNITS || what == TY_EXPECT_TEXTS)
        return OF_TEXTS;
    if (what == TY_EXPECT_ZONES)
        return OF_ZONES;
    return what == TY_EXPECT_WALK ? OF_WALK : OF_NEIGHBOURS;
}

ty_status ty_pq_expect(ty_store *store, const int64_t *units, size_t count, ty_expected what, ty_error *error)
{
    ty_pq *pq = store->pq;
    ty_pq_expected found = {0};
    ty_buffer keys = {0};
    if (!(pq->reading || pq->writing) || !count)
        return TY_OK;
    if (pq->writing || what == TY_EXPECT_WALK || what == TY_EXPECT_TEXTS)
        ty_pq_expected_drop(pq);
    add_ids(&keys, units, count);
    bool good = !keys.failed && ask(store, NULL, share_of(pq, what), keys.data, &found);
    bool kept = good && ty_vector_push(&pq->expected, found);
    for (size_t k = 0; k < TY_PQ_EXPECTED && !kept; k++)
        PQclear(found.rows[k]);
    ty_status status = keys.failed || (good && !kept) ? ty_error_nomem(error)
                       : good                         ? TY_OK
                                                      : ty_pq_failed(store, "reading the memory", error);
    ty_buffer_release(&keys);
    return status;
}

/* ------------------------------------------------------------------------------------------ finding */

int64_t ty_pq_expects(const char *text)
{
    int64_t set = 0;
    for (size_t i = 0; i < TY_PQ_EXPECTED; i++)
        if (text_of(i) == text)
            set |= (int64_t)1 << i;
    return set;
}

static int64_t number_at(const PGresult *rows, int row, int column)
{
    uint64_t value = 0;
    const unsigned char *bytes = (const unsigned char *)PQgetvalue(rows, row, column);
    for (int i = 0; i < 8; i++)
        value = value << 8 | bytes[i];
    return (int64_t)value;
}

static int compare(const PGresult *rows, int row, int64_t a, int64_t b)
{
    int64_t x = number_at(rows, row, 0), y = number_at(rows, row, 1);
    return x != a ? (x > a) - (x < a) : (y > b) - (y < b);
}

/* Rows are sorted by their keys. */
static int first_of(const PGresult *rows, int64_t a, int64_t b)
{
    int low = 0, high = PQntuples(rows);
    while (low < high) {
        int middle = low + (high - low) / 2;
        if (compare(rows, middle, a, b) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

static bool find_in(PGresult *rows, int64_t a, int64_t b, ty_pq_found *out)
{
    int at = first_of(rows, a, b), end = at;
    while (end < PQntuples(rows) && compare(rows, end, a, b) == 0)
        end++;
    if (at == end)
        return false;
    bool none = PQgetisnull(rows, at, TY_PQ_AHEAD_COLUMNS - 1);
    *out = (ty_pq_found){rows, at, none ? at : end};
    return true;
}

bool ty_pq_find_expected(const ty_pq *pq, int64_t set, int64_t a, int64_t b, ty_pq_found *out)
{
    for (size_t i = 0; i < pq->expected.count && !pq->stale; i++)
        for (size_t k = 0; k < TY_PQ_EXPECTED; k++) {
            PGresult *rows = set >> k & 1 ? pq->expected.items[i].rows[k] : NULL;
            if (rows && find_in(rows, kinds[k].keys ? a : 0, kinds[k].keys ? b : 0, out))
                return true;
        }
    return false;
}
