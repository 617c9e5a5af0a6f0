/* SPDX-License-Identifier: Apache-2.0 */
/* The questions that are kept, each in its slot: whose it is, its answer, and which is looked for next. */
#ifndef TY_SERVER_ERRAND_SLOTS_H
#define TY_SERVER_ERRAND_SLOTS_H

#include <pthread.h>

#include "server/errands.h"

enum {
    TY_ERRANDS = 8,
    TY_ERRAND_TEXT = 64,                /* bytes of a part of a question, */
    TY_ERRAND_STATE = 2 * TY_STAMP_SIZE /* and of a state of the memory */
};

/* An answer, until nobody shows it any more. */
struct ty_errand_held {
    const ty_errand_kind *kind;
    void *answer;
    unsigned users;
    bool replaced;
};

typedef struct ty_errand {
    const ty_errand_kind *kind; /* NULL: the slot is free */
    char source[TY_ERRAND_TEXT], target[TY_ERRAND_TEXT], organisation[TY_ERRAND_TEXT];
    int64_t least;
    char owner[TY_KEY_SIZE + 1]; /* whose question it is; "": of several persons */
    struct ty_errand_held *held;
    char state[TY_ERRAND_STATE]; /* of the memory that the answer is of */
    ty_error error;              /* of the last attempt */
    bool wanted, running;
    double wanted_since;
    double asked, begun, ended, took; /* seconds, monotonic; begun and took: of the answer that is kept */
    int64_t at;
} ty_errand;

struct ty_errands {
    const char *path;
    pthread_t thread;
    pthread_mutex_t lock; /* for all below */
    pthread_cond_t changed;
    bool started, ending;
    uint64_t done, outdated;    /* how often outdated */
    char last[TY_KEY_SIZE + 1]; /* whose question was looked for last */
    ty_errand list[TY_ERRANDS];
};

/* All below under the lock. A slot that is run stays where it is, and is not given to another question. */

/* Frees the answer where it was replaced and nobody shows it. */
void ty_errand_let_go(struct ty_errand_held *held);
void ty_errand_drop(ty_errand *e);
void ty_errand_keep(ty_errand *e, void *answer);
bool ty_errand_is(const ty_errand *e, const ty_errand_kind *kind, const ty_errand_key *key);
/* The slot of the question, a new one if need be; NULL where all are at work. */
ty_errand *ty_errand_slot(ty_errands *errands, const ty_errand_kind *kind, const ty_errand_key *key,
                          const char *who);
/* The one to be looked for now; NULL: none. */
ty_errand *ty_errand_next(ty_errands *errands);

#endif
