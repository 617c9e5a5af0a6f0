/* SPDX-License-Identifier: Apache-2.0 */
/*
 * guess_latin - languages in Latin letters, told by their most frequent words, and where these do not decide,
 * as in a heading or a list of terms, by letters that go together in them (data/LANG.txt).
 */
#include <stdlib.h>

#include "text/internal.h"

static int compare_words(const void *word, const void *row)
{
    return ty_slice_compare_string(*(const ty_slice *)word, ((const ty_frequent_word *)row)->word);
}

static void count_word(ty_slice word, size_t scores[TY_LATIN_COUNT])
{
    const ty_frequent_word *found =
        bsearch(&word, ty_frequent_words, ty_frequent_count, sizeof *ty_frequent_words, compare_words);
    for (size_t i = 0; found && i < TY_LATIN_COUNT; i++)
        scores[i] += found->languages >> i & 1;
}

static bool has_letters(ty_slice word, ty_slice letters)
{
    if (letters.data[0] == '^')
        return ty_slice_starts(word, ty_slice_sub(letters, 1, letters.size));
    if (letters.data[letters.size - 1] == '$')
        return ty_slice_ends(word, ty_slice_sub(letters, 0, letters.size - 1));
    return ty_slice_find(word, letters, 0) != SIZE_MAX;
}

static void count_letters(ty_slice word, size_t scores[TY_LATIN_COUNT])
{
    for (size_t i = 0; i < TY_LATIN_COUNT; i++) {
        ty_slice rest = ty_slice_of(ty_latin_languages[i].letters), letters;
        while (word.size && ty_slice_next(&rest, ' ', &letters))
            scores[i] += has_letters(word, letters);
    }
}

static void count_words(ty_slice text, void (*count)(ty_slice word, size_t scores[TY_LATIN_COUNT]),
                        size_t scores[TY_LATIN_COUNT])
{
    size_t start = 0;
    for (size_t at = 0; at < text.size;) {
        size_t before = at;
        if (ty_char_is_letter(ty_utf8_next(text, &at)))
            continue;
        count(ty_slice_sub(text, start, before), scores);
        start = at;
    }
    count(ty_slice_sub(text, start, text.size), scores);
}

/* The language with the highest score; "" for none, or for a draw. */
static const char *highest(const size_t scores[TY_LATIN_COUNT])
{
    size_t best = 0, second = 0;
    const char *code = "";
    for (size_t i = 0; i < TY_LATIN_COUNT; i++) {
        if (scores[i] > best) {
            second = best;
            best = scores[i];
            code = ty_latin_languages[i].code;
        } else if (scores[i] > second)
            second = scores[i];
    }
    return best > second ? code : "";
}

static bool is_highest(const size_t scores[TY_LATIN_COUNT], size_t language)
{
    for (size_t i = 0; i < TY_LATIN_COUNT; i++)
        if (scores[i] > scores[language])
            return false;
    return true;
}

const char *ty_text_guess_latin(ty_slice text)
{
    enum { LETTERS_BYTES = 4096 };
    size_t scores[TY_LATIN_COUNT] = {0};
    ty_buffer folded = {0};
    if (ty_fold_plain(text, TY_FOLD_CASE, &folded, NULL) != TY_OK)
        return "";
    ty_slice lower = ty_buffer_slice(&folded);
    count_words(lower, count_word, scores);
    const char *code = highest(scores);
    if (!code[0]) {
        count_words(ty_slice_sub(lower, 0, LETTERS_BYTES), count_letters, scores);
        code = highest(scores);
    }
    if (!code[0] && scores[0] > 0 && is_highest(scores, 0))
        code = ty_latin_languages[0].code; /* of equals, the language most texts are in */
    ty_buffer_release(&folded);
    return code;
}

/* Counts frequent words of all languages; true as soon as `own` has so many that no other can be so far
 * ahead. */
static bool count_until(ty_slice text, size_t own, size_t enough, size_t scores[TY_LATIN_COUNT])
{
    size_t start = 0;
    for (size_t at = 0; at < text.size && scores[own] < enough;) {
        size_t before = at;
        if (ty_char_is_letter(ty_utf8_next(text, &at)))
            continue;
        count_word(ty_slice_sub(text, start, before), scores);
        start = at;
    }
    if (scores[own] < enough)
        count_word(ty_slice_sub(text, start, text.size), scores);
    return scores[own] >= enough;
}

bool ty_text_latin_contradicts(ty_slice text, ty_slice primary)
{
    enum { ENOUGH = 20, TIMES = 5 };
    size_t scores[TY_LATIN_COUNT] = {0}, own = TY_LATIN_COUNT, best = 0;
    ty_buffer folded = {0};
    for (size_t i = 0; i < TY_LATIN_COUNT; i++)
        own = ty_slice_compare_string(primary, ty_latin_languages[i].code) == 0 ? i : own;
    size_t words = own < TY_LATIN_COUNT ? ty_text_count_words(text, SIZE_MAX) : 0;
    if (words < ENOUGH || ty_fold_plain(text, TY_FOLD_CASE, &folded, NULL) != TY_OK)
        return false;
    bool own_enough = count_until(ty_buffer_slice(&folded), own, words / TIMES + 1, scores);
    ty_buffer_release(&folded);
    if (own_enough)
        return false;
    for (size_t i = 0; i < TY_LATIN_COUNT; i++)
        best = scores[i] > scores[best] ? i : best;
    return scores[best] >= ENOUGH && scores[best] > TIMES * scores[own];
}
