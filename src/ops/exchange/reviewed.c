/* SPDX-License-Identifier: Apache-2.0 */
/* See reviewed.h. */
#include "ops/exchange/reviewed.h"

#include "ops/exchange/reviewed_rows.h"

#include <stdio.h>

typedef struct reviewed {
    ty_memory *memory;
    const char *path;
    ty_buffer input;
    ty_reviewed_rows rows;
    ty_edit edit;
    char now[17];
    ty_counts *counts;
} reviewed;

/* ------------------------------------------------------------------------------------------ the board */

static bool overlaps(const ty_stored_bead *bead, const ty_reviewed_row *one)
{
    for (int side = 0; side < 2; side++)
        if (bead->count[side] && one->count[side] &&
            bead->first[side] < one->first[side] + one->count[side] &&
            one->first[side] < bead->first[side] + bead->count[side])
            return true;
    return false;
}

static bool stands_as(const ty_stored_bead *bead, const ty_reviewed_row *one)
{
    for (int side = 0; side < 2; side++)
        if (bead->count[side] != one->count[side] ||
            (bead->count[side] && bead->first[side] != one->first[side]))
            return false;
    return true;
}

static bool of_person(const ty_stored_bead *bead)
{
    return bead->state != TY_BEAD_AUTO || bead->flag || bead->ask || bead->locked || bead->omit;
}

/* Two rows for one sentence: the first has it. */
static bool is_second(const reviewed *r, size_t at)
{
    const ty_reviewed_row *one = &r->rows.items[at];
    for (size_t i = 0; i < at; i++) {
        const ty_reviewed_row *other = &r->rows.items[i];
        ty_stored_bead as = {.first = {other->first[0], other->first[1]},
                             .count = {other->count[0], other->count[1]}};
        if (!other->done && other->placed && overlaps(&as, one))
            return true;
    }
    return false;
}

static void confirm(reviewed *r, ty_board_bead *bead)
{
    bead->stored.state = TY_BEAD_OK;
    bead->stored.who = r->edit.who;
    bead->stored.at = r->edit.when;
    bead->touched = true;
}

/* False where a person here made something else of its sentences: that stays. */
static bool may_apply(reviewed *r, const ty_board *board, const ty_reviewed_row *one)
{
    for (size_t i = 0; i < board->beads.count; i++) {
        const ty_stored_bead *bead = &board->beads.items[i].stored;
        bool edited = bead->state == TY_BEAD_HAND && (one->rewritten[0] || one->rewritten[1]);
        if (!overlaps(bead, one) || !of_person(bead) || (stands_as(bead, one) && !bead->omit && !edited))
            continue;
        ty_warn(r->memory->listener, r->path, 0, bead->unit > 0 ? (size_t)bead->unit : 0, "conflict",
                "was changed here, and the table has it otherwise: what is here stays");
        return false;
    }
    return true;
}

static ty_status apply_row(reviewed *r, ty_board *board, const ty_reviewed_row *one, ty_error *error)
{
    for (size_t i = board->beads.count; i-- > 0;) {
        ty_board_bead *bead = &board->beads.items[i];
        if (!overlaps(&bead->stored, one))
            continue;
        if (stands_as(&bead->stored, one)) {
            bool known = bead->stored.state == TY_BEAD_OK;
            r->counts->unchanged += known;
            r->counts->updated += !known;
            if (!known)
                confirm(r, bead);
            return TY_OK;
        }
        if (bead->stored.id && !ty_vector_push(&board->removed, bead->stored))
            return ty_error_nomem(error);
        memmove(bead, bead + 1, (board->beads.count - i - 1) * sizeof *bead);
        board->beads.count--;
    }
    ty_board_bead bead = {
        .stored = {.origin = board->origin,
                   .documents = {board->documents[0].id, board->documents[1].id},
                   .first = {one->count[0] ? one->first[0] : 0, one->count[1] ? one->first[1] : 0},
                   .count = {one->count[0], one->count[1]},
                   .confidence = (double)one->confidence,
                   .aligned_at = r->edit.when},
        .spoken = true};
    confirm(r, &bead);
    r->counts->updated++;
    return ty_vector_push(&board->beads, bead) ? TY_OK : ty_error_nomem(error);
}

