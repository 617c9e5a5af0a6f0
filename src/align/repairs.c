/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What one step of a person would make of a place, and how likely that is to be right: by the same posterior
 * as the confidence of beads.
 */
#include "internal.h"

#include <stdlib.h>

/* Each cut to be weighed, and which repair of which bead it is; NULL repair: as it is. */
typedef struct ty_question {
    uint32_t bead;
    ty_repair repair;
    bool target;
    uint32_t as_it_is; /* number of the cut that has the beads as they are */
} ty_question;

typedef struct ty_repairs {
    const ty_bead *beads;
    size_t count;
    ty_cuts cuts;
    TY_VECTOR(ty_question) questions; /* in step with the cuts; those that are as they are name themselves */
    bool failed;
} ty_repairs;

static bool is_empty(const ty_bead *bead)
{
    return !bead->source_count && !bead->target_count;
}

/* Sentences without partner stay so, whichever bead they are put into. */
static bool is_idle(const ty_bead *first, const ty_bead *second)
{
    return (!first->source_count || !first->target_count) &&
           (!second->source_count || !second->target_count) &&
           (first->source_count + second->source_count == 0 ||
            first->target_count + second->target_count == 0 ||
            first->source_count + first->target_count > 1 || second->source_count + second->target_count > 1);
}

/* Beads one behind the other from where the first begins; empty ones are left out. */
static uint32_t add_cut(ty_repairs *all, ty_bead first, ty_bead second, const ty_question *question)
{
    ty_align_cut cut = {0};
    second.source_start = first.source_start + first.source_count;
    second.target_start = first.target_start + first.target_count;
    if (!is_empty(&first))
        cut.beads[cut.count++] = first;
    if (!is_empty(&second))
        cut.beads[cut.count++] = second;
    uint32_t number = (uint32_t)all->cuts.count;
    all->failed =
        all->failed || !ty_vector_push(&all->cuts, cut) || !ty_vector_push(&all->questions, *question);
    return number;
}

/* The border between two beads of one side, moved by one sentence: down where `by` is 1, up where it is -1.
 */
static void add_move(ty_repairs *all, const ty_bead pair[2], bool target, int by, const ty_question *question)
{
    ty_bead first = pair[0], second = pair[1];
    uint32_t *above = target ? &first.target_count : &first.source_count;
    uint32_t *below = target ? &second.target_count : &second.source_count;
    if (by > 0 ? *below == 0 : *above == 0)
        return;
    *above += (uint32_t)by;
    *below -= (uint32_t)by;
    if (!is_idle(&first, &second))
        add_cut(all, first, second, question);
}

/* What can be done at the border between a bead and the next, told of each of the two. */
static void ask_border(ty_repairs *all, uint32_t k)
{
    ty_bead pair[2] = {all->beads[k], all->beads[k + 1]};
    ty_question is = {.bead = k, .as_it_is = (uint32_t)all->cuts.count};
    uint32_t now = add_cut(all, pair[0], pair[1], &is);
    for (int target = 0; target < 2; target++) {
        ty_question below = {k + 1, TY_REPAIR_UP, target, now},
                    above = {k, TY_REPAIR_FETCH_DOWN, target, now};
        add_move(all, pair, target, 1, &below);
        add_move(all, pair, target, 1, &above);
        below.repair = TY_REPAIR_FETCH_UP;
        above.repair = TY_REPAIR_DOWN;
        add_move(all, pair, target, -1, &below);
        add_move(all, pair, target, -1, &above);
    }
    ty_bead both = {pair[0].source_start, pair[0].source_count + pair[1].source_count, pair[0].target_start,
                    pair[0].target_count + pair[1].target_count, 0};
    ty_question up = {k + 1, TY_REPAIR_MERGE_UP, false, now}, down = {k, TY_REPAIR_MERGE_DOWN, false, now};
    if (both.source_count && both.target_count) {
        add_cut(all, both, (ty_bead){0}, &up);
        add_cut(all, both, (ty_bead){0}, &down);
    }
}

/* What can be done to a bead of both sides by itself. */
static void ask_inside(ty_repairs *all, uint32_t k)
{
    ty_bead bead = all->beads[k], first = bead, rest = bead;
    if (!bead.source_count || !bead.target_count)
        return;
    ty_question is = {.bead = k, .as_it_is = (uint32_t)all->cuts.count};
    uint32_t now = add_cut(all, bead, (ty_bead){0}, &is);
    ty_question split = {k, TY_REPAIR_SPLIT, false, now}, unlink = {k, TY_REPAIR_UNLINK, false, now};
    first.source_count = first.target_count = 1;
    rest.source_count--;
    rest.target_count--;
    if (!is_empty(&rest))
        add_cut(all, first, rest, &split);
    ty_bead source = bead, target = bead;
    source.target_count = target.source_count = 0;
    add_cut(all, source, target, &unlink);
}

static int by_bead(const void *a, const void *b)
{
    const ty_align_alternative *x = a, *y = b;
    if (x->bead != y->bead)
        return x->bead < y->bead ? -1 : 1;
    return (x->probability < y->probability) - (x->probability > y->probability);
}

static ty_status collect(const ty_repairs *all, float least, ty_align_alternatives *out, ty_error *error)
{
    for (size_t k = 0; k < all->cuts.count; k++) {
        const ty_question *q = &all->questions.items[k];
        float found = all->cuts.items[k].probability;
        ty_align_alternative one = {q->bead, q->repair, q->target, found,
                                    all->cuts.items[q->as_it_is].probability};
        if (q->as_it_is != k && found >= least && !ty_vector_push(out, one))
            return ty_error_nomem(error);
    }
    if (out->count)
        qsort(out->items, out->count, sizeof *out->items, by_bead);
    return TY_OK;
}

ty_status ty_align_repairs(const ty_align_side *source, const ty_align_side *target,
                           const ty_align_options *options, const ty_bead *beads, size_t count, float least,
                           ty_align_alternatives *out, ty_error *error)
{
    ty_repairs all = {.beads = beads, .count = count};
    ty_alignment alignment = {0};
    for (uint32_t k = 0; k < count; k++) {
        ask_inside(&all, k);
        if (k + 1 < count)
            ask_border(&all, k);
    }
    ty_status status = all.failed ? ty_error_nomem(error)
                                  : ty_align_cuts(source, target, options, &all.cuts, &alignment, error);
    if (status == TY_OK)
        status = collect(&all, least, out, error);
    ty_alignment_release(&alignment);
    ty_vector_release(&all.cuts);
    ty_vector_release(&all.questions);
    return status;
}
