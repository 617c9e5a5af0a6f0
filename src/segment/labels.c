/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Labels of speakers, which are units of their own: "Question:", "SEC. CARTER:", "Tanaka, NHK:", （大臣）.
 *
 * A speaker is told by a title, a word for a role, an outlet behind a name, or as a name that the text knows
 * (speakers.c). A word for a place or a field is none.
 */
#include "segment/internal.h"

#define LONGEST 72 /* bytes of a label */

/* ------------------------------------------------------------------------------------------ speakers */

typedef struct label {
    unsigned words, capitals;  /* all of them; written in capitals throughout */
    unsigned first, last, any; /* classes */
    unsigned before, behind;   /* classes of the words on either side of the last comma */
    bool named;                /* every word begins with a capital */
    bool posted;               /* every word does, or is one of those between them: "Minister for Trade" */
    bool comma;
    bool shortened; /* the first word is an abbreviation: MIN. */
} label;

/* The colon of a label that begins at `start`, and behind it; `start` where there is none. */
static size_t find_colon(const ty_cut *cut, size_t start, size_t *behind)
{
    size_t limit = cut->end - start > LONGEST ? start + LONGEST : cut->end;
    size_t colon = ty_scan_colon(cut->text, start, limit, cut->limit);
    if (colon == limit)
        return start;
    for (size_t at = start; at < colon;) {
        uint32_t c = ty_char_next(cut->text, &at, colon);
        if (ty_is_cjk_stop(c) || c == 0x3001 || c == '?' || c == '!' || c == '\n')
            return start;
    }
    *behind = colon;
    ty_char_next(cut->text, behind, limit);
    return colon;
}

static bool is_number(const char *text, size_t start, size_t end)
{
    while (start < end)
        if (ty_kind_of(ty_char_next(text, &start, end)) != TY_KIND_DIGIT)
            return false;
    return true;
}

/* Q12: the number of a question does not change what it is. */
static size_t without_number(const char *text, size_t start, size_t end)
{
    while (end > start + 1 && text[end - 1] >= '0' && text[end - 1] <= '9')
        end--;
    return end;
}

/* Small words of a post: of, for, the, and. */
static bool is_between(const ty_cut *cut, size_t start, size_t end, unsigned classes)
{
    ty_slice word = ty_slice_sub((ty_slice){cut->text, end}, start, end);
    return (classes & TY_WORD_PREPOSITION) || ty_slice_equal(word, TY_SLICE("the")) ||
           ty_slice_equal(word, TY_SLICE("and"));
}

/* Vice-Minister, Secretary-General: where the list has not the whole, the last part of it says what it is. */
static unsigned classes_of(const ty_cut *cut, size_t start, size_t end)
{
    unsigned classes = ty_word_classes(cut->latin, cut->text + start, end - start);
    size_t part = end;
    while (part > start && cut->text[part - 1] != '-')
        part--;
    if (classes || part == start)
        return classes;
    return ty_word_classes(cut->latin, cut->text + part, end - part) & (TY_WORD_TITLE | TY_WORD_SPEAKER);
}

static void add_word(const ty_cut *cut, size_t start, size_t end, label *l)
{
    bool comma = end > start && cut->text[end - 1] == ',', stop = end > start && cut->text[end - 1] == '.';
    if (comma || stop)
        end--;
    if (is_number(cut->text, start, end))
        return;
    end = without_number(cut->text, start, end);
    unsigned classes = classes_of(cut, start, end);
    bool capital = ty_kind_at(cut->text, start, end) == TY_KIND_UPPER, all = capital;
    for (size_t at = start; at < end && all;)
        all = ty_kind_of(ty_char_next(cut->text, &at, end)) != TY_KIND_LOWER;
    if (all && end - start > 2 && l->comma && !(classes & TY_WORD_FIELD))
        classes |= TY_WORD_OUTLET; /* NHK, CNN */
    if (l->words == 0) {
        l->first = classes;
        l->shortened = stop && end - start > 1 && !memchr(cut->text + start, '.', end - start);
    }
    *(l->comma ? &l->behind : &l->before) |= classes;
    l->last = classes;
    l->any |= classes;
    l->named = l->named && capital;
    l->posted = l->posted && (capital || is_between(cut, start, end, classes));
    l->capitals += all;
    l->comma |= comma;
    l->words++;
}

static label read_label(const ty_cut *cut, size_t start, size_t end)
{
    label l = {.named = true, .posted = true};
    while (start < end) {
        size_t word = start;
        while (start < end && cut->text[start] != ' ' && cut->text[start] != '\t')
            start++;
        add_word(cut, word, start, &l);
        start = ty_skip_space(cut->text, start, end);
    }
    return l;
}

