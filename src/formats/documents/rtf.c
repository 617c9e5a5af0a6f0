/* SPDX-License-Identifier: Apache-2.0 */
/* RTF: unrtf, a program of its own, makes a page of it. */
#include "formats/documents/html.h"
#include "formats/documents/outside.h"
#include "formats/documents/reader.h"

static ty_status read_document(struct reading *reading, ty_slice bytes, ty_error *error)
{
    static const char *const options[] = {"--html", "--nopict", NULL}, *const behind[] = {NULL};
    static const struct outside unrtf = {"an RTF document", "unrtf", "unrtf",
                                         options,           behind,  "document.rtf"};
    struct reading inner = *reading;
    ty_document_options as_page = *reading->options;
    ty_buffer page = {0}, text = {0};
    as_page.encoding = NULL; /* RTF says itself what it is in */
    inner.options = &as_page;
    ty_status status = ty_outside_run(&unrtf, bytes, &page, error);
    if (status == TY_OK)
        status = ty_document_decode(&inner, ty_buffer_slice(&page), "UTF-8", &text, error);
    if (status == TY_OK)
        status = ty_html_to_whole_document(ty_buffer_slice(&text), reading->path, reading->out, error);
    ty_buffer_release(&page);
    ty_buffer_release(&text);
    return status;
}

static int bid(const struct head *head)
{
    return ty_head_bid_signature(head, TY_SLICE("{\\rtf"));
}

const struct format ty_rtf_format = {.name = "rtf",
                                     .label = N_("an RTF document"),
                                     .endings = ".rtf",
                                     .gives = TY_GIVES_DOCUMENT,
                                     .bid = bid,
                                     .read = read_document};
