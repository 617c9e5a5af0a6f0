/*
 * The model: what a bead is worth, as log odds of "these stand for each other" against "these met by chance
 * in this document". Every part of it is the log of a ratio of two probabilities, so that a sentence without
 * partner, which says nothing, is worth 0 and its prior.
 */
#include "internal.h"
#include "align/weights.h"

#include <math.h>
#include <stdlib.h>

/* The shape of Gale and Church (1993), with the larger beads that releases have; gaps first. */
const ty_bead_shape ty_bead_shapes[SHAPE_COUNT] = {
    {1, 0}, {0, 1}, {1, 1}, {1, 2}, {2, 1}, {1, 3}, {3, 1}, {1, 4}, {4, 1}, {1, 5},
    {5, 1}, {1, 6}, {6, 1}, {2, 2}, {2, 3}, {3, 2}, {3, 3}, {2, 4}, {4, 2},
};

/* ------------------------------------------------------------------------------------------ words */

typedef struct ty_meeter {
    uint32_t *strong_seen, *weak_seen; /* by sentence of the other side: the last word that met it, + 1 */
    uint32_t strong, weak;             /* sentences met */
    int class;                         /* the best class among the links, -1 without any */
    uint32_t stamp;
} ty_meeter;

static void meet_word(ty_meeter *meeter, const ty_side *other, uint32_t word, const ty_word_link *link,
                      const ty_class_rate *rates)
{
    uint32_t *seen = link->weak ? meeter->weak_seen : meeter->strong_seen;
    uint32_t *count = link->weak ? &meeter->weak : &meeter->strong;
    for (uint32_t k = other->posting_starts[word]; k < other->posting_starts[word + 1]; k++) {
        uint32_t sentence = other->postings[k].sentence;
        if (seen[sentence] == meeter->stamp)
            continue;
        seen[sentence] = meeter->stamp;
        ++*count;
    }
    if (meeter->class < 0 || rates[link->class].strong > rates[meeter->class].strong)
        meeter->class = link->class;
}

static float among(float share, unsigned n)
{
    return 1.0f - powf(1.0f - share, (float)n);
}

static float clip(float value, float low, float high)
{
    return value < low ? low : value > high ? high : value;
}

/*
 * Shares by chance are counted over the document without the sentence in question, and drawn towards a small
 * share, so that in a short text a word met once still says something, but not everything.
 */
static ty_word_gain gain_of(const ty_meeter *meeter, const ty_class_rate *rate, size_t count)
{
    const float drawn = ty_align_weights.drawn, towards = ty_align_weights.chance;
    float n = (float)count + drawn, pull = drawn * towards;
    float strong = (float)(meeter->strong ? meeter->strong - 1 : 0),
          weak = (float)(meeter->weak ? meeter->weak - 1 : 0);
    float least = meeter->class == LINK_MARKER ? ty_align_weights.marker_chance : 1e-4f;
    float strong_share = clip((strong + pull) / (n - 1), least, 0.98f),
          weak_share = clip((weak + pull) / (n - 1), 1e-4f, 0.98f);
    float none_share = clip(1 - ((float)meeter->strong + (float)meeter->weak + 2 * pull) / n, 0.02f, 1);
    float none_rate = 1 - rate->strong - rate->weak;
    ty_word_gain gain;
    for (unsigned k = 0; k < BEAD_MAX; k++) {
        float absent = clip(logf(none_rate / powf(none_share, (float)k + 1)), -4, 1);
        gain.absent[k] = ty_align_weights.words * absent;
        gain.strong[k] =
            ty_align_weights.words *
            (clip(logf(rate->strong / among(strong_share, k + 1)), 0, ty_align_weights.gain_max) - absent);
        gain.weak[k] =
            ty_align_weights.words *
            (clip(logf(rate->weak / among(weak_share, k + 1)), -1, ty_align_weights.gain_max) - absent);
    }
    return gain;
}

/* A word that nothing in the other text meets speaks against any partner, but with half a voice: it may be
 * one that the dictionary translates in other ways. */
static ty_word_gain gain_unmet(const ty_model *model, int class)
{
    ty_word_gain gain = {{0}, {0}, {0}};
    if (class == LINK_CLASSES)
        return gain;
    float absent = ty_align_weights.unmet * ty_align_weights.words *
                   logf(1 - model->rates[class].strong - model->rates[class].weak);
    for (unsigned k = 0; k < BEAD_MAX; k++)
        gain.absent[k] = absent;
    return gain;
}

