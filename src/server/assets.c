/* SPDX-License-Identifier: Apache-2.0 */
/* Answers that need no memory: files of ours, health, signing in. */
#include "server/pages.h"

void ty_answer_health(ty_http *http)
{
    http->type = "text/plain; charset=utf-8";
    ty_buffer_add_string(&http->reply, "ok\n");
}

void ty_answer_robots(ty_http *http)
{
    http->type = "text/plain; charset=utf-8";
    ty_buffer_add_string(&http->reply, "User-agent: *\nDisallow: /\n");
}

static void send_asset(ty_http *http, const ty_asset *asset)
{
    bool named = ty_slice_equal(http->target.path.items[0], TY_SLICE("static"));
    bool packed = ty_http_takes_gzip(http);
    http->type = asset->type;
    if (named)
        ty_reply_header(http, "Cache-Control", TY_SLICE("public, max-age=31536000, immutable"));
    if (packed)
        ty_reply_header(http, "Content-Encoding", TY_SLICE("gzip"));
    ty_buffer_add(&http->reply, packed ? (ty_slice){(const char *)asset->packed, asset->packed_size}
                                       : (ty_slice){(const char *)asset->data, asset->size});
}

static void find_asset(ty_http *http, ty_slice name)
{
    for (const ty_asset *asset = ty_assets; asset->name; asset++)
        if (ty_slice_equal(name, ty_slice_of(asset->name))) {
            send_asset(http, asset);
            return;
        }
    ty_reply_error(http, 404, "There is nothing here.");
}

void ty_answer_asset(ty_http *http)
{
    if (ty_slice_equal(http->arguments[0], ty_slice_of(ty_assets_hash)))
        find_asset(http, http->arguments[1]);
    else
        ty_reply_error(http, 404, "There is nothing here.");
}

/* The same address for good, so not for ever in a browser's store. */
void ty_answer_script(ty_http *http)
{
    find_asset(http, http->target.path.items[0]);
}

void ty_answer_icon(ty_http *http)
{
    find_asset(http, TY_SLICE("icon.svg"));
}

/* A page of ours to go on to; an address of anybody else's is none. */
static const char *onwards(ty_http *http)
{
    ty_slice to = ty_http_param(http, "to");
    bool ours = ty_slice_starts(to, TY_SLICE("/release/"));
    for (size_t i = 0; i < to.size && ours; i++)
        ours = (to.data[i] >= '0' && to.data[i] <= '9') || to.data[i] == '/' ||
               (to.data[i] >= 'a' && to.data[i] <= 'z');
    return ours ? ty_http_copy(http, to) : "/";
}

/* The key in the address is good once, and only for a browser; what stays is a cookie that scripts cannot
 * read and other sites cannot send. */
void ty_answer_login(ty_http *http)
{
    char key[TY_KEY_SIZE + 1];
    ty_server *server = http->server;
    if (http->who.role != TY_ROLE_NONE) {
        ty_reply_see(http, onwards(http));
        return;
    }
    if (http->method == TY_HEAD) { /* who only looks, a mail's scanner say, uses nothing up */
        http->status = 204;
        return;
    }
    if (!ty_access_use_login_key(server->access, ty_http_param(http, "k"))) {
        ty_reply_error(http, 403,
                       "This address has been used already; taiyaku serve prints a new one when it starts.");
        return;
    }
    ty_status status =
        ty_access_add(server->access, "browser", TY_ROLE_ADMIN,
                      ty_slice_of(server->set.who ? server->set.who : ""), 90, key, &http->error);
    if (status != TY_OK) {
        ty_access_return_login_key(server->access, ty_http_param(http, "k"));
        ty_reply_failure(http, status);
        return;
    }
    ty_reply_cookie(http, server->cookie, ty_slice_of(key), "; HttpOnly; SameSite=Strict; Max-Age=7776000");
    ty_reply_see(http, onwards(http));
}
