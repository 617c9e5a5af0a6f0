/* SPDX-License-Identifier: Apache-2.0 */
#include "cli.h"

typedef struct settings {
    bool repair;
} settings;

static const ty_option options[] = {
    TY_FLAG(settings, repair, "repair", 0, "write FILE anew (-o OUT), mended as far as can be without loss"),
    {0},
};

static const char *const severities[] = {[TY_SEVERITY_INFO] = "info",
                                         [TY_SEVERITY_WARNING] = "warning",
                                         [TY_SEVERITY_ERROR] = "error",
                                         [TY_SEVERITY_FATAL] = "fatal"};

typedef struct linted {
    ty_run *run;
    const char *path;
    uint64_t count;
} linted;

static void print_finding(void *payload, const ty_lint_finding *finding)
{
    linted *l = payload;
    ty_run *run = l->run;
    l->count++;
    if (run->common.json) {
        ty_json_begin(run);
        ty_json_text(run, "file", ty_slice_of(l->path));
        ty_json_integer(run, "line", (int64_t)finding->line);
        ty_json_integer(run, "unit", (int64_t)finding->unit);
        ty_json_text(run, "severity", ty_slice_of(severities[finding->severity]));
        ty_json_text(run, "rule", ty_slice_of(finding->rule));
        ty_json_text(run, "cause", ty_slice_of(finding->cause));
        ty_json_text(run, "fix", ty_slice_of(finding->fix));
        ty_json_end(run);
        return;
    }
    ty_print(run, "%s", l->path);
    if (finding->line)
        ty_print(run, ":%zu", finding->line);
    if (finding->unit)
        ty_print(run, ": unit %zu", finding->unit);
    ty_print(run, ": %s: ", severities[finding->severity]);
    ty_print_field(run, ty_slice_of(finding->cause));
    if (finding->fix && finding->fix[0]) {
        ty_print(run, "; ");
        ty_print_field(run, ty_slice_of(finding->fix));
    }
    ty_print(run, " [%s]\n", finding->rule);
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
    for (int i = 0; i < count; i++) {
        linted l = {run, words[i], 0};
        ty_status status =
            ty_lint(&(ty_source){.path = words[i]}, run->common.encoding, print_finding, &l, error);
        if (status != TY_OK && status != TY_NO)
            return status;
        result = status == TY_NO ? TY_NO : result;
        if (l.count == 0 && !run->common.json)
            ty_print(run, "%s: nothing wrong\n", words[i]);
    }
    return result;
}

const ty_command ty_command_lint = {
    .name = "lint",
    .arguments = "FILE... | --repair [-o OUT] FILE",
    .summary = "Check TMX files against DTD and specification: line, rule, cause, fix",
    .examples = "  taiyaku lint colleague.tmx\n"
                "  taiyaku lint --repair -o mended.tmx colleague.tmx\n",
    .mode = TY_COMMAND_PLAIN | TY_COMMAND_OWN_OUTPUT,
    .options = options,
    .settings_size = sizeof(settings),
    .run = lint,
};
