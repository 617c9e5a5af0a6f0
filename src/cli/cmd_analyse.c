/* SPDX-License-Identifier: Apache-2.0 */
#include <stdlib.h>

#include "cli.h"

typedef struct settings {
    const char *origin, *penalty;
} settings;

static const ty_option options[] = {
    TY_TEXT(settings, origin, "origin", 0, "PATTERN", "only units of origins that PATTERN (* and ?) fits"),
    TY_TEXT(settings, penalty, "penalty", 0, "RULES", "what is taken off for what, as in match"),
    {0},
};

static ty_status analyse(ty_run *run, void *payload, char **words, int count, ty_error *error)
{
    const settings *set = payload;
    if (count == 0)
        return ty_usage(&ty_command_analyse, error);
    ty_pretranslate_settings how = {.size = sizeof how,
                                    .encoding = run->common.encoding,
                                    .source_lang = run->common.source,
                                    .target_lang = run->common.target,
                                    .origin = set->origin,
                                    .penalties = set->penalty};
    ty_analysis analysis;
    ty_source *sources = calloc((size_t)count, sizeof *sources);
    for (int i = 0; sources && i < count; i++)
        sources[i].path = words[i];
    ty_status status = sources
                           ? ty_memory_analyse(run->memory, sources, (size_t)count, &how, &analysis, error)
                           : ty_error_nomem(error);
    free(sources);
    if (status == TY_OK) {
        ty_present_analysis(ty_say_row(run, NULL), &analysis);
        ty_said(run);
    }
    return status;
}

const ty_command ty_command_analyse = {
    .name = "analyse",
    .arguments = "[-s LANG] [-t LANG] [options] FILE...",
    .summary = N_("Count words and characters of files to be translated, by what the memory has for them"),
    .examples = "  taiyaku analyse statement.xlf notes.txt\n",
    .mode = TY_COMMAND_READS,
    .shared = "ste",
    .options = options,
    .settings_size = sizeof(settings),
    .run = analyse,
};
