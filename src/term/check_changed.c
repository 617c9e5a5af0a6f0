/* SPDX-License-Identifier: Apache-2.0 */
/*
 * check_changed - what may be said freely, or be left out, but has become another of its kind: a submarine a
 * destroyer, and the Secretary of State, who keeps his surname, a Secretary of Defense.
 */
#include "term/checker.h"
#include "term/names.h"

/* ------------------------------------------------------------------------------------------ kinds */

/* Is the term's own spelling one of the words for kinds of it (data/names.txt)? */
static bool is_of_kind(const checker *check, const ty_term_spot *spot, ty_slice lang, const char *kind)
{
    if (record_of(check, spot->entry)->flags & TERM_SURNAME) /* a person: see below */
        return false;
    char primary[16];
    ty_lang_primary(lang, primary);
    return ty_term_ends_name_word(primary, kind, text_of(check, record_of(check, spot->entry)));
}

/* A word of the target for another such thing, of which the source does not speak. */
static bool has_other_kind(const checker *check, const char *kind)
{
    const ty_term_scan *target = &check->out->target;
    for (size_t i = 0; i < target->spots.count; i++) {
        const ty_term_spot *spot = &target->spots.items[i];
        if (!spot->nested && is_of_kind(check, spot, check->target_lang, kind) &&
            !ty_check_has_concept(check, &check->out->source, record_of(check, spot->entry)->concept) &&
            !ty_check_is_right_elsewhere(check, spot, true))
            return true;
    }
    return false;
}

/* Does the target say a part of the span: 大統領 for U.S. President? */
static bool is_part_said(const checker *check, const ty_term_spot *whole)
{
    const ty_term_scan *source = &check->out->source;
    for (size_t i = 0; i < source->spots.count; i++) {
        const ty_term_spot *part = &source->spots.items[i];
        if (part->nested && part->start >= whole->start && part->end == whole->end &&
            ty_check_has_concept(check, &check->out->target, record_of(check, part->entry)->concept))
            return true;
    }
    return false;
}

/* One of the spots [first, last) that is of the kind, where the target has none of their concepts. */
static const ty_term_spot *find_missed(const checker *check, size_t first, size_t last, const char *kind)
{
    const ty_term_spot *missed = NULL;
    for (size_t i = first; i < last; i++) {
        const ty_term_spot *spot = &check->out->source.spots.items[i];
        int64_t concept = record_of(check, spot->entry)->concept;
        if (ty_check_has_concept(check, &check->out->target, concept) ||
            ty_term_is_rendered(check->index, concept, check->target))
            return NULL;
        if (is_of_kind(check, spot, check->source_lang, kind))
            missed = spot;
    }
    return missed && is_part_said(check, missed) ? NULL : missed;
}

static void report_missed(checker *check, const ty_term_spot *missed)
{
    uint32_t better = ty_check_best_term(check, record_of(check, missed->entry)->concept);
    for (size_t i = 0; i < check->out->list.count; i++) /* once */
        if (check->out->list.items[i].source.start == missed->start && check->out->list.items[i].source.end)
            return;
    if (better != UINT32_MAX)
        report(check, (ty_term_finding){.fault = TY_TERM_MISSING,
                                        .source = span_of(missed),
                                        .entry = missed->entry,
                                        .better = better});
}

static void check_kind(checker *check, size_t first, size_t last)
{
    static const char *const kinds[] = {"vessel", "plane", "minister"};
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
        const ty_term_spot *missed = find_missed(check, first, last, kinds[i]);
        if (missed && has_other_kind(check, kinds[i]))
            report_missed(check, missed);
    }
}

/* ------------------------------------------------------------------------------------------ titles */

static size_t common_start(ty_slice one, ty_slice other)
{
    size_t size = 0;
    while (size < one.size && size < other.size && one.data[size] == other.data[size])
        size++;
    while (size > 0 && size < one.size && ((unsigned char)one.data[size] & 0xC0) == 0x80)
        size--; /* whole characters */
    return size;
}

/* Bytes of katakana and its marks from `at`: a foreign name. */
static size_t katakana_at(ty_slice text, size_t at)
{
    size_t end = at, next = at;
    while (next < text.size) {
        uint32_t c = ty_utf8_next(text, &next);
        if (ty_char_script(c) != TY_SCRIPT_KATAKANA && c != U'・' && c != U'ー')
            break;
        end = next;
    }
    return end - at;
}

