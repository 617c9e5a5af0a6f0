/* SPDX-License-Identifier: Apache-2.0 */
/* worker/internal.h - records and answers (record.c, answer.c), and the child that makes them (child.c). */
#ifndef TY_WORKER_INTERNAL_H
#define TY_WORKER_INTERNAL_H

#include <jansson.h>

#include "worker/worker.h"

/* ------------------------------------------------------------------------------------------ records */

/* A record as it came. Texts live as long as it does. */
typedef struct ty_record {
    json_t *root;
    ty_buffer decoded[2]; /* of base64 */
} ty_record;

/* TY_ERR_FORMAT where the line is no JSON object. */
ty_status ty_record_read(ty_slice line, ty_record *out, ty_error *error);
void ty_record_release(ty_record *record);
/* The text called NAME: "NAME", "NAME_path" or "NAME_base64"; `side` 0 or 1 is where it may be decoded. */
ty_status ty_record_source(ty_record *record, const char *name, int side, ty_source *out, ty_error *error);
/* A member that is a text, or "langs" at an index; NULL where there is none. */
const char *ty_record_text(const ty_record *record, const char *name);
const char *ty_record_lang(const ty_record *record, size_t index);

/* ------------------------------------------------------------------------------------------ answers */

/* What comes of a record. */
typedef enum ty_answer_status {
    TY_ANSWER_OK,
    TY_ANSWER_REFUSED,    /* it can be read, and not be answered: no translations, no document */
    TY_ANSWER_BAD_RECORD, /* it is no record */
    TY_ANSWER_TIMEOUT,
    TY_ANSWER_CRASH
} ty_answer_status;

/* {"id":...,"status":"..."; the id is the record's, null where it has none or is none. */
void ty_answer_begin(ty_buffer *out, ty_slice line, ty_answer_status status);
/* A whole answer that says why there is none. */
void ty_answer_failure(ty_buffer *out, ty_slice line, ty_answer_status status, const char *reason);
/* Answers the record. TY_ERR_NOMEM: the child is to be replaced. `memory` NULL where there is none. */
ty_status ty_answer_record(const ty_worker_settings *settings, ty_memory *memory, ty_slice line,
                           ty_buffer *out);

/* ------------------------------------------------------------------------------------------ child */

/* A process that answers records one after the other, over two pipes. */
typedef struct ty_child {
    int pid; /* 0: none */
    int to, from;
} ty_child;

ty_status ty_child_start(const ty_worker_settings *settings, ty_child *child, ty_error *error);
/* TY_OK with the answer; TY_STOP where it took too long; TY_NO where the child died. */
ty_status ty_child_ask(const ty_worker_settings *settings, const ty_child *child, ty_slice line,
                       ty_buffer *answer);
/* Ends the child, kindly or not; says how it ended. */
const char *ty_child_end(ty_child *child, bool kill);

#endif
