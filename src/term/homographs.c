/* SPDX-License-Identifier: Apache-2.0 */
/*
 * homographs - words that are terms in one company and everyday words in another (data/homographs.txt): the
 * wing of a museum, the exercise of rights.
 *
 * Only what speaks against the term is listed. Texts of this field need no proof that they are; a word of
 * another field near by is one that it is not meant. The idea is that of one sense per collocation (Yarowsky
 * 1993).
 */
#include <stdlib.h>

#include "term/internal.h"

enum { NEAR = 48 }; /* bytes on either side */

static bool is_letter(char c)
{
    return (c | 0x20) >= 'a' && (c | 0x20) <= 'z';
}

static const term_homograph *find_homograph(ty_slice word)
{
    for (size_t i = 0; i < ty_term_homograph_count; i++) {
        ty_slice listed = ty_slice_of(ty_term_homographs[i].word);
        bool plural = word.size == listed.size + 1 && (word.data[listed.size] | 0x20) == 's';
        if (ty_slice_equal_nocase(ty_slice_sub(word, 0, word.size - plural), listed))
            return &ty_term_homographs[i];
    }
    return NULL;
}

bool ty_term_has_company(ty_slice word)
{
    return find_homograph(word) != NULL;
}

static bool ends_sentence(ty_slice text, size_t at)
{
    char c = text.data[at];
    return c == '\n' || ((c == '.' || c == '!' || c == '?') && at + 1 < text.size &&
                         text.data[at + 1] == ' ' && at > 0 && text.data[at - 1] >= 'a');
}

/* The part of the sentence around the word. */
static ty_span neighbourhood(ty_slice text, size_t start, size_t end)
{
    ty_span near = {start, end};
    while (near.start > 0 && start - near.start < NEAR && !ends_sentence(text, near.start - 1))
        near.start--;
    while (near.end < text.size && near.end - end < NEAR && !ends_sentence(text, near.end))
        near.end++;
    return near;
}

/* Do the words stand at `at`, whole but for a plural -s? */
static bool stands_at(ty_slice text, size_t at, ty_slice words)
{
    size_t end = at + words.size;
    if (end > text.size || (at > 0 && is_letter(text.data[at - 1])) ||
        !ty_slice_equal_nocase(ty_slice_sub(text, at, end), words))
        return false;
    end += end < text.size && text.data[end] == 's';
    return end == text.size || !is_letter(text.data[end]);
}

static bool stands_in(ty_slice text, ty_span near, size_t start, size_t end, ty_slice words)
{
    for (size_t at = near.start; at + words.size <= near.end; at++)
        if ((at + words.size <= start || at >= end) && stands_at(text, at, words))
            return true;
    return false;
}

bool ty_term_is_everyday_here(ty_slice text, size_t start, size_t end)
{
    const term_homograph *found = find_homograph(ty_slice_sub(text, start, end));
    if (!found)
        return false;
    ty_span near = neighbourhood(text, start, end);
    for (const char *const *company = found->company; *company; company++)
        if (stands_in(text, near, start, end, ty_slice_of(*company)))
            return true;
    return false;
}
