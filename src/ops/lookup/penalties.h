/* SPDX-License-Identifier: Apache-2.0 */
/*
 * penalties - why a match is worth less than its score says, by rules that can be set. docs/matching.md has
 * their grammar.
 */
#ifndef TY_OPS_PENALTIES_H
#define TY_OPS_PENALTIES_H

#include "ops/internal.h"

typedef enum ty_penalty_kind {
    TY_PENALTY_CONFIDENCE, /* the aligner was not sure */
    TY_PENALTY_MACHINE,    /* a machine translated it, and nobody has touched it since */
    TY_PENALTY_TAGS,       /* other inline codes than the query */
    TY_PENALTY_AGE,
    TY_PENALTY_ORIGIN,
    TY_PENALTY_UNCONFIRMED, /* the file it came from did not call it checked, and nobody has here */
    TY_PENALTY_OUTSIDE,     /* that file called it a draft, and it was taken all the same */
    TY_PENALTY_KINDS
} ty_penalty_kind;

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
} ty_penalised;

/* What the rules take off, into out[TY_PENALTY_KINDS], each kind at most once; returns how many. */
size_t ty_penalties_find(const ty_penalty_rules *rules, const ty_penalised *pair, ty_penalty *out);

#endif
