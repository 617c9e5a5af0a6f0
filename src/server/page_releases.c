/* SPDX-License-Identifier: Apache-2.0 */
/* The releases: what waits for review, and how far it is. */
#include <stdlib.h>

#include "server/pages.h"
#include "server/plot.h"

/* The memory tells the oldest first; pages show the newest first. */
typedef struct collected {
    ty_http *http;
    TY_VECTOR(ty_release_info) items;
} collected;

static ty_status collect(void *payload, const ty_release_info *r)
{
    collected *all = payload;
    ty_arena *arena = &all->http->arena;
    ty_release_info kept = *r;
    ty_slice *const texts[] = {&kept.name, &kept.title, &kept.date, &kept.url, &kept.agency};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        *texts[i] = ty_arena_copy(arena, *texts[i]);
    return !arena->failed && ty_vector_push(&all->items, kept) ? TY_OK : TY_ERR_NOMEM;
}

static void each_release(ty_http *http, ty_status (*each)(void *payload, const ty_release_info *r),
                         void *payload)
{
    collected all = {.http = http};
    ty_status status = TY_OK;
    ty_memory_releases(http->memory, collect, &all, NULL);
    for (size_t i = all.items.count; i-- > 0 && status == TY_OK;)
        status = each(payload, &all.items.items[i]);
    ty_vector_release(&all.items);
}

typedef struct list {
    ty_http *http;
    size_t most, shown;
    bool waiting; /* only those that are not done */
    ty_slice agency, from, to;
} list;

static void put_row(ty_http *http, const ty_release_info *r)
{
    const ty_page *page = &http->page;
    int64_t open = (int64_t)(r->by_hand + r->asked);
    ty_html(page,
            "<tr><td><a class=\"title\" href=\"/release/$d\" dir=\"auto\">$t</a><div class=\"small mute "
            "num\">$t $t</div></td><td>",
            r->id, r->title.size ? r->title : r->name, r->date, r->agency);
    ty_plot_progress(http, (int64_t)r->confirmed, open, (int64_t)r->beads);
    ty_html(page,
            "<span class=\"small num mute\">$d/$d</span></td><td class=\"num\">$d</td><td class=\"num\">",
            (int64_t)r->confirmed, (int64_t)r->beads, (int64_t)r->unpaired);
    if (r->flagged)
        ty_html(page, "⚑ $d", (int64_t)r->flagged);
    ty_html(page, "</td></tr>\n");
}

static void put_data(ty_http *http, const ty_release_info *r)
{
    ty_buffer *json = &http->reply;
    ty_json_open(json, NULL, '{');
    ty_json_integer(json, "release", r->id);
    ty_json_text(json, "name", r->name);
    ty_json_text(json, "title", r->title);
    ty_json_text(json, "date", r->date);
    ty_json_text(json, "url", r->url);
    ty_json_text(json, "agency", r->agency);
    ty_json_integer(json, "beads", (int64_t)r->beads);
    ty_json_integer(json, "confirmed", (int64_t)r->confirmed);
    ty_json_integer(json, "by_hand", (int64_t)r->by_hand);
    ty_json_integer(json, "unpaired", (int64_t)r->unpaired);
    ty_json_integer(json, "omitted", (int64_t)r->omitted);
    ty_json_close(json, '}');
}

static ty_status add(void *payload, const ty_release_info *r)
{
    list *l = payload;
    bool done = r->confirmed == r->beads;
    if ((l->waiting && (done || !r->beads)) || (l->agency.size && !ty_slice_equal(l->agency, r->agency)) ||
        (l->from.size && ty_slice_compare(r->date, l->from) < 0) ||
        (l->to.size && ty_slice_compare(r->date, l->to) > 0))
        return TY_OK;
    if (l->shown++ >= l->most)
        return TY_STOP;
    if (l->http->json)
        put_data(l->http, r);
    else
        put_row(l->http, r);
    return TY_OK;
}

static void put_table(ty_http *http, list *l)
{
    ty_html(&http->page,
            "<table class=\"releases\"><thead><tr><th scope=\"col\">{Release}</th><th "
            "scope=\"col\">{Progress}</th>"
            "<th scope=\"col\">{without partner}</th><th scope=\"col\">{marked}</th></tr></thead><tbody>\n");
    each_release(http, add, l);
    ty_html(&http->page, "</tbody></table>\n");
    if (!l->shown)
        ty_html(&http->page, "<p class=\"mute\">{Nothing waits.}</p>\n");
}

