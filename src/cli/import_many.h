/* SPDX-License-Identifier: Apache-2.0 */
/* import_many - releases of folders, or of a list, one after the other: one that fails does not keep others
 * out. */
#ifndef TY_CLI_IMPORT_MANY_H
#define TY_CLI_IMPORT_MANY_H

#include "cli.h"

/* `how`: what holds for every release; source and target in it are not looked at. */
ty_status ty_import_folders(ty_run *run, const ty_release *how, char **folders, int count, ty_error *error);
/* Lines SOURCE, tab, TARGET, and perhaps tab, NAME. */
ty_status ty_import_list(ty_run *run, const ty_release *how, const char *list, ty_error *error);
/* Is it a folder? */
bool ty_is_folder(const char *path);

#endif
