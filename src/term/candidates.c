/* SPDX-License-Identifier: Apache-2.0 */
#include <stdlib.h>

#include "term/scanner.h"

/*
 * A name of another language in Latin letters (United Nations Transitional Authority in Cambodia, JADC2) is
 * the name in a text of another script, too.
 */
static bool is_name_as_it_is(const scan_run *run, const term_key *key, size_t start)
{
    enum { ACRONYM = 3 };
    const term_symbols *symbols = &run->scratch->symbols;
    const term_symbol *first = &symbols->items[start], *last = &symbols->items[start + key->count - 1];
    if (!run->names || !(first->bits & TERM_WORD) || !(last->bits & TERM_WORD))
        return false;
    bool several = key->count > 1;
    for (uint32_t at = first->start; at < first->end && (!several || at == first->start); at++)
        if (run->text.data[at] < 'A' || run->text.data[at] > 'Z')
            return false;
    char next = first->start + 1 < run->text.size ? run->text.data[first->start + 1] : ' ';
    return several ? (next >= 'a' && next <= 'z') : first->end - first->start >= ACRONYM;
}

static void take_output(scan_run *run, uint32_t node, size_t end)
{
    const ty_term_index *index = run->index;
    for (uint32_t number = index->automaton.nodes.items[node].output;
         number && ty_term_trusts_key(index, number); number = index->keys.items[number - 1].next) {
        const term_key *key = &index->keys.items[number - 1];
        const term_record *record = &index->entries.items[key->entry];
        if (key->count > end)
            continue;
        size_t start = end - key->count;
        uint32_t text_end;
        if (!run->scratch->langs.items[record->lang] && !is_name_as_it_is(run, key, start))
            continue;
        if (!ty_term_matches(index, key, &run->scratch->symbols, start, run->text, &text_end))
            continue;
        uint32_t begin = (uint32_t)start + (record->flags & TERM_LEADS ? 1 : 0);
        term_candidate found = {.begin = begin,
                                .start = (uint32_t)start,
                                .end = (uint32_t)end,
                                .text_end = text_end,
                                .entry = key->entry};
        if (!ty_vector_push(&run->scratch->candidates, found))
            run->failed = true;
    }
}

static void collect(scan_run *run)
{
    const term_automaton *automaton = &run->index->automaton;
    const term_node *nodes = automaton->nodes.items;
    const term_symbols *symbols = &run->scratch->symbols;
    for (size_t i = 0; i < symbols->count; i++) {
        uint32_t node = symbols->items[i].id;
        if (node == 0)
            continue;
        if (nodes[node].output)
            take_output(run, node, i + 1);
        for (uint32_t at = nodes[node].shorter; at && ty_term_trusts_node(automaton, at);
             at = nodes[at].shorter)
            take_output(run, at, i + 1);
    }
}

static int compare_numbers(uint32_t a, uint32_t b)
{
    return a < b ? -1 : a > b;
}

/* By where their own words begin, longer first, then by entry. */
static int compare_candidates(const void *a, const void *b)
{
    const term_candidate *one = a, *other = b;
    int order = compare_numbers(one->begin, other->begin);
    order = order ? order : compare_numbers(other->end, one->end);
    order = order ? order : compare_numbers(other->text_end, one->text_end);
    order = order ? order : compare_numbers(one->start, other->start);
    return order ? order : compare_numbers(one->entry, other->entry);
}

/* They come in order of their ends, hence nearly sorted; most texts have few. */
static void sort_candidates(term_candidate *items, size_t count)
{
    if (count > 32) {
        qsort(items, count, sizeof *items, compare_candidates);
        return;
    }
    for (size_t i = 1; i < count; i++) {
        term_candidate moved = items[i];
        size_t at = i;
        for (; at > 0 && compare_candidates(&items[at - 1], &moved) > 0; at--)
            items[at] = items[at - 1];
        items[at] = moved;
    }
}

ty_status ty_term_find_candidates(scan_run *run, ty_error *error)
{
    struct ty_term_scratch *scratch = run->scratch;
    term_automaton automaton = run->index->automaton;
    if (ty_blocks_all_good(automaton.trust))
        automaton.trust = NULL;
    term_reader reader = {.alphabet = &run->index->alphabet,
                          .automaton = &automaton,
                          .cache = scratch->cache,
                          .folded = &scratch->folded,
                          .word = &scratch->word};
    ty_vector_clear(&scratch->candidates);
    ty_status status = ty_term_read(&reader, run->text, &scratch->symbols, error);
    if (status != TY_OK)
        return status;
    collect(run);
    if (run->failed)
        return ty_error_nomem(error);
    sort_candidates(scratch->candidates.items, scratch->candidates.count);
    return TY_OK;
}
