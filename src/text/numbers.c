/* SPDX-License-Identifier: Apache-2.0 */
/*
 * numbers - numbers in running text, by value. This file walks the text and reads what is written in figures;
 * numbers_ja.c and numbers_en.c know the words around them.
 */
#include <stdlib.h>

#include "text/numbers.h"

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static bool is_latin(char c)
{
    return (c | 0x20) >= 'a' && (c | 0x20) <= 'z';
}

uint32_t ty_number_peek(const number_scan *scan, size_t at)
{
    if (at >= scan->text.size)
        return 0;
    uint32_t c = ty_utf8_next(scan->text, &at);
    return c == TY_CODE_POINT_NONE ? 0 : c;
}

bool ty_number_literal(const number_scan *scan, size_t *at, const char *literal)
{
    ty_slice rest = ty_slice_sub(scan->text, *at, scan->text.size), wanted = ty_slice_of(literal);
    if (!ty_slice_starts(rest, wanted))
        return false;
    *at += wanted.size;
    return true;
}

bool ty_number_word_is(const number_scan *scan, size_t *at, const char *word)
{
    if (*at >= scan->text.size || (scan->text.data[*at] | 0x20) != (word[0] | 0x20))
        return false; /* as nearly always */
    size_t size = strlen(word), end = *at + size;
    if (end > scan->text.size || (end < scan->text.size && is_latin(scan->text.data[end])))
        return false;
    if (!ty_slice_equal_nocase(ty_slice_sub(scan->text, *at, end), (ty_slice){word, size}))
        return false;
    *at = end;
    return true;
}

void ty_number_add(number_scan *scan, size_t start, size_t end, ty_number_kind kind, double value)
{
    ty_number number = {.start = scan->map->starts.items[start],
                        .end = scan->map->ends.items[end - 1],
                        .kind = kind,
                        .value = value};
    if (!ty_vector_push(scan->out, number))
        scan->failed = true;
    scan->last_end = end;
}

/* ------------------------------------------------------------------------------------------ figures */

static size_t digits_at(const number_scan *scan, size_t at, double *value)
{
    *value = 0;
    for (; at < scan->text.size && is_digit(scan->text.data[at]); at++)
        *value = *value * 10 + (scan->text.data[at] - '0');
    return at;
}

/* Past groups of exactly three digits: ",000" of 26,000. */
static size_t groups_at(const number_scan *scan, size_t at, char separator, double *value)
{
    while (at < scan->text.size && scan->text.data[at] == separator) {
        double group;
        size_t end = digits_at(scan, at + 1, &group);
        if (end != at + 4)
            break;
        *value = *value * 1000 + group;
        at = end;
    }
    return at;
}

/* Past decimals; 1.2.3 has none, it is a section or a date. */
static size_t decimals_at(const number_scan *scan, size_t at, char separator, double *value)
{
    double fraction;
    if (at >= scan->text.size || scan->text.data[at] != separator)
        return at;
    size_t end = digits_at(scan, at + 1, &fraction);
    bool longer =
        end + 1 < scan->text.size && scan->text.data[end] == separator && is_digit(scan->text.data[end + 1]);
    if (end == at + 1 || longer)
        return at;
    for (size_t i = at + 1; i < end; i++)
        fraction /= 10;
    *value += fraction;
    return end;
}

/* Past decimals behind the middle dot of newspapers, 98・24ポイント: two or more, and no 12・13日, which are
 * two numbers. */
static size_t dotted_at(const number_scan *scan, size_t at, double *value)
{
    static const char *const counters[] = {"日", "月", "年", "号", "条", "項", "回", "番", "区", "章", "・"};
    double fraction;
    if (!ty_slice_starts(ty_slice_sub(scan->text, at, at + 3), TY_SLICE("・")))
        return at;
    size_t first = at + 3, end = digits_at(scan, first, &fraction);
    if (end < first + 2)
        return at;
    for (size_t i = 0; i < sizeof counters / sizeof *counters; i++)
        if (ty_slice_starts(ty_slice_sub(scan->text, end, scan->text.size), ty_slice_of(counters[i])))
            return at;
    for (size_t i = first; i < end; i++)
        fraction /= 10;
    *value += fraction;
    return end;
}

size_t ty_number_figures(const number_scan *scan, size_t at, number_amount *amount)
{
    size_t end = digits_at(scan, at, &amount->value);
    amount->digits = end - at;
    if (end == at)
        return at;
    size_t whole = end;
    if (amount->digits <= 3)
        end = groups_at(scan, end, scan->comma_decimal ? '.' : ',', &amount->value);
    end = decimals_at(scan, end, scan->comma_decimal ? ',' : '.', &amount->value);
    if (strcmp(scan->lang, "ja") == 0)
        end = dotted_at(scan, end, &amount->value);
    amount->grouped = end > whole;
    amount->end = end;
    return end;
}

