/* SPDX-License-Identifier: Apache-2.0 */
#include <unicode/uchar.h>
#include <unicode/uscript.h>

#include "text/internal.h"

ty_script ty_char_script(uint32_t c)
{
    if (c < 0x80)
        return (c | 0x20) >= 'a' && (c | 0x20) <= 'z' ? TY_SCRIPT_LATIN : TY_SCRIPT_OTHER;
    if ((c >= 0x4E00 && c <= 0x9FFF) || c == 0x3006)
        return TY_SCRIPT_HAN;
    if (c >= 0x3041 && c <= 0x3096)
        return TY_SCRIPT_HIRAGANA;
    if ((c >= 0x30A1 && c <= 0x30FA) || c == 0x30FC || c == 0xFF70)
        return TY_SCRIPT_KATAKANA;
    if (c > 0x10FFFF)
        return TY_SCRIPT_OTHER;
    UErrorCode status = U_ZERO_ERROR;
    switch (uscript_getScript((UChar32)c, &status)) {
    case USCRIPT_HAN: return u_charType((UChar32)c) == U_OTHER_SYMBOL ? TY_SCRIPT_OTHER : TY_SCRIPT_HAN;
    case USCRIPT_HIRAGANA: return TY_SCRIPT_HIRAGANA;
    case USCRIPT_KATAKANA:
        return u_charType((UChar32)c) == U_OTHER_SYMBOL ? TY_SCRIPT_OTHER : TY_SCRIPT_KATAKANA;
    case USCRIPT_LATIN: return TY_SCRIPT_LATIN;
    case USCRIPT_HANGUL: return TY_SCRIPT_HANGUL;
    default: return TY_SCRIPT_OTHER;
    }
}

/* Is the general category of c one of `mask`? No for what is no code point. */
static bool in_category(uint32_t c, uint32_t mask)
{
    return c <= 0x10FFFF && (U_GET_GC_MASK((UChar32)c) & mask);
}

bool ty_char_is_space(uint32_t c)
{
    if (c < 0x80)
        return c == ' ' || (c >= '\t' && c <= '\r');
    if (c >= 0x3001 && c < 0xFEFF)
        return false;
    return c == 0x200B || c == 0xFEFF || (c <= 0x10FFFF && u_isUWhiteSpace((UChar32)c));
}

bool ty_char_is_letter(uint32_t c)
{
    if (c < 0x80)
        return (c | 0x20) >= 'a' && (c | 0x20) <= 'z';
    if (c >= 0x4E00 && c <= 0x9FFF)
        return true;
    return in_category(c, U_GC_L_MASK | U_GC_M_MASK);
}

bool ty_char_is_ignorable(uint32_t c)
{
    return c > 0x7F && c <= 0x10FFFF && u_hasBinaryProperty((UChar32)c, UCHAR_DEFAULT_IGNORABLE_CODE_POINT);
}

/* U+2800 is a Braille cell without dots, a symbol by its category. */
static bool is_seen(uint32_t c)
{
    return !ty_char_is_space(c) && !ty_char_is_ignorable(c) && c != 0x2800 && !in_category(c, U_GC_CC_MASK);
}

bool ty_text_is_blank(ty_slice text)
{
    for (size_t at = 0; at < text.size;)
        if (is_seen(ty_utf8_next(text, &at)))
            return false;
    return true;
}

bool ty_char_is_upper(uint32_t c)
{
    if (c < 0x80)
        return c >= 'A' && c <= 'Z';
    return c <= 0x10FFFF && u_isUUppercase((UChar32)c);
}

bool ty_char_is_lower(uint32_t c)
{
    if (c < 0x80)
        return c >= 'a' && c <= 'z';
    return c <= 0x10FFFF && u_isULowercase((UChar32)c);
}

bool ty_char_is_digit(uint32_t c)
{
    if (c < 0x80)
        return c >= '0' && c <= '9';
    return in_category(c, U_GC_ND_MASK);
}

bool ty_char_is_punctuation(uint32_t c)
{
    if (c < 0x80)
        return c > ' ' && c < 0x7F && !ty_char_is_letter(c) && !ty_char_is_digit(c);
    if (c >= 0x4E00 && c <= 0x9FFF)
        return false;
    return in_category(c, U_GC_P_MASK | U_GC_S_MASK);
}

bool ty_text_is_word(uint32_t c)
{
    if (c < 0x80)
        return ty_char_is_letter(c) || ty_char_is_digit(c);
    return in_category(c, U_GC_L_MASK | U_GC_M_MASK | U_GC_ND_MASK);
}

/*
 * The characters whose Unicode name begins with CJK, HIRAGANA, KATAKANA or IDEOGRAPHIC and that are letters
 * or marks once text is NFKC (symbols need no entry, they are single tokens anyway).
 */
bool ty_text_is_ideographic(uint32_t c)
{
    static const struct {
        uint32_t first, last;
    } ranges[] = {{0x3005, 0x3007},   {0x302A, 0x302D},   {0x3041, 0x3096},   {0x309D, 0x309F},
                  {0x30A1, 0x30FA},   {0x30FC, 0x30FF},   {0x31F0, 0x31FF},   {0x3400, 0x4DBF},
                  {0x4E00, 0x9FFF},   {0xF900, 0xFAFF},   {0x1AFF0, 0x1AFFE}, {0x1B000, 0x1B001},
                  {0x1B11F, 0x1B122}, {0x1B132, 0x1B132}, {0x1B150, 0x1B152}, {0x1B155, 0x1B155},
                  {0x1B164, 0x1B167}, {0x20000, 0x3FFFD}};
    if (c < 0x3005)
        return false;
    if (c >= 0x4E00 && c <= 0x9FFF)
        return true;
    for (size_t i = 0; i < sizeof ranges / sizeof *ranges; i++)
        if (c <= ranges[i].last)
            return c >= ranges[i].first;
    return false;
}

static bool is_cased(uint32_t c)
{
    return c <= 0x10FFFF && u_hasBinaryProperty((UChar32)c, UCHAR_CASED);
}

static bool is_case_ignorable(uint32_t c)
{
    return c <= 0x10FFFF && u_hasBinaryProperty((UChar32)c, UCHAR_CASE_IGNORABLE);
}

uint32_t ty_text_lower_sigma(ty_slice before, ty_slice after)
{
    const uint32_t final_sigma = 0x3C2, sigma = 0x3C3;
    uint32_t c = TY_CODE_POINT_NONE;
    for (size_t at = before.size; at > 0;) {
        c = ty_utf8_previous(before, &at);
        if (!is_case_ignorable(c))
            break;
    }
    if (!is_cased(c))
        return sigma;
    c = TY_CODE_POINT_NONE;
    for (size_t at = 0; at < after.size;) {
        c = ty_utf8_next(after, &at);
        if (!is_case_ignorable(c))
            break;
    }
    return is_cased(c) ? sigma : final_sigma;
}

int ty_char_kanji_digit(uint32_t c)
{
    switch (c) {
    case 0x3007:
    case 0x96F6: return 0;
    case 0x4E00: return 1;
    case 0x4E8C: return 2;
    case 0x4E09: return 3;
    case 0x56DB: return 4;
    case 0x4E94: return 5;
    case 0x516D: return 6;
    case 0x4E03: return 7;
    case 0x516B: return 8;
    case 0x4E5D: return 9;
    default: return -1;
    }
}
