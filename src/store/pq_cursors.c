/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Walks, which may have very many rows: they are fetched from a cursor in the server, some and then more.
 */
#include "store/pq_row.h"

enum { FIRST_FETCH = 64, LARGEST_FETCH = 4096 };

/* A verb, the cursor's name, and what is behind it. */
static ty_status ask(ty_pq_row *row, const char *verb, const char *more, const ty_pq_arguments *given,
                     PGresult **out, ty_error *error)
{
    ty_buffer text = {0};
    ty_pq *pq = row->store->pq;
    ty_pq_drain(row->store);
    ty_buffer_add_format(&text, "%s c%u %s", verb, row->number, more);
    if (text.failed)
        return ty_error_nomem(error);
    pq->trips++;
    *out = PQexecParams(pq->connection, text.data, given ? row->count : 0, given ? given->types : NULL,
                        given ? given->values : NULL, given ? given->sizes : NULL,
                        given ? given->forms : NULL, 1);
    ty_buffer_release(&text);
    ExecStatusType status = PQresultStatus(*out);
    if (status == PGRES_COMMAND_OK || status == PGRES_TUPLES_OK)
        return TY_OK;
    ty_pq_note(row->store, *out);
    PQclear(*out);
    *out = NULL;
    return ty_pq_failed(row->store, "walking through the memory", error);
}

static ty_status fetch(ty_pq_row *row, ty_error *error)
{
    char text[48];
    PGresult *result = NULL;
    snprintf(text, sizeof text, "FETCH %d FROM", row->fetch);
    PQclear(row->rows);
    row->rows = NULL;
    ty_status status = ask(row, text, "", NULL, &result, error);
    return status == TY_OK ? ty_pq_take(row, result, error) : status;
}

ty_status ty_pq_cursor_open(ty_pq_row *row, ty_error *error)
{
    ty_pq_arguments given;
    PGresult *result = NULL;
    ty_buffer declared = {0};
    ty_pq *pq = row->store->pq;
    ty_status status = pq->writing ? TY_OK : ty_pq_read_begin(row->store, error);
    if (status != TY_OK)
        return status;
    ty_pq_collect(row, &given);
    row->number = ++pq->names;
    ty_buffer_add_format(&declared, "NO SCROLL CURSOR FOR %s", row->text);
    status =
        declared.failed ? ty_error_nomem(error) : ask(row, "DECLARE", declared.data, &given, &result, error);
    ty_buffer_release(&declared);
    PQclear(result);
    if (status != TY_OK)
        return status;
    row->cursor = true;
    row->next = pq->walks;
    pq->walks = row;
    row->fetch = FIRST_FETCH;
    return fetch(row, error);
}

static void forget_cursor(ty_pq_row *row)
{
    for (ty_pq_row **at = &row->store->pq->walks; *at; at = &(*at)->next)
        if (*at == row) {
            *at = row->next;
            break;
        }
    row->cursor = false;
}

/* The last one ends the transaction, and so itself. */
void ty_pq_cursor_close(ty_pq_row *row)
{
    PGresult *result = NULL;
    ty_pq *pq = row->store->pq;
    forget_cursor(row);
    if (pq->writing || pq->frozen || pq->walks) {
        if (PQtransactionStatus(pq->connection) == PQTRANS_INTRANS)
            (void)ask(row, "CLOSE", "", NULL, &result, NULL);
        PQclear(result);
    }
    ty_pq_read_end(row->store);
}

void ty_pq_walks_drain(ty_store *store)
{
    while (store->pq->walks) {
        ty_pq_row *row = store->pq->walks;
        bool good = PQtransactionStatus(store->pq->connection) == PQTRANS_INTRANS &&
                    ask(row, "FETCH ALL FROM", "", NULL, &row->rest, NULL) == TY_OK;
        row->lost = !good;
        forget_cursor(row);
    }
}

void ty_pq_walks_drop(ty_store *store)
{
    while (store->pq->walks) {
        store->pq->walks->lost = true;
        forget_cursor(store->pq->walks);
    }
}

/* Rows behind those at hand: of the cursor, or what was fetched of it when it ended. */
ty_status ty_pq_cursor_more(ty_pq_row *row, ty_error *error)
{
    if (row->lost)
        return ty_error_set(error, TY_ERR_BUSY, "%s: what was read is not there any more; try again",
                            row->store->path);
    if (row->rest) {
        PQclear(row->rows);
        row->rows = row->rest;
        row->rest = NULL;
        row->at = 0;
        row->end = PQntuples(row->rows);
        return row->end ? TY_OK : TY_NO;
    }
    if (!row->cursor || PQntuples(row->rows) < row->fetch)
        return TY_NO;
    row->fetch = row->fetch < LARGEST_FETCH ? row->fetch * 4 : row->fetch;
    ty_status status = fetch(row, error);
    row->at = 0;
    return status == TY_OK && PQntuples(row->rows) == 0 ? TY_NO : status;
}
