/* SPDX-License-Identifier: Apache-2.0 */
/* The model fitted to an alignment: what this document does weighs against what documents do. */
#include "internal.h"
#include "align/weights.h"

#include <math.h>
#include <stdlib.h>

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
    ty_model_set_gaps(model, gap < ty_align_weights.gap_most ? gap : ty_align_weights.gap_most,
                      goes_on < ty_align_weights.goes_most ? goes_on : ty_align_weights.goes_most);
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
static bool fit_rates(ty_model *model, const ty_bead *beads, size_t count)
{
    ty_tally tally = {{0}, {0}, {0}};
    const float rated = ty_align_weights.rated;
    ty_meetings meetings;
    bool good = ty_meetings_init(&meetings, model);
    for (size_t b = 0; b < count && good; b++) {
        uint32_t i = beads[b].source_start, j = beads[b].target_start;
        if (beads[b].source_count != 1 || beads[b].target_count != 1 || !fits(&beads[b]))
            continue;
        good = ty_meetings_add(&meetings, i, j, j + 1);
        if (good) {
            tally_sentence(model, 0, i, meetings.rows[0].cells, &tally);
            tally_sentence(model, 1, j, meetings.rows[0].cells, &tally);
        }
    }
    ty_meetings_release(&meetings);
    for (int k = 0; k < LINK_CLASSES; k++) {
        ty_class_rate *rate = &model->rates[k];
        rate->strong =
            ty_clip((rate->strong * rated + tally.strong[k]) / (rated + tally.all[k]), 0.05f, 0.95f);
        rate->weak = ty_clip((rate->weak * rated + tally.weak[k]) / (rated + tally.all[k]), 0.005f,
                             0.98f - rate->strong);
    }
    return good;
}

/* The middle of the log ratios and their spread (from the quartiles, which outliers do not move), drawn
 * towards what was believed before. */
static bool fit_lengths(ty_model *model, const ty_bead *beads, size_t count)
{
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
    bool good = ratios != NULL;
    free(ratios);
    return good;
}

ty_status ty_model_fit(ty_model *model, const ty_bead *beads, size_t count, ty_error *error)
{
    fit_priors(model, beads, count);
    ty_inner_fit(model, beads, count);
    return fit_rates(model, beads, count) && fit_lengths(model, beads, count) ? TY_OK : ty_error_nomem(error);
}
