/* SPDX-License-Identifier: Apache-2.0 */
/* help - the table of commands, and the texts made from it. */
#ifndef TY_CLI_HELP_H
#define TY_CLI_HELP_H

#include "cli.h"

/*
 * The command that the first one or two of `count` words name; *used is how many. NULL when there is none:
 * the error then suggests what was meant.
 */
const ty_command *ty_command_find(char **words, int count, int *used, ty_error *error);
/* The commands of a group, "term"; false where it is none. */
bool ty_help_group(const char *group, FILE *stream);
void ty_help_all(FILE *stream);
void ty_help_command(const ty_command *command, FILE *stream);
/* The tables themselves, an object a command; the shared options first, under no command. */
void ty_help_json(ty_run *run, FILE *stream);

#endif
