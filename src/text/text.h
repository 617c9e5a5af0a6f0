/* SPDX-License-Identifier: Apache-2.0 */
/*
 * text - what characters mean: encodings, folding with a map back, tokens, language tags, numbers.
 *
 * The only user of ICU, and hides it: no ICU type leaves this module. All text is UTF-8, all offsets bytes.
 */
#ifndef TY_TEXT_H
#define TY_TEXT_H

#include "base/base.h"

/* ------------------------------------------------------------------------------------------ UTF-8 */

#define TY_CODE_POINT_NONE 0xFFFFFFFFu

/*
 * The code point at *offset, which moves past it; TY_CODE_POINT_NONE for a byte that begins no well-formed
 * sequence (moves one byte). *offset must be below text.size.
 */
uint32_t ty_utf8_next(ty_slice text, size_t *offset);
/* The code point that ends at *offset, which moves before it. *offset must be above 0. */
uint32_t ty_utf8_previous(ty_slice text, size_t *offset);
void ty_utf8_add(ty_buffer *buffer, uint32_t code_point);
/* Offset of the first byte that is not well-formed UTF-8 (Unicode 15, table 3-7), or text.size. */
size_t ty_utf8_check(ty_slice text);

/* ------------------------------------------------------------------------------------------ characters */

typedef enum ty_script {
    TY_SCRIPT_OTHER,
    TY_SCRIPT_HAN,
    TY_SCRIPT_HIRAGANA,
    TY_SCRIPT_KATAKANA,
    TY_SCRIPT_LATIN,
    TY_SCRIPT_HANGUL
} ty_script;

ty_script ty_char_script(uint32_t code_point); /* ー is katakana, 々〆〇 are Han */
bool ty_char_is_space(uint32_t code_point);    /* White_Space, U+200B and U+FEFF */
bool ty_char_is_letter(uint32_t code_point);   /* letter or mark */
static inline bool ty_ascii_is_letter(char c)
{
    return (unsigned char)((c | 0x20) - 'a') < 26;
}
bool ty_char_is_ignorable(uint32_t code_point); /* what no reader sees: Default_Ignorable_Code_Point */
bool ty_char_is_upper(uint32_t code_point);
bool ty_char_is_lower(uint32_t code_point);
bool ty_char_is_digit(uint32_t code_point);       /* decimal digit of any script */
bool ty_char_is_punctuation(uint32_t code_point); /* punctuation or symbol */
int ty_char_kanji_digit(uint32_t code_point);     /* 〇, 零, 一 to 九 as a digit; -1 for any other */

/* ------------------------------------------------------------------------------------------ lines */

/*
 * Text that was broken over lines, on one line, appended: a break with the white space around it
 * becomes a blank, or nothing between characters that are written without. Other white space stays as it is.
 */
void ty_text_one_line(ty_slice text, ty_buffer *out);
/* Does the text stand on one line as it is? */
bool ty_text_is_one_line(ty_slice text);

/* What a text may have, and most have not: one look for all who would read it through to find none. */
enum {
    TY_TEXT_WIDE = 1,     /* bytes that are not ASCII */
    TY_TEXT_CONTROLS = 2, /* control characters below U+0020 but tab, LF, FF and CR */
    TY_TEXT_RARE = 4      /* perhaps characters of private use, or U+FFFE or U+FFFF */
};
unsigned ty_text_kinds(ty_slice text);

/* ------------------------------------------------------------------------------------------ encodings */

typedef struct ty_decoded {
    char encoding[40];  /* what the bytes were read as, an IANA name */
    bool contradiction; /* bytes and declaration disagree; the bytes were believed */
    bool legacy;        /* neither UTF-8, UTF-16, UTF-32 nor ASCII */
    size_t replaced;    /* bad bytes that became U+FFFD, each run of them one */
    unsigned kinds;     /* ty_text_kinds of what came of them */
} ty_decoded;

