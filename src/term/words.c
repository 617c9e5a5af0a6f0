/* SPDX-License-Identifier: Apache-2.0 */
/*
 * words - English words reduced to what their forms and spellings share. The stem need not be a word, it only
 * has to be the same for all forms; what was taken off is told in bits, and decides afterwards.
 */
#include <stdlib.h>

#include "term/internal.h"

typedef struct stem {
    char *text;
    size_t size;
    uint32_t bits;
} stem;

static inline bool ends_in(const stem *word, const char *ending, size_t size)
{
    return word->size >= size && memcmp(word->text + word->size - size, ending, size) == 0;
}

#define ends(word, literal) ends_in((word), (literal), sizeof(literal) - 1)

/* Replaces the last `drop` bytes; there is always room, as words are cut well below their buffer. */
static void replace_end(stem *word, size_t drop, const char *with)
{
    size_t size = strlen(with);
    memcpy(word->text + word->size - drop, with, size);
    word->size = word->size - drop + size;
}

static inline int compare_text(const stem *word, const char *other)
{
    for (size_t i = 0; i < word->size; i++)
        if (word->text[i] != other[i])
            return (unsigned char)word->text[i] < (unsigned char)other[i] ? -1 : 1;
    return other[word->size] ? -1 : 0;
}

static bool use_irregular(stem *word)
{
    size_t low = 0, high = ty_term_irregular_count;
    while (low < high) {
        size_t middle = (low + high) / 2;
        int order = compare_text(word, ty_term_irregulars[middle].form);
        if (order == 0) {
            replace_end(word, word->size, ty_term_irregulars[middle].base);
            word->bits |= ty_term_irregulars[middle].bits;
            return true;
        }
        if (order < 0)
            high = middle;
        else
            low = middle + 1;
    }
    return false;
}

static void use_american(stem *word)
{
    size_t low = 0, high = ty_term_spelling_count;
    while (low < high) {
        size_t middle = (low + high) / 2;
        int order = compare_text(word, ty_term_spellings[middle].british);
        if (order == 0) {
            replace_end(word, word->size, ty_term_spellings[middle].american);
            return;
        }
        if (order < 0)
            high = middle;
        else
            low = middle + 1;
    }
}

static bool has_vowel(const char *text, size_t size)
{
    for (size_t i = 0; i < size; i++)
        if (memchr("aeiouy", text[i], 6))
            return true;
    return false;
}

static void drop_plural(stem *word, bool capitals)
{
    if (word->size < (capitals ? 3u : 4u) || !ends(word, "s"))
        return;
    if (ends(word, "ss") || ends(word, "us") || (ends(word, "is") && !capitals) || ends(word, "ics") ||
        ends(word, "ous"))
        return;
    word->bits |= TERM_PLURAL;
    if (ends(word, "ies") && word->size > 4)
        replace_end(word, 3, "y");
    else if (ends(word, "sses") || ends(word, "xes") || ends(word, "ches") || ends(word, "shes") ||
             ends(word, "zzes") || ends(word, "oes"))
        replace_end(word, 2, "");
    else
        replace_end(word, 1, "");
}

/* -ing and -ed, where a syllable is left before them. */
static void drop_verb_ending(stem *word)
{
    if (ends(word, "ing") && word->size >= 6 && has_vowel(word->text, word->size - 3)) {
        word->bits |= TERM_ING;
        replace_end(word, 3, "");
    } else if (ends(word, "ied") && word->size >= 5) {
        word->bits |= TERM_PAST;
        replace_end(word, 3, "y");
    } else if (ends(word, "eed") && word->size >= 6) {
        word->bits |= TERM_PAST;
        replace_end(word, 1, "");
    } else if (ends(word, "ed") && word->size >= 5 && has_vowel(word->text, word->size - 2)) {
        word->bits |= TERM_PAST;
        replace_end(word, 2, "");
    }
}

/* The families of British spelling that a rule covers, on the word without inflection and final e. */
static void unify_spelling(stem *word, bool bare_e)
{
    if (ends(word, "isation"))
        replace_end(word, 7, "ization");
    else if (bare_e && word->size > 4 && ends(word, "is"))
        replace_end(word, 1, "z");
    else if (bare_e && word->size > 4 && ends(word, "ys"))
        replace_end(word, 1, "z");
    else if (word->size > 4 && ends(word, "our"))
        replace_end(word, 2, "r");
}

uint32_t ty_term_stem(char *text, size_t *size, bool capitals)
{
    stem word = {text, *size, 0};
    if (word.size >= 2 && word.size <= TERM_WORD_MAX - 4 && !use_irregular(&word)) {
        drop_plural(&word, capitals);
        use_american(&word);
        size_t before = word.size;
        drop_verb_ending(&word);
        bool bare_e = word.size < before && (word.bits & (TERM_PAST | TERM_ING));
        if (word.size > 3 && ends(&word, "e")) {
            replace_end(&word, 1, "");
            bare_e = true;
        }
        unify_spelling(&word, bare_e);
        if (word.size > 3 && word.text[word.size - 1] == word.text[word.size - 2])
            word.size--;
    } else if (word.bits != 0 && word.size > 3 && ends(&word, "e"))
        replace_end(&word, 1, ""); /* as the base alone does; not plain ones: aide, aid */
    *size = word.size;
    return word.bits;
}
