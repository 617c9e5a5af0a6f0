/* SPDX-License-Identifier: Apache-2.0 */
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

#define COMMON 16 /* so many sentences met, or fewer, are what most words have: their gains are kept */

/* How many sentences of the other side the words of one side meet. */
typedef struct ty_meeter {
    uint32_t *strong_seen, *weak_seen; /* by sentence of the other side: the last word that met it, + 1 */
    uint32_t strong, weak;             /* sentences met */
    int class;                         /* the best class among the links, -1 without any */
    uint32_t stamp;
    bool kept[LINK_CLASSES][COMMON][COMMON];
    ty_word_gain gains[LINK_CLASSES][COMMON][COMMON]; /* by class, strong, weak */
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
    float strong_share = ty_clip((strong + pull) / (n - 1), least, 0.98f),
          weak_share = ty_clip((weak + pull) / (n - 1), 1e-4f, 0.98f);
    float none_share = ty_clip(1 - ((float)meeter->strong + (float)meeter->weak + 2 * pull) / n, 0.02f, 1);
    float none_rate = 1 - rate->strong - rate->weak;
    float none_chance = 1, no_strong_chance = 1, no_weak_chance = 1; /* among k + 1 sentences */
    ty_word_gain gain = {{0}, {0}, {0}};
    for (unsigned k = 0; k < BEAD_MAX; k++) {
        none_chance *= none_share;
        no_strong_chance *= 1 - strong_share;
        no_weak_chance *= 1 - weak_share;
        float absent = ty_clip(logf(none_rate / none_chance), -4, 1);
        float met = ty_clip(logf(rate->strong / (1 - no_strong_chance)), 0, ty_align_weights.gain_max);
        float met_weakly = ty_clip(logf(rate->weak / (1 - no_weak_chance)), -1, ty_align_weights.gain_max);
        gain.absent[k] = ty_align_weights.words * absent;
        gain.strong[k] = ty_align_weights.words * (met - absent);
        gain.weak[k] = ty_align_weights.words * (met_weakly - absent);
    }
    return gain;
}

/* The same, worked out once for all words that have met no more than the common number of sentences. */
static ty_word_gain common_gain_of(ty_meeter *meeter, const ty_class_rate *rate, size_t count)
{
    uint32_t strong = meeter->strong, weak = meeter->weak;
    if (strong >= COMMON || weak >= COMMON)
        return gain_of(meeter, rate, count);
    ty_word_gain *gain = &meeter->gains[meeter->class][strong][weak];
    if (!meeter->kept[meeter->class][strong][weak])
        *gain = gain_of(meeter, rate, count);
    meeter->kept[meeter->class][strong][weak] = true;
    return *gain;
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

static void update_words(ty_model *model, int which, ty_meeter *meeter)
{
    const ty_side *own = model->sides[which], *other = model->sides[!which];
    const uint32_t *starts = which ? model->links->target_starts : model->links->starts;
    memset(meeter->strong_seen, 0, other->in->count * sizeof *meeter->strong_seen);
    memset(meeter->weak_seen, 0, other->in->count * sizeof *meeter->weak_seen);
    memset(meeter->kept, 0, sizeof meeter->kept);
    for (uint32_t w = 0; w < own->words.list.count; w++) {
        meeter->strong = meeter->weak = 0;
        meeter->class = -1;
        meeter->stamp = w + 1;
        for (uint32_t k = starts[w]; k < starts[w + 1]; k++) {
            const ty_word_link *link = &model->links->list.items[which ? model->links->by_target[k] : k];
            meet_word(meeter, other, which ? link->source : link->target, link, model->rates);
        }
        if (model->mute) {
            model->classes[which][w] = LINK_CLASSES;
            model->gains[which][w] = (ty_word_gain){{0}, {0}, {0}};
            continue;
        }
        model->classes[which][w] = (uint8_t)(meeter->class < 0 ? own->known[w] : meeter->class);
        if (meeter->class < 0)
            model->gains[which][w] = gain_unmet(model, own->known[w]);
        else
            model->gains[which][w] = common_gain_of(meeter, &model->rates[meeter->class], other->in->count);
    }
}

static void update_sentences(ty_model *model, int which)
{
    const ty_side *side = model->sides[which];
    for (size_t s = 0; s < side->in->count; s++) {
        float *absent = &model->absent[which][s * BEAD_MAX];
        uint32_t testable = 0;
        memset(absent, 0, BEAD_MAX * sizeof *absent);
        for (uint32_t k = side->bit_starts[s]; k < side->bit_starts[s + 1]; k++) {
            uint32_t word = side->bits.items[k];
            for (unsigned n = 0; n < BEAD_MAX; n++)
                absent[n] += model->gains[which][word].absent[n];
            testable += model->classes[which][word] != LINK_CLASSES;
        }
        model->testable[which][s] = testable_share(testable, side->bit_starts[s + 1] - side->bit_starts[s]);
    }
}

/* What beads say of one side's words if none is met. */
static void update_shapes(ty_model *model, int which)
{
    size_t count = model->sides[which]->in->count;
    for (size_t s = 0; s < count; s++)
        for (int k = 2; k < SHAPE_COUNT; k++) {
            size_t own = which ? ty_bead_shapes[k].target : ty_bead_shapes[k].source;
            size_t others = which ? ty_bead_shapes[k].source : ty_bead_shapes[k].target;
            float sum = 0;
            for (size_t x = s; x < s + own && x < count; x++)
                sum += model->absent[which][x * BEAD_MAX + others - 1];
            model->nothing[which][s * SHAPE_COUNT + (size_t)k] = sum;
            model->bounds[which][s * SHAPE_COUNT + (size_t)k] =
                sum + ty_features_bound(model, which, (uint32_t)s, k);
        }
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
    model->rates[LINK_TAUGHT] = (ty_class_rate){w->taught, 0.1f};
    model->rates[LINK_LEARNT] = (ty_class_rate){w->learnt, 0.1f};
}

void ty_model_set_gaps(ty_model *model, float share, float goes_on)
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
    ty_model_set_gaps(model, w->gap, w->gap_goes_on);
    model->turn = w->gap_turn;
    model->turn_line = w->turn_line;
    for (int k = LINE_FRAGMENT; k < ALONE_CLAUSE; k++) {
        bool set = k >= LINE_PROVISO && k < LINE_KINDS, marks = k == ALONE_MARKS;
        model->alone_first[k] = marks             ? w->alone_marks
                                : set             ? w->alone_formula
                                : k == LINE_LABEL ? w->alone_label
                                                  : w->alone_line;
        model->alone_next[k] = marks             ? w->next_marks
                               : set             ? w->next_formula
                               : k == LINE_LABEL ? w->next_label
                                                 : w->next_line;
    }
    model->alone_first[ALONE_CLAUSE] = model->alone_next[ALONE_CLAUSE] = w->alone_clause;
}

