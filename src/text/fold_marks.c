/* SPDX-License-Identifier: Apache-2.0 */
/*
 * fold_marks - which marks a reader takes for the same, which characters he does not see, and acronyms with
 * full stops.
 */
#include <unicode/uchar.h>

#include "text/internal.h"

bool ty_text_is_invisible(uint32_t c)
{
    if (c < 0x61C)
        return c == 0xAD;
    if (c < 0x200B || (c > 0x2069 && c < 0xFE00))
        return c == 0x61C;
    return c <= 0x200F || (c >= 0x202A && c <= 0x202E) || (c >= 0x2060 && c <= 0x2064) ||
           (c >= 0x2066 && c <= 0x2069) || (c >= 0xFE00 && c <= 0xFE0F) || c == 0xFEFF ||
           (c >= 0xE0100 && c <= 0xE01EF);
}

uint32_t ty_text_plain_mark(uint32_t c)
{
    switch (c) {
    case 0x2018:
    case 0x2019:
    case 0x201A:
    case 0x201B:
    case 0x2032:
    case 0x02BC:
    case 0xFF40: return '\'';
    case 0x201C:
    case 0x201D:
    case 0x201E:
    case 0x201F:
    case 0x2033:
    case 0x00AB:
    case 0x00BB: return '"';
    case 0x2010:
    case 0x2011:
    case 0x2012:
    case 0x2013:
    case 0x2014:
    case 0x2015:
    case 0x2212: return '-';
    case 0x301C:
    case 0x223C: return '~';
    case 0x3001: return ',';
    case 0x3002: return '.';
    default: return c;
    }
}

uint32_t ty_text_loose_mark(uint32_t c)
{
    switch (c) {
    case 0x300C:
    case 0x300D:
    case 0x300E:
    case 0x300F:
    case 0x301D:
    case 0x301E:
    case 0x301F:
    case 0xFF02:
    case 0xFF62:
    case 0xFF63: return '"';
    case 0xFF07: return '\'';
    case 0x2500:
    case 0xFE58:
    case 0xFE63:
    case 0xFF0D: return '-';
    case 0x3030:
    case 0xFF5E: return '~';
    case 0x00B7:
    case 0x2022:
    case 0x2219:
    case 0x22C5:
    case 0xFF65: return 0x30FB;
    default: return c;
    }
}

/* ------------------------------------------------------------------------------------------ acronyms */

static bool is_letter(char c)
{
    return (c | 0x20) >= 'a' && (c | 0x20) <= 'z';
}

/* Would a letter behind it go on with a word: is it a letter or a number of any kind? */
static bool goes_on(ty_slice text, size_t end)
{
    if (end == 0)
        return false;
    uint32_t c = ty_utf8_previous(text, &end);
    return c <= 0x10FFFF && (U_GET_GC_MASK((UChar32)c) & U_GC_L_MASK ||
                             u_getIntPropertyValue((UChar32)c, UCHAR_NUMERIC_TYPE) != U_NT_NONE);
}

/* The end of "u.s." that begins at `at`, two letters at least; `at` where none does. */
static size_t acronym_end(ty_slice text, size_t at)
{
    size_t end = at;
    while (end + 1 < text.size && is_letter(text.data[end]) && text.data[end + 1] == '.')
        end += 2;
    return end >= at + 4 && !goes_on(text, at) ? end : at;
}

typedef struct closing {
    char *text;
    ty_folded *map; /* NULL: none */
    size_t size;    /* of what is kept */
} closing;

static void keep(closing *c, size_t from, size_t end)
{
    size_t count = end - from;
    if (from == c->size) {
        c->size = end;
        return;
    }
    memmove(c->text + c->size, c->text + from, count);
    if (c->map) {
        memmove(c->map->starts.items + c->size, c->map->starts.items + from, count * sizeof(uint32_t));
        memmove(c->map->ends.items + c->size, c->map->ends.items + from, count * sizeof(uint32_t));
    }
    c->size += count;
}

/* The letters of an acronym; its last one stands for the stop behind it, too. */
static void keep_letters(closing *c, size_t from, size_t end)
{
    uint32_t last = c->map ? c->map->ends.items[end - 1] : 0;
    for (; from < end; from += 2)
        keep(c, from, from + 1);
    if (c->map)
        c->map->ends.items[c->size - 1] = last;
}

/* The first acronym at or behind `at`: its start, and its end, which is 0 where there is none. Stops are
 * rare, so they are looked for, and letters beside them. */
static size_t next_acronym(ty_slice text, size_t at, size_t *end)
{
    *end = 0;
    for (size_t from = at; from < text.size; from++) {
        const char *stop = memchr(text.data + from, '.', text.size - from);
        if (!stop)
            return text.size;
        from = (size_t)(stop - text.data);
        if (from == at || from + 2 >= text.size || stop[2] != '.' || !is_letter(stop[-1]))
            continue;
        *end = acronym_end(text, from - 1);
        if (*end > from)
            return from - 1;
        *end = 0;
    }
    return text.size;
}

void ty_text_close_acronyms(ty_buffer *text, size_t begin, ty_folded *map)
{
    ty_slice in = ty_slice_sub(ty_buffer_slice(text), begin, text->size); /* a map begins at 0 */
    closing c = {.text = in.data ? text->data + begin : NULL, .map = map};
    size_t done = 0, end, start = next_acronym(in, 0, &end);
    for (; end; start = next_acronym(in, done, &end)) {
        keep(&c, done, start);
        keep_letters(&c, start, end);
        done = end;
    }
    keep(&c, done, in.size);
    text->size = begin + c.size;
}
