/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What encloses: closing marks behind a terminator, and whether an offset is inside a quotation.
 */
#include "segment/internal.h"

#define SHORT 200 /* bytes of what is quoted within a sentence */
#define FAR 3000  /* bytes: a quotation longer than this has lost its closing mark */

/* "the treaty.12 The": the number of a note behind a full stop and a word. */
static size_t skip_note_number(const ty_cut *cut, size_t at)
{
    size_t end = at;
    while (end < cut->end && end - at < 3 && cut->text[end] >= '0' && cut->text[end] <= '9')
        end++;
    if (end == at || end - at > 2 || at < cut->start + 2 || cut->text[at - 1] != '.')
        return at;
    ty_kind before = ty_kind_before(cut->text, at - 1, cut->start);
    if (before != TY_KIND_LOWER && before != TY_KIND_CLOSE)
        return at;
    size_t next = ty_skip_space(cut->text, end, cut->end);
    return next > end && ty_kind_at(cut->text, next, cut->end) == TY_KIND_UPPER ? end : at;
}

static size_t skip_digits(const ty_cut *cut, size_t at)
{
    while (at < cut->end && ty_kind_at(cut->text, at, cut->end) == TY_KIND_DIGIT)
        ty_char_next(cut->text, &at, cut->end);
    return at;
}

/* Past a closing bracket at `at`, or `at`. */
static size_t skip_closing(const ty_cut *cut, size_t at)
{
    size_t next = at;
    uint32_t c = at < cut->end ? ty_char_next(cut->text, &next, cut->end) : 0;
    return c == ')' || c == 0xFF09 ? next : at;
}

/* ※１, ＊１, （※１） and １） behind a full stop, or `at`. （注１） leads a note. */
static size_t skip_cjk_note(const ty_cut *cut, size_t at)
{
    size_t first = at;
    uint32_t c = ty_char_next(cut->text, &first, cut->end);
    bool bracket = c == 0xFF08 || c == '(';
    if (bracket && first < cut->end)
        c = ty_char_next(cut->text, &first, cut->end);
    bool marked = c == 0x203B || c == 0xFF0A;
    bool number = !bracket && c >= 0xFF10 && c <= 0xFF19;
    if (!marked && !number)
        return at;
    size_t digits = skip_digits(cut, first), closed = skip_closing(cut, digits);
    if (marked && digits == first)
        return at;
    if (bracket || number)
        return closed > digits ? closed : at;
    return digits < cut->end && ty_kind_at(cut->text, digits, cut->end) == TY_KIND_SPACE ? at : digits;
}

/* 12, a, note 3, citation needed */
static bool is_citation(ty_slice inside)
{
    size_t letters = 0;
    while (letters < inside.size && (uint8_t)(inside.data[letters] - 'a') < 26)
        letters++;
    if (letters == 1 && inside.size == 1)
        return true;
    if (letters > 0 && letters < inside.size && inside.data[letters] == ' ')
        letters++;
    bool number = letters < inside.size && (uint8_t)(inside.data[letters] - '0') < 10;
    return number || ty_slice_starts(inside, TY_SLICE("citation"));
}

/* Past a citation mark, [12] or [citation needed] or a raised number, or `at`. */
static size_t skip_citation(const ty_cut *cut, size_t at)
{
    unsigned char lead = (unsigned char)cut->text[at];
    if (lead != '[' && lead != '(' && lead != 0xC2 && lead != 0xE2 && lead != 0xEF &&
        (unsigned char)(lead - '0') >= 10)
        return at;
    if (cut->text[at] == '[') {
        size_t end = at + 1;
        while (end < cut->end && end - at < 24 && cut->text[end] != ']' && cut->text[end] != '[')
            end++;
        bool closed = end < cut->end && cut->text[end] == ']';
        return closed && is_citation(ty_slice_sub((ty_slice){cut->text, end}, at + 1, end)) ? end + 1 : at;
    }
    size_t note = skip_note_number(cut, at);
    if (note > at)
        return note;
    size_t end = skip_cjk_note(cut, at);
    if (end > at)
        return end;
    uint32_t c = ty_char_next(cut->text, &end, cut->end);
    return c == 0xB9 || c == 0xB2 || c == 0xB3 || (c >= 0x2070 && c < 0x207A) ? end : at;
}

static bool is_quotation_mark(uint32_t c)
{
    return c == '"' || c == '\'' || c == 0x2019 || c == 0x201D || c == 0xBB || c == 0x203A || c == 0x300D ||
           c == 0x300F || c == 0xFF63 || c == 0x201C || c == 0xFE42 || c == 0xFE44;
}

/* German closes with the mark that English opens with: “ closes where no word begins behind it. */
static bool closes(const ty_cut *cut, uint32_t c, size_t next)
{
    ty_kind kind = ty_kind_of(c), behind = ty_kind_at(cut->text, next, cut->end);
    if (kind == TY_KIND_STOP)
        return c != 0x2026 && c != 0x2025 && !(c == '.' && behind == TY_KIND_STOP);
    if (kind == TY_KIND_CLOSE)
        return true;
    if (kind == TY_KIND_QUOTE || c == 0x201C)
        return behind == TY_KIND_SPACE || behind == TY_KIND_CLOSE || behind == TY_KIND_COMMA ||
               behind == TY_KIND_QUOTE || behind == TY_KIND_STOP || behind == TY_KIND_DASH;
    return false;
}

