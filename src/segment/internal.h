/* SPDX-License-Identifier: Apache-2.0 */
/*
 * segment, inside - characters as the rules see them, language data, and the parts of the cutter.
 */
#ifndef TY_SEGMENT_INTERNAL_H
#define TY_SEGMENT_INTERNAL_H

#include "segment/segment.h"

/* ------------------------------------------------------------------------------------------ characters */

/* What a character is to the rules. Bytes that are no UTF-8 are TY_KIND_OTHER, one byte each. */
typedef enum ty_kind {
    TY_KIND_OTHER,
    TY_KIND_SPACE, /* white space, line breaks, U+200B, U+FEFF */
    TY_KIND_UPPER,
    TY_KIND_LOWER,
    TY_KIND_LETTER, /* of a script without case */
    TY_KIND_CJK,    /* Han, kana and their marks */
    TY_KIND_DIGIT,
    TY_KIND_STOP,  /* ends a sentence: . ! ? and their like */
    TY_KIND_OPEN,  /* opening bracket or quotation mark */
    TY_KIND_CLOSE, /* closing bracket or quotation mark */
    TY_KIND_QUOTE, /* " and ': either */
    TY_KIND_COMMA, /* , ; : and their like: the sentence goes on */
    TY_KIND_DASH   /* dashes and bullets, which may stand before a sentence */
} ty_kind;

extern const uint8_t ty_ascii_kinds[128];

/* The same for what is not ASCII. */
ty_kind ty_kind_wide(uint32_t code_point);
uint32_t ty_char_next_wide(const char *text, size_t *at, size_t end);
uint32_t ty_char_previous_wide(const char *text, size_t *at, size_t start);

static inline ty_kind ty_kind_of(uint32_t code_point)
{
    return code_point < 0x80 ? (ty_kind)ty_ascii_kinds[code_point] : ty_kind_wide(code_point);
}

/* The character at `at` (below end); moves past it. */
static inline uint32_t ty_char_next(const char *text, size_t *at, size_t end)
{
    unsigned char byte = (unsigned char)text[*at];
    if (byte < 0x80) {
        ++*at;
        return byte;
    }
    if (byte >= 0xE3 && byte <= 0xE9 && end - *at > 2) { /* most of CJK; a stray tail is left to the others */
        unsigned char second = (unsigned char)text[*at + 1], third = (unsigned char)text[*at + 2];
        if ((second & 0xC0) == 0x80 && (third & 0xC0) == 0x80) {
            *at += 3;
            return (byte & 0x0Fu) << 12 | (second & 0x3Fu) << 6 | (third & 0x3Fu);
        }
    }
    return ty_char_next_wide(text, at, end);
}

/* The character that ends at `at` (above start); moves before it. */
static inline uint32_t ty_char_previous(const char *text, size_t *at, size_t start)
{
    unsigned char byte = (unsigned char)text[*at - 1];
    if (byte >= 0x80)
        return ty_char_previous_wide(text, at, start);
    --*at;
    return byte;
}

/* Kinds of the characters at, and before, an offset; TY_KIND_SPACE beyond the ends. */
static inline ty_kind ty_kind_at(const char *text, size_t at, size_t end)
{
    return at < end ? ty_kind_of(ty_char_next(text, &at, end)) : TY_KIND_SPACE;
}

static inline ty_kind ty_kind_before(const char *text, size_t at, size_t start)
{
    return at > start ? ty_kind_of(ty_char_previous(text, &at, start)) : TY_KIND_SPACE;
}

static inline size_t ty_skip_space(const char *text, size_t at, size_t end)
{
    while (at < end) {
        size_t next = at;
        if (ty_kind_of(ty_char_next(text, &next, end)) != TY_KIND_SPACE)
            break;
        at = next;
    }
    return at;
}

/* The end of [start, end) without trailing white space. */
static inline size_t ty_trim_space(const char *text, size_t start, size_t end)
{
    while (end > start) {
        size_t before = end;
        if (ty_kind_of(ty_char_previous(text, &before, start)) != TY_KIND_SPACE)
            break;
        end = before;
    }
    return end;
}

static inline bool ty_is_cjk_stop(uint32_t code_point) /* 。！？｡, and the first three upright */
{
    return code_point == 0x3002 || code_point == 0xFF01 || code_point == 0xFF1F || code_point == 0xFF61 ||
           code_point == 0xFE12 || code_point == 0xFE15 || code_point == 0xFE16;
}

/* The highest bit of each of the eight bytes at p that is no small letter, with `fold` (0x20 in each byte)
 * no letter, of ASCII; the first byte is the lowest. */
static inline uint64_t ty_no_letters(const char *p, uint64_t fold)
{
    uint64_t word;
    memcpy(&word, p, sizeof word);
#if __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__
    word = __builtin_bswap64(word);
#endif
    const uint64_t ones = 0x0101010101010101u, highs = ones * 0x80;
    uint64_t low = (word & ~highs) | fold;
    return (~(low + ones * (0x80 - 'a')) | (low + ones * (0x80 - 'z' - 1)) | word) & highs;
}

