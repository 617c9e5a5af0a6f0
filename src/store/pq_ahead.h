/* SPDX-License-Identifier: Apache-2.0 */
/* pq_ahead - the statements that can be fetched ahead, by number from 0 to below TY_PQ_EXPECTED. */
#ifndef TY_STORE_PQ_AHEAD_H
#define TY_STORE_PQ_AHEAD_H

#include "store/pq.h"

/* What is asked for together. */
typedef enum ty_pq_share {
    TY_PQ_OF_STATE = 1,
    TY_PQ_OF_TEXTS = 2,
    TY_PQ_OF_UNITS = 4,
    TY_PQ_OF_NEIGHBOURS = 8,
    TY_PQ_OF_WALK = 16,
    TY_PQ_OF_ZONES = 32,
    TY_PQ_OF_EDIT = 64,
    TY_PQ_OF_TURN = 128 /* what every step looks at */
} ty_pq_share;

/* The shares it belongs to; 0: there are fewer statements. */
unsigned ty_pq_ahead_of(size_t kind);
bool ty_pq_ahead_has_keys(size_t kind);
/* Its text for many keys, a list of which is $1. */
void ty_pq_ahead_text(size_t kind, ty_buffer *out);

#endif
