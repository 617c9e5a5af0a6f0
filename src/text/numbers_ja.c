/* SPDX-License-Identifier: Apache-2.0 */
/*
 * numbers_ja - kanji numerals, Japanese units, eras and clock times.
 *
 * Kanji that could be numerals stand in thousands of words and names (一致, 三菱, 千葉, 十分), so kanji alone
 * are a number only
 *  - with a counter behind them from the list below (三隻, 五か国), 一 not with counters that English renders
 * by "a" or not at all (一人, 一度, 一つ), and not in the words of the list of exceptions;
 *  - or where two or more stand together (十二, 二千, 二〇一六), but not all 〇;
 *  - or behind 第, where they are an ordinal, or inside a date or a clock time.
 * Vague ones (数百, 十数) are none.
 */
#include "text/numbers.h"

/* ------------------------------------------------------------------------------------------ amounts */

static double small_unit(uint32_t c)
{
    return c == 0x5341 ? 10 : c == 0x767E ? 100 : c == 0x5343 ? 1000 : 0;
}

static double large_unit(uint32_t c)
{
    return c == 0x4E07 ? 1e4 : c == 0x5104 ? 1e8 : c == 0x5146 ? 1e12 : c == 0x4EAC ? 1e16 : 0;
}

/* One numeral before a unit: figures, or kanji digits by position; returns the end, `at` where there is none.
 */
static size_t numeral_at(const number_scan *scan, size_t at, number_amount *amount, double *value)
{
    number_amount figures = {0};
    size_t end = ty_number_figures(scan, at, &figures);
    *value = figures.value;
    if (end > at) {
        if (!amount->kanji && !amount->digits) {
            amount->digits = figures.digits;
            amount->grouped = figures.grouped;
        }
        return end;
    }
    int digit;
    for (*value = 0; (digit = ty_char_kanji_digit(ty_number_peek(scan, end))) >= 0; end += 3) {
        *value = *value * 10 + digit;
        amount->kanji++;
    }
    return end;
}

/* What stands between two of 万, 億, 兆: 二千五百, 6,000, 2千5百. Returns the end. */
static size_t section_at(const number_scan *scan, size_t at, number_amount *amount, double *sum)
{
    double last = 1e9, value;
    *sum = 0;
    for (;;) {
        size_t end = numeral_at(scan, at, amount, &value);
        double unit = small_unit(ty_number_peek(scan, end));
        if (unit && unit < last) {
            *sum += (end > at ? value : 1) * unit;
            last = unit;
            at = end + 3;
            amount->kanji++;
            continue;
        }
        if (end > at && value < last) {
            *sum += value;
            at = end;
        }
        return at;
    }
}

bool ty_number_amount_at(const number_scan *scan, size_t at, number_amount *amount)
{
    *amount = (number_amount){.end = at};
    double last = 1e20, sum;
    for (size_t start = at;;) {
        number_amount before = *amount;
        size_t end = section_at(scan, start, amount, &sum);
        if (end == start || sum >= last) {
            *amount = before;
            return amount->end > at;
        }
        size_t blank = end; /* 1,000 万 */
        if (ty_number_literal(scan, &blank, " ") && large_unit(ty_number_peek(scan, blank)))
            end = blank;
        double unit = large_unit(ty_number_peek(scan, end));
        bool scales = unit && unit < last;
        amount->value += scales ? sum * unit : sum;
        amount->end = end + (scales ? 3 : 0);
        if (!scales)
            return true;
        amount->scaled = true;
        amount->kanji++;
        last = unit;
        start = amount->end;
    }
}

/* ------------------------------------------------------------------------------------------ units */

static bool is_whole(double value, double min, double max)
{
    return value >= min && value <= max && value == (double)(long)value;
}

static bool one_of(uint32_t c, const char *characters)
{
    ty_slice list = ty_slice_of(characters);
    for (size_t at = 0; c && at < list.size;)
        if (ty_utf8_next(list, &at) == c)
            return true;
    return false;
}

static uint32_t character(const char *literal)
{
    size_t at = 0;
    return ty_utf8_next(ty_slice_of(literal), &at);
}

/* A number of things; an ordinal where 目 follows: 3回目. */
static size_t add_counted(number_scan *scan, size_t start, const number_amount *amount, size_t behind)
{
    if (ty_number_literal(scan, &behind, "目")) {
        ty_number_add(scan, start, behind, TY_NUMBER_ORDINAL, amount->value);
        return behind;
    }
    ty_number_add(scan, start, amount->end, TY_NUMBER_PLAIN, amount->value);
    return amount->end;
}

