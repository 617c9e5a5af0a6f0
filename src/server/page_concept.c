/* SPDX-License-Identifier: Apache-2.0 */
/* A concept: its terms, how the memory renders them, and what became of it. */
#include "server/concepts.h"
#include "server/hits.h"
#include "server/pages.h"
#include "server/plot.h"
#include "server/releases.h"
#include "server/show.h"
#include "server/steps.h"

enum { EXAMPLES = 6, PLOTS = 3, LOOKED_AT = 500, STEPS = 50 };

/* ------------------------------------------------------------------------------------------ terms */

static void put_source(ty_http *http, ty_slice source)
{
    if (ty_is_web_address(source))
        ty_html(&http->page, "<a rel=\"noopener noreferrer\" href=\"$t\">{Source}</a>", source);
    else
        ty_html(&http->page, "$t", source);
}

static void put_term(ty_http *http, const ty_term_info *term)
{
    const ty_page *page = &http->page;
    ty_buffer address = {0};
    ty_percent_encode(&address, term->text);
    ty_html(page, "<tr><td class=\"mute\">$s</td><td>", ty_language_label(http, term->lang));
    ty_html_in(page, term->status == TY_TERM_FORBIDDEN ? "span" : "b", term->lang, term->text);
    ty_html(
        page,
        "</td><td><span class=\"tag$s\">$s</span></td><td>$t</td><td class=\"small wide\" dir=\"auto\">$t ",
        term->status == TY_TERM_FORBIDDEN  ? " bad"
        : term->status == TY_TERM_APPROVED ? " ok"
                                           : "",
        ty_label(page->ui, ty_concept_status_label(term->status)), term->organisation, term->note);
    put_source(http, term->source);
    ty_html(page, "</td><td><a href=\"/concordance?q=$t\">{Uses}</a></td></tr>\n", ty_buffer_slice(&address));
    ty_buffer_release(&address);
}

void ty_concept_put_terms(ty_http *http, const ty_concept_info *c)
{
    ty_html(&http->page,
            "<section class=\"card\"><table><thead><tr><th scope=\"col\">{Language}</th><th "
            "scope=\"col\">{Term}</th>"
            "<th scope=\"col\">{Status}</th><th scope=\"col\">{Organisation}</th><th scope=\"col\" "
            "class=\"wide\">{Note}</th><th scope=\"col\">{Uses}</th></tr></thead><tbody>\n");
    for (size_t i = 0; i < c->term_count; i++)
        put_term(http, &c->terms[i]);
    ty_html(&http->page, "</tbody></table></section>\n");
}

/* ------------------------------------------------------------------------------------------ in the memory */

static bool is_rendering(const ty_hit *hit, ty_slice text)
{
    return ty_slice_equal_nocase(ty_hit_rendering(hit), text);
}

/* How often, when, and where it stands so for the first time. */
static void put_rendering(ty_http *http, const ty_hits *hits, const ty_rendering_count *r)
{
    const ty_page *page = &http->page;
    const ty_hit *first = hits->items;
    while (!is_rendering(first, r->text))
        first++;
    ty_html(page, "<div class=\"hit\"><p>");
    if (r->text.size)
        ty_html_in(page, "b", r->lang, r->text);
    else
        ty_html(page, "<b>{otherwise}</b>");
    ty_html(page, " <span class=\"num mute\">{$d×}", r->count);
    if (r->first)
        ty_html(page, r->first == r->last ? " · $d" : " · $d–$d", (int64_t)r->first, (int64_t)r->last);
    ty_html(page, "</span></p>\n<p class=\"small\"");
    ty_html_lang(page, first->lang);
    ty_html(page, ">");
    ty_html_marked(page, first->text, &first->at, first->at.end ? 1 : 0, NULL);
    ty_html(page, "</p><p class=\"small\"");
    ty_html_lang(page, first->other_lang);
    ty_html(page, ">");
    ty_html_marked(page, first->other, &first->other_at, first->other_at.end ? 1 : 0, "eq");
    ty_html(page, "</p><div class=\"meta\">");
    ty_show_origin(http, first->unit, first->origin, -1);
    ty_html(page, "</div></div>\n");
}

