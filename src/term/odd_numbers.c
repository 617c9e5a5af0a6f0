/* SPDX-License-Identifier: Apache-2.0 */
/* Numbers of one side of a pair that the other should have and has not. */
#include <math.h>

#include "term/internal.h"

/* 04 for 2004, 69年 for the 1869 of a range. */
static bool is_short_year(const ty_number *full, const ty_number *two_digits)
{
    bool year =
        full->kind == TY_NUMBER_YEAR || (full->kind == TY_NUMBER_PLAIN && two_digits->kind == TY_NUMBER_YEAR);
    return year && full->value >= 1000 && full->value < 2100 && two_digits->value >= 0 &&
           two_digits->value < 100 && fmod(full->value, 100) == two_digits->value;
}

/* 8時 for "at 8 this morning", 14:30 for 1430. */
static bool is_hour(const ty_number *time, const ty_number *plain)
{
    double hours = time->value / 60;
    double military = floor(hours) * 100 + fmod(time->value, 60); /* 1430 */
    return plain->kind == TY_NUMBER_PLAIN &&
           (plain->value == hours || plain->value + 12 == hours || plain->value == military ||
            fabs(plain->value * 100 - military) < 1e-6); /* 6.30 */
}

static bool is_same_value(const ty_number *a, const ty_number *b)
{
    const double half_day = 12 * 60;
    if (is_short_year(a, b) || is_short_year(b, a))
        return true;
    double difference = fabs(a->value - b->value);
    if ((a->kind == TY_NUMBER_TIME) ==
        (b->kind == TY_NUMBER_TIME)) /* 3時 may be the 3 p.m. of the other side */
        return difference <= 1e-9 * fabs(a->value) || (a->kind == TY_NUMBER_TIME && difference == half_day);
    return a->kind == TY_NUMBER_TIME ? is_hour(a, b) : is_hour(b, a);
}

static bool has_digit(ty_slice text, const ty_number *number)
{
    for (size_t at = number->start; at < number->end;)
        if (ty_char_is_digit(ty_utf8_next(text, &at)))
            return true;
    return false;
}

/* Is it the mark of an item at the head of the text: "(3)", "４．", "7 "? Lists are numbered anew at will. */
static bool is_item_mark(ty_slice text, const ty_number *number)
{
    static const char *const openers[] = {"(", "（", "［", "[", "〔", "第"};
    ty_slice before = ty_slice_trim(ty_slice_sub(text, 0, number->start));
    ty_slice behind = ty_slice_sub(text, number->end, text.size);
    static const char *const closers[] = {")", "）", "］", "]", "．", ". ", "、", "　", " ", "〕"};
    bool opened = before.size == 0, closed = false;
    for (size_t i = 0; i < sizeof openers / sizeof *openers - 1; i++)
        opened |= ty_slice_equal(before, ty_slice_of(openers[i]));
    for (size_t i = 0; i < sizeof closers / sizeof *closers; i++)
        closed |= ty_slice_starts(behind, ty_slice_of(closers[i]));
    return opened && closed && number->value < 100;
}

/* Is it part of a designation: behind capitals, "(DD 117)", "P-1"? */
static bool is_designation(ty_slice text, const ty_number *number)
{
    size_t at = number->start;
    if (at > 1 && text.data[at - 1] == '-' &&
        ((text.data[at - 2] | 0x20) >= 'a' && (text.data[at - 2] | 0x20) <= 'z'))
        return true; /* Covid-19 */
    if (at > 0 && (text.data[at - 1] == ' ' || text.data[at - 1] == '-'))
        at--;
    size_t capitals = 0;
    if (at > 1 && ty_slice_ends(ty_slice_sub(text, 0, at), TY_SLICE("FY")))
        return false; /* a fiscal year */
    while (at > 0 && text.data[at - 1] >= 'A' && text.data[at - 1] <= 'Z') {
        capitals++;
        at--;
    }
    return capitals >= 1 && (at == 0 || text.data[at - 1] == ' ' || text.data[at - 1] == '(') &&
           (capitals > 1 || number->start - at == 2);
}

/* Is it in a measure that a translation converts, or converted from one: 64,000 pounds, 18 inches for
 * 46センチ? */
static bool is_converted(ty_slice text, const ty_number *number, ty_slice other)
{
    return ty_term_number_word_behind(text, number->end, TERM_NUMBER_CUSTOMARY) ||
           (ty_term_number_word_behind(text, number->end, TERM_NUMBER_METRIC) &&
            ty_term_has_number_word(other, TERM_NUMBER_CUSTOMARY));
}

/* Is it vague: half a million, 数10億? */
static bool is_vague(ty_slice text, const ty_number *number)
{
    ty_slice before = ty_slice_trim(ty_slice_sub(text, 0, number->start));
    return ty_term_number_word_before(before, before.size, TERM_NUMBER_VAGUE);
}

/* Is it a year of an era with the common one behind it, 平成28（2016）年? That one counts. */
static bool is_year_said_twice(ty_slice text, const ty_number *number)
{
    ty_slice behind = ty_slice_sub(text, number->end, text.size);
    bool opens = ty_slice_starts(behind, TY_SLICE("(")) || ty_slice_starts(behind, TY_SLICE("（"));
    return opens && ty_term_number_word_before(text, number->start, TERM_NUMBER_ERA);
}

