/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Words that Korean reads alike: 환경변화 and 環境, 變化; 経済, 經濟 and 经济. Two neighbouring Chinese
 * characters meet a Korean word that has both their readings side by side, and two of another country with
 * the same readings.
 */
#include "internal.h"

#include <stdlib.h>

/* Two characters of the other side by what they are read as. */
typedef struct ty_read_pair {
    uint32_t reading, word;
} ty_read_pair;

typedef TY_VECTOR(ty_read_pair) ty_read_pairs;

#define HANGUL 0xAC00u
#define SYLLABLES 11172u
#define OF_ONE_CONSONANT                                                                                     \
    588u /* syllables that begin with the same consonant, 28 of them with the same vowel */
enum { NIEUN = 2, RIEUL = 5, IEUNG = 11 };

/* Its number among the syllables, with the consonant that it has at the beginning of a word (頭音法則: 녀 is
 * 여, 래 is 내, 리 is 이), so that 女 and 來 are the same wherever they stand; SYLLABLES for any other
 * character. */
static uint32_t syllable_of(uint32_t c)
{
    if (c < HANGUL || c >= HANGUL + SYLLABLES)
        return SYLLABLES;
    uint32_t number = c - HANGUL, consonant = number / OF_ONE_CONSONANT, rest = number % OF_ONE_CONSONANT;
    uint32_t vowel = rest / 28;
    bool narrow = vowel == 2 || vowel == 3 || vowel == 6 || vowel == 7 || vowel == 12 || vowel == 17 ||
                  vowel == 20; /* ya, yae, yeo, ye, yo, yu, i */
    if (consonant == NIEUN || consonant == RIEUL)
        consonant = narrow ? IEUNG : NIEUN;
    return consonant * OF_ONE_CONSONANT + rest;
}

static int compare_pairs(const void *a, const void *b)
{
    const ty_read_pair *x = a, *y = b;
    if (x->reading != y->reading)
        return x->reading < y->reading ? -1 : 1;
    return x->word < y->word ? -1 : x->word > y->word;
}

/* All words of two Chinese characters that Korean reads, in order of their readings. */
static bool read_pairs(const ty_side *side, ty_read_pairs *out)
{
    bool good = true;
    for (uint32_t w = 0; w < side->words.list.count && good; w++) {
        char kind = ty_word_kind(side, w);
        ty_slice key = ty_word_key(side, w);
        size_t at = 0;
        if (kind != WORD_CHUNK && kind != WORD_HEADWORD)
            continue;
        uint32_t first = syllable_of(ty_hanja_reading(ty_utf8_next(key, &at)));
        uint32_t second = at < key.size ? syllable_of(ty_hanja_reading(ty_utf8_next(key, &at))) : SYLLABLES;
        if (first < SYLLABLES && second < SYLLABLES && at == key.size)
            good = ty_vector_push(out, ((ty_read_pair){first * SYLLABLES + second, w}));
    }
    if (out->count > 1)
        qsort(out->items, out->count, sizeof *out->items, compare_pairs);
    return good;
}

static size_t first_of(const ty_read_pairs *pairs, uint32_t reading)
{
    size_t low = 0, high = pairs->count;
    while (low < high) {
        size_t middle = (low + high) / 2;
        if (pairs->items[middle].reading < reading)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

static bool link_word(ty_word_links *links, const ty_side *korean, uint32_t word, const ty_read_pairs *pairs,
                      bool swapped)
{
    ty_slice key = ty_word_key(korean, word);
    uint32_t before = SYLLABLES;
    for (size_t at = 0; at < key.size;) {
        uint32_t next = syllable_of(ty_utf8_next(key, &at)), reading = before * SYLLABLES + next;
        bool both = before < SYLLABLES && next < SYLLABLES;
        before = next;
        for (size_t k = both ? first_of(pairs, reading) : pairs->count;
             k < pairs->count && pairs->items[k].reading == reading; k++)
            if (!ty_links_push(links, swapped ? pairs->items[k].word : word,
                               swapped ? word : pairs->items[k].word, LINK_SOUND, false, 0))
                return false;
    }
    return true;
}

/* Japanese and Chinese write one word in forms of their own: 経済, 經濟, 经济. Two pairs that Korean reads
 * alike are taken for one. */
static bool link_alike(ty_word_links *links, const ty_read_pairs *source, const ty_read_pairs *target)
{
    for (size_t k = 0; k < source->count; k++)
        for (size_t m = first_of(target, source->items[k].reading);
             m < target->count && target->items[m].reading == source->items[k].reading; m++)
            if (!ty_links_push(links, source->items[k].word, target->items[m].word, LINK_SAME, false, 0))
                return false;
    return true;
}

static bool is_korean(const ty_side *side)
{
    return !side->unspaced && ty_slice_starts(side->in->lang, TY_SLICE("ko"));
}

static bool link_korean(ty_word_links *links, const ty_side *korean, const ty_read_pairs *pairs, bool swapped)
{
    for (uint32_t w = 0; w < korean->words.list.count && pairs->count > 0; w++)
        if (ty_word_kind(korean, w) == WORD_PLAIN && !link_word(links, korean, w, pairs, swapped))
            return false;
    return true;
}

ty_status ty_links_by_reading(ty_word_links *links, const ty_side *source, const ty_side *target,
                              ty_error *error)
{
    const ty_side *sides[2] = {source, target};
    ty_read_pairs pairs[2] = {{0}, {0}};
    bool korean = is_korean(source) || is_korean(target), good = true;
    if (source->unspaced + target->unspaced < (korean ? 1 : 2))
        return TY_OK;
    for (int k = 0; k < 2 && good; k++)
        good = !sides[k]->unspaced || read_pairs(sides[k], &pairs[k]);
    if (good && source->unspaced && target->unspaced)
        good = link_alike(links, &pairs[0], &pairs[1]);
    else if (good)
        good = link_korean(links, target->unspaced ? source : target, &pairs[target->unspaced],
                           !target->unspaced);
    for (int k = 0; k < 2; k++)
        ty_vector_release(&pairs[k]);
    return good ? TY_OK : ty_error_nomem(error);
}
