/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Blocks that changed places. Beads cannot cross, so of two such blocks one is left over on both sides; what
 * is left over there is aligned once more by itself, and where that ties it surely, beads that cross take the
 * place of the sentences without partner. Again for what is left over then, a few times.
 */
#include "align/align.h"

#include <stdlib.h>

#define BLOCK_MIN 4 /* sentences without partner in a row that may be a block */
#define BEADS_MIN 3 /* of a block */
#define SURE 0.8f   /* their mean confidence */
#define STRAY 2     /* beads of one side that a block may have in a row */
#define ROUNDS 4

/* Sentences of a side that are left over, and their numbers. */
typedef struct ty_rest {
    TY_VECTOR(ty_slice) sentences;
    TY_VECTOR(uint32_t) numbers;
} ty_rest;

static void rest_release(ty_rest *rest)
{
    ty_vector_release(&rest->sentences);
    ty_vector_release(&rest->numbers);
}

static bool is_alone(const ty_bead *bead, bool target)
{
    return target ? bead->source_count == 0 : bead->target_count == 0;
}

/* Sentences [first, last) of a side are a run without partner. */
static bool add_run(ty_rest *rest, const ty_align_side *side, uint32_t first, uint32_t last)
{
    bool good = true;
    for (uint32_t s = first; s < last && last - first >= BLOCK_MIN && good; s++)
        good = ty_vector_push(&rest->sentences, side->sentences[s]) && ty_vector_push(&rest->numbers, s);
    return good;
}

static bool collect_rest(ty_rest *rest, const ty_align_side *side, const ty_beads *beads, bool target)
{
    uint32_t first = 0, last = 0;
    bool good = true;
    for (size_t k = 0; k < beads->count && good; k++) {
        const ty_bead *bead = &beads->items[k];
        uint32_t start = target ? bead->target_start : bead->source_start;
        uint32_t count = target ? bead->target_count : bead->source_count;
        if (count == 0)
            continue;
        bool goes_on = is_alone(bead, target) && start == last;
        if (!goes_on) {
            good = add_run(rest, side, first, last);
            first = start;
        }
        last = is_alone(bead, target) ? start + count : first;
        if (!is_alone(bead, target))
            first = last = start + count;
    }
    return good && add_run(rest, side, first, last);
}

/* ------------------------------------------------------------------------------------------ blocks */

/* Are the sentences of one side that a bead of the rest holds neighbours in the text? */
static bool is_whole(const ty_rest *rest, uint32_t start, uint32_t count)
{
    return count == 0 || rest->numbers.items[start + count - 1] - rest->numbers.items[start] == count - 1;
}

static ty_bead in_text(const ty_rest rests[2], const ty_bead *bead)
{
    return (ty_bead){rests[0].numbers.items[bead->source_start], bead->source_count,
                     rests[1].numbers.items[bead->target_start], bead->target_count, bead->confidence};
}

static bool has_both(const ty_bead *bead)
{
    return bead->source_count && bead->target_count;
}

/* The bead behind the last of a block that begins at `k`. */
static size_t block_end(const ty_beads *beads, size_t k)
{
    size_t end = k, stray = 0;
    for (; k < beads->count && stray <= STRAY; k++) {
        stray = has_both(&beads->items[k]) ? 0 : stray + 1;
        if (stray == 0)
            end = k + 1;
    }
    return end;
}

/* Adds the beads of a block where they are sure, and the block itself. */
static bool add_block(const ty_rest rests[2], const ty_bead *beads, size_t count, ty_beads *found,
                      ty_beads *blocks)
{
    size_t pairs = 0, before = found->count;
    float sum = 0;
    bool good = true;
    for (size_t k = 0; k < count && good; k++) {
        if (!has_both(&beads[k]) || !is_whole(&rests[0], beads[k].source_start, beads[k].source_count) ||
            !is_whole(&rests[1], beads[k].target_start, beads[k].target_count))
            continue;
        good = ty_vector_push(found, in_text(rests, &beads[k]));
        sum += beads[k].confidence;
        pairs++;
    }
    if (pairs < BEADS_MIN || sum < SURE * (float)pairs) {
        found->count = before;
        return good;
    }
    const ty_bead *first = &found->items[before], *last = &found->items[found->count - 1];
    ty_bead block = {first->source_start, last->source_start + last->source_count - first->source_start,
                     first->target_start, last->target_start + last->target_count - first->target_start,
                     sum / (float)pairs};
    return good && ty_vector_push(blocks, block);
}

