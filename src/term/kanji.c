/* SPDX-License-Identifier: Apache-2.0 */
#include "term/internal.h"

#include <stdio.h>

static const char *endings_of(uint32_t kanji)
{
    size_t low = 0, high = ty_term_okurigana_count;
    while (low < high) {
        size_t middle = (low + high) / 2;
        if (ty_term_okurigana_table[middle].kanji == kanji)
            return ty_term_okurigana_table[middle].endings;
        if (ty_term_okurigana_table[middle].kanji > kanji)
            high = middle;
        else
            low = middle + 1;
    }
    return NULL;
}

bool ty_term_has_okurigana(uint32_t kanji)
{
    return endings_of(kanji) != NULL;
}

size_t ty_term_okurigana_size(uint32_t kanji, ty_slice text, size_t at)
{
    ty_slice rest = ty_slice_of(endings_of(kanji)), ending;
    ty_slice behind = ty_slice_sub(text, at, text.size);
    while (ty_slice_next(&rest, ' ', &ending))
        if (ending.size && ty_slice_starts(behind, ending))
            return ending.size;
    return 0;
}

/*
 * Verbs of five steps and of one step are not told apart for る (図る, 述べる): what either may become will
 * do.
 */
const char *ty_term_verb_forms(ty_slice last_kana)
{
    static const char *const forms[][2] = {
        {"う", "わいうえおっ"}, {"く", "かきくけこい"}, {"ぐ", "がぎぐげごい"},
        {"す", "さしすせそ"},   {"つ", "たちつてとっ"}, {"ぬ", "なにぬねのん"},
        {"ぶ", "ばびぶべぼん"}, {"む", "まみむめもん"}, {"る", "らりるれろったてなまよさずつ"}};
    for (size_t i = 0; i < sizeof forms / sizeof *forms; i++)
        if (ty_slice_equal(last_kana, ty_slice_of(forms[i][0])))
            return forms[i][1];
    return NULL;
}

/* ------------------------------------------------------------------------------------------ numerals */

/* 0-9, 10, 100, 1000; -1 for what is no numeral. */
static int numeral(uint32_t c)
{
    switch (c) {
    case 0x5341: return 10;
    case 0x767E: return 100;
    case 0x5343: return 1000;
    case 0x96F6: return -1; /* 零 is no figure of a name */
    default: return ty_char_kanji_digit(c);
    }
}

/*
 * 十, 百 and 千 alone stay what they are, as they begin many words, but behind 第. Runs of more than nine
 * numerals are none.
 */
size_t ty_term_kanji_number(ty_slice text, size_t at, bool ordinal, char digits[24])
{
    long sum = 0, figure = -1, positional = 0;
    int count = 0, units = 0, value;
    size_t end = at;
    for (size_t next = at; next < text.size; end = next, count++) {
        value = numeral(ty_utf8_next(text, &next));
        if (value < 0 || count > 9)
            break;
        if (value < 10) {
            figure = value;
            positional = positional * 10 + value;
        } else {
            sum += (figure < 0 ? 1 : figure) * value;
            figure = -1;
            units++;
        }
    }
    if (count == 0 || count > 9 || (count == 1 && units == 1 && !ordinal))
        return at;
    snprintf(digits, 24, "%ld", units ? sum + (figure < 0 ? 0 : figure) : positional);
    return end;
}
