/* SPDX-License-Identifier: Apache-2.0 */
/*
 * meant - whether words that spell a term mean it, by what stands around them.
 *
 * Set phrases (data/phrases.txt) hide the terms inside them. Of English words that are terms, a rank in small
 * letters is none before a noun (major role), a noun none behind a pronoun or an auxiliary verb (we tank up),
 * and an acronym none where all the text is in capitals and the word is a common one (LET US ACT).
 */
#include "term/internal.h"

static size_t start_of(const struct ty_term_scratch *scratch, const term_candidate *found)
{
    return scratch->symbols.items[found->start].start;
}

/* ------------------------------------------------------------------------------------------ phrases */

static bool is_phrase(const ty_term_index *index, const term_candidate *found)
{
    return index->entries.items[found->entry].flags & TERM_SET_PHRASE;
}

/* Drops what lies inside the phrase and is shorter. Candidates stand in the order of their beginnings. */
static void hide_inside(const ty_term_index *index, struct ty_term_scratch *scratch, size_t number)
{
    enum { REACH = 64 }; /* candidates before and behind: more do not overlap a phrase */
    term_candidate *items = scratch->candidates.items, *phrase = &items[number];
    size_t start = start_of(scratch, phrase), end = phrase->text_end;
    size_t first = number < REACH ? 0 : number - REACH;
    for (size_t i = first; i < scratch->candidates.count && i < number + REACH; i++) {
        size_t from = start_of(scratch, &items[i]), to = items[i].text_end;
        bool inside = from >= start && to <= end && to - from < end - start;
        if (inside && !is_phrase(index, &items[i]))
            items[i].dropped = true;
    }
}

/* ------------------------------------------------------------------------------------------ words around */

static bool is_letter(char c)
{
    return (c | 0x20) >= 'a' && (c | 0x20) <= 'z';
}

static bool is_capital(char c)
{
    return c >= 'A' && c <= 'Z';
}

static bool is_small(char c)
{
    return c >= 'a' && c <= 'z';
}

/* The word that one blank parts from the hit; empty where there is none. */
static ty_slice word_behind(ty_slice text, size_t end)
{
    size_t at = end + 1, stop = at;
    if (end >= text.size || text.data[end] != ' ')
        return (ty_slice){"", 0};
    while (stop < text.size && is_letter(text.data[stop]))
        stop++;
    return ty_slice_sub(text, at, stop);
}

static ty_slice word_before(ty_slice text, size_t start)
{
    if (start < 2 || text.data[start - 1] != ' ')
        return (ty_slice){"", 0};
    size_t stop = start - 1, at = stop;
    while (at > 0 && is_letter(text.data[at - 1]))
        at--;
    return ty_slice_sub(text, at, stop);
}

/* Is the word one of a list, in small letters with a blank before and behind each? */
static bool is_one_of(ty_slice word, const char *list)
{
    char wanted[12] = " ";
    size_t size = 1;
    if (word.size == 0 || word.size > sizeof wanted - 3)
        return false;
    for (size_t i = 0; i < word.size; i++)
        if (word.data[i] != '.') /* U.S. */
            wanted[size++] = (char)(word.data[i] | 0x20);
    wanted[size] = ' ';
    return strstr(list, wanted) != NULL;
}

/* What may follow a noun, but not an adjective before its noun. */
static const char behind_nouns[] =
    " "
    "a about after also and are as at before between but by can could did do does during for "
    "from had has have he her his if in into is it its may might must near not of on or over "
    "said says shall she should since that the their then they this to told under until was "
    "we were when where which while who whom whose will with would ";

/* What stands before a verb. "it" and "that" stand before nouns' neighbours too often. */
static const char before_verbs[] =
    " "
    "i we you they he she can could may might must shall should will would cannot didn't "
    "don't ";

/* Ranks that are adjectives or common words as well. */
static const char common_ranks[] = " "
                                   "major general private corporal ensign captain ";

static bool is_adjective_here(ty_slice text, size_t start, size_t end)
{
    ty_slice word = ty_slice_sub(text, start, end), next = word_behind(text, end);
    if (!is_one_of(word, common_ranks) || !is_small(word.data[0]))
        return false;
    return next.size && !is_one_of(next, behind_nouns);
}

/* "Captain Jones": a rank and a name, whatever else is near. */
static bool is_rank_here(ty_slice text, size_t start, size_t end)
{
    ty_slice next = word_behind(text, end);
    return is_one_of(ty_slice_sub(text, start, end), common_ranks) && is_capital(text.data[start]) &&
           next.size > 1 && is_capital(next.data[0]) && is_small(next.data[1]);
}

/* "is mine", "of mine": the pronoun. */
static bool is_pronoun_here(ty_slice text, size_t start, size_t end)
{
    static const char before[] = " "
                                 "is are was were of be been not ";
    if (!ty_slice_equal_nocase(ty_slice_sub(text, start, end), TY_SLICE("mine")))
        return false;
    ty_slice next = word_behind(text, end);
    return is_one_of(word_before(text, start), before) && (!next.size || is_one_of(next, behind_nouns));
}

