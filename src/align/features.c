/* SPDX-License-Identifier: Apache-2.0 */
/* What a bead is worth besides its words: lines of one kind, signs, length, paragraphs. */
#include "internal.h"
#include "align/weights.h"

#include <math.h>
#include <stdlib.h>

/* ------------------------------------------------------------------------------------------ lines */

static float kind_rate(int kind)
{
    const float rates[LINE_KINDS] = {
        [LINE_SENTENCE] = ty_align_weights.kind_sentence, [LINE_FRAGMENT] = ty_align_weights.kind_fragment,
        [LINE_LABEL] = ty_align_weights.kind_label,       [LINE_HEADING] = ty_align_weights.kind_heading,
        [LINE_DATE] = ty_align_weights.kind_date,         [LINE_PAREN] = ty_align_weights.kind_paren};
    return kind >= LINE_PROVISO ? ty_align_weights.kind_formula : rates[kind];
}

static float kind_joined(int kind)
{
    const float costs[LINE_KINDS] = {[LINE_FRAGMENT] = ty_align_weights.join_fragment,
                                     [LINE_LABEL] = ty_align_weights.join_label,
                                     [LINE_HEADING] = ty_align_weights.join_heading,
                                     [LINE_DATE] = ty_align_weights.join_date,
                                     [LINE_PAREN] = ty_align_weights.join_paren};
    return kind >= LINE_PROVISO ? ty_align_weights.join_formula : costs[kind];
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

/* How many of a hundred lines are of a kind or have a sign. */
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

static void weigh_kinds(ty_model *model, float share[2][LINE_KINDS])
{
    for (int a = 0; a < LINE_KINDS; a++)
        for (int b = 0; b < LINE_KINDS; b++) {
            float forth = kind_rate(a) * kind_likeness(a, b) / share[1][b] + 1 - kind_rate(a);
            float back = kind_rate(b) * kind_likeness(a, b) / share[0][a] + 1 - kind_rate(b);
            model->kind_odds[a][b] = 0.5f * (logf(forth) + logf(back));
            if (a == LINE_FURNITURE && b == LINE_FURNITURE)
                model->kind_odds[a][b] = 0; /* what belongs to the page is no evidence */
        }
}

/* The odds of one sign being there or not, x and y, among so many sentences of either side. */
static float sign_odds(int sign, const float share[2][SIGN_COUNT], unsigned a, bool x, unsigned b, bool y)
{
    const float rates[SIGN_COUNT] = {ty_align_weights.sign_question, ty_align_weights.sign_quote,
                                     ty_align_weights.sign_paren, ty_align_weights.sign_colon};
    float px = ty_among(share[0][sign], a), py = ty_among(share[1][sign], b);
    px = x ? px : 1 - px;
    py = y ? py : 1 - py;
    float forth = (x == y ? rates[sign] / py : 0) + 1 - rates[sign];
    float back = (x == y ? rates[sign] / px : 0) + 1 - rates[sign];
    return ty_align_weights.signs * 0.5f * (logf(forth) + logf(back));
}

/* What a line says about a sign: not there, there, or perhaps meant. */
enum { SIGN_NO, SIGN_YES, SIGN_PERHAPS, SIGN_STATES };

static int sign_state(int sign, int signs)
{
    return signs >> sign & 1 ? SIGN_YES : sign == 0 && signs & SIGN_ASKING ? SIGN_PERHAPS : SIGN_NO;
}

/* The odds of a sign where one side, `n` sentences of which stand against, may mean it without having it. */
static float meant_odds(float share, unsigned n, int other)
{
    float chance = ty_clip(ty_among(share, n), 0.02f, 0.98f), rate = ty_align_weights.sign_asking;
    float odds = other == SIGN_PERHAPS ? 0 : logf(other ? rate / chance : (1 - rate) / (1 - chance));
    return ty_align_weights.signs * odds;
}

/* The odds of what either side says about a sign, x and y, in beads of a with b sentences. Languages put a
 * colon in different places: it speaks where both sides have one, and is silent otherwise. */
static float state_odds(int sign, const float share[2][SIGN_COUNT], unsigned a, int x, unsigned b, int y)
{
    if (1 << sign == SIGN_COLON && !(x == SIGN_YES && y == SIGN_YES))
        return 0;
    if (x == SIGN_PERHAPS)
        return meant_odds(share[1][sign], b, y);
    if (y == SIGN_PERHAPS)
        return meant_odds(share[0][sign], a, x);
    return sign_odds(sign, share, a, x, b, y);
}

static void weigh_signs_of(float out[SIGN_SETS][SIGN_SETS], const float share[2][SIGN_COUNT], unsigned a,
                           unsigned b)
{
    memset(out, 0, SIGN_SETS * sizeof *out);
    for (int k = 0; k < SIGN_COUNT; k++) {
        float odds[SIGN_STATES][SIGN_STATES];
        for (int x = 0; x < SIGN_STATES; x++)
            for (int y = 0; y < SIGN_STATES; y++)
                odds[x][y] = k > 0 && (x > SIGN_YES || y > SIGN_YES) ? 0 : state_odds(k, share, a, x, b, y);
        for (int x = 0; x < SIGN_SETS; x++)
            for (int y = 0; y < SIGN_SETS; y++)
                out[x][y] += odds[sign_state(k, x)][sign_state(k, y)];
    }
}

static void weigh_signs(ty_model *model, const float share[2][SIGN_COUNT])
{
    for (unsigned a = 0; a < BEAD_MAX; a++)
        for (unsigned b = 0; b < BEAD_MAX; b++)
            weigh_signs_of(model->sign_odds[a][b], share, a + 1, b + 1);
}

/* ------------------------------------------------------------------------------------------ length */

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
    for (int a = 0; a < BEAD_MAX; a++)
        for (int b = 0; b < BEAD_MAX; b++) {
            model->chance[a][b] =
                (float)(model->log_variance[0] / (a + 1) + model->log_variance[1] / (b + 1));
            model->logs_of_ratio[a][b] = logf((float)(b + 1) / (float)(a + 1));
        }
}

