/* SPDX-License-Identifier: Apache-2.0 */
/* What is around every page: head, navigation, foot. */
#include "server/internal.h"

typedef struct place {
    const char *address, *label, *kind;
} place;

static const place places[] = {
    {"/", N_("Desk"), "desk"},
    {"/release", N_("Review"), "review"},
    {"/concordance", N_("Concordance"), "concordance"},
    {"/terms", N_("Terms"), "terms"},
    {"/check", N_("Check"), "check"},
};

/* This page with one parameter set anew. */
static ty_slice address_with(ty_http *http, const char *name, const char *value)
{
    const ty_params *query = &http->target.query;
    ty_buffer address = {0};
    bool safe = http->method == TY_GET || http->method == TY_HEAD;
    ty_buffer_add(&address, safe && http->target.raw.size ? http->target.raw : TY_SLICE("/"));
    ty_buffer_add_char(&address, '?');
    for (size_t i = 0; safe && i < query->count; i++) {
        if (ty_slice_equal(query->items[i].name, ty_slice_of(name)))
            continue;
        ty_percent_encode(&address, query->items[i].name);
        ty_buffer_add_char(&address, '=');
        ty_percent_encode(&address, query->items[i].value);
        ty_buffer_add_char(&address, '&');
    }
    ty_buffer_add_format(&address, "%s=%s", name, value);
    ty_slice kept = ty_arena_copy(&http->arena, ty_buffer_slice(&address));
    ty_buffer_release(&address);
    return kept;
}

static void put_switch(ty_http *http)
{
    const char *other = strcmp(http->taste.ui, "ja") == 0 ? "en" : "ja";
    ty_html(&http->page, "<a href=\"$t\" lang=\"$s\" hreflang=\"$s\">$s</a>", address_with(http, "ui", other),
            other, other, strcmp(other, "ja") == 0 ? "日本語" : "English");
}

static void put_navigation(ty_http *http, const char *kind)
{
    ty_html(&http->page, "<nav aria-label=\"Taiyaku\">");
    for (size_t i = 0; i < sizeof places / sizeof *places; i++) {
        bool here = kind && strncmp(kind, places[i].kind, strlen(places[i].kind)) == 0;
        ty_html(&http->page, "<a href=\"$s\"$r>$s</a>", places[i].address,
                here ? " aria-current=\"page\"" : "", ty_label(http->taste.ui, places[i].label));
    }
    ty_html(&http->page, "</nav>");
}

static void put_search(ty_http *http, const char *kind)
{
    if (kind && strcmp(kind, "desk") == 0) {
        ty_html(&http->page, "<span class=\"grow\"></span>");
        return;
    }
    ty_html(&http->page,
            "<form role=\"search\" action=\"/\"><label class=\"sr\" for=\"gq\">{Search}</label>"
            "<input id=\"gq\" name=\"q\" type=\"search\" placeholder=\"{Search}\" autocomplete=\"off\" "
            "aria-keyshortcuts=\"/\"></form>");
}

static void put_head(ty_http *http, ty_slice title, const char *kind)
{
    const ty_page *page = &http->page;
    ty_html(page, "<!doctype html>\n<html lang=\"$s\" data-theme=\"$s\" data-letters=\"$s\">\n<head>\n",
            http->taste.ui, http->taste.theme, http->taste.letters ? "on" : "off");
    ty_html(
        page,
        "<meta charset=\"utf-8\">\n<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
        "<title>$t – Taiyaku</title>\n",
        title);
    ty_html(page,
            "<link rel=\"icon\" href=\"/static/$s/icon.svg\" type=\"image/svg+xml\">\n"
            "<link rel=\"stylesheet\" href=\"/static/$s/desk.css\">\n",
            ty_assets_hash, ty_assets_hash);
    if (strcmp(http->taste.ui, "ja") == 0)
        ty_html(page, "<script src=\"/static/$s/labels-ja.js\" defer></script>\n", ty_assets_hash);
    ty_html(page, "<script src=\"/static/$s/desk.js\" defer></script>\n", ty_assets_hash);
    if (kind && strcmp(kind, "review bead-page") == 0)
        ty_html(page, "<script src=\"/static/$s/review.js\" defer></script>\n", ty_assets_hash);
    ty_html(page, "</head>\n");
}

/* Within the page: an image of its own would be a document more to lay out before the first paint. */
static void put_icon(ty_http *http)
{
    for (const ty_asset *asset = ty_assets; asset->name; asset++)
        if (strcmp(asset->name, "icon.svg") == 0)
            ty_buffer_add(http->page.out, (ty_slice){(const char *)asset->data, asset->size});
}

static void put_brand(ty_http *http)
{
    ty_html(&http->page, "<header class=\"top\"><a class=\"brand\" href=\"/\"><span aria-hidden=\"true\">");
    put_icon(http);
    ty_html(&http->page,
            "</span><span>Taiyaku</span> <span lang=\"ja\" class=\"mute small\">対訳</span></a>");
}

void ty_page_begin(ty_http *http, ty_slice title, const char *kind)
{
    const ty_page *page = &http->page;
    bool in = http->who.role != TY_ROLE_NONE;
    http->type = "text/html; charset=utf-8";
    put_head(http, title, kind);
    ty_html(page,
            "<body class=\"$s\" data-key=\"$s\">\n<a class=\"skip\" href=\"#main\">{Skip to content}</a>\n",
            kind ? kind : "", http->who.cookie ? http->who.form_key : "");
    put_brand(http);
    if (in) {
        put_navigation(http, kind);
        put_search(http, kind);
    } else {
        ty_html(page, "<span class=\"grow\"></span>");
    }
    ty_html(page, "<div class=\"who\">");
    put_switch(http);
    if (in)
        ty_html(page,
                "<a href=\"/settings\" title=\"{Settings}\">$s</a>"
                "<a class=\"btn\" id=\"help-open\" href=\"/help\" title=\"{Help and keys} (?)\" "
                "aria-label=\"{Help and keys}\">?</a>",
                http->who.name[0] ? http->who.name : ty_label(http->taste.ui, "Settings"));
    ty_html(page, "</div></header>\n<main id=\"main\" tabindex=\"-1\">\n");
}

static bool is_whole(ty_http *http)
{
    return ty_http_param(http, "whole").size > 0;
}

void ty_rest_begin(ty_http *http)
{
    if (!is_whole(http))
        ty_html(&http->page, "<noscript class=\"rest\">\n");
}

/* Where a browser runs scripts but ours have not come, the rest is behind a link, which ours take away. */
void ty_rest_end(ty_http *http)
{
    if (!is_whole(http))
        ty_html(&http->page, "</noscript>\n<a class=\"rest\" href=\"$t\">{Show all of this page}</a>\n",
                address_with(http, "whole", "1"));
}

void ty_page_end(ty_http *http)
{
    ty_html(&http->page,
            "</main>\n<footer class=\"foot small mute\"><a href=\"/changes\">{Changes}</a> · <a "
            "href=\"/help\">{Help and keys}</a> · "
            "<a href=\"/about\">{About and licences}</a></footer>\n"
            "<div class=\"sr\" id=\"live\" role=\"status\" aria-live=\"polite\"></div>\n</body>\n</html>\n");
}
