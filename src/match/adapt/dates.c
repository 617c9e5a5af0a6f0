/* SPDX-License-Identifier: Apache-2.0 */
/* Writing what is more than a numeral: years of an era, months, weekdays, times of day, fractions. */
#include <stdio.h>

#include "match/adapt/adapt.h"

/* What a value is written like: its span, and its text's language. */
typedef struct model {
    const ty_reading *target;
    const ty_value *value;
    ty_slice span;
    ty_buffer *out;
} model;

/* Writes with the old number must give the old text; then the new one can be trusted. */
typedef bool writer(const model *m, int variant, double number, ty_date date, ty_buffer *out);

static bool write_as(const model *m, writer *write, int variants, double wanted, ty_date was, ty_date is)
{
    for (int variant = 0; variant < variants; variant++) {
        ty_buffer old = {0};
        bool same =
            write(m, variant, m->value->number, was, &old) && ty_slice_equal(ty_buffer_slice(&old), m->span);
        m->out->failed |= old.failed;
        ty_buffer_release(&old);
        if (same)
            return write(m, variant, wanted, is, m->out);
    }
    return false;
}

/* ------------------------------------------------------------------------------------------ years */

/* 令和5年, 令和元年, 平成二十七, Heisei 27, H27 */
static bool era_year(const model *m, int variant, double number, ty_date date, ty_buffer *out)
{
    int year, which = variant >> 3;
    bool with_unit = variant & 1, kanji = variant & 2, first = variant & 4;
    date.year = (int)number;
    size_t end = m->value->end;
    bool fiscal = ty_adapt_is(m->target->text, end, "度") || ty_adapt_is(m->target->text, end, ")年度");
    const char *era = ty_date_era(date, &year);
    if (!era || (fiscal && ty_date_eras_meet((int)number)))
        return false;
    ty_buffer_add_string(out, ty_era_name(era, which));
    if (which == 1)
        ty_buffer_add_char(out, ' ');
    ty_numeral how = {.style = kanji ? TY_NUMERAL_KANJI : TY_NUMERAL_DIGITS};
    if (year == 1 && which == 0 && !first)
        ty_buffer_add_string(out, "元");
    else if (!ty_numeral_write(how, year, out))
        return false;
    if (with_unit)
        ty_buffer_add_string(out, "年");
    return true;
}

/* ------------------------------------------------------------------------------------------ months */

/* March, MARCH, Mar, MAR, Sept, Sept.: in English. The stop behind a short form is not in the value. */
static bool month_name(const model *m, int variant, double number, ty_date date, ty_buffer *out)
{
    (void)date;
    bool capitals = variant & 1;
    int letters = variant < 2 ? 9 : variant < 4 ? 3 : 4;
    bool stop = ty_adapt_is(m->target->text, m->value->end, ".") && variant >= 2;
    if (!m->target->english || number < 1 || number > 12 || (letters == 4 && number != 9))
        return false;
    const char *name = ty_adapt_en_months.items[(int)number - 1].text;
    if (stop && number >= 3 && number <= 7)
        return false; /* the press has no short form for them */
    for (int i = 0; i < letters && name[i]; i++)
        ty_buffer_add_char(out, capitals && name[i] >= 'a' ? (char)(name[i] - 32) : name[i]);
    return true;
}

/* Sept: three letters and four are one notation. */
static bool write_month(const model *m, double wanted)
{
    ty_date none = {0};
    model plain = *m;
    if (m->value->number == 9 && m->span.size == 4) {
        plain.span = ty_slice_sub(m->span, 0, 3);
        ty_value may = *m->value;
        plain.value = &may;
        return write_as(&plain, month_name, 4, wanted, none, none);
    }
    return write_as(m, month_name, 4, wanted, none, none);
}

/* ------------------------------------------------------------------------------------------ weekdays */

static bool weekday(const model *m, int variant, double number, ty_date date, ty_buffer *out)
{
    const ty_adapt_list *const lists[] = {&ty_adapt_ja_weekdays, &ty_adapt_ja_weekday_symbols,
                                          &ty_adapt_en_weekdays};
    static const size_t longer[] = {3, 3, 4, 3, 5, 3, 3}; /* Tues, Thurs */
    size_t day = (size_t)number;
    (void)m;
    (void)date;
    ty_slice name = ty_slice_of(lists[variant < 2 ? variant : 2]->items[day].text);
    if (variant > 2)
        name = ty_slice_sub(name, 0, variant == 3 ? 3 : longer[day]);
    ty_buffer_add(out, name);
    return true;
}

/* ------------------------------------------------------------------------------------------ times */

