/* SPDX-License-Identifier: Apache-2.0 */
/* import_many - releases of folders, or of a list, one after the other: one that fails does not keep others
 * out. */
#ifndef TY_CLI_IMPORT_MANY_H
#define TY_CLI_IMPORT_MANY_H

#include "cli.h"

/* `how`: what holds for every release; source and target in it are not looked at. `report`: a file that gets
 * what came of it as a page, or NULL. */
ty_status ty_import_folders(ty_run *run, const ty_release *how, char **folders, int count, const char *report,
                            ty_error *error);
/* Lines SOURCE, tab, TARGET, and perhaps tab, NAME. */
ty_status ty_import_list(ty_run *run, const ty_release *how, const char *list, const char *report,
                         ty_error *error);
/* Is it a folder? */
bool ty_is_folder(const char *path);

#endif
