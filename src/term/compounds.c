/* SPDX-License-Identifier: Apache-2.0 */
#include "term/compounds.h"

static ty_span compound_of(const term_compound *hit)
{
    uint32_t entry = hit->scan->spots.items[hit->first].entry;
    bool japanese = hit->index->entries.items[entry].flags & TERM_JAPANESE;
    return japanese ? ty_term_compound_in_japanese(hit) : ty_term_compound_in_english(hit);
}

/* Does a hit of its own reach over the byte? */
static bool is_hit_over(const ty_term_scan *scan, size_t from, size_t at)
{
    for (size_t i = from; i < scan->spots.count && scan->spots.items[i].start < at; i++)
        if (!scan->spots.items[i].nested && scan->spots.items[i].end > at)
            return true;
    return false;
}

/*
 * Of two English terms that share a word the first is the hit, and the second reaches over its end: regional
 * security | environment. Both are one compound, whose head is the second; what "of" joins is none. The
 * number of the second; SIZE_MAX for none.
 */
static size_t overhanging(const term_compound *hit, size_t last)
{
    const unsigned others = TERM_JAPANESE | TERM_TITLE | TERM_RANK | TERM_SURNAME;
    const ty_term_spot *spots = hit->scan->spots.items;
    for (size_t i = last; i < hit->scan->spots.count && spots[i].start < hit->span.end; i++) {
        char c = hit->text.data[spots[i].start];
        if (spots[i].nested && spots[i].end > hit->span.end && c >= 'a' && c <= 'z' &&
            !(hit->index->entries.items[spots[i].entry].flags & others))
            return is_hit_over(hit->scan, last, spots[i].end) ||
                           ty_slice_find(ty_slice_sub(hit->text, hit->span.start, hit->span.end),
                                         TY_SLICE(" of "), 0) != SIZE_MAX
                       ? SIZE_MAX
                       : i;
    }
    return SIZE_MAX;
}

/* The spots from number `i` on that stand where it does become the hit over the whole span. */
static void join_overhanging(ty_term_scan *scan, size_t i, size_t start)
{
    ty_term_spot *spots = scan->spots.items, first = spots[i];
    size_t last = i;
    for (; last < scan->spots.count && spots[last].start == first.start && spots[last].end == first.end;
         last++)
        spots[last].nested = false, spots[last].composed = true;
    ty_term_swallow(scan, i, last, (ty_span){start, first.end});
}

void ty_term_take_compounds(const ty_term_index *index, ty_slice text, ty_term_scan *out)
{
    ty_term_spot *spots = out->spots.items;
    for (size_t first = 0, last; first < out->spots.count; first = last) {
        for (last = first + 1; last < out->spots.count && spots[last].start == spots[first].start &&
                               spots[last].end == spots[first].end;)
            last++;
        term_compound hit = {index, text, out, first, {spots[first].start, spots[first].end}};
        if (spots[first].nested)
            continue;
        size_t over = overhanging(&hit, last);
        if (over != SIZE_MAX) {
            join_overhanging(out, over, hit.span.start);
            continue;
        }
        ty_span span = compound_of(&hit);
        if (span.start == hit.span.start && span.end == hit.span.end)
            continue;
        for (size_t i = first; i < last; i++)
            spots[i].composed = true;
        for (size_t i = last; i < out->spots.count && spots[i].start < hit.span.end; i++)
            spots[i].inner = spots[i].end <= hit.span.end;
        ty_term_swallow(out, first, last, span);
    }
}