/* Sentences whose bead went, and that no row has, stand alone. */
static ty_status fill(ty_board *board, ty_error *error)
{
    bool good = true;
    for (int side = 0; side < 2 && good; side++) {
        size_t length = board->sentences[side].count;
        unsigned char *taken = calloc(length + 1, 1);
        for (size_t i = 0; taken && i < board->beads.count; i++)
            for (uint32_t k = 0; k < board->beads.items[i].stored.count[side]; k++)
                taken[board->beads.items[i].stored.first[side] + k] = 1;
        for (uint32_t i = 0; taken && i < length && good; i++) {
            ty_board_bead alone = {.stored = {.origin = board->origin,
                                              .documents = {board->documents[0].id, board->documents[1].id},
                                              .aligned_at = TY_SLICE("")},
                                   .touched = true};
            alone.stored.first[side] = i;
            alone.stored.count[side] = 1;
            good = taken[i] || ty_vector_push(&board->beads, alone);
        }
        good = good && taken;
        free(taken);
    }
    return good ? TY_OK : ty_error_nomem(error);
}

/* The words of the table, for sentences that were rewritten in it. */
static ty_status rewrite(reviewed *r, const ty_board *board, const ty_reviewed_row *one, ty_error *error)
{
    ty_status status = TY_OK;
    for (size_t i = 0; i < board->beads.count; i++) {
        const ty_stored_bead *bead = &board->beads.items[i].stored;
        if (!bead->unit || !stands_as(bead, one))
            continue;
        for (int side = 0; side < 2 && status == TY_OK; side++)
            if (one->rewritten[side])
                status = ty_memory_edit(r->memory, bead->unit, board->documents[side].lang.data,
                                        one->cells[side], false, r->edit.who.data, error);
        if (status == TY_OK)
            status =
                ty_store_set_status(r->memory->store, bead->unit, TY_SLICE("confirmed"), &r->edit, error);
        return status;
    }
    return TY_OK;
}

static void tell_others(const reviewed *r, const ty_board *board, ty_slice name)
{
    uint64_t others = 0;
    for (size_t i = 0; i < board->beads.count; i++) {
        bool held = false;
        const ty_stored_bead *bead = &board->beads.items[i].stored;
        for (size_t k = 0; k < r->rows.count && !held; k++)
            held = r->rows.items[k].placed && !r->rows.items[k].done && overlaps(bead, &r->rows.items[k]);
        others += !held && bead->unit;
    }
    if (others)
        ty_warn(r->memory->listener, r->path, 0, 0, "not-in-table",
                "%llu pairs of the release \"%.*s\" are not in the table: they stay as they are",
                (unsigned long long)others, TY_SLICE_FORMAT(name));
}

static ty_status apply(reviewed *r, ty_board *board, ty_slice name, ty_error *error)
{
    ty_status status = TY_OK;
    for (size_t i = 0; i < r->rows.count; i++)
        if (!r->rows.items[i].done && r->rows.items[i].placed && is_second(r, i))
            r->rows.items[i].placed = false;
    tell_others(r, board, name);
    for (size_t i = 0; i < r->rows.count && status == TY_OK; i++) {
        ty_reviewed_row *one = &r->rows.items[i];
        if (one->done || !one->placed)
            continue;
        if (may_apply(r, board, one))
            status = apply_row(r, board, one, error);
        else
            one->rewritten[0] = one->rewritten[1] = false;
    }
    if (status == TY_OK)
        status = fill(board, error);
    ty_board_sort(board);
    if (status == TY_OK && !ty_board_is_whole(board))
        status =
            ty_error_set(error, TY_ERR_FORMAT,
                         "with this table the release \"%.*s\" would not have every sentence once; nothing "
                         "is changed",
                         TY_SLICE_FORMAT(name));
    if (status == TY_OK)
        status = ty_board_settle(board, &r->edit, error);
    for (size_t i = 0; i < r->rows.count && status == TY_OK; i++) {
        ty_reviewed_row *one = &r->rows.items[i];
        if (!one->done && one->placed && (one->rewritten[0] || one->rewritten[1]))
            status = rewrite(r, board, one, error);
    }
    for (size_t i = 0; i < r->rows.count; i++)
        r->rows.items[i].done |= r->rows.items[i].placed;
    return status;
}

