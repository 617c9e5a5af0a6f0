/* SPDX-License-Identifier: Apache-2.0 */
/* What a concordance is asked, by its page and by the files of it. */
#ifndef TY_SERVER_CONCORDANCE_H
#define TY_SERVER_CONCORDANCE_H

#include "server/hits.h"

enum { TY_VIEW_PAGE = 100 }; /* hits of a page */

typedef struct ty_view {
    ty_hit_filter filter;
    ty_hit_order order;
    bool full;
    ty_hits_rest rest;
    ty_hits hits;
    size_t first; /* of the page */
} ty_view;

/* Their names in addresses. */
extern const char *const ty_hit_orders[4];

/* From the address; no hits yet. */
void ty_view_read(ty_http *http, ty_view *out);
/* The hits, in their order. */
ty_status ty_view_find(ty_http *http, ty_view *view);

#endif
