/* SPDX-License-Identifier: Apache-2.0 */
/*
 * server - the desk: pages for a browser and addresses for CAT tools, over HTTP.
 *
 * Stands on taiyaku.h, base and present, like the program. One thread speaks HTTP (libmicrohttpd, epoll);
 * it hands each request to one of three lanes of threads, so that a long one keeps no short one waiting:
 * look-ups, changes (one thread: a memory has one writer), and long work such as checks and imports.
 */
#ifndef TY_SERVER_H
#define TY_SERVER_H

#include "base/base.h"

typedef struct ty_server_settings {
    const char *memory;  /* path; NULL: the user's own */
    const char *address; /* to listen on; NULL: 127.0.0.1 */
    int port;            /* 0: 8765, or the next free one; otherwise this one or a failure */
    const char *host;    /* a further name it may be asked by, "tm.example.org"; NULL: none */
    const char *who;     /* the name on changes of whoever signs in with the address; NULL: nobody's */
    const char *access;  /* file of who may do what; NULL: in the user's data folder */
    const char *token;   /* where nobody has a token, one to edit is given out for this name; NULL: none */
    bool proxy;          /* trust X-Forwarded-User, -Host and -Proto from a proxy on this machine */
    bool log;            /* a line a request to standard error, without addresses, queries and texts */
} ty_server_settings;

typedef struct ty_server ty_server;

/*
 * Starts to answer, on threads of its own. TY_ERR_USAGE where the address is not this machine's own and no
 * token has been given out; TY_ERR_IO where the port is taken.
 */
ty_status ty_server_start(const ty_server_settings *settings, ty_server **out, ty_error *error);
/* "http://127.0.0.1:8765/"; borrowed. */
const char *ty_server_address(const ty_server *server);
/* The address that signs one browser in, once; borrowed until the next call. */
const char *ty_server_login_address(ty_server *server);
/* The token that was given out, NULL where none was; borrowed. It is kept nowhere else. */
const char *ty_server_token(const ty_server *server);
/* Ends what is being answered, then the server. NULL is fine. */
void ty_server_stop(ty_server *server);

#endif
