/* SPDX-License-Identifier: Apache-2.0 */
/*
 * present - one voice: how each public struct of taiyaku.h is said, as JSON and as text.
 *
 * Program, server and bindings of any kind say the same thing the same way because they say it here. Knows
 * taiyaku.h and base, nothing else of the house.
 *
 * JSON is one object a line, UTF-8, the same in every locale. Keys may be added; none is renamed, removed or
 * changes its type within a version of TY_PRESENT_VERSION (docs/json.md lists them). Text is for people and
 * for tables: a line never has a control character in it.
 */
#ifndef TY_PRESENT_H
#define TY_PRESENT_H

#include "base/base.h"

/* Words in the reader's language; N_ marks those of a table, to be looked up when they are said. */
#define _(words) ty_words(words)
#define N_(words) words

#define TY_PRESENT_VERSION 1 /* of the keys of JSON */

/* Where and how to say something. Everything is appended to `out`, whose sticky failure is checked by the
 * caller. */
typedef struct ty_present {
    ty_buffer *out;
    bool json;
    bool color; /* of text: hits are between TY_MARK_ON and TY_MARK_OFF, which an output makes stand out */
} ty_present;

/* ------------------------------------------------------------------------------------------ JSON */

/*
 * Members in order; commas come by themselves. `name` is a literal of ours, or NULL within an array. A line
 * is an object: begin ... end.
 */
void ty_json_begin(ty_buffer *json);
void ty_json_end(ty_buffer *json);
void ty_json_open(ty_buffer *json, const char *name, char bracket); /* '[' or '{' */
void ty_json_close(ty_buffer *json, char bracket);                  /* ']' or '}' */
void ty_json_text(ty_buffer *json, const char *name, ty_slice value);
void ty_json_string(ty_buffer *json, const char *name, const char *value);
void ty_json_number(ty_buffer *json, const char *name, double value);
void ty_json_integer(ty_buffer *json, const char *name, int64_t value);
void ty_json_bool(ty_buffer *json, const char *name, bool value);
/* Left out where there is nothing to say. */
void ty_json_text_if(ty_buffer *json, const char *name, ty_slice value);

/* The member "concept": its id, or "#12" for one of our own, which has only a number. */
void ty_json_concept(ty_buffer *json, ty_slice id, int64_t number);

/* ------------------------------------------------------------------------------------------ text */

/* A field of a line or table: control characters, tabs and line ends among them, are blanks. */
void ty_present_field(const ty_present *p, ty_slice text);
/* The same with the spans marked, where there is colour. */
void ty_present_marked(const ty_present *p, ty_slice text, const ty_span *spans, size_t count);
/* Fields with tabs between them, and the end of the line. */
void ty_present_row(const ty_present *p, const ty_slice *fields, size_t count);
/* The names of a list's columns, with tabs between them; of JSON nothing. New ones only at the end. */
void ty_present_columns(const ty_present *p, const char *names);

/* On a new line, behind `margin`: title, day and address of a release, as far as one of title and address is
 * known. */
void ty_present_release_line(const ty_present *p, const char *margin, ty_slice title, ty_slice date,
                             ty_slice url);

/* Names of enumerations, as JSON and text have them. */
const char *ty_present_match_kind(ty_match_kind kind);
const char *ty_present_term_status(ty_term_status status); /* "" where nothing is known */
/* Which units an export takes, by its name: "all", "confirmed", "unconfirmed", "doubtful"; false for others.
 */
bool ty_present_trust_of(ty_slice name, ty_trust *out);
const char *ty_present_rendering_kind(ty_rendering_kind kind);
const char *ty_present_severity(ty_severity severity);

/* ------------------------------------------------------------------------------------------ texts */

/* A sentence on one line; as JSON as it stands at its place in the text. */
void ty_present_sentence(const ty_present *p, ty_slice line, ty_slice sentence, ty_sentence place);
/* What a document says of itself, a line each. */
void ty_present_text_facts(const ty_present *p, const ty_text *text);
/* All of a text, a paragraph a line; as JSON with its facts. */
void ty_present_text(const ty_present *p, const ty_text *text);

/* The ways to write a bead: as JSON, or in text as TSV (confidence, source, target) or by numbers, `i,j:k`.
 */
void ty_present_bead(const ty_present *p, ty_bitext *bitext, size_t number);
void ty_present_bead_numbers(const ty_present *p, ty_bitext *bitext, size_t number);
/* The header of the table of beads. */
void ty_present_beads_header(const ty_present *p);

/* ------------------------------------------------------------------------------------------ look-ups */

