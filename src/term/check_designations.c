/* SPDX-License-Identifier: Apache-2.0 */
/*
 * check_designations - CH-47 in the source and ＵＨ－６０ in the target: marks of types, which no list has
 * all of. A mark that one side leaves out is no fault; one that stands for another is.
 */
#include "term/checker.h"

enum { MARK_LETTERS = 3, MARK_DIGITS = 3, MARKS_MAX = 16 };

/* Letters, a hyphen, digits, maybe letters again: MV-22B. */
typedef struct mark {
    ty_span span;
    char front[MARK_LETTERS + 1], digits[MARK_DIGITS + 1], back[MARK_LETTERS + 1];
} mark;

/* The character at `*at` in half width; hyphens and dashes of all kinds are one. */
static uint32_t next_plain(ty_slice text, size_t *at)
{
    static const uint32_t hyphens[] = {U'‐', U'‑', U'–', U'−', U'―', U'－', U'ー'};
    uint32_t c = *at < text.size ? ty_utf8_next(text, at) : 0;
    for (size_t i = 0; i < sizeof hyphens / sizeof *hyphens; i++)
        if (c == hyphens[i])
            return '-';
    return c > 0xFF00 && c < 0xFF5F ? c - 0xFEE0 : c;
}

static bool is_capital(uint32_t c)
{
    return c >= 'A' && c <= 'Z';
}

static bool is_digit(uint32_t c)
{
    return c >= '0' && c <= '9';
}

/* Takes up to `most` characters of a class; returns where they end, SIZE_MAX where there are more. */
static size_t take(ty_slice text, size_t at, bool (*is_it)(uint32_t c), char *out, size_t most)
{
    size_t count = 0, next = at;
    for (uint32_t c; is_it(c = next_plain(text, &next)); at = next) {
        if (count == most)
            return SIZE_MAX;
        out[count++] = (char)c;
    }
    out[count] = 0;
    return at;
}

/* The mark that begins at `at`; false for none. */
static bool read_mark(ty_slice text, size_t at, mark *out)
{
    size_t end = take(text, at, is_capital, out->front, MARK_LETTERS);
    out->span.start = at;
    if (end == SIZE_MAX || !*out->front || next_plain(text, &end) != '-')
        return false;
    end = take(text, end, is_digit, out->digits, MARK_DIGITS);
    if (end == SIZE_MAX || !*out->digits)
        return false;
    end = take(text, end, is_capital, out->back, MARK_LETTERS);
    out->span.end = end;
    return end != SIZE_MAX;
}

static bool is_within_word(uint32_t c)
{
    return is_capital(c) || is_digit(c) || (c >= 'a' && c <= 'z') || c == '-' || c == '/' || c == '.';
}

static size_t find_marks(ty_slice text, mark *out)
{
    size_t count = 0;
    uint32_t before = 0;
    for (size_t at = 0; at < text.size && count < MARKS_MAX;) {
        size_t next = at;
        uint32_t c = next_plain(text, &next);
        bool found = is_capital(c) && !is_within_word(before) && read_mark(text, at, &out[count]);
        at = found ? out[count++].span.end : next;
        before = found ? 'A' : c;
    }
    return count;
}

static bool ends(const char *text, const char *end)
{
    size_t size = strlen(text), part = strlen(end);
    return size >= part && strcmp(text + size - part, end) == 0;
}

/* MV-22 and V-22, F-35 and F-35B are alike, F-35A and F-35B are not. */
static bool are_alike(const mark *one, const mark *other)
{
    size_t shared = strlen(one->back) < strlen(other->back) ? strlen(one->back) : strlen(other->back);
    return strcmp(one->digits, other->digits) == 0 &&
           (ends(one->front, other->front) || ends(other->front, one->front)) &&
           memcmp(one->back, other->back, shared) == 0;
}

static bool has_like(const mark *marks, size_t count, const mark *wanted)
{
    for (size_t i = 0; i < count; i++)
        if (are_alike(&marks[i], wanted))
            return true;
    return false;
}

/* Is the mark in a term that the other side says in another way, or that is told already? */
static bool is_said(const checker *check, const ty_term_scan *own, const ty_term_scan *other, ty_span span)
{
    for (size_t i = 0; i < own->spots.count; i++) {
        const ty_term_spot *spot = &own->spots.items[i];
        if (spot->start < span.end && spot->end > span.start &&
            ty_check_has_concept(check, other, record_of(check, spot->entry)->concept))
            return true;
    }
    for (size_t i = 0; i < check->out->list.count; i++)
        if (own == &check->out->source && check->out->list.items[i].source.start < span.end &&
            check->out->list.items[i].source.end > span.start)
            return true;
    return false;
}

bool ty_check_says_marks(const checker *check, ty_span span)
{
    mark source[MARKS_MAX], target[MARKS_MAX];
    size_t sources = find_marks(ty_slice_sub(check->source, span.start, span.end), source);
    size_t targets = find_marks(check->target, target);
    for (size_t i = 0; i < sources; i++)
        if (!has_like(target, targets, &source[i]))
            return false;
    return sources > 0;
}

void ty_check_designations(checker *check)
{
    const ty_term_scan *source_terms = &check->out->source, *target_terms = &check->out->target;
    mark source[MARKS_MAX], target[MARKS_MAX];
    size_t sources = find_marks(check->source, source), targets = find_marks(check->target, target), next = 0;
    for (size_t i = 0; i < sources; i++) {
        if (has_like(target, targets, &source[i]) ||
            is_said(check, source_terms, target_terms, source[i].span))
            continue;
        while (next < targets && (has_like(source, sources, &target[next]) ||
                                  is_said(check, target_terms, source_terms, target[next].span)))
            next++;
        if (next == targets)
            return;
        report(check, (ty_term_finding){.fault = TY_TERM_NUMBER,
                                        .source = source[i].span,
                                        .target = target[next++].span,
                                        .entry = UINT32_MAX,
                                        .better = UINT32_MAX});
    }
}
