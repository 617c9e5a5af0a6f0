/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Where the sentences of a document stand in the text that comes in its place: the n-th of a kind is the n-th
 * of the kind, as far as they stand in the same order. What people cut is cut there, too.
 */
#include "ops/exchange/carry_text.h"

#include <stdlib.h>

/* ------------------------------------------------------------------------------------------ sentences */

typedef struct keyed {
    uint64_t hash;
    uint32_t at;
} keyed;

static int by_hash(const void *a, const void *b)
{
    const keyed *one = a, *other = b;
    if (one->hash != other->hash)
        return one->hash < other->hash ? -1 : 1;
    return one->at < other->at ? -1 : one->at > other->at;
}

static keyed *sort_lines(const ty_slice *lines, size_t count, ty_arena *arena)
{
    keyed *list = ty_arena_array(arena, count + 1, sizeof *list);
    for (size_t i = 0; list && i < count; i++)
        list[i] = (keyed){ty_hash(lines[i], 0), (uint32_t)i};
    if (list)
        qsort(list, count, sizeof *list, by_hash);
    return list;
}

/* The n-th of a kind stands for the n-th of the kind. */
static bool pair_up(const ty_slice *old, size_t old_count, const ty_slice *new, size_t new_count,
                    uint32_t *to, ty_arena *arena)
{
    keyed *a = sort_lines(old, old_count, arena), *b = sort_lines(new, new_count, arena);
    if (!a || !b)
        return false;
    for (size_t i = 0; i < old_count; i++)
        to[i] = TY_NOWHERE;
    for (size_t i = 0, k = 0; i < old_count && k < new_count;) {
        if (a[i].hash == b[k].hash)
            to[a[i++].at] = b[k++].at;
        else if (a[i].hash < b[k].hash)
            i++;
        else
            k++;
    }
    return true;
}

/* Keeps the longest run that rises, so that no two cross (patience sorting). */
static bool keep_order(uint32_t *to, size_t count, ty_arena *arena)
{
    uint32_t *tops = ty_arena_array(arena, count + 1, sizeof *tops);     /* of each pile: index of its top */
    uint32_t *before = ty_arena_array(arena, count + 1, sizeof *before); /* what the pile before had then */
    size_t piles = 0;
    if (!tops || !before)
        return false;
    for (size_t i = 0; i < count; i++) {
        if (to[i] == TY_NOWHERE)
            continue;
        size_t low = 0, high = piles;
        while (low < high) {
            size_t middle = low + (high - low) / 2;
            if (to[tops[middle]] < to[i])
                low = middle + 1;
            else
                high = middle;
        }
        before[i] = low ? tops[low - 1] : TY_NOWHERE;
        tops[low] = (uint32_t)i;
        piles += low == piles;
    }
    uint32_t next = piles ? tops[piles - 1] : TY_NOWHERE;
    for (size_t i = count; i-- > 0;) {
        if ((uint32_t)i == next)
            next = before[i];
        else
            to[i] = TY_NOWHERE;
    }
    return true;
}

/* ------------------------------------------------------------------------------------------ cuts */

/* Sentences as published: the pieces of a cut one are a group. */
typedef struct groups {
    ty_slice *texts;
    uint32_t *first, *length, *to;
    size_t count;
} groups;

static bool make_groups(const ty_stored_sentences *list, groups *out, ty_arena *arena)
{
    size_t most = list->count + 1;
    ty_buffer text = {0};
    *out = (groups){
        ty_arena_array(arena, most, sizeof *out->texts), ty_arena_array(arena, most, sizeof *out->first),
        ty_arena_array(arena, most, sizeof *out->length), ty_arena_array(arena, most, sizeof *out->to), 0};
    if (arena->failed)
        return false;
    for (uint32_t i = 0, first = 0; i < list->count; i++) {
        const ty_stored_sentence *sentence = &list->items[i];
        ty_buffer_add(&text, sentence->text);
        ty_buffer_add(&text, sentence->gap);
        if (sentence->gap.data && i + 1 < list->count)
            continue;
        out->texts[out->count] = ty_arena_copy(arena, ty_buffer_slice(&text));
        out->first[out->count] = first;
        out->length[out->count++] = i + 1 - first;
        first = i + 1;
        ty_buffer_clear(&text);
    }
    bool good = !text.failed && !arena->failed;
    ty_buffer_release(&text);
    return good;
}

