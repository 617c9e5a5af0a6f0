/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The score of a bead: which words meet, and what that says, in beads of any size.
 *
 * Sentences meet row by row, as the search comes to them: a source sentence and all target sentences it may
 * share a bead with. What the words of one sentence say in beads with the same sentences of the other side is
 * worked out once: beads of several sentences share it.
 */
#include "internal.h"
#include "align/weights.h"

#include <stdlib.h>

/* ------------------------------------------------------------------------------------------ meetings */

bool ty_meetings_init(ty_meetings *meetings, const ty_model *model)
{
    const ty_side *target = model->sides[1];
    uint32_t words = (uint32_t)target->words.list.count;
    *meetings = (struct ty_meetings){.model = model};
    meetings->next = malloc((words + 1) * sizeof *meetings->next);
    for (uint32_t w = 0; w < words && meetings->next; w++)
        meetings->next[w] = (ty_next_posting){target->posting_starts[w], 0};
    return meetings->next != NULL;
}

void ty_meetings_release(ty_meetings *meetings)
{
    for (int k = 0; k < BEAD_MAX; k++) {
        free(meetings->rows[k].cells);
        free(meetings->rows[k].sums);
    }
    free(meetings->next);
}

/* Passes the postings of a word before a sentence; the first that is left. */
static uint32_t pass_postings(ty_meetings *meetings, uint32_t word, uint32_t sentence)
{
    const ty_side *target = meetings->model->sides[1];
    uint32_t p = meetings->next[word].posting, stop = target->posting_starts[word + 1];
    while (p < stop && target->postings[p].sentence < sentence)
        p++;
    meetings->next[word] = (ty_next_posting){p, p < stop ? target->postings[p].sentence : UINT32_MAX};
    return p;
}

/* A word of one sentence is met: sets its bit and adds what it gains by that. Whatever was met weakly before
 * and strongly now counts as strong. */
static inline void meet_word(ty_meeting *cell, int which, uint32_t bit, const ty_word_gain *gain, bool weak)
{
    uint64_t mask = (uint64_t)1 << (bit % 64), *strong = &cell->strong[which][bit / 64],
             *weakly = &cell->weak[which][bit / 64];
    if (*strong & mask || (weak && *weakly & mask))
        return;
    if (*weakly & mask)
        cell->worth[which] -= gain->weak[0];
    cell->worth[which] += weak ? gain->weak[0] : gain->strong[0];
    *strong |= weak ? 0 : mask;
    *weakly = weak ? *weakly | mask : *weakly & ~mask;
}

/* A word of the source sentence, the row's `bit`, meets what it is linked to. */
static void meet_links(ty_meetings *meetings, ty_meeting_row *row, uint32_t word, uint32_t bit)
{
    const ty_model *model = meetings->model;
    const ty_side *target = model->sides[1];
    for (uint32_t l = model->links->starts[word]; l < model->links->starts[word + 1]; l++) {
        const ty_word_link *link = &model->links->list.items[l];
        if (meetings->next[link->target].sentence >= row->end)
            continue;
        uint32_t stop = target->posting_starts[link->target + 1];
        for (uint32_t p = pass_postings(meetings, link->target, row->begin); p < stop; p++) {
            const ty_posting *found = &target->postings[p];
            if (found->sentence >= row->end)
                break;
            ty_meeting *cell = &row->cells[found->sentence - row->begin];
            meet_word(cell, 0, bit, &model->gains[0][word], link->weak);
            meet_word(cell, 1, found->bit, &model->gains[1][link->target], link->weak);
        }
    }
}

/* Makes a row empty and gives it room for sentences [begin, end). */
static bool row_clear(ty_meeting_row *row, uint32_t begin, uint32_t end)
{
    uint32_t count = end - begin;
    if (!row->cells || count > row->capacity) {
        free(row->cells);
        free(row->sums);
        *row = (ty_meeting_row){.capacity = count * 2,
                                .cells = malloc((count * 2 + 1) * sizeof *row->cells),
                                .sums = malloc((count * 2 + 1) * sizeof *row->sums)};
        if (!row->cells || !row->sums)
            return false;
    }
    row->begin = begin;
    row->end = end;
    memset(row->cells, 0, count * sizeof *row->cells);
    return true;
}

