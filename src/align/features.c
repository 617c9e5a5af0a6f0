/* What a bead is worth besides its words: lines of one kind, signs, length, paragraphs. */
#include "internal.h"
#include "align/weights.h"

#include <math.h>

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
                        float px = ty_among(model->sign_share[0][k], a + 1),
                              py = ty_among(model->sign_share[1][k], b + 1);
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
    return ty_align_weights.length_weight * ty_clip(score, -8, 4);
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

/* ------------------------------------------------------------------------------------------ paragraphs */

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

/* ------------------------------------------------------------------------------------------ together */

void ty_features_weigh(ty_model *model)
{
    weigh_kinds(model);
    weigh_signs(model);
    fill_logs(model);
    count_inner(model);
    measure_lengths(model);
}

float ty_features_score(const ty_model *model, uint32_t i, uint32_t a, uint32_t j, uint32_t b)
{
    const ty_side *source = model->sides[0], *target = model->sides[1];
    float score = score_length(model, i, a, j, b);
    ty_line_kind x = group_kind(source, i, a, &score), y = group_kind(target, j, b, &score);
    score += model->kind_odds[x][y];
    score += score_signs(model, group_signs(source, i, a), a, group_signs(target, j, b), b);
    return score + score_paragraphs(model, i, a, j, b);
}
