/* SPDX-License-Identifier: Apache-2.0 */
/*
 * internal - what the files of text share among themselves.
 */
#ifndef TY_TEXT_INTERNAL_H
#define TY_TEXT_INTERNAL_H

#include "text/text.h"

/* Length of the well-formed sequence at `s` (`left` bytes, at least one), or 0 (Unicode 15, table 3-7). */
static inline size_t utf8_length(const unsigned char *s, size_t left)
{
    if (s[0] < 0x80)
        return 1;
    if (s[0] < 0xC2 || s[0] > 0xF4 || left < 2 || (s[1] & 0xC0) != 0x80)
        return 0;
    if (s[0] < 0xE0)
        return 2;
    if (left < 3 || (s[2] & 0xC0) != 0x80)
        return 0;
    if (s[0] < 0xF0)
        return (s[0] == 0xE0 && s[1] < 0xA0) || (s[0] == 0xED && s[1] > 0x9F) ? 0 : 3;
    if (left < 4 || (s[3] & 0xC0) != 0x80)
        return 0;
    return (s[0] == 0xF0 && s[1] < 0x90) || (s[0] == 0xF4 && s[1] > 0x8F) ? 0 : 4;
}

/* How far the text is ASCII from `at` on, many bytes at a time. */
size_t ty_text_skip_ascii(ty_slice text, size_t at);

/* The code point of the well-formed sequence of that length. */
static inline uint32_t utf8_value(const unsigned char *s, size_t length)
{
    switch (length) {
    case 1: return s[0];
    case 2: return (uint32_t)(s[0] & 0x1F) << 6 | (s[1] & 0x3F);
    case 3: return (uint32_t)(s[0] & 0x0F) << 12 | (uint32_t)(s[1] & 0x3F) << 6 | (s[2] & 0x3F);
    default:
        return (uint32_t)(s[0] & 0x07) << 18 | (uint32_t)(s[1] & 0x3F) << 12 | (uint32_t)(s[2] & 0x3F) << 6 |
               (s[3] & 0x3F);
    }
}

/* Writes a code point, which must be a scalar value, to at least 4 bytes; returns how many it took. */
static inline size_t utf8_put(char *out, uint32_t c)
{
    if (c < 0x80) {
        out[0] = (char)c;
        return 1;
    }
    if (c < 0x800) {
        out[0] = (char)(0xC0 | c >> 6);
        out[1] = (char)(0x80 | (c & 0x3F));
        return 2;
    }
    if (c < 0x10000) {
        out[0] = (char)(0xE0 | c >> 12);
        out[1] = (char)(0x80 | (c >> 6 & 0x3F));
        out[2] = (char)(0x80 | (c & 0x3F));
        return 3;
    }
    out[0] = (char)(0xF0 | c >> 18);
    out[1] = (char)(0x80 | (c >> 12 & 0x3F));
    out[2] = (char)(0x80 | (c >> 6 & 0x3F));
    out[3] = (char)(0x80 | (c & 0x3F));
    return 4;
}

extern const ty_kanji_form ty_text_kanji_forms[];
extern const size_t ty_text_kanji_form_count;
extern const uint32_t ty_text_kanji_digest;
extern const uint64_t ty_text_kanji_marks[256]; /* a bit for the last 14 bits of each old form */

/* Can the character be an old form? For most kanji this says no. */
static inline bool kanji_may_change(uint32_t c)
{
    return ty_text_kanji_marks[(c & 0x3FFF) >> 6] >> (c & 63) & 1;
}

/* A character that no reader sees: soft hyphen, zero-width ones, marks of direction, variation selectors. */
bool ty_text_is_invisible(uint32_t c);
/* The plain mark of the same kind: of quotation marks, dashes, wave dashes, Japanese commas and stops. */
uint32_t ty_text_plain_mark(uint32_t c);
/* What a search takes as alike beside: 「」『』 and quotation marks, dots in the middle, further dashes. */
uint32_t ty_text_loose_mark(uint32_t c);
/* Takes the full stops out of acronyms (U.S.) in what was folded from byte `begin` on, and out of its map. */
void ty_text_close_acronyms(ty_buffer *text, size_t begin, ty_folded *map);

/* Han, hiragana or katakana that stands for itself as a token. */
bool ty_text_is_ideographic(uint32_t c);
/* A letter, mark or decimal digit. */
bool ty_text_is_word(uint32_t c);

/*
 * The lower case of Σ: ς at the end of a word (Unicode 15, table 3-17, Final_Sigma). `before` is the folded
 * text up to it, `after` the original text behind it.
 */
uint32_t ty_text_lower_sigma(ty_slice before, ty_slice after);

/* The language of a text in Latin letters, or "". */
const char *ty_text_guess_latin(ty_slice text);

/* ------------------------------------------------------------------------------------------ encodings */

/*
 * The name we call an encoding by: an IANA name, with the labels of the web read as browsers read them
 * (WHATWG Encoding, section 4.2: Shift_JIS is windows-31j, ISO-8859-1 is windows-1252). False for an unknown
 * one.
 */
bool ty_text_encoding_name(ty_slice label, char name[40]);
/*
 * Strict conversion to UTF-8, appended to `out`. On failure *bad is the offset of the first byte that cannot
 * be read, and `out` is as long as before.
 */
ty_status ty_text_to_utf8(ty_slice bytes, const char *name, ty_buffer *out, size_t *bad, ty_error *error);
/* The same, with U+FFFD for each run of bytes that cannot be read; *replaced counts them. */
ty_status ty_text_mend_to_utf8(ty_slice bytes, const char *name, ty_buffer *out, size_t *replaced,
                               ty_error *error);

/* The encoding that the byte order mark names, and its length; NULL where there is none. */
const char *ty_text_bom(ty_slice bytes, size_t *length);
/* UTF-16 or UTF-32 without a mark, by the pattern of NUL bytes; NULL. */
const char *ty_text_wide_pattern(ty_slice bytes);
/* The legacy encoding in which the bytes make most sense, or NULL where they make sense in none. */
const char *ty_text_guess_legacy(ty_slice bytes, ty_slice lang);
/* Are nearly all of the bytes above 0x7F part of well-formed UTF-8? */
bool ty_text_is_mostly_utf8(ty_slice bytes);

/* Has a text in Latin letters the frequent words of another language than `primary`, and clearly? */
bool ty_text_latin_contradicts(ty_slice text, ty_slice primary);
/* How many words, runs of letters, the text has; no further than `most`. */
size_t ty_text_count_words(ty_slice text, size_t most);

/* ------------------------------------------------------------------------------------------ language data */

/* Chinese characters and the Hangul syllable each is read as, in order of the characters. */
typedef struct ty_hanja {
    uint16_t character, syllable;
} ty_hanja;

extern const ty_hanja ty_hanja_table[];
extern const size_t ty_hanja_count;

/* Languages in Latin letters, by what they are told from each other (data/LANG.txt); English first. */
typedef struct ty_latin_language {
    const char *code;
    const char *letters; /* ^ begins a word, $ ends one */
} ty_latin_language;

enum { TY_LATIN_COUNT = 7 };
extern const ty_latin_language ty_latin_languages[TY_LATIN_COUNT];

/* Their most frequent words, in order of bytes, and which of them have it: a bit for each. */
typedef struct ty_frequent_word {
    const char *word;
    unsigned languages;
} ty_frequent_word;

extern const ty_frequent_word ty_frequent_words[];
extern const size_t ty_frequent_count;
extern const char ty_chinese_characters[];
extern const char ty_prose_ja[], ty_prose_zh[], ty_prose_traditional_zh[], ty_prose_ko[];

#endif
