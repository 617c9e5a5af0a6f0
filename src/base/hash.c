/* SPDX-License-Identifier: Apache-2.0 */
#include "base/base.h"

/* Words are read byte by byte in little-endian order, so that a digest is the same on every machine. */
static uint64_t word_at(const char *data, size_t size)
{
    uint64_t word = 0;
    for (size_t i = 0; i < size; i++)
        word |= (uint64_t)(unsigned char)data[i] << (8 * i);
    return word;
}

/* The finaliser of MurmurHash3 (Austin Appleby, public domain): every input bit reaches every output bit. */
static uint64_t mix(uint64_t word)
{
    word = (word ^ (word >> 33)) * 0xff51afd7ed558ccdULL;
    word = (word ^ (word >> 33)) * 0xc4ceb9fe1a85ec53ULL;
    return word ^ (word >> 33);
}

uint64_t ty_hash(ty_slice text, uint64_t seed)
{
    uint64_t state = mix(seed + 0x9e3779b97f4a7c15ULL) ^ text.size;
    size_t i = 0;
    for (; i + 8 <= text.size; i += 8)
        state = mix(state ^ word_at(text.data + i, 8)) + 0x9e3779b97f4a7c15ULL;
    if (i < text.size)
        state = mix(state ^ word_at(text.data + i, text.size - i));
    return mix(state);
}
