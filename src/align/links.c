/* SPDX-License-Identifier: Apache-2.0 */
#include "internal.h"

#include <stdlib.h>

bool ty_links_push(ty_word_links *links, uint32_t source, uint32_t target, ty_link_class class, bool weak,
                   uint16_t part)
{
    ty_word_link item = {source, target, (uint8_t) class, weak, part};
    return ty_vector_push(&links->list, item);
}

/* ------------------------------------------------------------------------------------------ the same */

static bool link_same(ty_word_links *links, const ty_side *source, const ty_side *target)
{
    bool spaced = !source->unspaced && !target->unspaced, good = true;
    for (uint32_t s = 0; s < source->words.list.count && good; s++) {
        uint32_t t = ty_strings_find(&target->words, source->words.list.items[s]);
        char kind = ty_word_kind(source, s);
        if (t == TY_STRINGS_NONE || kind == WORD_KATAKANA || kind == WORD_NOTE || kind == WORD_NEAR ||
            (spaced && kind == WORD_PLAIN))
            continue;
        ty_link_class class = LINK_SAME;
        if (kind == WORD_NUMBER)
            class = ty_word_is_small_number(source, s) ? LINK_SMALL_NUMBER : LINK_NUMBER;
        if (kind == WORD_MARKER)
            class = LINK_MARKER;
        good = ty_links_push(links, s, t, class, false, 0);
    }
    return good;
}

/* ------------------------------------------------------------------------------------------ notes */

/* The date behind a title and the same date on the other side: in brackets there, too, on the line behind the
 * title, or a line of its own. */
static bool link_note(ty_word_links *links, const ty_side *source, const ty_side *target, uint32_t note,
                      bool swapped, ty_buffer *key)
{
    static const char met[] = {WORD_NOTE, WORD_NEAR, WORD_NUMBER};
    ty_link_class class = ty_word_is_small_number(source, note) ? LINK_SMALL_NUMBER : LINK_NUMBER;
    bool good = true;
    for (size_t k = swapped; k < sizeof met && good; k++) {
        ty_buffer_clear(key);
        ty_buffer_add_char(key, met[k]);
        ty_buffer_add(key, ty_word_key(source, note));
        uint32_t other =
            key->failed ? TY_STRINGS_NONE : ty_strings_find(&target->words, ty_buffer_slice(key));
        if (other != TY_STRINGS_NONE)
            good = ty_links_push(links, swapped ? other : note, swapped ? note : other, class, false, 0);
    }
    return good && !key->failed;
}

static bool link_notes(ty_word_links *links, const ty_side *source, const ty_side *target, bool swapped)
{
    ty_buffer key = {0};
    bool good = true;
    for (uint32_t w = 0; w < source->words.list.count && good; w++)
        if (ty_word_kind(source, w) == WORD_NOTE)
            good = link_note(links, source, target, w, swapped, &key);
    ty_buffer_release(&key);
    return good;
}

/* ------------------------------------------------------------------------------------------ cognates */

#define COGNATE_MAX 32

/* Levenshtein distance of two words of letters; at most COGNATE_MAX bytes each. */
static size_t edit_distance(ty_slice a, ty_slice b)
{
    size_t row[COGNATE_MAX + 1];
    for (size_t j = 0; j <= b.size; j++)
        row[j] = j;
    for (size_t i = 0; i < a.size; i++) {
        size_t corner = row[0];
        row[0] = i + 1;
        for (size_t j = 0; j < b.size; j++) {
            size_t best = corner + (a.data[i] != b.data[j]);
            if (row[j + 1] + 1 < best)
                best = row[j + 1] + 1;
            if (row[j] + 1 < best)
                best = row[j] + 1;
            corner = row[j + 1];
            row[j + 1] = best;
        }
    }
    return row[b.size];
}

/* 0: no cognates, 1: perhaps, 2: the same word but for its ending or a letter. */
static int cognate(ty_slice a, ty_slice b)
{
    size_t longer = a.size > b.size ? a.size : b.size, shorter = a.size + b.size - longer;
    if (shorter < 3 || longer > COGNATE_MAX || longer > shorter + 3)
        return 0;
    size_t distance = edit_distance(a, b);
    if (distance == 0)
        return 2;
    if (shorter >= 5 && distance * 6 <= longer)
        return 2;
    return shorter >= 4 && distance * 10 <= longer * 3 ? 1 : 0;
}

