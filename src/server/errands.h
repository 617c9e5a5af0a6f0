/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Answers that take too long to wait for: a check of all pairs, candidates for terms. Each is found in the
 * background, one after the other, and kept; while the memory changes the last one is shown, said to be old,
 * and found anew. Of a small memory all wait for the answer of today, which takes a moment.
 */
#ifndef TY_SERVER_ERRANDS_H
#define TY_SERVER_ERRANDS_H

#include "server/internal.h"

/* What is asked; texts may be NULL. */
typedef struct ty_errand_key {
    const char *source, *target, *organisation;
    int64_t least;
} ty_errand_key;

typedef struct ty_errand_kind {
    /* Finds the answer, on a thread of its own. NULL with the failure in error; TY_STOP: it was told to end.
     */
    void *(*find)(ty_memory *memory, const ty_errand_key *key, ty_error *error);
    void (*free)(void *answer);
} ty_errand_kind;

typedef struct ty_errands ty_errands;

ty_status ty_errands_start(const char *memory, ty_errands **out, ty_error *error);
void ty_errands_stop(ty_errands *errands); /* NULL is fine */
/* Something changed that the memory's stamp does not tell: a finding was let stand, say. */
void ty_errands_outdate(ty_errands *errands);

/* Each answer of the kind that is kept, under a lock; others may be reading it. */
void ty_errands_each(ty_errands *errands, const ty_errand_kind *kind,
                     void (*each)(void *payload, void *answer), void *payload);

typedef struct ty_errand_view {
    void *answer;  /* NULL: there is none yet */
    bool current;  /* of the memory as it is */
    uint64_t done; /* pairs read so far, where it is being found */
    int64_t at;    /* when it was begun; seconds since 1970 */
    struct ty_errand_held *held;
} ty_errand_view;

/* The newest answer, held until it is left. A failure is that of the last attempt, where it found nothing. */
ty_status ty_errand_ask(ty_http *http, const ty_errand_kind *kind, const ty_errand_key *key,
                        ty_errand_view *out);
void ty_errand_leave(ty_http *http, ty_errand_view *view);
/* Says what is not of today; asks the browser to come again where there is nothing yet. */
void ty_errand_say(ty_http *http, const ty_errand_view *view);

#endif
