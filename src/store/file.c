/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A memory on whatever engine: opening, closing, transactions.
 */
#include "store/engine.h"

#include <assert.h>
#include <stdlib.h>
#include <time.h>

ty_slice ty_store_now(char buffer[17])
{
    time_t now = time(NULL);
    struct tm parts;
    gmtime_r(&now, &parts);
    return (ty_slice){buffer, strftime(buffer, 17, "%Y%m%dT%H%M%SZ", &parts)};
}

ty_slice ty_store_date(ty_slice when, char buffer[17])
{
    return when.size ? when : ty_store_now(buffer);
}

/* ------------------------------------------------------------------------------------------ open, close */

ty_store *ty_store_new(const ty_engine *engine, const char *path, ty_store_mode mode)
{
    ty_store *store = calloc(1, sizeof *store);
    char *name = strdup(path);
    if (!store || !name) {
        free(store);
        free(name);
        return NULL;
    }
    store->engine = engine;
    store->path = name;
    store->writable = mode != TY_STORE_READ;
    return store;
}

ty_status ty_store_open(const char *path, ty_store_mode mode, ty_store **out, ty_error *error)
{
    return ty_path_is_address(path) ? ty_pq_open(path, mode, out, error)
                                    : ty_file_open(path, mode, out, error);
}

ty_status ty_store_backup(ty_store *store, const char *path, const ty_listener *listener, ty_error *error)
{
    return store->engine->backup(store, path, listener, error);
}

void ty_store_close(ty_store *store)
{
    if (!store)
        return;
    store->closing = true;
    for (size_t i = 0; i < SQL_COUNT; i++)
        ty_row_close(store->statements[i]);
    while (store->depth)
        ty_store_rollback(store);
    while (store->frozen)
        ty_store_thaw(store);
    store->engine->close(store);
    ty_ledger_release(store);
    ty_vector_release(&store->held);
    ty_buffer_release(&store->who);
    ty_buffer_release(&store->canonical);
    ty_buffer_release(&store->attributes);
    ty_buffer_release(&store->infos);
    ty_pending_release(&store->pending);
    ty_pending_release(&store->writing);
    free(store->kept_copy);
    free(store->path);
    free(store);
}

const char *ty_store_path(const ty_store *store)
{
    return store->path;
}

void ty_store_set_patience(ty_store *store, unsigned milliseconds)
{
    store->engine->set_patience(store, milliseconds);
}

void ty_store_pause_limit(ty_store *store)
{
    if (store->engine->set_limit)
        store->engine->set_limit(store, 0);
}

void ty_store_resume_limit(ty_store *store)
{
    ty_store_set_limit(store, store->limit);
}

void ty_store_set_limit(ty_store *store, double seconds)
{
    store->limit = seconds;
    if (store->engine->set_limit)
        store->engine->set_limit(store, seconds);
}

void ty_store_rest(ty_store *store)
{
    (void)ty_sql_set(store, TY_SQL_RESTS, NULL); /* it costs memory where that fails, and nothing else */
}

bool ty_store_is_writable(const ty_store *store)
{
    return store->writable;
}

const char *ty_store_identity(const ty_store *store)
{
    return store->identity;
}

/* ------------------------------------------------------------------------------------------ transactions */

/* The outermost is a transaction, what is inside it a savepoint of its own name. */
ty_status ty_store_begin(ty_store *store, ty_error *error)
{
    return ty_store_begin_edit(store, NULL, 0, error);
}

ty_status ty_store_begin_edit(ty_store *store, const int64_t *units, size_t count, ty_error *error)
{
    if (!store->writable)
        return ty_error_set(error, TY_ERR_STORE, "%s: the memory was opened for reading", store->path);
    assert(!store->frozen);
    /* What waits belongs to the outer part: an inner rollback must not take it along. */
    ty_status status = store->depth ? ty_ledger_flush(store, error) : TY_OK;
    if (status != TY_OK)
        return status;
    status = store->depth ? store->engine->savepoint(store, "SAVEPOINT", store->depth, error)
                          : store->engine->begin(store, units, count, error);
    if (status != TY_OK)
        return status;
    if (store->depth == 0)
        ty_stamp_forget(store);
    if (store->depth++)
        return TY_OK;
    status = ty_held_note(store, error);
    if (status == TY_OK && store->premise.check)
        status = store->premise.check(store->premise.payload, error);
    if (status != TY_OK)
        ty_store_rollback(store);
    return status;
}

