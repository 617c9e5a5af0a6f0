/* SPDX-License-Identifier: Apache-2.0 */
#include <math.h>
#include <stdlib.h>

#include "term/internal.h"

typedef struct checker {
    const ty_term_index *index;
    ty_slice source, source_lang, target, target_lang;
    ty_term_findings *out;
    bool failed;
} checker;

static void report(checker *check, ty_term_finding finding)
{
    if (!ty_vector_push(&check->out->list, finding))
        check->failed = true;
}

static const term_record *record_of(const checker *check, uint32_t entry)
{
    return &check->index->entries.items[entry];
}

static ty_span span_of(const ty_term_spot *spot)
{
    return (ty_span){spot->start, spot->end};
}

static bool same_span(const ty_term_spot *a, const ty_term_spot *b)
{
    return a->start == b->start && a->end == b->end;
}

/* The term to use for a concept in the target's language: an approved one before others; UINT32_MAX for none.
 */
static uint32_t best_term(const checker *check, int64_t concept)
{
    size_t first, last;
    uint32_t best = UINT32_MAX;
    char primary[16];
    ty_slice wanted = ty_lang_primary(check->target_lang, primary);
    ty_term_concept_entries(check->index, concept, &first, &last);
    for (size_t i = first; i < last; i++) {
        uint32_t entry = check->index->by_concept.items[i];
        const term_record *record = record_of(check, entry);
        if (!term_is_acceptable(record) ||
            !ty_lang_matches(wanted, check->index->langs.list.items[record->lang]))
            continue;
        if (record->status == TY_TERM_APPROVED)
            return entry;
        if (best == UINT32_MAX)
            best = entry;
    }
    return best;
}

/* Unlikely readings do not count. */
static bool has_concept(const checker *check, const ty_term_scan *scan, int64_t concept)
{
    for (size_t i = 0; i < scan->spots.count; i++)
        if (!scan->spots.items[i].unlikely &&
            record_of(check, scan->spots.items[i].entry)->concept == concept)
            return true;
    return false;
}

static ty_slice text_of(const checker *check, const term_record *record)
{
    return (ty_slice){check->index->texts.data + record->text, record->text_size};
}

/* ------------------------------------------------------------------------------------------ missing */

static bool is_reported(const checker *check, int64_t concept)
{
    for (size_t i = 0; i < check->out->list.count; i++)
        if (record_of(check, check->out->list.items[i].entry)->concept == concept)
            return true;
    return false;
}

/*
 * Is the term without the country before it rendered: Defense Minister of Japanese Defense Minister? Whose it
 * is, a translation may leave to what stands around.
 */
static bool has_rendered_core(const checker *check, const ty_term_spot *whole)
{
    const ty_term_scan *source = &check->out->source;
    for (size_t i = 0; i < source->spots.count; i++) {
        const ty_term_spot *part = &source->spots.items[i];
        if (!part->nested || part->unlikely || part->start <= whole->start || part->end != whole->end ||
            2 * (part->end - part->start) < whole->end - whole->start ||
            !ty_term_is_country(ty_slice_trim(ty_slice_sub(check->source, whole->start, part->start))))
            continue;
        int64_t concept = record_of(check, part->entry)->concept;
        if (has_concept(check, &check->out->target, concept) ||
            ty_term_is_rendered(check->index, concept, check->target))
            return true;
    }
    return false;
}

/* Does the target name a rank that the source has not? */
static bool has_other_rank(const checker *check)
{
    const ty_term_scan *target = &check->out->target;
    for (size_t i = 0; i < target->spots.count; i++) {
        const term_record *record = record_of(check, target->spots.items[i].entry);
        if (record->flags & TERM_RANK && !target->spots.items[i].nested &&
            !has_concept(check, &check->out->source, record->concept))
            return true;
    }
    return false;
}

/* Do a term of the concept and the text begin alike: 河野大臣, 河野防衛大臣? */
static bool begins_alike(const checker *check, int64_t concept, ty_slice text)
{
    size_t first, last;
    ty_term_concept_entries(check->index, concept, &first, &last);
    for (size_t i = first; i < last; i++) {
        ty_slice own = text_of(check, record_of(check, check->index->by_concept.items[i]));
        if (own.size >= 3 && text.size >= 3 && memcmp(own.data, text.data, 3) == 0)
            return true;
    }
    return false;
}

/* Does the target name another person in office than the one missed, whom the source has not? */
static bool has_other_person(const checker *check, const ty_term_spot *missed)
{
    const ty_term_scan *target = &check->out->target;
    int64_t wanted = record_of(check, missed->entry)->concept;
    for (size_t i = 0; i < target->spots.count; i++) {
        const ty_term_spot *spot = &target->spots.items[i];
        const term_record *record = record_of(check, spot->entry);
        if (record->flags & TERM_SURNAME && !spot->nested &&
            !has_concept(check, &check->out->source, record->concept) &&
            !begins_alike(check, wanted, ty_slice_sub(check->target, spot->start, spot->end)))
            return true;
    }
    return false;
}

