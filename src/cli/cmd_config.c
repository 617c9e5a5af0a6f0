/* SPDX-License-Identifier: Apache-2.0 */
/* What holds, and who says so. */
#include <stdlib.h>

#include "cli.h"

typedef struct holding {
    const char *value, *from;
} holding;

static holding first_of(const char *flag, const char *flag_name, const char *variable, const ty_run *run,
                        ty_config_key key)
{
    const char *value = variable ? getenv(variable + 1) : NULL;
    if (flag)
        return (holding){flag, flag_name};
    if (value && value[0])
        return (holding){value, variable};
    return (holding){run->config.values[key].value, run->config.values[key].from};
}

static holding what_holds(const ty_run *run, ty_config_key key, ty_buffer *scratch)
{
    const ty_common *told = &run->told;
    const char *user;
    holding found = {0};
    switch (key) {
    case TY_CONFIG_MEMORY:
        found = first_of(told->memory, "--memory", "$TAIYAKU_MEMORY", run, key);
        if (!found.value && ty_config_default_memory(scratch))
            found.value = scratch->data;
        break;
    case TY_CONFIG_SOURCE: found = first_of(told->source, "--source", NULL, run, key); break;
    case TY_CONFIG_TARGET: found = first_of(told->target, "--target", NULL, run, key); break;
    case TY_CONFIG_NAME:
        user = ty_user();
        found = first_of(NULL, NULL, NULL, run, key);
        if (!found.value || strcmp(found.value, user) != 0) /* the environment wins */
            found = (holding){user, getenv("TAIYAKU_NAME") ? "$TAIYAKU_NAME" : user ? "$USER" : NULL};
        break;
    default: found = first_of(NULL, NULL, NULL, run, key); break;
    }
    if (!found.from)
        found.from = "default";
    return found;
}

static ty_status config(ty_run *run, void *settings, char **words, int count, ty_error *error)
{
    (void)settings;
    (void)words;
    if (count)
        return ty_usage(&ty_command_config, error);
    ty_buffer scratch = {0};
    for (int key = 0; key < TY_CONFIG_COUNT; key++) {
        holding found = what_holds(run, (ty_config_key)key, &scratch);
        ty_present_setting(ty_say(run), ty_config_name((ty_config_key)key), found.value ? found.value : "",
                           found.from);
        ty_said(run);
    }
    ty_buffer_release(&scratch);
    return TY_OK;
}

const ty_command ty_command_config = {
    .name = "config",
    .arguments = "",
    .summary = N_("What holds where the command line does not say, and where it comes from"),
    .examples = "  taiyaku config\n",
    .mode = TY_COMMAND_PLAIN,
    .run = config,
};
