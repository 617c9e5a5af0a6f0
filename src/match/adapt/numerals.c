/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Numerals. A notation is known by writing: the one in which the old number comes out as it stands there is
 * the one for the new number. So nothing is written in a notation that was only guessed.
 */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "match/adapt/adapt.h"

static bool is_whole(double number, double least, double most)
{
    return number >= least && number <= most && number == floor(number);
}

/* ------------------------------------------------------------------------------------------ digits */

/* The digits of a number, with no more decimals than it needs; false for more than six. */
static bool plain_digits(double number, char out[40])
{
    if (number < 0 || number >= 1e12)
        return number >= 1e12 && number < 1e15 && number == floor(number) &&
               snprintf(out, 40, "%lld", (long long)number) > 0;
    long long millionths = llround(number * 1e6);
    if (fabs((double)millionths / 1e6 - number) > 1e-9 * (1 + number))
        return false;
    int size = snprintf(out, 40, "%lld", millionths / 1000000), decimals = 6;
    for (millionths %= 1000000; millionths && millionths % 10 == 0; millionths /= 10)
        decimals--;
    if (millionths)
        snprintf(out + size, 40 - (size_t)size, ".%0*lld", decimals, millionths);
    return true;
}

static bool write_digits(ty_numeral how, double number, ty_buffer *out)
{
    char digits[40];
    if (!plain_digits(number, digits))
        return false;
    size_t whole = strcspn(digits, ".");
    for (size_t i = whole; (int)i < how.width; i++)
        ty_buffer_add_char(out, '0');
    for (size_t i = 0; digits[i]; i++) {
        if (how.grouped && i && i < whole && (whole - i) % 3 == 0)
            ty_buffer_add_char(out, ',');
        ty_buffer_add_char(out, digits[i]);
    }
    return true;
}

/* ------------------------------------------------------------------------------------------ Japanese */

static const struct {
    double value;
    const char *name;
} ja_scales[] = {{1e12, "兆"}, {1e8, "億"}, {1e4, "万"}};

enum { JA_SCALES = sizeof ja_scales / sizeof *ja_scales };

static bool write_scaled_ja(ty_numeral how, double number, ty_buffer *out)
{
    if (!is_whole(number, 1, 1e16))
        return false;
    for (size_t i = 0; i < JA_SCALES; i++) {
        double part = floor(number / ja_scales[i].value);
        if (part >= 1) {
            write_digits(how, part, out);
            ty_buffer_add_string(out, ja_scales[i].name);
        }
        number -= part * ja_scales[i].value;
    }
    return number < 1 || write_digits(how, number, out);
}

/* 1.2兆: at most three decimals. */
static bool write_decimal_ja(ty_numeral how, double number, ty_buffer *out)
{
    for (size_t i = 0; i < JA_SCALES; i++) {
        double part = number / ja_scales[i].value;
        if (part < 1)
            continue;
        if (part >= 1e4 || fabs(part * 1000 - round(part * 1000)) > 1e-6)
            return false;
        bool good = write_digits(how, part, out);
        ty_buffer_add_string(out, ja_scales[i].name);
        return good;
    }
    return false;
}

static bool write_thousand(ty_numeral how, double number, ty_buffer *out)
{
    bool good = is_whole(number / 1000, 1, 9) && write_digits(how, number / 1000, out);
    ty_buffer_add_string(out, "千");
    return good;
}

static const char *const kanji[] = {"〇", "一", "二", "三", "四", "五", "六", "七", "八", "九"};

static bool write_places(double number, ty_buffer *out)
{
    char digits[40];
    if (!is_whole(number, 10, 9999) || !plain_digits(number, digits))
        return false;
    for (const char *digit = digits; *digit; digit++)
        ty_buffer_add_string(out, kanji[*digit - '0']);
    return true;
}

static bool write_kanji(double number, ty_buffer *out)
{
    static const char *const units[] = {"千", "百", "十", ""};
    if (!is_whole(number, 1, 9999))
        return false;
    int left = (int)number;
    for (int unit = 1000, i = 0; i < 4; unit /= 10, i++) {
        int digit = left / unit % 10;
        if (digit > 1 || (digit == 1 && unit == 1))
            ty_buffer_add_string(out, kanji[digit]);
        if (digit)
            ty_buffer_add_string(out, units[i]);
    }
    return true;
}

/* ------------------------------------------------------------------------------------------ English */

static void write_below_hundred(int number, ty_buffer *out)
{
    if (number < 20) {
        ty_buffer_add_string(out, ty_adapt_en_small.items[number].text);
        return;
    }
    ty_buffer_add_string(out, ty_adapt_en_tens.items[number / 10].text);
    if (number % 10)
        ty_buffer_add_format(out, "-%s", ty_adapt_en_small.items[number % 10].text);
}

/* Up to a hundred, then whole hundreds and thousands; in between nobody spells numbers out. */
static bool write_words(double number, ty_buffer *out)
{
    if (is_whole(number, 1, 99)) {
        write_below_hundred((int)number, out);
        return true;
    }
    double unit = is_whole(number / 100, 1, 9) ? 100 : 1000;
    if (!is_whole(number / unit, 1, 99))
        return false;
    write_below_hundred((int)(number / unit), out);
    ty_buffer_add_string(out, unit == 100 ? " hundred" : " thousand");
    return true;
}

