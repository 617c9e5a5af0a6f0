/* SPDX-License-Identifier: Apache-2.0 */
/* The review of a release: the page, and what changes while one works on it. */
#include <stdlib.h>

#include "server/pages.h"
#include "server/plot.h"
#include "server/releases.h"
#include "server/rows.h"

/* Rows of a group, of a page and of what a script asks for beyond it; those in view at first, and of them
 * above the first doubtful one. */
enum { GROUP = 20, FIRST = 200, PART = 400, SCREEN = 20, ABOVE = 6 };

/* ------------------------------------------------------------------------------------------ counts */

void ty_review_put_counts(ty_http *http, const ty_review_rows *rows)
{
    ty_html(&http->page, "<span class=\"num nowrap\">{$d of $d confirmed}</span> ", (int64_t)rows->confirmed,
            (int64_t)rows->count);
    if (rows->doubtful)
        ty_html(&http->page, "<span class=\"tag low num\">△ {$d doubtful}</span> ", (int64_t)rows->doubtful);
    ty_plot_progress(http, (int64_t)rows->confirmed, (int64_t)rows->doubtful, (int64_t)rows->count);
}

void ty_review_put_end(ty_http *http, const ty_review_rows *rows)
{
    ty_html(&http->page, "{End of this release: $d of $d confirmed}", (int64_t)rows->confirmed,
            (int64_t)rows->count);
}

/* ------------------------------------------------------------------------------------------ rows */

static size_t least(size_t one, size_t other)
{
    return one < other ? one : other;
}

static void put_groups(ty_http *http, const ty_review_rows *rows, size_t from, size_t to)
{
    for (size_t i = from; i < to; i++) {
        if ((i - from) % GROUP == 0)
            ty_html(&http->page, i > from ? "</div>\n<div class=\"ch\" role=\"rowgroup\">\n"
                                          : "<div class=\"ch\" role=\"rowgroup\">\n");
        ty_row_put(http, rows, i);
    }
    if (to > from)
        ty_html(&http->page, "</div>\n");
}

static void put_rest(ty_http *http, const ty_review_rows *rows, size_t from, size_t to)
{
    if (from >= to)
        return;
    ty_rest_begin(http);
    put_groups(http, rows, from, to);
    ty_rest_end(http);
}

static void put_link(ty_http *http, const ty_review_rows *rows, const char *id, size_t from,
                     const char *label)
{
    ty_html(&http->page, "<a class=\"btn\" id=\"$s\" href=\"$s?from=$d\">$s</a>\n", id,
            ty_release_address(http, rows), (int64_t)from, ty_label(http->taste.ui, label));
}

static void put_more(ty_http *http, const ty_review_rows *rows, size_t to)
{
    if (to < rows->count)
        put_link(http, rows, "more", to, N_("More"));
}

/* Where the page begins: a little above the first that wants to be looked at. */
static size_t first_in_view(const ty_review_rows *rows, size_t from, size_t to)
{
    size_t at = from;
    while (at < to && (!rows->items[at].doubts || rows->items[at].state == TY_BEAD_OK))
        at++;
    return at < to && at > from + ABOVE ? at - ABOVE : from;
}

static void put_rows(ty_http *http, const ty_review_rows *rows, size_t from)
{
    size_t to = least(from + FIRST, rows->count), seen = first_in_view(rows, from, to);
    if (from)
        put_link(http, rows, "before", from > FIRST ? from - FIRST : 0, N_("← before"));
    put_rest(http, rows, from, seen);
    put_groups(http, rows, seen, least(seen + SCREEN, to));
    put_rest(http, rows, seen + SCREEN, to);
    put_more(http, rows, to);
}

/* Where the release is another by now than the page has, its places are, too: the version says so. */
static void put_part(ty_http *http, const ty_review_rows *rows, size_t from)
{
    char version[24];
    size_t to = least(from + PART, rows->count);
    snprintf(version, sizeof version, "%llu", (unsigned long long)rows->version);
    ty_reply_header(http, "Release-Version", ty_slice_of(version));
    put_groups(http, rows, from, to);
    put_more(http, rows, to);
}

