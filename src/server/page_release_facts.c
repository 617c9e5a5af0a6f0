/* SPDX-License-Identifier: Apache-2.0 */
/* What is known of a release - titles, date, address, agency - and how to put it right, or take the release
 * out. */
#include <stdlib.h>

#include "server/pages.h"
#include "server/releases.h"

static void put_field(ty_http *http, const char *name, const char *label, const char *type, ty_slice value)
{
    ty_html(&http->page,
            "<p><label>$s <input name=\"$s\" type=\"$s\" value=\"$t\" size=\"50\"></label></p>\n",
            ty_label(http->taste.ui, label), name, type, value);
}

static void put_titles(ty_http *http, const ty_release_info *info)
{
    for (int side = 0; side < 2; side++) {
        ty_html(&http->page, "<p><label>{Title} ($s) <input name=\"title$d\" size=\"50\" value=\"$t\"",
                ty_language_label(http, info->langs[side]), (int64_t)side, info->titles[side]);
        ty_html_lang(&http->page, info->langs[side]);
        ty_html(&http->page, "></label></p>\n");
    }
}

/* Asked once more, on the page itself: what goes can be taken back under Changes. */
static void put_removal(ty_http *http, const char *address)
{
    ty_html(&http->page,
            "<details class=\"card\"><summary>{Remove this release…}</summary><p>{Its pairs go, but for "
            "those that "
            "came with something else as well. It can be taken back under Changes.}</p><form method=\"post\" "
            "action=\"$s/facts\"><input type=\"hidden\" name=\"key\" value=\"$s\"><button name=\"op\" "
            "value=\"remove\">{Remove}</button></form></details>\n",
            address, http->who.form_key);
}

static void put_page(ty_http *http, const ty_review_rows *rows, const ty_release_info *info)
{
    const ty_page *page = &http->page;
    const char *address = ty_release_address(http, rows);
    ty_page_begin(http, ty_release_title(http, rows), "review-one");
    ty_html(page,
            "<h1 class=\"title\"><a href=\"$s\" dir=\"auto\">$t</a></h1>\n<p class=\"small mute\">$t</p>\n",
            address, ty_release_title(http, rows), info->name);
    ty_html(page,
            "<form class=\"card\" method=\"post\" action=\"$s/facts\"><input type=\"hidden\" name=\"key\" "
            "value=\"$s\">\n<fieldset$r><legend>{Facts}</legend>\n",
            address, http->who.form_key, http->who.role < TY_ROLE_EDIT ? " disabled" : "");
    put_titles(http, info);
    put_field(http, "date", N_("Date"), "date", info->date);
    put_field(http, "url", N_("Source"), "url", info->url);
    put_field(http, "agency", N_("Agency"), "text", info->agency);
    ty_html(page,
            "<p><button class=\"pri\" name=\"op\" value=\"save\">{Save}</button></p></fieldset></form>\n");
    ty_html(page, "<p class=\"row\"><a class=\"btn\" href=\"/export.tmx?release=");
    ty_buffer name = {0};
    ty_percent_encode(&name, info->name);
    ty_html(page, "$t\">{Export TMX}</a></p>\n", ty_buffer_slice(&name));
    ty_buffer_release(&name);
    if (http->who.role >= TY_ROLE_EDIT)
        put_removal(http, address);
    ty_page_end(http);
}

void ty_answer_release_facts(ty_http *http)
{
    ty_review_rows rows = {0};
    ty_status status = ty_release_rows(http, http->arguments[0], &rows);
    if (status == TY_OK)
        put_page(http, &rows, ty_review_info(http->review));
    else
        ty_reply_failure(http, status);
}

/* A field that the form had, also where it is empty now; NULL: it was not in it. */
static const char *field(ty_http *http, const char *name)
{
    ty_slice value = ty_params_get(&http->form, name);
    return value.data ? ty_http_copy(http, ty_slice_trim(value)) : NULL;
}

static ty_status change(ty_http *http, const ty_review_rows *rows, bool remove)
{
    ty_release_facts facts = {.date = field(http, "date"),
                              .url = field(http, "url"),
                              .agency = field(http, "agency"),
                              .titles = {field(http, "title0"), field(http, "title1")}};
    uint64_t count;
    if (!remove && !ty_is_day_or_empty(ty_slice_of(facts.date)))
        return ty_error_set(&http->error, TY_ERR_USAGE, "\"%s\" is no day, as 2024-07-28 is", facts.date);
    return remove ? ty_memory_remove_origin(http->memory, ty_http_copy(http, rows->name), ty_http_who(http),
                                            &count, &http->error)
                  : ty_memory_set_facts(http->memory, rows->origin, &facts, ty_http_who(http), &http->error);
}

void ty_answer_release_facts_change(ty_http *http)
{
    ty_review_rows rows = {0};
    ty_slice op = ty_http_param(http, "op");
    bool remove = ty_slice_equal(op, TY_SLICE("remove"));
    ty_status status = ty_release_rows(http, http->arguments[0], &rows);
    if (status == TY_OK && !remove && !ty_slice_equal(op, TY_SLICE("save")))
        status = TY_ERR_USAGE;
    if (status == TY_OK)
        status = change(http, &rows, remove);
    if (status == TY_OK)
        ty_reply_done(http, remove ? "/changes" : ty_release_address(http, &rows));
    else
        ty_reply_failure(http, status);
}
