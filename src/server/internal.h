/* SPDX-License-Identifier: Apache-2.0 */
/* What the files of server share: one request and its reply, routes, who asks, lanes. */
#ifndef TY_SERVER_INTERNAL_H
#define TY_SERVER_INTERNAL_H

#include <stdio.h>

#include "present/present.h"
#include "server/html.h"
#include "server/request.h"
#include "server/server.h"

struct MHD_Connection;
struct MHD_PostProcessor;

/* ------------------------------------------------------------------------------------------ who asks */

typedef enum ty_role { TY_ROLE_NONE, TY_ROLE_READ, TY_ROLE_EDIT, TY_ROLE_ADMIN } ty_role;

enum { TY_TOKEN_DAYS = 365 };                   /* of a token where nobody says how many */
enum { TY_KEY_SIZE = 64, TY_NAME_LIMIT = 120 }; /* a key: 32 random bytes in hexadecimal digits */

/* Somebody who was let in. */
typedef struct ty_identity {
    ty_role role;
    bool cookie;                  /* by a browser's cookie: changes need its form key as well */
    char name[TY_NAME_LIMIT + 1]; /* on changes */
    char form_key[TY_KEY_SIZE + 1];
} ty_identity;

typedef struct ty_access ty_access;

/* Everyone who may, from a file that is made when it is first needed. */
ty_status ty_access_open(const char *path, ty_access **out, ty_error *error);
void ty_access_close(ty_access *access);
/* A new token, as the file keeps it only hashed; `days` 0: no end. kind is "token" or "browser". */
ty_status ty_access_add(ty_access *access, const char *kind, ty_role role, ty_slice name, int days,
                        char key[TY_KEY_SIZE + 1], ty_error *error);
/* False when the key is not known or its time is over: in an address, a year behind its making at the latest.
 */
bool ty_access_check(ty_access *access, ty_slice key, bool in_address, ty_identity *out);
/* The key of forms for who has that key and, behind a proxy, that name; "" of the key alone. */
void ty_access_form_key(ty_slice key, const char *name, char out[TY_KEY_SIZE + 1]);
/* Of a token whose time is not over. */
bool ty_access_any_token(ty_access *access);
/* Sets the name of a browser's changes. */
ty_status ty_access_rename(ty_access *access, ty_slice key, ty_slice name, ty_error *error);
ty_status ty_access_revoke(ty_access *access, ty_slice id, ty_error *error);
typedef struct ty_access_entry {
    char id[17]; /* beginning of the hash: names the entry, opens nothing */
    char kind[8];
    ty_role role;
    int64_t made, used, ends; /* seconds since 1970; used 0: never, ends 0: never */
    char name[TY_NAME_LIMIT + 1];
} ty_access_entry;
/* Calls back for each, under a lock. */
void ty_access_list(ty_access *access, void (*each)(void *payload, const ty_access_entry *entry),
                    void *payload);
const char *ty_role_name(ty_role role);
/* A name as ty_person_name makes it; what does not fit is cut between characters. */
void ty_name_copy(char out[TY_NAME_LIMIT + 1], ty_slice name);
/* More than that? It would be another's as well, cut. */
bool ty_name_is_long(ty_slice name);
/* Nothing in it that can be seen? */
bool ty_name_is_blank(ty_slice name);
/* A key that signs one browser in, once. */
void ty_access_login_key(ty_access *access, char key[TY_KEY_SIZE + 1]);
bool ty_access_use_login_key(ty_access *access, ty_slice key);
/* It signed nobody in, and is good again. */
void ty_access_return_login_key(ty_access *access, ty_slice key);

/* ------------------------------------------------------------------------------------------ lanes */

typedef enum ty_lane { TY_LANE_NONE, TY_LANE_LOOKUP, TY_LANE_CHANGE, TY_LANE_SLOW, TY_LANE_FILES } ty_lane;

typedef struct ty_lanes ty_lanes;
typedef struct ty_http ty_http;

ty_status ty_lanes_start(const char *memory, ty_lanes **out, ty_error *error);
/* False when the lane's queue is full, or the lanes have been stopped; and of files, which take long, when
 * two are made or wait for the same person. */
bool ty_lanes_add(ty_lanes *lanes, ty_lane lane, ty_http *http);
/* Answers what is queued and ends the threads; nothing more is taken. NULL is fine, here and below. */
void ty_lanes_stop(ty_lanes *lanes);
void ty_lanes_free(ty_lanes *lanes);
/* Answers one request on a lane's thread, then lets the connection go on: http is no longer the caller's.
 * Returns how the memory did. */