/* A release is meant where two rows or more, or the only one, are pairs of its sentences. */
static ty_status try_release(reviewed *r, const ty_release_info *info, bool *any, ty_error *error)
{
    ty_board board = {0};
    ty_status status = ty_board_open(r->memory->store, info->id, &board, error);
    if (status != TY_OK)
        return status == TY_NO ? TY_OK : status;
    size_t open = 0;
    for (size_t i = 0; i < r->rows.count; i++)
        open += !r->rows.items[i].done;
    size_t placed = open ? ty_reviewed_rows_place(&r->rows, &board) : 0;
    if (placed >= 2 || (placed && placed == open)) {
        *any = true;
        status = apply(r, &board, info->name, error);
    }
    ty_board_release(&board);
    return status;
}

/* ------------------------------------------------------------------------------------------ the whole */

static ty_status try_all(reviewed *r, const char *origin, bool *any, ty_error *error)
{
    ty_arena arena = {0};
    ty_release_infos list = {0};
    ty_status status = ty_store_releases(r->memory->store, 0, &arena, &list, error);
    for (size_t i = 0; i < list.count && status == TY_OK; i++)
        if (!origin || ty_slice_equal(list.items[i].name, ty_slice_of(origin)))
            status = try_release(r, &list.items[i], any, error);
    ty_vector_release(&list);
    ty_arena_release(&arena);
    return status;
}

static ty_status run(reviewed *r, const char *origin, bool dry_run, ty_error *error)
{
    bool any = false;
    ty_store *store = r->memory->store;
    ty_status status = ty_store_begin(store, error);
    if (status != TY_OK)
        return status;
    ty_store_name_step(store, "import", ty_path_base(r->path), 0, &r->edit);
    status = try_all(r, origin, &any, error);
    if (status == TY_OK && any && !dry_run)
        return ty_store_end(store, TY_OK, error);
    ty_store_rollback(store);
    return status;
}

/* A sentence without partner has its place in a release only. */
static void tell_alone(reviewed *r, size_t count, size_t line)
{
    char message[120];
    if (!count)
        return;
    snprintf(message, sizeof message,
             ty_words("%zu rows have one side only, and are of no release here: left out"), count);
    ty_notify(r->memory->listener,
              &(ty_notice){.file = r->path, .line = line, .rule = "one-side", .message = message});
    r->counts->warnings++;
}

ty_status ty_reviewed_import(ty_memory *memory, const ty_source *source, const char *origin, bool dry_run,
                             ty_buffer *rest, ty_counts *counts, ty_error *error)
{
    reviewed r = {.memory = memory, .path = ty_source_name(source), .counts = counts};
    ty_origin_now(r.now);
    r.edit.when = ty_slice_of(r.now);
    ty_status status = ty_source_read(source, (size_t)1 << 30, &r.input, error);
    if (status == TY_OK && !ty_reviewed_rows_read(ty_buffer_slice(&r.input), &r.rows))
        status = TY_NO;
    if (status == TY_OK)
        status = run(&r, origin, dry_run, error);
    size_t line = 0, alone = status == TY_OK ? ty_reviewed_rows_rest(&r.rows, rest, &line, counts) : 0;
    tell_alone(&r, alone, line);
    ty_vector_release(&r.rows);
    ty_buffer_release(&r.input);
    return status;
}
