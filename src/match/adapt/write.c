/* SPDX-License-Identifier: Apache-2.0 */
/* Writing a target anew: its own words, with other numbers in the notations that it has. */
#include <math.h>
#include <stdlib.h>

#include "match/adapt/adapt.h"

typedef struct writing {
    const ty_reading *query, *source, *target;
    const ty_fate *fates;
    double *numbers; /* of the fates */
    ty_buffer *out;
} writing;

/* The original bytes of [start, end) of the folded target. */
static ty_slice original(const ty_reading *reading, size_t start, size_t end)
{
    size_t from = start < reading->text.size ? reading->fold.starts.items[start] : reading->original.size;
    size_t to = end > start ? reading->fold.ends.items[end - 1] : from;
    return ty_slice_sub(reading->original, from, to);
}

/* ------------------------------------------------------------------------------------------ numerals */

/* What may stand around a numeral in a value. */
static const ty_adapt_list *const befores[] = {&ty_adapt_ja_before, &ty_adapt_en_before};
static const ty_adapt_list *const behinds[] = {&ty_adapt_ja_behind, &ty_adapt_en_behind};

/* The last that the span begins with, and the first that it ends in; "" for none. */
static ty_slice before_of(ty_slice span)
{
    ty_slice found = ty_slice_sub(span, 0, 0);
    for (size_t k = 0; k < 2; k++)
        for (size_t i = 0; i < befores[k]->count; i++)
            if (ty_slice_starts(span, ty_slice_of(befores[k]->items[i].text)))
                found = ty_slice_sub(span, 0, strlen(befores[k]->items[i].text));
    return found;
}

static ty_slice behind_of(ty_slice span)
{
    for (size_t k = 0; k < 2; k++)
        for (size_t i = 0; i < behinds[k]->count; i++)
            if (ty_slice_ends(span, ty_slice_of(behinds[k]->items[i].text)))
                return ty_slice_sub(span, span.size - strlen(behinds[k]->items[i].text), span.size);
    return ty_slice_sub(span, span.size, span.size);
}

static void strip(ty_slice *span, ty_slice *before, ty_slice *after)
{
    *before = before_of(*span);
    *span = ty_slice_sub(*span, before->size, span->size);
    *after = behind_of(*span);
    *span = ty_slice_sub(*span, 0, span->size - after->size);
}

/* The digits that the numeral must have for the value: 3 of 3割, 23 of FY23. */
static double said(ty_slice before, ty_slice after, ty_slice numeral, double number)
{
    if (ty_slice_equal(after, TY_SLICE("割")))
        return number / 10;
    return ty_slice_starts(before, TY_SLICE("FY")) && numeral.size == 2 ? number - 2000 : number;
}

/* Do thousands show in it whether they are grouped? `out` fails where there is no memory to tell. */
static bool shows_groups(ty_numeral how, double number, ty_buffer *out)
{
    ty_buffer plain = {0}, grouped = {0};
    how.grouped = false;
    bool shows = ty_numeral_write(how, number, &plain);
    how.grouped = true;
    shows = shows && ty_numeral_write(how, number, &grouped) && plain.size != grouped.size;
    out->failed |= plain.failed || grouped.failed;
    ty_buffer_release(&plain);
    ty_buffer_release(&grouped);
    return shows;
}

static bool numeral_in(const ty_reading *reading, size_t number, ty_numeral *how, double *digits,
                       ty_buffer *out)
{
    ty_slice span = ty_adapt_span(reading, number), before, after;
    strip(&span, &before, &after);
    *digits = said(before, after, span, reading->values.items[number].number);
    bool found = ty_numeral_of(span, *digits, how);
    out->failed |= how->starved;
    return found;
}

/* Whether thousands are grouped elsewhere in a text: 1 yes, 0 no, -1 it does not show. Years aside. */
static int groups_in(const ty_reading *reading, ty_buffer *out)
{
    for (size_t i = 0; i < reading->values.count; i++) {
        ty_numeral how;
        double digits;
        bool counts = reading->values.items[i].kind == TY_VALUE_COUNT;
        if (counts && numeral_in(reading, i, &how, &digits, out) && shows_groups(how, digits, out))
            return how.grouped;
    }
    return -1;
}

