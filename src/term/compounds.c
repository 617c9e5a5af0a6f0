/* SPDX-License-Identifier: Apache-2.0 */
#include "term/compounds.h"

static ty_span compound_of(const term_compound *hit)
{
    uint32_t entry = hit->scan->spots.items[hit->first].entry;
    bool japanese = hit->index->entries.items[entry].flags & TERM_JAPANESE;
    return japanese ? ty_term_compound_in_japanese(hit) : ty_term_compound_in_english(hit);
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
        ty_span span = compound_of(&hit);
        if (span.start == hit.span.start && span.end == hit.span.end)
            continue;
        for (size_t i = first; i < last; i++)
            spots[i].composed = true;
        ty_term_swallow(out, first, last, span);
    }
}
