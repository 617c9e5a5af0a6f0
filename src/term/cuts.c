/* SPDX-License-Identifier: Apache-2.0 */
/*
 * cuts - a hit in Japanese never cuts a word.
 *
 * Kanji stand without blanks, so 日本海 is found in 旧日本海軍. Around each hit that a kanji touches, the
 * whole run of kanji is cut into words in the cheapest way: a word of data/kanji-words.txt or a term costs 1,
 * an affix of data/kanji-affixes.txt a little more, what nobody knows most. A hit stays when the run can be
 * cut at its ends as cheaply as without it. Terms that hold the hit inside are left out of that comparison:
 * whether a part of a longer term is told is for the caller to say. Of ways that cost the same the one with
 * pieces of like length is taken (防衛大臣|記者会見, not 防衛|大臣記者会見), then the one with the longer
 * pieces last, since Japanese compounds put what they are at the end (日米|共同声明).
 *
 * The search is that of word lattices in morphological analysis (Kudo, Yamamoto, Matsumoto 2004), with word
 * lists in the place of learnt costs: the answer depends on our own data only.
 */
#include <stdlib.h>

#include "term/internal.h"

enum { RUN_MAX = 64, PIECE_MAX = 24, KANJI_WORD_MAX = 4 };

static const float word_cost = 1, affix_cost = 1.3F, counter_cost = 0.6F, final_cost = 1.1F,
                   single_cost = 2.4F, pair_cost = 3.5F, stem_cost = 1.2F, outer_cost = 0.6F,
                   even_weight = 0.0005F, order_weight = 0.00005F, nothing = 1e9F, tolerance = 1e-5F;

/* A run of kanji and what each piece of it costs. */
typedef struct kanji_run {
    size_t start, end, count; /* bytes; characters */
    uint32_t bytes[RUN_MAX + 1];
    uint32_t chars[RUN_MAX];
    uint8_t longest[RUN_MAX];                /* length of the longest piece offered there: most are short */
    float cost[RUN_MAX][PIECE_MAX + 1];      /* of the piece from a character on, by its length */
    uint8_t is_term[RUN_MAX][PIECE_MAX + 1]; /* is it a term? */
    float before[RUN_MAX + 1], behind[RUN_MAX + 1];
} kanji_run;

/* The kanji of three well-formed bytes, or 0. */
static inline uint32_t kanji_of(const char *bytes)
{
    const unsigned char *s = (const unsigned char *)bytes;
    uint32_t c = (uint32_t)(s[0] & 0x0F) << 12 | (uint32_t)(s[1] & 0x3F) << 6 | (s[2] & 0x3F);
    bool is_kanji = (c >= 0x4E00 && c <= 0x9FFF) || (c >= 0x3400 && c <= 0x4DBF) ||
                    (c >= 0xF900 && c <= 0xFAFF) || c == 0x3005;
    return (s[0] & 0xF0) == 0xE0 && (s[1] & 0xC0) == 0x80 && (s[2] & 0xC0) == 0x80 && is_kanji ? c : 0;
}

static inline uint32_t kanji_before(ty_slice text, size_t at)
{
    return at >= 3 ? kanji_of(text.data + at - 3) : 0;
}

static inline uint32_t kanji_behind(ty_slice text, size_t at)
{
    return at + 3 <= text.size ? kanji_of(text.data + at) : 0;
}

/* ------------------------------------------------------------------------------------------ words */

/* Is the number a word: kanji of 16 bits each? */
static bool is_word(uint64_t number)
{
    size_t at = number * UINT64_C(0x9E3779B97F4A7C15) >> 40 & ty_term_kanji_word_mask;
    for (; ty_term_kanji_words[at]; at = (at + 1) & ty_term_kanji_word_mask)
        if (ty_term_kanji_words[at] == number)
            return true;
    return false;
}

bool ty_term_is_common_word(ty_slice text)
{
    uint64_t number = 0;
    if (text.size % 3 || text.size < 6 || text.size > 3 * KANJI_WORD_MAX)
        return false;
    for (size_t at = 0; at < text.size; at += 3) {
        uint32_t c = kanji_behind(text, at);
        if (!c)
            return false;
        number = number << 16 | (c & 0xFFFF);
    }
    return is_word(number);
}

