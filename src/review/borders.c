/* SPDX-License-Identifier: Apache-2.0 */
/* Borders between beads: moved, taken away, drawn. Numbers of sentences are those of their document. */
#include "review/internal.h"

static ty_board_bead *bead_at(ty_doing *d, size_t at)
{
    return &d->board->beads.items[at];
}

/* The bead above (-1) or below (1) in reading order, or NULL. */
static ty_board_bead *neighbour(ty_doing *d, int direction)
{
    if (direction < 0)
        return d->at ? bead_at(d, d->at - 1) : NULL;
    return d->at + 1 < d->board->beads.count ? bead_at(d, d->at + 1) : NULL;
}

/* Locked by somebody: not to be changed by the way. */
static bool is_free(const ty_board_bead *bead)
{
    return !bead->stored.locked;
}

static void empty_side(ty_stored_bead *bead, int side)
{
    bead->first[side] = bead->count[side] = 0;
}

/* Nothing is left of it. */
static ty_status drop_if_empty(ty_doing *d, size_t at)
{
    ty_board *board = d->board;
    const ty_stored_bead *bead = &bead_at(d, at)->stored;
    if (bead->count[0] || bead->count[1])
        return TY_OK;
    if (bead->id && !ty_vector_push(&board->removed, *bead))
        return ty_error_nomem(d->error);
    memmove(bead_at(d, at), bead_at(d, at) + 1, (board->beads.count - at - 1) * sizeof *board->beads.items);
    board->beads.count--;
    return TY_OK;
}

/* A new bead behind another, as unsure as that one is. */
static ty_board_bead *add_behind(ty_doing *d, size_t at)
{
    ty_board *board = d->board;
    if (!ty_vector_reserve(&board->beads, 1))
        return NULL;
    memmove(bead_at(d, at) + 2, bead_at(d, at) + 1,
            (board->beads.count - at - 1) * sizeof *board->beads.items);
    board->beads.count++;
    const ty_stored_bead *like = &bead_at(d, at)->stored;
    *bead_at(d, at + 1) = (ty_board_bead){.stored = {.origin = like->origin,
                                                     .documents = {like->documents[0], like->documents[1]},
                                                     .confidence = like->confidence,
                                                     .aligned_at = like->aligned_at,
                                                     .tool = like->tool}};
    return bead_at(d, at + 1);
}

/* ------------------------------------------------------------------------------------------ one sentence */

/* Can a sentence go over the border between two beads on a side? An empty side stands anywhere. */
static bool touch(const ty_stored_bead *above, const ty_stored_bead *below, int side)
{
    return !above->count[side] || !below->count[side] ||
           above->first[side] + above->count[side] == below->first[side];
}

/* The last sentence of the bead above goes below, or the first of the one below above. */
static void carry(ty_stored_bead *above, ty_stored_bead *below, int side, bool down)
{
    ty_stored_bead *from = down ? above : below, *to = down ? below : above;
    uint32_t number = down ? from->first[side] + from->count[side] - 1 : from->first[side];
    if (!to->count[side] || down)
        to->first[side] = number;
    to->count[side]++;
    from->count[side]--;
    if (!down)
        from->first[side]++;
    if (!from->count[side])
        empty_side(from, side);
}

ty_status ty_review_move(ty_doing *d, int direction, bool fetch)
{
    int side = d->op->side;
    ty_board_bead *other = neighbour(d, direction);
    if (!other)
        return ty_cannot(d, direction < 0 ? TY_WORDS("there is no pair above")
                                          : TY_WORDS("there is no pair below"));
    size_t above = direction < 0 ? d->at - 1 : d->at;
    ty_board_bead *up = bead_at(d, above), *low = bead_at(d, above + 1);
    bool down = fetch ? direction < 0 : direction > 0;
    if (!is_free(other))
        return ty_cannot(d, "the pair beside it is locked");
    if (!(down ? up : low)->stored.count[side])
        return ty_cannot(d, "there is no sentence on that side");
    if (!touch(&up->stored, &low->stored, side))
        return ty_cannot(d, "the sentences do not follow each other there");
    carry(&up->stored, &low->stored, side, down);
    ty_bead_touch(d, above, true);
    ty_bead_touch(d, above + 1, true);
    return drop_if_empty(d, down ? above : above + 1);
}

/* ------------------------------------------------------------------------------------------ whole beads */

ty_status ty_review_merge(ty_doing *d)
{
    int direction = d->op->direction < 0 ? -1 : 1;
    ty_board_bead *other = neighbour(d, direction);
    if (!other || !is_free(other))
        return ty_cannot(d, other ? TY_WORDS("the pair beside it is locked")
                                  : TY_WORDS("there is no pair there"));
    size_t above = direction < 0 ? d->at - 1 : d->at;
    ty_stored_bead *up = &bead_at(d, above)->stored, *low = &bead_at(d, above + 1)->stored;
    for (int side = 0; side < 2; side++)
        if (!touch(up, low, side))
            return ty_cannot(d, "the sentences do not follow each other there");
    for (int side = 0; side < 2; side++) {
        if (!up->count[side])
            up->first[side] = low->first[side];
        up->count[side] += low->count[side];
        empty_side(low, side);
    }
    up->confidence = up->confidence < low->confidence ? up->confidence : low->confidence;
    if (!up->unit && low->unit) { /* the unit that there is goes on */
        up->unit = low->unit;
        low->unit = 0;
    }
    ty_bead_touch(d, above, true);
    *d->current = up->id;
    return drop_if_empty(d, above + 1);
}

