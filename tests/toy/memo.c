/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A document format that nobody uses: all that a new one needs is a file like this one, beside the row in
 * formats.def. A memo begins with a line "MEMO: SUBJECT"; a paragraph begins with "* " and goes on up to the
 * next.
 */
#include "formats/documents/reader.h"

static ty_slice take_subject(struct reading *reading, ty_slice *text)
{
    ty_slice line = {"", 0};
    ty_slice_next(text, '\n', &line);
    return reading->out->title = ty_document_keep(reading->out, ty_slice_sub(line, 5, line.size));
}

static ty_status take_text(struct reading *reading, ty_buffer *buffer, ty_error *error)
{
    ty_slice rest = ty_buffer_slice(buffer), line;
    ty_document *out = reading->out;
    ty_document_add_paragraph(out, take_subject(reading, &rest));
    while (ty_slice_next(&rest, '\n', &line))
        if (ty_slice_starts(line, TY_SLICE("* ")))
            ty_document_add_paragraph(out, ty_slice_sub(line, 2, line.size));
        else if (ty_slice_trim(line).size)
            ty_document_add_joined(&out->text, ty_slice_trim(line));
    out->blank_lines = true;
    return TY_OK;
}

static ty_status read_document(struct reading *reading, ty_slice bytes, ty_error *error)
{
    return ty_document_read_text(reading, bytes, take_text, error);
}

static int bid(const struct head *head)
{
    return ty_slice_starts(head->text, TY_SLICE("MEMO:")) ? BID_WORDS : BID_NONE;
}

const struct format ty_memo_format = {
    .name = "memo", .label = "a memo", .gives = TY_GIVES_DOCUMENT, .bid = bid, .read = read_document};
