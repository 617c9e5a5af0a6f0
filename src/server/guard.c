/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The doorkeeper. A request is for this host (a page elsewhere may point its own name at us: DNS rebinding),
 * from someone who was let in, to an address that his role allows, and, where it changes something, from a
 * page of ours (Origin, Sec-Fetch-Site, and a key in the form that only such a page has).
 */
#include "server/head.h"

#include <stdlib.h>

#include "base/sys.h"
#include "server/mhd.h"

const char *ty_http_header(const ty_http *http, const char *name)
{
    return ty_mhd_functions()->MHD_lookup_connection_value(http->connection, MHD_HEADER_KIND, name);
}

const char *ty_http_cookie(const ty_http *http, const char *name)
{
    return ty_mhd_functions()->MHD_lookup_connection_value(http->connection, MHD_COOKIE_KIND, name);
}

/* ------------------------------------------------------------------------------------------ proxy */

/* What a proxy says is believed of one on this machine only: anybody can send such headers. */
static bool is_by_proxy(const ty_http *http)
{
    const union MHD_ConnectionInfo *peer =
        ty_mhd_functions()->MHD_get_connection_info(http->connection, MHD_CONNECTION_INFO_CLIENT_ADDRESS);
    if (!http->server->set.proxy || !peer || !peer->client_addr)
        return false;
    return ty_sys_is_local(peer->client_addr);
}

/* ------------------------------------------------------------------------------------------ host */

/* The host as the client named it: by the proxy where we trust one. */
static const char *host_of(const ty_http *http)
{
    const char *forwarded = is_by_proxy(http) ? ty_http_header(http, "X-Forwarded-Host") : NULL;
    return forwarded ? forwarded : ty_http_header(http, "Host");
}

static ty_slice without_port(ty_slice host)
{
    size_t end = host.size;
    while (end && host.data[end - 1] >= '0' && host.data[end - 1] <= '9')
        end--;
    return end && end < host.size && host.data[end - 1] == ':' ? ty_slice_sub(host, 0, end - 1) : host;
}

static bool is_our_host(const ty_http *http)
{
    const ty_server_settings *set = &http->server->set;
    const char *ours[] = {"127.0.0.1", "[::1]", "localhost", set->host, set->address};
    const char *given = host_of(http);
    ty_slice host = without_port(ty_slice_of(given ? given : ""));
    for (size_t i = 0; i < sizeof ours / sizeof *ours; i++)
        if (ours[i] && ty_slice_equal_nocase(host, ty_slice_of(ours[i])))
            return true;
    return false;
}

const char *ty_http_base(ty_http *http)
{
    const char *scheme = is_by_proxy(http) ? ty_http_header(http, "X-Forwarded-Proto") : NULL;
    const char *host = host_of(http);
    bool safe = scheme && strcmp(scheme, "https") == 0;
    ty_buffer text = {0};
    ty_buffer_add_format(&text, "%s://%s", safe ? "https" : "http", host ? host : "127.0.0.1");
    char *base = ty_http_copy(http, ty_buffer_slice(&text));
    ty_buffer_release(&text);
    return base;
}

/* A change by a browser comes from a page of ours. */
static bool is_our_page(ty_http *http)
{
    const char *origin = ty_http_header(http, "Origin"), *site = ty_http_header(http, "Sec-Fetch-Site");
    if (origin && strcmp(origin, ty_http_base(http)) != 0)
        return false;
    return !site || strcmp(site, "same-origin") == 0 || strcmp(site, "none") == 0;
}

/* ------------------------------------------------------------------------------------------ who */

/* "/t/KEY/rest" asks for "/rest", with a token for those who have nothing but an address to put it into. */
static void take_path_key(ty_http *http)
{
    ty_target *target = &http->target;
    if (target->path.count < 3 || !ty_slice_equal(target->path.items[0], TY_SLICE("t")))
        return;
    http->path_key = target->path.items[1];
    target->path.count -= 2;
    target->encoded.count -= 2;
    memmove(target->path.items, target->path.items + 2, target->path.count * sizeof(ty_slice));
    memmove(target->encoded.items, target->encoded.items + 2, target->encoded.count * sizeof(ty_slice));
}

/* The name that a proxy gives is one, or there is none. */
static bool is_named_well(const ty_http *http)
{
    const char *user = ty_http_header(http, "X-Forwarded-User");
    ty_slice name = ty_slice_of(user ? user : "");
    return !user || (ty_is_text(name) && !ty_name_is_blank(name) && !ty_name_is_long(name));
}

/* Behind a proxy the token is the proxy's and the name the person's; what a browser sends by itself through
 * the proxy is no proof of will, named or not, so it needs the form key like a cookie. */
static void name_by_proxy(ty_http *http, ty_slice key)
{
    const char *user = ty_http_header(http, "X-Forwarded-User");
    if (!is_by_proxy(http))
        return;
    http->who.cookie = true;
    if (!user)
        return;
    ty_name_copy(http->who.name, ty_slice_of(user));
    ty_access_form_key(key, http->who.name, http->who.form_key);
}

static void identify(ty_http *http)
{
    ty_access *access = http->server->access;
    const char *bearer = ty_http_header(http, "Authorization");
    const char *cookie = ty_http_cookie(http, http->server->cookie);
    if (http->path_key.size) {
        if (ty_access_check(access, http->path_key, true, &http->who) && http->who.role > TY_ROLE_READ)
            http->who.role = TY_ROLE_READ;
        http->who.cookie = false;
    } else if (bearer && strncmp(bearer, "Bearer ", 7) == 0) {
        ty_slice key = ty_slice_of(bearer + 7);
        ty_access_check(access, key, false, &http->who);
        http->who.cookie = false;
        name_by_proxy(http, key);
    } else if (cookie && ty_access_check(access, ty_slice_of(cookie), false, &http->who)) {
        http->who.cookie = true;
    }
}

