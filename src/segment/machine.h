/* SPDX-License-Identifier: Apache-2.0 */
/*
 * machine - many regular expressions at once, for SRX rules.
 *
 * SRX asks only whether an expression matches up to, or from, a place in the text, which is a question about
 * regular languages. So the expressions (ICU's dialect, without look-around and back references) become one
 * nondeterministic automaton (Thompson 1968), run as a deterministic one whose states are made when they are
 * first needed. Single characters are told apart by ICU itself: each class, [\p{Pe}"] for instance, is a
 * regular expression of its own that is asked once a character.
 */
#ifndef TY_SEGMENT_MACHINE_H
#define TY_SEGMENT_MACHINE_H

#include "segment/internal.h"
#include "text/text.h"

/* ------------------------------------------------------------------------------------------ characters */

#define TY_CLASSES 256 /* the last one means: too many, look at the character itself */

/* A set of characters: one, or those that a regular expression matches. */
typedef struct ty_charset {
    uint32_t only; /* TY_CODE_POINT_NONE: by `regex` */
    ty_regex *regex;
} ty_charset;

/*
 * The sets of all expressions, and the classes of characters that no set tells apart. Shared by the machines
 * of one program.
 */
typedef struct ty_charsets {
    ty_strings names; /* the source of each set */
    TY_VECTOR(ty_charset) list;
    uint8_t *members[TY_CLASSES]; /* of a class: for each set whether it has the class's characters */
    unsigned count;               /* of classes */
    uint8_t *classes;             /* of the characters of the BMP, class + 1; 0: not asked yet */
    uint8_t *scratch;             /* members of the character looked at */
    bool failed;                  /* no memory */
} ty_charsets;

/* The number of a set: of a character, or of the regular expression `source`. UINT32_MAX: it is none. */
uint32_t ty_charsets_add(ty_charsets *sets, uint32_t only, ty_slice source);
/* The class of a character, TY_CLASSES - 1 when there are too many. All sets must have been added. */
unsigned ty_charsets_class(ty_charsets *sets, uint32_t c);
/* Is the character, whose class was just asked for, in the set? */
bool ty_charsets_has(const ty_charsets *sets, unsigned class, uint32_t set);
void ty_charsets_release(ty_charsets *sets);

/* ------------------------------------------------------------------------------------------ automata */

typedef enum ty_node_kind {
    TY_NODE_SET,     /* a character of set `value`, then `next` */
    TY_NODE_SPLIT,   /* `next` and `other` */
    TY_NODE_EDGE,    /* \b: a word character on one side only */
    TY_NODE_NO_EDGE, /* \B */
    TY_NODE_AHEAD,   /* the limit of the text towards which it is read */
    TY_NODE_BEHIND,  /* the other limit: only where reading began */
    TY_NODE_ACCEPT   /* expression `value` matches */
} ty_node_kind;

typedef struct ty_node {
    ty_node_kind kind;
    uint32_t value, next, other;
} ty_node;

typedef TY_VECTOR(uint32_t) ty_numbers_list;

typedef struct ty_machine_state ty_machine_state;

typedef struct ty_machine {
    ty_charsets *sets;
    bool backwards;
    uint32_t word; /* the set \w */
    TY_VECTOR(ty_node) nodes;
    ty_numbers_list starts; /* of the expressions */
    TY_VECTOR(ty_machine_state *) states;
    uint32_t *marks, mark; /* by node: when it was last visited */
    ty_numbers_list stack, found, accepted;
    ty_machine_state *initial[4]; /* by (at the limit behind) * 2 + (word behind) */
    bool failed;                  /* no memory */
} ty_machine;

void ty_machine_init(ty_machine *machine, ty_charsets *sets, bool backwards);
/*
 * Adds an expression under a number. False when it cannot be expressed (look-around and the like): then
 * another way must be found. The machine is then as before.
 */
bool ty_machine_add(ty_machine *machine, ty_slice pattern, uint32_t number);
/*
 * Runs from `at` over [start, end), backwards or forwards, and sets the bits of the expressions that match up
 * to, or from, there. Without `bits` tells whether there is any.
 */
bool ty_machine_run(ty_machine *machine, const char *text, size_t start, size_t at, size_t end,
                    uint64_t *bits);
/* Can anything match that ends (starts) with the character next to `at`? */
bool ty_machine_alive(ty_machine *machine, const char *text, size_t start, size_t at, size_t end);
void ty_machine_release(ty_machine *machine);

/* ------------------------------------------------------------------------------------------ expressions */

/* A parsed expression. */
typedef enum ty_tree_kind {
    TY_TREE_SET,
    TY_TREE_ASSERT,
    TY_TREE_CAT, /* of its parts, perhaps none */
    TY_TREE_ALT,
    TY_TREE_REPEAT
} ty_tree_kind;

typedef struct ty_tree {
    ty_tree_kind kind;
    uint32_t value;               /* a set; a ty_assertion; the number of parts */
    int least, most;              /* of a repeat; most -1: no limit */
    struct ty_tree *first, *last; /* parts */
    struct ty_tree *sibling;
} ty_tree;

typedef enum ty_assertion { TY_ASSERT_EDGE, TY_ASSERT_NO_EDGE, TY_ASSERT_BEGIN, TY_ASSERT_END } ty_assertion;

/* NULL when the expression is outside of what automata can do, or there is no memory. */
ty_tree *ty_tree_parse(ty_slice pattern, ty_charsets *sets, ty_arena *arena);

#endif
