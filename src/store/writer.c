/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A thread that writes rows while an intake collects the next.
 *
 * Only an intake that need not ask the memory anything has one. The connection belongs to the thread from
 * ty_writer_go to ty_writer_wait, and to the caller at all other times.
 */
#include "store/internal.h"

static void *work(void *payload)
{
    ty_store *store = payload;
    ty_writer *writer = &store->writer;
    pthread_mutex_lock(&writer->mutex);
    while (!writer->ended) {
        if (!writer->busy) {
            pthread_cond_wait(&writer->changed, &writer->mutex);
            continue;
        }
        pthread_mutex_unlock(&writer->mutex);
        if (writer->status == TY_OK)
            writer->status = ty_pending_write(store, false, &writer->error);
        pthread_mutex_lock(&writer->mutex);
        writer->busy = false;
        pthread_cond_broadcast(&writer->changed);
    }
    pthread_mutex_unlock(&writer->mutex);
    return NULL;
}

void ty_writer_start(ty_store *store)
{
    ty_writer *writer = &store->writer;
    *writer = (ty_writer){.status = TY_OK};
    if (pthread_mutex_init(&writer->mutex, NULL) != 0)
        return;
    if (pthread_cond_init(&writer->changed, NULL) == 0) {
        writer->started = pthread_create(&writer->thread, NULL, work, store) == 0;
        if (writer->started)
            return;
        pthread_cond_destroy(&writer->changed);
    }
    pthread_mutex_destroy(&writer->mutex);
}

void ty_writer_go(ty_store *store)
{
    ty_writer *writer = &store->writer;
    pthread_mutex_lock(&writer->mutex);
    writer->busy = true;
    pthread_cond_broadcast(&writer->changed);
    pthread_mutex_unlock(&writer->mutex);
}

ty_status ty_writer_wait(ty_store *store, ty_error *error)
{
    ty_writer *writer = &store->writer;
    if (!writer->started)
        return TY_OK;
    pthread_mutex_lock(&writer->mutex);
    while (writer->busy)
        pthread_cond_wait(&writer->changed, &writer->mutex);
    pthread_mutex_unlock(&writer->mutex);
    if (writer->status == TY_OK)
        return TY_OK;
    return ty_error_set(error, writer->status, "%s", writer->error.message);
}

void ty_writer_stop(ty_store *store)
{
    ty_writer *writer = &store->writer;
    if (!writer->started)
        return;
    (void)ty_writer_wait(store, NULL);
    pthread_mutex_lock(&writer->mutex);
    writer->ended = true;
    pthread_cond_broadcast(&writer->changed);
    pthread_mutex_unlock(&writer->mutex);
    pthread_join(writer->thread, NULL);
    pthread_cond_destroy(&writer->changed);
    pthread_mutex_destroy(&writer->mutex);
    writer->started = false;
}
