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
    uint64_t word;
    for (; at + sizeof word <= text.size; at += sizeof word) {
        memcpy(&word, text.data + at, sizeof word);
        if (word & UINT64_C(0x8080808080808080))
            break;
    }
    while (at < text.size && (unsigned char)text.data[at] < 0x80)
        at++;
    return at;
}

enum { EIGHT_THREES = 24 };

/* Are the bytes eight characters of three, and none of E0 and ED? A word of eight bytes at a time. */
static bool are_eight_threes(const unsigned char *s)
{
    static const char shape[] = "\xF0\xC0\xC0\xF0\xC0\xC0\xF0\xC0\xC0\xF0",
                      wanted[] = "\xE0\x80\x80\xE0\x80\x80\xE0\x80\x80\xE0";
    static const char low[] = "\x0F\0\0\x0F\0\0\x0F\0\0\x0F", odd[] = "\x0D\0\0\x0D\0\0\x0D\0\0\x0D",
                      others[] = "\0\1\1\0\1\1\0\1\1\0";
    const uint64_t ones = UINT64_C(0x0101010101010101), highs = ones * 0x80;
    uint64_t bad = 0;
    for (size_t k = 0; k < 3; k++) {
        uint64_t word, mask, want, nibbles, thirteen, rest;
        size_t turn = 2 * k % 3; /* the third of a character that the word begins with: 0, 2, 1 */
        memcpy(&word, s + 8 * k, sizeof word);
        memcpy(&mask, shape + turn, sizeof mask);
        memcpy(&want, wanted + turn, sizeof want);
        memcpy(&nibbles, low + turn, sizeof nibbles);
        memcpy(&thirteen, odd + turn, sizeof thirteen);
        memcpy(&rest, others + turn, sizeof rest);
        uint64_t last = (word & nibbles) | rest; /* 0 or 13 at a first byte: E0 or ED */
        bad |= ((word & mask) ^ want) | (~((last + ones * 0x7F) & ((last ^ thirteen) + ones * 0x7F)) & highs);
    }
    return !bad;
}

/* How far the text is characters of three bytes, as most of CJK are; those that need a closer look (E0, ED)
 * end it. */
static size_t skip_threes(const unsigned char *s, size_t at, size_t size)
{
    while (at + EIGHT_THREES <= size && are_eight_threes(s + at))
        at += EIGHT_THREES;
    while (at + 3 <= size && s[at] > 0xE0 && s[at] < 0xF0 && s[at] != 0xED && (s[at + 1] & 0xC0) == 0x80 &&
           (s[at + 2] & 0xC0) == 0x80)
        at += 3;
    return at;
}

size_t ty_utf8_check(ty_slice text)
{
    const unsigned char *s = (const unsigned char *)text.data;
    for (size_t at = 0; (at = ty_text_skip_ascii(text, at)) < text.size;) {
        at = skip_threes(s, at, text.size);
        if (at >= text.size || s[at] < 0x80)
            continue;
        size_t length = utf8_length(s + at, text.size - at);
        if (length == 0)
            return at;
        at += length;
    }
    return text.size;
}