/* How many letters of ASCII stand at p, and how many small ones end at p: up to eight, without a branch a
 * letter, which a processor would guess wrong at the end of nearly every word. */
static inline unsigned ty_letters_at(const char *p)
{
    uint64_t others = ty_no_letters(p, 0x2020202020202020u);
    return others ? (unsigned)__builtin_ctzll(others) / 8 : 8;
}

static inline unsigned ty_small_letters_before(const char *p)
{
    uint64_t others = ty_no_letters(p - 8, 0);
    return others ? (unsigned)__builtin_clzll(others) / 8 : 8;
}

/* ------------------------------------------------------------------------------------------ scanning */

/*
 * Offset of the next byte in [at, end) where a character begins that the rules must look at, or `end`: a
 * terminator of any script, an opening bracket. Finds a few others too. SIMD where the machine has it, which
 * may read up to `limit`, the end of the text; so with the other scans.
 */
size_t ty_scan_candidate(const char *text, size_t at, size_t end, size_t limit);
/* Offset of the next colon, : or ：, or `end`. */
size_t ty_scan_colon(const char *text, size_t at, size_t end, size_t limit);
/* Offset of the next " or ‘, or `end`. */
size_t ty_scan_quote(const char *text, size_t at, size_t end, size_t limit);
/* Offset of the next line break (LF, VT, FF, CR, U+0085, U+2028, U+2029), or `end`; and past it, CR LF as
 * one. */
size_t ty_scan_line_end(const char *text, size_t at, size_t end);
size_t ty_scan_skip_line_end(const char *text, size_t at, size_t end);

/* ------------------------------------------------------------------------------------------ language data */

/* Classes of words: the sections of data/LANG.txt, where they are explained. */
typedef enum ty_word_class {
    TY_WORD_TITLE = 1,
    TY_WORD_BEFORE_NUMBER = 2,
    TY_WORD_MONTH = 4,
    TY_WORD_MAY_END = 8,
    TY_WORD_NEVER_ENDS = 16,
    TY_WORD_STARTER = 32,
    TY_WORD_REPORTING = 64,
    TY_WORD_SPEAKER = 128,
    TY_WORD_FIELD = 256,
    TY_WORD_PARTICLE = 512,
    TY_WORD_EXCLAIMS = 1024,
    TY_WORD_BEFORE_ORDINAL = 2048,
    TY_WORD_AFTER_ORDINAL = 4096,
    TY_WORD_PREPOSITION = 8192,
    TY_WORD_UNIT = 1 << 14,
    TY_WORD_COMPANY = 1 << 15,
    TY_WORD_HEADING = 1 << 16,
    TY_WORD_AUXILIARY = 1 << 17,
    TY_WORD_QUOTING = 1 << 18,
    TY_WORD_STANDALONE = 1 << 19,
    TY_WORD_PRONOUN = 1 << 20,
    TY_WORD_FINAL = 1 << 21,
    TY_WORD_OUTLET = 1 << 22,
    TY_WORD_JOINING = 1 << 23
} ty_word_class;

typedef enum ty_trait {
    TY_TRAIT_UNSPACED = 1, /* no blanks between words */
    TY_TRAIT_ORDINALS = 2, /* "3." is "third" */
    TY_TRAIT_BLANKS = 4    /* before question and exclamation marks */
} ty_trait;

#define TY_WORD_MAX 24 /* bytes of the longest word in a table */

typedef struct ty_word_entry {
    const char *word; /* lower case, without its full stop; NULL: an empty slot */
    uint32_t size;
    uint32_t classes;
    uint32_t capital; /* those of `classes` that want a capital in the text */
} ty_word_entry;

/* A string of a script that has no blanks: matched where it stands. */
typedef struct ty_phrase {
    const char *text;
    uint32_t size, classes;
} ty_phrase;

typedef struct ty_language {
    const char *name;
    const ty_word_entry *words; /* open addressing, FNV-1a, mask + 1 slots */
    uint32_t mask;
    uint32_t abbreviations[32]; /* by first letter: bit n is set when one has n bytes */
    const ty_phrase *phrases;   /* in the order of their bytes; ends with an empty one */
    size_t phrase_count;
    unsigned traits;
} ty_language;

extern const ty_language ty_language_table[]; /* generated from data; ends with one without a name */

/* By the primary subtag; the language "und" when we have no data for it. */
const ty_language *ty_language_find(ty_slice tag);
/* The classes of a word as it stands in the text; 0 when it is unknown. */
unsigned ty_word_classes(const ty_language *language, const char *word, size_t size);
/* The longest phrase of these classes that begins at `at` (ends at `end`), as a size; 0 when there is none.
 */
size_t ty_phrase_begins(const ty_language *language, unsigned classes, const char *text, size_t at,
                        size_t end);
size_t ty_phrase_ends(const ty_language *language, unsigned classes, const char *text, size_t start,
                      size_t end);

/* ------------------------------------------------------------------------------------------ decisions */

/*
 * Names in capitals that speak in a text, by a hash of the label: those that stand before a colon at the head
 * of two turns or more, and those that have a title elsewhere. Read from the beginning of the text
 * (speakers.c).
 */
