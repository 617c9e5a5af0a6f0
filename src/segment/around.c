/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What stands around a mark: terminators with what closes behind them, the word in front, the word behind.
 */
#include "segment/spaced.h"

static bool is_cased(ty_kind kind)
{
    return kind == TY_KIND_UPPER || kind == TY_KIND_LOWER;
}

/* ------------------------------------------------------------------------------------------ the mark */

/* Past " . ." after a full stop, when at least two more follow. */
static size_t skip_spaced_stops(const ty_cut *cut, size_t at, unsigned *stops)
{
    unsigned count = 0;
    size_t end = at;
    while (end + 1 < cut->end && cut->text[end] == ' ' && cut->text[end + 1] == '.') {
        end += 2;
        count++;
    }
    if (count < 2)
        return at;
    *stops += count;
    return end;
}

ty_mark ty_mark_read(const ty_cut *cut, size_t at)
{
    ty_mark m = {.at = at, .end = at};
    while (m.end < cut->end) {
        size_t next = m.end;
        uint32_t c = ty_char_next(cut->text, &next, cut->end);
        if (ty_kind_of(c) != TY_KIND_STOP)
            break;
        if (c == '.')
            m.stops++;
        else if (c == 0x2026 || c == 0x2025)
            m.stops += 3;
        else
            m.question = true;
        m.end = next;
    }
    size_t spaced = m.stops ? skip_spaced_stops(cut, m.end, &m.stops) : m.end;
    m.spaced = spaced > m.end;
    size_t closed = ty_quote_skip_closers(cut, spaced, &m.quoted);
    m.closed = closed > spaced;
    m.end = closed;
    return m;
}

/* ------------------------------------------------------------------------------------------ before it */

size_t ty_word_start(const ty_cut *cut, size_t end)
{
    size_t floor = end - cut->start > TY_LOOK_BACK ? end - TY_LOOK_BACK : cut->start;
    size_t start = end;
    while (start > floor) {
        size_t before = start;
        unsigned char byte = (unsigned char)cut->text[start - 1];
        if (ty_in_range(byte | 0x20, 'a', 26)) { /* most of them */
            start--;
            continue;
        }
        uint32_t c = ty_char_previous(cut->text, &before, floor);
        ty_kind kind = ty_kind_of(c);
        bool inner = c == '.' || c == ',' || c == '\'' || c == 0x2019 || c == '&';
        if (kind == TY_KIND_CJK && start < end)
            break;
        if (!ty_is_letter(kind) && kind != TY_KIND_DIGIT && c != 0xB0 && !(inner && start < end))
            break;
        start = before;
    }
    while (start < end && (cut->text[start] == '.' || cut->text[start] == ',' || cut->text[start] == '\''))
        start++;
    return start;
}

static bool is_vowel(uint32_t c)
{
    if (c >= 0x80)
        return c >= 0xC0;
    uint32_t letter = (c | 0x20) - 'a';
    return letter < 26 && (0x1104111u >> letter & 1); /* a e i o u y */
}

/* l'art.: what stands behind an apostrophe. */
static unsigned classes_behind_elision(const ty_cut *cut, size_t start, size_t end)
{
    for (size_t at = end; at > start + 1; at--) {
        bool curly = at - start > 3 && memcmp(cut->text + at - 3, "\xE2\x80\x99", 3) == 0;
        if (curly || cut->text[at - 1] == '\'')
            return ty_word_classes(cut->latin, cut->text + at, end - at);
    }
    return 0;
}

/* Could the word be an abbreviation? Its first letter and length say no most of the time. */
static unsigned classes_before_mark(const ty_cut *cut, size_t start, size_t end)
{
    unsigned char first = (unsigned char)cut->text[start];
    if (end - start > TY_WORD_MAX || ty_in_range(first, '0', 10))
        return 0;
    if (first < 0x80 && !(cut->latin->abbreviations[((first | 0x20) - 'a') & 31] >> (end - start) & 1))
        return 0;
    return ty_word_classes(cut->latin, cut->text + start, end - start);
}

/* What a word is made of, in characters. */
typedef struct spelling {
    unsigned count, lowers, letters, digits;
    unsigned dots, apostrophes;
    unsigned longest; /* run without a full stop */
    bool vowel;
} spelling;

/* Counts the small letters of ASCII that begin at `at`, and moves past them. */
static size_t count_small(const ty_cut *cut, size_t at, size_t end, spelling *s)
{
    size_t start = at;
    for (; at < end && ty_in_range((unsigned char)cut->text[at], 'a', 26); at++)
        s->vowel |= is_vowel((unsigned char)cut->text[at]);
    s->lowers += (unsigned)(at - start);
    s->count += (unsigned)(at - start);
    return at;
}

