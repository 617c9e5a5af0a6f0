/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The panel beside the list: one pair, and what is costly to know of it - alternatives, findings, terms,
 * ties.
 */
#ifndef TY_SERVER_PANEL_H
#define TY_SERVER_PANEL_H

#include "server/releases.h"

typedef struct ty_found_term {
    ty_span at;
    ty_slice text;
    const char *address; /* of the concept */
    ty_term_status status;
    ty_slice used, best; /* its equivalent in the target, and what would be best */
    ty_term_status used_status;
} ty_found_term;

typedef struct ty_panel {
    ty_http *http;
    ty_review_rows rows;
    size_t at;
    const ty_review_row *row;
    ty_slice texts[2];
    bool why; /* ties were asked for */
    TY_VECTOR(ty_alternative) alternatives;
    TY_VECTOR(ty_found_term) terms;
    TY_VECTOR(ty_tie) ties;
    TY_VECTOR(ty_check) findings;
} ty_panel;

/* The pair of an address, "/bead/NUMBER", with all that is to be known of it. TY_NO: there is none. */
ty_status ty_panel_open(ty_http *http, ty_panel *out);
void ty_panel_release(ty_panel *panel);
/* The panel as HTML. */
void ty_panel_put(const ty_panel *panel);
/* The sentences with their marks, as templates for the list to take over. */
void ty_panel_put_marked(const ty_panel *panel);

#endif
