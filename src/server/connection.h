/* SPDX-License-Identifier: Apache-2.0 */
/* What libmicrohttpd calls. */
#ifndef TY_SERVER_CONNECTION_H
#define TY_SERVER_CONNECTION_H

#include "server/internal.h"
#include "server/mhd.h"

enum { TY_CONNECTIONS_HELD = 2048 }; /* who is signed in, and those who wait at the door */

/* A new request's address, as it came; what it returns is the request's state. */
void *ty_connection_uri(void *server, const char *uri, struct MHD_Connection *connection);
enum MHD_Result ty_connection_answer(void *server, struct MHD_Connection *connection, const char *url,
                                     const char *method, const char *version, const char *data, size_t *size,
                                     void **state);
void ty_connection_completed(void *server, struct MHD_Connection *connection, void **state,
                             enum MHD_RequestTerminationCode code);
void ty_connection_notify(void *server, struct MHD_Connection *connection, void **state,
                          enum MHD_ConnectionNotificationCode code);

/*
 * The body of a request (body.c): its beginning, pieces as they come, and its end, when the fields are there.
 * What cannot be taken becomes the reply; ty_body_end is false then, and where the fields bear nobody out.
 */
void ty_body_begin(ty_http *http);
bool ty_body_more(ty_http *http, const char *data, size_t size); /* false: it goes on beyond all measure */
bool ty_body_end(ty_http *http);

#endif
