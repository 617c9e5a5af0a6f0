/* SPDX-License-Identifier: Apache-2.0 */
/* Markup that somebody typed, or that came from who knows where. */
#include "unit/unit.h"

/* Text between tags: no bare < or &; what looks like a tag and is none ends as text. */
static bool is_escaped(ty_slice text)
{
    for (size_t i = 0; i < text.size; i++) {
        if (text.data[i] == '<' || text.data[i] == '>')
            return false;
        if (text.data[i] == '&' && ty_slice_find(ty_slice_sub(text, i, i + 12), TY_SLICE(";"), 1) == SIZE_MAX)
            return false;
    }
    return true;
}

static bool is_inline_element(ty_slice name)
{
    static const char *const names[] = {"bpt", "ept", "ph", "it", "hi", "ut", "sub"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (ty_slice_equal(name, ty_slice_of(names[i])))
            return true;
    return false;
}

/* Deeper than any file that imports (libxml2's own limit). */
enum { DEEPEST = 256 };

bool ty_inline_is_valid(ty_slice content)
{
    ty_slice open[DEEPEST], rest = content;
    size_t depth = 0;
    ty_token token;
    while (ty_inline_next(&rest, &token)) {
        if (token.kind == TY_TOKEN_TEXT && !is_escaped(token.text))
            return false;
        if (token.kind == TY_TOKEN_START && (!is_inline_element(token.name) || depth == DEEPEST))
            return false;
        if (token.kind == TY_TOKEN_START && !token.empty)
            open[depth++] = token.name;
        if (token.kind == TY_TOKEN_END && (depth == 0 || !ty_slice_equal(open[--depth], token.name)))
            return false;
    }
    return depth == 0;
}
