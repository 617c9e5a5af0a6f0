/* SPDX-License-Identifier: Apache-2.0 */
/* documents - what comes out of any bytes that are read as a document: well-formed UTF-8, or a word of why
 * not. */
#ifndef TY_FUZZ_DOCUMENTS_H
#define TY_FUZZ_DOCUMENTS_H

#include <stdlib.h>

#include "formats/formats.h"
#include "text/text.h"

static inline void read_document(const ty_source *source, ty_format format)
{
    ty_document document;
    ty_error error = {0};
    ty_document_options options = {.format = format};
    ty_status status = ty_document_read(source, &options, &document, NULL, &error);
    if (status != TY_OK) {
        if (!error.message[0])
            abort();
        return;
    }
    ty_slice text = ty_buffer_slice(&document.text);
    if (!text.size || ty_utf8_check(text) != text.size)
        abort();
    ty_document_release(&document);
}

#endif
