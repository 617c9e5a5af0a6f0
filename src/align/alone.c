/* SPDX-License-Identifier: Apache-2.0 */
/*
 * How sure a sentence without partner is one. Its posterior knows no path that crosses another, trusts its
 * neighbours to be what they are, and takes both sides for equally wont to leave sentences out. So it is less
 * sure where one that is alone on the other side nearby could be its partner, where its neighbours are in
 * doubt or of several sentences, where it has many words that something should meet, and where its side
 * hardly ever has sentences alone; surer where it is a set phrase (docs/alignment.md).
 */
#include "align/weights.h"
#include "internal.h"

#include <math.h>
#include <stdlib.h>

#define NEARBY 40u /* sentences of the other side, before and behind */
#define ONE_ONE 2  /* the shape of a bead of one with one */
#define CROSS_MOST 8.0f
#define WORDS_MOST 8.0f
#define BESIDE_LEAST -3.0f
#define BESIDE_MOST 7.0f
#define SURE_MOST 8.0f /* log odds */

static bool is_alone(const ty_bead *bead)
{
    return bead->source_count == 0 || bead->target_count == 0;
}

static float log_odds(float p, float least, float most)
{
    return ty_clip(logf(ty_clip(p, 1e-7f, 1) / ty_clip(1 - p, 1e-7f, 1)), least, most);
}

/* ------------------------------------------------------------------------------------------ crossing */

/* Beads without partner of one side, by number. */
typedef TY_VECTOR(uint32_t) ty_lonely;

/* What a source sentence that is alone is worth as a pair with the target's [first, last) of the lonely. */
static bool cross_one(ty_meetings *meetings, const ty_beads *beads, uint32_t bead, const ty_lonely *targets,
                      size_t first, size_t last, float *cross)
{
    const uint32_t *others = targets->items;
    uint32_t begin = beads->items[others[first]].target_start;
    uint32_t end = beads->items[others[last - 1]].target_start + 1;
    if (!ty_meetings_add(meetings, beads->items[bead].source_start, begin, end))
        return false;
    for (size_t k = first; k < last; k++) {
        float score = ty_model_score(meetings, beads->items[others[k]].target_start, ONE_ONE, -INFINITY) +
                      meetings->model->prior[ONE_ONE];
        cross[bead] = fmaxf(cross[bead], score);
        cross[others[k]] = fmaxf(cross[others[k]], score);
    }
    return true;
}

/* Each of the source's sentences alone and those of the target's that are near its place. */
static bool cross_all(const ty_model *model, const ty_beads *beads, const ty_lonely lonely[2], float *cross)
{
    ty_meetings meetings;
    const ty_lonely *targets = &lonely[1];
    bool good = ty_meetings_init(&meetings, model);
    size_t first = 0, last = 0;
    for (size_t k = 0; k < lonely[0].count && good; k++) {
        uint32_t place = beads->items[lonely[0].items[k]].target_start;
        while (first < targets->count && beads->items[targets->items[first]].target_start + NEARBY < place)
            first++;
        while (last < targets->count && beads->items[targets->items[last]].target_start <= place + NEARBY)
            last++;
        if (first < last)
            good = cross_one(&meetings, beads, lonely[0].items[k], targets, first, last, cross);
    }
    ty_meetings_release(&meetings);
    return good;
}

/* ------------------------------------------------------------------------------------------ neighbours */

/* A bead without partner, and the beads of both sides nearest to it; at the ends of the text the last one. */
typedef struct ty_between {
    size_t at, before, behind;
} ty_between;

/* What the beads before and behind say: the log odds of whichever is less sure, and their sizes. */
static float beside(const ty_beads *beads, const ty_between *between)
{
    const ty_bead *x = &beads->items[between->before], *y = &beads->items[between->behind];
    float sizes = (float)(x->source_count + x->target_count + y->source_count + y->target_count) - 4;
    return ty_align_weights.sure_beside *
               log_odds(fminf(x->confidence, y->confidence), BESIDE_LEAST, BESIDE_MOST) -
           ty_align_weights.sure_sizes * sizes;
}

/* What the sentence itself says: words that could be met, a set phrase. */
static float itself(const ty_model *model, const ty_bead *bead)
{
    int side = bead->source_count == 0;
    uint32_t sentence = side ? bead->target_start : bead->source_start;
    int kind = model->sides[side]->alone[sentence];
    bool formula = kind >= LINE_PROVISO && kind < LINE_KINDS;
    return ty_align_weights.sure_words * ty_clip(model->absent[side][sentence * BEAD_MAX], -WORDS_MOST, 0) +
           (formula ? ty_align_weights.sure_formula : 0);
}

static float sure(const ty_model *model, const ty_beads *beads, const ty_between *between, float cross,
                  const ty_lonely lonely[2])
{
    const ty_bead *bead = &beads->items[between->at];
    int side = bead->source_count == 0;
    float share = logf(((float)lonely[side].count + 0.5f) / ((float)lonely[!side].count + 0.5f));
    float odds = log_odds(bead->confidence, -SURE_MOST, SURE_MOST) -
                 ty_align_weights.sure_cross * ty_clip(cross, 0, CROSS_MOST) + beside(beads, between) +
                 itself(model, bead) + share;
    return 1 / (1 + expf(ty_align_weights.sure_less - ty_align_weights.sure_slope * odds));
}

/* The runs of beads without partner, one after the other. */
static void weigh_runs(const ty_model *model, const ty_beads *beads, const ty_lonely lonely[2],
                       const float *cross, float *found)
{
    ty_between between = {0};
    for (size_t end = 0; between.at < beads->count; between.at++) {
        if (!is_alone(&beads->items[between.at])) {
            between.before = between.at;
            continue;
        }
        for (end = end > between.at ? end : between.at; end < beads->count && is_alone(&beads->items[end]);)
            end++;
        between.behind = end < beads->count ? end : end - 1;
        found[between.at] = sure(model, beads, &between, cross[between.at], lonely);
    }
}

bool ty_alone_weigh(const ty_model *model, ty_beads *beads)
{
    ty_lonely lonely[2] = {{0}, {0}};
    float *cross = calloc(beads->count + 1, sizeof *cross);
    float *found = malloc((beads->count + 1) * sizeof *found);
    bool good = cross && found;
    for (size_t k = 0; k < beads->count && good; k++)
        if (is_alone(&beads->items[k]))
            good = ty_vector_push(&lonely[beads->items[k].source_count == 0], (uint32_t)k);
    good = good && cross_all(model, beads, lonely, cross);
    if (good)
        weigh_runs(model, beads, lonely, cross, found);
    for (size_t k = 0; k < beads->count && good; k++)
        if (is_alone(&beads->items[k]))
            beads->items[k].confidence = found[k];
    for (int w = 0; w < 2; w++)
        ty_vector_release(&lonely[w]);
    free(cross);
    free(found);
    return good;
}
