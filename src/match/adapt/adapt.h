/* SPDX-License-Identifier: Apache-2.0 */
/*
 * adapt - what the files that adapt numbers share: values read from a text, and notations they are written
 * in.
 *
 * A text is read for every value it has, not only for those that can be written anew: what nobody can place
 * is what makes an adaptation wrong. Offsets are bytes of the text folded by width.
 */
#ifndef TY_MATCH_ADAPT_H
#define TY_MATCH_ADAPT_H

#include <stdlib.h>

#include "match/adapt/words.h"
#include "match/match.h"

typedef enum ty_value_kind {
    TY_VALUE_COUNT,
    TY_VALUE_ORDINAL,
    TY_VALUE_YEAR,    /* of the common era, whatever calendar it is written in */
    TY_VALUE_MONTH,   /* 1..12 */
    TY_VALUE_DAY,     /* of a month */
    TY_VALUE_WEEKDAY, /* 0 Sunday .. 6 */
    TY_VALUE_HOLIDAY, /* 祝: of this day only */
    TY_VALUE_TIME,    /* minutes since midnight */
    TY_VALUE_PERCENT,
    TY_VALUE_FRACTION, /* numerator + 1000 * denominator */
    TY_VALUE_RANK,     /* 2等陸佐, 1st Lieutenant: a name, not a number */
    TY_VALUE_NAME      /* CH-47, an address: its text is its value */
} ty_value_kind;

typedef struct ty_value {
    size_t start, end;
    ty_value_kind kind;
    double number;
    int unit;   /* what is counted, the same number in every language; 0: not known */
    bool weak;  /* a word that need not say a number: one, 初めて */
    bool again; /* the year before, once more in another calendar: 平成27（2015）年 */
} ty_value;

typedef struct ty_reading {
    ty_slice original, lang;
    bool english, japanese, spaced; /* the language, told from `lang`; with blanks between words */
    ty_folded fold;
    ty_slice text; /* folded by width */
    TY_VECTOR(ty_value) values;
} ty_reading;

ty_status ty_adapt_read(ty_slice text, ty_slice lang, ty_reading *out, ty_error *error);
void ty_adapt_release(ty_reading *reading);
ty_slice ty_adapt_span(const ty_reading *reading, size_t number);
/* The text before a value, or, for the number behind the last, at the end. */
ty_slice ty_adapt_gap(const ty_reading *reading, size_t number);
/* Does the text go on with `literal` at `at`? */
bool ty_adapt_is(ty_slice text, size_t at, const char *literal);

/* ------------------------------------------------------------------------------------------ reading */

/*
 * The values that ty_numbers_find does not know: weekdays, designations, addresses, eras without 年, Roman
 * and circled figures, fractions in words. The value that begins at `at`: true, and `out`.
 */
bool ty_adapt_find_word(const ty_reading *reading, size_t at, ty_value *out);
/* What is counted by a number that ends at `end`; 0 where it is not known. */
enum { TY_UNIT_DAY = 4 };
int ty_adapt_unit(const ty_reading *reading, size_t end);

/* ------------------------------------------------------------------------------------------ calendar */

/* A day or a part of it; month and day 0: not known. */
typedef struct ty_date {
    int year, month, day;
} ty_date;

bool ty_date_exists(ty_date date);
int ty_date_weekday(ty_date date); /* 0 Sunday; of a whole date */
/*
 * The era of a date and its year in it; NULL where the date, as far as it is known, may lie in two
 * (data/eras.txt).
 */
const char *ty_date_era(ty_date date, int *year);
/* Years in which two eras meet. */
bool ty_date_eras_meet(int year);
/* The names of an era: its kanji, in letters, by a letter (平成, Heisei, H). */
enum { TY_ERA_NAMES = 3 };
/* An era by its first day; the oldest first. */
typedef struct ty_era {
    const char *names[TY_ERA_NAMES];
    ty_date first;
} ty_era;
extern const ty_era ty_adapt_eras[];
extern const size_t ty_adapt_era_count;
const char *ty_era_name(const char *era, int which);
/* The era whose name, of any of the three kinds, stands at `at`: its first year; *end behind the name. 0:
 * none. */
int ty_era_at(ty_slice text, size_t at, int which, size_t *end);

/* ------------------------------------------------------------------------------------------ numerals */

enum { TY_ROMAN_MOST = 39, TY_ROMAN_SIZE = 8 }; /* XXXVIII and its NUL */
/* A number from 1 to TY_ROMAN_MOST in Roman figures: `letters`. */
const char *ty_roman(int number, char letters[TY_ROMAN_SIZE]);

typedef enum ty_numeral_style {
    TY_NUMERAL_DIGITS,
    TY_NUMERAL_SCALED_JA,  /* 1億2000万, 1万5,000 */
    TY_NUMERAL_DECIMAL_JA, /* 1.2兆 */
    TY_NUMERAL_THOUSAND,   /* 5千 */
    TY_NUMERAL_PLACES,     /* 二〇二一 */
    TY_NUMERAL_KANJI,      /* 二十一 */
    TY_NUMERAL_WORDS,      /* three, twenty-one, eight hundred */
    TY_NUMERAL_SCALED_EN,  /* 1.5 million */
    TY_NUMERAL_ORDINAL,    /* 3rd */
    TY_NUMERAL_ORDINAL_WORDS,
    TY_NUMERAL_ROMAN,   /* Ⅳ */
    TY_NUMERAL_LETTERS, /* IV */
    TY_NUMERAL_CIRCLED, /* ④ */
    TY_NUMERAL_STYLES
} ty_numeral_style;

typedef struct ty_numeral {
    ty_numeral_style style;
    bool grouped; /* 1,500 */
    bool capital; /* Three */
    int width;    /* least number of digits: 2 for 05 */
    bool starved; /* there was no memory to find it out */
} ty_numeral;

/* Appends the number in the notation; false where the notation cannot say it. */
bool ty_numeral_write(ty_numeral notation, double number, ty_buffer *out);
/* The notation in which the number reads as `text`; false where there is none. */
bool ty_numeral_of(ty_slice text, double number, ty_numeral *out);

/* ------------------------------------------------------------------------------------------ the target */

/* What becomes of a value of the target. */
typedef struct ty_fate {
    size_t source; /* its counterpart in the source, or SIZE_MAX: computed, or of no account */
    double number; /* that it is to say */
} ty_fate;

/* Finds the counterpart of every value of the target; false where one has none, or a changed one of the
 * source is nowhere. `fates`: one for each value of the target. */
bool ty_adapt_pair(const ty_reading *query, const ty_reading *source, const ty_reading *target,
                   ty_fate *fates);

/* The date that a value of a reading belongs to, with other numbers for its values if `numbers` is not NULL.
 */
ty_date ty_adapt_date(const ty_reading *reading, size_t number, const double *numbers);

/* Appends the target with the numbers of the fates, in its own notations; false where that is not certain. */
bool ty_adapt_write(const ty_reading *query, const ty_reading *source, const ty_reading *target,
                    const ty_fate *fates, ty_buffer *out);
/* A value of the kinds that are more than a numeral: years, months, weekdays, times, fractions. */
bool ty_adapt_write_calendar(const ty_reading *target, size_t number, double wanted, ty_date was, ty_date is,
                             ty_buffer *out);

#endif
