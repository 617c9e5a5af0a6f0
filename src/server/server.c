/* SPDX-License-Identifier: Apache-2.0 */
/* The server's life. */

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "base/sys.h"
#include "server/connection.h"
#include "server/deadlines.h"
#include "server/doubts.h"
#include "server/errands.h"
#include "server/staging.h"
#include "server/watch.h"

#include "library_files.h"

TY_SYS_LIBRARY(ty_mhd, TY_FILE_OF_MICROHTTPD, TY_MHD_FUNCTIONS)

enum {
    FIRST_PORT = 8765,
    PORTS = 20,
    OTHER_FILES = 256, /* of memories, documents and what is sent */
    UPLOADED_FILES = 4096,
    FILES = TY_CONNECTIONS_HELD + OTHER_FILES + UPLOADED_FILES,
    BACKLOG = 1024,
    HEADER_BYTES = 32768
};

static int listen_somewhere(ty_server *server, const ty_sys_address *at)
{
    int first = server->set.port ? server->set.port : FIRST_PORT, count = server->set.port ? 1 : PORTS;
    for (int port = first; port < first + count; port++) {
        int listening = ty_sys_listen(at, port, BACKLOG);
        if (listening >= 0) {
            server->port = port;
            return listening;
        }
        if (errno != EADDRINUSE)
            return -1;
    }
    return -1;
}

/* Where there is no browser on this machine to make one with: a server, a container. */
static ty_status give_first_token(ty_server *server, ty_error *error)
{
    if (!server->set.token || ty_access_any_token(server->access))
        return TY_OK;
    if (ty_name_is_blank(ty_slice_of(server->set.token)))
        return ty_error_set(error, TY_ERR_USAGE, "--token wants a name");
    if (ty_name_is_long(ty_slice_of(server->set.token)))
        return ty_error_set(error, TY_ERR_USAGE, "--token: a name has %d bytes at most", TY_NAME_LIMIT);
    return ty_access_add(server->access, "token", TY_ROLE_EDIT, ty_slice_of(server->set.token), TY_TOKEN_DAYS,
                         server->token, error);
}

static ty_status listen_here(ty_server *server, int *out, ty_error *error)
{
    const char *wanted = server->set.address ? server->set.address : "127.0.0.1";
    ty_sys_address at;
    if (!ty_sys_parse_address(wanted, &at))
        return ty_error_set(error, TY_ERR_USAGE,
                            "\"%s\" is no address of a network (127.0.0.1, ::1, 0.0.0.0)", wanted);
    server->local = at.local;
    ty_status status = give_first_token(server, error);
    if (status != TY_OK)
        return status;
    if (!server->local && !ty_access_any_token(server->access))
        return ty_error_set(
            error, TY_ERR_USAGE,
            "%s is open to others, and nobody has a token yet; --token NAME gives one out, or the "
            "settings page of a server for this machine alone",
            wanted);
    *out = listen_somewhere(server, &at);
    if (*out < 0)
        return ty_error_errno(error, "cannot listen on %s, port %d", wanted,
                              server->set.port ? server->set.port : FIRST_PORT);
    const char *shown = at.any ? at.six ? "::1" : "127.0.0.1" : wanted;
    snprintf(server->address, sizeof server->address, "http://%s%s%s:%d/", at.six ? "[" : "", shown,
             at.six ? "]" : "", server->port);
    snprintf(server->cookie, sizeof server->cookie, "taiyaku-%d", server->port);
    return TY_OK;
}

