/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Threads that answer. Each lane has a queue with an end: beyond it the answer is "busy" at once, rather than
 * late. A lane has one memory, opened with its first request: one to read is shared by its threads.
 */
#include "server/internal.h"

#include <pthread.h>
#include <stdlib.h>

#include "base/sys.h"

enum { QUEUE = 1024, THREADS = 16, LOOK_UP_SECONDS = 2, FILES_OF_ONE = 2, LANES = TY_LANE_FILES + 1 };

typedef struct lane {
    ty_lanes *lanes;
    ty_memory_mode mode;
    pthread_mutex_t lock;
    pthread_cond_t filled;
    ty_http *queue[QUEUE];
    size_t first, count, limit;
    size_t of_one;                          /* at most, of who asks with one key; 0: any */
    char running[THREADS][TY_KEY_SIZE + 1]; /* for whom, "" of none */
    bool hard[THREADS];                     /* what runs there may take its time */
    pthread_t threads[THREADS];
    size_t thread_count;
    bool ending, limited, works_long;
    ty_memory *memory; /* guarded by the lock, with the two below */
    size_t users;
    bool stale; /* its file is damaged or was restored in place; to be opened anew when nobody uses it. Where
                 * another file took its name, changes are refused until the server starts anew: pages that
                 * are open speak of the old one. */
} lane;

struct ty_lanes {
    const char *path;
    lane lane[LANES];
};

/* A search by a filter that little passes reads much; what a CAT tool asks for is there in a moment. */
static bool is_hard(const ty_http *http)
{
    return strcmp(http->route->name, "concordance") == 0;
}

/* Half of the threads are kept for what is not hard. */
static bool may_run(const lane *l, const ty_http *http)
{
    size_t count = 0;
    for (size_t i = 0; i < THREADS; i++)
        count += l->hard[i];
    return l->thread_count < 2 || l->ending || !is_hard(http) || count < l->thread_count / 2;
}

static ty_http **place(lane *l, size_t at)
{
    return &l->queue[(l->first + at) % QUEUE];
}

static bool is_run_for(const lane *l, const char *key)
{
    for (size_t i = 0; i < THREADS; i++)
        if (strcmp(l->running[i], key) == 0)
            return true;
    return false;
}

/* Where the first that may run stands in the queue; count: none may. Who has one hard one running lets others
 * go before. */
static size_t find_next(const lane *l)
{
    size_t first = l->count;
    for (size_t at = 0; at < l->count; at++) {
        const ty_http *http = l->queue[(l->first + at) % QUEUE];
        if (!may_run(l, http))
            continue;
        if (!is_hard(http) || !is_run_for(l, http->who.form_key))
            return at;
        first = at < first ? at : first;
    }
    return first;
}

static ty_http *choose(lane *l)
{
    size_t at = find_next(l);
    if (at == l->count)
        return NULL;
    ty_http *http = *place(l, at);
    for (; at > 0; at--)
        *place(l, at) = *place(l, at - 1);
    l->first = (l->first + 1) % QUEUE;
    l->count--;
    return http;
}

/* `slot`: of the thread, in what runs. */
static ty_http *take(lane *l, size_t *slot)
{
    ty_http *http;
    pthread_mutex_lock(&l->lock);
    while (!(http = choose(l)) && !l->ending)
        pthread_cond_wait(&l->filled, &l->lock);
    if (http) {
        for (*slot = 0; l->running[*slot][0];)
            ++*slot;
        snprintf(l->running[*slot], sizeof l->running[*slot], "%s", http->who.form_key);
        l->hard[*slot] = is_hard(http);
    }
    pthread_mutex_unlock(&l->lock);
    return http;
}

/* Those that wait, and those that run. */
static size_t count_of(const lane *l, const char *key)
{
    size_t count = 0;
    for (size_t i = 0; i < l->count; i++)
        count += strcmp(l->queue[(l->first + i) % QUEUE]->who.form_key, key) == 0;
    for (size_t i = 0; i < THREADS; i++)
        count += strcmp(l->running[i], key) == 0;
    return count;
}

static ty_memory *use_memory(lane *l, ty_error *error)
{
    pthread_mutex_lock(&l->lock);
    if (l->stale && !l->users) {
        ty_memory_close(l->memory);
        l->memory = NULL;
        l->stale = false;
    }
    if (!l->memory && ty_memory_open(l->lanes->path, l->mode, NULL, &l->memory, error) == TY_OK && l->limited)
        ty_memory_set_limit(l->memory, LOOK_UP_SECONDS);
    ty_memory *memory = l->memory;
    l->users += memory != NULL;
    pthread_mutex_unlock(&l->lock);
    return memory;
}

