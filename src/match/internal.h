/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What the files of match share: tokens as numbers, their distance, grades of sameness, the list of hits.
 */
#ifndef TY_MATCH_INTERNAL_H
#define TY_MATCH_INTERNAL_H

#include <stdlib.h>

#include "match/match.h"

/* ------------------------------------------------------------------------------------------ distance */

/* A token the other side cannot have: it equals none, not even itself. */
#define TY_TOKEN_NONE UINT32_MAX

typedef struct ty_pattern_slot {
    uint32_t token;
    uint32_t symbol; /* 1-based; 0: the slot is free */
} ty_pattern_slot;

/*
 * The tokens of a query, prepared to be compared with many texts: for each different token a bit vector of
 * the places where it stands. Holds scratch: one thread at a time. Zeroed to begin with.
 */
typedef struct ty_pattern {
    uint32_t size;  /* tokens */
    uint32_t words; /* of 64 bits in a bit vector */
    uint32_t shift; /* of the hash, to the number of slots */
    TY_VECTOR(ty_pattern_slot) slots;
    TY_VECTOR(uint64_t) bits;     /* [symbol][word]; those of symbol 0 are none */
    TY_VECTOR(uint64_t) vertical; /* [word][plus, minus] */
} ty_pattern;

ty_status ty_pattern_set(ty_pattern *pattern, const uint32_t *tokens, size_t count, ty_error *error);
void ty_pattern_release(ty_pattern *pattern);
/* The number of a token among the different ones of the pattern, from 1; 0 where it has none such. */
uint32_t ty_pattern_symbol(const ty_pattern *pattern, uint32_t token);
/*
 * Edit distance (insert, delete, substitute at cost 1) between the pattern and `count` tokens, or limit + 1
 * where it is more than `limit`.
 * G. Myers, A fast bit-vector algorithm for approximate string matching, JACM 46 (1999); in the form for
 * whole strings of H. Hyyrö, A bit-vector algorithm for computing Levenshtein and Damerau edit distances,
 * Nordic J. of Computing 10 (2003).
 */
uint32_t ty_pattern_distance(ty_pattern *pattern, const uint32_t *tokens, size_t count, uint32_t limit);

/* ------------------------------------------------------------------------------------------ scores */

/* What a pair with another word may have at most: above it stand differences in form or numbers only. */
#define TY_SCORE_FUZZY_MAX 94

/* 100 * similarity, rounded down, at most TY_SCORE_FUZZY_MAX where that is below 1. */
static inline int ty_score_of(uint32_t distance, uint32_t longest)
{
    if (distance == 0 || longest == 0)
        return 100;
    int score = (int)((uint64_t)100 * (longest - distance) / longest);
    return score < TY_SCORE_FUZZY_MAX ? score : TY_SCORE_FUZZY_MAX;
}

/* The largest distance with which a pair, the longer of which has `longest` tokens, reaches the score. */
static inline uint32_t ty_score_limit(int score, uint32_t longest)
{
    if (score > TY_SCORE_FUZZY_MAX)
        return 0;
    return (uint32_t)((uint64_t)longest * (uint32_t)(100 - score) / 100);
}

/* A text with its tokens: one side of a comparison. */
typedef struct ty_match_side {
    ty_slice text;
    const ty_text_tokens *tokens;
} ty_match_side;

bool ty_token_is_number(const ty_text_tokens *tokens, size_t number);
/* The key of a token: equal for tokens that count as equal. */
ty_slice ty_token_key(const ty_text_tokens *tokens, size_t number);
/* The score, 95 to 100, of two texts whose tokens are the same. */
ty_status ty_match_score_same(ty_match_side one, ty_match_side other, int *score, ty_error *error);

/* ------------------------------------------------------------------------------------------ hits */

/* A query with its defaults filled in. */
typedef struct ty_wanted {
    int min_score;
    size_t max_hits;
    const ty_match_query *query;
} ty_wanted;

ty_wanted ty_hits_wanted_of(const ty_match_query *query);
/* Is `a` better than `b`? */
bool ty_hits_before(const ty_match_hit *a, const ty_match_hit *b);
/* The score below which nothing can be a hit any more. */
int ty_hits_floor(const ty_match_hits *hits, const ty_wanted *wanted);
/* Puts a hit in its place if it is among the best and accepted. */
ty_status ty_hits_offer(ty_match_hits *hits, const ty_wanted *wanted, const ty_match_hit *hit,
                        ty_error *error);

/* ------------------------------------------------------------------------------------------ concordance */

/* A token of what is looked for as words. */
typedef struct ty_needle_word {
    ty_slice folded;
    ty_slice stem;    /* data NULL: only the word itself */
    ty_slice any;     /* characters one of which stands for it; data NULL: none */
    bool open_end;    /* the word may go on */
    bool inflects;    /* what follows it belongs to its word */
    bool first, last; /* of words that must stand in a row */
} ty_needle_word;

enum { TY_NEEDLE_WORDS = 63 }; /* of more the first */

/* What is looked for, folded; and scratch. Zeroed to begin with. */
typedef struct ty_needle {
    ty_search_kind kind;
    ty_buffer folded; /* TY_SEARCH_TEXT */
    ty_buffer plain;  /* the text at hand, folded */
    ty_folded text;   /* and with its map */
    ty_spans spans;
    TY_VECTOR(ty_needle_word) words; /* the other kinds */
    ty_text_tokens tokens;           /* of the text at hand */
    ty_arena arena;
    char lang[16];
} ty_needle;

/* TY_NO where the text is nowhere: no well-formed UTF-8, or only white space. */
ty_status ty_needle_set(ty_needle *needle, const ty_concordance_query *query, ty_error *error);
/* For kinds that know words (phrase.c). */
ty_status ty_needle_set_words(ty_needle *needle, const ty_concordance_query *query, ty_error *error);
ty_status ty_needle_word_spans(ty_needle *needle, ty_slice text, ty_spans *spans, ty_error *error);
/* Brings the ending of the row of words that begins at `first`, the last row, down to what all forms have. */
ty_status ty_needle_loosen(ty_needle *needle, size_t first, ty_error *error);
/* May the word, folded, stand for the needle's? */
bool ty_needle_word_fits(const ty_needle *needle, const ty_needle_word *wanted, ty_slice word);
void ty_needle_release(ty_needle *needle);
ty_status ty_needle_is_in(ty_needle *needle, ty_slice text, bool *found, ty_error *error);
ty_status ty_needle_spans(ty_needle *needle, ty_slice text, ty_spans *spans, ty_error *error);
size_t ty_concordance_wanted(const ty_concordance_query *query);
/* Tells of the entry if the needle is in its text and it is accepted; counts it in *hits. */
ty_status ty_concordance_try(ty_needle *needle, const ty_concordance_query *query, int64_t id, ty_slice text,
                             ty_concordance_each each, void *payload, size_t *hits, ty_error *error);

#endif
