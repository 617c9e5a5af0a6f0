/* SPDX-License-Identifier: Apache-2.0 */
/*
 * renderings - which term of the target stands for a term of the source, where a pair leaves no doubt.
 */
#include <stdlib.h>

#include "term/internal.h"

static const term_record *record_of(const ty_term_index *index, const ty_term_spot *spot)
{
    return &index->entries.items[spot->entry];
}

/* The spots from `first` on that have its span end here. */
static size_t span_end(const ty_term_scan *scan, size_t first)
{
    const ty_term_spot *spots = scan->spots.items;
    size_t last = first + 1;
    while (last < scan->spots.count && spots[last].start == spots[first].start &&
           spots[last].end == spots[first].end)
        last++;
    return last;
}

static bool has_concept(const ty_term_index *index, const ty_term_scan *scan, size_t first, size_t last,
                        int64_t concept)
{
    for (size_t i = first; i < last; i++)
        if (!scan->spots.items[i].unlikely && record_of(index, &scan->spots.items[i])->concept == concept)
            return true;
    return false;
}

/* Entries that are spelt alike go by the first of those that are likely there. */
static uint32_t spelling_of(const ty_term_scan *scan, size_t first, size_t last)
{
    uint32_t least = UINT32_MAX;
    for (size_t i = first; i < last; i++)
        if (!scan->spots.items[i].unlikely && scan->spots.items[i].entry < least)
            least = scan->spots.items[i].entry;
    return least;
}

/* Does another spelling of the source ask for one of these concepts, too, or has this one been seen before?
 */
static bool is_in_doubt(const ty_term_index *index, const ty_term_scan *scan, size_t first, size_t last)
{
    uint32_t spelling = spelling_of(scan, first, last);
    for (size_t other = 0, end; other < scan->spots.count; other = end) {
        end = span_end(scan, other);
        if (other == first || scan->spots.items[other].nested)
            continue;
        if (spelling_of(scan, other, end) == spelling) {
            if (other < first)
                return true;
            continue;
        }
        for (size_t i = other; i < end; i++)
            if (has_concept(index, scan, first, last, record_of(index, &scan->spots.items[i])->concept))
                return true;
    }
    return false;
}

/* The spot of a target span that is an acceptable term for the source's; NULL for none. */
static const ty_term_spot *answer(const ty_term_index *index, const ty_term_findings *findings, size_t first,
                                  size_t last, size_t target, size_t target_end)
{
    const ty_term_spot *best = NULL;
    for (size_t i = target; i < target_end; i++) {
        const ty_term_spot *spot = &findings->target.spots.items[i];
        const term_record *record = record_of(index, spot);
        if (!spot->nested && term_is_acceptable(record) && (!best || spot->entry < best->entry) &&
            has_concept(index, &findings->source, first, last, record->concept))
            best = spot;
    }
    return best;
}

static bool add_uses(const ty_term_index *index, const ty_term_findings *findings, size_t first, size_t last,
                     ty_term_uses *out)
{
    const ty_term_spot *source = &findings->source.spots.items[first];
    for (size_t target = 0, end; target < findings->target.spots.count; target = end) {
        end = span_end(&findings->target, target);
        const ty_term_spot *spot = answer(index, findings, first, last, target, end);
        if (!spot)
            continue;
        ty_term_use use = {.source = spelling_of(&findings->source, first, last),
                           .target = spot->entry,
                           .source_at = {source->start, source->end},
                           .target_at = {spot->start, spot->end}};
        if (!ty_vector_push(out, use))
            return false;
    }
    return true;
}

ty_status ty_term_findings_uses(const ty_term_index *index, const ty_term_findings *findings,
                                ty_term_uses *out, ty_error *error)
{
    ty_vector_clear(out);
    for (size_t first = 0, last; first < findings->source.spots.count; first = last) {
        last = span_end(&findings->source, first);
        if (!findings->source.spots.items[first].nested &&
            !is_in_doubt(index, &findings->source, first, last) &&
            !add_uses(index, findings, first, last, out))
            return ty_error_nomem(error);
    }
    return TY_OK;
}
