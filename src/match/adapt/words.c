/* SPDX-License-Identifier: Apache-2.0 */
/* Values that are no plain numbers: weekdays, designations, addresses, eras without 年, other figures. */
#include <stdlib.h>

#include "match/adapt/adapt.h"

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static bool is_letter(char c)
{
    return (c | 0x20) >= 'a' && (c | 0x20) <= 'z';
}

static char at_or_nul(ty_slice text, size_t at)
{
    return at < text.size ? text.data[at] : '\0';
}

/* Does a word of letters or digits begin here? */
static bool begins_word(ty_slice text, size_t at)
{
    return at == 0 || (!is_letter(text.data[at - 1]) && !is_digit(text.data[at - 1]));
}

static bool ends_word(ty_slice text, size_t at)
{
    return !is_letter(at_or_nul(text, at)) && !is_digit(at_or_nul(text, at));
}

/* Digits from `at` on; returns their end. */
static size_t digits_at(ty_slice text, size_t at, double *number)
{
    *number = 0;
    for (; is_digit(at_or_nul(text, at)); at++)
        *number = *number * 10 + (text.data[at] - '0');
    return at;
}

static bool is_word(ty_slice text, size_t at, const char *word)
{
    size_t end = at + strlen(word);
    return end <= text.size && ty_slice_equal_nocase(ty_slice_sub(text, at, end), ty_slice_of(word)) &&
           ends_word(text, end);
}

static bool take(ty_value *out, size_t start, size_t end, ty_value_kind kind, double number)
{
    *out = (ty_value){.start = start, .end = end, .kind = kind, .number = number};
    return true;
}

/* ------------------------------------------------------------------------------------------ weekdays */

/* Mon. 5, (Tue), Wed, May 1: a short form only beside a date. */
static bool is_short_day(ty_slice text, size_t at, size_t end)
{
    bool mark = at_or_nul(text, end) == '.' || at_or_nul(text, end) == ',' || at_or_nul(text, end) == ')';
    return ends_word(text, end) && (mark || (at > 0 && text.data[at - 1] == '('));
}

static bool weekday_en(ty_slice text, size_t at, ty_value *out)
{
    for (int day = 0; day < 7; day++) {
        const char *name = ty_adapt_en_weekdays.items[day].text;
        if (is_word(text, at, name))
            return take(out, at, at + strlen(name), TY_VALUE_WEEKDAY, day);
        size_t end = at;
        while (is_letter(at_or_nul(text, end)))
            end++;
        ty_slice word = ty_slice_sub(text, at, end);
        if (word.size >= 3 && word.size <= 5 && ty_slice_starts(ty_slice_of(name), word) &&
            is_short_day(text, at, end))
            return take(out, at, end, TY_VALUE_WEEKDAY, day);
    }
    return false;
}

/* A bracket right behind a day opens: 3月1日（月）, （金・祝）. */
static bool in_day_bracket(const ty_reading *reading, size_t at)
{
    ty_slice text = reading->text;
    size_t count = reading->values.count;
    if (!count)
        return false;
    const ty_value *last = &reading->values.items[count - 1];
    ty_slice gap = ty_slice_sub(text, last->end, at);
    if (last->kind == TY_VALUE_WEEKDAY || last->kind == TY_VALUE_HOLIDAY)
        return ty_slice_equal(gap, TY_SLICE("・")) || ty_slice_equal(gap, TY_SLICE(","));
    return ty_slice_equal(gap, TY_SLICE("(")) && last->kind != TY_VALUE_YEAR;
}

static bool weekday_ja(const ty_reading *reading, size_t at, ty_value *out)
{
    ty_slice text = reading->text;
    for (int day = 0; day < 7; day++) {
        const char *name = ty_adapt_ja_weekdays.items[day].text;
        size_t end = at + strlen(name);
        if (ty_adapt_is(text, at, ty_adapt_ja_weekday_symbols.items[day].text))
            return take(out, at, end, TY_VALUE_WEEKDAY, day);
        if (!ty_adapt_is(text, at, name))
            continue;
        bool named = ty_adapt_is(text, end, "曜");
        bool alone =
            at_or_nul(text, end) == ')' || ty_adapt_is(text, end, "・") || ty_adapt_is(text, end, ",");
        if (named || (alone && in_day_bracket(reading, at)))
            return take(out, at, end, TY_VALUE_WEEKDAY, day);
    }
    bool holiday = ty_adapt_is(text, at, "祝") || ty_adapt_is(text, at, "休") || ty_adapt_is(text, at, "振");
    return holiday && in_day_bracket(reading, at) && take(out, at, at + 3, TY_VALUE_HOLIDAY, 0);
}

