/* SPDX-License-Identifier: Apache-2.0 */
/* What failures of the server, or of the connection to it, mean to us. */
#include "store/pq.h"

#include <stdio.h>

bool ty_pq_is_lost(ty_store *store)
{
    return PQstatus(store->pq->connection) != CONNECTION_OK;
}

bool ty_pq_note(ty_store *store, const PGresult *result)
{
    ty_pq *pq = store->pq;
    const char *state = result ? PQresultErrorField(result, PG_DIAG_SQLSTATE) : NULL;
    const char *words = result ? PQresultErrorField(result, PG_DIAG_MESSAGE_PRIMARY) : NULL;
    ExecStatusType status = result ? PQresultStatus(result) : PGRES_FATAL_ERROR;
    if (status != PGRES_FATAL_ERROR && status != PGRES_BAD_RESPONSE)
        return false;
    snprintf(pq->state, sizeof pq->state, "%.5s", state ? state : "");
    ty_buffer_clear(&pq->message);
    ty_buffer_add_string(&pq->message, words ? words : PQerrorMessage(pq->connection));
    while (pq->message.size && strchr("\r\n ", pq->message.data[pq->message.size - 1]))
        pq->message.data[--pq->message.size] = '\0';
    return true;
}

/* Classes of SQLSTATE in our words (PostgreSQL's appendix on error codes). */
static ty_status status_of(const char *state, const char **meaning)
{
    static const struct {
        const char *state;
        ty_status status;
        const char *meaning;
    } kinds[] = {
        {"55P03", TY_ERR_BUSY, "another process is writing to the memory; try again later"},
        {"40", TY_ERR_BUSY, "others changed the same; try again"},
        {"57P", TY_ERR_BUSY, "the server is being stopped or started; try again"},
        {"42501", TY_ERR_STORE, "you have no permission for this in the database"},
        {"25006", TY_ERR_STORE, "the database is read-only"},
        {"53100", TY_ERR_IO, "the server's disk is full"},
        {"53200", TY_ERR_NOMEM, "the server is out of memory"},
        {"53300", TY_ERR_BUSY, "the server has no connection left; try again"},
        {"54", TY_ERR_LIMIT, "too large for the database"},
        {"58", TY_ERR_IO, "the server cannot read or write its files"},
        {"XX", TY_ERR_STORE, "the database is damaged"},
    };
    *meaning = NULL;
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
        if (strncmp(state, kinds[i].state, strlen(kinds[i].state)) == 0)
            return *meaning = kinds[i].meaning, kinds[i].status;
    return TY_ERR_STORE;
}

ty_status ty_pq_failed(ty_store *store, const char *doing, ty_error *error)
{
    const char *meaning;
    ty_pq *pq = store->pq;
    const char *detail = pq->message.data ? pq->message.data : "";
    ty_status status = TY_ERR_BUSY;
    if (ty_pq_is_lost(store)) {
        ty_error_set(error, status, "%s: %s: the connection to the database was lost (%s)", store->path,
                     doing, detail);
        ty_error_rule(error, TY_RULE_AWAY);
        return status;
    }
    status = status_of(pq->state, &meaning);
    if (meaning)
        return ty_error_set(error, status, "%s: %s: %s (%s)", store->path, doing, meaning, detail);
    return ty_error_set(error, status, "%s: %s: %s", store->path, doing, detail);
}

ty_status ty_pq_refuse_zero(ty_store *store, ty_error *error)
{
    return ty_error_set(
        error, TY_ERR_STORE,
        "%s: a text has the character U+0000, which PostgreSQL cannot hold; nothing was written",
        store->path);
}
