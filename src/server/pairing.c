/* SPDX-License-Identifier: Apache-2.0 */
#include "server/pairing.h"

#include "server/request.h"

static char lower(char c)
{
    return c >= 'A' && c <= 'Z' ? (char)(c + 32) : c;
}

static bool is_letter(char c)
{
    return (lower(c) >= 'a' && lower(c) <= 'z') || (c >= '0' && c <= '9') || (unsigned char)c >= 0x80;
}

/* Words that name a language in the names of files. */
static bool names_language(ty_slice word)
{
    static const char *const names[] = {
        "en",   "eng",    "english", "e",    "ja",   "jp",   "jpn",  "jap",    "japanese", "j",
        "de",   "fr",     "ko",      "zh",   "ar",   "ru",   "es",   "us",     "英語",     "英文",
        "英訳", "日本語", "和文",    "和訳", "日英", "原文", "訳文", "source", "target"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (ty_slice_equal_nocase(word, ty_slice_of(names[i])))
            return true;
    return false;
}

/* An ending says how a document is written, not what it is about. */
static ty_slice without_ending(ty_slice name)
{
    for (size_t i = name.size; i-- > 0 && name.size - i <= 6 && name.data[i] != '/';)
        if (name.data[i] == '.')
            return ty_slice_sub(name, 0, i);
    return name;
}

void ty_pairing_key(ty_slice name, ty_buffer *out)
{
    name = without_ending(name);
    for (size_t i = 0; i < name.size;) {
        size_t end = i;
        while (end < name.size && is_letter(name.data[end]))
            end++;
        ty_slice word = ty_slice_sub(name, i, end);
        for (size_t k = 0; k < word.size && !names_language(word); k++)
            ty_buffer_add_char(out, lower(word.data[k]));
        if (end < name.size && name.data[end] == '/')
            ty_buffer_add_char(out, '/');
        else if (out->size && out->data[out->size - 1] != '-' && end < name.size)
            ty_buffer_add_char(out, '-');
        i = end + 1;
    }
    while (out->size && out->data[out->size - 1] == '-')
        out->data[--out->size] = '\0';
}
