/* SPDX-License-Identifier: Apache-2.0 */
/*
 * romaji - may a name be Japanese, by its syllables? Suzuki, Jun'ichi and Ohno may, Bierman and Smith may
 * not.
 *
 * The syllables are those of Hepburn's romanization with the long vowels of passports (Ohno, Satoh). Names of
 * other languages that have such syllables only (Kane) are taken for Japanese: the answer is of use where it
 * is no.
 */
#include "term/names.h"

static bool is_vowel(char c)
{
    return strchr("aeiou", c) != NULL && c;
}

/* Bytes of the consonants that begin a syllable at `at`; 0 where none may stand there. */
static size_t consonants_at(const char *word, size_t at)
{
    static const char *const clusters[] = {"tch", "sh", "ch", "ts", "ky", "gy", "ny",
                                           "hy",  "my", "ry", "by", "py", NULL};
    for (const char *const *cluster = clusters; *cluster; cluster++)
        if (strncmp(word + at, *cluster, strlen(*cluster)) == 0)
            return strlen(*cluster);
    return word[at] && strchr("kstnhmyrwgzjdbpf", word[at]) ? 1 : 0;
}

/* An n, a long vowel's h, a doubled consonant: what may stand without a vowel of its own. */
static bool stands_alone(const char *word, size_t at)
{
    char c = word[at], next = word[at + 1];
    bool open = next == '\0' || !is_vowel(next);
    return (c == 'n' && next != 'y' && open) || (c == 'h' && at > 0 && word[at - 1] == 'o' && open) ||
           (c == 'm' && next && strchr("bmp", next)) || (next == c && strchr("kstp", c)) ||
           (c == '\'' && at > 0 && word[at - 1] == 'n');
}

/* Behind the syllable at `at`; `at` where none begins there. */
static size_t behind_syllable(const char *word, size_t at)
{
    if (is_vowel(word[at]) || stands_alone(word, at))
        return at + 1;
    size_t vowel = at + consonants_at(word, at);
    return vowel > at && is_vowel(word[vowel]) ? vowel + 1 : at;
}

bool ty_term_may_be_japanese(ty_slice name)
{
    char word[32] = "";
    if (name.size == 0 || name.size >= sizeof word)
        return false;
    for (size_t i = 0; i < name.size; i++) {
        if ((unsigned char)name.data[i] >= 0x80)
            return true; /* a macron: not for these syllables to say */
        word[i] = name.data[i] == '\'' ? '\'' : (char)(name.data[i] | 0x20);
    }
    size_t at = 0;
    for (size_t next; word[at] && (next = behind_syllable(word, at)) > at;)
        at = next;
    return word[at] == '\0';
}

bool ty_term_is_foreigner_behind(ty_slice text, size_t end)
{
    enum { WORDS = 3 };
    for (int i = 0; i < WORDS && end + 1 < text.size && text.data[end] == ' '; i++) {
        size_t start = ++end;
        if (text.data[start] < 'A' || text.data[start] > 'Z')
            return false;
        while (end < text.size && (((text.data[end] | 0x20) >= 'a' && (text.data[end] | 0x20) <= 'z') ||
                                   text.data[end] == '\'' || (unsigned char)text.data[end] >= 0x80))
            end++;
        if (!ty_term_may_be_japanese(ty_slice_sub(text, start, end)))
            return true;
    }
    return false;
}
