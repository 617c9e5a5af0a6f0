/* SPDX-License-Identifier: Apache-2.0 */
/* Pairs in processes of their own, which can be stopped: a text that takes for ever keeps no other. */
#include <stdlib.h>

#include "base/sys.h"
#include "align.h"

enum { MOST = 64 }; /* processes at a time */

/* A process at work; its error comes back over the pipe, whose end says that it is done. */
typedef struct slot {
    int process;
    int from;
    size_t number;
    double until;
} slot;

typedef struct crew {
    slot slots[MOST];
    size_t used, size;
    long seconds;
    ty_status (*one)(void *payload, size_t number, ty_error *error);
    void (*ended)(void *payload, size_t number, ty_status status, const ty_error *error);
    void *payload;
} crew;

static double now(void)
{
    return (double)ty_sys_clock() * 1e-9;
}

/* The rule of an error is a constant of the program, at the same place in both processes. */
static void work(const crew *c, size_t number, int to)
{
    ty_error own = {0};
    ty_status status = c->one(c->payload, number, &own);
    own.status = status;
    bool told = ty_sys_write(to, (ty_slice){(const char *)&own, sizeof own});
    ty_sys_leave(told ? 0 : 1);
}

static ty_status start(crew *c, size_t number, ty_error *error)
{
    int ends[2];
    if (!ty_sys_pipe(ends))
        return ty_error_errno(error, "cannot start another process");
    fflush(NULL);
    int process = ty_sys_fork();
    if (process == 0) {
        ty_sys_close(ends[0]);
        work(c, number, ends[1]);
    }
    ty_sys_close(ends[1]);
    if (process < 0) {
        ty_sys_close(ends[0]);
        return ty_error_errno(error, "cannot start another process");
    }
    c->slots[c->used++] = (slot){process, ends[0], number, now() + (double)c->seconds};
    return TY_OK;
}

/* What came of it: its own words, or that it had none. */
static void finish(crew *c, size_t at, bool late)
{
    slot one = c->slots[at];
    ty_error told = {0};
    if (late)
        ty_sys_kill(one.process);
    bool whole = !late && ty_sys_read(one.from, &told, sizeof told) == (ptrdiff_t)sizeof told;
    ty_sys_close(one.from);
    (void)ty_sys_wait(one.process);
    if (late)
        ty_error_set(&told, TY_ERR_LIMIT, "it took longer than %ld s", c->seconds);
    else if (!whole)
        ty_error_set(&told, TY_ERR_LIMIT, "the process that worked at it died");
    c->slots[at] = c->slots[--c->used];
    c->ended(c->payload, one.number, told.status, &told);
}

static int milliseconds_left(const crew *c)
{
    double first = c->slots[0].until;
    for (size_t i = 1; i < c->used; i++)
        first = c->slots[i].until < first ? c->slots[i].until : first;
    double left = first - now();
    return left <= 0 ? 0 : (int)(left * 1000) + 1;
}

static void wait_for_one(crew *c)
{
    int files[MOST];
    bool ready[MOST];
    for (size_t i = 0; i < c->used; i++)
        files[i] = c->slots[i].from;
    if (ty_sys_poll(files, ready, c->used, milliseconds_left(c)) < 0)
        return;
    double time = now();
    for (size_t i = c->used; i-- > 0;) {
        if (ready[i])
            finish(c, i, false);
        else if (c->slots[i].until <= time)
            finish(c, i, true);
    }
}

ty_status ty_apart_each(size_t count, long seconds,
                        ty_status (*one)(void *payload, size_t number, ty_error *error),
                        void (*ended)(void *payload, size_t number, ty_status status, const ty_error *error),
                        void *payload, ty_error *error)
{
    size_t cores = ty_sys_core_count();
    crew c = {.size = cores > MOST ? MOST : cores,
              .seconds = seconds,
              .one = one,
              .ended = ended,
              .payload = payload};
    ty_status status = TY_OK;
    for (size_t next = 0; status == TY_OK && (next < count || c.used);)
        if (next < count && c.used < c.size)
            status = start(&c, next++, error);
        else
            wait_for_one(&c);
    while (c.used)
        wait_for_one(&c);
    return status;
}