void ty_answer_releases(ty_http *http)
{
    list l = {http,
              500,
              0,
              ty_slice_equal(ty_http_param(http, "state"), TY_SLICE("waiting")),
              ty_http_param(http, "agency"),
              ty_http_param(http, "from"),
              ty_http_param(http, "to")};
    if (http->json) {
        ty_data_begin(http);
        ty_json_open(&http->reply, "releases", '[');
        each_release(http, add, &l);
        ty_json_close(&http->reply, ']');
        ty_data_end(http);
        return;
    }
    ty_page_begin(http, ty_slice_of(ty_label(http->taste.ui, "Review")), "review-list");
    ty_html(
        &http->page,
        "<div class=\"row\"><h1>{Review}</h1><a class=\"btn\" href=\"/release\"$r>{All}</a>"
        "<a class=\"btn\" href=\"/release?state=waiting\"$r>{Waiting}</a></div>\n<section class=\"card\">",
        l.waiting ? "" : " aria-current=\"true\"", l.waiting ? " aria-current=\"true\"" : "");
    put_table(http, &l);
    ty_html(&http->page, "</section>\n");
    ty_page_end(http);
}

/* ------------------------------------------------------------------------------------------ the desk */

static ty_status first_waiting(void *payload, const ty_release_info *r)
{
    if (!r->beads || r->confirmed == r->beads)
        return TY_OK;
    *(int64_t *)payload = r->id;
    return TY_STOP;
}

static ty_status add_years(void *payload, const ty_release_info *r)
{
    int year = 0;
    for (size_t i = 0; i < 4 && i < r->date.size && r->date.data[i] >= '0' && r->date.data[i] <= '9'; i++)
        year = year * 10 + (r->date.data[i] - '0');
    ty_years_add(payload, year, (int64_t)(r->beads - r->unpaired));
    return TY_OK;
}

static void put_figures(ty_http *http)
{
    ty_figures *figures = NULL;
    if (ty_memory_figures(http->memory, &figures, NULL) != TY_OK)
        return;
    ty_html(
        &http->page,
        "<section class=\"card\"><h2>{Memory}</h2><table><tr><th scope=\"row\">{pairs}</th><td "
        "class=\"num\">$d</td></tr>"
        "<tr><th scope=\"row\">{confirmed}</th><td class=\"num\">$d</td></tr><tr><th "
        "scope=\"row\">{concepts}</th><td "
        "class=\"num\">$d</td></tr><tr><th scope=\"row\">{terms}</th><td class=\"num\">$d</td></tr></table>"
        "<p><a class=\"btn\" href=\"/export.tmx\">{Export TMX}</a></p></section>\n",
        (int64_t)figures->units, (int64_t)figures->confirmed, (int64_t)figures->concepts,
        (int64_t)figures->terms);
    ty_figures_free(figures);
}

void ty_show_waiting(ty_http *http)
{
    list l = {.http = http, .most = 12, .waiting = true};
    int64_t next = 0;
    ty_year_counts years = {0};
    each_release(http, first_waiting, &next);
    each_release(http, add_years, &years);
    ty_html(&http->page, "<div class=\"cols\"><div><section class=\"card\"><div class=\"row\"><h2>{Awaiting "
                         "review}</h2><span class=\"grow\"></span>");
    if (next)
        ty_html(&http->page, "<a class=\"btn pri\" href=\"/release/$d\">{Next release to review}</a>", next);
    ty_html(&http->page, "</div>");
    put_table(http, &l);
    ty_html(&http->page, "</section></div>\n<div>");
    ty_show_drop(http);
    put_figures(http);
    if (years.first) {
        ty_html(&http->page, "<section class=\"card\"><h2>{Pairs by year}</h2>");
        ty_plot_years(http, ty_label(http->taste.ui, "Pairs by year"), &years);
        ty_html(&http->page, "</section>");
    }
    ty_html(&http->page, "</div></div>\n");
}
