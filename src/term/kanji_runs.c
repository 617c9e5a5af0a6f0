/* SPDX-License-Identifier: Apache-2.0 */
#include "term/kanji_runs.h"

static const float word_cost = 1, affix_cost = 1.3F, counter_cost = 0.6F, final_cost = 1.1F,
                   single_cost = 2.4F, pair_cost = 3.5F, stem_cost = 1.2F, outer_cost = 0.6F,
                   even_weight = 0.0005F, order_weight = 0.00005F, nothing = 1e9F, tolerance = 1e-5F;

/* ------------------------------------------------------------------------------------------ words */

/* Is the number a word: kanji of 16 bits each? */
bool ty_term_is_kanji_word(uint64_t number)
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
    if (text.size % 3 || text.size < 6 || text.size > 3 * TERM_KANJI_WORD_MAX)
        return false;
    for (size_t at = 0; at < text.size; at += 3) {
        uint32_t c = term_kanji_behind(text, at);
        if (!c)
            return false;
        number = number << 16 | (c & 0xFFFF);
    }
    return ty_term_is_kanji_word(number);
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
static bool find_run(ty_slice text, size_t at, term_kanji_run *run)
{
    size_t start = at, next = at;
    for (size_t steps = 0; term_kanji_before(text, start); steps++) {
        if (steps == TERM_RUN_MAX)
            return false;
        start -= 3;
    }
    run->start = next = start;
    for (run->count = 0; term_kanji_behind(text, next); run->count++) {
        if (run->count == TERM_RUN_MAX)
            return false;
        run->bytes[run->count] = (uint32_t)next;
        run->chars[run->count] = term_kanji_behind(text, next);
        next += 3;
    }
    run->bytes[run->count] = (uint32_t)next;
    run->end = next;
    return true;
}

static void offer(term_kanji_run *run, size_t at, size_t size, float cost)
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

bool ty_term_follows_numeral(ty_slice text, size_t start)
{
    if (start == 0)
        return false;
    uint32_t c = ty_utf8_previous(text, &start);
    return (c >= '0' && c <= '9') || (c >= 0xFF10 && c <= 0xFF19);
}

/* Is the last kanji of the run the stem of a verb or the like: 及び, 行う? A particle behind it says that it
 * is not. */
static bool ends_in_stem(const term_kanji_run *run, ty_slice text)
{
    ty_slice kana = ty_slice_sub(text, run->end, run->end + 3);
    size_t at = 0;
    uint32_t c = kana.size == 3 ? ty_utf8_next(kana, &at) : 0;
    return c >= 0x3041 && c <= 0x3096 && ty_slice_find(ty_slice_of(ty_term_particles), kana, 0) == SIZE_MAX;
}

static void offer_singles(term_kanji_run *run, ty_slice text)
{
    if (ends_in_stem(run, text))
        offer(run, run->count - 1, 1, stem_cost);
    bool counted = ty_term_follows_numeral(text, run->start);
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

static void offer_words(term_kanji_run *run)
{
    for (size_t at = 0; at < run->count; at++) {
        uint64_t number = run->chars[at] & 0xFFFF;
        for (size_t size = 2; size <= TERM_KANJI_WORD_MAX && at + size <= run->count; size++) {
            number = number << 16 | (run->chars[at + size - 1] & 0xFFFF);
            if (ty_term_is_kanji_word(number))
                offer(run, at, size, word_cost);
        }
    }
}

/* The number of the character at a byte, clipped to the run. */
static size_t place_of(const term_kanji_run *run, size_t byte)
{
    size_t at = 0;
    while (at < run->count && run->bytes[at] < byte)
        at++;
    return at;
}

static void offer_term(term_kanji_run *run, size_t start, size_t end)
{
    size_t from = place_of(run, start), to = place_of(run, end);
    if (to <= from || to - from > TERM_PIECE_MAX)
        return;
    bool goes_on = start < run->start || end > run->end; /* in kana, or from a numeral: the surer it is */
    offer(run, from, to - from, goes_on ? outer_cost : to - from > 1 ? word_cost : affix_cost);
    run->is_term[from][to - from] = true;
}

/* Candidates stand in the order of their beginnings, number `near` is one of the run's. */
static void offer_terms(term_kanji_run *run, const struct ty_term_scratch *scratch, size_t near)
{
    const term_candidate *items = scratch->candidates.items;
    enum { REACH = 3 * TERM_PIECE_MAX }; /* bytes that a term may begin before the run */
    size_t first = near;
    while (first > 0 && term_candidate_start(scratch, &items[first - 1]) + REACH >= run->start)
        first--;
    for (size_t i = first; i < scratch->candidates.count; i++) {
        if (items[i].begin == items[i].start && term_candidate_start(scratch, &items[i]) >= run->end)
            break;
        if (!(items[i].dropped) && items[i].text_end > run->start)
            offer_term(run, term_candidate_start(scratch, &items[i]), items[i].text_end);
    }
}

/* ------------------------------------------------------------------------------------------ costs */

/* The cheapest way to each place, and from each to the end. */
static void walk_both_ways(term_kanji_run *run)
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
static float cost_without_holders(const term_kanji_run *run, size_t from, size_t to)
{
    float best[TERM_RUN_MAX + 1];
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

bool ty_term_run_cuts(const term_kanji_run *run, size_t start, size_t end)
{
    size_t from = place_of(run, start), to = place_of(run, end);
    if (to <= from || to - from > run->longest[from])
        return false;
    float with = run->before[from] + run->cost[from][to - from] + run->behind[to];
    return with > cost_without_holders(run, from, to) + tolerance;
}

static void read_run(term_kanji_run *run, ty_slice text, const struct ty_term_scratch *scratch, size_t near)
{
    memset(run->longest, 0, sizeof run->longest);
    offer_singles(run, text);
    offer_words(run);
    offer_terms(run, scratch, near);
    walk_both_ways(run);
}

/* Makes `run` the one around the byte, unless it is; false where there is none to judge by. */
bool ty_term_run_at(term_kanji_run *run, ty_slice text, const struct ty_term_scratch *scratch, size_t near,
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
