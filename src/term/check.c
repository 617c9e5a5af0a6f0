/* SPDX-License-Identifier: Apache-2.0 */
/*
 * check - whether a translation has the terms and numbers of its source. The parts are check_whose.c,
 * check_missing.c, check_misused.c, check_variants.c, check_changed.c and check_designations.c.
 */
#include "term/checker.h"

/* ------------------------------------------------------------------------------------------ what is said */

uint32_t ty_check_best_term(const checker *check, int64_t concept)
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

bool ty_check_has_concept(const checker *check, const ty_term_scan *scan, int64_t concept)
{
    for (size_t i = 0; i < scan->spots.count; i++)
        if (!scan->spots.items[i].unlikely &&
            record_of(check, scan->spots.items[i].entry)->concept == concept)
            return true;
    return false;
}

/* Does it lie inside a longer term of the other concept: the destroyer of "JMSDF destroyer"? */
static bool is_inside(const checker *check, const ty_term_spot *spot, int64_t other)
{
    const ty_term_scan *source = &check->out->source;
    for (size_t i = 0; i < source->spots.count; i++) {
        const ty_term_spot *whole = &source->spots.items[i];
        if (record_of(check, whole->entry)->concept == other && whole->start <= spot->start &&
            whole->end >= spot->end && whole->end - whole->start > spot->end - spot->start)
            return true;
    }
    return false;
}

bool ty_check_licenses(const checker *check, const ty_term_spot *source, int64_t forbidding)
{
    return !source->unlikely && !is_inside(check, source, forbidding);
}

/* Does the source have the concept, and not only inside what forbids the word? */
static bool is_licensed(const checker *check, int64_t concept, int64_t forbidding)
{
    const ty_term_scan *source = &check->out->source;
    for (size_t i = 0; i < source->spots.count; i++)
        if (record_of(check, source->spots.items[i].entry)->concept == concept &&
            ty_check_licenses(check, &source->spots.items[i], forbidding))
            return true;
    return false;
}

bool ty_check_is_right_elsewhere(const checker *check, const ty_term_spot *spot, bool in_source)
{
    const ty_term_scan *target = &check->out->target;
    for (size_t i = 0; i < target->spots.count; i++) {
        const ty_term_spot *other = &target->spots.items[i];
        const term_record *record = record_of(check, other->entry);
        if (!same_span(spot, other) || !term_is_acceptable(record))
            continue;
        if (!in_source || is_licensed(check, record->concept, record_of(check, spot->entry)->concept))
            return true;
    }
    return false;
}

void ty_check_each_span(checker *check, void (*look)(checker *check, size_t first, size_t last))
{
    const ty_term_scan *source = &check->out->source;
    for (size_t first = 0, last; first < source->spots.count; first = last) {
        for (last = first + 1; last < source->spots.count; last++)
            if (!same_span(&source->spots.items[first], &source->spots.items[last]))
                break;
        if (!source->spots.items[first].nested)
            look(check, first, last);
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
    ty_check_whose(&check);
    ty_check_missing(&check);
    ty_check_misused(&check);
    ty_check_changed(&check);
    ty_check_designations(&check);
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
