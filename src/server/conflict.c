/* SPDX-License-Identifier: Apache-2.0 */
#include "server/conflict.h"

static void put_now(ty_http *http, const ty_conflict *c)
{
    const ty_page *page = &http->page;
    ty_html(page, "<section class=\"card\"><h2>{As it is now}</h2>\n<p class=\"lines\"");
    ty_html_lang(page, c->lang);
    ty_html(page, ">$t</p>", c->now);
    if (!c->now.size)
        ty_html(page, "<p class=\"mute\">{That is not here (any more).}</p>");
    if (c->who.size)
        ty_html(page, "<p class=\"mute small\">✎ $t</p>", c->who);
    ty_html(page, "<p><a class=\"btn\" href=\"$s\">{Leave it so}</a></p></section>\n", c->back);
}

static void put_mine(ty_http *http, const ty_conflict *c)
{
    const ty_page *page = &http->page;
    ty_html(page, "<section class=\"card\"><h2>{What you wrote}</h2>\n<form method=\"post\" action=\"$s\">",
            c->action ? c->action : "");
    ty_html(page, "<input type=\"hidden\" name=\"key\" value=\"$s\">", http->who.form_key);
    for (size_t i = 0; i < c->field_count; i++)
        ty_html(page, "<input type=\"hidden\" name=\"$s\" value=\"$s\">", c->fields[i].name,
                c->fields[i].value);
    ty_html(page, "<textarea name=\"text\" rows=\"5\" aria-label=\"{What you wrote}\"");
    ty_html_lang(page, c->lang);
    ty_html(page, ">\n$t</textarea>", c->mine);
    if (c->action)
        ty_html(page, "<button class=\"pri\">{Save mine in its place}</button>");
    ty_html(page, "</form></section>\n");
}

static void put_data(ty_http *http, const ty_conflict *c)
{
    http->type = "application/json";
    ty_data_begin(http);
    ty_json_string(&http->reply, "error", ty_label(http->taste.ui, c->why));
    ty_json_text(&http->reply, "now", c->now);
    ty_json_text(&http->reply, "who", c->who);
    ty_data_end(http);
}

void ty_reply_conflict(ty_http *http, const ty_conflict *c)
{
    const char *why = ty_label(http->taste.ui, c->why);
    ty_buffer_clear(&http->reply);
    http->status = 409;
    if (ty_http_wants_data(http)) {
        put_data(http, c);
        return;
    }
    ty_page_begin(http, ty_slice_of(why), "conflict");
    ty_html(&http->page, "<h1>$s</h1>\n<div class=\"grid2\">", why);
    put_now(http, c);
    if (c->mine.size)
        put_mine(http, c);
    ty_html(&http->page, "</div>\n");
    ty_page_end(http);
}
