/* SPDX-License-Identifier: Apache-2.0 */
/* Addresses of pages that parameters narrow, and forms that come back to them. */
#ifndef TY_SERVER_ADDRESSES_H
#define TY_SERVER_ADDRESSES_H

#include "server/internal.h"

/*
 * "PATH?NAME=VALUE&NAME=VALUE": the parameters of the request that are named in `kept`, which a NULL ends, as
 * far as they say something; `set` has this value instead, or is left out where it is empty. `set` may be
 * NULL. Lives as long as the request.
 */
const char *ty_address_with(ty_http *http, const char *path, const char *const *kept, const char *set,
                            ty_slice value);
/* The same with a number. */
const char *ty_address_with_number(ty_http *http, const char *path, const char *const *kept, const char *set,
                                   int64_t number);
/* The parameters as fields of a form that nobody sees. */
void ty_address_put_fields(ty_http *http, const char *const *kept);

#endif
