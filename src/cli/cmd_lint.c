/* SPDX-License-Identifier: Apache-2.0 */
#include "listen.h"

typedef struct settings {
    bool repair;
} settings;

static const ty_option options[] = {
    TY_FLAG(settings, repair, "repair", 0, "write FILE anew (-o OUT), mended as far as can be without loss"),
    {0},
};

typedef struct linted {
    ty_run *run;
    const char *path;
    uint64_t count;
} linted;

static void print_finding(void *payload, const ty_lint_finding *finding)
{
    linted *l = payload;
    ty_buffer fix = {0};
    ty_lint_finding advised = *finding;
    ty_buffer_add_format(&fix, "%s%s", finding->fix, ty_advice(finding->rule));
    advised.fix = fix.data ? fix.data : finding->fix;
    l->count++;
    ty_present_lint_finding(ty_say(l->run), l->path, &advised);
    ty_said(l->run);
    ty_buffer_release(&fix);
}

static ty_status lint(ty_run *run, void *payload, char **words, int count, ty_error *error)
{
    const settings *set = payload;
    if (count == 0 || (set->repair && count != 1))
        return ty_usage(&ty_command_lint, error);
    if (set->repair)
        return ty_lint_repair(&(ty_source){.path = words[0]}, run->common.encoding,
                              &(ty_sink){.path = run->common.output}, &run->listener, error);
    ty_status result = ty_output_open(run->common.output, &run->output, error);
    if (result != TY_OK)
        return result;
    uint64_t findings = 0;
    for (int i = 0; i < count; i++) {
        linted l = {run, words[i], 0};
        ty_status status =
            ty_lint(&(ty_source){.path = words[i]}, run->common.encoding, print_finding, &l, error);
        if (status != TY_OK && status != TY_NO)
            return status;
        result = status == TY_NO ? TY_NO : result;
        if (l.count == 0 && !run->common.json)
            ty_print(run, _("%s: nothing wrong\n"), words[i]);
        findings += l.count;
    }
    ty_present_linted(ty_say(run), (uint64_t)count, findings);
    ty_said(run);
    return result;
}

const ty_command ty_command_lint = {
    .name = "lint",
    .arguments = "FILE... | --repair [-o OUT] FILE",
    .summary = N_("Check TMX files against DTD and specification: line, rule, cause, fix"),
    .examples = "  taiyaku lint colleague.tmx\n"
                "  taiyaku lint --repair -o mended.tmx colleague.tmx\n",
    .mode = TY_COMMAND_PLAIN | TY_COMMAND_OWN_OUTPUT,
    .shared = "e",
    .options = options,
    .settings_size = sizeof(settings),
    .run = lint,
};
