/* SPDX-License-Identifier: Apache-2.0 */
/* Releases as a list: which of them, in which order. */
#ifndef TY_SERVER_RELEASE_LIST_H
#define TY_SERVER_RELEASE_LIST_H

#include "server/doubts.h"

typedef struct ty_listed {
    ty_release_info info; /* texts live as long as the request */
    ty_looked looked;
} ty_listed;

typedef TY_VECTOR(ty_listed) ty_listeds;

typedef struct ty_list_filter {
    bool waiting; /* only those that are not confirmed to their end */
    bool by_date; /* else those with most doubtful pairs first */
    ty_slice agency, from, to;
} ty_list_filter;

/* All that fit. A failure is one of memory. */
ty_status ty_releases_find(ty_http *http, const ty_list_filter *filter, ty_listeds *out);
/* The table of some of them. */
void ty_releases_put(ty_http *http, const ty_listeds *list, size_t first, size_t most);
/* The plots of the desk. (desk_plots.c) */
void ty_show_plots(ty_http *http, const ty_listeds *waiting);
/* A field of a form to choose an agency; nothing where no release has one. */
void ty_agencies_put(ty_http *http, ty_slice chosen);

#endif