static void put_years(ty_http *http, const ty_hits *hits, const ty_rendering_count *r)
{
    ty_year_counts years = {0};
    char *title = ty_http_copy(http, r->text);
    for (size_t i = 0; i < hits->count; i++)
        if (is_rendering(&hits->items[i], r->text))
            ty_years_add(&years, ty_hit_year(&hits->items[i]), 1);
    if (!years.first || !title)
        return;
    ty_html(&http->page, "<section class=\"card\"><h3>");
    ty_html_in(&http->page, "span", r->lang, r->text);
    ty_html(&http->page, "</h3>");
    ty_plot_years(http, title, &years);
    ty_html(&http->page, "</section>");
}

/* By the index of the memory: its newest uses, not all of a million units. */
static void put_renderings(ty_http *http, const ty_term_info *term)
{
    ty_hits_rest rest;
    ty_hits hits = {0};
    ty_rendering_counts counts = {0};
    ty_hit_filter filter = {.query = term->text, .lang = ty_http_copy(http, term->lang), .most = LOOKED_AT};
    ty_status status = ty_hits_find(http, &filter, &hits, &rest);
    if (status == TY_OK && hits.count && ty_hits_renderings(&hits, &counts)) {
        ty_html(&http->page, "<section><h2>{How the memory renders it}</h2>\n<div class=\"grid3\">");
        for (size_t i = 0; i < counts.count && i < PLOTS; i++)
            if (counts.items[i].text.size)
                put_years(http, &hits, &counts.items[i]);
        ty_html(&http->page, "</div>\n");
        for (size_t i = 0; i < counts.count && i < EXAMPLES; i++)
            put_rendering(http, &hits, &counts.items[i]);
        ty_show_licence(http);
        ty_html(&http->page, "</section>\n");
    }
    ty_vector_release(&hits);
    ty_vector_release(&counts);
}

/* ------------------------------------------------------------------------------------------ the page */

/* Taken out, or joined with another: what changed it can be taken back below. */
static void put_gone(ty_http *http, const ty_concept_info *c)
{
    ty_slice to = c->went_to;
    ty_concept_info heir;
    if (ty_slice_equal(to, TY_SLICE("-"))) {
        ty_html(&http->page, "<p class=\"notice bad\">{This concept is out of use.}</p>\n");
        return;
    }
    char *key = ty_http_copy(http, to);
    if (key && key[0] == '#')
        key[0] = '~';
    ty_html(&http->page, "<p class=\"notice bad\">{This concept is out of use. In its place stands} ");
    if (ty_concept_find(http, ty_slice_of(key), &heir) == TY_OK)
        ty_html(&http->page, "<a href=\"$s\">$t</a></p>\n", ty_concept_address(http, heir.id), to);
    else
        ty_html(&http->page, "$t</p>\n", to);
}

void ty_concept_put_page(ty_http *http, const ty_concept_info *c, const ty_concept_info *mine)
{
    const ty_page *page = &http->page;
    const ty_term_info *first = &c->terms[0];
    ty_slice with = ty_slice_trim(ty_http_param(http, "with"));
    ty_page_begin(http, first->text, "terms");
    ty_html(page, "<div class=\"row\"><h1");
    ty_html_lang(page, first->lang);
    ty_html(page, ">$t</h1>", first->text);
    const ty_slice tags[] = {c->name, c->subject, c->origin_name};
    for (size_t i = 0; i < 3; i++)
        if (tags[i].size)
            ty_html(page, "<span class=\"tag\" dir=\"auto\">$t</span>", tags[i]);
    put_source(http, c->source);
    ty_html(page, "</div>\n");
    if (mine)
        ty_html(page, "<p class=\"notice bad\">{Somebody changed this concept meanwhile; here it is as it is "
                      "now.}</p>\n");
    if (c->definition.size)
        ty_html(page, "<p dir=\"auto\">$t</p>", c->definition);
    if (c->note.size)
        ty_html(page, "<p class=\"mute\" dir=\"auto\">$t</p>", c->note);
    ty_concept_put_terms(http, c);
    if (c->went_to.size)
        put_gone(http, c);
    if (mine || (!c->went_to.size && http->who.role >= TY_ROLE_EDIT && !with.size))
        ty_concept_put_form(http, c, mine);
    else if (!c->went_to.size && http->who.role >= TY_ROLE_EDIT)
        ty_concept_put_others(http, c, with);
    put_renderings(http, first);
    ty_html(page, "<h2>{History}</h2>\n");
    ty_steps_put(http, &(ty_step_filter){.concept = c->id, .max = STEPS});
    ty_page_end(http);
}

