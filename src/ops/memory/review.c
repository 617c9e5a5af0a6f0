/* SPDX-License-Identifier: Apache-2.0 */
/* Releases, and what a person does to their beads: the board, in one transaction an operation. */
#include <stdio.h>

#include "ops/memory/bead_doubts.h"

/* ------------------------------------------------------------------------------------------ releases */

ty_status ty_memory_releases(ty_memory *memory,
                             ty_status (*each)(void *payload, const ty_release_info *release), void *payload,
                             ty_error *error)
{
    ty_arena arena = {0};
    ty_release_infos list = {0};
    ty_status status = ty_memory_enter(&memory, error);
    if (status == TY_OK)
        status = ty_store_releases(memory->store, 0, &arena, &list, error);
    for (size_t i = 0; i < list.count && status == TY_OK; i++)
        status = each(payload, &list.items[i]);
    if (status == TY_OK && !list.count)
        status = TY_NO;
    ty_memory_leave(memory);
    ty_vector_release(&list);
    ty_arena_release(&arena);
    return status;
}

static ty_status find_release(ty_store *store, int64_t id, ty_arena *arena, ty_release_info *out,
                              ty_error *error)
{
    ty_release_infos list = {0};
    ty_status status = ty_store_releases(store, id ? id : -1, arena, &list, error);
    if (status == TY_OK && !list.count)
        status = ty_error_set(error, TY_NO, "there is no release %lld", (long long)id);
    if (status == TY_OK)
        *out = list.items[0];
    ty_vector_release(&list);
    return status;
}

static ty_status set_facts(ty_memory *memory, int64_t release, const ty_release_facts *facts,
                           const ty_edit *edit, ty_error *error)
{
    ty_arena arena = {0};
    ty_release_info info;
    ty_status status = find_release(memory->store, release, &arena, &info, error);
    if (status == TY_OK) {
        ty_store_name_step(memory->store, "facts", info.name, release, edit);
        status = ty_store_set_facts(memory->store, release, facts, error);
    }
    ty_arena_release(&arena);
    return status;
}

static ty_status check_facts(const ty_release_facts *facts, const char *who, ty_error *error)
{
    const char *const all[] = {facts->title, facts->date, facts->url, facts->agency, who};
    ty_status status = TY_OK;
    for (size_t i = 0; i < sizeof all / sizeof *all && status == TY_OK; i++)
        status = ty_xml_check(ty_slice_of(all[i]), error);
    return status == TY_OK ? ty_day_check(ty_slice_of(facts->date), error) : status;
}

ty_status ty_memory_set_facts(ty_memory *memory, int64_t release, const ty_release_facts *facts,
                              const char *who, ty_error *error)
{
    ty_edit edit = {.who = ty_slice_of(who)};
    ty_status status = check_facts(facts, who, error);
    if (status == TY_OK)
        status = ty_store_begin(memory->store, error);
    if (status != TY_OK)
        return status;
    return ty_store_end(memory->store, set_facts(memory, release, facts, &edit, error), error);
}

/* ------------------------------------------------------------------------------------------ to read */

struct ty_review {
    ty_board board;
    ty_release_info info;
    ty_stamp newest;
    double above;       /* what is less sure is doubtful; 0: as usual */
    unsigned *by_terms; /* doubts, by bead: of numbers and forbidden terms */
};

static ty_status doubt_by_terms(ty_memory *memory, ty_review *review, ty_error *error)
{
    const ty_board *board = &review->board;
    review->by_terms = ty_arena_array(&review->board.arena, board->beads.count + 1, sizeof *review->by_terms);
    return review->by_terms ? ty_memory_doubts(memory, board, review->by_terms, error)
                            : ty_error_nomem(error);
}

static ty_status open_review(ty_memory *memory, int64_t release, ty_review *review, ty_error *error)
{
    ty_release_info info;
    ty_arena arena = {0};
    ty_status status = find_release(memory->store, release, &arena, &info, error);
    ty_arena_release(&arena);
    if (status == TY_OK)
        status = ty_store_last_stamp(memory->store, &review->newest, error);
    if (status == TY_OK)
        status = ty_board_open(memory->store, release, &review->board, error);
    return status == TY_OK ? find_release(memory->store, release, &review->board.arena, &review->info, error)
                           : status;
}

ty_status ty_review_open(ty_memory *memory, int64_t release, ty_review **out, ty_error *error)
{
    *out = NULL;
    ty_review *review = calloc(1, sizeof *review);
    if (!review)
        return ty_error_nomem(error);
    ty_status status = ty_memory_enter(&memory, error);
    if (status == TY_OK)
        status = ty_store_freeze(memory->store, error);
    if (status == TY_OK) {
        status = open_review(memory, release, review, error);
        ty_store_thaw(memory->store);
    }
    if (status == TY_OK)
        status = doubt_by_terms(memory, review, error);
    ty_memory_leave(memory);
    if (status == TY_OK)
        *out = review;
    else
        ty_review_close(review);
    return status;
}

void ty_review_close(ty_review *review)
{
    if (!review)
        return;
    ty_board_release(&review->board);
    free(review);
}