static unsigned affix_kinds(uint32_t c)
{
    size_t low = 0, high = ty_term_affix_count;
    while (low < high) {
        size_t middle = (low + high) / 2;
        if (ty_term_affixes[middle].kanji == c)
            return ty_term_affixes[middle].kinds;
        if (ty_term_affixes[middle].kanji < c)
            low = middle + 1;
        else
            high = middle;
    }
    return 0;
}

/* ------------------------------------------------------------------------------------------ the run */

/* The run around a byte inside it; false when it is too long to be one of words. */
static bool find_run(ty_slice text, size_t at, kanji_run *run)
{
    size_t start = at, next = at;
    for (size_t steps = 0; kanji_before(text, start); steps++) {
        if (steps == RUN_MAX)
            return false;
        start -= 3;
    }
    run->start = next = start;
    for (run->count = 0; kanji_behind(text, next); run->count++) {
        if (run->count == RUN_MAX)
            return false;
        run->bytes[run->count] = (uint32_t)next;
        run->chars[run->count] = kanji_behind(text, next);
        next += 3;
    }
    run->bytes[run->count] = (uint32_t)next;
    run->end = next;
    return true;
}

static void offer(kanji_run *run, size_t at, size_t size, float cost)
{
    float square = (float)(size * size), place = (float)(at + size) / (float)run->count;
    cost += even_weight * square - order_weight * square * place;
    while (run->longest[at] < size) {
        run->cost[at][++run->longest[at]] = nothing;
        run->is_term[at][run->longest[at]] = false;
    }
    if (cost < run->cost[at][size])
        run->cost[at][size] = cost;
}

static bool follows_numeral(ty_slice text, size_t start)
{
    if (start == 0)
        return false;
    uint32_t c = ty_utf8_previous(text, &start);
    return (c >= '0' && c <= '9') || (c >= 0xFF10 && c <= 0xFF19);
}

/* Is the last kanji of the run the stem of a verb or the like: 及び, 行う? A particle behind it says that it
 * is not. */
static bool ends_in_stem(const kanji_run *run, ty_slice text)
{
    static const char particles[] = "のがはをにでともへや";
    ty_slice kana = ty_slice_sub(text, run->end, run->end + 3);
    size_t at = 0;
    uint32_t c = kana.size == 3 ? ty_utf8_next(kana, &at) : 0;
    return c >= 0x3041 && c <= 0x3096 && ty_slice_find(ty_slice_of(particles), kana, 0) == SIZE_MAX;
}

static void offer_singles(kanji_run *run, ty_slice text)
{
    if (ends_in_stem(run, text))
        offer(run, run->count - 1, 1, stem_cost);
    bool counted = follows_numeral(text, run->start);
    for (size_t at = 0; at < run->count; at++) {
        unsigned kinds = affix_kinds(run->chars[at]);
        bool first = at == 0, last = at + 1 == run->count;
        offer(run, at, 1, single_cost);
        if (at + 2 <= run->count)
            offer(run, at, 2, pair_cost);
        if ((kinds & TERM_AFFIX_PREFIX && !last) || (kinds & TERM_AFFIX_SUFFIX && !first))
            offer(run, at, 1, affix_cost);
        if (kinds & TERM_AFFIX_FINAL && last && !first)
            offer(run, at, 1, final_cost);
        if (kinds & TERM_AFFIX_COUNTER && first && counted)
            offer(run, at, 1, counter_cost);
    }
}

static void offer_words(kanji_run *run)
{
    for (size_t at = 0; at < run->count; at++) {
        uint64_t number = run->chars[at] & 0xFFFF;
        for (size_t size = 2; size <= KANJI_WORD_MAX && at + size <= run->count; size++) {
            number = number << 16 | (run->chars[at + size - 1] & 0xFFFF);
            if (is_word(number))
                offer(run, at, size, word_cost);
        }
    }
}