/* Two digits for a month or day below ten, where the target does so with others, or 2021/12/25 may. */
static int width_in(const ty_reading *reading, size_t number, ty_buffer *out)
{
    ty_slice text = reading->text;
    size_t end = reading->values.items[number].end;
    for (size_t i = 0; i < reading->values.count; i++) {
        ty_value_kind kind = reading->values.items[i].kind;
        ty_numeral how;
        double digits;
        if ((kind == TY_VALUE_MONTH || kind == TY_VALUE_DAY) && numeral_in(reading, i, &how, &digits, out) &&
            digits < 10)
            return how.width;
    }
    char next = end < text.size ? text.data[end] : ' ';
    char last =
        reading->values.items[number].start ? text.data[reading->values.items[number].start - 1] : ' ';
    return strchr("/-", next) || strchr("/-", last) ? 2 : 0;
}

/* What the old numeral does not show: groups, leading zeros. False where it takes a guess that may be wrong.
 */
static bool settle(const writing *w, size_t number, double old, double new, ty_numeral *how)
{
    const ty_reading *target = w->target;
    ty_value_kind kind = target->values.items[number].kind;
    size_t counterpart = w->fates[number].source;
    ty_numeral asked;
    double digits;
    if (kind == TY_VALUE_MONTH || kind == TY_VALUE_DAY) {
        if (how->style == TY_NUMERAL_DIGITS && old >= 10 && how->width == 0)
            how->width = width_in(target, number, w->out);
        return true;
    }
    if (kind == TY_VALUE_YEAR)
        return true;
    bool known = counterpart != SIZE_MAX && numeral_in(w->query, counterpart, &asked, &digits, w->out);
    bool as_asked = known && asked.style == TY_NUMERAL_DIGITS && shows_groups(asked, digits, w->out);
    if (how->style == TY_NUMERAL_DIGITS && old < 10000 && new >= 10000 && target->japanese && !how->grouped)
        return as_asked && (how->grouped = asked.grouped, true); /* 15000名 is nobody's style */
    if (!shows_groups(*how, old, w->out) && shows_groups(*how, new, w->out)) {
        int elsewhere = groups_in(target, w->out);
        how->grouped = elsewhere >= 0 ? elsewhere : !target->japanese || (as_asked && asked.grouped);
    }
    bool words = how->style == TY_NUMERAL_WORDS || how->style == TY_NUMERAL_ORDINAL_WORDS;
    return !words || new <= 20 || old > 20 || how->style == TY_NUMERAL_ORDINAL_WORDS;
}

/* 03-3268-3111, Type 03, 3.50: what has zeros of its own is taken over as the query has it. */
static bool write_verbatim(const writing *w, size_t number, ty_buffer *out)
{
    size_t counterpart = w->fates[number].source;
    if (counterpart == SIZE_MAX ||
        w->target->values.items[number].kind != w->source->values.items[counterpart].kind)
        return false;
    ty_slice mine = ty_adapt_span(w->target, number), old = ty_adapt_span(w->source, counterpart);
    ty_slice new = ty_adapt_span(w->query, counterpart);
    for (size_t i = 0; i < new.size; i++)
        if (!strchr("0123456789.", new.data[i]))
            return false;
    bool zeros = (old.size && old.data[0] == '0') || (new.size &&new.data[0] == '0') ||
                 memchr(old.data, '.', old.size) || memchr(new.data, '.', new.size);
    if (!zeros || !ty_slice_equal(mine, old) || w->target->values.items[number].kind != TY_VALUE_COUNT)
        return false;
    ty_buffer_add(out, new);
    return true;
}

