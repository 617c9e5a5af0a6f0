/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Adapting a target to a query that differs from the source in numbers and dates only.
 *
 * Numbers are compared by value, so April 8 in one language finds ４月８日 in the other. A number is replaced
 * where it stands, in the notation it has there; where that is not certain to be right, nothing is.
 */
#include <stdio.h>

#include "match/internal.h"

static const char *const months[] = {"January", "February", "March",     "April",   "May",      "June",
                                     "July",    "August",   "September", "October", "November", "December"};

/* A text and its numbers. */
typedef struct counted {
    ty_slice text, lang;
    ty_numbers numbers;
} counted;

static ty_slice span_of(const counted *side, size_t number)
{
    const ty_number *found = &side->numbers.items[number];
    return ty_slice_sub(side->text, found->start, found->end);
}

/* The text before a number, or, for the number behind the last, at the end. */
static ty_slice gap_before(const counted *side, size_t number)
{
    const ty_numbers *numbers = &side->numbers;
    size_t start = number ? numbers->items[number - 1].end : 0;
    return ty_slice_sub(side->text, start,
                        number < numbers->count ? numbers->items[number].start : side->text.size);
}

static ty_status same_gaps(const counted *one, const counted *other, bool *same, ty_error *error)
{
    ty_buffer a = {0}, b = {0};
    ty_status status = TY_OK;
    *same = one->numbers.count == other->numbers.count;
    for (size_t i = 0; *same && status == TY_OK && i <= one->numbers.count; i++) {
        ty_buffer_clear(&a);
        ty_buffer_clear(&b);
        status = ty_fold_plain(gap_before(one, i), TY_FOLD_SEARCH, &a, error);
        if (status == TY_OK)
            status = ty_fold_plain(gap_before(other, i), TY_FOLD_SEARCH, &b, error);
        *same = ty_slice_equal(ty_buffer_slice(&a), ty_buffer_slice(&b));
    }
    ty_buffer_release(&a);
    ty_buffer_release(&b);
    return status;
}

/* ------------------------------------------------------------------------------------------ notation */

/* The one run of digits in a number's span, by NFKC; commas may group it. */
typedef struct digits {
    size_t start, end; /* bytes of the span */
    char text[32];
    bool wide, grouped;
    double value; /* of the digits alone */
} digits;

static uint32_t narrow(uint32_t c)
{
    return c >= 0xFF01 && c <= 0xFF5E ? c - 0xFEE0 : c;
}

/* False where there are no digits, or several runs of them. */
static bool find_digits(ty_slice span, digits *out)
{
    char plain[32];
    size_t at = 0, size = 0, count = 0, kept = 0;
    *out = (digits){0};
    while (at < span.size) {
        size_t start = at;
        uint32_t raw = ty_utf8_next(span, &at), c = narrow(raw);
        bool digit = c >= '0' && c <= '9';
        if (!digit && !(size && start == out->end && (c == ',' || c == '.')))
            continue;
        if (size == 0)
            out->start = start;
        if (start != out->start && start != out->end)
            return false;
        if (size + 1 >= sizeof out->text)
            return false;
        out->end = at;
        out->wide |= digit && raw != c;
        out->grouped |= c == ',';
        out->text[size++] = (char)c;
        if (c != ',')
            plain[count++] = (char)c;
        if (digit)
            kept = size;
    }
    if (!size || kept != size)
        return false; /* "3." */
    plain[count] = '\0';
    (void)ty_decimal_parse(plain, &out->value); /* of "1.2.3" the 1.2 */
    return true;
}

static void add_digits(const char *text, bool wide, ty_buffer *out)
{
    for (; *text; text++)
        if (wide)
            ty_utf8_add(out, (uint32_t)(unsigned char)*text + 0xFEE0);
        else
            ty_buffer_add_char(out, *text);
}

/* The digits for a value as the query writes them, or plain ones. */
static bool new_digits(ty_slice query_span, double value, const digits *old, char out[40])
{
    digits asked;
    if (find_digits(query_span, &asked) && asked.value == value) {
        snprintf(out, 40, "%s", asked.text);
        return true;
    }
    if (value < 0 || value >= 1e6 || value != (double)(int64_t)value || (old->grouped && value >= 1e3))
        return false;
    snprintf(out, 40, "%lld", (long long)value);
    return true;
}

