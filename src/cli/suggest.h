/* SPDX-License-Identifier: Apache-2.0 */
/* suggest - which word was meant by one that is none. */
#ifndef TY_CLI_SUGGEST_H
#define TY_CLI_SUGGEST_H

#include <stddef.h>

/* The word that was seen so far and is nearest: at most two letters away. */
typedef struct ty_suggestion {
    const char *word; /* what was typed */
    size_t size;
    const char *nearest; /* NULL: none */
    size_t least;
} ty_suggestion;

void ty_suggest(ty_suggestion *suggestion, const char *known);

#endif
