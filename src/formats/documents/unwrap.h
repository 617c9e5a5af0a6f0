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

#endif
