/* SPDX-License-Identifier: Apache-2.0 */
/*
 * numbers_en - number words, months and what stands behind figures in English; months of German and French.
 *
 * "one" alone is no number (it is a pronoun as often), nor are vague plurals (hundreds, thousands).
 * May and March are months only beside a figure or behind a preposition that goes with months.
 */
#include <math.h>

#include "text/numbers.h"

static const number_word *word_at(const number_scan *scan, size_t *at)
{
    if (*at + 1 >= scan->text.size)
        return NULL;
    char first = scan->text.data[*at] | 0x20, second = scan->text.data[*at + 1] | 0x20;
    for (const number_word *word = ty_number_words; word->text[0]; word++)
        if (word->text[0] == first && word->text[1] == second && ty_number_word_is(scan, at, word->text))
            return word;
    return NULL;
}

static bool skip_blank(const number_scan *scan, size_t *at)
{
    return ty_number_literal(scan, at, " ") || ty_number_literal(scan, at, "\xC2\xA0");
}

/* ------------------------------------------------------------------------------------------ units */

bool ty_number_half_day(const number_scan *scan, size_t *at, double *minutes)
{
    static const char *const forms[][2] = {{"a.m.", "p.m."}, {"am", "pm"}, {"a.m", "p.m"}};
    size_t end = *at;
    skip_blank(scan, &end);
    for (size_t i = 0; i < 3; i++) {
        bool before = ty_number_word_is(scan, &end, forms[i][0]);
        if (!before && !ty_number_word_is(scan, &end, forms[i][1]))
            continue;
        if (*minutes >= 12 * 60 && *minutes < 13 * 60)
            *minutes -= 12 * 60;
        if (!before && *minutes < 12 * 60)
            *minutes += 12 * 60;
        *at = end;
        return true;
    }
    return false;
}

static bool percent_at(const number_scan *scan, size_t *at)
{
    size_t end = *at;
    if (!skip_blank(scan, &end))
        ty_number_literal(scan, &end, "-");
    if (!ty_number_word_is(scan, &end, "percent") && !ty_number_word_is(scan, &end, "per cent") &&
        !ty_number_word_is(scan, &end, "percentage"))
        return false;
    *at = end;
    return true;
}

/* What stands right behind figures: 16bn; and m, k and the like only of money: £75m. */
static bool short_scale_at(const number_scan *scan, size_t start, size_t *at, double *value)
{
    static const struct {
        const char *text;
        double value;
        bool of_money;
    } scales[] = {{"bn", 1e9, false}, {"tn", 1e12, false}, {"trn", 1e12, false}, {"mn", 1e6, false},
                  {"m", 1e6, true},   {"b", 1e9, true},    {"k", 1e3, true}};
    ty_slice before = ty_slice_sub(scan->text, 0, start);
    bool money = ty_slice_ends(before, TY_SLICE("$")) || ty_slice_ends(before, TY_SLICE("£")) ||
                 ty_slice_ends(before, TY_SLICE("€")) || ty_slice_ends(before, TY_SLICE("¥"));
    for (size_t i = 0; i < sizeof scales / sizeof *scales; i++)
        if ((money || !scales[i].of_money) && ty_number_word_is(scan, at, scales[i].text)) {
            *value *= scales[i].value;
            return true;
        }
    return false;
}

static bool scale_at(const number_scan *scan, size_t *at, double *value)
{
    size_t end = *at;
    if (!skip_blank(scan, &end)) /* "£3million" has nothing between */
        ty_number_literal(scan, &end, "-");
    const number_word *word = word_at(scan, &end);
    if (!word || word->kind != NUMBER_SCALE)
        return false;
    *value *= word->value;
    *at = end;
    return true;
}

static bool ordinal_ending(const number_scan *scan, size_t *at)
{
    return ty_number_word_is(scan, at, "th") || ty_number_word_is(scan, at, "st") ||
           ty_number_word_is(scan, at, "nd") || ty_number_word_is(scan, at, "rd") ||
           ty_number_word_is(scan, at, "er");
}

static bool is_year(const number_amount *amount)
{
    return amount->digits == 4 && !amount->grouped && !amount->scaled && amount->value >= 1800 &&
           amount->value <= 2100;
}

