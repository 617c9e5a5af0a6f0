/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The candidates are put into an index together with the termbase, and the memory is scanned with it: so the
 * rules that keep a scan from cutting words judge candidates, too.
 */
#include "ops/terms/candidates.h"

#include <stdlib.h>

/* Of more candidates than these for each that is asked for the rest is not looked at. */
enum { LOOKED_AT = 12, LEAST_LOOKED_AT = 400 };

/* How often a candidate stands by itself, and the last pair in which a side of it does. */
typedef struct standing {
    uint32_t pairs, last[2];
} standing;

typedef struct judging {
    ty_slice langs[2];
    ty_term_index *index; /* of the termbase and, with concepts below 0, of the candidates */
    ty_term_scan scan;
    ty_terms_found *found;
    standing *standings;
    uint32_t pair; /* from 1 */
} judging;

/* ------------------------------------------------------------------------------------------ by their looks
 */

static bool is_lower(char c)
{
    return c >= 'a' && c <= 'z';
}

static ty_slice last_word(ty_slice text)
{
    size_t start = text.size;
    while (start && text.data[start - 1] != ' ')
        start--;
    return ty_slice_sub(text, start, text.size);
}

/* "welcomed", "closely": what is done, and how. */
static bool is_verbal(ty_slice word)
{
    return word.size > 4 && (ty_slice_ends(word, TY_SLICE("ed")) || ty_slice_ends(word, TY_SLICE("ly")));
}

static bool is_one_word(ty_slice text)
{
    return ty_slice_find(text, TY_SLICE(" "), 0) == SIZE_MAX;
}

/* A kanji word that is an adjective (具体的), or general: no term where the other side is one word, too. */
static bool is_general(ty_slice text, ty_slice other)
{
    bool adjective = ty_slice_ends(text, TY_SLICE("的"));
    return adjective || (is_one_word(other) && ty_term_is_common_word(text));
}

static bool ends_in_digit(ty_slice text)
{
    char last = text.data[text.size - 1];
    return last >= '0' && last <= '9';
}

/* Words in small letters that something other than "of" and "and" joins are a piece of a sentence: "vote on
 * hold"; names may have such in them. */
static bool is_sentence_piece(ty_slice text)
{
    static const char *const joins[] = {" on ", " for ", " in ", " the "};
    for (size_t i = 0; i < sizeof joins / sizeof *joins; i++)
        if (ty_slice_find(text, ty_slice_of(joins[i]), 0) != SIZE_MAX)
            return is_lower(last_word(text).data[0]);
    return false;
}

static bool looks_like_none(const ty_term_found *found)
{
    const ty_slice sides[] = {found->source, found->target};
    if (ty_slice_equal(sides[0], sides[1]) || ends_in_digit(sides[0]) != ends_in_digit(sides[1]))
        return true;
    for (int side = 0; side < 2; side++) {
        ty_slice text = sides[side], last = last_word(text);
        bool gerund = is_one_word(text) && is_lower(text.data[0]) && ty_slice_ends(text, TY_SLICE("ing"));
        if (is_verbal(last) || gerund || ty_slice_find(text, TY_SLICE(" to "), 0) != SIZE_MAX ||
            is_sentence_piece(text) || is_general(text, sides[1 - side]))
            return true;
    }
    return false;
}

/* ------------------------------------------------------------------------------------------ by the termbase
 */

/* Is either side a term of the termbase, in any form? */
static ty_status is_known(const ty_term_index *index, const ty_term_found *found, ty_term_scan *scan,
                          bool *known, ty_error *error)
{
    const ty_slice sides[] = {found->source, found->target}, any = {"", 0};
    ty_status status = TY_OK;
    *known = false;
    for (int side = 0; side < 2 && status == TY_OK && !*known; side++) {
        status = ty_term_index_lookup(index, sides[side], any, scan, error);
        *known = scan->spots.count > 0;
    }
    return status;
}

/* A concept that with what makes a name of it covers the whole text: President Donald Trump; 0 for none.
 * `wanted`: this one, where it is not 0. */
static ty_status find_composed(const ty_term_index *index, ty_slice text, ty_slice lang, ty_term_scan *scan,
                               int64_t wanted, int64_t *out, ty_error *error)
{
    ty_status status = ty_term_index_scan(index, text, lang, TY_TERM_NAMES, scan, error);
    *out = 0;
    for (size_t i = 0; status == TY_OK && i < scan->spots.count; i++) {
        const ty_term_spot *spot = &scan->spots.items[i];
        int64_t concept = ty_term_index_entry(index, spot->entry).concept;
        if (spot->start == 0 && spot->end == text.size && (!wanted || concept == wanted))
        *out = *out ? *out : concept;
    }
    return status;
}

