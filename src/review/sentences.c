/* SPDX-License-Identifier: Apache-2.0 */
/* Sentences: cut, joined again, edited beside what was published. */
#include "review/internal.h"

static bool is_of(const ty_doing *d, uint32_t number)
{
    const ty_stored_bead *bead = &d->board->beads.items[d->at].stored;
    int side = d->op->side;
    return number >= bead->first[side] && number < bead->first[side] + bead->count[side];
}

static bool is_blank(char byte)
{
    return byte == ' ' || byte == '\t' || byte == '\n' || byte == '\r';
}

/* Later sentences have other numbers by now. */
static void shift(ty_doing *d, uint32_t number, int by)
{
    int side = d->op->side;
    for (size_t i = 0; i < d->board->beads.count; i++) {
        ty_stored_bead *bead = &d->board->beads.items[i].stored;
        if (bead->count[side] && bead->first[side] > number)
            bead->first[side] += (uint32_t)by;
        else if (bead->count[side] && bead->first[side] + bead->count[side] > number)
            bead->count[side] += (uint32_t)by;
    }
}

static ty_status insert(ty_doing *d, uint32_t number, ty_stored_sentence sentence)
{
    int side = d->op->side;
    if (!ty_vector_push(&d->board->sentences[side], sentence))
        return ty_error_nomem(d->error);
    ty_stored_sentence *items = d->board->sentences[side].items;
    size_t count = d->board->sentences[side].count;
    memmove(items + number + 1, items + number, (count - 1 - number) * sizeof *items);
    items[number] = sentence;
    return TY_OK;
}

/*
 * Where the cut of what is shown falls in what was published: the two agree before and behind an edit.
 * SIZE_MAX where it falls into the edit.
 */
static size_t place_in(ty_slice published, ty_slice shown, size_t at)
{
    size_t same = 0, rest = shown.size - at;
    while (same < at && same < published.size && published.data[same] == shown.data[same])
        same++;
    if (same == at)
        return at;
    if (rest > published.size)
        return SIZE_MAX;
    bool alike = memcmp(shown.data + at, published.data + published.size - rest, rest) == 0;
    return alike ? published.size - rest : SIZE_MAX;
}

/* Text before and behind a place, without the white space at it, which is the gap. */
typedef struct halves {
    ty_slice before, gap, behind;
} halves;

static halves cut_at(ty_slice text, size_t at)
{
    size_t start = at, end = at;
    while (start > 0 && is_blank(text.data[start - 1]))
        start--;
    while (end < text.size && is_blank(text.data[end]))
        end++;
    return (halves){ty_slice_sub(text, 0, start), ty_slice_sub(text, start, end),
                    ty_slice_sub(text, end, text.size)};
}

ty_status ty_review_cut(ty_doing *d)
{
    int side = d->op->side;
    uint32_t number = d->op->sentence;
    if (!is_of(d, number))
        return ty_cannot(d, "the sentence is not of this pair");
    ty_stored_sentence *whole = &d->board->sentences[side].items[number], second = *whole;
    ty_slice shown = ty_sentence_shown(whole);
    size_t at = d->op->offset, published = at <= shown.size ? place_in(whole->text, shown, at) : SIZE_MAX;
    if (published == SIZE_MAX || (at < shown.size && (shown.data[at] & 0xC0) == 0x80))
        return ty_cannot(d, "it cannot be cut there");
    halves texts = cut_at(whole->text, published), edits = cut_at(shown, at);
    if (!texts.before.size || !texts.behind.size || !edits.before.size || !edits.behind.size)
        return ty_cannot(d, "nothing would be left on one side of the cut");
    bool edited = whole->edited.data != NULL;
    second.text = texts.behind;
    second.edited = edited ? edits.behind : (ty_slice){0};
    whole->text = texts.before;
    whole->edited = edited ? edits.before : (ty_slice){0};
    whole->gap = texts.gap.size ? texts.gap : TY_SLICE("");
    ty_stored_sentence first = *whole;
    ty_status status = ty_store_sentence_cut(d->board->store, d->board->documents[side].id, number, &first,
                                             &second, d->error);
    if (status != TY_OK)
        return status;
    shift(d, number, 1);
    status = insert(d, number + 1, second);
    ty_bead_touch(d, d->at, true);
    return status;
}

/* Puts together again what was cut. */
ty_status ty_review_join(ty_doing *d)
{
    int side = d->op->side;
    uint32_t number = d->op->sentence;
    ty_buffer text = {0};
    if (!is_of(d, number) || !is_of(d, number + 1))
        return ty_cannot(d, "the sentence and the next are not of this pair");
    ty_stored_sentence *first = &d->board->sentences[side].items[number], *second = first + 1;
    if (!first->gap.data)
        return ty_cannot(d, "the sentence was not cut here");
    ty_stored_sentence whole = *second;
    ty_buffer_add(&text, first->text);
    ty_buffer_add(&text, first->gap);
    ty_buffer_add(&text, second->text);
    whole.text = ty_arena_copy(&d->board->arena, ty_buffer_slice(&text));
    if (first->edited.data || second->edited.data) {
        ty_buffer_clear(&text);
        ty_buffer_add(&text, ty_sentence_shown(first));
        ty_buffer_add(&text, first->gap);
        ty_buffer_add(&text, ty_sentence_shown(second));
        whole.edited = ty_arena_copy(&d->board->arena, ty_buffer_slice(&text));
    }
    bool failed = text.failed || d->board->arena.failed;
    ty_buffer_release(&text);
    if (failed)
        return ty_error_nomem(d->error);
    ty_status status =
        ty_store_sentence_join(d->board->store, d->board->documents[side].id, number, &whole, d->error);
    if (status != TY_OK)
        return status;
    size_t behind = d->board->sentences[side].count - number - 2;
    *first = whole;
    memmove(second, second + 1, behind * sizeof *second);
    d->board->sentences[side].count--;
    shift(d, number, -1);
    ty_bead_touch(d, d->at, true);
    return TY_OK;
}

/* ------------------------------------------------------------------------------------------ edit */

/* What is published again is no edit. */
static ty_status set_text(ty_doing *d, uint32_t number, ty_slice text)
{
    int side = d->op->side;
    ty_stored_sentence *sentence = &d->board->sentences[side].items[number];
    if (ty_slice_equal(ty_sentence_shown(sentence), text))
        return TY_OK;
    bool as_published = ty_slice_equal(sentence->text, text);
    sentence->edited = as_published ? (ty_slice){0} : ty_arena_copy(&d->board->arena, text);
    if (d->board->arena.failed)
        return ty_error_nomem(d->error);
    ty_bead_touch(d, d->at, true);
    return ty_store_sentence_edit(d->board->store, d->board->documents[side].id, number, sentence->edited,
                                  d->error);
}

ty_status ty_review_edit(ty_doing *d)
{
    const ty_stored_bead *bead = &d->board->beads.items[d->at].stored;
    int side = d->op->side;
    ty_status status = TY_OK;
    uint32_t first = bead->first[side], count = bead->count[side];
    if (d->op->text_count != count || !count)
        return ty_cannot(d, "a text for each sentence of the side is wanted");
    for (uint32_t i = 0; i < count && status == TY_OK; i++) {
        ty_slice text = d->op->texts[i];
        if (memchr(text.data ? text.data : "", '\0', text.size) || ty_utf8_check(text) != text.size)
            return ty_cannot(d, "the text is no UTF-8, or has a NUL in it");
        if (!ty_text_is_one_line(text))
            return ty_cannot(d, "a sentence of a release stands on one line");
        status = set_text(d, first + i, text);
    }
    return status;
}