/* How bytes are to be read; zeroed: as they look. */
typedef struct ty_decoding {
    const char *told, *declared; /* by the user; by the document; or NULL */
    ty_slice lang; /* as told or declared, may be empty: among the encodings of East Asia it decides */
    bool mend;     /* a few bad bytes become U+FFFD and are counted; otherwise the first is an error */
    ty_buffer
        *own; /* holds the bytes; becomes `out`, if that is empty, where they stay as they are. Or NULL */
} ty_decoding;

/*
 * Text of unknown encoding to UTF-8, appended to `out` without BOM. Decides by `told` (a name the user gave,
 * or NULL), else BOM, byte pattern of UTF-16, `declared` (by the document: HTTP, meta, XML declaration; or
 * NULL), strict UTF-8, ISO-2022-JP escapes, a scored guess between windows-31j, EUC-JP, windows-949, GBK and
 * Big5 (ICU's detector is wrong on short Japanese). Declared Shift_JIS is read as windows-31j, as browsers do
 * (WHATWG Encoding). TY_ERR_ENCODING names the byte offset where a told or certain encoding fails, and
 * suggests
 * --encoding; TY_ERR_FORMAT for what is no text at all (NUL bytes and the like).
 */
ty_status ty_text_decode(ty_slice bytes, const char *told, const char *declared, ty_buffer *out,
                         ty_decoded *decoded, ty_error *error);
/* The same, with more to go by. With `mend`, more than one bad byte in twenty is an error all the same. */
ty_status ty_text_decode_as(ty_slice bytes, const ty_decoding *how, ty_buffer *out, ty_decoded *decoded,
                            ty_error *error);
/* UTF-8 to another encoding ("UTF-16LE", "windows-31j"); what it cannot hold is an error. No BOM is added. */
ty_status ty_text_encode(ty_slice text, const char *encoding, ty_buffer *out, ty_error *error);

/* ------------------------------------------------------------------------------------------ folding */

typedef enum ty_fold_flags {
    TY_FOLD_WIDTH = 1,  /* full- and half-width forms alike, half-width katakana joined with its marks */
    TY_FOLD_CASE = 2,   /* simple case folding */
    TY_FOLD_NFKC = 4,   /* Unicode NFKC; implies WIDTH */
    TY_FOLD_KANA = 8,   /* hiragana as katakana */
    TY_FOLD_SPACE = 16, /* runs of white space as one blank, none at either end */
    TY_FOLD_PUNCTUATION = 32, /* dashes, quotation marks, wave dashes, commas and stops of one sort alike */
    TY_FOLD_INVISIBLE = 64,   /* what no reader sees goes: soft hyphens, zero-width characters, selectors */
    TY_FOLD_ACRONYM = 128,    /* U.S. as US */
    TY_FOLD_LOWER = 256,      /* full lower case, as Python's str.lower has it */
    TY_FOLD_LOOSE = 512,  /* brackets as quotation marks, dots in the middle alike, ß as ss; with SPACE, no
                             blank between characters that are written without */
    TY_FOLD_KANJI = 1024, /* old and variant forms of kanji as the usual one: 臺 as 台 */
    TY_FOLD_FORM = TY_FOLD_NFKC | TY_FOLD_PUNCTUATION | TY_FOLD_INVISIBLE | TY_FOLD_ACRONYM,
    TY_FOLD_MATCH = TY_FOLD_FORM | TY_FOLD_LOWER, /* what the matcher takes for the same */
    TY_FOLD_SEARCH = TY_FOLD_FORM | TY_FOLD_CASE | TY_FOLD_SPACE | TY_FOLD_LOOSE | TY_FOLD_KANJI
} ty_fold_flags;

/*
 * Folded text that knows where it came from: byte i of `text` came from the original bytes
 * [map[i], map_end(i)): `starts[i]` is where the original character(s) behind it begin, `ends[i]` where they
 * end. A zeroed struct is empty; reuse saves allocation.
 */
typedef struct ty_folded {
    ty_buffer text;
    TY_VECTOR(uint32_t) starts, ends;
} ty_folded;

