/* SPDX-License-Identifier: Apache-2.0 */
#include "ops/internal.h"

bool ty_bead_is_doubtful(const ty_bead *bead, ty_slice source, ty_slice target, double below)
{
    bool known = source.size && target.size;
    return ty_align_is_doubtful(bead->confidence, !bead->source_count || !bead->target_count,
                                known && ty_align_has_address(source) != ty_align_has_address(target), below);
}
