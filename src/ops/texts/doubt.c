/* SPDX-License-Identifier: Apache-2.0 */
/* Which beads want a look: one answer for the command line, the page and what is written. */
#include "ops/internal.h"

static bool is_of_address(char c)
{
    return (c >= '0' && c <= '9') || ((c | 0x20) >= 'a' && (c | 0x20) <= 'z');
}

/* A URL, or an @ between letters. */
static bool has_address(ty_slice text)
{
    if (ty_slice_find(text, TY_SLICE("://"), 0) != SIZE_MAX)
        return true;
    for (size_t at = 0; (at = ty_slice_find(text, TY_SLICE("@"), at)) != SIZE_MAX; at++)
        if (at > 0 && at + 1 < text.size && is_of_address(text.data[at - 1]) &&
            is_of_address(text.data[at + 1]))
            return true;
    return false;
}

bool ty_bead_is_doubtful(const ty_bead *bead, ty_slice source, ty_slice target, double below)
{
    bool both = bead->source_count && bead->target_count;
    if (below <= 0)
        below = TY_DOUBTFUL;
    if (!both)
        return bead->confidence < 1 - (1 - below) / 5;
    return bead->confidence < below ||
           (source.size && target.size && has_address(source) != has_address(target));
}
