/* SPDX-License-Identifier: Apache-2.0 */
/*
 * introduced - abbreviations that a text brings along with a term: Regional Protection Force (RPF),
 * 政府安全保障能力強化支援（OSA）. From there on they stand for it, whatever else they are elsewhere.
 *
 * A text says of itself what its abbreviations mean, so this is believed before the glossary is. In an
 * alphabet its letters must come in the term in their order, which keeps hull numbers and places out: Lake
 * Erie (CG 70). Three ways are known: term (ABC), ABC (term) with its relatives ABC = term, and
 * 用語（以下「略称」という。）.
 */
#include "term/names.h"

enum { SHORTEST = 2, LONGEST = 12, REACH = 16 * 1024 }; /* bytes of an abbreviation, and how far it holds */

static bool is_capital(char c)
{
    return c >= 'A' && c <= 'Z';
}

static bool is_part(char c)
{
    return is_capital(c) || (c >= '0' && c <= '9') || c == '-' || c == '/' || c == '&';
}

/* The abbreviation in brackets behind `at`; empty for none. Two capitals at least. */
static ty_slice bracketed_at(ty_slice text, size_t at)
{
    static const char *const openings[] = {" (", "(", "（", NULL};
    ty_slice rest = ty_slice_sub(text, at, text.size);
    for (const char *const *open = openings; *open; open++) {
        size_t start = strlen(*open), end = start, capitals = 0;
        if (!ty_slice_starts(rest, ty_slice_of(*open)))
            continue;
        for (; end < rest.size && is_part(rest.data[end]); end++)
            capitals += is_capital(rest.data[end]);
        ty_slice close = ty_slice_sub(rest, end, rest.size);
        bool closed = ty_slice_starts(close, TY_SLICE(")")) || ty_slice_starts(close, TY_SLICE("）")) ||
                      ty_slice_starts(close, TY_SLICE("; ")) || ty_slice_starts(close, TY_SLICE(", "));
        if (closed && capitals >= SHORTEST && end - start <= LONGEST && is_capital(rest.data[start]))
            return ty_slice_sub(rest, start, end);
    }
    return (ty_slice){"", 0};
}

static bool is_ascii(ty_slice text)
{
    for (size_t i = 0; i < text.size; i++)
        if ((unsigned char)text.data[i] >= 0x80)
            return false;
    return true;
}

/* Do the letters of the abbreviation come in the term, in their order, the first at a beginning of a word? */
static bool abbreviates(ty_slice abbreviation, ty_slice term)
{
    size_t at = 0;
    for (size_t i = 0; i < abbreviation.size; i++) {
        char c = abbreviation.data[i];
        if (!is_capital(c))
            continue;
        while (at < term.size && (term.data[at] & ~0x20) != c)
            at++;
        if (at == term.size || (i == 0 && at > 0 && term.data[at - 1] != ' '))
            return false;
        at++;
    }
    return true;
}

static bool is_joined(char c)
{
    return is_part(c) || (c >= 'a' && c <= 'z');
}

static bool stands_alone(ty_slice text, size_t start, size_t end)
{
    bool plural = end < text.size && text.data[end] == 's';
    size_t behind = end + plural;
    bool free_end = behind == text.size || !is_joined(text.data[behind]) || text.data[behind] == '-' ||
                    text.data[behind] == '/';
    return free_end && (start == 0 || !is_joined(text.data[start - 1]) || text.data[start - 1] == '-' ||
                        text.data[start - 1] == '/');
}

/* CVN76 behind the name of a ship is no abbreviation of it. */
static bool is_hull(ty_slice word)
{
    size_t letters = 0;
    while (letters < word.size && is_capital(word.data[letters]))
        letters++;
    bool numbered = letters < word.size && word.size - letters <= 4;
    return numbered && ty_term_is_name_word("en", "hull", ty_slice_sub(word, 0, letters));
}

static ty_slice abbreviation_behind(ty_slice text, ty_span term)
{
    ty_slice own = ty_slice_sub(text, term.start, term.end), found = bracketed_at(text, term.end);
    bool fits =
        found.size && found.size < own.size && !is_hull(found) && (!is_ascii(own) || abbreviates(found, own));
    return fits ? found : (ty_slice){"", 0};
}

/* Does the word end here: at the end, before ASCII, hiragana or a mark? */
static bool is_word_end(ty_slice rest)
{
    const unsigned char *c = (const unsigned char *)rest.data;
    return rest.size < 3 || c[0] < 0x80 || (c[0] == 0xE3 && (c[1] < 0x82 || (c[1] == 0x82 && c[2] < 0xA0)));
}

