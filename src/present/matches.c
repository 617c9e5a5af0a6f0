/* SPDX-License-Identifier: Apache-2.0 */
/* Matches: what they are, where they differ from the query, and what they are worth less for. */
#include <stdlib.h>

#include "present/present.h"

void ty_present_matches_begin(const ty_present *p, ty_slice query)
{
    if (!p->json)
        return;
    ty_json_begin(p->out);
    ty_json_text(p->out, "query", query);
    ty_json_open(p->out, "matches", '[');
}

void ty_present_query(const ty_present *p, ty_slice query)
{
    if (!p->json)
        ty_present_row(p, &query, 1);
}

void ty_present_no_match(const ty_present *p)
{
    if (!p->json)
        ty_buffer_add_string(p->out, _("     no match\n"));
}

void ty_present_matches_end(const ty_present *p, size_t more)
{
    if (p->json) {
        ty_json_close(p->out, ']');
        ty_json_integer(p->out, "more", (int64_t)more);
    } else if (more)
        ty_buffer_add_format(p->out, _("     %zu more; --max=N shows them\n"), more);
}

void ty_present_query_refused(const ty_present *p, const ty_error *error)
{
    if (p->json)
        ty_json_string(p->out, "not_looked_up", error->message);
    else
        ty_buffer_add_format(p->out, _("not looked up: %s\n"), error->message);
}

void ty_present_query_end(const ty_present *p)
{
    if (p->json)
        ty_json_end(p->out);
}

/* What differs where no word does; NULL for the rest. */
static const char *form_of(int score)
{
    return score == 99                  ? N_("white space")
           : score == 97 || score == 98 ? N_("form")
           : score == 95 || score == 96 ? N_("numbers")
                                        : NULL;
}

/* ------------------------------------------------------------------------------------------ JSON */

static void json_differs(ty_buffer *json, const ty_match *match, const ty_difference_list *list)
{
    const char *form = form_of(match->score);
    const char *const names[] = {form, "negation", "opposite", "name"};
    const bool there[] = {form != NULL, list->negation, list->opposite, list->name};
    ty_json_open(json, "differs", '[');
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (there[i])
            ty_json_string(json, NULL, names[i]);
    ty_json_close(json, ']');
    ty_json_open(json, "differences", '[');
    for (size_t i = 0; i < list->count; i++) {
        const ty_difference *at = &list->items[i];
        ty_json_open(json, NULL, '{');
        ty_json_integer(json, "query_start", (int64_t)at->query.start);
        ty_json_integer(json, "query_end", (int64_t)at->query.end);
        ty_json_integer(json, "source_start", (int64_t)at->source.start);
        ty_json_integer(json, "source_end", (int64_t)at->source.end);
        ty_json_close(json, '}');
    }
    ty_json_close(json, ']');
}

/* How often, since when, and whether a person stands for it. */
static void json_standing(ty_buffer *json, const ty_match *match)
{
    ty_json_text(json, "date", match->date);
    ty_json_bool(json, "confirmed", match->confirmed);
    ty_json_integer(json, "count", (int64_t)match->count);
    ty_json_open(json, "years", '[');
    if (match->first_year) {
        ty_json_integer(json, NULL, match->first_year);
        ty_json_integer(json, NULL, match->last_year);
    }
    ty_json_close(json, ']');
}

static void json_penalties(ty_buffer *json, const ty_match *match)
{
    ty_json_open(json, "penalties", '{');
    for (size_t i = 0; i < match->penalty_count; i++)
        ty_json_integer(json, ty_penalty_kind_name(match->penalties[i].kind), match->penalties[i].points);
    ty_json_close(json, '}');
}

static void json_match(ty_buffer *json, const ty_match *match, const ty_difference_list *list)
{
    ty_json_open(json, NULL, '{');
    ty_json_integer(json, "score", match->score);
    ty_json_number(json, "similarity", match->similarity);
    ty_json_string(json, "kind", ty_present_match_kind(match->kind));
    ty_json_text(json, "source", match->source);
    ty_json_text(json, "target", match->target);
    ty_json_text_if(json, "adapted", match->adapted);
    ty_json_text(json, "source_lang", match->source_lang);
    ty_json_text(json, "target_lang", match->target_lang);
    ty_json_integer(json, "unit", match->unit);
    ty_json_text(json, "origin", match->origin);
    json_penalties(json, match);
    ty_json_text(json, "title", match->title);
    ty_json_text(json, "url", match->url);
    json_standing(json, match);
    json_differs(json, match, list);
    ty_json_close(json, '}');
}

