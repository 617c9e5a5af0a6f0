/* SPDX-License-Identifier: Apache-2.0 */
/* RTF: unrtf, a program of its own, makes a page of it. */
#include "formats/documents/outside.h"
#include "formats/documents/reader.h"

ty_status ty_rtf_to_document(struct reading *reading, ty_slice bytes, ty_error *error)
{
    static const char *const options[] = {"--html", "--nopict", NULL}, *const behind[] = {NULL};
    static const struct outside unrtf = {"an RTF document", "unrtf", "unrtf",
                                         options,           behind,  "document.rtf"};
    struct reading inner = *reading;
    ty_document_options as_page = *reading->options;
    ty_buffer page = {0};
    as_page.encoding = NULL; /* RTF says itself what it is in */
    inner.options = &as_page;
    ty_status status = ty_outside_run(&unrtf, bytes, &page, error);
    if (status == TY_OK)
        status = ty_document_read_page(&inner, ty_buffer_slice(&page), "UTF-8", error);
    ty_buffer_release(&page);
    return status;
}
