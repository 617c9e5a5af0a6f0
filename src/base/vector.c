/* SPDX-License-Identifier: Apache-2.0 */
#include <stdlib.h>

#include "base/base.h"

bool ty_vector_grow(void **items, size_t *capacity, size_t count, size_t more, size_t size)
{
    if (more <= *capacity - count)
        return true;
    size_t limit = SIZE_MAX / 2 / size;
    if (more > limit - count)
        return false;
    size_t wanted = *capacity > limit / 2 ? limit : *capacity * 2;
    if (wanted < count + more)
        wanted = count + more;
    if (wanted < 8)
        wanted = 8;
    void *grown = realloc(*items, wanted * size);
    if (!grown)
        return false;
    *items = grown;
    *capacity = wanted;
    return true;
}
