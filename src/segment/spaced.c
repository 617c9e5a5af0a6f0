/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Scripts with blanks between words: does the sentence end at this full stop, question or exclamation mark?
 *
 * Local decisions: the word before the mark, what closes behind it, the word that follows (around.c reads
 * them). What is known of words is data (data/LANG.txt); their shape (initials, U.S., 1., plain lower case)
 * is judged here.
 */
#include "segment/spaced.h"

#define ABBREVIATIONS                                                                                        \
    (TY_WORD_TITLE | TY_WORD_BEFORE_NUMBER | TY_WORD_MONTH | TY_WORD_MAY_END | TY_WORD_NEVER_ENDS)

/* ------------------------------------------------------------------------------------------ the words */

/* Does the word in front of `at` (a mark) have small letters only, but for its first, and is it no
 * abbreviation? */
static bool is_common_word(const ty_cut *cut, size_t at)
{
    const unsigned char *p = (const unsigned char *)cut->text + at;
    size_t room = at - cut->start, size = 0;
    if (room > TY_WORD_MAX + 1)
        room = TY_WORD_MAX + 1;
    if (room >= 8)
        size = ty_small_letters_before(cut->text + at);
    while (size < room && ty_in_range(*(p - size - 1), 'a', 26))
        size++;
    if (size > 0 && size < room && ty_in_range(*(p - size - 1), 'A', 26))
        size++;
    if (size < 2 || size > TY_WORD_MAX)
        return false;
    p -= size;
    if (at - size > cut->start && p[-1] != ' ' && p[-1] != '-' && p[-1] != '"' && p[-1] != '(')
        return false;
    return !(cut->latin->abbreviations[(p[0] | 0x20) - 'a'] >> size & 1);
}

/*
 * What most candidates are: the last byte of the paragraph; a mark behind a common word and before a blank
 * and a capital; a full stop within a number or a name. 1 ends the sentence, 0 does not, -1 look properly.
 */
static int decide_quickly(const ty_cut *cut, size_t at)
{
    const unsigned char *p = (const unsigned char *)cut->text + at;
    if (at + 1 == cut->end)
        return 0;
    if (cut->end - at < 4 || at == cut->start || p[0] >= 0x80)
        return -1;
    if (p[1] == ' ')
        return ty_in_range(p[2], 'A', 26) && is_common_word(cut, at) ? 1 : -1;
    if (p[0] == '.' && at - cut->start >= 26) {
        if (ty_in_range(p[1], 'a', 26) || (ty_in_range(p[1], '0', 10) && ty_in_range(p[-1], '0', 10)))
            return 0;
    }
    return -1;
}

/* Most decisions need no more than the kind of the follower: the word itself is looked up when asked for. */
static size_t end_of(const ty_cut *cut, const ty_follower *f)
{
    return ty_word_end(cut, f->start);
}

static unsigned classes_of(const ty_cut *cut, const ty_follower *f)
{
    return ty_word_classes(cut->latin, cut->text + f->start, end_of(cut, f) - f->start);
}

/* ------------------------------------------------------------------------------------------ the sentence */

/* Does nothing but opening marks stand between the beginning of the sentence and `at`? */
static bool begins_sentence(const ty_cut *cut, size_t at)
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

/* "At 5 a.m.": a preposition and at most two more words are no sentence. */
static bool is_fragment(const ty_cut *cut, size_t end)
{
    if (end - cut->start > TY_LOOK_BACK)
        return false;
    size_t first = cut->start, blanks = 0;
    while (first < end && !ty_is_letter(ty_kind_at(cut->text, first, end)))
        ty_char_next(cut->text, &first, end);
    for (size_t at = first; at < end; at++)
        blanks += cut->text[at] == ' ';
    unsigned classes = ty_word_classes(cut->latin, cut->text + first, ty_word_end(cut, first) - first);
    return blanks <= 2 && (classes & TY_WORD_PREPOSITION);
}

/* The word before the one that starts at `at`: its classes. */
static unsigned classes_before(const ty_cut *cut, size_t at)
{
    size_t end = ty_trim_space(cut->text, cut->start, at);
    if (end == at)
        return 0;
    size_t start = ty_word_start(cut, end);
    return ty_word_classes(cut->latin, cut->text + start, end - start);
}

