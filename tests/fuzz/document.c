/* SPDX-License-Identifier: Apache-2.0 */
/*
 * fuzz_document - bytes as each kind of document, and as whatever they look like (libFuzzer, or main.c). What
 * comes out must be well-formed UTF-8, and something.
 */
#include <stdio.h>
#include <stdlib.h>

#include "formats/documents/pdf.h"
#include "formats/formats.h"
#include "text/text.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void try(ty_source source, ty_format format)
{
    ty_document document;
    ty_error error = {0};
    ty_document_options options = {.format = format};
    ty_status status = ty_document_read(&source, &options, &document, NULL, &error);
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

/* What a program of others writes is not trusted either. */
static void try_pdf(ty_slice page)
{
    struct pdf pdf = {0};
    ty_document document = {0};
    ty_error error = {0};
    if (ty_pdf_read_lines(page, &pdf, &error) == TY_OK)
        ty_pdf_add_paragraphs(&pdf, &document, &error);
    ty_pdf_release(&pdf);
    ty_document_release(&document);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    ty_source source = {"fuzz", {size ? (const char *)data : "", size}};
    try(source, TY_FORMAT_UNKNOWN);
    try(source, TY_FORMAT_HTML);
    try(source, TY_FORMAT_TEXT);
    try(source, TY_FORMAT_MAIL);
    try(source, TY_FORMAT_SUBTITLES);
    try(source, TY_FORMAT_MARKDOWN);
    try(source, TY_FORMAT_DOCX);
    try(source, TY_FORMAT_PPTX);
    try(source, TY_FORMAT_ODT);
    try(source, TY_FORMAT_EPUB);
    try_pdf(source.bytes);
    return 0;
}
