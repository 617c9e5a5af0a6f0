/* SPDX-License-Identifier: Apache-2.0 */
#include "internal.h"

#include <stdlib.h>

/* ------------------------------------------------------------------------------------------ accents */

/* Letters of Latin-1 and Latin Extended-A (U+00DF..U+017F) without their marks; lower case only. */
static const char *plain_letter(uint32_t c)
{
    if (c >= 0xE0 && c <= 0xE5)
        return "a";
    if (c >= 0xE8 && c <= 0xEB)
        return "e";
    if (c >= 0xEC && c <= 0xEF)
        return "i";
    if ((c >= 0xF2 && c <= 0xF6) || c == 0xF8)
        return "o";
    if (c >= 0xF9 && c <= 0xFC)
        return "u";
    switch (c) {
    case 0xDF: return "ss";
    case 0xE6: return "ae";
    case 0xE7:
    case 0x107:
    case 0x10D: return "c";
    case 0xF1:
    case 0x144:
    case 0x148: return "n";
    case 0xFD:
    case 0xFF: return "y";
    case 0x101:
    case 0x103:
    case 0x105: return "a";
    case 0x10F:
    case 0x111: return "d";
    case 0x113:
    case 0x119:
    case 0x11B: return "e";
    case 0x11F: return "g";
    case 0x12B:
    case 0x131: return "i";
    case 0x142: return "l";
    case 0x14D:
    case 0x151: return "o";
    case 0x153: return "oe";
    case 0x159: return "r";
    case 0x15B:
    case 0x15F:
    case 0x161: return "s";
    case 0x163:
    case 0x165: return "t";
    case 0x16B:
    case 0x16F:
    case 0x171: return "u";
    case 0x17A:
    case 0x17C:
    case 0x17E: return "z";
    default: return NULL;
    }
}

static size_t drop_accents(ty_slice word, char buffer[TY_LEXICON_STEM_MAX])
{
    size_t size = 0;
    for (size_t at = 0; at < word.size;) {
        size_t start = at;
        uint32_t c = ty_utf8_next(word, &at);
        const char *plain = c < 0x80 ? NULL : plain_letter(c);
        ty_slice piece = plain ? ty_slice_of(plain) : ty_slice_sub(word, start, at);
        if (size + piece.size > TY_LEXICON_STEM_MAX)
            break;
        memcpy(buffer + size, piece.data, piece.size);
        size += piece.size;
    }
    return size;
}

/* ------------------------------------------------------------------------------------------ endings */

/* The longest ending that fits is replaced; false when the word stays as it is. */
static bool strip_once(char *word, size_t *size, const ty_ending *list, size_t count)
{
    const ty_ending *best = NULL;
    char last = *size ? word[*size - 1] : '\0';
    for (const ty_ending *one = list; one < list + count; one++)
        if (one->from[one->from_size - 1] == last && (!best || one->from_size > best->from_size) &&
            *size >= (size_t)one->from_size + one->keep &&
            memcmp(word + *size - one->from_size, one->from, one->from_size) == 0)
            best = one;
    if (!best || strcmp(best->from, best->to) == 0)
        return false;
    *size -= best->from_size;
    memcpy(word + *size, best->to, best->to_size);
    *size += best->to_size;
    return true;
}

static bool is_consonant(char letter)
{
    return letter >= 'b' && letter <= 'z' && !memchr("eiou", letter, 4);
}

/* ------------------------------------------------------------------------------------------ forms */

/* For tables in order of bytes, of words or of rows that begin with one. */
static int compare_words(const void *word, const void *row)
{
    return ty_slice_compare_string(*(const ty_slice *)word, *(const char *const *)row);
}

static const ty_word_forms *forms_of(ty_slice lang)
{
    char buffer[16];
    const ty_word_forms *forms = ty_word_forms_table;
    lang = ty_lang_primary(lang, buffer);
    while (!ty_slice_equal(lang, ty_slice_of(forms->lang)) && strcmp(forms->lang, "und") != 0)
        forms++;
    return forms;
}

ty_slice ty_lexicon_stem(ty_slice word, ty_slice lang, char buffer[TY_LEXICON_STEM_MAX])
{
    size_t size = drop_accents(word, buffer);
    const ty_word_forms *forms = forms_of(lang);
    bool english = strcmp(forms->lang, "en") == 0;
    ty_slice stem = {buffer, size};
    const char *const(*row)[2] = bsearch(&stem, forms->irregular.items, forms->irregular.count,
                                         sizeof *forms->irregular.items, compare_words);
    if (row) {
        size = strlen((*row)[1]);
        memcpy(buffer, (*row)[1], size);
    }
    while (strip_once(buffer, &size, forms->endings.items, forms->endings.count))
        if (english && size > 3 && buffer[size - 1] == buffer[size - 2] && is_consonant(buffer[size - 1]) &&
            buffer[size - 1] != 's' && buffer[size - 1] != 'l')
            size--;
    if (english && size > 2 && buffer[size - 1] == 'y' && is_consonant(buffer[size - 2]))
        buffer[size - 1] = 'i';
    return (ty_slice){buffer, size};
}

/* ------------------------------------------------------------------------------------------ stop lists */

static bool is_in(ty_slice word, const ty_word_list *list)
{
    return bsearch(&word, list->items, list->count, sizeof *list->items, compare_words) != NULL;
}

bool ty_lexicon_is_stopword(ty_slice word, ty_slice lang)
{
    return is_in(word, &forms_of(lang)->stop);
}

/* Only a stem that begins otherwise than its word has another first letter, and such a base is listed, too.
 */
bool ty_lexicon_is_light(ty_slice key, ty_slice lang)
{
    char stem[TY_LEXICON_STEM_MAX];
    const ty_word_list *light = &forms_of(lang)->light;
    for (size_t k = 0; k < light->count; k++)
        if (key.size && key.data[0] == light->items[k][0] &&
            ty_slice_equal(key, ty_lexicon_stem(ty_slice_of(light->items[k]), lang, stem)))
            return true;
    return false;
}

bool ty_lexicon_is_joining(ty_slice word, ty_slice lang)
{
    return is_in(word, &forms_of(lang)->joining);
}

bool ty_lexicon_is_particle(ty_slice text, ty_slice lang)
{
    const ty_word_list *list = &forms_of(lang)->particles;
    for (size_t n = 0; n < list->count; n++)
        if (ty_slice_starts(text, ty_slice_of(list->items[n])))
            return true;
    return false;
}
