/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Connections that owe the server something whole: libmicrohttpd's own timeout begins anew with every byte,
 * so one that sends a byte now and then would keep its place for ever. One thread looks, while there are any.
 */
#ifndef TY_SERVER_DEADLINES_H
#define TY_SERVER_DEADLINES_H

#include "base/base.h"

typedef struct ty_deadlines ty_deadlines;

/* Of one connection; the caller's, {.socket = S} at first, and cleared before the socket is closed. */
typedef struct ty_deadline {
    int socket;
    bool stranger;
    double at; /* seconds, monotonic; 0: none */
    struct ty_deadline *before, *after;
} ty_deadline;

ty_status ty_deadlines_start(ty_deadlines **out, ty_error *error);
/* None is set any more. NULL is fine. */
void ty_deadlines_stop(ty_deadlines *deadlines);
/* In so many seconds the socket is shut down: whoever reads it sees its end. The last call counts. */
void ty_deadlines_set(ty_deadlines *deadlines, ty_deadline *one, double seconds);
void ty_deadlines_clear(ty_deadlines *deadlines, ty_deadline *one);
/* Shuts down the stranger whose deadline was set first, to make room. */
void ty_deadlines_make_room(ty_deadlines *deadlines);

#endif
