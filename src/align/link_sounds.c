/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Words of two scripts that sound alike: names and loan words. One side is heard (katakana, or what becomes
 * Latin letters only by transliteration), the other is read letter by letter.
 */
#include "internal.h"

#include <stdlib.h>

typedef struct ty_sounding {
    ty_sound sound;
    uint32_t word;
    int common; /* classes at the beginning that are those of the one before */
} ty_sounding;

/* The words of letters by what they sound like, in groups: those that may be alike are found without asking
 * all. */
typedef struct ty_soundings {
    ty_sounding *items;
    uint32_t count, starts[TY_SOUND_GROUPS + 1];
} ty_soundings;

/* What words of a side are in Latin letters; the rules are opened when a word first needs them. */
typedef struct ty_reader {
    const ty_side *side;
    ty_romanizer *romanizer;
    ty_buffer letters;
} ty_reader;

/* ------------------------------------------------------------------------------------------ letters */

/* Is a word of letters of another script than Latin? */
static bool is_foreign(const ty_side *side, uint32_t word)
{
    ty_slice key = ty_word_key(side, word);
    size_t at = 0;
    if (ty_word_kind(side, word) != WORD_PLAIN || (uint8_t)key.data[0] < 0x80)
        return false;
    return ty_char_script(ty_utf8_next(key, &at)) != TY_SCRIPT_LATIN;
}

static uint32_t count_foreign(const ty_side *side)
{
    uint32_t count = 0;
    for (uint32_t w = 0; w < side->words.list.count; w++)
        count += is_foreign(side, w);
    return count;
}

static ty_status read_word(ty_reader *reader, uint32_t word, ty_slice *letters, ty_error *error)
{
    ty_status status = TY_OK;
    *letters = ty_word_key(reader->side, word);
    if (!is_foreign(reader->side, word))
        return TY_OK;
    if (!reader->romanizer)
        status = ty_romanizer_new(&reader->romanizer, error);
    if (status != TY_OK)
        return status;
    ty_buffer_clear(&reader->letters);
    ty_romanize(reader->romanizer, *letters, &reader->letters);
    *letters = ty_buffer_slice(&reader->letters);
    return reader->letters.failed ? ty_error_nomem(error) : TY_OK;
}

static void reader_release(ty_reader *reader)
{
    ty_romanizer_free(reader->romanizer);
    ty_buffer_release(&reader->letters);
}

/* ------------------------------------------------------------------------------------------ soundings */

static int compare_soundings(const void *a, const void *b)
{
    const ty_sounding *x = a, *y = b;
    int groups = ty_sound_group(&x->sound) - ty_sound_group(&y->sound);
    int classes = groups ? groups : memcmp(x->sound.classes, y->sound.classes, TY_SOUND_MAX);
    return classes ? classes : x->word < y->word ? -1 : 1;
}

static int count_common(const ty_sound *a, const ty_sound *b)
{
    int common = 0;
    while (common < a->count && a->classes[common] == b->classes[common])
        common++;
    return common;
}

static void group_soundings(ty_soundings *list)
{
    uint32_t group = 0;
    if (list->count > 1)
        qsort(list->items, list->count, sizeof *list->items, compare_soundings);
    for (uint32_t k = 0; k < list->count; k++) {
        while (group <= (uint32_t)ty_sound_group(&list->items[k].sound))
            list->starts[group++] = k;
        if (k > 0)
            list->items[k].common = count_common(&list->items[k - 1].sound, &list->items[k].sound);
    }
    while (group <= TY_SOUND_GROUPS)
        list->starts[group++] = list->count;
}

static ty_status soundings_init(ty_soundings *list, const ty_side *side, ty_error *error)
{
    uint32_t words = (uint32_t)side->words.list.count;
    ty_reader reader = {.side = side};
    *list = (struct ty_soundings){.items = malloc((words + 1) * sizeof *list->items)};
    ty_status status = list->items ? TY_OK : ty_error_nomem(error);
    for (uint32_t w = 0; w < words && status == TY_OK; w++) {
        ty_slice key;
        if (ty_word_kind(side, w) != WORD_PLAIN)
            continue;
        status = read_word(&reader, w, &key, error);
        if (status == TY_OK && key.size >= 3 && key.size <= 20)
            list->items[list->count++] = (ty_sounding){ty_sound_of_letters(key), w, 0};
    }
    reader_release(&reader);
    if (status == TY_OK)
        group_soundings(list);
    return status;
}

/* ------------------------------------------------------------------------------------------ links */

static bool link_sound(ty_word_links *links, uint32_t heard, ty_sound_walk *walk, const ty_soundings *list,
                       int group, bool swapped)
{
    for (uint32_t k = list->starts[group]; k < list->starts[group + 1]; k++) {
        const ty_sounding *item = &list->items[k];
        int alike = ty_sound_compare(walk, &item->sound, k > list->starts[group] ? item->common : 0);
        if (alike && !ty_links_push(links, swapped ? item->word : heard, swapped ? heard : item->word,
                                    LINK_SOUND, alike < 2, 0))
            return false;
    }
    return true;
}

/* What a word sounds like; no classes for one that is not heard. */
static ty_status hear(ty_reader *reader, uint32_t word, ty_sound *sound, ty_error *error)
{
    ty_slice letters;
    *sound = (ty_sound){.count = 0};
    if (ty_word_kind(reader->side, word) == WORD_KATAKANA)
        *sound = ty_sound_of_katakana(ty_word_key(reader->side, word));
    if (!is_foreign(reader->side, word))
        return TY_OK;
    ty_status status = read_word(reader, word, &letters, error);
    if (status == TY_OK && letters.size >= 3 && letters.size <= 40)
        *sound = ty_sound_of_letters(letters);
    return status;
}

static ty_status link_heard(ty_word_links *links, const ty_side *heard, const ty_side *letters, bool swapped,
                            ty_error *error)
{
    ty_soundings list;
    ty_sound_walk walk;
    ty_reader reader = {.side = heard};
    ty_status status = soundings_init(&list, letters, error);
    ty_sound_walk_init(&walk);
    for (uint32_t k = 0; k < heard->words.list.count && status == TY_OK; k++) {
        ty_sound sound;
        status = hear(&reader, k, &sound, error);
        int own = ty_sound_group(&sound);
        ty_sound_walk_begin(&walk, &sound);
        for (int g = 0; g < TY_SOUND_GROUPS && sound.count >= 2 && status == TY_OK; g++)
            if (ty_sound_groups_alike(own, g) && !link_sound(links, k, &walk, &list, g, swapped))
                status = ty_error_nomem(error);
    }
    reader_release(&reader);
    free(list.items);
    return status;
}

ty_status ty_links_by_sound(ty_word_links *links, const ty_side *source, const ty_side *target,
                            ty_error *error)
{
    if (source->unspaced && target->unspaced)
        return TY_OK;
    if (source->unspaced || target->unspaced)
        return link_heard(links, source->unspaced ? source : target, source->unspaced ? target : source,
                          target->unspaced, error);
    uint32_t foreign[2] = {count_foreign(source), count_foreign(target)};
    if (foreign[0] + foreign[1] == 0)
        return TY_OK;
    bool swapped = foreign[1] > foreign[0];
    return link_heard(links, swapped ? target : source, swapped ? source : target, swapped, error);
}
