/* SPDX-License-Identifier: Apache-2.0 */
/* Markup whose plain text somebody has changed, without seeing the codes. */
#include "unit/unit.h"

static bool is_continuation(char byte)
{
    return ((unsigned char)byte & 0xC0) == 0x80;
}

/* Bytes that both begin with, whole characters. */
static size_t alike_at_start(ty_slice a, ty_slice b)
{
    size_t size = 0;
    while (size < a.size && size < b.size && a.data[size] == b.data[size])
        size++;
    while (size && ((size < a.size && is_continuation(a.data[size])) ||
                    (size < b.size && is_continuation(b.data[size]))))
        size--;
    return size;
}

static size_t alike_at_end(ty_slice a, ty_slice b)
{
    size_t size = 0;
    while (size < a.size && size < b.size && a.data[a.size - size - 1] == b.data[b.size - size - 1])
        size++;
    while (size && is_continuation(a.data[a.size - size]))
        size--;
    return size;
}

/* What is replaced, in the plain text, and by what. */
struct change {
    size_t start, end;
    ty_slice text;
    bool done;
};

/* Is it in this piece of text, [at, at + size) of the plain text? What is only put in goes with what is
 * before it. */
static bool belongs(const struct change *change, size_t at, size_t size)
{
    if (change->done)
        return false;
    if (change->start == change->end)
        return change->start <= at + size && (change->start > at || change->start == 0);
    return change->start >= at && change->end <= at + size;
}

static void put_piece(struct change *change, ty_slice piece, size_t at, ty_buffer *out)
{
    if (!belongs(change, at, piece.size)) {
        ty_buffer_add_xml(out, piece);
        return;
    }
    ty_buffer_add_xml(out, ty_slice_sub(piece, 0, change->start - at));
    ty_buffer_add_xml(out, change->text);
    ty_buffer_add_xml(out, ty_slice_sub(piece, change->end - at, piece.size));
    change->done = true;
}

static void put_all(ty_slice content, struct change *change, ty_buffer *out)
{
    ty_buffer piece = {0};
    ty_token token;
    size_t at = 0, depth = 0;
    for (ty_slice before = content; ty_inline_next(&content, &token); before = content) {
        if (token.kind == TY_TOKEN_TEXT && depth == 0) {
            ty_buffer_clear(&piece);
            ty_inline_unescape(token.text, &piece);
            put_piece(change, ty_buffer_slice(&piece), at, out);
            at += piece.size;
            continue;
        }
        ty_buffer_add(out, ty_slice_sub(before, 0, before.size - content.size));
        if ((token.kind == TY_TOKEN_START || token.kind == TY_TOKEN_END) && !token.empty &&
            ty_inline_hides(token.name))
            depth = token.kind == TY_TOKEN_START ? depth + 1 : depth - (depth > 0);
    }
    out->failed |= piece.failed;
    ty_buffer_release(&piece);
}

bool ty_inline_respell(ty_slice content, ty_slice text, ty_buffer *out)
{
    ty_buffer plain = {0};
    ty_inline_plain(content, &plain);
    ty_slice before = ty_buffer_slice(&plain);
    size_t start = alike_at_start(before, text);
    size_t end = alike_at_end(ty_slice_sub(before, start, before.size), ty_slice_sub(text, start, text.size));
    struct change change = {
        .start = start, .end = before.size - end, .text = ty_slice_sub(text, start, text.size - end)};
    change.done = change.start == change.end && !change.text.size;
    put_all(content, &change, out);
    out->failed |= plain.failed;
    ty_buffer_release(&plain);
    return change.done;
}
