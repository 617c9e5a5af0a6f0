/* SPDX-License-Identifier: Apache-2.0 */
#include <stdlib.h>

#include "term/internal.h"

typedef struct concept_entry {
    int64_t concept;
    uint32_t entry;
} concept_entry;

static int compare(const void *a, const void *b)
{
    const concept_entry *one = a, *other = b;
    if (one->concept != other->concept)
    return one->concept < other->concept ? -1 : 1;
    return one->entry < other->entry ? -1 : one->entry > other->entry;
}

/* Tells the terms of each concept whether one of them is an organisation's. */
static void mark_owned(ty_term_index *index)
{
    const uint32_t *order = index->by_concept.items;
    term_record *entries = index->entries.items;
    for (size_t first = 0, last; first < index->by_concept.count; first = last) {
        bool owned = false;
        int64_t concept = entries[order[first]].concept;
        for (last = first; last < index->by_concept.count && entries[order[last]].concept == concept; last++)
            owned |= entries[order[last]].body_size > 0;
        for (size_t i = first; owned && i < last; i++)
            entries[order[i]].flags |= TERM_OWNED;
    }
}

bool ty_term_order_concepts(ty_term_index *index)
{
    size_t count = index->entries.count;
    if (count == 0)
        return true;
    concept_entry *pairs = malloc(count * sizeof *pairs);
    bool good = pairs && ty_vector_reserve(&index->by_concept, count);
    for (size_t i = 0; good && i < count; i++)
        pairs[i] = (concept_entry){index->entries.items[i].concept, (uint32_t)i};
    if (good)
        qsort(pairs, count, sizeof *pairs, compare);
    for (size_t i = 0; good && i < count; i++)
        index->by_concept.items[i] = pairs[i].entry;
    if (good)
        index->by_concept.count = count;
    free(pairs);
    mark_owned(index);
    return good;
}

/* The first position whose concept is not below. */
static size_t lower_bound(const ty_term_index *index, int64_t concept)
{
    size_t low = 0, high = index->by_concept.count;
    while (low < high) {
        size_t middle = (low + high) / 2;
        if (!ty_term_trusts_position(index, middle))
            return index->by_concept.count;
        if (index->entries.items[index->by_concept.items[middle]].concept < concept)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

void ty_term_concept_entries(const ty_term_index *index, int64_t concept, size_t *first, size_t *last)
{
    *first = *last = lower_bound(index, concept);
    while (*last < index->by_concept.count && ty_term_trusts_position(index, *last) &&
           index->entries.items[index->by_concept.items[*last]].concept == concept)
        (*last)++;
}

int ty_term_concept_fit(const ty_term_index *index, const term_context *context, int64_t concept)
{
    size_t first, last;
    int best = 0;
    bool any = false;
    ty_term_concept_entries(index, concept, &first, &last);
    for (size_t i = first; i < last; i++) {
        const term_record *record = &index->entries.items[index->by_concept.items[i]];
        if (!record->body_size || !term_is_acceptable(record))
            continue;
        int fit =
            ty_term_context_fit(context, (ty_slice){index->texts.data + record->body, record->body_size});
        best = any && best > fit ? best : fit;
        any = true;
    }
    return best;
}
