/* SPDX-License-Identifier: Apache-2.0 */
/* A pair of the memory by its number, as its page and its forms have it. */
#ifndef TY_SERVER_UNITS_H
#define TY_SERVER_UNITS_H

#include "server/internal.h"

/* The number in the address; 0: it is none. */
int64_t ty_http_unit(const ty_http *http);
/* Of what a reader sees of it: another number once its texts, or whether it is confirmed, are others. */
uint64_t ty_http_unit_seen(const ty_unit_info *unit);

#endif
