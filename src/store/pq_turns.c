/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Transactions: those that read see one state, those that write take turns.
 */
#include "store/pq.h"

#include <stdio.h>

/* So many new rows make a difference. */
#define MANY_ROWS 1000

ty_status ty_pq_read_begin(ty_store *store, ty_error *error)
{
    ty_pq *pq = store->pq;
    static const char text[] = "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY";
    if (pq->reading || pq->writing)
        return TY_OK;
    ty_status status = ty_pq_is_lost(store) ? ty_pq_connect(store, error) : TY_OK;
    if (status != TY_OK)
        return status;
    bool done = ty_pq_begin_reading(store, text);
    if (!done && ty_pq_is_lost(store) && ty_pq_connect(store, error) == TY_OK)
        done = ty_pq_begin_reading(store, text);
    pq->reading = done;
    if (done)
        return TY_OK;
    status = ty_pq_failed(store, "reading the memory", error);
    if (!ty_pq_is_lost(store))
        ty_pq_run(store, "ROLLBACK");
    return status;
}

/* Nobody waits for the end of what only read; whoever comes next does. */
void ty_pq_read_end(ty_store *store)
{
    ty_pq *pq = store->pq;
    if (!pq->reading || pq->frozen || pq->walks)
        return;
    ty_pq_expected_drop(pq);
    if (!PQsendQuery(pq->connection, "COMMIT"))
        ty_pq_run(store, "COMMIT");
    pq->reading = false;
}

ty_status ty_pq_freeze(ty_store *store, ty_error *error)
{
    ty_status status = ty_pq_read_begin(store, error);
    store->pq->frozen = status == TY_OK;
    return status;
}

void ty_pq_thaw(ty_store *store)
{
    store->pq->frozen = false;
    ty_pq_expected_drop(store->pq);
    ty_pq_read_end(store);
}

/* A connection for a transaction that writes. */
static ty_status prepare_to_write(ty_store *store, ty_error *error)
{
    ty_pq *pq = store->pq;
    ty_pq_walks_drain(store);
    ty_pq_read_end(store);
    pq->wrote = false;
    pq->copied = 0;
    return ty_pq_is_lost(store) ? ty_pq_connect(store, error) : TY_OK;
}

static ty_status begun(ty_store *store, bool good, ty_error *error)
{
    store->pq->writing = good;
    if (good)
        return TY_OK;
    ty_status status = ty_pq_failed(store, "starting to write", error);
    ty_pq_run(store, "ROLLBACK");
    return status;
}

ty_status ty_pq_begin(ty_store *store, const int64_t *units, size_t count, ty_error *error)
{
    ty_status status = prepare_to_write(store, error);
    if (status != TY_OK)
        return status;
    bool good = ty_pq_begin_writing(store, TY_PQ_TURN, units, count);
    if (!good && ty_pq_is_lost(store) && ty_pq_connect(store, error) == TY_OK)
        good = ty_pq_begin_writing(store, TY_PQ_TURN, units, count);
    return begun(store, good, error);
}

ty_status ty_pq_begin_beside(ty_store *store, ty_error *error)
{
    ty_status status = prepare_to_write(store, error);
    if (status != TY_OK)
        return status;
    bool good = ty_pq_run(store, "BEGIN");
    if (!good && ty_pq_is_lost(store) && ty_pq_connect(store, error) == TY_OK)
        good = ty_pq_run(store, "BEGIN");
    return begun(store, good, error);
}

ty_status ty_pq_take_turn(ty_store *store, ty_error *error)
{
    return ty_pq_run(store, TY_PQ_TURN) ? TY_OK : ty_pq_failed(store, "starting to write", error);
}

ty_status ty_pq_mark(ty_store *store, bool *written, ty_error *error)
{
    (void)error;
    *written = store->pq->wrote;
    return TY_OK;
}

/* After many new rows the server's idea of how many there are would choose slow ways, until it counts by
 * itself a minute later. Who does not own the tables may not ask for that. */