/* "Reporter (NHK)", 大臣（通訳）: the end of what stands before the bracket; `end` where there is none. */
static size_t before_bracket(const ty_cut *cut, size_t start, size_t end)
{
    size_t at = end;
    uint32_t close = at > start ? ty_char_previous(cut->text, &at, start) : 0;
    if (close != ')' && close != 0xFF09)
        return end;
    while (at > start)
        if (ty_char_previous(cut->text, &at, start) == (close == ')' ? '(' : 0xFF08))
            return ty_trim_space(cut->text, start, at);
    return end;
}

#define WORDS_MAX 7 /* of a label: "Mr. Tanaka Ichiro, Foreign Press Secretary" */
#define POST_MAX 10 /* and of one with a post of several words */

/* "Mr. Tanaka Ichiro, Minister for Foreign Affairs": a title, a name, and a post that speaks. */
static bool is_posted(const label *l)
{
    return l->comma && l->posted && l->words <= POST_MAX && (l->first & TY_WORD_TITLE) &&
           (l->behind & TY_WORD_SPEAKER);
}

/* "Tanaka, NHK", "Mr. Tanaka Ichiro, Press Secretary": a name, and where it is from or what it is. */
static bool is_introduced(const label *l)
{
    if (l->before & TY_WORD_FIELD || !(l->behind & (TY_WORD_OUTLET | TY_WORD_SPEAKER)))
        return false;
    return (l->last & TY_WORD_SPEAKER) || (l->behind & TY_WORD_OUTLET);
}

/* "Question", "Defense Minister", "State Minister Nakata", "SEC. CARTER": not "Place", not "NOTE". */
static bool is_spoken_label(const ty_cut *cut, size_t start, size_t end)
{
    size_t whole = end;
    end = before_bracket(cut, start, end);
    label l = read_label(cut, start, end);
    if (is_posted(&l))
        return true;
    if (l.words == 0 || l.words > WORDS_MAX || !l.named || (l.last & TY_WORD_FIELD))
        return false;
    if (l.comma)
        return is_introduced(&l);
    if ((l.last & TY_WORD_SPEAKER) || (l.words > 1 && (l.first & TY_WORD_TITLE)))
        return true;
    if (l.words > 1 && l.words < 5 && (l.any & TY_WORD_SPEAKER))
        return true;
    if (end != whole || l.capitals < l.words || l.words > 2 || end - start < 3 || (l.any & TY_WORD_FIELD))
        return false;
    return (l.words == 2 && l.shortened) ||
           ty_speakers_know(cut->speakers, ty_slice_sub((ty_slice){cut->text, end}, start, end));
}

/* What stands in brackets: somebody who speaks, or words like 仮訳 that stand alone. */
static bool is_cjk_speaker(const ty_cut *cut, uint32_t open, size_t start, size_t end)
{
    return ty_phrase_ends(cut->language, TY_WORD_SPEAKER, cut->text, start, end) > 0 ||
           (open != 0x3010 &&
            ty_phrase_begins(cut->language, TY_WORD_STANDALONE, cut->text, start, end) == end - start);
}

/* "(Through translator):" */
static bool is_translator(const ty_cut *cut, size_t start, size_t end, size_t behind)
{
    label l = read_label(cut, start, end);
    return behind < cut->end && cut->text[behind] == ':' && (l.last & TY_WORD_SPEAKER);
}

/* （記者）： has its colon, too. */
static size_t behind_colon(const ty_cut *cut, size_t at)
{
    size_t behind = at;
    uint32_t c = at < cut->end ? ty_char_next(cut->text, &behind, cut->end) : 0;
    return c == ':' || c == 0xFF1A ? behind : at;
}

/* （大臣） and 【記者】 at the beginning: behind the bracket and its colon, or `start`. */
static size_t bracketed_label(const ty_cut *cut, size_t start)
{
    size_t at = start, limit = cut->end - start > LONGEST ? start + LONGEST : cut->end;
    uint32_t open = ty_char_next(cut->text, &at, limit);
    if (open != 0xFF08 && open != 0x3010 && open != '(')
        return start;
    uint32_t close = open == '(' ? ')' : open + 1;
    for (size_t here = at; here < limit;) {
        size_t end = here;
        uint32_t c = ty_char_next(cut->text, &here, limit);
        if (c == close)
            return is_cjk_speaker(cut, open, at, end)                 ? behind_colon(cut, here)
                   : open == '(' && is_translator(cut, at, end, here) ? here + 1
                                                                      : start;
        if (ty_kind_of(c) == TY_KIND_STOP)
            break;
    }
    return start;
}