static size_t year_unit(number_scan *scan, size_t start, const number_amount *amount, size_t behind)
{
    bool looks = is_whole(amount->value, 1000, 2999) && !amount->grouped && !amount->scaled;
    if (!amount->digits && amount->kanji < 4)
        looks = false; /* 千年, 二千年 are how long */
    if (!looks || one_of(ty_number_peek(scan, behind), "間以余前後目"))
        return add_counted(scan, start, amount, behind);
    ty_number_add(scan, start, behind, TY_NUMBER_YEAR, amount->value);
    return behind;
}

/* The minutes behind an hour: 10分, 半; 0 where there are none. */
static double minutes_at(const number_scan *scan, size_t *at)
{
    number_amount amount;
    if (ty_number_literal(scan, at, "半"))
        return 30;
    if (!ty_number_amount_at(scan, *at, &amount) || !is_whole(amount.value, 0, 59))
        return 0;
    size_t end = amount.end;
    if (!ty_number_literal(scan, &end, "分"))
        return 0;
    *at = end;
    return amount.value;
}

static size_t hour_unit(number_scan *scan, size_t start, const number_amount *amount, size_t behind)
{
    uint32_t next = ty_number_peek(scan, behind);
    if (!is_whole(amount->value, 0, 24) || one_of(next, "間代点"))
        return add_counted(scan, start, amount, behind);
    size_t end = behind;
    double minutes = amount->value * 60 + minutes_at(scan, &end);
    ty_number_add(scan, start, end, TY_NUMBER_TIME, minutes);
    return end;
}

static size_t date_unit(number_scan *scan, size_t start, const number_amount *amount, size_t behind,
                        ty_number_kind kind, double max)
{
    if (!is_whole(amount->value, 1, max) || one_of(ty_number_peek(scan, behind), "間目余前後"))
        return add_counted(scan, start, amount, behind);
    ty_number_add(scan, start, behind, kind, amount->value);
    return behind;
}

static size_t percent_unit(number_scan *scan, size_t start, double value, size_t behind)
{
    ty_number_add(scan, start, behind, TY_NUMBER_PERCENT, value);
    return behind;
}

/* The units that make a kind of their own; `start` where none of them follows. */
static size_t special_unit(number_scan *scan, size_t start, const number_amount *amount)
{
    size_t at = amount->end;
    if (amount->digits)
        ty_number_literal(scan, &at, " ");
    if (ty_number_literal(scan, &at, "年"))
        return year_unit(scan, start, amount, at);
    if (ty_number_literal(scan, &at, "月"))
        return date_unit(scan, start, amount, at, TY_NUMBER_MONTH, 12);
    if (ty_number_literal(scan, &at, "日"))
        return date_unit(scan, start, amount, at, TY_NUMBER_DAY, 31);
    if (ty_number_literal(scan, &at, "時"))
        return hour_unit(scan, start, amount, at);
    if (ty_number_literal(scan, &at, "%") || ty_number_literal(scan, &at, "パーセント"))
        return percent_unit(scan, start, amount->value, at);
    if (amount->value <= 10 && ty_number_literal(scan, &at, "割") &&
        !one_of(ty_number_peek(scan, at), "り当"))
        return percent_unit(scan, start, amount->value * 10, at);
    return start;
}

/* The end of a counter at `at`, or `at`. */
static size_t counter_at(const number_scan *scan, size_t at)
{
    uint32_t c = ty_number_peek(scan, at);
    if (one_of(c, "分秒人名円回件機隻両台個本冊枚度次番号条項章節歳才倍週点党社階発基門位周列匹頭羽票軒戸つ"))
        return at + 3;
    if (one_of(c, "かカヶヵケ箇") && one_of(ty_number_peek(scan, at + 3), "月国所年条村項点地"))
        return at + 6;
    return at;
}

size_t ty_number_japanese_unit(number_scan *scan, size_t start, const number_amount *amount)
{
    size_t end = special_unit(scan, start, amount);
    if (end > start)
        return end;
    uint32_t next = ty_number_peek(scan, amount->end);
    size_t behind = counter_at(scan, amount->end);
    if (behind > amount->end) {
        if (next == character("位")) {
            ty_number_add(scan, start, behind, TY_NUMBER_ORDINAL, amount->value);
            return behind;
        }
        return add_counted(scan, start, amount, behind);
    }
    if (!amount->kanji && next < 0x80)
        return start; /* nothing Japanese about it */
    return add_counted(scan, start, amount, amount->end);
}

/* ------------------------------------------------------------------------------------------ in kanji */

/* Words and names that begin like a numeral with a counter, or like two numerals. */
static bool is_exception(const number_scan *scan, size_t at)
{
    for (const char *const *word = ty_number_exceptions_ja; *word; word++)
        if (ty_number_literal(scan, &at, *word))
            return true;
    return false;
}

