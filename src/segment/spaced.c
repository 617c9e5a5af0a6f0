/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Scripts with blanks between words: does the sentence end at this full stop, question or exclamation mark?
 *
 * Local decisions: the word before the mark, what closes behind it, the word that follows (around.c reads
 * them). What a word says that one full stop follows is in stopped_words.c.
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
            return is_spaced_out(cut, w->start) && ty_is_latin(cut, f);
        return f->kind != TY_KIND_LOWER || f->opened || before == TY_KIND_CLOSE || before == TY_KIND_QUOTE;
    }
    return ty_stopped_word_ends(cut, w, f);
}

/* "should I": the English pronoun that has a capital. */
static bool then_me(const ty_cut *cut, const ty_follower *f)
{
    size_t at = ty_skip_space(cut->text, ty_follower_end(cut, f), cut->end);
    return cut->end - at > 1 && cut->text[at] == 'I' && cut->text[at + 1] == ' ';
}

/* "Will it fly? was the question", "Stop! he cried", "Voilà! -- you have it" */
static bool goes_on(const ty_cut *cut, const ty_follower *f)
{
    if (ty_follower_classes(cut, f) & TY_WORD_AUXILIARY)
        return !ty_then_lower(cut, f, TY_WORD_PRONOUN) && !then_me(cut, f);
    return f->dashed || ty_then_lower(cut, f, TY_WORD_REPORTING);
}

/* "an eye opener ! complete with": a blank before the mark where the language has none there. */
static bool is_stray(const ty_cut *cut, const ty_mark *m)
{
    return !(cut->language->traits & TY_TRAIT_BLANKS) && is_spaced_out(cut, m->at);
}

static bool question_ends(const ty_cut *cut, const ty_mark *m, const ty_marked_word *w, const ty_follower *f)
{
    if ((w->classes & TY_WORD_EXCLAIMS) && !(ty_follower_classes(cut, f) & TY_WORD_STARTER))
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
    bool pronoun = ty_follower_end(cut, f) - f->start == 1 && cut->text[f->start] == 'I';
    if (w->start == w->end)
        return !pronoun && ((ty_follower_classes(cut, f) & TY_WORD_STARTER) ||
                            ty_then_lower(cut, f, 0)); /* a blank before it */
    return !(m->spaced && pronoun);
}

/* "open my own shop?there will": two words in small letters, no address. */
static bool is_hasty(const ty_cut *cut, const ty_mark *m, const ty_marked_word *w, const ty_follower *f)
{
    if (!m->question || m->closed || !w->plain || f->kind != TY_KIND_LOWER || f->opened || f->dashed)
        return false;
    size_t end = ty_follower_end(cut, f);
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
    if (m->stops > 1 && f->kind == TY_KIND_UPPER && ty_follower_end(cut, f) - f->start > 2)
        return w->plain;
    if (f->kind == TY_KIND_CJK)
        return !w->digits;
    if (f->kind != TY_KIND_UPPER || memchr(cut->text + f->start, '.', ty_follower_end(cut, f) - f->start))
        return false;
    return (f->opened && w->plain) || (ty_follower_classes(cut, f) & (TY_WORD_STARTER | TY_WORD_TITLE)) ||
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
    if (m.end >= cut->end || ty_begins_sentence(cut, m.at))
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