/* ABC before (term), =term; where the term is not in brackets alone, none. */
static ty_slice abbreviation_before(ty_slice text, ty_span term)
{
    static const char *const links[] = {" (", "(", "（", "=", "＝", NULL};
    ty_slice own = ty_slice_sub(text, term.start, term.end);
    char last = term.start ? text.data[term.start - 1] : ' '; /* none of most terms is that of a link */
    if (last != '(' && last != '=' && last != '\x88' && last != '\x9D')
        return (ty_slice){"", 0};
    for (const char *const *link = links; *link; link++) {
        size_t end = term.start - strlen(*link), start = end, capitals = 0;
        if (term.start < strlen(*link) ||
            !ty_slice_ends(ty_slice_sub(text, 0, term.start), ty_slice_of(*link)))
            continue;
        for (; start > 0 && is_part(text.data[start - 1]); start--)
            capitals += is_capital(text.data[start - 1]);
        ty_slice behind = ty_slice_sub(text, term.end, text.size), found = ty_slice_sub(text, start, end);
        bool equal = strcmp(*link, "=") == 0 || strcmp(*link, "＝") == 0;
        bool closed = ty_slice_starts(behind, TY_SLICE(")")) || ty_slice_starts(behind, TY_SLICE("）")) ||
                      (equal && is_word_end(behind));
        bool fits = closed && capitals >= SHORTEST && found.size <= LONGEST && found.size < own.size &&
                    is_capital(found.data[0]) && (!is_ascii(own) || abbreviates(found, own));
        if (fits)
            return found;
    }
    return (ty_slice){"", 0};
}

static size_t char_size(ty_slice text)
{
    size_t size = 1;
    while (size < text.size && ((unsigned char)text.data[size] & 0xC0) == 0x80)
        size++;
    return size;
}

/* Are the characters of the short form those of the term, in their order? */
static bool is_shortened(ty_slice short_form, ty_slice term)
{
    for (size_t at = 0; short_form.size;) {
        ty_slice c = ty_slice_sub(short_form, 0, char_size(short_form));
        if ((at = ty_slice_find(term, c, at)) == SIZE_MAX)
            return false;
        at += c.size;
        short_form = ty_slice_sub(short_form, c.size, short_form.size);
    }
    return true;
}

/* 防衛装備移転三原則（以下「三原則」という。）. */
static ty_slice short_form_behind(ty_slice text, ty_span term)
{
    static const char *const openings[] = {"（以下「", "(以下「", "（以下、「", "(以下、「", NULL};
    enum { LONGEST_NAME = 60, SHORTEST_NAME = 6 };
    ty_slice own = ty_slice_sub(text, term.start, term.end);
    ty_slice rest = ty_slice_sub(text, term.end, term.end + LONGEST_NAME);
    if (!rest.size || (rest.data[0] != '(' && rest.data[0] != '\xEF'))
        return (ty_slice){"", 0};
    for (const char *const *open = openings; *open; open++) {
        size_t start = strlen(*open), end = ty_slice_find(rest, TY_SLICE("」"), 0);
        if (!ty_slice_starts(rest, ty_slice_of(*open)) || end == SIZE_MAX || end < start + SHORTEST_NAME)
            continue;
        ty_slice found = ty_slice_sub(rest, start, end);
        if (found.size < own.size && is_shortened(found, own))
            return found;
    }
    return (ty_slice){"", 0};
}

/* ------------------------------------------------------------------------------------------ spots */