ty_status ty_store_begin_beside(ty_store *store, ty_error *error)
{
    assert(!store->frozen && !store->depth);
    ty_status status = store->writable ? store->engine->begin_beside(store, error)
                                       : ty_error_set(error, TY_ERR_STORE,
                                                      "%s: the memory was opened for reading", store->path);
    if (status != TY_OK)
        return status;
    ty_stamp_forget(store);
    store->depth = 1;
    store->beside = true;
    return TY_OK;
}

static ty_status flush_all(ty_store *store, ty_error *error)
{
    return store->depth == 1 ? ty_ledger_flush_last(store, error) : ty_ledger_flush(store, error);
}

/* The mark of a file is part of what is summed. */
static ty_status commit_all(ty_store *store, ty_error *error)
{
    bool changed = false;
    ty_status status = store->changed && !store->beside ? ty_held_check(store, error) : TY_OK;
    if (status != TY_OK)
        return status;
    status = store->engine->mark(store, &changed, error);
    if (status == TY_OK && changed)
        status = ty_ledger_flush_last(store, error);
    return status == TY_OK ? store->engine->commit(store, error) : status;
}

/* What was changed stands on its premise no more. */
static void note_committed(ty_store *store)
{
    if (store->changed) {
        store->own_step = store->changed;
        store->premise = (ty_premise){0};
    }
    ty_stamp_forget(store);
    ty_held_leave(store);
}

void ty_store_set_premise(ty_store *store, ty_premise premise)
{
    store->premise = premise;
}

int64_t ty_store_own_step(const ty_store *store)
{
    return store->own_step;
}

ty_status ty_store_commit(ty_store *store, ty_error *error)
{
    ty_status status =
        store->spoilt ? ty_error_set(error, TY_ERR_STORE, "%s: a part of the change has failed", store->path)
                      : flush_all(store, error);
    if (status == TY_OK)
        status = store->depth == 1 ? commit_all(store, error)
                                   : store->engine->savepoint(store, "RELEASE", store->depth - 1, error);
    if (status != TY_OK) {
        ty_store_rollback(store);
        return status;
    }
    store->depth--;
    if (store->depth == 0 && store->changed)
        store->last_step = store->changed;
    if (store->depth == 0)
        note_committed(store);
    else if (store->changed_depth > store->depth)
        store->changed_depth = store->depth;
    return TY_OK;
}

void ty_store_rollback(ty_store *store)
{
    if (store->depth == 0)
        return;
    store->depth--;
    store->spoilt = store->spoilt > store->depth ? 0 : store->spoilt;
    store->beside = false;
    ty_ledger_forget(store);
    ty_pending_clear(&store->pending);
    ty_pending_clear(&store->writing);
    for (size_t i = 0; i < SQL_COUNT; i++)
        ty_row_end(store->statements[i]);
    if (store->depth == 0)
        store->engine->rollback(store);
    else if (store->engine->savepoint(store, "ROLLBACK TO", store->depth, NULL) == TY_OK)
        (void)store->engine->savepoint(store, "RELEASE", store->depth,
                                       NULL); /* else the outer end takes it */
    ty_stamp_forget(store);
    if (store->depth == 0)
        ty_held_leave(store);
}

ty_status ty_store_end(ty_store *store, ty_status status, ty_error *error)
{
    if (status == TY_OK)
        return ty_store_commit(store, error);
    ty_store_rollback(store);
    return status;
}

ty_status ty_part_end(ty_store *store, bool alone, ty_status status, ty_error *error)
{
    if (alone)
        return ty_store_end(store, status, error);
    if (status != TY_OK)
        store->spoilt = store->depth;
    return status;
}
