/* SPDX-License-Identifier: Apache-2.0 */
#include "term/compounds.h"

enum { LONGEST = 60, CHAR = 3 }; /* bytes of what is taken, and of a kanji */

static bool is_between(ty_slice text, size_t at, const char *first, const char *last)
{
    return at + CHAR <= text.size && memcmp(text.data + at, first, CHAR) >= 0 &&
           memcmp(text.data + at, last, CHAR) <= 0;
}

static bool is_kanji(ty_slice text, size_t at)
{
    return is_between(text, at, "一", "\xE9\xBF\xBF");
}

static bool is_word_char(ty_slice text, size_t at)
{
    return is_kanji(text, at) || is_between(text, at, "ァ", "ヺ") || is_between(text, at, "ー", "ー");
}

static bool is_point(ty_slice text, size_t at)
{
    return at + CHAR <= text.size && memcmp(text.data + at, "・", CHAR) == 0;
}

/* Does another word go on with the hit: 訓練 | 実施要領? 等 and the like do not. */
static bool goes_on(ty_slice text, size_t at)
{
    return is_word_char(text, at) && !ty_term_is_name_word("ja", "behind", ty_slice_sub(text, at, at + CHAR));
}

/* Where the hit that ends at `at` begins; SIZE_MAX for none. Those before number `first` are asked. */
static size_t hit_before(const term_compound *hit, size_t at)
{
    for (size_t i = hit->first; i > 0; i--) {
        const ty_term_spot *spot = &hit->scan->spots.items[i - 1];
        if (spot->nested)
            continue;
        return spot->end == at ? spot->start : SIZE_MAX;
    }
    return SIZE_MAX;
}

/* Where the part before `at` begins, a hit or a character of no hit; `at` for none. */
static size_t part_before(const term_compound *hit, size_t *first, size_t at)
{
    term_compound here = {hit->index, hit->text, hit->scan, *first, hit->span};
    size_t start = hit_before(&here, at);
    if (start != SIZE_MAX) {
        while (*first > 0 && hit->scan->spots.items[*first - 1].start >= start)
            --*first;
        return start;
    }
    return at >= CHAR && is_word_char(hit->text, at - CHAR) ? at - CHAR : at;
}

/* A word that is no part of a name stands before it: 今回 | 訓練, 本 | 演習. One kanji of a hit is none. */
static size_t behind_stops(ty_slice text, size_t start, size_t end, bool is_hit)
{
    ty_slice taken = ty_slice_sub(text, start, end);
    size_t longest = 0;
    for (const ty_slice *word = ty_term_name_words("ja", "stop"); word->size; word++)
        if (word->size > longest && ty_slice_starts(taken, *word) && !(is_hit && word->size == CHAR))
            longest = word->size;
    if (longest)
        return start + longest;
    bool lone = end - start == CHAR && is_kanji(text, start) && !is_hit;
    return lone ? end : start;
}

/* Is it a number or what counts by it: 72 | 周年? */
static bool is_counted(ty_slice text, size_t at)
{
    return at > 0 && text.data[at - 1] >= '0' && text.data[at - 1] <= '9';
}

/* Takes what stands before the hit up to where no word goes on; `listed` is where the first hit begins. */
static size_t take_before(const term_compound *hit, size_t *listed)
{
    ty_slice text = hit->text;
    size_t at = hit->span.start, first = hit->first;
    for (size_t start; hit->span.start - at < LONGEST; at = start) {
        start = part_before(hit, &first, at);
        if (start == at && at >= 2 * CHAR && is_point(text, at - CHAR))
            start = part_before(hit, &first, at - CHAR);
        if (start == at || (start == at - CHAR && is_point(text, start)))
            break;
        *listed = at - start > CHAR ? start : *listed; /* the last hit that was taken begins there */
    }
    return at;
}

/* A kanji at the end of the run that says what of the hit it is, the number before it, too: 第9 | 偵察 | 隊.
 */
static ty_span with_last_kanji(const term_compound *hit)
{
    ty_slice text = hit->text, last = ty_slice_sub(text, hit->span.end, hit->span.end + CHAR);
    if (!is_kanji(text, hit->span.end) || is_word_char(text, hit->span.end + CHAR) ||
        !ty_term_is_name_word("ja", "last", last))
        return hit->span;
    return ty_term_with_number(text, (ty_span){hit->span.start, hit->span.end + CHAR}, true);
}

ty_span ty_term_compound_in_japanese(const term_compound *hit)
{
    ty_slice text = hit->text;
    size_t at = hit->span.start, listed = at;
    bool before = at >= CHAR && (is_word_char(text, at - CHAR) || is_point(text, at - CHAR));
    ty_slice own = ty_slice_sub(text, at, hit->span.end);
    if (goes_on(text, hit->span.end))
        return with_last_kanji(hit);
    if (!before)
        return hit->span;
    if (!ty_term_ends_name_word("ja", "head", own)) { /* listed words alone make a compound */
        size_t start = hit_before(hit, at);
        bool fits = start != SIZE_MAX && !ty_term_is_country(ty_slice_sub(text, start, at)) &&
                    !ty_term_is_name_word("ja", "stop", ty_slice_sub(text, start, at)) &&
                    (start < CHAR || !is_word_char(text, start - CHAR));
        return (ty_span){fits ? start : at, hit->span.end};
    }
    at = take_before(hit, &listed);
    size_t start = is_counted(text, at) || hit->span.start - at >= LONGEST ? listed : at;
    return (ty_span){behind_stops(text, start, hit->span.start, start == listed), hit->span.end};
}
