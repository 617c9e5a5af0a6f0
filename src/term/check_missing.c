/* SPDX-License-Identifier: Apache-2.0 */
/*
 * check_missing - concepts of the source that have none of their terms in the target, unless they are said
 * freely, by a part, a gloss or a pronoun.
 */
#include "term/checker.h"

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
        if (ty_check_has_concept(check, &check->out->target, concept) ||
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
            !ty_check_has_concept(check, &check->out->source, record->concept))
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
            !ty_check_has_concept(check, &check->out->source, record->concept) &&
            !begins_alike(check, wanted, ty_slice_sub(check->target, spot->start, spot->end)))
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
        if (!free && !ty_check_is_right_elsewhere(check, spot, true) &&
            ends_alike(check, record_of(check, missed->entry)->concept,
                       ty_slice_sub(check->target, spot->start, spot->end)))
            return true;
    }
    return false;
}

/* Is the person named without the title: トランプ氏? */
static bool has_surname(const checker *check, const ty_term_spot *missed)
{
    ty_slice name = ty_check_surname(check, record_of(check, missed->entry)->concept);
    return name.size && ty_slice_find(check->target, name, 0) != SIZE_MAX;
}

/* A rank or a person's title may be left out, but not become another; a name may have become a pronoun. */
static bool is_free_here(const checker *check, const ty_term_spot *missed)
{
    uint16_t flags = record_of(check, missed->entry)->flags;
    if (flags & TERM_SURNAME)
        return has_surname(check, missed) || !has_other_person(check, missed);
    if (flags & TERM_RANK)
        return !has_other_rank(check);
    return ty_term_points_back(check->target, check->source) && !has_other_name(check, missed);
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

/* Does the spot of the target lie inside a longer rank: the 海将 of 海将補? */
static bool is_in_longer_rank(const checker *check, const ty_term_spot *spot)
{
    const ty_term_scan *target = &check->out->target;
    for (size_t i = 0; i < target->spots.count; i++) {
        const ty_term_spot *other = &target->spots.items[i];
        if (record_of(check, other->entry)->flags & TERM_RANK && other->start <= spot->start &&
            other->end >= spot->end && other->end - other->start > spot->end - spot->start)
            return true;
    }
    return false;
}

static bool has_rank(const checker *check, int64_t concept)
{
    const ty_term_scan *target = &check->out->target;
    for (size_t i = 0; i < target->spots.count; i++) {
        const ty_term_spot *spot = &target->spots.items[i];
        if (!spot->unlikely && record_of(check, spot->entry)->concept == concept &&
            !(spot->nested && is_in_longer_rank(check, spot)))
            return true;
    }
    return false;
}

/* Does the target say the concept of the spot? A rank it may leave out, but not have inside of another one.
 */
static bool is_said(const checker *check, const ty_term_spot *spot)
{
    int64_t concept = record_of(check, spot->entry)->concept;
    bool rendered = ty_term_is_rendered(check->index, concept, check->target);
    if (record_of(check, spot->entry)->flags & TERM_RANK)
        return has_rank(check, concept) || (rendered && !has_other_rank(check));
    return rendered || ty_check_has_concept(check, &check->out->target, concept);
}

static void check_inside(checker *check, size_t last);

/* The spots [first, last) have one span: is one of their concepts in the target? */
static void check_span(checker *check, size_t first, size_t last)
{
    const ty_term_spot *spots = check->out->source.spots.items, *missed = NULL;
    uint32_t better = UINT32_MAX;
    for (size_t i = first; i < last; i++) {
        int64_t concept = record_of(check, spots[i].entry)->concept;
        uint32_t best = ty_check_best_term(check, concept);
        if (is_said(check, &spots[i]))
            return;
        if (best == UINT32_MAX || missed || spots[i].unlikely ||
            (record_of(check, spots[i].entry)->flags & (TERM_LOOSE | TERM_SURNAME)) == TERM_LOOSE)
            continue;
        missed = &spots[i];
        better = best;
    }
    if (!missed && !spots[first].nested)
        check_inside(check, last);
    if (missed && missed->nested && !has_other_name(check, missed))
        return;
    if (!missed || is_gloss(check, missed) || ty_check_says_marks(check, span_of(missed)) ||
        ty_check_has_variant(check, record_of(check, missed->entry)->concept) ||
        is_foreign_here(check, missed) || is_free_here(check, missed) ||
        is_reported(check, record_of(check, missed->entry)->concept) || has_rendered_core(check, missed))
        return;
    report(check, (ty_term_finding){.fault = TY_TERM_MISSING,
                                    .source = span_of(missed),
                                    .entry = missed->entry,
                                    .better = better});
}

/* What may be said freely as a whole must not have become another name: the UN Security Council of a
 * resolution. */
static void check_inside(checker *check, size_t last)
{
    const ty_term_scan *source = &check->out->source;
    size_t end = source->spots.items[last - 1].end;
    for (size_t first = last; first < source->spots.count && source->spots.items[first].end <= end;) {
        size_t next = first + 1;
        while (next < source->spots.count &&
               same_span(&source->spots.items[first], &source->spots.items[next]))
            next++;
        if (source->spots.items[first].nested)
            check_span(check, first, next);
        first = next;
    }
}

void ty_check_missing(checker *check)
{
    ty_check_each_span(check, check_span);
}
