/* SPDX-License-Identifier: Apache-2.0 */
#include "match/internal.h"

#define HASH_FACTOR 0x9E3779B1u /* 2^32 over the golden ratio (Knuth, TAOCP 3, 6.4) */

static uint32_t slot_of(const ty_pattern *pattern, uint32_t token)
{
    uint32_t mask = (uint32_t)pattern->slots.count - 1;
    uint32_t slot = (uint32_t)(token * HASH_FACTOR) >> pattern->shift;
    while (pattern->slots.items[slot].symbol && pattern->slots.items[slot].token != token)
        slot = (slot + 1) & mask;
    return slot;
}

uint32_t ty_pattern_symbol(const ty_pattern *pattern, uint32_t token)
{
    return pattern->slots.items[slot_of(pattern, token)].symbol;
}

static const uint64_t *bits_of(const ty_pattern *pattern, uint32_t token)
{
    return pattern->bits.items + (size_t)ty_pattern_symbol(pattern, token) * pattern->words;
}

/* Room for `count` tokens, at most half of the slots in use; all slots free. */
static bool make_room(ty_pattern *pattern, size_t count)
{
    size_t slots = 4, log = 2;
    while (slots < 2 * count) {
        slots *= 2;
        log++;
    }
    pattern->size = (uint32_t)count;
    pattern->words = count ? (uint32_t)((count + 63) / 64) : 1;
    pattern->shift = (uint32_t)(32 - log);
    ty_vector_clear(&pattern->slots);
    ty_vector_clear(&pattern->bits);
    ty_vector_clear(&pattern->vertical);
    if (!ty_vector_reserve(&pattern->slots, slots) || !ty_vector_reserve(&pattern->bits, pattern->words) ||
        !ty_vector_reserve(&pattern->vertical, 2 * (size_t)pattern->words))
        return false;
    memset(pattern->slots.items, 0, slots * sizeof *pattern->slots.items);
    pattern->slots.count = slots;
    return true;
}

/* A bit vector of zeros at the end. */
static bool add_bits(ty_pattern *pattern)
{
    if (!ty_vector_reserve(&pattern->bits, pattern->words))
        return false;
    memset(pattern->bits.items + pattern->bits.count, 0, pattern->words * sizeof(uint64_t));
    pattern->bits.count += pattern->words;
    return true;
}

ty_status ty_pattern_set(ty_pattern *pattern, const uint32_t *tokens, size_t count, ty_error *error)
{
    if (!make_room(pattern, count) || !add_bits(pattern))
        return ty_error_nomem(error);
    uint32_t symbols = 0;
    for (size_t i = 0; i < count; i++) {
        if (tokens[i] == TY_TOKEN_NONE)
            continue;
        ty_pattern_slot *slot = &pattern->slots.items[slot_of(pattern, tokens[i])];
        if (!slot->symbol) {
            if (!add_bits(pattern))
                return ty_error_nomem(error);
            *slot = (ty_pattern_slot){.token = tokens[i], .symbol = ++symbols};
        }
        pattern->bits.items[(size_t)slot->symbol * pattern->words + i / 64] |= UINT64_C(1) << (i % 64);
    }
    return TY_OK;
}

void ty_pattern_release(ty_pattern *pattern)
{
    ty_vector_release(&pattern->slots);
    ty_vector_release(&pattern->bits);
    ty_vector_release(&pattern->vertical);
}

/* Hyyrö's figure 4 for a pattern in one word. */
static uint32_t distance_in_word(const ty_pattern *pattern, const uint32_t *tokens, size_t count,
                                 uint32_t limit)
{
    uint64_t plus = ~UINT64_C(0), minus = 0;
    uint32_t score = pattern->size, top = pattern->size - 1;
    for (size_t i = 0; i < count; i++) {
        uint64_t equal = *bits_of(pattern, tokens[i]);
        uint64_t zero = (((equal & plus) + plus) ^ plus) | equal | minus;
        uint64_t right = minus | ~(zero | plus), left = zero & plus;
        score += (uint32_t)((right >> top) & 1);
        score -= (uint32_t)((left >> top) & 1);
        /* Each token that is left takes at most one off. */
        if (score > limit + (count - 1 - i))
            return limit + 1;
        right = right << 1 | 1;
        plus = left << 1 | ~(zero | right);
        minus = right & zero;
    }
    return score;
}

/* One column of the words; returns the change of the last row. */
static int advance(uint64_t *vertical, const uint64_t *bits, uint32_t words, uint32_t top)
{
    uint64_t right_in = 1, left_in = 0; /* row 0 grows by one a column */
    int change = 0;
    for (uint32_t w = 0; w < words; w++) {
        uint64_t plus = vertical[2 * w], minus = vertical[2 * w + 1];
        uint64_t equal = bits[w], below = equal | minus;
        equal |= left_in;
        uint64_t zero = (((equal & plus) + plus) ^ plus) | equal;
        uint64_t right = minus | ~(zero | plus), left = zero & plus;
        uint32_t last = w + 1 == words ? top : 63;
        uint64_t right_out = (right >> last) & 1, left_out = (left >> last) & 1;
        change = (int)right_out - (int)left_out;
        right = right << 1 | right_in;
        left = left << 1 | left_in;
        vertical[2 * w] = left | ~(below | right);
        vertical[2 * w + 1] = right & below;
        right_in = right_out;
        left_in = left_out;
    }
    return change;
}

static uint32_t distance_in_words(ty_pattern *pattern, const uint32_t *tokens, size_t count, uint32_t limit)
{
    uint64_t *vertical = pattern->vertical.items;
    for (uint32_t w = 0; w < pattern->words; w++) {
        vertical[2 * w] = ~UINT64_C(0);
        vertical[2 * w + 1] = 0;
    }
    uint32_t top = (pattern->size - 1) % 64;
    int64_t score = pattern->size;
    for (size_t i = 0; i < count; i++) {
        score += advance(vertical, bits_of(pattern, tokens[i]), pattern->words, top);
        if (score > (int64_t)(limit + (count - 1 - i)))
            return limit + 1;
    }
    return (uint32_t)score;
}

uint32_t ty_pattern_distance(ty_pattern *pattern, const uint32_t *tokens, size_t count, uint32_t limit)
{
    size_t apart = count > pattern->size ? count - pattern->size : pattern->size - count;
    if (apart > limit)
        return limit + 1;
    if (pattern->size == 0 || count == 0)
        return (uint32_t)apart;
    return pattern->words == 1 ? distance_in_word(pattern, tokens, count, limit)
                               : distance_in_words(pattern, tokens, count, limit);
}
