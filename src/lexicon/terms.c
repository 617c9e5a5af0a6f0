/* SPDX-License-Identifier: Apache-2.0 */
#include "internal.h"

/* Terms of a dictionary as keys. */

static bool is_word_part(uint32_t c)
{
    return ty_char_is_letter(c) || ty_char_is_digit(c);
}

/* Two to five capitals and nothing small: NATO, but not Nato. */
static bool is_acronym(ty_slice word)
{
    size_t capitals = 0;
    for (size_t at = 0; at < word.size;) {
        uint32_t c = ty_utf8_next(word, &at);
        if (!ty_char_is_upper(c))
            return false;
        capitals++;
    }
    return capitals >= 2 && capitals <= 5;
}

static ty_slice word_key(ty_slice word, ty_slice lang, ty_arena *arena)
{
    char stem[TY_LEXICON_STEM_MAX];
    if (is_acronym(word))
        return ty_arena_copy(arena, word);
    ty_buffer folded = {0};
    arena->failed |= ty_fold_plain(word, TY_FOLD_NFKC | TY_FOLD_CASE, &folded, NULL) == TY_ERR_NOMEM;
    ty_slice key = ty_arena_copy(arena, ty_lexicon_stem(ty_buffer_slice(&folded), lang, stem));
    ty_buffer_release(&folded);
    return key;
}

static bool next_word(ty_slice text, size_t *at, ty_slice *word)
{
    size_t start = *at, end;
    while (start < text.size) {
        end = start;
        if (is_word_part(ty_utf8_next(text, &end)))
            break;
        start = end;
    }
    if (start >= text.size)
        return false;
    for (*at = start; *at < text.size; *at = end) {
        end = *at;
        if (!is_word_part(ty_utf8_next(text, &end)))
            break;
    }
    *word = ty_slice_sub(text, start, *at);
    return true;
}

static bool is_stopword(ty_slice word, ty_slice lang)
{
    char lower[TY_LEXICON_STEM_MAX];
    if (word.size > sizeof lower || is_acronym(word))
        return false;
    for (size_t k = 0; k < word.size; k++)
        lower[k] = word.data[k] >= 'A' && word.data[k] <= 'Z' ? word.data[k] + 32 : word.data[k];
    return ty_lexicon_is_stopword((ty_slice){lower, word.size}, lang);
}

/* Words with letters of their own first; a term of stop words only has none. */
static size_t spaced_keys(ty_slice term, ty_slice lang, ty_arena *arena, ty_slice *keys, size_t max)
{
    size_t count = 0;
    ty_slice word;
    for (size_t at = 0; next_word(term, &at, &word);) {
        if (is_stopword(word, lang))
            continue;
        if (count == max)
            return 0;
        keys[count++] = word_key(word, lang, arena);
    }
    return count;
}

size_t ty_lexicon_term_keys(ty_slice term, ty_slice lang, ty_arena *arena, ty_slice *keys, size_t max)
{
    if (!ty_lang_is_unspaced(lang))
        return spaced_keys(term, lang, arena, keys, max);
    ty_buffer folded = {0};
    arena->failed |=
        ty_fold_plain(term, TY_FOLD_NFKC | TY_FOLD_CASE | TY_FOLD_SPACE, &folded, NULL) == TY_ERR_NOMEM;
    keys[0] = ty_arena_copy(arena, ty_buffer_slice(&folded));
    ty_buffer_release(&folded);
    return keys[0].size > 0 && max > 0 ? 1 : 0;
}

/* Each content word of a left term of several words gets the words of the right, as weak as the longer side.
 */
void ty_dictionary_builder_add(ty_dictionary_builder *builder, ty_slice left, ty_slice right)
{
    ty_slice left_keys[TY_LEXICON_WORDS_MAX], right_keys[TY_LEXICON_WORDS_MAX];
    ty_arena arena = {0};
    size_t lefts = ty_lexicon_term_keys(left, builder->left_lang, &arena, left_keys, TY_LEXICON_WORDS_MAX);
    size_t rights =
        ty_lexicon_term_keys(right, builder->right_lang, &arena, right_keys, TY_LEXICON_WORDS_MAX);
    for (size_t k = 0; k < lefts && rights > 0; k++)
        ty_dictionary_builder_link(builder, left_keys[k], right_keys, rights,
                                   lefts > rights ? lefts : rights);
    builder->failed |= arena.failed;
    ty_arena_release(&arena);
}
