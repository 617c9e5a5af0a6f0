/* SPDX-License-Identifier: Apache-2.0 */
/* Releases of the memory, as pages see them. */
#ifndef TY_SERVER_RELEASES_H
#define TY_SERVER_RELEASES_H

#include "server/rows.h"

/* The rows of the release whose address ends with `key` ("12-joint-statement", "12"); everything lives as
 * long as the request. TY_NO: there is none. */
ty_status ty_release_rows(ty_http *http, ty_slice key, ty_review_rows *out);
/* The number in such an address, which is what counts; what follows is for people. */
int64_t ty_release_number(ty_slice key);
/* "/release/12-joint-statement". */
const char *ty_release_address(ty_http *http, const ty_review_rows *rows);
/* The title in the reader's language where it has one there, and which side that is. */
ty_slice ty_release_title(ty_http *http, const ty_review_rows *rows);
int ty_release_title_side(const ty_http *http, const ty_review_rows *rows);
/* The releases before and behind it in the order of work; 0: none. */
void ty_release_neighbours(ty_http *http, int64_t origin, int64_t *previous, int64_t *next);
/* http or https: only such an address becomes a link. */
bool ty_is_web_address(ty_slice address);
/* A day of the calendar as YYYY-MM-DD, or nothing. */
bool ty_is_day_or_empty(ty_slice text);
/* The members "version", "order", "rows", "current" and "counts" of what changed after a version. */
void ty_review_put_changes(ty_http *http, const ty_review_rows *rows, uint64_t since, int64_t current);
/* The version that a page saw, as far as it is one of this memory: of a copy that went another way, or of a
 * future that was taken back with a backup, the oldest there is. 0 stays 0: the page does not say. */
uint64_t ty_release_version_of(ty_http *http, uint64_t version);
/* A bead as data (page_review.c). */
void ty_review_put_bead(ty_http *http, const ty_review_row *row);
/* "12 of 30 confirmed" and what goes with it; the words at the end of the release (page_review.c). */
void ty_review_put_counts(ty_http *http, const ty_review_rows *rows);
void ty_review_put_end(ty_http *http, const ty_review_rows *rows);

#endif
