/* SPDX-License-Identifier: Apache-2.0 */
/*
 * cuts - a hit in Japanese never cuts a word.
 *
 * Kanji stand without blanks, so 日本海 is found in 旧日本海軍. Around each hit that a kanji touches, the
 * whole run of kanji is cut into words in the cheapest way (kanji_runs.h). A hit stays when the run can be
 * cut at its ends as cheaply as without it. Terms that hold the hit inside are left out of that comparison:
 * whether a part of a longer term is told is for the caller to say.
 */
#include <stdlib.h>

#include "term/kanji_runs.h"

/* Does a word stand across the byte? */
static bool is_inside_word(ty_slice text, size_t at)
{
    uint32_t near[2 * TERM_KANJI_WORD_MAX - 2]; /* three kanji on either side */
    size_t half = TERM_KANJI_WORD_MAX - 1, first = half, last = half;
    for (size_t back = at; first > 0 && (near[first - 1] = term_kanji_before(text, back)); back -= 3)
        first--;
    for (size_t next = at; last < 2 * half && (near[last] = term_kanji_behind(text, next)); next += 3)
        last++;
    for (size_t from = first; from < half; from++) {
        uint64_t number = 0;
        for (size_t to = from; to < last && to < from + TERM_KANJI_WORD_MAX; to++) {
            number = number << 16 | (near[to] & 0xFFFF);
            if (to >= half && ty_term_is_kanji_word(number))
                return true;
        }
    }
    return false;
}

/* Does another term stand across the byte? Looks at the candidates around number `near`. */
static bool is_inside_term(const struct ty_term_scratch *scratch, size_t near, size_t at)
{
    enum { AROUND = 12 };
    size_t first = near < AROUND ? 0 : near - AROUND;
    for (size_t i = first; i < scratch->candidates.count && i < near + AROUND; i++) {
        const term_candidate *other = &scratch->candidates.items[i];
        if (term_candidate_start(scratch, other) < at && other->text_end > at)
            return true;
    }
    return false;
}

/* Only a place that something stands across has to be looked at closely. */
static bool may_cut(ty_slice text, const struct ty_term_scratch *scratch, size_t near, size_t at)
{
    return term_kanji_before(text, at) && term_kanji_behind(text, at) &&
           (is_inside_word(text, at) || is_inside_term(scratch, near, at));
}

static bool is_whole(term_kanji_run *run, ty_slice text, const struct ty_term_scratch *scratch, size_t number)
{
    const term_candidate *found = &scratch->candidates.items[number];
    size_t start = term_candidate_start(scratch, found), end = found->text_end;
    bool cut_start = may_cut(text, scratch, number, start), cut_end = may_cut(text, scratch, number, end);
    if (cut_start && ty_term_run_at(run, text, scratch, number, start) && ty_term_run_cuts(run, start, end))
        return false;
    return !cut_end || !ty_term_run_at(run, text, scratch, number, end - 3) ||
           !ty_term_run_cuts(run, start, end);
}

/* Does it take the counter of a date from it: 21日 | 朝, not 21 | 日朝? */
static bool is_counter_taken(ty_slice text, size_t start)
{
    return ty_term_follows_numeral(text, start) && memcmp(text.data + start, "日", 3) == 0 &&
           !ty_slice_starts(ty_slice_sub(text, start, text.size), TY_SLICE("日間"));
}

/* Does the candidate cut a word? */
static bool is_cut(const ty_term_index *index, ty_slice text, struct ty_term_scratch *scratch, size_t number)
{
    const term_candidate *found = &scratch->candidates.items[number];
    size_t start = term_candidate_start(scratch, found), end = found->text_end;
    if (is_counter_taken(text, start))
        return true;
    bool behind_kanji = term_kanji_before(text, start);
    if (!behind_kanji && !term_kanji_behind(text, end))
        return false;
    return (behind_kanji && index->entries.items[found->entry].flags & TERM_SURNAME) ||
           !is_whole(scratch->run, text, scratch, number);
}

bool ty_term_drop_cut_words(const ty_term_index *index, ty_slice text, struct ty_term_scratch *scratch)
{
    term_candidate *items = scratch->candidates.items, *end = items + scratch->candidates.count;
    if (items == end)
        return true;
    if (!scratch->run && !(scratch->run = calloc(1, sizeof *scratch->run)))
        return false;
    scratch->run->count = 0;
    for (term_candidate *found = items; found < end; found++)
        found->cut = !found->dropped && index->entries.items[found->entry].flags & TERM_JAPANESE &&
                     is_cut(index, text, scratch, (size_t)(found - items));
    for (term_candidate *found = items; found < end; found++)
        found->dropped |= found->cut;
    return true;
}