#define LENGTH_LEAST -8.0f
#define LENGTH_MOST 4.0f

/* The difference of the log densities of two normal distributions; a short text varies more, as characters
 * come and go as a whole. */
static float score_length(const ty_model *model, const ty_align_run *x, uint32_t a, const ty_align_run *y,
                          uint32_t b)
{
    float found = y->log_length - x->log_length - (float)model->ratio;
    float truth =
        (float)model->variance + ty_align_weights.length_character * (x->inverse_length + y->inverse_length);
    float chance = model->chance[a - 1][b - 1] + truth * 0.25f;
    if (!x->is_sentence || !y->is_sentence)
        truth += ty_align_weights.length_line;
    float away = found - model->logs_of_ratio[a - 1][b - 1];
    float score = 0.5f * (away * away / chance - found * found / truth + logf(chance / truth));
    return ty_align_weights.length_weight * ty_clip(score, LENGTH_LEAST, LENGTH_MOST);
}

/* ------------------------------------------------------------------------------------------ paragraphs */

#define PARAGRAPH_CROSSED -1.5f /* a paragraph ends within the bead */
#define PARAGRAPH_BOTH 0.7f     /* begins on both sides with the bead */
#define PARAGRAPH_ONE -0.3f     /* on one side only */

static bool begins_paragraph(const ty_side *side, uint32_t sentence)
{
    return sentence == 0 || side->in->paragraphs[sentence] != side->in->paragraphs[sentence - 1];
}

/* The share of sentences that begin no paragraph; 0 where paragraphs are not known. */
static float share_inside(const ty_side *side)
{
    uint32_t inside = 0;
    for (uint32_t s = 0; s < side->in->count && side->in->paragraphs; s++)
        inside += !begins_paragraph(side, s);
    return side->in->count ? (float)inside / (float)side->in->count : 0;
}

/* Where nearly every sentence is a paragraph, borders say little: they weigh as much as there are others. */
static void weigh_paragraphs(ty_model *model, const float inside[2])
{
    float weight = inside[0] < inside[1] ? inside[0] : inside[1];
    model->paragraph_odds[0][0] = 0;
    model->paragraph_odds[1][0] = model->paragraph_odds[0][1] = weight * PARAGRAPH_ONE;
    model->paragraph_odds[1][1] = weight * PARAGRAPH_BOTH;
}

/* ------------------------------------------------------------------------------------------ runs */

/* What it costs to join a line to others. A sentence of a word or two ("Yes.") is often part of what stands
 * beside it on the other side. */
static float joined_as(const ty_side *side, uint32_t sentence)
{
    double mean = side->length_sums[side->in->count] / (double)side->in->count;
    bool brief =
        side->kinds[sentence] == LINE_SENTENCE && side->lengths[sentence] < ty_align_weights.brief * mean;
    return brief ? ty_align_weights.join_brief : kind_joined(side->kinds[sentence]);
}

/* A run of one sentence; `crossed` is what it costs to join it to those before it. */
static ty_align_run run_of_one(const ty_side *side, uint32_t sentence)
{
    return (ty_align_run){.kind = side->kinds[sentence],
                          .signs = side->signs[sentence],
                          .inner = side->inner[sentence],
                          .is_sentence = side->kinds[sentence] == LINE_SENTENCE,
                          .begins_paragraph = side->in->paragraphs && begins_paragraph(side, sentence)};
}

static void join(ty_align_run *run, const ty_side *side, uint32_t sentence, float crossed)
{
    ty_align_run next = run_of_one(side, sentence);
    if (next.kind == LINE_SENTENCE)
        run->kind = LINE_SENTENCE;
    run->signs |= next.signs;
    run->inner += next.inner;
    run->open += side->goes_on[sentence - 1];
    run->joined += joined_as(side, sentence) + (next.begins_paragraph ? crossed : 0);
}

