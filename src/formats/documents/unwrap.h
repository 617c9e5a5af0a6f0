/* SPDX-License-Identifier: Apache-2.0 */
/* unwrap - hard-wrapped plain text to a paragraph a block, blank lines between. */
#ifndef TY_FORMATS_UNWRAP_H
#define TY_FORMATS_UNWRAP_H

#include "base/base.h"

/*
 * Appends the text with the lines joined that go on in the next. TY_NO, and nothing appended, where no line
 * does: then a line is a paragraph.
 */
ty_status ty_document_unwrap(ty_slice text, ty_buffer *out, ty_error *error);

/* Two lines, one after the other, by what they say alone. */
struct unwrap_pair {
    bool ends;                          /* the first ends a sentence */
    bool first_is_item, second_is_item; /* begins with a mark of a list */
    bool divided;                       /* the hyphen at the first one's end only divides a word */
};
struct unwrap_pair ty_document_look_at_pair(ty_slice first, ty_slice second);

#endif
