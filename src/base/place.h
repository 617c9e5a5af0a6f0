/* SPDX-License-Identifier: Apache-2.0 */
/* place - how an output file comes to stand under its name; for output.c alone. */
#ifndef TY_BASE_PLACE_H
#define TY_BASE_PLACE_H

#include "base/sys.h"

/*
 * A file on its way to its name. Until it is whole it has none: nothing is left behind by a signal or a
 * crash. Where the file system knows no files without a name, one that was unlinked is copied at the end.
 */
typedef struct ty_file_place {
    int file, folder; /* -1 for none */
    char *path;       /* what takes the name: links followed where the kind says so */
    ty_output_kind kind;
    bool copied; /* the file was unlinked and cannot be linked again */
} ty_file_place;

/* Fills *place, also after a failure, for ty_place_release. */
ty_status ty_place_open(ty_file_place *place, const char *path, ty_output_kind kind, ty_error *error);
/* Gives the file its name, with mode and owner of what it replaces; synced, the folder too. 0 or an errno. */
int ty_place_take(ty_file_place *place);
void ty_place_release(ty_file_place *place);

#endif
