/* SPDX-License-Identifier: Apache-2.0 */
/* The one kind of JSON that is taken: an object of texts and numbers, {"source": "a", "target": "b"}. */
#include "server/request.h"

typedef struct reader {
    ty_slice rest;
    ty_arena *arena;
} reader;

static char peek(const reader *r)
{
    return r->rest.size ? r->rest.data[0] : '\0';
}

static void skip(reader *r, size_t bytes)
{
    r->rest = ty_slice_sub(r->rest, bytes, r->rest.size);
}

static void skip_blanks(reader *r)
{
    while (r->rest.size && strchr(" \t\r\n", r->rest.data[0]) && r->rest.data[0])
        skip(r, 1);
}

static bool take(reader *r, char wanted)
{
    skip_blanks(r);
    if (peek(r) != wanted || !r->rest.size)
        return false;
    skip(r, 1);
    return true;
}

/* ------------------------------------------------------------------------------------------ texts */

/* Four hexadecimal digits; -1 for anything else. */
static int32_t take_code(reader *r)
{
    int32_t code = 0;
    if (r->rest.size < 4)
        return -1;
    for (int i = 0; i < 4; i++) {
        char c = r->rest.data[i];
        int digit = c >= '0' && c <= '9'                     ? c - '0'
                    : (c | 0x20) >= 'a' && (c | 0x20) <= 'f' ? (c | 0x20) - 'a' + 10
                                                             : -1;
        if (digit < 0)
            return -1;
        code = code * 16 + digit;
    }
    skip(r, 4);
    return code;
}

/* Behind "\u": one unit of UTF-16, or the two of a pair; U+0000 and halves of pairs are refused. */
static bool take_escaped(reader *r, uint32_t *out)
{
    int32_t first = take_code(r), second;
    *out = (uint32_t)first;
    if (first <= 0 || (first >= 0xDC00 && first < 0xE000))
        return false;
    if (first < 0xD800 || first >= 0xE000)
        return true;
    if (r->rest.size < 6 || r->rest.data[0] != '\\' || r->rest.data[1] != 'u')
        return false;
    skip(r, 2);
    second = take_code(r);
    *out = 0x10000 + (((uint32_t)first - 0xD800) << 10) + ((uint32_t)second - 0xDC00);
    return second >= 0xDC00 && second < 0xE000;
}

static size_t put_utf8(char *out, uint32_t c)
{
    size_t size = c < 0x80 ? 1 : c < 0x800 ? 2 : c < 0x10000 ? 3 : 4;
    static const unsigned char heads[] = {0, 0, 0xC0, 0xE0, 0xF0};
    for (size_t i = size; i-- > 1; c >>= 6)
        out[i] = (char)(0x80 | (c & 0x3F));
    out[0] = (char)(heads[size] | c);
    return size;
}

static bool take_escape(reader *r, char *out, size_t *size)
{
    static const char names[] = "\"\\/bfnrt", values[] = "\"\\/\b\f\n\r\t";
    char name = peek(r);
    const char *known = name ? strchr(names, name) : NULL;
    uint32_t code;
    if (!r->rest.size)
        return false;
    skip(r, 1);
    if (known) {
        out[(*size)++] = values[known - names];
        return true;
    }
    if (name != 'u' || !take_escaped(r, &code))
        return false;
    *size += put_utf8(out + *size, code);
    return true;
}

/* Bytes up to the quote that ends the text. */
static size_t written_size(const reader *r)
{
    size_t size = 0;
    while (size < r->rest.size && r->rest.data[size] != '"')
        size += r->rest.data[size] == '\\' ? 2 : 1;
    return size;
}

/* A text is never longer than it is written. */
static bool take_text(reader *r, ty_slice *out)
{
    char *data = take(r, '"') ? ty_arena_alloc(r->arena, written_size(r) + 1) : NULL;
    size_t size = 0;
    if (!data)
        return false;
    while (r->rest.size && peek(r) != '"') {
        char c = peek(r);
        skip(r, 1);
        if ((unsigned char)c < 0x20 || (c == '\\' && !take_escape(r, data, &size)))
            return false;
        if (c != '\\')
            data[size++] = c;
    }
    *out = (ty_slice){data, size};
    return take(r, '"') && ty_is_text(*out);
}

/* ------------------------------------------------------------------------------------------ objects */

/* Numbers and the words true and false come as they are written; null is no value. */
static bool take_word(reader *r, ty_slice *out)
{
    size_t size = 0;
    while (size < r->rest.size && strchr("+-.0123456789abcdefghijklmnopqrstuvwxyzE", r->rest.data[size]) &&
           r->rest.data[size])
        size++;
    *out = ty_arena_copy(r->arena, ty_slice_sub(r->rest, 0, size));
    skip(r, size);
    return size > 0;
}

static bool take_member(reader *r, ty_params *params)
{
    ty_param param = {0};
    if (!take_text(r, &param.name) || !take(r, ':'))
        return false;
    skip_blanks(r);
    bool quoted = peek(r) == '"';
    bool good = quoted ? take_text(r, &param.value) : take_word(r, &param.value);
    if (good && ty_slice_equal(param.value, TY_SLICE("null")) && !quoted)
        return true;
    return good && params->count < TY_PARAMS_LIMIT && ty_vector_push(params, param);
}

ty_status ty_params_json(ty_params *params, ty_slice text, ty_arena *arena)
{
    reader r = {text, arena};
    bool good = take(&r, '{');
    skip_blanks(&r);
    if (good && peek(&r) != '}')
        do {
            skip_blanks(&r);
            good = take_member(&r, params);
        } while (good && take(&r, ','));
    good = good && take(&r, '}');
    skip_blanks(&r);
    if (arena->failed)
        return TY_ERR_NOMEM;
    return good && !r.rest.size ? TY_OK : TY_ERR_ENCODING;
}
