/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Labels of speakers, which are units of their own ("Question:", "SEC. CARTER:", （大臣）), and the items of
 * lists in running text.
 */
#include "segment/internal.h"

#define LONGEST 72 /* bytes of a label */

/* ------------------------------------------------------------------------------------------ speakers */

typedef struct label {
    unsigned words, capitals;  /* all of them; written in capitals throughout */
    unsigned first, last, any; /* classes */
    bool named;                /* every word begins with a capital */
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
        if (ty_is_cjk_stop(c) || c == 0x3001 || c == ',' || c == '?' || c == '!' || c == '\n')
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

static void add_word(const ty_cut *cut, size_t start, size_t end, label *l)
{
    if (end > start && cut->text[end - 1] == '.')
        end--;
    if (l->words > 0 && is_number(cut->text, start, end))
        return;
    unsigned classes = ty_word_classes(cut->latin, cut->text + start, end - start);
    bool capital = ty_kind_at(cut->text, start, end) == TY_KIND_UPPER, all = capital;
    for (size_t at = start; at < end && all;)
        all = ty_kind_of(ty_char_next(cut->text, &at, end)) != TY_KIND_LOWER;
    if (l->words == 0)
        l->first = classes;
    l->last = classes;
    l->any |= classes;
    l->named = l->named && capital;
    l->capitals += all;
    l->words++;
}

static label read_label(const ty_cut *cut, size_t start, size_t end)
{
    label l = {.named = true};
    while (start < end) {
        size_t word = start;
        while (start < end && cut->text[start] != ' ' && cut->text[start] != '\t')
            start++;
        add_word(cut, word, start, &l);
        start = ty_skip_space(cut->text, start, end);
    }
    return l;
}

/* "Question", "Defense Minister", "Secretary Carter", "SEC. CARTER": not "Place", not "NOTE". */
static bool is_spoken_label(const ty_cut *cut, size_t start, size_t end)
{
    label l = read_label(cut, start, end);
    if (l.words == 0 || l.words > 5 || !l.named || (l.any & TY_WORD_FIELD))
        return false;
    if ((l.last & TY_WORD_SPEAKER) || (l.words > 1 && (l.first & (TY_WORD_SPEAKER | TY_WORD_TITLE))))
        return true;
    return l.capitals == l.words && l.words <= 2 && end - start > 2;
}

/* What stands in brackets: somebody who speaks, or words like 仮訳 that stand alone. */
static bool is_cjk_speaker(const ty_cut *cut, uint32_t open, size_t start, size_t end)
{
    return ty_phrase_ends(cut->language, TY_WORD_SPEAKER, cut->text, start, end) > 0 ||
           (open != 0x3010 &&
            ty_phrase_begins(cut->language, TY_WORD_STANDALONE, cut->text, start, end) == end - start);
}

/* （大臣） and 【記者】 at the beginning: behind the bracket, or `start`. */
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
            return is_cjk_speaker(cut, open, at, end) ? here : start;
        if (ty_kind_of(c) == TY_KIND_STOP)
            break;
    }
    return start;
}

