/* SPDX-License-Identifier: Apache-2.0 */
/* whose - of terms that are spelt alike, those that are likely where they stand. */
#include <limits.h>

#include "term/names.h"
#include "term/scanner.h"

/* Is a concept among them that is an organisation's? Else the context does not matter. */
static bool is_any_owned(const ty_term_index *index, const ty_term_spot *spots, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (index->entries.items[spots[i].entry].flags & TERM_OWNED)
            return true;
    return false;
}

static bool is_rank(const ty_term_index *index, const ty_term_spot *spot)
{
    return index->entries.items[spot->entry].flags & TERM_RANK;
}

/* The spots [first, last) are of one span: the likely ones come first, in their order. */
static void prefer_likely(const ty_term_index *index, ty_slice text, ty_slice lang, ty_term_spot *spots,
                          size_t count)
{
    int fits[16], best = INT_MIN;
    if (!is_any_owned(index, spots, count))
        return;
    term_context context = ty_term_context_at(text, lang, spots[0].start, spots[0].end);
    if (is_rank(index, spots) && ty_term_is_foreigner_behind(text, spots->end))
        ty_term_context_meets_foreigner(&context);
    if (!context.country && !context.foreign)
        return;
    for (size_t i = 0; i < count; i++) {
        fits[i] = ty_term_concept_fit(index, &context, index->entries.items[spots[i].entry].concept);
        best = fits[i] > best ? fits[i] : best;
    }
    for (size_t i = 1; i < count; i++) /* few; stable */
        for (size_t at = i; at > 0 && fits[at - 1] < fits[at]; at--) {
            ty_term_spot spot = spots[at];
            int fit = fits[at];
            spots[at] = spots[at - 1], fits[at] = fits[at - 1];
            spots[at - 1] = spot, fits[at - 1] = fit;
        }
    for (size_t i = 0; i < count && context.country; i++) /* a name alone is no proof */
        spots[i].unlikely = fits[i] < best && (best >= 2 || fits[i] < 0);
}

/* What is right for a concept stands before what is wrong for another one: 国防長官, the Secretary's. */
static void put_acceptable_first(const ty_term_index *index, ty_term_spot *spots, size_t count)
{
    for (size_t i = 1; i < count; i++) /* few; stable */
        for (size_t at = i; at > 0; at--) {
            bool good = term_is_acceptable(&index->entries.items[spots[at].entry]);
            if (!good || term_is_acceptable(&index->entries.items[spots[at - 1].entry]))
                break;
            ty_term_spot spot = spots[at];
            spots[at] = spots[at - 1];
            spots[at - 1] = spot;
        }
}

void ty_term_prefer_by_context(const ty_term_index *index, ty_slice text, ty_slice lang, ty_term_scan *out)
{
    enum { SPELT_ALIKE_MAX = 16 };
    for (size_t first = 0, last; first < out->spots.count; first = last) {
        ty_term_spot *spots = &out->spots.items[first];
        for (last = first + 1; last < out->spots.count; last++)
            if (out->spots.items[last].start != spots->start || out->spots.items[last].end != spots->end)
                break;
        if (last - first > 1 && last - first <= SPELT_ALIKE_MAX)
            prefer_likely(index, text, lang, spots, last - first);
        if (last - first > 1)
            ty_term_prefer_by_company(index, text, spots, last - first);
        put_acceptable_first(index, spots, last - first);
    }
}