/* Is the number one that a translation has to have? */
static bool is_asked_for(ty_slice text, ty_slice other, const ty_number *number, const ty_term_scan *terms)
{
    for (size_t i = 0; i < terms->spots.count; i++)
        if (terms->spots.items[i].start <= number->start && number->start < terms->spots.items[i].end)
            return false;
    if (is_vague(text, number) || is_item_mark(text, number) || is_designation(text, number) ||
        is_converted(text, number, other) || is_year_said_twice(text, number))
        return false;
    bool counts = number->kind == TY_NUMBER_PLAIN || number->kind == TY_NUMBER_ORDINAL;
    return !counts || number->value > 10 || (number->value != 1 && has_digit(text, number));
}

/* A month, a day or a year that the other side tells from where it stands: this month, the day before. */
static bool is_relative_date(ty_slice text, const ty_number *number)
{
    switch (number->kind) {
    case TY_NUMBER_MONTH: return ty_term_has_number_word(text, TERM_NUMBER_MONTH);
    case TY_NUMBER_DAY:
    case TY_NUMBER_ORDINAL: return ty_term_has_number_word(text, TERM_NUMBER_DAY);
    case TY_NUMBER_YEAR: return ty_term_has_number_word(text, TERM_NUMBER_YEAR);
    default: return false;
    }
}

static bool has_kind(const ty_numbers *numbers, ty_number_kind kind)
{
    for (size_t i = 0; i < numbers->count; i++)
        if (numbers->items[i].kind == kind)
            return true;
    return false;
}

/* A month where the other side tells the day only: 12日 for "on February 12". */
static bool is_month_of_day(const ty_number *number, const ty_numbers *ours, const ty_numbers *theirs)
{
    return number->kind == TY_NUMBER_MONTH && has_kind(ours, TY_NUMBER_DAY) &&
           has_kind(theirs, TY_NUMBER_DAY) && !has_kind(theirs, TY_NUMBER_MONTH);
}

/* Does the bracket that the number stands in, which ends the text, say when? Behind a title; the other side
 * may have it on a line of its own. */
static bool is_date_of_title(ty_slice text, const ty_numbers *ours, const ty_number *number,
                             const ty_numbers *theirs)
{
    static const char *const brackets[][2] = {{"(", ")"}, {"（", "）"}};
    for (size_t b = 0; b < 2 && !theirs->count; b++) {
        size_t open = SIZE_MAX, next = 0;
        for (; (next = ty_slice_find(text, ty_slice_of(brackets[b][0]), next)) != SIZE_MAX; next++)
            open = next;
        if (open == SIZE_MAX || open > number->start || !ty_slice_ends(text, ty_slice_of(brackets[b][1])))
            continue;
        for (size_t i = 0; i < ours->count; i++)
            if (ours->items[i].start > open && ours->items[i].kind == TY_NUMBER_YEAR)
                return true;
    }
    return false;
}

static bool has_value(const ty_numbers *numbers, const ty_number *wanted)
{
    for (size_t i = 0; i < numbers->count; i++)
        if (is_same_value(wanted, &numbers->items[i]))
            return true;
    return false;
}

static uint32_t digit_of(uint32_t c)
{
    return c >= U'０' && c <= U'９' ? c - U'０' + '0' : c;
}

/* Do these digits stand in the text, of either width and within no longer number? */
static bool has_digits(ty_slice text, const char *digits)
{
    size_t matched = 0, size = strlen(digits);
    bool within = false; /* of a longer number */
    for (size_t at = 0; at < text.size;) {
        uint32_t c = digit_of(ty_utf8_next(text, &at));
        bool digit = c >= '0' && c <= '9';
        if (!digit && matched == size)
            return true;
        bool goes = digit && !within && matched < size && (uint32_t)digits[matched] == c;
        matched = goes ? matched + 1 : 0;
        within = digit && !goes;
    }
    return matched == size;
}

/* A year or a time as it may stand in the other text without being read as one: FY2016, １４３０. */
static bool is_written(ty_slice other, const ty_number *number)
{
    char digits[32];
    int value = (int)number->value;
    if (number->kind == TY_NUMBER_TIME)
        snprintf(digits, sizeof digits, "%02d%02d", value / 60, value % 60);
    else if (value >= 1000 && value <= 9999 && number->value == value)
        snprintf(digits, sizeof digits, "%d", value);
    else
        return false;
    return has_digits(other, digits);
}

const ty_number *ty_term_odd_number(ty_slice text, ty_slice other, const ty_numbers *ours,
                                    const ty_numbers *theirs, const ty_term_scan *terms, size_t *at)
{
    while (*at < ours->count) {
        const ty_number *number = &ours->items[(*at)++];
        if (is_asked_for(text, other, number, terms) && !has_value(theirs, number) &&
            !ty_term_says_number(other, number->value) && !is_relative_date(other, number) &&
            !is_written(other, number) && !is_month_of_day(number, ours, theirs) &&
            !is_date_of_title(text, ours, number, theirs))
            return number;
    }
    return NULL;
}
