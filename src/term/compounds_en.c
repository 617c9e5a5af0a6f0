/* SPDX-License-Identifier: Apache-2.0 */
#include "term/compounds.h"

enum { WORDS = 8 }; /* of a name on one side of its head */

/* ------------------------------------------------------------------------------------------ words */

static bool is_capital(char c)
{
    return c >= 'A' && c <= 'Z';
}

static bool is_letter(char c)
{
    return is_capital((char)(c & ~0x20));
}

/* Letters with accents count; quotes, dashes and other scripts (from U+2000 on) do not. */
static bool is_part_char(char c)
{
    unsigned char byte = (unsigned char)c;
    return is_letter(c) || (c >= '0' && c <= '9') || c == '-' || c == '/' || (byte >= 0x80 && byte < 0xE2);
}

/* U.S. */
static bool is_initials(ty_slice word)
{
    for (size_t i = 0; i < word.size; i++)
        if (i % 2 ? word.data[i] != '.' : !is_capital(word.data[i]))
            return false;
    return word.size > 2 && word.size % 2 == 0;
}

/* May the word be one of a name? */
static bool is_part(ty_slice word)
{
    size_t i = 0;
    while (i < word.size && is_part_char(word.data[i]))
        i++;
    bool fits = word.size > 1 && is_capital(word.data[0]) && (i == word.size || is_initials(word));
    return fits && !ty_term_is_name_word("en", "start", word) && !ty_term_is_name_word("en", "stop", word);
}

/* What stands before the blank before `at`; empty for none. */
static ty_slice word_before(ty_slice text, size_t at)
{
    if (at < 2 || text.data[at - 1] != ' ')
        return (ty_slice){"", 0};
    size_t end = at - 1, start = end;
    while (start > 0 && text.data[start - 1] != ' ' && text.data[start - 1] != '\n')
        start--;
    bool opened = end - start > 2 && strchr("(\"'", text.data[start]) && text.data[end - 1] != ')';
    return ty_slice_sub(text, start + opened, end);
}

/* (HITRON), within a name. */
static bool is_bracketed(ty_slice word)
{
    return word.size > 4 && word.data[0] == '(' && word.data[word.size - 1] == ')' &&
           is_part(ty_slice_sub(word, 1, word.size - 1));
}

/* The word behind the blank at `at`, without what marks the end of a clause. */
static ty_slice word_behind(ty_slice text, size_t at)
{
    if (at + 1 >= text.size || text.data[at] != ' ')
        return (ty_slice){"", 0};
    size_t end = at + 1;
    while (end < text.size && is_part_char(text.data[end]))
        end++;
    while (end + 1 < text.size && text.data[end] == '.' && is_capital(text.data[end - 1]) && end - at <= 6 &&
           (end - at == 2 || text.data[end - 2] == '.'))
        end += is_capital(text.data[end + 1]) ? 2 : 1; /* U.S. */
    return ty_slice_sub(text, at + 1, end);
}

/* Is the last word one of those that say what a name names? A number behind it does not count. */
static bool is_head(ty_slice word)
{
    size_t end = word.size;
    while (end > 0 && word.data[end - 1] >= '0' && word.data[end - 1] <= '9')
        end--;
    end = end > 0 && end < word.size && word.data[end - 1] == ' ' ? end - 1 : word.size;
    size_t start = end;
    while (start > 0 && word.data[start - 1] != ' ')
        start--;
    ty_slice last = ty_slice_sub(word, start, end);
    bool plural = last.size > 1 && last.data[last.size - 1] == 's';
    return ty_term_is_name_word("en", "head", last) ||
           (plural && ty_term_is_name_word("en", "head", ty_slice_sub(last, 0, last.size - 1)));
}

/* ------------------------------------------------------------------------------------------ sides */

/* Office of (the) | Foreign Assets Control: where the head before the small word begins. */
static size_t head_before(ty_slice text, size_t at)
{
    ty_slice word = word_before(text, at);
    size_t start = at;
    if (ty_slice_equal(word, TY_SLICE("the")))
        start -= word.size + 1, word = word_before(text, start);
    if (!ty_term_is_name_word("en", "link", word))
        return at;
    start -= word.size + 1;
    word = word_before(text, start);
    return is_part(word) && is_head(word) ? start - word.size - 1 : at;
}

