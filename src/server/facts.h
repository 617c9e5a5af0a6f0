/* SPDX-License-Identifier: Apache-2.0 */
/* Facts of releases, by the names of their origins. */
#ifndef TY_SERVER_FACTS_H
#define TY_SERVER_FACTS_H

#include "server/internal.h"

/* YYYY-MM-DD, or empty where nothing is said. Lives as long as the request. */
ty_slice ty_origin_date(ty_http *http, ty_slice origin);

#endif
