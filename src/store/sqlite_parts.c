/* SPDX-License-Identifier: Apache-2.0 */
/* Parts of indexes as blobs, which SQLite reads and writes piecemeal. */
#include "store/sqlite.h"

static ty_status open_part(ty_store *store, int64_t id, int writing, sqlite3_blob **blob, ty_error *error)
{
    if (sqlite3_blob_open(store->db, "main", "derived_index_part", "data", id, writing, blob) == SQLITE_OK)
        return TY_OK;
    return ty_sql_failed(store, "opening an index", error);
}

static ty_status write_part(ty_store *store, sqlite3_blob *blob, const ty_slice *slices, size_t count,
                            uint64_t from, size_t size, ty_error *error)
{
    for (size_t done = 0; done < size;) {
        ty_slice piece = ty_slices_at(slices, count, from + done);
        int part = (int)(piece.size < size - done ? piece.size : size - done);
        if (!part || sqlite3_blob_write(blob, piece.data, part, (int)done) != SQLITE_OK)
            return ty_sql_failed(store, "writing an index", error);
        done += (size_t)part;
    }
    return TY_OK;
}

ty_status ty_sqlite_part_put(ty_store *store, ty_slice name, int64_t number, const ty_slice *slices,
                             size_t count, uint64_t from, size_t size, ty_error *error)
{
    sqlite3_blob *blob = NULL;
    ty_status status = ty_sql_run(store, SQL_DERIVED_PART_ADD, error, "sii", name, number, (int64_t)size);
    if (status != TY_OK)
        return status;
    status = open_part(store, sqlite3_last_insert_rowid(store->db), 1, &blob, error);
    if (status == TY_OK)
        status = write_part(store, blob, slices, count, from, size, error);
    sqlite3_blob_close(blob);
    return status;
}

ty_status ty_sqlite_part_get(ty_store *store, ty_slice name, int64_t number, size_t offset, void *into,
                             size_t size, ty_error *error)
{
    int64_t id;
    sqlite3_blob *blob = NULL;
    ty_status status = ty_sql_number(store, SQL_DERIVED_PART_GET, &id, error, "si", name, number);
    if (status == TY_OK)
        status = open_part(store, id, 0, &blob, error);
    if (status == TY_OK && sqlite3_blob_read(blob, into, (int)size, (int)offset) != SQLITE_OK)
        status = ty_sql_failed(store, "reading an index", error);
    sqlite3_blob_close(blob);
    return status == TY_OK ? ty_still_check(store, error) : status;
}
