/* SPDX-License-Identifier: Apache-2.0 */
/* mime - as much of MIME (RFC 2045 to 2047) as a text in a mail needs. All slices are parts of what was
 * given. */
#ifndef TY_FORMATS_MIME_H
#define TY_FORMATS_MIME_H

#include "base/base.h"

enum mime_coding { MIME_PLAIN, MIME_BASE64, MIME_QUOTED };

struct mime_part {
    ty_slice type;     /* "text/html"; empty where it is not told */
    ty_slice charset;  /* may be empty */
    ty_slice location; /* of a page that was saved; may be empty */
    ty_slice boundary; /* of the parts in it; empty for a leaf */
    ty_slice body;     /* still encoded */
    enum mime_coding coding;
    bool attachment;
};

/* The header of a message or part: all before the first blank line. */
ty_slice ty_mime_header(ty_slice bytes);
/* The value of a field by its name, in any case, folded lines as they are; empty where there is none. */
ty_slice ty_mime_field(ty_slice header, const char *name);
struct mime_part ty_mime_read_part(ty_slice bytes);
/* Cuts what stands before the next line of the boundary off *rest; false when there is no such line any more.
 */
bool ty_mime_next_part(ty_slice *rest, ty_slice boundary, ty_slice *part);
/* The bytes of the body, appended. What is no base64 is passed over. */
void ty_mime_decode_body(const struct mime_part *part, ty_buffer *out);
/* A field with encoded words (=?UTF-8?B?...?=) as UTF-8, on one line. */
void ty_mime_decode_words(ty_slice value, ty_buffer *out);

#endif
