/* SPDX-License-Identifier: Apache-2.0 */
/*
 * written_forms - how a term is written by others: an abbreviation without its full stops, without the quotes
 * it is listed in, digits and ordinals in words.
 */
#include "term/internal.h"

static bool is_letter(char c)
{
    return (c | 0x20) >= 'a' && (c | 0x20) <= 'z';
}

static bool is_small(char c)
{
    return c >= 'a' && c <= 'z';
}

/* ------------------------------------------------------------------------------------------ abbreviations */

/* Without full stops behind letters: "Lt. Gen." is "Lt Gen" too; an acronym (U.S.) is one symbol either way.
 */
static void build_without_stops(ty_slice text, ty_buffer *out)
{
    bool any = false;
    for (size_t i = 0; i < text.size; i++) {
        bool stop =
            text.data[i] == '.' && i >= 2 && is_letter(text.data[i - 1]) && is_letter(text.data[i - 2]);
        any |= stop;
        if (!stop)
            ty_buffer_add_char(out, text.data[i]);
    }
    if (!any)
        ty_buffer_clear(out);
}

/* And "LtGen", where all of it is abbreviated. */
static void build_closed_abbreviation(ty_slice text, ty_buffer *out)
{
    size_t words = 0;
    for (size_t i = 0; i < text.size; i++) {
        bool small = is_small(text.data[i]), capital = is_letter(text.data[i]) && !small;
        if (capital && (i == 0 || text.data[i - 1] == ' '))
            words++;
        if (is_letter(text.data[i]))
            ty_buffer_add_char(out, text.data[i]);
        else if (text.data[i] != '.' && text.data[i] != ' ')
            words = SIZE_MAX / 2;
        if (text.data[i] == ' ' && i && text.data[i - 1] != '.')
            words = SIZE_MAX / 2;
    }
    if (words < 2 || words > 3 || !text.size || text.data[text.size - 1] != '.')
        ty_buffer_clear(out);
}

/* ------------------------------------------------------------------------------------------ marks and kana
 */

/* Without the quotes that it is listed in: 「2+2」. */
static void build_without_quotes(ty_slice text, ty_buffer *out)
{
    static const char *const quotes[][2] = {{"\"", "\""}, {"“", "”"}, {"「", "」"}, {"『", "』"}, {"‘", "’"}};
    for (size_t i = 0; i < sizeof quotes / sizeof *quotes; i++) {
        size_t open = strlen(quotes[i][0]), close = strlen(quotes[i][1]);
        if (text.size > open + close && ty_slice_starts(text, ty_slice_of(quotes[i][0])) &&
            ty_slice_ends(text, ty_slice_of(quotes[i][1])))
            ty_buffer_add(out, ty_slice_sub(text, open, text.size - close));
    }
}

/* A name in quotes behind what it is, by its quotes alone: 「たかなみ」, of 護衛艦「たかなみ」. */
static void build_quoted_name(ty_slice text, ty_buffer *out)
{
    size_t open = ty_slice_find(text, TY_SLICE("「"), 1);
    bool whole = open != SIZE_MAX && open + 9 < text.size && ty_slice_ends(text, TY_SLICE("」"));
    if (whole)
        ty_buffer_add(out, ty_slice_sub(text, open, text.size));
}

/* A digit at the end in words: Escort Flotilla 1, Escort Flotilla One. */
static void build_spelt_digit(ty_slice text, ty_buffer *out)
{
    static const char *const words[] = {"One", "Two",   "Three", "Four", "Five",
                                        "Six", "Seven", "Eight", "Nine"};
    if (text.size < 4 || text.data[text.size - 2] != ' ' || !is_letter(text.data[text.size - 3]))
        return;
    int digit = text.data[text.size - 1] - '0';
    if (digit < 1 || digit > 9)
        return;
    ty_buffer_add(out, ty_slice_sub(text, 0, text.size - 1));
    ty_buffer_add_string(out, words[digit - 1]);
}

/* An ordinal of a name in words and in figures: Seventh Fleet, 7th Fleet. */
static void build_ordinal(ty_slice text, ty_buffer *out)
{
    static const char *const forms[][2] = {
        {"First", "1st"}, {"Second", "2nd"},  {"Third", "3rd"},  {"Fourth", "4th"}, {"Fifth", "5th"},
        {"Sixth", "6th"}, {"Seventh", "7th"}, {"Eighth", "8th"}, {"Ninth", "9th"},  {"Tenth", "10th"}};
    for (size_t i = 0; i < 2 * (sizeof forms / sizeof *forms); i++) {
        ty_slice from = ty_slice_of(forms[i / 2][i % 2]);
        size_t at = ty_slice_find(text, from, 0), end = at + from.size;
        if (at == SIZE_MAX || (at > 0 && text.data[at - 1] != ' ') || end == text.size ||
            text.data[end] != ' ')
            continue;
        ty_buffer_add(out, ty_slice_sub(text, 0, at));
        ty_buffer_add_string(out, forms[i / 2][1 - i % 2]);
        ty_buffer_add(out, ty_slice_sub(text, end, text.size));
        return;
    }
}

/* Ordinals as U.S. forces write them: 2d Battalion, 3d Marine Division. */
static void build_short_ordinal(ty_slice text, ty_buffer *out)
{
    for (size_t at = 1; at + 3 < text.size; at++) {
        ty_slice ending = ty_slice_sub(text, at - 1, at + 3);
        if (!ty_slice_equal(ending, TY_SLICE("2nd ")) && !ty_slice_equal(ending, TY_SLICE("3rd ")))
            continue;
        ty_buffer_add(out, ty_slice_sub(text, 0, at));
        ty_buffer_add_char(out, 'd');
        ty_buffer_add(out, ty_slice_sub(text, at + 2, text.size));
        return;
    }
}

/* A country in one kanji and a partner in another script, as ministries part them: 日・EU, 日・フィリピン. */
static void build_parted_pair(ty_slice text, ty_buffer *out)
{
    static const char countries[] = "日米中韓豪英仏独露印";
    ty_slice first = ty_slice_sub(text, 0, 3);
    if (text.size < 6 || ty_slice_find(ty_slice_of(countries), first, 0) == SIZE_MAX)
        return;
    size_t at = 3;
    uint32_t next = ty_utf8_next(text, &at);
    bool katakana = next >= 0x30A1 && next <= 0x30FA, letter = next >= 'A' && next <= 'Z';
    if (!katakana && !letter)
        return;
    ty_buffer_add(out, first);
    ty_buffer_add_string(out, "・");
    ty_buffer_add(out, ty_slice_sub(text, 3, text.size));
}

void (*const ty_term_forms[])(ty_slice text, ty_buffer *out) = {
    build_without_stops, build_closed_abbreviation, build_without_quotes,
    build_quoted_name,   build_spelt_digit,         build_short_ordinal,
    build_ordinal,       build_parted_pair,         NULL};