size_t ty_number_english_unit(number_scan *scan, size_t start, const number_amount *amount)
{
    size_t end = amount->end;
    double value = amount->value;
    double minutes = floor(value) * 60 + round((value - floor(value)) * 100); /* of 6.30 p.m. */
    ty_number_kind kind = TY_NUMBER_PLAIN;
    if (ty_number_literal(scan, &end, "%") || ty_number_literal(scan, &end, " %") || percent_at(scan, &end))
        kind = TY_NUMBER_PERCENT;
    else if (ordinal_ending(scan, &end))
        kind = TY_NUMBER_ORDINAL;
    else if (short_scale_at(scan, start, &end, &value)) {
    } else if (scale_at(scan, &end, &value)) {
        while (scale_at(scan, &end, &value)) {
        }
        if (percent_at(scan, &end))
            kind = TY_NUMBER_PERCENT;
    } else if (value <= 12 &&
               (ty_number_half_day(scan, &end, &minutes) || ty_number_literal(scan, &end, " o'clock"))) {
        kind = TY_NUMBER_TIME;
        value = minutes;
    } else if (is_year(amount)) {
        kind = TY_NUMBER_YEAR;
        ty_number_word_is(scan, &end, "s");
    }
    ty_number_add(scan, start, end, kind, value);
    return end;
}

/* ------------------------------------------------------------------------------------------ words */

typedef struct word_number {
    double total, current, room; /* the next word must be below `room` */
    size_t count;
    bool ordinal;
} word_number;

/* Adds a word to the number; false where it does not go on with it. */
static bool add_word(word_number *number, const number_word *word)
{
    if (number->ordinal)
        return false;
    if (word->kind == NUMBER_SCALE) {
        if (word->value == 100) {
            if (number->current >= 100)
                return false;
            number->current = (number->current > 0 ? number->current : 1) * 100;
            number->room = 100;
        } else {
            number->total += (number->current > 0 ? number->current : 1) * word->value;
            number->current = 0;
            number->room = 1000;
        }
        return true;
    }
    if (word->value >= number->room)
        return false;
    number->current += word->value;
    number->room = word->kind == NUMBER_TENS ? 10 : 1;
    number->ordinal = word->kind == NUMBER_ORDINAL;
    return true;
}

/* Between two words of a number: a blank, a hyphen, "and" behind a scale. */
static bool join_at(const number_scan *scan, size_t *at, bool behind_scale)
{
    if (ty_number_literal(scan, at, "-"))
        return true;
    if (!skip_blank(scan, at))
        return false;
    size_t end = *at;
    if (behind_scale && ty_number_word_is(scan, &end, "and") && skip_blank(scan, &end))
        *at = end;
    return true;
}

static size_t words_at(const number_scan *scan, size_t at, word_number *number)
{
    size_t end = at;
    bool scale = false;
    for (size_t next = at;;) {
        if (number->count && !join_at(scan, &next, scale))
            return end;
        const number_word *word = word_at(scan, &next);
        if (!word || !add_word(number, word))
            return end;
        scale = word->kind == NUMBER_SCALE;
        number->count++;
        end = next;
    }
}

static size_t number_in_words(number_scan *scan, size_t at)
{
    word_number number = {.room = 1e3};
    size_t start = at;
    ty_slice before = ty_slice_sub(scan->text, 0, at);
    if (ty_slice_ends(before, TY_SLICE("several ")) || ty_slice_ends(before, TY_SLICE("few ")))
        return start;
    bool half = ty_number_literal(scan, &at, "half a ");
    at = half ? at - 2 : at;                                          /* half a million */
    if (ty_number_word_is(scan, &at, "a") && skip_blank(scan, &at)) { /* a hundred */
        size_t ahead = at;
        const number_word *word = word_at(scan, &ahead);
        if (!word || word->kind != NUMBER_SCALE)
            return start;
    }
    size_t end = words_at(scan, at, &number);
    double value = (number.total + number.current) / (half ? 2 : 1);
    if (number.count == 0)
        return start;
    if (percent_at(scan, &end)) {
        ty_number_add(scan, start, end, TY_NUMBER_PERCENT, value);
        return end;
    }
    if (ty_number_literal(scan, &end, " o'clock")) {
        ty_number_add(scan, start, end, TY_NUMBER_TIME, value * 60);
        return end;
    }
    if (number.count == 1 && value == 1 && !number.ordinal)
        return start;
    ty_number_add(scan, start, end, number.ordinal ? TY_NUMBER_ORDINAL : TY_NUMBER_PLAIN, value);
    return end;
}

/* ------------------------------------------------------------------------------------------ months */

/* Those of the language; English ones for all that have none of their own. */
static const month_name *months_of(const char *lang)
{
    const month_names *names = ty_month_names;
    while (names->lang && strcmp(names->lang, lang) != 0)
        names++;
    return names->lang ? names->list : ty_month_names[0].list;
}

