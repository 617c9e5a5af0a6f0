/* SPDX-License-Identifier: Apache-2.0 */
/* diverged_forms - what became here of a form that a unit of the other's once had. */
#ifndef TY_OPS_DIVERGED_FORMS_H
#define TY_OPS_DIVERGED_FORMS_H

#include "ops/exchange/diverged.h"

/* What became here of a form that both once had. */
typedef enum ty_fate { HAS_IT, CHANGED_IT, REMOVED_IT, NEVER_HAD_IT } ty_fate;

/* All former forms of one of the other's units. */
typedef struct ty_forms {
    const ty_former *items;
    size_t count;
} ty_forms;

/* A unit here: one that still has the form, or had it. */
typedef struct ty_counterpart {
    ty_fate fate;
    int64_t unit;
    uint64_t now;
} ty_counterpart;

/* Ours are in the order of digests once they are loaded. */
ty_status ty_forms_load_ours(ty_diverged *d, int64_t origin, ty_error *error);
const ty_former *ty_forms_ours(const ty_diverged *d, uint64_t digest);
bool ty_forms_we_had(const ty_diverged *d, int64_t unit, uint64_t digest);
bool ty_forms_they_had(const ty_forms *theirs, uint64_t digest);
ty_status ty_forms_counterpart(ty_diverged *d, const ty_forms *theirs, ty_counterpart *out, ty_error *error);
ty_status ty_forms_is_here(ty_diverged *d, uint64_t form, bool *out, ty_error *error);

/* Units of the other's with former forms, in their order (diverged_beside.c): lists them, finds one (NULL:
 * none), notes that it met one of ours (0: it is here as it is), and marks those that came beside ours. */
ty_status ty_beside_list(ty_diverged *d, ty_error *error);
ty_beside *ty_beside_find(const ty_diverged *diverged, int64_t theirs);
ty_status ty_beside_meet(ty_diverged *d, int64_t theirs, int64_t ours, ty_error *error);
ty_status ty_beside_mark(ty_diverged *d, ty_error *error);

#endif
