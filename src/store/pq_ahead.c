/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Rows fetched ahead. A round trip to the server costs more than the rows it brings; so whoever knows which
 * units will be looked at says so, and all that is kept of them comes at once. Statements that are then run
 * with a key that was expected find their rows here.
 */
#include "store/pq_ahead.h"

#include <stdio.h>

/* ------------------------------------------------------------------------------------------ asking */

/*
 * One round trip: `first`, what is to be prepared, `then`, the statements of the share. Who waits for a turn
 * in `then` has all made ready before it: a connection that has not done so yet runs the statements once for
 * nothing, so that they are planned and their tables known, and `ready`, which has the server load what it
 * will need. A new connection would else do that while all others wait.
 */
typedef struct question {
    const char *first, *ready, *then; /* NULL: nothing */
    unsigned share;
    const char *keys;
} question;

static bool is_asked(const question *asked, size_t kind)
{
    return ty_pq_ahead_of(kind) & asked->share;
}

static bool is_prepared(const ty_pq *pq, size_t kind)
{
    return pq->ahead_epoch[kind] == pq->epoch;
}

static void name_of(const ty_pq *pq, size_t kind, char name[40])
{
    snprintf(name, 40, "a%zu_%u", kind, pq->epoch);
}

static bool send_command(ty_pq *pq, const char *text)
{
    return !text || PQsendQueryParams(pq->connection, text, 0, NULL, NULL, NULL, NULL, 1);
}

static bool send_texts(ty_pq *pq, const question *asked)
{
    char name[40];
    bool sent = true;
    const Oid type = TY_PQ_INT8_ARRAY;
    ty_buffer text = {0};
    for (size_t i = 0; i < TY_PQ_EXPECTED && sent; i++) {
        if (!is_asked(asked, i) || is_prepared(pq, i))
            continue;
        name_of(pq, i, name);
        ty_buffer_clear(&text);
        ty_pq_ahead_text(i, &text);
        sent = !text.failed &&
               PQsendPrepare(pq->connection, name, text.data, ty_pq_ahead_has_keys(i) ? 1 : 0, &type);
    }
    ty_buffer_release(&text);
    return sent;
}

static bool send_share(ty_pq *pq, const question *asked)
{
    char name[40];
    bool sent = true;
    const int size = asked->keys ? (int)strlen(asked->keys) : 0, form = 0;
    for (size_t i = 0; i < TY_PQ_EXPECTED && sent; i++) {
        if (!is_asked(asked, i))
            continue;
        name_of(pq, i, name);
        sent = PQsendQueryPrepared(pq->connection, name, ty_pq_ahead_has_keys(i) ? 1 : 0, &asked->keys, &size,
                                   &form, 1) == 1;
    }
    return sent;
}