static const char *ordinal_ending(double value)
{
    if (value < 0 || value >= 1e15)
        return "";
    int last = (int)((int64_t)value % 10), tens = (int)((int64_t)value / 10 % 10);
    if (tens == 1)
        return "th";
    return last == 1 ? "st" : last == 2 ? "nd" : last == 3 ? "rd" : "th";
}

/* What follows the digits: for 3rd the ending of the new number. */
static void add_rest(ty_slice rest, double old, double new, ty_buffer *out)
{
    bool ordinal = rest.size == 2 && ty_slice_equal_nocase(rest, ty_slice_of(ordinal_ending(old)));
    ty_buffer_add(out, ordinal ? ty_slice_of(ordinal_ending(new)) : rest);
}

static bool write_month(ty_slice span, const ty_number *old, double value, ty_buffer *out)
{
    if (old->kind != TY_NUMBER_MONTH || value < 1 || value > 12)
        return false;
    if (!ty_slice_equal(span, ty_slice_of(months[(int)old->value - 1])))
        return false;
    ty_buffer_add_string(out, months[(int)value - 1]);
    return true;
}

/* The years of an era that lie in it from their first day to their last. */
static const struct {
    const char *name;
    int before, first, last; /* the year before its first; years of ours */
} eras[] = {{"昭和", 1925, 1927, 1988}, {"平成", 1988, 1990, 2018}, {"令和", 2018, 2020, 2099}};

/* What the digits must say where they do not say the value itself: the year of an era (平成27年), or so many
 * thousands, 万 or 億 and the like (2億, 200 million). 0 where that is not certain. */
static double digits_for(ty_slice span, const ty_number *old, double digits, double value)
{
    for (size_t i = 0; old->kind == TY_NUMBER_YEAR && i < sizeof eras / sizeof *eras; i++)
        if (ty_slice_starts(span, ty_slice_of(eras[i].name)) && digits == old->value - eras[i].before)
            return value >= eras[i].first && value <= eras[i].last ? value - eras[i].before : 0;
    static const double scales[] = {1e3, 1e4, 1e6, 1e8, 1e9, 1e12};
    for (size_t i = 0; old->kind == TY_NUMBER_PLAIN && i < sizeof scales / sizeof *scales; i++) {
        double scaled = value / scales[i];
        if (digits * scales[i] == old->value && scaled >= 1 && scaled < 1000 && scaled == (double)(int)scaled)
            return scaled;
    }
    return 0;
}

/* Writes the new value the way the target writes the old one. */
static bool write_like(ty_slice span, const ty_number *old, ty_slice query_span, double value, ty_buffer *out)
{
    digits run;
    char text[40];
    if (!find_digits(span, &run))
        return write_month(span, old, value, out);
    double wanted = run.value == old->value ? value : digits_for(span, old, run.value, value);
    if (run.value != old->value) {
        ty_decimal_print(text, sizeof text, TY_DECIMAL_FIXED, 0, wanted);
        if (wanted <= 0)
            return false;
    } else if (!new_digits(query_span, value, &run, text)) {
        return false;
    }
    ty_buffer_add(out, ty_slice_sub(span, 0, run.start));
    add_digits(text, run.wide, out);
    add_rest(ty_slice_sub(span, run.end, span.size), old->value, value, out);
    return true;
}

/* ------------------------------------------------------------------------------------------ the target */

static size_t count_value(const counted *side, double value)
{
    size_t count = 0;
    for (size_t i = 0; i < side->numbers.count; i++)
        count += side->numbers.items[i].value == value;
    return count;
}

/* In English and its like, one thing and two things are not written alike. */
static bool changes_grammar(const counted *target, const ty_number *number, double new)
{
    double old = number->value;
    return number->kind == TY_NUMBER_PLAIN && (old == 1) != (new == 1) && !ty_lang_is_unspaced(target->lang);
}

