/* SPDX-License-Identifier: Apache-2.0 */
/* How many columns of a terminal a text takes, in any locale (Unicode Standard Annex 11, wide and
 * full-width). */
#include "base/base.h"

typedef struct range {
    uint32_t first, last;
} range;

static const range wide[] = {{0x1100, 0x115F},  {0x2E80, 0x303E}, {0x3041, 0x4DBF},   {0x4E00, 0xA4CF},
                             {0xA960, 0xA97C},  {0xAC00, 0xD7A3}, {0xF900, 0xFAFF},   {0xFE30, 0xFE6F},
                             {0xFF01, 0xFF60},  {0xFFE0, 0xFFE6}, {0x1F300, 0x1F64F}, {0x1F900, 0x1F9FF},
                             {0x20000, 0x3FFFD}};
static const range unseen[] = {{0x0300, 0x036F}, {0x200B, 0x200F}, {0x202A, 0x202E}, {0x2060, 0x2064},
                               {0x3099, 0x309A}, {0xFE00, 0xFE0F}, {0xFEFF, 0xFEFF}};

static bool is_in(uint32_t c, const range *ranges, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (c >= ranges[i].first && c <= ranges[i].last)
            return true;
    return false;
}

static uint32_t next_point(ty_slice text, size_t *at)
{
    unsigned char first = (unsigned char)text.data[(*at)++];
    uint32_t c = first < 0x80   ? first
                 : first < 0xE0 ? first & 0x1F
                 : first < 0xF0 ? first & 0x0F
                                : first & 0x07;
    while (*at < text.size && ((unsigned char)text.data[*at] & 0xC0) == 0x80)
        c = c << 6 | ((unsigned char)text.data[(*at)++] & 0x3F);
    return c;
}

static size_t columns_of(uint32_t c)
{
    return is_in(c, unseen, sizeof unseen / sizeof *unseen) ? 0
                                                            : 1 + is_in(c, wide, sizeof wide / sizeof *wide);
}

size_t ty_width(ty_slice text)
{
    size_t columns = 0;
    for (size_t at = 0; at < text.size;)
        columns += columns_of(next_point(text, &at));
    return columns;
}

ty_slice ty_width_head(ty_slice text, size_t columns)
{
    size_t at = 0, end = 0;
    while (at < text.size) {
        size_t taken = columns_of(next_point(text, &at));
        if (taken > columns)
            break;
        columns -= taken;
        end = at;
    }
    return (ty_slice){text.data, end};
}

ty_slice ty_width_tail(ty_slice text, size_t columns)
{
    size_t at = 0, all = ty_width(text);
    while (at < text.size && all > columns)
        all -= columns_of(next_point(text, &at));
    return ty_slice_sub(text, at, text.size);
}