ty_status ty_model_init(ty_model *model, ty_side *source, ty_side *target, ty_word_links *links,
                        ty_error *error)
{
    *model = (struct ty_model){.sides = {source, target}, .links = links};
    for (int w = 0; w < 2; w++) {
        model->testable[w] = calloc(model->sides[w]->in->count + 1, sizeof *model->testable[w]);
        model->gains[w] = calloc(model->sides[w]->words.list.count + 1, sizeof *model->gains[w]);
        model->absent[w] = calloc((model->sides[w]->in->count + 1) * BEAD_MAX, sizeof *model->absent[w]);
        model->nothing[w] = calloc((model->sides[w]->in->count + 1) * SHAPE_COUNT, sizeof *model->nothing[w]);
        model->bounds[w] = calloc((model->sides[w]->in->count + 1) * SHAPE_COUNT, sizeof *model->bounds[w]);
        model->classes[w] = calloc(model->sides[w]->words.list.count + 1, 1);
        if (!model->gains[w] || !model->absent[w] || !model->nothing[w] || !model->bounds[w] ||
            !model->classes[w] || !model->testable[w])
            return ty_error_nomem(error);
    }
    set_rates(model);
    set_priors(model);
    return ty_features_weigh(model, error);
}

void ty_model_release(ty_model *model)
{
    for (int w = 0; w < 2; w++) {
        free(model->gains[w]);
        free(model->absent[w]);
        free(model->nothing[w]);
        free(model->bounds[w]);
        free(model->classes[w]);
        free(model->testable[w]);
        free(model->runs[w]);
    }
    *model = (struct ty_model){0};
}

ty_status ty_model_update(ty_model *model, ty_error *error)
{
    size_t longer = model->sides[0]->in->count > model->sides[1]->in->count ? model->sides[0]->in->count
                                                                            : model->sides[1]->in->count;
    ty_meeter *meeter = malloc(sizeof *meeter);
    bool good = meeter != NULL;
    if (good) {
        meeter->strong_seen = malloc((longer + 1) * sizeof *meeter->strong_seen);
        meeter->weak_seen = malloc((longer + 1) * sizeof *meeter->weak_seen);
        good = meeter->strong_seen && meeter->weak_seen;
        for (int w = 0; w < 2 && good; w++) {
            update_words(model, w, meeter);
            update_sentences(model, w);
            update_shapes(model, w);
        }
        free(meeter->strong_seen);
        free(meeter->weak_seen);
    }
    free(meeter);
    return good ? TY_OK : ty_error_nomem(error);
}
