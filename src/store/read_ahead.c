/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Reading ahead: a walk over a large memory is done by a thread with a connection of its own, which fills one
 * heap of units while the caller uses another. Exporting then takes as long as the slower of both.
 */
#include "store/units.h"

#include <stdlib.h>

#define HEAPS 3 /* one is used, one waits, one is filled */
#define HEAP_UNITS 256

/* From here on a second connection and a thread are worth their while. */
#define LARGE_MEMORY 20000

typedef struct heap {
    ty_arena arena;
    TY_VECTOR(ty_stored_unit) list;
    ty_status status; /* of the step after the last unit; TY_OK: the walk goes on */
    ty_error error;
} heap;

struct ty_ahead {
    ty_store *store;
    ty_units *units;
    pthread_t thread;
    pthread_mutex_t mutex; /* guards the three below */
    pthread_cond_t changed;
    size_t filled, used; /* heaps so far; heap n is heaps[n % HEAPS] */
    bool ended;
    heap heaps[HEAPS];
    size_t at; /* the caller's place in heap `used` */
};

/* ------------------------------------------------------------------------------------------ the thread */

static void fill_heap(ty_ahead *ahead, heap *heap)
{
    ty_stored_unit unit;
    ty_vector_clear(&heap->list);
    ty_arena_clear(&heap->arena);
    ahead->units->arena = &heap->arena;
    while (heap->list.count < HEAP_UNITS) {
        heap->status = ty_units_step(ahead->units, &unit, &heap->error);
        if (heap->status != TY_OK)
            return;
        if (!ty_vector_push(&heap->list, unit)) {
            heap->status = ty_error_nomem(&heap->error);
            return;
        }
    }
}

static void *read_ahead(void *payload)
{
    ty_ahead *ahead = payload;
    bool more = true;
    pthread_mutex_lock(&ahead->mutex);
    while (more && !ahead->ended) {
        if (ahead->filled - ahead->used == HEAPS) {
            pthread_cond_wait(&ahead->changed, &ahead->mutex);
            continue;
        }
        heap *heap = &ahead->heaps[ahead->filled % HEAPS];
        pthread_mutex_unlock(&ahead->mutex);
        fill_heap(ahead, heap);
        pthread_mutex_lock(&ahead->mutex);
        more = heap->status == TY_OK;
        ahead->filled++;
        pthread_cond_broadcast(&ahead->changed);
    }
    pthread_mutex_unlock(&ahead->mutex);
    return NULL;
}

/* ------------------------------------------------------------------------------------------ the caller */

static void release(ty_ahead *ahead)
{
    for (size_t i = 0; i < HEAPS; i++) {
        ty_vector_release(&ahead->heaps[i].list);
        ty_arena_release(&ahead->heaps[i].arena);
    }
    ty_units_close(ahead->units);
    ty_store_close(ahead->store);
    free(ahead);
}

static bool start(ty_ahead *ahead)
{
    if (pthread_mutex_init(&ahead->mutex, NULL) != 0)
        return false;
    if (pthread_cond_init(&ahead->changed, NULL) == 0) {
        if (pthread_create(&ahead->thread, NULL, read_ahead, ahead) == 0)
            return true;
        pthread_cond_destroy(&ahead->changed);
    }
    pthread_mutex_destroy(&ahead->mutex);
    return false;
}

/* What a transaction of the caller has written is not seen by another connection. */
static bool is_worth_it(ty_store *store, const ty_unit_filter *filter)
{
    int64_t last = 0;
    if (store->depth || (filter && filter->id_count))
        return false;
    return ty_sql_number(store, SQL_UNIT_LAST_ID, &last, NULL, "") == TY_OK && last > LARGE_MEMORY;
}

ty_ahead *ty_ahead_open(ty_store *store, const ty_unit_filter *filter)
{
    if (!is_worth_it(store, filter))
        return NULL;
    ty_ahead *ahead = calloc(1, sizeof *ahead);
    if (!ahead)
        return NULL;
    /* Pages are read once and in order: a small cache will do. */
    if (ty_store_open(store->path, TY_STORE_READ, &ahead->store, NULL) == TY_OK &&
        ty_sql_set(ahead->store, TY_SQL_WALKS_ONLY, NULL) == TY_OK &&
        ty_units_open_here(ahead->store, filter, &ahead->units, NULL) == TY_OK && start(ahead))
        return ahead;
    release(ahead);
    return NULL;
}

ty_status ty_ahead_next(ty_ahead *ahead, ty_stored_unit *out, ty_error *error)
{
    for (;;) {
        pthread_mutex_lock(&ahead->mutex);
        while (ahead->filled == ahead->used)
            pthread_cond_wait(&ahead->changed, &ahead->mutex);
        pthread_mutex_unlock(&ahead->mutex);
        heap *heap = &ahead->heaps[ahead->used % HEAPS];
        if (ahead->at < heap->list.count) {
            *out = heap->list.items[ahead->at++];
            return TY_OK;
        }
        if (heap->status == TY_NO)
            return TY_NO;
        if (heap->status != TY_OK)
            return ty_error_set(error, heap->status, "%s", heap->error.message);
        pthread_mutex_lock(&ahead->mutex);
        ahead->used++;
        ahead->at = 0;
        pthread_cond_broadcast(&ahead->changed);
        pthread_mutex_unlock(&ahead->mutex);
    }
}

void ty_ahead_close(ty_ahead *ahead)
{
    if (!ahead)
        return;
    pthread_mutex_lock(&ahead->mutex);
    ahead->ended = true;
    pthread_cond_broadcast(&ahead->changed);
    pthread_mutex_unlock(&ahead->mutex);
    pthread_join(ahead->thread, NULL);
    pthread_cond_destroy(&ahead->changed);
    pthread_mutex_destroy(&ahead->mutex);
    release(ahead);
}
