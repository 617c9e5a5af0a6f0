/* SPDX-License-Identifier: Apache-2.0 */
/*
 * spellings - how else a term may be written: an English compound solid, with a hyphen or with a blank, an
 * abbreviation without its full stops, without the quotes it is listed in, 2+2 as 2プラス2, the second verb
 * of a Japanese compound in kana. Each is a further key of the entry.
 */
#include "term/internal.h"

enum { HALF_MIN = 3, PLACES_MAX = 3 }; /* letters of half a compound; joints of a term that are tried */

static bool is_letter(char c)
{
    return (c | 0x20) >= 'a' && (c | 0x20) <= 'z';
}

static bool is_small(char c)
{
    return c >= 'a' && c <= 'z';
}

/* Adds the spelling that was built, and clears it. */
static ty_status add_built(ty_term_index *index, uint32_t entry, ty_buffer *built, ty_error *error)
{
    ty_status status = TY_OK;
    if (built->failed)
        return ty_error_nomem(error);
    if (built->size)
        status = ty_term_index_add_spelling(index, entry, ty_buffer_slice(built), error);
    ty_buffer_clear(built);
    return status;
}

/* ------------------------------------------------------------------------------------------ prefixes */

/* Where a prefix that may stand apart ends at the start of a word: behind "counter" of counterterrorism. */
static size_t find_prefix(ty_slice text)
{
    for (size_t at = 0; at < text.size; at++) {
        if (!is_letter(text.data[at]) || (at && is_letter(text.data[at - 1])))
            continue;
        size_t longest = 0;
        for (size_t i = 0; i < ty_term_prefix_count; i++) {
            ty_slice prefix = ty_slice_of(ty_term_prefixes[i]);
            size_t end = at + prefix.size;
            if (end + 4 > text.size || !is_letter(text.data[end + 3]))
                continue;
            if (end > longest && ty_slice_equal_nocase(ty_slice_sub(text, at, end), prefix))
                longest = end;
        }
        if (longest)
            return longest;
    }
    return SIZE_MAX;
}

/* A closed prefix also apart, one apart also closed: counterterrorism, cyber attack. */
static void build_prefix(ty_slice text, ty_buffer *out)
{
    size_t at = find_prefix(text);
    if (at == SIZE_MAX)
        return;
    bool apart = text.data[at] == '-' || text.data[at] == ' ';
    if (!apart && !is_letter(text.data[at]))
        return;
    ty_buffer_add(out, ty_slice_sub(text, 0, at));
    if (!apart)
        ty_buffer_add_char(out, '-');
    ty_buffer_add(out, ty_slice_sub(text, at + apart, text.size));
}

/* ------------------------------------------------------------------------------------------ compounds */

static bool is_function_word(ty_slice word)
{
    static const char *const words[] = {"and",  "for",  "from", "into",  "not",  "off", "one",   "our",
                                        "out",  "own",  "per",  "than",  "that", "the", "their", "these",
                                        "they", "this", "two",  "under", "upon", "via", "who",   "with"};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (ty_slice_equal_nocase(word, ty_slice_of(words[i])))
            return true;
    return false;
}

/* The word that ends, or begins, at `at`. */
static ty_slice word_ending(ty_slice text, size_t at)
{
    size_t start = at;
    while (start > 0 && is_letter(text.data[start - 1]))
        start--;
    return ty_slice_sub(text, start, at);
}

static ty_slice word_beginning(ty_slice text, size_t at)
{
    size_t end = at;
    while (end < text.size && is_letter(text.data[end]))
        end++;
    return ty_slice_sub(text, at, end);
}

/* May what stands on both sides of a blank or a hyphen be written as one word? Not names: Pearl Harbor. */
static bool is_joint(ty_slice text, size_t at)
{
    if (text.data[at] != ' ' && text.data[at] != '-')
        return false;
    ty_slice one = word_ending(text, at), other = word_beginning(text, at + 1);
    size_t least = text.data[at] == '-' ? HALF_MIN - 1 : HALF_MIN; /* on-site, listed so */
    return one.size >= least && other.size >= HALF_MIN && is_small(other.data[0]) && !is_function_word(one) &&
           !is_function_word(other);
}