const ty_release_info *ty_review_info(const ty_review *review)
{
    return &review->info;
}

void ty_review_newest(const ty_review *review, int64_t *step, uint64_t *drawn)
{
    *step = (int64_t)review->newest.step;
    *drawn = review->newest.random;
}

bool ty_review_is_current(const ty_review *review, ty_memory *memory)
{
    ty_stamp now = {0};
    ty_status status = ty_memory_enter(&memory, NULL);
    if (status == TY_OK)
        status = ty_store_last_stamp(memory->store, &now, NULL);
    ty_memory_leave(memory);
    return status == TY_OK && now.step == review->newest.step && now.random == review->newest.random;
}

ty_status ty_memory_step_drawn(ty_memory *memory, int64_t step, uint64_t *drawn, ty_error *error)
{
    ty_status status = ty_memory_enter(&memory, error);
    if (status == TY_OK)
        status = ty_store_step_drawn(memory->store, step, drawn, error);
    ty_memory_leave(memory);
    return status;
}

size_t ty_review_sentence_count(const ty_review *review, int side)
{
    return review->board.sentences[side != 0].count;
}

void ty_review_sentence_at(const ty_review *review, int side, size_t number, ty_review_sentence *out)
{
    const ty_stored_sentence *sentence = &review->board.sentences[side != 0].items[number];
    *out = (ty_review_sentence){.text = sentence->edited.data ? sentence->edited : sentence->text,
                                .published = sentence->text,
                                .edited = sentence->edited.data != NULL,
                                .cut = sentence->gap.data != NULL,
                                .paragraph = sentence->paragraph};
}

size_t ty_review_bead_count(const ty_review *review)
{
    return review->board.beads.count;
}

ty_status ty_memory_bead_release(ty_memory *memory, int64_t bead, int64_t *out, ty_error *error)
{
    ty_status status = ty_memory_enter(&memory, error);
    if (status == TY_OK)
        status = ty_store_bead_origin(memory->store, bead, out, error);
    ty_memory_leave(memory);
    return status;
}

void ty_review_bead_at(const ty_review *review, size_t place, ty_review_bead *out)
{
    const ty_stored_bead *bead = &review->board.beads.items[place].stored;
    unsigned doubts = ty_board_doubts(&review->board, place, review->above) | review->by_terms[place];
    *out = (ty_review_bead){.id = bead->id,
                            .first = {bead->first[0], bead->first[1]},
                            .count = {bead->count[0], bead->count[1]},
                            .unit = bead->unit,
                            .state = bead->state,
                            .who = bead->who,
                            .at = bead->at,
                            .omit = bead->omit,
                            .flag = bead->flag,
                            .ask = bead->ask,
                            .locked = bead->locked,
                            .note = bead->note,
                            .confidence = bead->confidence,
                            .doubtful = doubts != 0,
                            .doubts = doubts};
}

void ty_review_doubt(ty_review *review, double above)
{
    review->above = above;
}

static bool is_doubtful(const ty_review *review, size_t place)
{
    ty_review_bead bead;
    if (place >= ty_review_bead_count(review))
        return false;
    ty_review_bead_at(review, place, &bead);
    return bead.doubtful;
}

ty_bulk ty_review_bulk(const ty_review *review, size_t place, double least, bool doubtful_too)
{
    ty_review_bead bead;
    ty_review_bead_at(review, place, &bead);
    bool near = is_doubtful(review, place - 1) || is_doubtful(review, place + 1);
    return bead.state == TY_BEAD_OK                                           ? TY_BULK_DONE
           : bead.locked                                                      ? TY_BULK_LOCKED
           : bead.flag || bead.ask || bead.omit || bead.state == TY_BEAD_HAND ? TY_BULK_MARKED
           : bead.confidence < least                                          ? TY_BULK_BELOW
           : doubtful_too                                                     ? TY_BULK_TAKEN
           : bead.doubtful                                                    ? TY_BULK_DOUBTFUL
           : near                                                             ? TY_BULK_NEAR
                                                                              : TY_BULK_TAKEN;
}

/* ------------------------------------------------------------------------------------------ to change */

static const char *const names[] = {[TY_REVIEW_UP] = "move up",        [TY_REVIEW_DOWN] = "move down",
                                    [TY_REVIEW_FETCH_UP] = "fetch up", [TY_REVIEW_FETCH_DOWN] = "fetch down",
                                    [TY_REVIEW_MERGE] = "merge",       [TY_REVIEW_SPLIT] = "split",
                                    [TY_REVIEW_CUT] = "cut",           [TY_REVIEW_JOIN] = "join",
                                    [TY_REVIEW_UNLINK] = "unlink",     [TY_REVIEW_SWAP] = "swap",
                                    [TY_REVIEW_LINK] = "link",         [TY_REVIEW_EDIT] = "edit",
                                    [TY_REVIEW_CONFIRM] = "confirm",   [TY_REVIEW_CONFIRM_ABOVE] = "confirm",
                                    [TY_REVIEW_OMIT] = "omit",         [TY_REVIEW_FLAG] = "flag",
                                    [TY_REVIEW_QUESTION] = "question", [TY_REVIEW_LOCK] = "lock"};

