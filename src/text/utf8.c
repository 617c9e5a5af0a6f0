/* SPDX-License-Identifier: Apache-2.0 */
#include "text/internal.h"

uint32_t ty_utf8_next(ty_slice text, size_t *offset)
{
    const unsigned char *s = (const unsigned char *)text.data + *offset;
    size_t length = utf8_length(s, text.size - *offset);
    if (length == 0) {
        (*offset)++;
        return TY_CODE_POINT_NONE;
    }
    *offset += length;
    return utf8_value(s, length);
}

uint32_t ty_utf8_previous(ty_slice text, size_t *offset)
{
    const unsigned char *s = (const unsigned char *)text.data;
    size_t end = *offset;
    for (size_t back = 1; back <= 4 && back <= end; back++) {
        const unsigned char *at = s + end - back;
        if ((*at & 0xC0) == 0x80)
            continue;
        if (utf8_length(at, back) != back)
            break;
        *offset = end - back;
        return utf8_value(at, back);
    }
    *offset = end - 1;
    return TY_CODE_POINT_NONE;
}

void ty_utf8_add(ty_buffer *buffer, uint32_t code_point)
{
    char bytes[4];
    bool scalar = code_point < 0xD800 || (code_point > 0xDFFF && code_point <= 0x10FFFF);
    ty_buffer_add(buffer, (ty_slice){bytes, utf8_put(bytes, scalar ? code_point : 0xFFFD)});
}

size_t ty_text_skip_ascii(ty_slice text, size_t at)
{
    enum { LANES = sizeof(ty_bytes16) };
    for (; at + 2 * LANES <= text.size; at += 2 * LANES) {
        ty_bytes16 both = ty_bytes16_at(text.data + at) | ty_bytes16_at(text.data + at + LANES);
        if (ty_bytes16_any((ty_bytes16)(both > 0x7F)))
            break;
    }
    while (at < text.size && (unsigned char)text.data[at] < 0x80)
        at++;
    return at;
}

/*
 * Are bytes [at, end) well-formed by their shape alone: characters of two and three bytes? One with a first
 * byte that needs a closer look (C0, C1, E0, ED, F0 and above) says no, too. `at` is behind two bytes at
 * least, and characters may begin before it and end behind `end`. Without a way out of the loop, for many
 * bytes at a time.
 */
static bool has_plain_shape(const unsigned char *s, size_t at, size_t end)
{
    unsigned char bad = 0;
    for (size_t i = at; i < end; i++) {
        unsigned char goes_on = (s[i] & 0xC0) == 0x80, wanted = (s[i - 1] >= 0xC0) | (s[i - 2] >= 0xE0);
        bad |=
            (goes_on ^ wanted) | ((s[i] & 0xFE) == 0xC0) | (s[i] == 0xE0) | (s[i] == 0xED) | (s[i] >= 0xF0);
    }
    return !bad;
}

/* Past the characters, looked at one by one, that begin before `end`; *good is false at one that is none. */
static size_t check_each(ty_slice text, size_t at, size_t end, bool *good)
{
    const unsigned char *s = (const unsigned char *)text.data;
    while (at < end) {
        size_t length = utf8_length(s + at, text.size - at);
        *good = length > 0;
        if (!*good)
            return at;
        at += length;
    }
    return at;
}

/* Before the character that bytes up to `end` leave unfinished. */
static size_t before_unfinished(const unsigned char *s, size_t end)
{
    if (s[end - 1] >= 0xC0)
        return end - 1;
    return s[end - 2] >= 0xE0 ? end - 2 : end;
}

size_t ty_utf8_check(ty_slice text)
{
    enum { BLOCK = 256 };
    const unsigned char *s = (const unsigned char *)text.data;
    bool good = true;
    size_t at = check_each(text, 0, text.size < 2 ? text.size : 2, &good);
    while (good && (at = ty_text_skip_ascii(text, at)) < text.size) {
        size_t end = text.size - at > BLOCK ? at + BLOCK : text.size;
        if (at >= 2 && has_plain_shape(s, at, end) && before_unfinished(s, end) > at)
            at = before_unfinished(s, end);
        else
            at = check_each(text, at, end, &good);
    }
    return at;
}
