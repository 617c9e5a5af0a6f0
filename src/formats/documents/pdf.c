/* SPDX-License-Identifier: Apache-2.0 */
/* PDF: poppler's pdftotext, a program of its own, tells words and where they stand. */
#include <stdio.h>

#include "formats/documents/outside.h"
#include "formats/documents/pdf.h"

static ty_status read_document(struct reading *reading, ty_slice bytes, ty_error *error)
{
    static const char *const options[] = {"-q", "-bbox-layout", "-enc", "UTF-8", NULL}, *const behind[] = {
                                                                                            "-", NULL};
    static const struct outside pdftotext = {"a PDF document", "pdftotext", "poppler-utils",
                                             options,          behind,      "document.pdf"};
    ty_buffer page = {0};
    struct pdf pdf = {0};
    ty_status status = ty_outside_run(&pdftotext, bytes, &page, error);
    if (status == TY_OK)
        status = ty_pdf_read_lines(ty_buffer_slice(&page), &pdf, error);
    if (status == TY_OK)
        status = ty_pdf_add_paragraphs(&pdf, reading->out, error);
    if (status == TY_OK && !reading->out->text.size)
        status = ty_error_set(error, TY_ERR_FORMAT, "the PDF holds no text: its pages may be pictures");
    reading->out->blank_lines = true;
    snprintf(reading->out->encoding, sizeof reading->out->encoding, "UTF-8");
    ty_pdf_release(&pdf);
    ty_buffer_release(&page);
    return status;
}

static int bid(const struct head *head)
{
    return ty_head_bid_signature(head, TY_SLICE("%PDF-"));
}

const struct format ty_pdf_format = {.name = "pdf",
                                     .label = N_("a PDF document"),
                                     .endings = ".pdf",
                                     .gives = TY_GIVES_DOCUMENT,
                                     .bid = bid,
                                     .read = read_document};