/* How fully a sentence can be tested by its words: four, or all it has. */
static float testable_share(uint32_t testable, uint32_t words)
{
    if (words == 0)
        return 0;
    float enough = words < 4 ? (float)words : 4;
    return (float)testable < enough ? (float)testable / enough : 1;
}

static void update_side(ty_model *model, int which, ty_meeter *meeter)
{
    const ty_side *own = model->sides[which], *other = model->sides[!which];
    const uint32_t *starts = which ? model->links->target_starts : model->links->starts;
    memset(meeter->strong_seen, 0, other->in->count * sizeof *meeter->strong_seen);
    memset(meeter->weak_seen, 0, other->in->count * sizeof *meeter->weak_seen);
    for (uint32_t w = 0; w < own->words.list.count; w++) {
        meeter->strong = meeter->weak = 0;
        meeter->class = -1;
        meeter->stamp = w + 1;
        for (uint32_t k = starts[w]; k < starts[w + 1]; k++) {
            const ty_word_link *link = &model->links->list.items[which ? model->links->by_target[k] : k];
            meet_word(meeter, other, which ? link->source : link->target, link, model->rates);
        }
        model->classes[which][w] = (uint8_t)(meeter->class < 0 ? own->known[w] : meeter->class);
        if (meeter->class < 0)
            model->gains[which][w] = gain_unmet(model, own->known[w]);
        else
            model->gains[which][w] = gain_of(meeter, &model->rates[meeter->class], other->in->count);
    }
    for (size_t s = 0; s < own->in->count; s++)
        for (unsigned n = 0; n < BEAD_MAX; n++) {
            float sum = 0;
            uint32_t testable = 0;
            for (uint32_t k = own->bit_starts[s]; k < own->bit_starts[s + 1]; k++)
                sum += model->gains[which][own->bits.items[k]].absent[n];
            for (uint32_t k = own->bit_starts[s]; k < own->bit_starts[s + 1]; k++)
                testable += model->classes[which][own->bits.items[k]] != LINK_CLASSES;
            model->absent[which][s * BEAD_MAX + n] = sum;
            model->testable[which][s] = testable_share(testable, own->bit_starts[s + 1] - own->bit_starts[s]);
        }
}

/* ------------------------------------------------------------------------------------------ lines */

static float kind_rate(int kind)
{
    const float rates[LINE_KINDS] = {
        [LINE_SENTENCE] = ty_align_weights.kind_sentence, [LINE_FRAGMENT] = ty_align_weights.kind_fragment,
        [LINE_LABEL] = ty_align_weights.kind_label,       [LINE_HEADING] = ty_align_weights.kind_heading,
        [LINE_DATE] = ty_align_weights.kind_date,         [LINE_PAREN] = ty_align_weights.kind_paren};
    return rates[kind];
}

static float kind_joined(int kind)
{
    const float costs[LINE_KINDS] = {[LINE_FRAGMENT] = ty_align_weights.join_fragment,
                                     [LINE_LABEL] = ty_align_weights.join_label,
                                     [LINE_HEADING] = ty_align_weights.join_heading,
                                     [LINE_DATE] = ty_align_weights.join_date,
                                     [LINE_PAREN] = ty_align_weights.join_paren};
    return costs[kind];
}

/* Headings without a number are fragments, labels may stand in brackets. */
static float kind_likeness(int a, int b)
{
    if (a == b)
        return 1;
    bool loose = a != LINE_SENTENCE && b != LINE_SENTENCE &&
                 (a == LINE_FRAGMENT || b == LINE_FRAGMENT || a == LINE_PAREN || b == LINE_PAREN);
    return loose ? ty_align_weights.kind_alike : 0;
}

static void count_kinds(const ty_side *side, float share[LINE_KINDS], float signs[SIGN_COUNT])
{
    for (int k = 0; k < LINE_KINDS; k++)
        share[k] = 0.5f;
    for (int k = 0; k < SIGN_COUNT; k++)
        signs[k] = 0.5f;
    for (size_t s = 0; s < side->in->count; s++) {
        share[side->kinds[s]]++;
        for (int k = 0; k < SIGN_COUNT; k++)
            signs[k] += (side->signs[s] >> k) & 1;
    }
    for (int k = 0; k < LINE_KINDS; k++) {
        share[k] /= (float)side->in->count + 0.5f * LINE_KINDS;
        if (k != LINE_LABEL && share[k] < ty_align_weights.kind_floor)
            share[k] = ty_align_weights.kind_floor;
    }
    for (int k = 0; k < SIGN_COUNT; k++)
        signs[k] /= (float)side->in->count + 1;
}

