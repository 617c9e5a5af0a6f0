/* SPDX-License-Identifier: Apache-2.0 */
/* The server's life. */
#include <microhttpd.h>

#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>

#include "server/connection.h"
#include "server/doubts.h"
#include "server/staging.h"
#include "server/watch.h"

enum {
    FIRST_PORT = 8765,
    PORTS = 20,
    CONNECTIONS_AND_SOME = 2048, /* and those who wait at the door */
    FILES = CONNECTIONS_AND_SOME + 512,
    BACKLOG = 1024,
    HEADER_BYTES = 32768
};

typedef union address {
    struct sockaddr any;
    struct sockaddr_in four;
    struct sockaddr_in6 six;
} address;

static bool parse_address(const char *text, address *out, socklen_t *size)
{
    *out = (address){0};
    if (inet_pton(AF_INET, text, &out->four.sin_addr) == 1) {
        out->four.sin_family = AF_INET;
        *size = sizeof out->four;
        return true;
    }
    *size = sizeof out->six;
    out->six.sin6_family = AF_INET6;
    return inet_pton(AF_INET6, text, &out->six.sin6_addr) == 1;
}

static bool is_loopback(const address *at)
{
    return at->any.sa_family == AF_INET ? (ntohl(at->four.sin_addr.s_addr) >> 24) == 127
                                        : IN6_IS_ADDR_LOOPBACK(&at->six.sin6_addr);
}

static void set_port(address *at, int port)
{
    if (at->any.sa_family == AF_INET)
        at->four.sin_port = htons((uint16_t)port);
    else
        at->six.sin6_port = htons((uint16_t)port);
}

/* A socket that listens on the port, or -1. */
static int listen_on(address *at, socklen_t size, int port)
{
    int yes = 1, listening = socket(at->any.sa_family, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
    set_port(at, port);
    if (listening < 0)
        return -1;
    setsockopt(listening, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes);
    if (bind(listening, &at->any, size) == 0 && listen(listening, BACKLOG) == 0)
        return listening;
    int kept = errno;
    close(listening);
    errno = kept;
    return -1;
}

static int listen_somewhere(ty_server *server, address *at, socklen_t size)
{
    int first = server->set.port ? server->set.port : FIRST_PORT, count = server->set.port ? 1 : PORTS;
    for (int port = first; port < first + count; port++) {
        int listening = listen_on(at, size, port);
        if (listening >= 0) {
            server->port = port;
            return listening;
        }
        if (errno != EADDRINUSE)
            return -1;
    }
    return -1;
}

static ty_status listen_here(ty_server *server, int *out, ty_error *error)
{
    const char *wanted = server->set.address ? server->set.address : "127.0.0.1";
    address at;
    socklen_t size;
    if (!parse_address(wanted, &at, &size))
        return ty_error_set(error, TY_ERR_USAGE,
                            "\"%s\" is no address of a network (127.0.0.1, ::1, 0.0.0.0)", wanted);
    server->local = is_loopback(&at);
    if (!server->local && !ty_access_any_token(server->access))
        return ty_error_set(error, TY_ERR_USAGE,
                            "%s is open to others, and nobody has a token yet: make one on the settings page "
                            "of a server for this machine alone",
                            wanted);
    *out = listen_somewhere(server, &at, size);
    if (*out < 0)
        return ty_error_errno(error, "cannot listen on %s, port %d", wanted,
                              server->set.port ? server->set.port : FIRST_PORT);
    bool bracketed = at.any.sa_family == AF_INET6;
    snprintf(server->address, sizeof server->address, "http://%s%s%s:%d/", bracketed ? "[" : "", wanted,
             bracketed ? "]" : "", server->port);
    snprintf(server->cookie, sizeof server->cookie, "taiyaku-%d", server->port);
    return TY_OK;
}

/* Each connection is a file; systems let a program have few unless it asks. */
static void ask_for_files(void)
{
    struct rlimit files;
    if (getrlimit(RLIMIT_NOFILE, &files) != 0 || files.rlim_cur >= FILES)
        return;
    files.rlim_cur = files.rlim_max < FILES ? files.rlim_max : FILES;
    setrlimit(RLIMIT_NOFILE, &files);
}

/* Requests are parsed strictly: two readings of one request are how proxies are fooled. */
static ty_status start_daemon(ty_server *server, int listening, ty_error *error)
{
    const struct MHD_OptionItem options[] = {
        {MHD_OPTION_LISTEN_SOCKET, listening, NULL},
        {MHD_OPTION_CONNECTION_LIMIT, CONNECTIONS_AND_SOME, NULL},
        {MHD_OPTION_CONNECTION_TIMEOUT, 30, NULL},
        {MHD_OPTION_CONNECTION_MEMORY_LIMIT, HEADER_BYTES, NULL},
        {MHD_OPTION_STRICT_FOR_CLIENT, 1, NULL},
        {MHD_OPTION_URI_LOG_CALLBACK, (intptr_t)ty_connection_uri, server},
        {MHD_OPTION_NOTIFY_COMPLETED, (intptr_t)ty_connection_completed, server},
        {MHD_OPTION_NOTIFY_CONNECTION, (intptr_t)ty_connection_notify, server},
        {MHD_OPTION_END, 0, NULL},
    };
    server->daemon =
        MHD_start_daemon(MHD_USE_EPOLL_INTERNAL_THREAD | MHD_ALLOW_SUSPEND_RESUME, 0, NULL, NULL,
                         ty_connection_answer, server, MHD_OPTION_ARRAY, options, MHD_OPTION_END);
    if (server->daemon)
        return TY_OK;
    close(listening);
    return ty_error_errno(error, "the server cannot be started");
}

ty_status ty_server_start(const ty_server_settings *settings, ty_server **out, ty_error *error)
{
    int listening = -1;
    *out = NULL;
    ask_for_files();
    ty_server *server = calloc(1, sizeof *server);
    if (!server)
        return ty_error_nomem(error);
    server->set = *settings;
    ty_status status = ty_access_open(settings->access, &server->access, error);
    if (status == TY_OK)
        status = listen_here(server, &listening, error);
    server->staging = ty_staging_new();
    server->watch = ty_watch_new();
    server->doubts = ty_doubts_new();
    if (status == TY_OK && (!server->staging || !server->watch || !server->doubts))
        status = ty_error_nomem(error);
    if (status == TY_OK)
        status = ty_lanes_start(settings->memory, &server->lanes, error);
    if (status == TY_OK)
        status = start_daemon(server, listening, error);
    else if (listening >= 0)
        close(listening);
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
    int listening = server->daemon ? MHD_quiesce_daemon(server->daemon) : -1;
    if (listening >= 0)
        close(listening);
    ty_lanes_stop(server->lanes);
    if (server->daemon)
        MHD_stop_daemon(server->daemon);
    ty_lanes_free(server->lanes);
    ty_watch_free(server->watch);
    ty_doubts_free(server->doubts);
    ty_staging_free(server->staging);
    ty_access_close(server->access);
    free(server);
}
