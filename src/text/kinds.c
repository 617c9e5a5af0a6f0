/* SPDX-License-Identifier: Apache-2.0 */
/* What a text has of what most have not. */
#include "text/text.h"

enum { LANES = sizeof(ty_bytes16), BLOCK = 1 << 14 /* bytes that stay near the processor */ };

static bool has_controls(const unsigned char *bytes, size_t size)
{
    for (size_t i = 0; i < size; i++)
        if (bytes[i] < 0x20 && bytes[i] != '\t' && bytes[i] != '\n' && bytes[i] != '\f' && bytes[i] != '\r')
            return true;
    return false;
}

/* Does a character of private use, U+FFFE or U+FFFF begin with one of these bytes, by the byte behind it? */
static inline ty_bytes16 rare_at(const unsigned char *bytes)
{
    ty_bytes16 a = ty_bytes16_at(bytes), b = ty_bytes16_at(bytes + 1);
    return (ty_bytes16)((a == 0xEE) | (a > 0xF2) | ((a == 0xEF) & ((b < 0xA4) | (b == 0xBF))));
}

static unsigned kinds_of_few(const unsigned char *bytes, size_t size)
{
    unsigned char high = 0;
    for (size_t i = 0; i < size; i++)
        high = bytes[i] > high ? bytes[i] : high;
    return (has_controls(bytes, size) ? TY_TEXT_CONTROLS : 0) | (high >= 0x80 ? TY_TEXT_WIDE : 0) |
           (high >= 0xEE ? TY_TEXT_RARE : 0);
}

/* Of `size` bytes, a multiple of LANES, behind which one more stands. */
static unsigned kinds_of_block(const unsigned char *bytes, size_t size)
{
    ty_bytes16 high = {0}, low = {0}, higher = {0}, rare = {0};
    for (size_t i = 0; i < size; i += LANES) {
        ty_bytes16 lanes = ty_bytes16_at(bytes + i);
        high |= lanes;
        higher |= (ty_bytes16)(lanes > 0xED);
        low |= (ty_bytes16)((lanes < 0x20) & (lanes != '\n'));
    }
    for (size_t i = 0; ty_bytes16_any(higher) && i < size; i += LANES)
        rare |= rare_at(bytes + i);
    return (ty_bytes16_any(low) && has_controls(bytes, size) ? TY_TEXT_CONTROLS : 0) |
           (ty_bytes16_any((ty_bytes16)(high > 0x7F)) ? TY_TEXT_WIDE : 0) |
           (ty_bytes16_any(rare) ? TY_TEXT_RARE : 0);
}

unsigned ty_text_kinds(ty_slice text)
{
    const unsigned char *bytes = (const unsigned char *)text.data;
    size_t whole = text.size ? (text.size - 1) / LANES * LANES : 0;
    unsigned kinds = kinds_of_few(bytes + whole, text.size - whole);
    for (size_t at = 0; at < whole; at += BLOCK)
        kinds |= kinds_of_block(bytes + at, whole - at < BLOCK ? whole - at : BLOCK);
    return kinds;
}
