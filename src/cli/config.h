/* SPDX-License-Identifier: Apache-2.0 */
/*
 * config - what holds where the command line does not say: environment, then ./taiyaku.conf, then the user's
 * own file, $XDG_CONFIG_HOME/taiyaku/config. Lines `key = value`; # begins a comment.
 */
#ifndef TY_CLI_CONFIG_H
#define TY_CLI_CONFIG_H

#include "base/base.h"

typedef enum ty_config_key {
    TY_CONFIG_MEMORY,
    TY_CONFIG_SOURCE,
    TY_CONFIG_TARGET,
    TY_CONFIG_NAME,
    TY_CONFIG_PENALTIES,
    TY_CONFIG_MEMORY_MODE,
    TY_CONFIG_DURABILITY,
    TY_CONFIG_COUNT
} ty_config_key;

typedef struct ty_config {
    struct {
        const char *value; /* NULL: nothing is set */
        const char *from;  /* "FILE:LINE", "--memory", "$TAIYAKU_MEMORY", "default" */
    } values[TY_CONFIG_COUNT];
    ty_arena arena;
} ty_config;

/*
 * Reads both files. The one in the current folder counts only if it is the user's own and nobody else can
 * write to it, and it may not set memory, name or memory-mode: what would lead work elsewhere comes with no
 * folder. TY_ERR_USAGE, with file and line, where the user's file has a line that cannot be understood; of
 * the other that is a warning.
 */
ty_status ty_config_read(ty_config *config, const ty_listener *listener, ty_error *error);
void ty_config_release(ty_config *config);
const char *ty_config_name(ty_config_key key);
/* The file that would be made by a command that writes, where neither command line nor config says; false:
 * none. */
bool ty_config_default_memory(ty_buffer *out);

#endif
