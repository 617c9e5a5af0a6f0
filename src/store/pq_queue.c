/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Statements that only write, and whose outcome nobody needs before the end, are sent one behind the other
 * (libpq's pipeline) and waited for together. Whatever else is asked meanwhile waits for them first; a
 * failure is kept until the queue ends.
 */
#include "store/pq_row.h"

#include <stdio.h>

/* What a server may owe answers to: so that neither side's buffers fill while both are sending. */
enum { LONGEST_QUEUE = 256 };

static void keep_failure(ty_store *store, const PGresult *result)
{
    ty_pq *pq = store->pq;
    if (!pq->queue_failed)
        ty_pq_note(store, result);
    pq->queue_failed = true;
    pq->epoch++; /* what was to be prepared behind it was not */
}

void ty_pq_drain(ty_store *store)
{
    ty_pq *pq = store->pq;
    if (!pq->queued)
        return;
    bool good = PQpipelineSync(pq->connection) == 1, end = false;
    pq->trips++;
    for (int empty = 0; good && !end && empty < 2;) {
        PGresult *result = PQgetResult(pq->connection);
        ExecStatusType status = PQresultStatus(result);
        end = result && status == PGRES_PIPELINE_SYNC;
        if (result && !end && status != PGRES_COMMAND_OK && status != PGRES_TUPLES_OK)
            keep_failure(store, result);
        empty = result ? 0 : empty + 1;
        PQclear(result);
    }
    if (!end)
        keep_failure(store, NULL);
    pq->queued = 0;
    PQexitPipelineMode(pq->connection);
}

ty_status ty_pq_queue(ty_store *store, ty_sql_queueing how, ty_error *error)
{
    ty_pq *pq = store->pq;
    if (how == TY_SQL_QUEUE_LEFT)
        return TY_OK;
    ty_pq_drain(store);
    pq->queueing = how == TY_SQL_QUEUE_ON;
    bool failed = pq->queue_failed;
    pq->queue_failed = false;
    return failed ? ty_pq_failed(store, "writing the memory", error) : TY_OK;
}

/* What is run a second time is prepared first, in the same queue. */
static bool prepare(ty_pq_row *row, const ty_pq_arguments *given)
{
    char name[24];
    ty_pq *pq = row->store->pq;
    if (row->epoch == pq->epoch || !row->used) {
        row->used = true;
        return row->epoch == pq->epoch;
    }
    row->number = ++pq->names;
    snprintf(name, sizeof name, "s%u", row->number);
    if (!PQsendPrepare(pq->connection, name, row->text, row->count, given->types))
        return false;
    row->epoch = pq->epoch;
    return true;
}

static bool begin_queue(ty_pq *pq)
{
    if (!pq->queued && !PQenterPipelineMode(pq->connection))
        return false;
    pq->queued++;
    return true;
}

bool ty_pq_enqueue_command(ty_store *store, const char *text)
{
    ty_pq *pq = store->pq;
    return begin_queue(pq) && PQsendQueryParams(pq->connection, text, 0, NULL, NULL, NULL, NULL, 1) == 1;
}

bool ty_pq_enqueue(ty_pq_row *row, const ty_pq_arguments *given)
{
    char name[24];
    ty_pq *pq = row->store->pq;
    if (!begin_queue(pq))
        return false;
    bool prepared = prepare(row, given);
    snprintf(name, sizeof name, "s%u", row->number);
    bool sent = prepared ? PQsendQueryPrepared(pq->connection, name, row->count, given->values, given->sizes,
                                               given->forms, 1)
                         : PQsendQueryParams(pq->connection, row->text, row->count, given->types,
                                             given->values, given->sizes, given->forms, 1);
    if (!sent)
        keep_failure(row->store, NULL);
    if (pq->queued >= LONGEST_QUEUE)
        ty_pq_drain(row->store);
    return true;
}