const char *ty_http_who(const ty_http *http)
{
    return http->who.name[0] ? http->who.name : NULL;
}

const char *ty_http_undoes(const ty_http *http)
{
    const ty_server *server = http->server;
    bool alone = !server->set.proxy && !ty_access_any_token(server->access);
    return http->who.name[0] || http->who.role != TY_ROLE_ADMIN || !alone ? http->who.name : NULL;
}

/* ------------------------------------------------------------------------------------------ the door */

static bool refuse(ty_http *http, int status, const char *why)
{
    ty_reply_error(http, status, why);
    return false;
}

/* Signing in from elsewhere, a mail say, leaves our cookie behind (SameSite); a step on our own page has it.
 */
static bool refuse_stranger(ty_http *http)
{
    if (http->path_key.size || ty_http_header(http, "Authorization"))
        return refuse(http, 401, "This token opens nothing here.");
    return refuse(http, 401, "Please sign in with the address that taiyaku serve printed.");
}

static bool guard_change(ty_http *http)
{
    if (http->who.cookie && !is_our_page(http))
        return refuse(http, 403, "A change must come from a page of this server.");
    return true;
}

/* What cannot be told from the next request ends the connection; so does a body whose end is told by its
 * chunks: readers differ in what may stand between them. */
static bool guard_head(ty_http *http)
{
    bool by_proxy = is_by_proxy(http);
    ty_head head = ty_head_read(http);
    int refusal = ty_head_refusal(&head, by_proxy);
    refusal = refusal == 0 && by_proxy && !is_named_well(http) ? 400 : refusal;
    http->last = refusal || head.codings;
    if (!refusal)
        return true;
    return refuse(http, refusal,
                  refusal == 501 ? N_("This coding of a request is not known here.")
                                 : N_("The request cannot be read."));
}

bool ty_guard(ty_http *http)
{
    bool other = false;
    if (!guard_head(http))
        return false;
    if (!is_our_host(http))
        return refuse(http, 421, "This server is not asked by that name.");
    if (http->parsed == TY_ERR_LIMIT)
        return refuse(http, 414, "The address is too long.");
    if (http->parsed != TY_OK)
        return refuse(http, 400, "The address cannot be read.");
    take_path_key(http);
    identify(http);
    http->route = ty_route_find(http, &other);
    if (!http->route)
        return refuse(http, other ? 405 : 404, other ? N_("Not in this way.") : N_("There is nothing here."));
    if (http->who.role < http->route->role)
        return http->who.role == TY_ROLE_NONE ? refuse_stranger(http)
                                              : refuse(http, 403, "Your role does not allow this.");
    return http->method == TY_GET || http->method == TY_HEAD || guard_change(http);
}

bool ty_guard_form(ty_http *http)
{
    if (!http->who.cookie || http->method == TY_GET || http->method == TY_HEAD)
        return true;
    ty_slice key = ty_params_get(&http->form, "key");
    unsigned difference = key.size != TY_KEY_SIZE;
    for (size_t i = 0; i < key.size && i < TY_KEY_SIZE; i++)
        difference |= (unsigned)(key.data[i] ^ http->who.form_key[i]);
    return !difference ||
           refuse(http, 403, "The form is not one of this server's; please load the page anew.");
}

/* ------------------------------------------------------------------------------------------ taste */

/* Of a language tag, whatever its letters' case (RFC 5646, section 2.1.1): "ja", "EN-GB". */
static const char *ui_of(ty_slice tag)
{
    static const char *const ours[] = {"en", "ja"};
    ty_slice language = ty_slice_sub(tag, 0, ty_slice_find(tag, TY_SLICE("-"), 0));
    for (size_t i = 0; i < sizeof ours / sizeof *ours; i++)
        if (ty_slice_equal_nocase(language, ty_slice_of(ours[i])))
            return ours[i];
    return NULL;
}

/* The one of our languages that the browser wishes most, the first of several alike (RFC 9110, 12.5.4). */
static const char *ui_accepted(const char *list)
{
    ty_slice rest = ty_slice_of(list ? list : ""), one, tag;
    const char *best = "en";
    int wish = 0;
    while (rest.size && ty_slice_next(&rest, ',', &one)) {
        int weight = ty_accept_item(one, &tag);
        const char *ui = ui_of(tag);
        if (ui && weight > wish) {
            wish = weight;
            best = ui;
        }
    }
    return best;
}

void ty_taste_read(ty_http *http)
{
    ty_taste *taste = &http->taste;
    const char *asked = ui_of(ty_params_get(&http->target.query, "ui"));
    const char *kept = ty_http_cookie(http, "ui"), *theme = ty_http_cookie(http, "theme");
    const char *letters = ty_http_cookie(http, "letters"), *doubtful = ty_http_cookie(http, "doubtful");
    const char *ui = asked ? asked : kept ? ui_of(ty_slice_of(kept)) : NULL;
    taste->ui = ui ? ui : ui_accepted(ty_http_header(http, "Accept-Language"));
    http->page.ui = taste->ui;
    if (asked && kept != asked)
        ty_reply_cookie(http, "ui", ty_slice_of(asked), "; SameSite=Lax; Max-Age=31536000");
    if (theme && (strcmp(theme, "dark") == 0 || strcmp(theme, "light") == 0))
        taste->theme = strcmp(theme, "dark") == 0 ? "dark" : "light";
    taste->letters = !letters || strcmp(letters, "off") != 0;
    if (doubtful && atoi(doubtful) >= 50 && atoi(doubtful) <= 100)
        taste->doubtful = atoi(doubtful) / 100.0;
}
