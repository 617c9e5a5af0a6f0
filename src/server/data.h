/* SPDX-License-Identifier: Apache-2.0 */
/* What was found, as data. */
#ifndef TY_SERVER_DATA_H
#define TY_SERVER_DATA_H

#include "server/internal.h"

/* As members of an array. */
void ty_put_match(ty_http *http, const ty_match *match);
void ty_put_term(ty_http *http, const ty_term_hit *hit);
void ty_put_hit(ty_http *http, const ty_concordance *hit);

const char *ty_term_status_word(ty_term_status status);
const char *ty_match_kind_word(ty_match_kind kind);

#endif
