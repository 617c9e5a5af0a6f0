/* SPDX-License-Identifier: Apache-2.0 */
#include <errno.h>
#include <libintl.h>
#include <stdio.h>

#include "base/base.h"
#include "version.h"

static const char *const names[] = {
    [TY_OK] = "ok",
    [TY_NO] = "no",
    [TY_STOP] = "stop",
    [TY_ERR_USAGE] = "usage",
    [TY_ERR_IO] = "io",
    [TY_ERR_ENCODING] = "encoding",
    [TY_ERR_FORMAT] = "format",
    [TY_ERR_LIMIT] = "limit",
    [TY_ERR_STORE] = "store",
    [TY_ERR_BUSY] = "busy",
    [TY_ERR_NOMEM] = "nomem",
};

const char *ty_status_name(ty_status status)
{
    return (size_t)status < sizeof names / sizeof *names ? names[status] : "unknown";
}

const char *ty_version(void)
{
    return TAIYAKU_VERSION;
}

int ty_version_number(void)
{
    return TAIYAKU_VERSION_NUMBER;
}

/* Each catalogue says its own tag for this one. */
const char *ty_words_language(void)
{
    return ty_words("en");
}

const char *ty_words_for(uint64_t count, const char *one, const char *many)
{
    return ty_words(count == 1 ? one : many);
}

const char *ty_words(const char *english)
{
    return english[0] ? dgettext("taiyaku", english) : english;
}

/* Ends a message that did not fit at a character, and with a sign of that. */
static void end_cleanly(char *message, size_t size)
{
    static const char more[] = "…";
    if (strlen(message) + 1 < size)
        return;
    size_t end = size - sizeof more;
    while (end && ((unsigned char)message[end] & 0xC0) == 0x80)
        end--;
    memcpy(message + end, more, sizeof more);
}

ty_status ty_error_set(ty_error *error, ty_status status, const char *format, ...)
{
    if (!error || error->status != TY_OK)
        return status;
    error->status = status;
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(error->message, sizeof error->message, ty_words(format), arguments);
    va_end(arguments);
    end_cleanly(error->message, sizeof error->message);
    return status;
}

ty_status ty_error_errno(ty_error *error, const char *format, ...)
{
    int cause = errno;
    ty_status status = cause == ENOMEM ? TY_ERR_NOMEM : TY_ERR_IO;
    if (!error || error->status != TY_OK)
        return status;
    char what[400];
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(what, sizeof what, ty_words(format), arguments);
    va_end(arguments);
    return ty_error_set(error, status, "%s: %s", what, strerror(cause));
}

ty_status ty_error_rule(ty_error *error, const char *rule)
{
    if (!error)
        return TY_OK;
    error->rule = error->rule ? error->rule : rule;
    return error->status;
}

ty_status ty_error_locate(ty_error *error, const char *file, size_t line, size_t unit)
{
    if (!error)
        return TY_OK;
    if (file && !error->file[0]) {
        snprintf(error->file, sizeof error->file, "%s", file);
        end_cleanly(error->file, sizeof error->file);
    }
    if (!error->line)
        error->line = line;
    if (!error->unit)
        error->unit = unit;
    return error->status;
}

ty_status ty_error_nomem(ty_error *error)
{
    return ty_error_set(error, TY_ERR_NOMEM, "out of memory");
}

void ty_notify(const ty_listener *listener, const ty_notice *notice)
{
    if (listener && listener->notice)
        listener->notice(listener->payload, notice);
}

void ty_warn(const ty_listener *listener, const char *file, size_t line, size_t unit, const char *rule,
             const char *format, ...)
{
    if (!listener || !listener->notice)
        return;
    char message[640];
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(message, sizeof message, ty_words(format), arguments);
    va_end(arguments);
    end_cleanly(message, sizeof message);
    ty_notify(
        listener,
        &(ty_notice){.file = file ? file : "", .line = line, .unit = unit, .rule = rule, .message = message});
}

bool ty_progress(const ty_listener *listener, const char *what, uint64_t done, uint64_t total)
{
    return !listener || !listener->progress || listener->progress(listener->payload, what, done, total);
}
