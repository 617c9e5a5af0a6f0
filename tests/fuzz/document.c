/* SPDX-License-Identifier: Apache-2.0 */
/*
 * fuzz_document - bytes as each kind of document, and as whatever they look like (libFuzzer, or main.c). What
 * comes out must be well-formed UTF-8, and something.
 */
#include <stdio.h>

#include "documents.h"
#include "formats/documents/pdf.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

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
    static const ty_format formats[] = {
        TY_FORMAT_UNKNOWN,  TY_FORMAT_HTML, TY_FORMAT_TEXT, TY_FORMAT_MAIL, TY_FORMAT_SUBTITLES,
        TY_FORMAT_MARKDOWN, TY_FORMAT_DOCX, TY_FORMAT_PPTX, TY_FORMAT_ODT,  TY_FORMAT_EPUB};
    ty_source source = {"fuzz", {size ? (const char *)data : "", size}};
    for (size_t i = 0; i < sizeof formats / sizeof *formats; i++)
        read_document(&source, formats[i]);
    try_pdf(source.bytes);
    return 0;
}
