/* SPDX-License-Identifier: Apache-2.0 */
/* Confirmed by a person: units one by one, or of a release all that the rule of the desk takes in bulk. */
#include <errno.h>
#include <stdlib.h>

#include "releases.h"

typedef struct settings {
    bool release, doubtful_too;
    const char *above;
} settings;

static const ty_option options[] = {
    TY_FLAG(settings, release, "release", 0, "the pairs of releases (names, numbers, patterns), in bulk"),
    TY_TEXT(settings, above, "above", 0, "X",
            "in bulk, only pairs as sure as X (0..1); of all releases unless named"),
    TY_FLAG(settings, doubtful_too, "doubtful-too", 0, "in bulk, doubtful pairs and those beside them, too"),
    {0},
};

typedef struct bulk {
    ty_run *run;
    const settings *set;
    double above;
    TY_VECTOR(int64_t) units;
    uint64_t left[TY_BULK_COUNT];
} bulk;

static ty_status choose(bulk *b, const ty_review *review, int64_t *beads, size_t *count)
{
    ty_review_bead bead;
    for (size_t i = 0; i < ty_review_bead_count(review); i++) {
        ty_bulk what = ty_review_bulk(review, i, b->above, b->set->doubtful_too);
        ty_review_bead_at(review, i, &bead);
        b->left[what]++;
        if (what != TY_BULK_TAKEN)
            continue;
        beads[(*count)++] = bead.id;
        if (bead.unit && !ty_vector_push(&b->units, bead.unit))
            return TY_ERR_NOMEM;
    }
    return TY_OK;
}

static ty_status confirm_release(void *payload, const ty_release_info *info, ty_error *error)
{
    bulk *b = payload;
    ty_review *review = NULL;
    ty_review_result result;
    ty_status status = ty_review_open(b->run->memory, info->id, &review, error);
    if (status != TY_OK)
        return status;
    int64_t *beads = calloc(ty_review_bead_count(review) + 1, sizeof *beads);
    ty_review_op how = {
        .action = TY_REVIEW_CONFIRM, .beads = beads, .who = ty_user(), .version = info->version};
    status = beads ? choose(b, review, beads, &how.bead_count) : TY_ERR_NOMEM;
    if (status == TY_ERR_NOMEM)
        ty_error_nomem(error);
    ty_review_close(review);
    if (status == TY_OK && how.bead_count)
        status = ty_memory_review(b->run->memory, info->id, &how, &result, error);
    free(beads);
    return status;
}

static ty_status confirm_releases(ty_run *run, const settings *set, char **words, int count, ty_error *error)
{
    bulk b = {.run = run, .set = set};
    if (set->above && (!ty_decimal_parse(set->above, &b.above) || b.above < 0 || b.above > 1))
        return ty_error_set(error, TY_ERR_USAGE, "--above is 0 to 1, not \"%s\"", set->above);
    if (!set->above && count == 0)
        return ty_usage(&ty_command_confirm, error);
    ty_status status = ty_each_release(run->memory, words, count, confirm_release, &b, error);
    if (status == TY_OK) {
        ty_present_confirmed(ty_say(run), b.units.items, b.units.count, b.left);
        ty_said_done(run);
    }
    bool any = b.left[TY_BULK_TAKEN] > 0;
    ty_vector_release(&b.units);
    return status == TY_OK && !any ? TY_NO : status;
}

static ty_status confirm_units(ty_run *run, char **words, int count, ty_error *error)
{
    int64_t *units = calloc((size_t)count, sizeof *units);
    ty_status status = units ? TY_OK : ty_error_nomem(error);
    for (int i = 0; i < count && status == TY_OK; i++)
        status = ty_unit_number(words[i], &units[i], error);
    if (status == TY_OK)
        status = ty_memory_confirm(run->memory, units, (size_t)count, ty_user(), error);
    if (status == TY_OK) {
        ty_present_changed(ty_say(run), N_("confirmed"), units, (size_t)count);
        ty_said_done(run);
    }
    free(units);
    return status;
}

static ty_status confirm(ty_run *run, void *payload, char **words, int count, ty_error *error)
{
    const settings *set = payload;
    if (set->release || set->above)
        return confirm_releases(run, set, words, count, error);
    if (count == 0 || set->doubtful_too)
        return ty_usage(&ty_command_confirm, error);
    return confirm_units(run, words, count, error);
}

const ty_command ty_command_confirm = {
    .name = "confirm",
    .arguments = "UNIT... | --release RELEASE... | --above X [RELEASE...]",
    .summary = N_("Mark units as checked by a person, or the sure pairs of a release in bulk"),
    .examples = "  taiyaku confirm 12 13\n"
                "  taiyaku confirm --release 2018-09-21-mod-ministers-meeting\n"
                "  taiyaku confirm --above 0.98 'mod-*'\n",
    .mode = TY_COMMAND_WRITES,
    .nothing = N_("nothing was left to confirm"),
    .options = options,
    .settings_size = sizeof(settings),
    .run = confirm,
};
