/* SPDX-License-Identifier: Apache-2.0 */
/* The HTTP thread: takes requests from libmicrohttpd, sees them in, hands them to a lane, and sends replies.
 */
#include "server/connection.h"
#include "server/deadlines.h"
#include "server/errands.h"
#include "server/pages.h"
#include "server/parameters.h"
#include "server/staging.h"
#include "server/watch.h"

#include <stdlib.h>
#include <time.h>

#include "base/sys.h"

enum {
    CONNECTIONS = 1024,
    STRANGERS = 64,
    STRANGER_SECONDS = 10, /* to say who one is; */
    CROWD_SECONDS = 2,     /* where many stand at the door and say nothing */
    SECONDS = 30,
    HEADER_SECONDS = 10, /* from a request's beginning to its header's end */
    BODY_SECONDS = 10,   /* for so many bytes of a body, or what is left of it: */
    BODY_BYTES = 16384,
    FULL = TY_CONNECTIONS_HELD - STRANGERS
};

/* Of a connection, which may see many requests. */
typedef struct connection_state {
    ty_deadline deadline; /* for a whole header; of a stranger for a whole request */
    bool stranger;
} connection_state;

static double now(void)
{
    return (double)ty_sys_clock() * 1e-9;
}

/* ------------------------------------------------------------------------------------------ life of one */

/* libmicrohttpd keeps a record of each parameter in the memory of the connection, and where there are more
 * than it holds it goes without an answer. They are read from our copy; it is shown none. */
static void hide_query(const char *uri)
{
    char *mark = strchr(uri, '?');
    if (mark)
        mark[1] = '\0';
}

void *ty_connection_uri(void *server, const char *uri, struct MHD_Connection *connection)
{
    ty_http *http = calloc(1, sizeof *http);
    if (!http)
        return NULL;
    http->server = server;
    http->connection = connection;
    http->begun = now();
    http->file = -1;
    http->page.out = &http->reply;
    http->page.ui = "en";
    http->taste = (ty_taste){.ui = "en", .theme = "", .letters = true, .doubtful = 0.95};
    http->line = (ty_request_line){.uri = uri, .uri_size = strlen(uri)};
    http->parsed = ty_target_parse(&http->target, ty_slice_of(uri), &http->arena);
    hide_query(uri);
    return http;
}

static void free_http(ty_http *http)
{
    if (http->multipart)
        ty_mhd_functions()->MHD_destroy_post_processor(http->multipart);
    for (size_t i = 0; i < http->uploads.count; i++)
        ty_staging_close(http->server->staging, http->uploads.items[i].file);
    ty_sys_close(http->file);
    ty_review_close(http->review);
    ty_facts_free(http->facts);
    ty_target_release(&http->target);
    ty_vector_release(&http->form);
    ty_vector_release(&http->uploads);
    ty_vector_release(&http->headers);
    ty_buffer_release(&http->body);
    ty_buffer_release(&http->reply);
    ty_arena_release(&http->arena);
    free(http);
}

static connection_state *state_of(struct MHD_Connection *connection)
{
    const union MHD_ConnectionInfo *info =
        ty_mhd_functions()->MHD_get_connection_info(connection, MHD_CONNECTION_INFO_SOCKET_CONTEXT);
    return info ? info->socket_context : NULL;
}

/* Until its next request is there a connection may say nothing for a while, and then has the time for it. */
static void expect_next(ty_server *server, connection_state *own)
{
    if (own)
        ty_deadlines_set(server->deadlines, &own->deadline,
                         HEADER_SECONDS + (own->stranger ? STRANGER_SECONDS : SECONDS));
}

/* All is here that it owed. */
static void expect_nothing(const ty_http *http)
{
    connection_state *own = state_of(http->connection);
    if (own)
        ty_deadlines_clear(http->server->deadlines, &own->deadline);
}

/* A body comes at a rate, or not at all: who trickles holds files and places. */
static void expect_body(ty_http *http)
{
    connection_state *own = state_of(http->connection);
    if (!own || own->stranger || http->received < http->due) /* a stranger's is waited for as is his header */
        return;
    http->due = http->received + BODY_BYTES;
    ty_deadlines_set(http->server->deadlines, &own->deadline, BODY_SECONDS);
}

