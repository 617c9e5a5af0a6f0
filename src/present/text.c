/* SPDX-License-Identifier: Apache-2.0 */
#include "present/present.h"

static bool is_control(char c)
{
    return (unsigned char)c < 0x20 || c == 0x7F;
}

/* Copies sixteen bytes, and tells which of them are control characters. */
static inline ty_bytes16 copy_some(char *to, const char *bytes)
{
    ty_bytes16 lanes = ty_bytes16_at(bytes);
    memcpy(to, &lanes, sizeof lanes);
    return (ty_bytes16)(lanes < 0x20) | (ty_bytes16)(lanes == 0x7F);
}

/* Adds a text that has none, nearly each one: sixteen bytes at a time, the last of them twice. */
static bool add_at_once(ty_buffer *out, ty_slice text)
{
    ty_bytes16 found = {0};
    if (text.size < sizeof found || !ty_buffer_reserve(out, text.size))
        return false;
    char *to = out->data + out->size;
    for (size_t at = 0; at + sizeof found <= text.size; at += sizeof found)
        found |= copy_some(to + at, text.data + at);
    size_t last = text.size - sizeof found;
    bool plain = !ty_bytes16_any(found | copy_some(to + last, text.data + last));
    out->size += plain ? text.size : 0;
    out->data[out->size] = '\0';
    return plain;
}

static size_t find_control(ty_slice text, size_t at)
{
    while (at < text.size && !is_control(text.data[at]))
        at++;
    return at;
}

/* Control characters would break the line, the table or the terminal. */
static void add_plain(ty_buffer *out, ty_slice text)
{
    size_t done = 0;
    if (add_at_once(out, text))
        return;
    for (size_t i = 0; (i = find_control(text, i)) < text.size; i++) {
        ty_buffer_add(out, ty_slice_sub(text, done, i));
        ty_buffer_add_char(out, ' ');
        done = i + 1;
    }
    ty_buffer_add(out, ty_slice_sub(text, done, text.size));
}

void ty_present_field(const ty_present *p, ty_slice text)
{
    add_plain(p->out, text);
}

void ty_present_marked(const ty_present *p, ty_slice text, const ty_span *spans, size_t count)
{
    size_t done = 0;
    for (size_t i = 0; i < count && p->color; i++) {
        add_plain(p->out, ty_slice_sub(text, done, spans[i].start));
        ty_buffer_add_string(p->out, TY_MARK_ON);
        add_plain(p->out, ty_slice_sub(text, spans[i].start, spans[i].end));
        ty_buffer_add_string(p->out, TY_MARK_OFF);
        done = spans[i].end;
    }
    add_plain(p->out, ty_slice_sub(text, done, text.size));
}

void ty_present_row(const ty_present *p, const ty_slice *fields, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (i)
            ty_buffer_add_char(p->out, '\t');
        add_plain(p->out, fields[i]);
    }
    ty_buffer_add_char(p->out, '\n');
}

void ty_present_columns(const ty_present *p, const char *names)
{
    if (!p->json)
        ty_buffer_add_format(p->out, "%s\n", names);
}

static bool is_digits(ty_slice text)
{
    size_t at = 0;
    while (at < text.size && text.data[at] >= '0' && text.data[at] <= '9')
        at++;
    return at == text.size;
}

/* The day of a date as TMX (20180921T000000Z) or a calendar (2018-09-21) writes it. */
static void add_day(const ty_present *p, ty_slice date)
{
    ty_slice day = ty_slice_sub(date, 0, date.size < 8 ? date.size : 8);
    if (day.size == 8 && is_digits(day))
        ty_buffer_add_format(p->out, "%.4s-%.2s-%.2s", day.data, day.data + 4, day.data + 6);
    else
        ty_present_field(p, date);
}

void ty_present_release_line(const ty_present *p, const char *margin, ty_slice title, ty_slice date,
                             ty_slice url)
{
    if (!title.size && !url.size)
        return;
    ty_buffer_add_format(p->out, "\n%s", margin);
    ty_present_field(p, title);
    if (date.size) {
        ty_buffer_add_string(p->out, title.size ? _(", ") : "");
        add_day(p, date);
    }
    if (url.size) {
        ty_buffer_add_string(p->out, title.size || date.size ? _(", ") : "");
        ty_present_field(p, url);
    }
}

/* ------------------------------------------------------------------------------------------ names */

const char *ty_present_match_kind(ty_match_kind kind)
{
    static const char *const names[] = {
        [TY_MATCH_FUZZY] = N_("fuzzy"), [TY_MATCH_EXACT] = N_("exact"), [TY_MATCH_CONTEXT] = N_("context")};
    return names[kind];
}

const char *ty_present_term_status(ty_term_status status)
{
    static const char *const names[] = {[TY_TERM_UNKNOWN] = "",
                                        [TY_TERM_APPROVED] = "approved",
                                        [TY_TERM_PROVISIONAL] = "provisional",
                                        [TY_TERM_NON_STANDARD] = "non-standard",
                                        [TY_TERM_FORBIDDEN] = "forbidden"};
    return names[status];
}

const char *ty_present_rendering_kind(ty_rendering_kind kind)
{
    static const char *const names[] = {[TY_RENDERING_TERM] = "term",
                                        [TY_RENDERING_PROBABLE] = "probable",
                                        [TY_RENDERING_UNKNOWN] = "unknown"};
    return names[kind];
}

const char *ty_present_severity(ty_severity severity)
{
    static const char *const names[] = {[TY_SEVERITY_INFO] = N_("info"),
                                        [TY_SEVERITY_WARNING] = N_("warning"),
                                        [TY_SEVERITY_ERROR] = N_("error"),
                                        [TY_SEVERITY_FATAL] = N_("fatal")};
    return names[severity];
}

bool ty_present_trust_of(ty_slice name, ty_trust *out)
{
    static const struct {
        const char *name;
        ty_trust trust;
    } trusts[] = {{"all", TY_TRUST_ALL},
                  {"confirmed", TY_TRUST_CONFIRMED},
                  {"unconfirmed", TY_TRUST_UNCONFIRMED},
                  {"doubtful", TY_TRUST_DOUBTFUL}};
    for (size_t i = 0; i < sizeof trusts / sizeof *trusts; i++)
        if (ty_slice_equal(name, ty_slice_of(trusts[i].name))) {
            *out = trusts[i].trust;
            return true;
        }
    return false;
}
