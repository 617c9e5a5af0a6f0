/* SPDX-License-Identifier: Apache-2.0 */
/* releases - releases as a command line names them: by number, name, or a pattern with * and ?. */
#ifndef TY_CLI_RELEASES_H
#define TY_CLI_RELEASES_H

#include "cli.h"

/*
 * The release whose number, name or title the word is, or is part of, or whose name fits it as a pattern;
 * NULL: the newest that is not confirmed to its end (0: there is none). TY_NO where there is none,
 * TY_ERR_USAGE where there are several.
 */
ty_status ty_release_meant(ty_memory *memory, const char *word, int64_t *out, ty_error *error);
/*
 * Each release that one of the words names, in the order they came; all of them where there are no words.
 * TY_NO, with nothing done, where a word names none.
 */
ty_status ty_each_release(ty_memory *memory, char **words, int count,
                          ty_status (*each)(void *payload, const ty_release_info *release, ty_error *error),
                          void *payload, ty_error *error);
/* The desk at a release (0: its first page), until it is ended. */
typedef struct ty_serving {
    const char *access;
    long port;
    bool open; /* the browser */
} ty_serving;
ty_status ty_serve_release(ty_run *run, const ty_serving *how, int64_t release, ty_error *error);

#endif