static void weigh_kinds(ty_model *model)
{
    float share[2][LINE_KINDS];
    for (int w = 0; w < 2; w++)
        count_kinds(model->sides[w], share[w], model->sign_share[w]);
    for (int a = 0; a < LINE_KINDS; a++)
        for (int b = 0; b < LINE_KINDS; b++) {
            float forth = kind_rate(a) * kind_likeness(a, b) / share[1][b] + 1 - kind_rate(a);
            float back = kind_rate(b) * kind_likeness(a, b) / share[0][a] + 1 - kind_rate(b);
            model->kind_odds[a][b] = 0.5f * (logf(forth) + logf(back));
        }
}

static ty_line_kind group_kind(const ty_side *side, uint32_t first, uint32_t count, float *score)
{
    ty_line_kind kind = side->kinds[first];
    for (uint32_t k = first; k < first + count && count > 1; k++) {
        *score += kind_joined(side->kinds[k]);
        if (side->kinds[k] == LINE_SENTENCE)
            kind = LINE_SENTENCE;
    }
    return kind;
}

static uint8_t group_signs(const ty_side *side, uint32_t first, uint32_t count)
{
    uint8_t signs = 0;
    for (uint32_t k = first; k < first + count; k++)
        signs |= side->signs[k];
    return signs;
}

/* The odds of every sign being there or not, by how many sentences of either side. */
static void weigh_signs(ty_model *model)
{
    const float rates[SIGN_COUNT] = {ty_align_weights.sign_question, ty_align_weights.sign_quote,
                                     ty_align_weights.sign_paren};
    for (int k = 0; k < SIGN_COUNT; k++)
        for (unsigned a = 0; a < BEAD_MAX; a++)
            for (unsigned b = 0; b < BEAD_MAX; b++)
                for (int x = 0; x < 2; x++)
                    for (int y = 0; y < 2; y++) {
                        float px = among(model->sign_share[0][k], a + 1),
                              py = among(model->sign_share[1][k], b + 1);
                        px = x ? px : 1 - px;
                        py = y ? py : 1 - py;
                        float forth = (x == y ? rates[k] / py : 0) + 1 - rates[k];
                        float back = (x == y ? rates[k] / px : 0) + 1 - rates[k];
                        model->sign_odds[k][a][b][x][y] =
                            ty_align_weights.signs * 0.5f * (logf(forth) + logf(back));
                    }
}

static float score_signs(const ty_model *model, uint8_t x, uint32_t a, uint8_t y, uint32_t b)
{
    float score = 0;
    for (int k = 0; k < SIGN_COUNT; k++)
        score += model->sign_odds[k][a - 1][b - 1][(x >> k) & 1][(y >> k) & 1];
    return score;
}

/* ------------------------------------------------------------------------------------------ length */

/* log(x + 2), from a table where x is a count of characters that texts have. */
static float log_length(const ty_model *model, double x)
{
    return x < LOGS ? model->logs[(size_t)x] : logf((float)x + 2);
}

/* The difference of the log densities of two normal distributions; a short text varies more, as characters
 * come and go as a whole. */
static float score_length(const ty_model *model, uint32_t i, uint32_t a, uint32_t j, uint32_t b)
{
    double x = model->sides[0]->length_sums[i + a] - model->sides[0]->length_sums[i];
    double y = model->sides[1]->length_sums[j + b] - model->sides[1]->length_sums[j];
    float found = log_length(model, y) - log_length(model, x) - (float)model->ratio;
    float truth =
        (float)model->variance + ty_align_weights.length_character * (float)(1 / (x + 2) + 1 / (y + 2));
    float chance = (float)(model->log_variance[0] / a + model->log_variance[1] / b) + truth * 0.25f;
    if (model->sides[0]->kinds[i] != LINE_SENTENCE || model->sides[1]->kinds[j] != LINE_SENTENCE)
        truth += ty_align_weights.length_line;
    float away = found - model->logs_of_ratio[b][a];
    float score = 0.5f * (away * away / chance - found * found / truth + logf(chance / truth));
    return ty_align_weights.length_weight * clip(score, -8, 4);
}

