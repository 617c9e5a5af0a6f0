/* SPDX-License-Identifier: Apache-2.0 */
/*
 * names - a term and what stands beside it as one name: Rear Adm. Dan Martin, Mogami-class frigate,
 * フリゲート艦「バイエルン」.
 *
 * No list has all persons, ships, classes and bases, but the words beside them say what they are. The
 * equivalents of such a hit are those of the term.
 */
#ifndef TY_TERM_NAMES_H
#define TY_TERM_NAMES_H

#include "term/internal.h"

/* What is asked of a hit; `before` and `next` are the hits beside it, `floor` is where the former ends. */
typedef struct term_named {
    ty_slice text;
    ty_span span, before, next;
    size_t floor;
    const term_record *record;
} term_named;

/* The words of that kind (data/names.txt), ending in an empty one. */
const ty_slice *ty_term_name_words(const char *lang, const char *kind);
/* Is the slice one of the words of that kind, or does it end in one behind a blank (in Japanese, anyhow)? */
bool ty_term_is_name_word(const char *lang, const char *kind, ty_slice word);
bool ty_term_ends_name_word(const char *lang, const char *kind, ty_slice text);

/* The hit with its name: between its neighbours, but it takes the countries of "Japan-U.S. Summit" and the
 * ship behind its class. */
ty_span ty_term_name_around_english(const term_named *hit);
ty_span ty_term_name_around_japanese(const term_named *hit);

/* Can the word be read in Japanese syllables (romaji.c)? No is sure, yes is not. */
bool ty_term_may_be_japanese(ty_slice name);
/* Is the name that follows a rank or title at once, up to three words in capitals, no Japanese one? */
bool ty_term_is_foreigner_behind(ty_slice text, size_t end);

/* The hit with the number beside it (numbered.c). */
ty_span ty_term_with_number(ty_slice text, ty_span span, bool japanese);

/* What is held every year with the year or the number behind it: Resolute Dragon 24, リムパック2024. */
ty_span ty_term_with_year(ty_slice text, ty_span span, bool japanese);

/* Makes the spots [first, last) stand for the span; hits that it has swallowed stand inside it, behind
 * them. */
void ty_term_swallow(ty_term_scan *scan, size_t first, size_t last, ty_span span);

#endif
