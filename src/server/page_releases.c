/* SPDX-License-Identifier: Apache-2.0 */
/* The releases: which there are, what waits for review, and how far it is. */
#include "server/pages.h"
#include "server/release_list.h"

enum { PAGE = 100 };

static ty_list_filter wanted(ty_http *http)
{
    return (ty_list_filter){.waiting = ty_slice_equal(ty_http_param(http, "state"), TY_SLICE("waiting")),
                            .by_date = !ty_slice_equal(ty_http_param(http, "sort"), TY_SLICE("doubtful")),
                            .agency = ty_http_param(http, "agency"),
                            .from = ty_http_param(http, "from"),
                            .to = ty_http_param(http, "to")};
}

static void put_data(ty_http *http, const ty_listed *one)
{
    ty_buffer *json = &http->reply;
    const ty_release_info *r = &one->info;
    ty_json_open(json, NULL, '{');
    ty_json_integer(json, "release", r->id);
    ty_json_text(json, "name", r->name);
    ty_json_text(json, "title", r->title);
    ty_json_text(json, "date", r->date);
    ty_json_text(json, "url", r->url);
    ty_json_text(json, "agency", r->agency);
    ty_json_integer(json, "beads", (int64_t)r->beads);
    ty_json_integer(json, "confirmed", (int64_t)r->confirmed);
    if (one->looked.doubtful >= 0)
        ty_json_integer(json, "doubtful", one->looked.doubtful);
    ty_json_integer(json, "by_hand", (int64_t)r->by_hand);
    ty_json_integer(json, "unpaired", (int64_t)r->unpaired);
    ty_json_integer(json, "omitted", (int64_t)r->omitted);
    ty_json_close(json, '}');
}

/* ------------------------------------------------------------------------------------------ the page */

static void put_option(ty_http *http, ty_slice value, ty_slice label, ty_slice chosen)
{
    ty_html(&http->page, "<option value=\"$t\"$r>$t</option>", value,
            ty_slice_equal(value, chosen) ? " selected" : "", label);
}

static void put_form(ty_http *http, const ty_list_filter *filter)
{
    static const char *const states[][2] = {{"", N_("All")}, {"waiting", N_("Waiting")}};
    static const char *const sorts[][2] = {{"", N_("date")}, {"doubtful", N_("doubtful")}};
    const ty_page *page = &http->page;
    ty_html(page, "<form class=\"row filters\" action=\"/release\"><label>{State} <select name=\"state\">");
    for (size_t i = 0; i < 2; i++)
        put_option(http, ty_slice_of(states[i][0]), ty_slice_of(ty_label(page->ui, states[i][1])),
                   ty_slice_of(states[filter->waiting][0]));
    ty_html(page, "</select></label>");
    ty_agencies_put(http, filter->agency);
    ty_html(
        page,
        "<label>{Dates from} <input name=\"from\" type=\"date\" value=\"$t\"></label><label>{until} <input "
        "name=\"to\" "
        "type=\"date\" value=\"$t\"></label><label>{Sort} <select name=\"sort\">",
        filter->from, filter->to);
    for (size_t i = 0; i < 2; i++)
        put_option(http, ty_slice_of(sorts[i][0]), ty_slice_of(ty_label(page->ui, sorts[i][1])),
                   ty_slice_of(sorts[!filter->by_date][0]));
    ty_html(page, "</select></label><button>{Show}</button></form>\n");
}

static void put_pages(ty_http *http, size_t count, size_t first)
{
    const ty_params *query = &http->target.query;
    if (count <= PAGE)
        return;
    ty_html(&http->page, "<nav class=\"row\" aria-label=\"{Pages}\">");
    for (size_t i = 0; i * PAGE < count; i++) {
        ty_buffer address = {0};
        for (size_t k = 0; k < query->count; k++)
            if (!ty_slice_equal(query->items[k].name, TY_SLICE("page"))) {
                ty_percent_encode(&address, query->items[k].name);
                ty_buffer_add_char(&address, '=');
                ty_percent_encode(&address, query->items[k].value);
                ty_buffer_add_char(&address, '&');
            }
        ty_html(&http->page, "<a class=\"btn\" href=\"/release?$tpage=$d\"$r>$d</a>",
                ty_buffer_slice(&address), (int64_t)i + 1, i * PAGE == first ? " aria-current=\"page\"" : "",
                (int64_t)i + 1);
        ty_buffer_release(&address);
    }
    ty_html(&http->page, "</nav>\n");
}

static void put_page(ty_http *http, const ty_list_filter *filter, const ty_listeds *list)
{
    size_t first = (size_t)(ty_params_integer(&http->target.query, "page", 1, 100000, 1) - 1) * PAGE;
    ty_page_begin(http, ty_slice_of(ty_label(http->taste.ui, "Review")), "review-list");
    ty_html(&http->page, "<h1>{Review}</h1>\n");
    put_form(http, filter);
    ty_html(&http->page, "<section class=\"card\">");
    ty_releases_put(http, list, first, PAGE);
    ty_html(&http->page, "</section>\n");
    put_pages(http, list->count, first);
    ty_page_end(http);
}

void ty_answer_releases(ty_http *http)
{
    ty_list_filter filter = wanted(http);
    ty_listeds list = {0};
    ty_status status = ty_releases_find(http, &filter, &list);
    if (status != TY_OK) {
        ty_reply_failure(http, status);
    } else if (http->json) {
        ty_data_begin(http);
        ty_json_open(&http->reply, "releases", '[');
        for (size_t i = 0; i < list.count; i++)
            put_data(http, &list.items[i]);
        ty_json_close(&http->reply, ']');
        ty_data_end(http);
    } else {
        put_page(http, &filter, &list);
    }
    ty_vector_release(&list);
}
