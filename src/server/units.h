/* SPDX-License-Identifier: Apache-2.0 */
/* A pair of the memory by its number, as its page and its forms have it. */
#ifndef TY_SERVER_UNITS_H
#define TY_SERVER_UNITS_H

#include "server/internal.h"

/* The number in the address; 0: it is none. */
int64_t ty_http_unit(const ty_http *http);
/* Of what a reader sees of it: another number once its texts, or whether it is confirmed, are others. */
uint64_t ty_http_unit_seen(const ty_unit_info *unit);

/* A pair that a change stands on: it does nothing where that is not as it was read. */
typedef struct ty_unit_premise {
    ty_http *http;
    int64_t id;
    uint64_t seen; /* as it was read */
    uint64_t now;
    bool stale; /* it was not so any more */
} ty_unit_premise;
/* Reads the pair, and lets the memory's next change stand on it. TY_NO: there is none. */
ty_status ty_unit_premise_set(ty_http *http, int64_t id, ty_unit_premise *out);

#endif