ty_slice ty_check_surname(const checker *check, int64_t concept)
{
    size_t first, last, count = 0;
    char primary[16];
    ty_slice wanted = ty_lang_primary(check->target_lang, primary), name = {"", 0};
    ty_term_concept_entries(check->index, concept, &first, &last);
    for (size_t i = first; i < last; i++) {
        const term_record *record = record_of(check, check->index->by_concept.items[i]);
        if (!term_is_acceptable(record) ||
            !ty_lang_matches(wanted, check->index->langs.list.items[record->lang]))
            continue;
        ty_slice text = text_of(check, record);
        name = count++ ? ty_slice_sub(name, 0, common_start(name, text)) : text;
    }
    return count > 1 ? name : ty_slice_sub(name, 0, katakana_at(name, 0));
}

/* Has the source a title of more than one word in the span: Secretary of State, not Minister? */
static bool has_full_title(const checker *check, const ty_term_spot *whole)
{
    const ty_term_scan *source = &check->out->source;
    for (size_t i = 0; i < source->spots.count; i++) {
        const ty_term_spot *spot = &source->spots.items[i];
        ty_slice text = ty_slice_sub(check->source, spot->start, spot->end);
        if (spot->nested && spot->start >= whole->start && spot->end <= whole->end &&
            record_of(check, spot->entry)->flags & TERM_TITLE &&
            ty_slice_find(text, TY_SLICE(" "), 0) != SIZE_MAX)
            return true;
    }
    return false;
}

/* Does a title begin at the byte of the target of which the source does not speak? */
static bool is_other_title(const checker *check, size_t at)
{
    const ty_term_scan *target = &check->out->target;
    bool other = false;
    for (size_t i = 0; i < target->spots.count; i++) {
        const ty_term_spot *spot = &target->spots.items[i];
        const term_record *record = record_of(check, spot->entry);
        if (spot->start != at || !(record->flags & (TERM_TITLE | TERM_RANK)))
            continue;
        if (ty_check_has_concept(check, &check->out->source, record->concept))
            return false;
        other = true;
    }
    return other;
}

enum { NAME_MIN = 9 }; /* bytes, three katakana */

/* Does a katakana name that is no term stand before the byte? */
static bool has_name_before(const checker *check, size_t at)
{
    size_t start = at;
    while (start >= 3 && katakana_at(ty_slice_sub(check->target, start - 3, at), 0) == at - start + 3)
        start -= 3;
    for (size_t i = 0; i < check->out->target.spots.count; i++)
        if (check->out->target.spots.items[i].start < at && check->out->target.spots.items[i].end > start &&
            check->out->target.spots.items[i].end <= at)
            return false; /* a country, as in フランス大統領 */
    return at - start >= NAME_MIN;
}

/* Does the target have the title of the person with another name before it: サルコジ大統領 for President
 * Macron? */
static bool has_other_name(const checker *check, const ty_term_spot *whole)
{
    const ty_term_scan *target = &check->out->target, *source = &check->out->source;
    for (size_t i = 0; i < source->spots.count; i++) {
        const ty_term_spot *part = &source->spots.items[i];
        if (part->start < whole->start || part->end > whole->end || !part->nested ||
            !(record_of(check, part->entry)->flags & TERM_TITLE))
            continue;
        for (size_t j = 0; j < target->spots.count; j++)
            if (record_of(check, target->spots.items[j].entry)->concept ==
                    record_of(check, part->entry)->concept &&
                has_name_before(check, target->spots.items[j].start))
                return true;
    }
    return false;
}

static void check_title(checker *check, size_t first, size_t last)
{
    const ty_term_spot *spot = &check->out->source.spots.items[first];
    int64_t concept = record_of(check, spot->entry)->concept;
    (void)last;
    if (!(record_of(check, spot->entry)->flags & TERM_SURNAME) ||
        ty_check_has_concept(check, &check->out->target, concept) ||
        ty_term_is_rendered(check->index, concept, check->target))
        return;
    ty_slice name = ty_check_surname(check, concept);
    bool named = !name.size || ty_slice_find(check->target, name, 0) != SIZE_MAX;
    if (!named && !ty_check_has_variant(check, concept) && has_other_name(check, spot))
        report_missed(check, spot);
    if (!has_full_title(check, spot))
        return;
    for (size_t at = 0; name.size && (at = ty_slice_find(check->target, name, at)) != SIZE_MAX;
         at += name.size)
        if (is_other_title(check, at + name.size))
            report_missed(check, spot);
}

void ty_check_changed(checker *check)
{
    ty_check_each_span(check, check_kind);
    ty_check_each_span(check, check_title);
}
