/* SPDX-License-Identifier: Apache-2.0 */
/* The board: a release in memory, its beads in reading order. */
#include "review/internal.h"

static ty_status load_documents(ty_board *board, ty_error *error)
{
    ty_stored_documents documents = {0};
    ty_status status = ty_store_document_heads(board->store, board->origin, &board->arena, &documents, error);
    int found = 0;
    for (size_t i = 0; i < documents.count && status == TY_OK; i++)
        if (!documents.items[i].older && found < 2)
            board->documents[found++] = documents.items[i];
    ty_vector_release(&documents);
    return status == TY_OK && found < 2 ? TY_NO : status;
}

/* The aligner's source is the beads' source, whichever document came first. */
static ty_status load_beads(ty_board *board, ty_error *error)
{
    ty_stored_beads list = {0};
    ty_status status = ty_store_beads(board->store, board->documents[0].id, board->documents[1].id,
                                      &board->arena, &list, error);
    for (size_t i = 0; i < list.count && status == TY_OK; i++) {
        ty_board_bead bead = {.stored = list.items[i]};
        if (!ty_vector_push(&board->beads, bead))
            status = ty_error_nomem(error);
    }
    if (status == TY_OK && list.count && list.items[0].documents[0] != board->documents[0].id) {
        ty_stored_document first = board->documents[0];
        board->documents[0] = board->documents[1];
        board->documents[1] = first;
    }
    ty_vector_release(&list);
    return status;
}

static ty_status load_sentences(ty_board *board, ty_error *error)
{
    ty_status status = TY_OK;
    for (int side = 0; side < 2 && status == TY_OK; side++) {
        ty_stored_sentences list = {0};
        status = ty_store_sentences(board->store, board->documents[side].id, &board->arena, &list, error);
        for (size_t i = 0; i < list.count && status == TY_OK; i++)
            if (!ty_vector_push(&board->sentences[side], list.items[i]))
                status = ty_error_nomem(error);
        ty_vector_release(&list);
    }
    return status;
}

ty_status ty_board_open(ty_store *store, int64_t origin, ty_board *out, ty_error *error)
{
    *out = (ty_board){.store = store, .origin = origin};
    ty_status status = ty_store_release_version(store, origin, &out->version, error);
    if (status == TY_OK)
        status = load_documents(out, error);
    if (status == TY_OK)
        status = load_beads(out, error);
    if (status == TY_OK)
        status = load_sentences(out, error);
    if (status == TY_OK)
        ty_board_sort(out);
    else
        ty_board_release(out);
    return status;
}

void ty_board_release(ty_board *board)
{
    ty_vector_release(&board->sentences[0]);
    ty_vector_release(&board->sentences[1]);
    ty_vector_release(&board->beads);
    ty_vector_release(&board->removed);
    ty_vector_release(&board->changed);
    ty_arena_release(&board->arena);
}

size_t ty_board_find(const ty_board *board, int64_t id)
{
    for (size_t i = 0; i < board->beads.count; i++)
        if (id && board->beads.items[i].stored.id == id)
            return i;
    return SIZE_MAX;
}

/* ------------------------------------------------------------------------------------------ order */

static int by_start(const void *a, const void *b, int side)
{
    uint32_t first = ((const ty_board_bead *)a)->stored.first[side];
    uint32_t second = ((const ty_board_bead *)b)->stored.first[side];
    return (first > second) - (first < second);
}

static int by_source(const void *a, const void *b)
{
    return by_start(a, b, 0);
}

static int by_target(const void *a, const void *b)
{
    return by_start(a, b, 1);
}

/* Moves the beads without source to the end; how many have one. */
static size_t part_loose(ty_board_bead *beads, size_t count)
{
    size_t with = 0;
    for (size_t i = 0; i < count; i++)
        if (beads[i].stored.count[0]) {
            ty_board_bead bead = beads[i];
            beads[i] = beads[with];
            beads[with++] = bead;
        }
    return with;
}

/* Behind which bead a sentence of the target stands: the one with the nearest target before it. */
static size_t place_of(const ty_board_bead *beads, size_t count, uint32_t target)
{
    size_t place = 0;
    uint32_t nearest = 0;
    for (size_t i = 0; i < count; i++) {
        const ty_stored_bead *bead = &beads[i].stored;
        uint32_t end = bead->first[1] + bead->count[1];
        if (bead->count[1] && end <= target && end >= nearest) {
            nearest = end;
            place = i + 1;
        }
    }
    return place;
}

void ty_board_sort(ty_board *board)
{
    ty_board_bead *beads = board->beads.items;
    size_t count = board->beads.count, with = part_loose(beads, count);
    if (!count)
        return;
    qsort(beads, with, sizeof *beads, by_source);
    qsort(beads + with, count - with, sizeof *beads, by_target);
    for (size_t i = with; i < count; i++) {
        ty_board_bead bead = beads[i];
        size_t place = place_of(beads, i, bead.stored.first[1]);
        memmove(beads + place + 1, beads + place, (i - place) * sizeof *beads);
        beads[place] = bead;
    }
}

/* ------------------------------------------------------------------------------------------ texts */

ty_slice ty_sentence_shown(const ty_stored_sentence *sentence)
{
    return sentence->edited.data ? sentence->edited : sentence->text;
}

void ty_board_text(const ty_board *board, const ty_board_bead *bead, int side, ty_buffer *out)
{
    bool spaced = !ty_lang_is_unspaced(board->documents[side].lang);
    ty_buffer_clear(out);
    for (uint32_t i = 0; i < bead->stored.count[side]; i++) {
        ty_slice text = ty_sentence_shown(&board->sentences[side].items[bead->stored.first[side] + i]);
        if (out->size && text.size && spaced)
            ty_buffer_add_char(out, ' ');
        ty_buffer_add(out, text);
    }
}

/* ------------------------------------------------------------------------------------------ whole */

static bool is_covered(const ty_board *board, int side, unsigned char *seen)
{
    size_t length = board->sentences[side].count, found = 0;
    for (size_t i = 0; i < board->beads.count; i++) {
        const ty_stored_bead *bead = &board->beads.items[i].stored;
        for (uint32_t k = 0; k < bead->count[side]; k++) {
            size_t at = (size_t)bead->first[side] + k;
            if (at >= length || seen[at]++)
                return false;
            found++;
        }
    }
    return found == length;
}

bool ty_board_is_whole(const ty_board *board)
{
    bool whole = true;
    for (int side = 0; side < 2 && whole; side++) {
        unsigned char *seen = calloc(board->sentences[side].count + 1, 1);
        whole = seen && is_covered(board, side, seen);
        free(seen);
    }
    for (size_t i = 0; i < board->beads.count && whole; i++)
        whole = board->beads.items[i].stored.count[0] || board->beads.items[i].stored.count[1];
    return whole;
}
