#include "match/internal.h"

#define LANES 4
#define FACTOR UINT64_C(0x9E3779B97F4A7C15)

static uint64_t step(uint64_t state, uint64_t word)
{
    state = (state ^ word) * FACTOR;
    return state ^ (state >> 29);
}

uint64_t ty_checksum(const void *bytes, size_t size)
{
    const unsigned char *at = bytes;
    uint64_t lanes[LANES] = {1, 2, 3, 4}, words[LANES];
    size_t left = size;
    for (; left >= sizeof words; left -= sizeof words, at += sizeof words) {
        memcpy(words, at, sizeof words);
        for (int lane = 0; lane < LANES; lane++)
            lanes[lane] = step(lanes[lane], words[lane]);
    }
    uint64_t sum = size;
    memset(words, 0, sizeof words);
    memcpy(words, at, left);
    for (int lane = 0; lane < LANES; lane++)
        sum = step(step(sum, lanes[lane]), words[lane]);
    return sum;
}
