/* SPDX-License-Identifier: Apache-2.0 */
/*
 * senses - words with two meanings, each known by its company (data/senses.txt): 情報 as intelligence where
 * an enemy or an analysis is near, as information where it is made public.
 */
#include "term/scanner.h"

enum { NEAR = 60 }; /* bytes on either side, within the sentence */

static const char *sentence_end(ty_slice text)
{
    static const char *const ends[] = {"。", "\n", "！", "？"};
    const char *first = NULL;
    for (size_t i = 0; i < sizeof ends / sizeof *ends; i++) {
        size_t at = ty_slice_find(text, ty_slice_of(ends[i]), 0);
        if (at != SIZE_MAX && (!first || text.data + at < first))
            first = text.data + at;
    }
    return first;
}

/* What stands in the sentence before and behind the word, no farther than NEAR bytes. */
static ty_slice behind(ty_slice text, size_t end)
{
    ty_slice near = ty_slice_sub(text, end, end + NEAR);
    const char *stop = sentence_end(near);
    return stop ? (ty_slice){near.data, (size_t)(stop - near.data)} : near;
}

static ty_slice before(ty_slice text, size_t start)
{
    ty_slice near = ty_slice_sub(text, start < NEAR ? 0 : start - NEAR, start);
    for (const char *stop; (stop = sentence_end(near));)
        near = ty_slice_sub(near, (size_t)(stop - near.data) + 1, near.size);
    return near;
}

/* How many of its companions stand there? */
static int company_of(const term_sense *sense, ty_slice text, const ty_term_spot *spot)
{
    ty_slice sides[] = {before(text, spot->start), behind(text, spot->end)};
    int found = 0;
    for (const char *const *word = sense->company; *word; word++)
        for (int side = 0; side < 2; side++)
            found += ty_slice_find(sides[side], ty_slice_of(*word), 0) != SIZE_MAX;
    return found;
}

static bool has_term(const ty_term_index *index, int64_t concept, ty_slice wanted)
{
    size_t first, last;
    ty_term_concept_entries(index, concept, &first, &last);
    for (; first < last; first++) {
        const term_record *record = &index->entries.items[index->by_concept.items[first]];
        if (ty_slice_equal((ty_slice){index->texts.data + record->text, record->text_size}, wanted))
            return true;
    }
    return false;
}

/* The sense of the word that the concept is; NULL for none. */
static const term_sense *sense_of(const ty_term_index *index, ty_slice word, int64_t concept)
{
    for (size_t i = 0; i < ty_term_sense_count; i++)
        if (ty_slice_equal(word, ty_slice_of(ty_term_senses[i].word)) &&
            has_term(index, concept, ty_slice_of(ty_term_senses[i].term)))
            return &ty_term_senses[i];
    return NULL;
}

static bool is_listed(ty_slice word)
{
    for (size_t i = 0; i < ty_term_sense_count; i++)
        if (ty_slice_equal(word, ty_slice_of(ty_term_senses[i].word)))
            return true;
    return false;
}

void ty_term_prefer_by_company(const ty_term_index *index, ty_slice text, ty_term_spot *spots, size_t count)
{
    enum { SPELT_ALIKE_MAX = 16, UNKNOWN = -1000 };
    int fits[SPELT_ALIKE_MAX];
    ty_slice word = ty_slice_sub(text, spots->start, spots->end);
    if ((unsigned char)word.data[0] < 0x80) /* Japanese words alone are listed */
        return;
    if (count > SPELT_ALIKE_MAX || !is_listed(word))
        return;
    for (size_t i = 0; i < count; i++) {
        const term_sense *sense = sense_of(index, word, index->entries.items[spots[i].entry].concept);
        fits[i] = sense ? 100 * company_of(sense, text, &spots[i]) - (int)(sense - ty_term_senses) : UNKNOWN;
    }
    for (size_t i = 1; i < count; i++) /* few; stable */
        for (size_t at = i; at > 0 && fits[at - 1] < fits[at]; at--) {
            ty_term_spot spot = spots[at];
            int fit = fits[at];
            spots[at] = spots[at - 1], fits[at] = fits[at - 1];
            spots[at - 1] = spot, fits[at - 1] = fit;
        }
}
