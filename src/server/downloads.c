/* SPDX-License-Identifier: Apache-2.0 */
/* Whole files by address: the memory as TMX or a table, the termbase as TBX, UTX or OmegaT's glossary. */
#include <errno.h>
#include <unistd.h>

#include "server/pages.h"

/* What writes to a file without a name, so that a memory of any size comes and leaves nothing behind. */
typedef ty_status (*writer)(ty_http *http, const ty_sink *sink, uint64_t *count);

static bool write_all(void *payload, ty_slice bytes)
{
    const ty_http *http = payload;
    while (bytes.size) {
        ssize_t written = write(http->file, bytes.data, bytes.size);
        if (written < 0 && errno == EINTR)
            continue;
        if (written <= 0)
            return false;
        bytes = ty_slice_sub(bytes, (size_t)written, bytes.size);
    }
    return true;
}

static ty_status to_file(ty_http *http, writer write)
{
    ty_sink sink = {.write = write_all, .payload = http};
    uint64_t count = 0;
    http->file = ty_temporary_file();
    if (http->file < 0)
        return ty_error_errno(&http->error, "no temporary file can be made");
    ty_status status = write(http, &sink, &count);
    if (status == TY_OK || status == TY_NO)
        return TY_OK;
    close(http->file);
    http->file = -1;
    return status;
}

static void offer(ty_http *http, const char *type, const char *name, writer write)
{
    ty_buffer disposition = {0};
    ty_status status = to_file(http, write);
    if (status != TY_OK) {
        ty_reply_failure(http, status);
        return;
    }
    http->type = type;
    ty_buffer_add_format(&disposition, "attachment; filename=\"%s\"", name);
    ty_reply_header(http, "Content-Disposition", ty_buffer_slice(&disposition));
    ty_buffer_release(&disposition);
}

/* ------------------------------------------------------------------------------------------ units */

static ty_export_settings wanted(ty_http *http, const char *format)
{
    ty_slice status = ty_http_param(http, "status");
    return (ty_export_settings){.format = format,
                                .source_lang = ty_http_string(http, "s"),
                                .target_lang = ty_http_string(http, "t"),
                                .since = ty_http_string(http, "since"),
                                .origin = ty_http_string(http, "release"),
                                .trust = ty_slice_equal(status, TY_SLICE("confirmed")) ? TY_TRUST_CONFIRMED
                                                                                       : TY_TRUST_ALL,
                                .lang_map = ty_http_string(http, "langs")};
}

static ty_status write_tmx(ty_http *http, const ty_sink *sink, uint64_t *count)
{
    ty_export_settings how = wanted(http, "tmx");
    return ty_memory_export(http->memory, &how, sink, count, &http->error);
}

static ty_status write_tsv(ty_http *http, const ty_sink *sink, uint64_t *count)
{
    ty_export_settings how = wanted(http, "tsv");
    return ty_memory_export(http->memory, &how, sink, count, &http->error);
}

void ty_answer_export_tmx(ty_http *http)
{
    offer(http, "application/x-tmx+xml", "taiyaku.tmx", write_tmx);
}

void ty_answer_export_tsv(ty_http *http)
{
    offer(http, "text/tab-separated-values; charset=utf-8", "taiyaku.tsv", write_tsv);
}

/* ------------------------------------------------------------------------------------------ terms */

static ty_status write_tbx(ty_http *http, const ty_sink *sink, uint64_t *count)
{
    return ty_memory_export_terms(
        http->memory, &(ty_term_export_settings){.size = sizeof(ty_term_export_settings), .format = "tbx"},
        sink, count, &http->error);
}

static ty_status write_utx(ty_http *http, const ty_sink *sink, uint64_t *count)
{
    return ty_memory_export_terms(
        http->memory, &(ty_term_export_settings){.size = sizeof(ty_term_export_settings), .format = "utx"},
        sink, count, &http->error);
}

static ty_status write_glossary(ty_http *http, const ty_sink *sink, uint64_t *count)
{
    return ty_memory_export_terms(
        http->memory, &(ty_term_export_settings){.size = sizeof(ty_term_export_settings), .format = "omegat"},
        sink, count, &http->error);
}

void ty_answer_terms_tbx(ty_http *http)
{
    offer(http, "application/x-tbx+xml", "taiyaku.tbx", write_tbx);
}

void ty_answer_terms_utx(ty_http *http)
{
    offer(http, "text/plain; charset=utf-8", "taiyaku.utx", write_utx);
}

void ty_answer_glossary(ty_http *http)
{
    offer(http, "text/plain; charset=utf-8", "glossary.txt", write_glossary);
}