/* ------------------------------------------------------------------------------------------ text */

/* Without colours a reader has only words to see a difference by. */
static void add_differences(const ty_present *p, ty_slice query, const ty_match *match,
                            const ty_difference_list *list)
{
    enum { MOST = 5 };
    for (size_t i = 0; i < list->count && i < MOST; i++) {
        ty_slice mine = ty_slice_sub(query, list->items[i].query.start, list->items[i].query.end);
        ty_slice theirs = ty_slice_sub(match->source, list->items[i].source.start, list->items[i].source.end);
        ty_buffer_add_string(p->out, i ? "; " : _("\n     differs: "));
        ty_present_field(p, theirs);
        ty_buffer_add_string(p->out, !theirs.size ? _("no ") : mine.size ? _(" for ") : _(" more"));
        ty_present_field(p, mine);
    }
    if (list->count > MOST)
        ty_buffer_add_string(p->out, "; ...");
}

static void add_warnings(ty_buffer *out, const ty_difference_list *list)
{
    const char *const names[] = {N_("negation"), N_("opposite"), N_("name")};
    const bool there[] = {list->negation, list->opposite, list->name};
    bool any = false;
    for (size_t i = 0; i < 3; i++) {
        if (there[i])
            ty_buffer_add_format(out, "%s%s", any ? _(", ") : _("\n     mind the "), _(names[i]));
        any |= there[i];
    }
}

static void add_source(const ty_present *p, const ty_match *match, const ty_difference_list *list)
{
    ty_span *spans = calloc(list->count + 1, sizeof *spans);
    for (size_t i = 0; spans && i < list->count; i++)
        spans[i] = list->items[i].source;
    ty_buffer_add_format(p->out, "%d%% ", match->score);
    ty_present_marked(p, match->source, spans, spans ? list->count : 0);
    free(spans);
}

static void add_standing(const ty_present *p, const ty_match *match)
{
    ty_buffer_add_format(p->out, "\n     %s", _(ty_present_match_kind(match->kind)));
    if (form_of(match->score))
        ty_buffer_add_format(p->out, _(", differs in %s only"), _(form_of(match->score)));
    if (match->confirmed)
        ty_buffer_add_string(p->out, _(", confirmed"));
    if (match->count > 1)
        ty_buffer_add_format(p->out, _(", %zu times"), match->count);
    if (match->count > 1 && match->first_year != match->last_year)
        ty_buffer_add_format(p->out, _(" from %d to %d"), match->first_year, match->last_year);
    ty_buffer_add_format(p->out, _(", unit %lld"), (long long)match->unit);
    if (match->origin.size) {
        ty_buffer_add_string(p->out, _(", "));
        ty_present_field(p, match->origin);
    }
    ty_present_release_line(p, "     ", match->title, match->date, match->url);
    for (size_t i = 0; i < match->penalty_count; i++)
        ty_buffer_add_format(p->out, "%s%s -%d", i ? _(", ") : _("\n     penalties: "),
                             ty_penalty_kind_name(match->penalties[i].kind), match->penalties[i].points);
}

void ty_present_match(const ty_present *p, ty_slice query, const ty_match *match,
                      const ty_difference_list *list)
{
    if (p->json) {
        json_match(p->out, match, list);
        return;
    }
    add_source(p, match, list);
    ty_buffer_add_string(p->out, "\n     ");
    ty_present_field(p, match->target);
    if (match->adapted.size) {
        ty_buffer_add_string(p->out, _("\n     numbers adapted: "));
        ty_present_field(p, match->adapted);
    }
    add_standing(p, match);
    add_differences(p, query, match, list);
    add_warnings(p->out, list);
    ty_buffer_add_char(p->out, '\n');
}
