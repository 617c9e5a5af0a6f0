/* SPDX-License-Identifier: Apache-2.0 */
/*
 * told_forms - forms that units of no release had before a person changed, joined or removed them, as the
 * header of a TMX of ours tells them: what such a file means here, where the unit may have another form by
 * now.
 *
 *     0123456789abcdef fedcba9876543210      digests of a former form, and of the one that the file has
 *     0123456789abcdef - 20240301T101500Z    the unit was removed, then
 */
#ifndef TY_OPS_TOLD_FORMS_H
#define TY_OPS_TOLD_FORMS_H

#include "ops/internal.h"

typedef struct ty_told_form {
    uint64_t former, now; /* digests */
    bool gone;            /* instead of now */
    ty_slice date;        /* when that was; empty: not known */
} ty_told_form;

typedef TY_VECTOR(ty_told_form) ty_told_forms;

void ty_told_form_write(const ty_told_form *form, ty_buffer *out);
/* The date is borrowed. False: it is none. */
bool ty_told_form_read(ty_slice text, ty_told_form *out);
/* By what they are now, those that are gone last: so they must be to be found. */
void ty_told_forms_sort(ty_told_forms *forms);
/* The first of `*count` forms that a unit with that digest had; NULL for none. */
const ty_told_form *ty_told_forms_of(const ty_told_forms *forms, uint64_t now, size_t *count);

#endif
