/* SPDX-License-Identifier: Apache-2.0 */
#include "server/review_op.h"

static int side_of(ty_http *http)
{
    return ty_slice_equal(ty_http_param(http, "side"), TY_SLICE("target"));
}

/* Offsets of a page are UTF-16 units; those of the library are bytes. */
static size_t byte_at(ty_slice text, int64_t units)
{
    size_t at = 0;
    while (units > 0 && at < text.size) {
        unsigned char c = (unsigned char)text.data[at];
        size_t size = c < 0x80 ? 1 : c < 0xE0 ? 2 : c < 0xF0 ? 3 : 4;
        units -= size == 4 ? 2 : 1;
        at += size;
    }
    return at < text.size ? at : text.size;
}

/* The sentences of a form, a line each, and one more where there are more than the side has; line ends as
 * browsers send them. Without memory there are none, which no side can be. */
static void read_lines(ty_http *http, size_t wanted, ty_review_op *out)
{
    ty_slice text = ty_http_param(http, "text"), line;
    ty_slice *lines = ty_arena_array(&http->arena, wanted + 1, sizeof *lines);
    while (text.size && (text.data[text.size - 1] == '\n' || text.data[text.size - 1] == '\r'))
        text.size--;
    while (lines && out->text_count <= wanted && ty_slice_next(&text, '\n', &line))
        lines[out->text_count++] = ty_slice_trim(line);
    out->texts = lines;
}

/* Marks are put on, or taken off where they are. */
static bool is_on(const ty_review_row *row, ty_review_action action)
{
    return action == TY_REVIEW_QUESTION ? true : action == TY_REVIEW_OMIT ? !row->omit : !row->flag;
}

void ty_review_op_read(ty_http *http, const ty_review_row *row, ty_review_action action, ty_review_op *out)
{
    int side = side_of(http);
    size_t sentence = (size_t)ty_params_integer(&http->form, "sentence", 0, INT32_MAX, 0);
    *out = (ty_review_op){.action = action,
                          .bead = row->bead,
                          .side = side,
                          .direction = (int)ty_params_integer(&http->form, "by", -1, 1, 1),
                          .other = ty_params_integer(&http->form, "with", 1, INT64_MAX, 0),
                          .other_side = 1 - side,
                          .on = is_on(row, action),
                          .note = ty_http_param(http, "note"),
                          .who = ty_http_who(http)};
    if (action == TY_REVIEW_EDIT)
        read_lines(http, row->counts[side], out);
    if ((action == TY_REVIEW_CUT || action == TY_REVIEW_JOIN) && sentence < row->counts[side]) {
        out->sentence = row->lines[side][sentence].number;
        out->offset =
            byte_at(row->lines[side][sentence].text, ty_params_integer(&http->form, "at", 0, INT32_MAX, 0));
    }
}

bool ty_review_op_has_texts(const ty_review_op *op)
{
    bool good = op->text_count > 0;
    for (size_t i = 0; i < op->text_count; i++)
        good = good && !ty_text_is_blank(op->texts[i]);
    return good;
}
