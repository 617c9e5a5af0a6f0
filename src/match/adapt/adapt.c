/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Adapting a target to a query that differs from the source in numbers and dates only.
 *
 * Every value of the three texts is read (adapt/read.c); every one of the target must have its counterpart in
 * the source (pair.c); it is written in the notation it has there (numerals.c, notations.c), and what was
 * written is read again and must say what was meant. Where one of these fails, nothing is offered.
 */
#include <math.h>
#include <stdlib.h>

#include "match/adapt/adapt.h"

/* A variant form of a kanji is another text: 台 is not put in the place of 臺. */
enum { GAP_FOLDS = TY_FOLD_SEARCH & ~TY_FOLD_KANJI };

/* ------------------------------------------------------------------------------------------ only numbers */

static bool says_one(const ty_reading *reading, size_t number)
{
    return number < reading->values.count && reading->values.items[number].number == 1;
}

static size_t word_end(ty_slice text, size_t at)
{
    while (at < text.size && (((text.data[at] | 0x20) >= 'a' && (text.data[at] | 0x20) <= 'z')))
        at++;
    return at;
}

/* ship and ships, is and are */
static bool same_but_number(ty_slice one, ty_slice other)
{
    for (size_t i = 0; i < ty_adapt_en_verbs.count; i++) {
        ty_slice verb = ty_slice_of(ty_adapt_en_verbs.items[i].text);
        ty_slice plural = ty_slice_of(ty_adapt_en_verbs.items[i].other);
        if ((ty_slice_equal(one, verb) && ty_slice_equal(other, plural)) ||
            (ty_slice_equal(one, plural) && ty_slice_equal(other, verb)))
            return true;
    }
    ty_slice longer = one.size > other.size ? one : other, shorter = one.size > other.size ? other : one;
    return ty_slice_equal(one, other) ||
           (longer.size == shorter.size + 1 && longer.data[longer.size - 1] == 's' &&
            ty_slice_starts(longer, shorter));
}

/* The same words, where one number is 1 and the other is not. */
static bool same_words(ty_slice one, ty_slice other)
{
    size_t a = 0, b = 0;
    while (a < one.size && b < other.size) {
        size_t a_end = word_end(one, a), b_end = word_end(other, b);
        if (a_end == a || b_end == b) {
            if (one.data[a] != other.data[b])
                return false;
            a++;
            b++;
            continue;
        }
        if (!same_but_number(ty_slice_sub(one, a, a_end), ty_slice_sub(other, b, b_end)))
            return false;
        a = a_end;
        b = b_end;
    }
    return a == one.size && b == other.size;
}

/* "an" before a number as "a". */
static void trim_article(ty_buffer *gap)
{
    ty_slice text = ty_buffer_slice(gap);
    if (ty_slice_equal(text, TY_SLICE("an")) || ty_slice_ends(text, TY_SLICE(" an")))
        gap->size--;
}

static bool same_gap(const ty_reading *one, const ty_reading *other, size_t number, ty_slice a, ty_slice b)
{
    bool inflects = one->english && number > 0 && says_one(one, number - 1) != says_one(other, number - 1);
    return ty_slice_equal(a, b) || (inflects && same_words(a, b));
}

/* The kinds must be the same, and what is counted: a year is no page, 3隻 is not 3機. */
static bool same_kinds(const ty_reading *one, const ty_reading *other)
{
    if (one->values.count != other->values.count)
        return false;
    for (size_t i = 0; i < one->values.count; i++)
        if (one->values.items[i].kind != other->values.items[i].kind)
            return false;
    return true;
}

static ty_status same_gaps(const ty_reading *one, const ty_reading *other, bool *same, ty_error *error)
{
    ty_buffer a = {0}, b = {0};
    ty_status status = TY_OK;
    *same = same_kinds(one, other);
    for (size_t i = 0; *same && status == TY_OK && i <= one->values.count; i++) {
        ty_buffer_clear(&a);
        ty_buffer_clear(&b);
        status = ty_fold_plain(ty_adapt_gap(one, i), GAP_FOLDS, &a, error);
        if (status == TY_OK)
            status = ty_fold_plain(ty_adapt_gap(other, i), GAP_FOLDS, &b, error);
        if (one->english && i < one->values.count) {
            trim_article(&a);
            trim_article(&b);
        }
        *same = same_gap(one, other, i, ty_buffer_slice(&a), ty_buffer_slice(&b));
    }
    ty_buffer_release(&a);
    ty_buffer_release(&b);
    return status;
}

