/* SPDX-License-Identifier: Apache-2.0 */
/* The concordance: what is searched in the middle, what stands for it opposite, counted. */
#include <stdlib.h>

#include "server/concordance.h"
#include "server/pages.h"
#include "server/plot.h"
#include "server/languages.h"
#include "server/release_list.h"
#include "server/show.h"

enum { RENDERINGS = 9, SCREEN = 18 /* hits that are in view at first */ };

/* This page's address with one parameter set anew (or taken out: value empty). */
static ty_slice address_with(ty_http *http, const char *name, ty_slice value)
{
    const ty_params *query = &http->target.query;
    ty_buffer address = {0};
    ty_buffer_add_string(&address, "/concordance?");
    for (size_t i = 0; i < query->count; i++) {
        ty_slice key = query->items[i].name;
        if (!query->items[i].value.size || ty_slice_equal(key, ty_slice_of(name)) ||
            ty_slice_equal(key, TY_SLICE("page")))
            continue;
        ty_percent_encode(&address, key);
        ty_buffer_add_char(&address, '=');
        ty_percent_encode(&address, query->items[i].value);
        ty_buffer_add_char(&address, '&');
    }
    if (value.size) {
        ty_buffer_add_format(&address, "%s=", name);
        ty_percent_encode(&address, value);
    }
    ty_slice kept = ty_arena_copy(&http->arena, ty_buffer_slice(&address));
    ty_buffer_release(&address);
    return kept;
}

/* The same question, for a file of the answer. */
static ty_slice query_of(ty_http *http)
{
    ty_slice address = address_with(http, "view", TY_SLICE(""));
    return ty_slice_sub(address, strlen("/concordance"), address.size);
}

/* ------------------------------------------------------------------------------------------ form */

static void put_option(const ty_page *page, const char *value, const char *label, bool chosen)
{
    ty_html(page, "<option value=\"$s\"$r>$s</option>", value, chosen ? " selected" : "",
            ty_label(page->ui, label));
}

static void put_form(ty_http *http, const ty_view *v)
{
    const ty_page *page = &http->page;
    ty_html(page,
            "<form class=\"row filters\" action=\"/concordance\" role=\"search\"><label>{Search} <input "
            "id=\"q\" name=\"q\" "
            "type=\"search\" value=\"$t\" size=\"24\" autocomplete=\"off\"></label>"
            "<label>{Language} <select name=\"l\">",
            v->filter.query);
    put_option(page, "", N_("either"), !v->filter.lang);
    ty_languages_put_options(http, ty_slice_of(v->filter.lang));
    ty_html(page,
            "</select></label><label>{Other language} <input id=\"other\" name=\"other\" value=\"$t\" "
            "size=\"14\"></label>"
            "<label><span class=\"sr\">{Other language}</span><select name=\"not\">",
            v->filter.other);
    put_option(page, "", N_("contains"), !v->filter.without);
    put_option(page, "1", N_("does not contain"), v->filter.without);
    ty_html(page, "</select></label><label>{From} <input name=\"from\" type=\"number\" min=\"1900\" "
                  "max=\"2100\" value=\"");
    if (v->filter.from)
        ty_html(page, "$d", v->filter.from);
    ty_html(page,
            "\"></label><label>{to} <input name=\"to\" type=\"number\" min=\"1900\" max=\"2100\" value=\"");
    if (v->filter.to)
        ty_html(page, "$d", v->filter.to);
    ty_html(page, "\"></label>");
    ty_agencies_put(http, v->filter.agency);
    ty_html(page, "<label>{Sort} <select name=\"sort\">");
    static const char *const labels[] = {N_("date"), N_("left context"), N_("right context"),
                                         N_("rendering")};
    for (size_t i = 0; i < 4; i++)
        put_option(page, ty_hit_orders[i], labels[i], v->order == (ty_hit_order)i);
    ty_html(page, "</select></label>$r",
            v->full ? "<input type=\"hidden\" name=\"view\" value=\"full\">" : "");
    if (v->filter.release)
        ty_html(page, "<label>{Release} <input name=\"release\" value=\"$s\"></label>", v->filter.release);
    ty_html(page, "<button class=\"pri\">{Search}</button></form>\n");
}

/* ------------------------------------------------------------------------------------------ figures */

