/* SPDX-License-Identifier: Apache-2.0 */
/*
 * inline - the content of a segment as tokens in a row (TMX 1.4b, section 4: content markup).
 */
#include "unit/unit.h"

static bool ends_name(char c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '/' || c == '>';
}

/* Offset behind the '>' that ends the tag, quoted values skipped; SIZE_MAX where there is none. */
static size_t tag_end(ty_slice rest)
{
    bool quoted = false;
    for (size_t i = 1; i < rest.size; i++) {
        char c = rest.data[i];
        if (c == '"')
            quoted = !quoted;
        else if (c == '>' && !quoted)
            return i + 1;
        else if (c == '<')
            return SIZE_MAX;
    }
    return SIZE_MAX;
}

static size_t end_behind(ty_slice rest, ty_slice mark, size_t from)
{
    size_t at = ty_slice_find(rest, mark, from);
    return at == SIZE_MAX ? SIZE_MAX : at + mark.size;
}

/* Fills the token from the tag [0, end) of rest; false where it has no name. */
static bool read_tag(ty_slice rest, size_t end, ty_token *token)
{
    bool closing = rest.data[1] == '/';
    size_t name = closing ? 2 : 1, stop = name;
    while (stop < end && !ends_name(rest.data[stop]))
        stop++;
    if (stop == name)
        return false;
    token->kind = closing ? TY_TOKEN_END : TY_TOKEN_START;
    token->empty = !closing && rest.data[end - 2] == '/';
    token->name = ty_slice_sub(rest, name, stop);
    token->attributes = ty_slice_trim(ty_slice_sub(rest, stop, end - (token->empty ? 2 : 1)));
    return true;
}

/* The length of the markup that rest begins with, its token filled in; 0 where it is none. */
static size_t read_markup(ty_slice rest, ty_token *token)
{
    size_t end;
    if (ty_slice_starts(rest, TY_SLICE("<!--")))
        end = end_behind(rest, TY_SLICE("-->"), 4);
    else if (ty_slice_starts(rest, TY_SLICE("<?")))
        end = end_behind(rest, TY_SLICE("?>"), 2);
    else {
        end = tag_end(rest);
        return end != SIZE_MAX && read_tag(rest, end, token) ? end : 0;
    }
    if (end == SIZE_MAX)
        return 0;
    token->kind = TY_TOKEN_OTHER;
    token->text = ty_slice_sub(rest, 0, end);
    return end;
}

bool ty_inline_next(ty_slice *rest, ty_token *token)
{
    *token = (ty_token){0};
    if (rest->size == 0)
        return false;
    size_t end = 0;
    if (rest->data[0] == '<') {
        end = read_markup(*rest, token);
        if (end == 0)
            end = rest->size;
    } else {
        const char *tag = memchr(rest->data, '<', rest->size);
        end = tag ? (size_t)(tag - rest->data) : rest->size;
    }
    if (!token->name.data && !token->text.data)
        token->text = ty_slice_sub(*rest, 0, end);
    *rest = ty_slice_sub(*rest, end, rest->size);
    return true;
}

ty_slice ty_inline_attribute(ty_slice attributes, const char *name)
{
    ty_slice wanted = ty_slice_of(name);
    for (ty_slice rest = ty_slice_trim(attributes); rest.size;) {
        size_t equals = ty_slice_find(rest, TY_SLICE("=\""), 0);
        if (equals == SIZE_MAX)
            break;
        size_t close = ty_slice_find(rest, TY_SLICE("\""), equals + 2);
        if (close == SIZE_MAX)
            break;
        if (ty_slice_equal(ty_slice_trim(ty_slice_sub(rest, 0, equals)), wanted))
            return ty_slice_sub(rest, equals + 2, close);
        rest = ty_slice_trim(ty_slice_sub(rest, close + 1, rest.size));
    }
    return (ty_slice){NULL, 0};
}

bool ty_inline_hides(ty_slice name)
{
    static const char *const native[] = {"bpt", "ept", "ph", "it", "ut", "sub"};
    for (size_t i = 0; i < sizeof native / sizeof *native; i++)
        if (ty_slice_equal(name, ty_slice_of(native[i])))
            return true;
    return false;
}

void ty_inline_plain(ty_slice content, ty_buffer *out)
{
    ty_token token;
    size_t depth = 0;
    while (ty_inline_next(&content, &token)) {
        if (token.kind == TY_TOKEN_TEXT) {
            if (depth == 0)
                ty_inline_unescape(token.text, out);
        } else if (token.kind != TY_TOKEN_OTHER && !token.empty && ty_inline_hides(token.name)) {
            if (token.kind == TY_TOKEN_START)
                depth++;
            else if (depth)
                depth--;
        }
    }
}

ty_slice ty_variant_content(const ty_variant *variant, ty_buffer *scratch)
{
    if (variant->content.data)
        return variant->content;
    bool failed = scratch->failed; /* stays so, whoever looks after several variants */
    ty_buffer_clear(scratch);
    scratch->failed = failed;
    ty_buffer_add_xml(scratch, variant->text);
    return ty_buffer_slice(scratch);
}
