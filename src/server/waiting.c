/* SPDX-License-Identifier: Apache-2.0 */
/* What is on the desk while nothing is asked: what waits for review, and what the memory holds. */
#include "server/pages.h"
#include "server/plot.h"
#include "server/release_list.h"

enum { SHOWN = 12 };

static int year_of(ty_slice date)
{
    int year = 0;
    for (size_t i = 0; i < 4 && i < date.size && date.data[i] >= '0' && date.data[i] <= '9'; i++)
        year = year * 10 + (date.data[i] - '0');
    return year;
}

static ty_status add_year(void *payload, const ty_release_info *r)
{
    ty_years_add(payload, year_of(r->date), (int64_t)(r->beads - r->unpaired));
    return TY_OK;
}

static void put_years(ty_http *http)
{
    ty_year_counts years = {0};
    ty_memory_releases(http->memory, add_year, &years, NULL);
    if (!years.first)
        return;
    ty_html(&http->page, "<section class=\"card\"><h2>{Pairs by year}</h2>");
    ty_plot_years(http, ty_label(http->taste.ui, "Pairs by year"), &years);
    ty_html(&http->page, "</section>");
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

static void put_waiting(ty_http *http)
{
    ty_listeds list = {0};
    ty_list_filter filter = {.waiting = true};
    ty_releases_find(http, &filter, &list);
    ty_html(&http->page, "<section class=\"card\"><div class=\"row\"><h2>{Awaiting review}</h2><span "
                         "class=\"grow\"></span>");
    if (list.count > SHOWN)
        ty_html(&http->page,
                "<a class=\"btn\" href=\"/release?state=waiting&amp;sort=doubtful\">{All} <span "
                "class=\"num\">$d</span></a>",
                (int64_t)list.count);
    if (list.count)
        ty_html(&http->page, "<a class=\"btn pri\" href=\"/release/$d\">{Next release to review}</a>",
                list.items[0].info.id);
    ty_html(&http->page, "</div>");
    ty_releases_put(http, &list, 0, SHOWN);
    ty_html(&http->page, "</section>");
    ty_vector_release(&list);
}

void ty_show_waiting(ty_http *http)
{
    ty_html(&http->page, "<div class=\"cols\"><div>");
    put_waiting(http);
    ty_html(&http->page, "</div>\n<div>");
    ty_show_drop(http);
    put_figures(http);
    put_years(http);
    ty_html(&http->page, "</div></div>\n");
}
