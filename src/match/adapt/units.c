/* SPDX-License-Identifier: Apache-2.0 */
/* What is counted, as far as two languages' words for it can be told to be the same. */
#include "match/adapt/adapt.h"

static const struct {
    const char *japanese; /* between blanks */
    const char *english;  /* beginnings of words */
} units[] = {
    {"隻", "ship vessel destroyer frigate submarine boat corvette cruiser carrier"},
    {"機", "aircraft plane airplane jet fighter helicopter bomber"},
    {"名 人", "personnel people person member soldier troop sailor officer official student child passenger"},
    {"日間 泊日", "day"},
    {"週間 週", "week"},
    {"か月 カ月 ヶ月 ヵ月 ケ月 箇月", "month"},
    {"年間 年 か年 カ年", "year"},
    {"時間", "hour"},
    {"分間 分", "minute"},
    {"泊", "night"},
    {"両 台", "vehicle truck tank car "},
    {"か国 カ国 ヶ国 ヵ国 ケ国 箇国", "countr nation state"},
    {"回", "time "},
    {"円", "yen"},
    {"ドル", "dollar"},
    {"マイル", "mile"},
    {"海里", "nautical"},
    {"トン", "ton"},
    {"ページ 頁", "page"},
};

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
    for (size_t i = 0; i < sizeof units / sizeof *units; i++)
        if (letter ? has_english(text, end, units[i].english) : has_japanese(text, end, units[i].japanese))
            return (int)i + 1;
    return 0;
}