static void sum_up(ty_meeting_row *row, const ty_meeting_row *before)
{
    float own = 0;
    for (uint32_t j = row->begin; j <= row->end; j++) {
        float *sums = row->sums[j - row->begin];
        const float *more =
            before->cells ? before->sums[(j < before->end ? j : before->end) - before->begin] : NULL;
        sums[0] = own;
        for (int a = 1; a < BEAD_MAX; a++)
            sums[a] = own + (more ? more[a - 1] : 0);
        if (j < row->end)
            own += row->cells[j - row->begin].worth[0] + row->cells[j - row->begin].worth[1];
    }
}

bool ty_meetings_add(ty_meetings *meetings, uint32_t i, uint32_t begin, uint32_t end)
{
    const ty_side *source = meetings->model->sides[0];
    ty_meeting_row row = meetings->rows[BEAD_MAX - 1];
    memmove(meetings->rows + 1, meetings->rows, (BEAD_MAX - 1) * sizeof row);
    bool good = row_clear(&row, begin, end);
    for (uint32_t k = source->bit_starts[i]; k < source->bit_starts[i + 1] && good; k++)
        meet_links(meetings, &row, source->bits.items[k], k - source->bit_starts[i]);
    if (good)
        sum_up(&row, &meetings->rows[1]);
    meetings->rows[0] = row;
    meetings->last = i;
    return good;
}

/* ------------------------------------------------------------------------------------------ voices */

/* A sentence whose words say little for it, though there are words that could: what is it doing here? */
static float bare_cost(const ty_model *model, int which, uint32_t sentence, float gained)
{
    float lack = 1 - gained / ty_align_weights.support;
    bool line = model->sides[which]->kinds[sentence] != LINE_SENTENCE;
    float cost = line ? ty_align_weights.bare_line : ty_align_weights.bare;
    return lack > 0 ? cost * lack * model->testable[which][sentence] : 0;
}

/* What lies between two neighbours of a row of values. */
static inline float between(const float *values, ty_align_among among)
{
    return values[among.whole] + among.part * (values[among.whole + 1] - values[among.whole]);
}

/* Adds up what words gain by being met among so many sentences, above all being absent. */
static float gain_sum(const ty_model *model, int which, uint32_t sentence, ty_align_among among,
                      const uint64_t *strong, const uint64_t *weak)
{
    const uint32_t *words = model->sides[which]->bits.items + model->sides[which]->bit_starts[sentence];
    const ty_word_gain *gains = model->gains[which];
    float sum = 0;
    for (unsigned k = 0; k < BIT_WORDS; k++) {
        for (uint64_t bits = strong[k]; bits; bits &= bits - 1)
            sum += between(gains[words[k * 64 + (unsigned)__builtin_ctzll(bits)]].strong, among);
        for (uint64_t bits = weak[k] & ~strong[k]; bits; bits &= bits - 1)
            sum += between(gains[words[k * 64 + (unsigned)__builtin_ctzll(bits)]].weak, among);
    }
    return sum;
}

/* Words that one sentence says once and two of the other side's meet: both cannot stand for them. */
static uint32_t add_meetings(uint64_t strong[BIT_WORDS], uint64_t weak[BIT_WORDS], const ty_meeting *cell,
                             int which, const uint64_t again[BIT_WORDS])
{
    uint32_t twice = 0;
    for (unsigned k = 0; k < BIT_WORDS; k++) {
        for (uint64_t both = strong[k] & cell->strong[which][k] & ~again[k]; both; both &= both - 1)
            twice++;
        strong[k] |= cell->strong[which][k];
        weak[k] |= cell->weak[which][k];
    }
    return twice;
}

/* What the words of one sentence say among `count` of the other side's from `other` on, whose meetings with
 * it are given. */