static bool write_numeral(const writing *w, size_t number, ty_buffer *out)
{
    ty_slice span = ty_adapt_span(w->target, number), before, after;
    double old = w->target->values.items[number].number, new = w->fates[number].number;
    ty_numeral how;
    if (write_verbatim(w, number, out))
        return true;
    strip(&span, &before, &after);
    double was = said(before, after, span, old), is = said(before, after, span, new);
    if (ty_slice_equal(after, TY_SLICE("割")) && is != floor(is)) { /* 3割5分 */
        after = TY_SLICE("分");
        ty_numeral plain = {.style = TY_NUMERAL_DIGITS};
        bool good = ty_numeral_of(span, was, &how) && is > 1 && ty_numeral_write(how, floor(is), out);
        ty_buffer_add_string(out, "割");
        out->failed |= how.starved;
        good = good && ty_numeral_write(plain, round(fmod(new, 10)), out);
        ty_buffer_add(out, after);
        return good;
    }
    bool known = ty_numeral_of(span, was, &how);
    out->failed |= how.starved;
    if (!known || !settle(w, number, was, is, &how))
        return false;
    ty_buffer_add(out, before);
    if (!ty_numeral_write(how, is, out))
        return false;
    ty_buffer_add(out, after);
    return true;
}

/* A year that is written in an era changes with its month and day, too. */
static bool in_era(const ty_reading *target, size_t number)
{
    size_t end;
    ty_slice span = ty_adapt_span(target, number);
    for (int which = 0; which < TY_ERA_NAMES; which++)
        if (ty_era_at(span, 0, which, &end))
            return target->values.items[number].kind == TY_VALUE_YEAR;
    return false;
}

static bool changes(const writing *w, size_t number)
{
    const ty_value *value = &w->target->values.items[number];
    size_t counterpart = w->fates[number].source;
    if (value->kind == TY_VALUE_NAME)
        return !ty_slice_equal(ty_adapt_span(w->target, number), ty_adapt_span(w->query, counterpart));
    return value->number != w->fates[number].number || in_era(w->target, number);
}

/* ------------------------------------------------------------------------------------------ grammar */

static bool is_lower(char c)
{
    return c >= 'a' && c <= 'z';
}

/* The word behind a number, as letters; empty where something else follows. */
static ty_slice noun_behind(const ty_reading *target, size_t number)
{
    ty_slice text = target->text;
    size_t start = target->values.items[number].end, end;
    if (start >= text.size || text.data[start] != ' ')
        return (ty_slice){"", 0};
    for (end = ++start; end < text.size && is_lower(text.data[end]);)
        end++;
    return ty_slice_sub(text, start, end);
}

static bool stands_alone(const ty_reading *target, size_t number, ty_slice noun)
{
    size_t end = (size_t)(noun.data - target->text.data) + noun.size;
    bool ends = end == target->text.size || (end + 1 == target->text.size && target->text.data[end] == '.');
    return target->values.items[number].start == 0 && ends;
}

/* A label has its number behind it: Article 1, Table 1. */
static bool is_label(const ty_reading *target, size_t number)
{
    ty_slice text = target->text;
    size_t start = target->values.items[number].start;
    if (start < 2 || text.data[start - 1] != ' ')
        return false;
    size_t word = start - 1;
    while (word > 0 && text.data[word - 1] != ' ')
        word--;
    return text.data[word] >= 'A' && text.data[word] <= 'Z';
}

/* Does the noun take an s for many, and nothing else? Plural: is it one with that s? */
static bool is_regular(ty_slice noun, bool plural)
{
    static const char *const odd[] = {"person", "man", "woman", "child", "foot", "personnel", "people"};
    for (size_t i = 0; i < sizeof odd / sizeof *odd; i++)
        if (ty_slice_equal(noun, ty_slice_of(odd[i])))
            return false;
    char last = noun.data[noun.size - 1];
    if (!plural)
        return strchr("syxzhoft", last) == NULL;
    return last == 's' && noun.data[noun.size - 2] != 's' && !ty_slice_ends(noun, TY_SLICE("es"));
}

typedef enum grammar { KEEPS, ADDS_S, DROPS_S, UNSURE } grammar;

/* 計5隻, 全5隻, 各5隻: of more than one. */
static bool implies_many(const ty_reading *target, size_t number)
{
    static const char *const words[] = {"計", "全", "各", "両", "延べ"};
    ty_slice before = ty_slice_sub(target->text, 0, target->values.items[number].start);
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (ty_slice_ends(before, ty_slice_of(words[i])))
            return true;
    return false;
}

