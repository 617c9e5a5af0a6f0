/* SPDX-License-Identifier: Apache-2.0 */
/* How Chinese characters are read in Korean (data/hanja.txt). */
#include "text/internal.h"

uint32_t ty_hanja_reading(uint32_t c)
{
    size_t low = 0, high = ty_hanja_count;
    while (low < high) {
        size_t middle = (low + high) / 2;
        if (ty_hanja_table[middle].character == c)
            return ty_hanja_table[middle].syllable;
        if (ty_hanja_table[middle].character < c)
            low = middle + 1;
        else
            high = middle;
    }
    return 0;
}