/* ------------------------------------------------------------------------------------------ dates, clocks */

/* 2016-06-03, 2016/6/3, 2016.6.3 */
static size_t date_at(number_scan *scan, size_t at)
{
    double year, month, day;
    size_t year_end = digits_at(scan, at, &year);
    if (year_end != at + 4 || year_end >= scan->text.size)
        return at;
    char separator = scan->text.data[year_end];
    if (separator != '-' && separator != '/' && separator != '.')
        return at;
    size_t month_end = digits_at(scan, year_end + 1, &month);
    if (month_end == year_end + 1 || month_end >= scan->text.size || month < 1 || month > 12)
        return at;
    if (scan->text.data[month_end] != separator)
        return at;
    size_t end = digits_at(scan, month_end + 1, &day);
    if (end == month_end + 1 || day < 1 || day > 31)
        return at;
    ty_number_add(scan, at, year_end, TY_NUMBER_YEAR, year);
    ty_number_add(scan, year_end + 1, month_end, TY_NUMBER_MONTH, month);
    ty_number_add(scan, month_end + 1, end, TY_NUMBER_DAY, day);
    return end;
}

/* 14:10, 2:10 p.m., 05:40:00 */
static size_t clock_at(number_scan *scan, size_t at)
{
    double hour, minute, second;
    size_t colon = digits_at(scan, at, &hour);
    if (colon > at + 2 || hour > 24 || colon >= scan->text.size || scan->text.data[colon] != ':')
        return at;
    size_t end = digits_at(scan, colon + 1, &minute);
    if (end != colon + 3 || minute > 59)
        return at;
    if (end < scan->text.size && scan->text.data[end] == ':') {
        size_t seconds_end = digits_at(scan, end + 1, &second);
        if (seconds_end == end + 3)
            end = seconds_end;
    }
    double minutes = hour * 60 + minute;
    ty_number_half_day(scan, &end, &minutes);
    ty_number_add(scan, at, end, TY_NUMBER_TIME, minutes);
    return end;
}

/* ------------------------------------------------------------------------------------------ the walk */

enum { LONG_RUN = 32 }; /* bytes; what such a run of figures ends with is no number either */

static size_t figure_at(number_scan *scan, size_t at)
{
    size_t end = date_at(scan, at);
    if (end == at)
        end = clock_at(scan, at);
    if (end > at)
        return end;
    number_amount amount;
    if (!ty_number_amount_at(scan, at, &amount)) {
        end = ty_number_figures(scan, at, &amount);
        return end - at > LONG_RUN ? end : at + 1;
    }
    end = ty_number_japanese_unit(scan, at, &amount);
    return end > at ? end : ty_number_english_unit(scan, at, &amount);
}

/* Past a run of letters and digits that begins with a letter: the 3 of P3C is no number. */
static size_t skip_word(const number_scan *scan, size_t at)
{
    while (at < scan->text.size && (is_latin(scan->text.data[at]) || is_digit(scan->text.data[at])))
        at++;
    return at;
}

/* Does a capital and a hyphen stand before it: the 35 of F-35? */
static bool is_designation(const number_scan *scan, size_t at)
{
    return at >= 2 && scan->text.data[at - 1] == '-' && scan->text.data[at - 2] >= 'A' &&
           scan->text.data[at - 2] <= 'Z';
}

static size_t take(number_scan *scan, size_t at)
{
    char c = scan->text.data[at];
    if (is_digit(c))
        return is_designation(scan, at) ? skip_word(scan, at) : figure_at(scan, at);
    if (is_latin(c)) {
        size_t end = ty_number_english(scan, at);
        return end > at ? end : skip_word(scan, at);
    }
    if ((unsigned char)c < 0x80)
        return at + 1;
    size_t end = ty_number_japanese(scan, at);
    if (end > at)
        return end;
    ty_utf8_next(scan->text, &at);
    return at;
}

ty_status ty_numbers_find(ty_slice text, ty_slice lang, ty_numbers *out, ty_error *error)
{
    static const char *const comma_decimal[] = {"de", "fr", "es", "it", "nl", "pt", "ru", "pl"};
    ty_vector_clear(out);
    ty_folded folded = {0};
    ty_status status = ty_fold(text, TY_FOLD_WIDTH, &folded, error);
    if (status != TY_OK)
        return status;
    char primary[16];
    ty_lang_primary(lang, primary);
    number_scan scan = {
        .text = ty_buffer_slice(&folded.text), .map = &folded, .out = out, .lang = primary, .last_end = 0};
    for (size_t i = 0; i < sizeof comma_decimal / sizeof *comma_decimal; i++)
        scan.comma_decimal |= strcmp(primary, comma_decimal[i]) == 0;
    for (size_t at = 0; at < scan.text.size && !scan.failed;)
        at = take(&scan, at);
    ty_folded_release(&folded);
    return scan.failed ? ty_error_nomem(error) : TY_OK;
}
