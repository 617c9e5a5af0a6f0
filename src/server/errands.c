/* SPDX-License-Identifier: Apache-2.0 */
#include "server/errand_slots.h"

#include <errno.h>
#include <stdlib.h>
#include <time.h>

#include "base/sys.h"
#include "server/prepare.h"
#include "server/show.h"

enum {
    SMALL = 5000,     /* units: up to here an answer is waited for */
    PATIENCE = 10000, /* milliseconds, there */
    MOMENT = 30,      /* and of a larger memory */
    LEISURE = 10      /* times what it took: so long the last answer is good enough where much changes */
};

static double now(void)
{
    return (double)ty_sys_clock() * 1e-9;
}

/* What people let stand or rejected is no unit and no concept, and part of the answers. */
static ty_status read_state(ty_memory *memory, char out[TY_ERRAND_STATE], ty_error *error)
{
    ty_status status = ty_memory_stamp(memory, out, error);
    return status == TY_OK ? ty_memory_stamp_verdicts(memory, out + strlen(out), error) : status;
}

/* ------------------------------------------------------------------------------------------ the thread */

static bool on_progress(void *payload, const char *what, uint64_t done, uint64_t total)
{
    (void)what;
    (void)total;
    ty_errands *errands = payload;
    pthread_mutex_lock(&errands->lock);
    errands->done = done;
    bool go_on = !errands->ending;
    pthread_mutex_unlock(&errands->lock);
    return go_on;
}

static void *find(ty_errands *errands, const ty_errand *asked, char state[TY_ERRAND_STATE], ty_error *error)
{
    ty_listener listener = {.payload = errands, .progress = on_progress};
    ty_errand_key key = {asked->source[0] ? asked->source : NULL, asked->target[0] ? asked->target : NULL,
                         asked->organisation[0] ? asked->organisation : NULL, asked->least};
    ty_memory *memory = NULL;
    void *answer = NULL;
    ty_status status = ty_memory_open(errands->path, TY_MEMORY_READ, &listener, &memory, error);
    if (status == TY_OK)
        status = read_state(memory, state, error);
    if (status == TY_OK)
        answer = asked->kind->find(memory, &key, error);
    ty_memory_close(memory);
    ty_sys_give_memory_back();
    return answer;
}

/* The slot stays where it is while its errand is run: it is not given to another question. */
static void run(ty_errands *errands, ty_errand *e)
{
    ty_errand asked = *e;
    char state[TY_ERRAND_STATE] = "";
    ty_error error = {0};
    uint64_t outdated = errands->outdated;
    double begun = now();
    e->wanted = false;
    e->running = true;
    memcpy(errands->last, e->owner, sizeof errands->last);
    e->at = time(NULL);
    errands->done = 0;
    pthread_mutex_unlock(&errands->lock);
    void *answer = find(errands, &asked, state, &error);
    pthread_mutex_lock(&errands->lock);
    e->running = false;
    e->ended = now();
    e->took = e->ended - begun;
    e->begun = begun;
    e->error = error;
    if (answer)
        ty_errand_keep(e, answer);
    snprintf(e->state, sizeof e->state, "%s", outdated == errands->outdated ? state : "");
    pthread_cond_broadcast(&errands->changed);
}

static void *work(void *payload)
{
    ty_errands *errands = payload;
    ty_prepare_look_ups(errands->path, &(ty_listener){.payload = errands, .progress = on_progress});
    pthread_mutex_lock(&errands->lock);
    while (!errands->ending) {
        ty_errand *e = ty_errand_next(errands);
        if (e)
            run(errands, e);
        else
            pthread_cond_wait(&errands->changed, &errands->lock);
    }
    pthread_mutex_unlock(&errands->lock);
    return NULL;
}

ty_status ty_errands_start(const char *memory, ty_errands **out, ty_error *error)
{
    ty_errands *errands = *out = calloc(1, sizeof *errands);
    if (!errands)
        return ty_error_nomem(error);
    errands->path = memory;
    pthread_mutex_init(&errands->lock, NULL);
    pthread_cond_init(&errands->changed, NULL);
    errands->started = pthread_create(&errands->thread, NULL, work, errands) == 0;
    return errands->started ? TY_OK : ty_error_errno(error, "no thread can be started");
}

void ty_errands_stop(ty_errands *errands)
{
    if (!errands)
        return;
    pthread_mutex_lock(&errands->lock);
    errands->ending = true;
    pthread_cond_broadcast(&errands->changed);
    pthread_mutex_unlock(&errands->lock);
    if (errands->started)
        pthread_join(errands->thread, NULL);
    for (size_t i = 0; i < TY_ERRANDS; i++)
        ty_errand_drop(&errands->list[i]);
    pthread_mutex_destroy(&errands->lock);
    pthread_cond_destroy(&errands->changed);
    free(errands);
}

void ty_errands_outdate(ty_errands *errands)
{
    pthread_mutex_lock(&errands->lock);
    errands->outdated++;
    for (size_t i = 0; i < TY_ERRANDS; i++)
        errands->list[i].state[0] = '\0';
    pthread_mutex_unlock(&errands->lock);
}