static void put_heads(ty_http *http, const ty_review_rows *rows)
{
    const ty_page *page = &http->page;
    ty_html(page, "<div class=\"colhead\" role=\"row\">");
    for (int side = 0; side < 2; side++) {
        ty_html(page, "<div class=\"cell\" role=\"columnheader\">$s",
                ty_language_label(http, rows->langs[side]));
        ty_html(page,
                side
                    ? "</div>"
                    : "</div><div class=\"lk\" role=\"columnheader\"><span class=\"sr\">{Link}</span></div>");
    }
    ty_html(page, "</div>\n");
}

/* ------------------------------------------------------------------------------------------ bars */

static void put_tool(ty_http *http, const char *op, const char *label, const char *sign, const char *key)
{
    ty_html(&http->page,
            "<button type=\"button\" data-op=\"$s\" title=\"$s ($s)\"><span class=\"lab\">$s</span> "
            "<span aria-hidden=\"true\">$s</span></button>",
            op, ty_label(http->taste.ui, label), key, ty_label(http->taste.ui, label), sign);
}

static void put_neighbour(ty_http *http, const char *id, const char *label, int64_t release, const char *sign)
{
    if (release)
        ty_html(&http->page,
                "<a class=\"btn\" id=\"$s\" href=\"/release/$d\" aria-label=\"$s\" title=\"$s\">$s</a>", id,
                release, ty_label(http->taste.ui, label), ty_label(http->taste.ui, label), sign);
}

static void put_bar(ty_http *http, const ty_review_rows *rows)
{
    const ty_page *page = &http->page;
    int64_t previous = 0, next = 0;
    ty_release_neighbours(http, rows->origin, &previous, &next);
    ty_html(page, "<div class=\"rbar\"><div class=\"ti\">");
    put_neighbour(http, "previous", N_("Previous release"), previous, "‹");
    ty_html(page, "<h1 class=\"title\"");
    ty_html_lang(page, rows->langs[ty_release_title_side(http, rows)]);
    ty_html(page, ">$t</h1>", ty_release_title(http, rows));
    put_neighbour(http, "next", N_("Next release"), next, "›");
    ty_html(page, "<span class=\"mute nowrap meta\">$t</span>", rows->date);
    if (ty_is_web_address(rows->url))
        ty_html(page, " <a class=\"small meta\" rel=\"noopener noreferrer\" href=\"$t\">{Source}</a>",
                rows->url);
    ty_html(page, "</div><div class=\"counts\" id=\"counts\">");
    ty_review_put_counts(http, rows);
    ty_html(page, "</div>");
    if (http->who.role >= TY_ROLE_EDIT) {
        put_tool(http, "bulk", N_("Confirm all above…"), "✓✓", "c");
        put_tool(http, "realign", N_("Realign the rest"), "⟳", "r");
        put_tool(http, "undo", N_("Undo"), "↶", "z");
        put_tool(http, "redo", N_("Redo"), "↷", "Shift+Z");
    }
    ty_html(page, "</div>\n");
}

static void put_hints(ty_http *http)
{
    static const char *const hints[][2] = {{"Space", N_("confirm, go on")},
                                           {"n p", N_("next/previous doubtful")},
                                           {"u", N_("first sentence up")},
                                           {"d", N_("last sentence down")},
                                           {"m", N_("merge")},
                                           {"s", N_("split")},
                                           {"x", N_("unlink")},
                                           {"w", N_("exchange partner")},
                                           {"e", N_("edit")},
                                           {"y", N_("why")},
                                           {"z", N_("undo")},
                                           {"?", N_("help")}};
    ty_html(&http->page, "<div class=\"hint\">");
    for (size_t i = 0; i < sizeof hints / sizeof *hints; i++)
        ty_html(&http->page, "<span><kbd>$s</kbd> $s</span>", hints[i][0],
                ty_label(http->taste.ui, hints[i][1]));
    ty_html(&http->page, "</div>\n");
}

