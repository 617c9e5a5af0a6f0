/* SPDX-License-Identifier: Apache-2.0 */
/* Settling: beads, and the units that stand for them, become in the memory what they are on the board. */
#include "review/internal.h"

#include <stdio.h>

/* ------------------------------------------------------------------------------------------ units */

static bool is_pair(const ty_stored_bead *bead)
{
    return bead->count[0] && bead->count[1] && !bead->omit;
}

/* The variant of a side: by its language, else by its place. */
static size_t variant_of(const ty_board *board, const ty_unit *unit, int side)
{
    for (size_t i = 0; i < unit->variant_count; i++)
        if (ty_lang_same(unit->variants[i].lang, board->documents[side].lang))
            return i;
    return (size_t)side < unit->variant_count ? (size_t)side : SIZE_MAX;
}

static ty_status bead_text(ty_board *board, const ty_board_bead *bead, int side, ty_slice *out,
                           ty_error *error)
{
    ty_buffer text = {0};
    ty_board_text(board, bead, side, &text);
    *out = ty_arena_copy(&board->arena, ty_buffer_slice(&text));
    bool failed = text.failed || board->arena.failed;
    ty_buffer_release(&text);
    return failed ? ty_error_nomem(error) : TY_OK;
}

/* Sentence numbers for people, as an import says them of its pairs. */
static ty_slice place_text(ty_board *board, const ty_stored_bead *bead)
{
    char text[100], sides[2][40];
    for (int side = 0; side < 2; side++) {
        uint32_t first = bead->first[side] + 1, count = bead->count[side];
        if (count == 1)
            snprintf(sides[side], sizeof sides[side], "%u", first);
        else
            snprintf(sides[side], sizeof sides[side], "%u-%u", first, first + count - 1);
    }
    snprintf(text, sizeof text, "%s:%s", sides[0], sides[1]);
    return ty_arena_copy(&board->arena, ty_slice_of(text));
}

static ty_slice confidence_text(ty_board *board, const ty_stored_bead *bead)
{
    ty_buffer text = {0};
    ty_buffer_add_fixed(&text, bead->confidence, 3);
    ty_slice copy = ty_arena_copy(&board->arena, ty_buffer_slice(&text));
    board->arena.failed |= text.failed;
    ty_buffer_release(&text);
    return copy;
}

static void set_place(ty_board *board, const ty_stored_bead *bead, ty_unit *unit)
{
    for (size_t i = 0; i < unit->infos.count; i++) {
        ty_info *info = &unit->infos.items[i];
        if (info->kind == TY_INFO_PROP &&
            ty_slice_equal(ty_attribute_find(info->attributes, "type"), TY_SLICE("x-taiyaku:place")))
            info->text = place_text(board, bead);
        if (info->kind == TY_INFO_PROP &&
            ty_slice_equal(ty_attribute_find(info->attributes, "type"), TY_SLICE("x-taiyaku:confidence")))
            info->text = confidence_text(board, bead);
    }
}

/* Plain text where the text is another one: inline codes of a release are a person's, and gone with the text.
 */
static ty_status set_texts(ty_board *board, const ty_board_bead *bead, ty_unit *unit, bool *changed,
                           ty_error *error)
{
    ty_status status = TY_OK;
    for (int side = 0; side < 2 && status == TY_OK; side++) {
        ty_slice text;
        size_t at = variant_of(board, unit, side);
        status = bead_text(board, bead, side, &text, error);
        if (status == TY_OK && ty_text_is_blank(text))
            status = ty_error_set(error, TY_ERR_USAGE, "a side of the pair would be left without text");
        if (status != TY_OK || at == SIZE_MAX || ty_slice_equal(unit->variants[at].text, text))
            continue;
        unit->variants[at].text = text;
        unit->variants[at].content = (ty_slice){0};
        *changed = true;
    }
    set_place(board, &bead->stored, unit);
    return status;
}

/* Like a unit that the release has, no label: with its properties, but for what is said of one pair only. */
static ty_status like_another(ty_board *board, ty_unit *out, ty_error *error)
{
    ty_stored_unit stored;
    for (size_t i = 0; i < board->beads.count; i++) {
        int64_t id = board->beads.items[i].stored.unit;
        ty_status status = id ? ty_store_unit(board->store, id, &board->arena, &stored, error) : TY_NO;
        if (status == TY_OK && stored.label)
            continue;
        if (status == TY_OK)
            *out = stored.unit;
        if (status != TY_NO)
            return status;
    }
    return TY_NO;
}