/* Requests are parsed strictly: two readings of one request are how proxies are fooled. */
static ty_status start_daemon(ty_server *server, int listening, ty_error *error)
{
    const struct MHD_OptionItem options[] = {
        {MHD_OPTION_LISTEN_SOCKET, listening, NULL},
        {MHD_OPTION_CONNECTION_LIMIT, TY_CONNECTIONS_HELD, NULL},
        {MHD_OPTION_CONNECTION_TIMEOUT, 30, NULL},
        {MHD_OPTION_CONNECTION_MEMORY_LIMIT, HEADER_BYTES, NULL},
        {MHD_OPTION_STRICT_FOR_CLIENT, 1, NULL},
        {MHD_OPTION_URI_LOG_CALLBACK, (intptr_t)ty_connection_uri, server},
        {MHD_OPTION_NOTIFY_COMPLETED, (intptr_t)ty_connection_completed, server},
        {MHD_OPTION_NOTIFY_CONNECTION, (intptr_t)ty_connection_notify, server},
        {MHD_OPTION_END, 0, NULL},
    };
    server->daemon = ty_mhd_functions()->MHD_start_daemon(
        MHD_USE_EPOLL_INTERNAL_THREAD | MHD_ALLOW_SUSPEND_RESUME, 0, NULL, NULL, ty_connection_answer, server,
        MHD_OPTION_ARRAY, options, MHD_OPTION_END);
    if (server->daemon)
        return TY_OK;
    ty_sys_close(listening);
    return ty_error_errno(error, "the server cannot be started");
}

/* Each connection is a file, and systems let a program have few: what is left is for uploads. */
static size_t room_for_uploads(void)
{
    size_t files = ty_sys_ask_for_files(FILES), kept = TY_CONNECTIONS_HELD + OTHER_FILES;
    return files > kept + kept / 8 ? files - kept : files / 4;
}

ty_status ty_server_start(const ty_server_settings *settings, ty_server **out, ty_error *error)
{
    int listening = -1;
    *out = NULL;
    if (!ty_mhd_functions())
        return ty_error_set(error, TY_ERR_USAGE, "a desk needs the library %s, which is not installed",
                            TY_FILE_OF_MICROHTTPD);
    ty_server *server = calloc(1, sizeof *server);
    if (!server)
        return ty_error_nomem(error);
    server->set = *settings;
    ty_status status = ty_access_open(settings->access, &server->access, error);
    if (status == TY_OK)
        status = listen_here(server, &listening, error);
    server->staging = ty_staging_new(room_for_uploads());
    server->watch = ty_watch_new();
    server->doubts = ty_doubts_new();
    if (status == TY_OK && (!server->staging || !server->watch || !server->doubts))
        status = ty_error_nomem(error);
    if (status == TY_OK)
        status = ty_lanes_start(settings->memory, &server->lanes, error);
    if (status == TY_OK)
        status = ty_deadlines_start(&server->deadlines, error);
    if (status == TY_OK)
        status = ty_errands_start(settings->memory, &server->errands, error);
    if (status == TY_OK)
        status = start_daemon(server, listening, error);
    else
        ty_sys_close(listening);
    if (status == TY_OK)
        *out = server;
    else
        ty_server_stop(server);
    return status;
}

const char *ty_server_address(const ty_server *server)
{
    return server->address;
}

const char *ty_server_token(const ty_server *server)
{
    return server->token[0] ? server->token : NULL;
}

const char *ty_server_login_address(ty_server *server)
{
    char key[TY_KEY_SIZE + 1];
    ty_access_login_key(server->access, key);
    snprintf(server->login, sizeof server->login, "%slogin?k=%s", server->address, key);
    return server->login;
}

/* No new connections, then no more work, then no more replies: a request that is being answered gets its
 * answer. */
void ty_server_stop(ty_server *server)
{
    if (!server)
        return;
    int listening = server->daemon ? ty_mhd_functions()->MHD_quiesce_daemon(server->daemon) : -1;
    ty_sys_close(listening);
    ty_lanes_stop(server->lanes);
    if (server->daemon)
        ty_mhd_functions()->MHD_stop_daemon(server->daemon);
    ty_lanes_free(server->lanes);
    ty_errands_stop(server->errands);
    ty_deadlines_stop(server->deadlines);
    ty_watch_free(server->watch);
    ty_doubts_free(server->doubts);
    ty_review_close(server->review);
    ty_staging_free(server->staging);
    ty_access_close(server->access);
    free(server);
}
