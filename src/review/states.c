/* SPDX-License-Identifier: Apache-2.0 */
/* What a person says of beads: confirmed, left out, marked, in question, locked. */
#include "align/align.h"
#include "review/internal.h"

static ty_board_bead *bead_at(ty_doing *d, size_t at)
{
    return &d->board->beads.items[at];
}

static void sign(ty_doing *d, ty_stored_bead *bead, ty_bead_state state)
{
    bead->state = state;
    bead->who = d->edit->who;
    bead->at = d->edit->when;
}

void ty_bead_touch(ty_doing *d, size_t at, bool spoken)
{
    ty_board_bead *bead = bead_at(d, at);
    bead->touched = true;
    bead->spoken |= spoken;
    sign(d, &bead->stored, TY_BEAD_HAND);
}

static void confirm(ty_doing *d, size_t at)
{
    ty_board_bead *bead = bead_at(d, at);
    bead->touched = true;
    bead->stored.ask = false;
    sign(d, &bead->stored, TY_BEAD_OK);
}

/* ------------------------------------------------------------------------------------------ confirm */

static bool is_mine(const ty_doing *d, size_t at)
{
    const ty_stored_bead *bead = &d->board->beads.items[at].stored;
    return bead->state == TY_BEAD_HAND && !bead->locked && ty_slice_equal(bead->who, d->edit->who);
}

/* One bead takes those along that touch it and this person has changed by hand. */
static ty_status confirm_one(ty_doing *d)
{
    bool repaired = is_mine(d, d->at);
    confirm(d, d->at);
    for (size_t at = d->at; repaired && at > 0 && is_mine(d, at - 1); at--)
        confirm(d, at - 1);
    for (size_t at = d->at + 1; repaired && at < d->board->beads.count && is_mine(d, at); at++)
        confirm(d, at);
    return TY_OK;
}

/* Many are taken one by one, as they were chosen. */
ty_status ty_review_confirm(ty_doing *d)
{
    if (!d->op->bead_count)
        return confirm_one(d);
    for (size_t i = 0; i < d->op->bead_count; i++) {
        size_t at = ty_board_find(d->board, d->op->beads[i]);
        if (at == SIZE_MAX)
            return ty_error_set(d->error, TY_NO, "there is no pair %lld", (long long)d->op->beads[i]);
        if (!bead_at(d, at)->stored.locked)
            confirm(d, at);
    }
    return TY_OK;
}

ty_status ty_review_confirm_above(ty_doing *d)
{
    const ty_board *board = d->board;
    for (size_t i = 0; i < board->beads.count; i++) {
        bool doubt = ty_board_is_doubtful(board, i, d->op->above);
        doubt |= i > 0 && ty_board_is_doubtful(board, i - 1, d->op->above);
        doubt |= i + 1 < board->beads.count && ty_board_is_doubtful(board, i + 1, d->op->above);
        const ty_stored_bead *bead = &board->beads.items[i].stored;
        if (!doubt && !bead->flag && !bead->ask && !bead->locked && !bead->omit && bead->state != TY_BEAD_OK)
            confirm(d, i);
    }
    return TY_OK;
}

/* ------------------------------------------------------------------------------------------ doubt */

/* An address that one side only has is a sign of a wrong pair. */
static bool has_address(const ty_board *board, const ty_board_bead *bead, int side)
{
    for (uint32_t i = 0; i < bead->stored.count[side]; i++) {
        ty_slice text = ty_sentence_shown(&board->sentences[side].items[bead->stored.first[side] + i]);
        if (ty_align_has_address(text))
            return true;
    }
    return false;
}

unsigned ty_board_doubts(const ty_board *board, size_t at, double above)
{
    const ty_board_bead *bead = &board->beads.items[at];
    unsigned doubts =
        (bead->stored.ask ? TY_DOUBT_ASKED : 0u) | (bead->stored.state == TY_BEAD_HAND ? TY_DOUBT_HAND : 0u);
    if (bead->stored.state == TY_BEAD_OK)
        return 0;
    float confidence = (float)bead->stored.confidence;
    if (!bead->stored.count[0] || !bead->stored.count[1])
        return doubts | (ty_align_is_doubtful(confidence, true, false, above) ? TY_DOUBT_ALONE : 0u);
    if (ty_align_is_doubtful(confidence, false, false, above))
        doubts |= TY_DOUBT_UNSURE;
    return doubts | (has_address(board, bead, 0) != has_address(board, bead, 1) ? TY_DOUBT_ADDRESS : 0u);
}

bool ty_board_is_doubtful(const ty_board *board, size_t at, double above)
{
    return ty_board_doubts(board, at, above) != 0;
}

/* ------------------------------------------------------------------------------------------ marks */

static void set_note(ty_doing *d, ty_stored_bead *bead)
{
    if (d->op->note.data)
        bead->note = ty_arena_copy(&d->board->arena, d->op->note);
}

ty_status ty_review_mark(ty_doing *d)
{
    ty_board_bead *bead = bead_at(d, d->at);
    bead->touched = true;
    set_note(d, &bead->stored);
    switch (d->op->action) {
    case TY_REVIEW_OMIT:
        bead->stored.omit = d->op->on;
        bead->spoken = true;
        sign(d, &bead->stored, TY_BEAD_HAND);
        break;
    case TY_REVIEW_FLAG: bead->stored.flag = d->op->on; break;
    case TY_REVIEW_QUESTION:
        bead->stored.ask = d->op->on;
        if (d->op->on && bead->stored.state == TY_BEAD_OK) /* what is in question is not confirmed */
            sign(d, &bead->stored, TY_BEAD_AUTO);
        break;
    default: bead->stored.locked = d->op->on; break;
    }
    return d->board->arena.failed ? ty_error_nomem(d->error) : TY_OK;
}