static spelling count_letters(const ty_cut *cut, size_t start, size_t end)
{
    spelling s = {0};
    unsigned seen[TY_KIND_DASH + 1] = {0}, before = 0; /* before: characters up to the last full stop */
    for (size_t at = start; (at = count_small(cut, at, end, &s)) < end;) {
        uint32_t c = ty_char_next(cut->text, &at, end);
        seen[ty_kind_of(c)]++;
        s.count++;
        s.vowel |= is_vowel(c);
        s.apostrophes += c == '\'' || c == 0x2019;
        if (c != '.')
            continue;
        s.dots++;
        if (s.count - 1 - before > s.longest)
            s.longest = s.count - 1 - before;
        before = s.count;
    }
    if (s.count - before > s.longest)
        s.longest = s.count - before;
    s.lowers += seen[TY_KIND_LOWER];
    s.digits = seen[TY_KIND_DIGIT];
    s.letters = s.lowers + seen[TY_KIND_UPPER] + seen[TY_KIND_LETTER] + seen[TY_KIND_CJK];
    return s;
}

ty_marked_word ty_marked_word_read(const ty_cut *cut, size_t end)
{
    ty_marked_word w = {.start = ty_word_start(cut, end), .end = end};
    if (w.start == end)
        return w;
    spelling s = count_letters(cut, w.start, end);
    bool small = s.lowers == s.count || (s.lowers >= 4 && s.lowers + 1 >= s.count - s.apostrophes);
    w.capital = ty_kind_at(cut->text, w.start, end) == TY_KIND_UPPER;
    w.digits = s.digits > 0 && s.letters == 0;
    w.letter = s.letters == 1 && s.count == 1 && end - w.start < 3;
    w.dotted = s.dots > 0 && s.digits == 0 && s.longest <= 2;
    w.plain = s.vowel && s.lowers >= 2 && small;
    w.classes = classes_before_mark(cut, w.start, end);
    if (w.classes == 0 && s.apostrophes > 0)
        w.classes = classes_behind_elision(cut, w.start, end);
    return w;
}

/* ------------------------------------------------------------------------------------------ behind it */

size_t ty_word_end(const ty_cut *cut, size_t start)
{
    size_t end = start;
    if (cut->end - start >= 8)
        end += ty_letters_at(cut->text + start);
    while (end < cut->end && end - start < TY_LOOK_BACK) {
        size_t next = end;
        uint32_t c = ty_char_next(cut->text, &next, cut->end);
        ty_kind kind = ty_kind_of(c);
        bool inner = (c == '\'' || c == 0x2019 || c == '.') &&
                     is_cased(ty_kind_at(cut->text, next, cut->end)) && end > start;
        if (kind == TY_KIND_CJK && end > start)
            break;
        if (!ty_is_letter(kind) && kind != TY_KIND_DIGIT && !inner)
            break;
        end = next;
    }
    return end;
}

ty_follower ty_follower_read(const ty_cut *cut, size_t at)
{
    size_t start = ty_skip_space(cut->text, at, cut->end);
    ty_follower f = {.attached = start == at};
    for (unsigned marks = 0; start < cut->end && marks < 8; marks++) {
        size_t next = start;
        ty_kind kind = ty_kind_of(ty_char_next(cut->text, &next, cut->end));
        if (kind == TY_KIND_DASH)
            next = ty_skip_space(cut->text, next, cut->end);
        else if (kind != TY_KIND_OPEN && kind != TY_KIND_QUOTE)
            break;
        f.opened |= kind != TY_KIND_DASH;
        f.dashed |= kind == TY_KIND_DASH;
        start = next;
    }
    f.start = start;
    f.kind = start < cut->end ? ty_kind_at(cut->text, start, cut->end) : TY_KIND_OTHER;
    return f;
}

/* ------------------------------------------------------------------------------------------ the sentence */

bool ty_begins_sentence(const ty_cut *cut, size_t at)
{
    size_t start = cut->start;
    if (at - start > 16)
        return false;
    while (start < at) {
        ty_kind kind = ty_kind_of(ty_char_next(cut->text, &start, at));
        if (ty_is_letter(kind) || kind == TY_KIND_DIGIT)
            return false;
    }
    return true;
}

bool ty_then_lower(const ty_cut *cut, const ty_follower *f, unsigned classes)
{
    size_t at = ty_skip_space(cut->text, ty_follower_end(cut, f), cut->end);
    if (at == ty_follower_end(cut, f) || ty_kind_at(cut->text, at, cut->end) != TY_KIND_LOWER)
        return false;
    return !classes || (ty_word_classes(cut->latin, cut->text + at, ty_word_end(cut, at) - at) & classes);
}
