/* SPDX-License-Identifier: Apache-2.0 */
#include "cli.h"

typedef struct settings {
    const char *only, *origin;
} settings;

static const ty_option options[] = {
    TY_TEXT(settings, only, "only", 0, "KINDS",
            "untranslated, same, inconsistent-target, inconsistent-source, numbers, codes, doubled-word, "
            "doubled-punctuation, brackets, blanks, address, end"),
    TY_TEXT(settings, origin, "origin", 0, "PATTERN", "units of the memory instead of files"),
    {0},
};

typedef struct checked {
    ty_run *run;
    uint64_t count;
} checked;

static ty_status print_fault(void *payload, const ty_fault *fault)
{
    checked *c = payload;
    c->count++;
    ty_present_fault(ty_say(c->run), fault);
    ty_said(c->run);
    return TY_OK;
}

static ty_status check_memory(checked *c, const ty_quality_settings *how, ty_error *error)
{
    ty_memory *memory = NULL;
    ty_status status =
        ty_memory_open(c->run->common.memory, TY_MEMORY_READ, &c->run->listener, &memory, error);
    if (status == TY_OK)
        status = ty_memory_quality(memory, how, print_fault, c, error);
    ty_memory_close(memory);
    return status;
}

static ty_status check(ty_run *run, void *payload, char **words, int count, ty_error *error)
{
    const settings *set = payload;
    if ((count == 0) == !set->origin)
        return ty_usage(&ty_command_check, error);
    ty_quality_settings how = {.size = sizeof how,
                               .only = set->only,
                               .source_lang = run->common.source,
                               .target_lang = run->common.target,
                               .encoding = run->common.encoding,
                               .origin = set->origin};
    checked c = {run, 0};
    ty_status result = set->origin ? check_memory(&c, &how, error) : TY_OK;
    for (int i = 0; i < count && (result == TY_OK || result == TY_NO); i++) {
        ty_status status =
            ty_quality_check(&(ty_source){.path = words[i]}, &how, &run->listener, print_fault, &c, error);
        result = status == TY_OK ? result : status;
    }
    if (result == TY_OK || result == TY_NO) {
        ty_present_checked(ty_say(run), c.count);
        ty_said_aside(run);
    }
    return result;
}

const ty_command ty_command_check = {
    .name = "check",
    .arguments = "[-s LANG] [-t LANG] [--only KINDS] FILE... | --origin PATTERN",
    .summary = N_("Check translations: what is missing, inconsistent, or not as in the original"),
    .examples = "  taiyaku check statement.xlf ja.po\n"
                "  taiyaku check --origin 'mod-*' --only numbers,codes\n",
    .mode = TY_COMMAND_PLAIN,
    .shared = "ste",
    .options = options,
    .settings_size = sizeof(settings),
    .run = check,
};