/* The pieces from the k-th on as one sentence: what the first cut leaves for the next. */
static ty_stored_sentence rest_of(const ty_carry_side *side, uint32_t first, uint32_t length, ty_arena *arena)
{
    ty_stored_sentence rest = side->sentences.items[first + length - 1];
    ty_buffer text = {0};
    for (uint32_t i = 0; i < length; i++) {
        ty_buffer_add(&text, side->sentences.items[first + i].text);
        if (i + 1 < length)
            ty_buffer_add(&text, side->sentences.items[first + i].gap);
    }
    rest.text = ty_arena_copy(arena, ty_buffer_slice(&text));
    rest.edited = (ty_slice){0};
    arena->failed |= text.failed;
    ty_buffer_release(&text);
    return rest;
}

static bool note_cuts(ty_carry_side *side, const groups *g, size_t group, uint32_t at, ty_arena *arena)
{
    for (uint32_t k = 0; k + 1 < g->length[group]; k++) {
        uint32_t piece = g->first[group] + k;
        ty_carry_cut cut = {at + k, side->sentences.items[piece],
                            rest_of(side, piece + 1, g->length[group] - k - 1, arena)};
        if (!ty_vector_push(&side->cuts, cut))
            return false;
    }
    return true;
}

/* The text's lines and sentences with the pieces in the place of what was cut. */
static bool rebuild(ty_carry_side *side, ty_text *text, const groups *g)
{
    ty_sentences sentences = {0};
    ty_slices lines = {0};
    bool good = true;
    size_t group = 0;
    for (size_t i = 0; i < side->uncut_count && good; i++) {
        while (group < g->count && (g->to[group] == TY_NOWHERE || g->to[group] < i))
            group++;
        bool known = group < g->count && g->to[group] == i;
        uint32_t pieces = known ? g->length[group] : 1, now = (uint32_t)lines.count;
        for (uint32_t k = 0; k < pieces && good; k++) {
            ty_slice line =
                pieces > 1 ? side->sentences.items[g->first[group] + k].text : text->lines.items[i];
            good = ty_vector_push(&lines, pieces > 1 ? ty_arena_copy(&text->arena, line) : line) &&
                   ty_vector_push(&sentences, text->sentences.items[i]);
            if (known)
                side->to[g->first[group] + k] = now + k;
        }
        if (known && good)
            good = note_cuts(side, g, group, now, &text->arena);
    }
    ty_vector_release(&text->lines);
    ty_vector_release(&text->sentences);
    text->lines = lines;
    text->sentences = sentences;
    return good && !text->arena.failed;
}

bool ty_carry_keep_uncut(ty_carry_side *side, const ty_text *text, ty_arena *arena)
{
    size_t count = text->lines.count;
    side->uncut_count = count;
    side->uncut = ty_arena_array(arena, count + 1, sizeof *side->uncut);
    side->paragraphs = ty_arena_array(arena, count + 1, sizeof *side->paragraphs);
    for (size_t i = 0; i < count && !arena->failed; i++) {
        side->uncut[i] = text->lines.items[i];
        side->paragraphs[i] = text->sentences.items[i].paragraph;
    }
    return !arena->failed;
}

bool ty_carry_cut_text(ty_carry_side *side, ty_text *text, ty_arena *arena)
{
    groups g;
    return make_groups(&side->sentences, &g, arena) &&
           pair_up(g.texts, g.count, side->uncut, side->uncut_count, g.to, arena) &&
           keep_order(g.to, g.count, arena) && rebuild(side, text, &g);
}
