/* SPDX-License-Identifier: Apache-2.0 */
/* Replies: headers that every one has, errors, redirections, data. */
#include "server/internal.h"

#include <stdlib.h>
#include <zlib.h>

#include "base/sys.h"
#include "server/mhd.h"

enum { PACK_FROM = 4096 }; /* bytes; shorter ones are not worth it */

ty_slice ty_http_param(const ty_http *http, const char *name)
{
    ty_slice value = ty_params_get(&http->target.query, name);
    return value.data ? value : ty_params_get(&http->form, name);
}

bool ty_http_asks(const ty_http *http, const char *name)
{
    ty_slice value = ty_http_param(http, name);
    return value.size && !ty_slice_equal(value, TY_SLICE("0"));
}

char *ty_http_copy(ty_http *http, ty_slice text)
{
    return (char *)ty_arena_copy(&http->arena, text).data;
}

const char *ty_http_string(ty_http *http, const char *name)
{
    ty_slice value = ty_http_param(http, name);
    return value.size ? ty_http_copy(http, value) : NULL;
}

/* ------------------------------------------------------------------------------------------ kinds */

void ty_reply_header(ty_http *http, const char *name, ty_slice value)
{
    ty_param header = {ty_slice_of(name), ty_arena_copy(&http->arena, value)};
    if (!ty_vector_push(&http->headers, header))
        http->status = 500;
}

void ty_reply_cookie(ty_http *http, const char *name, ty_slice value, const char *more)
{
    ty_buffer cookie = {0};
    bool safe = ty_slice_starts(ty_slice_of(ty_http_base(http)), TY_SLICE("https:"));
    ty_buffer_add_format(&cookie, "%s=%.*s; Path=/%s%s", name, TY_SLICE_FORMAT(value), more,
                         safe ? "; Secure" : "");
    ty_reply_header(http, "Set-Cookie", ty_buffer_slice(&cookie));
    ty_buffer_release(&cookie);
}

bool ty_http_wants_data(const ty_http *http)
{
    const char *accept = ty_http_header(http, "Accept");
    /* What a proxy adds for its users says nothing of them. */
    bool program = ty_http_header(http, "Authorization") && !http->who.cookie;
    return http->json || http->path_key.size || program ||
           (accept && strstr(accept, "application/json") && !strstr(accept, "text/html"));
}

int ty_accept_item(ty_slice item, ty_slice *name)
{
    size_t at = ty_slice_find(item, TY_SLICE(";"), 0);
    int weight = 0, unit = 1000;
    *name = ty_slice_trim(ty_slice_sub(item, 0, at));
    ty_slice rest = at < item.size ? ty_slice_trim(ty_slice_sub(item, at + 1, item.size)) : (ty_slice){0};
    if (rest.size < 2 || (rest.data[0] | 0x20) != 'q' || rest.data[1] != '=')
        return unit;
    for (at = 2; at < rest.size && unit; at++)
        if (rest.data[at] >= '0' && rest.data[at] <= '9') {
            weight += (rest.data[at] - '0') * unit;
            unit /= 10;
        }
    return weight < 1000 ? weight : 1000;
}

bool ty_http_takes_gzip(const ty_http *http)
{
    const char *accepted = ty_http_header(http, "Accept-Encoding");
    ty_slice rest = ty_slice_of(accepted ? accepted : ""), one, name;
    while (rest.size && ty_slice_next(&rest, ',', &one)) {
        int weight = ty_accept_item(one, &name);
        if (ty_slice_equal_nocase(name, TY_SLICE("gzip")))
            return weight > 0;
    }
    return false;
}

void ty_reply_error(ty_http *http, int status, const char *message)
{
    ty_buffer_clear(&http->reply);
    http->status = status;
    if (ty_http_wants_data(http)) {
        http->type = "application/json";
        ty_data_begin(http);
        ty_json_text(&http->reply, "error", ty_slice_of(message));
        ty_data_end(http);
        return;
    }
    const char *title = ty_label(http->taste.ui, message);
    ty_page_begin(http, ty_slice_of(title), NULL);
    ty_html(&http->page, "<h1>$s</h1>\n", title);
    if (status == 401)
        ty_html(&http->page, "<p>{If you have signed in already, and come from another page or a mail:} "
                             "<a class=\"btn pri\" href=\"\">{Open this page}</a></p>\n");
    else
        ty_html(&http->page, "<p><a href=\"/\">{Desk}</a></p>\n");
    ty_page_end(http);
}

/* Does it name a file: "/tmp/x", "\"/home/x\"", or one with what is wrong behind it, "team.db: "? "disk I/O
 * error" does not. */
static bool has_path(ty_slice text)
{
    for (size_t i = 0; i < text.size; i++)
        if (text.data[i] == '/' && (i == 0 || strchr(" \"'(", text.data[i - 1])))
            return true;
    return ty_slice_find(text, TY_SLICE(": "), 0) != SIZE_MAX;
}