static void put_rendering(ty_http *http, const ty_view *v, const ty_rendering_count *entry, int64_t most)
{
    const ty_page *page = &http->page;
    bool chosen = entry->text.size && ty_slice_equal_nocase(entry->text, v->filter.other);
    ty_html(page, "<tr><th scope=\"row\">");
    if (entry->text.size) {
        ty_html(page, "<a href=\"$t\"$r>", address_with(http, "other", chosen ? TY_SLICE("") : entry->text),
                chosen ? " aria-current=\"true\"" : "");
        ty_html_in(page, "span", entry->lang, entry->text);
        ty_html(page, "</a>");
    } else {
        ty_html(page, "<i class=\"mute\">{not marked}</i>");
    }
    ty_html(page,
            "</th><td class=\"share\"><svg viewBox=\"0 0 100 9\" preserveAspectRatio=\"none\" "
            "aria-hidden=\"true\">"
            "<rect class=\"b\" width=\"$p\" height=\"9\"/></svg></td><td class=\"num\">$d</td><td "
            "class=\"num mute small\">",
            100.0 * (double)entry->count / (double)most, entry->count);
    if (entry->first)
        ty_html(page, entry->first == entry->last ? "$d" : "$d–$d", (int64_t)entry->first,
                (int64_t)entry->last);
    ty_html(page, "</td></tr>");
}

static void put_renderings(ty_http *http, const ty_view *v)
{
    ty_rendering_counts counts = {0};
    if (!ty_hits_renderings(&v->hits, &counts))
        http->status = 503;
    ty_html(&http->page, "<section class=\"card\"><h2>{Renderings}</h2><table class=\"rend\">");
    for (size_t i = 0; i < counts.count && i < RENDERINGS; i++)
        put_rendering(http, v, &counts.items[i], counts.items[0].count);
    ty_html(&http->page, "</table></section>");
    ty_vector_release(&counts);
}

static void put_years(ty_http *http, const ty_view *v)
{
    ty_year_counts years = {0};
    for (size_t i = 0; i < v->hits.count; i++)
        ty_years_add(&years, ty_hit_year(&v->hits.items[i]), 1);
    if (!years.first)
        return;
    ty_html(&http->page, "<section class=\"card\"><h2>{by year}</h2>");
    ty_plot_years(http, ty_label(http->taste.ui, "by year"), &years);
    ty_html(&http->page, "</section>");
}

/* ------------------------------------------------------------------------------------------ lines */

/* The left side is cut on its left, so that the node keeps its place; its last blank would be lost there. */
static void put_left(const ty_page *page, ty_slice text, bool full)
{
    if (full) {
        ty_html_text(page, text);
        return;
    }
    bool blank = text.size && text.data[text.size - 1] == ' ';
    ty_html(page, "<span class=\"l\"><bdi>$t$r</bdi></span>",
            blank ? ty_slice_sub(text, 0, text.size - 1) : text, blank ? "&nbsp;" : "");
}

static void put_line(const ty_page *page, ty_slice lang, ty_slice text, ty_span at, const char *mark,
                     bool full)
{
    ty_html(page, full || !at.end ? "<div class=\"kl plain\"" : "<div class=\"kl\"");
    ty_html_lang(page, lang);
    ty_html(page, ">");
    if (at.end) {
        put_left(page, ty_slice_sub(text, 0, at.start), full);
        ty_html(page, "<mark class=\"$s\">$t</mark>", mark, ty_slice_sub(text, at.start, at.end));
        ty_html(page, full ? "$t" : "<span class=\"r\">$t</span>", ty_slice_sub(text, at.end, text.size));
    } else {
        ty_html_text(page, text);
    }
    ty_html(page, "</div>");
}

static void put_hit(ty_http *http, const ty_hit *hit, bool full)
{
    const ty_page *page = &http->page;
    ty_html(page, "<li class=\"k\">");
    put_line(page, hit->lang, hit->text, hit->at, "", full);
    put_line(page, hit->other_lang, hit->other, hit->other_at, "eq", full);
    ty_html(page, "<div class=\"small meta\">");
    ty_show_origin(http, hit->unit, hit->origin, -1);
    ty_show_copy(http, hit->other);
    ty_html(page, "</div></li>\n");
}

static void put_hits(ty_http *http, const ty_view *v)
{
    size_t end = v->first + TY_VIEW_PAGE < v->hits.count ? v->first + TY_VIEW_PAGE : v->hits.count;
    for (size_t i = v->first; i < end; i++) {
        if (i == v->first + SCREEN)
            ty_rest_begin(http);
        put_hit(http, &v->hits.items[i], v->full);
    }
    if (end > v->first + SCREEN)
        ty_rest_end(http);
}

static void put_pages(ty_http *http, const ty_view *v)
{
    const ty_page *page = &http->page;
    if (v->hits.count <= TY_VIEW_PAGE)
        return;
    ty_html(page, "<nav class=\"row\" aria-label=\"{Pages}\">");
    for (size_t i = 0; i * TY_VIEW_PAGE < v->hits.count; i++) {
        char number[24];
        snprintf(number, sizeof number, "%zu", i + 1);
        ty_html(page, "<a class=\"btn\" href=\"$t\"$r>$s</a>",
                address_with(http, "page", ty_slice_of(number)),
                i * TY_VIEW_PAGE == v->first ? " aria-current=\"page\"" : "", number);
    }
    ty_html(page, "</nav>");
}

