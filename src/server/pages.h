/* SPDX-License-Identifier: Apache-2.0 */
/* Who answers which address (routes.c), a file a page or family of addresses. */
#ifndef TY_SERVER_PAGES_H
#define TY_SERVER_PAGES_H

#include "server/internal.h"

/* assets.c, and what needs no memory */
void ty_answer_health(ty_http *http);
void ty_answer_asset(ty_http *http);
void ty_answer_icon(ty_http *http);
void ty_answer_robots(ty_http *http);
void ty_answer_login(ty_http *http);
void ty_answer_help(ty_http *http);
void ty_answer_about(ty_http *http);

/* looking up */
void ty_answer_desk(ty_http *http);
void ty_answer_concordance(ty_http *http);
void ty_answer_terms(ty_http *http);
void ty_answer_concordance_file(ty_http *http);
void ty_answer_terms_change(ty_http *http);
void ty_answer_concept(ty_http *http);
void ty_answer_concept_change(ty_http *http);

/* working through */
void ty_answer_check(ty_http *http);
void ty_answer_check_change(ty_http *http);
void ty_answer_candidates(ty_http *http);
void ty_answer_candidates_change(ty_http *http);
void ty_answer_settings(ty_http *http);
void ty_answer_settings_change(ty_http *http);

/* review */
void ty_answer_releases(ty_http *http);
void ty_answer_release_facts(ty_http *http);
void ty_answer_release_facts_change(ty_http *http);
void ty_answer_review(ty_http *http);
void ty_answer_since(ty_http *http);
void ty_answer_bulk(ty_http *http);
void ty_answer_release_do(ty_http *http);
void ty_answer_bead(ty_http *http);
/* What awaits review, on the desk. */
void ty_show_waiting(ty_http *http);

void ty_answer_unit(ty_http *http);
void ty_answer_unit_change(ty_http *http);
void ty_answer_changes(ty_http *http);
void ty_answer_changes_feed(ty_http *http);
void ty_answer_changes_undo(ty_http *http);

/* taking in */
void ty_answer_import(ty_http *http);
void ty_answer_upload(ty_http *http);
void ty_answer_import_take(ty_http *http);
/* The place to drop files at, on the desk. */
void ty_show_drop(ty_http *http);

/* CAT tools */
void ty_answer_languages(ty_http *http);
void ty_answer_unit_matches(ty_http *http);
void ty_answer_unit_source(ty_http *http);
void ty_answer_unit_put(ty_http *http);
void ty_answer_translate(ty_http *http);
void ty_answer_export_tmx(ty_http *http);
void ty_answer_export_table(ty_http *http);
void ty_answer_terms_tbx(ty_http *http);
void ty_answer_terms_utx(ty_http *http);
void ty_answer_glossary(ty_http *http);
void ty_answer_export_zip(ty_http *http);
void ty_answer_omegat_zip(ty_http *http);
/* Scripts that keep an OmegaT project in step. */
void ty_answer_script(ty_http *http);

#endif