#define TY_SPEAKERS_MAX 64
typedef struct ty_speakers {
    uint32_t hashes[TY_SPEAKERS_MAX], count;
} ty_speakers;

void ty_speakers_find(ty_speakers *speakers, const ty_language *latin, ty_slice text);
bool ty_speakers_know(const ty_speakers *speakers, ty_slice label);

/* A paragraph being cut. Offsets go into `text`. */
typedef struct ty_cut {
    const ty_language *language; /* of the text */
    const ty_language *latin;    /* for words in Latin script: `language`, English where it has none */
    const ty_speakers *speakers; /* of the text */
    bool keep_quotations, inline_lists;
    bool broken; /* the paragraph, over several lines */
    const char *text;
    size_t limit;  /* of the text */
    size_t start;  /* of the present sentence */
    size_t end;    /* of the paragraph, without trailing white space */
    size_t quoted; /* end of the quotation that ty_quote_is_quoted found last */
} ty_cut;

/*
 * A terminator stands at `at`. Moves *at past it and whatever belongs to it (more terminators, closing
 * marks), and tells whether the sentence ends there.
 */
bool ty_spaced_ends(const ty_cut *cut, size_t *at);
bool ty_cjk_ends(const ty_cut *cut, size_t *at);
/* An opening bracket stands at `at`: moves *at past it, or past its partner where nothing inside may end the
 * sentence. True when the sentence ends behind the partner. */
bool ty_bracket_ends(const ty_cut *cut, size_t *at);
/* Past more terminators and closing marks at `at`; *quoted is set when a quotation mark or bracket was among
 * them. */
size_t ty_quote_skip_closers(const ty_cut *cut, size_t at, bool *quoted);
/* The end of the speaker label with which the text at `start` begins, or `start`. */
size_t ty_label_end(const ty_cut *cut, size_t start);
/* The start of the next item of the list that begins at `item`, or the end of the paragraph. */
size_t ty_list_next(const ty_cut *cut, size_t item);
/* Is `at` inside a quotation that closes before the paragraph ends? */
bool ty_quote_is_quoted(ty_cut *cut, size_t at);
/* Is it inside a short quotation in "" or ‘’ behind which the sentence goes on in small letters? */
bool ty_quote_is_nested(const ty_cut *cut, size_t at);

/* ------------------------------------------------------------------------------------------ paragraphs */

/* How lines make paragraphs. */
typedef struct ty_layout {
    ty_paragraph_mode mode; /* AUTO: lines that are as full as `width` go on in the next */
    size_t width;           /* columns at which the text is wrapped */
} ty_layout;

/* Looks at the first 64 KiB. Never TY_PARAGRAPHS_AUTO with width 0. */
ty_layout ty_layout_find(ty_slice text, ty_paragraph_mode mode);
typedef struct ty_paragraph {
    size_t start, end; /* bytes; no white space at either end */
    bool broken;       /* over several lines */
} ty_paragraph;

/* Where the first paragraph begins that has a line in front of it in [at, end) which belongs to none; with a
 * paragraph a line, any in front of it. SIZE_MAX where there is none. */
size_t ty_paragraph_seek(ty_slice text, const ty_layout *layout, size_t at, size_t end);

/* The paragraph that begins at or after *at: false when there is none. *at moves behind it. */
bool ty_paragraph_next(ty_slice text, const ty_layout *layout, size_t *at, ty_paragraph *out);

/* ------------------------------------------------------------------------------------------ the segmenter */

/* SRX rules compiled for one language. */
typedef struct ty_srx_program ty_srx_program;

ty_status ty_srx_compile(const ty_srx *srx, ty_slice lang, ty_srx_program **out, ty_error *error);
void ty_srx_program_free(ty_srx_program *program);
/* Readies the program for a paragraph; false when there is no memory left. */
bool ty_srx_prepare(ty_srx_program *program, ty_slice text, size_t start, size_t end);
/* The next break behind `at` in the paragraph [start, end), or `end`. */
size_t ty_srx_next(ty_srx_program *program, ty_slice text, size_t start, size_t at, size_t end);

struct ty_segmenter {
    const ty_language *language, *latin;
    ty_paragraph_mode paragraphs;
    bool keep_quotations, inline_lists;
    ty_srx_program *srx; /* NULL: our own rules */
    /* of a stream */
    ty_buffer waiting;  /* what is not cut yet */
    size_t offset;      /* of `waiting` in the whole text */
    size_t seen;        /* bytes of `waiting` that were looked through for a paragraph's end */
    uint32_t paragraph; /* number of the next */
    bool laid_out;      /* `layout` and `speakers` are known */
    ty_layout layout;
    ty_speakers speakers;
    ty_sentences found; /* of the present paragraph */
};

/* Adds the sentences of a paragraph of `text`. False when there is no memory left. */
bool ty_paragraph_cut(ty_segmenter *segmenter, ty_slice text, const ty_paragraph *paragraph, uint32_t number,
                      ty_sentences *out);

#endif
