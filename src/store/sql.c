/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Running statements: the cache and binding. What runs them is the store's engine.
 */
#include "store/engine.h"

#include <stdio.h>
#include <time.h>

#include "base/sys.h"

ty_status ty_sql_failed(ty_store *store, const char *doing, ty_error *error)
{
    return store->engine->failed(store, ty_words(doing), error);
}

ty_status ty_sql_script(ty_store *store, const char *text, ty_error *error)
{
    return store->engine->script(store, text, error);
}

bool ty_sql_try(ty_store *store, const char *text)
{
    return store->engine->script(store, text, NULL) == TY_OK;
}

ty_status ty_sql_set(ty_store *store, ty_sql_mode mode, ty_error *error)
{
    return store->engine->set(store, mode, error);
}

static bool bind(ty_row *row, const char *types, va_list values)
{
    const ty_engine *engine = row->engine;
    bool good = true;
    for (int index = 1; types[index - 1] && good; index++) {
        switch (types[index - 1]) {
        case 'i': good = engine->bind_int(row, index, va_arg(values, int64_t)); break;
        case 'k': {
            int64_t key = va_arg(values, int64_t);
            good = key ? engine->bind_int(row, index, key) : engine->bind_null(row, index, TY_DATUM_NUMBER);
            break;
        }
        case 'd': good = engine->bind_double(row, index, va_arg(values, double)); break;
        case 's': good = engine->bind_text(row, index, va_arg(values, ty_slice)); break;
        default: {
            ty_slice text = va_arg(values, ty_slice);
            good = engine->bind_text(row, index, text.size ? text : (ty_slice){0});
        }
        }
    }
    return good;
}

static ty_row *ready(ty_store *store, ty_sql_id id, ty_error *error, const char *types, va_list values)
{
    ty_row **slot = &store->statements[id];
    const char *own = store->engine->texts[id];
    if (*slot)
        ty_row_end(*slot);
    else if (ty_sql_prepare(store, own ? own : ty_sql_text(id), slot, error) != TY_OK)
        return NULL;
    if (bind(*slot, types, values))
        return *slot;
    (void)ty_sql_failed(store, "binding a value", error);
    return NULL;
}

ty_row *ty_sql(ty_store *store, ty_sql_id id, ty_error *error, const char *types, ...)
{
    va_list values;
    va_start(values, types);
    ty_row *statement = ready(store, id, error, types, values);
    va_end(values);
    return statement;
}

ty_status ty_sql_step(ty_store *store, ty_row *statement, ty_error *error)
{
    if (!statement)
        return error && error->status != TY_OK ? error->status : TY_ERR_STORE;
    ty_status status = statement->engine->step(store, statement, error);
    if (status != TY_OK)
        ty_row_end(statement);
    return status;
}

ty_status ty_sql_run(ty_store *store, ty_sql_id id, ty_error *error, const char *types, ...)
{
    va_list values;
    va_start(values, types);
    ty_row *statement = ready(store, id, error, types, values);
    va_end(values);
    ty_status status;
    do
        status = ty_sql_step(store, statement, error);
    while (status == TY_OK);
    if (status != TY_NO)
        return status;
    return store->ledger.bulk ? TY_OK : ty_ledger_relieve(store, error);
}

ty_status ty_sql_number(ty_store *store, ty_sql_id id, int64_t *out, ty_error *error, const char *types, ...)
{
    va_list values;
    va_start(values, types);
    ty_row *statement = ready(store, id, error, types, values);
    va_end(values);
    *out = 0;
    ty_status status = ty_sql_step(store, statement, error);
    if (status != TY_OK)
        return status;
    *out = ty_row_int(statement, 0);
    ty_row_end(statement);
    return TY_OK;
}

ty_status ty_sql_list(ty_store *store, ty_row *row, ty_ids *out, ty_error *error)
{
    ty_status status;
    while ((status = ty_sql_step(store, row, error)) == TY_OK)
        if (!ty_vector_push(out, ty_row_int(row, 0)))
            break;
    if (row)
        ty_row_end(row);
    if (status == TY_OK)
        return ty_error_nomem(error);
    return status == TY_NO ? TY_OK : status;
}

ty_status ty_sql_ids(ty_store *store, ty_sql_id id, int64_t key, ty_ids *out, ty_error *error)
{
    return ty_sql_list(store, ty_sql(store, id, error, "i", key), out, error);
}

ty_status ty_sql_walk_open(ty_store *store, ty_sql_walk which, ty_row **out, ty_error *error)
{
    const char *own = store->engine->walks[which];
    return ty_sql_prepare_walk(store, own ? own : ty_sql_walks[which], out, error);
}

ty_status ty_sql_prepare(ty_store *store, const char *text, ty_row **out, ty_error *error)
{
    return store->engine->prepare(store, text, false, out, error);
}

ty_status ty_sql_prepare_walk(ty_store *store, const char *text, ty_row **out, ty_error *error)
{
    return store->engine->prepare(store, text, true, out, error);
}

ty_status ty_sql_queue(ty_store *store, ty_sql_queueing how, ty_error *error)
{
    return store->engine->queue ? store->engine->queue(store, how, error) : TY_OK;
}

int64_t ty_sql_written(ty_store *store)
{
    return store->engine->written(store);
}

bool ty_sql_was_refused(ty_store *store)
{
    return store->engine->was_refused(store);
}

bool ty_sql_is_within(ty_store *store)
{
    return store->engine->is_within(store);
}

void ty_sql_json_item(ty_store *store, int n, ty_slice type, ty_buffer *out)
{
    store->engine->json_item(n, type, out);
}

void ty_sql_wait(int milliseconds)
{
    ty_sys_sleep((int64_t)milliseconds * 1000000);
}

/* ------------------------------------------------------------------------------------------ rows */

int64_t ty_row_int(ty_row *row, int column)
{
    return row->engine->number(row, column);
}

double ty_row_double(ty_row *row, int column)
{
    return row->engine->real(row, column);
}

bool ty_row_is_null(ty_row *row, int column)
{
    return row->engine->is_null(row, column);
}

ty_slice ty_row_text(ty_row *row, int column)
{
    return row->engine->text(row, column);
}

ty_slice ty_row_copy(ty_row *row, int column, ty_arena *arena)
{
    ty_slice text = ty_row_text(row, column);
    return text.data ? ty_arena_copy(arena, text) : text;
}

int ty_row_columns(ty_row *row)
{
    return row->engine->columns(row);
}

ty_datum ty_row_datum(ty_row *row, int column)
{
    return row->engine->datum(row, column);
}

void ty_row_bind(ty_row *row, int parameter, int64_t value)
{
    row->engine->bind_int(row, parameter, value);
}

void ty_row_bind_text(ty_row *row, int parameter, ty_slice text)
{
    row->engine->bind_text(row, parameter, text);
}

void ty_row_end(ty_row *row)
{
    if (row)
        row->engine->end(row);
}

void ty_row_clear(ty_row *row)
{
    if (row)
        row->engine->clear(row);
}

void ty_row_close(ty_row *row)
{
    if (row)
        row->engine->free(row);
}