/* The number of the character at a byte, clipped to the run. */
static size_t place_of(const kanji_run *run, size_t byte)
{
    size_t at = 0;
    while (at < run->count && run->bytes[at] < byte)
        at++;
    return at;
}

static size_t start_of(const struct ty_term_scratch *scratch, const term_candidate *found)
{
    return scratch->symbols.items[found->start].start;
}

static void offer_term(kanji_run *run, size_t start, size_t end)
{
    size_t from = place_of(run, start), to = place_of(run, end);
    if (to <= from || to - from > PIECE_MAX)
        return;
    bool goes_on = start < run->start || end > run->end; /* in kana, or from a numeral: the surer it is */
    offer(run, from, to - from, goes_on ? outer_cost : to - from > 1 ? word_cost : affix_cost);
    run->is_term[from][to - from] = true;
}

/* Candidates stand in the order of their beginnings, number `near` is one of the run's. */
static void offer_terms(kanji_run *run, const struct ty_term_scratch *scratch, size_t near)
{
    const term_candidate *items = scratch->candidates.items;
    enum { REACH = 3 * PIECE_MAX }; /* bytes that a term may begin before the run */
    size_t first = near;
    while (first > 0 && start_of(scratch, &items[first - 1]) + REACH >= run->start)
        first--;
    for (size_t i = first; i < scratch->candidates.count; i++) {
        if (items[i].begin == items[i].start && start_of(scratch, &items[i]) >= run->end)
            break;
        if (!(items[i].dropped) && items[i].text_end > run->start)
            offer_term(run, start_of(scratch, &items[i]), items[i].text_end);
    }
}

/* ------------------------------------------------------------------------------------------ costs */

/* The cheapest way to each place, and from each to the end. */
static void walk_both_ways(kanji_run *run)
{
    size_t count = run->count;
    for (size_t at = 0; at <= count; at++)
        run->before[at] = run->behind[at] = nothing;
    run->before[0] = run->behind[count] = 0;
    for (size_t at = 0; at < count; at++)
        for (size_t size = 1; size <= run->longest[at]; size++)
            if (run->before[at] + run->cost[at][size] < run->before[at + size])
                run->before[at + size] = run->before[at] + run->cost[at][size];
    for (size_t at = count; at-- > 0;)
        for (size_t size = 1; size <= run->longest[at]; size++)
            if (run->behind[at + size] + run->cost[at][size] < run->behind[at])
                run->behind[at] = run->behind[at + size] + run->cost[at][size];
}

/* The cheapest way through the run without terms that hold [from, to) and more. */
static float cost_without_holders(const kanji_run *run, size_t from, size_t to)
{
    float best[RUN_MAX + 1];
    for (size_t at = 0; at <= run->count; at++)
        best[at] = nothing;
    best[0] = 0;
    for (size_t at = 0; at < run->count; at++)
        for (size_t size = 1; size <= run->longest[at]; size++) {
            bool holds = at <= from && at + size >= to && size > to - from && run->is_term[at][size];
            if (!holds && best[at] + run->cost[at][size] < best[at + size])
                best[at + size] = best[at] + run->cost[at][size];
        }
    return best[run->count];
}

static bool cuts_a_word(const kanji_run *run, size_t start, size_t end)
{
    size_t from = place_of(run, start), to = place_of(run, end);
    if (to <= from || to - from > run->longest[from])
        return false;
    float with = run->before[from] + run->cost[from][to - from] + run->behind[to];
    return with > cost_without_holders(run, from, to) + tolerance;
}

static void read_run(kanji_run *run, ty_slice text, const struct ty_term_scratch *scratch, size_t near)
{
    memset(run->longest, 0, sizeof run->longest);
    offer_singles(run, text);
    offer_words(run);
    offer_terms(run, scratch, near);
    walk_both_ways(run);
}

/* ------------------------------------------------------------------------------------------ candidates */

