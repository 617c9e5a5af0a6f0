/* SPDX-License-Identifier: Apache-2.0 */
/* One original with two translations, and one translation for two originals. */
#include <stdlib.h>

#include "ops/quality/quality.h"

struct ty_seen_pair {
    ty_quality_pair pair;
    ty_slice source, target; /* as they are compared: with codes */
};

static ty_slice compared(ty_slice text, ty_slice content)
{
    return content.data ? content : ty_slice_trim(text);
}

bool ty_quality_remember(ty_quality_job *job, const ty_quality_pair *pair)
{
    struct ty_seen_pair seen = {.pair = *pair};
    if (!ty_slice_trim(pair->target).size || pair->open || pair->plural)
        return true;
    seen.pair.source = ty_arena_copy(&job->arena, pair->source);
    seen.pair.target = ty_arena_copy(&job->arena, pair->target);
    seen.pair.place = ty_arena_copy(&job->arena, pair->place);
    seen.pair.context = ty_arena_copy(&job->arena, pair->context);
    seen.pair.origin = ty_arena_copy(&job->arena, pair->origin);
    seen.source = ty_arena_copy(&job->arena, compared(pair->source, pair->source_content));
    seen.target = ty_arena_copy(&job->arena, compared(pair->target, pair->target_content));
    return !job->arena.failed && ty_vector_push(&job->seen, seen);
}

static int by_source(const void *a, const void *b)
{
    const struct ty_seen_pair *one = a, *other = b;
    int order = ty_slice_compare(one->source, other->source);
    if (!order)
        order = ty_slice_compare(one->pair.context, other->pair.context);
    return order ? order : ty_slice_compare(one->target, other->target);
}

static int by_target(const void *a, const void *b)
{
    const struct ty_seen_pair *one = a, *other = b;
    int order = ty_slice_compare(one->target, other->target);
    return order ? order : ty_slice_compare(one->source, other->source);
}

/* One original in two contexts may well have two translations. */
static bool is_same(const struct ty_seen_pair *one, const struct ty_seen_pair *other, bool sources)
{
    return sources ? ty_slice_equal(one->source, other->source) &&
                         ty_slice_equal(one->pair.context, other->pair.context)
                   : ty_slice_equal(one->target, other->target);
}

/* Each that differs from the one before it, though what it is sorted by is the same. */
static ty_status tell_differing(ty_quality_job *job, ty_fault_kind kind, bool sources)
{
    ty_status status = TY_OK;
    if (!ty_quality_wants(job, kind) || job->seen.count < 2)
        return TY_OK;
    qsort(job->seen.items, job->seen.count, sizeof *job->seen.items, sources ? by_source : by_target);
    for (size_t i = 1; status == TY_OK && i < job->seen.count; i++) {
        const struct ty_seen_pair *one = &job->seen.items[i - 1], *other = &job->seen.items[i];
        bool differs =
            !ty_slice_equal(sources ? one->target : one->source, sources ? other->target : other->source);
        if (is_same(one, other, sources) && differs)
            status = ty_quality_tell(job, &other->pair, kind, sources, 0,
                                     sources ? other->pair.target.size : other->pair.source.size,
                                     sources ? one->pair.target : one->pair.source);
    }
    return status;
}

ty_status ty_quality_check_consistency(ty_quality_job *job)
{
    ty_status status = tell_differing(job, TY_FAULT_INCONSISTENT_TARGET, true);
    return status == TY_OK ? tell_differing(job, TY_FAULT_INCONSISTENT_SOURCE, false) : status;
}

void ty_quality_release(ty_quality_job *job)
{
    ty_vector_release(&job->seen);
    ty_arena_release(&job->arena);
    ty_buffer_release(&job->note);
    ty_buffer_release(&job->digest);
    ty_quality_close_terms(job);
}