void ty_errands_each(ty_errands *errands, const ty_errand_kind *kind,
                     void (*each)(void *payload, void *answer), void *payload)
{
    pthread_mutex_lock(&errands->lock);
    for (size_t i = 0; i < TY_ERRANDS; i++)
        if (errands->list[i].kind == kind && errands->list[i].held)
            each(payload, errands->list[i].held->answer);
    pthread_mutex_unlock(&errands->lock);
}

/* ------------------------------------------------------------------------------------------ asking */

static bool fits(const char *text)
{
    return !text || strlen(text) < TY_ERRAND_TEXT;
}

static bool is_small(ty_memory *memory)
{
    ty_figures *figures = NULL;
    bool small = ty_memory_figures(memory, &figures, NULL) == TY_OK && figures->units <= SMALL;
    ty_figures_free(figures);
    return small;
}

/* Waits until the errand is done, or for so long. A condition's clock is that of the day, which may be set:
 * then the wait is as much longer or shorter, and the page comes again. */
static void wait_for(ty_errands *errands, const ty_errand *e, const ty_errand_kind *kind,
                     const ty_errand_key *key, int milliseconds)
{
    int64_t end = ty_sys_now() + (int64_t)milliseconds * 1000000;
    struct timespec until = {.tv_sec = (time_t)(end / 1000000000), .tv_nsec = (long)(end % 1000000000)};
    while ((e->wanted || e->running) && ty_errand_is(e, kind, key) && !errands->ending)
        if (pthread_cond_timedwait(&errands->changed, &errands->lock, &until) == ETIMEDOUT)
            return;
}

/* Is the answer of this state, or of one that came later than the question? */
static bool is_current(const ty_errand *e, const char *state, double asked)
{
    return e->held && (e->begun >= asked || (e->state[0] && strcmp(e->state, state) == 0));
}

/* Has it found anew, where it is old; of a large memory not again and again. */
static void renew(ty_errands *errands, ty_errand *e, const char *state, bool small, double asked)
{
    bool rested = !e->running && (!e->held || asked - e->ended > LEISURE * e->took);
    e->asked = asked;
    if (is_current(e, state, asked) || (!small && !rested))
        return;
    if (!e->wanted)
        e->wanted_since = asked;
    e->wanted = true;
    pthread_cond_broadcast(&errands->changed);
}

static ty_status look(const ty_errands *errands, ty_errand *e, const char *state, double asked,
                      ty_error *error, ty_errand_view *out)
{
    if (!e->held && !e->running && !e->wanted && e->error.status != TY_OK) {
        *error = e->error;
        return error->status;
    }
    *out = (ty_errand_view){.answer = e->held ? e->held->answer : NULL,
                            .current = is_current(e, state, asked),
                            .done = e->running ? errands->done : 0,
                            .at = e->at,
                            .held = e->held};
    if (e->held)
        e->held->users++;
    return TY_OK;
}

ty_status ty_errand_ask(ty_http *http, const ty_errand_kind *kind, const ty_errand_key *key,
                        ty_errand_view *out)
{
    ty_errands *errands = http->server->errands;
    char state[TY_ERRAND_STATE];
    bool small = is_small(http->memory);
    double asked = now();
    *out = (ty_errand_view){0};
    if (!fits(key->source) || !fits(key->target) || !fits(key->organisation))
        return ty_error_set(&http->error, TY_ERR_USAGE, "that is too long");
    ty_status status = read_state(http->memory, state, &http->error);
    if (status != TY_OK)
        return status;
    pthread_mutex_lock(&errands->lock);
    ty_errand *e = ty_errand_slot(errands, kind, key, http->who.form_key);
    if (e) {
        renew(errands, e, state, small, asked);
        wait_for(errands, e, kind, key, small ? PATIENCE : MOMENT);
    }
    if (e && ty_errand_is(e, kind, key))
        status = look(errands, e, state, asked, &http->error, out);
    else
        status = ty_error_set(&http->error, TY_ERR_BUSY, "too much is being looked for at once");
    pthread_mutex_unlock(&errands->lock);
    return status;
}

void ty_errand_leave(ty_http *http, ty_errand_view *view)
{
    ty_errands *errands = http->server->errands;
    pthread_mutex_lock(&errands->lock);
    if (view->held) {
        view->held->users--;
        ty_errand_let_go(view->held);
    }
    pthread_mutex_unlock(&errands->lock);
    *view = (ty_errand_view){0};
}

void ty_errand_say(ty_http *http, const ty_errand_view *view)
{
    const ty_page *page = &http->page;
    char at[24];
    time_t begun = (time_t)view->at;
    struct tm utc;
    gmtime_r(&begun, &utc);
    strftime(at, sizeof at, "%Y%m%dT%H%M%SZ", &utc);
    if (!view->answer) {
        ty_reply_header(http, "Refresh", TY_SLICE("2"));
        ty_html(page,
                "<p role=\"status\">{The whole memory is being read; this page comes back by itself.} <span "
                "class=\"num\">{$d pairs so far}</span></p>\n",
                (int64_t)view->done);
    } else if (!view->current) {
        ty_html(page,
                "<p class=\"mute small\" role=\"status\">{The memory has changed since this was found:} ");
        ty_show_time(http, ty_slice_of(at));
        ty_html(page, "</p>\n");
    }
}