static bool find_blocks(const ty_rest rests[2], const ty_beads *beads, ty_beads *found, ty_beads *blocks)
{
    bool good = true;
    for (size_t k = 0; k < beads->count && good; k++) {
        if (!has_both(&beads->items[k]))
            continue;
        size_t end = block_end(beads, k);
        good = add_block(rests, beads->items + k, end - k, found, blocks);
        k = end - 1;
    }
    return good;
}

/* ------------------------------------------------------------------------------------------ putting in */

/* By sentence: the number of the bead found that holds it, + 1. */
static bool number_sentences(const ty_beads *found, size_t counts[2], uint32_t *in[2])
{
    for (int w = 0; w < 2; w++)
        in[w] = calloc(counts[w] + 1, sizeof *in[w]);
    for (uint32_t k = 0; k < found->count && in[0] && in[1]; k++) {
        for (uint32_t s = 0; s < found->items[k].source_count; s++)
            in[0][found->items[k].source_start + s] = k + 1;
        for (uint32_t t = 0; t < found->items[k].target_count; t++)
            in[1][found->items[k].target_start + t] = k + 1;
    }
    return in[0] && in[1];
}

/* Beads that cross stand where their source does; sentences that they hold are no longer alone. */
static bool put_in(ty_beads *beads, const ty_beads *found, uint32_t *in[2])
{
    ty_beads merged = {0};
    bool good = true;
    for (size_t k = 0; k < beads->count && good; k++) {
        const ty_bead *bead = &beads->items[k];
        bool target = bead->source_count == 0;
        uint32_t number = has_both(bead) ? 0 : in[target][target ? bead->target_start : bead->source_start];
        if (number == 0)
            good = ty_vector_push(&merged, *bead);
        else if (!target && found->items[number - 1].source_start == bead->source_start)
            good = ty_vector_push(&merged, found->items[number - 1]);
    }
    ty_beads *kept = good ? &merged : beads, *dropped = good ? beads : &merged;
    ty_beads swap = *kept;
    ty_vector_release(dropped);
    *beads = swap;
    return good;
}

static bool merge(ty_beads *beads, const ty_beads *found, size_t counts[2])
{
    uint32_t *in[2] = {NULL, NULL};
    bool good = number_sentences(found, counts, in) && put_in(beads, found, in);
    free(in[0]);
    free(in[1]);
    return good;
}

/* Where hardly anything has a partner, no block has changed places. */
static bool is_worth_it(const ty_rest rests[2], const ty_align_side sides[2])
{
    for (int w = 0; w < 2; w++)
        if (rests[w].numbers.count == 0 || rests[w].numbers.count * 10 > sides[w].count * 9)
            return false;
    return true;
}

/* One round; *more tells whether a block was found. */
static ty_status find_moved(const ty_align_side sides[2], const ty_lexicon *lexicon, ty_alignment *out,
                            bool *more, ty_error *error)
{
    ty_rest rests[2] = {{{0}, {0}}, {{0}, {0}}};
    ty_beads found = {0};
    ty_alignment again = {0};
    ty_status status = TY_OK;
    *more = false;
    for (int w = 0; w < 2 && status == TY_OK; w++)
        if (!collect_rest(&rests[w], &sides[w], &out->beads, w == 1))
            status = ty_error_nomem(error);
    if (status == TY_OK && is_worth_it(rests, sides)) {
        ty_align_side left[2];
        ty_align_options options = {.lexicon = lexicon};
        size_t counts[2] = {sides[0].count, sides[1].count};
        for (int w = 0; w < 2; w++)
            left[w] =
                (ty_align_side){rests[w].sentences.items, NULL, rests[w].sentences.count, sides[w].lang};
        status = ty_align(&left[0], &left[1], &options, &again, error);
        if (status == TY_OK && again.confidence >= TY_ALIGN_CONFIDENCE_MIN &&
            (!find_blocks(rests, &again.beads, &found, &out->moved) || !merge(&out->beads, &found, counts)))
            status = ty_error_nomem(error);
        *more = status == TY_OK && found.count > 0;
    }
    rest_release(&rests[0]);
    rest_release(&rests[1]);
    ty_vector_release(&found);
    ty_alignment_release(&again);
    return status;
}

ty_status ty_align_moved(const ty_align_side *source, const ty_align_side *target, const ty_lexicon *lexicon,
                         ty_alignment *alignment, ty_error *error)
{
    const ty_align_side sides[2] = {*source, *target};
    bool more = true;
    ty_status status = TY_OK;
    for (int round = 0; round < ROUNDS && more && status == TY_OK; round++)
        status = find_moved(sides, lexicon, alignment, &more, error);
    return status;
}