static void add_minutes(ty_buffer *out, const char *before, int minutes, bool two, const char *after)
{
    ty_buffer_add_format(out, two ? "%s%02d%s" : "%s%d%s", before, minutes, after);
}

/* 午後3時30分, 15時, 9時05分, 2時半 */
static bool time_ja(const model *m, int variant, double number, ty_date date, ty_buffer *out)
{
    int minutes = (int)number, hour = minutes / 60, left = minutes % 60;
    bool half_day = variant & 1, two = variant & 2, half = variant & 4;
    (void)m;
    (void)date;
    if (half_day && hour % 12 == 0)
        return false; /* 午後0時 or 午前12時 */
    if (half_day)
        ty_buffer_add_string(out, hour < 12 ? "午前" : "午後");
    ty_buffer_add_format(out, "%d時", half_day ? hour % 12 : hour);
    if (left == 30 && half)
        ty_buffer_add_string(out, "半");
    else if (left)
        add_minutes(out, "", left, two, "分");
    return true;
}

/* 3:30 p.m., 3 p.m., 15:30, 09:05; the half of the day in the words it has */
static bool time_en(const model *m, int variant, double number, ty_date date, ty_buffer *out)
{
    static const char *const halves[][2] = {{" a.m.", " p.m."}, {" am", " pm"}, {"am", "pm"},
                                            {" AM", " PM"},     {"AM", "PM"},   {"a.m.", "p.m."},
                                            {" a.m", " p.m"}};
    int minutes = (int)number, hour = minutes / 60, left = minutes % 60, which = variant / 4 - 1;
    bool two = variant & 1, always = variant & 2;
    (void)date;
    if (which >= 0 && (hour % 12 == 0 || hour > 23))
        return false; /* 12 a.m. */
    if (which < 0 && !always)
        return false;
    bool silent = (int)m->value->number % 60 != 0; /* whether a full hour has :00 does not show */
    if (which >= 0 && silent && !left)
        return false;
    ty_buffer_add_format(out, two ? "%02d" : "%d", which >= 0 ? hour % 12 : hour);
    if (left || always)
        add_minutes(out, ":", left, true, "");
    if (which >= 0)
        ty_buffer_add_string(out, halves[which][hour >= 12]);
    return true;
}

/* 0900, of 0900 hours */
static bool time_military(const model *m, int variant, double number, ty_date date, ty_buffer *out)
{
    (void)m;
    (void)variant;
    (void)date;
    ty_buffer_add_format(out, "%02d%02d", (int)number / 60, (int)number % 60);
    return true;
}

/* ------------------------------------------------------------------------------------------ fractions */

/* third, quarter, ...; NULL for those that have no name. */
static const char *part_name(int of)
{
    for (size_t i = 0; i < ty_adapt_en_fractions.count; i++)
        if (atoi(ty_adapt_en_fractions.items[i].other) == of)
            return ty_adapt_en_fractions.items[i].text;
    return NULL;
}

/* 3分の2; two thirds, two-thirds, 2/3 */
static bool fraction(const model *m, int variant, double number, ty_date date, ty_buffer *out)
{
    int of = (int)number / 1000, part = (int)number % 1000;
    const char *name = part_name(of);
    (void)m;
    (void)date;
    if (variant == 0)
        ty_buffer_add_format(out, "%d分の%d", of, part);
    else if (variant == 1)
        ty_buffer_add_format(out, "%d/%d", part, of);
    else if (part < 1 || part > 5 || !name)
        return false;
    else
        ty_buffer_add_format(out, "%s%s%s%s", ty_adapt_en_small.items[part].text, variant == 2 ? " " : "-",
                             name, part > 1 ? "s" : "");
    return true;
}

bool ty_adapt_write_calendar(const ty_reading *target, size_t number, double wanted, ty_date was, ty_date is,
                             ty_buffer *out)
{
    model m = {target, &target->values.items[number], ty_adapt_span(target, number), out};
    switch (m.value->kind) {
    case TY_VALUE_YEAR: return write_as(&m, era_year, 24, wanted, was, is);
    case TY_VALUE_MONTH: return write_month(&m, wanted);
    case TY_VALUE_WEEKDAY: return write_as(&m, weekday, 5, wanted, was, is);
    case TY_VALUE_TIME:
        return write_as(&m, time_ja, 8, wanted, was, is) || write_as(&m, time_en, 32, wanted, was, is) ||
               (ty_adapt_is(target->text, m.value->end, " hours") &&
                write_as(&m, time_military, 1, wanted, was, is));
    case TY_VALUE_FRACTION: return write_as(&m, fraction, 4, wanted, was, is);
    default: return false;
    }
}