/* ------------------------------------------------------------------------------------------ years */

/* FY23, FY2023 */
static bool fiscal_year(ty_slice text, size_t at, ty_value *out)
{
    double number;
    size_t start = at + 2;
    if (!ty_adapt_is(text, at, "FY"))
        return false;
    start += at_or_nul(text, start) == ' ';
    size_t end = digits_at(text, start, &number);
    if ((end - start != 2 && end - start != 4) || !ends_word(text, end))
        return false;
    return take(out, at, end, TY_VALUE_YEAR, end - start == 2 ? 2000 + number : number);
}

/* '98 */
static bool short_year(ty_slice text, size_t at, ty_value *out)
{
    double number;
    if (text.data[at] != '\'' && !ty_adapt_is(text, at, "’"))
        return false;
    size_t start = at + (text.data[at] == '\'' ? 1 : strlen("’")), end = digits_at(text, start, &number);
    if (end != start + 2 || !ends_word(text, end) || !begins_word(text, at))
        return false;
    return take(out, start, end, TY_VALUE_YEAR, number + (number < 50 ? 2000 : 1900));
}

/* Does a year of an era follow its name: 平成二十七年, 平成 27年? */
static bool is_numeral(ty_slice text, size_t at)
{
    static const char *const digits[] = {"〇", "一", "二", "三", "四", "五",
                                         "六", "七", "八", "九", "十", " "};
    for (size_t i = 0; i < sizeof digits / sizeof *digits; i++)
        if (ty_adapt_is(text, at, digits[i]))
            return true;
    return false;
}

/* 平成27 where no 年 follows, Heisei 27, H27 in Japanese */
static bool era_year(const ty_reading *reading, size_t at, ty_value *out)
{
    ty_slice text = reading->text;
    for (int which = 0; which < TY_ERA_NAMES; which++) {
        size_t start, end;
        double number = 1;
        int first = ty_era_at(text, at, which, &start);
        if (!first || (which == 2 && !reading->japanese))
            continue;
        start += which == 1 && at_or_nul(text, start) == ' ';
        end = digits_at(text, start, &number);
        if (end == start && which == 0 && ty_adapt_is(text, start, "元")) {
            end = start + strlen("元");
            number = 1;
        }
        if (end == start && which == 0 && reading->japanese && !is_numeral(text, start))
            return take(out, at, start, TY_VALUE_NAME, 0); /* 平成の: the era itself */
        if (end == start || end > start + 3 || number < 1 || number > 99 || !ends_word(text, end))
            continue;
        if (which == 0 && ty_adapt_is(text, end, "年"))
            end += strlen("年");
        return take(out, at, end, TY_VALUE_YEAR, first + number - 1);
    }
    return false;
}

/* ------------------------------------------------------------------------------------------ names */

static bool is_of_address(char c)
{
    return c > ' ' && c < 0x7F && c != '<' && c != '>' && c != '"' && c != ')' && c != '(';
}

static bool address(ty_slice text, size_t at, ty_value *out)
{
    if (!ty_adapt_is(text, at, "http://") && !ty_adapt_is(text, at, "https://") &&
        !ty_adapt_is(text, at, "www."))
        return false;
    size_t end = at;
    while (is_of_address(at_or_nul(text, end)))
        end++;
    while (end > at && (text.data[end - 1] == '.' || text.data[end - 1] == ','))
        end--;
    return take(out, at, end, TY_VALUE_NAME, 0);
}

/* CH-47, F-15J, P3C, G7, DDH-183: letters, the first a capital, with figures */
static bool designation(ty_slice text, size_t at, ty_value *out)
{
    if (text.data[at] < 'A' || text.data[at] > 'Z')
        return false;
    size_t end = at;
    while (is_letter(at_or_nul(text, end)))
        end++;
    end += at_or_nul(text, end) == '-' && is_digit(at_or_nul(text, end + 1));
    if (!is_digit(at_or_nul(text, end)))
        return false;
    for (;;) {
        while (is_letter(at_or_nul(text, end)) || is_digit(at_or_nul(text, end)))
            end++;
        bool more = at_or_nul(text, end) == '-' &&
                    (is_digit(at_or_nul(text, end + 1)) ||
                     (at_or_nul(text, end + 1) >= 'A' && at_or_nul(text, end + 1) <= 'Z'));
        if (!more)
            return take(out, at, end, TY_VALUE_NAME, 0);
        end++;
    }
}

/* ------------------------------------------------------------------------------------------ other figures */

