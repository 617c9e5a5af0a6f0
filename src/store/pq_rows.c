/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Statements and their rows. A statement's rows are all fetched when it is run, so that others can be run
 * while they are read; walks have cursors (pq_cursors.c). Values go and come in the binary form: numbers high
 * byte first, texts as they are.
 */
#include "store/pq_row.h"

#include <stdio.h>
#include <stdlib.h>

/* ------------------------------------------------------------------------------------------ the text */

/* ?1 to $1; quoted texts have no question marks. */
static char *translate(const char *text)
{
    char *out = strdup(text);
    for (char *at = out; at && *at; at++)
        if (*at == '?')
            *at = '$';
    return out;
}

static bool reads_only(const char *text)
{
    return strncmp(text, "SELECT", 6) == 0 || strncmp(text, "WITH", 4) == 0;
}

ty_status ty_pq_prepare(ty_store *store, const char *text, bool walk, ty_row **out, ty_error *error)
{
    ty_pq_row *made = calloc(1, sizeof *made);
    char *own_text = translate(text);
    if (!made || !own_text) {
        free(made);
        free(own_text);
        return ty_error_nomem(error);
    }
    *made = (ty_pq_row){.base.engine = &ty_pq_engine, .store = store, .text = own_text};
    made->writes = !reads_only(text);
    made->walk = walk && !made->writes;
    made->spoils = made->writes ? ty_pq_spoils(text) : 0;
    made->number = ++store->pq->names;
    made->expects = made->walk ? 0 : ty_pq_expects(text);
    *out = &made->base;
    return TY_OK;
}

/* ------------------------------------------------------------------------------------------ parameters */

static void big_endian(int64_t value, char bytes[8])
{
    for (int i = 0; i < 8; i++)
        bytes[i] = (char)((uint64_t)value >> (56 - 8 * i));
}

static ty_pq_parameter *parameter_at(ty_row *row, int number, Oid type)
{
    if (number < 1 || number > TY_PQ_PARAMETERS)
        return NULL;
    ty_pq_row *at = own(row);
    ty_pq_parameter *found = &at->parameters[number - 1];
    if (at->epoch && found->type && found->type != type)
        at->epoch = 0; /* prepared for another type */
    *found = (ty_pq_parameter){.type = type};
    if (at->count < number)
        at->count = number;
    return found;
}

bool ty_pq_bind_null(ty_row *row, int number, ty_datum_kind kind)
{
    return parameter_at(row, number, kind == TY_DATUM_TEXT ? TY_PQ_TEXT : TY_PQ_INT8) != NULL;
}

bool ty_pq_bind_int(ty_row *row, int number, int64_t value)
{
    ty_pq_parameter *at = parameter_at(row, number, TY_PQ_INT8);
    if (!at)
        return false;
    big_endian(value, at->bytes);
    at->value = at->bytes;
    at->size = 8;
    return true;
}

bool ty_pq_bind_double(ty_row *row, int number, double value)
{
    int64_t bits;
    memcpy(&bits, &value, sizeof bits);
    bool bound = ty_pq_bind_int(row, number, bits);
    if (bound)
        own(row)->parameters[number - 1].type = TY_PQ_FLOAT8;
    return bound;
}

static bool bind_slice(ty_row *row, int number, Oid type, ty_slice bytes)
{
    ty_pq_parameter *at = parameter_at(row, number, type);
    if (!at || bytes.size > INT32_MAX)
        return false;
    at->value = bytes.data;
    at->size = (int)bytes.size;
    return true;
}

bool ty_pq_bind_text(ty_row *row, int number, ty_slice text)
{
    if (text.data && memchr(text.data, '\0', text.size))
        own(row)->zero = true;
    return bind_slice(row, number, TY_PQ_TEXT, text);
}

bool ty_pq_bind_bytes(ty_row *row, int number, ty_slice bytes)
{
    return bind_slice(row, number, TY_PQ_BYTES, bytes);
}

/* ------------------------------------------------------------------------------------------ running */

void ty_pq_collect(const ty_pq_row *row, ty_pq_arguments *out)
{
    for (int i = 0; i < row->count; i++) {
        out->types[i] = row->parameters[i].type;
        out->values[i] = row->parameters[i].value;
        out->sizes[i] = row->parameters[i].size;
        out->forms[i] = 1;
    }
}

static PGresult *prepare_there(ty_pq_row *row, const ty_pq_arguments *given, const char *name)
{
    ty_pq *pq = row->store->pq;
    if (row->epoch == pq->epoch)
        return NULL;
    if (row->number && row->epoch == 0 && row->started) /* prepared before, for other types */
        row->number = ++pq->names;
    pq->trips++;
    PGresult *result = PQprepare(pq->connection, name, row->text, row->count, given->types);
    if (PQresultStatus(result) != PGRES_COMMAND_OK)
        return result;
    PQclear(result);
    row->epoch = pq->epoch;
    return NULL;
}

