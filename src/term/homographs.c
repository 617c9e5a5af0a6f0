/* SPDX-License-Identifier: Apache-2.0 */
/*
 * homographs - words that are terms in one company and everyday words in another (data/homographs.txt): the
 * wing of a museum, the exercise of rights.
 *
 * Only what speaks against the term is listed. Texts of this field need no proof that they are; a word of
 * another field near by is one that it is not meant. The idea is that of one sense per collocation (Yarowsky
 * 1993).
 */
#include "term/internal.h"

enum { NEAR = 48, LONGEST = 32 }; /* bytes on either side; of a listed word, at least */

static bool is_letter(char c)
{
    return (c | 0x20) >= 'a' && (c | 0x20) <= 'z';
}

static const term_homograph *find_listed(ty_slice word)
{
    size_t low = 0, high = ty_term_homograph_count;
    while (low < high) {
        size_t middle = (low + high) / 2;
        int order = ty_slice_compare(word, ty_term_homographs[middle].word);
        if (order == 0)
            return &ty_term_homographs[middle];
        if (order < 0)
            high = middle;
        else
            low = middle + 1;
    }
    return NULL;
}

/* The row of the word, in the plural too. */
static const term_homograph *find_homograph(ty_slice word)
{
    char small[LONGEST];
    if (word.size == 0 || word.size > LONGEST)
        return NULL;
    for (size_t i = 0; i < word.size; i++)
        small[i] = word.data[i] >= 'A' && word.data[i] <= 'Z' ? (char)(word.data[i] | 0x20) : word.data[i];
    const term_homograph *found = find_listed((ty_slice){small, word.size});
    return found || small[word.size - 1] != 's' ? found : find_listed((ty_slice){small, word.size - 1});
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

/* Do the words stand at `at`, where a word begins, whole but for a plural -s? */
static bool stands_at(ty_slice text, size_t at, ty_slice words)
{
    size_t end = at + words.size;
    if ((text.data[at] | 0x20) != words.data[0] || !ty_slice_equal_nocase(ty_slice_sub(text, at, end), words))
        return false;
    end += end < text.size && text.data[end] == 's';
    return end == text.size || !is_letter(text.data[end]);
}

/* Does one of the words stand at `at`, where a word begins, and outside the spot? */
static bool is_company_at(ty_slice text, size_t at, ty_span near, ty_span spot, const ty_slice *company)
{
    for (; company->size; company++) {
        size_t end = at + company->size;
        if (end <= near.end && (end <= spot.start || at >= spot.end) && stands_at(text, at, *company))
            return true;
    }
    return false;
}

bool ty_term_is_everyday_here(ty_slice text, size_t start, size_t end)
{
    const term_homograph *found = find_homograph(ty_slice_sub(text, start, end));
    if (!found)
        return false;
    ty_span near = neighbourhood(text, start, end);
    for (size_t at = near.start; at < near.end; at++)
        if ((at == 0 || !is_letter(text.data[at - 1])) &&
            is_company_at(text, at, near, (ty_span){start, end}, found->company))
            return true;
    return false;
}
