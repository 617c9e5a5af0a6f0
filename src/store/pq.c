/* SPDX-License-Identifier: Apache-2.0 */
/*
 * PostgreSQL as an engine: what it is asked for, and where that is done.
 */
#include "store/pq.h"

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

const ty_engine ty_pq_engine = {
    .many_units = 4096,
    .many_bytes = (size_t)4 << 20,
    .texts = ty_pq_texts,
    .walks = ty_pq_walks,
    .spellings = ty_pq_spellings,
    .close = ty_pq_close,
    .set_patience = ty_pq_set_patience,
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
    .begin = ty_pq_begin,
    .begin_beside = ty_pq_begin_beside,
    .take_turn = ty_pq_take_turn,
    .commit = ty_pq_commit,
    .rollback = ty_pq_rollback,
    .savepoint = ty_pq_savepoint,
    .is_within = ty_pq_is_within,
    .mark = ty_pq_mark,
    .freeze = ty_pq_freeze,
    .thaw = ty_pq_thaw,
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
