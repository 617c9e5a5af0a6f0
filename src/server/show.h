/* SPDX-License-Identifier: Apache-2.0 */
/* What was found, as HTML, the same on every page. */
#ifndef TY_SERVER_SHOW_H
#define TY_SERVER_SHOW_H

#include "server/internal.h"

/* With `uses`, how many pairs have it, as long as that is quickly told. */
void ty_show_term(ty_http *http, const ty_term_hit *hit, bool uses);
void ty_show_match(ty_http *http, const ty_match *match);
void ty_show_hit(ty_http *http, const ty_concordance *hit);
/* A term with its status; forbidden ones are marked so that nobody takes them by mistake. */
void ty_show_word(ty_http *http, ty_slice lang, ty_slice term, ty_term_status status);
/* Where a unit comes from, and the way there. */
void ty_show_origin(ty_http *http, int64_t unit, ty_slice origin, float confidence);
/* A TMX date, in UTC; a script sets it to the reader's zone. */
void ty_show_time(ty_http *http, ty_slice at);
/* A button that copies a text; nothing without scripts. */
void ty_show_copy(ty_http *http, ty_slice text);
/* Whose words the marks and ties stand on: EDICT's licence wants it where they are shown. */
void ty_show_licence(ty_http *http);

#endif
