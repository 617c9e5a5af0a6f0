/* SPDX-License-Identifier: Apache-2.0 */
#include "server/file_names.h"

#include <iconv.h>

enum { NAME_LIMIT = 120, SUM_SIZE = 7 };

static bool is_device(ty_slice name)
{
    static const char *const devices[] = {"CON", "PRN", "AUX", "NUL"};
    size_t dot = ty_slice_find(name, TY_SLICE("."), 0);
    ty_slice stem = ty_slice_sub(name, 0, dot);
    for (size_t i = 0; i < sizeof devices / sizeof *devices; i++)
        if (ty_slice_equal_nocase(stem, ty_slice_of(devices[i])))
            return true;
    ty_slice port = ty_slice_sub(stem, 0, 3);
    return stem.size == 4 && stem.data[3] >= '1' && stem.data[3] <= '9' &&
           (ty_slice_equal_nocase(port, TY_SLICE("COM")) || ty_slice_equal_nocase(port, TY_SLICE("LPT")));
}

static void add_legal(ty_buffer *out, ty_slice text)
{
    for (size_t i = 0; i < text.size; i++) {
        char c = text.data[i];
        ty_buffer_add_char(out, (unsigned char)c < 0x20 || strchr("<>:\"/\\|?*\x7F", c) ? '_' : c);
    }
}

/* ".tmx": what programs go by. */
static ty_slice ending_of(ty_slice name)
{
    for (size_t i = name.size; i-- > 0 && name.size - i <= 6;)
        if (name.data[i] == '.')
            return ty_slice_sub(name, i, name.size);
    return (ty_slice){"", 0};
}

/* Cut between characters; a sum of it all keeps names that begin alike apart. */
static void add_cut(ty_buffer *out, ty_slice name)
{
    ty_slice ending = ending_of(name);
    size_t size = NAME_LIMIT - SUM_SIZE - ending.size;
    while (size && ((unsigned char)name.data[size] & 0xC0) == 0x80)
        size--;
    add_legal(out, ty_slice_sub(name, 0, size));
    ty_buffer_add_format(out, "~%06x", (unsigned)(ty_hash(name, 0) & 0xFFFFFF));
    add_legal(out, ending);
}

void ty_legal_name(ty_buffer *out, ty_slice name)
{
    size_t start = out->size;
    if (is_device(name))
        ty_buffer_add_char(out, '_');
    if (name.size > NAME_LIMIT)
        add_cut(out, name);
    else
        add_legal(out, name);
    while (out->size > start && strchr(" .", out->data[out->size - 1]))
        out->data[--out->size] = '\0';
    if (out->size == start)
        ty_buffer_add_char(out, '_');
}

void ty_legal_way(ty_buffer *out, ty_slice way)
{
    ty_slice part;
    size_t start = out->size;
    while (way.size && way.data[way.size - 1] == '/')
        way.size--;
    while (way.size && ty_slice_next(&way, '/', &part)) {
        ty_legal_name(out, part);
        if (way.size)
            ty_buffer_add_char(out, '/');
    }
    if (out->size == start)
        ty_buffer_add_char(out, '_');
}

/* False where it is taken, or memory is short: then `out` fails. */
static bool take(ty_buffer *out, ty_strings *taken)
{
    ty_buffer key = {0};
    size_t before = taken->list.count;
    for (size_t i = 0; i < out->size; i++) {
        char c = out->data[i];
        ty_buffer_add_char(&key, c >= 'A' && c <= 'Z' ? (char)(c | 0x20) : c);
    }
    if (key.failed || ty_strings_add(taken, ty_buffer_slice(&key)) == TY_STRINGS_NONE)
        out->failed = true;
    ty_buffer_release(&key);
    return !out->failed && taken->list.count > before;
}

static void add_with_sum(ty_buffer *out, ty_slice way, uint64_t seed)
{
    ty_buffer legal = {0};
    ty_legal_way(&legal, way);
    ty_slice name = ty_buffer_slice(&legal), ending = ending_of(name);
    ty_buffer_clear(out);
    ty_buffer_add(out, ty_slice_sub(name, 0, name.size - ending.size));
    ty_buffer_add_format(out, "~%06x", (unsigned)(ty_hash(way, seed) & 0xFFFFFF));
    ty_buffer_add(out, ending);
    ty_buffer_release(&legal);
}

void ty_legal_way_apart(ty_buffer *out, ty_slice way, ty_strings *taken)
{
    ty_legal_way(out, way);
    for (uint64_t seed = 0; !take(out, taken) && !out->failed; seed++)
        add_with_sum(out, way, seed);
}

bool ty_name_to_shift_jis(const ty_buffer *name, ty_buffer *out)
{
    iconv_t converter = iconv_open("CP932", "UTF-8");
    if (converter == (iconv_t)-1 || !ty_buffer_reserve(out, name->size * 2 + 1))
        return false;
    char *from = name->data, *to = out->data;
    size_t left = name->size, room = name->size * 2;
    bool good = iconv(converter, &from, &left, &to, &room) != (size_t)-1 && !left;
    iconv_close(converter);
    out->size = good ? (size_t)(to - out->data) : 0;
    out->data[out->size] = '\0';
    return good;
}
