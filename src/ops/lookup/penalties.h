/* SPDX-License-Identifier: Apache-2.0 */
/*
 * penalties - why a match is worth less than its score says, by rules that can be set. docs/matching.md has
 * their grammar.
 */
#ifndef TY_OPS_PENALTIES_H
#define TY_OPS_PENALTIES_H

#include "ops/internal.h"

typedef struct ty_penalty_rule {
    ty_penalty_kind kind;
    int points;
    int years;        /* of an age: older than that */
    ty_slice pattern; /* of an origin's name; borrowed */
} ty_penalty_rule;

/* Of the rules of one kind that apply to a pair, the last one counts. */
typedef struct ty_penalty_rules {
    TY_VECTOR(ty_penalty_rule) list;
    char today[17]; /* a TMX date */
} ty_penalty_rules;

/* The rules in force: those of `text` (NULL: none), and our own for what it does not mention. TY_ERR_USAGE
 * for what is no rule. */
ty_status ty_penalty_rules_read(const char *text, ty_penalty_rules *out, ty_error *error);
void ty_penalty_rules_release(ty_penalty_rules *rules);

/* A pair as rules look at it. */
typedef struct ty_penalised {
    const ty_stored_unit *unit;
    const ty_variant *source, *target; /* target may be NULL */
    float confidence;                  /* of the alignment, 1 where a person vouches for it */
    size_t query_codes;
    ty_slice query_content; /* markup of the query; data NULL: only the number of its codes is known */
    bool same_text;         /* as the query: then its codes have places */
    bool adapted;           /* what is offered is not what the memory has */
} ty_penalised;

/* Have two markups the same codes by kind, one after the other, and, of the same text, at the same places? */
bool ty_codes_are_same(ty_slice one, ty_slice other, bool in_place);

/* When a pair was changed last; where it never was, its release's date, else when it was made, or came in: as
 * a TMX date, "" where nothing is known. `target` may be NULL. */
void ty_stored_pair_date(const ty_stored_unit *unit, const ty_variant *target, char out[24]);
/* The same as far as the pair itself tells it: not when it came in. */
void ty_told_pair_date(const ty_stored_unit *unit, const ty_variant *target, char out[24]);
/* What the rules take off, into out[TY_PENALTY_KINDS], each kind at most once; returns how many. */
size_t ty_penalties_find(const ty_penalty_rules *rules, const ty_penalised *pair, ty_penalty *out);

#endif
