/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The connection to a server: made, and made again where it was lost.
 */
#include "store/pq.h"

#include <stdio.h>
#include <stdlib.h>

/* How long a writer waits for another before it says so. */
#define PATIENCE_MILLISECONDS 30000

static bool good(const PGresult *result)
{
    ExecStatusType status = PQresultStatus(result);
    return status == PGRES_COMMAND_OK || status == PGRES_TUPLES_OK || status == PGRES_EMPTY_QUERY;
}

bool ty_pq_run(ty_store *store, const char *text)
{
    ty_pq_drain(store);
    store->pq->trips++;
    PGresult *result = PQexec(store->pq->connection, text);
    bool done = good(result);
    if (!done)
        ty_pq_note(store, result);
    PQclear(result);
    return done;
}

ty_status ty_pq_script(ty_store *store, const char *text, ty_error *error)
{
    return ty_pq_run(store, text) ? TY_OK : ty_pq_failed(store, "changing the memory", error);
}

/* ------------------------------------------------------------------------------------------ the connection
 */

static ty_status refuse_connection(ty_store *store, ty_error *error)
{
    ty_buffer words = {0};
    ty_buffer_add_string(&words, PQerrorMessage(store->pq->connection));
    while (words.size && strchr("\r\n ", words.data[words.size - 1]))
        words.data[--words.size] = '\0';
    ty_status status =
        ty_error_set(error, TY_ERR_STORE, "%s: %s", store->path, words.failed ? "?" : words.data);
    ty_error_rule(error, TY_RULE_AWAY);
    ty_buffer_release(&words);
    return status;
}

/* A server that is coming up, or going down to come up again, says so in these words (miscinit.c,
 * postmaster.c); it is waited for. What has no server at all is an error. */
static bool is_coming(const ty_pq *pq)
{
    static const char *const words[] = {"starting up", "not yet accepting", "shutting down",
                                        "in recovery mode"};
    const char *told = PQerrorMessage(pq->connection);
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (strstr(told, words[i]))
            return true;
    return false;
}

static void wait_for_server(ty_store *store)
{
    enum { PAUSE = 200 };
    ty_pq *pq = store->pq;
    for (unsigned waited = 0; ty_pq_is_lost(store) && is_coming(pq) && waited < pq->patience;
         waited += PAUSE) {
        ty_sql_wait(PAUSE);
        PQreset(pq->connection);
    }
}

/*
 * Texts are UTF-8 and compared byte by byte, numbers written so that they come back the same. Compiling small
 * statements to machine code costs more than it saves, and so does planning them anew for each value.
 */
static ty_status set_up(ty_store *store, ty_error *error)
{
    ty_buffer text = {0};
    ty_buffer_add_format(
        &text,
        "SET client_encoding = 'UTF8'; SET search_path = %s; SET lock_timeout = %u; SET jit = off;"
        "SET extra_float_digits = 1; SET standard_conforming_strings = on;"
        "SET idle_in_transaction_session_timeout = 0; SET cursor_tuple_fraction = 1; SET plan_cache_mode = "
        "force_generic_plan",
        store->pq->quoted, store->pq->patience);
    ty_status status = text.failed ? ty_error_nomem(error) : ty_pq_script(store, text.data, error);
    ty_buffer_release(&text);
    return status;
}

ty_status ty_pq_connect(ty_store *store, ty_error *error)
{
    ty_pq *pq = store->pq;
    if (pq->writing || pq->reading)
        return ty_pq_failed(store, "using the memory", error);
    if (pq->connection)
        PQreset(pq->connection);
    else
        pq->connection = PQconnectdb(pq->info);
    if (!pq->connection)
        return ty_error_nomem(error);
    wait_for_server(store);
    if (ty_pq_is_lost(store))
        return refuse_connection(store, error);
    pq->epoch++;
    pq->bulk = false;
    PQsetNoticeReceiver(pq->connection, ty_pq_on_notice, store);
    return set_up(store, error);
}

void ty_pq_settle(ty_pq *pq)
{
    PGresult *result;
    while ((result = PQgetResult(pq->connection)) != NULL)
        PQclear(result);
}