/* Is a straight quotation mark open at `at`, and does one that stands there close it? */
static bool is_open(const ty_cut *cut, size_t at)
{
    unsigned marks = 0;
    if (at - cut->start > SHORT)
        return false;
    for (size_t here = cut->start; here < at; here++)
        marks += cut->text[here] == '"';
    return marks % 2 == 1;
}

size_t ty_quote_skip_closers(const ty_cut *cut, size_t at, bool *quoted)
{
    while (at < cut->end) {
        bool plain = cut->text[at] == ' ' && at + 1 < cut->end &&
                     (unsigned char)((cut->text[at + 1] & 0xDF) - 'A') < 26;
        if (plain)
            break;
        size_t blank = ty_skip_space(cut->text, at, cut->end), next = blank;
        if (blank >= cut->end)
            break;
        uint32_t c = ty_char_next(cut->text, &next, cut->end);
        if (blank > at && c == '[' && skip_citation(cut, blank) > blank) {
            at = skip_citation(cut, blank); /* . [17] */
            continue;
        }
        if (blank > at && c != 0xBB && c != 0x201D && c != ')' && !(c == '"' && is_open(cut, blank)))
            break; /* French: a blank before » */
        if (closes(cut, c, next)) {
            *quoted |= is_quotation_mark(c);
            at = next;
            continue;
        }
        next = skip_citation(cut, at);
        if (next == at)
            break;
        at = next;
    }
    return at;
}

/* +1 for a character that opens a quotation, -1 for one that closes it. */
static int quotation_step(const ty_cut *cut, uint32_t c, size_t at, bool open)
{
    switch (c) {
    case 0x201C:
    case 0x201E:
    case 0xAB:
    case 0x300C:
    case 0x300E:
        return c == 0x201C && open && ty_kind_before(cut->text, at, cut->start) != TY_KIND_SPACE ? -1 : 1;
    case 0x201D:
    case 0xBB:
    case 0x300D:
    case 0x300F: return -1;
    case '"': return open ? -1 : 1;
    default: return 0;
    }
}

bool ty_quote_is_quoted(ty_cut *cut, size_t at)
{
    if (at < cut->quoted)
        return true;
    int depth = 0;
    size_t limit = cut->end - at > FAR ? at + FAR : cut->end;
    if (at - cut->start > FAR)
        return false;
    for (size_t here = cut->start; here < limit;) {
        size_t before = here;
        uint32_t c = ty_char_next(cut->text, &here, limit);
        int step = quotation_step(cut, c, before, depth > 0);
        if (depth + step >= 0)
            depth += step;
        if (here < at || depth > 0)
            continue;
        if (before >= at)
            cut->quoted = before;
        return before >= at;
    }
    return false;
}

/* Offset behind the next closing `mark` at or after `at`, near by, or 0. An apostrophe is none. */
static size_t closing_behind(const ty_cut *cut, ty_slice mark, size_t at)
{
    ty_slice near = {cut->text, cut->end - at > SHORT ? at + SHORT : cut->end};
    for (size_t found; (found = ty_slice_find(near, mark, at)) != SIZE_MAX; at = found + mark.size) {
        ty_kind kind = ty_kind_at(cut->text, found + mark.size, cut->end);
        if (kind < TY_KIND_UPPER || kind > TY_KIND_DIGIT)
            return found + mark.size;
    }
    return 0;
}

static bool goes_on(const ty_cut *cut, size_t at)
{
    size_t next = ty_skip_space(cut->text, at, cut->end);
    return next > at && ty_kind_at(cut->text, next, cut->end) == TY_KIND_LOWER;
}

/* `He said,` before a quotation. */
static bool is_led_in(const ty_cut *cut, size_t end)
{
    size_t start = end;
    if (cut->text[end - 1] != ',')
        return false;
    for (end = start = end - 1;
         start > cut->start && (cut->text[start - 1] | 0x20) >= 'a' && (cut->text[start - 1] | 0x20) <= 'z';)
        start--;
    return ty_word_classes(cut->latin, cut->text + start, end - start) & TY_WORD_REPORTING;
}

bool ty_quote_is_nested(const ty_cut *cut, size_t at)
{
    const char *text = cut->text;
    size_t open = SIZE_MAX, single = SIZE_MAX;
    unsigned straight = 0;
    if (at - cut->start > FAR)
        return false;
    for (size_t here = cut->start; (here = ty_scan_quote(text, here, at, cut->limit)) < at; here++) {
        if (text[here] == '"')
            straight++, open = here;
        else
            single = here;
    }
    if (straight % 2 == 1) {
        size_t close = closing_behind(cut, TY_SLICE("\""), at);
        size_t before = ty_trim_space(text, cut->start, open);
        bool begins = before == cut->start || text[before - 1] == ':';
        bool led_in = !begins && is_led_in(cut, before);
        if (close && close - open < SHORT && !begins && (led_in || goes_on(cut, close)))
            return true;
    }
    if (single == SIZE_MAX)
        return false;
    size_t inside = closing_behind(cut, TY_SLICE("’"), single),
           close = closing_behind(cut, TY_SLICE("’"), at);
    return close && inside > at && close - single < SHORT && goes_on(cut, close);
}
