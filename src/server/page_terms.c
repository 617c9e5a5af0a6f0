/* SPDX-License-Identifier: Apache-2.0 */
/* Terms: looked up, or all of them, a page at a time. */
#include "server/data.h"
#include "server/pages.h"
#include "server/show.h"

enum { MOST = 200 };

typedef struct list {
    ty_http *http;
    ty_slice query, subject, organisation;
    const char *status;
    size_t shown;
} list;

/* Whose terms they are is told of the equivalents. */
static bool is_of(const ty_term_hit *hit, ty_slice organisation)
{
    bool found = !organisation.size;
    for (size_t i = 0; i < hit->equivalent_count && !found; i++)
        found = ty_text_contains(hit->equivalents[i].organisation, organisation);
    return found;
}

static bool fits(const list *l, const ty_term_hit *hit)
{
    return (!l->subject.size || ty_text_contains(hit->subject, l->subject)) && is_of(hit, l->organisation) &&
           (!l->status || strcmp(l->status, ty_present_term_status(hit->status)) == 0);
}

static ty_status add(void *payload, const ty_term_hit *hit)
{
    list *l = payload;
    if (!fits(l, hit))
        return TY_OK;
    if (l->shown++ >= MOST)
        return TY_STOP;
    if (l->http->json)
        ty_present_term_hit(&(ty_present[]){ty_data_item(l->http)}[0], (ty_slice){NULL, 0}, NULL, hit);
    else
        ty_show_term(l->http, hit, true);
    return TY_OK;
}

/* Terms that have the text in them somewhere, when it is none itself. */
static ty_status add_containing(void *payload, const ty_term_hit *hit)
{
    list *l = payload;
    bool contains = ty_text_contains(hit->term, l->query);
    for (size_t i = 0; i < hit->equivalent_count && !contains; i++)
        contains = ty_text_contains(hit->equivalents[i].term, l->query);
    return contains ? add(payload, hit) : TY_OK;
}

static void find(list *l)
{
    ty_http *http = l->http;
    const char *lang = ty_http_string(http, "l");
    if (!l->query.size) {
        ty_http_need(http, ty_memory_term_list(http->memory, add, l, &http->missing));
        return;
    }
    ty_http_need(http, ty_memory_term_lookup(http->memory, l->query, lang, add, l, &http->missing));
    if (!l->shown)
        ty_http_need(http, ty_memory_term_scan(http->memory, l->query, lang, add, l, &http->missing));
    if (!l->shown)
        ty_http_need(http, ty_memory_term_list(http->memory, add_containing, l, &http->missing));
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
              .status = ty_http_string(http, "status")};
    if (http->json) {
        ty_data_begin(http);
        ty_json_open(&http->reply, "terms", '[');
        find(&l);
        ty_json_close(&http->reply, ']');
        ty_json_bool(&http->reply, "more", l.shown > MOST);
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
    ty_html(&http->page, "<button class=\"pri\">{Search}</button></form>\n<div class=\"terms\">\n");
    find(&l);
    if (!l.shown)
        ty_html(&http->page, "<p class=\"mute\">{Nothing found}</p>");
    ty_html(&http->page, "</div>\n");
    put_add(http);
    if (l.shown > MOST)
        ty_html(&http->page, "<p class=\"mute\">{There are more; search for one.}</p>");
    ty_page_end(http);
}
