/* SPDX-License-Identifier: Apache-2.0 */
#include "cli.h"

static ty_status print_finding(void *payload, const char *finding)
{
    ty_run *run = payload;
    if (run->common.json) {
        ty_json_begin(run);
        ty_json_text(run, "finding", ty_slice_of(finding));
        ty_json_end(run);
    } else {
        ty_print(run, "%s\n", finding);
    }
    return TY_OK;
}

static ty_status verify(ty_run *run, void *settings, char **words, int count, ty_error *error)
{
    (void)settings;
    (void)words;
    if (count != 0)
        return ty_error_set(error, TY_ERR_USAGE, "verify takes no arguments");
    ty_status status = ty_memory_verify(run->memory, print_finding, run, error);
    if (status == TY_OK && !run->common.json)
        ty_print(run, "%s: nothing wrong\n", ty_memory_path(run->memory));
    return status;
}

const ty_command ty_command_verify = {
    .name = "verify",
    .arguments = "",
    .summary = "Check the memory file: integrity, derived data, digests of units",
    .mode = TY_COMMAND_READS,
    .run = verify,
};
