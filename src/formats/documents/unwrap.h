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
    bool hyphenated;                    /* a hyphen stands at the first one's end, within a word */
};
struct unwrap_pair ty_document_look_at_pair(ty_slice first, ty_slice second);

/* How many lines of a text go on in the next, and how many of them with a hyphen. */
struct unwrap_counts {
    size_t joined, hyphens;
};
/* Of such a pair: is the hyphen the word's own? `text` is all of it. */
bool ty_document_keeps_hyphen(ty_slice text, struct unwrap_counts counts, ty_slice first, ty_slice second);
/* Stops, commas, closing marks, small kana: a line does not begin with these. */
bool ty_document_cannot_begin_line(uint32_t code);

#endif
