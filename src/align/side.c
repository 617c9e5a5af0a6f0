/* SPDX-License-Identifier: Apache-2.0 */
/* A side made ready: its words as bits of sentences, where each stands, what may be expected to meet it. */
#include "internal.h"

#include <stdlib.h>

/* ------------------------------------------------------------------------------------------ bits */

static int compare_numbers(const void *a, const void *b)
{
    uint64_t x = *(const uint64_t *)a, y = *(const uint64_t *)b;
    return (x > y) - (x < y);
}

typedef TY_VECTOR(uint64_t) ty_sorted_words;

#define FEW 32 /* so many are quicker sorted by insertion; most sentences have fewer words */

static void sort_words(uint64_t *items, size_t count)
{
    if (count > FEW) {
        qsort(items, count, sizeof *items, compare_numbers);
        return;
    }
    for (size_t k = 1; k < count; k++) {
        uint64_t item = items[k];
        size_t at = k;
        for (; at > 0 && item < items[at - 1]; at--)
            items[at] = items[at - 1];
        items[at] = item;
    }
}

/* The different words of a sentence; when there are too many, those that are rarest in the text. */
static bool sentence_words(const ty_side *side, size_t sentence, const uint32_t *uses, ty_sorted_words *words)
{
    ty_vector_clear(words);
    for (uint32_t k = side->token_starts[sentence]; k < side->token_starts[sentence + 1]; k++)
        if (!ty_vector_push(words, side->tokens.items[k].word))
            return false;
    sort_words(words->items, words->count);
    size_t kept = 0;
    for (size_t k = 0; k < words->count; k++)
        if (k == 0 || words->items[k] != words->items[k - 1])
            words->items[kept++] = words->items[k];
    words->count = kept;
    if (kept <= BITS_MAX)
        return true;
    for (size_t k = 0; k < kept; k++)
        words->items[k] |= (uint64_t)uses[words->items[k]] << 32;
    qsort(words->items, kept, sizeof *words->items, compare_numbers);
    words->count = BITS_MAX;
    for (size_t k = 0; k < BITS_MAX; k++)
        words->items[k] = (uint32_t)words->items[k];
    return true;
}

/* Tells the words that a sentence says more than once. */
static void mark_repeated(ty_side *side, size_t sentence, ty_sorted_words *words)
{
    const uint32_t *bits = side->bits.items + side->bit_starts[sentence];
    uint32_t count = side->token_starts[sentence + 1] - side->token_starts[sentence];
    size_t different = words->count;
    if (different == count)
        return;
    for (size_t k = 0; k < different; k++) {
        uint32_t times = 0;
        for (uint32_t t = side->token_starts[sentence]; t < side->token_starts[sentence + 1]; t++)
            times += side->tokens.items[t].word == bits[k];
        if (times > 1)
            side->again[sentence][k / 64] |= (uint64_t)1 << k % 64;
    }
}

static bool collect_bits(ty_side *side)
{
    ty_sorted_words words = {0};
    uint32_t *uses = calloc(side->words.list.count + 1, sizeof *uses);
    bool good = uses != NULL;
    for (size_t k = 0; good && k < side->tokens.count; k++)
        uses[side->tokens.items[k].word]++;
    for (size_t s = 0; good && s < side->in->count; s++) {
        side->bit_starts[s] = (uint32_t)side->bits.count;
        good = sentence_words(side, s, uses, &words);
        for (size_t k = 0; good && k < words.count; k++)
            good = ty_vector_push(&side->bits, (uint32_t)words.items[k]);
        if (good)
            mark_repeated(side, s, &words);
    }
    side->bit_starts[side->in->count] = (uint32_t)side->bits.count;
    ty_vector_release(&words);
    free(uses);
    return good;
}