/* All there are; at least so many, where they were too many to count. */
static int64_t count_of(const ty_view *v)
{
    return (int64_t)v->hits.count + v->rest.count;
}

/* What was looked at, and the way to more. */
static void put_beyond(ty_http *http, const ty_view *v)
{
    const ty_page *page = &http->page;
    if (v->rest.late)
        ty_html(page, "<p class=\"notice bad\">{The search took too long: only a part was looked at.}</p>\n");
    if (!v->hits.count)
        return;
    ty_html(page, "<p class=\"mute small\">{The first $d are shown, sorted and counted.}",
            (int64_t)v->hits.count);
    if (!ty_http_asks(http, "deep"))
        ty_html(page, " <a href=\"$t\">{Look at more}</a>", address_with(http, "deep", TY_SLICE("1")));
    ty_html(page, "</p>\n");
}

static void put_result(ty_http *http, const ty_view *v)
{
    const ty_page *page = &http->page;
    ty_html(page, "<div class=\"grid2\">");
    put_renderings(http, v);
    put_years(http, v);
    ty_html(page, "</div>\n<div class=\"row\"><span class=\"num mute\" role=\"status\"$r>$s",
            v->filter.uncounted && v->rest.uncounted && !v->rest.late ? " data-count" : "",
            v->rest.uncounted ? "≥ " : "");
    ty_html(page, count_of(v) == 1 ? "{$d hit}" : "{$d hits}", count_of(v));
    ty_html(page,
            "</span><span class=\"grow\"></span><a class=\"btn\" href=\"/concordance.tsv$t\">TSV</a> <a "
            "class=\"btn\" "
            "href=\"/concordance.tmx$t\">TMX</a> <a class=\"btn\" id=\"view\" href=\"$t\">$s</a></div>\n",
            query_of(http), query_of(http),
            address_with(http, "view", v->full ? TY_SLICE("") : TY_SLICE("full")),
            ty_label(http->taste.ui, v->full ? N_("One line") : N_("Full sentences")));
    if (!v->hits.count && !v->rest.late)
        ty_html(page, "<p class=\"mute\">{Nothing found}</p>");
    if (v->rest.count || v->rest.uncounted)
        put_beyond(http, v);
    ty_html(page, "<ol class=\"kwic list$s\" tabindex=\"0\" aria-label=\"{Concordance}\">\n",
            v->full ? " full" : "");
    put_hits(http, v);
    ty_html(page, "</ol>\n");
    put_pages(http, v);
    if (v->hits.count)
        ty_show_licence(http);
}

/* ------------------------------------------------------------------------------------------ data */

static void put_span(ty_http *http, const char *name, ty_span span)
{
    ty_json_open(&http->reply, name, '{');
    ty_json_integer(&http->reply, "start", (int64_t)span.start);
    ty_json_integer(&http->reply, "end", (int64_t)span.end);
    ty_json_close(&http->reply, '}');
}

static void put_data(ty_http *http, const ty_view *v)
{
    ty_data_begin(http);
    ty_json_text(&http->reply, "query", v->filter.query);
    ty_json_integer(&http->reply, "count", count_of(v));
    ty_json_bool(&http->reply, "more", v->rest.uncounted);
    ty_json_bool(&http->reply, "late", v->rest.late);
    ty_json_open(&http->reply, "hits", '[');
    for (size_t i = v->first; i < v->hits.count && i < v->first + TY_VIEW_PAGE; i++) {
        const ty_hit *hit = &v->hits.items[i];
        ty_json_open(&http->reply, NULL, '{');
        ty_json_integer(&http->reply, "unit", hit->unit);
        ty_json_text(&http->reply, "origin", hit->origin);
        ty_json_text(&http->reply, "date", hit->date);
        ty_json_text(&http->reply, "lang", hit->lang);
        ty_json_text(&http->reply, "text", hit->text);
        put_span(http, "hit", hit->at);
        ty_json_text(&http->reply, "other_lang", hit->other_lang);
        ty_json_text(&http->reply, "other", hit->other);
        if (hit->other_at.end)
            put_span(http, "other_hit", hit->other_at);
        ty_json_close(&http->reply, '}');
    }
    ty_json_close(&http->reply, ']');
    ty_data_end(http);
}

void ty_answer_concordance(ty_http *http)
{
    ty_view v;
    ty_view_read(http, &v);
    ty_status status = ty_view_find(http, &v);
    if (status != TY_OK) {
        ty_reply_failure(http, status);
    } else if (http->json) {
        put_data(http, &v);
    } else {
        ty_page_begin(
            http, v.filter.query.size ? v.filter.query : ty_slice_of(ty_label(http->taste.ui, "Concordance")),
            "concordance");
        ty_html(&http->page, "<h1>{Concordance}</h1>\n");
        put_form(http, &v);
        if (v.filter.query.size)
            put_result(http, &v);
        ty_page_end(http);
    }
    ty_vector_release(&v.hits);
}
