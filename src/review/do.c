/* SPDX-License-Identifier: Apache-2.0 */
/* An operation by its name. */
#include "review/internal.h"

ty_status ty_cannot(ty_doing *d, const char *why)
{
    return ty_error_set(d->error, TY_ERR_USAGE, "%s", ty_words(why));
}

static ty_status run(ty_doing *d)
{
    switch (d->op->action) {
    case TY_REVIEW_UP: return ty_review_move(d, -1, false);
    case TY_REVIEW_DOWN: return ty_review_move(d, 1, false);
    case TY_REVIEW_FETCH_UP: return ty_review_move(d, -1, true);
    case TY_REVIEW_FETCH_DOWN: return ty_review_move(d, 1, true);
    case TY_REVIEW_MERGE: return ty_review_merge(d);
    case TY_REVIEW_SPLIT: return ty_review_split(d);
    case TY_REVIEW_CUT: return ty_review_cut(d);
    case TY_REVIEW_JOIN: return ty_review_join(d);
    case TY_REVIEW_UNLINK: return ty_review_unlink(d);
    case TY_REVIEW_SWAP: return ty_review_swap(d);
    case TY_REVIEW_LINK: return ty_review_link(d);
    case TY_REVIEW_EDIT: return ty_review_edit(d);
    case TY_REVIEW_CONFIRM: return ty_review_confirm(d);
    case TY_REVIEW_CONFIRM_ABOVE: return ty_review_confirm_above(d);
    default: return ty_review_mark(d);
    }
}

/* Of the whole board, or of beads that the operation lists itself. */
static bool needs_bead(const ty_review_op *op)
{
    return op->action != TY_REVIEW_CONFIRM_ABOVE && !(op->action == TY_REVIEW_CONFIRM && op->bead_count);
}

static ty_status find_bead(ty_doing *d)
{
    if (!needs_bead(d->op))
        return TY_OK;
    d->at = ty_board_find(d->board, d->op->bead);
    if (d->at == SIZE_MAX)
        return ty_error_set(d->error, TY_NO, "there is no pair %lld", (long long)d->op->bead);
    if (d->op->side != 0 && d->op->side != 1)
        return ty_cannot(d, "a pair has two sides, 0 and 1");
    if (d->board->beads.items[d->at].stored.locked && d->op->action != TY_REVIEW_LOCK)
        return ty_cannot(d, "the pair is locked");
    return TY_OK;
}

ty_status ty_board_do(ty_board *board, const ty_review_op *op, const ty_edit *edit, int64_t *current,
                      ty_error *error)
{
    ty_doing d = {.board = board, .op = op, .edit = edit, .current = current, .error = error};
    *current = op->bead;
    ty_status status = find_bead(&d);
    size_t at = d.at;
    if (status == TY_OK)
        status = run(&d);
    if (status == TY_OK && !ty_board_is_whole(board))
        status = ty_error_set(error, TY_ERR_USAGE,
                              "the beads would not cover every sentence once; nothing is changed");
    if (status != TY_OK || !board->beads.count || ty_board_find(board, *current) != SIZE_MAX)
        return status;
    at = at < board->beads.count ? at : board->beads.count - 1;
    *current = board->beads.items[at].stored.id; /* what stands there now */
    return status;
}
