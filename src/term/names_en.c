/* SPDX-License-Identifier: Apache-2.0 */
#include "term/names.h"

/* ------------------------------------------------------------------------------------------ capitals */

static bool is_capital(char c)
{
    return c >= 'A' && c <= 'Z';
}

/* Does it begin in a capital letter, with an accent or without: Dan, Álvaro? */
static bool begins_in_capital(ty_slice word)
{
    static const unsigned char LATIN_1 = 0xC3, FIRST = 0x80, LAST = 0x9E; /* À to Þ */
    const unsigned char *bytes = (const unsigned char *)word.data;
    return word.size && (is_capital(word.data[0]) ||
                         (word.size > 1 && bytes[0] == LATIN_1 && bytes[1] >= FIRST && bytes[1] <= LAST));
}

/* A character of a name; those of other alphabets, too. */
static bool is_name_char(char c)
{
    return ((c | 0x20) >= 'a' && (c | 0x20) <= 'z') || c == '\'' || c == '-' || (unsigned char)c >= 0x80;
}

static bool is_alphabetic(ty_slice word)
{
    for (size_t i = 0; i < word.size; i++)
        if ((unsigned char)word.data[i] >= 0xE2) /* quotes, dashes, kana, kanji */
            return false;
    return true;
}

/* The word with a capital that one blank parts from `at`, an initial with its stop; empty for none. */
static ty_slice capital_behind(ty_slice text, size_t at, size_t ceiling)
{
    size_t end = at + 1;
    if (at + 1 >= ceiling || text.data[at] != ' ' || !is_capital(text.data[at + 1]))
        return (ty_slice){"", 0};
    while (end < ceiling && is_name_char(text.data[end]))
        end++;
    if (end == at + 2 && end < ceiling && text.data[end] == '.')
        end++;
    ty_slice word = ty_slice_sub(text, at + 1, end);
    if (ty_slice_ends(word, TY_SLICE("'s")))
        word.size -= 2;
    return is_alphabetic(word) ? word : (ty_slice){"", 0};
}

/* Is the full stop before `end` that of an initial: John C. | Stennis? */
static bool is_initial(ty_slice text, size_t end, size_t floor)
{
    return end >= floor + 3 && text.data[end - 1] == '.' && is_capital(text.data[end - 2]) &&
           text.data[end - 3] == ' ';
}

/* The word with a capital before `at` and the blank there. */
static ty_slice capital_before(ty_slice text, size_t at, size_t floor)
{
    size_t start = at > floor ? at - 1 : at;
    if (at < floor + 2 || text.data[start] != ' ')
        return (ty_slice){"", 0};
    start -= is_initial(text, start, floor);
    while (start > floor && is_name_char(text.data[start - 1]))
        start--;
    ty_slice word = ty_slice_sub(text, start, at - 1);
    bool fits = begins_in_capital(word) && is_alphabetic(word) && !ty_term_is_name_word("en", "start", word);
    return fits ? word : (ty_slice){"", 0};
}

/* A small word between two of a name: Lewis and Clark, Gregorio del Pilar. */
static size_t small_word_before(ty_slice text, size_t at, size_t floor)
{
    static const char *const words[] = {" and ", " del ", " de ", " of ", NULL};
    ty_slice left = ty_slice_sub(text, floor, at);
    for (const char *const *word = words; *word; word++)
        if (ty_slice_ends(left, ty_slice_of(*word)))
            return strlen(*word) - 1;
    return 0;
}

static size_t small_word_behind(ty_slice text, size_t at)
{
    static const char *const words[] = {" de", " del", " do", " of", NULL};
    ty_slice right = ty_slice_sub(text, at, text.size);
    for (const char *const *word = words; *word; word++) {
        size_t size = strlen(*word);
        if (ty_slice_starts(right, ty_slice_of(*word)) && size < right.size && right.data[size] == ' ')
            return size;
    }
    return 0;
}