/* Humanitarian Assistance and | Disaster Relief; what is a head or a country stands for itself. */
static size_t joined_before(ty_slice text, size_t at)
{
    ty_slice word = word_before(text, at);
    if (!ty_slice_equal(word, TY_SLICE("and")) && !ty_slice_equal(word, TY_SLICE("&")))
        return at;
    size_t start = at - word.size - 1;
    ty_slice left = word_before(text, start);
    bool fits = is_part(left) && !is_head(left) && !ty_term_is_country(left);
    return fits ? start - left.size - 1 : at;
}

/* 37th, 1-181st: with it a name begins. */
static bool is_ordinal(ty_slice word)
{
    static const char *const endings[] = {"st", "nd", "rd", "th", NULL};
    if (word.size < 3 || word.data[0] < '0' || word.data[0] > '9')
        return false;
    for (const char *const *ending = endings; *ending; ending++)
        if (ty_slice_ends(word, ty_slice_of(*ending)))
            return true;
    return false;
}

static size_t take_before(ty_slice text, size_t at)
{
    bool list = false;
    for (int words = 0; words < WORDS; words++) {
        ty_slice word = word_before(text, at);
        if (list && ty_slice_ends(word, TY_SLICE(",")) && is_part(ty_slice_sub(word, 0, word.size - 1))) {
            at -= word.size + 1; /* Joint Analysis, | Training and Education Centre */
            continue;
        }
        if (is_ordinal(word))
            return at - word.size - 1;
        bool fits = is_part(word) || (is_bracketed(word) && is_part(word_before(text, at - word.size - 1)));
        size_t start = fits ? at - word.size - 1 : joined_before(text, at);
        list |= !fits && start < at;
        start = start < at ? start : head_before(text, at);
        if (start == at)
            break;
        at = start;
    }
    return at;
}

/* Small words within a name: Trade, Tourism and Investment; Non-Proliferation of Nuclear Weapons. */
static size_t small_words_behind(ty_slice text, size_t at)
{
    static const char *const words[] = {" of the", " on the", " for the", " in the", " of", " on",
                                        " for",    " in",     " and",     " to",     ",",   NULL};
    ty_slice rest = ty_slice_sub(text, at, text.size);
    if (rest.size < 2 || (rest.data[0] != ',' && !strchr("ofiat", rest.data[1])))
        return 0;
    for (const char *const *word = words; *word; word++) {
        size_t size = strlen(*word);
        if (ty_slice_starts(rest, ty_slice_of(*word)) && size < rest.size && rest.data[size] == ' ')
            return size;
    }
    return 0;
}

/* A comma goes on with a name only in a list that ends in "and": Trade, Tourism and Investment. */
static bool is_list(ty_slice text, size_t at)
{
    ty_slice word = word_behind(text, at + 1);
    ty_slice rest = ty_slice_sub(text, at + 2 + word.size, text.size);
    return text.data[at] != ',' || ty_slice_starts(rest, TY_SLICE(" and ")) ||
           ty_slice_starts(rest, TY_SLICE(", and "));
}

/* Where a body is, behind it: Task Force | South, Special Operations Command | Pacific. */
static size_t region_behind(ty_slice text, size_t at)
{
    ty_slice word = word_behind(text, at);
    return word.size && ty_term_is_name_word("en", "region", word) ? at + 1 + word.size : at;
}

static size_t take_behind(ty_slice text, size_t at)
{
    size_t end = at, small = small_words_behind(text, at);
    if (small == 0 || text.data[at] == ',' ||
        ty_slice_starts(ty_slice_sub(text, at, at + 4), TY_SLICE(" and")))
        return at;
    for (int words = 0; words < WORDS; words++) {
        ty_slice word = word_behind(text, end + small);
        if (!is_part(word) || (small && !is_list(text, end)))
            break;
        end += small + 1 + word.size;
        small = small_words_behind(text, end);
        if (small &&
            is_head(word)) /* the next one stands for itself: Ministry of Defense and Foreign Ministry */
            break;
    }
    return end;
}

/* ------------------------------------------------------------------------------------------ lines */

