/* SPDX-License-Identifier: Apache-2.0 */
/* Facts of releases, by the names of their origins. What they tell lives as long as the request. */
#ifndef TY_SERVER_FACTS_H
#define TY_SERVER_FACTS_H

#include "server/internal.h"

/* Number, title and date of a release; NULL where the origin is none. */
const ty_release_info *ty_facts_of(ty_http *http, ty_slice origin);
const ty_release_info *ty_facts_of_id(ty_http *http, int64_t origin);
/* YYYY-MM-DD, or empty where nothing is said. */
ty_slice ty_origin_date(ty_http *http, ty_slice origin);

#endif
