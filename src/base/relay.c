/* SPDX-License-Identifier: Apache-2.0 */
/* Threads that make what one of them takes in order. */
#include <pthread.h>

#include "base/sys.h"

typedef struct running {
    const ty_relay *relay;
    pthread_mutex_t lock; /* for what follows */
    pthread_cond_t moved;
    size_t next, taken; /* to be made; how many were taken */
    bool made[TY_RELAY_AHEAD];
    ty_status status; /* the first failure */
    ty_error error;
} running;

static void end(running *r, ty_status status, const ty_error *error)
{
    if (status == TY_OK || r->status != TY_OK)
        return;
    r->status = status;
    r->error = *error;
}

static bool may_make(const running *r)
{
    return r->next < r->relay->count && r->next < r->taken + TY_RELAY_AHEAD;
}

/* Makes the next one; the lock is held before and after. */
static void make_next(running *r)
{
    ty_error error = {0};
    size_t number = r->next++;
    pthread_mutex_unlock(&r->lock);
    ty_status status = r->relay->make(r->relay->payload, number, &error);
    pthread_mutex_lock(&r->lock);
    end(r, status, &error);
    r->made[number % TY_RELAY_AHEAD] = true;
    pthread_cond_broadcast(&r->moved);
}

static void *work(void *payload)
{
    running *r = payload;
    pthread_mutex_lock(&r->lock);
    while (r->status == TY_OK && r->next < r->relay->count)
        if (may_make(r))
            make_next(r);
        else
            pthread_cond_wait(&r->moved, &r->lock);
    pthread_mutex_unlock(&r->lock);
    return NULL;
}

/* Takes a number that was made; the lock is held before and after. */
static void take(running *r, size_t number)
{
    ty_error error = {0};
    r->made[number % TY_RELAY_AHEAD] = false;
    pthread_mutex_unlock(&r->lock);
    ty_status status = r->relay->take(r->relay->payload, number, &error);
    pthread_mutex_lock(&r->lock);
    end(r, status, &error);
    r->taken++;
    pthread_cond_broadcast(&r->moved);
}

/* Takes all; makes some itself rather than wait. */
static void take_all(running *r)
{
    pthread_mutex_lock(&r->lock);
    for (size_t number = 0; number < r->relay->count && r->status == TY_OK;)
        if (r->made[number % TY_RELAY_AHEAD])
            take(r, number++);
        else if (may_make(r))
            make_next(r);
        else
            pthread_cond_wait(&r->moved, &r->lock);
    pthread_mutex_unlock(&r->lock);
}

/* How many threads besides this one. */
static size_t helpers_for(const ty_relay *relay)
{
    size_t cores = relay->alone || relay->count < 2 ? 1 : ty_sys_core_count();
    size_t most = relay->count < TY_RELAY_AHEAD ? relay->count : TY_RELAY_AHEAD;
    return (cores < most ? cores : most) - (most > 0);
}

ty_status ty_threads_relay(const ty_relay *relay, ty_error *error)
{
    pthread_t threads[TY_RELAY_AHEAD];
    size_t started = 0, wanted = helpers_for(relay);
    running r = {.relay = relay, .lock = PTHREAD_MUTEX_INITIALIZER, .moved = PTHREAD_COND_INITIALIZER};
    while (started < wanted && pthread_create(&threads[started], NULL, work, &r) == 0)
        started++;
    take_all(&r);
    while (started > 0)
        pthread_join(threads[--started], NULL);
    if (r.status != TY_OK && error && error->status == TY_OK)
        *error = r.error;
    return r.status;
}