static bool is_cjk_label(const ty_cut *cut, size_t start, size_t end)
{
    end = before_bracket(cut, start, end);
    while (end > start && ty_kind_before(cut->text, end, start) == TY_KIND_DIGIT)
        ty_char_previous(cut->text, &end, start);
    size_t marks = start; /* ○ and ― before a speaker */
    while (marks < end) {
        ty_kind kind = ty_kind_at(cut->text, marks, end);
        if (kind != TY_KIND_OTHER && kind != TY_KIND_DASH && kind != TY_KIND_SPACE)
            break;
        ty_char_next(cut->text, &marks, end);
    }
    if (ty_phrase_ends(cut->language, TY_WORD_FIELD, cut->text, marks, end) == end - marks)
        return false;
    return ty_phrase_ends(cut->language, TY_WORD_SPEAKER, cut->text, marks, end) > 0;
}

/* "○記者　質問が": a circle, somebody who speaks and a wide blank, as records have them: behind the name, or
 * `start`. */
static size_t circled_label(const ty_cut *cut, size_t start)
{
    size_t at = start, limit = cut->end - start > LONGEST ? start + LONGEST : cut->end;
    uint32_t c = ty_char_next(cut->text, &at, limit);
    if (c != 0x25CB && c != 0x25CF && c != 0x25EF)
        return start;
    for (size_t here = at; here < limit;) {
        size_t end = here;
        c = ty_char_next(cut->text, &here, limit);
        if (c == 0x3000 && end > at)
            return ty_phrase_ends(cut->language, TY_WORD_SPEAKER, cut->text, at, end) > 0 ? end : start;
        if (ty_kind_of(c) != TY_KIND_CJK)
            break;
    }
    return start;
}

/* "The minister ...": a quick no for most sentences, as the words of a label have capitals. */
static bool is_followed_by_lower(const ty_cut *cut, size_t at)
{
    if (cut->end - at >= 10)
        at += ty_letters_at(cut->text + at);
    while (at < cut->end && (unsigned char)((cut->text[at] & 0xDF) - 'A') < 26)
        at++;
    return cut->end - at > 1 && cut->text[at] == ' ' && (unsigned char)(cut->text[at + 1] - 'a') < 26;
}

/* "4. Mr. Yamada:": a number, a full stop and a capital. */
static bool is_turn(const ty_cut *cut, size_t at)
{
    size_t start = at;
    while (at < cut->end && at - start < 4 && cut->text[at] >= '0' && cut->text[at] <= '9')
        at++;
    return cut->end - at > 2 && cut->text[at] == '.' && cut->text[at + 1] == ' ' &&
           ty_kind_at(cut->text, at + 2, cut->end) == TY_KIND_UPPER;
}

/* "Ms. Okuda, Minister for Foreign Affairs:I will" */
static bool is_posted_and_glued(const ty_cut *cut, size_t start, size_t colon, size_t behind)
{
    if (ty_kind_at(cut->text, behind, cut->end) != TY_KIND_UPPER)
        return false;
    label l = read_label(cut, start, colon);
    return is_posted(&l);
}

size_t ty_label_end(const ty_cut *cut, size_t start)
{
    if (start >= cut->end)
        return start;
    ty_kind kind = ty_kind_at(cut->text, start, cut->end);
    if (kind == TY_KIND_LOWER)
        return start;
    if (kind == TY_KIND_OPEN)
        return bracketed_label(cut, start);
    if (kind == TY_KIND_UPPER && is_followed_by_lower(cut, start))
        return start;
    if (kind == TY_KIND_DIGIT && !(cut->language->traits & TY_TRAIT_UNSPACED) && !is_turn(cut, start))
        return start;
    if (kind == TY_KIND_OTHER && circled_label(cut, start) > start)
        return circled_label(cut, start);
    size_t behind = start, colon = find_colon(cut, start, &behind);
    if (behind == start || colon == start)
        return start;
    bool unspaced = cut->language->traits & TY_TRAIT_UNSPACED; /* Q:5日 */
    bool glued = cut->text[colon] == ':' && !(unspaced && kind != TY_KIND_DIGIT) &&
                 ty_kind_at(cut->text, behind, cut->end) != TY_KIND_SPACE &&
                 ty_kind_at(cut->text, behind, cut->end) != TY_KIND_CJK &&
                 ty_kind_at(cut->text, behind, cut->end) != TY_KIND_OPEN;
    if (glued && !is_posted_and_glued(cut, start, colon, behind))
        return start;
    return is_cjk_label(cut, start, colon) || is_spoken_label(cut, start, colon) ? behind : start;
}
