/* SPDX-License-Identifier: Apache-2.0 */
/* What is said while files are looked at (page_import.c) and taken in (import_take.c). */
#ifndef TY_SERVER_IMPORT_H
#define TY_SERVER_IMPORT_H

#include "server/staging.h"

/* Notices as they come; zeroed to begin with. */
typedef struct ty_import_notices {
    ty_buffer text;
    size_t count;
    ty_buffer differences; /* of the two texts of a release: a line each */
    size_t difference_count;
} ty_import_notices;

void ty_import_hear(void *notices, const ty_notice *notice);
void ty_import_hear_difference(void *notices, const ty_notice *notice);
/* Says and releases them, and the failure, if there is one. */
void ty_import_put_notices(ty_http *http, ty_import_notices *heard, const ty_error *error);

/* The page of what was brought, before it is taken; `word`, a label, is said above it (NULL: none). */
void ty_import_preview(ty_http *http, const ty_staged *staged, const char *word);

/* What is asked of a group by its number: the facts of a release, as they were typed so far, and whether it
 * is taken. In the form to whose address they are sent. */
void ty_import_begin_form(ty_http *http, const ty_staged *staged);
void ty_import_put_facts(ty_http *http, size_t number);
void ty_import_put_take(ty_http *http, size_t number, const char *label, bool chosen);

#endif
