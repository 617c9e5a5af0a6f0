/* SPDX-License-Identifier: Apache-2.0 */
#include "cli.h"

enum { PATH_SIZE = 4096 };

typedef struct settings {
    bool dry_run;
} settings;

static ty_status migrate(ty_run *run, void *payload, char **words, int count, ty_error *error)
{
    const settings *set = payload;
    (void)words;
    char kept[PATH_SIZE];
    ty_migrated done = {.dry_run = set->dry_run, .kept = kept, .to = ty_memory_version()};
    if (count)
        return ty_usage(&ty_command_migrate, error);
    ty_status status =
        ty_memory_migrate(run->common.memory, set->dry_run, &done.from, kept, sizeof kept, error);
    if (status != TY_OK && status != TY_NO)
        return status;
    ty_present_migrated(ty_say(run), &done);
    ty_said_done(run);
    return TY_OK;
}

static const ty_option options[] = {
    TY_FLAG(settings, dry_run, "dry-run", 'n', "only try it: all is done, and taken back again"),
    {0},
};

const ty_command ty_command_migrate = {
    .name = "migrate",
    .arguments = "[--dry-run]",
    .summary = N_("Bring a memory of an older version up to date, as the first command that writes does"),
    .examples = "  taiyaku migrate --dry-run\n",
    .mode = TY_COMMAND_PLAIN,
    .options = options,
    .settings_size = sizeof(settings),
    .run = migrate,
};
