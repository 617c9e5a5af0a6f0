/* SPDX-License-Identifier: Apache-2.0 */
#include <pthread.h>
#include <stdlib.h>

#include "base/sys.h"

void ty_threads_run(void *(*work)(void *payload), void *payload)
{
    enum { MOST = 64 };
    pthread_t threads[MOST];
    size_t cores = ty_sys_core_count(), wanted = cores > MOST ? MOST : cores, started = 0;
    /* This thread works too, so that all gets done even where no other can be had. */
    while (started + 1 < wanted && pthread_create(&threads[started], NULL, work, payload) == 0)
        started++;
    work(payload);
    while (started > 0)
        pthread_join(threads[--started], NULL);
}

typedef struct crowd {
    ty_status (*one)(void *payload, size_t number, ty_error *error);
    void *payload;
    size_t count, next;
    ty_status status; /* the first failure */
    ty_error error;
    pthread_mutex_t lock; /* for the three above */
} crowd;

static bool take_number(crowd *c, size_t *out)
{
    pthread_mutex_lock(&c->lock);
    bool taken = c->status == TY_OK && c->next < c->count;
    if (taken)
        *out = c->next++;
    pthread_mutex_unlock(&c->lock);
    return taken;
}

static void note(crowd *c, ty_status status, const ty_error *error)
{
    pthread_mutex_lock(&c->lock);
    if (c->status == TY_OK) {
        c->status = status;
        c->error = *error;
    }
    pthread_mutex_unlock(&c->lock);
}

static void *work_on(void *payload)
{
    crowd *c = payload;
    for (size_t number; take_number(c, &number);) {
        ty_error error = {0};
        ty_status status = c->one(c->payload, number, &error);
        if (status != TY_OK)
            note(c, status, &error);
    }
    return NULL;
}

ty_status ty_threads_each(size_t count, ty_status (*one)(void *payload, size_t number, ty_error *error),
                          void *payload, ty_error *error)
{
    crowd c = {.one = one, .payload = payload, .count = count, .lock = PTHREAD_MUTEX_INITIALIZER};
    if (count > 1)
        ty_threads_run(work_on, &c);
    else
        work_on(&c);
    if (c.status != TY_OK && error && error->status == TY_OK)
        *error = c.error;
    return c.status;
}

/* ------------------------------------------------------------------------------------------ locks */

struct ty_lock {
    pthread_mutex_t mutex;
};

ty_lock *ty_lock_new(void)
{
    ty_lock *lock = malloc(sizeof *lock);
    if (lock)
        pthread_mutex_init(&lock->mutex, NULL);
    return lock;
}

void ty_lock_free(ty_lock *lock)
{
    if (!lock)
        return;
    pthread_mutex_destroy(&lock->mutex);
    free(lock);
}

void ty_lock_enter(ty_lock *lock)
{
    pthread_mutex_lock(&lock->mutex);
}

void ty_lock_leave(ty_lock *lock)
{
    pthread_mutex_unlock(&lock->mutex);
}
