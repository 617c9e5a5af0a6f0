/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The parts of the fuzzy index: an image of sorted entries, entries that wait to be sorted in, and the
 * counting of common tokens by rows of bits. docs/matching.md tells why.
 */
#ifndef TY_MATCH_INDEX_H
#define TY_MATCH_INDEX_H

#include <stdatomic.h>

#include "match/internal.h"

/* ------------------------------------------------------------------------------------------ entries */

/*
 * What an entry had that its tokens do not tell, as hashes: of how its tokens are written, numbers aside, and
 * of the digits of its numbers. Equal marks are necessary for the higher grades of sameness, not sufficient.
 */
typedef struct ty_match_mark {
    uint32_t form, digits;
} ty_match_mark;

ty_match_mark ty_mark_of(ty_slice text, const ty_text_tokens *tokens);
/* A number's digits, by NFKC. */
ty_slice ty_token_digits(const ty_text_tokens *tokens, size_t number);
/* The highest score two texts with the same tokens and these marks can have. */
int ty_mark_bound(ty_match_mark one, ty_match_mark other);

/*
 * Tokens as bytes, the frequent ones, with low numbers, short: below 192 a byte, then two, then five. All
 * numbers are one token; behind it stands a second code, the number's own digits as a word.
 */
#define TY_CODE_MAX 5
size_t ty_code_size(uint32_t code);
uint8_t *ty_code_put(uint8_t *at, uint32_t code);
/* The code at *at, which moves past it; TY_TOKEN_NONE at the end. */
static inline uint32_t ty_code_next(const uint8_t **at, const uint8_t *end);
/* Reads the codes of `tokens` tokens, fewer where the bytes end before. `number` is the token of numbers. */
size_t ty_code_read_all(const uint8_t *at, const uint8_t *end, uint32_t number, uint32_t *codes,
                        size_t tokens);
/* Reads the tokens alone. */
size_t ty_code_read(const uint8_t *at, const uint8_t *end, uint32_t number, uint32_t *tokens, size_t count);

enum { TY_CODE_ONE_BYTE = 192, TY_CODE_TWO_BYTES = TY_CODE_ONE_BYTE + (255 - TY_CODE_ONE_BYTE) * 256 };

static inline uint32_t ty_code_next(const uint8_t **at, const uint8_t *end)
{
    if (*at >= end)
        return TY_TOKEN_NONE;
    uint32_t code = *(*at)++;
    if (code < TY_CODE_ONE_BYTE)
        return code;
    if (code < 255)
        return *at < end ? TY_CODE_ONE_BYTE + (code - TY_CODE_ONE_BYTE) * 256 + *(*at)++ : TY_TOKEN_NONE;
    if (end - *at < 4)
        return TY_TOKEN_NONE;
    memcpy(&code, *at, sizeof code);
    *at += sizeof code;
    return code;
}

/* ------------------------------------------------------------------------------------------ image */

#define TY_ROW_COUNT 512 /* bits an entry; measured, docs/matching.md */
#define TY_ROW_NONE 0xFFFFu
#define TY_OCCURRENCES 16 /* of a frequent token in an entry that have rows of their own */

enum {
    TY_PART_STARTS,       /* u32 [length + 2]: the first entry with at least that many tokens */
    TY_PART_IDS,          /* i64 an entry */
    TY_PART_MARKS,        /* ty_match_mark an entry */
    TY_PART_OFFSETS,      /* u32 an entry and one: where its codes begin */
    TY_PART_CODES,        /* bytes */
    TY_PART_ROWS,         /* u64 [TY_ROW_COUNT][stride], a bit an entry */
    TY_PART_OWN_ROWS,     /* u16 [own_tokens][TY_OCCURRENCES]: the row of a frequent token's occurrence */
    TY_PART_WORD_OFFSETS, /* u32 a word and one */
    TY_PART_WORDS,        /* bytes of the words, token 0 (the most frequent) first */
    TY_PART_SLOTS,        /* u32 [power of two]: hash table of words, token + 1 */
    TY_PART_ODD_WORDS,    /* u32: words that TY_FOLD_SEARCH changes */
    TY_PART_LONG_IDS,     /* i64: entries with too many tokens */
    TY_PART_DIGESTS,      /* u64 a block of all that is before, the header aside */
    TY_PART_COUNT
};

