/* SPDX-License-Identifier: Apache-2.0 */
#include <stdlib.h>

#include "cli.h"

typedef struct settings {
    const char *origin, *penalty, *xliff;
    long min, max;
    bool accept_exact, in_place, dry_run;
} settings;

static const settings usual = {.min = 70, .max = 3};

static const ty_option options[] = {
    TY_INTEGER(settings, min, "min", 0, "N", "least score, default 70"),
    TY_INTEGER(settings, max, "max", 0, "N", "most candidates a segment, default 3; a PO entry takes one"),
    TY_TEXT(settings, origin, "origin", 0, "PATTERN", "only units of origins that PATTERN (* and ?) fits"),
    TY_TEXT(settings, penalty, "penalty", 0, "RULES", "what is taken off for what, as in match"),
    TY_TEXT(settings, xliff, "xliff", 0, "VERSION", "of a document: make XLIFF 1.2 (default) or 2.1"),
    TY_FLAG(settings, accept_exact, "accept-exact", 0, "PO: exact matches without penalties are not fuzzy"),
    TY_FLAG(settings, in_place, "in-place", 0, "write FILE itself"),
    TY_FLAG(settings, dry_run, "dry-run", 0, "write nothing, only count"),
    {0},
};

static ty_status check(const ty_run *run, const settings *set, const char *path, ty_error *error)
{
    if (set->min < 0 || set->min > 102 || set->max < 1)
        return ty_error_set(error, TY_ERR_USAGE, "--min is 0 to 102, --max at least 1");
    if (set->xliff && strcmp(set->xliff, "1.2") != 0 && strcmp(set->xliff, "2.1") != 0)
        return ty_error_set(error, TY_ERR_USAGE, "--xliff is 1.2 or 2.1, not \"%s\"", set->xliff);
    if (set->in_place && (run->common.output || strcmp(path, "-") == 0))
        return ty_error_set(error, TY_ERR_USAGE,
                            "--in-place writes FILE itself: no -o, and no standard input");
    return TY_OK;
}

/* A document is not an XLIFF, and must not become one under its own name. */
static ty_status check_in_place(const settings *set, const char *path, ty_error *error)
{
    bool document = false;
    ty_status status =
        set->in_place ? ty_source_is_document(&(ty_source){.path = path}, &document, error) : TY_OK;
    if (status == TY_OK && document)
        status =
            ty_error_set(error, TY_ERR_USAGE, "%s is a document: write the XLIFF made of it with -o", path);
    return status;
}

static ty_status pretranslate(ty_run *run, void *payload, char **words, int count, ty_error *error)
{
    const settings *set = payload;
    if (count != 1)
        return ty_usage(&ty_command_pretranslate, error);
    ty_sink sink = {.path = set->in_place ? words[0] : run->common.output};
    ty_pretranslate_settings how = {.encoding = run->common.encoding,
                                    .source_lang = run->common.source,
                                    .target_lang = run->common.target,
                                    .min_score = set->min ? (int)set->min : 1,
                                    .max_candidates = (size_t)set->max,
                                    .origin = set->origin,
                                    .penalties = set->penalty ? set->penalty
                                                              : run->config.values[TY_CONFIG_PENALTIES].value,
                                    .xliff_2 = set->xliff && set->xliff[0] == '2',
                                    .accept_exact = set->accept_exact,
                                    .dry_run = set->dry_run};
    ty_pretranslate_counts counts;
    ty_status status = check(run, set, words[0], error);
    if (status == TY_OK)
        status = check_in_place(set, words[0], error);
    if (status == TY_OK)
        status =
            ty_memory_pretranslate(run->memory, &(ty_source){.path = words[0]}, &sink, &how, &counts, error);
    else
        return status;
    if (status == TY_OK || status == TY_NO) {
        bool mixed = !sink.path && !set->dry_run; /* the file itself is on standard output */
        ty_present_pretranslated(ty_say(run), &counts);
        if (!mixed || !run->common.json)
            ty_said_aside(run);
    }
    return status;
}

const ty_command ty_command_pretranslate = {
    .name = "pretranslate",
    .arguments = "[-s LANG] [-t LANG] [-o FILE] [options] FILE",
    .summary = N_("Put matches into an XLIFF, PO or text to be translated, as candidates"),
    .examples = "  taiyaku pretranslate statement.xlf -o statement-ja.xlf\n"
                "  taiyaku pretranslate --min=85 --in-place ja.po\n"
                "  taiyaku pretranslate -t ja speech.txt -o speech.xlf\n",
    .mode = TY_COMMAND_READS | TY_COMMAND_OWN_OUTPUT,
    .shared = "ste",
    .options = options,
    .settings_size = sizeof(settings),
    .usual = &usual,
    .run = pretranslate,
};
