/* SPDX-License-Identifier: Apache-2.0 */
#include "internal.h"
#include "align/weights.h"

#include <math.h>
#include <stdlib.h>

#ifndef PASSES
#define PASSES 4 /* at most: the first without, the others with what the one before has taught */
#endif
#define COLLAPSED                                                                                            \
    0.1 /* share of sentences alone on both sides at the same place, from where words are not believed */
#define SETTLED 50 /* a pass that changes no more than one bead in so many is the last */

/* One alignment at work. The sides stand in an order of their own, so that swapped input gives the same. */
typedef struct ty_job {
    const ty_align_options *options;
    bool swapped;
    ty_side sides[2];
    ty_word_links links;
    ty_model model;
    ty_beads anchors; /* of the caller, turned */
    ty_cuts *cuts;    /* to be weighed; turned while at work */
    ty_beads beads;
    double odds; /* log odds of the last pass against no alignment at all */
} ty_job;

static ty_bead turned(ty_bead bead)
{
    return (ty_bead){bead.target_start, bead.target_count, bead.source_start, bead.source_count,
                     bead.confidence};
}

/* By language, then by text: any order does that does not depend on which side is called source. */
static bool must_swap(const ty_align_side *source, const ty_align_side *target)
{
    int order = ty_slice_compare(source->lang, target->lang);
    if (order == 0 && source->count != target->count)
        return source->count > target->count;
    for (size_t k = 0; k < source->count && k < target->count && order == 0; k++)
        order = ty_slice_compare(source->sentences[k], target->sentences[k]);
    return order > 0;
}

/* ------------------------------------------------------------------------------------------ anchors */

static ty_status take_anchors(ty_job *job, ty_error *error)
{
    uint32_t source = 0, target = 0;
    for (size_t k = 0; k < job->options->anchor_count; k++) {
        ty_bead bead = job->swapped ? turned(job->options->anchors[k]) : job->options->anchors[k];
        uint64_t source_end = (uint64_t)bead.source_start + bead.source_count;
        uint64_t target_end = (uint64_t)bead.target_start + bead.target_count;
        if (bead.source_start < source || bead.target_start < target ||
            source_end > job->sides[0].in->count || target_end > job->sides[1].in->count ||
            bead.source_count + bead.target_count == 0)
            return ty_error_set(error, TY_ERR_USAGE, "anchor %zu crosses another or lies outside the texts",
                                k + 1);
        source = (uint32_t)source_end;
        target = (uint32_t)target_end;
        bead.confidence = 1;
        if (!ty_vector_push(&job->anchors, bead))
            return ty_error_nomem(error);
    }
    return TY_OK;
}

/* ------------------------------------------------------------------------------------------ passes */

/* One stretch between anchors: at first over a wide band, then around the beads found before. */
static ty_status align_stretch(ty_job *job, const ty_bead *stretch, const ty_beads *before, size_t *passed,
                               ty_error *error)
{
    ty_band wide = {0}, narrow = {0};
    size_t first = *passed;
    ty_status status = TY_OK;
    if (!before) {
        status = ty_band_coarse(&wide, &job->model, stretch->source_start, stretch->source_count,
                                stretch->target_start, stretch->target_count, error);
    } else {
        uint32_t end =
            stretch->source_start + stretch->source_count + stretch->target_start + stretch->target_count;
        while (*passed < before->count &&
               before->items[*passed].source_start + before->items[*passed].source_count +
                       before->items[*passed].target_start + before->items[*passed].target_count <=
                   end)
            ++*passed;
        status = ty_band_around(&narrow, stretch, before->items + first, *passed - first, error);
    }
    if (status == TY_OK)
        status = ty_search_band(&job->model, before ? &narrow : &wide, &job->beads, &job->odds, error);
    ty_band_release(&wide);
    ty_band_release(&narrow);
    return status;
}