/* What is run once need not be prepared, which is a round trip more. */
static PGresult *execute(ty_pq_row *row)
{
    char name[24];
    ty_pq_arguments given;
    ty_pq *pq = row->store->pq;
    ty_pq_collect(row, &given);
    pq->trips++;
    if (!row->used) {
        row->used = true;
        return PQexecParams(pq->connection, row->text, row->count, given.types, given.values, given.sizes,
                            given.forms, 1);
    }
    if (row->epoch != pq->epoch)
        row->number = ++pq->names;
    snprintf(name, sizeof name, "s%u", row->number);
    PGresult *failed = prepare_there(row, &given, name);
    if (failed)
        return failed;
    return PQexecPrepared(pq->connection, name, row->count, given.values, given.sizes, given.forms, 1);
}

ty_status ty_pq_take(ty_pq_row *row, PGresult *result, ty_error *error)
{
    ExecStatusType status = PQresultStatus(result);
    if (status != PGRES_TUPLES_OK && status != PGRES_COMMAND_OK) {
        ty_pq_note(row->store, result);
        PQclear(result);
        return ty_pq_failed(row->store, "using the memory", error);
    }
    row->rows = result;
    row->at = -1;
    row->end = PQntuples(result);
    if (row->writes) {
        row->store->pq->written = strtoll(PQcmdTuples(result), NULL, 10);
        row->store->pq->wrote = true;
    }
    return TY_OK;
}

/* Its outcome is told later. */
static bool may_queue(const ty_pq_row *row)
{
    const ty_pq *pq = row->store->pq;
    return pq->queueing && pq->writing && row->writes && !strstr(row->text, "RETURNING");
}

static ty_status enqueue(ty_pq_row *row)
{
    ty_pq_arguments given;
    ty_pq_collect(row, &given);
    row->rows = NULL;
    row->at = -1;
    row->end = 0;
    row->store->pq->wrote = true;
    if (!ty_pq_enqueue(row, &given))
        row->store->pq->queue_failed = true;
    return TY_OK;
}

/* Where nothing was begun, a connection that was lost is made again, and the statement run again. */
static ty_status run(ty_pq_row *row, ty_error *error)
{
    ty_store *store = row->store;
    ty_status status = row->writes ? ty_pq_tell(store, store->ledger.bulk, error) : TY_OK;
    store->pq->stale |= row->spoils;
    if (status == TY_OK && ty_pq_is_lost(store))
        status = ty_pq_connect(store, error);
    if (status != TY_OK)
        return status;
    if (may_queue(row))
        return enqueue(row);
    ty_pq_drain(store);
    PGresult *result = execute(row);
    if (!ty_pq_is_lost(store) || store->pq->writing || store->pq->reading)
        return ty_pq_take(row, result, error);
    PQclear(result);
    status = ty_pq_connect(store, error);
    return status == TY_OK ? ty_pq_take(row, execute(row), error) : status;
}

/* ------------------------------------------------------------------------------------------ steps */

/* Rows that were fetched ahead. */
static bool take_expected(ty_pq_row *row)
{
    ty_pq_found found;
    int64_t keys[2] = {0, 0};
    for (int i = 0; row->expects && i < row->count && i < 2; i++) {
        const ty_pq_parameter *at = &row->parameters[i];
        if (at->type != TY_PQ_INT8 || !at->value)
            return false;
        keys[i] = (int64_t)ty_pq_unsigned(at->bytes, 8);
    }
    if (!row->expects || !ty_pq_find_expected(row->store->pq, row->expects, keys[0], keys[1], &found))
        return false;
    row->rows = found.rows;
    row->at = found.at - 1;
    row->end = found.end;
    row->skip = TY_PQ_AHEAD_COLUMNS;
    row->borrowed = true;
    return true;
}

ty_status ty_pq_step(ty_store *store, ty_row *any, ty_error *error)
{
    ty_pq_row *row = own(any);
    if (row->zero)
        return ty_pq_refuse_zero(store, error);
    if (!row->started && take_expected(row))
        row->started = true;
    if (!row->started) {
        ty_status status = row->walk ? ty_pq_cursor_open(row, error) : run(row, error);
        row->started = true;
        if (status != TY_OK)
            return status;
    }
    row->at++;
    return row->at < row->end ? TY_OK : row->borrowed ? TY_NO : ty_pq_cursor_more(row, error);
}

void ty_pq_end(ty_row *any)
{
    ty_pq_row *row = own(any);
    if (row->cursor)
        ty_pq_cursor_close(row);
    if (!row->borrowed)
        PQclear(row->rows);
    PQclear(row->rest);
    row->rows = row->rest = NULL;
    row->skip = 0;
    row->borrowed = false;
    row->started = row->lost = row->zero = false;
}

void ty_pq_clear(ty_row *any)
{
    ty_pq_row *row = own(any);
    ty_pq_end(any);
    for (int i = 0; i < row->count; i++)
        row->parameters[i].value = NULL;
}

void ty_pq_free(ty_row *any)
{
    ty_pq_row *row = own(any);
    ty_pq *pq = row->store->pq;
    char text[40];
    ty_pq_end(any);
    if (!row->store->closing && row->epoch == pq->epoch && !row->walk &&
        PQtransactionStatus(pq->connection) != PQTRANS_INERROR) {
        ty_pq_drain(row->store);
        snprintf(text, sizeof text, "DEALLOCATE s%u", row->number);
        pq->trips++;
        PQclear(PQexec(pq->connection, text));
    }
    free(row->text);
    free(row);
}
