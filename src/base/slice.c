/* SPDX-License-Identifier: Apache-2.0 */
#include "base/base.h"

static unsigned char ascii_lower(unsigned char byte)
{
    return byte >= 'A' && byte <= 'Z' ? (unsigned char)(byte + 32) : byte;
}

static bool ascii_space(char byte)
{
    return byte == ' ' || (byte >= '\t' && byte <= '\r');
}

ty_slice ty_slice_of(const char *string)
{
    return string ? (ty_slice){string, strlen(string)} : (ty_slice){"", 0};
}

bool ty_slice_equal(ty_slice a, ty_slice b)
{
    return a.size == b.size && (a.size == 0 || memcmp(a.data, b.data, a.size) == 0);
}

int ty_slice_compare(ty_slice a, ty_slice b)
{
    size_t common = a.size < b.size ? a.size : b.size;
    int order = common ? memcmp(a.data, b.data, common) : 0;
    return order ? order : (a.size > b.size) - (a.size < b.size);
}

bool ty_slice_equal_nocase(ty_slice a, ty_slice b)
{
    if (a.size != b.size)
        return false;
    for (size_t i = 0; i < a.size; i++)
        if (ascii_lower((unsigned char)a.data[i]) != ascii_lower((unsigned char)b.data[i]))
            return false;
    return true;
}

bool ty_slice_starts(ty_slice text, ty_slice prefix)
{
    return text.size >= prefix.size && ty_slice_equal((ty_slice){text.data, prefix.size}, prefix);
}

bool ty_slice_ends(ty_slice text, ty_slice suffix)
{
    return text.size >= suffix.size &&
           ty_slice_equal(ty_slice_sub(text, text.size - suffix.size, text.size), suffix);
}

ty_slice ty_slice_trim(ty_slice text)
{
    while (text.size && ascii_space(text.data[text.size - 1]))
        text.size--;
    while (text.size && ascii_space(text.data[0])) {
        text.data++;
        text.size--;
    }
    return text;
}

size_t ty_slice_find(ty_slice text, ty_slice needle, size_t from)
{
    if (needle.size == 0)
        return from <= text.size ? from : SIZE_MAX;
    while (from < text.size && text.size - from >= needle.size) {
        const char *hit = memchr(text.data + from, needle.data[0], text.size - from - needle.size + 1);
        if (!hit)
            return SIZE_MAX;
        from = (size_t)(hit - text.data);
        if (memcmp(hit, needle.data, needle.size) == 0)
            return from;
        from++;
    }
    return SIZE_MAX;
}

bool ty_slice_next(ty_slice *rest, char separator, ty_slice *field)
{
    if (!rest->data)
        return false;
    const char *end = rest->size ? memchr(rest->data, separator, rest->size) : NULL;
    *field = *rest;
    if (!end) {
        *rest = (ty_slice){NULL, 0};
        return true;
    }
    field->size = (size_t)(end - rest->data);
    rest->data = end + 1;
    rest->size -= field->size + 1;
    return true;
}

size_t ty_slice_utf8_length(ty_slice text, size_t at)
{
    const unsigned char *s = (const unsigned char *)text.data + at;
    size_t left = text.size - at;
    size_t length = s[0] < 0x80   ? 1
                    : s[0] < 0xC2 ? 0
                    : s[0] < 0xE0 ? 2
                    : s[0] < 0xF0 ? 3
                    : s[0] < 0xF5 ? 4
                                  : 0;
    if (length == 0 || length > left)
        return 0;
    for (size_t i = 1; i < length; i++)
        if ((s[i] & 0xC0) != 0x80)
            return 0;
    if ((s[0] == 0xE0 && s[1] < 0xA0) || (s[0] == 0xED && s[1] > 0x9F) || (s[0] == 0xF0 && s[1] < 0x90) ||
        (s[0] == 0xF4 && s[1] > 0x8F))
        return 0;
    return length;
}

/* UTF-8 begins U+FFFE and U+FFFF with the bytes EF BF, and then BE or BF. */
static bool is_outside_xml(ty_slice text, size_t at)
{
    unsigned char c = (unsigned char)text.data[at];
    if (c < 0x20)
        return c != '\t' && c != '\n' && c != '\r';
    return c == 0xEF && at + 2 < text.size && (unsigned char)text.data[at + 1] == 0xBF &&
           (unsigned char)text.data[at + 2] >= 0xBE;
}

size_t ty_xml_outside(ty_slice text)
{
    if (!text.size || text.data[0] == '\v' || text.data[0] == '\f' || !is_outside_xml(text, 0))
        return 0;
    return (unsigned char)text.data[0] < 0x20 ? 1 : 3;
}

ty_status ty_xml_check(ty_slice text, ty_error *error)
{
    size_t length;
    for (size_t i = 0; i < text.size; i += length) {
        length = (unsigned char)text.data[i] < 0x80 ? 1 : ty_slice_utf8_length(text, i);
        if (!length || is_outside_xml(text, i))
            return ty_error_set(error, TY_ERR_ENCODING,
                                "it has a control character, or another that exchange files cannot hold");
    }
    return TY_OK;
}
