/* SPDX-License-Identifier: Apache-2.0 */
/* Releases under review: what wants a look, in text; confirmed in bulk by the desk's rule. */
#include <stdlib.h>

#include "releases.h"

typedef struct settings {
    const char *access;
    long port;
    bool doubtful, all, quiet;
    double above;
} settings;

static const ty_option options[] = {
    TY_FLAG(settings, doubtful, "doubtful", 0, "list the pairs that want a look, in text"),
    TY_FLAG(settings, all, "all", 0, "list all pairs"),
    TY_INTEGER(settings, port, "port", 'p', "N", "port; else 8765, or the next free one"),
    TY_TEXT(settings, access, "access", 0, "FILE", "who may sign in; else desk-access in your data folder"),
    TY_FLAG(settings, quiet, "no-open", 0, "print the address, and open no browser"),
    TY_REAL(settings, above, "above", 0, "X", "pairs less sure than X are doubtful, default 0.95"),
    {0},
};

typedef struct listing {
    ty_run *run;
    const settings *set;
    uint64_t told;
} listing;

static ty_status list_release(void *payload, const ty_release_info *info, ty_error *error)
{
    listing *l = payload;
    ty_review *review = NULL;
    ty_review_bead bead;
    ty_status status = ty_review_open(l->run->memory, info->id, &review, error);
    if (status != TY_OK)
        return status;
    ty_review_doubt(review, l->set->above);
    ty_present_review_head(ty_say(l->run), review);
    ty_said(l->run);
    for (size_t i = 0; i < ty_review_bead_count(review); i++) {
        ty_review_bead_at(review, i, &bead);
        if (!l->set->all && !bead.doubtful)
            continue;
        ty_present_review_bead(ty_say(l->run), review, i);
        ty_said(l->run);
        l->told++;
    }
    ty_review_close(review);
    return TY_OK;
}

static ty_status open_desk(ty_run *run, const settings *set, char **words, int count, ty_error *error)
{
    int64_t release = 0;
    ty_serving how = {.access = set->access, .port = set->port, .open = !set->quiet};
    if (count > 1)
        return ty_usage(&ty_command_review, error);
    ty_status status = ty_release_meant(run->memory, count ? words[0] : NULL, &release, error);
    return status == TY_OK ? ty_serve_release(run, &how, release, error) : status;
}

static ty_status review(ty_run *run, void *payload, char **words, int count, ty_error *error)
{
    const settings *set = payload;
    if (set->above < 0 || set->above > 1)
        return ty_error_set(error, TY_ERR_USAGE, "--above is 0 to 1");
    if (!set->doubtful && !set->all)
        return open_desk(run, set, words, count, error);
    listing l = {run, set, 0};
    ty_status status = ty_each_release(run->memory, words, count, list_release, &l, error);
    return status == TY_OK && !l.told ? TY_NO : status;
}

const ty_command ty_command_review = {
    .name = "review",
    .arguments = "[RELEASE] | --doubtful [RELEASE...]",
    .summary = N_("The review of a release in the browser, or its doubtful pairs in text"),
    .examples = "  taiyaku review 2018-09-21-mod-ministers-meeting\n"
                "  taiyaku review --doubtful\n",
    .mode = TY_COMMAND_WRITES,
    .nothing = N_("nothing is doubtful"),
    .options = options,
    .settings_size = sizeof(settings),
    .run = review,
};