/* Aligns what lies between the anchors, in order. */
static ty_status align_pass(ty_job *job, const ty_beads *before, ty_error *error)
{
    ty_bead stretch = {0};
    ty_status status = TY_OK;
    size_t passed = 0;
    job->odds = 0;
    for (size_t k = 0; k <= job->anchors.count && status == TY_OK; k++) {
        ty_bead end = {(uint32_t)job->sides[0].in->count, 0, (uint32_t)job->sides[1].in->count, 0, 1};
        const ty_bead *anchor = k < job->anchors.count ? &job->anchors.items[k] : &end;
        stretch.source_count = anchor->source_start - stretch.source_start;
        stretch.target_count = anchor->target_start - stretch.target_start;
        status = align_stretch(job, &stretch, before, &passed, error);
        passed += k < job->anchors.count;
        if (status == TY_OK && k < job->anchors.count && !ty_vector_push(&job->beads, *anchor))
            status = ty_error_nomem(error);
        stretch.source_start = anchor->source_start + anchor->source_count;
        stretch.target_start = anchor->target_start + anchor->target_count;
    }
    return status;
}

/* How many beads of one alignment are not in another, which covers the same sentences. */
static size_t count_changed(const ty_beads *before, const ty_beads *after)
{
    size_t at = 0, changed = 0;
    for (size_t k = 0; k < after->count; k++) {
        const ty_bead *bead = &after->items[k];
        while (at < before->count && before->items[at].source_start + before->items[at].target_start <
                                         bead->source_start + bead->target_start)
            at++;
        changed +=
            at == before->count || memcmp(&before->items[at], bead, offsetof(ty_bead, confidence)) != 0;
    }
    return changed;
}

/* Again, with what was learnt. */
static ty_status align_again(ty_job *job, bool *changed, ty_error *error)
{
    ty_beads before = job->beads;
    job->beads = (ty_beads){0};
    ty_status status = align_pass(job, &before, error);
    *changed = count_changed(&before, &job->beads) > before.count / SETTLED;
    ty_vector_release(&before);
    return status;
}

static ty_status learn(ty_job *job, ty_error *error)
{
    ty_status status = ty_model_fit(&job->model, job->beads.items, job->beads.count, error);
    if (status == TY_OK)
        status = ty_learn_links(&job->links, &job->sides[0], &job->sides[1], job->beads.items,
                                job->beads.count, error);
    return status == TY_OK ? ty_model_update(&job->model, error) : status;
}

/* Until hardly a bead changes. */
static ty_status repeat(ty_job *job, ty_error *error)
{
    bool changed = true;
    ty_status status = TY_OK;
    for (int pass = 1; pass < PASSES && status == TY_OK && changed; pass++) {
        status = learn(job, error);
        if (status == TY_OK)
            status = align_again(job, &changed, error);
    }
    return status;
}

/* ------------------------------------------------------------------------------------------ collapse */

/* The share of sentences that are alone beside others of the other side which are alone, too. */
static double facing_share(const ty_job *job)
{
    uint64_t facing = 0, alone[2] = {0, 0};
    for (size_t k = 0; k <= job->beads.count; k++) {
        const ty_bead *bead = k < job->beads.count ? &job->beads.items[k] : NULL;
        if (bead && (!bead->source_count || !bead->target_count)) {
            alone[0] += bead->source_count;
            alone[1] += bead->target_count;
            continue;
        }
        facing += alone[0] < alone[1] ? alone[0] : alone[1];
        alone[0] = alone[1] = 0;
    }
    size_t counts[2] = {job->sides[0].in->count, job->sides[1].in->count};
    size_t fewer = counts[0] < counts[1] ? counts[0] : counts[1];
    return fewer ? (double)facing / (double)fewer : 0;
}

