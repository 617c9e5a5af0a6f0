/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Scripts without blanks: 。！？ and the brackets around them.
 *
 * A bracket with which a sentence begins is looked into: sentences end inside it. One that opens within a
 * sentence is nested in it and passed over whole. What stands behind a closing bracket decides whether the
 * sentence goes on: 「…。」と述べた。
 */
#include "segment/internal.h"

#define FAR 3000   /* bytes: a bracket open for longer is one without a partner */
#define NESTED 200 /* bytes: what is quoted within a sentence is short */
#define OPENERS 64 /* bytes of marks that may open a sentence */
#define DEEP 16    /* brackets without partner that one search looks through: keeps the whole linear */

/* The closing partner of a bracket, or 0. */
static uint32_t partner_of(uint32_t open)
{
    switch (open) {
    case '(': return ')';
    case 0x201C: return 0x201D;
    case 0xFF08: return 0xFF09;
    case 0xFF3B: return 0xFF3D;
    case 0xFF5B: return 0xFF5D;
    case 0xFF62: return 0xFF63;
    case 0xFE35:
    case 0xFE41:
    case 0xFE43: return open + 1;
    default: return open >= 0x3008 && open <= 0x301A ? open + 1 : 0;
    }
}

static bool is_cjk_quotation(uint32_t open)
{
    return open == 0x300C || open == 0x300E || open == 0xFF62 || open == 0x201C || open == 0xFE41 ||
           open == 0xFE43;
}

/* Behind the partner of the bracket before `at`, or `at` where it has none. */
static size_t find_partner(const ty_cut *cut, uint32_t open, size_t at)
{
    uint32_t close = partner_of(open);
    size_t limit = cut->end - at > FAR ? at + FAR : cut->end;
    unsigned depth = 1;
    for (size_t here = at; here < limit && depth <= DEEP;) {
        uint32_t c = ty_char_next(cut->text, &here, limit);
        if (c == open)
            depth++;
        else if (c == close && --depth == 0)
            return here;
    }
    return at;
}

/* Is `at` where a sentence begins, or behind a colon, which leaves a sentence of its own to the quotation? */
static bool opens_sentence(const ty_cut *cut, size_t at)
{
    if (at - cut->start > OPENERS) {
        size_t before = at;
        uint32_t c = ty_char_previous(cut->text, &before, cut->start);
        return c == ':' || c == 0xFF1A;
    }
    for (size_t here = at; here > cut->start;) {
        uint32_t c = ty_char_previous(cut->text, &here, cut->start);
        if (c == ':' || c == 0xFF1A)
            return true;
        ty_kind kind = ty_kind_of(c);
        if (kind != TY_KIND_OPEN && kind != TY_KIND_SPACE && kind != TY_KIND_QUOTE && kind != TY_KIND_DASH)
            return false;
    }
    return true;
}

/* Does what stands at `at` go on with the sentence that closed before it? */
static bool goes_on(const ty_cut *cut, size_t at)
{
    size_t next = at;
    uint32_t c = ty_char_next(cut->text, &next, cut->end);
    ty_kind kind = ty_kind_of(c);
    if (kind == TY_KIND_COMMA || kind == TY_KIND_CLOSE || kind == TY_KIND_STOP)
        return true;
    size_t particle = ty_phrase_begins(cut->language, TY_WORD_PARTICLE, cut->text, at, cut->end);
    if (particle == 0)
        return false;
    return !ty_phrase_begins(cut->language, TY_WORD_STARTER, cut->text, at, cut->end);
}

/* モーニング娘。の: a full stop in a name, before a particle that begins no sentence. */
static bool names_on(const ty_cut *cut, size_t at)
{
    size_t next = at;
    uint32_t c = ty_char_next(cut->text, &next, cut->end);
    return (c == 0x306E || c == 0x3092) &&
           !ty_phrase_begins(cut->language, TY_WORD_STARTER, cut->text, at, cut->end);
}

/* Chinese: “…。”他说。 A word of reporting within the next few characters, before any punctuation. */
static bool is_reported(const ty_cut *cut, size_t at)
{
    if (strcmp(cut->language->name, "zh") != 0)
        return false;
    for (unsigned count = 0; count < 8 && at < cut->end; count++) {
        if (ty_phrase_begins(cut->language, TY_WORD_REPORTING, cut->text, at, cut->end))
            return true;
        if (ty_kind_of(ty_char_next(cut->text, &at, cut->end)) != TY_KIND_CJK)
            return false;
    }
    return false;
}

/* A full-width or ASCII full stop behind a CJK character: between digits and after a number it ends nothing.
 */
static bool is_cjk_full_stop(const ty_cut *cut, size_t at, size_t end)
{
    ty_kind before = ty_kind_before(cut->text, at, cut->start);
    ty_kind behind = ty_kind_at(cut->text, end, cut->end);
    size_t first = at;
    if (first > cut->start)
        ty_char_previous(cut->text, &first, cut->start);
    if (first == cut->start)
        return false; /* ア．情報収集 */
    if (before == TY_KIND_LOWER)
        return behind == TY_KIND_SPACE;
    if (before == TY_KIND_CLOSE)
        return behind == TY_KIND_SPACE || behind == TY_KIND_CJK;
    if (before != TY_KIND_CJK)
        return false;
    return behind != TY_KIND_DIGIT && behind != TY_KIND_UPPER && behind != TY_KIND_LOWER;
}

