/* SPDX-License-Identifier: Apache-2.0 */
#include "cli.h"

static ty_status print_figure(void *payload, const char *what, uint64_t count)
{
    ty_run *run = payload;
    if (run->common.json) {
        ty_json_begin(run);
        ty_json_text(run, "what", ty_slice_of(what));
        ty_json_integer(run, "count", (int64_t)count);
        ty_json_end(run);
    } else {
        ty_print(run, "%10llu  %s\n", (unsigned long long)count, what);
    }
    return TY_OK;
}

static ty_status stats(ty_run *run, void *settings, char **words, int count, ty_error *error)
{
    (void)settings;
    (void)words;
    if (count != 0)
        return ty_error_set(error, TY_ERR_USAGE, "stats takes no arguments");
    return ty_memory_stats(run->memory, print_figure, run, error);
}

const ty_command ty_command_stats = {
    .name = "stats",
    .arguments = "",
    .summary = "What the memory holds: units, variants by language, origins, documents, concepts",
    .mode = TY_COMMAND_READS,
    .run = stats,
};
