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

/* Which of sixteen bytes are not as the two before each want it, or begin a character that needs a closer
 * look (C0, C1, E0, ED, F0 and above). */
static inline ty_bytes16 odd_at(const unsigned char *s)
{
    ty_bytes16 here = ty_bytes16_at(s), before = ty_bytes16_at(s - 1), second = ty_bytes16_at(s - 2);
    ty_bytes16 goes_on = (ty_bytes16)((here & 0xC0) == 0x80);
    ty_bytes16 wanted = (ty_bytes16)((before > 0xBF) | (second > 0xDF));
    ty_bytes16 close =
        (ty_bytes16)(((here & 0xFE) == 0xC0) | (here == 0xE0) | (here == 0xED) | (here > 0xEF));
    return (goes_on ^ wanted) | close;
}

/*
 * Are bytes [at, end), sixteen or more, well-formed by their shape alone: characters of two and three bytes?
 * `at` is behind two bytes at least, and characters may begin before it and end behind `end`.
 */
static bool has_plain_shape(const unsigned char *s, size_t at, size_t end)
{
    enum { LANES = sizeof(ty_bytes16) };
    ty_bytes16 odd = odd_at(s + end - LANES);
    for (; at + LANES < end; at += LANES)
        odd |= odd_at(s + at);
    return !ty_bytes16_any(odd);
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
        bool many = at >= 2 && end - at >= sizeof(ty_bytes16);
        if (many && has_plain_shape(s, at, end) && before_unfinished(s, end) > at)
            at = before_unfinished(s, end);
        else
            at = check_each(text, at, end, &good);
    }
    return at;
}
