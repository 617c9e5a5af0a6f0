/* SPDX-License-Identifier: Apache-2.0 */
/* What a form asks to be done to a bead, in the words of the library. */
#ifndef TY_SERVER_REVIEW_OP_H
#define TY_SERVER_REVIEW_OP_H

#include "server/rows.h"

enum { TY_OP_LINES = 256 }; /* sentences of a side at most */

/* Reads the form's fields; `lines` has room for TY_OP_LINES texts, which `out` then refers to. */
void ty_review_op_read(ty_http *http, const ty_review_row *row, ty_review_action action, ty_slice *lines,
                       ty_review_op *out);
/* Has each text of an edit something in it? */
bool ty_review_op_has_texts(const ty_review_op *op);

#endif
