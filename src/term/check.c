/* SPDX-License-Identifier: Apache-2.0 */
#include <math.h>
#include <stdlib.h>

#include "term/internal.h"

typedef struct checker {
    const ty_term_index *index;
    ty_slice source, target, target_lang;
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

static bool has_concept(const checker *check, const ty_term_scan *scan, int64_t concept)
{
    for (size_t i = 0; i < scan->spots.count; i++)
        if (record_of(check, scan->spots.items[i].entry)->concept == concept)
            return true;
    return false;
}

/* ------------------------------------------------------------------------------------------ missing */

static bool is_reported(const checker *check, int64_t concept)
{
    for (size_t i = 0; i < check->out->list.count; i++)
        if (record_of(check, check->out->list.items[i].entry)->concept == concept)
            return true;
    return false;
}

/* Is a verb of the concept in the target as a noun: 派遣 for 派遣する? */
static bool has_noun_of_verb(const checker *check, int64_t concept)
{
    size_t first, last;
    ty_term_concept_entries(check->index, concept, &first, &last);
    for (size_t i = first; i < last; i++) {
        const term_record *record = record_of(check, check->index->by_concept.items[i]);
        ty_slice noun = {check->index->texts.data + record->text, record->text_size - 6};
        if (record->flags & TERM_SURU && term_is_acceptable(record) &&
            ty_slice_find(check->target, noun, 0) != SIZE_MAX)
            return true;
    }
    return false;
}

/* The spots [first, last) have one span: is one of their concepts in the target? */
static void check_span(checker *check, size_t first, size_t last)
{
    const ty_term_spot *spots = check->out->source.spots.items, *missed = NULL;
    uint32_t better = UINT32_MAX;
    for (size_t i = first; i < last; i++) {
        int64_t concept = record_of(check, spots[i].entry)->concept;
        uint32_t best = best_term(check, concept);
        if (has_concept(check, &check->out->target, concept) || has_noun_of_verb(check, concept))
            return;
        if (best == UINT32_MAX || missed)
            continue;
        missed = &spots[i];
        better = best;
    }
    if (!missed || is_reported(check, record_of(check, missed->entry)->concept))
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
        check_span(check, first, last);
    }
}

/* ------------------------------------------------------------------------------------------ misused */

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

static void check_spot(checker *check, const ty_term_spot *spot)
{
    const term_record *record = record_of(check, spot->entry);
    if (spot->nested || term_is_acceptable(record))
        return;
    bool concerned = has_concept(check, &check->out->source, record->concept);
    bool forbidden = record->status == TY_TERM_FORBIDDEN;
    if (is_right_elsewhere(check, spot, true))
        return;
    if (!concerned && (!forbidden || is_right_elsewhere(check, spot, false)))
        return;
    report(check, (ty_term_finding){.fault = forbidden ? TY_TERM_FORBIDDEN_USED : TY_TERM_AVOIDED_USED,
                                    .target = span_of(spot),
                                    .entry = spot->entry,
                                    .better = best_term(check, record->concept)});
}

/* ------------------------------------------------------------------------------------------ numbers */

static bool is_same_value(const ty_number *a, const ty_number *b)
{
    const double half_day = 12 * 60;
    double difference = fabs(a->value - b->value);
    if (difference <= 1e-9 * fabs(a->value))
        return (a->kind == TY_NUMBER_TIME) == (b->kind == TY_NUMBER_TIME);
    /* 3時 may be the 3 p.m. of the other side */
    return a->kind == TY_NUMBER_TIME && b->kind == TY_NUMBER_TIME && difference == half_day;
}

static bool has_digit(ty_slice text, const ty_number *number)
{
    for (size_t at = number->start; at < number->end;)
        if (ty_char_is_digit(ty_utf8_next(text, &at)))
            return true;
    return false;
}

/* Is the number one that a translation has to have? */
static bool is_asked_for(ty_slice text, const ty_number *number, const ty_term_scan *terms)
{
    for (size_t i = 0; i < terms->spots.count; i++)
        if (terms->spots.items[i].start < number->end && number->start < terms->spots.items[i].end)
            return false;
    bool counts = number->kind == TY_NUMBER_PLAIN || number->kind == TY_NUMBER_ORDINAL;
    return !counts || number->value > 10 || (number->value != 1 && has_digit(text, number));
}

/* Numbers of one side that the other has not. */
static void check_numbers(checker *check, bool of_source)
{
    const ty_numbers *ours = of_source ? &check->out->source_numbers : &check->out->target_numbers;
    const ty_numbers *theirs = of_source ? &check->out->target_numbers : &check->out->source_numbers;
    const ty_term_scan *terms = of_source ? &check->out->source : &check->out->target;
    ty_slice text = of_source ? check->source : check->target;
    for (size_t i = 0; i < ours->count; i++) {
        const ty_number *number = &ours->items[i];
        bool found = !is_asked_for(text, number, terms);
        for (size_t j = 0; j < theirs->count && !found; j++)
            found = is_same_value(number, &theirs->items[j]);
        if (found)
            continue;
        ty_term_finding finding = {
            .fault = TY_TERM_NUMBER, .entry = UINT32_MAX, .better = UINT32_MAX, .value = number->value};
        *(of_source ? &finding.source : &finding.target) = (ty_span){number->start, number->end};
        report(check, finding);
    }
}

/* ------------------------------------------------------------------------------------------ the check */

ty_status ty_term_check(const ty_term_index *index, ty_slice source, ty_slice source_lang, ty_slice target,
                        ty_slice target_lang, ty_term_findings *out, ty_error *error)
{
    ty_vector_clear(&out->list);
    ty_status status = ty_term_index_scan(index, source, source_lang, 0, &out->source, error);
    if (status == TY_OK)
        status = ty_term_index_scan(index, target, target_lang, TY_TERM_NESTED, &out->target, error);
    if (status == TY_OK)
        status = ty_numbers_find(source, source_lang, &out->source_numbers, error);
    if (status == TY_OK)
        status = ty_numbers_find(target, target_lang, &out->target_numbers, error);
    if (status != TY_OK)
        return status;
    checker check = {
        .index = index, .source = source, .target = target, .target_lang = target_lang, .out = out};
    check_missing(&check);
    for (size_t i = 0; i < out->target.spots.count; i++)
        check_spot(&check, &out->target.spots.items[i]);
    check_numbers(&check, true);
    check_numbers(&check, false);
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