/* By length, kinds and order alone, and on from there with words learnt from that. */
static ty_status align_by_length(ty_job *job, ty_error *error)
{
    ty_model_release(&job->model);
    ty_status status = ty_model_init(&job->model, &job->sides[0], &job->sides[1], &job->links, error);
    job->model.cuts = job->cuts;
    job->model.mute = true;
    if (status == TY_OK)
        status = ty_model_update(&job->model, error);
    if (status == TY_OK)
        status = align_pass(job, NULL, error);
    job->model.mute = false;
    return status == TY_OK ? repeat(job, error) : status;
}

/* Words have misled when so many sentences of both sides face each other without a partner: they are heard
 * again when lengths have found the way. */
static ty_status begin_again(ty_job *job, ty_error *error)
{
    ty_beads before = job->beads;
    double odds = job->odds, share = facing_share(job);
    job->beads = (ty_beads){0};
    ty_status status = align_by_length(job, error);
    if (status == TY_OK && facing_share(job) > share / 2) {
        ty_vector_release(&job->beads);
        job->beads = before;
        job->odds = odds;
        return TY_OK;
    }
    ty_vector_release(&before);
    return status;
}

static ty_status align_job(ty_job *job, const ty_align_side *in[2], ty_error *error)
{
    const ty_lexicon *lexicon = job->options->lexicon;
    ty_status status = TY_OK;
    for (int k = 0; k < 2 && status == TY_OK; k++)
        status = ty_side_init(&job->sides[k], in[k],
                              (k == 1) != job->swapped ? TY_LEXICON_TARGET : TY_LEXICON_SOURCE, in[!k]->lang,
                              lexicon, error);
    if (status == TY_OK)
        status = take_anchors(job, error);
    if (status == TY_OK)
        status = ty_links_find(&job->links, &job->sides[0], &job->sides[1], lexicon, error);
    if (status == TY_OK)
        status = ty_model_init(&job->model, &job->sides[0], &job->sides[1], &job->links, error);
    job->model.cuts = job->cuts;
    if (status == TY_OK)
        status = ty_model_update(&job->model, error);
    if (status == TY_OK)
        status = align_pass(job, NULL, error);
    if (status == TY_OK)
        status = repeat(job, error);
    if (status == TY_OK && facing_share(job) > COLLAPSED)
        status = begin_again(job, error);
    return status;
}

/* ------------------------------------------------------------------------------------------ result */

static void measure_shares(const ty_job *job, ty_alignment *out)
{
    double shared[2] = {0, 0};
    for (size_t k = 0; k < job->beads.count; k++) {
        const ty_bead *bead = &job->beads.items[k];
        if (bead->source_count == 0 || bead->target_count == 0)
            continue;
        shared[0] += job->sides[0].length_sums[bead->source_start + bead->source_count] -
                     job->sides[0].length_sums[bead->source_start];
        shared[1] += job->sides[1].length_sums[bead->target_start + bead->target_count] -
                     job->sides[1].length_sums[bead->target_start];
    }
    for (int k = 0; k < 2; k++) {
        double all = job->sides[k].length_sums[job->sides[k].in->count];
        float share = all > 0 ? (float)(shared[k] / all) : 0;
        *((k == 1) != job->swapped ? &out->target_share : &out->source_share) = share;
    }
}

/*
 * Log odds a sentence: 4 and more for translations, below 1 for texts that only share a subject (measured:
 * docs/alignment.md). The geometric mean of the counts, so that half a translation is still one.
 */
static float document_confidence(const ty_job *job)
{
    const double middle = 2.45, slope = 2;
    double sentences = 2 * sqrt((double)job->sides[0].in->count * (double)job->sides[1].in->count);
    if (sentences == 0 || job->odds <= 0)
        return 0;
    return (float)(1 / (1 + exp(-slope * (job->odds / sentences - middle))));
}