static void fill_logs(ty_model *model)
{
    for (size_t k = 0; k < LOGS; k++)
        model->logs[k] = logf((float)k + 2);
    for (int b = 1; b <= BEAD_MAX; b++)
        for (int a = 1; a <= BEAD_MAX; a++)
            model->logs_of_ratio[b][a] = logf((float)b / (float)a);
}

static void measure_lengths(ty_model *model)
{
    double mean[2];
    for (int w = 0; w < 2; w++) {
        const ty_side *side = model->sides[w];
        double sum = 0, squares = 0;
        for (size_t s = 0; s < side->in->count; s++) {
            double value = log(side->lengths[s] + 2);
            sum += value;
            squares += value * value;
        }
        double n = (double)side->in->count;
        mean[w] = sum / n;
        model->log_variance[w] = (squares / n - mean[w] * mean[w]) * n / (n + 5) + 0.3 * 5 / (n + 5);
        if (model->log_variance[w] < 0.05)
            model->log_variance[w] = 0.05;
    }
    model->ratio = log((model->sides[1]->length_sums[model->sides[1]->in->count] + 2) /
                       (model->sides[0]->length_sums[model->sides[0]->in->count] + 2));
    model->variance = ty_align_weights.length_variance;
}

/* ------------------------------------------------------------------------------------------ life */

static void set_rates(ty_model *model)
{
    const ty_weights *w = &ty_align_weights;
    model->rates[LINK_NUMBER] = (ty_class_rate){w->number, 0.01f};
    model->rates[LINK_SMALL_NUMBER] = (ty_class_rate){w->small_number, 0.01f};
    model->rates[LINK_MARKER] = (ty_class_rate){w->marker, 0.01f};
    model->rates[LINK_SAME] = (ty_class_rate){w->same, 0.01f};
    model->rates[LINK_SOUND] = (ty_class_rate){w->sound, w->sound_weak};
    model->rates[LINK_COGNATE] = (ty_class_rate){w->cognate, w->cognate_weak};
    model->rates[LINK_DICTIONARY] = (ty_class_rate){w->dictionary, w->dictionary_weak};
    model->rates[LINK_LEARNT] = (ty_class_rate){w->learnt, 0.1f};
}

static void set_gaps(ty_model *model, float share, float goes_on)
{
    model->no_gap = logf(1 - share);
    model->gap_open = logf(share / 2);
    model->gap_more = logf(goes_on);
    model->gap_end = logf(1 - goes_on);
}

static void set_priors(ty_model *model)
{
    const ty_weights *w = &ty_align_weights;
    const float one[] = {0, w->one_two, w->one_three, w->one_four, w->one_five, w->one_six};
    float rest = 1;
    for (int k = 3; k < SHAPE_COUNT; k++) {
        int less = ty_bead_shapes[k].source < ty_bead_shapes[k].target ? ty_bead_shapes[k].source
                                                                       : ty_bead_shapes[k].target;
        int sum = ty_bead_shapes[k].source + ty_bead_shapes[k].target;
        float share = less == 1  ? one[sum - 2]
                      : sum == 4 ? w->two_two
                      : sum == 5 ? w->two_three
                                 : w->two_four;
        model->prior[k] = logf(share);
        rest -= share;
    }
    model->prior[2] = logf(rest);
    set_gaps(model, w->gap, w->gap_goes_on);
}

static void count_inner(ty_model *model);

ty_status ty_model_init(ty_model *model, ty_side *source, ty_side *target, ty_word_links *links,
                        ty_error *error)
{
    *model = (struct ty_model){.sides = {source, target}, .links = links};
    for (int w = 0; w < 2; w++) {
        model->testable[w] = calloc(model->sides[w]->in->count + 1, sizeof *model->testable[w]);
        model->gains[w] = calloc(model->sides[w]->words.list.count + 1, sizeof *model->gains[w]);
        model->absent[w] = calloc((model->sides[w]->in->count + 1) * BEAD_MAX, sizeof *model->absent[w]);
        model->classes[w] = calloc(model->sides[w]->words.list.count + 1, 1);
        if (!model->gains[w] || !model->absent[w] || !model->classes[w] || !model->testable[w])
            return ty_error_nomem(error);
    }
    set_rates(model);
    set_priors(model);
    weigh_kinds(model);
    weigh_signs(model);
    fill_logs(model);
    count_inner(model);
    measure_lengths(model);
    return TY_OK;
}