/* Is it a term of the termbase with a name beside it, on both sides? */
static ty_status is_composed(const ty_term_index *index, const ty_term_found *found, const ty_slice langs[2],
                             ty_term_scan *scan, bool *out, ty_error *error)
{
    int64_t concept = 0, same = 0;
    ty_status status = find_composed(index, found->source, langs[0], scan, 0, &concept, error);
    if (status == TY_OK && concept)
        status = find_composed(index, found->target, langs[1], scan, concept, &same, error);
    *out = same != 0;
    return status;
}

/* Does one of the concepts that this place of `from` may mean stand in the other text? */
static bool is_said(const ty_term_index *index, const ty_term_scan *scan, const ty_term_spot *spot,
                    ty_slice other)
{
    for (size_t i = 0; i < scan->spots.count; i++) {
        const ty_term_spot *same = &scan->spots.items[i];
        int64_t concept = ty_term_index_entry(index, same->entry).concept;
        if (same->start == spot->start && same->end == spot->end && ty_term_index_says(index, concept, other))
            return true;
    }
    return false;
}

/* A known term inside one side whose equivalent is not in the other: the two do not belong together. */
static ty_status is_lopsided(const ty_term_index *index, const ty_term_found *found, const ty_slice langs[2],
                             ty_term_scan *scan, bool *out, ty_error *error)
{
    const ty_slice sides[] = {found->source, found->target};
    ty_status status = TY_OK;
    *out = false;
    for (int side = 0; side < 2 && status == TY_OK && !*out; side++) {
        status = ty_term_index_scan(index, sides[side], langs[side], 0, scan, error);
        for (size_t i = 0; status == TY_OK && i < scan->spots.count && !*out; i++)
            *out = !is_said(index, scan, &scan->spots.items[i], sides[1 - side]);
    }
    return status;
}

/* Has a person said that it is no pair of terms? */
static ty_status is_rejected(ty_memory *memory, const judging *j, const ty_term_found *found, bool *yes,
                             ty_error *error)
{
    ty_rejected pair = {j->langs[0], found->source, j->langs[1], found->target};
    ty_status status = ty_store_is_rejected(memory->store, &pair, error);
    *yes = status == TY_OK;
    return status == TY_NO ? TY_OK : status;
}

static ty_status drop_known(ty_memory *memory, judging *j, size_t most, ty_error *error)
{
    const ty_term_index *index = NULL;
    size_t kept = 0;
    ty_status status = ty_memory_terms_open(memory, &index, error);
    for (size_t i = 0; i < j->found->count && kept < most && status == TY_OK; i++) {
        bool known = looks_like_none(&j->found->items[i]);
        if (!known)
            status = is_known(index, &j->found->items[i], &j->scan, &known, error);
        if (status == TY_OK && !known)
            status = is_composed(index, &j->found->items[i], j->langs, &j->scan, &known, error);
        if (status == TY_OK && !known)
            status = is_lopsided(index, &j->found->items[i], j->langs, &j->scan, &known, error);
        if (status == TY_OK && !known)
            status = is_rejected(memory, j, &j->found->items[i], &known, error);
        if (status == TY_OK && !known)
            j->found->items[kept++] = j->found->items[i];
    }
    j->found->count = kept;
    ty_memory_terms_close(memory, index);
    return status;
}

/* ------------------------------------------------------------------------------------------ by each other */

static bool begins_nocase(ty_slice text, ty_slice with)
{
    return text.size >= with.size && ty_slice_equal_nocase(ty_slice_sub(text, 0, with.size), with);
}

/* Is the word in the text, but for its ending? */
static bool has_stem(ty_slice text, ty_slice word)
{
    ty_slice stem = ty_slice_sub(word, 0, word.size > 6 ? word.size - 2 : word.size);
    for (size_t at = 0; at + stem.size <= text.size; at++)
        if (begins_nocase(ty_slice_sub(text, at, text.size), stem))
            return true;
    return false;
}

static bool holds(ty_slice text, ty_slice part)
{
    return part.size < text.size && has_stem(text, part);
}

static double dice(const ty_term_found *found)
{
    return 2.0 * found->count / (found->source_count + found->target_count);
}

/* "positional" for 位置引数, where 引数 is "argument" more often. */
static bool is_contradicted(const ty_terms_found *all, const ty_term_found *one)
{
    const double sure = 0.6;
    for (size_t i = 0; i < all->count; i++) {
        const ty_term_found *other = &all->items[i];
        if (other->count <= one->count || dice(other) < sure)
            continue;
        if (holds(one->target, other->target) != holds(one->source, other->source) &&
            !ty_slice_equal(one->source, other->source))
            return true;
    }
    return false;
}

