/* SPDX-License-Identifier: Apache-2.0 */
/* import_many - releases of folders, or of a list, one after the other: one that fails does not keep others
 * out. */
#ifndef TY_CLI_IMPORT_MANY_H
#define TY_CLI_IMPORT_MANY_H

#include "cli.h"

/* What came of the files of folders, for whoever goes on watching them. Starts zeroed. */
typedef struct ty_folder_files {
    TY_VECTOR(ty_file_pair) pairs; /* paths in the arena */
    TY_VECTOR(const char *) alone;
    ty_arena arena;
} ty_folder_files;
void ty_folder_files_release(ty_folder_files *files);

/* `how`: what holds for every release; source and target in it are not looked at. `report`: a file that gets
 * what came of it as a page, or NULL. */
ty_status ty_import_folders(ty_run *run, const ty_release *how, char **folders, int count, const char *report,
                            ty_error *error);
/* The same for folders and files; adds to *files. A document that has no partner is no failure. */
ty_status ty_import_watched(ty_run *run, const ty_release *how, const char *const *paths, size_t count,
                            ty_folder_files *files, ty_error *error);
/* Lines SOURCE, tab, TARGET, and perhaps tab, NAME. */
ty_status ty_import_list(ty_run *run, const ty_release *how, const char *list, const char *report,
                         ty_error *error);

#endif
