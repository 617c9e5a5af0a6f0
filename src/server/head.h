/* SPDX-License-Identifier: Apache-2.0 */
/* The head of a request: what two readers could read in two ways is refused (RFC 9112). */
#ifndef TY_SERVER_HEAD_H
#define TY_SERVER_HEAD_H

#include "server/internal.h"

/* What it says of its host and length, and what a proxy says of it, counted. */
typedef struct ty_head {
    unsigned hosts, lengths, codings, keys, users, forwarded_hosts, schemes;
    bool chunked; /* or no coding at all */
    bool plain;   /* every byte of it is one of a line as it should be */
} ty_head;

ty_head ty_head_read(const ty_http *http);
/* The status that refuses it; 0: it is clear. */
int ty_head_refusal(const ty_head *head, bool by_proxy);

#endif