static bool is_roman(const ty_cut *cut, size_t start, size_t end)
{
    if (end - start > 6 || end == start)
        return false;
    for (; start < end; start++)
        switch (cut->text[start]) {
        case 'I':
        case 'V':
        case 'X':
        case 'L':
        case 'C': break;
        default: return false;
        }
    return true;
}

/* `... Carter asked`, `... the minister said`: up to four words and one of reporting. */
static bool is_reporting(const ty_cut *cut, const ty_follower *f)
{
    size_t at = f->start;
    for (unsigned count = 0; count < 5 && at < cut->end; count++) {
        size_t end = ty_word_end(cut, at);
        if (end == at)
            return false;
        unsigned classes = ty_word_classes(cut->latin, cut->text + at, end - at);
        if (count > 0 && (classes & TY_WORD_REPORTING))
            return true;
        bool title = end < cut->end && cut->text[end] == '.' && (classes & TY_WORD_TITLE);
        if (ty_kind_at(cut->text, at, end) != TY_KIND_UPPER)
            return false;
        at = ty_skip_space(cut->text, end + title, cut->end);
        if (at == end + title)
            return false;
    }
    return false;
}

/* ------------------------------------------------------------------------------------------ decisions */

/* "Part IV.", "Section 3.", and nothing else in the sentence so far. */
static bool is_heading(const ty_cut *cut, const ty_marked_word *w)
{
    size_t end = ty_trim_space(cut->text, cut->start, w->start);
    if (end == w->start || end == cut->start)
        return false;
    size_t start = ty_word_start(cut, end);
    return begins_sentence(cut, start) &&
           (ty_word_classes(cut->latin, cut->text + start, end - start) & TY_WORD_HEADING);
}

static bool number_ends(const ty_cut *cut, const ty_marked_word *w, const ty_follower *f)
{
    size_t size = w->end - w->start;
    if (begins_sentence(cut, w->start) && size <= 3)
        return false; /* 1. Overview */
    if (begins_sentence(cut, w->start) && memchr(cut->text + w->start, '.', size))
        return false;
    if (size <= 3 && is_heading(cut, w))
        return false;
    if ((cut->language->traits & TY_TRAIT_ORDINALS) && size <= 3) {
        if (classes_of(cut, f) & TY_WORD_AFTER_ORDINAL)
            return false;
        if ((classes_before(cut, w->start) & TY_WORD_BEFORE_ORDINAL) &&
            !(classes_of(cut, f) & TY_WORD_STARTER))
            return false;
    }
    if (f->kind != TY_KIND_LOWER || f->opened)
        return true;
    return size >= 3 && !(cut->language->traits & TY_TRAIT_ORDINALS);
}

/* "Q1. When?", "A12. In May.": a letter and a number lead what is asked or answered. */
static bool is_numbered_letter(const ty_cut *cut, const ty_marked_word *w)
{
    size_t size = w->end - w->start;
    if (!w->capital || size < 2 || size > 4 || !begins_sentence(cut, w->start))
        return false;
    for (size_t at = w->start + 1; at < w->end; at++)
        if (!ty_in_range((unsigned char)cut->text[at], '0', 10))
            return false;
    return true;
}

/* "Smith v. Jones", "R. v. Jones" */
static bool is_versus(const ty_cut *cut, const ty_marked_word *w)
{
    size_t end = ty_trim_space(cut->text, cut->start, w->start);
    if (cut->text[w->start] != 'v' || end == w->start)
        return false;
    if (end > cut->start && cut->text[end - 1] == '.')
        end--;
    return ty_kind_at(cut->text, ty_word_start(cut, end), end) == TY_KIND_UPPER;
}

/* "А. С. Пушкин": one letter and its full stop, whatever word the letter may be. */
static bool is_initial(const ty_cut *cut, const ty_follower *f)
{
    size_t next = f->start;
    ty_char_next(cut->text, &next, cut->end);
    return next == end_of(cut, f) && next < cut->end && cut->text[next] == '.';
}