/* Which number of the source a value in the target is; SIZE_MAX: none that changes. False: not certain. */
static bool trace(const counted *query, const counted *source, const counted *target, const ty_number *number,
                  size_t *which)
{
    double value = number->value;
    *which = SIZE_MAX;
    for (size_t i = 0; i < source->numbers.count; i++) {
        const ty_number *old = &source->numbers.items[i], *new = &query->numbers.items[i];
        if (old->value != value)
            continue;
        if (*which != SIZE_MAX && query->numbers.items[*which].value != new->value)
            return false;
        *which = i;
    }
    if (*which == SIZE_MAX)
        return true;
    double wanted = query->numbers.items[*which].value;
    if (wanted == value)
        *which = SIZE_MAX;
    return wanted == value || (count_value(source, value) == count_value(target, value) &&
                               !changes_grammar(target, number, wanted));
}

/* Every number that changes must be found in the target. */
static bool all_found(const counted *query, const counted *source, const counted *target)
{
    bool changed = false;
    for (size_t i = 0; i < source->numbers.count; i++) {
        const ty_number *old = &source->numbers.items[i], *new = &query->numbers.items[i];
        if (old->kind != new->kind)
            return false;
        if (old->value == new->value)
            continue;
        if (!count_value(target, old->value))
            return false;
        changed = true;
    }
    return changed;
}

static bool write_target(const counted *query, const counted *source, const counted *target, double *values,
                         ty_buffer *out)
{
    for (size_t i = 0; i < target->numbers.count; i++) {
        size_t which;
        const ty_number *old = &target->numbers.items[i];
        ty_buffer_add(out, gap_before(target, i));
        if (!trace(query, source, target, old, &which))
            return false;
        values[i] = which == SIZE_MAX ? old->value : query->numbers.items[which].value;
        if (which == SIZE_MAX)
            ty_buffer_add(out, span_of(target, i));
        else if (!write_like(span_of(target, i), old, span_of(query, which), values[i], out))
            return false;
    }
    ty_buffer_add(out, gap_before(target, target->numbers.count));
    return !out->failed;
}

/* Reads what was written: are its numbers those that were meant? */
static bool reads_as(const counted *target, ty_slice text, const double *values, ty_error *error)
{
    ty_numbers found = {0};
    bool good =
        ty_numbers_find(text, target->lang, &found, error) == TY_OK && found.count == target->numbers.count;
    for (size_t i = 0; good && i < found.count; i++)
        good = found.items[i].value == values[i] && found.items[i].kind == target->numbers.items[i].kind;
    ty_vector_release(&found);
    return good;
}

static ty_status adapt(const counted *query, const counted *source, const counted *target, ty_buffer *out,
                       ty_error *error)
{
    bool same;
    ty_status status = same_gaps(query, source, &same, error);
    if (status != TY_OK)
        return status;
    if (!same || !all_found(query, source, target))
        return TY_NO;
    double *values = calloc(target->numbers.count + 1, sizeof *values);
    ty_buffer made = {0};
    if (!values)
        return ty_error_nomem(error);
    bool good = write_target(query, source, target, values, &made) &&
                reads_as(target, ty_buffer_slice(&made), values, error);
    if (good)
        ty_buffer_add(out, ty_buffer_slice(&made));
    ty_buffer_release(&made);
    free(values);
    return good && !out->failed ? TY_OK : out->failed ? ty_error_nomem(error) : TY_NO;
}

ty_status ty_match_adapt(ty_slice query, ty_slice source, ty_slice source_lang, ty_slice target,
                         ty_slice target_lang, ty_buffer *out, ty_error *error)
{
    counted sides[3] = {{.text = query, .lang = source_lang},
                        {.text = source, .lang = source_lang},
                        {.text = target, .lang = target_lang}};
    ty_status status = TY_OK;
    for (size_t i = 0; status == TY_OK && i < 3; i++)
        status = ty_numbers_find(sides[i].text, sides[i].lang, &sides[i].numbers, error);
    if (status == TY_OK)
        status = adapt(&sides[0], &sides[1], &sides[2], out, error);
    for (size_t i = 0; i < 3; i++)
        ty_vector_release(&sides[i].numbers);
    return status;
}
