/* SPDX-License-Identifier: Apache-2.0 */
/* Bytes that are trusted block by block, as they are used. */
#include "base/base.h"

static uint64_t sum_of(const char *base, size_t from, size_t end, size_t block)
{
    size_t begin = block * TY_BLOCK_SIZE, stop = begin + TY_BLOCK_SIZE;
    begin = begin < from ? from : begin;
    stop = stop > end ? end : stop;
    return begin < stop ? ty_checksum(base + begin, stop - begin) : 0;
}

void ty_blocks_sum(const void *base, size_t from, size_t end, uint64_t *sums)
{
    for (size_t block = 0; block < ty_blocks_before(end); block++)
        sums[block] = sum_of(base, from, end, block);
}

ty_blocks *ty_blocks_new(const void *base, size_t from, size_t end, const uint64_t *sums)
{
    ty_blocks *blocks = calloc(1, sizeof *blocks + ty_blocks_before(end) * sizeof *blocks->good);
    if (!blocks)
        return NULL;
    blocks->base = base;
    blocks->from = from;
    blocks->end = end;
    blocks->sums = sums;
    return blocks;
}

bool ty_blocks_refuse(ty_blocks *blocks)
{
    if (blocks)
        atomic_store(&blocks->damaged, true);
    return false;
}

static bool check_block(ty_blocks *blocks, size_t block)
{
    if (block >= ty_blocks_before(blocks->end))
        return ty_blocks_refuse(blocks);
    if (atomic_load_explicit(&blocks->good[block], memory_order_acquire))
        return true;
    if (sum_of(blocks->base, blocks->from, blocks->end, block) != blocks->sums[block])
        return ty_blocks_refuse(blocks);
    if (!atomic_exchange_explicit(&blocks->good[block], 1, memory_order_acq_rel))
        atomic_fetch_add_explicit(&blocks->checked, 1, memory_order_release);
    return true;
}

bool ty_blocks_check(ty_blocks *blocks, size_t first, size_t last)
{
    for (size_t block = first; block <= last; block++)
        if (!check_block(blocks, block))
            return false;
    return true;
}
