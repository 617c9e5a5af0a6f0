/* SPDX-License-Identifier: Apache-2.0 */
#include <stdlib.h>

#include "base/base.h"

/* Open addressing with linear probing; a slot holds id + 1, so that zeroed memory is an empty table. */

static size_t slot_of(const ty_strings *strings, ty_slice text)
{
    size_t mask = strings->slot_count - 1;
    size_t slot = (size_t)ty_hash(text, 0) & mask;
    while (strings->slots[slot] && !ty_slice_equal(strings->list.items[strings->slots[slot] - 1], text))
        slot = (slot + 1) & mask;
    return slot;
}

/* At most half full, so that probes stay short. */
static bool grow(ty_strings *strings)
{
    if (strings->list.count < strings->slot_count / 2)
        return true;
    size_t slot_count = strings->slot_count ? strings->slot_count * 2 : 64;
    uint32_t *slots = calloc(slot_count, sizeof *slots);
    if (!slots)
        return false;
    free(strings->slots);
    strings->slots = slots;
    strings->slot_count = slot_count;
    for (size_t id = 0; id < strings->list.count; id++)
        slots[slot_of(strings, strings->list.items[id])] = (uint32_t)id + 1;
    return true;
}

uint32_t ty_strings_add(ty_strings *strings, ty_slice text)
{
    if (strings->list.count >= UINT32_MAX - 1 || !grow(strings))
        return TY_STRINGS_NONE;
    size_t slot = slot_of(strings, text);
    if (strings->slots[slot])
        return strings->slots[slot] - 1;
    ty_slice copy = ty_arena_copy(&strings->arena, text);
    if (strings->arena.failed || !ty_vector_push(&strings->list, copy))
        return TY_STRINGS_NONE;
    strings->slots[slot] = (uint32_t)strings->list.count;
    return (uint32_t)strings->list.count - 1;
}

uint32_t ty_strings_find(const ty_strings *strings, ty_slice text)
{
    if (!strings->slot_count)
        return TY_STRINGS_NONE;
    uint32_t id = strings->slots[slot_of(strings, text)];
    return id ? id - 1 : TY_STRINGS_NONE;
}

void ty_strings_clear(ty_strings *strings)
{
    ty_vector_clear(&strings->list);
    ty_arena_clear(&strings->arena);
    if (strings->slots)
        memset(strings->slots, 0, strings->slot_count * sizeof *strings->slots);
}

void ty_strings_release(ty_strings *strings)
{
    ty_vector_release(&strings->list);
    ty_arena_release(&strings->arena);
    free(strings->slots);
    *strings = (ty_strings){0};
}