/* Are most words of a line without a full stop in capitals: a headline, in which they name nothing? */
static bool is_in_headline(ty_slice text, size_t at)
{
    enum { SHORTEST = 4, FEW = 6 };
    size_t start = at, big = 0, small = 0;
    while (start > 0 && text.data[start - 1] != '\n')
        start--;
    for (size_t i = start; i < text.size && text.data[i] != '\n'; i++) {
        if (text.data[i] == '.' && (i + 1 == text.size || text.data[i + 1] == '\n'))
            return false;
        size_t end = i;
        while (end < text.size && is_letter(text.data[end]))
            end++;
        if (end - i >= SHORTEST)
            *(is_capital(text.data[i]) ? &big : &small) += 1;
        if (small > FEW && small > big)
            return false;
        i = end > i ? end - 1 : i;
    }
    return big + small > FEW && big > 2 * small;
}

/* A hit that reaches over the beginning stays outside. */
static size_t before_hits(const term_compound *hit, size_t start)
{
    for (size_t i = hit->first; i > 0; i--) {
        const ty_term_spot *spot = &hit->scan->spots.items[i - 1];
        if (!spot->nested && spot->start < start && spot->end > start)
            return spot->end + 1 < hit->span.start ? spot->end + 1 : hit->span.start;
        if (!spot->nested && spot->end <= start)
            break;
    }
    return start;
}

/* One that reaches over the end is taken whole. */
static size_t behind_hits(const term_compound *hit, size_t end)
{
    for (size_t i = hit->first; i < hit->scan->spots.count && hit->scan->spots.items[i].start < end; i++)
        if (!hit->scan->spots.items[i].nested && hit->scan->spots.items[i].end > end)
            return hit->scan->spots.items[i].end;
    return end;
}

/* In capitals throughout nothing tells a name from other words: THE TREATY IS CLEAR. */
static bool is_shouted(ty_slice own)
{
    for (size_t i = 0; i < own.size; i++)
        if (own.data[i] >= 'a' && own.data[i] <= 'z')
            return false;
    return true;
}

static ty_span capitals_around(const term_compound *hit)
{
    ty_span span = {hit->span.start, region_behind(hit->text, hit->span.end)};
    ty_slice own = ty_slice_sub(hit->text, hit->span.start, hit->span.end);
    ty_slice left = word_before(hit->text, span.start);
    bool before = is_part(left) || is_ordinal(left) || is_bracketed(left),
         behind = small_words_behind(hit->text, span.end) || span.end > hit->span.end;
    if ((!before && !behind) || !is_head(own) || is_shouted(own) || is_in_headline(hit->text, span.start))
        return span;
    if (before)
        span.start = before_hits(hit, take_before(hit->text, span.start));
    size_t end = take_behind(hit->text, span.end);
    span.end = end > span.end ? behind_hits(hit, end) : ty_term_with_year(hit->text, span, false).end;
    return span;
}

/* ------------------------------------------------------------------------------------------ titles */

/* Of what body or country a title is: deputy commanding general of | U.S. Army Pacific. */
static size_t body_behind(const term_compound *hit)
{
    static const char *const links[] = {" of ", " for ", " to ", NULL};
    ty_slice behind = ty_slice_sub(hit->text, hit->span.end, hit->text.size);
    for (const char *const *link = links; *link; link++)
        if (ty_slice_starts(behind, ty_slice_of(*link))) {
            size_t end = take_behind(hit->text, hit->span.end);
            return end > hit->span.end ? behind_hits(hit, end) : end;
        }
    return hit->span.end;
}

/* Whose the title is: India's | High Commissioner, Secretary-General’s | Special Representative. */
static size_t owner_before(const term_compound *hit)
{
    static const char *const endings[] = {"'s ", "’s ", NULL};
    for (size_t i = hit->first; i > 0; i--) {
        const ty_term_spot *spot = &hit->scan->spots.items[i - 1];
        if (spot->nested)
            continue;
        bool ours = hit->index->entries.items[spot->entry].flags & TERM_TITLE ||
                    ty_term_is_country(ty_slice_sub(hit->text, spot->start, spot->end));
        for (const char *const *ending = endings; ours && *ending; ending++)
            if (ty_slice_equal(ty_slice_sub(hit->text, spot->end, hit->span.start), ty_slice_of(*ending)))
                return spot->start;
        break;
    }
    return hit->span.start;
}

/* In small letters a post that is a rank elsewhere is one, too: commander of | U.S. Army Japan. */
static bool is_title(const term_compound *hit)
{
    const ty_term_spot *spots = hit->scan->spots.items;
    bool capital = is_capital(hit->text.data[hit->span.start]);
    for (size_t i = hit->first; i < hit->scan->spots.count && spots[i].start == hit->span.start &&
                                spots[i].end == hit->span.end && (i == hit->first || !capital);
         i++) {
        uint16_t flags = hit->index->entries.items[spots[i].entry].flags;
        if ((flags & (TERM_TITLE | TERM_RANK)) == TERM_TITLE)
            return true;
    }
    return false;
}