static void leave_memory(lane *l, const ty_memory *memory, size_t slot, ty_status status)
{
    pthread_mutex_lock(&l->lock);
    l->users -= memory != NULL;
    l->stale = l->stale || status == TY_ERR_STORE;
    l->running[slot][0] = '\0';
    if (l->hard[slot] && l->count)
        pthread_cond_signal(&l->filled); /* what waited for it to end may run now */
    l->hard[slot] = false;
    pthread_mutex_unlock(&l->lock);
}

static void *work(void *payload)
{
    lane *l = payload;
    ty_http *http;
    size_t slot = 0;
    while ((http = take(l, &slot))) {
        ty_memory *memory = use_memory(l, &http->error);
        ty_status status = ty_http_work(http, memory);
        if (memory && l->mode != TY_MEMORY_READ) /* of which it is the only thread */
            ty_memory_rest(memory);
        leave_memory(l, memory, slot, status);
        if (l->works_long)
            ty_sys_give_memory_back();
    }
    return NULL;
}

bool ty_lanes_add(ty_lanes *lanes, ty_lane which, ty_http *http)
{
    lane *l = &lanes->lane[which];
    pthread_mutex_lock(&l->lock);
    bool room =
        l->count < l->limit && !l->ending && (!l->of_one || count_of(l, http->who.form_key) < l->of_one);
    if (room) {
        l->queue[(l->first + l->count++) % QUEUE] = http;
        pthread_cond_signal(&l->filled);
    }
    pthread_mutex_unlock(&l->lock);
    return room;
}

static ty_status start(ty_lanes *lanes, ty_lane which, size_t threads, size_t limit, ty_memory_mode mode,
                       ty_error *error)
{
    lane *l = &lanes->lane[which];
    l->lanes = lanes;
    l->mode = mode;
    l->limit = limit;
    l->limited = which == TY_LANE_LOOKUP;
    l->works_long = which == TY_LANE_SLOW || which == TY_LANE_FILES;
    while (l->thread_count < threads) {
        if (pthread_create(&l->threads[l->thread_count], NULL, work, l) != 0)
            return ty_error_errno(error, "no thread can be started");
        l->thread_count++;
    }
    return TY_OK;
}

ty_status ty_lanes_start(const char *memory, ty_lanes **out, ty_error *error)
{
    size_t cores = ty_sys_core_count(), readers = cores < 2 ? 4 : cores > THREADS / 2 ? THREADS : cores * 2;
    ty_lanes *lanes = calloc(1, sizeof *lanes);
    *out = NULL;
    if (!lanes)
        return ty_error_nomem(error);
    lanes->path = memory;
    for (int i = 0; i < LANES; i++) {
        pthread_mutex_init(&lanes->lane[i].lock, NULL);
        pthread_cond_init(&lanes->lane[i].filled, NULL);
    }
    lanes->lane[TY_LANE_FILES].of_one = FILES_OF_ONE;
    ty_status status = start(lanes, TY_LANE_LOOKUP, readers, QUEUE, TY_MEMORY_READ, error);
    if (status == TY_OK)
        status = start(lanes, TY_LANE_CHANGE, 1, 256, TY_MEMORY_WRITE, error);
    if (status == TY_OK)
        status = start(lanes, TY_LANE_SLOW, 1, 32, TY_MEMORY_WRITE, error);
    if (status == TY_OK)
        status = start(lanes, TY_LANE_FILES, 2, 64, TY_MEMORY_READ, error);
    if (status == TY_OK)
        *out = lanes;
    if (status != TY_OK) {
        ty_lanes_stop(lanes);
        ty_lanes_free(lanes);
    }
    return status;
}

void ty_lanes_stop(ty_lanes *lanes)
{
    for (int i = 0; lanes && i < LANES; i++) {
        lane *l = &lanes->lane[i];
        pthread_mutex_lock(&l->lock);
        l->ending = true;
        pthread_cond_broadcast(&l->filled);
        pthread_mutex_unlock(&l->lock);
        for (size_t k = 0; k < l->thread_count; k++)
            pthread_join(l->threads[k], NULL);
        l->thread_count = 0;
        ty_memory_close(l->memory);
        l->memory = NULL;
    }
}

void ty_lanes_free(ty_lanes *lanes)
{
    for (int i = 0; lanes && i < LANES; i++) {
        pthread_mutex_destroy(&lanes->lane[i].lock);
        pthread_cond_destroy(&lanes->lane[i].filled);
    }
    free(lanes);
}