/* One thing and two things are not written alike; only where nothing else can depend on it is that mended. */
static grammar grammar_of(const writing *w, size_t number)
{
    const ty_value *value = &w->target->values.items[number];
    double new = w->fates[number].number;
    if (w->target->japanese && value->kind == TY_VALUE_COUNT && new == 1 && value->number != 1)
        return implies_many(w->target, number) ? UNSURE : KEEPS;
    if (!w->target->spaced || value->kind != TY_VALUE_COUNT || (value->number == 1) == (new == 1))
        return KEEPS;
    ty_slice noun = noun_behind(w->target, number);
    if (!w->target->english)
        return UNSURE;
    if (!noun.size || is_label(w->target, number))
        return KEEPS;
    if (!stands_alone(w->target, number, noun) || noun.size < 3)
        return UNSURE;
    if (new == 1)
        return is_regular(noun, true) ? DROPS_S : UNSURE;
    return is_regular(noun, false) ? ADDS_S : UNSURE;
}

/* Does a numeral begin with the sound of a vowel: 8, 11, 18, 80, eight? */
static bool wants_an(ty_slice numeral)
{
    size_t digits = 0;
    while (digits < numeral.size && numeral.data[digits] >= '0' && numeral.data[digits] <= '9')
        digits++;
    if (!digits)
        return numeral.size && strchr("aeiou", numeral.data[0] | 0x20) &&
               !ty_slice_starts(numeral, TY_SLICE("one"));
    bool eleven = ty_slice_starts(numeral, TY_SLICE("11")) || ty_slice_starts(numeral, TY_SLICE("18"));
    return numeral.data[0] == '8' || (eleven && digits == 2);
}

/* The gap before a value, "a" or "an" at its end as the new numeral has it. */
static void write_gap(const writing *w, size_t number, ty_slice gap, ty_slice numeral)
{
    bool an = ty_slice_ends(gap, TY_SLICE("an ")) || ty_slice_ends(gap, TY_SLICE("An "));
    bool article = an || ty_slice_ends(gap, TY_SLICE("a ")) || ty_slice_ends(gap, TY_SLICE("A "));
    size_t size = gap.size - (an ? 3 : 2);
    bool word = article && (size == 0 || gap.data[size - 1] == ' ' || gap.data[size - 1] == '(');
    if (!w->target->english || !word || !changes(w, number) ||
        w->target->values.items[number].kind == TY_VALUE_NAME) {
        ty_buffer_add(w->out, gap);
        return;
    }
    ty_buffer_add(w->out, ty_slice_sub(gap, 0, size + 1));
    ty_buffer_add_string(w->out, wants_an(numeral) ? "n " : " ");
}

/* ------------------------------------------------------------------------------------------ the values */

static ty_date was_date(const writing *w, size_t number)
{
    ty_date date = ty_adapt_date(w->target, number, NULL);
    size_t counterpart = w->fates[number].source;
    return date.month || counterpart == SIZE_MAX ? date : ty_adapt_date(w->source, counterpart, NULL);
}

static ty_date is_date(const writing *w, size_t number)
{
    ty_date date = ty_adapt_date(w->target, number, w->numbers);
    size_t counterpart = w->fates[number].source;
    return date.month || counterpart == SIZE_MAX ? date : ty_adapt_date(w->query, counterpart, NULL);
}

static bool write_value(const writing *w, size_t number, ty_buffer *out)
{
    switch (w->target->values.items[number].kind) {
    case TY_VALUE_NAME: ty_buffer_add(out, ty_adapt_span(w->query, w->fates[number].source)); return true;
    case TY_VALUE_RANK:
    case TY_VALUE_HOLIDAY: return false;
    case TY_VALUE_YEAR:
        if (!in_era(w->target, number))
            return write_numeral(w, number, out);
        break;
    case TY_VALUE_MONTH:
    case TY_VALUE_WEEKDAY:
    case TY_VALUE_TIME:
    case TY_VALUE_FRACTION: break;
    default: return write_numeral(w, number, out);
    }
    size_t start = out->size;
    if (ty_adapt_write_calendar(w->target, number, w->fates[number].number, was_date(w, number),
                                is_date(w, number), out))
        return true;
    out->size = start;
    return w->target->values.items[number].kind == TY_VALUE_MONTH && write_numeral(w, number, out);
}

