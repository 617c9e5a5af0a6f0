/* SPDX-License-Identifier: Apache-2.0 */
/*
 * splice - inline content joined and cut. Numbers that tell codes of one segment apart (i) or link those of
 * several languages (x) are raised when content is put behind other content (TMX 1.4b, "i" and "x"
 * attributes).
 */
#include "unit/unit.h"

/* ------------------------------------------------------------------------------------------ numbers */

static const char *const numbered[] = {"i", "x"};
enum { NUMBERED = sizeof numbered / sizeof *numbered, DIGITS = 8 };

/* False where it is no number, or one that nobody counts to. */
static bool read_number(ty_slice text, unsigned *out)
{
    *out = 0;
    for (size_t i = 0; i < text.size; i++) {
        if (text.data[i] < '0' || text.data[i] > '9' || i == DIGITS)
            return false;
        *out = *out * 10 + (unsigned)(text.data[i] - '0');
    }
    return text.size > 0;
}

unsigned ty_inline_highest(ty_slice content)
{
    unsigned highest = 0, number;
    ty_token token;
    while (ty_inline_next(&content, &token))
        for (size_t k = 0; k < NUMBERED && token.kind == TY_TOKEN_START; k++)
            if (read_number(ty_inline_attribute(token.attributes, numbered[k]), &number) && number > highest)
                highest = number;
    return highest;
}

/* Appends a tag, [from, from + size), with its numbers raised. */
static void add_raised(ty_slice tag, ty_slice attributes, unsigned by, ty_buffer *out)
{
    ty_slice values[NUMBERED];
    for (size_t k = 0; k < NUMBERED; k++)
        values[k] = ty_inline_attribute(attributes, numbered[k]);
    if (values[0].data > values[1].data) { /* in the order of the tag */
        ty_slice first = values[1];
        values[1] = values[0];
        values[0] = first;
    }
    size_t done = 0;
    for (size_t k = 0; k < NUMBERED; k++) {
        unsigned number;
        if (!read_number(values[k], &number))
            continue;
        size_t at = (size_t)(values[k].data - tag.data);
        ty_buffer_add(out, ty_slice_sub(tag, done, at));
        ty_buffer_add_format(out, "%u", number + by);
        done = at + values[k].size;
    }
    ty_buffer_add(out, ty_slice_sub(tag, done, tag.size));
}

void ty_inline_append(ty_slice content, unsigned raise, ty_buffer *out)
{
    ty_token token;
    for (ty_slice rest = content; ty_inline_next(&rest, &token);) {
        ty_slice whole = {content.data, content.size - rest.size};
        if (token.kind == TY_TOKEN_START && raise)
            add_raised(whole, token.attributes, raise, out);
        else
            ty_buffer_add(out, whole);
        content = rest;
    }
}

/* ------------------------------------------------------------------------------------------ cutting */

static bool is(ty_token token, const char *name)
{
    return ty_slice_equal(token.name, ty_slice_of(name));
}

/* The length of the first character of escaped text, in the text and plain. */
static size_t step(ty_slice text, ty_buffer *scratch, size_t *plain)
{
    size_t size = 1;
    if (text.data[0] == '&') {
        size_t end = ty_slice_find(text, TY_SLICE(";"), 1);
        size = end == SIZE_MAX ? 1 : end + 1;
    }
    ty_buffer_clear(scratch);
    ty_inline_unescape(ty_slice_sub(text, 0, size), scratch);
    *plain = scratch->size;
    return size;
}

/* Where in escaped text *left plain bytes are over; *left is what remains of them at its end. */
static size_t pass_text(ty_slice text, size_t *left)
{
    ty_buffer scratch = {0};
    size_t at = 0, plain;
    while (*left && at < text.size) {
        at += step(ty_slice_sub(text, at, text.size), &scratch, &plain);
        *left -= plain < *left ? plain : *left;
    }
    ty_buffer_release(&scratch);
    return at;
}

/* Passes over the element whose start tag was just taken. */
static void pass_element(ty_slice *rest, ty_token token)
{
    size_t depth = !token.empty;
    while (depth && ty_inline_next(rest, &token)) {
        depth += token.kind == TY_TOKEN_START && !token.empty;
        depth -= token.kind == TY_TOKEN_END;
    }
}

/* Has `content` an element of the name with the number? */
static bool has_code(ty_slice content, const char *name, ty_slice i)
{
    ty_token token;
    while (ty_inline_next(&content, &token))
        if (token.kind == TY_TOKEN_START && is(token, name) &&
            ty_slice_equal(ty_inline_attribute(token.attributes, "i"), i))
            return true;
    return false;
}

/* Does a pair of codes begin before and end behind the cut? */
static bool is_torn(ty_slice before, ty_slice behind)
{
    ty_token token;
    for (ty_slice rest = before; ty_inline_next(&rest, &token);) {
        ty_slice i = ty_inline_attribute(token.attributes, "i");
        if (token.kind == TY_TOKEN_START && is(token, "bpt") && !has_code(before, "ept", i) &&
            has_code(behind, "ept", i))
            return true;
    }
    return false;
}

/* What ends where the text ends belongs to it: closing tags of hi, and ept. */
static ty_slice pass_ends(ty_slice rest, size_t *depth)
{
    ty_token token;
    for (ty_slice next = rest; ty_inline_next(&next, &token); rest = next) {
        if (token.kind == TY_TOKEN_END && *depth)
            --*depth;
        else if (token.kind == TY_TOKEN_START && is(token, "ept"))
            pass_element(&next, token);
        else
            break;
    }
    return rest;
}

size_t ty_inline_cut(ty_slice content, size_t plain)
{
    size_t depth = 0; /* of hi and elements like it, whose text is the segment's */
    ty_slice rest = content;
    while (plain) {
        ty_token token;
        ty_slice from = rest;
        if (!ty_inline_next(&rest, &token))
            return SIZE_MAX;
        if (token.kind == TY_TOKEN_TEXT)
            rest = ty_slice_sub(from, pass_text(token.text, &plain), from.size);
        else if (token.kind == TY_TOKEN_START && ty_inline_hides(token.name))
            pass_element(&rest, token);
        else if (token.kind == TY_TOKEN_START && !token.empty)
            depth++;
        else if (token.kind == TY_TOKEN_END && depth)
            depth--;
    }
    rest = pass_ends(rest, &depth);
    size_t at = content.size - rest.size;
    return depth || is_torn(ty_slice_sub(content, 0, at), rest) ? SIZE_MAX : at;
}
