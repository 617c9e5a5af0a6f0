/* SPDX-License-Identifier: Apache-2.0 */
/*
 * libmicrohttpd forgives what others read in another way: it drops the rest of a folded line or puts it to
 * the name, and a line may end with a lone LF or hold U+0000 (RFC 9112, sections 2.2, 5.1 and 5.2). It leaves
 * what it read where it came, the lines one behind the other: so each part is to begin where the one before
 * ends, and all of them together are to be as long as the head was.
 */
#include "server/head.h"

#include "server/mhd.h"

/* ------------------------------------------------------------------------------------------ texts */

/* RFC 9110, section 5.6.2. */
static bool is_token(const char *name)
{
    static const char further[] = "!#$%&'*+-.^_`|~";
    for (const char *at = name; *at; at++) {
        char lower = (char)(*at | 0x20);
        bool plain = (lower >= 'a' && lower <= 'z') || (*at >= '0' && *at <= '9') || strchr(further, *at);
        if (!plain)
            return false;
    }
    return *name != '\0';
}

/* No control characters but tabs (RFC 9110, section 5.5); bytes from 0x80 on are for others to judge. */
static bool is_field_text(const char *value)
{
    for (const unsigned char *at = (const unsigned char *)value; *at; at++)
        if ((*at < 0x20 && *at != '\t') || *at == 0x7F)
            return false;
    return true;
}

static bool is_header(const char *name, const char *wanted)
{
    return ty_slice_equal_nocase(ty_slice_of(name), ty_slice_of(wanted));
}

/* ------------------------------------------------------------------------------------------ lines */

/* Where the next line is to begin: behind CR and LF. Places are told from each other, and not read. */
static uintptr_t behind(const char *text)
{
    return (uintptr_t)text + strlen(text) + 2;
}

typedef struct reading {
    ty_head head;
    uintptr_t at;
} reading;

static void take_line(reading *r, const char *name, const char *value)
{
    bool in_order = (uintptr_t)name == r->at && (uintptr_t)value > (uintptr_t)name + strlen(name);
    r->head.plain = r->head.plain && in_order && is_token(name) && is_field_text(value);
    r->at = behind(value);
}

static enum MHD_Result take_header(void *payload, enum MHD_ValueKind kind, const char *name,
                                   const char *value)
{
    (void)kind;
    reading *r = payload;
    ty_head *head = &r->head;
    value = value ? value : "";
    take_line(r, name, value);
    head->hosts += is_header(name, "Host");
    head->lengths += is_header(name, "Content-Length");
    head->keys += is_header(name, "Authorization");
    head->users += is_header(name, "X-Forwarded-User");
    head->forwarded_hosts += is_header(name, "X-Forwarded-Host");
    head->schemes += is_header(name, "X-Forwarded-Proto");
    if (is_header(name, "Transfer-Encoding")) {
        head->codings++;
        head->chunked = is_header(value, "chunked");
    }
    return MHD_YES;
}

/* "GET /path HTTP/1.1", one blank between two. */
static bool is_plain_line(const ty_http *http)
{
    const ty_request_line *line = &http->line;
    return is_token(line->method) && line->uri == line->method + strlen(line->method) + 1 &&
           line->version == line->uri + line->uri_size + 1;
}

ty_head ty_head_read(const ty_http *http)
{
    reading r = {.head = {.chunked = true, .plain = is_plain_line(http)}, .at = behind(http->line.version)};
    const ty_mhd *mhd = ty_mhd_functions();
    mhd->MHD_get_connection_values(http->connection, MHD_HEADER_KIND, take_header, &r);
    const union MHD_ConnectionInfo *size =
        mhd->MHD_get_connection_info(http->connection, MHD_CONNECTION_INFO_REQUEST_HEADER_SIZE);
    uintptr_t end = r.at + 2; /* of the empty line */
    r.head.plain = r.head.plain && size && size->header_size == end - (uintptr_t)http->line.method;
    if (r.head.codings && strcmp(http->line.version, "HTTP/1.0") == 0) /* which has none (section 6.1) */
        r.head.plain = false;
    return r.head;
}

/* Hosts, lengths and keys are said once (RFC 9112, sections 3.2 and 6.3). */
int ty_head_refusal(const ty_head *head, bool by_proxy)
{
    bool twice_by_proxy = head->users > 1 || head->forwarded_hosts > 1 || head->schemes > 1;
    if (!head->plain || head->hosts > 1 || head->lengths + head->codings > 1 || head->keys > 1 ||
        (twice_by_proxy && by_proxy))
        return 400;
    return head->chunked ? 0 : 501;
}