/* Others may have changed the bead since the page was read. */
static ty_status check_seen(ty_store *store, const ty_review_op *op, int64_t bead, ty_review_result *out,
                            ty_error *error)
{
    if (!op->version || !bead)
        return TY_OK;
    ty_status status = ty_store_bead_changed(store, bead, op->version, &out->conflict, error);
    if (status == TY_OK && out->conflict)
        status = ty_error_set(error, TY_ERR_BUSY, "pair %lld was changed meanwhile (step %lld)",
                              (long long)bead, (long long)out->conflict);
    return status;
}

/* Where there is no step behind what was seen, which is so nearly always, no bead need be asked for. */
static ty_status check_all_seen(ty_store *store, const ty_review_op *op, ty_review_result *out,
                                ty_error *error)
{
    ty_stamp last;
    ty_status status = ty_store_last_stamp(store, &last, error);
    if (status == TY_OK && last.step <= op->version)
        return TY_OK;
    if (status == TY_OK)
        status = check_seen(store, op, op->bead, out, error);
    if (status == TY_OK && op->action == TY_REVIEW_LINK)
        status = check_seen(store, op, op->other, out, error);
    for (size_t i = 0; i < op->bead_count && status == TY_OK; i++)
        status = check_seen(store, op, op->beads[i], out, error);
    return status;
}

static ty_status tell(ty_memory *memory, const ty_board *board, ty_review_result *out, ty_error *error)
{
    ty_arena *arena = &memory->past;
    int64_t *changed = ty_arena_array(arena, board->changed.count + 1, sizeof *changed);
    int64_t *removed = ty_arena_array(arena, board->removed.count + 1, sizeof *removed);
    if (!changed || !removed)
        return ty_error_nomem(error);
    for (size_t i = 0; i < board->changed.count; i++)
        changed[out->changed_count++] = board->changed.items[i];
    for (size_t i = 0; i < board->removed.count; i++)
        removed[out->removed_count++] = board->removed.items[i].id;
    out->changed = changed;
    out->removed = removed;
    return ty_store_current_step(memory->store, &out->step, error);
}

/* After the pair, or, where there are many, after the release. */
static ty_status name_step(ty_store *store, const ty_board *board, const ty_review_op *op,
                           const ty_edit *edit, ty_error *error)
{
    char pair[32] = "";
    ty_arena arena = {0};
    ty_release_info info = {.name = {pair, 0}};
    ty_status status = op->bead ? TY_OK : find_release(store, board->origin, &arena, &info, error);
    if (op->bead)
        info.name.size = (size_t)snprintf(pair, sizeof pair, "pair %lld", (long long)op->bead);
    if (status == TY_OK)
        ty_store_name_step(store, names[op->action], info.name, board->origin, edit);
    ty_arena_release(&arena);
    return status;
}

static ty_status review(ty_memory *memory, ty_board *board, const ty_review_op *op, const ty_edit *edit,
                        ty_review_result *out, ty_error *error)
{
    ty_status status = check_all_seen(memory->store, op, out, error);
    if (status == TY_OK)
        status = name_step(memory->store, board, op, edit, error);
    if (status != TY_OK)
        return status;
    status = ty_board_do(board, op, edit, &out->current, error);
    if (status == TY_OK)
        status = ty_board_settle(board, edit, error);
    if (status == TY_OK)
        status = tell(memory, board, out, error);
    return status == TY_OK ? ty_store_release_version(memory->store, board->origin, &out->version, error)
                           : status;
}

/* What people say must come back from an export as they said it. */
static ty_status check_words(const ty_review_op *op, ty_error *error)
{
    ty_status status = ty_xml_check(ty_slice_of(op->who), error);
    if (status == TY_OK)
        status = ty_xml_check(op->note, error);
    for (size_t i = 0; i < op->text_count && status == TY_OK; i++)
        status = ty_xml_check(op->texts[i], error);
    return status;
}

ty_status ty_memory_review(ty_memory *memory, int64_t release, const ty_review_op *op, ty_review_result *out,
                           ty_error *error)
{
    ty_board board = {0};
    char now[17];
    ty_origin_now(now);
    ty_edit edit = {.who = ty_slice_of(op->who), .when = ty_slice_of(now)};
    *out = (ty_review_result){0};
    if ((int)op->action < 0 || (size_t)op->action >= sizeof names / sizeof *names)
        return ty_error_set(error, TY_ERR_USAGE, "there is no such operation");
    ty_arena_clear(&memory->past);
    ty_status status = check_words(op, error);
    if (status == TY_OK)
        status = ty_store_begin(memory->store, error);
    if (status != TY_OK)
        return status;
    status = ty_board_open(memory->store, release, &board, error);
    if (status == TY_NO)
        ty_error_set(error, TY_NO, "there is no release %lld", (long long)release);
    if (status == TY_OK)
        status = review(memory, &board, op, &edit, out, error);
    status = ty_store_end(memory->store, status, error);
    ty_board_release(&board);
    return status;
}