/* Is the spelling an acceptable term of another concept, of one in the source if `in_source`? */
static bool is_right_elsewhere(const checker *check, const ty_term_spot *spot, bool in_source)
{
    const ty_term_scan *target = &check->out->target;
    for (size_t i = 0; i < target->spots.count; i++) {
        const ty_term_spot *other = &target->spots.items[i];
        const term_record *record = record_of(check, other->entry);
        if (!same_span(spot, other) || !term_is_acceptable(record))
            continue;
        if (!in_source || has_concept(check, &check->out->source, record->concept))
            return true;
    }
    return false;
}

/* Do a term of the concept and the text end alike, as things of one kind do: 津軽海峡, 宗谷海峡? */
static bool ends_alike(const checker *check, int64_t concept, ty_slice text)
{
    size_t first, last;
    ty_term_concept_entries(check->index, concept, &first, &last);
    for (size_t i = first; i < last; i++) {
        ty_slice own = text_of(check, record_of(check, check->index->by_concept.items[i]));
        if (text.size > 3 && own.size > 3 && ty_slice_ends(own, ty_slice_sub(text, text.size - 3, text.size)))
            return true;
    }
    return false;
}

/* Does the target have a name of the same kind that the source has not? Then it is not a pronoun that stands
 * for the one missed. */
static bool has_other_name(const checker *check, const ty_term_spot *missed)
{
    const ty_term_scan *target = &check->out->target;
    for (size_t i = 0; i < target->spots.count; i++) {
        const ty_term_spot *spot = &target->spots.items[i];
        const term_record *record = record_of(check, spot->entry);
        bool free = record->flags & (TERM_LOOSE | TERM_RANK | TERM_SURNAME) || spot->nested;
        if (!free && !is_right_elsewhere(check, spot, true) &&
            ends_alike(check, record_of(check, missed->entry)->concept,
                       ty_slice_sub(check->target, spot->start, spot->end)))
            return true;
    }
    return false;
}

/* A rank or a person's title may be left out, but not become another; a name may have become a pronoun. */
static bool is_free_here(const checker *check, const ty_term_spot *missed)
{
    uint16_t flags = record_of(check, missed->entry)->flags;
    if (flags & TERM_SURNAME)
        return !has_other_person(check, missed);
    if (flags & TERM_RANK)
        return !has_other_rank(check);
    return ty_term_points_back(check->target) && !has_other_name(check, missed);
}

/* Is it all that brackets hold, an acronym or a number of its own that a translation need not repeat: (DD
 * 117)? */
static bool is_gloss(const checker *check, const ty_term_spot *spot)
{
    ty_slice before = ty_slice_sub(check->source, 0, spot->start);
    ty_slice behind = ty_slice_sub(check->source, spot->end, check->source.size);
    return (ty_slice_ends(before, TY_SLICE("(")) && ty_slice_starts(behind, TY_SLICE(")"))) ||
           (ty_slice_ends(before, TY_SLICE("（")) && ty_slice_starts(behind, TY_SLICE("）")));
}

/* Does what stands around the spot say that it is another country's: the Korean Ministry of Foreign Affairs?
 */
static bool is_foreign_here(const checker *check, const ty_term_spot *spot)
{
    term_context context = ty_term_context_at(check->source, check->source_lang, spot->start, spot->end);
    return context.country && context.country_distance < 3 &&
           ty_term_concept_fit(check->index, &context, record_of(check, spot->entry)->concept) < 0;
}

/* The spots [first, last) have one span: is one of their concepts in the target? */
static void check_span(checker *check, size_t first, size_t last)
{
    const ty_term_spot *spots = check->out->source.spots.items, *missed = NULL;
    uint32_t better = UINT32_MAX;
    for (size_t i = first; i < last; i++) {
        int64_t concept = record_of(check, spots[i].entry)->concept;
        uint32_t best = best_term(check, concept);
        if (has_concept(check, &check->out->target, concept) ||
            ty_term_is_rendered(check->index, concept, check->target))
            return;
        if (best == UINT32_MAX || missed || spots[i].unlikely ||
            (record_of(check, spots[i].entry)->flags & (TERM_LOOSE | TERM_SURNAME)) == TERM_LOOSE)
            continue;
        missed = &spots[i];
        better = best;
    }
    if (!missed || is_gloss(check, missed) || is_foreign_here(check, missed) || is_free_here(check, missed) ||
        is_reported(check, record_of(check, missed->entry)->concept) || has_rendered_core(check, missed))
        return;
    report(check, (ty_term_finding){.fault = TY_TERM_MISSING,
                                    .source = span_of(missed),
                                    .entry = missed->entry,
                                    .better = better});
}

static void check_missing(checker *check)
{
    const ty_term_scan *source = &check->out->source;
    for (size_t first = 0, last; first < source->spots.count; first = last) {
        for (last = first + 1; last < source->spots.count; last++)
            if (!same_span(&source->spots.items[first], &source->spots.items[last]))
                break;
        if (!source->spots.items[first].nested)
            check_span(check, first, last);
    }
}

