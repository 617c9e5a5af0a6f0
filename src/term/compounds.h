/* SPDX-License-Identifier: Apache-2.0 */
/*
 * compounds - names that are made of a head and what stands before or behind it: Common Configuration
 * Implementation Program, Office of Foreign Assets Control, 南スーダン国際平和協力業務実施計画.
 *
 * No list has all programmes, offices and committees, but a word in capitals that says what something is
 * (data/names.txt: head) takes the words in capitals beside it into its name, and a head in Japanese the run
 * of kanji and katakana before it; of nouns in a row that are listed the last is the head: security |
 * situation. Such a hit is composed: its equivalents are those of the head, and what
 * is listed of its parts is told, too.
 */
#ifndef TY_TERM_COMPOUNDS_H
#define TY_TERM_COMPOUNDS_H

#include "term/names.h"

/* A hit, number `first` of the scan's spots, and the text about it. */
typedef struct term_compound {
    const ty_term_index *index;
    ty_slice text;
    const ty_term_scan *scan;
    size_t first;
    ty_span span;
} term_compound;

/* The hit with what its name is made of; its own span where there is nothing. */
ty_span ty_term_compound_in_english(const term_compound *hit);
ty_span ty_term_compound_in_japanese(const term_compound *hit);

#endif