/* That a part takes too long, or makes no sense, is its own affair. */
static bool is_failure(ty_status status)
{
    return status == TY_ERR_IO || status == TY_ERR_STORE || status == TY_ERR_BUSY || status == TY_ERR_NOMEM;
}

static bool has_rule(const ty_error *error, const char *rule)
{
    return error->rule && strcmp(error->rule, rule) == 0;
}

bool ty_reply_is_held(const ty_error *error)
{
    return has_rule(error, TY_RULE_HELD);
}

const char *ty_reply_words(const ty_error *error)
{
    if (ty_reply_is_held(error))
        return N_("Somebody is editing a pair that this would change; nothing was changed.");
    if (has_rule(error, TY_RULE_AWAY))
        return N_("The database cannot be reached; please try again.");
    if (has_rule(error, TY_RULE_MOVED))
        return N_("The memory's file was moved or replaced; nothing was changed, and the server must be "
                  "started anew.");
    if (error->status == TY_ERR_BUSY)
        return N_("Too much to do at once; please try again.");
    return is_failure(error->status) && has_path(ty_slice_of(error->message))
               ? N_("The server cannot read or write one of its own files.")
               : error->message;
}

int ty_reply_code(const ty_error *error, ty_status status)
{
    static const int codes[] = {
        [TY_OK] = 500,        [TY_NO] = 404,           [TY_STOP] = 503,       [TY_ERR_USAGE] = 400,
        [TY_ERR_IO] = 500,    [TY_ERR_ENCODING] = 422, [TY_ERR_FORMAT] = 422, [TY_ERR_LIMIT] = 413,
        [TY_ERR_STORE] = 500, [TY_ERR_BUSY] = 503,     [TY_ERR_NOMEM] = 503};
    return ty_reply_is_held(error) ? 409 : has_rule(error, TY_RULE_AWAY) ? 503 : codes[status];
}

/* Where nothing else is told. */
static const char *words_of(ty_status status)
{
    return status == TY_ERR_USAGE ? N_("A field is empty that is needed, or nothing is said to be done.")
                                  : N_("That is not here (any more).");
}

void ty_reply_failure(ty_http *http, ty_status status)
{
    const char *message = http->error.message[0] ? ty_reply_words(&http->error) : words_of(status);
    ty_reply_error(http, ty_reply_code(&http->error, status), message);
}

void ty_http_need(ty_http *http, ty_status status)
{
    if (http->part_failed)
        return;
    /* A sink that has enough stops without an error; what took too long has one. */
    bool cut = status == TY_STOP && http->missing.status == TY_STOP;
    http->part_failed = is_failure(status) || cut;
    if (!http->part_failed)
        http->missing = (ty_error){0};
    else if (http->missing.status == TY_OK) /* into the error of the whole, as of parts that many use */
        http->missing = http->error;
}

void ty_reply_missing(ty_http *http)
{
    if (!http->part_failed)
        return;
    http->error = http->missing;
    ty_reply_failure(http, http->error.status);
}

void ty_reply_see(ty_http *http, const char *address)
{
    ty_buffer_clear(&http->reply);
    http->status = 303;
    http->type = "text/plain; charset=utf-8";
    ty_reply_header(http, "Location", ty_slice_of(address));
}

/* By which the page takes it back: none where nothing was changed, for the one before is of something else,
 * and none that the same person makes elsewhere at the same time. */
static void put_step(ty_http *http)
{
    int64_t step = http->memory ? ty_memory_own_step(http->memory) : 0;
    if (step != http->step_before)
        ty_json_integer(&http->reply, "step", step);
}

void ty_reply_done(ty_http *http, const char *address)
{
    if (!ty_http_wants_data(http)) {
        ty_reply_see(http, address);
        return;
    }
    ty_buffer_clear(&http->reply);
    ty_data_begin(http);
    ty_json_bool(&http->reply, "done", true);
    put_step(http);
    ty_data_end(http);
}

static bool is_among(const ty_http *http, const ty_buffer *quoted)
{
    const char *have = ty_http_header(http, "If-None-Match");
    return have && quoted->data && strstr(have, quoted->data);
}

bool ty_http_has(const ty_http *http, ty_slice tag)
{
    ty_buffer quoted = {0};
    ty_buffer_add_format(&quoted, "\"%.*s\"", TY_SLICE_FORMAT(tag));
    bool same = is_among(http, &quoted);
    ty_buffer_release(&quoted);
    return same;
}

