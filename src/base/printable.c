/* SPDX-License-Identifier: Apache-2.0 */
/* What may be shown on a terminal, which takes orders from the text it is given. */
#include "base/base.h"

/*
 * Controls of text direction (Unicode 15, 9.1 of UAX #9) make a line read otherwise than it is; the rest of
 * these are line ends to some.
 */
static bool is_hidden_order(uint32_t c)
{
    return (c >= 0x80 && c <= 0x9F) || c == 0x061C || c == 0x200E || c == 0x200F ||
           (c >= 0x2028 && c <= 0x202E) || (c >= 0x2066 && c <= 0x2069);
}

static bool is_order(unsigned char byte)
{
    return (byte < 0x20 && byte != '\n' && byte != '\t') || byte == 0x7F;
}

static uint32_t decode(const char *data, size_t length)
{
    static const unsigned char first[] = {0, 0x7F, 0x1F, 0x0F, 0x07};
    uint32_t c = (unsigned char)data[0] & first[length];
    for (size_t i = 1; i < length; i++)
        c = c << 6 | ((unsigned char)data[i] & 0x3F);
    return c;
}

/* How many bytes at i may go as they are; 0: the character there may not, and is *length bytes. */
static size_t harmless(ty_slice text, size_t i, size_t *length)
{
    unsigned char byte = (unsigned char)text.data[i];
    *length = byte < 0x80 ? 1 : ty_slice_utf8_length(text, i);
    if (byte < 0x80)
        return !is_order(byte);
    return *length && !is_hidden_order(decode(text.data + i, *length)) ? *length : 0;
}

void ty_buffer_add_printable(ty_buffer *buffer, ty_slice text)
{
    size_t done = 0, length;
    for (size_t i = 0; i < text.size;) {
        size_t good = harmless(text, i, &length);
        if (good) {
            i += good;
            continue;
        }
        ty_buffer_add(buffer, ty_slice_sub(text, done, i));
        if (length)
            ty_buffer_add_format(buffer, "<U+%04X>", (unsigned)decode(text.data + i, length));
        else
            ty_buffer_add(buffer, TY_SLICE("\xEF\xBF\xBD"));
        done = i += length ? length : 1;
    }
    ty_buffer_add(buffer, ty_slice_sub(text, done, text.size));
}

void ty_print_safely(FILE *stream, const char *format, ...)
{
    ty_buffer text = {0}, safe = {0};
    va_list arguments;
    va_start(arguments, format);
    ty_buffer_add_arguments(&text, format, arguments);
    va_end(arguments);
    ty_buffer_add_printable(&safe, ty_buffer_slice(&text));
    if (safe.failed)
        fputs("(out of memory)\n", stream);
    else
        fwrite(safe.data ? safe.data : "", 1, safe.size, stream);
    ty_buffer_release(&text);
    ty_buffer_release(&safe);
}
