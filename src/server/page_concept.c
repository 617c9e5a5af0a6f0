/* SPDX-License-Identifier: Apache-2.0 */
/* A concept: its terms by language, how the memory renders them, and where. */
#include <stdlib.h>

#include "server/data.h"
#include "server/pages.h"
#include "server/show.h"

enum { EXAMPLES = 6 };

/* A concept as it is shown, copied: a callback's texts do not stay. */
typedef struct concept {
    ty_http *http;
    ty_slice name;
    bool found;
    ty_term_hit hit;
    TY_VECTOR(ty_equivalent) terms; /* its own first */
}
concept;

static ty_slice keep(concept *c, ty_slice text)
{
    return ty_arena_copy(&c->http->arena, text);
}

static ty_status take(void *payload, const ty_term_hit *hit)
{
    concept *c = payload;
    if (!ty_slice_equal(hit->concept_id, c->name))
        return TY_OK;
    if (c->http->json && !c->found) {
        ty_present p = ty_data_item(c->http);
        ty_present_term_hit(&p, (ty_slice){NULL, 0}, NULL, hit);
    }
    c->found = true;
    c->hit = *hit;
    c->hit.subject = keep(c, hit->subject);
    c->hit.definition = keep(c, hit->definition);
    c->hit.note = keep(c, hit->note);
    ty_equivalent own = {keep(c, hit->lang), keep(c, hit->term), hit->status, {"", 0}};
    bool good = ty_vector_push(&c->terms, own);
    for (size_t i = 0; i < hit->equivalent_count && good; i++) {
        const ty_equivalent *e = &hit->equivalents[i];
        ty_equivalent kept = {keep(c, e->lang), keep(c, e->term), e->status, keep(c, e->organisation)};
        good = ty_vector_push(&c->terms, kept);
    }
    return good ? TY_STOP : ty_error_nomem(&c->http->error);
}

/* ------------------------------------------------------------------------------------------ terms */

static bool is_first_of_lang(const concept *c, size_t at)
{
    for (size_t i = 0; i < at; i++)
        if (ty_slice_equal_nocase(c->terms.items[i].lang, c->terms.items[at].lang))
            return false;
    return true;
}

static const char *status_label(ty_term_status status)
{
    static const char *const labels[] = {"–", N_("✓ approved"), N_("provisional"), N_("non-standard"),
                                         N_("✕ forbidden")};
    return labels[status];
}

static void put_term(ty_http *http, const ty_equivalent *term)
{
    const ty_page *page = &http->page;
    ty_buffer address = {0};
    ty_percent_encode(&address, term->term);
    ty_html(page, "<tr><td>");
    ty_html_in(page, term->status == TY_TERM_FORBIDDEN ? "s" : "b", term->lang, term->term);
    ty_html(page,
            "</td><td><span class=\"tag$s\">$s</span></td><td>$t</td><td><a "
            "href=\"/concordance?q=$t\">{Uses}</a></td></tr>\n",
            term->status == TY_TERM_FORBIDDEN  ? " bad"
            : term->status == TY_TERM_APPROVED ? " ok"
                                               : "",
            ty_label(page->ui, status_label(term->status)), term->organisation, ty_buffer_slice(&address));
    ty_buffer_release(&address);
}

static void put_terms(ty_http *http, const concept *c)
{
    const ty_page *page = &http->page;
    for (size_t i = 0; i < c->terms.count; i++) {
        if (!is_first_of_lang(c, i))
            continue;
        ty_html(page,
                "<h2>$s</h2>\n<table><thead><tr><th scope=\"col\">{Term}</th><th scope=\"col\">{Status}</th>"
                "<th scope=\"col\">{Organisation}</th><th scope=\"col\">{Uses}</th></tr></thead><tbody>\n",
                ty_language_label(http, c->terms.items[i].lang));
        for (size_t k = i; k < c->terms.count; k++)
            if (ty_slice_equal_nocase(c->terms.items[k].lang, c->terms.items[i].lang))
                put_term(http, &c->terms.items[k]);
        ty_html(page, "</tbody></table>\n");
    }
}

/* ------------------------------------------------------------------------------------------ renderings */

typedef struct renderings {
    ty_http *http;
    size_t count;
} renderings;

static ty_status put_rendering(void *payload, const ty_term_rendering *r)
{
    renderings *all = payload;
    const ty_page *page = &all->http->page;
    if (!all->count++)
        ty_html(page, "<h2>{How the memory renders it}</h2>\n");
    ty_html(page, "<div class=\"hit\"><p><b>");
    if (r->text.size)
        ty_html(page, "$t", r->text);
    else
        ty_html(page, "{otherwise}");
    ty_html(page, "</b> <span class=\"num mute\">{$d times}", (int64_t)r->count);
    if (r->first.size)
        ty_html(page, " · $t–$t", ty_slice_sub(r->first, 0, 4), ty_slice_sub(r->last, 0, 4));
    ty_html(page, "</span></p>\n<p class=\"small\" dir=\"auto\">");
    ty_html_marked(page, r->source, &r->source_at, r->source_at.end ? 1 : 0, NULL);
    ty_html(page, "</p><p class=\"small\" dir=\"auto\">");
    ty_html_marked(page, r->target, &r->target_at, r->target_at.end ? 1 : 0, "eq");
    ty_html(page, "</p><div class=\"meta\">");
    ty_show_origin(all->http, r->unit, r->origin_count ? r->origins[0] : (ty_slice){"", 0}, -1);
    ty_html(page, "</div></div>\n");
    return all->count < EXAMPLES ? TY_OK : TY_STOP;
}

static void put_page(ty_http *http, const concept *c)
{
    const ty_page *page = &http->page;
    const ty_equivalent *first = &c->terms.items[0];
    renderings all = {http, 0};
    ty_page_begin(http, first->term, "terms");
    ty_html(page, "<div class=\"row\"><h1");
    ty_html_lang(page, first->lang);
    ty_html(page, ">$t</h1><span class=\"tag\">$t</span>", first->term, c->name);
    if (c->hit.subject.size)
        ty_html(page, "<span class=\"tag\">$t</span>", c->hit.subject);
    ty_html(page, "</div>\n");
    if (c->hit.definition.size)
        ty_html(page, "<p dir=\"auto\">$t</p>", c->hit.definition);
    if (c->hit.note.size)
        ty_html(page, "<p class=\"mute\" dir=\"auto\">$t</p>", c->hit.note);
    ty_html(page, "<section class=\"card\">");
    put_terms(http, c);
    ty_html(page, "</section>\n<section>");
    ty_memory_term_history(http->memory, first->term, ty_http_copy(http, first->lang), NULL, put_rendering,
                           &all, NULL);
    if (all.count)
        ty_show_licence(http);
    ty_html(page, "</section>\n");
    ty_page_end(http);
}

void ty_answer_concept(ty_http *http)
{
    concept c = {.http = http, .name = http->arguments[0]};
    if (http->json) {
        ty_data_begin(http);
        ty_json_open(&http->reply, "concept", '[');
    }
    ty_status status = ty_memory_term_list(http->memory, take, &c, &http->error);
    if (!c.found) {
        ty_reply_failure(http, status == TY_OK || status == TY_STOP ? TY_NO : status);
    } else if (http->json) {
        ty_json_close(&http->reply, ']');
        ty_data_end(http);
    } else {
        put_page(http, &c);
    }
    ty_vector_release(&c.terms);
}
