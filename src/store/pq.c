/* SPDX-License-Identifier: Apache-2.0 */
/*
 * PostgreSQL as an engine: the connection, transactions, what its failures mean to us.
 */
#include "store/pq.h"

#include <stdio.h>
#include <stdlib.h>

/* How long a writer waits for another before it says so. */
#define PATIENCE_MILLISECONDS 30000
/* So many new rows make a difference. */
#define MANY_ROWS 1000

/* ------------------------------------------------------------------------------------------ failures */

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
    if (ty_pq_is_lost(store))
        return ty_error_set(error, TY_ERR_BUSY, "%s: %s: the connection to the database was lost (%s)",
                            store->path, doing, detail);
    ty_status status = status_of(pq->state, &meaning);
    if (meaning)
        return ty_error_set(error, status, "%s: %s: %s (%s)", store->path, doing, meaning, detail);
    return ty_error_set(error, status, "%s: %s: %s", store->path, doing, detail);
}

static bool good(const PGresult *result)
{
    ExecStatusType status = PQresultStatus(result);
    return status == PGRES_COMMAND_OK || status == PGRES_TUPLES_OK || status == PGRES_EMPTY_QUERY;
}

static bool run(ty_store *store, const char *text)
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
    return run(store, text) ? TY_OK : ty_pq_failed(store, "changing the memory", error);
}

ty_status ty_pq_refuse_zero(ty_store *store, ty_error *error)
{
    return ty_error_set(
        error, TY_ERR_STORE,
        "%s: a text has the character U+0000, which PostgreSQL cannot hold; nothing was written",
        store->path);
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

static void close_connection(ty_store *store)
{
    free_pq(store->pq);
}

static void set_patience(ty_store *store, unsigned milliseconds)
{
    char text[48];
    store->pq->patience = milliseconds < INT32_MAX ? milliseconds : INT32_MAX;
    snprintf(text, sizeof text, "SET lock_timeout = %u", store->pq->patience);
    run(store, text);
}

/* ------------------------------------------------------------------------------------------ transactions */

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
        run(store, "ROLLBACK");
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
        run(store, "COMMIT");
    pq->reading = false;
}

static ty_status freeze(ty_store *store, ty_error *error)
{
    ty_status status = ty_pq_read_begin(store, error);
    store->pq->frozen = status == TY_OK;
    return status;
}

static void thaw(ty_store *store)
{
    store->pq->frozen = false;
    ty_pq_expected_drop(store->pq);
    ty_pq_read_end(store);
}

/*
 * The table that every writer locks first: whoever has it is alone, sees all that was committed, and takes
 * the next numbers. It is given in the order in which it was asked for; a lock of a row is not, since it is
 * free until who has waited for it wakes up. Who only reads the table is in nobody's way.
 */
#define TURN "LOCK TABLE memory IN EXCLUSIVE MODE"

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
    run(store, "ROLLBACK");
    return status;
}

static ty_status begin(ty_store *store, const int64_t *units, size_t count, ty_error *error)
{
    ty_status status = prepare_to_write(store, error);
    if (status != TY_OK)
        return status;
    bool good = ty_pq_begin_writing(store, TURN, units, count);
    if (!good && ty_pq_is_lost(store) && ty_pq_connect(store, error) == TY_OK)
        good = ty_pq_begin_writing(store, TURN, units, count);
    return begun(store, good, error);
}

static ty_status begin_beside(ty_store *store, ty_error *error)
{
    ty_status status = prepare_to_write(store, error);
    if (status != TY_OK)
        return status;
    bool good = run(store, "BEGIN");
    if (!good && ty_pq_is_lost(store) && ty_pq_connect(store, error) == TY_OK)
        good = run(store, "BEGIN");
    return begun(store, good, error);
}

static ty_status take_turn(ty_store *store, ty_error *error)
{
    return run(store, TURN) ? TY_OK : ty_pq_failed(store, "starting to write", error);
}

static ty_status mark(ty_store *store, bool *written, ty_error *error)
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
        (void)run(store, "ANALYZE unit, variant, unit_origin, derived_digest");
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
static ty_status commit(ty_store *store, ty_error *error)
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

static void rollback(ty_store *store)
{
    ty_pq *pq = store->pq;
    ty_pq_walks_drop(store);
    ty_pq_expected_drop(pq);
    (void)ty_pq_queue(store, TY_SQL_QUEUE_OFF, NULL);
    if (!ty_pq_is_lost(store))
        run(store, "ROLLBACK");
    pq->writing = pq->bulk = false;
}

/* Cursors that were opened behind a savepoint would go with it. */
static ty_status savepoint(ty_store *store, const char *verb, unsigned level, ty_error *error)
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
    return run(store, text) ? TY_OK : ty_pq_failed(store, "writing the memory", error);
}

