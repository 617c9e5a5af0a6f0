/* SPDX-License-Identifier: Apache-2.0 */
#include <stdlib.h>

#include "formats/tmx/tmx.h"

enum { FIRST = 1 << 16 };

/* A new block; the string that is open moves there, all others stay. */
bool ty_tmx_pool_grow(struct text_pool *pool, size_t more)
{
    size_t open = pool->used - pool->open;
    size_t capacity = pool->capacity ? pool->capacity * 2 : FIRST;
    while (capacity < open + more)
        capacity *= 2;
    char *data = pool->failed ? NULL : malloc(capacity);
    if (!data || (pool->data && !ty_vector_push(&pool->older, pool->data))) {
        free(data);
        pool->failed = true;
        return false;
    }
    if (open)
        memcpy(data, pool->data + pool->open, open);
    pool->data = data;
    pool->capacity = capacity;
    pool->open = 0;
    pool->used = open;
    return true;
}

void ty_tmx_pool_clear(struct text_pool *pool)
{
    for (size_t i = 0; i < pool->older.count; i++)
        free(pool->older.items[i]);
    ty_vector_clear(&pool->older);
    pool->used = pool->open = 0;
}

void ty_tmx_pool_release(struct text_pool *pool)
{
    ty_tmx_pool_clear(pool);
    ty_vector_release(&pool->older);
    free(pool->data);
    *pool = (struct text_pool){0};
}
