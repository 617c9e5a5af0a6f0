/* SPDX-License-Identifier: Apache-2.0 */
/*
 * index_holds - does an index that is kept in a memory file hold together? Its checksums say that it is as it
 * was written, not who wrote it.
 */
#include <stdlib.h>

#include "term/index_image.h"

static bool all_below(const uint32_t *items, size_t count, size_t limit)
{
    for (size_t i = 0; i < count; i++)
        if (items[i] >= limit)
            return false;
    return true;
}

static bool good_nodes(const term_node *nodes, size_t count, size_t keys)
{
    for (size_t i = 0; i < count; i++)
        if (nodes[i].fail >= count || nodes[i].shorter >= count || nodes[i].output > keys)
            return false;
    return count > 0 && nodes[0].fail == 0 && nodes[0].shorter == 0;
}

static uint32_t link_of(const term_node *node, bool shorter)
{
    return shorter ? node->shorter : node->fail;
}

/* Does every chain of links end at the root? A loop would never let a scan end. */
static bool all_end(const term_node *nodes, size_t count, bool shorter)
{
    unsigned char *seen = calloc(count + 1, 1); /* 1: on the way, 2: ends */
    bool good = seen != NULL;
    for (size_t i = 1; good && i < count; i++) {
        size_t at = i;
        for (; at && !seen[at]; at = link_of(&nodes[at], shorter))
            seen[at] = 1;
        good = at == 0 || seen[at] == 2;
        for (at = i; good && at && seen[at] == 1; at = link_of(&nodes[at], shorter))
            seen[at] = 2;
    }
    free(seen);
    return good;
}

static bool good_automaton(const term_automaton *automaton, size_t keys)
{
    const term_node *nodes = automaton->nodes.items;
    size_t count = automaton->nodes.count, free_slots = 0;
    for (size_t i = 0; i < automaton->slot_count; i++)
        free_slots += automaton->slots[i] == 0;
    return free_slots && good_nodes(nodes, count, keys) &&
           all_below(automaton->targets, automaton->slot_count, count) &&
           all_below(automaton->root, automaton->symbol_count + 1, count) && all_end(nodes, count, false) &&
           all_end(nodes, count, true);
}

static bool good_words(const term_words *words)
{
    bool has_free = false;
    for (size_t i = 0; i <= words->mask; i++) {
        has_free |= words->slots[i] == 0;
        if (words->slots[i] > words->count)
            return false;
    }
    for (size_t i = 0; i < words->count; i++)
        if (words->offsets[i] > words->offsets[i + 1])
            return false;
    return has_free && words->offsets[words->count] <= words->size;
}

static bool good_alphabet(const term_alphabet *alphabet, size_t symbols)
{
    if (!all_below(alphabet->pages, 256, alphabet->cells.count / 256 + 1))
        return false;
    for (size_t i = 0; i < alphabet->cells.count; i++)
        if ((alphabet->cells.items[i] & TERM_CELL_SYMBOL) > symbols)
            return false;
    return good_words(&alphabet->kept);
}

static bool good_entries(const ty_term_index *index)
{
    for (size_t i = 0; i < index->entries.count; i++) {
        const term_record *record = &index->entries.items[i];
        if ((uint64_t)record->text + record->text_size > index->texts.size ||
            (uint64_t)record->pos + record->pos_size > index->texts.size ||
            (uint64_t)record->body + record->body_size > index->texts.size ||
            record->lang >= index->langs.list.count || record->status > TY_TERM_FORBIDDEN)
            return false;
    }
    return all_below(index->by_concept.items, index->by_concept.count, index->entries.count);
}

static bool good_keys(const ty_term_index *index)
{
    for (size_t i = 0; i < index->keys.count; i++) {
        const term_key *key = &index->keys.items[i];
        if (key->entry >= index->entries.count || key->count == 0 || key->next > index->keys.count ||
            (key->next && key->next <= i + 1) || (uint64_t)key->first + key->count > index->bits.count)
            return false;
    }
    return true;
}

bool ty_term_image_holds(const ty_term_index *index)
{
    return good_entries(index) && good_keys(index) && good_automaton(&index->automaton, index->keys.count) &&
           good_alphabet(&index->alphabet, index->automaton.symbol_count);
}