/* Joined sentences, by their size beside the longest of them. */
static ty_align_among count_among(const ty_side *side, uint32_t first, uint32_t count)
{
    float most = 0, all = (float)(side->length_sums[first + count] - side->length_sums[first]);
    for (uint32_t s = first; s < first + count; s++)
        most = side->lengths[s] > most ? side->lengths[s] : most;
    float times = (float)(count - 1) + ty_align_weights.by_size * (all / most - (float)count);
    uint8_t whole = (uint8_t)ty_clip(times, 0, BEAD_MAX - 1);
    return (ty_align_among){whole, times > (float)whole ? times - (float)whole : 0};
}

static bool collect_runs(ty_model *model, int which, float crossed)
{
    const ty_side *side = model->sides[which];
    ty_align_run *runs = calloc((side->in->count + 1) * BEAD_MAX, sizeof *runs);
    for (uint32_t s = 0; runs && s < side->in->count; s++) {
        ty_align_run run = run_of_one(side, s);
        float first = joined_as(side, s);
        for (uint32_t n = 1; n <= BEAD_MAX && s + n <= side->in->count; n++) {
            double length = side->length_sums[s + n] - side->length_sums[s] + 2;
            if (n > 1)
                join(&run, side, s + n - 1, crossed);
            if (n == 2)
                run.joined += first;
            run.log_length = logf((float)length);
            run.inverse_length = (float)(1 / length);
            run.among = count_among(side, s, n);
            runs[s * BEAD_MAX + n - 1] = run;
        }
    }
    model->runs[which] = runs;
    return runs != NULL;
}

/* ------------------------------------------------------------------------------------------ together */

static float highest(const float *odds, size_t count)
{
    float most = odds[0];
    for (size_t k = 1; k < count; k++)
        most = odds[k] > most ? odds[k] : most;
    return most;
}

static void find_bounds(ty_model *model)
{
    for (int x = 0; x < LINE_KINDS; x++)
        model->kind_most[x] = highest(model->kind_odds[x], LINE_KINDS);
    for (int a = 0; a < BEAD_MAX; a++)
        for (int b = 0; b < BEAD_MAX; b++)
            for (int x = 0; x < SIGN_SETS; x++)
                model->sign_most[a][b][x] = highest(model->sign_odds[a][b][x], SIGN_SETS);
}

ty_status ty_features_weigh(ty_model *model, ty_error *error)
{
    float kinds[2][LINE_KINDS], signs[2][SIGN_COUNT], inside[2];
    bool paragraphs = model->sides[0]->in->paragraphs && model->sides[1]->in->paragraphs;
    for (int w = 0; w < 2; w++) {
        count_kinds(model->sides[w], kinds[w], signs[w]);
        inside[w] = paragraphs ? share_inside(model->sides[w]) : 0;
    }
    weigh_kinds(model, kinds);
    weigh_signs(model, signs);
    weigh_paragraphs(model, inside);
    measure_lengths(model);
    ty_inner_measure(model);
    ty_inner_weigh(model);
    find_bounds(model);
    for (int w = 0; w < 2; w++)
        if (!collect_runs(model, w, PARAGRAPH_CROSSED * inside[w]))
            return ty_error_nomem(error);
    return TY_OK;
}

/* One language ends a sentence where the other has a semicolon: such a border inside a bead speaks for it,
 * but where both sides have one, beads may well be two. */
static float score_borders(const ty_align_run *x, const ty_align_run *y)
{
    return ty_align_weights.open_border * fabsf((float)x->open - (float)y->open);
}

float ty_features_score(const ty_model *model, uint32_t i, uint32_t a, uint32_t j, uint32_t b, float least)
{
    const ty_align_run *x = &model->runs[0][i * BEAD_MAX + a - 1], *y = &model->runs[1][j * BEAD_MAX + b - 1];
    float score = x->joined + y->joined + score_borders(x, y) + model->kind_odds[x->kind][y->kind] +
                  model->sign_odds[a - 1][b - 1][x->signs][y->signs] +
                  model->paragraph_odds[x->begins_paragraph][y->begins_paragraph] +
                  model->inner_odds[a - 1][b - 1][x->inner == y->inner];
    if (score + LENGTH_MOST * ty_align_weights.length_weight < least)
        return score + LENGTH_MOST * ty_align_weights.length_weight;
    return score + score_length(model, x, a, y, b);
}

/* The source's side tells what any other could add. */
float ty_features_bound(const ty_model *model, int which, uint32_t sentence, int shape)
{
    uint32_t a = ty_bead_shapes[shape].source, b = ty_bead_shapes[shape].target;
    const ty_align_run *run = &model->runs[which][sentence * BEAD_MAX + (which ? b : a) - 1];
    float borders = run->joined + ty_align_weights.open_border * (float)run->open;
    if (which)
        return borders;
    return borders + model->kind_most[run->kind] + model->sign_most[a - 1][b - 1][run->signs] +
           LENGTH_MOST * ty_align_weights.length_weight +
           highest(model->paragraph_odds[run->begins_paragraph], 2) +
           highest(model->inner_odds[a - 1][b - 1], 2);
}
