/* SPDX-License-Identifier: Apache-2.0 */
/* Settings: of the reader, kept by the browser; of the server, kept in its file of who may sign in. */
#include <stdlib.h>
#include <time.h>

#include "server/pages.h"

/* ------------------------------------------------------------------------------------------ the reader's */

static void put_select(ty_http *http, const char *name, const char *label, const char *const choices[][2],
                       const char *now)
{
    const ty_page *page = &http->page;
    ty_html(page, "<p><label>$s <select name=\"$s\">", ty_label(page->ui, label), name);
    for (size_t i = 0; choices[i][0]; i++)
        ty_html(page, "<option value=\"$s\"$r>$s</option>", choices[i][0],
                strcmp(choices[i][0], now) == 0 ? " selected" : "", ty_label(page->ui, choices[i][1]));
    ty_html(page, "</select></label></p>\n");
}

static void put_reader(ty_http *http)
{
    static const char *const languages[][2] = {{"en", "English"}, {"ja", "日本語"}, {NULL}};
    static const char *const themes[][2] = {
        {"", N_("as the system")}, {"light", N_("light")}, {"dark", N_("dark")}, {NULL}};
    static const char *const letters[][2] = {
        {"on", N_("on")}, {"off", N_("off: Ctrl+Alt and the letter")}, {NULL}};
    static const char *const levels[][2] = {
        {"98", "98 %"}, {"95", "95 %"}, {"90", "90 %"}, {"75", "75 %"}, {NULL}};
    char level[8];
    snprintf(level, sizeof level, "%d", (int)(http->taste.doubtful * 100 + 0.5));
    ty_html(
        &http->page,
        "<section class=\"card\"><h2>{Mine}</h2><form method=\"post\" action=\"/settings\">"
        "<input type=\"hidden\" name=\"key\" value=\"$s\"><input type=\"hidden\" name=\"op\" value=\"save\">",
        http->who.form_key);
    if (http->who.cookie)
        ty_html(&http->page,
                "<p><label>{Name on changes} <input name=\"name\" value=\"$s\" maxlength=\"60\" "
                "autocomplete=\"name\"></label></p>\n",
                http->who.name);
    put_select(http, "ui", N_("Language of the pages"), languages, http->taste.ui);
    put_select(http, "theme", N_("Theme"), themes, http->taste.theme);
    put_select(http, "letters", N_("Single letters are keys"), letters, http->taste.letters ? "on" : "off");
    put_select(http, "doubtful", N_("Doubtful below"), levels, level);
    ty_html(&http->page, "<p><button class=\"pri\">{Save}</button></p></form></section>\n");
}

/* ------------------------------------------------------------------------------------------ tokens */

static void put_day(ty_http *http, int64_t at)
{
    char day[16];
    time_t when = (time_t)at;
    struct tm utc;
    if (!at) {
        ty_html(&http->page, "–");
        return;
    }
    gmtime_r(&when, &utc);
    strftime(day, sizeof day, "%Y-%m-%d", &utc);
    ty_html(&http->page, "$s", day);
}

static void put_token(void *payload, const ty_access_entry *entry)
{
    ty_http *http = payload;
    const ty_page *page = &http->page;
    ty_html(
        page,
        "<tr><th scope=\"row\">$s</th><td>$s</td><td>$s</td><td class=\"num\" data-label=\"{Last used}\">",
        entry->name, ty_label(page->ui, strcmp(entry->kind, "browser") == 0 ? N_("browser") : N_("token")),
        ty_label(page->ui, entry->role == TY_ROLE_READ   ? N_("may read")
                           : entry->role == TY_ROLE_EDIT ? N_("may edit")
                                                         : N_("may do all")));
    put_day(http, entry->used);
    ty_html(page, "</td><td class=\"num\" data-label=\"{Ends}\">");
    put_day(http, entry->ends);
    ty_html(
        page,
        "</td><td><form method=\"post\" action=\"/settings\"><input type=\"hidden\" name=\"key\" "
        "value=\"$s\">"
        "<input type=\"hidden\" name=\"op\" value=\"revoke\"><input type=\"hidden\" name=\"id\" value=\"$s\">"
        "<button>{Revoke}</button></form></td></tr>\n",
        http->who.form_key, entry->id);
}