/* Folds `text` (replacing what `out` held). Bytes that are no UTF-8 are kept. Fails only for want of memory
 * or size. */
ty_status ty_fold(ty_slice text, unsigned flags, ty_folded *out, ty_error *error);
/* The same without a map, appended to `out`. */
ty_status ty_fold_plain(ty_slice text, unsigned flags, ty_buffer *out, ty_error *error);
void ty_folded_release(ty_folded *folded);

/* A form of a kanji that is not the usual one, and the usual one; data/kanji.txt. */
typedef struct ty_kanji_form {
    uint32_t old_form, new_form;
} ty_kanji_form;
/* The usual form of a kanji; any other character as it is. */
uint32_t ty_kanji_now(uint32_t code_point);
/* All of them, by the old form. */
const ty_kanji_form *ty_kanji_forms(size_t *count);
/* Changes with the table: what is kept of folded text holds for one table only. */
uint32_t ty_kanji_digest(void);

/* Is the text in Unicode normalisation form C (TY_OK, TY_NO; TY_ERR_NOMEM where ICU has no memory for its
 * tables)? Bytes that are no UTF-8 are passed over. */
ty_status ty_text_is_nfc(ty_slice text);

/* ------------------------------------------------------------------------------------------ tokens */

/*
 * Tokens as the matcher counts them: text folded by TY_FOLD_MATCH; a token is a maximal run of
 * letters, marks and decimal digits outside Han, Hiragana and Katakana; everything else that is not white
 * space is a token a code point. A token of digits only is the number token, and all numbers are alike.
 */
typedef struct ty_text_token {
    uint32_t start, end;         /* bytes of the original text */
    uint32_t key, key_end;       /* bytes of the tokens' key buffer; "0" for every number */
    uint32_t folded, folded_end; /* bytes of the folded text: a number's own digits */
} ty_text_token;

typedef struct ty_text_tokens {
    TY_VECTOR(ty_text_token) list;
    ty_buffer keys;
    ty_folded folded; /* the text by TY_FOLD_MATCH */
} ty_text_tokens;

ty_status ty_text_tokenize(ty_slice text, ty_text_tokens *out, ty_error *error);
void ty_text_tokens_release(ty_text_tokens *tokens);

/* ------------------------------------------------------------------------------------------ words */

typedef enum ty_text_word_kind {
    TY_WORD_NONE, /* white space, punctuation */
    TY_WORD_NUMBER,
    TY_WORD_LETTERS
} ty_text_word_kind;

typedef struct ty_text_word {
    size_t start, end; /* bytes; each begins where the one before ends */
    ty_text_word_kind kind;
} ty_text_word;

typedef TY_VECTOR(ty_text_word) ty_text_words;

/* The words of a text as a reader tells them (Unicode UAX #29; Japanese, Chinese and Thai by a dictionary),
 * and what stands between them. Replaces what `out` held. */
ty_status ty_text_words_find(ty_slice text, ty_slice lang, ty_text_words *out, ty_error *error);

/* ------------------------------------------------------------------------------------------ language tags */

/* BCP 47, leniently read: '_' for '-', any case. The language subtag in lower case: "en" of "EN_us". */
ty_slice ty_lang_primary(ty_slice tag, char buffer[16]);
/* Is the tag the range, or narrower? "en" has "EN-US", "en-US" has "en_us" but not "en-GB" (RFC 4647, 3.3.1,
 * basic filtering). An empty range has all. */
bool ty_lang_is_within(ty_slice range, ty_slice tag);
/* The same, or does the tag leave open what the range asks for? "en-US" takes "en", too (RFC 4647, 3.4,
 * lookup): who wants American English can use what is just English, but not what is British. */
bool ty_lang_matches(ty_slice range, ty_slice tag);
/* Are both tags of one language, whatever region or script they add? Not where one is empty. */
bool ty_lang_same(ty_slice one, ty_slice other);
/* Is the tag well-formed by BCP 47 (RFC 5646)? */
bool ty_lang_is_valid(ty_slice tag);
/*
 * The language of a text, told from scripts and frequent words among the languages we know (ja, zh, ko, en,
 * de, fr, es and others by their script): a primary subtag, or "" where it cannot be told. Static storage.
 */