bool ty_reply_unchanged(ty_http *http, ty_slice tag)
{
    ty_buffer quoted = {0};
    ty_buffer_add_format(&quoted, "\"%.*s\"", TY_SLICE_FORMAT(tag));
    ty_reply_header(http, "ETag", ty_buffer_slice(&quoted));
    ty_reply_header(http, "Cache-Control", TY_SLICE("private, no-cache"));
    bool same = is_among(http, &quoted);
    ty_buffer_release(&quoted);
    if (same)
        http->status = 304;
    return same;
}

/* ------------------------------------------------------------------------------------------ data */

void ty_data_begin(ty_http *http)
{
    http->type = "application/json";
    ty_json_begin(&http->reply);
    ty_json_integer(&http->reply, "version", TY_PRESENT_VERSION);
}

void ty_data_end(ty_http *http)
{
    ty_json_end(&http->reply);
}

/* ------------------------------------------------------------------------------------------ sending */

static void set_header(struct MHD_Response *response, const char *name, const char *value)
{
    ty_mhd_functions()->MHD_add_response_header(response, name, value);
}

static void set_safety(struct MHD_Response *response)
{
    set_header(
        response, "Content-Security-Policy",
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
        "form-action 'self'; base-uri 'none'; frame-ancestors 'none'");
    set_header(response, "X-Content-Type-Options", "nosniff");
    /* Nothing goes along to other sites; "no-referrer" would take the Origin from our own forms as well. */
    set_header(response, "Referrer-Policy", "same-origin");
    /* A process of its own, where the browser can: unlike an opener policy, which makes it start another one
     * behind our answer, in each new tab. Who opens us from elsewhere has no cookie, and no frames to count.
     */
    set_header(response, "Origin-Agent-Cluster", "?1");
    set_header(response, "Cross-Origin-Resource-Policy", "same-origin");
}

/* gzip, at the quickest level: what it saves on a line must not cost more on the way. */
static bool pack(const ty_buffer *plain, ty_buffer *out)
{
    z_stream stream = {0};
    if (deflateInit2(&stream, 1, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY) != Z_OK)
        return false;
    bool good = ty_buffer_reserve(out, deflateBound(&stream, plain->size));
    if (good) {
        stream.next_in = (Bytef *)plain->data;
        stream.avail_in = (uInt)plain->size;
        stream.next_out = (Bytef *)out->data;
        stream.avail_out = (uInt)out->capacity;
        good = deflate(&stream, Z_FINISH) == Z_STREAM_END;
        out->size = stream.total_out;
    }
    deflateEnd(&stream);
    return good;
}

static bool may_pack(const ty_http *http)
{
    return http->reply.size > PACK_FROM && http->reply.size < 1u << 30 && ty_http_takes_gzip(http);
}

static struct MHD_Response *from_buffer(ty_http *http)
{
    ty_buffer packed = {0};
    bool is_packed = may_pack(http) && pack(&http->reply, &packed);
    ty_buffer *body = is_packed ? &packed : &http->reply;
    static char nothing[1];
    struct MHD_Response *response = ty_mhd_functions()->MHD_create_response_from_buffer(
        body->size, body->data ? body->data : nothing,
        body->data ? MHD_RESPMEM_MUST_FREE : MHD_RESPMEM_PERSISTENT);
    if (response)
        *body = (ty_buffer){0};
    else
        ty_buffer_release(&packed);
    if (response && is_packed)
        set_header(response, "Content-Encoding", "gzip");
    return response;
}

static struct MHD_Response *from_file(ty_http *http)
{
    int64_t size = ty_sys_size(http->file);
    struct MHD_Response *response =
        size < 0 ? NULL : ty_mhd_functions()->MHD_create_response_from_fd64((uint64_t)size, http->file);
    if (response)
        http->file = -1;
    return response;
}

int ty_reply_send(ty_http *http)
{
    if (http->reply.failed)
        ty_reply_error(http, 503, "There is no memory left.");
    http->status = http->status ? http->status : 200;
    struct MHD_Response *response = http->file >= 0 ? from_file(http) : from_buffer(http);
    if (!response)
        return MHD_NO;
    bool caching = false;
    set_safety(response);
    set_header(response, "Content-Type", http->type ? http->type : "text/html; charset=utf-8");
    set_header(response, "Vary", "Accept, Accept-Encoding, Accept-Language, Cookie");
    for (size_t i = 0; i < http->headers.count; i++) {
        caching = caching || strcmp(http->headers.items[i].name.data, "Cache-Control") == 0 ||
                  strcmp(http->headers.items[i].name.data, "ETag") == 0;
        set_header(response, http->headers.items[i].name.data, http->headers.items[i].value.data);
    }
    if (!caching)
        set_header(response, "Cache-Control", "no-store");
    if (http->who.role == TY_ROLE_NONE || http->last)
        set_header(response, "Connection", "close");
    int queued = ty_mhd_functions()->MHD_queue_response(http->connection, (unsigned)http->status, response);
    ty_mhd_functions()->MHD_destroy_response(response);
    return queued;
}
