/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Learning from an alignment: words that go together in its beads more often than chance would have it, by
 * the log-likelihood ratio of Dunning (1993). Of indirect associations (a word with the neighbour of its
 * translation) most fall to a rule of competition: a pair counts only where it is about the best of both
 * words.
 */
#include "internal.h"

#include <math.h>
#include <stdlib.h>

#define TOGETHER_MIN 2u
#define TAUGHT_MIN 4u     /* for what goes on to other documents: of pairs seen less often much is noise */
#define RATIO_MIN 8.0f    /* of the log-likelihood: beyond chance at one in two hundred */
#define SHARE_MIN 0.34f   /* of the beads with either word that have both */
#define COMPETITION 0.75f /* of the best pair of either word */

typedef struct ty_learn_candidate {
    uint32_t source, target, together;
    float ratio;
} ty_learn_candidate;

typedef TY_VECTOR(ty_learn_candidate) ty_candidates;

/* The beads as two lists: which bead a sentence is in, and the words of the target side of each. */
typedef struct ty_bead_table {
    const ty_side *sides[2];
    uint32_t *bead_of; /* by source sentence; UINT32_MAX in none that counts */
    uint32_t *uses[2]; /* by word: beads with it */
    const ty_bead *beads;
    size_t count;
    uint32_t counted; /* beads that count */
} ty_bead_table;

static bool counts(const ty_bead *bead)
{
    return bead->source_count && bead->target_count && bead->confidence >= 0.5f;
}

static bool is_learnable(const ty_side *side, uint32_t word)
{
    char kind = ty_word_kind(side, word);
    return kind == WORD_PLAIN || kind == WORD_ACRONYM || kind == WORD_HEADWORD || kind == WORD_KATAKANA ||
           kind == WORD_CHUNK;
}

/* In how many beads each word is. */
static void count_uses(const ty_side *side, const ty_bead *beads, size_t count, bool target, uint32_t *uses,
                       uint32_t *seen)
{
    for (size_t k = 0; k < count; k++) {
        if (!counts(&beads[k]))
            continue;
        uint32_t first = target ? beads[k].target_start : beads[k].source_start;
        uint32_t last = first + (target ? beads[k].target_count : beads[k].source_count);
        for (uint32_t b = side->bit_starts[first]; b < side->bit_starts[last]; b++) {
            uint32_t word = side->bits.items[b];
            if (seen[word] == k + 1)
                continue;
            seen[word] = (uint32_t)k + 1;
            uses[word]++;
        }
    }
}

static double plogp(double n, double p)
{
    return n > 0 ? n * log(p) : 0;
}

/* -2 log lambda of a two by two table: together, source only, target only, neither. */
static float likelihood_ratio(uint32_t together, uint32_t source, uint32_t target, uint32_t all)
{
    double k1 = together, n1 = source, k2 = (double)target - together, n2 = (double)all - source;
    double p = (double)target / all, p1 = k1 / n1, p2 = n2 > 0 ? k2 / n2 : 0;
    double free = plogp(k1, p1) + plogp(n1 - k1, 1 - p1) + plogp(k2, p2) + plogp(n2 - k2, 1 - p2);
    double bound = plogp(k1, p) + plogp(n1 - k1, 1 - p) + plogp(k2, p) + plogp(n2 - k2, 1 - p);
    return p1 > p ? (float)(2 * (free - bound)) : 0;
}