static void free_pq(ty_pq *pq)
{
    ty_pq_expected_drop(pq);
    ty_vector_release(&pq->expected);
    PQfinish(pq->connection);
    ty_buffer_release(&pq->message);
    free(pq->info);
    free(pq->schema);
    free(pq->quoted);
    free(pq);
}

void ty_pq_close(ty_store *store)
{
    free_pq(store->pq);
}

void ty_pq_set_patience(ty_store *store, unsigned milliseconds)
{
    char text[48];
    store->pq->patience = milliseconds < INT32_MAX ? milliseconds : INT32_MAX;
    snprintf(text, sizeof text, "SET lock_timeout = %u", store->pq->patience);
    ty_pq_run(store, text);
}

/* ------------------------------------------------------------------------------------------ opening */

static ty_status new_pq(const char *address, ty_pq **out, ty_error *error)
{
    if (ty_libpq_open(error) != TY_OK)
        return TY_ERR_USAGE;
    ty_pq *pq = calloc(1, sizeof *pq);
    if (!pq)
        return ty_error_nomem(error);
    pq->patience = PATIENCE_MILLISECONDS;
    ty_status status = ty_pq_address(address, &pq->info, &pq->schema, error);
    if (status == TY_OK)
        *out = pq;
    else
        free_pq(pq);
    return status;
}

static ty_status quote_schema(ty_store *store, ty_error *error)
{
    char *quoted = PQescapeIdentifier(store->pq->connection, store->pq->schema, strlen(store->pq->schema));
    if (!quoted)
        return ty_error_nomem(error);
    store->pq->quoted = strdup(quoted);
    PQfreemem(quoted);
    return store->pq->quoted ? TY_OK : ty_error_nomem(error);
}

static ty_status read_identity(ty_store *store, ty_error *error)
{
    ty_row *row = NULL;
    ty_status status = ty_sql_prepare(store, "SELECT value FROM memory WHERE name = 'identity'", &row, error);
    if (status == TY_OK)
        status = ty_sql_step(store, row, error);
    if (status == TY_OK)
        snprintf(store->identity, sizeof store->identity, "%.*s", TY_SLICE_FORMAT(ty_row_text(row, 0)));
    ty_row_close(row);
    return status == TY_NO ? ty_error_set(error, TY_ERR_STORE, "%s: damaged: it has no identity", store->path)
                           : status;
}

static ty_status open_connection(ty_store *store, ty_error *error)
{
    store->pq->connection = PQconnectdb(store->pq->info);
    if (!store->pq->connection)
        return ty_error_nomem(error);
    wait_for_server(store);
    if (ty_pq_is_lost(store))
        return refuse_connection(store, error);
    PQsetNoticeReceiver(store->pq->connection, ty_pq_on_notice, store);
    store->pq->epoch = 1;
    ty_status status = quote_schema(store, error);
    return status == TY_OK ? set_up(store, error) : status;
}

ty_status ty_pq_open_bare(const char *address, ty_store_mode mode, ty_store **out, ty_error *error)
{
    ty_error trouble = {0};
    ty_pq *pq = NULL;
    *out = NULL;
    ty_status status = new_pq(address, &pq, &trouble);
    if (status != TY_OK)
        return ty_error_set(error, status, "%s", trouble.message);
    ty_store *store = ty_store_new(&ty_pq_engine, address, mode);
    if (!store) {
        free_pq(pq);
        return ty_error_nomem(error);
    }
    store->pq = pq;
    status = open_connection(store, error);
    if (status == TY_OK)
        *out = store;
    else
        ty_store_close(store);
    return status;
}

ty_status ty_pq_open(const char *address, ty_store_mode mode, ty_store **out, ty_error *error)
{
    ty_store *store = NULL;
    *out = NULL;
    ty_status status = ty_pq_open_bare(address, mode, &store, error);
    if (status == TY_OK)
        status = ty_pq_schema_check(store, mode, error);
    if (status == TY_OK)
        status = read_identity(store, error);
    if (status == TY_OK)
        *out = store;
    else
        ty_store_close(store);
    return status;
}
