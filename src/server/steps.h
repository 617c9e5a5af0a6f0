/* SPDX-License-Identifier: Apache-2.0 */
/* Steps of the memory as rows of a table: when, who, what, where, and a button that takes one back. */
#ifndef TY_SERVER_STEPS_H
#define TY_SERVER_STEPS_H

#include "server/internal.h"

/* The steps that the filter lets through, as a table or, for who asked for data, as members of an array.
 * Where there is none, says so; where there are more than its `max`, leads to those before, and is true. */
bool ty_steps_put(ty_http *http, const ty_step_filter *filter);
/* The last few imports, as a part of a page; nothing where there is none. */
void ty_steps_put_imports(ty_http *http);
/* When the day (YYYY-MM-DD) begins so many minutes east of Greenwich, as a TMX date; NULL where `day` is. */
const char *ty_day_begin(ty_http *http, const char *day, int64_t zone);

#endif
