/* SPDX-License-Identifier: Apache-2.0 */
/* Which tuids a file has had: the same one twice is told of. */
#include <stdlib.h>

#include "formats/tmx/reader.h"

static bool grow_tuids(struct tuid_set *set)
{
    const size_t largest = (size_t)1 << 23;
    if (set->count < set->size / 2)
        return true;
    size_t size = set->size ? set->size * 2 : 1024;
    uint64_t *slots = size <= largest ? calloc(size, sizeof *slots) : NULL;
    if (!slots)
        return false; /* it is only a warning: from here on there is none */
    for (size_t i = 0; i < set->size; i++) {
        if (!set->slots[i])
            continue;
        size_t slot = set->slots[i] & (size - 1);
        while (slots[slot])
            slot = (slot + 1) & (size - 1);
        slots[slot] = set->slots[i];
    }
    free(set->slots);
    set->slots = slots;
    set->size = size;
    return true;
}

uint64_t ty_tmx_tuids_prepare(struct tmx_reader *reader, ty_slice tuid)
{
    const struct tuid_set *set = &reader->tuids;
    uint64_t hash = ty_hash(tuid, 0) | 1;
    if (set->size)
        __builtin_prefetch(&set->slots[hash & (set->size - 1)], 1);
    return hash;
}

bool ty_tmx_tuids_add(struct tmx_reader *reader, uint64_t hash)
{
    struct tuid_set *set = &reader->tuids;
    if (!grow_tuids(set))
        return false;
    size_t slot = hash & (set->size - 1);
    for (; set->slots[slot]; slot = (slot + 1) & (set->size - 1))
        if (set->slots[slot] == hash)
            return true;
    set->slots[slot] = hash;
    set->count++;
    return false;
}
