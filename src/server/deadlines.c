/* SPDX-License-Identifier: Apache-2.0 */
#include "server/deadlines.h"

#include <pthread.h>
#include <stdlib.h>

#include "base/sys.h"

enum { PAUSE = 250 }; /* milliseconds between two looks */

struct ty_deadlines {
    pthread_mutex_t lock;
    pthread_cond_t changed;
    pthread_t thread;
    bool started, ending;
    ty_deadline *first, *last; /* as they were set */
};

static double now(void)
{
    return (double)ty_sys_clock() * 1e-9;
}

/* ------------------------------------------------------------------------------------------ the list */

static void take_out(ty_deadlines *deadlines, ty_deadline *one)
{
    if (!one->at)
        return;
    *(one->before ? &one->before->after : &deadlines->first) = one->after;
    *(one->after ? &one->after->before : &deadlines->last) = one->before;
    one->before = one->after = NULL;
    one->at = 0;
}

static void put_in(ty_deadlines *deadlines, ty_deadline *one, double at)
{
    one->at = at;
    one->before = deadlines->last;
    *(one->before ? &one->before->after : &deadlines->first) = one;
    deadlines->last = one;
}

/* It stays open until its owner closes it, so that its number is nobody else's meanwhile. */
static void shut(ty_deadlines *deadlines, ty_deadline *one)
{
    take_out(deadlines, one);
    ty_sys_shut_down(one->socket);
}

void ty_deadlines_set(ty_deadlines *deadlines, ty_deadline *one, double seconds)
{
    pthread_mutex_lock(&deadlines->lock);
    bool asleep = !deadlines->first;
    take_out(deadlines, one);
    put_in(deadlines, one, now() + seconds);
    if (asleep)
        pthread_cond_signal(&deadlines->changed);
    pthread_mutex_unlock(&deadlines->lock);
}

void ty_deadlines_clear(ty_deadlines *deadlines, ty_deadline *one)
{
    pthread_mutex_lock(&deadlines->lock);
    take_out(deadlines, one);
    pthread_mutex_unlock(&deadlines->lock);
}

void ty_deadlines_make_room(ty_deadlines *deadlines)
{
    pthread_mutex_lock(&deadlines->lock);
    ty_deadline *one = deadlines->first;
    while (one && !one->stranger)
        one = one->after;
    if (one)
        shut(deadlines, one);
    pthread_mutex_unlock(&deadlines->lock);
}

/* ------------------------------------------------------------------------------------------ the thread */

static void look(ty_deadlines *deadlines)
{
    double at = now();
    for (ty_deadline *one = deadlines->first, *after; one; one = after) {
        after = one->after;
        if (one->at <= at)
            shut(deadlines, one);
    }
}

/* The condition's clock is that of the day: when that is set back, one pause is longer. */
static void rest(ty_deadlines *deadlines)
{
    int64_t end = ty_sys_now() + PAUSE * (int64_t)1000000;
    struct timespec until = {.tv_sec = (time_t)(end / 1000000000), .tv_nsec = (long)(end % 1000000000)};
    if (deadlines->first)
        pthread_cond_timedwait(&deadlines->changed, &deadlines->lock, &until);
    else
        pthread_cond_wait(&deadlines->changed, &deadlines->lock);
}

static void *watch(void *payload)
{
    ty_deadlines *deadlines = payload;
    pthread_mutex_lock(&deadlines->lock);
    while (!deadlines->ending) {
        look(deadlines);
        rest(deadlines);
    }
    pthread_mutex_unlock(&deadlines->lock);
    return NULL;
}

ty_status ty_deadlines_start(ty_deadlines **out, ty_error *error)
{
    ty_deadlines *deadlines = *out = calloc(1, sizeof *deadlines);
    if (!deadlines)
        return ty_error_nomem(error);
    pthread_mutex_init(&deadlines->lock, NULL);
    pthread_cond_init(&deadlines->changed, NULL);
    deadlines->started = pthread_create(&deadlines->thread, NULL, watch, deadlines) == 0;
    return deadlines->started ? TY_OK : ty_error_errno(error, "no thread can be started");
}

void ty_deadlines_stop(ty_deadlines *deadlines)
{
    if (!deadlines)
        return;
    pthread_mutex_lock(&deadlines->lock);
    deadlines->ending = true;
    pthread_cond_signal(&deadlines->changed);
    pthread_mutex_unlock(&deadlines->lock);
    if (deadlines->started)
        pthread_join(deadlines->thread, NULL);
    pthread_mutex_destroy(&deadlines->lock);
    pthread_cond_destroy(&deadlines->changed);
    free(deadlines);
}
