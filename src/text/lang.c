/* SPDX-License-Identifier: Apache-2.0 */
#include "text/internal.h"

static char fold_tag_char(char c)
{
    if (c == '_')
        return '-';
    return c >= 'A' && c <= 'Z' ? (char)(c + 0x20) : c;
}

/*
 * What is written for a language and is none of its own: the code of a country where no language has it, and
 * the three letters of ISO 639-2 where there are two (RFC 5646, 2.2.1).
 */
typedef struct alias {
    const char *code, *tag;
} alias;
static const alias of_two[] = {{"jp", "ja"}, {"cn", "zh"}, {"cz", "cs"}, {"dk", "da"}, {"gr", "el"},
                               {"ua", "uk"}, {"vn", "vi"}, {"us", "en"}, {"gb", "en"}};
static const alias of_three[] = {{"jpn", "ja"}, {"eng", "en"}, {"deu", "de"}, {"ger", "de"}, {"fra", "fr"},
                                 {"fre", "fr"}, {"spa", "es"}, {"ita", "it"}, {"kor", "ko"}, {"zho", "zh"},
                                 {"chi", "zh"}, {"rus", "ru"}, {"por", "pt"}, {"nld", "nl"}, {"dut", "nl"}};

static const char *find_alias(const char *code, const alias *list, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (code[0] == list[i].code[0] && strcmp(code, list[i].code) == 0)
            return list[i].tag;
    return NULL;
}

ty_slice ty_lang_primary(ty_slice tag, char buffer[16])
{
    size_t size = 0;
    for (; size < tag.size && size < 15; size++) {
        char c = fold_tag_char(tag.data[size]);
        if (c == '-')
            break;
        buffer[size] = c;
    }
    buffer[size] = '\0';
    const char *own = size == 2   ? find_alias(buffer, of_two, sizeof of_two / sizeof *of_two)
                      : size == 3 ? find_alias(buffer, of_three, sizeof of_three / sizeof *of_three)
                                  : NULL;
    if (own)
        return (ty_slice){strcpy(buffer, own), 2};
    return (ty_slice){buffer, size};
}

/* What is behind the language: "-US" of "en-US". */
static ty_slice behind_primary(ty_slice tag)
{
    size_t size = 0;
    while (size < tag.size && fold_tag_char(tag.data[size]) != '-')
        size++;
    return ty_slice_sub(tag, size, tag.size);
}

static bool starts_alike(ty_slice whole, ty_slice tag)
{
    if (tag.size > whole.size)
        return false;
    for (size_t i = 0; i < tag.size; i++)
        if (fold_tag_char(tag.data[i]) != fold_tag_char(whole.data[i]))
            return false;
    return whole.size == tag.size || fold_tag_char(whole.data[tag.size]) == '-';
}

/* Is `whole` the tag, or does it go on with another subtag? */
static bool begins_with_tag(ty_slice whole, ty_slice tag)
{
    char one[16], other[16];
    if (starts_alike(whole, tag))
        return true;
    return ty_slice_equal(ty_lang_primary(whole, one), ty_lang_primary(tag, other)) &&
           starts_alike(behind_primary(whole), behind_primary(tag));
}

bool ty_lang_is_within(ty_slice range, ty_slice tag)
{
    return range.size == 0 || ty_slice_equal(range, TY_SLICE("*")) || begins_with_tag(tag, range);
}

bool ty_lang_matches(ty_slice range, ty_slice tag)
{
    return ty_lang_is_within(range, tag) || (tag.size && begins_with_tag(range, tag));
}

bool ty_lang_is_unspaced(ty_slice tag)
{
    static const char *const unspaced[] = {"ja", "zh", "th", "lo", "km", "my", "bo", "yue", "cmn", "wuu"};
    char buffer[16];
    ty_slice primary = ty_lang_primary(tag, buffer);
    for (size_t i = 0; i < sizeof unspaced / sizeof *unspaced; i++)
        if (ty_slice_equal(primary, ty_slice_of(unspaced[i])))
            return true;
    return false;
}

/* ------------------------------------------------------------------------------------------ RFC 5646, 2.1 */

typedef struct subtags {
    ty_slice rest;
    ty_slice now; /* data NULL at the end */
} subtags;

static void step(subtags *tags)
{
    if (!ty_slice_next(&tags->rest, '-', &tags->now))
        tags->now = (ty_slice){NULL, 0};
}

static bool is_alpha(char c)
{
    return (c | 0x20) >= 'a' && (c | 0x20) <= 'z';
}

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

/* Is the subtag of min to max letters (and digits)? */
static bool is_made_of(ty_slice subtag, size_t min, size_t max, bool letters, bool digits)
{
    if (!subtag.data || subtag.size < min || subtag.size > max)
        return false;
    for (size_t i = 0; i < subtag.size; i++)
        if (!(letters && is_alpha(subtag.data[i])) && !(digits && is_digit(subtag.data[i])))
            return false;
    return true;
}

static bool is_variant(ty_slice subtag)
{
    return is_made_of(subtag, 5, 8, true, true) ||
           (is_made_of(subtag, 4, 4, true, true) && is_digit(subtag.data[0]));
}

static bool is_grandfathered(ty_slice tag)
{
    static const char *const irregular[] = {"en-GB-oed", "i-ami",     "i-bnn", "i-default", "i-enochian",
                                            "i-hak",     "i-klingon", "i-lux", "i-mingo",   "i-navajo",
                                            "i-pwn",     "i-tao",     "i-tay", "i-tsu",     "sgn-BE-FR",
                                            "sgn-BE-NL", "sgn-CH-DE"};
    for (size_t i = 0; i < sizeof irregular / sizeof *irregular; i++)
        if (ty_slice_equal_nocase(tag, ty_slice_of(irregular[i])))
            return true;
    return false;
}

/* Steps over a singleton's subtags: at least one of min to 8 letters and digits. */
static bool take_extension(subtags *tags, size_t min)
{
    step(tags);
    if (!is_made_of(tags->now, min, 8, true, true))
        return false;
    while (is_made_of(tags->now, min, 8, true, true))
        step(tags);
    return true;
}

static void take_language(subtags *tags)
{
    bool short_code = tags->now.size < 4;
    step(tags);
    for (int i = 0; i < 3 && short_code && is_made_of(tags->now, 3, 3, true, false); i++)
        step(tags);
    if (is_made_of(tags->now, 4, 4, true, false))
        step(tags);
    if (is_made_of(tags->now, 2, 2, true, false) || is_made_of(tags->now, 3, 3, false, true))
        step(tags);
    while (is_variant(tags->now))
        step(tags);
}

bool ty_lang_same(ty_slice one, ty_slice other)
{
    char a[16], b[16];
    return one.size && other.size && ty_slice_equal(ty_lang_primary(one, a), ty_lang_primary(other, b));
}

bool ty_lang_is_valid(ty_slice tag)
{
    if (is_grandfathered(tag))
        return true;
    subtags tags = {.rest = tag};
    step(&tags);
    if (is_made_of(tags.now, 2, 8, true, false))
        take_language(&tags);
    else if (!ty_slice_equal_nocase(tags.now, TY_SLICE("x")))
        return false;
    while (is_made_of(tags.now, 1, 1, true, true)) {
        bool private_use = ty_slice_equal_nocase(tags.now, TY_SLICE("x"));
        if (!take_extension(&tags, private_use ? 1 : 2))
            return false;
        if (private_use)
            break;
    }
    return !tags.now.data;
}
