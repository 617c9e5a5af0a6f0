/* SPDX-License-Identifier: Apache-2.0 */
/*
 * numbers.h - what the files that find numbers share. Offsets here are bytes of the text folded by width.
 */
#ifndef TY_TEXT_NUMBERS_H
#define TY_TEXT_NUMBERS_H

#include "text/internal.h"

typedef struct number_scan {
    ty_slice text; /* folded by width */
    const ty_folded *map;
    ty_numbers *out;
    const char *lang;   /* primary subtag */
    bool comma_decimal; /* 1.234,5 rather than 1,234.5 */
    size_t last_end;    /* of the last number, in the folded text */
    bool failed;
} number_scan;

/* A numeral without its unit: 26000 of 2万6,000人. */
typedef struct number_amount {
    double value;
    size_t end;
    size_t kanji;  /* kanji numerals in it */
    size_t digits; /* European digits of its first figure; 0 where it begins in kanji */
    bool grouped;  /* 26,000 or 1.5: no year */
    bool scaled;   /* with 万, 億, ... */
} number_amount;

/* What data/LANG.txt knows of numbers in words, and of months. */
typedef enum number_word_kind {
    NUMBER_NONE,
    NUMBER_SMALL,
    NUMBER_TENS,
    NUMBER_SCALE,
    NUMBER_ORDINAL
} number_word_kind;

typedef struct number_word {
    char text[12]; /* within, so that a look at the first letters is a short step */
    double value;
    number_word_kind kind;
} number_word;

typedef struct month_name {
    const char *text;
    int month;
    bool doubtful; /* a word or a name as well: only beside a figure or behind a preposition */
} month_name;

typedef struct month_names {
    const char *lang;
    const month_name *list; /* text NULL at the end */
} month_names;

extern const number_word ty_number_words[]; /* English; text empty at the end */
extern const month_names ty_month_names[];  /* English first; lang NULL at the end */
extern const char *const ty_number_exceptions_ja[];
extern const char *const ty_before_months[]; /* in English; NULL ends it */

/* Eras of Japan, the last first: a name, and the year that was its first; a NULL ends them. */
typedef struct number_era {
    const char *name;
    int first;
} number_era;

extern const number_era ty_number_eras_en[], ty_number_eras_ja[]; /* NULL at the end */

/* The code point at the offset, 0 at the end or for what is no UTF-8. */
uint32_t ty_number_peek(const number_scan *scan, size_t at);
/* Moves *at past the literal if it stands there. */
bool ty_number_literal(const number_scan *scan, size_t *at, const char *literal);
/* Moves *at past the word, ASCII letters of any case, if it stands there whole. */
bool ty_number_word_is(const number_scan *scan, size_t *at, const char *word);
void ty_number_add(number_scan *scan, size_t start, size_t end, ty_number_kind kind, double value);

/* European digits with groups and decimals; returns the end, or `at` where there are none. */
size_t ty_number_figures(const number_scan *scan, size_t at, number_amount *amount);
/* Figures or kanji numerals or both mixed; false where there are none. */
bool ty_number_amount_at(const number_scan *scan, size_t at, number_amount *amount);

/* Each takes what begins at `at` and returns its end, or `at` where it is no number. */
size_t ty_number_japanese(number_scan *scan, size_t at); /* begins with kanji */
size_t ty_number_english(number_scan *scan, size_t at);  /* begins a word */
/* What a figure is by what follows it. */
size_t ty_number_japanese_unit(number_scan *scan, size_t start, const number_amount *amount);
size_t ty_number_english_unit(number_scan *scan, size_t start, const number_amount *amount);
/* "a.m." and "p.m." behind a clock time: moves *at past it and turns the hour; false where there is none. */
bool ty_number_half_day(const number_scan *scan, size_t *at, double *minutes);

#endif
