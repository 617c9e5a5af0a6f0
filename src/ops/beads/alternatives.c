/* SPDX-License-Identifier: Apache-2.0 */
/* What one step would make of a place, where that is likely to be right. */
#include "ops/beads/ground.h"

/* Below this an alternative costs more attention than it saves (docs/desk.md has the measurements). */
#define LIKELY 0.185f

static ty_alternative alternative_of(const ty_board *board, const size_t *numbers,
                                     const ty_align_alternative *found)
{
    static const struct {
        ty_review_action action;
        int direction;
    } steps[] = {[TY_REPAIR_UP] = {TY_REVIEW_UP, -1},
                 [TY_REPAIR_DOWN] = {TY_REVIEW_DOWN, 1},
                 [TY_REPAIR_FETCH_UP] = {TY_REVIEW_FETCH_UP, -1},
                 [TY_REPAIR_FETCH_DOWN] = {TY_REVIEW_FETCH_DOWN, 1},
                 [TY_REPAIR_MERGE_UP] = {TY_REVIEW_MERGE, -1},
                 [TY_REPAIR_MERGE_DOWN] = {TY_REVIEW_MERGE, 1},
                 [TY_REPAIR_SPLIT] = {TY_REVIEW_SPLIT, 0},
                 [TY_REPAIR_UNLINK] = {TY_REVIEW_UNLINK, 0}};
    return (ty_alternative){board->beads.items[numbers[found->bead]].stored.id, steps[found->repair].action,
                            found->target, steps[found->repair].direction, (double)found->probability};
}

static ty_status tell(const ty_board *board, const size_t *numbers, const ty_align_alternatives *found,
                      ty_status (*each)(void *payload, const ty_alternative *alternative), void *payload)
{
    ty_status status = found->count ? TY_OK : TY_NO;
    for (size_t k = 0; k < found->count && status == TY_OK; k++) {
        ty_alternative one = alternative_of(board, numbers, &found->items[k]);
        status = each(payload, &one);
    }
    return status;
}

/* What a person has confirmed is no question. */
static ty_status pick_anchors(const ty_board *board, const ty_beads *beads, const size_t *numbers,
                              ty_beads *anchors, ty_error *error)
{
    for (size_t k = 0; k < beads->count; k++)
        if (ty_bead_is_fixed(&board->beads.items[numbers[k]].stored, false) &&
            !ty_vector_push(anchors, beads->items[k]))
            return ty_error_nomem(error);
    return TY_OK;
}

static ty_status find(ty_memory *memory, ty_board *board, ty_align_alternatives *found, size_t *numbers,
                      ty_error *error)
{
    ty_ground ground;
    const ty_lexicon *lexicon = NULL;
    ty_beads beads = {0}, anchors = {0};
    ty_status status = ty_ground_make(board, NULL, false, &ground, error);
    if (status == TY_OK)
        status =
            ty_memory_aligning(memory, board->documents[0].lang, board->documents[1].lang, &lexicon, error);
    if (status == TY_OK)
        status = ty_ground_beads(&ground, NULL, false, &beads, numbers, error);
    if (status == TY_OK)
        status = pick_anchors(board, &beads, numbers, &anchors, error);
    if (status == TY_OK) {
        ty_align_side sides[2] = {ty_ground_side(&ground, 0), ty_ground_side(&ground, 1)};
        ty_align_options options = {
            .lexicon = lexicon, .anchors = anchors.items, .anchor_count = anchors.count};
        status =
            ty_align_repairs(&sides[0], &sides[1], &options, beads.items, beads.count, LIKELY, found, error);
    }
    ty_vector_release(&beads);
    ty_vector_release(&anchors);
    return status;
}

ty_status ty_memory_alternatives(ty_memory *memory, int64_t release,
                                 ty_status (*each)(void *payload, const ty_alternative *alternative),
                                 void *payload, ty_error *error)
{
    ty_board board = {0};
    ty_align_alternatives found = {0};
    size_t *numbers = NULL;
    ty_status status = ty_memory_enter(&memory, error);
    if (status == TY_OK)
        status = ty_board_open(memory->store, release, &board, error);
    if (status == TY_OK && !(numbers = ty_arena_array(&board.arena, board.beads.count + 1, sizeof *numbers)))
        status = ty_error_nomem(error);
    if (status == TY_OK)
        status = find(memory, &board, &found, numbers, error);
    if (status == TY_OK)
        status = tell(&board, numbers, &found, each, payload);
    ty_vector_release(&found);
    ty_board_release(&board);
    ty_memory_leave(memory);
    return status;
}
