/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Rows in bulk: COPY in its binary form (the page "COPY" of PostgreSQL's manual). Straight into their tables:
 * who writes in bulk holds the lock of the memory, and gives numbers that are new.
 */
#include "store/pq.h"

enum { MANY_BYTES = 1 << 18 };

static const char signature[19] = "PGCOPY\n\377\r\n";

static void add_number(ty_buffer *out, uint64_t value, int size)
{
    char bytes[8];
    for (int i = 0; i < size; i++)
        bytes[i] = (char)(value >> (8 * (size - 1 - i)));
    ty_buffer_add(out, (ty_slice){bytes, (size_t)size});
}

ty_status ty_pq_copy_open(ty_pq_copy *copy, ty_store *store, const char *table, ty_error *error)
{
    ty_buffer text = {0};
    *copy = (ty_pq_copy){.store = store};
    ty_buffer_add_format(&text, "COPY %s FROM STDIN (FORMAT binary)", table);
    if (text.failed)
        return ty_error_nomem(error);
    ty_pq_drain(store);
    store->pq->trips += 2; /* with the end */
    PGresult *result = PQexec(store->pq->connection, text.data);
    ty_buffer_release(&text);
    bool good = PQresultStatus(result) == PGRES_COPY_IN;
    if (!good)
        ty_pq_note(store, result);
    PQclear(result);
    ty_buffer_add(&copy->bytes, (ty_slice){signature, sizeof signature});
    return good ? TY_OK : ty_pq_failed(store, "writing many rows", error);
}

void ty_pq_copy_row(ty_pq_copy *copy, int columns)
{
    add_number(&copy->bytes, (uint64_t)columns, 2);
}

void ty_pq_copy_int(ty_pq_copy *copy, int64_t value)
{
    add_number(&copy->bytes, 8, 4);
    add_number(&copy->bytes, (uint64_t)value, 8);
}

void ty_pq_copy_text(ty_pq_copy *copy, ty_slice text)
{
    if (!text.data) {
        add_number(&copy->bytes, UINT32_MAX, 4);
        return;
    }
    copy->zero |= memchr(text.data, '\0', text.size) != NULL;
    add_number(&copy->bytes, text.size, 4);
    ty_buffer_add(&copy->bytes, text);
}

void ty_pq_copy_datum(ty_pq_copy *copy, const ty_datum *value)
{
    int64_t bits;
    switch (value->kind) {
    case TY_DATUM_NULL: ty_pq_copy_text(copy, (ty_slice){0}); break;
    case TY_DATUM_NUMBER: ty_pq_copy_int(copy, value->number); break;
    case TY_DATUM_REAL:
        memcpy(&bits, &value->real, sizeof bits);
        ty_pq_copy_int(copy, bits);
        break;
    default: ty_pq_copy_text(copy, value->text);
    }
}

static ty_status send(ty_pq_copy *copy, ty_error *error)
{
    ty_pq *pq = copy->store->pq;
    if (copy->bytes.failed)
        return ty_error_nomem(error);
    if (copy->zero)
        return ty_pq_refuse_zero(copy->store, error);
    int sent = PQputCopyData(pq->connection, copy->bytes.data, (int)copy->bytes.size);
    ty_buffer_clear(&copy->bytes);
    if (sent == 1)
        return TY_OK;
    ty_pq_note(copy->store, NULL);
    return ty_pq_failed(copy->store, "writing many rows", error);
}

ty_status ty_pq_copy_relieve(ty_pq_copy *copy, ty_error *error)
{
    return copy->bytes.size < MANY_BYTES ? TY_OK : send(copy, error);
}

static ty_status finish(ty_pq_copy *copy, const char *why, ty_error *error)
{
    ty_pq *pq = copy->store->pq;
    bool good = PQputCopyEnd(pq->connection, why) == 1;
    for (PGresult *result; (result = PQgetResult(pq->connection)) != NULL; PQclear(result))
        if (PQresultStatus(result) != PGRES_COMMAND_OK) {
            good = false;
            ty_pq_note(copy->store, result);
        }
    pq->wrote = true;
    return good ? TY_OK : ty_pq_failed(copy->store, "writing many rows", error);
}

ty_status ty_pq_copy_close(ty_pq_copy *copy, ty_status status, ty_error *error)
{
    if (status == TY_OK) {
        add_number(&copy->bytes, UINT16_MAX, 2);
        status = send(copy, error);
    }
    if (status == TY_OK)
        status = finish(copy, NULL, error);
    else
        (void)finish(copy, "stopped", NULL);
    ty_buffer_release(&copy->bytes);
    return status;
}

/* ------------------------------------------------------------------------------------------ waiting rows */

static ty_status copy_rows(ty_store *store, const char *table, const ty_rows *rows, ty_error *error)
{
    ty_pq_copy copy;
    store->pq->copied += rows->count;
    if (!rows->count)
        return TY_OK;
    ty_status status = ty_pq_copy_open(&copy, store, table, error);
    if (status != TY_OK)
        return ty_buffer_release(&copy.bytes), status;
    for (size_t i = 0; i < rows->count && status == TY_OK; i++) {
        const ty_waiting_row *row = &rows->items[i];
        ty_pq_copy_row(&copy, 11);
        ty_pq_copy_int(&copy, row->first);
        ty_pq_copy_int(&copy, row->second);
        for (int c = 0; c < 9; c++)
            ty_pq_copy_text(&copy, row->cells[c]);
        status = ty_pq_copy_relieve(&copy, error);
    }
    return ty_pq_copy_close(&copy, status, error);
}

static ty_status copy_links(ty_store *store, const ty_rows *rows, ty_error *error)
{
    ty_pq_copy copy;
    if (!rows->count)
        return TY_OK;
    ty_status status = ty_pq_copy_open(&copy, store, "unit_origin (origin, position, unit)", error);
    if (status != TY_OK)
        return ty_buffer_release(&copy.bytes), status;
    for (size_t i = 0; i < rows->count; i++) {
        ty_pq_copy_row(&copy, 3);
        ty_pq_copy_int(&copy, store->writing.origin);
        ty_pq_copy_int(&copy, rows->items[i].first);
        ty_pq_copy_int(&copy, rows->items[i].second);
    }
    return ty_pq_copy_close(&copy, status, error);
}

static ty_status write_row(ty_store *store, ty_sql_id how, const ty_waiting_row *row, ty_error *error)
{
    const ty_slice *c = row->cells;
    return ty_sql_run(store, how, error, "iisssssssss", row->first, row->second, c[0], c[1], c[2], c[3], c[4],
                      c[5], c[6], c[7], c[8]);
}

/* Over what is there: few rows, which are told. */
static ty_status write_over(ty_store *store, ty_error *error)
{
    const ty_rows *units = &store->writing.rows[TY_PENDING_UNITS];
    const ty_rows *variants = &store->writing.rows[TY_PENDING_VARIANTS];
    ty_status status = TY_OK;
    for (size_t i = 0; i < units->count && status == TY_OK; i++)
        status = write_row(store, SQL_UNIT_SET_PENDING, &units->items[i], error);
    for (size_t i = 0; i < variants->count && status == TY_OK; i++)
        status = write_row(store, SQL_VARIANT_ADD_PENDING, &variants->items[i], error);
    return status;
}

ty_status ty_pq_write_waiting(ty_store *store, bool over, ty_error *error)
{
    const ty_rows *rows = store->writing.rows;
    if (over)
        return write_over(store, error);
    if (!rows[TY_PENDING_UNITS].count && !rows[TY_PENDING_VARIANTS].count && !rows[TY_PENDING_LINKS].count)
        return TY_OK;
    ty_status status = ty_pq_tell(store, true, error);
    if (status == TY_OK)
        status = copy_rows(
            store,
            "unit (id, digest, status, tuid, srclang, creationdate, creationid, changedate, changeid,"
            " attributes, infos)",
            &rows[TY_PENDING_UNITS], error);
    if (status == TY_OK)
        status =
            copy_rows(store,
                      "variant (unit, position, lang, text, content, creationdate, creationid, changedate,"
                      " changeid, attributes, infos)",
                      &rows[TY_PENDING_VARIANTS], error);
    return status == TY_OK ? copy_links(store, &rows[TY_PENDING_LINKS], error) : status;
}

/* ------------------------------------------------------------------------------------------ indexes */

ty_status ty_pq_part_put(ty_store *store, ty_slice name, int64_t number, const ty_slice *slices, size_t count,
                         uint64_t from, size_t size, ty_error *error)
{
    ty_buffer bytes = {0};
    ty_row *row = NULL;
    while (bytes.size < size && !bytes.failed) {
        ty_slice piece = ty_slices_at(slices, count, from + bytes.size);
        ty_buffer_add(
            &bytes, ty_slice_sub(piece, 0, size - bytes.size < piece.size ? size - bytes.size : piece.size));
    }
    ty_status status = bytes.failed
                           ? ty_error_nomem(error)
                           : ty_sql_prepare(store,
                                            "INSERT INTO derived_index_part (id, name, part, data) SELECT"
                                            " 1 + coalesce(max(id), 0), ?1, ?2, ?3 FROM derived_index_part",
                                            &row, error);
    if (status == TY_OK) {
        ty_row_bind_text(row, 1, name);
        ty_row_bind(row, 2, number);
        ty_pq_bind_bytes(row, 3, ty_buffer_slice(&bytes));
        status = ty_sql_step(store, row, error);
    }
    ty_row_close(row);
    ty_buffer_release(&bytes);
    return status == TY_NO ? TY_OK : status;
}

ty_status ty_pq_part_get(ty_store *store, ty_slice name, int64_t number, size_t offset, void *into,
                         size_t size, ty_error *error)
{
    ty_row *row =
        ty_sql(store, SQL_DERIVED_PART_GET, error, "siii", name, number, (int64_t)offset + 1, (int64_t)size);
    ty_status status = ty_sql_step(store, row, error);
    if (status != TY_OK)
        return status;
    ty_slice bytes = ty_row_text(row, 0);
    if (bytes.size == size)
        memcpy(into, bytes.data, size);
    else
        status = ty_error_set(error, TY_ERR_STORE, "%s: a part of an index is too short", store->path);
    ty_row_end(row);
    return status;
}
