/* SPDX-License-Identifier: Apache-2.0 */
/* What is on the desk while nothing is asked: what waits for review, and what the memory holds. */
#include "server/pages.h"
#include "server/release_list.h"
#include "server/steps.h"

enum { SHOWN = 12 };

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

static void put_waiting(ty_http *http, const ty_listeds *list)
{
    ty_html(&http->page, "<section class=\"card\"><div class=\"row\"><h2>{Awaiting review}</h2><span "
                         "class=\"grow\"></span>");
    if (list->count > SHOWN)
        ty_html(&http->page,
                "<a class=\"btn\" href=\"/release?state=waiting&amp;sort=doubtful\">{All} <span "
                "class=\"num\">$d</span></a>",
                (int64_t)list->count);
    if (list->count)
        ty_html(&http->page, "<a class=\"btn pri\" href=\"/release/$d\">{Next release to review}</a>",
                list->items[0].info.id);
    ty_html(&http->page, "</div>");
    ty_releases_put(http, list, 0, SHOWN);
    ty_html(&http->page, "</section>");
}

void ty_show_waiting(ty_http *http)
{
    ty_listeds list = {0};
    ty_list_filter filter = {.waiting = true};
    ty_http_need(http, ty_releases_find(http, &filter, &list));
    ty_html(&http->page, "<div class=\"cols\"><div>");
    put_waiting(http, &list);
    ty_steps_put_imports(http);
    ty_html(&http->page, "</div>\n<div>");
    ty_show_drop(http);
    put_figures(http);
    ty_rest_begin(http);
    ty_show_plots(http, &list);
    ty_rest_end(http);
    ty_html(&http->page, "</div></div>\n");
    ty_vector_release(&list);
}
