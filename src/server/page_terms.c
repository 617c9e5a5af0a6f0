/* SPDX-License-Identifier: Apache-2.0 */
/* Terms: looked up, or all of them, a page at a time. */
#include "server/addresses.h"
#include "server/data.h"
#include "server/pages.h"
#include "server/show.h"

enum { PAGE = 100, SCREEN = 24 /* those in view at first */, NAMED = 64 };

typedef struct list {
    ty_http *http;
    ty_slice query, subject, organisation;
    const char *status;
    size_t first, most;   /* told from that one on, at most so many */
    size_t count;         /* of those that fit so far; one more than are told where there are further ones */
    int64_t named[NAMED]; /* concepts whose name the text is */
    size_t named_count;
} list;

/* Whose terms they are is told of the equivalents. */
static bool is_of(const ty_term_hit *hit, ty_slice organisation)
{
    bool found = !organisation.size;
    for (size_t i = 0; i < hit->equivalent_count && !found; i++)
        found = ty_text_contains(hit->equivalents[i].organisation, organisation);
    return found;
}

/* A concept is listed by its first term, and is of the status of any. */
static bool has_status(const ty_term_hit *hit, const char *status)
{
    bool found = strcmp(status, ty_present_term_status(hit->status)) == 0;
    for (size_t i = 0; i < hit->equivalent_count && !found; i++)
        found = strcmp(status, ty_present_term_status(hit->equivalents[i].status)) == 0;
    return found;
}

static bool fits(const list *l, const ty_term_hit *hit)
{
    return (!l->subject.size || ty_text_contains(hit->subject, l->subject)) && is_of(hit, l->organisation) &&
           (!l->status || has_status(hit, l->status));
}

static ty_status add(void *payload, const ty_term_hit *hit)
{
    list *l = payload;
    if (!fits(l, hit) || l->count++ < l->first)
        return TY_OK;
    if (l->count > l->first + l->most)
        return TY_STOP;
    if (l->http->json) {
        ty_present_term_hit(&(ty_present[]){ty_data_item(l->http)}[0], (ty_slice){NULL, 0}, NULL, hit);
        return TY_OK;
    }
    if (l->count == l->first + SCREEN + 1)
        ty_rest_begin(l->http);
    ty_show_term(l->http, hit, true);
    return TY_OK;
}

static ty_status add_named(void *payload, const ty_term_hit *hit)
{
    list *l = payload;
    if (l->named_count < NAMED)
    l->named[l->named_count++] = hit->concept;
    return add(payload, hit);
}

static ty_status add_having(void *payload, const ty_term_hit *hit)
{
    list *l = payload;
    for (size_t i = 0; i < l->named_count; i++)
        if (l->named[i] == hit->concept)
            return TY_OK;
    return add(payload, hit);
}

/* First what the text is itself, then what has it within; a sentence is none of both, but has terms. */
static void find(list *l)
{
    ty_http *http = l->http;
    const char *lang = ty_http_string(http, "l");
    if (!l->query.size) {
        ty_http_need(http, ty_memory_term_list(http->memory, add, l, &http->missing));
        return;
    }
    ty_http_need(http, ty_memory_term_lookup(http->memory, l->query, lang, add_named, l, &http->missing));
    ty_http_need(http, ty_memory_term_find(http->memory, l->query, lang, add_having, l, &http->missing));
    if (!l->count)
        ty_http_need(http, ty_memory_term_scan(http->memory, l->query, lang, add, l, &http->missing));
}

/* The same question, from another of them on. */
static void put_step(const list *l, size_t page, const char *label)
{
    static const char *const kept[] = {"q", "l", "status", "subject", "org", NULL};
    ty_html(&l->http->page, "<a class=\"btn\" href=\"$s\">$s</a> ",
            ty_address_with_number(l->http, "/terms", kept, "page", (int64_t)page),
            ty_label(l->http->taste.ui, label));
}