static bool initial_ends(const ty_cut *cut, const ty_marked_word *w, const ty_follower *f)
{
    if (begins_sentence(cut, w->start) || is_heading(cut, w))
        return false; /* A. Overview, Annex B. Terms */
    if (!w->capital)
        return f->kind != TY_KIND_LOWER && f->kind != TY_KIND_DIGIT &&
               !(f->kind == TY_KIND_UPPER && is_versus(cut, w));
    if (f->opened)
        return true;
    if (f->kind == TY_KIND_LETTER || f->kind == TY_KIND_CJK)
        return true;
    if (f->kind != TY_KIND_UPPER || is_initial(cut, f))
        return false;
    return (classes_of(cut, f) & TY_WORD_STARTER) || (classes_before(cut, w->start) & TY_WORD_HEADING);
}

/* Goes on with a word in small letters: of the classes given, or any when there are none. */
static bool then_lower(const ty_cut *cut, const ty_follower *f, unsigned classes)
{
    size_t at = ty_skip_space(cut->text, end_of(cut, f), cut->end);
    if (at == end_of(cut, f) || ty_kind_at(cut->text, at, cut->end) != TY_KIND_LOWER)
        return false;
    return !classes || (ty_word_classes(cut->latin, cut->text + at, ty_word_end(cut, at) - at) & classes);
}

/* After an abbreviation that may end a sentence, only what begins sentences says that it did. */
static bool abbreviation_ends(const ty_cut *cut, const ty_marked_word *w, const ty_follower *f)
{
    if (f->kind == TY_KIND_LOWER || f->dashed)
        return false; /* WASHINGTON, D.C. — */
    if (f->kind == TY_KIND_LETTER || f->kind == TY_KIND_CJK)
        return !f->attached;
    if (is_fragment(cut, w->end))
        return false;
    if (f->kind != TY_KIND_UPPER)
        return false;
    if (classes_of(cut, f) & TY_WORD_STARTER)
        return true;
    if (w->classes & TY_WORD_COMPANY)
        return !(classes_of(cut, f) & TY_WORD_SPEAKER) && then_lower(cut, f, 0);
    bool clock = w->end - w->start == 3 && (cut->text[w->end - 1] | 0x20) == 'm';
    if (!clock)
        return false;
    bool plural = cut->text[end_of(cut, f) - 1] == 's' && then_lower(cut, f, 0); /* "6 p.m. Travellers who" */
    return plural || (classes_of(cut, f) & TY_WORD_TITLE) || then_lower(cut, f, TY_WORD_AUXILIARY);
}

/* What the data says of the word: 1 the sentence ends, 0 it does not, -1 nothing. */
static int known_word_ends(const ty_cut *cut, const ty_marked_word *w, const ty_follower *f)
{
    unsigned classes = w->classes;
    if (classes & TY_WORD_NEVER_ENDS)
        return false;
    if (classes & (TY_WORD_BEFORE_NUMBER | TY_WORD_MONTH)) {
        if (f->kind == TY_KIND_DIGIT || is_roman(cut, f->start, end_of(cut, f)))
            return false;
        if (classes & TY_WORD_MONTH)
            classes |= TY_WORD_MAY_END;
    }
    if (classes & TY_WORD_UNIT) {
        size_t end = ty_trim_space(cut->text, cut->start, w->start);
        bool number = ty_kind_before(cut->text, end, cut->start) == TY_KIND_DIGIT;
        if (number)
            return abbreviation_ends(cut, w, f);
    }
    if ((classes & (TY_WORD_MAY_END | TY_WORD_COMPANY)) || w->dotted)
        return abbreviation_ends(cut, w, f);
    return classes & TY_WORD_TITLE ? 0 : -1;
}

/* Small letters of other scripts begin no sentence. */
static bool is_latin(const ty_cut *cut, const ty_follower *f)
{
    return (unsigned char)cut->text[f->start] < 0xCD; /* U+0340 */
}

/* "(May 3, 2021) --": does the word stand in a bracket that a dash follows? */
static bool is_bracketed_and_dashed(const ty_cut *cut, const ty_follower *f)
{
    if (!f->opened || cut->text[f->start - 1] != '(')
        return false;
    size_t limit = cut->end - f->start > TY_LOOK_BACK ? f->start + TY_LOOK_BACK : cut->end;
    const char *close = memchr(cut->text + f->start, ')', limit - f->start);
    if (!close)
        return false;
    size_t behind = ty_skip_space(cut->text, (size_t)(close - cut->text) + 1, cut->end);
    return ty_kind_at(cut->text, behind, cut->end) == TY_KIND_DASH;
}

