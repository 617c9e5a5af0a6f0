/* SPDX-License-Identifier: Apache-2.0 */
/*
 * written - the list of the files that exports put into a folder, beside them: which memory each is from,
 * which origin, and what was in it. Only what is on it, and as it was written, is ever taken away again.
 */
#ifndef TY_OPS_EXCHANGE_WRITTEN_H
#define TY_OPS_EXCHANGE_WRITTEN_H

#include "ops/internal.h"

typedef struct ty_written_file {
    ty_slice memory, path, digest; /* path below the folder */
    int64_t origin;                /* 0: of none */
} ty_written_file;

typedef struct ty_written_list {
    ty_slice memory; /* whose files are looked at and told */
    ty_buffer folder;
    TY_VECTOR(ty_written_file) files;
    ty_arena arena;
} ty_written_list;

/* A folder without a list has an empty one. */
ty_status ty_written_load(ty_written_list *list, const char *folder, ty_slice memory, ty_error *error);
/* The file is there now, as this memory wrote it. */
ty_status ty_written_keep(ty_written_list *list, const char *path, int64_t origin, ty_error *error);
/* Is the file this memory's, and as it wrote it? */
bool ty_written_is_ours(const ty_written_list *list, const char *path);
/* Takes the file away if it is; one that somebody changed stays, which is told. Off the list in any case. */
ty_status ty_written_drop(ty_written_list *list, const char *path, const ty_listener *listener,
                          ty_error *error);
ty_status ty_written_save(ty_written_list *list, ty_error *error);
void ty_written_release(ty_written_list *list);

#endif
