/* SPDX-License-Identifier: Apache-2.0 */
/*
 * returning_forms - units of no release in a TMX of ours that a person changed in the memory that it is of,
 * or that were removed there: they meet what became of them here, by the forms that they had (told_forms.h).
 */
#ifndef TY_OPS_RETURNING_FORMS_H
#define TY_OPS_RETURNING_FORMS_H

#include "ops/exchange/returning_parts.h"

/* The former forms of what is here, once. */
ty_status ty_returning_load_forms(ty_returning *returning, ty_error *error);
/* Is it what a unit of ours was before a person changed or removed it, and no unit is now? */
ty_status ty_returning_is_former(const ty_returning *returning, const ty_unit *unit, bool *out,
                                 ty_error *error);
/* The first of that digest; NULL for none. And had one of our units that form? */
const ty_our_form *ty_our_forms_find(const ty_returning *returning, uint64_t digest);
bool ty_our_forms_had(const ty_returning *returning, int64_t unit, uint64_t digest);
/* Keeps a unit that was changed there until all are read; false where it was not. */
ty_status ty_returning_waits(ty_returning *returning, const ty_unit *unit, bool confirmed, bool *out,
                             ty_error *error);
/* All that wait, and what was removed there. What comes in as a unit like any goes to `left`. */
ty_status ty_returning_meet_forms(ty_returning *returning, const ty_conflicts *conflicts, ty_meeting_how how,
                                  ty_error *error);

#endif
