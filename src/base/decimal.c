/* SPDX-License-Identifier: Apache-2.0 */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/sys.h"

/*
 * The C library's own conversions, since they round rightly, with this thread in the C locale meanwhile: the
 * program around us may write its numbers 0,5.
 */
size_t ty_decimal_print(char *out, size_t size, ty_decimal_form form, int digits, double value)
{
    ty_sys_numbers plain = ty_sys_plain_numbers();
    int length = snprintf(out, size, form == TY_DECIMAL_FIXED ? "%.*f" : "%.*g", digits, value);
    ty_sys_let_numbers(plain);
    return length < 0 ? 0 : (size_t)length < size ? (size_t)length : size - 1;
}

/* What strtod takes beside that (nan, infinity, hexadecimal, blanks) slips through every comparison. */
static bool is_plain(const char *text)
{
    return text[strspn(text, "+-.0123456789eE")] == '\0';
}

bool ty_decimal_parse(const char *text, double *out)
{
    char *end = NULL;
    ty_sys_numbers plain = ty_sys_plain_numbers();
    *out = strtod(text, &end);
    ty_sys_let_numbers(plain);
    return end != text && *end == '\0' && is_plain(text) && isfinite(*out);
}

static void add_number(ty_buffer *buffer, ty_decimal_form form, int digits, double value)
{
    char text[400]; /* the longest double has 309 digits before the point */
    ty_buffer_add(buffer, (ty_slice){text, ty_decimal_print(text, sizeof text, form, digits, value)});
}

void ty_buffer_add_fixed(ty_buffer *buffer, double value, int places)
{
    add_number(buffer, TY_DECIMAL_FIXED, places, value);
}

void ty_buffer_add_real(ty_buffer *buffer, double value, int digits)
{
    add_number(buffer, TY_DECIMAL_SHORT, digits, value);
}
