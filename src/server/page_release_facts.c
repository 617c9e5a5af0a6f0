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

/* What the form shows, as a number, so that a change says what it saw. */
static uint64_t seen_of(const ty_release_info *info)
{
    const ty_slice texts[] = {info->titles[0], info->titles[1], info->date, info->url, info->agency};
    uint64_t hash = (uint64_t)info->id;
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        hash = ty_hash(texts[i], hash + 1);
    return hash >> 1; /* as a form has it: no sign */
}

static void put_head(ty_http *http, const ty_review_rows *rows, const ty_release_info *info)
{
    ty_page_begin(http, ty_release_title(http, rows), "review-one");
    ty_html(&http->page, "<h1 class=\"title\"><a href=\"$s\" dir=\"auto\">$t</a></h1>\n",
            ty_release_address(http, rows), ty_release_title(http, rows));
    if (!ty_slice_equal(ty_release_title(http, rows), info->name))
        ty_html(&http->page, "<p class=\"small mute\">$t</p>\n", info->name);
}

/* `legend`, `button`: labels. */
static void put_form(ty_http *http, const char *address, const char *legend, const ty_release_info *shown,
                     uint64_t seen, const char *button)
{
    const ty_page *page = &http->page;
    ty_html(page,
            "<form class=\"card\" method=\"post\" action=\"$s/facts\"><input type=\"hidden\" name=\"key\" "
            "value=\"$s\"><input type=\"hidden\" name=\"seen\" value=\"$d\">\n"
            "<fieldset$r><legend>$s</legend>\n",
            address, http->who.form_key, (int64_t)seen, http->who.role < TY_ROLE_EDIT ? " disabled" : "",
            ty_label(page->ui, legend));
    put_titles(http, shown);
    put_field(http, "date", N_("Date"), "date", shown->date);
    put_field(http, "url", N_("Source"), "url", shown->url);
    put_field(http, "agency", N_("Agency"), "text", shown->agency);
    ty_html(page, "<p><button class=\"pri\" name=\"op\" value=\"save\">$s</button></p></fieldset></form>\n",
            ty_label(page->ui, button));
}

static void put_page(ty_http *http, const ty_review_rows *rows, const ty_release_info *info)
{
    const ty_page *page = &http->page;
    const char *address = ty_release_address(http, rows);
    put_head(http, rows, info);
    put_form(http, address, N_("Facts"), info, seen_of(info), N_("Save"));
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

/* ------------------------------------------------------------------------------ two at one form */

static void put_now(ty_http *http, const char *label, ty_slice lang, ty_slice value)
{
    ty_html(&http->page, "<tr><th scope=\"row\">$s", ty_label(http->taste.ui, label));
    if (lang.size)
        ty_html(&http->page, " ($s)", ty_language_label(http, lang));
    ty_html(&http->page, "</th><td");
    ty_html_lang(&http->page, lang);
    ty_html(&http->page, ">$t</td></tr>\n", value);
}

/* 409: what stands there now, above the form with what was typed. */
static void refuse(ty_http *http, const ty_review_rows *rows, const ty_release_info *now,
                   const ty_release_info *mine)
{
    static const char *const why = N_("Somebody changed this release meanwhile; here it is as it is now.");
    const ty_page *page = &http->page;
    const char *address = ty_release_address(http, rows);
    if (ty_http_wants_data(http)) {
        ty_reply_error(http, 409, ty_label(http->taste.ui, why));
        return;
    }
    http->status = 409;
    put_head(http, rows, now);
    ty_html(page, "<p class=\"notice bad\">$s</p>\n<section class=\"card\"><h2>{As it is now}</h2>\n<table>",
            ty_label(page->ui, why));
    for (int side = 0; side < 2; side++)
        put_now(http, N_("Title"), now->langs[side], now->titles[side]);
    put_now(http, N_("Date"), (ty_slice){0}, now->date);
    put_now(http, N_("Source"), (ty_slice){0}, now->url);
    put_now(http, N_("Agency"), (ty_slice){0}, now->agency);
    ty_html(page, "</table><p><a class=\"btn\" href=\"$s/facts\">{Leave it so}</a></p></section>\n", address);
    put_form(http, address, N_("What you wrote"), mine, seen_of(now), N_("Save mine in its place"));
    ty_page_end(http);
}

/* The facts as they would be: those of now where the form does not give them. */
static ty_release_info wanted(ty_http *http, const ty_release_info *now)
{
    static const char *const names[] = {"title0", "title1", "date", "url", "agency"};
    ty_release_info mine = *now;
    ty_slice *const places[] = {&mine.titles[0], &mine.titles[1], &mine.date, &mine.url, &mine.agency};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        ty_slice typed = ty_params_get(&http->form, names[i]);
        if (typed.data)
            *places[i] = ty_slice_trim(typed);
    }
    return mine;
}

/* Of the change of a release. */
typedef struct doing {
    ty_http *http;
    ty_review_rows rows;
    bool stale; /* the facts are others than the form saw, and than it brings */
} doing;

static ty_status compare(void *payload, const ty_release_info *now)
{
    doing *d = payload;
    if (now->id != d->rows.origin)
        return TY_OK;
    int64_t seen = ty_params_integer(&d->http->form, "seen", 0, INT64_MAX, -1);
    ty_release_info mine = wanted(d->http, now);
    d->stale = seen >= 0 && (uint64_t)seen != seen_of(now) && seen_of(&mine) != seen_of(now);
    return TY_STOP;
}

/* In the transaction of the change. */
static ty_status still(void *payload, ty_error *error)
{
    doing *d = payload;
    ty_status status = ty_memory_releases(d->http->memory, compare, d, error);
    if (status != TY_STOP)
        return status == TY_OK ? TY_NO : status;
    return d->stale ? ty_error_set(error, TY_ERR_BUSY, "this was changed meanwhile") : TY_OK;
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
    return remove ? ty_memory_remove_origin(http->memory, ty_http_copy(http, rows->name), ty_http_who(http),
                                            &count, &http->error)
                  : ty_memory_set_facts(http->memory, rows->origin, &facts, ty_http_who(http), &http->error);
}

/* The release as it is now, beside what was typed. */
static void refuse_stale(doing *d)
{
    ty_http *http = d->http;
    ty_status status = ty_release_rows(http, http->arguments[0], &d->rows);
    if (status != TY_OK) {
        ty_reply_failure(http, status);
        return;
    }
    const ty_release_info *now = ty_review_info(http->review);
    ty_release_info mine = wanted(http, now);
    refuse(http, &d->rows, now, &mine);
}

void ty_answer_release_facts_change(ty_http *http)
{
    doing d = {.http = http};
    ty_slice op = ty_http_param(http, "op");
    bool remove = ty_slice_equal(op, TY_SLICE("remove"));
    ty_status status = ty_release_rows(http, http->arguments[0], &d.rows);
    if (status == TY_OK && !remove && !ty_slice_equal(op, TY_SLICE("save")))
        status = TY_ERR_USAGE;
    if (!remove)
        ty_memory_set_premise(http->memory, still, &d);
    if (status == TY_OK)
        status = change(http, &d.rows, remove);
    if (status == TY_OK)
        ty_reply_done(http, remove ? "/changes" : ty_release_address(http, &d.rows));
    else if (d.stale)
        refuse_stale(&d);
    else
        ty_reply_failure(http, status);
}