/* A query and its answers: begin, matches, then pieces if any were asked for (begin, pieces, end), end. */
void ty_present_matches_begin(const ty_present *p, ty_slice query);
void ty_present_match(const ty_present *p, ty_slice query, const ty_match *match,
                      const ty_difference_list *list);
/* `more`: how many there was no room for. */
void ty_present_matches_end(const ty_present *p, size_t more);
/* Where there are several queries, so that an answer says whose it is: nothing in JSON, which says it anyway.
 */
void ty_present_query(const ty_present *p, ty_slice query);
/* In the place of matches and pieces. */
void ty_present_no_match(const ty_present *p);
void ty_present_pieces_begin(const ty_present *p);
void ty_present_piece(const ty_present *p, ty_slice query, const ty_piece *piece);
void ty_present_pieces_end(const ty_present *p);
/* In the place of pieces: the query cannot be looked up, of a batch. */
void ty_present_query_refused(const ty_present *p, const ty_error *error);
void ty_present_query_end(const ty_present *p);

/* Hit `number` as one line of text of `width` columns, in the middle of what stands around it; of JSON
 * nothing. */
void ty_present_kwic(const ty_present *p, const ty_concordance *hit, size_t number, size_t width);
void ty_present_concordance(const ty_present *p, const ty_concordance *hit);

/* ------------------------------------------------------------------------------------------ terms */

/* Where something stands in a text, both from 1; columns are code points. */
typedef struct ty_place {
    size_t line, column;
} ty_place;

/* The headers of lists of concepts, renderings and candidates. */
void ty_present_terms_header(const ty_present *p);
void ty_present_renderings_header(const ty_present *p);
void ty_present_term_pairs_header(const ty_present *p);
/* A concept found in `text`; data NULL where it was looked up or listed. `place` may be NULL. */
void ty_present_term_hit(const ty_present *p, ty_slice text, const ty_place *place, const ty_term_hit *hit);
/* One of several concepts that were looked up by one name: with what tells it from the others. */
void ty_present_alike_hit(const ty_present *p, const ty_term_hit *hit);
/* A concept that was added: the counts of an import, with its number. JSON only. */
void ty_present_term_added(const ty_present *p, const char *term, const ty_counts *counts, int64_t id);
void ty_present_rendering(const ty_present *p, const ty_term_rendering *found);
void ty_present_term_pair(const ty_present *p, const ty_term_pair *candidate);
void ty_present_check(const ty_present *p, const ty_check *found);

/* ------------------------------------------------------------------------------------------ what is in it */

/* Lists are tables with a header, new columns only at the end. */
void ty_present_unit(const ty_present *p, const ty_unit_info *unit);
void ty_present_origins_header(const ty_present *p);
void ty_present_origin(const ty_present *p, const ty_origin_info *origin);
void ty_present_releases_header(const ty_present *p);
void ty_present_release_info(const ty_present *p, const ty_release_info *release);
void ty_present_concept(const ty_present *p, const ty_concept_info *concept);

/* ------------------------------------------------------------------------------------------ review */

/* Above the beads of a release, in text: how many there are, confirmed, doubtful. */
void ty_present_review_head(const ty_present *p, const ty_review *review);
void ty_present_review_bead(const ty_present *p, const ty_review *review, size_t place);
/* What a confirmation in bulk came to: the units, and how many beads were left out for what. */
void ty_present_confirmed(const ty_present *p, const int64_t *units, size_t count,
                          const uint64_t left[TY_BULK_COUNT]);

/* ------------------------------------------------------------------------------------------ summaries */

/* What an import of the file did. */
/* A file that was written, under the name of what it is: "backup". */
/* A backup took the memory's place, which is `kept` under another name ("": there was none). */
void ty_present_put_back(const ty_present *p, const char *backup, const char *kept);
void ty_present_file(const ty_present *p, const char *what, const char *path);
void ty_present_counts(const ty_present *p, const char *file, const ty_counts *counts);
/* One of many releases: what it came to, or (counts NULL) why it failed. */
void ty_present_release(const ty_present *p, const ty_file_pair *pair, const ty_counts *counts,
                        const char *failure);
/* Releases that have something in common: a name (a release's, "2018-09", an agency's; may be empty), and
 * figures. */
