/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Indexes of other modules, in parts of a few megabytes that are written and read piecemeal.
 */
#include "store/engine.h"
#include "store/ledger.h"

#define PART_SIZE ((uint64_t)4 << 20)

ty_slice ty_slices_at(const ty_slice *slices, size_t count, uint64_t offset)
{
    for (size_t i = 0; i < count; i++) {
        if (offset < slices[i].size)
            return ty_slice_sub(slices[i], (size_t)offset, slices[i].size);
        offset -= slices[i].size;
    }
    return (ty_slice){0};
}

ty_status ty_store_derived_put(ty_store *store, const char *name, ty_stamp stamp, const ty_slice *parts,
                               size_t count, ty_error *error)
{
    uint64_t size = 0;
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
    for (uint64_t at = 0; at < size && status == TY_OK; at += PART_SIZE)
        status = store->engine->part_put(store, key, (int64_t)(at / PART_SIZE), parts, count, at,
                                         (size_t)(size - at < PART_SIZE ? size - at : PART_SIZE), error);
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

/* Pages of an index are read once: they are not to fill the cache, whose memory would have to be had first.
 */
ty_status ty_store_derived_read(ty_store *store, const char *name, uint64_t offset, void *into, size_t size,
                                ty_error *error)
{
    char *out = into;
    ty_status status = ty_sql_set(store, TY_SQL_READS_ONCE, error);
    while (size && status == TY_OK) {
        uint64_t inside = offset % PART_SIZE, rest = PART_SIZE - inside;
        size_t piece = size < rest ? size : (size_t)rest;
        status = store->engine->part_get(store, ty_slice_of(name), (int64_t)(offset / PART_SIZE),
                                         (size_t)inside, out, piece, error);
        out += piece;
        offset += piece;
        size -= piece;
    }
    if (status == TY_NO)
        status = ty_error_set(error, TY_ERR_STORE, "%s: the index %s lacks a part", store->path, name);
    ty_status restored = ty_sql_set(store, TY_SQL_READS_AGAIN, error);
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
        status = ty_zones_make(store, error);
    if (status == TY_OK)
        return ty_store_commit(store, error);
    ty_store_rollback(store);
    return status;
}