/* ------------------------------------------------------------------------------------------ nouns */

static bool is_noun(const term_compound *hit, uint32_t entry)
{
    const term_record *record = &hit->index->entries.items[entry];
    ty_slice pos = {hit->index->texts.data + record->pos, record->pos_size};
    return ty_slice_starts(pos, TY_SLICE("noun")) && !(record->flags & (TERM_TITLE | TERM_RANK));
}

/* The hit that a blank parts from this one; NULL for none. */
static const ty_term_spot *neighbour_before(const term_compound *hit)
{
    for (size_t i = hit->first; i > 0; i--) {
        const ty_term_spot *spot = &hit->scan->spots.items[i - 1];
        if (!spot->nested)
            return spot->end + 1 == hit->span.start && hit->text.data[spot->end] == ' ' ? spot : NULL;
    }
    return NULL;
}

/* NATO, EU, UN: what is of them stands behind. */
static bool is_acronym(ty_slice word)
{
    for (size_t i = 0; i < word.size; i++)
        if (!is_capital(word.data[i]))
            return false;
    return word.size >= 2;
}

/* Whose office it is, before who holds it: South Korean | President Yoon Suk Yeol. */
static size_t country_before(const term_compound *hit)
{
    ty_slice near = word_before(hit->text, hit->span.start);
    if (!is_part(near))
        return hit->span.start;
    size_t start = hit->span.start - near.size - 1;
    ty_slice far = word_before(hit->text, start);
    if (is_part(far) &&
        ty_term_is_country(ty_slice_sub(hit->text, start - far.size - 1, hit->span.start - 1)))
        return start - far.size - 1;
    return ty_term_is_country(near) ? start : hit->span.start;
}

/* What says of a noun of which field it is, and makes a compound with it: military | observers. */
static size_t modifier_before(const term_compound *hit, size_t at)
{
    ty_slice word = word_before(hit->text, at), tail = word;
    size_t hyphen = ty_slice_find(word, TY_SLICE("-"), 0);
    if (hyphen != SIZE_MAX && is_letter(word.data[0]))
        tail = ty_slice_sub(word, hyphen + 1, word.size);
    bool fits = word.size && (ty_term_ends_name_word("en", "modifier", word) ||
                              (tail.size < word.size && ty_term_is_name_word("en", "joined", tail)));
    return fits ? at - word.size - 1 : at;
}

/* Nouns in small letters in a row: security | situation; not "to support | operations". */
static ty_span nouns_before(const term_compound *hit)
{
    enum { LONGEST_PART = 40 };
    const ty_term_spot *spot = neighbour_before(hit);
    if (!is_noun(hit, hit->scan->spots.items[hit->first].entry))
        return hit->span;
    bool fits = spot && spot->end - spot->start <= LONGEST_PART && !is_capital(hit->text.data[spot->start]) &&
                is_noun(hit, spot->entry) &&
                !ty_term_is_name_word("en", "verbal", word_before(hit->text, spot->start));
    size_t start = fits ? spot->start : hit->span.start;
    return (ty_span){before_hits(hit, modifier_before(hit, start)), hit->span.end};
}

ty_span ty_term_compound_in_english(const term_compound *hit)
{
    uint16_t flags = hit->index->entries.items[hit->scan->spots.items[hit->first].entry].flags;
    bool capital = is_capital(hit->text.data[hit->span.start]);
    if (capital && flags & TERM_SURNAME)
        return (ty_span){before_hits(hit, country_before(hit)), hit->span.end};
    ty_span span = capital ? capitals_around(hit) : is_title(hit) ? hit->span : nouns_before(hit);
    const ty_term_spot *near = capital && span.start == hit->span.start ? neighbour_before(hit) : NULL;
    if (near && is_noun(hit, hit->scan->spots.items[hit->first].entry) &&
        is_acronym(ty_slice_sub(hit->text, near->start, near->end)))
        span.start = near->start;
    if (!is_title(hit))
        return span;
    if (capital && span.start == hit->span.start)
        span.start = owner_before(hit);
    if (span.end == hit->span.end)
        span.end = body_behind(hit);
    return span;
}