static void count_anew(ty_store *store)
{
    ty_pq *pq = store->pq;
    if (pq->copied >= MANY_ROWS)
        (void)ty_pq_run(store, "ANALYZE unit, variant, unit_origin, derived_digest");
    pq->copied = 0;
}

/* Behind what was left in the queue. */
static bool run_commit(ty_store *store)
{
    ty_pq *pq = store->pq;
    ty_buffer call = {0};
    if (pq->wrote)
        ty_pq_add_call(store, &call);
    bool sent = (!call.size || call.failed || ty_pq_enqueue_command(store, call.data)) &&
                ty_pq_enqueue_command(store, "COMMIT");
    ty_buffer_release(&call);
    ty_pq_drain(store);
    bool done = sent && !pq->queue_failed;
    pq->queueing = pq->queue_failed = false;
    return done;
}

/* Is there something to commit? What was queued tells of itself. */
static bool is_whole(ty_store *store)
{
    const ty_pq *pq = store->pq;
    return !ty_pq_is_lost(store) && !pq->queue_failed &&
           (pq->queued || PQtransactionStatus(pq->connection) == PQTRANS_INTRANS);
}

/* What became of a commit whose answer is lost, nobody here knows. */
ty_status ty_pq_commit(ty_store *store, ty_error *error)
{
    ty_pq *pq = store->pq;
    ty_pq_walks_drain(store);
    if (!is_whole(store))
        return ty_error_set(
            error, TY_ERR_BUSY,
            "%s: the connection to the database was lost, or the transaction failed; nothing was "
            "written",
            store->path);
    bool done = run_commit(store);
    if (!done && ty_pq_is_lost(store))
        return ty_error_set(
            error, TY_ERR_IO,
            "%s: the connection to the database was lost at the very end; look whether what you "
            "did is there before you do it again",
            store->path);
    if (!done)
        return ty_pq_failed(store, "writing the memory", error);
    pq->writing = pq->bulk = false;
    ty_pq_expected_drop(pq);
    count_anew(store);
    return TY_OK;
}

void ty_pq_rollback(ty_store *store)
{
    ty_pq *pq = store->pq;
    ty_pq_walks_drop(store);
    ty_pq_expected_drop(pq);
    (void)ty_pq_queue(store, TY_SQL_QUEUE_OFF, NULL);
    if (!ty_pq_is_lost(store))
        ty_pq_run(store, "ROLLBACK");
    pq->writing = pq->bulk = false;
}

/* Cursors that were opened behind a savepoint would go with it. */
ty_status ty_pq_savepoint(ty_store *store, const char *verb, unsigned level, ty_error *error)
{
    char text[64];
    if (strcmp(verb, "ROLLBACK TO") == 0) {
        if (PQtransactionStatus(store->pq->connection) == PQTRANS_INTRANS)
            ty_pq_walks_drain(store);
        else
            ty_pq_walks_drop(store);
        store->pq->bulk = false;
        ty_pq_expected_drop(store->pq);
        snprintf(text, sizeof text, "%s level%u; SET LOCAL taiyaku.bulk = ''", verb, level);
    } else
        snprintf(text, sizeof text, "%s level%u", verb, level);
    return ty_pq_run(store, text) ? TY_OK : ty_pq_failed(store, "writing the memory", error);
}

bool ty_pq_is_within(ty_store *store)
{
    return store->pq->writing || store->pq->reading;
}

ty_status ty_pq_tell(ty_store *store, bool bulk, ty_error *error)
{
    ty_pq *pq = store->pq;
    if (pq->bulk == bulk)
        return TY_OK;
    const char *text = bulk ? "SET LOCAL taiyaku.bulk = 'on'" : "SET LOCAL taiyaku.bulk = ''";
    bool good = pq->queueing && pq->writing ? ty_pq_enqueue_command(store, text) : ty_pq_run(store, text);
    pq->bulk = bulk == good;
    return good ? TY_OK : ty_pq_failed(store, "changing the memory", error);
}
