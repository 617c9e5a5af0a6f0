/* SPDX-License-Identifier: Apache-2.0 */
#include "text/text.h"
#include "unit/unit.h"

static const struct {
    const char *name;
    char value;
} entities[] = {{"amp", '&'}, {"lt", '<'}, {"gt", '>'}, {"quot", '"'}, {"apos", '\''}};

static int digit_value(char c)
{
    if (c >= '0' && c <= '9')
        return c - '0';
    c |= 0x20;
    return c >= 'a' && c <= 'f' ? c - 'a' + 10 : 99;
}

/* The code point of "#38" or "#x26"; TY_CODE_POINT_NONE for what is no reference to a character. */
static uint32_t character_reference(ty_slice name)
{
    int base = 10;
    size_t at = 1;
    if (name.size > 1 && name.data[1] == 'x') {
        base = 16;
        at = 2;
    }
    uint32_t value = 0;
    if (at == name.size)
        return TY_CODE_POINT_NONE;
    for (; at < name.size; at++) {
        int digit = digit_value(name.data[at]);
        if (digit >= base)
            return TY_CODE_POINT_NONE;
        value = value * (uint32_t)base + (uint32_t)digit;
        if (value > 0x10FFFF)
            return TY_CODE_POINT_NONE;
    }
    return value == 0 || (value >= 0xD800 && value <= 0xDFFF) ? TY_CODE_POINT_NONE : value;
}

static bool add_reference(ty_slice name, ty_buffer *out)
{
    if (name.size && name.data[0] == '#') {
        uint32_t c = character_reference(name);
        if (c == TY_CODE_POINT_NONE)
            return false;
        ty_utf8_add(out, c);
        return true;
    }
    for (size_t i = 0; i < sizeof entities / sizeof *entities; i++)
        if (ty_slice_equal(name, ty_slice_of(entities[i].name))) {
            ty_buffer_add_char(out, entities[i].value);
            return true;
        }
    return false;
}

/* What is no reference stays as it is. */
void ty_inline_unescape(ty_slice text, ty_buffer *out)
{
    size_t done = 0;
    for (size_t at = 0; (at = ty_slice_find(text, TY_SLICE("&"), at)) != SIZE_MAX;) {
        ty_slice near = ty_slice_sub(text, at, at + 12);
        size_t end = ty_slice_find(near, TY_SLICE(";"), 1);
        ty_buffer_add(out, ty_slice_sub(text, done, at));
        done = at++;
        if (end == SIZE_MAX || !add_reference(ty_slice_sub(near, 1, end), out))
            continue;
        done = at = at + end;
    }
    ty_buffer_add(out, ty_slice_sub(text, done, text.size));
}
