/* SPDX-License-Identifier: Apache-2.0 */
/* Which beads want a look: one rule for the command line, the review and what is written. */
#include "align/align.h"

static bool is_of_address(char c)
{
    return (c >= '0' && c <= '9') || ((c | 0x20) >= 'a' && (c | 0x20) <= 'z');
}

bool ty_align_has_address(ty_slice text)
{
    if (ty_slice_find(text, TY_SLICE("://"), 0) != SIZE_MAX)
        return true;
    for (size_t at = 0; (at = ty_slice_find(text, TY_SLICE("@"), at)) != SIZE_MAX; at++)
        if (at > 0 && at + 1 < text.size && is_of_address(text.data[at - 1]) &&
            is_of_address(text.data[at + 1]))
            return true;
    return false;
}

bool ty_align_is_doubtful(float confidence, bool alone, bool address_on_one_side, double below)
{
    if (below <= 0)
        below = TY_DOUBTFUL;
    return alone ? confidence < 1 - (1 - below) / 5 : confidence < below || address_on_one_side;
}
