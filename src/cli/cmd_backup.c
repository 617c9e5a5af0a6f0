/* SPDX-License-Identifier: Apache-2.0 */
#include "cli.h"

enum { PATH_SIZE = 4096 };

static ty_status backup(ty_run *run, void *settings, char **words, int count, ty_error *error)
{
    (void)settings;
    if (count != 1)
        return ty_usage(&ty_command_backup, error);
    ty_status status = ty_memory_backup(run->memory, words[0], error);
    if (status == TY_OK) {
        ty_present_file(ty_say(run), N_("backup"), words[0]);
        ty_said(run);
    }
    return status;
}

static ty_status restore(ty_run *run, void *settings, char **words, int count, ty_error *error)
{
    (void)settings;
    char kept[PATH_SIZE];
    if (count != 1)
        return ty_usage(&ty_command_restore, error);
    ty_status status =
        ty_memory_restore(run->common.memory, words[0], &run->listener, kept, sizeof kept, error);
    if (status != TY_OK && error->rule && strcmp(error->rule, "no-memory") == 0)
        error->rule = NULL; /* a backup that is not there is not made by an import */
    if (status == TY_OK) {
        ty_present_put_back(ty_say(run), words[0], kept);
        ty_said(run);
    }
    return status;
}

const ty_command ty_command_backup = {
    .name = "backup",
    .arguments = "FILE",
    .summary = N_("Copy the memory to a file, while it is in use"),
    .examples = "  taiyaku backup /media/stick/memory-backup.db\n",
    .mode = TY_COMMAND_READS,
    .run = backup,
};

const ty_command ty_command_restore = {
    .name = "restore",
    .arguments = "FILE",
    .summary = N_("Put a backup in the place of the memory, and keep what was there"),
    .examples = "  taiyaku restore /media/stick/memory-backup.db\n",
    .mode = TY_COMMAND_PLAIN,
    .run = restore,
};
