/* SPDX-License-Identifier: Apache-2.0 */
/* Findings of the check, grouped as a person works through them. */
#ifndef TY_SERVER_FINDINGS_H
#define TY_SERVER_FINDINGS_H

#include "server/errands.h"

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
    ty_slice source, target, origin;
    TY_VECTOR(ty_finding_place) places;
} ty_finding;

enum { TY_FAULTS = 6 };

/* What matters more first; of each fault so many as a person may work through, the others counted only. */
typedef struct ty_findings {
    TY_VECTOR(ty_finding) list;
    int64_t kept[TY_FAULTS], beyond[TY_FAULTS];
    ty_arena arena;
} ty_findings;

/* Of the whole memory, accepted ones as well: an errand, whose answer is a ty_findings. */
extern const ty_errand_kind ty_findings_errand;
/* Of one unit, as it is now; those that are told of a whole document are not among them. */
ty_status ty_findings_of_unit(ty_http *http, int64_t unit, ty_findings *out);
void ty_findings_release(ty_findings *findings);
/* Is the finding told of a unit by itself, so that its unit tells whether it still stands? */
bool ty_finding_is_local(const ty_finding *finding);
/* The faults in the order in which they matter; NULL ends them. */
extern const char *const ty_finding_faults[];
const char *ty_finding_label(const char *fault);
size_t ty_finding_rank(const ty_finding *finding); /* of its fault among these */
/* The ids of its places, with commas between; lives as long as the request. */
const char *ty_finding_ids(ty_http *http, const ty_finding *finding);
/* Is it in the target, with a better term for it? */
bool ty_finding_place_is_replaceable(const ty_finding_place *place);
/* The one place that can be replaced in the target by a better term; NULL where there is none. */
const ty_finding_place *ty_finding_replaceable(const ty_finding *finding);

#endif
