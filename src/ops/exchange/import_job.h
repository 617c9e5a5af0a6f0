/* SPDX-License-Identifier: Apache-2.0 */
/*
 * import_job - an exchange file on its way into the memory: what it is (import_file.c), who reads it
 * (import_read.c), where its units and concepts go (import_sink.c), what comes of it (import_settle.c).
 */
#ifndef TY_OPS_IMPORT_JOB_H
#define TY_OPS_IMPORT_JOB_H

#include "ops/exchange/corrected.h"
#include "ops/exchange/lang_map.h"
#include "ops/exchange/returning_forms.h"
#include "ops/exchange/rows.h"
#include "ops/exchange/term_rows.h"

typedef struct ty_import_job {
    ty_memory *memory;
    const ty_import_settings *settings;
    ty_source source;
    ty_buffer rest;  /* of a reviewed table: pairs of no release here */
    ty_buffer input; /* standard input, read ahead */
    ty_sniffed kind;
    ty_digest digest;
    ty_intake *intake; /* opened by the header, or the first thing that comes */
    ty_counts *counts;
    unsigned flags; /* of the intake */
    uint64_t warnings;
    bool beside;       /* others may write meanwhile */
    bool outer;        /* a transaction around the intake is open */
    bool confirmed;    /* the next unit is, by its file */
    ty_ids to_confirm; /* units that came in so */
    ty_corrected corrected;
    ty_returning returning;
    ty_known_rows known;     /* of a workbook of ours */
    ty_known_concepts terms; /* of one of terms */
    ty_unfit_told unfit;
    ty_lang_map lang_map;
    ty_arena passing; /* of one unit or concept */
} ty_import_job;

/* Files of tools: segments with a state. */
bool ty_import_is_bilingual(const ty_import_job *job);
/* The name of the origin that the file's own units have. */
ty_slice ty_import_origin_name(const ty_import_job *job);
/* Opens the intake, unless it is. */
ty_status ty_import_open(ty_import_job *job, const ty_header *header, ty_error *error);

/* For readers; the payload is the job. */
ty_status ty_import_on_header(void *payload, const ty_header *header, ty_error *error);
ty_status ty_import_on_unit(void *payload, const ty_unit *unit, ty_error *error);
ty_status ty_import_on_row(void *payload, const ty_unit *unit, ty_error *error);
void ty_import_on_confirmed(void *payload);
ty_status ty_import_on_concept(void *payload, const ty_concept *concept, ty_error *error);
ty_status ty_import_on_glossary(void *payload, const ty_glossary *glossary, ty_error *error);

/* Reads all of the file; `terms`: what gives units and terms gives terms. */
ty_status ty_import_read(ty_import_job *job, bool terms, ty_error *error);
/* Ends the intake and what is around it, well or not. */
ty_status ty_import_finish(ty_import_job *job, ty_status status, ty_error *error);

#endif
