/* SPDX-License-Identifier: Apache-2.0 */
/*
 * checker.h - a pair that is checked: the state that check.c and its parts share.
 */
#ifndef TY_TERM_CHECKER_H
#define TY_TERM_CHECKER_H

#include "term/internal.h"

typedef struct checker {
    const ty_term_index *index;
    ty_slice source, source_lang, target, target_lang;
    ty_term_findings *out;
    bool failed;
} checker;

static inline void report(checker *check, ty_term_finding finding)
{
    if (!ty_vector_push(&check->out->list, finding))
        check->failed = true;
}

static inline const term_record *record_of(const checker *check, uint32_t entry)
{
    return &check->index->entries.items[entry];
}

static inline ty_slice text_of(const checker *check, const term_record *record)
{
    return (ty_slice){check->index->texts.data + record->text, record->text_size};
}

static inline ty_slice body_of(const checker *check, const term_record *record)
{
    return (ty_slice){check->index->texts.data + record->body, record->body_size};
}

static inline ty_span span_of(const ty_term_spot *spot)
{
    return (ty_span){spot->start, spot->end};
}

static inline bool same_span(const ty_term_spot *a, const ty_term_spot *b)
{
    return a->start == b->start && a->end == b->end;
}

/* The term to use for a concept in the target's language: an approved one before others; UINT32_MAX for none.
 */
uint32_t ty_check_best_term(const checker *check, int64_t concept);
/* Has the text the concept, in one of its terms? Unlikely readings do not count. */
bool ty_check_has_concept(const checker *check, const ty_term_scan *scan, int64_t concept);
/* Does what stands in the source make the words of its concept right, though another forbids them? */
bool ty_check_licenses(const checker *check, const ty_term_spot *source, int64_t forbidding);
/* Is the spelling an acceptable term of another concept, of one in the source if `in_source`? */
bool ty_check_is_right_elsewhere(const checker *check, const ty_term_spot *spot, bool in_source);

/* Does the source have marks of types in the span (F-35B) that the target has all, maybe shorter? */
bool ty_check_says_marks(const checker *check, ty_span span);

/* Has the target one of the concept's katakana names in another spelling: ロサンジェルス? */
bool ty_check_has_variant(const checker *check, int64_t concept);

/* What all terms of the person begin with in the target's language, the surname in Japanese; empty for
 * nothing. */
ty_slice ty_check_surname(const checker *check, int64_t concept);

/* Calls for the spots [first, last) of each span of the source that lies in no longer one. */
void ty_check_each_span(checker *check, void (*look)(checker *check, size_t first, size_t last));

/* The parts, in their order: each reports what it finds. */
void ty_check_whose(checker *check);        /* terms of an organisation that the source does not speak of */
void ty_check_missing(checker *check);      /* concepts of the source without a term in the target */
void ty_check_misused(checker *check);      /* forbidden and non-standard terms */
void ty_check_changed(checker *check);      /* what has become another of its kind */
void ty_check_designations(checker *check); /* marks of types that stand for others */

#endif
