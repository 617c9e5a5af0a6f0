/* SPDX-License-Identifier: Apache-2.0 */
/* Filling several indexes at once: a thread each, which takes texts in batches. */
#include <pthread.h>

#include "match/internal.h"

enum { BATCH_BYTES = 1 << 20 };

typedef struct batch_entry {
    int64_t id;
    size_t end; /* of its text in the batch */
} batch_entry;

typedef struct batch {
    ty_buffer texts;
    TY_VECTOR(batch_entry) entries;
    bool full; /* it is the worker's; else the feeder's */
} batch;

typedef struct worker {
    ty_match_index *index;
    pthread_t thread;
    pthread_mutex_t mutex; /* guards `full` of the batches and `ending` */
    pthread_cond_t changed;
    batch batches[2];
    int filling; /* the feeder's batch */
    bool ending;
    ty_status status; /* the worker's until it is joined */
    ty_error error;
} worker;

struct ty_match_feed {
    TY_VECTOR(worker *) workers;
};

/* ------------------------------------------------------------------------------------------ the worker */

static ty_status add_batch(worker *w, const batch *from)
{
    size_t start = 0;
    ty_status status = TY_OK;
    for (size_t i = 0; status == TY_OK && i < from->entries.count; i++) {
        batch_entry entry = from->entries.items[i];
        ty_slice text = ty_slice_sub(ty_buffer_slice(&from->texts), start, entry.end);
        status = ty_match_index_add(w->index, entry.id, text, &w->error);
        start = entry.end;
    }
    return status;
}

/* Waits for the batch; false when there will be no more. */
static bool await_batch(worker *w, const batch *next)
{
    pthread_mutex_lock(&w->mutex);
    while (!next->full && !w->ending)
        pthread_cond_wait(&w->changed, &w->mutex);
    bool full = next->full;
    pthread_mutex_unlock(&w->mutex);
    return full;
}

static void hand_over(worker *w, batch *which, bool full)
{
    pthread_mutex_lock(&w->mutex);
    which->full = full;
    pthread_cond_broadcast(&w->changed);
    pthread_mutex_unlock(&w->mutex);
}

/* After a failure batches are still taken, so that the feeder never waits in vain. */
static void *work(void *payload)
{
    worker *w = payload;
    for (int turn = 0; await_batch(w, &w->batches[turn]); turn ^= 1) {
        batch *mine = &w->batches[turn];
        if (w->status == TY_OK)
            w->status = add_batch(w, mine);
        ty_buffer_clear(&mine->texts);
        ty_vector_clear(&mine->entries);
        hand_over(w, mine, false);
    }
    if (w->status == TY_OK)
        w->status = ty_match_index_build(w->index, &w->error);
    return NULL;
}

/* ------------------------------------------------------------------------------------------ the feeder */

static void free_worker(worker *w)
{
    for (int i = 0; i < 2; i++) {
        ty_buffer_release(&w->batches[i].texts);
        ty_vector_release(&w->batches[i].entries);
    }
    pthread_cond_destroy(&w->changed);
    pthread_mutex_destroy(&w->mutex);
    free(w);
}

static worker *new_worker(ty_match_index *index)
{
    worker *w = calloc(1, sizeof *w);
    if (!w)
        return NULL;
    w->index = index;
    pthread_mutex_init(&w->mutex, NULL);
    pthread_cond_init(&w->changed, NULL);
    if (pthread_create(&w->thread, NULL, work, w) == 0)
        return w;
    free_worker(w);
    return NULL;
}

static worker *worker_of(ty_match_feed *feed, ty_match_index *index)
{
    for (size_t i = 0; i < feed->workers.count; i++)
        if (feed->workers.items[i]->index == index)
            return feed->workers.items[i];
    worker *w = ty_vector_reserve(&feed->workers, 1) ? new_worker(index) : NULL;
    if (w)
        feed->workers.items[feed->workers.count++] = w;
    return w;
}

ty_status ty_match_feed_new(ty_match_feed **out, ty_error *error)
{
    *out = calloc(1, sizeof **out);
    return *out ? TY_OK : ty_error_nomem(error);
}

/* Gives the batch to the worker and waits for the other one. */
static void send(worker *w)
{
    hand_over(w, &w->batches[w->filling], true);
    w->filling ^= 1;
    pthread_mutex_lock(&w->mutex);
    while (w->batches[w->filling].full)
        pthread_cond_wait(&w->changed, &w->mutex);
    pthread_mutex_unlock(&w->mutex);
}

ty_status ty_match_feed_add(ty_match_feed *feed, ty_match_index *index, int64_t id, ty_slice text,
                            ty_error *error)
{
    worker *w = worker_of(feed, index);
    if (!w) /* no thread to be had: at once, then */
        return ty_match_index_add(index, id, text, error);
    batch *open = &w->batches[w->filling];
    ty_buffer_add(&open->texts, text);
    batch_entry entry = {id, open->texts.size};
    if (open->texts.failed || !ty_vector_push(&open->entries, entry))
        return ty_error_nomem(error);
    if (open->texts.size + open->entries.count * sizeof entry >= BATCH_BYTES)
        send(w);
    return TY_OK;
}

static void end(worker *w)
{
    pthread_mutex_lock(&w->mutex);
    w->batches[w->filling].full = true;
    w->ending = true;
    pthread_cond_broadcast(&w->changed);
    pthread_mutex_unlock(&w->mutex);
}

ty_status ty_match_feed_finish(ty_match_feed *feed, ty_error *error)
{
    ty_status status = TY_OK;
    if (!feed)
        return TY_OK;
    for (size_t i = 0; i < feed->workers.count; i++)
        end(feed->workers.items[i]);
    for (size_t i = 0; i < feed->workers.count; i++) {
        worker *w = feed->workers.items[i];
        pthread_join(w->thread, NULL);
        if (status == TY_OK && w->status != TY_OK)
            status = ty_error_set(error, w->status, "%s", w->error.message);
        free_worker(w);
    }
    ty_vector_release(&feed->workers);
    free(feed);
    return status;
}