typedef struct ty_image_header {
    char magic[8];
    uint32_t version, byte_order;
    uint64_t size, checksum; /* of the header, with 0 in this place, and the digests of the blocks */
    uint64_t entries, stride;
    uint32_t longest; /* tokens */
    uint32_t own_tokens, shared_row, word_count, slot_count;
    uint32_t number; /* the token of numbers, or TY_TOKEN_NONE */
    uint32_t odd_count, long_count;
    uint64_t offsets[TY_PART_COUNT + 1]; /* of the parts, each a multiple of 64, and the end */
} ty_image_header;

/* Sorted entries in one run of bytes, the same in memory and in a file. Pointers lead into it. */
typedef struct ty_image {
    ty_image_header *header; /* NULL: no entries */
    void *mapping;           /* NULL: header is of malloc */
    size_t mapping_size;
    uint32_t *starts, *offsets, *word_offsets, *slots, *odd_words;
    int64_t *ids, *long_ids;
    ty_match_mark *marks;
    uint8_t *codes;
    uint64_t *rows;
    uint16_t *own_rows;
    char *words;
    uint64_t *digests;
    ty_blocks *trust; /* NULL: made here, every block is good */
} ty_image;

/* Sets the offsets for parts of these sizes. */
void ty_image_lay_out(ty_image_header *header, const uint64_t sizes[TY_PART_COUNT]);
void ty_image_point(ty_image *image, ty_image_header *header);
void ty_image_seal(ty_image *image);
/*
 * An image over bytes that may be damaged; TY_NO when they are no image of this version and kind of machine,
 * or not whole. Only the header, the digests and the few parts that every look-up needs are read: each block
 * of TY_BLOCK_SIZE bytes is trusted when it is first used.
 */
ty_status ty_image_open(void *bytes, size_t size, ty_image *out, ty_error *error);
void ty_image_release(ty_image *image);

/* Are these bytes of the image as they were sealed? To be asked before they are used; false is kept. By many
 * threads at once. */
static inline bool ty_image_trusts(const ty_image *image, const void *from, size_t size)
{
    return ty_blocks_trust(image->trust, from, size);
}

/* Of an entry: its id, mark, and codes, whose place *codes and *end tell. */
bool ty_image_trusts_entry(const ty_image *image, uint32_t entry, const uint8_t **codes, const uint8_t **end);
/* All of it, in order: for those who read it from end to end. */
bool ty_image_trusts_all(const ty_image *image);
/* Was something else than what was sealed ever met? */
bool ty_image_is_damaged(const ty_image *image);
/* TY_OK, or that the look-up met damage: what it found is to be thrown away, and the index. */
ty_status ty_image_verdict(const ty_image *image, ty_status status, ty_error *error);

static inline size_t ty_image_entries(const ty_image *image)
{
    return image->header ? (size_t)image->header->entries : 0;
}

/* The word's token, or TY_TOKEN_NONE. */
uint32_t ty_image_word(const ty_image *image, ty_slice word);
/* The word of a token; empty where that is damaged. */
ty_slice ty_image_word_text(const ty_image *image, uint32_t token);
/* The bytes of all words, one after the other as word_offsets has them; empty where that is damaged. */
ty_slice ty_image_words(const ty_image *image);
/* Bytes that had to be checked so far: what the look-ups needed, and no more. */
size_t ty_image_checked(const ty_image *image);
/* The row of the occurrence (0-based) of a token in an entry. */
uint32_t ty_image_row(const ty_image *image, uint32_t token, uint32_t occurrence);

/* ------------------------------------------------------------------------------------------ pending */

typedef struct ty_pending_entry {
    int64_t id;
    ty_match_mark mark;
    uint32_t length; /* tokens; more than TY_MATCH_TOKENS_MAX: it has no codes */
    uint64_t codes;  /* offset */
} ty_pending_entry;