const char *ty_lang_guess(ty_slice text);
/*
 * Can the text be of the language, by its characters? Kanji alone may be Japanese or Chinese, Latin letters
 * any of the languages that use them; three words of them at most, or none, any language.
 */
bool ty_lang_may_be(ty_slice text, ty_slice lang);
/* Is the text mostly in characters that the language is written in? Not where it has no letters. */
bool ty_lang_is_in_script(ty_slice text, ty_slice lang);
/* Are both languages written in Latin letters, or in one script of their own? */
bool ty_lang_share_script(ty_slice one, ty_slice other);
/*
 * Is the text clearly not of the language: other characters, or the frequent words of another language among
 * those we know words of (20 of them, and five times as many as of the language's own)? False where it cannot
 * be told.
 */
bool ty_lang_contradicts(ty_slice text, ty_slice lang);
/* Is the language written without spaces between words (ja, zh, th, ...)? */
bool ty_lang_is_unspaced(ty_slice tag);

/* ------------------------------------------------------------------------------------------ numbers */

typedef enum ty_number_kind {
    TY_NUMBER_PLAIN, /* 26000, 2万6,000, 十二, twelve, 1.5 */
    TY_NUMBER_YEAR,  /* 2015, 2015年, 平成27年 */
    TY_NUMBER_MONTH, /* April, 4月: value 1..12 */
    TY_NUMBER_DAY,   /* 8日 and the 8 of April 8 */
    TY_NUMBER_TIME,  /* 14時10分, 2:10 p.m., 午後2時10分: minutes since midnight */
    TY_NUMBER_PERCENT,
    TY_NUMBER_ORDINAL /* third, 3rd, 第3 */
} ty_number_kind;

typedef struct ty_number {
    size_t start, end; /* bytes of the text */
    ty_number_kind kind;
    double value;
} ty_number;

typedef TY_VECTOR(ty_number) ty_numbers;

/*
 * Numbers in running text by value, in every script and common notation of `lang` (digits of any width, kanji
 * numerals, 万 億 兆, million, eras, months, clock times, percent, number words up to a hundred), in order,
 * not overlapping.
 */
ty_status ty_numbers_find(ty_slice text, ty_slice lang, ty_numbers *out, ty_error *error);

/* ------------------------------------------------------------------------------------------ romanizing */

/* Turns words of any script into small Latin letters, by how they sound. One thread at a time. */
typedef struct ty_romanizer ty_romanizer;

ty_status ty_romanizer_new(ty_romanizer **out, ty_error *error);
void ty_romanizer_free(ty_romanizer *romanizer); /* NULL is fine */
/* Appends the letters a-z of the word; nothing for a word of a hundred letters and more. */
void ty_romanize(const ty_romanizer *romanizer, ty_slice word, ty_buffer *out);

/* The Hangul syllable that a Chinese character is read as in Korean, whatever country writes it so; 0 for one
 * that is not among those of Korean schools. */
uint32_t ty_hanja_reading(uint32_t c);

/* ------------------------------------------------------------------------------------------ regular
 * expressions */

/* A regular expression in ICU's dialect (SRX, search). Not shared between threads. */
typedef struct ty_regex ty_regex;

ty_status ty_regex_new(ty_slice pattern, ty_regex **out, ty_error *error);
void ty_regex_free(ty_regex *regex);
/* Sets the text (UTF-8, borrowed until the next set) that further calls look at. */
ty_status ty_regex_set_text(ty_regex *regex, ty_slice text, ty_error *error);
/* The next match at or after byte `from`: true and its bytes, or false. */
bool ty_regex_find(ty_regex *regex, size_t from, size_t *start, size_t *end);
/* Does it match starting exactly at byte `at`? */
bool ty_regex_matches_at(ty_regex *regex, size_t at, size_t *end);

#endif
