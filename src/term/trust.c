/* SPDX-License-Identifier: Apache-2.0 */
/*
 * trust - what a look-up uses of a mapped index is checked here, before it is used: block by block, each
 * once. These are the gates through which a scan comes to everything else: a word of the alphabet, a step of
 * the automaton, a key with its entry, the entries of a concept. Where a block is damaged they say that there
 * is nothing, the scan ends, and ty_term_index_verdict tells.
 */
#include "term/internal.h"

bool ty_term_index_trust_all(const ty_term_index *index)
{
    ty_blocks *trust = index->trust;
    return !trust || ty_blocks_trust(trust, trust->base + trust->from, trust->end - trust->from);
}

bool ty_term_index_is_damaged(const ty_term_index *index)
{
    return index->trust && atomic_load(&index->trust->damaged);
}

ty_status ty_term_index_verdict(const ty_term_index *index, ty_status status, ty_error *error)
{
    if (!ty_term_index_is_damaged(index))
        return status;
    return ty_error_set(error, TY_ERR_FORMAT, "the index of terms in the cache is damaged");
}

size_t ty_term_index_checked(const ty_term_index *index)
{
    return index->trust ? atomic_load(&index->trust->checked) * TY_BLOCK_SIZE : 0;
}

/* ------------------------------------------------------------------------------------------ words */

/* The word of a slot; empty where it is damaged. */
static ty_slice word_at(const term_alphabet *alphabet, uint32_t number)
{
    const term_words *words = &alphabet->kept;
    const uint32_t *place = words->offsets + number;
    if (number >= words->count || !ty_blocks_trust(alphabet->trust, place, 2 * sizeof *place) ||
        place[0] > place[1] || place[1] > words->size)
        return ty_blocks_refuse(alphabet->trust), (ty_slice){"", 0};
    ty_slice word = {words->bytes + place[0], place[1] - place[0]};
    return ty_blocks_trust(alphabet->trust, word.data, word.size) ? word : (ty_slice){"", 0};
}

uint32_t ty_term_alphabet_find(const term_alphabet *alphabet, ty_slice word)
{
    const term_words *words = &alphabet->kept;
    if (!words->slots)
        return ty_strings_find(&alphabet->words, word);
    size_t slot = (size_t)ty_hash(word, 0) & words->mask;
    for (; ty_blocks_trust(alphabet->trust, words->slots + slot, sizeof *words->slots) && words->slots[slot];
         slot = (slot + 1) & words->mask)
        if (ty_slice_equal(word_at(alphabet, words->slots[slot] - 1), word))
            return words->slots[slot] - 1;
    return TY_STRINGS_NONE;
}

/* ------------------------------------------------------------------------------------------ automaton */

bool ty_term_trusts_node(const term_automaton *automaton, uint32_t node)
{
    if (node >= automaton->nodes.count)
        return ty_blocks_refuse(automaton->trust);
    return ty_blocks_trust(automaton->trust, automaton->nodes.items + node, sizeof *automaton->nodes.items);
}

/* Where the symbol leads from a node that is not the root; 0 for nowhere. */
static uint32_t next_of(const term_automaton *automaton, uint32_t node, uint32_t symbol)
{
    uint64_t wanted = (uint64_t)node << 32 | symbol;
    size_t mask = automaton->slot_count - 1, at = term_slot_hash(wanted) & mask;
    if (!(automaton->nodes.items[node].children >> (symbol & 31) & 1))
        return 0;
    for (;; at = (at + 1) & mask) {
        if (!ty_blocks_trust(automaton->trust, automaton->slots + at, sizeof *automaton->slots) ||
            !automaton->slots[at])
            return 0;
        if (automaton->slots[at] == wanted)
            break;
    }
    return ty_blocks_trust(automaton->trust, automaton->targets + at, sizeof *automaton->targets)
               ? automaton->targets[at]
               : 0;
}

uint32_t ty_term_step_with_care(const term_automaton *automaton, uint32_t node, uint32_t symbol)
{
    while (ty_term_trusts_node(automaton, node)) {
        uint32_t next = node ? next_of(automaton, node, symbol) : automaton->root[symbol];
        if (next)
            return ty_term_trusts_node(automaton, next) ? next : 0;
        if (!node)
            return 0;
        node = automaton->nodes.items[node].fail;
    }
    return 0;
}

/* ------------------------------------------------------------------------------------------ entries */

static bool trusts_text(const ty_term_index *index, uint32_t at, uint32_t size)
{
    if ((uint64_t)at + size > index->texts.size)
        return ty_blocks_refuse(index->trust);
    return ty_blocks_trust(index->trust, index->texts.data + at, size);
}

bool ty_term_trusts_entry(const ty_term_index *index, uint32_t entry)
{
    if (!index->trust)
        return true;
    const term_record *record = index->entries.items + entry;
    if (entry >= index->entries.count || !ty_blocks_trust(index->trust, record, sizeof *record) ||
        record->lang >= index->langs.list.count)
        return ty_blocks_refuse(index->trust);
    return trusts_text(index, record->text, record->text_size) &&
           trusts_text(index, record->pos, record->pos_size) &&
           trusts_text(index, record->body, record->body_size);
}

bool ty_term_trusts_key(const ty_term_index *index, uint32_t number)
{
    if (!index->trust)
        return true;
    const term_key *key = index->keys.items + (number - 1);
    if (number > index->keys.count || !ty_blocks_trust(index->trust, key, sizeof *key) ||
        (uint64_t)key->first + key->count > index->bits.count)
        return ty_blocks_refuse(index->trust);
    return ty_blocks_trust(index->trust, index->bits.items + key->first,
                           key->count * sizeof *index->bits.items) &&
           ty_term_trusts_entry(index, key->entry);
}

bool ty_term_trusts_position(const ty_term_index *index, size_t position)
{
    const uint32_t *entry = index->by_concept.items + position;
    return !index->trust ||
           (ty_blocks_trust(index->trust, entry, sizeof *entry) && ty_term_trusts_entry(index, *entry));
}