static bool is_cjk_label(const ty_cut *cut, size_t start, size_t end)
{
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

/* "The minister ...": a quick no for most sentences, as the words of a label have capitals. */
static bool is_followed_by_lower(const ty_cut *cut, size_t at)
{
    if (cut->end - at >= 10)
        at += ty_letters_at(cut->text + at);
    while (at < cut->end && (unsigned char)((cut->text[at] & 0xDF) - 'A') < 26)
        at++;
    return cut->end - at > 1 && cut->text[at] == ' ' && (unsigned char)(cut->text[at + 1] - 'a') < 26;
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
    size_t behind = start, colon = find_colon(cut, start, &behind);
    if (behind == start || colon == start)
        return start;
    bool unspaced = cut->language->traits & TY_TRAIT_UNSPACED; /* Q:5日 */
    bool glued = cut->text[colon] == ':' && !(unspaced && kind != TY_KIND_DIGIT) &&
                 ty_kind_at(cut->text, behind, cut->end) != TY_KIND_SPACE &&
                 ty_kind_at(cut->text, behind, cut->end) != TY_KIND_CJK &&
                 ty_kind_at(cut->text, behind, cut->end) != TY_KIND_OPEN;
    if (glued)
        return start;
    return is_cjk_label(cut, start, colon) || is_spoken_label(cut, start, colon) ? behind : start;
}

/* ------------------------------------------------------------------------------------------ lists */

/* The mark of an item: "12.)" is number 12 with tail ".)", "b." letter 1 with tail ".", １． is wide. */
typedef struct item {
    uint32_t bullet; /* • and the like before it, or 0 */
    bool letter, wide;
    unsigned number;
    char tail[3];
    size_t end;
} item;

static bool is_bullet(uint32_t c)
{
    return c == 0x2022 || c == 0x2023 || c == 0x2043 || c == 0x25E6 || c == 0x25AA || c == 0x25CF;
}

/* １．: headings that run on are units of their own in Japanese whatever the options. */
static bool read_wide_item(const ty_cut *cut, size_t at, item *out)
{
    item found = {.wide = true};
    for (unsigned digits = 0; at < cut->end && digits < 4; digits++) {
        uint32_t c = ty_char_next(cut->text, &at, cut->end);
        if (c == 0xFF0E && digits > 0) {
            found.end = at;
            *out = found;
            return true;
        }
        if (c < 0xFF10 || c > 0xFF19)
            break;
        found.number = found.number * 10 + (c - 0xFF10);
    }
    return false;
}

static bool read_item(const ty_cut *cut, size_t at, item *out)
{
    item found = {0};
    if ((unsigned char)cut->text[at] == 0xEF)
        return read_wide_item(cut, at, out);
    if (!cut->inline_lists)
        return false;
    size_t next = at;
    uint32_t c = ty_char_next(cut->text, &next, cut->end);
    if (is_bullet(c)) {
        found.bullet = c;
        at = ty_skip_space(cut->text, next, cut->end);
    }
    size_t digits = at;
    while (at < cut->end && at - digits < 3 && cut->text[at] >= '0' && cut->text[at] <= '9')
        found.number = found.number * 10 + (unsigned)(cut->text[at++] - '0');
    if (at == digits && at < cut->end && cut->text[at] >= 'a' && cut->text[at] <= 'z') {
        found.letter = true;
        found.number = (unsigned)(cut->text[at++] - 'a');
    }
    if (at == digits && !found.bullet)
        return false;
    size_t tail = 0;
    while (at > digits && at < cut->end && tail < 2 && (cut->text[at] == '.' || cut->text[at] == ')'))
        found.tail[tail++] = cut->text[at++];
    if (!found.bullet && (tail == 0 || at >= cut->end || cut->text[at] != ' '))
        return false;
    found.end = at;
    *out = found;
    return true;
}

/* Is `b` the item that comes after `a`? */
static bool follows(const item *a, const item *b)
{
    if (a->bullet != b->bullet || a->wide != b->wide || a->letter != b->letter)
        return false;
    if (strcmp(a->tail, b->tail) != 0)
        return false;
    return b->number == a->number + 1 || (a->bullet && a->number == 0);
}

size_t ty_list_next(const ty_cut *cut, size_t start)
{
    item first, next;
    if (start >= cut->end || (!cut->inline_lists && (unsigned char)cut->text[start] != 0xEF))
        return cut->end;
    if (!read_item(cut, start, &first))
        return cut->end;
    for (size_t at = first.end; at < cut->end; at++) {
        if ((cut->text[at] & 0xC0) == 0x80 || ty_kind_before(cut->text, at, start) != TY_KIND_SPACE)
            continue;
        if (read_item(cut, at, &next) && follows(&first, &next))
            return at;
    }
    return cut->end;
}
