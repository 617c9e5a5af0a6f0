/* SPDX-License-Identifier: Apache-2.0 */
/*
 * check_whose - terms of an organisation that the source does not speak of: a destroyer of another navy is
 * no 護衛艦.
 */
#include "term/checker.h"
#include "term/names.h"

/* Are both ships, whatever their kinds: a Chinese frigate and 護衛艦? */
static bool are_ships(const checker *check, const ty_term_spot *source, const ty_term_spot *target)
{
    return ty_term_ends_name_word("en", "ship", ty_slice_sub(check->source, source->start, source->end)) &&
           ty_term_ends_name_word("ja", "ship", ty_slice_sub(check->target, target->start, target->end));
}

/* A term of the concept in the target that is of an organisation which what stands around the source rules
 * out. */
static const ty_term_spot *find_misplaced(const checker *check, const term_context *context,
                                          const ty_term_spot *of)
{
    int64_t concept = record_of(check, of->entry)->concept;
    const ty_term_scan *target = &check->out->target;
    for (size_t i = 0; i < target->spots.count; i++) {
        const ty_term_spot *spot = &target->spots.items[i];
        const term_record *record = record_of(check, spot->entry);
        ty_slice body = body_of(check, record);
        if ((record->concept == concept || are_ships(check, of, spot)) && !spot->nested &&
            term_is_acceptable(record) && body.size && ty_term_context_fit(context, body) < 0 &&
            !ty_term_names_country(check->source, body))
            return spot;
    }
    return NULL;
}

/* The term of a concept that fits there: its own organisation is not ruled out. */
static uint32_t fitting_term(const checker *check, const term_context *context, int64_t concept)
{
    size_t first, last;
    char primary[16];
    ty_slice wanted = ty_lang_primary(check->target_lang, primary);
    ty_term_concept_entries(check->index, concept, &first, &last);
    for (size_t i = first; i < last; i++) {
        const term_record *record = record_of(check, check->index->by_concept.items[i]);
        ty_slice body = body_of(check, record);
        if (term_is_acceptable(record) &&
            ty_lang_matches(wanted, check->index->langs.list.items[record->lang]) &&
            ty_term_context_fit(context, body) >= 0)
            return check->index->by_concept.items[i];
    }
    return UINT32_MAX;
}

/* Is one of the likely concepts of the spots [first, last) rendered by a term that fits? */
static bool is_well_rendered(const checker *check, const term_context *context, size_t first, size_t last)
{
    const ty_term_spot *spots = check->out->source.spots.items;
    for (size_t i = first; i < last; i++) {
        uint32_t fitting = fitting_term(check, context, record_of(check, spots[i].entry)->concept);
        if (!spots[i].unlikely && fitting != UINT32_MAX &&
            ty_slice_find(check->target, text_of(check, record_of(check, fitting)), 0) != SIZE_MAX)
            return true;
    }
    return false;
}

enum { NEAR = 30 }; /* bytes: what stands farther off may be a place that has nothing to do with it */

/* The spots [first, last) have one span. */
static void check_body(checker *check, size_t first, size_t last)
{
    const ty_term_spot *spots = &check->out->source.spots.items[first];
    term_context context = ty_term_context_at(check->source, check->source_lang, spots->start, spots->end);
    if (!context.country || context.country_distance > NEAR || is_well_rendered(check, &context, first, last))
        return;
    for (size_t i = first; i < last; i++) {
        const ty_term_spot *spot = &check->out->source.spots.items[i];
        const ty_term_spot *found = find_misplaced(check, &context, spot);
        if (!found)
            continue;
        uint32_t better = fitting_term(check, &context, record_of(check, spots->entry)->concept);
        if (better == UINT32_MAX || record_of(check, better) == record_of(check, found->entry))
            continue;
        report(check, (ty_term_finding){.fault = TY_TERM_MISPLACED,
                                        .target = span_of(found),
                                        .entry = found->entry,
                                        .better = better});
        return;
    }
}

void ty_check_whose(checker *check)
{
    ty_check_each_span(check, check_body);
}
