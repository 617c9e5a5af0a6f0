/* SPDX-License-Identifier: Apache-2.0 */
/* One pair of the memory: its texts, where it comes from, and how to put it right. */
#include "server/pages.h"
#include "server/releases.h"
#include "server/show.h"
#include "server/steps.h"
#include "server/units.h"

enum { STEPS = 50 };

typedef struct unit {
    ty_http *http;
    bool found;
} unit;

static void put_variant(ty_http *http, const ty_unit_info *u, const ty_variant_info *variant)
{
    const ty_page *page = &http->page;
    bool can = http->who.role >= TY_ROLE_EDIT;
    ty_html(page, "<section class=\"card\"><h2>$s</h2>", ty_language_label(http, variant->lang));
    if (can)
        ty_html(page,
                "<form method=\"post\" action=\"/unit/$d\"><input type=\"hidden\" name=\"key\" "
                "value=\"$s\"><input type=\"hidden\" name=\"seen\" value=\"$d\"><input type=\"hidden\" "
                "name=\"op\" value=\"edit\"><input type=\"hidden\" name=\"lang\" value=\"$t\"><input "
                "type=\"hidden\" name=\"markup\" "
                "value=\"$r\"><textarea name=\"text\" rows=\"4\" aria-label=\"$s\"",
                u->id, http->who.form_key, (int64_t)ty_http_unit_seen(u), variant->lang,
                variant->content.data ? "1" : "", ty_language_label(http, variant->lang));
    else
        ty_html(page, "<p");
    ty_html_lang(page, variant->lang);
    ty_html(page, can ? ">\n$t</textarea><button>{Save}</button></form>" : ">$t</p>",
            variant->content.data ? variant->content : variant->text);
    ty_html(page, "</section>\n");
}

static void put_button(ty_http *http, const ty_unit_info *u, const char *op, const char *label)
{
    ty_html(&http->page,
            "<form method=\"post\" action=\"/unit/$d\"><input type=\"hidden\" name=\"key\" "
            "value=\"$s\"><input type=\"hidden\" name=\"seen\" value=\"$d\"><button name=\"op\" "
            "value=\"$s\">$s</button></form> ",
            u->id, http->who.form_key, (int64_t)ty_http_unit_seen(u), op, ty_label(http->taste.ui, label));
}

/* The pair of a release is worked on there, among its neighbours. */
static void put_place(ty_http *http, const ty_unit_info *u)
{
    ty_review_rows rows = {0};
    char key[24];
    snprintf(key, sizeof key, "%lld", (long long)u->origin);
    if (!u->aligned || ty_release_rows(http, ty_slice_of(key), &rows) != TY_OK)
        return;
    for (size_t i = 0; i < rows.count; i++)
        if (rows.items[i].unit == u->id) {
            ty_html(&http->page, "<p><a class=\"btn pri\" href=\"$s#b$d\">{open in its release}</a></p>\n",
                    ty_release_address(http, &rows), rows.items[i].bead);
            return;
        }
}

/* As a TMX has them, those of a text with its language. */
static void put_properties(ty_http *http, const ty_unit_info *u)
{
    const ty_page *page = &http->page;
    if (!u->property_count)
        return;
    ty_html(page, "<details class=\"card\"><summary>{Properties}</summary><table><tbody>\n");
    for (size_t i = 0; i < u->property_count; i++) {
        const ty_property *p = &u->properties[i];
        ty_html(page,
                "<tr><td class=\"mute\">$s</td><th scope=\"row\">$t</th><td dir=\"auto\">$t</td></tr>\n",
                p->lang.size ? ty_language_label(http, p->lang) : "", p->name, p->value);
    }
    ty_html(page, "</tbody></table></details>\n");
}

static void put_page(ty_http *http, const ty_unit_info *u)
{
    const ty_page *page = &http->page;
    ty_page_begin(http, u->variant_count ? u->variants[0].text : (ty_slice){"", 0}, "review-one");
    ty_html(page, "<h1>{pair} $d</h1>\n<div class=\"row\">", u->id);
    ty_html(page, u->confirmed ? "<span class=\"tag ok\">✓ {confirmed}</span>"
                               : "<span class=\"tag\">{unconfirmed}</span>");
    ty_html(page, "<span dir=\"auto\">$t</span> <span class=\"num mute\">$t</span> <span class=\"mute\">$t ",
            u->origin_name, u->origin_date, u->changed_by);
    ty_show_time(http, u->changed_at);
    ty_html(page, "</span></div>\n");
    put_place(http, u);
    for (size_t i = 0; i < u->variant_count; i++)
        put_variant(http, u, &u->variants[i]);
    if (http->who.role >= TY_ROLE_EDIT) {
        ty_html(page, "<div class=\"row\">");
        put_button(http, u, "confirm", N_("Confirm"));
        put_button(http, u, "remove", N_("Remove"));
        ty_html(page, "</div>\n");
    }
    put_properties(http, u);
    ty_html(page, "<h2>{History}</h2>\n");
    ty_steps_put(http, &(ty_step_filter){.unit = u->id, .max = STEPS});
    ty_page_end(http);
}

static void put_data(ty_http *http, const ty_unit_info *u)
{
    ty_buffer *json = &http->reply;
    ty_data_begin(http);
    ty_json_integer(json, "unit", u->id);
    ty_json_bool(json, "confirmed", u->confirmed);
    ty_json_integer(json, "seen", (int64_t)ty_http_unit_seen(u));
    ty_json_text(json, "origin", u->origin_name);
    ty_json_open(json, "variants", '[');
    for (size_t i = 0; i < u->variant_count; i++) {
        ty_json_open(json, NULL, '{');
        ty_json_text(json, "lang", u->variants[i].lang);
        ty_json_text(json, "text", u->variants[i].text);
        ty_json_close(json, '}');
    }
    ty_json_close(json, ']');
    ty_json_open(json, "properties", '[');
    for (size_t i = 0; i < u->property_count; i++) {
        ty_json_open(json, NULL, '{');
        ty_json_text_if(json, "lang", u->properties[i].lang);
        ty_json_text(json, "name", u->properties[i].name);
        ty_json_text(json, "value", u->properties[i].value);
        ty_json_close(json, '}');
    }
    ty_json_close(json, ']');
    ty_json_open(json, "history", '[');
    bool more = ty_steps_put(http, &(ty_step_filter){.unit = u->id, .max = STEPS});
    ty_json_close(json, ']');
    ty_json_bool(json, "more", more); /* of its history, under /changes.json */
    ty_data_end(http);
}

static ty_status take(void *payload, const ty_unit_info *u)
{
    unit *one = payload;
    one->found = true;
    if (one->http->json)
        put_data(one->http, u);
    else
        put_page(one->http, u);
    return TY_STOP;
}

void ty_answer_unit(ty_http *http)
{
    int64_t id = ty_http_unit(http);
    unit one = {http, false};
    ty_unit_query query = {.ids = &id, .id_count = 1};
    ty_status status = id ? ty_memory_units(http->memory, &query, take, &one, &http->error) : TY_NO;
    if (!one.found)
        ty_reply_failure(http, status == TY_OK || status == TY_STOP ? TY_NO : status);
}
