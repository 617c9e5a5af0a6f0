/* SPDX-License-Identifier: Apache-2.0 */
/* folder_watch - what is written into folders, and into those below them (inotify of Linux). */
#ifndef TY_CLI_FOLDER_WATCH_H
#define TY_CLI_FOLDER_WATCH_H

#include "cli.h"

typedef struct ty_folder_watch ty_folder_watch;

/* From here on what is written is noticed. Folders that begin with a dot are left aside. */
ty_status ty_folder_watch_open(char **folders, int count, ty_folder_watch **out, ty_error *error);
void ty_folder_watch_close(ty_folder_watch *watch);
/*
 * Waits until files were written or moved in and nothing has come for `quiet` milliseconds, and adds their
 * paths to *out, each once. TY_STOP when a signal asks the program to end (INT, TERM, HUP). *all: more came
 * than the system could tell one by one; then all of the folders must be looked at.
 */
ty_status ty_folder_watch_wait(ty_folder_watch *watch, int quiet, ty_strings *out, bool *all,
                               ty_error *error);

#endif
