/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Which value of the source each value of the target says. There is an answer for all of them or there is
 * none: a number without a counterpart was computed from the others by the translator, and would have to be
 * again.
 */
#include <math.h>

#include "match/adapt/adapt.h"

/* How sure a counterpart is; a higher degree that finds one keeps the lower from being asked. */
typedef enum degree { UNLIKE, LOOSE, SAME_KIND, SAME_UNIT } degree;

typedef struct pairing {
    const ty_reading *query, *source, *target;
    ty_fate *fates;
} pairing;

static bool same_number(double one, double other)
{
    return fabs(one - other) <= 1e-9 * (1 + fabs(one));
}

static bool is_date_figure(const ty_reading *reading, const ty_value *value)
{
    ty_slice text = reading->text;
    return (value->end < text.size && text.data[value->end] == '/') ||
           (value->start > 0 && text.data[value->start - 1] == '/');
}

/* Kinds of numbers that one language tells apart and another does not. */
static bool is_plain(ty_value_kind kind)
{
    return kind == TY_VALUE_COUNT || kind == TY_VALUE_ORDINAL || kind == TY_VALUE_YEAR ||
           kind == TY_VALUE_DAY || kind == TY_VALUE_PERCENT;
}

/* What is counted is known of it only where that is days, as of a day: 5隻 is not the 5th. */
static bool is_bare(const ty_value *value, const ty_value *other)
{
    return !value->unit || (value->unit == TY_UNIT_DAY && other->kind == TY_VALUE_DAY);
}

static bool may_stand_for(const pairing *p, const ty_value *one, const ty_value *other)
{
    if (one->kind == TY_VALUE_MONTH && other->kind == TY_VALUE_COUNT)
        return is_date_figure(p->source, other);
    bool counts = one->kind == TY_VALUE_COUNT || other->kind == TY_VALUE_COUNT;
    bool days = (one->kind == TY_VALUE_DAY && other->kind == TY_VALUE_ORDINAL) ||
                (one->kind == TY_VALUE_ORDINAL && other->kind == TY_VALUE_DAY);
    return is_plain(one->kind) && is_plain(other->kind) && (counts || days) && is_bare(one, other) &&
           is_bare(other, one);
}

static degree compare(const pairing *p, size_t target, size_t source)
{
    const ty_value *one = &p->target->values.items[target], *other = &p->source->values.items[source];
    if (one->kind == TY_VALUE_NAME || other->kind == TY_VALUE_NAME)
        return one->kind == other->kind &&
                       ty_slice_equal(ty_adapt_span(p->target, target), ty_adapt_span(p->source, source))
                   ? SAME_UNIT
                   : UNLIKE;
    if (!same_number(one->number, other->number) || (one->unit && other->unit && one->unit != other->unit))
        return UNLIKE;
    if (one->kind != other->kind)
        return may_stand_for(p, one, other) ? LOOSE : UNLIKE;
    return one->unit && one->unit == other->unit ? SAME_UNIT : SAME_KIND;
}

/* Does the query have the same at both places, as the source has? */
static bool same_change(const pairing *p, size_t one, size_t other)
{
    return same_number(p->query->values.items[one].number, p->query->values.items[other].number) &&
           (p->source->values.items[one].kind != TY_VALUE_NAME ||
            ty_slice_equal(ty_adapt_span(p->query, one), ty_adapt_span(p->query, other)));
}

/* The only counterpart of the degree; SIZE_MAX: none. False where there are several that change differently.
 */
static bool choose(const pairing *p, size_t target, degree least, size_t *out)
{
    *out = SIZE_MAX;
    for (size_t i = 0; i < p->source->values.count; i++) {
        if (compare(p, target, i) < least)
            continue;
        if (*out != SIZE_MAX && !same_change(p, *out, i))
            return false;
        if (*out == SIZE_MAX || p->source->values.items[*out].again)
            *out = i;
    }
    return true;
}

static bool is_changed(const pairing *p, size_t source)
{
    const ty_value *old = &p->source->values.items[source], *new = &p->query->values.items[source];
    return !same_number(old->number, new->number) ||
           (old->kind == TY_VALUE_NAME &&
            !ty_slice_equal(ty_adapt_span(p->source, source), ty_adapt_span(p->query, source)));
}

/* ------------------------------------------------------------------------------------------ dates */

static bool is_date_gap(ty_slice gap)
{
    if (gap.size > 10)
        return false;
    for (size_t at = 0; at < gap.size;) {
        uint32_t c = ty_utf8_next(gap, &at);
        if (c >= 0x80 ? c != U'年' && c != U'月' && c != U'日' && c != U'の' : !strchr(" ,./-()of", (int)c))
            return false;
    }
    return true;
}

/* The value beside `number` in a date, one step on or back, those said again and weekdays passed over. */
static size_t neighbour(const ty_reading *reading, size_t number, int step)
{
    for (size_t i = number; i + (size_t)step < reading->values.count;) { /* below 0 wraps above */
        size_t gap = step > 0 ? i + 1 : i;
        i += (size_t)step;
        if (!is_date_gap(ty_adapt_gap(reading, gap)))
            return SIZE_MAX;
        const ty_value *value = &reading->values.items[i];
        if (!value->again && value->kind != TY_VALUE_WEEKDAY && value->kind != TY_VALUE_YEAR)
            return i;
    }
    return SIZE_MAX;
}

