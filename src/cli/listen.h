/* SPDX-License-Identifier: Apache-2.0 */
/* listen - how the program passes on what the library says while it works. */
#ifndef TY_CLI_LISTEN_H
#define TY_CLI_LISTEN_H

#include "cli.h"

/* Fills run->listener: notices to stderr, progress where stderr is a terminal or --progress asks. */
void ty_listen_begin(ty_run *run);
/* Takes a progress line off the terminal. */
void ty_listen_end(ty_run *run);
/* Which option helps where a rule is broken, to be put behind the message; "" for most. */
const char *ty_advice(const char *rule);
/* "taiyaku: FILE:LINE: unit N: MESSAGE" on stderr. */
void ty_listen_error(const ty_error *error);

#endif
