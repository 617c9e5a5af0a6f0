/* SPDX-License-Identifier: Apache-2.0 */
#include <stdalign.h>
#include <stdlib.h>

#include "base/base.h"

enum { FIRST_BLOCK = 4096, LARGEST_BLOCK = 1 << 20 };

struct ty_arena_block {
    struct ty_arena_block *next;
    size_t size, used;
    alignas(max_align_t) char bytes[];
};

/* Blocks double up to a limit, so that small arenas stay small and large ones need few blocks. */
static struct ty_arena_block *add_block(ty_arena *arena, size_t least)
{
    size_t size = arena->blocks ? arena->blocks->size * 2 : FIRST_BLOCK;
    if (size > LARGEST_BLOCK)
        size = LARGEST_BLOCK;
    if (size < least)
        size = least;
    if (size > SIZE_MAX - sizeof(struct ty_arena_block))
        return NULL;
    struct ty_arena_block *block = malloc(sizeof *block + size);
    if (!block)
        return NULL;
    *block = (struct ty_arena_block){.next = arena->blocks, .size = size};
    arena->blocks = block;
    return block;
}

static void *take(ty_arena *arena, size_t size, size_t alignment)
{
    struct ty_arena_block *block = arena->blocks;
    size_t at = block ? (block->used + alignment - 1) & ~(alignment - 1) : 0;
    if (!block || at > block->size || size > block->size - at) {
        block = add_block(arena, size);
        at = 0;
    }
    if (!block) {
        arena->failed = true;
        return NULL;
    }
    block->used = at + size;
    return block->bytes + at;
}

void *ty_arena_alloc(ty_arena *arena, size_t size)
{
    void *memory = take(arena, size, alignof(max_align_t));
    return memory ? memset(memory, 0, size) : NULL;
}

void *ty_arena_array(ty_arena *arena, size_t count, size_t size)
{
    if (size && count > SIZE_MAX / size) {
        arena->failed = true;
        return NULL;
    }
    return ty_arena_alloc(arena, count * size);
}

ty_slice ty_arena_copy(ty_arena *arena, ty_slice text)
{
    char *copy = text.size < SIZE_MAX ? take(arena, text.size + 1, 1) : NULL;
    if (!copy)
        return (ty_slice){"", 0};
    if (text.size)
        memcpy(copy, text.data, text.size);
    copy[text.size] = '\0';
    return (ty_slice){copy, text.size};
}

static void free_blocks(struct ty_arena_block *block)
{
    while (block) {
        struct ty_arena_block *next = block->next;
        free(block);
        block = next;
    }
}

void ty_arena_clear(ty_arena *arena)
{
    arena->failed = false;
    if (!arena->blocks)
        return;
    free_blocks(arena->blocks->next);
    arena->blocks->next = NULL;
    arena->blocks->used = 0;
}

void ty_arena_release(ty_arena *arena)
{
    free_blocks(arena->blocks);
    *arena = (ty_arena){0};
}