static bool send(ty_pq *pq, const question *asked)
{
    return send_command(pq, asked->first) && send_texts(pq, asked) &&
           (!asked->ready || (send_command(pq, asked->ready) && send_share(pq, asked))) &&
           send_command(pq, asked->then) && send_share(pq, asked) && PQpipelineSync(pq->connection);
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

static void take_command(ty_store *store, const char *text, bool *good)
{
    if (text && *good)
        PQclear(take(store, good));
}

static void take_texts(ty_store *store, const question *asked, bool *good)
{
    ty_pq *pq = store->pq;
    for (size_t i = 0; i < TY_PQ_EXPECTED && *good; i++) {
        if (!is_asked(asked, i) || is_prepared(pq, i))
            continue;
        PQclear(take(store, good));
        if (*good)
            pq->ahead_epoch[i] = pq->epoch;
    }
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

static void take_share(ty_store *store, const question *asked, ty_pq_expected *into, bool *good)
{
    for (size_t i = 0; i < TY_PQ_EXPECTED && *good; i++)
        if (is_asked(asked, i)) {
            PQclear(into->rows[i]);
            into->rows[i] = take(store, good);
        }
}

/* False: it failed, which is noted. */
static bool ask(ty_store *store, question asked, ty_pq_expected *into)
{
    ty_pq *pq = store->pq;
    ty_pq_drain(store);
    ty_pq_settle(pq);
    if (!PQenterPipelineMode(pq->connection))
        return ty_pq_note(store, NULL), false;
    bool good = send(pq, &asked);
    pq->trips++;
    if (!good)
        ty_pq_note(store, NULL);
    take_command(store, asked.first, &good);
    take_texts(store, &asked, &good);
    take_command(store, asked.ready, &good);
    if (asked.ready)
        take_share(store, &asked, into, &good);
    take_command(store, asked.then, &good);
    take_share(store, &asked, into, &good);
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
    pq->stale = 0;
}

/* Keeps what the question brought; `out` of memory counts as none. */
static bool learn(ty_store *store, question asked)
{
    ty_pq_expected found = {0};
    bool good = ask(store, asked, &found);
    bool kept = good && ty_vector_push(&store->pq->expected, found);
    for (size_t k = 0; k < TY_PQ_EXPECTED && !kept; k++)
        PQclear(found.rows[k]);
    return good;
}

bool ty_pq_begin_reading(ty_store *store, const char *begin)
{
    ty_pq_expected_drop(store->pq);
    return learn(store, (question){.first = begin, .share = TY_PQ_OF_STATE});
}

static void add_ids(ty_buffer *out, const int64_t *ids, size_t count)
{
    ty_buffer_add_char(out, '{');
    for (size_t i = 0; i < count; i++)
        ty_buffer_add_format(out, "%s%lld", i ? "," : "", (long long)ids[i]);
    ty_buffer_add_char(out, '}');
}

bool ty_pq_begin_writing(ty_store *store, const char *turn, const int64_t *units, size_t count)
{
    ty_buffer keys = {0};
    ty_pq_expected_drop(store->pq);
    add_ids(&keys, units, count);
    question asked = {.first = "BEGIN", .then = turn, .share = TY_PQ_OF_TURN};
    if (count && !keys.failed) {
        asked.share |= TY_PQ_OF_EDIT;
        asked.keys = keys.data;
    }
    if (store->pq->ready_epoch != store->pq->epoch)
        asked.ready = "DO $$BEGIN END$$"; /* triggers are in its language */
    bool good = learn(store, asked);
    if (good)
        store->pq->ready_epoch = store->pq->epoch;
    ty_buffer_release(&keys);
    return good;
}

/* Who writes compares texts. */
static unsigned share_of(const ty_pq *pq, ty_expected what)
{
    if (what == TY_EXPECT_UNITS && !pq->writing)
        return TY_PQ_OF_UNITS;
    if (what == TY_EXPECT_EDIT)
        return TY_PQ_OF_EDIT;
    if (what == TY_EXPECT_UNITS || what == TY_EXPECT_TEXTS)
        return TY_PQ_OF_TEXTS;
    if (what == TY_EXPECT_ZONES)
        return TY_PQ_OF_ZONES;
    return what == TY_EXPECT_WALK ? TY_PQ_OF_WALK : TY_PQ_OF_NEIGHBOURS;
}

/* Those of few units were asked for when the transaction began. */
static bool has_zones(const ty_pq *pq, const int64_t *blocks, size_t count)
{
    enum { FEW = 4 };
    ty_pq_found found;
    int64_t set = ty_pq_expects(ty_sql_text(SQL_ZONE_GET));
    for (size_t i = 0; i < count && count <= FEW; i++)
        if (!ty_pq_find_expected(pq, set, blocks[i], 0, &found))
            return false;
    return count <= FEW;
}

ty_status ty_pq_expect(ty_store *store, const int64_t *units, size_t count, ty_expected what, ty_error *error)
{
    ty_pq *pq = store->pq;
    ty_buffer keys = {0};
    if (!(pq->reading || pq->writing) || !count || (what == TY_EXPECT_ZONES && has_zones(pq, units, count)))
        return TY_OK;
    if (pq->writing || what == TY_EXPECT_WALK || what == TY_EXPECT_TEXTS)
        ty_pq_expected_drop(pq);
    add_ids(&keys, units, count);
    bool good = keys.failed || learn(store, (question){.share = share_of(pq, what), .keys = keys.data});
    ty_status status = keys.failed ? ty_error_nomem(error)
                       : good      ? TY_OK
                                   : ty_pq_failed(store, "reading the memory", error);
    ty_buffer_release(&keys);
    return status;
}

/* ------------------------------------------------------------------------------------------ finding */

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
    for (size_t i = 0; i < pq->expected.count; i++)
        for (size_t k = 0; k < TY_PQ_EXPECTED; k++) {
            PGresult *rows = (set & ~pq->stale) >> k & 1 ? pq->expected.items[i].rows[k] : NULL;
            if (rows && find_in(rows, ty_pq_ahead_has_keys(k) ? a : 0, ty_pq_ahead_has_keys(k) ? b : 0, out))
                return true;
        }
    return false;
}