/* Is one of the characters from `first` to `last`, of full width, in the text? */
static bool has_wide(ty_slice text, uint32_t first, uint32_t last)
{
    for (size_t at = 0; at < text.size;) {
        uint32_t c = ty_utf8_next(text, &at);
        if (c >= first && c <= last)
            return true;
    }
    return false;
}

/* Figures and what stands between them in the width of the old ones; % as it was. */
static void add_in_width(ty_slice text, ty_slice old, ty_buffer *out)
{
    bool figures = has_wide(old, 0xFF10, 0xFF19), percent = has_wide(old, 0xFF05, 0xFF05);
    for (size_t at = 0; at < text.size;) {
        uint32_t c = ty_utf8_next(text, &at);
        bool figure = (c >= '0' && c <= '9') || c == ',' || c == '.' || c == ':';
        ty_utf8_add(out, (figures && figure) || (percent && c == '%') ? c + 0xFEE0 : c);
    }
}

/* A noun's s, put on or taken off; returns how much of the target is written with it. */
static size_t write_noun(const writing *w, size_t number, grammar how)
{
    size_t end = w->target->values.items[number].end;
    if (how == KEEPS)
        return end;
    ty_slice noun = noun_behind(w->target, number);
    ty_buffer_add_char(w->out, ' ');
    ty_buffer_add(w->out, ty_slice_sub(noun, 0, noun.size - (how == DROPS_S)));
    if (how == ADDS_S)
        ty_buffer_add_char(w->out, 's');
    return end + 1 + noun.size;
}

static bool write_all(const writing *w)
{
    ty_buffer text = {0};
    size_t done = 0;
    bool good = true;
    for (size_t i = 0; good && i < w->target->values.count; i++) {
        const ty_value *value = &w->target->values.items[i];
        ty_slice old = original(w->target, value->start, value->end);
        bool new = changes(w, i);
        grammar how = new ? grammar_of(w, i) : KEEPS;
        ty_buffer_clear(&text);
        good = how != UNSURE && (!new || write_value(w, i, &text));
        write_gap(w, i, original(w->target, done, value->start), new ? ty_buffer_slice(&text) : old);
        if (new)
            add_in_width(ty_buffer_slice(&text), old, w->out);
        else
            ty_buffer_add(w->out, old);
        done = write_noun(w, i, how);
    }
    ty_buffer_add(w->out, original(w->target, done, w->target->text.size));
    w->out->failed |= text.failed;
    ty_buffer_release(&text);
    return good && !w->out->failed;
}

/* No 31st of June. */
static bool dates_exist(const writing *w)
{
    for (size_t i = 0; i < w->target->values.count; i++) {
        ty_value_kind kind = w->target->values.items[i].kind;
        ty_date date = kind == TY_VALUE_YEAR ? is_date(w, i) : (ty_date){0};
        if (kind == TY_VALUE_MONTH && i + 1 < w->target->values.count &&
            w->target->values.items[i + 1].kind == TY_VALUE_DAY)
            date = (ty_date){0, (int)w->numbers[i], (int)w->numbers[i + 1]};
        if (!ty_date_exists(date))
            return false;
    }
    return true;
}

bool ty_adapt_write(const ty_reading *query, const ty_reading *source, const ty_reading *target,
                    const ty_fate *fates, ty_buffer *out)
{
    writing w = {query, source, target, fates, calloc(target->values.count + 1, sizeof(double)), out};
    if (!w.numbers)
        return out->failed = true, false;
    for (size_t i = 0; i < target->values.count; i++)
        w.numbers[i] = fates[i].number;
    bool good = dates_exist(&w) && write_all(&w);
    free(w.numbers);
    return good;
}
