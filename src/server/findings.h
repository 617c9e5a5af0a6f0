/* SPDX-License-Identifier: Apache-2.0 */
/* Findings of the check, grouped as a person works through them. */
#ifndef TY_SERVER_FINDINGS_H
#define TY_SERVER_FINDINGS_H

#include "server/internal.h"

/* One place in one text. */
typedef struct ty_finding_place {
    char id[20];
    bool in_target;
    ty_span at;
    ty_slice better, note;
} ty_finding_place;

/* All findings of one fault in one unit: one thing to look at. */
typedef struct ty_finding {
    const char *fault;
    int64_t unit;
    bool accepted;
    ty_slice source, target, origin;
    TY_VECTOR(ty_finding_place) places;
} ty_finding;

typedef TY_VECTOR(ty_finding) ty_findings;

/* Of the whole memory. */
ty_status ty_findings_read(ty_http *http, bool accepted, ty_findings *out);
void ty_findings_release(ty_findings *findings);
/* The faults in the order in which they matter; NULL ends them. */
extern const char *const ty_finding_faults[];
const char *ty_finding_label(const char *fault);
/* The ids of its places, with commas between; lives as long as the request. */
const char *ty_finding_ids(ty_http *http, const ty_finding *finding);
/* The one place that can be replaced in the target by a better term; NULL where there is none. */
const ty_finding_place *ty_finding_replaceable(const ty_finding *finding);

#endif
