/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Indexes of other modules, in parts of a few megabytes that are written and read piecemeal.
 */
#include "store/ledger.h"
#include "store/sqlite.h"

#define PART_SIZE ((uint64_t)4 << 20)

/* Where the writer is in the list of slices. */
typedef struct source {
    const ty_slice *parts;
    size_t count, index, offset;
} source;

static ty_status write_part(ty_store *store, sqlite3_blob *blob, source *from, uint64_t size, ty_error *error)
{
    uint64_t done = 0;
    while (done < size) {
        const ty_slice *part = &from->parts[from->index];
        uint64_t rest = part->size - from->offset;
        int piece = (int)(rest < size - done ? rest : size - done);
        if (piece && sqlite3_blob_write(blob, part->data + from->offset, piece, (int)done) != SQLITE_OK)
            return ty_sql_failed(store, "writing an index", error);
        done += (uint64_t)piece;
        from->offset += (size_t)piece;
        if (from->offset == part->size) {
            from->index++;
            from->offset = 0;
        }
    }
    return TY_OK;
}

static ty_status open_part(ty_store *store, int64_t id, int writing, sqlite3_blob **blob, ty_error *error)
{
    if (sqlite3_blob_open(store->db, "main", "derived_index_part", "data", id, writing, blob) == SQLITE_OK)
        return TY_OK;
    return ty_sql_failed(store, "opening an index", error);
}

static ty_status put_part(ty_store *store, ty_slice name, uint64_t number, source *from, uint64_t size,
                          ty_error *error)
{
    sqlite3_blob *blob = NULL;
    ty_status status =
        ty_sql_run(store, SQL_DERIVED_PART_ADD, error, "sii", name, (int64_t)number, (int64_t)size);
    if (status != TY_OK)
        return status;
    status = open_part(store, sqlite3_last_insert_rowid(store->db), 1, &blob, error);
    if (status == TY_OK)
        status = write_part(store, blob, from, size, error);
    sqlite3_blob_close(blob);
    return status;
}

ty_status ty_store_derived_put(ty_store *store, const char *name, ty_stamp stamp, const ty_slice *parts,
                               size_t count, ty_error *error)
{
    uint64_t size = 0;
    source from = {parts, count, 0, 0};
    ty_slice key = ty_slice_of(name);
    for (size_t i = 0; i < count; i++)
        size += parts[i].size;
    ty_status status = ty_store_begin(store, error);
    if (status != TY_OK)
        return status;
    status = ty_store_derived_drop(store, name, error);
    if (status == TY_OK)
        status = ty_sql_run(store, SQL_DERIVED_PUT, error, "siii", key, (int64_t)stamp.step,
                            (int64_t)stamp.random, (int64_t)size);
    for (uint64_t at = 0, number = 0; at < size && status == TY_OK; at += PART_SIZE, number++)
        status = put_part(store, key, number, &from, size - at < PART_SIZE ? size - at : PART_SIZE, error);
    if (status == TY_OK)
        return ty_store_commit(store, error);
    ty_store_rollback(store);
    return status;
}

ty_status ty_store_derived_info(ty_store *store, const char *name, ty_stamp *stamp, uint64_t *size,
                                ty_error *error)
{
    *stamp = (ty_stamp){0};
    *size = 0;
    ty_row *row = ty_sql(store, SQL_DERIVED_GET, error, "s", ty_slice_of(name));
    ty_status status = ty_sql_step(store, row, error);
    if (status != TY_OK)
        return status;
    *stamp = (ty_stamp){(uint64_t)ty_row_int(row, 0), (uint64_t)ty_row_int(row, 1)};
    *size = (uint64_t)ty_row_int(row, 2);
    ty_row_end(row);
    return TY_OK;
}

static ty_status read_part(ty_store *store, const char *name, uint64_t number, uint64_t offset, char *into,
                           size_t size, ty_error *error)
{
    int64_t id;
    sqlite3_blob *blob = NULL;
    ty_status status =
        ty_sql_number(store, SQL_DERIVED_PART_GET, &id, error, "si", ty_slice_of(name), (int64_t)number);
    if (status == TY_NO)
        return ty_error_set(error, TY_ERR_STORE, "%s: the index %s lacks a part", store->path, name);
    if (status == TY_OK)
        status = open_part(store, id, 0, &blob, error);
    if (status == TY_OK && sqlite3_blob_read(blob, into, (int)size, (int)offset) != SQLITE_OK)
        status = ty_sql_failed(store, "reading an index", error);
    sqlite3_blob_close(blob);
    return status == TY_OK ? ty_still_check(store, error) : status;
}

/* Pages of an index are read once: they are not to fill the cache, whose memory would have to be had first.
 */
ty_status ty_store_derived_read(ty_store *store, const char *name, uint64_t offset, void *into, size_t size,
                                ty_error *error)
{
    char *out = into;
    ty_status status = ty_sql_script(store, "PRAGMA cache_size = 16", error);
    while (size && status == TY_OK) {
        uint64_t inside = offset % PART_SIZE, rest = PART_SIZE - inside;
        size_t piece = size < rest ? size : (size_t)rest;
        status = read_part(store, name, offset / PART_SIZE, inside, out, piece, error);
        out += piece;
        offset += piece;
        size -= piece;
    }
    ty_status restored = ty_sql_script(store, TY_CACHE_SIZE, error);
    return status == TY_OK ? restored : status;
}

ty_status ty_store_derived_drop(ty_store *store, const char *name, ty_error *error)
{
    ty_slice key = name ? ty_slice_of(name) : (ty_slice){0};
    ty_status status = ty_store_begin(store, error);
    if (status != TY_OK)
        return status;
    status = ty_sql_run(store, SQL_DERIVED_PART_DROP, error, "s", key);
    if (status == TY_OK)
        status = ty_sql_run(store, SQL_DERIVED_DROP, error, "s", key);
    if (status == TY_OK)
        return ty_store_commit(store, error);
    ty_store_rollback(store);
    return status;
}

ty_status ty_store_rebuild(ty_store *store, ty_error *error)
{
    ty_status status = ty_store_begin(store, error);
    if (status != TY_OK)
        return status;
    status = ty_store_derived_drop(store, NULL, error);
    if (status == TY_OK)
        status = ty_sql_run(store, SQL_DIGEST_CLEAR, error, "");
    if (status == TY_OK)
        status = ty_sql_run(store, SQL_DIGEST_LOAD, error, "i", (int64_t)0);
    if (status == TY_OK)
        status = ty_tallies_make(store, error);
    if (status == TY_OK)
        return ty_store_commit(store, error);
    ty_store_rollback(store);
    return status;
}
