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
    *meetings = (struct ty_meetings){.model = model};
    meetings->passed = malloc((model->sides[1]->words.list.count + 1) * sizeof *meetings->passed);
    if (meetings->passed)
        memcpy(meetings->passed, model->sides[1]->posting_starts,
               model->sides[1]->words.list.count * sizeof *meetings->passed);
    return meetings->passed != NULL;
}

void ty_meetings_release(ty_meetings *meetings)
{
    for (int k = 0; k < BEAD_MAX; k++)
        free(meetings->rows[k].cells);
    free(meetings->passed);
}

const ty_meeting *ty_meetings_at(const ty_meetings *meetings, uint32_t i, uint32_t j)
{
    const ty_meeting_row *row = &meetings->rows[i % BEAD_MAX];
    return &row->cells[j - row->begin];
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
static void meet_links(ty_meetings *meetings, ty_meeting_row *row, uint32_t end, uint32_t word, uint32_t bit)
{
    const ty_model *model = meetings->model;
    const ty_side *target = model->sides[1];
    for (uint32_t l = model->links->starts[word]; l < model->links->starts[word + 1]; l++) {
        const ty_word_link *link = &model->links->list.items[l];
        uint32_t p = meetings->passed[link->target], stop = target->posting_starts[link->target + 1];
        while (p < stop && target->postings[p].sentence < row->begin)
            p++;
        meetings->passed[link->target] = p;
        for (; p < stop && target->postings[p].sentence < end; p++) {
            ty_meeting *cell = &row->cells[target->postings[p].sentence - row->begin];
            meet_word(cell, 0, bit, &model->gains[0][word], link->weak);
            meet_word(cell, 1, target->postings[p].bit, &model->gains[1][link->target], link->weak);
        }
    }
}

bool ty_meetings_add(ty_meetings *meetings, uint32_t i, uint32_t begin, uint32_t end)
{
    const ty_side *source = meetings->model->sides[0];
    ty_meeting_row *row = &meetings->rows[i % BEAD_MAX];
    if (end - begin + 1 > row->capacity) {
        free(row->cells);
        row->capacity = (end - begin + 1) * 2;
        row->cells = malloc(row->capacity * sizeof *row->cells);
        if (!row->cells) {
            row->capacity = 0;
            return false;
        }
    }
    row->begin = begin;
    memset(row->cells, 0, (end - begin + 1) * sizeof *row->cells);
    for (uint32_t k = source->bit_starts[i]; k < source->bit_starts[i + 1]; k++)
        meet_links(meetings, row, end, source->bits.items[k], k - source->bit_starts[i]);
    for (ty_meeting *cell = row->cells; cell < row->cells + (end - begin); cell++)
        cell[1].before = cell->before + cell->worth[0] + cell->worth[1];
    return true;
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

/* Adds up what words gain by being met among n + 1 sentences, above all being absent. */
static float gain_sum(const ty_model *model, int which, uint32_t sentence, unsigned n, const uint64_t *strong,
                      const uint64_t *weak)
{
    const uint32_t *words = model->sides[which]->bits.items + model->sides[which]->bit_starts[sentence];
    float sum = 0;
    for (unsigned k = 0; k < BIT_WORDS; k++) {
        for (uint64_t bits = strong[k]; bits; bits &= bits - 1)
            sum += model->gains[which][words[k * 64 + (unsigned)__builtin_ctzll(bits)]].strong[n];
        for (uint64_t bits = weak[k] & ~strong[k]; bits; bits &= bits - 1)
            sum += model->gains[which][words[k * 64 + (unsigned)__builtin_ctzll(bits)]].weak[n];
    }
    return sum;
}

/* Words of one sentence that two of the other side's meet: both cannot stand for them. */
static uint32_t add_meetings(uint64_t strong[BIT_WORDS], uint64_t weak[BIT_WORDS], const ty_meeting *cell,
                             int which)
{
    uint32_t twice = 0;
    for (unsigned k = 0; k < BIT_WORDS; k++) {
        for (uint64_t both = strong[k] & cell->strong[which][k]; both; both &= both - 1)
            twice++;
        strong[k] |= cell->strong[which][k];
        weak[k] |= cell->weak[which][k];
    }
    return twice;
}

/* What the words of one sentence say among `count` of the other side's, whose meetings with it are given. */
static float voice_of(const ty_model *model, int which, uint32_t sentence, ty_meeting *const *cells,
                      uint32_t count)
{
    uint64_t strong[BIT_WORDS] = {0}, weak[BIT_WORDS] = {0};
    uint32_t twice = 0;
    float gained = cells[0]->worth[which];
    if (count > 1) {
        for (uint32_t k = 0; k < count; k++)
            twice += add_meetings(strong, weak, cells[k], which);
        gained = gain_sum(model, which, sentence, count - 1, strong, weak);
    }
    return model->absent[which][sentence * BEAD_MAX + count - 1] + gained -
           bare_cost(model, which, sentence, gained) - ty_align_weights.twice * (float)twice;
}

/* The same, from the first of the meetings, where it is kept. */
static inline float kept_voice(const ty_model *model, int which, uint32_t sentence, ty_meeting *const *cells,
                               uint32_t count)
{
    uint16_t bit = (uint16_t)(1u << (which * BEAD_MAX + (int)count - 1));
    float *voice = &cells[0]->voices[which][count - 1];
    if (!(cells[0]->spoken & bit)) {
        *voice = voice_of(model, which, sentence, cells, count);
        cells[0]->spoken |= bit;
    }
    return *voice;
}

/* ------------------------------------------------------------------------------------------ beads */

static float score_words(const ty_model *model, uint32_t i, uint32_t a, uint32_t j, uint32_t b,
                         ty_meeting *const *rows)
{
    ty_meeting *cells[BEAD_MAX];
    float score = 0;
    for (uint32_t x = 0; x < a; x++) {
        for (uint32_t y = 0; y < b; y++)
            cells[y] = &rows[x][y];
        score += kept_voice(model, 0, i + x, cells, b);
    }
    for (uint32_t y = 0; y < b; y++) {
        for (uint32_t x = 0; x < a; x++)
            cells[x] = &rows[x][y];
        score += kept_voice(model, 1, j + y, cells, a);
    }
    return score;
}

/* What the words can say at most: each is met as well as in a bead of two, and none twice. */
static float bound_words(const ty_model *model, uint32_t i, uint32_t j, int shape, ty_meeting *const *rows)
{
    uint32_t a = ty_bead_shapes[shape].source, b = ty_bead_shapes[shape].target;
    float bound = model->nothing[0][i * SHAPE_COUNT + (uint32_t)shape] +
                  model->nothing[1][j * SHAPE_COUNT + (uint32_t)shape];
    for (uint32_t x = 0; x < a; x++)
        bound += rows[x][b].before - rows[x]->before;
    return bound;
}

float ty_model_score(ty_meetings *meetings, uint32_t i, uint32_t j, int shape, float least)
{
    const ty_model *model = meetings->model;
    uint32_t a = ty_bead_shapes[shape].source, b = ty_bead_shapes[shape].target;
    ty_meeting *rows[BEAD_MAX];
    for (uint32_t x = 0; x < a; x++) {
        const ty_meeting_row *row = &meetings->rows[(i + x) % BEAD_MAX];
        rows[x] = &row->cells[j - row->begin];
    }
    float words = bound_words(model, i, j, shape, rows);
    float rest = ty_features_score(model, i, a, j, b, least - words);
    return words + rest < least ? words + rest : rest + score_words(model, i, a, j, b, rows);
}