/* A designation may have another number, not other letters; one like G7 is a name with its number. */
static bool same_letters(ty_slice one, ty_slice other)
{
    if (ty_slice_equal(one, other) || ty_slice_find(one, TY_SLICE("://"), 0) != SIZE_MAX)
        return true;
    size_t end = word_end(one, 0);
    return end < one.size && one.data[end] == '-' &&
           ty_slice_equal(ty_slice_sub(one, 0, end + 1), ty_slice_sub(other, 0, end + 1));
}

/* What stands around a numeral inside its value (回目, 位): the same in both, or what belongs to the
 * notation. */
static ty_slice ending_of(ty_slice span)
{
    for (size_t i = 0; i < ty_adapt_ja_endings.count; i++) {
        ty_slice ending = ty_slice_of(ty_adapt_ja_endings.items[i].text);
        if (ty_slice_ends(span, ending))
            return ending;
    }
    return (ty_slice){"", 0};
}

static bool same_names(const ty_reading *one, const ty_reading *other)
{
    for (size_t i = 0; i < one->values.count; i++) {
        ty_slice a = ty_adapt_span(one, i), b = ty_adapt_span(other, i);
        if (one->values.items[i].kind == TY_VALUE_NAME ? !same_letters(a, b)
                                                       : !ty_slice_equal(ending_of(a), ending_of(b)))
            return false;
    }
    return true;
}

/* ------------------------------------------------------------------------------------------ the whole */

/* Does every year stand in the era that it was in, as far as its day is known? There is no 平成31年5月1日. */
static bool eras_hold(const ty_reading *reading)
{
    for (size_t i = 0; i < reading->values.count; i++) {
        const ty_value *value = &reading->values.items[i];
        ty_date date = value->kind == TY_VALUE_YEAR ? ty_adapt_date(reading, i, NULL) : (ty_date){0};
        int told = 0, year;
        size_t end;
        for (int which = 0; date.year && which < TY_ERA_NAMES && !told; which++)
            told = ty_era_at(reading->text, value->start, which, &end);
        if (told && ty_date_era(date, &year) && year != date.year - told + 1)
            return false;
    }
    return true;
}

/* Reads what was written: are its values those that were meant? */
static bool reads_as(const ty_reading *target, ty_slice text, const ty_fate *fates, ty_status *status,
                     ty_error *error)
{
    ty_reading made = {0};
    *status = ty_adapt_read(text, target->lang, &made, error);
    bool good = *status == TY_OK && made.values.count == target->values.count;
    for (size_t i = 0; good && i < made.values.count; i++) {
        const ty_value *value = &made.values.items[i];
        good = value->kind == target->values.items[i].kind &&
               (value->kind == TY_VALUE_NAME ||
                fabs(value->number - fates[i].number) <= 1e-9 * (1 + fabs(value->number)));
    }
    ty_adapt_release(&made);
    return good;
}

static ty_status adapt(const ty_reading *query, const ty_reading *source, const ty_reading *target,
                       ty_buffer *out, ty_error *error)
{
    bool same;
    ty_buffer made = {0};
    ty_status status = same_gaps(query, source, &same, error);
    if (status != TY_OK || !same || !same_names(query, source) || !eras_hold(query))
        return status == TY_OK ? TY_NO : status;
    ty_fate *fates = calloc(target->values.count + 1, sizeof *fates);
    if (!fates)
        return ty_error_nomem(error);
    bool good = ty_adapt_pair(query, source, target, fates) &&
                ty_adapt_write(query, source, target, fates, &made) &&
                reads_as(target, ty_buffer_slice(&made), fates, &status, error);
    if (good)
        ty_buffer_add(out, ty_buffer_slice(&made));
    bool starved = made.failed;
    ty_buffer_release(&made);
    free(fates);
    if (status != TY_OK)
        return status;
    return out->failed || starved ? ty_error_nomem(error) : good ? TY_OK : TY_NO;
}

ty_status ty_match_adapt(ty_slice query, ty_slice source, ty_slice source_lang, ty_slice target,
                         ty_slice target_lang, ty_buffer *out, ty_error *error)
{
    ty_reading read[3] = {0};
    const ty_slice texts[3] = {query, source, target}, langs[3] = {source_lang, source_lang, target_lang};
    ty_status status = TY_OK;
    for (size_t i = 0; status == TY_OK && i < 3; i++)
        status = ty_adapt_read(texts[i], langs[i], &read[i], error);
    if (status == TY_OK)
        status = adapt(&read[0], &read[1], &read[2], out, error);
    for (size_t i = 0; i < 3; i++)
        ty_adapt_release(&read[i]);
    return status;
}