static const month_name *month_at(const number_scan *scan, size_t *at)
{
    char first = scan->text.data[*at];
    for (const month_name *month = months_of(scan->lang); month->text; month++) {
        size_t end = *at;
        if (month->text[0] != first || !ty_number_literal(scan, &end, month->text))
            continue;
        if (ty_char_is_letter(ty_number_peek(scan, end)))
            continue;
        *at = end;
        return month;
    }
    return NULL;
}

/* Is the last number the day before this month: 8 April, the 8th of April, 8. April? */
static bool day_before(const number_scan *scan, size_t start)
{
    if (scan->out->count == 0 || scan->last_end >= start)
        return false;
    ty_number *last = &scan->out->items[scan->out->count - 1];
    ty_slice between = ty_slice_sub(scan->text, scan->last_end, start);
    if (last->value < 1 || last->value > 31 || last->kind == TY_NUMBER_PERCENT ||
        last->kind == TY_NUMBER_TIME)
        return false;
    if (!ty_slice_equal(between, TY_SLICE(" ")) && !ty_slice_equal(between, TY_SLICE(". ")) &&
        !ty_slice_equal(between, TY_SLICE(" of ")))
        return false;
    last->kind = TY_NUMBER_DAY;
    return true;
}

static bool follows_preposition(const number_scan *scan, size_t start)
{
    ty_slice text = ty_slice_sub(scan->text, 0, start);
    for (size_t i = 0; ty_before_months[i]; i++)
        if (ty_slice_ends(text, ty_slice_of(ty_before_months[i])))
            return true;
    return false;
}

/* A day of one or two digits, an ordinal ending included; `at` where there is none. */
static size_t day_at(const number_scan *scan, size_t at, double *day)
{
    number_amount amount;
    size_t end = ty_number_figures(scan, at, &amount);
    if (end == at || amount.digits > 2 || amount.grouped || amount.value < 1 || amount.value > 31)
        return at;
    *day = amount.value;
    uint32_t next = ty_number_peek(scan, end);
    if (next == ':' || next == '%')
        return at;
    if (!ordinal_ending(scan, &end) && ty_char_is_letter(next))
        return at;
    return end;
}

/* The day or days behind a month: 8 of "April 8", 3 and 5 of "June 3-5". Returns the end. */
static size_t add_days(number_scan *scan, size_t at)
{
    double day;
    size_t start = at, end;
    if (ty_number_literal(scan, &start, ".")) {
    }
    if (!skip_blank(scan, &start) || (end = day_at(scan, start, &day)) == start)
        return at;
    ty_number_add(scan, start, end, TY_NUMBER_DAY, day);
    size_t next = end;
    if (!ty_number_literal(scan, &next, "-") && !ty_number_literal(scan, &next, "\xE2\x80\x93"))
        return end;
    size_t last = day_at(scan, next, &day);
    if (last == next)
        return end;
    ty_number_add(scan, next, last, TY_NUMBER_DAY, day);
    return last;
}

static bool figure_follows(const number_scan *scan, size_t at)
{
    ty_number_literal(scan, &at, ".");
    ty_number_literal(scan, &at, ",");
    return skip_blank(scan, &at) && ty_number_peek(scan, at) - '0' < 10;
}

static size_t month_name_at(number_scan *scan, size_t at)
{
    size_t end = at;
    const month_name *month = month_at(scan, &end);
    if (!month)
        return at;
    bool before = day_before(scan, at);
    if (month->doubtful && !before && !figure_follows(scan, end) && !follows_preposition(scan, at))
        return at;
    ty_number_add(scan, at, end, TY_NUMBER_MONTH, month->month);
    return before ? end : add_days(scan, end);
}

/* Heisei 27, Reiwa 1 */
static size_t era_name_at(number_scan *scan, size_t at)
{
    for (const number_era *era = ty_number_eras_en; era->name; era++) {
        size_t end = at;
        number_amount amount;
        if (!ty_number_word_is(scan, &end, era->name) || !skip_blank(scan, &end))
            continue;
        end = ty_number_figures(scan, end, &amount);
        if (amount.digits == 0 || amount.digits > 2 || amount.grouped || amount.value < 1)
            return at;
        ty_number_add(scan, at, end, TY_NUMBER_YEAR, era->first + amount.value - 1);
        return end;
    }
    return at;
}

size_t ty_number_english(number_scan *scan, size_t at)
{
    size_t end = month_name_at(scan, at);
    if (end > at || (scan->lang[0] && strcmp(scan->lang, "en") != 0))
        return end;
    end = era_name_at(scan, at);
    if (end > at)
        return end;
    if (ty_number_word_is(scan, &end, "noon")) {
        ty_number_add(scan, at, end, TY_NUMBER_TIME, 12 * 60);
        return end;
    }
    return number_in_words(scan, at);
}