/* 統一, 唯一, 同一, ... and what is vague: 数十, 十数. */
static bool is_inside_word(const number_scan *scan, size_t start, const number_amount *amount)
{
    if (one_of(ty_number_peek(scan, amount->end), "数余"))
        return true;
    if (start == 0)
        return false;
    uint32_t before = ty_utf8_previous(scan->text, &start);
    return one_of(before, "数何幾") || (amount->kanji == 1 && one_of(before, "統唯同単均専随逐万択第"));
}

static bool is_special(const number_scan *scan, size_t at)
{
    return one_of(ty_number_peek(scan, at), "年月日時%割") || ty_number_literal(scan, &at, "パーセント");
}

/* 一日 is a day as often as the first of a month, which follows its month. */
static bool is_some_day(const number_scan *scan, size_t at)
{
    size_t end = at;
    return ty_number_literal(scan, &end, "一日") &&
           !ty_slice_ends(ty_slice_sub(scan->text, 0, at), TY_SLICE("月"));
}

static size_t kanji_number(number_scan *scan, size_t at)
{
    number_amount amount;
    if (!ty_number_amount_at(scan, at, &amount))
        return at;
    if (is_inside_word(scan, at, &amount) || is_some_day(scan, at))
        return amount.end;
    bool hours = ty_number_peek(scan, amount.end) == character("時") &&
                 one_of(ty_number_peek(scan, amount.end + 3), "間半一二三四五十");
    if (is_exception(scan, at) && !hours)
        return amount.kanji > 1 ? amount.end : at;
    if (amount.kanji < 2 && !is_special(scan, amount.end) && counter_at(scan, amount.end) == amount.end)
        return at;
    if (amount.value == 0 && amount.kanji > 1)
        return amount.end;
    return ty_number_japanese_unit(scan, at, &amount);
}

static size_t era_year(number_scan *scan, size_t at)
{
    for (const number_era *era = ty_number_eras_ja; era->name; era++) {
        size_t end = at;
        number_amount amount = {.value = 1};
        if (!ty_number_literal(scan, &end, era->name))
            continue;
        ty_number_literal(scan, &end, " ");
        if (!ty_number_literal(scan, &end, "元")) {
            if (!ty_number_amount_at(scan, end, &amount) || !is_whole(amount.value, 1, 99))
                return at;
            end = amount.end;
        }
        ty_number_literal(scan, &end, " ");
        if (!ty_number_literal(scan, &end, "年"))
            return at;
        ty_number_add(scan, at, end, TY_NUMBER_YEAR, era->first + amount.value - 1);
        return end;
    }
    return at;
}

/* 午後2時10分, 午前9:30, 正午 */
static size_t half_day(number_scan *scan, size_t at)
{
    size_t end = at;
    bool afternoon = ty_number_literal(scan, &end, "午後");
    if (!afternoon && !ty_number_literal(scan, &end, "午前")) {
        if (!ty_number_literal(scan, &end, "正午"))
            return at;
        ty_number_add(scan, at, end, TY_NUMBER_TIME, 12 * 60);
        return end;
    }
    number_amount amount;
    ty_number_literal(scan, &end, " ");
    if (!ty_number_amount_at(scan, end, &amount) || !is_whole(amount.value, 0, 24))
        return at;
    end = amount.end;
    ty_number_literal(scan, &end, " ");
    double minutes = amount.value * 60 + (afternoon && amount.value < 12 ? 12 * 60 : 0);
    if (ty_number_literal(scan, &end, "時"))
        minutes += minutes_at(scan, &end);
    else if (ty_number_literal(scan, &end, ":") && ty_number_amount_at(scan, end, &amount)) {
        minutes += amount.value;
        end = amount.end;
    } else
        return at;
    ty_number_add(scan, at, end, TY_NUMBER_TIME, minutes);
    return end;
}

static size_t ordinal(number_scan *scan, size_t at)
{
    size_t end = at;
    number_amount amount;
    if (!ty_number_literal(scan, &end, "第"))
        return at;
    ty_number_literal(scan, &end, " ");
    if (!ty_number_amount_at(scan, end, &amount))
        return at;
    ty_number_add(scan, at, amount.end, TY_NUMBER_ORDINAL, amount.value);
    return counter_at(scan, amount.end);
}

size_t ty_number_japanese(number_scan *scan, size_t at)
{
    uint32_t c = ty_number_peek(scan, at);
    if ((c < 0x4E00 && c != U'〇') || c > 0x9FFF)
        return at;
    if (ty_char_kanji_digit(c) >= 0 || small_unit(c))
        return kanji_number(scan, at);
    switch (c) {
    case U'令':
    case U'平':
    case U'昭':
    case U'大':
    case U'明': return era_year(scan, at);
    case U'午':
    case U'正': return half_day(scan, at);
    case U'第': return ordinal(scan, at);
    default: return at;
    }
}