/* ------------------------------------------------------------------------------------------ the page */

static void put_page(ty_http *http, const ty_review_rows *rows, size_t from)
{
    const ty_page *page = &http->page;
    int64_t next = 0, previous = 0;
    ty_release_neighbours(http, rows->origin, &previous, &next);
    ty_page_begin(http, ty_release_title(http, rows), "review bead-page");
    put_bar(http, rows);
    ty_html(page,
            "<div class=\"beads\" id=\"scroll\">\n<div id=\"beads\" role=\"grid\" aria-label=\"{Review}\" "
            "aria-rowcount=\"$d\" "
            "aria-colcount=\"3\" data-version=\"$d\" data-address=\"$s\">\n",
            (int64_t)rows->count + 1, (int64_t)rows->version, ty_release_address(http, rows));
    put_heads(http, rows);
    put_rows(http, rows, from);
    ty_html(page, "</div>\n<p class=\"end\"><span id=\"end-count\">");
    ty_review_put_end(http, rows);
    ty_html(page, "</span> ");
    if (next)
        ty_html(page, "<a class=\"btn\" href=\"/release/$d\">{Next release} <kbd>Shift+N</kbd></a>", next);
    ty_html(page,
            "</p>\n</div>\n<div id=\"map\" class=\"map\"></div>\n"
            "<aside id=\"panel\" class=\"panel\" aria-label=\"{This pair}\" tabindex=\"-1\"><noscript>"
            "<p>{The sign between two texts leads to all that can be done there.}</p></noscript></aside>\n");
    put_hints(http);
    ty_page_end(http);
}

void ty_review_put_bead(ty_http *http, const ty_review_row *row)
{
    static const char *const states[] = {"auto", "hand", "ok"};
    ty_json_open(&http->reply, NULL, '{');
    ty_json_integer(&http->reply, "bead", row->bead);
    ty_json_integer(&http->reply, "unit", row->unit);
    for (int side = 0; side < 2; side++) {
        ty_json_open(&http->reply, side ? "target" : "source", '[');
        for (uint32_t k = 0; k < row->counts[side]; k++) {
            ty_json_open(&http->reply, NULL, '{');
            ty_json_integer(&http->reply, "number", row->lines[side][k].number);
            ty_json_text(&http->reply, "text", row->lines[side][k].text);
            ty_json_close(&http->reply, '}');
        }
        ty_json_close(&http->reply, ']');
    }
    ty_json_text(&http->reply, "state", ty_slice_of(states[row->state]));
    ty_json_number(&http->reply, "confidence", (double)row->confidence);
    ty_json_bool(&http->reply, "doubtful", row->doubts != 0);
    ty_json_text(&http->reply, "who", row->who);
    ty_json_close(&http->reply, '}');
}

static void put_data(ty_http *http, const ty_review_rows *rows)
{
    ty_data_begin(http);
    ty_json_integer(&http->reply, "release", rows->origin);
    ty_json_text(&http->reply, "name", rows->name);
    ty_json_integer(&http->reply, "changed", (int64_t)rows->version);
    ty_json_open(&http->reply, "beads", '[');
    for (size_t i = 0; i < rows->count; i++)
        ty_review_put_bead(http, &rows->items[i]);
    ty_json_close(&http->reply, ']');
    ty_data_end(http);
}

void ty_answer_review(ty_http *http)
{
    ty_review_rows rows = {0};
    ty_status status = ty_release_rows(http, http->arguments[0], &rows);
    if (status != TY_OK) {
        ty_reply_failure(http, status);
        return;
    }
    size_t from = least((size_t)ty_params_integer(&http->target.query, "from", 0, INT32_MAX, 0), rows.count);
    if (http->json)
        put_data(http, &rows);
    else if (ty_http_asks(http, "part"))
        put_part(http, &rows, from);
    else
        put_page(http, &rows, from);
}