static int number_of(const ty_reading *reading, size_t number, const double *numbers)
{
    return (int)(numbers ? numbers[number] : reading->values.items[number].number);
}

/* 年 月 日; day month year; month day, year. */
ty_date ty_adapt_date(const ty_reading *reading, size_t number, const double *numbers)
{
    ty_date date = {.year = number_of(reading, number, numbers)};
    for (int step = 1; step >= -1 && !date.month; step -= 2)
        for (size_t i = neighbour(reading, number, step), steps = 0; i != SIZE_MAX && steps < 2;
             i = neighbour(reading, i, step), steps++) {
            ty_value_kind kind = reading->values.items[i].kind;
            if (kind == TY_VALUE_MONTH && !date.month)
                date.month = number_of(reading, i, numbers);
            else if (kind == TY_VALUE_DAY && !date.day && (date.month || step < 0))
                date.day = number_of(reading, i, numbers);
            else
                break;
        }
    if (!date.month)
        date.day = 0;
    return date;
}

/* The one day of a text that has one year, one month and one day; else no month. */
static ty_date only_date(const ty_reading *reading)
{
    int counts[3] = {0};
    double found[3] = {0};
    for (size_t i = 0; i < reading->values.count; i++) {
        const ty_value *value = &reading->values.items[i];
        int which = value->kind == TY_VALUE_YEAR    ? 0
                    : value->kind == TY_VALUE_MONTH ? 1
                    : value->kind == TY_VALUE_DAY   ? 2
                                                    : -1;
        if (which < 0 || value->again)
            continue;
        counts[which]++;
        found[which] = value->number;
    }
    if (counts[0] != 1 || counts[1] != 1 || counts[2] != 1)
        return (ty_date){0};
    return (ty_date){(int)found[0], (int)found[1], (int)found[2]};
}

/* A weekday that only the target has: it must be that of the source's date, and becomes that of the query's.
 */
static bool compute_weekday(const pairing *p, size_t target)
{
    ty_date was = only_date(p->source), is = only_date(p->query);
    const ty_value *value = &p->target->values.items[target];
    if (!was.month || !is.month || !ty_date_exists(is) || ty_date_weekday(was) != (int)value->number)
        return false;
    p->fates[target].number = ty_date_weekday(is);
    return true;
}

/* ------------------------------------------------------------------------------------------ all of them */

static bool no_rank_changes(const pairing *p)
{
    size_t ranks[2] = {0};
    for (size_t i = 0; i < p->source->values.count; i++)
        if (p->source->values.items[i].kind == TY_VALUE_RANK) {
            ranks[0]++;
            if (is_changed(p, i))
                return false;
        }
    for (size_t i = 0; i < p->target->values.count; i++)
        ranks[1] += p->target->values.items[i].kind == TY_VALUE_RANK;
    return ranks[1] <= ranks[0];
}

static bool pair_one(const pairing *p, size_t target)
{
    const ty_value *value = &p->target->values.items[target];
    ty_fate *fate = &p->fates[target];
    *fate = (ty_fate){SIZE_MAX, value->number};
    if (value->kind == TY_VALUE_RANK)
        return true; /* no_rank_changes */
    if (value->kind == TY_VALUE_HOLIDAY)
        return false;
    size_t found = SIZE_MAX;
    for (degree least = SAME_UNIT; least > UNLIKE && found == SIZE_MAX; least--)
        if (!choose(p, target, least, &found))
            return false;
    if (found == SIZE_MAX)
        return value->kind == TY_VALUE_WEEKDAY ? compute_weekday(p, target) : value->weak;
    *fate = (ty_fate){found, p->query->values.items[found].number};
    return true;
}

/* Are two values of the source the same to whoever looks for a counterpart? */
static bool are_alike(const pairing *p, size_t one, size_t other)
{
    const ty_value *a = &p->source->values.items[one], *b = &p->source->values.items[other];
    return a->kind == b->kind && a->unit == b->unit && same_number(a->number, b->number) &&
           (a->kind != TY_VALUE_NAME ||
            ty_slice_equal(ty_adapt_span(p->source, one), ty_adapt_span(p->source, other)));
}

/* A changed value must stand in the target as often as in the source, another one no more often. */
static bool is_found(const pairing *p, size_t source)
{
    size_t said = 0, meant = 0;
    const ty_value *value = &p->source->values.items[source];
    for (size_t i = 0; i < p->source->values.count; i++)
        said += are_alike(p, source, i) && !p->source->values.items[i].again;
    for (size_t i = 0; i < p->target->values.count; i++)
        meant += p->fates[i].source != SIZE_MAX && are_alike(p, source, p->fates[i].source) &&
                 !p->target->values.items[i].again;
    if (value->again || value->weak)
        return true;
    if (!is_changed(p, source))
        return meant <= said;
    return meant == said || (value->kind == TY_VALUE_WEEKDAY && meant < said);
}

bool ty_adapt_pair(const ty_reading *query, const ty_reading *source, const ty_reading *target,
                   ty_fate *fates)
{
    pairing p = {query, source, target, fates};
    if (!no_rank_changes(&p))
        return false;
    for (size_t i = 0; i < target->values.count; i++)
        if (!pair_one(&p, i))
            return false;
    bool changed = false;
    for (size_t i = 0; i < source->values.count; i++) {
        if (!is_found(&p, i))
            return false;
        changed |= is_changed(&p, i);
    }
    return changed;
}
