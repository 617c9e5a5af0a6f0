/* SPDX-License-Identifier: Apache-2.0 */
/* Reading every value of a text: the numbers that ty_numbers_find knows, looked at once more, and the rest.
 */
#include <math.h>

#include "match/adapt/adapt.h"

ty_slice ty_adapt_span(const ty_reading *reading, size_t number)
{
    const ty_value *value = &reading->values.items[number];
    return ty_slice_sub(reading->text, value->start, value->end);
}

ty_slice ty_adapt_gap(const ty_reading *reading, size_t number)
{
    size_t count = reading->values.count;
    size_t start = number ? reading->values.items[number - 1].end : 0;
    return ty_slice_sub(reading->text, start,
                        number < count ? reading->values.items[number].start : reading->text.size);
}

bool ty_adapt_is(ty_slice text, size_t at, const char *literal)
{
    return at <= text.size && ty_slice_starts(ty_slice_sub(text, at, text.size), ty_slice_of(literal));
}

static bool is_any(ty_slice text, size_t at, const ty_adapt_list *literals)
{
    for (size_t i = 0; i < literals->count; i++)
        if (ty_adapt_is(text, at, literals->items[i].text))
            return true;
    return false;
}

/* ------------------------------------------------------------------------------------------ a closer look */

/* The numbers of a text that is being read, and how far it is read. */
typedef struct reader {
    ty_reading *out;
    ty_numbers numbers;
    size_t next; /* number */
} reader;

static ty_slice number_span(const reader *r, size_t number)
{
    const ty_number *found = &r->numbers.items[number];
    return ty_slice_sub(r->out->text, found->start, found->end);
}

/* The number behind `number`, if what stands between them is the literal. */
static const ty_number *joined(const reader *r, size_t number, const char *between)
{
    if (number + 1 >= r->numbers.count)
        return NULL;
    const ty_number *next = &r->numbers.items[number + 1];
    ty_slice gap = ty_slice_sub(r->out->text, r->numbers.items[number].end, next->start);
    return ty_slice_equal(gap, ty_slice_of(between)) ? next : NULL;
}

/* 2等陸佐, 3佐, 1st Lieutenant, Petty Officer 2nd Class */
static bool is_rank(const reader *r, const ty_number *number)
{
    ty_slice text = r->out->text;
    if (number->kind != TY_NUMBER_PLAIN && number->kind != TY_NUMBER_ORDINAL)
        return false;
    for (size_t i = 0; i < ty_adapt_ja_services.count; i++) /* 2陸佐 */
        if (ty_adapt_is(text, number->end, ty_adapt_ja_services.items[i].text))
            return is_any(text, number->end + 3, &ty_adapt_ja_ranks_of_services);
    return is_any(text, number->end, &ty_adapt_ja_ranks) || is_any(text, number->end, &ty_adapt_en_ranks);
}

/* 3分の1, and 1/3 where "of" follows */
static bool take_fraction(reader *r, const ty_number *number, ty_value *value)
{
    if (number->kind != TY_NUMBER_PLAIN)
        return false;
    const ty_number *other = joined(r, r->next, "分の");
    bool japanese = other != NULL;
    if (!other)
        other = joined(r, r->next, "/");
    if (!other || other->kind != TY_NUMBER_PLAIN)
        return false;
    if (!japanese && !ty_adapt_is(r->out->text, other->end, " of "))
        return false;
    value->kind = TY_VALUE_FRACTION;
    value->end = other->end;
    value->number = japanese ? other->value + 1000 * number->value : number->value + 1000 * other->value;
    r->next++;
    return true;
}

/* 0900 hours */
static bool take_hours(const reader *r, const ty_number *number, ty_value *value)
{
    ty_slice span = number_span(r, r->next);
    bool four = span.size == 4 && ty_adapt_is(r->out->text, number->end, " hours");
    for (size_t i = 0; four && i < 4; i++)
        four = span.data[i] >= '0' && span.data[i] <= '9';
    if (!four || number->value > 2400 || fmod(number->value, 100) > 59)
        return false;
    value->kind = TY_VALUE_TIME;
    value->number = floor(number->value / 100) * 60 + fmod(number->value, 100);
    return true;
}

/* 3割5分, 3 trillion 200 billion */
static void take_rest(reader *r, const ty_number *number, ty_value *value)
{
    ty_slice text = r->out->text;
    const ty_number *other = joined(r, r->next, "");
    if (number->kind == TY_NUMBER_PERCENT && ty_slice_ends(number_span(r, r->next), TY_SLICE("割")) &&
        other && ty_adapt_is(text, other->end, "分") && other->value < 10) {
        value->number += other->value;
        value->end = other->end + strlen("分");
        r->next++;
        return;
    }
    other = joined(r, r->next, " ");
    bool scaled = other && number->kind == TY_NUMBER_PLAIN && other->kind == TY_NUMBER_PLAIN &&
                  ty_slice_ends(number_span(r, r->next), TY_SLICE("illion")) &&
                  ty_slice_ends(number_span(r, r->next + 1), TY_SLICE("illion"));
    if (scaled && other->value < number->value) {
        value->number += other->value;
        value->end = other->end;
        r->next++;
    }
}

