/* threads - the same work on all cores. */
#ifndef TY_CLI_THREADS_H
#define TY_CLI_THREADS_H

#include <pthread.h>

/* Calls `work` with `payload` on as many threads as there are cores, this one among them; returns when all
 * have. */
void ty_threads_run(void *(*work)(void *payload), void *payload);

#endif