/* Ids that are gone, both ends included. */
typedef struct ty_id_range {
    int64_t first, last;
} ty_id_range;

/* Short words met lately and their tokens, so that most are found without hashing their bytes. */
enum { TY_MEMO_BITS = 14, TY_MEMO_WORD = 7 };

typedef struct ty_memo {
    uint64_t word; /* its bytes, and its size in the last; 0: free */
    uint32_t token;
} ty_memo;

struct ty_match_index {
    ty_image image;
    TY_VECTOR(ty_id_range) removed; /* of the image; in order, apart from each other */
    ty_strings words;               /* that the image does not have; numbered on from its own */
    uint32_t number;                /* the token of numbers, once there is one; else TY_TOKEN_NONE */
    TY_VECTOR(ty_pending_entry) pending;
    ty_buffer codes;
    ty_text_tokens tokens; /* scratch of add */
    ty_memo *memo;         /* the same; NULL until something is added, and after a build */
};

uint32_t ty_index_word(const ty_match_index *index, ty_slice word);
ty_slice ty_index_word_text(const ty_match_index *index, uint32_t token);
bool ty_index_removed(const ty_match_index *index, int64_t id);
static inline uint32_t ty_index_image_words(const ty_match_index *index)
{
    return index->image.header ? index->image.header->word_count : 0;
}

/* ------------------------------------------------------------------------------------------ rows */

#define TY_CHUNK_WORDS 32 /* 64-bit words of each row that are counted at a time */
#define TY_PLANES_MAX 16

/* Rows of bits to be added up. */
typedef struct ty_row_sum {
    const uint64_t *const *rows;
    size_t count;
    size_t word;     /* the first of TY_CHUNK_WORDS words */
    uint32_t planes; /* 2^(planes - 1) is more than count and more than `needed` */
    uint32_t needed;
    uint64_t *out; /* [planes][TY_CHUNK_WORDS]: bit i of the sum + 2^(planes - 1) - needed */
} ty_row_sum;

/*
 * Counts, for each bit position, the rows that have the bit. The top plane tells where `needed` is reached.
 * Harley-Seal carry-save addition (H. S. Warren, Hacker's Delight, 2nd ed., 5-1).
 */
typedef void ty_row_counter(const ty_row_sum *sum);
/* The fastest for this machine; ty_row_counter_portable gives the one for any. */
ty_row_counter *ty_row_counter_best(void);
ty_row_counter *ty_row_counter_portable(void);

/* ------------------------------------------------------------------------------------------ scratch */

/* Words as a searched string has them. */
typedef struct ty_search_phrase {
    TY_VECTOR(uint64_t) places; /* by token of the index: bit i where it may be the i-th of the string */
    TY_VECTOR(uint32_t) marked; /* tokens whose places are not 0 */
    TY_VECTOR(const uint64_t *) rows;
    ty_buffer folded;
} ty_search_phrase;

/* An entry that may reach the score. */
typedef struct ty_match_candidate {
    uint32_t entry;
    uint16_t length; /* tokens */
    uint8_t bound;   /* the highest score it can have, differences in form aside */
} ty_match_candidate;

/* An entry whose tokens are the query's. */
typedef struct ty_same {
    int64_t id;
    int bound;
} ty_same;

struct ty_match_scratch {
    ty_row_counter *counter;
    ty_text_tokens tokens, other;
    ty_pattern pattern;
    TY_VECTOR(uint32_t) numbers, occurrences;
    TY_VECTOR(const uint64_t *) rows;
    TY_VECTOR(ty_match_candidate) candidates, sorted;
    TY_VECTOR(ty_same) same;
    uint64_t planes[TY_PLANES_MAX * TY_CHUNK_WORDS];
    uint32_t text[TY_MATCH_TOKENS_MAX]; /* tokens of the entry at hand */
    ty_needle needle;
    ty_search_phrase phrase;
};

/* For tests: looks up without the machine's own instructions. */
void ty_match_scratch_portable(ty_match_scratch *scratch);

#endif