static size_t take_capitals_before(ty_slice text, size_t at, size_t floor, int most)
{
    for (ty_slice word; most-- > 0 && (word = capital_before(text, at, floor)).size;)
        at -= word.size + 1;
    return at;
}

/* ------------------------------------------------------------------------------------------ kinds */

/* A person behind a title: Rear Adm. Dan Martin. No name of a body is one: Commander Naval Forces. */
static size_t person_behind(const term_named *hit)
{
    enum { WORDS = 4 };
    size_t end = hit->span.end;
    ty_slice word = {"", 0};
    for (int i = 0; i < WORDS; i++) {
        ty_slice next = capital_behind(hit->text, end, hit->next.start);
        if (!next.size || ty_term_is_name_word("en", "body", next) ||
            ty_term_is_name_word("en", "start", next))
            break;
        word = next;
        end += 1 + next.size;
        if (end < hit->text.size && hit->text.data[end] == '\'')
            break;
    }
    ty_slice next = capital_behind(hit->text, end, hit->next.start);
    bool goes_on = ty_term_is_name_word("en", "body", next) || ty_slice_ends(word, TY_SLICE("."));
    return goes_on ? hit->span.end : end;
}

/* Names of what is called by a word before them: USS Lake Champlain, Exercise Southern Jackaroo. */
static size_t name_behind(const term_named *hit)
{
    enum { WORDS = 4 };
    size_t end = hit->span.end;
    for (int i = 0; i < WORDS; i++) {
        size_t small = i ? small_word_behind(hit->text, end) : 0;
        ty_slice next = capital_behind(hit->text, end + small, hit->next.start);
        if (!next.size || ty_term_is_name_word("en", "start", next))
            break;
        end += small + 1 + next.size;
    }
    return end > hit->span.end ? ty_term_with_year(hit->text, (ty_span){hit->span.start, end}, false).end
                               : end;
}

/* A type with a number before what is of it: Type 45 | destroyer; `at` where there is none. */
static size_t type_before(ty_slice text, size_t at, size_t floor)
{
    size_t end = at > floor ? at - 1 : at, start = end;
    while (start > floor && ((text.data[start - 1] >= '0' && text.data[start - 1] <= '9') ||
                             (start == end && is_capital(text.data[start - 1]))))
        start--;
    bool typed = start < end && text.data[end] == ' ' &&
                 ty_slice_ends(ty_slice_sub(text, floor, start), TY_SLICE("Type "));
    return typed ? start - TY_SLICE("Type ").size : at;
}

/* A class may be called by what is a hit elsewhere: Halifax | -class | frigate. */
static size_t class_floor(const term_named *hit)
{
    ty_slice behind = ty_slice_sub(hit->text, hit->before.end, hit->text.size);
    return ty_slice_starts(behind, TY_SLICE("-class ")) ? 0 : hit->floor;
}

/* A class before a kind of ship: Arleigh Burke-class destroyer. */
static size_t class_before(const term_named *hit)
{
    size_t start = hit->span.start, floor = class_floor(hit);
    ty_slice word = capital_before(hit->text, start, floor);
    if (!ty_slice_ends(word, TY_SLICE("-class")))
        return type_before(hit->text, start, hit->floor);
    start -= word.size + 1;
    size_t small = small_word_before(hit->text, start, floor);
    size_t first = take_capitals_before(hit->text, start - small, floor, 1);
    return first < start - small ? first : start;
}

/* A kind of ship behind its class: Ticonderoga-class | guided-missile cruiser. */
static size_t ship_behind(const term_named *hit)
{
    bool follows = hit->next.start == hit->span.end + 1 && hit->text.data[hit->span.end] == ' ';
    ty_slice next = ty_slice_sub(hit->text, hit->next.start, hit->next.end);
    return follows && ty_term_ends_name_word("en", "ship", next) ? hit->next.end : hit->span.end;
}