ty_status ty_http_work(ty_http *http, ty_memory *memory);
/* Has who asked left without waiting? */
bool ty_http_is_gone(const ty_http *http);
/* Has the client the file in its present state already? (downloads.c) */
bool ty_file_is_known(ty_http *http);
/* What the memory does from now on is by who asks, and does nothing to pairs that somebody else has open. */
ty_status ty_http_sign(ty_http *http, ty_memory *memory, ty_error *error);

/* ------------------------------------------------------------------------------------------ a request */

typedef struct ty_route ty_route;

/* How the reader wants pages: from cookies, and from what the browser says. */
typedef struct ty_taste {
    const char *ui;    /* "en" or "ja" */
    const char *theme; /* "", "light" or "dark" */
    bool letters;      /* single letters are keys */
    double doubtful;   /* beads less sure than this */
} ty_taste;

/* The first line as it came, in the connection's memory. */
typedef struct ty_request_line {
    const char *method, *uri, *version;
    size_t uri_size;
} ty_request_line;

/* One request and its reply. */
struct ty_http {
    ty_server *server;
    struct MHD_Connection *connection;
    ty_arena arena;
    ty_error error;
    ty_error missing; /* the first part of the answer that could not be read */
    bool part_failed;
    double begun; /* seconds, monotonic */

    ty_request_line line; /* until the body begins */
    ty_method method;
    ty_status parsed; /* of the address */
    ty_target target;
    ty_slice path_key; /* a token that stood in the path */
    ty_identity who;
    ty_taste taste;
    const ty_route *route;
    ty_slice arguments[4]; /* what the route's holes are */
    bool json;             /* asked for as data */
    ty_params form;
    size_t form_room; /* bytes that the last field's value has room for, while it comes in pieces */
    ty_uploads uploads;
    ty_buffer body;
    struct MHD_PostProcessor *multipart;
    uint64_t received, due; /* of the body; its deadline is put off where so much is there */
    ty_memory *memory;      /* while it is worked on */
    int64_t step_before;    /* the last that its memory made before; 0: none, or it changes nothing */

    int status; /* of the reply; 0: none yet */
    const char *type;
    ty_buffer reply;
    ty_params headers; /* further ones */
    int file;          /* a reply from a file, else -1 */
    bool begun_body, working, worked;
    bool looked_for; /* a file that the client may have: another lane looks first */
    bool last;       /* of its connection */
    ty_page page;
    size_t terms_shown; /* with their uses */
    ty_review *review;  /* freed with the request, as are the facts */
    struct ty_facts *facts;
};

struct ty_route {
    ty_method method;
    const char *path; /* segments, ":" for one of any text, "*" for the rest, slashes included */
    const char *name; /* in the log */
    void (*answer)(ty_http *http);
    ty_lane lane;
    ty_role role;
    bool twin;     /* has data under the same path and ".json" */
    uint64_t body; /* bytes of a body at most; 0: 64 KiB */
};

typedef struct ty_facts ty_facts;
void ty_facts_free(ty_facts *facts); /* NULL is fine */

extern const ty_route ty_routes[];
/* The route for the request; fills arguments and json. NULL: there is none; *other: for another method. */
const ty_route *ty_route_find(ty_http *http, bool *other);

/* A parameter of the query or else of the form; the empty slice with data NULL where there is none. */
ty_slice ty_http_param(const ty_http *http, const char *name);
/* The same as a C string that lives as long as the request; NULL where it is missing or empty. */
const char *ty_http_string(ty_http *http, const char *name);
/* Is a parameter that is "0" or "1" the latter? */
bool ty_http_asks(const ty_http *http, const char *name);
char *ty_http_copy(ty_http *http, ty_slice text);

/* ------------------------------------------------------------------------------------------ replies */

void ty_reply_header(ty_http *http, const char *name, ty_slice value);
/* Kept by the browser for the server's whole name, over TLS only where it came over TLS; `more` begins with
 * "; ". */
void ty_reply_cookie(ty_http *http, const char *name, ty_slice value, const char *more);
/* An error as the reader asked for it: a page or JSON. */
void ty_reply_error(ty_http *http, int status, const char *message);
/* The same for a failure of the library, with the status that fits it. */
int ty_reply_code(const ty_error *error, ty_status status); /* of HTTP, for a failure */
void ty_reply_failure(ty_http *http, ty_status status);
/* Somebody else has open what it would have changed. */
bool ty_reply_is_held(const ty_error *error);
/* A part of the answer was read, into it by callbacks, errors into http->missing: where the memory failed,
 * the whole answer says so, and no page shows less than there is. */
