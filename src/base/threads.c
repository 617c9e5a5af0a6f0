/* SPDX-License-Identifier: Apache-2.0 */
#include <pthread.h>
#include <unistd.h>

#include "base/base.h"

void ty_threads_run(void *(*work)(void *payload), void *payload)
{
    enum { MOST = 64 };
    pthread_t threads[MOST];
    long cores = sysconf(_SC_NPROCESSORS_ONLN);
    size_t wanted = cores < 1 ? 1 : cores > MOST ? MOST : (size_t)cores, started = 0;
    /* This thread works too, so that all gets done even where no other can be had. */
    while (started + 1 < wanted && pthread_create(&threads[started], NULL, work, payload) == 0)
        started++;
    work(payload);
    while (started > 0)
        pthread_join(threads[--started], NULL);
}