static ty_value_kind kind_of(const reader *r, const ty_number *number)
{
    static const ty_value_kind kinds[] = {
        [TY_NUMBER_PLAIN] = TY_VALUE_COUNT,    [TY_NUMBER_YEAR] = TY_VALUE_YEAR,
        [TY_NUMBER_MONTH] = TY_VALUE_MONTH,    [TY_NUMBER_DAY] = TY_VALUE_DAY,
        [TY_NUMBER_TIME] = TY_VALUE_TIME,      [TY_NUMBER_PERCENT] = TY_VALUE_PERCENT,
        [TY_NUMBER_ORDINAL] = TY_VALUE_ORDINAL};
    if (is_rank(r, number))
        return TY_VALUE_RANK;
    if (number->kind == TY_NUMBER_YEAR && ty_adapt_unit(r->out, number->end))
        return TY_VALUE_COUNT; /* 2000 personnel */
    return kinds[number->kind];
}

/* The number at r->next as a value. */
static ty_value look_closer(reader *r)
{
    const ty_number *number = &r->numbers.items[r->next];
    ty_value value = {.start = number->start, .end = number->end, .number = number->value};
    value.kind = kind_of(r, number);
    if (!take_fraction(r, number, &value) && !take_hours(r, number, &value))
        take_rest(r, number, &value);
    if (value.kind == TY_VALUE_COUNT)
        value.unit = ty_adapt_unit(r->out, value.end);
    return value;
}

/* ------------------------------------------------------------------------------------------ the walk */

/* Only brackets and 年 between: 平成27（2015）年. */
static bool is_apposition(ty_slice gap)
{
    for (size_t at = 0; at < gap.size;) {
        uint32_t c = ty_utf8_next(gap, &at);
        if (c != '(' && c != ')' && c != ' ' && c != '/' && c != U'年' && c != U'＝' && c != '=')
            return false;
    }
    return gap.size > 0;
}

static bool add(ty_reading *out, ty_value value)
{
    const ty_value *last = out->values.count ? &out->values.items[out->values.count - 1] : NULL;
    value.again = last && last->kind == TY_VALUE_YEAR && value.kind == TY_VALUE_YEAR &&
                  last->number == value.number &&
                  is_apposition(ty_slice_sub(out->text, last->end, value.start));
    return ty_vector_push(&out->values, value);
}

/* 二十歳 is who is of age, not a number. */
static bool is_idiom(const reader *r, const ty_number *number)
{
    return ty_adapt_is(r->out->text, number->start, "二十歳") ||
           ty_adapt_is(r->out->text, number->start, "二十才");
}

static bool walk(reader *r)
{
    ty_reading *out = r->out;
    ty_value value;
    for (size_t at = 0; at < out->text.size;) {
        while (r->next < r->numbers.count && r->numbers.items[r->next].start < at)
            r->next++;
        bool here = r->next < r->numbers.count && r->numbers.items[r->next].start == at;
        if (ty_adapt_find_word(out, at, &value) && !(here && value.weak)) {
            at = value.end;
        } else if (!here || is_idiom(r, &r->numbers.items[r->next])) {
            ty_utf8_next(out->text, &at);
            continue;
        } else {
            value = look_closer(r);
            at = value.end;
        }
        if (!add(out, value))
            return false;
    }
    return true;
}

ty_status ty_adapt_read(ty_slice text, ty_slice lang, ty_reading *out, ty_error *error)
{
    *out = (ty_reading){.original = text,
                        .lang = lang,
                        .english = ty_lang_same(lang, TY_SLICE("en")),
                        .japanese = ty_lang_same(lang, TY_SLICE("ja")),
                        .spaced = !ty_lang_is_unspaced(lang)};
    reader r = {.out = out};
    ty_status status = ty_fold(text, TY_FOLD_WIDTH, &out->fold, error);
    out->text = ty_buffer_slice(&out->fold.text);
    if (status == TY_OK)
        status = ty_numbers_find(out->text, lang, &r.numbers, error);
    if (status == TY_OK && !walk(&r))
        status = ty_error_nomem(error);
    ty_vector_release(&r.numbers);
    return status;
}

void ty_adapt_release(ty_reading *reading)
{
    ty_folded_release(&reading->fold);
    ty_vector_release(&reading->values);
}
