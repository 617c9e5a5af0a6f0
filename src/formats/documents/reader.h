/* SPDX-License-Identifier: Apache-2.0 */
/*
 * reader - what the readers of documents share: the document in the making, decoding, joining of lines.
 *
 * A reader of a kind takes all bytes and fills out->text and what else it knows. Its file ends with the row
 * of its format (format.h), by which the registry finds it.
 */
#ifndef TY_FORMATS_READER_H
#define TY_FORMATS_READER_H

#include "formats/format.h"
#include "formats/internal.h"

struct reading {
    const char *path; /* for messages, never NULL */
    const ty_document_options *options;
    const ty_listener *listener;
    ty_document *out;
    ty_buffer *bytes; /* of the whole file: a text that they are as they stand takes them over */
    unsigned kinds;   /* ty_text_kinds of what was decoded last */
};

/* Bytes to UTF-8, appended; `declared` by the document, or NULL. Sets out->encoding, warns of what is odd. */
ty_status ty_document_decode(struct reading *reading, ty_slice bytes, const char *declared, ty_buffer *text,
                             ty_error *error);
/* A page in whatever encoding it has; in_document: its text goes behind what out->text has. */
ty_status ty_document_read_page(struct reading *reading, ty_slice bytes, const char *declared,
                                ty_error *error);

/* Of kinds that are text in some encoding: decodes all bytes, which are not to be read behind it, and hands
 * the text to `take`, a step of the reader's own, which may keep the buffer. */
ty_status ty_document_read_text(struct reading *reading, ty_slice bytes,
                                ty_status (*take)(struct reading *reading, ty_buffer *text, ty_error *error),
                                ty_error *error);

/* A paragraph, behind a blank line where there is text before it. */
void ty_document_add_paragraph(ty_document *out, ty_slice text);
/* Goes on with the paragraph: a blank between words, none between characters of scripts without spaces. */
void ty_document_add_joined(ty_buffer *out, ty_slice line);
/* A string that lives as long as the document; trimmed. */
ty_slice ty_document_keep(ty_document *out, ty_slice text);

#endif