/* "Cmdr. Jordan R. White": before an initial and a surname a place is a given name. */
static bool is_given_name_here(ty_slice text, size_t end)
{
    ty_slice next = ty_slice_sub(text, end, end + 5);
    return next.size == 5 && next.data[0] == ' ' && is_capital(next.data[1]) && next.data[2] == '.' &&
           next.data[3] == ' ' && is_capital(next.data[4]);
}

static bool is_verb_here(ty_slice text, size_t start)
{
    ty_slice before = word_before(text, start);
    return before.size && is_small(text.data[start]) && is_one_of(before, before_verbs);
}

/* ------------------------------------------------------------------------------------------ capitals */

/* Words that are acronyms too. */
static const char common_words[] =
    " "
    "act aid aim air am an arm as at bad base be bit can care case cat do ear fast fire fit "
    "fly form full gas go had harm he hot if in is it lead led map mass me mid moat net no of "
    "on one or out pact pad par pass pat plan ready red rest safe sat see so start step tag "
    "tip to top up us was we who with ";

/* Is the line around the hit in capitals: eight letters or more and none of them small? */
static bool is_line_of_capitals(ty_slice text, size_t start, size_t end)
{
    size_t letters = 0;
    while (start > 0 && text.data[start - 1] != '\n')
        start--;
    while (end < text.size && text.data[end] != '\n')
        end++;
    for (size_t at = start; at < end; at++) {
        if (is_small(text.data[at]))
            return false;
        letters += is_letter(text.data[at]);
    }
    return letters >= 8;
}

static bool is_common_word_here(ty_slice text, size_t start, size_t end)
{
    ty_slice word = ty_slice_sub(text, start, end);
    if (ty_slice_equal_nocase(word, TY_SLICE("US")) &&
        ty_slice_equal_nocase(word_before(text, start), TY_SLICE("the")))
        return false;
    return is_one_of(word, common_words) && is_line_of_capitals(text, start, end);
}

/* ------------------------------------------------------------------------------------------ candidates */

static bool is_meant(const ty_term_index *index, ty_slice text, size_t start, const term_candidate *found)
{
    const term_record *record = &index->entries.items[found->entry];
    size_t end = found->text_end;
    if (found->end - found->start != 1 || !is_letter(text.data[start]))
        return true;
    if (record->flags & TERM_SINGLE_NOUN && is_verb_here(text, start))
        return false;
    if (record->flags & TERM_PROPER && is_given_name_here(text, end))
        return false;
    return !(record->flags & TERM_HOMOGRAPH) || is_rank_here(text, start, end) ||
           (!is_adjective_here(text, start, end) && !is_pronoun_here(text, start, end) &&
            !is_common_word_here(text, start, end) && !ty_term_is_everyday_here(text, start, end));
}

bool ty_term_is_homograph(ty_slice text)
{
    return is_one_of(text, common_ranks) || is_one_of(text, common_words) ||
           ty_slice_equal_nocase(text, TY_SLICE("mine")) || ty_term_has_company(text);
}

/* The article before a number, where a mark of a type is listed: "a 10-year plan" is no A-10. */
static bool is_article_here(const ty_term_index *index, ty_slice text, size_t start,
                            const term_candidate *found)
{
    const term_record *record = &index->entries.items[found->entry];
    const char *own = index->texts.data + record->text;
    return text.data[start] == 'a' && start + 1 < text.size && text.data[start + 1] == ' ' &&
           record->text_size > 1 && own[0] == 'A' && !is_letter(own[1]) && own[1] != ' ';
}

/* The "east Asia" of "south-east Asia". */
static bool is_half_a_direction(ty_slice text, size_t start)
{
    if (start < 6 || text.data[start - 1] != '-')
        return false;
    ty_slice before = ty_slice_sub(text, start - 6, start), four = ty_slice_sub(text, start, start + 4);
    return (ty_slice_equal_nocase(before, TY_SLICE("south-")) ||
            ty_slice_equal_nocase(before, TY_SLICE("north-"))) &&
           (ty_slice_equal_nocase(four, TY_SLICE("east")) || ty_slice_equal_nocase(four, TY_SLICE("west")));
}

void ty_term_drop_unmeant(const ty_term_index *index, ty_slice text, struct ty_term_scratch *scratch)
{
    for (size_t i = 0; i < scratch->candidates.count; i++) {
        term_candidate *found = &scratch->candidates.items[i];
        if (is_phrase(index, found)) {
            hide_inside(index, scratch, i);
            found->dropped = true;
        } else if (!is_meant(index, text, start_of(scratch, found), found) ||
                   is_half_a_direction(text, start_of(scratch, found)) ||
                   is_article_here(index, text, start_of(scratch, found), found))
            found->dropped = true;
    }
}
