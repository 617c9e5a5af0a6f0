/* SPDX-License-Identifier: Apache-2.0 */
/*
 * choice - what is told of the hits of a look-up: equal targets once, the best first.
 */
#ifndef TY_OPS_CHOICE_H
#define TY_OPS_CHOICE_H

#include "ops/lookup/entries.h"

/* A hit and what speaks for it. Slices lie in the list's arena. */
typedef struct ty_choice {
    int64_t id;
    ty_match_score score;
    ty_entry entry; /* the one that stands for all with the same target */
    const ty_variant *target;
    ty_slice adapted;          /* the target with the query's numbers; empty */
    double loss;               /* ty_match_loss, where the language has no blanks; else 0 */
    bool confirmed;            /* of these units, at least one */
    char date[24], told[24];   /* of the newest of them: to order by, and as the pairs tell it or "" */
    size_t count;              /* of units */
    int first_year, last_year; /* of their dates; 0: not known */
} ty_choice;

/* Zeroed to begin with. */
typedef struct ty_choices {
    TY_VECTOR(ty_choice) list;
    ty_arena arena;
} ty_choices;

/* A hit with its entry, which is in the list's arena. What offers the same text as one before becomes one
 * with it. */
ty_status ty_choices_add(ty_choices *choices, ty_slice query, const ty_match_hit *hit, const ty_entry *entry,
                         const ty_variant *target, ty_error *error);
/*
 * Best first. From a score of 95 on: by score, then confirmed ones, then the newest by date. Below: those
 * that differ in numbers and dates only, then, in a language without blanks, by what a reader finds kept,
 * else by score; then similarity, confirmed ones, the newest.
 */
void ty_choices_sort(ty_choices *choices);
/* Do two of them that are the query's very text have different targets? */
bool ty_choices_disagree(const ty_choices *choices);
void ty_choices_clear(ty_choices *choices);
void ty_choices_release(ty_choices *choices);

#endif