/* The first spot that does not begin before `start`. */
static size_t spot_at(const ty_term_scan *scan, size_t start)
{
    size_t low = 0, high = scan->spots.count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (scan->spots.items[middle].start < start)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

/* Is the stretch a hit of that concept already, or inside one that is longer? */
static bool is_told(const ty_term_index *index, const ty_term_scan *scan, ty_term_spot wanted, size_t at)
{
    enum { NEAR = 12 };
    for (size_t i = at; i < scan->spots.count && scan->spots.items[i].start == wanted.start; i++)
        if (scan->spots.items[i].end > wanted.end ||
            (scan->spots.items[i].end == wanted.end &&
             index->entries.items[scan->spots.items[i].entry].concept ==
                 index->entries.items[wanted.entry].concept))
            return true;
    for (size_t i = at; i > 0 && at - i < NEAR; i--)
        if (!scan->spots.items[i - 1].nested && scan->spots.items[i - 1].end >= wanted.end)
            return true;
    return false;
}

/* Puts the abbreviation among the hits, before what else it may be there. */
static bool tell(const ty_term_index *index, ty_term_scan *scan, ty_term_spot spot)
{
    size_t at = spot_at(scan, spot.start);
    if (is_told(index, scan, spot, at))
        return true;
    if (!ty_vector_push(&scan->spots, spot))
        return false;
    ty_term_spot *spots = scan->spots.items;
    for (size_t i = scan->spots.count - 1; i > at; i--)
        spots[i] = spots[i - 1];
    spots[at] = spot;
    return true;
}

/* Every place where the text says the abbreviation, from `from` on. */
static bool tell_all(const ty_term_index *index, ty_slice text, ty_term_scan *scan, size_t first,
                     ty_slice abbreviation, size_t from)
{
    uint32_t entry = scan->spots.items[first].entry;
    bool composed = scan->spots.items[first].composed;
    ty_slice near = ty_slice_sub(text, 0, from + REACH);
    for (size_t at = from; (at = ty_slice_find(near, abbreviation, at)) != SIZE_MAX;
         at += abbreviation.size) {
        ty_term_spot spot = {
            .start = at, .end = at + abbreviation.size, .entry = entry, .composed = composed};
        if (stands_alone(text, at, spot.end) && !tell(index, scan, spot))
            return false;
    }
    return true;
}

/* ------------------------------------------------------------------------------------------ names */

/* The name that a text goes on with: Stratton of USCGC Stratton, Balikatan of Exercise Balikatan; empty for
 * none. */
static ty_slice bare_name(ty_slice own)
{
    enum { SHORTEST_NAME = 4 };
    static const char *const kinds[] = {"behind", "named"};
    size_t blank = ty_slice_find(own, TY_SLICE(" "), 0);
    for (size_t i = 0; blank != SIZE_MAX && i < 2; i++) {
        ty_slice name = ty_slice_sub(own, blank + 1, own.size);
        if (name.size >= SHORTEST_NAME && is_capital(name.data[0]) &&
            ty_term_is_name_word("en", kinds[i], ty_slice_sub(own, 0, blank)))
            return name;
    }
    return (ty_slice){"", 0};
}

static bool is_kana_or_kanji(ty_slice text, size_t at)
{
    return at + 3 <= text.size && (unsigned char)text.data[at] >= 0xE3 &&
           (unsigned char)text.data[at] <= 0xE9 &&
           !(text.data[at] == '\xE3' && (unsigned char)text.data[at + 1] == 0x80);
}

/* 遼寧 of 空母「遼寧」. Names in kana might be any words; they are believed in quotes alone. */
static ty_slice quoted_name(ty_slice own)
{
    size_t open = ty_slice_find(own, TY_SLICE("「"), 0);
    bool quoted = open != SIZE_MAX && ty_slice_ends(own, TY_SLICE("」"));
    return quoted ? ty_slice_sub(own, open + 3, own.size - 3) : (ty_slice){"", 0};
}

static bool is_name_at(ty_slice text, size_t start, size_t end)
{
    if ((unsigned char)text.data[start] < 0x80)
        return stands_alone(text, start, end);
    bool in_quotes = ty_slice_ends(ty_slice_sub(text, 0, start), TY_SLICE("「")) &&
                     ty_slice_starts(ty_slice_sub(text, end, text.size), TY_SLICE("」"));
    bool kanji = (unsigned char)text.data[start] >= 0xE4;
    bool alone =
        kanji && !((unsigned char)text.data[end < text.size ? end : start] >= 0xE4 && end < text.size) &&
        !(start >= 3 && (unsigned char)text.data[start - 3] >= 0xE4 && is_kana_or_kanji(text, start - 3));
    return in_quotes || alone;
}

/* What the name has swallowed is inside it. */
static void nest_inside(ty_term_scan *scan, ty_term_spot spot)
{
    for (size_t i = spot_at(scan, spot.start); i < scan->spots.count && scan->spots.items[i].start < spot.end;
         i++)
        if (scan->spots.items[i].end < spot.end || scan->spots.items[i].start > spot.start)
            scan->spots.items[i].nested = true;
}

static bool tell_name(const ty_term_index *index, ty_slice text, ty_term_scan *scan, size_t first,
                      ty_slice name)
{
    uint32_t entry = scan->spots.items[first].entry;
    size_t from = scan->spots.items[first].end;
    ty_slice near = ty_slice_sub(text, 0, from + REACH);
    for (size_t at = from; name.size && (at = ty_slice_find(near, name, at)) != SIZE_MAX; at += name.size) {
        ty_term_spot spot = {.start = at, .end = at + name.size, .entry = entry};
        if (!is_name_at(text, at, spot.end))
            continue;
        if (!tell(index, scan, spot))
            return false;
        nest_inside(scan, spot);
    }
    return true;
}

bool ty_term_take_introduced(const ty_term_index *index, ty_slice text, ty_term_scan *out)
{
    for (size_t i = 0; i < out->spots.count; i++) {
        ty_term_spot spot = out->spots.items[i];
        bool first = i == 0 || out->spots.items[i - 1].start != spot.start;
        ty_span term = {spot.start, spot.end};
        if (spot.nested || !first || spot.end >= text.size)
            continue;
        ty_slice own = ty_slice_sub(text, term.start, term.end), bare = bare_name(own);
        if (!tell_name(index, text, out, i, bare.size ? bare : quoted_name(own)))
            return false;
        ty_slice found = abbreviation_behind(text, term);
        if (!found.size)
            found = short_form_behind(text, term);
        if (found.size && !tell_all(index, text, out, i, found, spot.end))
            return false;
        ty_slice before = found.size ? (ty_slice){"", 0} : abbreviation_before(text, term);
        size_t count = out->spots.count;
        if (before.size && !tell_all(index, text, out, i, before, (size_t)(before.data - text.data)))
            return false;
        i += out->spots.count > count && out->spots.items[i].start < spot.start;
    }
    return true;
}