static bool collect_postings(ty_side *side)
{
    size_t words = side->words.list.count;
    side->posting_starts = calloc(words + 2, sizeof *side->posting_starts);
    side->postings = malloc((side->bits.count + 1) * sizeof *side->postings);
    if (!side->posting_starts || !side->postings)
        return false;
    uint32_t *at = side->posting_starts + 1; /* shifted: after filling, at[w] is where w + 1 begins */
    for (size_t k = 0; k < side->bits.count; k++)
        at[side->bits.items[k] + 1]++;
    for (size_t w = 1; w <= words; w++)
        at[w] += at[w - 1];
    for (size_t s = 0; s < side->in->count; s++)
        for (uint32_t k = side->bit_starts[s]; k < side->bit_starts[s + 1]; k++)
            side->postings[at[side->bits.items[k]]++] = (ty_posting){(uint32_t)s, k - side->bit_starts[s]};
    return true;
}

/* ------------------------------------------------------------------------------------------ expectations */

/* What should meet a word in a translation, if anything: a word that nothing can meet tells nothing. */
static ty_link_class expected(const ty_side *side, uint32_t word, const ty_lexicon *lexicon)
{
    switch (ty_word_kind(side, word)) {
    case WORD_NUMBER: return ty_word_is_small_number(side, word) ? LINK_SMALL_NUMBER : LINK_NUMBER;
    case WORD_MARKER: return LINK_MARKER;
    case WORD_KATAKANA: return LINK_SOUND;
    case WORD_DESIGNATION: return LINK_SAME;
    case WORD_NOTE:
    case WORD_NEAR:
    case WORD_LINE:
    case WORD_CHUNK: return LINK_CLASSES;
    default: break;
    }
    bool known = lexicon && ty_lexicon_knows(lexicon, side->which, ty_word_key(side, word));
    return known                                                         ? LINK_DICTIONARY
           : side->unspaced && ty_word_kind(side, word) != WORD_HEADWORD ? LINK_SAME
                                                                         : LINK_CLASSES;
}

static bool expect_words(ty_side *side, const ty_lexicon *lexicon)
{
    side->known = malloc(side->words.list.count + 1);
    for (uint32_t w = 0; side->known && w < side->words.list.count; w++)
        side->known[w] = (uint8_t)expected(side, w, lexicon);
    return side->known != NULL;
}

ty_status ty_side_init(ty_side *side, const ty_align_side *in, ty_lexicon_side which, ty_slice other_lang,
                       const ty_lexicon *lexicon, ty_error *error)
{
    size_t count = in->count;
    *side = (struct ty_side){.in = in, .which = which, .other_lang = other_lang};
    side->unspaced = ty_lang_is_unspaced(in->lang);
    side->token_starts = calloc(count + 1, sizeof *side->token_starts);
    side->bit_starts = calloc(count + 1, sizeof *side->bit_starts);
    side->lengths = calloc(count + 1, sizeof *side->lengths);
    side->length_sums = calloc(count + 1, sizeof *side->length_sums);
    side->kinds = calloc(count + 1, 1);
    side->signs = calloc(count + 1, 1);
    side->goes_on = calloc(count + 1, sizeof *side->goes_on);
    side->inner = calloc(count + 1, 1);
    side->alone = calloc(count + 1, 1);
    side->again = calloc(count + 1, sizeof *side->again);
    if (!side->token_starts || !side->bit_starts || !side->lengths || !side->length_sums || !side->kinds ||
        !side->signs || !side->goes_on || !side->inner || !side->alone || !side->again)
        return ty_error_nomem(error);
    ty_status status = ty_side_scan(side, lexicon, error);
    if (status == TY_OK && (!collect_bits(side) || !collect_postings(side) || !expect_words(side, lexicon)))
        status = ty_error_nomem(error);
    return status;
}

void ty_side_release(ty_side *side)
{
    ty_strings_release(&side->words);
    ty_vector_release(&side->tokens);
    ty_vector_release(&side->bits);
    free(side->token_starts);
    free(side->bit_starts);
    free(side->posting_starts);
    free(side->postings);
    free(side->known);
    free(side->lengths);
    free(side->length_sums);
    free(side->kinds);
    free(side->signs);
    free(side->goes_on);
    free(side->inner);
    free(side->alone);
    free(side->again);
    *side = (struct ty_side){0};
}