static ty_status bare_unit(ty_board *board, ty_unit *out, ty_error *error)
{
    ty_attribute *source = ty_arena_alloc(&board->arena, sizeof *source);
    *out = (ty_unit){.variants = ty_arena_array(&board->arena, 2, sizeof *out->variants), .variant_count = 2};
    if (!out->variants || !source)
        return ty_error_nomem(error);
    *source = (ty_attribute){TY_SLICE("srclang"), board->documents[0].lang};
    out->attributes = (ty_attributes){source, 1};
    for (int side = 0; side < 2; side++)
        out->variants[side].lang = board->documents[side].lang;
    return TY_OK;
}

/* The unit of the nearest pair above in reading order, 0 where there is none. */
static int64_t unit_above(const ty_board *board, size_t at)
{
    while (at > 0)
        if (board->beads.items[--at].stored.unit)
            return board->beads.items[at].stored.unit;
    return 0;
}

static ty_slice status_of(const ty_stored_bead *bead)
{
    return bead->state == TY_BEAD_OK ? TY_SLICE("confirmed") : TY_SLICE("");
}

static ty_status make_unit(ty_board *board, size_t at, const ty_edit *edit, ty_error *error)
{
    bool changed = false;
    ty_unit unit;
    ty_board_bead *bead = &board->beads.items[at];
    ty_status status = like_another(board, &unit, error);
    if (status == TY_NO)
        status = bare_unit(board, &unit, error);
    if (status == TY_OK)
        status = set_texts(board, bead, &unit, &changed, error);
    if (status == TY_OK)
        status = ty_store_add_unit(board->store, &unit, status_of(&bead->stored), board->origin,
                                   unit_above(board, at), edit, &bead->stored.unit, error);
    return status;
}

/* A pair of labels is other beads', too: this one goes on with a unit of its own. */
static ty_status renew_unit(ty_board *board, size_t at, const ty_edit *edit, ty_error *error)
{
    bool changed = false;
    ty_stored_unit stored;
    ty_board_bead *bead = &board->beads.items[at];
    ty_status status = ty_store_unit(board->store, bead->stored.unit, &board->arena, &stored, error);
    if (status == TY_OK && bead->spoken)
        status = set_texts(board, bead, &stored.unit, &changed, error);
    if (status == TY_OK && changed && stored.label) {
        bead->stored.unit = 0;
        return make_unit(board, at, edit, error);
    }
    if (status == TY_OK && changed)
        return ty_store_set_unit(board->store, bead->stored.unit, &stored.unit, status_of(&bead->stored),
                                 edit, error);
    if (status == TY_OK && !stored.label)
        status = ty_store_set_status(board->store, bead->stored.unit, status_of(&bead->stored), edit, error);
    return status;
}

/* A unit that no bead stands for any more goes; a label that none of the release does leaves the release. */
static ty_status drop_unit(ty_board *board, int64_t unit, const ty_edit *edit, ty_error *error)
{
    bool used = false;
    ty_status status = ty_store_unit_has_bead(board->store, unit, &used, error);
    if (status == TY_OK && used)
        return ty_store_leave_label(board->store, unit, board->origin, error);
    return status == TY_OK ? ty_store_remove(board->store, unit, edit, error) : status;
}

/* ------------------------------------------------------------------------------------------ beads */

static ty_status settle_removed(ty_board *board, const ty_edit *edit, ty_error *error)
{
    ty_status status = TY_OK;
    for (size_t i = 0; i < board->removed.count && status == TY_OK; i++)
        status = ty_store_drop_bead(board->store, board->removed.items[i].id, error);
    for (size_t i = 0; i < board->removed.count && status == TY_OK; i++)
        if (board->removed.items[i].unit)
            status = drop_unit(board, board->removed.items[i].unit, edit, error);
    return status;
}

static ty_status settle_bead(ty_board *board, size_t at, const ty_edit *edit, ty_error *error)
{
    ty_board_bead *bead = &board->beads.items[at];
    int64_t before = bead->stored.unit;
    ty_status status = TY_OK;
    if (!is_pair(&bead->stored))
        bead->stored.unit = 0;
    else if (bead->stored.unit)
        status = renew_unit(board, at, edit, error);
    else
        status = make_unit(board, at, edit, error);
    if (status == TY_OK)
        status = ty_store_put_bead(board->store, &bead->stored, error);
    if (status == TY_OK && before && before != bead->stored.unit)
        status = drop_unit(board, before, edit, error);
    if (status == TY_OK && !ty_vector_push(&board->changed, bead->stored.id))
        status = ty_error_nomem(error);
    bead->touched = bead->spoken = false;
    return status;
}

ty_status ty_board_settle(ty_board *board, const ty_edit *edit, ty_error *error)
{
    ty_status status = settle_removed(board, edit, error);
    for (size_t i = 0; i < board->beads.count && status == TY_OK; i++)
        if (board->beads.items[i].touched)
            status = settle_bead(board, i, edit, error);
    return status;
}