/* Countries with hyphens between them before what they have together: Japan-U.S.-ROK Summit. */
static size_t countries_before(const term_named *hit)
{
    size_t start = hit->span.start, at = start > 0 ? start - 1 : 0;
    bool hyphen = false;
    if (start < 2 || hit->text.data[at] != ' ')
        return start;
    for (; at > 0; at--) {
        char c = hit->text.data[at - 1];
        if (!is_name_char(c) && c != '.')
            break;
        hyphen |= c == '-';
    }
    ty_slice countries = ty_slice_sub(hit->text, at, start - 1);
    size_t first = ty_slice_find(countries, TY_SLICE("-"), 0);
    bool named = hyphen && is_capital(countries.data[0]) && is_capital(countries.data[first + 1]);
    return named && ty_term_is_country(ty_slice_sub(countries, 0, first)) ? at : start;
}

/* Where the hit before this one begins, when only a blank parts them; else where this one does. */
static size_t neighbour_before(const term_named *hit)
{
    bool beside = hit->before.end > hit->before.start && hit->before.end + 1 == hit->span.start &&
                  hit->text.data[hit->before.end] == ' ';
    return beside ? hit->before.start : hit->span.start;
}

/* The country before a title: Australian | Defense Minister, New Zealand | Prime Minister. */
static size_t country_before(const term_named *hit)
{
    enum { WORDS = 2 };
    size_t start = neighbour_before(hit);
    if (start < hit->span.start)
        return ty_term_is_country(ty_slice_sub(hit->text, start, hit->before.end)) ? start : hit->span.start;
    for (int words = WORDS; words > 0; words--) {
        size_t at = take_capitals_before(hit->text, start, hit->floor, words);
        if (at < start && ty_term_is_country(ty_slice_sub(hit->text, at, start - 1)))
            return at;
    }
    return start;
}

/* The country behind a title: Minister of Defense | of (the) Republic of | Indonesia. */
static size_t country_behind(const term_named *hit)
{
    static const char *const links[] = {" of the ", " of ", " to the ", " to ", NULL};
    ty_slice next = ty_slice_sub(hit->text, hit->next.start, hit->next.end);
    ty_slice between = ty_slice_sub(hit->text, hit->span.end, hit->next.start);
    size_t last = next.size;
    while (last > 0 && next.data[last - 1] != ' ')
        last--;
    bool country = ty_term_is_country(next) || ty_term_is_country(ty_slice_sub(next, last, next.size));
    for (const char *const *link = links; country && *link; link++)
        if (ty_slice_equal(between, ty_slice_of(*link)))
            return hit->next.end;
    return hit->span.end;
}

/* The organisation in capitals before what it holds: NATO | Summit, G7 | Foreign Ministers' Meeting. */
static size_t organisation_before(const term_named *hit)
{
    size_t start = neighbour_before(hit), end = start < hit->span.start ? hit->before.end : start;
    for (size_t at = start; at < end; at++)
        if (!is_capital(hit->text.data[at]) && (hit->text.data[at] < '0' || hit->text.data[at] > '9'))
            return hit->span.start;
    return start;
}

/* Whose it is that is between countries or held by an organisation. */
static size_t between_whom(const term_named *hit, bool capital)
{
    size_t start = countries_before(hit);
    return start == hit->span.start && capital ? organisation_before(hit) : start;
}

/* Whose post it is: State Department | Spokesperson. */
static size_t body_before(const term_named *hit)
{
    size_t start = neighbour_before(hit);
    ty_slice body = ty_slice_sub(hit->text, start, hit->before.end);
    ty_slice own = ty_slice_sub(hit->text, hit->span.start, hit->span.end);
    bool named =
        start < hit->span.start && is_capital(body.data[0]) && ty_term_ends_name_word("en", "post", own);
    return named ? start : hit->span.start;
}

/* The United Nations by any of their names, or any other acronym, before what is of it: UN | resolutions. */
static size_t held_by(const term_named *hit)
{
    size_t start = neighbour_before(hit), end = start < hit->span.start ? hit->before.end : start;
    if (start < end && ty_term_ends_name_word("en", "holder", ty_slice_sub(hit->text, start, end)))
        return start;
    for (size_t at = start; at < end; at++)
        if (!is_capital(hit->text.data[at]) && hit->text.data[at] != '.')
            return hit->span.start;
    return start;
}

