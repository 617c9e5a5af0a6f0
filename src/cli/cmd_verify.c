/* SPDX-License-Identifier: Apache-2.0 */
#include "cli.h"

typedef struct told {
    ty_run *run;
    uint64_t findings;
} told;

static ty_status print_finding(void *payload, const char *finding)
{
    told *t = payload;
    t->findings++;
    ty_present_verify_finding(ty_say(t->run), finding);
    ty_said(t->run);
    return TY_OK;
}

static ty_status verify(ty_run *run, void *settings, char **words, int count, ty_error *error)
{
    (void)settings;
    (void)words;
    if (count != 0)
        return ty_error_set(error, TY_ERR_USAGE, "verify takes no arguments");
    told t = {.run = run};
    ty_status status = ty_memory_verify(run->memory, print_finding, &t, error);
    if (status == TY_OK || status == TY_NO) {
        ty_present_verified(ty_say(run), ty_memory_path(run->memory), t.findings);
        ty_said(run);
    }
    return status;
}

const ty_command ty_command_verify = {
    .name = "verify",
    .arguments = "",
    .summary = N_("Check the memory file: integrity, derived data, digests of units"),
    .mode = TY_COMMAND_READS,
    .run = verify,
};
