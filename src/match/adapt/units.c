/* SPDX-License-Identifier: Apache-2.0 */
/* What is counted, as far as two languages' words for it can be told to be the same. */
#include "match/adapt/adapt.h"

static bool has_japanese(ty_slice text, size_t at, const char *words)
{
    ty_slice rest = ty_slice_of(words), word;
    while (rest.size && ty_slice_next(&rest, ' ', &word))
        if (ty_slice_starts(ty_slice_sub(text, at, text.size), word))
            return true;
    return false;
}

static bool has_english(ty_slice text, size_t at, const char *words)
{
    ty_slice rest = ty_slice_of(words), word;
    while (rest.size && ty_slice_next(&rest, ' ', &word))
        if (word.size && at + word.size <= text.size &&
            ty_slice_equal_nocase(ty_slice_sub(text, at, at + word.size), word))
            return true;
    return false;
}

int ty_adapt_unit(const ty_reading *reading, size_t end)
{
    ty_slice text = reading->text;
    if (end < text.size && (text.data[end] == ' ' || text.data[end] == '-'))
        end++;
    if (end >= text.size)
        return 0;
    bool letter = (text.data[end] | 0x20) >= 'a' && (text.data[end] | 0x20) <= 'z';
    for (size_t i = 0; i < ty_adapt_counted.count; i++)
        if (letter ? has_english(text, end, ty_adapt_counted.items[i].other)
                   : has_japanese(text, end, ty_adapt_counted.items[i].text))
            return (int)i + 1;
    return 0;
}