/* "..." in ASCII behind a CJK character: ends the sentence before a blank, is a leader otherwise. */
static bool dots_end(const ty_cut *cut, size_t *at)
{
    while (*at < cut->end && cut->text[*at] == '.')
        ++*at;
    return *at < cut->end && ty_kind_at(cut->text, *at, cut->end) == TY_KIND_SPACE;
}

/* Behind most 。 stands a Chinese character or kana, and not の or を: no need to look closer. */
static bool is_plain_next(const ty_cut *cut, size_t at)
{
    if (cut->end - at < 3)
        return false;
    const unsigned char *p = (const unsigned char *)cut->text + at;
    if (p[0] >= 0xE4 && p[0] <= 0xE9)
        return true;
    return p[0] == 0xE3 && p[1] >= 0x81 && p[1] <= 0x83 && !(p[1] == 0x81 && p[2] == 0xAE) &&
           !(p[1] == 0x82 && p[2] == 0x92);
}

bool ty_cjk_ends(const ty_cut *cut, size_t *at)
{
    if (cut->end - *at > 1 && cut->text[*at] == '.' && cut->text[*at + 1] == '.')
        return dots_end(cut, at);
    size_t end = *at;
    uint32_t c = ty_char_next(cut->text, &end, cut->end);
    bool full_stop = c == 0xFF0E || c == '.',
         question = c != 0x3002 && c != 0xFF61 && c != 0xFE12 && !full_stop;
    if (full_stop && !is_cjk_full_stop(cut, *at, end)) {
        *at = end;
        return false;
    }
    if (c == 0x3002 && is_plain_next(cut, end)) {
        *at = end;
        return true;
    }
    bool quoted = false;
    size_t closed = ty_quote_skip_closers(cut, end, &quoted);
    *at = closed;
    size_t next = ty_skip_space(cut->text, closed, cut->end);
    if (next >= cut->end)
        return false;
    bool closers = ty_kind_before(cut->text, closed, end) == TY_KIND_CLOSE;
    if (next > closed && (!closers || !quoted))
        return true;
    if (c == 0x3002 && !closers && names_on(cut, next))
        return false;
    if ((question || closers) && goes_on(cut, next))
        return false;
    return !(quoted && is_reported(cut, next));
}

/* The terminator that ends the text before the closing bracket at `end`, as an offset, or `end`. */
static size_t stop_inside(const ty_cut *cut, size_t start, size_t end)
{
    size_t stop = end;
    while (stop > start) {
        size_t before = stop;
        ty_kind kind = ty_kind_of(ty_char_previous(cut->text, &before, start));
        if (kind == TY_KIND_STOP)
            return before;
        if (kind != TY_KIND_CLOSE && kind != TY_KIND_QUOTE)
            break;
        stop = before;
    }
    return end;
}

/* Is the quotation that ended at `at`, with which a sentence began, the name of something and not speech? */
static bool is_name(const ty_cut *cut, size_t at)
{
    return at < cut->end && ty_phrase_begins(cut->language, TY_WORD_PARTICLE, cut->text, at, cut->end) &&
           goes_on(cut, at) && !ty_phrase_begins(cut->language, TY_WORD_QUOTING, cut->text, at, cut->end);
}

/* Behind the quotations and brackets that follow one another from `at`. */
static size_t skip_brackets(const ty_cut *cut, size_t at)
{
    for (unsigned count = 0; at < cut->end && count < DEEP; count++) {
        size_t inner = at;
        uint32_t open = ty_char_next(cut->text, &inner, cut->end);
        if (partner_of(open) == 0)
            break;
        size_t behind = find_partner(cut, open, inner);
        if (behind == inner)
            break;
        at = behind;
    }
    return at;
}

/* 「A。」「B。」と, 「A。」及び「B。」と, 「A。」（第２段落）とし: is the quotation that ended at `at` one of
 * several in the sentence, or told where it is from? */
static bool is_joined(const ty_cut *cut, size_t at)
{
    if (at >= cut->end)
        return false;
    if (ty_phrase_begins(cut->language, TY_WORD_JOINING, cut->text, at, cut->end))
        return true;
    size_t behind = skip_brackets(cut, at);
    return behind > at && behind < cut->end && goes_on(cut, behind);
}

bool ty_bracket_ends(const ty_cut *cut, size_t *at)
{
    size_t start = *at;
    uint32_t open = ty_char_next(cut->text, at, cut->end);
    bool unspaced = cut->language->traits & TY_TRAIT_UNSPACED;
    if (partner_of(open) == 0)
        return false;
    bool opens = opens_sentence(cut, start);
    if (opens && (!unspaced || !is_cjk_quotation(open)))
        return false;
    size_t inner = *at, behind = find_partner(cut, open, inner);
    if (behind == inner)
        return false;
    bool joined = unspaced && is_cjk_quotation(open) && is_joined(cut, behind);
    if (opens && !is_name(cut, behind) && !joined)
        return false;
    *at = behind;
    if (joined)
        return false;
    size_t close = behind;
    ty_char_previous(cut->text, &close, inner);
    size_t stop = stop_inside(cut, inner, close);
    if (stop == close)
        return false;
    if (open != '(' && !is_cjk_quotation(open))
        return false;
    *at = stop;
    bool spaced = (open == '(' || (open == 0x201C && !unspaced)) && (unsigned char)cut->text[stop] < 0x80;
    return spaced ? ty_spaced_ends(cut, at) : ty_cjk_ends(cut, at);
}
