/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Scripts with blanks between words: what the word before a full stop says of it. What is known of words is
 * data (data/LANG.txt): abbreviations, months, companies, titles; their shape (initials, U.S., 1., plain
 * small letters) is judged here.
 */
#include "segment/spaced.h"

/* ------------------------------------------------------------------------------------------ words */

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

/* ------------------------------------------------------------------------------------------ kinds */

/* "Part IV.", "Section 3.", and nothing else in the sentence so far. */
static bool is_heading(const ty_cut *cut, const ty_marked_word *w)
{
    size_t end = ty_trim_space(cut->text, cut->start, w->start);
    if (end == w->start || end == cut->start)
        return false;
    size_t start = ty_word_start(cut, end);
    return ty_begins_sentence(cut, start) &&
           (ty_word_classes(cut->latin, cut->text + start, end - start) & TY_WORD_HEADING);
}

static bool number_ends(const ty_cut *cut, const ty_marked_word *w, const ty_follower *f)
{
    size_t size = w->end - w->start;
    if (ty_begins_sentence(cut, w->start) && size <= 3)
        return false; /* 1. Overview */
    if (ty_begins_sentence(cut, w->start) && memchr(cut->text + w->start, '.', size))
        return false;
    if (size <= 3 && is_heading(cut, w))
        return false;
    if ((cut->language->traits & TY_TRAIT_ORDINALS) && size <= 3) {
        if (ty_follower_classes(cut, f) & TY_WORD_AFTER_ORDINAL)
            return false;
        if ((classes_before(cut, w->start) & TY_WORD_BEFORE_ORDINAL) &&
            !(ty_follower_classes(cut, f) & TY_WORD_STARTER))
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
    if (!w->capital || size < 2 || size > 4 || !ty_begins_sentence(cut, w->start))
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
    return next == ty_follower_end(cut, f) && next < cut->end && cut->text[next] == '.';
}

static bool initial_ends(const ty_cut *cut, const ty_marked_word *w, const ty_follower *f)
{
    if (ty_begins_sentence(cut, w->start) || is_heading(cut, w))
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
    return (ty_follower_classes(cut, f) & TY_WORD_STARTER) ||
           (classes_before(cut, w->start) & TY_WORD_HEADING);
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
    if (ty_follower_classes(cut, f) & TY_WORD_STARTER)
        return true;
    if (w->classes & TY_WORD_COMPANY)
        return !(ty_follower_classes(cut, f) & TY_WORD_SPEAKER) && ty_then_lower(cut, f, 0);
    bool clock = w->end - w->start == 3 && (cut->text[w->end - 1] | 0x20) == 'm';
    if (!clock)
        return false;
    bool plural = cut->text[ty_follower_end(cut, f) - 1] == 's' &&
                  ty_then_lower(cut, f, 0); /* "6 p.m. Travellers who" */
    return plural || (ty_follower_classes(cut, f) & TY_WORD_TITLE) ||
           ty_then_lower(cut, f, TY_WORD_AUXILIARY);
}

/* What the data says of the word: 1 the sentence ends, 0 it does not, -1 nothing. */
static int known_word_ends(const ty_cut *cut, const ty_marked_word *w, const ty_follower *f)
{
    unsigned classes = w->classes;
    if (classes & TY_WORD_NEVER_ENDS)
        return false;
    if (classes & (TY_WORD_BEFORE_NUMBER | TY_WORD_MONTH)) {
        if (f->kind == TY_KIND_DIGIT || is_roman(cut, f->start, ty_follower_end(cut, f)))
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

/* Does the sentence end behind a word that is none of digits? */
static bool letters_end(const ty_cut *cut, const ty_marked_word *w, const ty_follower *f)
{
    if (is_of_dateline(cut, w, f) || is_numbered_letter(cut, w))
        return false;
    int known = known_word_ends(cut, w, f);
    if (known >= 0)
        return known;
    if (is_roman(cut, w->start, w->end) && (ty_begins_sentence(cut, w->start) || is_heading(cut, w)))
        return false;
    if (w->letter)
        return initial_ends(cut, w, f);
    if (f->kind == TY_KIND_LOWER && !f->opened)
        return w->plain && ty_is_latin(cut, f);
    return true;
}

bool ty_stopped_word_ends(const ty_cut *cut, const ty_marked_word *w, const ty_follower *f)
{
    return w->digits ? number_ends(cut, w, f) : letters_end(cut, w, f);
}