static bool symbol(ty_slice text, size_t at, ty_value *out)
{
    size_t end = at;
    uint32_t c = ty_utf8_next(text, &end);
    if (c >= 0x2460 && c <= 0x2473)
        return take(out, at, end, TY_VALUE_COUNT, c - 0x2460 + 1);
    return c >= 0x2160 && c <= 0x216B && take(out, at, end, TY_VALUE_COUNT, c - 0x2160 + 1);
}

/* Chapter IV */
static bool roman(ty_slice text, size_t at, ty_value *out)
{
    bool named = false;
    for (size_t i = 0; i < ty_adapt_en_headings.count; i++)
        named |= ty_slice_ends(ty_slice_sub(text, 0, at), ty_slice_of(ty_adapt_en_headings.items[i].text));
    size_t end = at;
    while (is_letter(at_or_nul(text, end)))
        end++;
    ty_slice word = ty_slice_sub(text, at, end);
    for (int number = 1; named && number <= TY_ROMAN_MOST; number++) {
        char letters[TY_ROMAN_SIZE];
        if (ty_slice_equal(ty_slice_of(ty_roman(number, letters)), word))
            return take(out, at, end, TY_VALUE_COUNT, number);
    }
    return false;
}

/* Do the bytes begin as the name does, in capitals: three letters? */
static bool is_in_capitals(const char *bytes, const char *name)
{
    for (int i = 0; i < 3; i++)
        if (bytes[i] != (i ? name[i] - 0x20 : name[i]))
            return false;
    return true;
}

/* 25 DEC 2020: months in capitals beside figures */
static bool capital_month(ty_slice text, size_t at, ty_value *out)
{
    bool beside = is_digit(at_or_nul(text, at + 4)) || (at >= 2 && is_digit(text.data[at - 2]));
    for (int month = 0; beside && at + 3 <= text.size && month < 12; month++)
        if (is_in_capitals(text.data + at, ty_adapt_en_months.items[month].text) && ends_word(text, at + 3))
            return take(out, at, at + 3, TY_VALUE_MONTH, month + 1);
    return false;
}

/* one third, two-fifths, three quarters, a quarter */
static bool fraction(ty_slice text, size_t at, ty_value *out)
{
    for (int count = 0; count < 6; count++) {
        const char *word = count ? ty_adapt_en_small.items[count].text : "a";
        size_t part = at + strlen(word);
        if (!is_word(text, at, word) || (at_or_nul(text, part) != ' ' && at_or_nul(text, part) != '-'))
            continue;
        for (size_t i = 0; i < ty_adapt_en_fractions.count; i++) {
            const ty_adapt_word *name = &ty_adapt_en_fractions.items[i];
            size_t end = part + 1 + strlen(name->text), whole = end + (count > 1);
            if (ty_adapt_is(text, part + 1, name->text) && ends_word(text, whole) &&
                (count < 2 || at_or_nul(text, end) == 's') && ty_adapt_is(text, whole, " of "))
                return take(out, at, whole, TY_VALUE_FRACTION,
                            (count ? count : 1) + 1000 * atoi(name->other));
        }
    }
    return false;
}

/* "one" says a number as often as not; so does 初. */
static bool weak_word(const ty_reading *reading, size_t at, ty_value *out)
{
    ty_slice text = reading->text;
    bool found = false;
    if (reading->english && is_word(text, at, "one") &&
        !(at >= 3 && ty_slice_equal_nocase(ty_slice_sub(text, at - 3, at), TY_SLICE("no "))))
        found = take(out, at, at + 3, TY_VALUE_COUNT, 1);
    else if (reading->japanese && ty_adapt_is(text, at, "初") &&
             !ty_slice_ends(ty_slice_sub(text, 0, at), TY_SLICE("当")))
        found = take(out, at, at + 3, TY_VALUE_ORDINAL, 1);
    out->weak = found;
    return found;
}

bool ty_adapt_find_word(const ty_reading *reading, size_t at, ty_value *out)
{
    ty_slice text = reading->text;
    *out = (ty_value){0};
    if ((unsigned char)text.data[at] >= 0x80)
        return symbol(text, at, out) || (reading->japanese && weekday_ja(reading, at, out)) ||
               short_year(text, at, out) || era_year(reading, at, out) || weak_word(reading, at, out);
    if (text.data[at] == '\'')
        return short_year(text, at, out);
    if (!is_letter(text.data[at]) || !begins_word(text, at))
        return false;
    return address(text, at, out) || fiscal_year(text, at, out) || era_year(reading, at, out) ||
           designation(text, at, out) || roman(text, at, out) || capital_month(text, at, out) ||
           (reading->english && (weekday_en(text, at, out) || fraction(text, at, out))) ||
           weak_word(reading, at, out);
}