static bool is_within(ty_store *store)
{
    return store->pq->writing || store->pq->reading;
}

ty_status ty_pq_tell(ty_store *store, bool bulk, ty_error *error)
{
    ty_pq *pq = store->pq;
    if (pq->bulk == bulk)
        return TY_OK;
    const char *text = bulk ? "SET LOCAL taiyaku.bulk = 'on'" : "SET LOCAL taiyaku.bulk = ''";
    bool good = pq->queueing && pq->writing ? ty_pq_enqueue_command(store, text) : run(store, text);
    pq->bulk = bulk == good;
    return good ? TY_OK : ty_pq_failed(store, "changing the memory", error);
}

/* ------------------------------------------------------------------------------------------ engine */

static ty_status script(ty_store *store, const char *text, ty_error *error)
{
    ty_status status = store->pq->writing ? ty_pq_tell(store, store->ledger.bulk, error) : TY_OK;
    return status == TY_OK ? ty_pq_script(store, text, error) : status;
}

/* Tables are written anew only by who owns them. */
static ty_status check_owner(ty_store *store, ty_error *error)
{
    ty_row *row = NULL;
    ty_status status = ty_sql_prepare(
        store, "SELECT pg_has_role(relowner, 'USAGE') FROM pg_class WHERE oid = CAST('unit' AS regclass)",
        &row, error);
    if (status == TY_OK)
        status = ty_sql_step(store, row, error);
    bool owns = status == TY_OK && ty_row_int(row, 0) != 0;
    ty_row_close(row);
    if (status != TY_OK || owns)
        return status;
    return ty_error_set(error, TY_ERR_USAGE, "%s: only who owns the memory can erase for good", store->path);
}

/* Rows that are gone stay in their pages until these are written anew. */
#define CLEAN                                                                                                \
    "VACUUM (FULL) unit, variant, unit_origin, bead, sentence, document, origin, withheld, change, step,"    \
    " accepted_finding, derived_index, derived_index_part"

static ty_status set(ty_store *store, ty_sql_mode mode, ty_error *error)
{
    switch (mode) {
    case TY_SQL_KEYS_LATE: return ty_pq_script(store, "SET CONSTRAINTS ALL DEFERRED", error);
    case TY_SQL_ERASES: return check_owner(store, error);
    case TY_SQL_CLEANS: return ty_pq_script(store, CLEAN, error);
    default: return TY_OK;
    }
}

static uint64_t trips(const ty_store *store)
{
    return store->pq->trips;
}

static int64_t written(ty_store *store)
{
    return store->pq->written;
}

static bool was_refused(ty_store *store)
{
    return strncmp(store->pq->state, "23", 2) == 0;
}

/* Numbers that JSON has as such become the column's type again. */
static void json_item(int n, ty_slice type, ty_buffer *out)
{
    ty_buffer_add_format(out, "CAST(CAST(?1 AS json) ->> %d AS %.*s)", n, TY_SLICE_FORMAT(type));
}

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

const ty_engine ty_pq_engine = {
    .many_units = 4096,
    .many_bytes = (size_t)4 << 20,
    .texts = ty_pq_texts,
    .walks = ty_pq_walks,
    .spellings = ty_pq_spellings,
    .close = close_connection,
    .set_patience = set_patience,
    .set = set,
    .script = script,
    .failed = ty_pq_failed,
    .prepare = ty_pq_prepare,
    .step = ty_pq_step,
    .end = ty_pq_end,
    .clear = ty_pq_clear,
    .free = ty_pq_free,
    .bind_null = ty_pq_bind_null,
    .bind_int = ty_pq_bind_int,
    .bind_double = ty_pq_bind_double,
    .bind_text = ty_pq_bind_text,
    .number = ty_pq_number,
    .real = ty_pq_real,
    .is_null = ty_pq_is_null,
    .text = ty_pq_text,
    .datum = ty_pq_datum,
    .columns = ty_pq_columns,
    .written = written,
    .was_refused = was_refused,
    .begin = begin,
    .begin_beside = begin_beside,
    .take_turn = take_turn,
    .commit = commit,
    .rollback = rollback,
    .savepoint = savepoint,
    .is_within = is_within,
    .mark = mark,
    .freeze = freeze,
    .thaw = thaw,
    .expect = ty_pq_expect,
    .trips = trips,
    .upcoming = ty_pq_upcoming,
    .queue = ty_pq_queue,
    .listen = ty_pq_listen,
    .hear = ty_pq_hear,
    .write_waiting = ty_pq_write_waiting,
    .part_put = ty_pq_part_put,
    .part_get = ty_pq_part_get,
    .json_item = json_item,
    .shape = ty_pq_shape,
    .receive = ty_pq_receive,
    .backup = ty_pq_backup,
};