static ty_status add_closed(ty_term_index *index, uint32_t entry, ty_slice text, ty_buffer *built,
                            ty_error *error)
{
    ty_status status = TY_OK;
    int places = 0;
    for (size_t at = 1; at + 1 < text.size && status == TY_OK && places < PLACES_MAX; at++) {
        if (!is_joint(text, at))
            continue;
        places++;
        ty_buffer_add(built, ty_slice_sub(text, 0, at));
        ty_buffer_add(built, ty_slice_sub(text, at + 1, text.size));
        status = add_built(index, entry, built, error);
    }
    return status;
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

/* What may stand for each other inside a term. */
static const char *const exchanged[][2] = {{"+", "プラス"},
                                           {"+", " plus "},
                                           {"掛け", "かけ"},
                                           {"直し", "なおし"},
                                           {"合わせ", "あわせ"},
                                           {"込み", "こみ"},
                                           {"分け", "わけ"},
                                           {" JGSDF", " Japan Ground Self-Defense Force"},
                                           {" JMSDF", " Japan Maritime Self-Defense Force"},
                                           {" JASDF", " Japan Air Self-Defense Force"},
                                           {", JGSDF", " of the JGSDF"},
                                           {", JMSDF", " of the JMSDF"},
                                           {", JASDF", " of the JASDF"}};

/* With the first of a pair that is not at the term's edge exchanged for the other. */
static ty_status add_exchanged(ty_term_index *index, uint32_t entry, ty_slice text, ty_buffer *built,
                               ty_error *error)
{
    ty_status status = TY_OK;
    for (size_t i = 0; i < 2 * (sizeof exchanged / sizeof *exchanged) && status == TY_OK; i++) {
        ty_slice from = ty_slice_of(exchanged[i / 2][i % 2]), to = ty_slice_of(exchanged[i / 2][1 - i % 2]);
        size_t at = ty_slice_find(text, from, 1);
        if (at == SIZE_MAX || (i < 4 && at + from.size == text.size))
            continue;
        ty_buffer_add(built, ty_slice_sub(text, 0, at));
        ty_buffer_add(built, to);
        ty_buffer_add(built, ty_slice_sub(text, at + from.size, text.size));
        status = add_built(index, entry, built, error);
    }
    return status;
}

ty_status ty_term_add_spellings(ty_term_index *index, uint32_t entry, ty_slice text, ty_error *error)
{
    static void (*const builders[])(ty_slice text, ty_buffer * out) = {
        build_prefix,         build_without_stops, build_closed_abbreviation,
        build_without_quotes, build_quoted_name,   build_spelt_digit,
        build_short_ordinal,  build_ordinal,       build_parted_pair};
    ty_buffer built = {0};
    ty_status status = add_closed(index, entry, text, &built, error);
    for (size_t i = 0; i < sizeof builders / sizeof *builders && status == TY_OK; i++) {
        builders[i](text, &built);
        status = add_built(index, entry, &built, error);
    }
    if (status == TY_OK)
        status = add_exchanged(index, entry, text, &built, error);
    ty_buffer_release(&built);
    return status;
}

/* ------------------------------------------------------------------------------------------ split */

/* Is it a word of the index, as it is reduced there? */
static bool is_known(const ty_term_index *index, ty_slice word)
{
    char text[TERM_WORD_MAX + 1];
    size_t size = word.size;
    if (size > TERM_WORD_MAX)
        return false;
    memcpy(text, word.data, size);
    ty_term_stem(text, &size, false);
    return ty_strings_find(&index->alphabet.words, (ty_slice){text, size}) != TY_STRINGS_NONE;
}

/* Where a closed compound parts into two words that other terms have: mine|sweeper. SIZE_MAX for none. */
static size_t find_split(const ty_term_index *index, ty_slice word)
{
    for (size_t at = HALF_MIN; at + HALF_MIN <= word.size; at++)
        if (is_known(index, ty_slice_sub(word, 0, at)) && is_known(index, ty_slice_sub(word, at, word.size)))
            return at;
    return SIZE_MAX;
}

static ty_status split_first(ty_term_index *index, uint32_t entry, ty_slice text, ty_buffer *built,
                             ty_error *error)
{
    for (size_t at = 0; at < text.size; at++) {
        ty_slice word = word_beginning(text, at);
        if (word.size < 2 * HALF_MIN || !is_small(word.data[0])) {
            at += word.size;
            continue;
        }
        size_t split = find_split(index, word);
        if (split != SIZE_MAX) {
            ty_buffer_add(built, ty_slice_sub(text, 0, at + split));
            ty_buffer_add_char(built, ' ');
            ty_buffer_add(built, ty_slice_sub(text, at + split, text.size));
            return add_built(index, entry, built, error);
        }
        at += word.size;
    }
    return TY_OK;
}

ty_status ty_term_add_split_spellings(ty_term_index *index, ty_error *error)
{
    ty_buffer built = {0}, text = {0};
    ty_status status = TY_OK;
    for (uint32_t i = 0; i < index->entries.count && status == TY_OK; i++) {
        const term_record *record = &index->entries.items[i];
        if (record->flags & TERM_JAPANESE)
            continue;
        ty_buffer_clear(&text); /* what is added may move the texts */
        ty_buffer_add(&text, (ty_slice){index->texts.data + record->text, record->text_size});
        status = text.failed ? ty_error_nomem(error)
                             : split_first(index, i, ty_buffer_slice(&text), &built, error);
    }
    ty_buffer_release(&built);
    ty_buffer_release(&text);
    return status;
}
