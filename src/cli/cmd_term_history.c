/* SPDX-License-Identifier: Apache-2.0 */
/* Which rendering of a term was used when and where. */
#include "cli.h"

static ty_status print_rendering(void *payload, const ty_term_rendering *found)
{
    ty_present_rendering(ty_say_row(payload, ty_present_renderings_header), found);
    ty_said(payload);
    return TY_OK;
}

static ty_status history(ty_run *run, void *payload, char **words, int count, ty_error *error)
{
    (void)payload;
    if (count != 1)
        return ty_usage(&ty_command_term_history, error);
    ty_buffer input = {0};
    ty_slice term;
    const char *lang = run->common.lang ? run->common.lang : run->common.source;
    ty_status status = ty_query(words[0], &input, &term, error);
    if (status == TY_OK)
        status =
            ty_memory_term_history(run->memory, term, lang, run->common.target, print_rendering, run, error);
    ty_buffer_release(&input);
    return status;
}

const ty_command ty_command_term_history = {
    .name = "term history",
    .arguments = "[-l LANG] [-t LANG] TERM",
    .summary = N_("Which rendering of a term was used when and where"),
    .examples = "  taiyaku term history 'host nation support'\n"
                "  taiyaku --json term history 接受国支援\n",
    .mode = TY_COMMAND_READS,
    .shared = "lst",
    .nothing = N_("no unit has it"),
    .run = history,
};
