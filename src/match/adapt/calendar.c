/* SPDX-License-Identifier: Apache-2.0 */
/* The calendar: which days there are, which weekday one is, which era it lies in. */
#include "match/adapt/adapt.h"

static int days_in(int year, int month)
{
    static const int days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0 || year == 0;
    return days[month - 1] + (month == 2 && leap);
}

bool ty_date_exists(ty_date date)
{
    if (date.month < 0 || date.month > 12 || date.day < 0 || date.day > 31)
        return false;
    return !date.month || date.day <= days_in(date.year, date.month);
}

/* T. Sakamoto, in comp.lang.c, 1993. */
int ty_date_weekday(ty_date date)
{
    static const int shift[] = {0, 3, 2, 5, 0, 3, 5, 1, 4, 6, 2, 4};
    int year = date.year - (date.month < 3);
    return (year + year / 4 - year / 100 + year / 400 + shift[date.month - 1] + date.day) % 7;
}

/* <0: before the first day, >0: on it or after it, 0: that is not known. */
static int compare(ty_date date, ty_date first)
{
    if (date.year != first.year)
        return date.year < first.year ? -1 : 1;
    if (!date.month)
        return first.month == 1 && first.day == 1;
    if (date.month != first.month)
        return date.month < first.month ? -1 : 1;
    if (first.day == 1)
        return 1;
    return !date.day ? 0 : date.day < first.day ? -1 : 1;
}

const char *ty_date_era(ty_date date, int *year)
{
    for (size_t i = ty_adapt_era_count; i-- > 0;) {
        int order = compare(date, ty_adapt_eras[i].first);
        if (order == 0)
            return NULL;
        if (order > 0) {
            *year = date.year - ty_adapt_eras[i].first.year + 1;
            return ty_adapt_eras[i].names[0];
        }
    }
    return NULL;
}

bool ty_date_eras_meet(int year)
{
    for (size_t i = 0; i < ty_adapt_era_count; i++)
        if (ty_adapt_eras[i].first.year == year)
            return true;
    return false;
}

const char *ty_era_name(const char *era, int which)
{
    for (size_t i = 0; i < ty_adapt_era_count; i++)
        if (strcmp(ty_adapt_eras[i].names[0], era) == 0)
            return ty_adapt_eras[i].names[which];
    return "";
}

int ty_era_at(ty_slice text, size_t at, int which, size_t *end)
{
    for (size_t i = 0; i < ty_adapt_era_count; i++)
        if (ty_adapt_is(text, at, ty_adapt_eras[i].names[which])) {
            *end = at + strlen(ty_adapt_eras[i].names[which]);
            return ty_adapt_eras[i].first.year;
        }
    return 0;
}
