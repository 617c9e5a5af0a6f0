/* SPDX-License-Identifier: Apache-2.0 */
/* One concept of the termbase, for its page and for what is done to it. */
#ifndef TY_SERVER_CONCEPTS_H
#define TY_SERVER_CONCEPTS_H

#include "server/internal.h"

/* The concept of "/concept/KEY": "~" and its number, or its name. Everything lives as long as the request.
 * TY_NO: there is none; TY_ERR_USAGE: several have that name. */
ty_status ty_concept_find(ty_http *http, ty_slice key, ty_concept_info *out);
/* Calls back for each that the key names. TY_NO: there is none. */
ty_status ty_concepts_each(ty_http *http, ty_slice key, void (*each)(void *payload, const ty_concept_info *c),
                           void *payload);
/* The concept in use that has both words, just so, as its terms in these languages; 0: none. *forbidden: one
 * of them is; may be NULL. */
int64_t ty_concept_of_pair(ty_http *http, const ty_term_info pair[2], bool *forbidden);
/* "/concept/~NUMBER": names are what files call their concepts, several of them "c1", or "..". */
const char *ty_concept_address(ty_http *http, int64_t id);
/* Its name, or "#" and its number. */
const char *ty_concept_name(ty_http *http, const ty_concept_info *concept);
/* A number for what is in it, so that a change says what it saw. */
uint64_t ty_concept_seen(const ty_concept_info *concept);

/* Its page; with what was typed and not saved, where `mine` is not NULL: somebody changed it meanwhile. */
void ty_concept_put_page(ty_http *http, const ty_concept_info *concept, const ty_concept_info *mine);
/* Its terms as a table (page_concept.c); the forms that change it and join it with those a word names
 * (concept_form.c). */
void ty_concept_put_terms(ty_http *http, const ty_concept_info *concept);
void ty_concept_put_form(ty_http *http, const ty_concept_info *concept, const ty_concept_info *mine);
void ty_concept_put_others(ty_http *http, const ty_concept_info *concept, ty_slice word);
const char *ty_concept_status_label(int status); /* of a ty_term_status */

#endif