/* "ST. LOUIS, Mo. — The plant": what is short for a state, between a comma and a dash. */
static bool is_of_dateline(const ty_cut *cut, const ty_marked_word *w, const ty_follower *f)
{
    size_t end = ty_trim_space(cut->text, cut->start, w->start);
    if (!w->capital || end == cut->start || end == w->start || cut->text[end - 1] != ',')
        return false;
    return f->dashed || is_bracketed_and_dashed(cut, f);
}

static bool word_ends(const ty_cut *cut, const ty_marked_word *w, const ty_follower *f)
{
    if (is_of_dateline(cut, w, f) || is_numbered_letter(cut, w))
        return false;
    int known = known_word_ends(cut, w, f);
    if (known >= 0)
        return known;
    if (is_roman(cut, w->start, w->end) && (begins_sentence(cut, w->start) || is_heading(cut, w)))
        return false;
    if (w->letter)
        return initial_ends(cut, w, f);
    if (f->kind == TY_KIND_LOWER && !f->opened)
        return w->plain && is_latin(cut, f);
    return true;
}

/* (Smith 55). A short bracket with a full stop behind it still belongs to the sentence. */
static bool is_reference(const ty_cut *cut, const ty_follower *f)
{
    if (!f->opened || f->start == 0 || cut->text[f->start - 1] != '(')
        return false;
    size_t limit = cut->end - f->start > TY_LOOK_BACK ? f->start + TY_LOOK_BACK : cut->end;
    for (size_t at = f->start; at < limit; at++)
        if (cut->text[at] == ')')
            return ty_kind_at(cut->text, at + 1, cut->end) == TY_KIND_STOP;
    return false;
}

/* "very friendly . and did": a blank between the word and its full stop. */
static bool is_spaced_out(const ty_cut *cut, size_t at)
{
    ty_marked_word w = ty_marked_word_read(cut, ty_trim_space(cut->text, cut->start, at));
    return w.plain && !(w.classes & ABBREVIATIONS);
}

static bool full_stop_ends(const ty_cut *cut, const ty_mark *m, const ty_marked_word *w, const ty_follower *f)
{
    if (m->closed && f->kind == TY_KIND_LOWER)
        return false;
    if (w->start == w->end) {
        ty_kind before = ty_kind_before(cut->text, w->start, cut->start);
        if (before == TY_KIND_SPACE && f->kind == TY_KIND_LOWER && m->stops == 1)
            return is_spaced_out(cut, w->start) && is_latin(cut, f);
        return f->kind != TY_KIND_LOWER || f->opened || before == TY_KIND_CLOSE || before == TY_KIND_QUOTE;
    }
    if (w->digits)
        return number_ends(cut, w, f);
    return word_ends(cut, w, f);
}

/* "should I": the English pronoun that has a capital. */
static bool then_me(const ty_cut *cut, const ty_follower *f)
{
    size_t at = ty_skip_space(cut->text, end_of(cut, f), cut->end);
    return cut->end - at > 1 && cut->text[at] == 'I' && cut->text[at + 1] == ' ';
}

/* "Will it fly? was the question", "Stop! he cried", "Voilà! -- you have it" */
static bool goes_on(const ty_cut *cut, const ty_follower *f)
{
    if (classes_of(cut, f) & TY_WORD_AUXILIARY)
        return !then_lower(cut, f, TY_WORD_PRONOUN) && !then_me(cut, f);
    return f->dashed || then_lower(cut, f, TY_WORD_REPORTING);
}

/* "an eye opener ! complete with": a blank before the mark where the language has none there. */
static bool is_stray(const ty_cut *cut, const ty_mark *m)
{
    return !(cut->language->traits & TY_TRAIT_BLANKS) && is_spaced_out(cut, m->at);
}