static float voice_of(const ty_model *model, int which, uint32_t sentence, const ty_meeting *const *cells,
                      uint32_t other, uint32_t count)
{
    uint64_t strong[BIT_WORDS] = {0}, weak[BIT_WORDS] = {0};
    uint32_t twice = 0;
    float gained = cells[0]->worth[which];
    ty_align_among among = model->runs[!which][other * BEAD_MAX + count - 1].among;
    if (count > 1) {
        for (uint32_t k = 0; k < count; k++)
            twice += add_meetings(strong, weak, cells[k], which, model->sides[which]->again[sentence]);
        gained = gain_sum(model, which, sentence, among, strong, weak);
    }
    return between(&model->absent[which][sentence * BEAD_MAX], among) + gained -
           bare_cost(model, which, sentence, gained) - ty_align_weights.twice * (float)twice;
}

/* Is it still to be worked out what a sentence says among so many? Told once. */
static inline bool is_silent(ty_meeting *first, int which, uint32_t count)
{
    uint16_t bit = (uint16_t)(1u << (which * BEAD_MAX + (int)count - 1));
    bool silent = !(first->spoken & bit);
    first->spoken |= bit;
    return silent;
}

static float source_voice(const ty_model *model, uint32_t sentence, ty_meeting *cells, uint32_t other,
                          uint32_t count)
{
    if (is_silent(cells, 0, count)) {
        const ty_meeting *among[BEAD_MAX];
        for (uint32_t k = 0; k < count; k++)
            among[k] = &cells[k];
        cells->voices[0][count - 1] = voice_of(model, 0, sentence, among, other, count);
    }
    return cells->voices[0][count - 1];
}

static float target_voice(const ty_model *model, uint32_t sentence, ty_meeting *const *rows, uint32_t column,
                          uint32_t other, uint32_t count)
{
    ty_meeting *first = &rows[0][column];
    if (is_silent(first, 1, count)) {
        const ty_meeting *among[BEAD_MAX];
        for (uint32_t k = 0; k < count; k++)
            among[k] = &rows[k][column];
        first->voices[1][count - 1] = voice_of(model, 1, sentence, among, other, count);
    }
    return first->voices[1][count - 1];
}

/* ------------------------------------------------------------------------------------------ beads */

/* What the words of a bead can say at most: each is met as well as in a bead of two, and none twice. */
static float bound_words(const ty_meetings *meetings, uint32_t i, uint32_t j, int shape)
{
    const ty_model *model = meetings->model;
    uint32_t a = ty_bead_shapes[shape].source, b = ty_bead_shapes[shape].target;
    float(*sums)[BEAD_MAX] = &meetings->rows[0].sums[j - meetings->rows[0].begin];
    return model->nothing[0][i * SHAPE_COUNT + (uint32_t)shape] +
           model->nothing[1][j * SHAPE_COUNT + (uint32_t)shape] + sums[b][a - 1] - sums[0][a - 1];
}

static float score_words(const ty_meetings *meetings, uint32_t i, uint32_t a, uint32_t j, uint32_t b)
{
    const ty_model *model = meetings->model;
    ty_meeting *rows[BEAD_MAX];
    float score = 0;
    for (uint32_t x = 0; x < a; x++) {
        const ty_meeting_row *row = &meetings->rows[a - 1 - x];
        rows[x] = &row->cells[j - row->begin];
        score += source_voice(model, i + x, rows[x], j, b);
    }
    for (uint32_t y = 0; y < b; y++)
        score += target_voice(model, j + y, rows, y, i, a);
    return score;
}

float ty_model_score(ty_meetings *meetings, uint32_t j, int shape, float least)
{
    const ty_model *model = meetings->model;
    uint32_t a = ty_bead_shapes[shape].source, b = ty_bead_shapes[shape].target, i = meetings->last + 1 - a;
    float words = bound_words(meetings, i, j, shape);
    float rest = ty_features_score(model, i, a, j, b, least - words);
    return words + rest < least ? words + rest : rest + score_words(meetings, i, a, j, b);
}
