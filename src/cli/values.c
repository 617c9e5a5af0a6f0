/* SPDX-License-Identifier: Apache-2.0 */
/* Values of options that are more than words: wrong ones are told before anything is done. */
#include <stdlib.h>

#include "base/sys.h"
#include "cli.h"

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static bool is_alphanumeric(char c)
{
    return is_digit(c) || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

/* RFC 5646, section 2.1: subtags of one to eight letters and digits; POSIX writes `_` between them. */
static bool is_tag(const char *tag)
{
    size_t length = 0;
    for (; *tag; tag++) {
        bool between = *tag == '-' || *tag == '_';
        if (between ? length == 0 : !is_alphanumeric(*tag) || length == 8)
            return false;
        length = between ? 0 : length + 1;
    }
    return length > 0;
}

ty_status ty_check_lang(const char *name, const char *tag, ty_error *error)
{
    if (!tag || !tag[0] || is_tag(tag))
        return TY_OK;
    return ty_error_set(error, TY_ERR_USAGE, "--%s is a language tag such as en or ja-JP, not \"%s\"", name,
                        tag);
}

ty_status ty_cli_header_row(const char *value, ty_header_row *out, ty_error *error)
{
    bool yes = value && strcmp(value, "yes") == 0, no = value && strcmp(value, "no") == 0;
    *out = yes ? TY_HEADER_ROW_YES : no ? TY_HEADER_ROW_NO : TY_HEADER_ROW_AUTO;
    if (!value || yes || no)
        return TY_OK;
    return ty_error_set(error, TY_ERR_USAGE, "--header is yes or no, not \"%s\"", value);
}

static bool has_form(const char *date, const char *form)
{
    for (; *form && *date; form++, date++)
        if (*form == '0' ? !is_digit(*date) : *date != *form)
            return false;
    return *form == *date;
}

ty_status ty_check_date(const char *name, const char *date, ty_error *error)
{
    if (!date || ty_is_day(ty_slice_of(date)))
        return TY_OK;
    return ty_error_set(error, TY_ERR_USAGE, "--%s is a date, YYYY-MM-DD, not \"%s\"", name, date);
}

ty_status ty_check_moment(const char *name, const char *moment, ty_error *error)
{
    char day[11] = "";
    if (moment && has_form(moment, "00000000T000000Z"))
        snprintf(day, sizeof day, "%.4s-%.2s-%.2s", moment, moment + 4, moment + 6);
    else if (moment && has_form(moment, "0000-00-00T00:00:00Z"))
        snprintf(day, sizeof day, "%.10s", moment);
    return ty_is_day(ty_slice_of(day)) ? TY_OK : ty_check_date(name, moment, error);
}

ty_status ty_check_text(ty_slice text, ty_error *error)
{
    for (size_t at = 0, length; at < text.size; at += length) {
        length = ty_slice_utf8_length(text, at);
        if (!length)
            return ty_error_set(error, TY_ERR_ENCODING, "the text is not UTF-8 (byte %zu)", at);
    }
    return TY_OK;
}

const char *ty_user(void)
{
    static const char *const variables[] = {"TAIYAKU_NAME", "USER", "LOGNAME"};
    for (size_t i = 0; i < sizeof variables / sizeof *variables; i++) {
        const char *name = getenv(variables[i]);
        if (name && name[0])
            return name;
    }
    return NULL;
}

/* The environment is where all ask, threads included, and it wins. */
void ty_set_user(const char *name)
{
    ty_sys_set_variable("TAIYAKU_NAME", name, false);
}

ty_status ty_named_paragraphs(const char *name, ty_paragraph_mode *out, ty_error *error)
{
    static const char *const names[] = {"auto", "line", "blank"};
    for (int mode = TY_PARAGRAPHS_AUTO; mode <= TY_PARAGRAPHS_BLANK; mode++)
        if (!name || strcmp(name, names[mode]) == 0) {
            *out = (ty_paragraph_mode)mode;
            return TY_OK;
        }
    return ty_error_set(error, TY_ERR_USAGE, "--paragraphs is auto, line or blank, not \"%s\"", name);
}

ty_status ty_choose(const char *option, const char *name, const char *const *names, int *out, ty_error *error)
{
    ty_buffer list = {0};
    for (int i = 0; names[i]; i++) {
        if (!name || strcmp(name, names[i]) == 0) {
            *out = i;
            ty_buffer_release(&list);
            return TY_OK;
        }
        ty_buffer_add_format(&list, "%s%s", i == 0 ? "" : names[i + 1] ? _(", ") : _(" or "), names[i]);
    }
    ty_status status =
        ty_error_set(error, TY_ERR_USAGE, "--%s is %s, not \"%s\"", option, list.data ? list.data : "", name);
    ty_buffer_release(&list);
    return status;
}

ty_status ty_reopen_to_write(ty_run *run, ty_error *error)
{
    ty_memory_close(run->memory);
    run->memory = NULL;
    return ty_memory_open(run->common.memory, TY_MEMORY_WRITE, &run->listener, &run->memory, error);
}
