/* SPDX-License-Identifier: Apache-2.0 */
/* What was uploaded and is not taken in yet: kept for half an hour, in files without names. */
#ifndef TY_SERVER_STAGING_H
#define TY_SERVER_STAGING_H

#include "server/internal.h"

typedef struct ty_staged_file {
    char *name;
    int file;
    uint64_t size;
} ty_staged_file;

/* A release to be, or one file (second -1): an exchange file, or a document that has both languages. */
typedef struct ty_staged_group {
    int first, second;
    bool document;
} ty_staged_group;

typedef struct ty_staged {
    char id[17];
    char owner[TY_KEY_SIZE + 1]; /* who brought it */
    int64_t at;                  /* by ty_sys_clock */
    TY_VECTOR(ty_staged_file) files;
    TY_VECTOR(ty_staged_group) groups; /* what goes together, once that is found */
    bool busy;                         /* somebody works on it */
} ty_staged;

typedef struct ty_staging ty_staging;

/* For so many files at most, those that are still coming included. */
ty_staging *ty_staging_new(size_t files);
void ty_staging_free(ty_staging *staging);
/* A file for an upload; -1: it cannot be made, -2: there are as many as there may be. */
int ty_staging_make(ty_staging *staging);
/* What was made there is closed there; -1 is fine. */
void ty_staging_close(ty_staging *staging, int file);
/* Takes the uploads over from the request; NULL where there is no memory. Those of who has most make room,
 * the oldest first. */
ty_staged *ty_staging_add(ty_staging *staging, ty_http *http);
/* Holds it until it is given back; NULL: there is none of this name, or somebody else works on it. */
ty_staged *ty_staging_take(ty_staging *staging, ty_slice id);
/* Gives it back; or lets it go for good. */
void ty_staging_return(ty_staging *staging, ty_staged *staged, bool done);

/* The bytes of one, mapped. False where they cannot be; to be closed in any case. */
typedef struct ty_staged_view {
    ty_source source;
    void *data;
    size_t size;
} ty_staged_view;

bool ty_staged_open(const ty_staged_file *file, ty_staged_view *out);
void ty_staged_close(ty_staged_view *view);

#endif
