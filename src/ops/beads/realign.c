/* SPDX-License-Identifier: Apache-2.0 */
/* A release aligned anew around what a person has fixed. */
#include "ops/beads/ground.h"

typedef struct realigning {
    ty_memory *memory;
    ty_board *board;
    ty_ground ground;
    ty_edit edit;
    bool *kept; /* by bead of the board as it was */
    size_t old; /* how many these were */
    uint64_t changed;
} realigning;

static bool same_place(const ty_stored_bead *a, const ty_stored_bead *b)
{
    for (int side = 0; side < 2; side++)
        if (a->count[side] != b->count[side] || (a->count[side] && a->first[side] != b->first[side]))
            return false;
    return true;
}

/* The bead of the aligner, in the documents. What is not of neighbouring sentences there is none. */
static bool place_of(const ty_ground *g, const ty_bead *bead, ty_stored_bead *out)
{
    const uint32_t start[2] = {bead->source_start, bead->target_start};
    const uint32_t count[2] = {bead->source_count, bead->target_count};
    *out = (ty_stored_bead){.origin = g->board->origin,
                            .documents = {g->board->documents[0].id, g->board->documents[1].id},
                            .confidence = (double)bead->confidence};
    for (int side = 0; side < 2; side++) {
        size_t length = g->board->sentences[side].count;
        out->count[side] = count[side];
        out->first[side] = start[side] < g->counts[side] ? g->numbers[side][start[side]] : (uint32_t)length;
        if (count[side] > 1 &&
            g->numbers[side][start[side] + count[side] - 1] != out->first[side] + count[side] - 1)
            return false;
    }
    return true;
}

/* An old bead that is free: with just these sentences, or with the same first one of the source. */
static ty_board_bead *find_old(realigning *r, const ty_stored_bead *place, bool nearly)
{
    for (size_t i = 0; i < r->old; i++) {
        ty_board_bead *bead = &r->board->beads.items[i];
        bool near =
            nearly && place->count[0] && bead->stored.count[0] && bead->stored.first[0] == place->first[0];
        if (!r->kept[i] && (near || (!nearly && same_place(&bead->stored, place)))) {
            r->kept[i] = true;
            return bead;
        }
    }
    return NULL;
}

/* What the aligner made of a place is to be looked at. */
static ty_status put_new(realigning *r, const ty_stored_bead *place, ty_error *error)
{
    ty_board_bead *old = find_old(r, place, true), new = {.stored = *place};
    ty_stored_bead *bead = old ? &old->stored : &new.stored;
    for (int side = 0; side < 2; side++) {
        bead->first[side] = place->first[side];
        bead->count[side] = place->count[side];
    }
    bead->confidence = place->confidence;
    bead->state = TY_BEAD_AUTO;
    bead->ask = true;
    bead->who = r->edit.who;
    bead->at = r->edit.when;
    bead->aligned_at = r->edit.when;
    (old ? old : &new)->touched = (old ? old : &new)->spoken = true;
    r->changed++;
    return old || ty_vector_push(&r->board->beads, new) ? TY_OK : ty_error_nomem(error);
}

/* Beads that come out as they were stay as they are, whoever made them; then the others are made. */
static ty_status take(realigning *r, const ty_alignment *alignment, ty_error *error)
{
    size_t count = alignment->beads.count;
    bool *known = ty_arena_array(&r->board->arena, count + 1, sizeof *known);
    ty_stored_bead place;
    ty_status status = known ? TY_OK : ty_error_nomem(error);
    for (size_t k = 0; k < count && status == TY_OK; k++)
        known[k] = !place_of(&r->ground, &alignment->beads.items[k], &place) || find_old(r, &place, false) ||
                   alignment->beads.items[k].confidence >= 1;
    for (size_t k = 0; k < count && status == TY_OK; k++)
        if (!known[k] && place_of(&r->ground, &alignment->beads.items[k], &place))
            status = put_new(r, &place, error);
    return status;
}

/* Those that nothing came of go. */
static ty_status drop_old(realigning *r, ty_error *error)
{
    size_t left = 0;
    for (size_t i = 0; i < r->board->beads.count; i++) {
        const ty_board_bead *bead = &r->board->beads.items[i];
        if (i >= r->old || r->kept[i])
            r->board->beads.items[left++] = *bead;
        else if (!ty_vector_push(&r->board->removed, bead->stored))
            return ty_error_nomem(error);
    }
    r->board->beads.count = left;
    ty_board_sort(r->board);
    return ty_board_is_whole(r->board)
               ? TY_OK
               : ty_error_set(error, TY_ERR_USAGE,
                              "pairs that cross stand in the way; undo one, or confirm less");
}

static ty_status align(realigning *r, bool keep_hand, ty_alignment *out, ty_error *error)
{
    const ty_lexicon *lexicon = NULL;
    ty_beads anchors = {0};
    size_t *numbers = ty_arena_array(&r->board->arena, r->old + 1, sizeof *numbers);
    ty_status status = numbers ? ty_ground_make(r->board, ty_bead_is_fixed, keep_hand, &r->ground, error)
                               : ty_error_nomem(error);
    if (status == TY_OK)
        status = ty_memory_aligning(r->memory, r->board->documents[0].lang, r->board->documents[1].lang,
                                    &lexicon, error);
    if (status == TY_OK)
        status = ty_ground_beads(&r->ground, ty_bead_is_fixed, keep_hand, &anchors, numbers, error);
    if (status == TY_OK) {
        ty_align_side sides[2] = {ty_ground_side(&r->ground, 0), ty_ground_side(&r->ground, 1)};
        ty_align_options options = {
            .lexicon = lexicon, .anchors = anchors.items, .anchor_count = anchors.count};
        status = ty_align(&sides[0], &sides[1], &options, out, error);
    }
    ty_vector_release(&anchors);
    return status;
}

static ty_status realign(realigning *r, bool keep_hand, ty_error *error)
{
    ty_alignment alignment = {0};
    r->old = r->board->beads.count;
    r->kept = ty_arena_array(&r->board->arena, r->old + 1, sizeof *r->kept);
    ty_status status = r->kept ? align(r, keep_hand, &alignment, error) : ty_error_nomem(error);
    for (size_t i = 0; i < r->old && status == TY_OK; i++)
        r->kept[i] = r->ground.held[i] || ty_bead_is_fixed(&r->board->beads.items[i].stored, keep_hand);
    if (status == TY_OK)
        status = take(r, &alignment, error);
    if (status == TY_OK)
        status = drop_old(r, error);
    if (status == TY_OK && r->changed)
        status = ty_board_settle(r->board, &r->edit, error);
    ty_alignment_release(&alignment);
    return status;
}

ty_status ty_memory_realign(ty_memory *memory, int64_t release, bool keep_hand, const char *who,
                            uint64_t *out_count, ty_error *error)
{
    char now[17];
    ty_board board = {0};
    ty_origin_now(now);
    realigning r = {
        .memory = memory, .board = &board, .edit = {.who = ty_slice_of(who), .when = ty_slice_of(now)}};
    ty_status status = ty_store_begin(memory->store, error);
    if (status != TY_OK)
        return status;
    status = ty_board_open(memory->store, release, &board, error);
    if (status == TY_OK) {
        ty_store_name_step(memory->store, "realign", (ty_slice){"", 0}, release, &r.edit);
        status = realign(&r, keep_hand, error);
    }
    *out_count = status == TY_OK ? r.changed : 0;
    if (status == TY_OK && !r.changed)
        status = TY_NO;
    status = ty_store_end(memory->store, status, error);
    ty_board_release(&board);
    return status;
}
