/* SPDX-License-Identifier: Apache-2.0 */
/* Which beads want a look: one rule for the command line, the review and what is written. */
#include "align/internal.h"
#include "align/weights.h"

#include <math.h>

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
    return confidence < below || (!alone && address_on_one_side);
}

/* Where one sentence more belongs is a question of its own, which a bead of many answers many times. Anchors
 * are sure, however many sentences they have. */
float ty_align_doubted(const ty_bead *bead, bool untied)
{
    if (!bead->source_count || !bead->target_count || bead->confidence >= 1)
        return bead->confidence;
    float more = (float)bead->source_count + (float)bead->target_count - 2;
    float lines = untied ? ty_align_weights.untied : 0;
    float sure = bead->confidence * expf(-ty_align_weights.doubt * more - lines);
    return sure / (sure + 1 - bead->confidence);
}