void ty_model_release(ty_model *model)
{
    for (int w = 0; w < 2; w++) {
        free(model->gains[w]);
        free(model->absent[w]);
        free(model->classes[w]);
        free(model->testable[w]);
    }
    *model = (struct ty_model){0};
}

ty_status ty_model_update(ty_model *model, ty_error *error)
{
    size_t longer = model->sides[0]->in->count > model->sides[1]->in->count ? model->sides[0]->in->count
                                                                            : model->sides[1]->in->count;
    ty_meeter meeter = {.strong_seen = malloc((longer + 1) * sizeof *meeter.strong_seen),
                        .weak_seen = malloc((longer + 1) * sizeof *meeter.weak_seen)};
    bool good = meeter.strong_seen && meeter.weak_seen;
    for (int w = 0; w < 2 && good; w++)
        update_side(model, w, &meeter);
    free(meeter.strong_seen);
    free(meeter.weak_seen);
    return good ? TY_OK : ty_error_nomem(error);
}

/* ------------------------------------------------------------------------------------------ beads */

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

#define PARAGRAPH_CROSSED -1.5f /* a paragraph ends within the bead */
#define PARAGRAPH_BOTH 0.7f     /* begins on both sides with the bead */
#define PARAGRAPH_ONE -0.3f     /* on one side only */

static bool begins_paragraph(const ty_side *side, uint32_t sentence)
{
    return sentence == 0 || side->in->paragraphs[sentence] != side->in->paragraphs[sentence - 1];
}

/* Where nearly every sentence is a paragraph, borders say little: they weigh as much as there are others. */
static float score_paragraphs(const ty_model *model, uint32_t i, uint32_t a, uint32_t j, uint32_t b)
{
    const ty_side *source = model->sides[0], *target = model->sides[1];
    if (!source->in->paragraphs || !target->in->paragraphs)
        return 0;
    float score = 0, weight = model->inner[0] < model->inner[1] ? model->inner[0] : model->inner[1];
    for (uint32_t k = 1; k < a; k++)
        score += begins_paragraph(source, i + k) ? PARAGRAPH_CROSSED * model->inner[0] : 0;
    for (uint32_t k = 1; k < b; k++)
        score += begins_paragraph(target, j + k) ? PARAGRAPH_CROSSED * model->inner[1] : 0;
    bool x = begins_paragraph(source, i), y = begins_paragraph(target, j);
    return score + weight * (x && y ? PARAGRAPH_BOTH : x != y ? PARAGRAPH_ONE : 0);
}

/* The share of sentences that begin no paragraph. */
static void count_inner(ty_model *model)
{
    for (int w = 0; w < 2; w++) {
        const ty_side *side = model->sides[w];
        uint32_t inner = 0;
        for (uint32_t s = 0; s < side->in->count && side->in->paragraphs; s++)
            inner += !begins_paragraph(side, s);
        model->inner[w] = side->in->count ? (float)inner / (float)side->in->count : 0;
    }
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
    const ty_side *source = model->sides[0], *target = model->sides[1];
    float words = bound_words(model, i, a, j, b, rows, begins);
    if (words + REST_MAX < least)
        return words;
    float score = score_length(model, i, a, j, b);
    ty_line_kind x = group_kind(source, i, a, &score), y = group_kind(target, j, b, &score);
    score += model->kind_odds[x][y];
    score += score_signs(model, group_signs(source, i, a), a, group_signs(target, j, b), b);
    score += score_paragraphs(model, i, a, j, b);
    if (words + score < least)
        return words + score;
    return score + score_words(model, i, a, j, b, rows, begins);
}

/* ------------------------------------------------------------------------------------------ fitting */