/* Does a word of one sentence meet one of the other? */
static bool is_tied(const ty_job *job, uint32_t i, uint32_t j)
{
    const ty_side *source = &job->sides[0], *target = &job->sides[1];
    const ty_word_links *links = &job->links;
    for (uint32_t k = source->bit_starts[i]; k < source->bit_starts[i + 1]; k++) {
        uint32_t word = source->bits.items[k];
        for (uint32_t l = links->starts[word]; l < links->starts[word + 1]; l++)
            for (uint32_t b = target->bit_starts[j]; b < target->bit_starts[j + 1]; b++)
                if (target->bits.items[b] == links->list.items[l].target)
                    return true;
    }
    return false;
}

/* Two lines that are no sentences, at the same place, and no word says that they are the same: every second
 * such pair is none, whatever its place says (docs/alignment.md). */
static bool is_untied_line(const ty_job *job, const ty_bead *bead)
{
    return bead->source_count == 1 && bead->target_count == 1 &&
           job->sides[0].kinds[bead->source_start] == LINE_FRAGMENT &&
           job->sides[1].kinds[bead->target_start] == LINE_FRAGMENT &&
           !is_tied(job, bead->source_start, bead->target_start);
}

/* Anchors are sure, whatever stands beside them. */
static void restore_anchors(ty_job *job)
{
    size_t at = 0;
    for (size_t k = 0; k < job->anchors.count; k++) {
        while (memcmp(&job->beads.items[at], &job->anchors.items[k], offsetof(ty_bead, confidence)) != 0)
            at++;
        job->beads.items[at].confidence = 1;
    }
}

static bool hand_over(ty_job *job, ty_alignment *out)
{
    if (!ty_alone_weigh(&job->model, &job->beads))
        return false;
    restore_anchors(job);
    for (size_t k = 0; k < job->beads.count; k++) {
        ty_bead *bead = &job->beads.items[k];
        bead->confidence = ty_align_doubted(bead, is_untied_line(job, bead));
        if (job->swapped)
            *bead = turned(*bead);
    }
    out->beads = job->beads;
    job->beads = (ty_beads){0};
    return true;
}

static void turn_cuts(ty_job *job)
{
    for (size_t k = 0; job->swapped && job->cuts && k < job->cuts->count; k++)
        for (uint32_t n = 0; n < job->cuts->items[k].count; n++)
            job->cuts->items[k].beads[n] = turned(job->cuts->items[k].beads[n]);
}

ty_status ty_align_cuts(const ty_align_side *source, const ty_align_side *target,
                        const ty_align_options *options, ty_cuts *cuts, ty_alignment *out, ty_error *error)
{
    static const ty_align_options defaults = {0};
    ty_job job = {
        .options = options ? options : &defaults, .swapped = must_swap(source, target), .cuts = cuts};
    const ty_align_side *in[2] = {job.swapped ? target : source, job.swapped ? source : target};
    *out = (ty_alignment){0};
    if (source->count > UINT32_MAX / 4 || target->count > UINT32_MAX / 4)
        return ty_error_set(error, TY_ERR_LIMIT, "too many sentences to align");
    turn_cuts(&job);
    ty_status status = align_job(&job, in, error);
    turn_cuts(&job);
    if (status == TY_OK) {
        measure_shares(&job, out);
        out->confidence = document_confidence(&job);
        if (!hand_over(&job, out))
            status = ty_error_nomem(error);
    }
    for (int k = 0; k < 2; k++)
        ty_side_release(&job.sides[k]);
    ty_links_release(&job.links);
    ty_model_release(&job.model);
    ty_vector_release(&job.anchors);
    ty_vector_release(&job.beads);
    return status;
}

ty_status ty_align(const ty_align_side *source, const ty_align_side *target, const ty_align_options *options,
                   ty_alignment *out, ty_error *error)
{
    return ty_align_cuts(source, target, options, NULL, out, error);
}

void ty_alignment_release(ty_alignment *alignment)
{
    ty_vector_release(&alignment->beads);
    ty_vector_release(&alignment->moved);
    *alignment = (ty_alignment){0};
}
