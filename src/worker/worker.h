/* SPDX-License-Identifier: Apache-2.0 */
/*
 * worker - a filter for batch engines: a record a line in, an answer a line out, in the same order
 * (docs/batch.md). Knows nothing of the records before, so that any engine may share them out, repeat them,
 * and throw answers away.
 *
 * Each record is answered in a child process that has a limit of time and of memory and is replaced where it
 * goes over either or dies: no record stops the others.
 */
#ifndef TY_WORKER_H
#define TY_WORKER_H

#include "base/base.h"

typedef enum ty_worker_task {
    TY_WORKER_ALIGN,   /* {"id", "source", "target", "langs"}: beads and units */
    TY_WORKER_SEGMENT, /* {"id", "text", "lang"}: sentences */
    TY_WORKER_SCAN,    /* {"id", "text", "lang"}: terms of the memory */
    TY_WORKER_MATCH    /* {"id", "text", "langs"}: matches of the memory */
} ty_worker_task;

typedef struct ty_worker_settings {
    ty_worker_task task;
    const char *memory;                    /* path; of align: its terms and pairs help; NULL: none */
    const char *source_lang, *target_lang; /* where a record does not say; NULL: told from the texts */
    const ty_source *dictionary;           /* of align, as in ty_bitext_settings */
    bool no_dictionary;
    unsigned seconds;   /* a record may take */
    uint64_t megabytes; /* of address space it may take; 0: as many as there are */
    size_t record_max;  /* bytes of a record */
} ty_worker_settings;

/*
 * Reads records from `in` until its end and writes answers to `out`, each at once and whole. What is wrong
 * with a record is its answer; a failure is what stops the filter itself: no memory file, no room to write.
 */
ty_status ty_worker_run(const ty_worker_settings *settings, int in, ty_output *out, ty_error *error);

#endif
