/* SPDX-License-Identifier: Apache-2.0 */
/* Terms: looked up, or all of them, a page at a time. */
#include "server/data.h"
#include "server/pages.h"
#include "server/show.h"

enum { MOST = 200 };

typedef struct list {
    ty_http *http;
    ty_slice query;
    const char *status;
    size_t shown;
} list;

static ty_status add(void *payload, const ty_term_hit *hit)
{
    list *l = payload;
    if (l->status && strcmp(l->status, ty_present_term_status(hit->status)) != 0)
        return TY_OK;
    if (l->shown++ >= MOST)
        return TY_STOP;
    if (l->http->json)
        ty_present_term_hit(&(ty_present[]){ty_data_item(l->http)}[0], (ty_slice){NULL, 0}, NULL, hit);
    else
        ty_show_term(l->http, hit);
    return TY_OK;
}

static void find(list *l)
{
    ty_http *http = l->http;
    const char *lang = ty_http_string(http, "l");
    if (!l->query.size) {
        ty_memory_term_list(http->memory, add, l, NULL);
        return;
    }
    ty_memory_term_lookup(http->memory, l->query, lang, add, l, NULL);
    if (!l->shown)
        ty_memory_term_scan(http->memory, l->query, lang, add, l, NULL);
}

void ty_answer_terms(ty_http *http)
{
    list l = {http, ty_slice_trim(ty_http_param(http, "q")), ty_http_string(http, "status"), 0};
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
            "value=\"$t\" autocomplete=\"off\"></label><button class=\"pri\">{Search}</button></form>\n<div "
            "class=\"terms\">\n",
            l.query);
    find(&l);
    if (!l.shown)
        ty_html(&http->page, "<p class=\"mute\">{Nothing found}</p>");
    ty_html(&http->page, "</div>\n");
    if (l.shown > MOST)
        ty_html(&http->page, "<p class=\"mute\">{There are more; search for one.}</p>");
    ty_page_end(http);
}