typedef struct ty_release_tally {
    ty_slice name;
    uint64_t releases, pairs, confirmed,
        unpaired; /* confirmed: beads, pairs or not; unpaired: beads of one side */
} ty_release_tally;
/* A row each below a header, or an object each with the name under the key `by`. */
void ty_present_tally(const ty_present *p, const char *by, const ty_release_tally *groups, size_t count);
/* A bar each: what is confirmed, then the rest. */
void ty_present_tally_bars(const ty_present *p, const ty_release_tally *groups, size_t count);
/* The same as a picture. */
void ty_present_tally_svg(ty_buffer *out, const char *by, const ty_release_tally *groups, size_t count);

/* A line of a list of pairs that were aligned: source, target and output (NULL where the line has none), and
 * what came of it, "ok" or a reason. JSON only. */
void ty_present_aligned(const ty_present *p, size_t line, const char *const paths[3], const char *status,
                        const char *message);
/* A document that has no partner. */
void ty_present_alone(const ty_present *p, const char *path);
typedef struct ty_many_imported {
    uint64_t releases, known, units, failed, alone;
} ty_many_imported;
void ty_present_many_imported(const ty_present *p, const ty_many_imported *all);
/* Its sum as one line of text, without its end. */
void ty_present_many_words(ty_buffer *out, const ty_many_imported *all);
/* Of a release that was aligned: languages, encodings, pairs, what is alone or doubtful. */
void ty_present_sides(const ty_present *p, const ty_counts *counts);
void ty_present_sides_json(ty_buffer *json, const ty_counts *counts);
/* "name", "content", ... */
const char *ty_pair_ground_name(ty_pair_ground ground);

/* A row of the report of many imports; pair.target NULL: the document has no partner. */
typedef struct ty_import_row {
    ty_file_pair pair;
    ty_counts counts;
    const char *failure; /* NULL: it went in */
} ty_import_row;
/* As a page: what needs eyes, then the rest. */
void ty_present_import_report(ty_buffer *out, const ty_import_row *rows, size_t count,
                              const ty_many_imported *all);
void ty_present_pretranslated(const ty_present *p, const ty_pretranslate_counts *counts);
/* What was done to how many units: {"confirmed":2,"units":[7,8]} or "2 confirmed". `units` may be NULL. */
void ty_present_changed(const ty_present *p, const char *what, const int64_t *units, size_t count);
/* A unit that was cut in two. */
void ty_present_split(const ty_present *p, int64_t unit, int64_t new_unit);
void ty_present_steps_header(const ty_present *p);
/* A step of the past; one that was taken back, with how many units and concepts it touched. */
void ty_present_step(const ty_present *p, const ty_step *step);
/* The same of a unit or a concept, with what it was before. */
void ty_present_past_header(const ty_present *p);
void ty_present_past(const ty_present *p, const ty_past *past);
void ty_present_restored(const ty_present *p, const ty_step *step, bool redo);
/* A file that was written, or "" for standard output, and what is in it. */
void ty_present_written(const ty_present *p, const char *what, uint64_t count, const char *file);
void ty_present_lint_finding(const ty_present *p, const char *file, const ty_lint_finding *finding);
/* What a check of files came to: how many, and how many things were found wrong in them. */
void ty_present_linted(const ty_present *p, uint64_t files, uint64_t findings);
void ty_present_verify_finding(const ty_present *p, const char *finding);
void ty_present_verified(const ty_present *p, const char *memory, uint64_t findings);

/* A memory that was brought up to date, or tried; `from` is `to` where there was nothing to do. */
typedef struct ty_migrated {
    bool dry_run;
    int from, to;
    const char *kept; /* where it is as it was; "" for nowhere */
} ty_migrated;
void ty_present_migrated(const ty_present *p, const ty_migrated *done);

/* A setting that holds, and where it comes from. */
void ty_present_setting(const ty_present *p, const char *key, const char *value, const char *from);
/* What a memory holds. */
void ty_present_figures(const ty_present *p, const ty_figures *figures);
/* Of library, keys of JSON, and memory file. */
void ty_present_versions(const ty_present *p);

/* ------------------------------------------------------------------------------------------ messages */

/* {"error":{...}}, or "FILE:LINE: unit N: MESSAGE". */
void ty_present_error(const ty_present *p, const ty_error *error);
/* The same of a notice, in text with "warning: ", "note: " or "rejected: ", and its rule. */
void ty_present_notice(const ty_present *p, const ty_notice *notice);

/* ------------------------------------------------------------------------------------------ quality */

void ty_present_fault(const ty_present *p, const ty_fault *fault);
void ty_present_checked(const ty_present *p, uint64_t faults);
void ty_present_accepted_header(const ty_present *p);
void ty_present_accepted(const ty_present *p, const ty_accepted_info *accepted);
void ty_present_analysis(const ty_present *p, const ty_analysis *analysis);

#endif
