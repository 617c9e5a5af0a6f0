/* SPDX-License-Identifier: Apache-2.0 */
/* The desk: one box for everything, and what waits. */
#include "server/data.h"
#include "server/pages.h"
#include "server/show.h"

enum { TERMS = 12, MATCHES = 5, HITS = 12, LEAST = 60 };

typedef struct found {
    ty_http *http;
    size_t count, most;
    ty_slice query;
} found;

/* ------------------------------------------------------------------------------------------ terms */

static ty_status add_term(void *payload, const ty_term_hit *hit)
{
    found *f = payload;
    if (f->count++ >= f->most)
        return TY_STOP;
    if (f->http->json)
        ty_present_term_hit(&(ty_present[]){ty_data_item(f->http)}[0], (ty_slice){NULL, 0}, NULL, hit);
    else
        ty_show_term(f->http, hit, false);
    return TY_OK;
}

/* A look-up that failed, or took too long, is none that found nothing. */
static bool has_failed(ty_status status)
{
    return status != TY_OK && status != TY_NO;
}

static void say_nothing(const found *f, bool failed)
{
    if (failed && !f->http->json)
        ty_html(&f->http->page,
                "<p class=\"notice bad\">{Not all could be looked up; please try again.}</p>");
    else if (!f->count && !f->http->json)
        ty_html(&f->http->page, "<p class=\"mute\">{Nothing found}</p>");
    f->http->status = failed && f->http->json ? 503 : f->http->status;
}

/* Terms that the query is, or else those that stand in it. */
static void find_terms(ty_http *http, ty_slice query, const char *lang)
{
    found f = {http, 0, TERMS, query};
    ty_status status = ty_memory_term_lookup(http->memory, query, lang, add_term, &f, NULL);
    if (status == TY_NO)
        status = ty_memory_term_scan(http->memory, query, lang, add_term, &f, NULL);
    say_nothing(&f, has_failed(status) && f.count < TERMS);
}

/* ------------------------------------------------------------------------------------------ matches */

static void say_match(found *f, const ty_match *match)
{
    ty_differences *differences = NULL;
    if (ty_match_differences(f->query, match, &differences, NULL) == TY_OK) {
        ty_present p = ty_data_item(f->http);
        ty_present_match(&p, f->query, match, ty_differences_list(differences));
    }
    ty_differences_free(differences);
}

static ty_status add_match(void *payload, const ty_match *match)
{
    found *f = payload;
    if (f->http->json)
        say_match(f, match);
    else {
        if (!f->count++)
            ty_html(&f->http->page, "<h2>{Matches}</h2>");
        ty_show_match(f->http, match);
    }
    return TY_OK;
}

static void find_matches(ty_http *http, ty_slice query)
{
    found f = {http, 0, MATCHES, query};
    ty_match_settings how = {.source_lang = ty_http_string(http, "s"),
                             .target_lang = ty_http_string(http, "t"),
                             .min_score = LEAST,
                             .max_matches = MATCHES};
    if (has_failed(ty_memory_match(http->memory, query, &how, add_match, &f, NULL)))
        say_nothing(&f, true);
}

/* ------------------------------------------------------------------------------------------ concordance */

static ty_status add_hit(void *payload, const ty_concordance *hit)
{
    found *f = payload;
    f->count++;
    if (f->http->json)
        ty_present_concordance(&(ty_present[]){ty_data_item(f->http)}[0], hit);
    else
        ty_show_hit(f->http, hit);
    return TY_OK;
}

static void find_hits(ty_http *http, ty_slice query)
{
    found f = {http, 0, HITS};
    ty_search_settings how = {.lang = ty_http_string(http, "s"), .max = HITS};
    say_nothing(&f, has_failed(ty_memory_search(http->memory, query, &how, add_hit, &f, NULL)));
    if (f.count && !http->json)
        ty_show_licence(http);
}

/* ------------------------------------------------------------------------------------------ the page */

static void put_box(ty_http *http, ty_slice query)
{
    ty_html(&http->page,
            "<form class=\"big\" role=\"search\" action=\"/\">"
            "<input id=\"q\" name=\"q\" type=\"search\" value=\"$t\" autocomplete=\"off\" autofocus "
            "placeholder=\"{Search everything: a term, a phrase, a sentence}\" "
            "aria-label=\"{Search everything: a term, a phrase, a sentence}\" aria-keyshortcuts=\"/\">"
            "<noscript><button>{Search}</button></noscript></form>\n",
            query);
}

static void put_answer(ty_http *http, ty_slice query)
{
    const ty_page *page = &http->page;
    ty_buffer encoded = {0};
    ty_percent_encode(&encoded, query);
    ty_html(page, "<div class=\"res\">\n<section aria-label=\"{Terms}\"><h2>{Terms}</h2>");
    find_terms(http, query, ty_http_string(http, "s"));
    ty_html(page, "</section>\n<section aria-label=\"{Sentences and phrases}\">");
    find_matches(http, query);
    ty_html(
        page,
        "<h2>{Sentences and phrases} <a class=\"small\" href=\"/concordance?q=$t\">{Concordance} →</a></h2>",
        ty_buffer_slice(&encoded));
    find_hits(http, query);
    ty_html(page, "</section>\n</div>\n");
    ty_buffer_release(&encoded);
}

static void put_data(ty_http *http, ty_slice query)
{
    ty_data_begin(http);
    ty_json_text(&http->reply, "query", query);
    ty_json_open(&http->reply, "terms", '[');
    find_terms(http, query, ty_http_string(http, "s"));
    ty_json_close(&http->reply, ']');
    ty_json_open(&http->reply, "matches", '[');
    find_matches(http, query);
    ty_json_close(&http->reply, ']');
    ty_json_open(&http->reply, "concordance", '[');
    find_hits(http, query);
    ty_json_close(&http->reply, ']');
    ty_data_end(http);
}

/* With part=1 the answer alone, for who types. */
void ty_answer_desk(ty_http *http)
{
    ty_slice query = ty_slice_trim(ty_http_param(http, "q"));
    bool part = ty_http_asks(http, "part");
    if (http->json) {
        put_data(http, query);
        return;
    }
    if (part) {
        http->type = "text/html; charset=utf-8";
        if (query.size)
            put_answer(http, query);
        return;
    }
    ty_page_begin(http, query.size ? query : ty_slice_of(ty_label(http->taste.ui, "Desk")), "desk");
    ty_html(&http->page, "<h1 class=\"sr\">{Desk}</h1>\n");
    put_box(http, query);
    ty_html(&http->page, "<div id=\"res\">\n");
    if (query.size)
        put_answer(http, query);
    ty_html(&http->page, "</div>\n");
    ty_html(&http->page, query.size ? "<div id=\"home\" hidden>" : "<div id=\"home\">");
    if (!query.size)
        ty_show_waiting(http);
    ty_html(&http->page, "</div>\n");
    ty_page_end(http);
}
