/* SPDX-License-Identifier: Apache-2.0 */
/*
 * automaton - Aho, A. and Corasick, M. (1975), Efficient string matching: an aid to bibliographic search.
 */
#include <stdlib.h>

#include "term/internal.h"

/* The trie while it grows: where each node hangs. */
typedef struct term_trie {
    term_automaton *automaton;
    TY_VECTOR(uint32_t) parents, symbols, depths;
    size_t used; /* slots */
} term_trie;

static void put(term_automaton *automaton, uint64_t slot, uint32_t target)
{
    size_t mask = automaton->slot_count - 1, at = term_slot_hash(slot) & mask;
    while (automaton->slots[at])
        at = (at + 1) & mask;
    automaton->slots[at] = slot;
    automaton->targets[at] = target;
}

static bool resize(term_automaton *automaton, size_t count)
{
    term_automaton old = *automaton;
    automaton->slots = calloc(count, sizeof *automaton->slots);
    automaton->targets = calloc(count, sizeof *automaton->targets);
    automaton->slot_count = count;
    bool good = automaton->slots && automaton->targets;
    for (size_t i = 0; good && i < old.slot_count; i++)
        if (old.slots[i])
            put(automaton, old.slots[i], old.targets[i]);
    free(old.slots);
    free(old.targets);
    return good;
}

static bool add_node(term_trie *trie, uint32_t parent, uint32_t symbol, uint32_t *out)
{
    term_automaton *automaton = trie->automaton;
    uint32_t depth = automaton->nodes.count ? trie->depths.items[parent] + 1 : 0;
    *out = (uint32_t)automaton->nodes.count;
    return ty_vector_push(&automaton->nodes, (term_node){0}) && ty_vector_push(&trie->parents, parent) &&
           ty_vector_push(&trie->symbols, symbol) && ty_vector_push(&trie->depths, depth);
}

static bool child(term_trie *trie, uint32_t node, uint32_t symbol, uint32_t *out)
{
    term_automaton *automaton = trie->automaton;
    *out = term_automaton_next(automaton, node, symbol);
    if (*out)
        return true;
    if (!add_node(trie, node, symbol, out))
        return false;
    if (node == 0) {
        automaton->root[symbol] = *out;
        return true;
    }
    if (++trie->used * 3 > automaton->slot_count * 2 && !resize(automaton, automaton->slot_count * 2))
        return false;
    put(automaton, (uint64_t)node << 32 | symbol, *out);
    automaton->nodes.items[node].children |= 1u << (symbol & 31);
    return true;
}

static bool add_key(term_trie *trie, term_keys *keys, uint32_t number, const uint32_t *symbols)
{
    term_key *key = &keys->items[number];
    uint32_t node = 0;
    for (uint32_t i = 0; i < key->count; i++)
        if (!child(trie, node, symbols[key->first + i], &node))
            return false;
    key->next = trie->automaton->nodes.items[node].output;
    trie->automaton->nodes.items[node].output = number + 1;
    return true;
}

/* Nodes in order of depth, so that a fail link is there before it is needed. */
static uint32_t *by_depth(const term_trie *trie)
{
    size_t count = trie->depths.count;
    uint32_t *order = malloc(count * sizeof *order), *starts = calloc(count + 2, sizeof *starts);
    if (order && starts) {
        for (size_t i = 0; i < count; i++)
            starts[trie->depths.items[i] + 1]++;
        for (size_t i = 0; i < count; i++)
            starts[i + 1] += starts[i];
        for (size_t i = 0; i < count; i++)
            order[starts[trie->depths.items[i]]++] = (uint32_t)i;
    }
    free(starts);
    if (!starts) {
        free(order);
        return NULL;
    }
    return order;
}

static bool link_nodes(term_trie *trie)
{
    term_automaton *automaton = trie->automaton;
    uint32_t *order = by_depth(trie);
    if (!order)
        return false;
    term_node *nodes = automaton->nodes.items;
    for (size_t i = 1; i < automaton->nodes.count; i++) {
        uint32_t number = order[i], parent = trie->parents.items[number], fail = 0;
        if (parent)
            fail = term_automaton_step(automaton, nodes[parent].fail, trie->symbols.items[number]);
        nodes[number].fail = fail;
        nodes[number].shorter = nodes[fail].output ? fail : nodes[fail].shorter;
    }
    free(order);
    return true;
}

bool ty_term_automaton_build(term_automaton *automaton, term_keys *keys, const uint32_t *symbols,
                             size_t symbol_count)
{
    term_trie trie = {.automaton = automaton};
    uint32_t root;
    automaton->symbol_count = symbol_count;
    automaton->root = calloc(symbol_count + 1, sizeof *automaton->root);
    bool good = automaton->root && resize(automaton, 1024) && add_node(&trie, 0, 0, &root);
    for (size_t i = keys->count; good && i-- > 0;)
        good = add_key(&trie, keys, (uint32_t)i, symbols);
    good = good && link_nodes(&trie);
    ty_vector_release(&trie.parents);
    ty_vector_release(&trie.symbols);
    ty_vector_release(&trie.depths);
    return good;
}

void ty_term_automaton_release(term_automaton *automaton)
{
    ty_vector_release(&automaton->nodes);
    free(automaton->slots);
    free(automaton->targets);
    free(automaton->root);
    *automaton = (term_automaton){0};
}
