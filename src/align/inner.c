/* SPDX-License-Identifier: Apache-2.0 */
/*
 * How many sentences the units of a bead hold. Where units come from a segmenter that is one each, and
 * nothing follows from it; units of a memory, a table or a translator's own cutting may hold two or three,
 * and then a unit of two that stands for two of one is no odd bead but two plain ones.
 */
#include "align/weights.h"
#include "internal.h"

/* How often units hold one, two, ... sentences, and whether any hold several at all. */
void ty_inner_measure(ty_model *model)
{
    for (int w = 0; w < 2; w++) {
        const ty_side *side = model->sides[w];
        float share[INNER_MAX] = {0};
        for (size_t s = 0; s < side->in->count; s++)
            share[side->inner[s] - 1]++;
        for (int k = 0; k < INNER_MAX; k++)
            model->inner_share[w][k] = side->in->count ? share[k] / (float)side->in->count : 0;
    }
    model->inner_rates[0] = ty_align_weights.inner_one;
    model->inner_rates[1] = ty_align_weights.inner_many;
}

#define SUMS (BEAD_MAX * INNER_MAX + 1)

/* The chances of n units to hold so many sentences together. */
static void add_unit(const float share[INNER_MAX], float sums[SUMS])
{
    for (int total = SUMS - 1; total >= 0; total--) {
        float sum = 0;
        for (int k = 1; k <= INNER_MAX && k <= total; k++)
            sum += share[k - 1] * sums[total - k];
        sums[total] = sum;
    }
}

/* The chance that units which met by chance hold as many on both sides. */
static float chance_of_equal(const ty_model *model, int a, int b)
{
    float x[SUMS] = {1}, y[SUMS] = {1}, equal = 0;
    for (int k = 0; k < a; k++)
        add_unit(model->inner_share[0], x);
    for (int k = 0; k < b; k++)
        add_unit(model->inner_share[1], y);
    for (int total = 0; total < SUMS; total++)
        equal += x[total] * y[total];
    return ty_clip(equal, 0.02f, 0.98f);
}

void ty_inner_weigh(ty_model *model)
{
    float several[2] = {1 - model->inner_share[0][0], 1 - model->inner_share[1][0]};
    float most = several[0] > several[1] ? several[0] : several[1];
    float weight = ty_align_weights.inner_weight * most / (most + 0.01f);
    for (int a = 1; a <= BEAD_MAX; a++)
        for (int b = 1; b <= BEAD_MAX; b++) {
            float chance = chance_of_equal(model, a, b), rate = model->inner_rates[a + b > 2];
            float *odds = model->inner_odds[a - 1][b - 1];
            odds[0] = weight * logf((1 - rate) / (1 - chance));
            odds[1] = weight * logf(rate / chance);
        }
}

static uint32_t held(const ty_side *side, uint32_t first, uint32_t count)
{
    uint32_t sum = 0;
    for (uint32_t s = first; s < first + count; s++)
        sum += side->inner[s];
    return sum;
}

/* As often as the document has it. */
void ty_inner_fit(ty_model *model, const ty_bead *beads, size_t count)
{
    const float settled = ty_align_weights.settled;
    float all[2] = {settled, settled};
    float equal[2] = {settled * ty_align_weights.inner_one, settled * ty_align_weights.inner_many};
    for (size_t k = 0; k < count; k++) {
        const ty_bead *bead = &beads[k];
        if (!bead->source_count || !bead->target_count || bead->confidence < 0.5f)
            continue;
        int many = bead->source_count + bead->target_count > 2;
        all[many]++;
        equal[many] += held(model->sides[0], bead->source_start, bead->source_count) ==
                       held(model->sides[1], bead->target_start, bead->target_count);
    }
    for (int many = 0; many < 2; many++)
        model->inner_rates[many] = ty_clip(equal[many] / all[many], 0.02f, 0.98f);
    ty_inner_weigh(model);
}
