/* SPDX-License-Identifier: Apache-2.0 */
/* index_image - the layout of an index that is kept: a head, its parts, and a checksum of each block of them.
 */
#ifndef TY_TERM_INDEX_IMAGE_H
#define TY_TERM_INDEX_IMAGE_H

#include "term/internal.h"

enum {
    TERM_PART_ENTRIES,      /* term_record */
    TERM_PART_TEXTS,        /* bytes */
    TERM_PART_LANGS,        /* bytes: of each its size, as u32, and itself */
    TERM_PART_WORD_OFFSETS, /* u32 a word of the alphabet, and one: where it begins */
    TERM_PART_WORDS,        /* bytes */
    TERM_PART_WORD_SLOTS,   /* u32 [power of two]: hash table of words, number + 1 */
    TERM_PART_PAGES,        /* u32 [256] */
    TERM_PART_CELLS,        /* u32 */
    TERM_PART_BITS,         /* u16 a symbol of all keys */
    TERM_PART_KEYS,         /* term_key */
    TERM_PART_BY_CONCEPT,   /* u32 an entry */
    TERM_PART_NODES,        /* term_node */
    TERM_PART_SLOTS,        /* u64 [power of two] */
    TERM_PART_TARGETS,      /* u32 beside them */
    TERM_PART_ROOT,         /* u32 a symbol, and one */
    TERM_PART_SUMS,         /* u64 a block of all that is before, the head aside */
    TERM_PART_COUNT
};

typedef struct term_image {
    char magic[8];
    uint32_t version, byte_order;
    uint64_t size, checksum; /* of the head, with 0 in this place, and of the sums */
    uint64_t data;           /* digest of what an index is made by */
    uint32_t item_sizes[TERM_PART_COUNT];
    uint64_t counts[TERM_PART_COUNT];      /* items of the parts */
    uint64_t offsets[TERM_PART_COUNT + 1]; /* of the parts, each a multiple of 64, and the end */
} term_image;

/* Does nothing in it lead out of it, or around in a circle? (index_holds.c) */
bool ty_term_image_holds(const ty_term_index *index);

#endif