/* A text that was written anew for several sentences may have left some of them empty. */
static bool says_nothing(const ty_doing *d, size_t at)
{
    const ty_stored_bead *bead = &d->board->beads.items[at].stored;
    for (int side = 0; side < 2; side++)
        for (uint32_t i = 0; i < bead->count[side]; i++)
            if (ty_sentence_shown(&d->board->sentences[side].items[bead->first[side] + i]).size)
                return false;
    return true;
}

ty_status ty_review_split(ty_doing *d)
{
    const ty_stored_bead *whole = &bead_at(d, d->at)->stored;
    if (whole->count[0] < 2 && whole->count[1] < 2)
        return ty_cannot(d, "there is one sentence a side; cut it first");
    ty_board_bead *below = add_behind(d, d->at);
    if (!below)
        return ty_error_nomem(d->error);
    ty_stored_bead *above = &bead_at(d, d->at)->stored;
    for (int side = 0; side < 2; side++) {
        if (above->count[side] < 2)
            continue;
        below->stored.first[side] = above->first[side] + 1;
        below->stored.count[side] = above->count[side] - 1;
        above->count[side] = 1;
    }
    if (says_nothing(d, d->at) || says_nothing(d, d->at + 1))
        return ty_cannot(d, "one of the two pairs would have no text");
    ty_bead_touch(d, d->at, true);
    ty_bead_touch(d, d->at + 1, true);
    return TY_OK;
}

/* The target, if any, gets a bead of its own behind it. */
static ty_status part(ty_doing *d, size_t at)
{
    if (!bead_at(d, at)->stored.count[0] || !bead_at(d, at)->stored.count[1])
        return TY_OK;
    ty_board_bead *target = add_behind(d, at);
    if (!target)
        return ty_error_nomem(d->error);
    ty_stored_bead *source = &bead_at(d, at)->stored;
    target->stored.first[1] = source->first[1];
    target->stored.count[1] = source->count[1];
    empty_side(source, 1);
    ty_bead_touch(d, at, true);
    ty_bead_touch(d, at + 1, true);
    return TY_OK;
}

ty_status ty_review_unlink(ty_doing *d)
{
    const ty_stored_bead *bead = &bead_at(d, d->at)->stored;
    if (!bead->count[0] || !bead->count[1])
        return ty_cannot(d, "it has no partner");
    return part(d, d->at);
}

ty_status ty_review_swap(ty_doing *d)
{
    int direction = d->op->direction < 0 ? -1 : 1;
    ty_board_bead *other = neighbour(d, direction), *bead = bead_at(d, d->at);
    if (!other || !is_free(other))
        return ty_cannot(d, other ? TY_WORDS("the pair beside it is locked")
                                  : TY_WORDS("there is no pair there"));
    uint32_t first = bead->stored.first[1], count = bead->stored.count[1];
    if (!count && !other->stored.count[1])
        return ty_cannot(d, "neither has a partner to exchange");
    bead->stored.first[1] = other->stored.first[1];
    bead->stored.count[1] = other->stored.count[1];
    other->stored.first[1] = first;
    other->stored.count[1] = count;
    size_t at = (size_t)(other - d->board->beads.items);
    ty_bead_touch(d, d->at, true);
    ty_bead_touch(d, at, true);
    ty_status status = drop_if_empty(d, at > d->at ? at : d->at);
    return status == TY_OK ? drop_if_empty(d, at > d->at ? d->at : at) : status;
}

/* The side of one bead with the side of another; what is left of both is unpaired. */
ty_status ty_review_link(ty_doing *d)
{
    size_t other = ty_board_find(d->board, d->op->other);
    int side = d->op->side;
    if (other == SIZE_MAX || other == d->at)
        return ty_cannot(d, "there is no such other pair");
    if (d->op->other_side == side)
        return ty_cannot(d, "a pair has one side of each language");
    if (!is_free(bead_at(d, other)))
        return ty_cannot(d, "the other pair is locked");
    if (!bead_at(d, d->at)->stored.count[side] || !bead_at(d, other)->stored.count[!side])
        return ty_cannot(d, "there is no sentence on that side");
    int64_t id = bead_at(d, d->at)->stored.id, other_id = bead_at(d, other)->stored.id;
    ty_stored_bead *here = &bead_at(d, d->at)->stored, *there = &bead_at(d, other)->stored;
    uint32_t first = here->first[!side], count = here->count[!side];
    here->first[!side] = there->first[!side];
    here->count[!side] = there->count[!side];
    there->first[!side] = first;
    there->count[!side] = count;
    ty_bead_touch(d, d->at, true);
    ty_bead_touch(d, other, true);
    ty_status status = part(d, other); /* what was left of both is no pair */
    size_t emptied = ty_board_find(d->board, other_id);
    if (status == TY_OK && emptied != SIZE_MAX)
        status = drop_if_empty(d, emptied);
    *d->current = id;
    return status;
}
