/* SPDX-License-Identifier: Apache-2.0 */
#include "cli.h"

static ty_status stats(ty_run *run, void *settings, char **words, int count, ty_error *error)
{
    (void)settings;
    (void)words;
    if (count != 0)
        return ty_error_set(error, TY_ERR_USAGE, "stats takes no arguments");
    ty_figures *figures = NULL;
    ty_status status = ty_memory_figures(run->memory, &figures, error);
    if (status == TY_OK) {
        ty_present_figures(ty_say(run), figures);
        ty_said(run);
    }
    ty_figures_free(figures);
    return status;
}

const ty_command ty_command_stats = {
    .name = "stats",
    .arguments = "",
    .summary = N_("What the memory holds: units, variants by language, origins, documents, concepts"),
    .mode = TY_COMMAND_READS,
    .run = stats,
};
