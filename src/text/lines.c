/* SPDX-License-Identifier: Apache-2.0 */
/* Text that was broken over lines, on one. */
#include "text/text.h"

static bool wide(uint32_t code_point)
{
    ty_script script = ty_char_script(code_point);
    return script == TY_SCRIPT_HAN || script == TY_SCRIPT_HIRAGANA || script == TY_SCRIPT_KATAKANA ||
           (code_point >= 0x3000 && code_point <= 0x303F) || (code_point >= 0xFF00 && code_point <= 0xFF60);
}

static bool breaks_line(uint32_t c)
{
    return (c >= 0x0A && c <= 0x0D) || c == 0x85 || c == 0x2028 || c == 0x2029;
}

/* The end of the white space that begins at `at`; *broken is whether a line break is in it. */
static size_t skip_space(ty_slice text, size_t at, bool *broken)
{
    *broken = false;
    while (at < text.size) {
        size_t next = at;
        uint32_t c = ty_utf8_next(text, &next);
        if (!ty_char_is_space(c))
            break;
        *broken = *broken || breaks_line(c);
        at = next;
    }
    return at;
}

static bool wide_on_both_sides(ty_slice text, size_t end, size_t start)
{
    return end > 0 && start < text.size && wide(ty_utf8_previous(text, &end)) &&
           wide(ty_utf8_next(text, &start));
}

#define ONES UINT64_C(0x0101010101010101)
#define HIGHS (ONES * 0x80)

/* The highest bit of a byte that is below `limit`, at most 0x80, or of one above it that is not told apart.
 */
static uint64_t below(uint64_t word, unsigned limit)
{
    return (word - ONES * limit) & ~word & HIGHS;
}

/* May one of the eight bytes begin a line break? */
static bool may_break(const char *bytes)
{
    uint64_t word;
    memcpy(&word, bytes, sizeof word);
    return below(word, 0x0E) | below(word ^ ONES * 0xC2, 1) | below(word ^ ONES * 0xE2, 1);
}

/* May a byte begin a line break? Without a way out of the loop, so that it is done many bytes at a time. */
static bool may_break_anywhere(ty_slice text)
{
    const unsigned char *bytes = (const unsigned char *)text.data;
    unsigned char found = 0;
    for (size_t i = 0; i < text.size; i++)
        found |= (unsigned char)((bytes[i] < 0x0E) | (bytes[i] == 0xC2) | (bytes[i] == 0xE2));
    return found;
}

bool ty_text_is_one_line(ty_slice text)
{
    size_t at = 0;
    if (!may_break_anywhere(text))
        return true;
    while (at < text.size) {
        size_t next = at;
        if (at + 8 <= text.size && !may_break(text.data + at)) {
            at += 8;
            continue;
        }
        while ((text.data[at] & 0xC0) == 0x80 && at + 1 < text.size)
            at++; /* within a character */
        for (next = at; next < text.size && next < at + 8;)
            if (breaks_line(ty_utf8_next(text, &next)))
                return false;
        at = next;
    }
    return true;
}

void ty_text_one_line(ty_slice text, ty_buffer *out)
{
    size_t done = 0;
    for (size_t at = 0; at < text.size;) {
        size_t next = at;
        uint32_t c = ty_utf8_next(text, &next);
        bool broken = false;
        size_t end = ty_char_is_space(c) ? skip_space(text, at, &broken) : next;
        if (broken) {
            ty_buffer_add(out, ty_slice_sub(text, done, at));
            if (!wide_on_both_sides(text, at, end))
                ty_buffer_add_char(out, ' ');
            done = end;
        }
        at = end;
    }
    ty_buffer_add(out, ty_slice_sub(text, done, text.size));
}