static void put_steps(const list *l)
{
    size_t page = l->first / PAGE + 1;
    bool more = l->count > l->first + l->most;
    if (page == 1 && !more)
        return;
    ty_html(&l->http->page, "<nav class=\"row\" aria-label=\"{Pages}\">");
    if (page > 1)
        put_step(l, page - 1, N_("← before"));
    if (more)
        put_step(l, page + 1, N_("further →"));
    ty_html(&l->http->page, "</nav>\n");
}

static void put_list(list *l)
{
    const ty_page *page = &l->http->page;
    ty_html(page, "<div class=\"terms\">\n");
    find(l);
    if (l->count > l->first + SCREEN)
        ty_rest_end(l->http);
    if (!l->count)
        ty_html(page, "<p class=\"mute\">{Nothing found}</p>");
    ty_html(page, "</div>\n");
    put_steps(l);
}

/* Adding one is two words; all else is said on its page. */
static void put_add(ty_http *http)
{
    if (http->who.role < TY_ROLE_EDIT)
        return;
    ty_html(
        &http->page,
        "<details class=\"card\"><summary>{Add a term}</summary><form class=\"row\" method=\"post\" "
        "action=\"/terms\"><input type=\"hidden\" name=\"key\" value=\"$s\"><label>{Term} <input "
        "name=\"source\" required></label><label>{Language} <input name=\"s\" size=\"5\" value=\"en\" "
        "required></label><label>{Term} <input name=\"target\" required></label><label>{Language} <input "
        "name=\"t\" "
        "size=\"5\" value=\"ja\" required></label><button class=\"pri\">{Add}</button></form></details>\n",
        http->who.form_key);
}

static void put_statuses(ty_http *http, const char *chosen)
{
    static const char *const names[][2] = {{"", N_("All")},
                                           {"approved", N_("✓ approved")},
                                           {"provisional", N_("provisional")},
                                           {"non-standard", N_("non-standard")},
                                           {"forbidden", N_("✕ forbidden")}};
    ty_html(&http->page, "<label>{Status} <select name=\"status\">");
    for (size_t i = 0; i < 5; i++)
        ty_html(&http->page, "<option value=\"$s\"$r>$s</option>", names[i][0],
                strcmp(chosen ? chosen : "", names[i][0]) == 0 ? " selected" : "",
                ty_label(http->taste.ui, names[i][1]));
    ty_html(&http->page, "</select></label>");
}

void ty_answer_terms(ty_http *http)
{
    list l = {.http = http,
              .query = ty_slice_trim(ty_http_param(http, "q")),
              .subject = ty_slice_trim(ty_http_param(http, "subject")),
              .organisation = ty_slice_trim(ty_http_param(http, "org")),
              .status = ty_http_string(http, "status"),
              .most = PAGE};
    l.first = (size_t)(ty_params_integer(&http->target.query, "page", 1, 100000, 1) - 1) * l.most;
    if (http->json) {
        ty_data_begin(http);
        ty_json_open(&http->reply, "terms", '[');
        find(&l);
        ty_json_close(&http->reply, ']');
        ty_json_bool(&http->reply, "more", l.count > l.first + l.most);
        ty_data_end(http);
        return;
    }
    ty_page_begin(http, ty_slice_of(ty_label(http->taste.ui, "Terms")), "terms");
    ty_html(&http->page,
            "<div class=\"row\"><h1>{Terms}</h1><a class=\"btn\" href=\"/candidates\">{Candidates}</a>"
            "<a class=\"btn\" href=\"/check\">{Check}</a></div>\n"
            "<form class=\"row filters\" action=\"/terms\" role=\"search\"><label>{Term} <input id=\"q\" "
            "name=\"q\" type=\"search\" "
            "value=\"$t\" autocomplete=\"off\"></label>",
            l.query);
    put_statuses(http, l.status);
    ty_html(&http->page, "<label>{Subject} <input name=\"subject\" size=\"12\" value=\"$t\"></label>",
            l.subject);
    ty_html(&http->page, "<label>{Organisation} <input name=\"org\" size=\"10\" value=\"$t\"></label>",
            l.organisation);
    ty_html(&http->page, "<button class=\"pri\">{Search}</button></form>\n");
    put_list(&l);
    put_add(http);
    ty_page_end(http);
}
