/* SPDX-License-Identifier: Apache-2.0 */
/*
 * quality - what can be wrong with a translation as such, in a file or a memory: the checks of one pair,
 * those of all pairs against each other, and where pairs come from.
 */
#ifndef TY_OPS_QUALITY_H
#define TY_OPS_QUALITY_H

#include "ops/internal.h"
#include "ops/terms/terms.h"

typedef struct ty_quality_pair {
    ty_slice source, target;                 /* plain */
    ty_slice source_content, target_content; /* with codes; data NULL where there are none */
    ty_slice source_lang, target_lang;
    ty_slice place;   /* id in the file, or empty */
    ty_slice context; /* what the file itself tells like texts apart by (msgctxt), or empty */
    ty_slice origin;  /* of a memory */
    size_t line;
    int64_t unit;
    bool open;   /* the file itself calls it not translated */
    bool plural; /* a further form of the pair before it */
} ty_quality_pair;

typedef struct ty_quality_job {
    const ty_quality_settings *settings;
    const char *file;
    ty_memory *memory;           /* whose terms and accepted findings count; NULL: none */
    ty_checking checking;        /* terms and numbers */
    ty_term_index *no_terms;     /* where there is no memory */
    ty_slice origin;             /* of the memory's unit at hand */
    const ty_quality_pair *pair; /* the one whose terms are looked at */
    ty_buffer digest;            /* scratch */
    ty_status (*each)(void *payload, const ty_fault *fault);
    void *payload;
    uint64_t told;
    ty_arena arena;                      /* what is kept of all pairs */
    TY_VECTOR(struct ty_seen_pair) seen; /* for what one pair cannot tell */
    ty_buffer note;
} ty_quality_job;

/* TY_ERR_USAGE for a kind that is none, in what is asked for or left out. */
ty_status ty_quality_check_kinds(const ty_quality_settings *settings, ty_error *error);
/* Is the kind asked for? */
bool ty_quality_wants(const ty_quality_job *job, ty_fault_kind kind);
/* Tells of a fault at [start, end) of one of the texts; `note` may be empty. */
ty_status ty_quality_tell(ty_quality_job *job, const ty_quality_pair *pair, ty_fault_kind kind,
                          bool in_target, size_t start, size_t end, ty_slice note);
/* pair.c */
ty_status ty_quality_check_pair(ty_quality_job *job, const ty_quality_pair *pair, ty_error *error);
/* terms.c: opens what terms and numbers are checked with; checks a pair; tells what only all pairs show. */
ty_status ty_quality_open_terms(ty_quality_job *job, ty_error *error);
ty_status ty_quality_check_terms(ty_quality_job *job, const ty_quality_pair *pair, ty_error *error);
ty_status ty_quality_end_terms(ty_quality_job *job, ty_error *error);
void ty_quality_close_terms(ty_quality_job *job);
/* width.c, names.c */
ty_status ty_quality_check_width(ty_quality_job *job, const ty_quality_pair *pair);
ty_status ty_quality_check_names(ty_quality_job *job, const ty_quality_pair *pair);
/* consistency.c: remembers a pair; tells of all that were, and frees them. */
bool ty_quality_remember(ty_quality_job *job, const ty_quality_pair *pair);
ty_status ty_quality_check_consistency(ty_quality_job *job);
void ty_quality_release(ty_quality_job *job);

#endif
