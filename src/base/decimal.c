/* SPDX-License-Identifier: Apache-2.0 */
#define _XOPEN_SOURCE 700 /* newlocale, uselocale */
#include <locale.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/base.h"

/*
 * The C library's own conversions, since they round rightly, with this thread in the C locale meanwhile: the
 * program around us may write its numbers 0,5. (A whole "C" locale costs glibc and musl no allocation.)
 */
static locale_t enter(locale_t *plain)
{
    *plain = newlocale(LC_ALL_MASK, "C", (locale_t)0);
    return *plain ? uselocale(*plain) : (locale_t)0;
}

static void leave(locale_t plain, locale_t before)
{
    if (!plain)
        return;
    uselocale(before);
    freelocale(plain);
}

size_t ty_decimal_print(char *out, size_t size, ty_decimal_form form, int digits, double value)
{
    locale_t plain, before = enter(&plain);
    int length = snprintf(out, size, form == TY_DECIMAL_FIXED ? "%.*f" : "%.*g", digits, value);
    leave(plain, before);
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
    locale_t plain, before = enter(&plain);
    *out = strtod(text, &end);
    leave(plain, before);
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