/* Does a word stand across the byte? */
static bool is_inside_word(ty_slice text, size_t at)
{
    uint32_t near[2 * KANJI_WORD_MAX - 2]; /* three kanji on either side */
    size_t half = KANJI_WORD_MAX - 1, first = half, last = half;
    for (size_t back = at; first > 0 && (near[first - 1] = kanji_before(text, back)); back -= 3)
        first--;
    for (size_t next = at; last < 2 * half && (near[last] = kanji_behind(text, next)); next += 3)
        last++;
    for (size_t from = first; from < half; from++) {
        uint64_t number = 0;
        for (size_t to = from; to < last && to < from + KANJI_WORD_MAX; to++) {
            number = number << 16 | (near[to] & 0xFFFF);
            if (to >= half && is_word(number))
                return true;
        }
    }
    return false;
}

/* Does another term stand across the byte? Looks at the candidates around number `near`. */
static bool is_inside_term(const struct ty_term_scratch *scratch, size_t near, size_t at)
{
    enum { AROUND = 12 };
    size_t first = near < AROUND ? 0 : near - AROUND;
    for (size_t i = first; i < scratch->candidates.count && i < near + AROUND; i++) {
        const term_candidate *other = &scratch->candidates.items[i];
        if (start_of(scratch, other) < at && other->text_end > at)
            return true;
    }
    return false;
}

/* Only a place that something stands across has to be looked at closely. */
static bool may_cut(ty_slice text, const struct ty_term_scratch *scratch, size_t near, size_t at)
{
    return kanji_before(text, at) && kanji_behind(text, at) &&
           (is_inside_word(text, at) || is_inside_term(scratch, near, at));
}

/* Makes `run` the one around the byte, unless it is; false where there is none to judge by. */
static bool be_at(kanji_run *run, ty_slice text, const struct ty_term_scratch *scratch, size_t near,
                  size_t byte)
{
    if (run->count && byte >= run->start && byte < run->end)
        return true;
    run->count = 0;
    if (!find_run(text, byte, run)) {
        run->count = 0;
        return false;
    }
    read_run(run, text, scratch, near);
    return run->count > 0;
}

static bool is_whole(kanji_run *run, ty_slice text, const struct ty_term_scratch *scratch, size_t number)
{
    const term_candidate *found = &scratch->candidates.items[number];
    size_t start = start_of(scratch, found), end = found->text_end;
    bool cut_start = may_cut(text, scratch, number, start), cut_end = may_cut(text, scratch, number, end);
    if (cut_start && be_at(run, text, scratch, number, start) && cuts_a_word(run, start, end))
        return false;
    return !cut_end || !be_at(run, text, scratch, number, end - 3) || !cuts_a_word(run, start, end);
}

/* Does it take the counter of a date from it: 21日 | 朝, not 21 | 日朝? */
static bool is_counter_taken(ty_slice text, size_t start)
{
    return follows_numeral(text, start) && memcmp(text.data + start, "日", 3) == 0 &&
           !ty_slice_starts(ty_slice_sub(text, start, text.size), TY_SLICE("日間"));
}

bool ty_term_drop_cut_words(const ty_term_index *index, ty_slice text, struct ty_term_scratch *scratch)
{
    kanji_run *run = NULL;
    bool good = true;
    for (size_t i = 0; i < scratch->candidates.count && good; i++) {
        term_candidate *found = &scratch->candidates.items[i];
        size_t start = start_of(scratch, found), end = found->text_end;
        if (found->dropped || !(index->entries.items[found->entry].flags & TERM_JAPANESE))
            continue;
        found->cut = is_counter_taken(text, start);
        if (found->cut || (!kanji_before(text, start) && !kanji_behind(text, end)))
            continue;
        found->cut = index->entries.items[found->entry].flags & TERM_SURNAME && kanji_before(text, start);
        if (found->cut)
            continue;
        if (!run && !(run = calloc(1, sizeof *run)))
            good = false;
        else if (!is_whole(run, text, scratch, i))
            found->cut = true;
    }
    free(run);
    for (size_t i = 0; i < scratch->candidates.count; i++)
        scratch->candidates.items[i].dropped |= scratch->candidates.items[i].cut;
    return good;
}