/* Time, who, route, status, milliseconds: never an address, a query or a text. */
static void log_line(const ty_http *http)
{
    char stamp[32];
    time_t at = time(NULL);
    struct tm utc;
    gmtime_r(&at, &utc);
    strftime(stamp, sizeof stamp, "%Y-%m-%dT%H:%M:%SZ", &utc);
    char name[sizeof http->who.name] = "-"; /* one word, that nobody writes a line of his own into the log */
    for (size_t i = 0; http->who.name[i]; i++) {
        name[i] = http->who.name[i] == ' ' ? '_' : http->who.name[i];
        name[i + 1] = '\0';
    }
    long microseconds = (long)((now() - http->begun) * 1e6);
    fprintf(stderr, "%s %s %s %d %ld.%ld ms\n", stamp, name, http->route ? http->route->name : "-",
            http->status, microseconds / 1000, microseconds / 100 % 10);
}

void ty_connection_completed(void *server, struct MHD_Connection *connection, void **state,
                             enum MHD_RequestTerminationCode code)
{
    (void)code;
    ty_http *http = *state;
    *state = NULL;
    expect_next(server, state_of(connection));
    if (!http)
        return;
    if (((ty_server *)server)->set.log)
        log_line(http);
    free_http(http);
}

static connection_state *begin(ty_server *server, struct MHD_Connection *connection)
{
    const union MHD_ConnectionInfo *socket =
        ty_mhd_functions()->MHD_get_connection_info(connection, MHD_CONNECTION_INFO_CONNECTION_FD);
    connection_state *own = calloc(1, sizeof *own);
    unsigned seconds = ++server->strangers > STRANGERS ? CROWD_SECONDS : STRANGER_SECONDS;
    if (++server->connections > FULL)
        ty_deadlines_make_room(server->deadlines);
    ty_mhd_functions()->MHD_set_connection_option(connection, MHD_CONNECTION_OPTION_TIMEOUT, seconds);
    if (!own)
        return NULL;
    own->stranger = true;
    own->deadline = (ty_deadline){.socket = socket ? socket->connect_fd : -1, .stranger = true};
    ty_deadlines_set(server->deadlines, &own->deadline, seconds);
    return own;
}

static void end(ty_server *server, connection_state *own)
{
    server->connections--;
    server->strangers -= !own || own->stranger;
    if (own)
        ty_deadlines_clear(server->deadlines, &own->deadline);
    free(own);
}

/* Counts connections; who has not signed in is a stranger. All of it happens on the HTTP thread. */
void ty_connection_notify(void *payload, struct MHD_Connection *connection, void **state,
                          enum MHD_ConnectionNotificationCode code)
{
    ty_server *server = payload;
    if (code == MHD_CONNECTION_NOTIFY_STARTED)
        *state = begin(server, connection);
    else
        end(server, *state);
}

/* Signed in: no stranger any more, and given time. */
static void welcome(ty_http *http)
{
    connection_state *state = state_of(http->connection);
    if (http->who.role == TY_ROLE_NONE || !state || !state->stranger)
        return;
    state->stranger = state->deadline.stranger = false;
    http->server->strangers--;
    ty_mhd_functions()->MHD_set_connection_option(http->connection, MHD_CONNECTION_OPTION_TIMEOUT,
                                                  (unsigned)SECONDS);
}

/* Those who have not said who they are take no place from those who have, nor can they keep anybody from
 * saying it, or a watchdog from asking whether the server lives. */
static bool too_many(const ty_http *http)
{
    const ty_server *server = http->server;
    bool stranger = http->who.role == TY_ROLE_NONE;
    if (http->route &&
        (http->route->answer == ty_answer_login || (stranger && http->route->answer == ty_answer_health)))
        return false;
    return stranger ? server->strangers > STRANGERS : server->connections - server->strangers > CONNECTIONS;
}

/* ------------------------------------------------------------------------------------------ work */

static size_t list_open(void *payload, bool last, int64_t beads[TY_HELD_LIMIT])
{
    const ty_http *http = payload;
    if (last)
        ty_watch_shut(http->server->watch);
    return ty_watch_open(http->server->watch, http->who.name, beads);
}

static void reopen(void *payload)
{
    const ty_http *http = payload;
    ty_watch_reopen(http->server->watch);
}

ty_status ty_http_sign(ty_http *http, ty_memory *memory, ty_error *error)
{
    ty_memory_hold(memory, &(ty_holders){http, list_open, reopen});
    return ty_memory_set_who(memory, ty_http_who(http), error);
}

/* The memory outlives the request. */
static void unsign(ty_memory *memory)
{
    ty_memory_hold(memory, NULL);
    ty_memory_set_premise(memory, NULL, NULL);
}

