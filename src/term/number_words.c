/* SPDX-License-Identifier: Apache-2.0 */
/* number_words - what words say beside numbers: a dozen, next month, 18 inches (data/numbers.txt). */
#include "term/internal.h"

static bool is_letter(char c)
{
    return (c | 0x20) >= 'a' && (c | 0x20) <= 'z';
}

/* Do the words stand at `at`? English ones at the beginning of a word, in small or capital letters. */
static bool stands_at(ty_slice text, size_t at, ty_slice words)
{
    bool within = is_letter(words.data[0]) && at > 0 && is_letter(text.data[at - 1]);
    return !within && ty_slice_equal_nocase(ty_slice_sub(text, at, at + words.size), words);
}

static bool has_words(ty_slice text, ty_slice words)
{
    for (size_t at = 0; at + words.size <= text.size; at++)
        if (stands_at(text, at, words))
            return true;
    return false;
}

bool ty_term_says_number(ty_slice text, double value)
{
    for (size_t i = 0; i < ty_term_number_word_count; i++) {
        const term_number_word *word = &ty_term_number_words[i];
        if (word->kind == TERM_NUMBER_SAID && word->value == value && has_words(text, word->words))
            return true;
    }
    return false;
}

bool ty_term_has_number_word(ty_slice text, term_number_word_kind kind)
{
    for (size_t i = 0; i < ty_term_number_word_count; i++)
        if (ty_term_number_words[i].kind == kind && has_words(text, ty_term_number_words[i].words))
            return true;
    return false;
}

bool ty_term_number_word_before(ty_slice text, size_t at, term_number_word_kind kind)
{
    ty_slice before = ty_slice_sub(text, 0, at);
    for (size_t i = 0; i < ty_term_number_word_count; i++) {
        ty_slice words = ty_term_number_words[i].words;
        if (ty_term_number_words[i].kind == kind && words.size <= before.size &&
            stands_at(before, before.size - words.size, words))
            return true;
    }
    return false;
}

bool ty_term_number_word_behind(ty_slice text, size_t at, term_number_word_kind kind)
{
    for (size_t i = 0; i < ty_term_number_word_count; i++)
        if (ty_term_number_words[i].kind == kind && stands_at(text, at, ty_term_number_words[i].words))
            return true;
    return false;
}
