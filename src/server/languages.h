/* SPDX-License-Identifier: Apache-2.0 */
/* Languages to choose from: English, Japanese, and what else the memory has. */
#ifndef TY_SERVER_LANGUAGES_H
#define TY_SERVER_LANGUAGES_H

#include "server/internal.h"

/* <option>s; `chosen` is one of them also where the memory has nothing in it, and may be empty. */
void ty_languages_put_options(ty_http *http, ty_slice chosen);
/* The fields s and t, where there is another language than these two to choose, or another was chosen. */
void ty_languages_put_pair(ty_http *http);

#endif