/* Words that begin with the same two letters are compared. */
static bool link_cognates(ty_word_links *links, const ty_side *source, const ty_side *target)
{
    size_t words = target->words.list.count;
    uint32_t *next = malloc((words + 1) * sizeof *next), *heads = malloc(65536 * sizeof *heads);
    bool good = next && heads;
    if (heads)
        memset(heads, 0xFF, 65536 * sizeof *heads);
    for (uint32_t t = 0; t < words && good; t++) {
        ty_slice key = ty_word_key(target, t);
        if (ty_word_kind(target, t) != WORD_PLAIN || key.size < 3)
            continue;
        uint32_t *head = &heads[(uint8_t)key.data[0] << 8 | (uint8_t)key.data[1]];
        next[t] = *head;
        *head = t;
    }
    for (uint32_t s = 0; s < source->words.list.count && good; s++) {
        ty_slice key = ty_word_key(source, s);
        if (ty_word_kind(source, s) != WORD_PLAIN || key.size < 3)
            continue;
        uint32_t t = heads[(uint8_t)key.data[0] << 8 | (uint8_t)key.data[1]];
        for (; t != UINT32_MAX && good; t = next[t]) {
            int alike = cognate(key, ty_word_key(target, t));
            if (alike)
                good = ty_links_push(links, s, t, LINK_COGNATE, alike < 2, 0);
        }
    }
    free(next);
    free(heads);
    return good;
}

/* ------------------------------------------------------------------------------------------ dictionaries */

/* What a lexicon is asked for: the words themselves, then the parts of compounds. */
typedef struct ty_keys {
    TY_VECTOR(ty_slice) items;
    TY_VECTOR(uint32_t) words;
    ty_arena arena;
} ty_keys;

static bool keys_add(ty_keys *keys, ty_slice key, uint32_t word)
{
    return ty_vector_push(&keys->items, key) && ty_vector_push(&keys->words, word);
}

static bool keys_add_parts(ty_keys *keys, const ty_side *side, const ty_lexicon *lexicon)
{
    bool good = true;
    for (uint32_t w = 0; w < side->words.list.count && good; w++) {
        ty_slice parts[2];
        if (ty_compound_split(side, w, lexicon, &keys->arena, parts))
            good = keys_add(keys, parts[0], w) && keys_add(keys, parts[1], w);
    }
    return good && !keys->arena.failed;
}

static bool keys_init(ty_keys *keys, const ty_side *side, const ty_lexicon *lexicon)
{
    *keys = (struct ty_keys){.arena = {0}};
    for (uint32_t w = 0; w < side->words.list.count; w++) {
        char kind = ty_word_kind(side, w);
        if ((kind == WORD_PLAIN || kind == WORD_ACRONYM || kind == WORD_HEADWORD || kind == WORD_KATAKANA) &&
            !keys_add(keys, ty_word_key(side, w), w))
            return false;
    }
    return !ty_compounds_are_written_in_one(side->in->lang) || keys_add_parts(keys, side, lexicon);
}

static void keys_release(ty_keys *keys)
{
    ty_vector_release(&keys->items);
    ty_vector_release(&keys->words);
    ty_arena_release(&keys->arena);
}

static ty_status link_dictionary(ty_word_links *links, const ty_side *source, const ty_side *target,
                                 const ty_lexicon *lexicon, ty_error *error)
{
    /* The lexicon has its own source and target, which swapped sides do not change. */
    bool swapped = source->which != TY_LEXICON_SOURCE;
    const ty_side *sides[2] = {swapped ? target : source, swapped ? source : target};
    ty_keys keys[2] = {{.arena = {0}}, {.arena = {0}}};
    ty_lexicon_links found = {0};
    ty_status status = TY_OK;
    for (int k = 0; k < 2; k++)
        if (!keys_init(&keys[k], sides[k], lexicon))
            status = ty_error_nomem(error);
    if (status == TY_OK)
        status = ty_lexicon_find_links(lexicon, keys[0].items.items, keys[0].items.count, keys[1].items.items,
                                       keys[1].items.count, &found, error);
    for (size_t k = 0; k < found.count && status == TY_OK; k++) {
        ty_lexicon_link *item = &found.items[k];
        uint32_t a = keys[0].words.items[item->source], b = keys[1].words.items[item->target];
        ty_link_class class = item->part == TY_LEXICON_LEARNT ? LINK_TAUGHT : LINK_DICTIONARY;
        if (!ty_links_push(links, swapped ? b : a, swapped ? a : b, class, item->words > 1, item->part))
            status = ty_error_nomem(error);
    }
    for (int k = 0; k < 2; k++)
        keys_release(&keys[k]);
    ty_vector_release(&found);
    return status;
}

/* ------------------------------------------------------------------------------------------ index */

/* Links of one source word: by target, of several to one the strongest first. */
static int compare_links(const void *a, const void *b)
{
    const ty_word_link *x = a, *y = b;
    if (x->target != y->target)
        return x->target < y->target ? -1 : 1;
    if (x->weak != y->weak)
        return x->weak - y->weak;
    return x->class != y->class ? x->class - y->class : x->part - y->part;
}