/* Too much waits already, of all or of this one. */
static void refuse_work(ty_http *http)
{
    ty_reply_header(http, "Retry-After", TY_SLICE("1"));
    ty_reply_error(http, 503, "Too much to do at once; please try again.");
    http->worked = true;
    ty_mhd_functions()->MHD_resume_connection(http->connection);
}

bool ty_http_is_gone(const ty_http *http)
{
    const connection_state *own = state_of(http->connection);
    return own && ty_sys_is_broken(own->deadline.socket);
}

/* Who reads and has left meanwhile is answered by nobody: the work is for those who wait. */
static bool is_for_nobody(const ty_http *http)
{
    return (http->method == TY_GET || http->method == TY_HEAD) && ty_http_is_gone(http);
}

/* A file that the client may have already is not waited for: only where it is another one now it takes its
 * turn. True: http is another lane's. */
static bool pass_on(ty_http *http)
{
    if (!http->looked_for || ty_file_is_known(http))
        return false;
    http->looked_for = false;
    http->memory = NULL;
    if (!ty_lanes_add(http->server->lanes, http->route->lane, http))
        refuse_work(http);
    return true;
}

ty_status ty_http_work(ty_http *http, ty_memory *memory)
{
    ty_status failed = TY_OK;
    bool changes = http->route->role >= TY_ROLE_EDIT;
    http->memory = memory;
    if (memory && pass_on(http))
        return TY_OK;
    if (memory && changes) {
        ty_http_need(http, ty_http_sign(http, memory, &http->missing));
        http->step_before = ty_memory_own_step(memory);
    }
    if (is_for_nobody(http))
        http->status = 499; /* as proxies call it */
    else if (memory)
        http->route->answer(http);
    else
        ty_reply_failure(http, http->error.status);
    ty_reply_missing(http);
    failed = http->error.status;
    if (memory && changes)
        unsign(memory);
    if (changes)
        ty_errands_outdate(http->server->errands);
    http->memory = NULL;
    http->worked = true;
    ty_mhd_functions()->MHD_resume_connection(http->connection);
    return failed;
}

static enum MHD_Result hand_over(ty_http *http)
{
    if (!ty_parameters_check(http))
        return ty_reply_send(http) ? MHD_YES : MHD_NO;
    if (http->route->lane == TY_LANE_NONE) {
        http->route->answer(http);
        return ty_reply_send(http) ? MHD_YES : MHD_NO;
    }
    http->working = true;
    http->looked_for = http->route->lane == TY_LANE_FILES && ty_http_header(http, "If-None-Match");
    ty_mhd_functions()->MHD_suspend_connection(http->connection);
    if (!ty_lanes_add(http->server->lanes, http->looked_for ? TY_LANE_LOOKUP : http->route->lane, http))
        refuse_work(http);
    return MHD_YES;
}

static bool see_in(ty_http *http)
{
    ty_taste_read(http);
    bool in = ty_guard(http);
    if (in)
        welcome(http);
    expect_body(http);
    if (too_many(http)) {
        http->last = true;
        ty_reply_error(http, 503, "Too many connections; please try again.");
        return false;
    }
    return in;
}

static ty_method method_of(const char *name)
{
    static const struct {
        const char *name;
        ty_method method;
    } methods[] = {{"GET", TY_GET}, {"HEAD", TY_HEAD}, {"POST", TY_POST}, {"PUT", TY_PUT}};
    for (size_t i = 0; i < sizeof methods / sizeof *methods; i++)
        if (strcmp(methods[i].name, name) == 0)
            return methods[i].method;
    return TY_OTHER_METHOD;
}

enum MHD_Result ty_connection_answer(void *server, struct MHD_Connection *connection, const char *url,
                                     const char *method, const char *version, const char *data, size_t *size,
                                     void **state)
{
    (void)server;
    (void)url;
    (void)connection;
    ty_http *http = *state;
    if (!http)
        return MHD_NO;
    if (http->worked)
        return ty_reply_send(http) ? MHD_YES : MHD_NO;
    if (http->working)
        return MHD_YES;
    if (!http->begun_body) {
        http->method = method_of(method);
        http->line.method = method;
        http->line.version = version;
        if (see_in(http))
            ty_body_begin(http);
        return http->status ? (ty_reply_send(http) ? MHD_YES : MHD_NO) : MHD_YES;
    }
    if (*size) {
        if (!ty_body_more(http, data, *size))
            return MHD_NO;
        expect_body(http);
        *size = 0;
        return MHD_YES;
    }
    expect_nothing(http);
    if (!ty_body_end(http))
        return ty_reply_send(http) ? MHD_YES : MHD_NO;
    return hand_over(http);
}
