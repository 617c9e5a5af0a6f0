/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Whole files by address: the memory as TMX or a table, the termbase as TBX, UTX or OmegaT's glossary,
 * folders of such files as zips. Each has the memory's stamp as its ETag, so that who has it already gets 304
 * at once.
 */
#include <errno.h>

#include "base/sys.h"
#include "server/archive.h"
#include "server/file_names.h"
#include "server/pages.h"
#include "server/parameters.h"

/* What writes to a file without a name, so that a memory of any size comes and leaves nothing behind. */
typedef struct download {
    ty_http *http;
    const char *format, *type, *ending;
    bool crlf;
    char last;      /* byte written */
    uint64_t asked; /* bytes since it was looked whether anybody still waits */
} download;

enum { ASKED_EVERY = 1 << 20 };

static bool is_waited_for(download *d, size_t more)
{
    d->asked += more;
    if (d->asked < ASKED_EVERY)
        return true;
    d->asked = 0;
    errno = ECANCELED;
    return !ty_http_is_gone(d->http);
}

/* Line ends as Windows has them, where that was asked for; those that are so already stay. */
static bool write_lines(void *payload, ty_slice bytes)
{
    download *d = payload;
    size_t start = 0;
    if (!is_waited_for(d, bytes.size))
        return false;
    for (size_t i = 0; d->crlf && i < bytes.size; i++) {
        char before = i ? bytes.data[i - 1] : d->last;
        if (bytes.data[i] != '\n' || before == '\r')
            continue;
        if (!ty_sys_write(d->http->file, ty_slice_sub(bytes, start, i)) ||
            !ty_sys_write(d->http->file, TY_SLICE("\r")))
            return false;
        start = i;
    }
    if (bytes.size)
        d->last = bytes.data[bytes.size - 1];
    return ty_sys_write(d->http->file, ty_slice_sub(bytes, start, bytes.size));
}

/* ------------------------------------------------------------------------------------------ names, states */

/* A release's own file bears its name; both ways of saying it, for old and new browsers (RFC 6266). */
static void put_disposition(ty_http *http, const char *stem, const char *ending)
{
    ty_slice release = ty_http_param(http, "release");
    ty_buffer name = {0}, header = {0};
    bool one = release.size && ty_slice_find(release, TY_SLICE("*"), 0) == SIZE_MAX;
    ty_legal_name(&name, one ? release : ty_slice_of(stem));
    ty_buffer_add_format(&header, "attachment; filename=\"%s%s\"", one ? "release" : name.data, ending);
    ty_buffer_add_string(&name, ending);
    if (one) {
        ty_buffer_add_string(&header, "; filename*=UTF-8''");
        ty_percent_encode(&header, ty_buffer_slice(&name));
    }
    ty_reply_header(http, "Content-Disposition", ty_buffer_slice(&header));
    ty_buffer_release(&name);
    ty_buffer_release(&header);
}

static ty_slice tag_of(ty_http *http)
{
    char stamp[TY_STAMP_SIZE], facts[TY_STAMP_SIZE];
    if (ty_memory_stamp(http->memory, stamp, NULL) != TY_OK ||
        ty_memory_stamp_facts(http->memory, facts, NULL) != TY_OK)
        return (ty_slice){0};
    ty_buffer tag = {0};
    ty_buffer_add_format(&tag, "%s-%s-%s", ty_version(), stamp, facts);
    ty_slice kept = ty_arena_copy(&http->arena, ty_buffer_slice(&tag));
    ty_buffer_release(&tag);
    return kept;
}

bool ty_file_is_known(ty_http *http)
{
    ty_slice tag = tag_of(http);
    return tag.size && ty_http_has(http, tag);
}

/* True where the client has this state of the memory, and the reply says so. */
static bool is_known(ty_http *http)
{
    ty_slice tag = tag_of(http);
    return tag.size && ty_reply_unchanged(http, tag);
}

static ty_status open_file(ty_http *http)
{
    http->file = ty_temporary_file();
    return http->file < 0 ? ty_error_errno(&http->error, "no temporary file can be made") : TY_OK;
}

/* What is to be sent is in the file, or the failure is. */
static void send_file(ty_http *http, ty_status status, const char *type, const char *stem, const char *ending)
{
    if (status == TY_OK || status == TY_NO) {
        http->type = type;
        put_disposition(http, stem, ending);
        return;
    }
    ty_sys_close(http->file);
    http->file = -1;
    ty_reply_failure(http, status);
}

/* ------------------------------------------------------------------------------------------ units */

static ty_export_settings wanted(ty_http *http, const char *format)
{
    ty_trust trust = TY_TRUST_ALL;
    ty_present_trust_of(ty_http_param(http, "status"), &trust);
    return (ty_export_settings){.format = format,
                                .source_lang = ty_http_string(http, "s"),
                                .target_lang = ty_http_string(http, "t"),
                                .since = ty_http_string(http, "since"),
                                .origin = ty_http_string(http, "release"),
                                .trust = trust,
                                .for_spreadsheet = ty_http_asks(http, "for-spreadsheet"),
                                .lang_map = ty_http_string(http, "langs")};
}