static void put_fields(ty_http *http, const ty_concept_info *c)
{
    ty_buffer *json = &http->reply;
    ty_json_text(json, "concept", c->name);
    ty_json_integer(json, "number", c->id);
    ty_json_text_if(json, "kind", c->kind);
    ty_json_text_if(json, "relation", c->relation);
    ty_json_text_if(json, "went_to", c->went_to);
    if (c->edited)
        ty_json_bool(json, "edited", true);
    ty_json_text(json, "subject", c->subject);
    ty_json_text(json, "definition", c->definition);
    ty_json_text(json, "note", c->note);
    ty_json_text(json, "source", c->source);
    ty_json_open(json, "terms", '[');
    for (size_t i = 0; i < c->term_count; i++) {
        ty_json_open(json, NULL, '{');
        ty_json_text(json, "lang", c->terms[i].lang);
        ty_json_text(json, "term", c->terms[i].text);
        ty_json_text(json, "status", ty_slice_of(ty_present_term_status(c->terms[i].status)));
        ty_json_text(json, "organisation", c->terms[i].organisation);
        ty_json_text(json, "note", c->terms[i].note);
        ty_json_text_if(json, "source", c->terms[i].source);
        ty_json_text_if(json, "date", c->terms[i].date);
        ty_json_close(json, '}');
    }
    ty_json_close(json, ']');
}

static void put_data(ty_http *http, const ty_concept_info *c)
{
    ty_data_begin(http);
    put_fields(http, c);
    ty_json_open(&http->reply, "history", '[');
    bool more = ty_steps_put(http, &(ty_step_filter){.concept = c->id, .max = STEPS});
    ty_json_close(&http->reply, ']');
    ty_json_bool(&http->reply, "more", more); /* of its history, under /changes.json */
    ty_data_end(http);
}

/* ------------------------------------------------------------------------------------------ several */

static void put_one_of_several(void *payload, const ty_concept_info *c)
{
    ty_http *http = payload;
    if (http->json) {
        ty_json_open(&http->reply, NULL, '{');
        put_fields(http, c);
        ty_json_close(&http->reply, '}');
        return;
    }
    ty_html(&http->page, "<h2><a href=\"$s\">", ty_concept_address(http, c->id));
    if (c->term_count)
        ty_html_in(&http->page, "span", c->terms[0].lang, c->terms[0].text);
    ty_html(&http->page,
            "</a> <span class=\"tag\">#$d</span> <span class=\"tag\" dir=\"auto\">$t</span></h2>\n", c->id,
            c->origin_name);
    ty_concept_put_terms(http, c);
}

/* Two files may number their concepts alike: a name says no more than which they are. */
static void put_several(ty_http *http)
{
    http->status = 300;
    if (http->json) {
        ty_data_begin(http);
        ty_json_open(&http->reply, "concepts", '[');
        ty_http_need(http, ty_concepts_each(http, http->arguments[0], put_one_of_several, http));
        ty_json_close(&http->reply, ']');
        ty_data_end(http);
        return;
    }
    ty_page_begin(http, http->arguments[0], "terms");
    ty_html(&http->page, "<h1>$t</h1>\n<p class=\"mute\">{Several concepts have this name.}</p>\n",
            http->arguments[0]);
    ty_http_need(http, ty_concepts_each(http, http->arguments[0], put_one_of_several, http));
    ty_page_end(http);
}

void ty_answer_concept(ty_http *http)
{
    ty_concept_info concept;
    ty_status status = ty_concept_find(http, http->arguments[0], &concept);
    if (status == TY_ERR_USAGE)
        put_several(http);
    else if (status != TY_OK || !concept.term_count)
        ty_reply_failure(http, status == TY_OK ? TY_NO : status);
    else if (http->json)
        put_data(http, &concept);
    else
        ty_concept_put_page(http, &concept, NULL);
}