static bool question_ends(const ty_cut *cut, const ty_mark *m, const ty_marked_word *w, const ty_follower *f)
{
    if ((w->classes & TY_WORD_EXCLAIMS) && !(classes_of(cut, f) & TY_WORD_STARTER))
        return false;
    if (f->kind == TY_KIND_LOWER && !f->opened)
        return !m->closed && (w->end > w->start || is_stray(cut, m)) && !goes_on(cut, f);
    return !(m->quoted && is_reporting(cut, f));
}

static bool ellipsis_ends(const ty_cut *cut, const ty_mark *m, const ty_marked_word *w, const ty_follower *f)
{
    if (f->kind == TY_KIND_LOWER || f->kind == TY_KIND_DIGIT)
        return false;
    if (m->stops > 3 || m->closed || f->opened)
        return true;
    bool pronoun = end_of(cut, f) - f->start == 1 && cut->text[f->start] == 'I';
    if (w->start == w->end)
        return !pronoun &&
               ((classes_of(cut, f) & TY_WORD_STARTER) || then_lower(cut, f, 0)); /* a blank before it */
    return !(m->spaced && pronoun);
}

/* "open my own shop?there will": two words in small letters, no address. */
static bool is_hasty(const ty_cut *cut, const ty_mark *m, const ty_marked_word *w, const ty_follower *f)
{
    if (!m->question || m->closed || !w->plain || f->kind != TY_KIND_LOWER || f->opened || f->dashed)
        return false;
    size_t end = end_of(cut, f);
    return w->start > cut->start && cut->text[w->start - 1] == ' ' && end < cut->end && cut->text[end] == ' ';
}

/* Without a blank behind the mark: only where it was forgotten between two clear words. */
static bool attached_ends(const ty_cut *cut, const ty_mark *m, const ty_marked_word *w, const ty_follower *f)
{
    if (is_hasty(cut, m, w, f))
        return true;
    if (f->kind == TY_KIND_LETTER && m->stops <= 1 && !f->opened)
        return ty_phrase_ends(cut->language, TY_WORD_FINAL, cut->text, w->start, w->end) > 0;
    bool clear = w->plain || (w->end - w->start > 2 && !w->dotted && !(w->classes & ABBREVIATIONS));
    if (!clear)
        return false;
    if (m->stops > 1 && f->kind == TY_KIND_UPPER && end_of(cut, f) - f->start > 2)
        return w->plain;
    if (f->kind == TY_KIND_CJK)
        return !w->digits;
    if (f->kind != TY_KIND_UPPER || memchr(cut->text + f->start, '.', end_of(cut, f) - f->start))
        return false;
    return (f->opened && w->plain) || (classes_of(cut, f) & (TY_WORD_STARTER | TY_WORD_TITLE)) ||
           (m->closed && w->plain);
}

/* "...The rest": full stops without a blank behind them open the next sentence. */
static bool opens_with_ellipsis(const ty_cut *cut, size_t at)
{
    unsigned stops = 0;
    while (at < cut->end && stops <= 3 && cut->text[at] == '.')
        stops++, at++;
    return stops == 3 && ty_kind_at(cut->text, at, cut->end) == TY_KIND_UPPER;
}

bool ty_spaced_ends(const ty_cut *cut, size_t *at)
{
    int quick = decide_quickly(cut, *at);
    if (quick >= 0) {
        ++*at;
        return quick && !ty_quote_is_nested(cut, *at);
    }
    ty_mark m = ty_mark_read(cut, *at);
    *at = m.end;
    if (m.end >= cut->end || begins_sentence(cut, m.at))
        return false;
    ty_follower f = ty_follower_read(cut, m.end);
    if (f.kind == TY_KIND_STOP && !f.attached && m.stops == 1)
        return opens_with_ellipsis(cut, f.start);
    if (f.start >= cut->end || f.kind == TY_KIND_COMMA || f.kind == TY_KIND_STOP)
        return false;
    ty_marked_word w = ty_marked_word_read(cut, m.at);
    if (f.attached && !attached_ends(cut, &m, &w, &f))
        return false;
    if (m.closed && is_reference(cut, &f))
        return false;
    bool ends = m.question    ? question_ends(cut, &m, &w, &f)
                : m.stops > 1 ? ellipsis_ends(cut, &m, &w, &f)
                              : full_stop_ends(cut, &m, &w, &f);
    return ends && !ty_quote_is_nested(cut, m.end);
}