static void put_tokens(ty_http *http)
{
    const ty_page *page = &http->page;
    ty_html(page,
            "<section class=\"card\"><h2>{Who may sign in}</h2><table class=\"stack\"><thead><tr><th "
            "scope=\"col\">{Name}</th>"
            "<th scope=\"col\">{Kind}</th><th scope=\"col\">{Role}</th><th scope=\"col\">{Last used}</th>"
            "<th scope=\"col\">{Ends}</th><td></td></tr></thead><tbody>\n");
    ty_access_list(http->server->access, put_token, http);
    ty_html(
        page,
        "</tbody></table><form class=\"row\" method=\"post\" action=\"/settings\">"
        "<input type=\"hidden\" name=\"key\" value=\"$s\"><input type=\"hidden\" name=\"op\" value=\"token\">"
        "<label>{Name} <input name=\"name\" required maxlength=\"60\"></label><label>{Role} <select "
        "name=\"role\">"
        "<option value=\"read\">{may read}</option><option value=\"edit\">{may edit}</option>"
        "<option value=\"admin\">{may do all}</option></select></label><label>{Days} <input name=\"days\" "
        "type=\"number\" "
        "min=\"1\" max=\"3650\" value=\"365\"></label><button>{New token}</button></form>\n",
        http->who.form_key);
    ty_html(page,
            "<form class=\"row\" method=\"post\" action=\"/settings\"><input type=\"hidden\" name=\"key\" "
            "value=\"$s\">"
            "<input type=\"hidden\" name=\"op\" value=\"login\"><button>{Sign in another "
            "browser}</button></form></section>\n",
            http->who.form_key);
}

/* ------------------------------------------------------------------------------------------ recipes */

static void put_recipes(ty_http *http)
{
    const char *base = ty_http_base(http);
    const ty_page *page = &http->page;
    ty_html(page, "<section class=\"card\"><h2>{For your CAT tool}</h2><p class=\"small mute\">{TOKEN stands "
                  "for a token "
                  "that may read; in an address it never may more.}</p><dl class=\"small recipes\">");
    ty_html(page,
            "<dt>OmegaT ≥ 5.1</dt><dd><code>-Dapertium.server.custom=true "
            "-Dapertium.server.url=$s/t/TOKEN</code><br>"
            "{or the file} <code>$s/t/TOKEN/export.tmx</code>, <code>$s/t/TOKEN/glossary.txt</code></dd>",
            base, base, base);
    ty_html(page,
            "<dt>{OmegaT, a project kept in step}</dt><dd><a href=\"/omegat.ps1\" download>omegat.ps1</a>, "
            "<a href=\"/omegat.sh\" download>omegat.sh</a><br><code>powershell -ExecutionPolicy Bypass -File "
            "omegat.ps1 $s/t/TOKEN "
            "PROJECT</code></dd>",
            base);
    ty_html(page,
            "<dt>Weblate</dt><dd><code>$s/t/TOKEN/tmserver/</code></dd><dt>Okapi</dt><dd><code>$s/t/TOKEN/"
            "tmserver/</code>"
            "</dd><dt>Virtaal</dt><dd><code>$s/t/TOKEN/tmserver</code></dd>",
            base, base, base);
    ty_html(page,
            "<dt>Trados, memoQ</dt><dd><code>$s/t/TOKEN/export.tmx</code>, "
            "<code>$s/t/TOKEN/terms.tbx</code></dd></dl></section>\n",
            base, base);
}

static void put_once(ty_http *http, const char *label, const char *secret)
{
    ty_html(&http->page, "<div class=\"notice\" role=\"status\"><p>$s</p><p><code>$s</code> ",
            ty_label(http->taste.ui, label), secret);
    ty_html(&http->page,
            "<button type=\"button\" class=\"copy\" data-copy=\"$s\" hidden>{Copy}</button></p></div>\n",
            secret);
}

