/* SPDX-License-Identifier: Apache-2.0 */
/* Days of the calendar. */
#include "base/base.h"

static bool read_digits(ty_slice text, size_t at, size_t count, int *out)
{
    *out = 0;
    for (size_t i = at; i < at + count; i++) {
        if (text.data[i] < '0' || text.data[i] > '9')
            return false;
        *out = *out * 10 + (text.data[i] - '0');
    }
    return true;
}

int ty_days_of_month(int year, int month)
{
    static const int days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
    return days[month - 1] + (month == 2 && leap);
}

bool ty_is_day(ty_slice text)
{
    int year, month, day;
    return text.size == 10 && text.data[4] == '-' && text.data[7] == '-' && read_digits(text, 0, 4, &year) &&
           read_digits(text, 5, 2, &month) && read_digits(text, 8, 2, &day) && year >= 1 && month >= 1 &&
           month <= 12 && day >= 1 && day <= ty_days_of_month(year, month);
}

ty_status ty_day_check(ty_slice told, ty_error *error)
{
    return !told.size || ty_is_day(told)
               ? TY_OK
               : ty_error_set(error, TY_ERR_USAGE, "\"%.*s\" is no day, as 2024-07-28 is",
                              TY_SLICE_FORMAT(told));
}
