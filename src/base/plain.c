/* SPDX-License-Identifier: Apache-2.0 */
/* Names and titles, which go into every kind of file, log and page. */
#include "base/base.h"

/* What ends a line somewhere, or is an order to a terminal; a blank stands for it. */
static bool is_blank_instead(uint32_t c)
{
    return c < 0x20 || (c >= 0x7F && c <= 0x9F) || c == 0x2028 || c == 0x2029;
}

/* What turns the direction of the text around it (Unicode Bidirectional Algorithm, table 4), and what is no
 * character (Unicode, section 23.7), which XML cannot hold in part. It goes. */
static bool is_left_out(uint32_t c)
{
    return (c >= 0x202A && c <= 0x202E) || (c >= 0x2066 && c <= 0x2069) || (c >= 0xFDD0 && c <= 0xFDEF) ||
           (c & 0xFFFE) == 0xFFFE;
}

/* The character at i; *length 0: the byte there is of none. */
static uint32_t character_at(ty_slice text, size_t i, size_t *length)
{
    static const unsigned char first[] = {0, 0x7F, 0x1F, 0x0F, 0x07};
    *length = ty_slice_utf8_length(text, i);
    uint32_t c = (unsigned char)text.data[i] & first[*length];
    for (size_t k = 1; k < *length; k++)
        c = c << 6 | ((unsigned char)text.data[i + k] & 0x3F);
    return c;
}

bool ty_is_plain_line(ty_slice text)
{
    size_t length;
    for (size_t i = 0; i < text.size; i += length) {
        uint32_t c = character_at(text, i, &length);
        if (!length || is_blank_instead(c) || is_left_out(c))
            return false;
    }
    return true;
}

void ty_buffer_add_plain_line(ty_buffer *buffer, ty_slice text)
{
    size_t length;
    for (size_t i = 0; i < text.size; i += length ? length : 1) {
        uint32_t c = character_at(text, i, &length);
        if (!length)
            ty_buffer_add_string(buffer, "\xEF\xBF\xBD");
        else if (is_blank_instead(c))
            ty_buffer_add_char(buffer, ' ');
        else if (!is_left_out(c))
            ty_buffer_add(buffer, ty_slice_sub(text, i, i + length));
    }
}

ty_slice ty_arena_plain_line(ty_arena *arena, ty_slice text)
{
    ty_buffer line = {0};
    if (ty_is_plain_line(text))
        return text;
    ty_buffer_add_plain_line(&line, text);
    arena->failed |= line.failed;
    ty_slice made = ty_arena_copy(arena, ty_buffer_slice(&line));
    ty_buffer_release(&line);
    return made;
}
