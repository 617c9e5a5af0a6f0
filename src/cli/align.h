/* SPDX-License-Identifier: Apache-2.0 */
/* align - one pair (cmd_align.c), and many of a list (align_batch.c, align_apart.c). */
#ifndef TY_CLI_ALIGN_H
#define TY_CLI_ALIGN_H

#include "cli.h"

/* A format is printed bead by bead, or written whole by the library. */
typedef struct ty_align_format {
    const char *name;
    void (*print)(const ty_present *p, ty_bitext *bitext, size_t number);
    ty_status (*write)(ty_bitext *bitext, const ty_sink *sink, ty_error *error);
    bool json; /* beads as JSON */
} ty_align_format;

/* What to do with each pair: the same for one and for many. */
typedef struct ty_align_plan {
    ty_bitext_settings how;
    const ty_align_format *format;
    bool header; /* of tsv */
} ty_align_plan;

/* Leaves run->output open for the caller to commit. */
ty_status ty_align_pair(ty_run *run, const ty_align_plan *plan, const char *source, const char *target,
                        ty_error *error);

/* A list, as the command line has it. */
typedef struct ty_align_list {
    const char *path;
    long timeout; /* seconds a pair may take; 0: as long as it takes */
    bool resume;  /* pairs whose output is there are done */
} ty_align_list;
ty_status ty_align_batch(ty_run *run, const ty_align_plan *plan, const ty_align_list *list, ty_error *error);

/*
 * Does `one` for every number below `count` in a process of its own, as many at a time as there are cores,
 * and tells `ended` what came of it, in the order they end. One that takes longer than `seconds` is killed:
 * TY_ERR_LIMIT, as is one that dies. Must be called while there are no other threads.
 */
ty_status ty_apart_each(size_t count, long seconds,
                        ty_status (*one)(void *payload, size_t number, ty_error *error),
                        void (*ended)(void *payload, size_t number, ty_status status, const ty_error *error),
                        void *payload, ty_error *error);

#endif
