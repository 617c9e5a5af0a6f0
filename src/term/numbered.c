/* SPDX-License-Identifier: Apache-2.0 */
/*
 * numbered - bodies that are told apart by numbers: 第40歩兵師団, 40th Infantry Division, Destroyer
 * Squadron 15, 617 Squadron.
 *
 * No list has them all, so a term that names such a kind takes the number beside it into the hit.
 */
#include "term/names.h"

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static bool is_word(char c)
{
    return is_digit(c) || ((c | 0x20) >= 'a' && (c | 0x20) <= 'z');
}

/* Size of a Japanese digit that ends at `at`, in any width or as kanji; 0 for anything else. */
static size_t digit_before(ty_slice text, size_t at)
{
    static const char wide[] = "０１２３４５６７８９一二三四五六七八九十百";
    if (at > 0 && is_digit(text.data[at - 1]))
        return 1;
    bool fits = at >= 3 && ty_slice_find(ty_slice_of(wide), ty_slice_sub(text, at - 3, at), 0) != SIZE_MAX;
    return fits ? 3 : 0;
}

/* Where 第40 before `at` begins; `at` where there is none. */
static size_t japanese_number_before(ty_slice text, size_t at)
{
    size_t start = at, size;
    while ((size = digit_before(text, start)))
        start -= size;
    bool numbered = start < at && ty_slice_ends(ty_slice_sub(text, 0, start), TY_SLICE("第"));
    return numbered ? start - 3 : at;
}

/* Is it 40th, 1st, 2d, or a Roman number? */
static bool is_ordinal(ty_slice word)
{
    static const char *const endings[] = {"st", "nd", "rd", "th", "d"};
    size_t digits = 0, roman = 0;
    while (digits < word.size && is_digit(word.data[digits]))
        digits++;
    while (roman < word.size && memchr("IVX", word.data[roman], 3))
        roman++;
    if (roman)
        return roman == word.size;
    for (size_t i = 0; digits && i < sizeof endings / sizeof *endings; i++)
        if (ty_slice_equal(ty_slice_sub(word, digits, word.size), ty_slice_of(endings[i])))
            return true;
    return false;
}

/* Is it a number of up to three digits: 617 Squadron? */
static bool is_number(ty_slice word)
{
    for (size_t i = 0; i < word.size; i++)
        if (!is_digit(word.data[i]))
            return false;
    return word.size > 0 && word.size <= 3;
}

/* Where an ordinal, before a name a number, and a blank before `at` begin; `at` where there is none. */
static size_t ordinal_before(ty_slice text, size_t at, bool is_name)
{
    size_t end = at > 0 ? at - 1 : 0, start = end;
    if (end == 0 || text.data[end] != ' ')
        return at;
    while (start > 0 && is_word(text.data[start - 1]))
        start--;
    ty_slice word = ty_slice_sub(text, start, end);
    bool parted = start > 0 && memchr("-.,/:$", text.data[start - 1], 6);
    return is_ordinal(word) || (is_name && !parted && is_number(word)) ? start : at;
}

/* Where a number of so many digits behind a name ends: Destroyer Squadron 15; `at` where there is none. */
static size_t number_behind(ty_slice text, size_t at, bool spaced, size_t digits)
{
    size_t start = at + spaced, end = start;
    if (start >= text.size || (spaced && text.data[at] != ' '))
        return at;
    while (end < text.size && is_digit(text.data[end]))
        end++;
    bool ends = end == text.size || !(is_word(text.data[end]) || memchr("%.-/:", text.data[end], 5)) ||
                (text.data[end] == '.' && (end + 1 == text.size || !is_digit(text.data[end + 1])));
    return end > start && end <= start + digits && ends ? end : at;
}

ty_span ty_term_with_number(ty_slice text, ty_span span, bool japanese)
{
    size_t start = span.start;
    bool is_name = text.data[start] >= 'A' && text.data[start] <= 'Z';
    span.start = japanese ? japanese_number_before(text, start) : ordinal_before(text, start, is_name);
    if (!japanese && is_name && span.start == start)
        span.end = number_behind(text, span.end, true, 3);
    return span;
}

/* 決議 | 第1718号: what stands about a number in Japanese belongs to it. */
static size_t japanese_number_behind(ty_slice text, size_t at, size_t digits)
{
    ty_slice rest = ty_slice_sub(text, at, text.size);
    size_t start = ty_slice_starts(rest, TY_SLICE("第")) ? at + 3 : at;
    size_t end = number_behind(text, start, false, digits);
    if (end == start)
        return at;
    return ty_slice_starts(ty_slice_sub(text, end, text.size), TY_SLICE("号")) ? end + 3 : end;
}

ty_span ty_term_with_year(ty_slice text, ty_span span, bool japanese)
{
    enum { YEAR = 5 }; /* and the numbers of orders */
    bool spaced = !japanese && span.end < text.size && !is_digit(text.data[span.end]);
    span.end =
        japanese ? japanese_number_behind(text, span.end, YEAR) : number_behind(text, span.end, spaced, YEAR);
    return span;
}
