/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Looking words up in the language data that compile_data.py has compiled in.
 */
#include "segment/internal.h"

const ty_language *ty_language_find(ty_slice tag)
{
    char name[4] = "";
    size_t size = 0;
    while (size < tag.size && tag.data[size] != '-' && tag.data[size] != '_') {
        if (size == 3)
            break;
        name[size] = (char)(tag.data[size] | 0x20);
        size++;
    }
    const ty_language *language = ty_language_table;
    for (; language[1].name; language++)
        if (size > 0 && strcmp(language->name, name) == 0)
            return language;
    return language; /* "und" is the last */
}

/* ASCII and Latin-1 letters in lower case; compile_data.py does the same. Returns whether there was a
 * capital. */
static bool lower(const char *word, size_t size, char *out)
{
    bool capital = false;
    unsigned char before = 0;
    for (size_t i = 0; i < size; i++) {
        unsigned char c = (unsigned char)word[i];
        if ((unsigned)(c - 'A') < 26 || (before == 0xC3 && c >= 0x80 && c < 0x9F && c != 0x97)) {
            capital = true;
            out[i] = (char)(c + 0x20);
        } else {
            out[i] = (char)c;
        }
        before = c;
    }
    return capital;
}

unsigned ty_word_classes(const ty_language *language, const char *word, size_t size)
{
    char folded[TY_WORD_MAX];
    if (size == 0 || size > TY_WORD_MAX)
        return 0;
    bool capital = lower(word, size, folded);
    uint32_t hash = 2166136261u;
    for (size_t i = 0; i < size; i++)
        hash = (hash ^ (unsigned char)folded[i]) * 16777619u;
    for (uint32_t slot = hash & language->mask;; slot = (slot + 1) & language->mask) {
        const ty_word_entry *entry = &language->words[slot];
        if (!entry->word)
            return 0;
        if (entry->size == size && memcmp(entry->word, folded, size) == 0)
            return capital ? entry->classes : entry->classes & ~entry->capital;
    }
}

enum { LEAD = 3 }; /* bytes: a phrase has a character of three at least */

static inline uint32_t lead_of(const char *p)
{
    const unsigned char *s = (const unsigned char *)p;
    return (uint32_t)s[0] << 16 | (uint32_t)s[1] << 8 | s[2];
}

/* The first phrase that begins with these bytes, or comes behind such. */
static const ty_phrase *first_phrase(const ty_language *language, uint32_t lead)
{
    size_t low = 0, high = language->phrase_count;
    while (low < high) {
        size_t middle = (low + high) / 2;
        if (lead_of(language->phrases[middle].text) < lead)
            low = middle + 1;
        else
            high = middle;
    }
    return language->phrases + low;
}

/* Does the phrase stand at p? Characters of these scripts differ in their last bytes: look there first. */
static bool stands_at(const ty_phrase *phrase, const char *p)
{
    return phrase->text[phrase->size - 1] == p[phrase->size - 1] && phrase->text[2] == p[2] &&
           memcmp(phrase->text, p, phrase->size) == 0;
}

size_t ty_phrase_begins(const ty_language *language, unsigned classes, const char *text, size_t at,
                        size_t end)
{
    size_t longest = 0;
    if (end - at < LEAD)
        return 0;
    uint32_t lead = lead_of(text + at);
    for (const ty_phrase *phrase = first_phrase(language, lead);
         phrase->size && lead_of(phrase->text) == lead; phrase++)
        if ((phrase->classes & classes) && phrase->size > longest && phrase->size <= end - at &&
            memcmp(phrase->text, text + at, phrase->size) == 0)
            longest = phrase->size;
    return longest;
}

size_t ty_phrase_ends(const ty_language *language, unsigned classes, const char *text, size_t start,
                      size_t end)
{
    size_t longest = 0;
    for (const ty_phrase *phrase = language->phrases; phrase->size; phrase++)
        if ((phrase->classes & classes) && phrase->size > longest && phrase->size <= end - start &&
            stands_at(phrase, text + end - phrase->size))
            longest = phrase->size;
    return longest;
}
