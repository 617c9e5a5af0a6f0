/* SPDX-License-Identifier: Apache-2.0 */
/*
 * scanner.h - what the steps of a scan share: candidates (candidates.c), those of them that are hits
 * (overlaps.c), and whose they are (whose.c).
 */
#ifndef TY_TERM_SCANNER_H
#define TY_TERM_SCANNER_H

#include "term/internal.h"

typedef struct scan_run {
    const ty_term_index *index;
    ty_slice text;
    struct ty_term_scratch *scratch;
    bool failed;
    bool names; /* with names of other languages in their own letters (candidates.c) */
} scan_run;

/* The candidates in a piece of text, in order. */
ty_status ty_term_find_candidates(scan_run *run, ty_error *error);
/*
 * Keeps, in order, what begins where the last hit has ended, and the rest as nested where wanted. The piece
 * stands at `offset` of the whole text. False when there is no memory left.
 */
bool ty_term_keep_hits(scan_run *run, unsigned flags, size_t offset, ty_term_scan *out);
/* The spots of one place: those come first whose company (data/senses.txt) is near (senses.c). */
void ty_term_prefer_by_company(const ty_term_index *index, ty_slice text, ty_term_spot *spots, size_t count);
/* Of hits in one place those come first that country and service named near them speak for. */
void ty_term_prefer_by_context(const ty_term_index *index, ty_slice text, ty_slice lang, ty_term_scan *out);

#endif