static bool write_ordinal_words(double number, ty_buffer *out)
{
    if (!is_whole(number, 1, 99))
        return false;
    ty_buffer word = {0};
    write_below_hundred((int)number, &word);
    ty_slice text = ty_buffer_slice(&word), rest = text;
    const char *ending = "th";
    for (size_t i = 0; i < ty_adapt_en_ordinals.count; i++) {
        const ty_adapt_word *odd = &ty_adapt_en_ordinals.items[i];
        if (!ty_slice_ends(text, ty_slice_of(odd->text)))
            continue;
        rest.size = text.size - strlen(odd->text);
        ending = odd->other;
    }
    if (ty_slice_ends(text, TY_SLICE("y"))) {
        rest.size = text.size - 1;
        ending = "ieth";
    }
    ty_buffer_add(out, rest);
    ty_buffer_add_string(out, ending);
    out->failed |= word.failed;
    ty_buffer_release(&word);
    return true;
}

static bool write_ordinal(ty_numeral how, double number, ty_buffer *out)
{
    if (!is_whole(number, 1, 1e6) || !write_digits(how, number, out))
        return false;
    int last = (int)number % 10, ten = (int)number / 10 % 10;
    ty_buffer_add_string(out, ten == 1    ? "th"
                              : last == 1 ? "st"
                              : last == 2 ? "nd"
                              : last == 3 ? "rd"
                                          : "th");
    return true;
}

/* 1.5 million: at most three decimals; below a million in digits, as the press has it. */
static bool write_scaled_en(ty_numeral how, double number, ty_buffer *out)
{
    static const struct {
        double value;
        const char *name;
    } scales[] = {{1e12, " trillion"}, {1e9, " billion"}, {1e6, " million"}};
    how.grouped = true;
    for (size_t i = 0; i < 3; i++) {
        double part = number / scales[i].value;
        if (part < 1)
            continue;
        bool good = fabs(part * 1000 - round(part * 1000)) < 1e-6 && write_digits(how, part, out);
        ty_buffer_add_string(out, scales[i].name);
        return good;
    }
    return write_digits(how, number, out);
}

/* ------------------------------------------------------------------------------------------ other figures */

const char *ty_roman(int number, char letters[TY_ROMAN_SIZE])
{
    static const char *const ones[] = {"", "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX"};
    size_t size = 0;
    for (int tens = number / 10; tens > 0; tens--)
        letters[size++] = 'X';
    strcpy(letters + size, ones[number % 10]);
    return letters;
}

static bool write_letters(double number, ty_buffer *out)
{
    char letters[TY_ROMAN_SIZE];
    if (!is_whole(number, 1, TY_ROMAN_MOST))
        return false;
    ty_buffer_add_string(out, ty_roman((int)number, letters));
    return true;
}

static bool write_symbol(double number, uint32_t first, int count, ty_buffer *out)
{
    if (!is_whole(number, 1, count))
        return false;
    ty_utf8_add(out, first + (uint32_t)number - 1);
    return true;
}

/* ------------------------------------------------------------------------------------------ all of them */

static bool write(ty_numeral how, double number, ty_buffer *out)
{
    switch (how.style) {
    case TY_NUMERAL_DIGITS: return write_digits(how, number, out);
    case TY_NUMERAL_SCALED_JA: return write_scaled_ja(how, number, out);
    case TY_NUMERAL_DECIMAL_JA: return write_decimal_ja(how, number, out);
    case TY_NUMERAL_THOUSAND: return write_thousand(how, number, out);
    case TY_NUMERAL_PLACES: return write_places(number, out);
    case TY_NUMERAL_KANJI: return write_kanji(number, out);
    case TY_NUMERAL_WORDS: return write_words(number, out);
    case TY_NUMERAL_SCALED_EN: return write_scaled_en(how, number, out);
    case TY_NUMERAL_ORDINAL: return write_ordinal(how, number, out);
    case TY_NUMERAL_ORDINAL_WORDS: return write_ordinal_words(number, out);
    case TY_NUMERAL_ROMAN: return write_symbol(number, 0x2160, 12, out);
    case TY_NUMERAL_LETTERS: return write_letters(number, out);
    case TY_NUMERAL_CIRCLED: return write_symbol(number, 0x2460, 20, out);
    case TY_NUMERAL_STYLES: break;
    }
    return false;
}

bool ty_numeral_write(ty_numeral how, double number, ty_buffer *out)
{
    size_t start = out->size;
    bool good = write(how, number, out) && !out->failed;
    if (good && how.capital && out->size > start && out->data[start] >= 'a' && out->data[start] <= 'z')
        out->data[start] = (char)(out->data[start] - 'a' + 'A');
    if (!good)
        out->size = start;
    return good;
}

static bool reads_as(ty_slice text, double number, ty_numeral how, bool *starved)
{
    ty_buffer made = {0};
    bool same = ty_numeral_write(how, number, &made) && ty_slice_equal(ty_buffer_slice(&made), text);
    *starved |= made.failed;
    ty_buffer_release(&made);
    return same;
}

bool ty_numeral_of(ty_slice text, double number, ty_numeral *out)
{
    bool starved = false;
    for (ty_numeral_style style = 0; style < TY_NUMERAL_STYLES; style++)
        for (int variant = 0; variant < 8; variant++) {
            *out = (ty_numeral){
                .style = style, .grouped = variant & 1, .capital = variant & 2, .width = variant & 4 ? 2 : 0};
            if (reads_as(text, number, *out, &starved))
                return out->starved = starved, true;
        }
    out->starved = starved;
    return false;
}
