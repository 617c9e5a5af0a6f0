/* SPDX-License-Identifier: Apache-2.0 */
#include "ops/exchange/conflicts.h"

#include <stdio.h>

void ty_conflict_tell(const ty_conflicts *conflicts, const char *message)
{
    ty_notify(conflicts->listener,
              &(ty_notice){.file = conflicts->file, .rule = "conflict", .message = message});
    conflicts->counts->conflicts++;
    conflicts->counts->warnings++;
}

void ty_conflict_say(const ty_conflicts *conflicts, int64_t ours, int64_t theirs, const char *what,
                     const char *then)
{
    char message[240];
    if (ours && theirs)
        snprintf(message, sizeof message, ty_words("unit %lld %s (unit %lld there): %s"), (long long)ours,
                 what, (long long)theirs, then);
    else if (ours)
        snprintf(message, sizeof message, ty_words("unit %lld %s: %s"), (long long)ours, what, then);
    else if (theirs)
        snprintf(message, sizeof message, ty_words("unit %lld there %s: %s"), (long long)theirs, what, then);
    else
        snprintf(message, sizeof message, ty_words("a unit there %s: %s"), what, then);
    ty_conflict_tell(conflicts, message);
}

ty_on_conflict ty_conflict_decide(const ty_conflicts *conflicts, ty_slice our_date, ty_slice their_date)
{
    if (conflicts->policy != TY_CONFLICT_NEWER)
        return conflicts->policy;
    return ty_slice_compare(their_date, our_date) > 0 ? TY_CONFLICT_THEIRS : TY_CONFLICT_MINE;
}

bool ty_conflict_is_none(const ty_unit *a, const ty_unit *b)
{
    bool same = a->variant_count == b->variant_count;
    for (size_t i = 0; i < a->variant_count && same; i++)
        same = ty_slice_equal(a->variants[i].lang, b->variants[i].lang) &&
               ty_slice_equal(a->variants[i].text, b->variants[i].text) &&
               ty_slice_equal(a->variants[i].content, b->variants[i].content);
    return same;
}