/* ------------------------------------------------------------------------------------------ misused */

/* Is it part of an acceptable term of a concept that the source has: 防衛大臣 in 日本の防衛大臣? */
static bool is_part_elsewhere(const checker *check, const ty_term_spot *spot)
{
    const ty_term_scan *source = &check->out->source;
    ty_slice words = ty_slice_sub(check->target, spot->start, spot->end);
    for (size_t i = 0; i < source->spots.count; i++) {
        size_t first, last;
        if (source->spots.items[i].unlikely)
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
    bool concerned = has_concept(check, &check->out->source, record->concept);
    bool forbidden = record->status == TY_TERM_FORBIDDEN;
    if (is_right_elsewhere(check, spot, true) || is_part_elsewhere(check, spot))
        return;
    if (!concerned && (!forbidden || is_right_elsewhere(check, spot, false)))
        return;
    report(check, (ty_term_finding){.fault = forbidden ? TY_TERM_FORBIDDEN_USED : TY_TERM_AVOIDED_USED,
                                    .target = span_of(spot),
                                    .entry = spot->entry,
                                    .better = best_term(check, record->concept)});
}

/* ------------------------------------------------------------------------------------------ whose */

/* A term of the concept in the target that is of an organisation which what stands around the source rules
 * out. */
static const ty_term_spot *find_misplaced(const checker *check, const term_context *context, int64_t concept)
{
    const ty_term_scan *target = &check->out->target;
    for (size_t i = 0; i < target->spots.count; i++) {
        const ty_term_spot *spot = &target->spots.items[i];
        const term_record *record = record_of(check, spot->entry);
        ty_slice body = {check->index->texts.data + record->body, record->body_size};
        if (record->concept == concept && !spot->nested && term_is_acceptable(record) && body.size &&
            ty_term_context_fit(context, body) < 0 && !ty_term_names_country(check->source, body))
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
        ty_slice body = {check->index->texts.data + record->body, record->body_size};
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
        const ty_term_spot *found = find_misplaced(check, &context, record_of(check, spot->entry)->concept);
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

static void check_bodies(checker *check)
{
    const ty_term_scan *source = &check->out->source;
    for (size_t first = 0, last; first < source->spots.count; first = last) {
        for (last = first + 1; last < source->spots.count; last++)
            if (!same_span(&source->spots.items[first], &source->spots.items[last]))
                break;
        if (!source->spots.items[first].nested)
            check_body(check, first, last);
    }
}

/* ------------------------------------------------------------------------------------------ numbers */

/* Numbers of one side that the other has not; where both have one, it is one fault. */
static void check_numbers(checker *check)
{
    ty_term_findings *out = check->out;
    for (size_t i = 0, j = 0;;) {
        const ty_number *source = ty_term_odd_number(check->source, check->target, &out->source_numbers,
                                                     &out->target_numbers, &out->source, &i);
        const ty_number *target = ty_term_odd_number(check->target, check->source, &out->target_numbers,
                                                     &out->source_numbers, &out->target, &j);
        if (!source && !target)
            return;
        ty_term_finding finding = {.fault = TY_TERM_NUMBER,
                                   .entry = UINT32_MAX,
                                   .better = UINT32_MAX,
                                   .value = source ? source->value : target->value};
        if (source)
            finding.source = (ty_span){source->start, source->end};
        if (target)
            finding.target = (ty_span){target->start, target->end};
        report(check, finding);
    }
}

/* ------------------------------------------------------------------------------------------ the check */

ty_status ty_term_check(const ty_term_index *index, ty_slice source, ty_slice source_lang, ty_slice target,
                        ty_slice target_lang, ty_term_findings *out, ty_error *error)
{
    ty_vector_clear(&out->list);
    ty_status status = ty_term_index_scan(index, source, source_lang, TY_TERM_NESTED, &out->source, error);
    if (status == TY_OK)
        status = ty_term_index_scan(index, target, target_lang, TY_TERM_NESTED, &out->target, error);
    if (status == TY_OK)
        status = ty_numbers_find(source, source_lang, &out->source_numbers, error);
    if (status == TY_OK)
        status = ty_numbers_find(target, target_lang, &out->target_numbers, error);
    if (status != TY_OK)
        return status;
    checker check = {.index = index,
                     .source = source,
                     .source_lang = source_lang,
                     .target = target,
                     .target_lang = target_lang,
                     .out = out};
    check_bodies(&check);
    check_missing(&check);
    for (size_t i = 0; i < out->target.spots.count; i++)
        check_spot(&check, &out->target.spots.items[i]);
    check_numbers(&check);
    return check.failed ? ty_error_nomem(error) : TY_OK;
}

void ty_term_findings_release(ty_term_findings *findings)
{
    ty_vector_release(&findings->list);
    ty_term_scan_release(&findings->source);
    ty_term_scan_release(&findings->target);
    ty_vector_release(&findings->source_numbers);
    ty_vector_release(&findings->target_numbers);
}
