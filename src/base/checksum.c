/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Fletcher's checksum (J. G. Fletcher, An arithmetic checksum for serial transmissions, IEEE Trans. Comm. 30,
 * 1982) on eight lanes of 64 bits, which needs only additions and so runs as fast as memory is read.
 */
#include <string.h>

#include "base/base.h"

enum { LANES = 8 };

typedef uint64_t lanes[LANES];

static inline void add(lanes sum, lanes sum_of_sums, const lanes words)
{
    for (int lane = 0; lane < LANES; lane++) {
        sum[lane] += words[lane];
        sum_of_sums[lane] += sum[lane];
    }
}

static uint64_t mix(uint64_t state, uint64_t word)
{
    state = (state ^ word) * UINT64_C(0x9E3779B97F4A7C15);
    return state ^ (state >> 29);
}

uint64_t ty_checksum(const void *bytes, size_t size)
{
    const unsigned char *at = bytes;
    lanes sum = {1, 2, 3, 4, 5, 6, 7, 8}, sum_of_sums = {0}, words;
    size_t left = size;
    for (; left >= sizeof words; left -= sizeof words, at += sizeof words) {
        memcpy(words, at, sizeof words);
        add(sum, sum_of_sums, words);
    }
    memset(words, 0, sizeof words);
    if (left)
        memcpy(words, at, left);
    add(sum, sum_of_sums, words);
    uint64_t state = size;
    for (int lane = 0; lane < LANES; lane++)
        state = mix(mix(state, sum[lane]), sum_of_sums[lane]);
    return state;
}
