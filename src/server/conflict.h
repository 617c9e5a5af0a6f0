/* SPDX-License-Identifier: Apache-2.0 */
/* Two persons at one text: what stands there now beside what was typed, so that neither is lost. */
#ifndef TY_SERVER_CONFLICT_H
#define TY_SERVER_CONFLICT_H

#include "server/internal.h"

/* A hidden field of the form that sends the text once more. */
typedef struct ty_conflict_field {
    const char *name, *value;
} ty_conflict_field;

typedef struct ty_conflict {
    const char *why;          /* a label, or what the library said */
    const char *action;       /* of the form; NULL: there is nothing that it could be sent to */
    const char *back;         /* the page of what stands there */
    ty_slice lang, mine, now; /* mine: empty where nothing was typed */
    ty_slice who;             /* changed it; empty: not known */
    ty_conflict_field fields[6];
    size_t field_count;
} ty_conflict;

/* 409, as a page or as data. */
void ty_reply_conflict(ty_http *http, const ty_conflict *conflict);

#endif