#define FEW 32 /* so many are quicker sorted by insertion; most words have fewer */

static void sort_links(ty_word_link *items, size_t count)
{
    if (count > FEW) {
        qsort(items, count, sizeof *items, compare_links);
        return;
    }
    for (size_t k = 1; k < count; k++) {
        ty_word_link item = items[k];
        size_t at = k;
        for (; at > 0 && compare_links(&item, &items[at - 1]) < 0; at--)
            items[at] = items[at - 1];
        items[at] = item;
    }
}

/* Brings the links into order of source words, which begin at `starts`. */
static bool group_by_source(ty_word_links *links, uint32_t *starts, size_t words)
{
    size_t count = links->list.count;
    uint32_t *at = starts + 1; /* shifted: after filling, at[w] is where w + 1 begins */
    ty_word_link *grouped = malloc((count + 1) * sizeof *grouped);
    if (!grouped)
        return false;
    for (size_t k = 0; k < count; k++)
        at[links->list.items[k].source + 1]++;
    for (size_t w = 1; w <= words; w++)
        at[w] += at[w - 1];
    for (size_t k = 0; k < count; k++)
        grouped[at[links->list.items[k].source]++] = links->list.items[k];
    free(links->list.items);
    links->list.items = grouped;
    links->list.capacity = count + 1;
    return true;
}

/* Of several links between two words the strongest stays. */
static void drop_doubles(ty_word_links *links, uint32_t *starts, size_t words)
{
    ty_word_link *items = links->list.items;
    uint32_t kept = 0, first = 0;
    for (size_t w = 0; w < words; w++) {
        uint32_t begin = kept, end = starts[w + 1];
        sort_links(items + first, end - first);
        for (uint32_t k = first; k < end; k++)
            if (kept == begin || items[k].target != items[kept - 1].target)
                items[kept++] = items[k];
        first = end;
        starts[w + 1] = kept;
    }
    links->list.count = kept;
}

static void index_targets(const ty_word_links *links, uint32_t *starts, uint32_t *by_target, size_t words)
{
    uint32_t *at = starts + 1;
    for (size_t k = 0; k < links->list.count; k++)
        at[links->list.items[k].target + 1]++;
    for (size_t w = 1; w <= words; w++)
        at[w] += at[w - 1];
    for (size_t k = 0; k < links->list.count; k++)
        by_target[at[links->list.items[k].target]++] = (uint32_t)k;
}

ty_status ty_links_index(ty_word_links *links, const ty_side *source, const ty_side *target, ty_error *error)
{
    size_t sources = source->words.list.count, targets = target->words.list.count;
    free(links->starts);
    free(links->by_target);
    free(links->target_starts);
    links->starts = calloc(sources + 2, sizeof *links->starts);
    links->target_starts = calloc(targets + 2, sizeof *links->target_starts);
    links->by_target = calloc(links->list.count + 1, sizeof *links->by_target);
    if (!links->starts || !links->target_starts || !links->by_target ||
        !group_by_source(links, links->starts, sources))
        return ty_error_nomem(error);
    drop_doubles(links, links->starts, sources);
    index_targets(links, links->target_starts, links->by_target, targets);
    return TY_OK;
}

static bool keep_found(ty_word_links *links)
{
    if (!ty_vector_reserve(&links->found, links->list.count))
        return false;
    links->found.count = links->list.count;
    if (links->list.count)
        memcpy(links->found.items, links->list.items, links->list.count * sizeof *links->list.items);
    return true;
}

ty_status ty_links_find(ty_word_links *links, const ty_side *source, const ty_side *target,
                        const ty_lexicon *lexicon, ty_error *error)
{
    bool good = link_same(links, source, target) && link_notes(links, source, target, false) &&
                link_notes(links, target, source, true);
    if (good && !source->unspaced && !target->unspaced)
        good = link_cognates(links, source, target);
    ty_status status = good ? ty_links_by_sound(links, source, target, error) : ty_error_nomem(error);
    if (status == TY_OK)
        status = ty_links_by_reading(links, source, target, error);
    if (status == TY_OK && lexicon)
        status = link_dictionary(links, source, target, lexicon, error);
    if (status == TY_OK)
        status = ty_links_index(links, source, target, error);
    return status == TY_OK && !keep_found(links) ? ty_error_nomem(error) : status;
}

void ty_links_release(ty_word_links *links)
{
    ty_vector_release(&links->list);
    ty_vector_release(&links->found);
    free(links->starts);
    free(links->by_target);
    free(links->target_starts);
    *links = (struct ty_word_links){0};
}