/* Who holds the office for a time: Acting | Secretary of Defense. */
static size_t acting_before(const term_named *hit, size_t at)
{
    for (const ty_slice *word = ty_term_name_words("en", "acting"); word->size; word++) {
        ty_slice left = ty_slice_sub(hit->text, 0, at);
        if (left.size > word->size && left.data[at - 1] == ' ' &&
            ty_slice_ends(ty_slice_sub(left, 0, at - 1), *word) && at - 1 - word->size >= hit->floor)
            return at - 1 - word->size;
    }
    return at;
}

/* A title with its country and its holder: Australian | Defense Minister | Richard Marles. */
static ty_span title_around(const term_named *hit)
{
    size_t start = country_before(hit);
    ty_span span = {acting_before(hit, start < hit->span.start ? start : body_before(hit)),
                    person_behind(hit)};
    if (span.end == hit->span.end)
        span.end = country_behind(hit);
    return span;
}

/* The country or body that has what is named: U.S. | State Department, UN | Security Council. */
static size_t whose_before(const term_named *hit)
{
    size_t start = country_before(hit);
    return start < hit->span.start ? start : held_by(hit);
}

/* Balikatan | Exercise. */
static size_t exercise_behind(const term_named *hit)
{
    bool beside = hit->next.start == hit->span.end + 1 && hit->text.data[hit->span.end] == ' ';
    ty_slice next = ty_slice_sub(hit->text, hit->next.start, hit->next.end);
    return beside && ty_term_is_name_word("en", "named", next) ? hit->next.end : hit->span.end;
}

/* Words or capitals enough for a name that a country may stand before: U.S. | State Department. */
static bool is_several(ty_slice own)
{
    return ty_slice_find(own, TY_SLICE(" "), 0) != SIZE_MAX && !ty_term_is_country(own);
}

/* What the name is of, a hit by itself: Exercise | Bersama Lima 25. */
static bool is_exercise_before(const term_named *hit)
{
    ty_slice before = ty_slice_sub(hit->text, hit->before.start, hit->before.end);
    return neighbour_before(hit) < hit->span.start && ty_term_is_name_word("en", "named", before);
}

ty_span ty_term_name_around_english(const term_named *hit)
{
    ty_span span = hit->span;
    ty_slice own = ty_slice_sub(hit->text, span.start, span.end);
    bool capital = own.size && is_capital(own.data[0]), loose = hit->record->flags & TERM_LOOSE;
    if (capital && is_exercise_before(hit))
        return (ty_span){hit->before.start, ty_term_with_year(hit->text, span, false).end};
    if (capital && hit->record->flags & TERM_TITLE)
        return title_around(hit);
    if (capital && hit->record->flags & TERM_RANK)
        span.end = person_behind(hit);
    else if (capital && ty_term_is_name_word("en", "behind", own))
        span.end = name_behind(hit);
    else if (ty_slice_ends(own, TY_SLICE("-class")))
        span.end = ship_behind(hit);
    else if (ty_term_is_name_word("en", "held", own)) {
        span.start = whose_before(hit);
    } else if (loose && !capital && ty_term_ends_name_word("en", "ship", own) &&
               !ty_slice_ends(own, TY_SLICE("s")) && name_behind(hit) > span.end)
        span = (ty_span){class_before(hit), name_behind(hit)};
    else if (loose && ty_term_ends_name_word("en", "ship", own))
        span.start = class_before(hit);
    else if (loose && capital && ty_term_ends_name_word("en", "place", own))
        span.start = take_capitals_before(hit->text, span.start, hit->floor, 3);
    else if (ty_term_ends_name_word("en", "between", own))
        span.start = between_whom(hit, capital);
    if (capital && !loose && is_several(own) && span.start == hit->span.start)
        span.start = whose_before(hit);
    if (span.end == hit->span.end && ty_term_ends_name_word("en", "dated", own))
        span.end = exercise_behind(hit);
    return span;
}