static int compare_doubles(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

static bool fits(const ty_bead *bead)
{
    return bead->source_count && bead->target_count && bead->confidence >= 0.5f;
}

/* Bead types and gaps as often as the document has them. */
static void fit_priors(ty_model *model, const ty_bead *beads, size_t count)
{
    const float settled = ty_align_weights.settled;
    float shares[SHAPE_COUNT], both = settled, gaps = 0, alone = 0, more = 0;
    bool after_gap = false;
    for (int k = 2; k < SHAPE_COUNT; k++)
        shares[k] = settled * expf(model->prior[k]);
    for (size_t b = 0; b < count; b++) {
        bool gap = beads[b].source_count == 0 || beads[b].target_count == 0;
        gaps += gap && !after_gap;
        more += gap && after_gap;
        alone += gap;
        after_gap = gap;
        for (int k = 2; k < SHAPE_COUNT && !gap; k++)
            if (ty_bead_shapes[k].source == beads[b].source_count &&
                ty_bead_shapes[k].target == beads[b].target_count)
                shares[k]++;
        both += !gap;
    }
    for (int k = 2; k < SHAPE_COUNT; k++)
        model->prior[k] = logf(shares[k] / both);
    float gap = (ty_align_weights.gap * settled + gaps) / (both + 1);
    float goes_on = (ty_align_weights.gap_goes_on * settled / 3 + more) / (settled / 3 + alone);
    set_gaps(model, gap < 0.4f ? gap : 0.4f, goes_on);
}

typedef struct ty_tally {
    float strong[LINK_CLASSES], weak[LINK_CLASSES], all[LINK_CLASSES];
} ty_tally;

/* What became of the words of one sentence in a bead of one with one. */
static void tally_sentence(const ty_model *model, int which, uint32_t sentence, const ty_meeting *cell,
                           ty_tally *tally)
{
    const ty_side *side = model->sides[which];
    for (uint32_t bit = 0, k = side->bit_starts[sentence]; k < side->bit_starts[sentence + 1]; k++, bit++) {
        int class = model->classes[which][side->bits.items[k]];
        if (class == LINK_CLASSES)
            continue;
        bool strong = cell->strong[which][bit / 64] >> (bit % 64) & 1,
             weak = cell->weak[which][bit / 64] >> (bit % 64) & 1;
        tally->strong[class] += strong;
        tally->weak[class] += weak && !strong;
        tally->all[class]++;
    }
}

/* Rates at which words meet, as the document has them. */
static void fit_rates(ty_model *model, const ty_bead *beads, size_t count)
{
    ty_tally tally = {{0}, {0}, {0}};
    const float rated = ty_align_weights.rated;
    for (size_t b = 0; b < count; b++) {
        ty_meeting cell;
        if (beads[b].source_count != 1 || beads[b].target_count != 1 || !fits(&beads[b]))
            continue;
        ty_model_meet(model, beads[b].source_start, beads[b].target_start, beads[b].target_start + 1, &cell);
        tally_sentence(model, 0, beads[b].source_start, &cell, &tally);
        tally_sentence(model, 1, beads[b].target_start, &cell, &tally);
    }
    for (int k = 0; k < LINK_CLASSES; k++) {
        ty_class_rate *rate = &model->rates[k];
        rate->strong = clip((rate->strong * rated + tally.strong[k]) / (rated + tally.all[k]), 0.05f, 0.95f);
        rate->weak =
            clip((rate->weak * rated + tally.weak[k]) / (rated + tally.all[k]), 0.005f, 0.98f - rate->strong);
    }
}

/* The middle of the log ratios and their spread (from the quartiles, which outliers do not move), drawn
 * towards what was believed before. */
void ty_model_fit(ty_model *model, const ty_bead *beads, size_t count)
{
    fit_priors(model, beads, count);
    fit_rates(model, beads, count);
    double *ratios = malloc((count + 1) * sizeof *ratios);
    size_t n = 0;
    for (size_t k = 0; k < count && ratios; k++) {
        const ty_bead *bead = &beads[k];
        if (!fits(bead))
            continue;
        double x = model->sides[0]->length_sums[bead->source_start + bead->source_count] -
                   model->sides[0]->length_sums[bead->source_start];
        double y = model->sides[1]->length_sums[bead->target_start + bead->target_count] -
                   model->sides[1]->length_sums[bead->target_start];
        if (x + y > 30)
            ratios[n++] = log((y + 2) / (x + 2));
    }
    if (n >= 4) {
        qsort(ratios, n, sizeof *ratios, compare_doubles);
        double spread = (ratios[n * 3 / 4] - ratios[n / 4]) / 1.349, weight = (double)n / ((double)n + 10);
        model->ratio = weight * ratios[n / 2] + (1 - weight) * model->ratio;
        model->variance = weight * spread * spread + (1 - weight) * model->variance;
        if (model->variance < 0.01)
            model->variance = 0.01;
    }
    free(ratios);
}