static void put_page(ty_http *http, const char *label, const char *secret)
{
    ty_page_begin(http, ty_slice_of(ty_label(http->taste.ui, "Settings")), "settings");
    ty_html(&http->page, "<h1>{Settings}</h1>\n");
    if (secret)
        put_once(http, label, secret);
    ty_html(&http->page, "<div class=\"cols\"><div>\n");
    put_reader(http);
    if (http->who.role == TY_ROLE_ADMIN)
        put_tokens(http);
    ty_html(&http->page, "</div><div>\n");
    put_recipes(http);
    ty_html(&http->page, "</div></div>\n");
    ty_page_end(http);
}

void ty_answer_settings(ty_http *http)
{
    put_page(http, NULL, NULL);
}

/* ------------------------------------------------------------------------------------------ changes */

/* A taste is the browser's to keep: it names nobody. */
static void keep_taste(ty_http *http, const char *name)
{
    ty_slice value = ty_params_get(&http->form, name);
    if (value.data && (value.size || strcmp(name, "theme") == 0))
        ty_reply_cookie(http, name, value, "; SameSite=Lax; Max-Age=31536000");
}

/* Cut it might be the name of somebody else. */
static bool is_refused(ty_http *http, ty_slice name)
{
    bool is_long = ty_name_is_long(name);
    if (is_long)
        ty_reply_error(http, 400, "This name is too long.");
    return is_long;
}

static void save(ty_http *http)
{
    const char *cookie = ty_http_cookie(http, http->server->cookie);
    ty_slice name = ty_slice_trim(ty_http_param(http, "name"));
    ty_status status = TY_OK;
    if (is_refused(http, name))
        return;
    if (http->who.cookie && cookie && name.data)
        status = ty_access_rename(http->server->access, ty_slice_of(cookie), name, &http->error);
    if (status != TY_OK && status != TY_NO) {
        ty_reply_failure(http, status);
        return;
    }
    keep_taste(http, "ui");
    keep_taste(http, "theme");
    keep_taste(http, "letters");
    keep_taste(http, "doubtful");
    ty_reply_see(http, "/settings");
}

static void give_token(ty_http *http)
{
    char key[TY_KEY_SIZE + 1];
    ty_slice role = ty_http_param(http, "role");
    ty_role given = ty_slice_equal(role, TY_SLICE("admin"))  ? TY_ROLE_ADMIN
                    : ty_slice_equal(role, TY_SLICE("edit")) ? TY_ROLE_EDIT
                                                             : TY_ROLE_READ;
    if (given > TY_ROLE_READ && ty_name_is_blank(ty_http_param(http, "name"))) {
        ty_reply_error(http, 400, "A token that may change something needs a name.");
        return;
    }
    if (is_refused(http, ty_http_param(http, "name")))
        return;
    ty_status status =
        ty_access_add(http->server->access, "token", given, ty_slice_trim(ty_http_param(http, "name")),
                      (int)ty_params_integer(&http->form, "days", 1, 3650, TY_TOKEN_DAYS), key, &http->error);
    if (status != TY_OK)
        ty_reply_failure(http, status);
    else
        put_page(http, N_("The new token. It is shown this once; keep it well."), key);
}

void ty_answer_settings_change(ty_http *http)
{
    ty_slice op = ty_http_param(http, "op");
    bool admin = http->who.role == TY_ROLE_ADMIN;
    if (ty_slice_equal(op, TY_SLICE("save"))) {
        save(http);
    } else if (!admin) {
        ty_reply_error(http, 403, "Your role does not allow this.");
    } else if (ty_slice_equal(op, TY_SLICE("token"))) {
        give_token(http);
    } else if (ty_slice_equal(op, TY_SLICE("revoke"))) {
        ty_status status = ty_access_revoke(http->server->access, ty_http_param(http, "id"), &http->error);
        if (status == TY_OK || status == TY_NO)
            ty_reply_see(http, "/settings");
        else
            ty_reply_failure(http, status);
    } else if (ty_slice_equal(op, TY_SLICE("login"))) {
        put_page(http, N_("This address signs one browser in, once:"), ty_server_login_address(http->server));
    } else {
        ty_reply_error(http, 400, "The form cannot be read.");
    }
}