void ty_http_need(ty_http *http, ty_status status);
/* Behind the answer: that it says so. */
void ty_reply_missing(ty_http *http);
/* 303 to an address of ours. */
void ty_reply_see(ty_http *http, const char *address);
/* A change was made: 303 to the address, or data for who asked for that, with its step where it made one. */
void ty_reply_done(ty_http *http, const char *address);
bool ty_http_wants_data(const ty_http *http);
bool ty_http_takes_gzip(const ty_http *http);
/* The name in one item of an Accept-… header and its weight in thousandths, 1000 where none is said (RFC
 * 9110, section 12.4.2). */
int ty_accept_item(ty_slice item, ty_slice *name);
/* What an error says to a reader: nothing of where the server keeps its files. */
const char *ty_reply_words(const ty_error *error);
/* The name for a change; NULL where there is none. */
const char *ty_http_who(const ty_http *http);
/* Whose last step `undo` takes back: one's own, "" where one has no name; NULL, of an administrator without
 * one on the machine of one person, where there is no token and no proxy: anybody's. */
const char *ty_http_undoes(const ty_http *http);
/* Begins a page: everything down to <main>. `title` is escaped; `kind` a class of the body and NULL else. */
void ty_page_begin(ty_http *http, ty_slice title, const char *kind);
void ty_page_end(ty_http *http);
/*
 * What lies beyond the first screen of a long list. A browser with scripts keeps it as a text, which costs
 * next to nothing, until the page has been painted, and then puts it into the list; without scripts it is
 * part of the page as it stands.
 */
void ty_rest_begin(ty_http *http);
void ty_rest_end(ty_http *http);
/* Begins data: {"version":N, and lets the caller add members. */
void ty_data_begin(ty_http *http);
void ty_data_end(ty_http *http);
/* Queues what the request has as its reply. A stranger's connection ends with it. */
int ty_reply_send(ty_http *http);
/* "ETag" from the tag; true where the client has it already, and then the reply is 304. */
bool ty_reply_unchanged(ty_http *http, ty_slice tag);
bool ty_http_has(const ty_http *http, ty_slice tag);

/* A file of ours; NULL where there is none of that name. */
typedef struct ty_asset {
    const char *name, *type;
    const unsigned char *data;
    size_t size;
    const unsigned char *packed; /* gzip */
    size_t packed_size;
} ty_asset;
extern const ty_asset ty_assets[];
extern const char ty_assets_hash[];

/* ------------------------------------------------------------------------------------------ the server */

struct ty_server {
    ty_server_settings set;
    struct MHD_Daemon *daemon;
    ty_lanes *lanes;
    ty_access *access;
    struct ty_staging *staging;
    struct ty_watch *watch;
    struct ty_doubts *doubts;
    struct ty_errands *errands;
    ty_review *review; /* that was changed last, of the lane of changes: most keys are of one release */
    struct ty_deadlines *deadlines;
    int port;
    bool local;        /* listens on the loopback only */
    char cookie[32];   /* its name: cookies know no ports */
    char address[128]; /* "http://127.0.0.1:8765/" */
    char login[256];
    char token[TY_KEY_SIZE + 1]; /* given out at the start; "": none */
    unsigned strangers;          /* connections that have not signed in, */
    unsigned connections;        /* and all; of the HTTP thread */
};

/*
 * The doorkeeper: host, who asks, route, role, origin. False when the request goes no further; then it has a
 * reply.
 */
bool ty_guard(ty_http *http);
/* What is in the body must bear out who asks: the form key of a browser. */
bool ty_guard_form(ty_http *http);
void ty_taste_read(ty_http *http);
/* Headers as they came; NULL where they did not. */
const char *ty_http_header(const ty_http *http, const char *name);
const char *ty_http_cookie(const ty_http *http, const char *name);
/* The server's address as this client knows it, "http://127.0.0.1:8765". */
const char *ty_http_base(ty_http *http);

/* Does the text have the part in it, ASCII case aside? (hits.c) */
bool ty_text_contains(ty_slice text, ty_slice part);

/* "English", "英語"; the tag itself where we have no name for it. */
const char *ty_language_label(ty_http *http, ty_slice lang);

#endif
