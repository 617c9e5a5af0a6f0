/* The score of a bead: which words meet, and what that says, in beads of any size. */
#include "internal.h"
#include "align/weights.h"

static inline void set_bit(uint64_t *bits, uint32_t bit)
{
    bits[bit / 64] |= (uint64_t)1 << (bit % 64);
}

/* The first posting of a word at or after a sentence. */
static uint32_t first_posting(const ty_side *side, uint32_t word, uint32_t sentence)
{
    uint32_t low = side->posting_starts[word], high = side->posting_starts[word + 1];
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        if (side->postings[middle].sentence < sentence)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

/* What the words of one sentence gain by what they met, above all being absent. */
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

void ty_model_meet(const ty_model *model, uint32_t i, uint32_t begin, uint32_t end, ty_meeting *row)
{
    const ty_side *source = model->sides[0], *target = model->sides[1];
    memset(row, 0, (end - begin) * sizeof *row);
    for (uint32_t bit = 0, k = source->bit_starts[i]; k < source->bit_starts[i + 1]; k++, bit++) {
        uint32_t word = source->bits.items[k];
        for (uint32_t l = model->links->starts[word]; l < model->links->starts[word + 1]; l++) {
            const ty_word_link *link = &model->links->list.items[l];
            uint32_t stop = target->posting_starts[link->target + 1];
            for (uint32_t p = first_posting(target, link->target, begin); p < stop; p++) {
                const ty_posting *found = &target->postings[p];
                if (found->sentence >= end)
                    break;
                ty_meeting *cell = &row[found->sentence - begin];
                set_bit(link->weak ? cell->weak[0] : cell->strong[0], bit);
                set_bit(link->weak ? cell->weak[1] : cell->strong[1], found->bit);
            }
        }
    }
    for (uint32_t j = begin; j < end; j++) {
        ty_meeting *cell = &row[j - begin];
        cell->worth[0] = gain_sum(model, 0, i, 0, cell->strong[0], cell->weak[0]);
        cell->worth[1] = gain_sum(model, 1, j, 0, cell->strong[1], cell->weak[1]);
    }
}

/* A sentence whose words say little for it, though there are words that could: what is it doing here? */
static float bare_cost(const ty_model *model, int which, uint32_t sentence, float gained)
{
    float lack = 1 - gained / ty_align_weights.support;
    bool line = model->sides[which]->kinds[sentence] != LINE_SENTENCE;
    float cost = line ? ty_align_weights.bare_line : ty_align_weights.bare;
    return lack > 0 ? cost * lack * model->testable[which][sentence] : 0;
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

/* What the words of sentence x of one side gain by all those of the other. */
static float gain_among(const ty_model *model, int which, uint32_t sentence, const ty_meeting *const *cells,
                        uint32_t count, uint32_t *twice)
{
    uint64_t strong[BIT_WORDS] = {0}, weak[BIT_WORDS] = {0};
    if (count == 1)
        return cells[0]->worth[which];
    for (uint32_t k = 0; k < count; k++)
        *twice += add_meetings(strong, weak, cells[k], which);
    return gain_sum(model, which, sentence, count - 1, strong, weak);
}

static float score_words(const ty_model *model, uint32_t i, uint32_t a, uint32_t j, uint32_t b,
                         const ty_meeting *const *rows, const uint32_t *begins)
{
    float score = 0;
    uint32_t twice = 0;
    const ty_meeting *cells[BEAD_MAX];
    for (int which = 0; which < 2; which++) {
        uint32_t own = which ? b : a, others = which ? a : b, first = which ? j : i;
        for (uint32_t x = 0; x < own; x++) {
            for (uint32_t y = 0; y < others; y++) {
                uint32_t row = which ? y : x, column = j + (which ? x : y);
                cells[y] = &rows[row][column - begins[row]];
            }
            float gained = gain_among(model, which, first + x, cells, others, &twice);
            score += model->absent[which][(first + x) * BEAD_MAX + others - 1] + gained;
            score -= bare_cost(model, which, first + x, gained);
        }
    }
    return score - ty_align_weights.twice * (float)twice;
}

#define REST_MAX 7.0f /* what length, kinds, signs and paragraphs may add */

/* What the words can say at most: each is met as well as in a bead of two, and none twice. */
static float bound_words(const ty_model *model, uint32_t i, uint32_t a, uint32_t j, uint32_t b,
                         const ty_meeting *const *rows, const uint32_t *begins)
{
    float bound = 0;
    for (uint32_t x = 0; x < a; x++) {
        bound += model->absent[0][(i + x) * BEAD_MAX + b - 1];
        for (uint32_t y = 0; y < b; y++) {
            const ty_meeting *cell = &rows[x][j + y - begins[x]];
            bound += cell->worth[0] + cell->worth[1];
        }
    }
    for (uint32_t y = 0; y < b; y++)
        bound += model->absent[1][(j + y) * BEAD_MAX + a - 1];
    return bound;
}

float ty_model_score(const ty_model *model, uint32_t i, uint32_t a, uint32_t j, uint32_t b,
                     const ty_meeting *const *rows, const uint32_t *begins, float least)
{
    float words = bound_words(model, i, a, j, b, rows, begins);
    if (words + REST_MAX < least)
        return words;
    float score = ty_features_score(model, i, a, j, b);
    if (words + score < least)
        return words + score;
    return score + score_words(model, i, a, j, b, rows, begins);
}