/* Apostrophes before formulas are for tables of units; where a file cannot have them, asking for them is
 * refused rather than forgotten. */
static bool is_refused(download *d)
{
    static const char *const without[] = {"tmx", "jsonl", "tbx", "utx", "omegat"};
    for (size_t i = 0; ty_http_asks(d->http, "for-spreadsheet") && i < sizeof without / sizeof *without; i++)
        if (strcmp(d->format, without[i]) == 0) {
            ty_parameters_refuse(d->http, TY_SLICE("for-spreadsheet"));
            return true;
        }
    return false;
}

static void offer_units(download *d)
{
    ty_http *http = d->http;
    if (is_refused(d) || is_known(http))
        return;
    ty_sink sink = {.write = write_lines, .payload = d};
    ty_export_settings how = wanted(http, d->format);
    uint64_t count = 0;
    ty_status status = open_file(http);
    if (status == TY_OK && ty_http_asks(http, "bom"))
        ty_sys_write(http->file, TY_SLICE("\xEF\xBB\xBF"));
    if (status == TY_OK)
        status = ty_memory_export(http->memory, &how, &sink, &count, &http->error);
    send_file(http, status, d->type, "taiyaku", d->ending);
}

void ty_answer_export_tmx(ty_http *http)
{
    offer_units(&(download){http, "tmx", "application/x-tmx+xml", ".tmx", ty_http_asks(http, "crlf"), 0, 0});
}

void ty_answer_export_table(ty_http *http)
{
    static const download kinds[] = {
        {NULL, "tsv", "text/tab-separated-values; charset=utf-8", ".tsv", false, 0, 0},
        {NULL, "csv", "text/csv; charset=utf-8", ".csv", false, 0, 0},
        {NULL, "jsonl", "application/jsonl", ".jsonl", false, 0, 0}};
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
        if (ty_slice_ends(http->target.path.items[0], ty_slice_of(kinds[i].ending))) {
            download d = kinds[i];
            d.http = http;
            d.crlf = ty_http_asks(http, "crlf");
            offer_units(&d);
            return;
        }
}

/* ------------------------------------------------------------------------------------------ terms */

static void offer_terms(download *d, const char *stem)
{
    ty_http *http = d->http;
    if (is_refused(d) || is_known(http))
        return;
    ty_sink sink = {.write = write_lines, .payload = d};
    ty_term_export_settings how = {.format = d->format,
                                   .source_lang = ty_http_string(http, "s"),
                                   .target_lang = ty_http_string(http, "t")};
    uint64_t count = 0;
    d->crlf = ty_http_asks(http, "crlf");
    ty_status status = open_file(http);
    if (status == TY_OK && ty_http_asks(http, "bom"))
        ty_sys_write(http->file, TY_SLICE("\xEF\xBB\xBF"));
    if (status == TY_OK)
        status = ty_memory_export_terms(http->memory, &how, &sink, &count, &http->error);
    send_file(http, status, d->type, stem, d->ending);
}

void ty_answer_terms_tbx(ty_http *http)
{
    offer_terms(&(download){http, "tbx", "application/x-tbx+xml", ".tbx", false, 0, 0}, "taiyaku");
}

void ty_answer_terms_utx(ty_http *http)
{
    offer_terms(&(download){http, "utx", "text/plain; charset=utf-8", ".utx", false, 0, 0}, "taiyaku");
}

void ty_answer_glossary(ty_http *http)
{
    offer_terms(&(download){http, "omegat", "text/plain; charset=utf-8", ".txt", false, 0, 0}, "glossary");
}

/* ------------------------------------------------------------------------------------------ folders */

/* As a folder of files is made, then packed; the folder goes whatever happens. */
static void offer_folder(ty_http *http, ty_export_settings how, const char *stem)
{
    ty_buffer folder = {0};
    uint64_t count = 0;
    bool old = ty_slice_equal_nocase(ty_http_param(http, "names"), TY_SLICE("shift_jis"));
    if (is_known(http))
        return;
    ty_status status = ty_temporary_folder(&folder, &http->error);
    how.folder = folder.data;
    if (status == TY_OK)
        status = ty_memory_export(http->memory, &how, NULL, &count, &http->error);
    if (status == TY_OK || status == TY_NO)
        status = open_file(http);
    if (status == TY_OK)
        status = ty_archive_folder(folder.data, old ? TY_NAMES_SHIFT_JIS : TY_NAMES_UTF8, http->file,
                                   &http->error);
    send_file(http, status, "application/zip", stem, ".zip");
    ty_temporary_folder_remove(&folder);
    ty_buffer_release(&folder);
}

void ty_answer_export_zip(ty_http *http)
{
    ty_export_settings how = wanted(http, "tmx");
    how.each_origin = true;
    offer_folder(http, how, "taiyaku");
}

void ty_answer_omegat_zip(ty_http *http)
{
    offer_folder(http, wanted(http, "omegat"), "omegat");
}
