/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Compounds that no dictionary has whole: Gletscherspalte is Gletscher and Spalte. A word of a language that
 * writes compounds in one is taken apart where both parts are headwords; what links the parts
 * (Arbeit-s-zimmer) is left out.
 */
#include "internal.h"

#define PART_MIN 4 /* letters; a shorter part is found in too many words */

bool ty_compounds_are_written_in_one(ty_slice lang)
{
    static const char *const langs[] = {"de", "nl", "da", "sv", "no", "nb", "nn", "is", "fi"};
    char buffer[16];
    ty_slice tag = ty_lang_primary(lang, buffer);
    for (size_t k = 0; k < sizeof langs / sizeof *langs; k++)
        if (ty_slice_equal(tag, ty_slice_of(langs[k])))
            return true;
    return false;
}

/* The stem of a first part as it stands or without what links it, where the lexicon has it; else empty. */
static ty_slice known_part(const ty_side *side, ty_slice part, const ty_lexicon *lexicon,
                           char stem[TY_LEXICON_STEM_MAX])
{
    static const char *const links[] = {"", "s", "n", "es", "en", "er", "e"};
    for (size_t k = 0; k < sizeof links / sizeof *links; k++) {
        ty_slice link = ty_slice_of(links[k]);
        if (part.size < PART_MIN + link.size || !ty_slice_ends(part, link))
            continue;
        ty_slice key = ty_lexicon_stem(ty_slice_sub(part, 0, part.size - link.size), side->in->lang, stem);
        if (ty_lexicon_knows(lexicon, side->which, key))
            return key;
    }
    return (ty_slice){0};
}

bool ty_compound_split(const ty_side *side, uint32_t word, const ty_lexicon *lexicon, ty_arena *arena,
                       ty_slice parts[2])
{
    ty_slice key = ty_word_key(side, word);
    char stem[TY_LEXICON_STEM_MAX];
    if (ty_word_kind(side, word) != WORD_PLAIN || key.size < 2 * PART_MIN ||
        ty_lexicon_knows(lexicon, side->which, key))
        return false;
    for (size_t at = PART_MIN; at + PART_MIN <= key.size; at++) {
        ty_slice last = ty_slice_sub(key, at, key.size);
        if (((uint8_t)last.data[0] & 0xC0) == 0x80 || !ty_lexicon_knows(lexicon, side->which, last))
            continue;
        ty_slice first = known_part(side, ty_slice_sub(key, 0, at), lexicon, stem);
        if (first.size == 0)
            continue;
        parts[0] = ty_arena_copy(arena, first);
        parts[1] = last;
        return !arena->failed;
    }
    return false;
}