/* The candidates of one source word: `sums` and `last` are scratch by target word. */
static bool pair_word(const ty_bead_table *table, uint32_t word, uint32_t *sums, uint32_t *last,
                      uint32_t *touched, ty_candidates *out)
{
    const ty_side *source = table->sides[0], *target = table->sides[1];
    uint32_t count = 0, previous = UINT32_MAX;
    for (uint32_t p = source->posting_starts[word]; p < source->posting_starts[word + 1]; p++) {
        uint32_t bead = table->bead_of[source->postings[p].sentence];
        if (bead == UINT32_MAX || bead == previous)
            continue;
        previous = bead;
        uint32_t first = table->beads[bead].target_start, end = first + table->beads[bead].target_count;
        for (uint32_t b = target->bit_starts[first]; b < target->bit_starts[end]; b++) {
            uint32_t other = target->bits.items[b];
            if (table->uses[1][other] < TOGETHER_MIN || last[other] == bead + 1)
                continue;
            last[other] = bead + 1;
            if (sums[other]++ == 0)
                touched[count++] = other;
        }
    }
    bool good = true;
    for (uint32_t k = 0; k < count; k++) {
        uint32_t other = touched[k], together = sums[other], more = table->uses[0][word];
        if (table->uses[1][other] > more)
            more = table->uses[1][other];
        sums[other] = last[other] = 0;
        if (together < TOGETHER_MIN || (float)together < SHARE_MIN * (float)more ||
            !is_learnable(target, other))
            continue;
        float ratio = likelihood_ratio(together, table->uses[0][word], table->uses[1][other], table->counted);
        if (ratio >= RATIO_MIN)
            good = good && ty_vector_push(out, ((ty_learn_candidate){word, other, together, ratio}));
    }
    return good;
}

static bool pair_all(const ty_bead_table *table, ty_candidates *out)
{
    size_t words = table->sides[1]->words.list.count;
    uint32_t *sums = calloc(words + 1, sizeof *sums), *last = calloc(words + 1, sizeof *last);
    uint32_t *touched = malloc((words + 1) * sizeof *touched);
    bool good = sums && last && touched;
    for (uint32_t w = 0; w < table->sides[0]->words.list.count && good; w++)
        if (table->uses[0][w] >= TOGETHER_MIN && is_learnable(table->sides[0], w))
            good = pair_word(table, w, sums, last, touched, out);
    free(sums);
    free(last);
    free(touched);
    return good;
}

/* Keeps the pairs that are about the best of both their words. */
static bool compete(const ty_bead_table *table, ty_candidates *list)
{
    float *best[2] = {calloc(table->sides[0]->words.list.count + 1, sizeof(float)),
                      calloc(table->sides[1]->words.list.count + 1, sizeof(float))};
    bool good = best[0] && best[1];
    size_t kept = 0;
    for (size_t k = 0; k < list->count && good; k++) {
        ty_learn_candidate *item = &list->items[k];
        if (item->ratio > best[0][item->source])
            best[0][item->source] = item->ratio;
        if (item->ratio > best[1][item->target])
            best[1][item->target] = item->ratio;
    }
    for (size_t k = 0; k < list->count && good; k++) {
        const ty_learn_candidate *item = &list->items[k];
        if (item->ratio >= COMPETITION * best[0][item->source] &&
            item->ratio >= COMPETITION * best[1][item->target])
            list->items[kept++] = *item;
    }
    list->count = kept;
    free(best[0]);
    free(best[1]);
    return good;
}

static bool table_init(ty_bead_table *table, const ty_side *source, const ty_side *target,
                       const ty_bead *beads, size_t count)
{
    *table = (struct ty_bead_table){.sides = {source, target}, .beads = beads, .count = count};
    size_t words = source->words.list.count > target->words.list.count ? source->words.list.count
                                                                       : target->words.list.count;
    table->bead_of = malloc((source->in->count + 1) * sizeof *table->bead_of);
    uint32_t *seen = malloc((words + 1) * sizeof *seen);
    bool good = table->bead_of && seen;
    if (good)
        memset(table->bead_of, 0xFF, (source->in->count + 1) * sizeof *table->bead_of);
    for (int w = 0; w < 2; w++) {
        table->uses[w] = calloc(table->sides[w]->words.list.count + 1, sizeof *table->uses[w]);
        good = good && table->uses[w];
        if (!good)
            continue;
        memset(seen, 0, (words + 1) * sizeof *seen);
        count_uses(table->sides[w], beads, count, w == 1, table->uses[w], seen);
    }
    for (size_t k = 0; k < count && good; k++) {
        if (!counts(&beads[k]))
            continue;
        table->counted++;
        for (uint32_t s = 0; s < beads[k].source_count; s++)
            table->bead_of[beads[k].source_start + s] = (uint32_t)k;
    }
    free(seen);
    return good;
}

static bool learn_pairs(const ty_side *source, const ty_side *target, const ty_bead *beads, size_t count,
                        ty_candidates *out)
{
    ty_bead_table table;
    bool good =
        table_init(&table, source, target, beads, count) && pair_all(&table, out) && compete(&table, out);
    free(table.bead_of);
    free(table.uses[0]);
    free(table.uses[1]);
    return good;
}

