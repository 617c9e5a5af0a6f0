/* SPDX-License-Identifier: Apache-2.0 */
/*
 * survey - the releases of a memory as far as is needed to tell whether one that comes is among them, kept
 * from one to the next: of a folder of thousands each would else be looked through for each that comes.
 */
#ifndef TY_OPS_SURVEY_H
#define TY_OPS_SURVEY_H

#include "ops/internal.h"

typedef struct ty_surveyed_document {
    int64_t id;
    uint32_t lang; /* its number among the survey's languages */
    ty_slice url, path;
    size_t sentence_count; /* as stored: a person may have cut some */
    bool older;
    const uint64_t *hashes; /* of its sentences as published, sorted; NULL: not read yet */
    size_t hash_count;
} ty_surveyed_document;

typedef struct ty_surveyed_release {
    int64_t origin;
    size_t first, count; /* of its documents */
} ty_surveyed_release;

struct ty_survey {
    ty_stamp stamp;                          /* the last step of the memory that it knows of */
    TY_VECTOR(ty_surveyed_release) releases; /* in order of origin */
    TY_VECTOR(ty_surveyed_document) documents;
    ty_slices langs;
    ty_arena arena;
};

/* The memory's own, as the memory is now. Borrowed until it changes. */
ty_status ty_survey_open(ty_memory *memory, ty_survey **out, ty_error *error);
/* For who has just changed the release, and nothing else, in a step; what cannot be renewed is made anew. */
void ty_survey_renew(ty_memory *memory, int64_t origin);

#endif
