/* SPDX-License-Identifier: Apache-2.0 */
#define _DEFAULT_SOURCE /* madvise */
#include <stdio.h>
#include <stdlib.h>

#include "base/base.h"
#include "base/sys.h"

enum { LARGE = 4 << 20 }; /* bytes from which large pages are worth it */

void ty_buffer_clear(ty_buffer *buffer)
{
    buffer->size = 0;
    buffer->failed = false;
    if (buffer->data)
        buffer->data[0] = '\0';
}

void ty_buffer_release(ty_buffer *buffer)
{
    free(buffer->data);
    *buffer = (ty_buffer){0};
}

bool ty_buffer_reserve(ty_buffer *buffer, size_t more)
{
    if (buffer->failed)
        return false;
    if (more < buffer->capacity - buffer->size) /* strictly: the NUL behind */
        return true;
    size_t capacity = buffer->capacity ? buffer->capacity : 64;
    while (capacity - buffer->size <= more) {
        if (capacity > SIZE_MAX / 2) {
            buffer->failed = true;
            return false;
        }
        capacity *= 2;
    }
    char *data = realloc(buffer->data, capacity);
    if (!data) {
        buffer->failed = true;
        return false;
    }
    buffer->data = data;
    buffer->capacity = capacity;
    return true;
}

bool ty_buffer_reserve_large(ty_buffer *buffer, size_t more)
{
    if (!ty_buffer_reserve(buffer, more))
        return false;
    if (buffer->capacity > LARGE)
        ty_sys_prefer_large_pages(buffer->data, buffer->capacity);
    return true;
}

void ty_buffer_add(ty_buffer *buffer, ty_slice text)
{
    if (!ty_buffer_reserve(buffer, text.size))
        return;
    if (text.size)
        memcpy(buffer->data + buffer->size, text.data, text.size);
    buffer->size += text.size;
    buffer->data[buffer->size] = '\0';
}

void ty_buffer_add_string(ty_buffer *buffer, const char *string)
{
    ty_buffer_add(buffer, ty_slice_of(string));
}

void ty_buffer_add_arguments(ty_buffer *buffer, const char *format, va_list arguments)
{
    va_list again;
    va_copy(again, arguments);
    int size = vsnprintf(NULL, 0, format, arguments);
    if (size < 0)
        buffer->failed = true;
    else if (ty_buffer_reserve(buffer, (size_t)size)) {
        vsnprintf(buffer->data + buffer->size, (size_t)size + 1, format, again);
        buffer->size += (size_t)size;
    }
    va_end(again);
}

void ty_buffer_add_format(ty_buffer *buffer, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    ty_buffer_add_arguments(buffer, format, arguments);
    va_end(arguments);
}

ty_slice ty_buffer_slice(const ty_buffer *buffer)
{
    return buffer->data ? (ty_slice){buffer->data, buffer->size} : (ty_slice){"", 0};
}

/* ------------------------------------------------------------------------------------------ escapes */

static void add_json_ascii(ty_buffer *buffer, char byte)
{
    switch (byte) {
    case '"': ty_buffer_add(buffer, TY_SLICE("\\\"")); return;
    case '\\': ty_buffer_add(buffer, TY_SLICE("\\\\")); return;
    case '\n': ty_buffer_add(buffer, TY_SLICE("\\n")); return;
    case '\r': ty_buffer_add(buffer, TY_SLICE("\\r")); return;
    case '\t': ty_buffer_add(buffer, TY_SLICE("\\t")); return;
    }
    if ((unsigned char)byte < 0x20 || byte == 0x7F)
        ty_buffer_add_format(buffer, "\\u%04x", (unsigned)byte);
    else
        ty_buffer_add_char(buffer, byte);
}

void ty_buffer_add_json(ty_buffer *buffer, ty_slice text)
{
    ty_buffer_add_char(buffer, '"');
    for (size_t i = 0; i < text.size;) {
        size_t length = ty_slice_utf8_length(text, i);
        if (length == 1)
            add_json_ascii(buffer, text.data[i]);
        else
            ty_buffer_add(buffer, length ? ty_slice_sub(text, i, i + length) : TY_SLICE("\xEF\xBF\xBD"));
        i += length ? length : 1;
    }
    ty_buffer_add_char(buffer, '"');
}

ty_slice ty_xml_escape(char byte, bool attribute)
{
    switch (byte) {
    case '&': return TY_SLICE("&amp;");
    case '<': return TY_SLICE("&lt;");
    case '>': return TY_SLICE("&gt;");
    case '\r': return TY_SLICE("&#xD;");
    case '"': return attribute ? TY_SLICE("&quot;") : (ty_slice){NULL, 0};
    case '\n': return attribute ? TY_SLICE("&#xA;") : (ty_slice){NULL, 0};
    case '\t': return attribute ? TY_SLICE("&#x9;") : (ty_slice){NULL, 0};
    default: return (ty_slice){NULL, 0};
    }
}

static void add_xml(ty_buffer *buffer, ty_slice text, bool attribute)
{
    size_t done = 0;
    for (size_t i = 0; i < text.size; i++) {
        if ((unsigned char)text.data[i] > '>')
            continue;
        ty_slice escape = ty_xml_escape(text.data[i], attribute);
        if (!escape.data)
            continue;
        ty_buffer_add(buffer, ty_slice_sub(text, done, i));
        ty_buffer_add(buffer, escape);
        done = i + 1;
    }
    ty_buffer_add(buffer, ty_slice_sub(text, done, text.size));
}

void ty_buffer_add_xml(ty_buffer *buffer, ty_slice text)
{
    add_xml(buffer, text, false);
}

void ty_buffer_add_xml_attribute(ty_buffer *buffer, ty_slice text)
{
    add_xml(buffer, text, true);
}
