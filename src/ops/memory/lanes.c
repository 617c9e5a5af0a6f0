/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A memory is read by many threads at once: each call that reads takes a lane, which has the file open by
 * itself. The first lane is the memory as it was opened; others are made when it is busy, and kept. What is
 * costly to load and never changes once it is loaded, the index of terms, is shared by all lanes.
 */
#include <pthread.h>

#include "ops/internal.h"

/* The index of terms of one state of the memory. */
typedef struct shared_terms {
    ty_term_index *index;
    ty_stamp stamp;
    size_t users;
} shared_terms;

struct ty_memory_shared {
    pthread_mutex_t lock; /* for all below */
    bool busy;            /* the first lane is taken */
    TY_VECTOR(ty_memory *) idle;
    TY_VECTOR(shared_terms) terms; /* the newest last; older ones are in use */
};

ty_status ty_memory_share(ty_memory *memory, ty_error *error)
{
    memory->shared = calloc(1, sizeof *memory->shared);
    if (!memory->shared)
        return ty_error_nomem(error);
    pthread_mutex_init(&memory->shared->lock, NULL);
    return TY_OK;
}

void ty_memory_unshare(ty_memory *memory)
{
    ty_memory_shared *shared = memory->shared;
    if (memory->lane || !shared)
        return;
    for (size_t i = 0; i < shared->idle.count; i++)
        ty_memory_close(shared->idle.items[i]);
    for (size_t i = 0; i < shared->terms.count; i++)
        ty_term_index_free(shared->terms.items[i].index);
    ty_vector_release(&shared->idle);
    ty_vector_release(&shared->terms);
    pthread_mutex_destroy(&shared->lock);
    free(shared);
}

/* ------------------------------------------------------------------------------------------ lanes */

static ty_status open_lane(const ty_memory *first, ty_memory **out, ty_error *error)
{
    ty_memory *lane = calloc(1, sizeof *lane);
    size_t size = strlen(first->path) + 1;
    if (lane)
        *lane = (ty_memory){
            .lane = true, .shared = first->shared, .listener = first->listener, .path = malloc(size)};
    if (!lane || !lane->path) {
        free(lane);
        return ty_error_nomem(error);
    }
    memcpy(lane->path, first->path, size);
    ty_status status = ty_store_open(lane->path, TY_STORE_READ, &lane->store, error);
    if (status != TY_OK)
        ty_memory_close(lane);
    else
        *out = lane;
    return status;
}

ty_status ty_memory_enter(ty_memory **memory, ty_error *error)
{
    ty_memory *first = *memory;
    ty_memory_shared *shared = first->shared;
    if (first->lane) {
        first->depth++;
        return TY_OK;
    }
    pthread_mutex_lock(&shared->lock);
    bool taken = shared->busy;
    shared->busy = true;
    if (taken)
        *memory = shared->idle.count ? shared->idle.items[--shared->idle.count] : NULL;
    pthread_mutex_unlock(&shared->lock);
    return *memory ? TY_OK : open_lane(first, memory, error);
}

void ty_memory_leave(ty_memory *lane)
{
    if (!lane)
        return;
    if (lane->depth) {
        lane->depth--;
        return;
    }
    ty_memory_shared *shared = lane->shared;
    pthread_mutex_lock(&shared->lock);
    bool kept = !lane->lane || ty_vector_push(&shared->idle, lane);
    if (!lane->lane)
        shared->busy = false;
    pthread_mutex_unlock(&shared->lock);
    if (!kept)
        ty_memory_close(lane);
}

/* ------------------------------------------------------------------------------------------ terms */

/* Those of an older state, which nobody uses any more. */
static void drop_old_terms(ty_memory_shared *shared)
{
    size_t kept = 0;
    for (size_t i = 0; i < shared->terms.count; i++) {
        shared_terms *old = &shared->terms.items[i];
        if (i + 1 < shared->terms.count && !old->users)
            ty_term_index_free(old->index);
        else
            shared->terms.items[kept++] = *old;
    }
    shared->terms.count = kept;
}

static ty_status renew_terms(ty_memory *memory, ty_stamp stamp, ty_error *error)
{
    shared_terms made = {.stamp = stamp};
    ty_status status = ty_memory_terms_load(memory, &made.index, error);
    if (status != TY_OK || ty_vector_push(&memory->shared->terms, made))
        return status;
    ty_term_index_free(made.index);
    return ty_error_nomem(error);
}

ty_status ty_memory_terms_open(ty_memory *memory, const ty_term_index **out, ty_error *error)
{
    ty_memory_shared *shared = memory->shared;
    ty_stamp stamp;
    *out = NULL;
    ty_status status = ty_store_stamp(memory->store, TY_STAMP_CONCEPTS, &stamp, error);
    if (status != TY_OK)
        return status;
    pthread_mutex_lock(&shared->lock);
    size_t count = shared->terms.count;
    if (!count || !ty_stamp_equal(shared->terms.items[count - 1].stamp, stamp))
        status = renew_terms(memory, stamp, error);
    if (status == TY_OK) {
        shared_terms *newest = &shared->terms.items[shared->terms.count - 1];
        newest->users++;
        *out = newest->index;
    }
    drop_old_terms(shared);
    pthread_mutex_unlock(&shared->lock);
    return status;
}

void ty_memory_terms_close(ty_memory *memory, const ty_term_index *index)
{
    ty_memory_shared *shared = memory->shared;
    if (!index)
        return;
    pthread_mutex_lock(&shared->lock);
    for (size_t i = 0; i < shared->terms.count; i++)
        if (shared->terms.items[i].index == index)
            shared->terms.items[i].users--;
    drop_old_terms(shared);
    pthread_mutex_unlock(&shared->lock);
}