/* ------------------------------------------------------------------------------------------ where they stand
 */

static ty_status make_index(ty_memory *memory, judging *j, ty_error *error)
{
    ty_status status = ty_term_index_new(&j->index, error);
    if (status == TY_OK)
        status = ty_derived_terms_fill(memory->store, j->index, error);
    for (size_t i = 0; i < j->found->count && status == TY_OK; i++)
        for (int side = 0; side < 2 && status == TY_OK; side++) {
            ty_term_entry entry = {.id = side,
                                   .concept = -1 - (int64_t)i,
                                   .lang = j->langs[side],
                                   .text = side ? j->found->items[i].target : j->found->items[i].source,
                                   .status = TY_TERM_APPROVED,
                                   .part_of_speech = TY_SLICE("noun"),
                                   .organisation = {"", 0}};
            status = ty_term_index_add(j->index, &entry, error);
        }
    return status == TY_OK ? ty_term_index_build(j->index, error) : status;
}

/* Inside a longer term of the termbase: "War II" of "World War II". */
static bool is_part(const judging *j, const ty_term_spot *spot)
{
    for (size_t i = 0; i < j->scan.spots.count; i++) {
        const ty_term_spot *other = &j->scan.spots.items[i];
        bool longer = other->end - other->start > spot->end - spot->start;
        if (longer && other->start <= spot->start && other->end >= spot->end &&
            ty_term_index_entry(j->index, other->entry).concept >= 0)
            return true;
    }
    return false;
}

static void note(judging *j, size_t candidate, int side)
{
    standing *s = &j->standings[candidate];
    if (s->last[side] == j->pair || (side == 1 && s->last[0] != j->pair))
        return;
    s->last[side] = j->pair;
    s->pairs += side == 1;
}

static ty_status see(void *payload, const ty_text_pair *pair, ty_error *error)
{
    judging *j = payload;
    const ty_slice texts[] = {pair->source, pair->target};
    ty_status status = TY_OK;
    j->pair++;
    for (int side = 0; side < 2 && status == TY_OK; side++) {
        status = ty_term_index_scan(j->index, texts[side], j->langs[side], TY_TERM_NESTED, &j->scan, error);
        for (size_t i = 0; status == TY_OK && i < j->scan.spots.count; i++) {
            int64_t concept = ty_term_index_entry(j->index, j->scan.spots.items[i].entry).concept;
            if (concept < 0 && !is_part(j, &j->scan.spots.items[i]))
                note(j, (size_t)(-1 - concept), side);
        }
    }
    return status;
}

/* ------------------------------------------------------------------------------------------ the best */

/* A word in small letters is a general word more often than a term. */
static double weight(const ty_term_found *found)
{
    bool small = is_one_word(found->source) && is_lower(found->source.data[0]);
    return small ? 0.5 : 1;
}

static int by_score(const void *a, const void *b)
{
    const ty_term_found *one = a, *other = b;
    if (one->score != other->score)
        return one->score > other->score ? -1 : 1;
    return ty_slice_compare(one->source, other->source);
}

static void keep_best(judging *j, size_t max)
{
    size_t kept = 0;
    for (size_t i = 0; i < j->found->count; i++) {
        ty_term_found one = j->found->items[i];
        if (j->standings[i].pairs < 2 || j->standings[i].pairs * 2 < one.count ||
            is_contradicted(j->found, &one))
            continue;
        one.score *= weight(&one);
        j->found->items[kept++] = one;
    }
    j->found->count = kept;
    if (kept > 1)
        qsort(j->found->items, kept, sizeof *j->found->items, by_score);
    if (max < kept)
        j->found->count = max;
}

ty_status ty_candidates_choose(ty_memory *memory, ty_slice source_lang, ty_slice target_lang, size_t max,
                               ty_terms_found *found, ty_error *error)
{
    judging j = {.langs = {source_lang, target_lang}, .found = found};
    size_t most = max > SIZE_MAX / LOOKED_AT ? SIZE_MAX : max * LOOKED_AT;
    ty_status status = drop_known(memory, &j, most < LEAST_LOOKED_AT ? LEAST_LOOKED_AT : most, error);
    j.standings = calloc(found->count + 1, sizeof *j.standings);
    if (status == TY_OK && !j.standings)
        status = ty_error_nomem(error);
    if (status == TY_OK)
        status = make_index(memory, &j, error);
    if (status == TY_OK)
        status = ty_pair_each(memory, source_lang, target_lang, see, &j, error);
    if (status == TY_OK)
        keep_best(&j, max);
    ty_term_scan_release(&j.scan);
    ty_term_index_free(j.index);
    free(j.standings);
    return status;
}
