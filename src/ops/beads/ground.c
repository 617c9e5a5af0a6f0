/* SPDX-License-Identifier: Apache-2.0 */
#include "ops/beads/ground.h"

/* How far back a chain is looked for: what crosses does so by a few beads. */
enum { REACH = 400 };

bool ty_bead_is_fixed(const ty_stored_bead *bead, bool keep_hand)
{
    return bead->state == TY_BEAD_OK || bead->locked || (keep_hand && bead->state == TY_BEAD_HAND);
}

static bool passes(ty_ground_test test, const ty_stored_bead *bead, bool keep_hand)
{
    return !test || test(bead, keep_hand);
}

/* ------------------------------------------------------------------------------------------ what crosses */

typedef struct link {
    uint32_t length;
    size_t before; /* SIZE_MAX: none */
} link;

/* The longest chain, in order of the targets, that ends with the bead. */
static link chain_to(const ty_board *board, const link *links, size_t at)
{
    const ty_stored_bead *bead = &board->beads.items[at].stored;
    link best = {1, SIZE_MAX};
    for (size_t k = at < REACH ? 0 : at - REACH; k < at; k++) {
        const ty_stored_bead *other = &board->beads.items[k].stored;
        if (links[k].length && links[k].length + 1 > best.length &&
            other->first[1] + other->count[1] <= bead->first[1])
            best = (link){links[k].length + 1, k};
    }
    return best;
}

/* Of the beads that pass, those outside the longest chain whose targets are in order are held out. */
static ty_status hold_out(ty_ground *g, ty_ground_test test, bool keep_hand, ty_error *error)
{
    const ty_board *board = g->board;
    size_t count = board->beads.count, last = SIZE_MAX;
    link *links = ty_arena_array(&g->board->arena, count, sizeof *links);
    g->held = ty_arena_array(&g->board->arena, count, sizeof *g->held);
    if (count && (!links || !g->held))
        return ty_error_nomem(error);
    for (size_t i = 0; i < count; i++) {
        const ty_stored_bead *bead = &board->beads.items[i].stored;
        if (!bead->count[1] || !passes(test, bead, keep_hand))
            continue;
        g->held[i] = true;
        links[i] = chain_to(board, links, i);
        if (last == SIZE_MAX || links[i].length >= links[last].length)
            last = i;
    }
    for (; last != SIZE_MAX; last = links[last].before)
        g->held[last] = false;
    return TY_OK;
}

/* ------------------------------------------------------------------------------------------ sentences */

static void mark_held(const ty_ground *g, int side, bool *out)
{
    for (size_t i = 0; i < g->board->beads.count; i++) {
        const ty_stored_bead *bead = &g->board->beads.items[i].stored;
        for (uint32_t n = 0; g->held[i] && n < bead->count[side]; n++)
            out[bead->first[side] + n] = true;
    }
}

static ty_status gather(ty_ground *g, int side, ty_error *error)
{
    ty_arena *arena = &g->board->arena;
    size_t count = g->board->sentences[side].count;
    bool *out = ty_arena_array(arena, count, sizeof *out);
    g->texts[side] = ty_arena_array(arena, count, sizeof(ty_slice));
    g->paragraphs[side] = ty_arena_array(arena, count, sizeof(uint32_t));
    g->numbers[side] = ty_arena_array(arena, count, sizeof(uint32_t));
    if (count && (!out || !g->texts[side] || !g->paragraphs[side] || !g->numbers[side]))
        return ty_error_nomem(error);
    mark_held(g, side, out);
    for (uint32_t n = 0; n < count; n++) {
        const ty_stored_sentence *sentence = &g->board->sentences[side].items[n];
        if (out[n])
            continue;
        size_t at = g->counts[side]++;
        g->texts[side][at] = sentence->edited.data ? sentence->edited : sentence->text;
        g->paragraphs[side][at] = sentence->paragraph;
        g->numbers[side][at] = n;
    }
    return TY_OK;
}

ty_status ty_ground_make(ty_board *board, ty_ground_test test, bool keep_hand, ty_ground *out,
                         ty_error *error)
{
    *out = (ty_ground){.board = board};
    ty_status status = hold_out(out, test, keep_hand, error);
    for (int side = 0; side < 2 && status == TY_OK; side++)
        status = gather(out, side, error);
    return status;
}

ty_align_side ty_ground_side(const ty_ground *g, int side)
{
    return (ty_align_side){g->texts[side], g->paragraphs[side], g->counts[side],
                           g->board->documents[side].lang};
}

/* ------------------------------------------------------------------------------------------ beads */

/* The number of a sentence among those that are not held out: of the first at or behind it. */
static uint32_t number_in(const ty_ground *g, int side, uint32_t number)
{
    size_t low = 0, high = g->counts[side];
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (g->numbers[side][middle] < number)
            low = middle + 1;
        else
            high = middle;
    }
    return (uint32_t)low;
}

/* A side that is empty may stand anywhere between its neighbours: right behind what is before it. */
static ty_bead place_in(const ty_ground *g, const ty_stored_bead *bead, const uint32_t next[2])
{
    uint32_t start[2];
    for (int side = 0; side < 2; side++)
        start[side] = bead->count[side] ? number_in(g, side, bead->first[side]) : next[side];
    return (ty_bead){start[0], bead->count[0], start[1], bead->count[1], (float)bead->confidence};
}

ty_status ty_ground_beads(const ty_ground *g, ty_ground_test test, bool keep_hand, ty_beads *beads,
                          size_t *numbers, ty_error *error)
{
    uint32_t next[2] = {0, 0};
    for (size_t i = 0; i < g->board->beads.count; i++) {
        const ty_stored_bead *bead = &g->board->beads.items[i].stored;
        if (g->held[i] || !passes(test, bead, keep_hand))
            continue;
        ty_bead place = place_in(g, bead, next);
        numbers[beads->count] = i;
        if (!ty_vector_push(beads, place))
            return ty_error_nomem(error);
        next[0] = place.source_start + place.source_count;
        next[1] = place.target_start + place.target_count;
    }
    return TY_OK;
}
