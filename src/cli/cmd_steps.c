/* SPDX-License-Identifier: Apache-2.0 */
/* What was done to a memory: log, undo, redo. */
#include <errno.h>
#include <limits.h>
#include <stdlib.h>

#include "cli.h"

typedef struct settings {
    bool mine;
    long max, unit;
    const char *concept;
    const char *forget;
} settings;

static ty_status step_number(const char *word, int64_t *out, ty_error *error)
{
    char *end = NULL;
    errno = 0;
    long long value = strtoll(word, &end, 10);
    if (errno || end == word || *end || value < 1)
        return ty_error_set(error, TY_ERR_USAGE, "\"%s\" is no step's number; taiyaku log tells them", word);
    *out = value;
    return TY_OK;
}

/* ------------------------------------------------------------------------------------------ undo, redo */

static ty_status take_back(ty_run *run, const settings *set, bool redo, char **words, int count,
                           ty_error *error)
{
    ty_step step;
    ty_undo which = {.size = sizeof which, .redo = redo, .who = set->mine ? ty_user() : NULL};
    if (count > 1)
        return ty_usage(redo ? &ty_command_redo : &ty_command_undo, error);
    ty_status status = count ? step_number(words[0], &which.step, error) : TY_OK;
    if (status == TY_OK)
        status = ty_memory_undo(run->memory, &which, &step, NULL, error);
    if (status != TY_OK)
        return status;
    ty_present_restored(ty_say(run), &step, redo);
    ty_said(run);
    return TY_OK;
}

static ty_status undo(ty_run *run, void *payload, char **words, int count, ty_error *error)
{
    return take_back(run, payload, false, words, count, error);
}

static ty_status redo(ty_run *run, void *payload, char **words, int count, ty_error *error)
{
    return take_back(run, payload, true, words, count, error);
}

/* ------------------------------------------------------------------------------------------ log */

static ty_status print_line(void *payload, const ty_step *step)
{
    ty_run *run = payload;
    ty_present_step(ty_say_row(run, ty_present_steps_header), step);
    ty_said(run);
    return TY_OK;
}

static ty_status print_past(void *payload, const ty_past *past)
{
    ty_run *run = payload;
    ty_present_past(ty_say_row(run, ty_present_past_header), past);
    ty_said(run);
    return TY_OK;
}

static ty_status list_past(ty_run *run, const settings *set, ty_error *error)
{
    ty_step_filter filter = {.size = sizeof filter, .unit = set->unit, .max = (size_t)set->max};
    if (set->mine || (set->unit && set->concept))
        return ty_error_set(error, TY_ERR_USAGE, "--unit, --concept and --mine do not go together");
    ty_status status =
        set->concept ? ty_memory_concept_find(run->memory, set->concept, &filter.concept, error) : TY_OK;
    if (status != TY_OK)
        return status;
    status = ty_memory_past(run->memory, &filter, print_past, run, error);
    return status == TY_NO ? ty_error_set(error, TY_NO, "no step touched it") : status;
}

static ty_status forget(ty_run *run, const char *day, ty_error *error)
{
    uint64_t steps = 0;
    ty_memory *memory = NULL;
    ty_status status = ty_check_date("forget", day, error);
    if (status == TY_OK)
        status = ty_memory_open(ty_memory_path(run->memory), TY_MEMORY_WRITE, &run->listener, &memory, error);
    if (status == TY_OK)
        status = ty_memory_forget(memory, day, &steps, error);
    ty_memory_close(memory);
    if (status == TY_OK) {
        ty_present_changed(ty_say(run), N_("forgotten"), NULL, steps);
        ty_said_done(run);
    }
    return status;
}

static ty_status list_steps(ty_run *run, void *payload, char **words, int count, ty_error *error)
{
    (void)words;
    const settings *set = payload;
    if (count != 0)
        return ty_usage(&ty_command_log, error);
    if (set->max < 1)
        return ty_error_set(error, TY_ERR_USAGE, "--max is at least 1");
    if (set->forget)
        return forget(run, set->forget, error);
    if (set->unit || set->concept)
        return list_past(run, set, error);
    ty_step_filter filter = {
        .size = sizeof filter, .who = set->mine ? ty_user() : NULL, .max = (size_t)set->max};
    return ty_memory_steps(run->memory, &filter, print_line, run, error);
}

/* ------------------------------------------------------------------------------------------ commands */

static const settings usual = {.max = LONG_MAX};

static const ty_option undo_options[] = {
    TY_FLAG(settings, mine, "mine", 0, "the last of your own, not of all"),
    {0},
};

static const ty_option log_options[] = {
    TY_FLAG(settings, mine, "mine", 0, "only your own"),
    TY_INTEGER(settings, max, "max", 0, "N", "so many at most"),
    TY_INTEGER(settings, unit, "unit", 0, "N", "what was done to this unit, and how its texts were before"),
    TY_TEXT(settings, concept, "concept", 0, "NAME", "the same of a concept and its terms"),
    TY_TEXT(settings, forget, "forget", 0, "BEFORE",
            "forget what steps before the day BEFORE (YYYY-MM-DD) changed; they cannot be undone any more"),
    {0},
};

const ty_command ty_command_undo = {
    .name = "undo",
    .arguments = "[STEP] [--mine]",
    .summary = N_("Take a step back, the last one unless you say which"),
    .mode = TY_COMMAND_WRITES,
    .nothing = N_("there is no step to take back"),
    .options = undo_options,
    .settings_size = sizeof(settings),
    .run = undo,
};

const ty_command ty_command_redo = {
    .name = "redo",
    .arguments = "[STEP] [--mine]",
    .summary = N_("Bring forward again what the last undo took back"),
    .mode = TY_COMMAND_WRITES,
    .nothing = N_("there is nothing to bring forward again"),
    .options = undo_options,
    .settings_size = sizeof(settings),
    .run = redo,
};

const ty_command ty_command_log = {
    .name = "log",
    .arguments = "[options]",
    .summary = N_("What was done to the memory, the last step first"),
    .examples = "  taiyaku log --max 10\n"
                "  taiyaku log --unit 12\n",
    .mode = TY_COMMAND_READS,
    .nothing = N_("nothing was done yet"),
    .options = log_options,
    .settings_size = sizeof(settings),
    .usual = &usual,
    .run = list_steps,
};
