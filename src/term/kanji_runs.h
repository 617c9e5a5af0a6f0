/* SPDX-License-Identifier: Apache-2.0 */
/*
 * kanji_runs - a run of kanji cut into words in the cheapest way.
 *
 * A word of data/kanji-words.txt or a term costs 1, an affix of data/kanji-affixes.txt a little more, what
 * nobody knows most. Of ways that cost the same the one with pieces of like length is taken
 * (防衛大臣|記者会見, not 防衛|大臣記者会見), then the one with the longer pieces last, since Japanese
 * compounds put what they are at the end (日米|共同声明).
 *
 * The search is that of word lattices in morphological analysis (Kudo, Yamamoto, Matsumoto 2004), with word
 * lists in the place of learnt costs: the answer depends on our own data only.
 */
#ifndef TY_TERM_KANJI_RUNS_H
#define TY_TERM_KANJI_RUNS_H

#include "term/internal.h"

enum { TERM_RUN_MAX = 64, TERM_PIECE_MAX = 24, TERM_KANJI_WORD_MAX = 4 };

/* A run of kanji and what each piece of it costs. */
typedef struct term_kanji_run {
    size_t start, end, count; /* bytes; characters */
    uint32_t bytes[TERM_RUN_MAX + 1];
    uint32_t chars[TERM_RUN_MAX];
    uint8_t longest[TERM_RUN_MAX]; /* length of the longest piece offered there: most are short */
    float cost[TERM_RUN_MAX][TERM_PIECE_MAX + 1];      /* of the piece from a character on, by its length */
    uint8_t is_term[TERM_RUN_MAX][TERM_PIECE_MAX + 1]; /* is it a term? */
    float before[TERM_RUN_MAX + 1], behind[TERM_RUN_MAX + 1];
} term_kanji_run;

/* The kanji of three well-formed bytes, or 0. */
static inline uint32_t term_kanji_of(const char *bytes)
{
    const unsigned char *s = (const unsigned char *)bytes;
    uint32_t c = (uint32_t)(s[0] & 0x0F) << 12 | (uint32_t)(s[1] & 0x3F) << 6 | (s[2] & 0x3F);
    bool is_kanji = (c >= 0x4E00 && c <= 0x9FFF) || (c >= 0x3400 && c <= 0x4DBF) ||
                    (c >= 0xF900 && c <= 0xFAFF) || c == 0x3005;
    return (s[0] & 0xF0) == 0xE0 && (s[1] & 0xC0) == 0x80 && (s[2] & 0xC0) == 0x80 && is_kanji ? c : 0;
}

static inline uint32_t term_kanji_before(ty_slice text, size_t at)
{
    return at >= 3 ? term_kanji_of(text.data + at - 3) : 0;
}

static inline uint32_t term_kanji_behind(ty_slice text, size_t at)
{
    return at + 3 <= text.size ? term_kanji_of(text.data + at) : 0;
}

static inline size_t term_candidate_start(const struct ty_term_scratch *scratch, const term_candidate *found)
{
    return scratch->symbols.items[found->start].start;
}

/* Is the number a word of the list: kanji of 16 bits each? */
bool ty_term_is_kanji_word(uint64_t number);
/* Does a digit stand before the byte? */
bool ty_term_follows_numeral(ty_slice text, size_t start);

/*
 * Makes `run` the one around the byte, unless it is, with candidate number `near` among its terms; false
 * where there is none to judge by.
 */
bool ty_term_run_at(term_kanji_run *run, ty_slice text, const struct ty_term_scratch *scratch, size_t near,
                    size_t byte);
/* Is the run cut more cheaply without a piece from byte `start` to `end`? Longer terms that hold it do not
 * count. */
bool ty_term_run_cuts(const term_kanji_run *run, size_t start, size_t end);

#endif
