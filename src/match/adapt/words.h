/* SPDX-License-Identifier: Apache-2.0 */
/* words - lists of the words around numbers, as data/ has them. */
#ifndef TY_MATCH_ADAPT_WORDS_H
#define TY_MATCH_ADAPT_WORDS_H

#include <stddef.h>

/* A word, and what belongs to it; "" where nothing does. */
typedef struct ty_adapt_word {
    const char *text, *other;
} ty_adapt_word;

typedef struct ty_adapt_list {
    const ty_adapt_word *items;
    size_t count;
} ty_adapt_list;

/* What is counted: in Japanese, in English. */
extern const ty_adapt_list ty_adapt_counted;

extern const ty_adapt_list ty_adapt_en_small, ty_adapt_en_tens, ty_adapt_en_ordinals, ty_adapt_en_fractions,
    ty_adapt_en_months, ty_adapt_en_weekdays, ty_adapt_en_ranks, ty_adapt_en_headings, ty_adapt_en_verbs,
    ty_adapt_en_before, ty_adapt_en_behind;
extern const ty_adapt_list ty_adapt_ja_weekdays, ty_adapt_ja_weekday_symbols, ty_adapt_ja_ranks,
    ty_adapt_ja_services, ty_adapt_ja_ranks_of_services, ty_adapt_ja_endings, ty_adapt_ja_before,
    ty_adapt_ja_behind;

#endif
