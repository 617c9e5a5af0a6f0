/* SPDX-License-Identifier: Apache-2.0 */
/*
 * check_misused - forbidden and non-standard terms in the target, unless they are right there.
 */
#include "term/checker.h"

/* Is it part of an acceptable term of a concept that the source has: 防衛大臣 in 日本の防衛大臣? */
static bool is_part_elsewhere(const checker *check, const ty_term_spot *spot)
{
    const ty_term_scan *source = &check->out->source;
    ty_slice words = ty_slice_sub(check->target, spot->start, spot->end);
    for (size_t i = 0; i < source->spots.count; i++) {
        size_t first, last;
        if (!ty_check_licenses(check, &source->spots.items[i], record_of(check, spot->entry)->concept))
            continue;
        ty_term_concept_entries(check->index, record_of(check, source->spots.items[i].entry)->concept, &first,
                                &last);
        for (size_t j = first; j < last; j++) {
            const term_record *record = record_of(check, check->index->by_concept.items[j]);
            if (term_is_acceptable(record) && ty_slice_find(text_of(check, record), words, 0) != SIZE_MAX)
                return true;
        }
    }
    return false;
}

/* Is there a finding at this place already? */
static bool is_reported_at(const checker *check, const ty_term_spot *spot)
{
    for (size_t i = 0; i < check->out->list.count; i++)
        if (check->out->list.items[i].target.start == spot->start &&
            check->out->list.items[i].target.end == spot->end)
            return true;
    return false;
}

/* Does the target say the concept rightly elsewhere? Then the word is about something else. */
static bool is_rendered_beside(const checker *check, const ty_term_spot *spot)
{
    const ty_term_scan *target = &check->out->target;
    int64_t concept = record_of(check, spot->entry)->concept;
    for (size_t i = 0; i < target->spots.count; i++) {
        const ty_term_spot *other = &target->spots.items[i];
        const term_record *record = record_of(check, other->entry);
        if (record->concept == concept && term_is_acceptable(record) &&
            (other->end <= spot->start || other->start >= spot->end))
            return true;
    }
    return false;
}

static void check_spot(checker *check, const ty_term_spot *spot)
{
    const term_record *record = record_of(check, spot->entry);
    if (spot->nested || term_is_acceptable(record))
        return;
    if (is_reported_at(check, spot) || is_rendered_beside(check, spot))
        return;
    bool concerned = ty_check_has_concept(check, &check->out->source, record->concept);
    bool forbidden = record->status == TY_TERM_FORBIDDEN;
    if (ty_check_is_right_elsewhere(check, spot, true) || is_part_elsewhere(check, spot))
        return;
    if (!concerned && (!forbidden || ty_check_is_right_elsewhere(check, spot, false)))
        return;
    report(check, (ty_term_finding){.fault = forbidden ? TY_TERM_FORBIDDEN_USED : TY_TERM_AVOIDED_USED,
                                    .target = span_of(spot),
                                    .entry = spot->entry,
                                    .better = ty_check_best_term(check, record->concept)});
}

void ty_check_misused(checker *check)
{
    const ty_term_scan *target = &check->out->target;
    for (size_t i = 0; i < target->spots.count; i++)
        check_spot(check, &target->spots.items[i]);
}
