/* SPDX-License-Identifier: Apache-2.0 */
/* What a form asks to be done to a bead, in the words of the library. */
#ifndef TY_SERVER_REVIEW_OP_H
#define TY_SERVER_REVIEW_OP_H

#include "server/rows.h"

/* Reads the form's fields; texts that `out` refers to are the request's. */
void ty_review_op_read(ty_http *http, const ty_review_row *row, ty_review_action action, ty_review_op *out);
/* Has each text of an edit something in it? */
bool ty_review_op_has_texts(const ty_review_op *op);

#endif