ty_status ty_learn_links(ty_word_links *links, const ty_side *source, const ty_side *target,
                         const ty_bead *beads, size_t count, ty_error *error)
{
    ty_candidates found = {0};
    bool good = learn_pairs(source, target, beads, count, &found);
    links->list.count = links->found.count;
    if (links->found.count)
        memcpy(links->list.items, links->found.items, links->found.count * sizeof *links->found.items);
    for (size_t k = 0; k < found.count && good; k++) {
        ty_word_link item = {found.items[k].source, found.items[k].target, LINK_LEARNT,
                             found.items[k].together < 3, 0};
        good = ty_vector_push(&links->list, item);
    }
    ty_vector_release(&found);
    return good ? ty_links_index(links, source, target, error) : ty_error_nomem(error);
}

/* ------------------------------------------------------------------------------------------ for the memory
 */

static int compare_learnt(const void *a, const void *b)
{
    const ty_learnt *x = a, *y = b;
    if (x->score != y->score)
        return x->score > y->score ? -1 : 1;
    int order = ty_slice_compare(x->source, y->source);
    return order ? order : ty_slice_compare(x->target, y->target);
}

/* A form of the word as it stands in the text; the first. */
static ty_slice written_form(const ty_side *side, uint32_t word, ty_arena *arena)
{
    uint32_t sentence = side->postings[side->posting_starts[word]].sentence;
    for (uint32_t k = side->token_starts[sentence]; k < side->token_starts[sentence + 1]; k++) {
        const ty_align_token *token = &side->tokens.items[k];
        if (token->word == word)
            return ty_arena_copy(arena,
                                 ty_slice_sub(side->in->sentences[sentence], token->start, token->end));
    }
    return ty_arena_copy(arena, ty_word_key(side, word));
}

static ty_status list_learnt(const ty_side sides[2], const ty_candidates *found, ty_arena *arena,
                             ty_learnt_pairs *out, ty_error *error)
{
    for (size_t k = 0; k < found->count; k++) {
        const ty_learn_candidate *item = &found->items[k];
        if (item->together < TAUGHT_MIN)
            continue;
        ty_learnt pair = {written_form(&sides[0], item->source, arena),
                          written_form(&sides[1], item->target, arena), item->together, item->ratio};
        if (arena->failed || !ty_vector_push(out, pair))
            return ty_error_nomem(error);
    }
    if (out->count > 1)
        qsort(out->items, out->count, sizeof *out->items, compare_learnt);
    return TY_OK;
}

/* A bead for each pair of texts. */
static ty_status one_to_one(size_t count, ty_beads *out, ty_error *error)
{
    for (size_t k = 0; k < count; k++) {
        ty_bead bead = {(uint32_t)k, 1, (uint32_t)k, 1, 1};
        if (!ty_vector_push(out, bead))
            return ty_error_nomem(error);
    }
    return TY_OK;
}

ty_status ty_align_learn(ty_slice source_lang, const ty_slice *source, ty_slice target_lang,
                         const ty_slice *target, size_t count, ty_arena *arena, ty_learnt_pairs *out,
                         ty_error *error)
{
    ty_align_side in[2] = {{source, NULL, count, source_lang}, {target, NULL, count, target_lang}};
    ty_side sides[2] = {{0}, {0}};
    ty_candidates found = {0};
    ty_beads beads = {0};
    ty_status status = one_to_one(count, &beads, error);
    for (int k = 0; k < 2 && status == TY_OK; k++)
        status = ty_side_init(&sides[k], &in[k], k ? TY_LEXICON_TARGET : TY_LEXICON_SOURCE, in[!k].lang, NULL,
                              error);
    if (status == TY_OK && !learn_pairs(&sides[0], &sides[1], beads.items, count, &found))
        status = ty_error_nomem(error);
    if (status == TY_OK)
        status = list_learnt(sides, &found, arena, out, error);
    ty_vector_release(&beads);
    ty_vector_release(&found);
    ty_side_release(&sides[0]);
    ty_side_release(&sides[1]);
    return status;
}
