/* SPDX-License-Identifier: Apache-2.0 */
/* Numbers of a sentence as words: by value, the day of a month with its month. */
#include "tokens.h"

#include <stdio.h>

void ty_scan_emit_number(ty_scan *scan, char kind, double value, size_t start, size_t end)
{
    char digits[40];
    if (value >= 0 && value < 10 && value == (int)value) { /* as most are */
        digits[0] = (char)('0' + (int)value);
        ty_scan_emit(scan, kind, (ty_slice){digits, 1}, start, end);
        return;
    }
    size_t size = ty_decimal_print(digits, sizeof digits, TY_DECIMAL_SHORT, 10, value);
    ty_scan_emit(scan, kind, (ty_slice){digits, size}, start, end);
}

static double number_value(const ty_number *number)
{
    return number->kind == TY_NUMBER_TIME ? number->value + 1e9 : number->value; /* minutes are a set apart */
}

/* The day of a month and its month are one word: "6-3" for June 3. */
static const ty_number *month_of(const ty_numbers *numbers, size_t index)
{
    const ty_number *day = &numbers->items[index];
    if (day->kind != TY_NUMBER_DAY)
        return NULL;
    if (index > 0 && numbers->items[index - 1].kind == TY_NUMBER_MONTH &&
        day->start - numbers->items[index - 1].end <= 4)
        return &numbers->items[index - 1];
    if (index + 1 < numbers->count && numbers->items[index + 1].kind == TY_NUMBER_MONTH &&
        numbers->items[index + 1].start - day->end <= 4)
        return &numbers->items[index + 1];
    return NULL;
}

static bool has_day(const ty_numbers *numbers, size_t index)
{
    return numbers->items[index].kind == TY_NUMBER_MONTH &&
           ((index > 0 && month_of(numbers, index - 1) == &numbers->items[index]) ||
            (index + 1 < numbers->count && month_of(numbers, index + 1) == &numbers->items[index]));
}

/* A number as a word of a kind; the month of a day is said with it. */
void ty_scan_emit_value(ty_scan *scan, char kind, const ty_numbers *numbers, size_t index, size_t start,
                        size_t end)
{
    const ty_number *number = &numbers->items[index], *month = month_of(numbers, index);
    if (has_day(numbers, index))
        return;
    if (month) {
        char key[40];
        int size = snprintf(key, sizeof key, "%d-%d", (int)month->value, (int)number->value);
        if (end > start) { /* and stands where both do: 12月12日, Dec. 12, 12 December */
            start = month->start < start ? month->start : start;
            end = month->end > end ? month->end : end;
        }
        ty_scan_emit(scan, kind, (ty_slice){key, (size_t)size}, start, end);
        return;
    }
    ty_scan_emit_number(scan, kind, number_value(number), start, end);
}

size_t ty_scan_number(ty_scan *scan, size_t index, size_t end)
{
    const ty_number *number = &scan->numbers.items[index];
    ty_scan_emit_value(scan, WORD_NUMBER, &scan->numbers, index, number->start, number->end);
    return end;
}

/* Is the folded byte `at` in a number? Its end, else 0. `next` is the first number not passed yet. */
size_t ty_scan_number_end(const ty_scan *scan, size_t at, size_t *next)
{
    size_t origin = scan->folded->starts.items[at];
    while (*next < scan->numbers.count && scan->numbers.items[*next].end <= origin)
        ++*next;
    if (*next == scan->numbers.count || origin < scan->numbers.items[*next].start)
        return 0;
    size_t end = at;
    while (end < scan->text.size && scan->folded->starts.items[end] < scan->numbers.items[*next].end)
        end++;
    return end;
}
