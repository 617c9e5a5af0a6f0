/* SPDX-License-Identifier: Apache-2.0 */
#include "server/request.h"

/* Length of the well-formed sequence at the beginning, or 0 (Unicode 15, table 3-7). */
static size_t sequence(const unsigned char *s, size_t left)
{
    if (s[0] < 0x80)
        return s[0] ? 1 : 0;
    size_t length = s[0] < 0xC2 ? 0 : s[0] < 0xE0 ? 2 : s[0] < 0xF0 ? 3 : s[0] < 0xF5 ? 4 : 0;
    if (length == 0 || length > left)
        return 0;
    for (size_t i = 1; i < length; i++)
        if ((s[i] & 0xC0) != 0x80)
            return 0;
    bool over = (s[0] == 0xE0 && s[1] < 0xA0) || (s[0] == 0xED && s[1] > 0x9F) ||
                (s[0] == 0xF0 && s[1] < 0x90) || (s[0] == 0xF4 && s[1] > 0x8F);
    return over ? 0 : length;
}

bool ty_is_text(ty_slice text)
{
    size_t at = 0;
    while (at < text.size) {
        size_t length = sequence((const unsigned char *)text.data + at, text.size - at);
        if (length == 0)
            return false;
        at += length;
    }
    return true;
}

/* ------------------------------------------------------------------------------------------ percent */

static int hex(char c)
{
    if (c >= '0' && c <= '9')
        return c - '0';
    c |= 0x20;
    return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

ty_status ty_percent_decode(ty_slice text, bool form, ty_arena *arena, ty_slice *out)
{
    char *data = ty_arena_alloc(arena, text.size + 1);
    size_t size = 0;
    if (!data)
        return TY_ERR_NOMEM;
    for (size_t i = 0; i < text.size; i++) {
        char c = text.data[i];
        if (c == '%') {
            if (text.size - i < 3 || hex(text.data[i + 1]) < 0 || hex(text.data[i + 2]) < 0)
                return TY_ERR_ENCODING;
            c = (char)(hex(text.data[i + 1]) * 16 + hex(text.data[i + 2]));
            i += 2;
        } else if (c == '+' && form) {
            c = ' ';
        }
        data[size++] = c;
    }
    *out = (ty_slice){data, size};
    return ty_is_text(*out) ? TY_OK : TY_ERR_ENCODING;
}

void ty_percent_encode(ty_buffer *out, ty_slice text)
{
    static const char digits[] = "0123456789ABCDEF";
    for (size_t i = 0; i < text.size; i++) {
        unsigned char c = (unsigned char)text.data[i];
        bool plain = (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') ||
                     (c && strchr("-._~", c));
        if (!plain) {
            ty_buffer_add_char(out, '%');
            ty_buffer_add_char(out, digits[c >> 4]);
            ty_buffer_add_char(out, digits[c & 15]);
        } else {
            ty_buffer_add_char(out, (char)c);
        }
    }
}

/* ------------------------------------------------------------------------------------------ parameters */

static ty_status add_param(ty_params *params, ty_slice field, ty_arena *arena)
{
    ty_param param = {0};
    size_t equals = ty_slice_find(field, TY_SLICE("="), 0);
    bool valued = equals != SIZE_MAX;
    ty_status status = ty_percent_decode(ty_slice_sub(field, 0, equals), true, arena, &param.name);
    if (status == TY_OK)
        status = ty_percent_decode(ty_slice_sub(field, valued ? equals + 1 : field.size, field.size), true,
                                   arena, &param.value);
    if (status == TY_OK && params->count >= TY_PARAMS_LIMIT)
        status = TY_ERR_LIMIT;
    if (status == TY_OK && !ty_vector_push(params, param))
        status = TY_ERR_NOMEM;
    return status;
}

ty_status ty_params_decode(ty_params *params, ty_slice text, ty_arena *arena)
{
    ty_slice field;
    ty_status status = TY_OK;
    while (status == TY_OK && text.size && ty_slice_next(&text, '&', &field))
        if (field.size)
            status = add_param(params, field, arena);
    return status;
}

ty_slice ty_params_get(const ty_params *params, const char *name)
{
    ty_slice wanted = ty_slice_of(name);
    for (size_t i = 0; i < params->count; i++)
        if (ty_slice_equal(params->items[i].name, wanted))
            return params->items[i].value;
    return (ty_slice){NULL, 0};
}

int64_t ty_params_integer(const ty_params *params, const char *name, int64_t least, int64_t most,
                          int64_t otherwise)
{
    ty_slice text = ty_params_get(params, name);
    bool below = least < 0 && ty_slice_starts(text, TY_SLICE("-"));
    int64_t value = ty_decimal(below ? ty_slice_sub(text, 1, text.size) : text);
    if (value < 0)
        return otherwise;
    value = below ? -value : value;
    return value < least || value > most ? otherwise : value;
}

int64_t ty_decimal(ty_slice text)
{
    int64_t value = 0;
    for (size_t i = 0; i < text.size; i++) {
        int digit = text.data[i] - '0';
        if (digit < 0 || digit > 9 || value > (INT64_MAX - digit) / 10)
            return -1;
        value = value * 10 + digit;
    }
    return text.size ? value : -1;
}

/* ------------------------------------------------------------------------------------------ address */

static ty_status add_segment(ty_target *target, ty_slice segment, ty_arena *arena)
{
    ty_slice decoded;
    ty_status status = ty_percent_decode(segment, false, arena, &decoded);
    if (status == TY_OK &&
        (!ty_vector_push(&target->encoded, segment) || !ty_vector_push(&target->path, decoded)))
        status = TY_ERR_NOMEM;
    return status;
}

/* "/a//b/" has the segments "a", "", "b", "": an empty one is never taken for its neighbour. */
static ty_status split_path(ty_target *target, ty_arena *arena)
{
    ty_slice rest = ty_slice_sub(target->raw, 1, target->raw.size), segment;
    ty_status status = TY_OK;
    while (status == TY_OK && ty_slice_next(&rest, '/', &segment))
        status = add_segment(target, segment, arena);
    return status;
}

/* Some readers of a request's first line end a word at any of them. */
static bool has_blank_or_control(ty_slice address)
{
    for (size_t i = 0; i < address.size; i++)
        if ((unsigned char)address.data[i] <= ' ' || address.data[i] == 0x7F)
            return true;
    return false;
}

ty_status ty_target_parse(ty_target *target, ty_slice address, ty_arena *arena)
{
    if (address.size > TY_PATH_LIMIT)
        return TY_ERR_LIMIT;
    if (!address.size || address.data[0] != '/' || has_blank_or_control(address))
        return TY_ERR_ENCODING;
    address = ty_arena_copy(arena, address);
    if (arena->failed)
        return TY_ERR_NOMEM;
    size_t mark = ty_slice_find(address, TY_SLICE("?"), 0);
    target->raw = ty_slice_sub(address, 0, mark);
    ty_slice query = mark == SIZE_MAX ? (ty_slice){NULL, 0} : ty_slice_sub(address, mark + 1, address.size);
    ty_status status = split_path(target, arena);
    return status == TY_OK ? ty_params_decode(&target->query, query, arena) : status;
}

void ty_target_release(ty_target *target)
{
    ty_vector_release(&target->encoded);
    ty_vector_release(&target->path);
    ty_vector_release(&target->query);
    *target = (ty_target){0};
}
