/* SPDX-License-Identifier: Apache-2.0 */
/* What the first bytes of a file show: a view in ASCII, the root element, signs of no text at all. */
#include <stdio.h>

#include "formats/format.h"
#include "formats/internal.h"

int ty_sniff_wide(ty_slice head)
{
    const unsigned char *s = (const unsigned char *)head.data;
    if (head.size < 2)
        return 0;
    if (s[0] == 0xFE && s[1] == 0xFF)
        return 'B';
    if (s[0] == 0xFF && s[1] == 0xFE)
        return 'L';
    if (head.size < 4)
        return 0;
    if (s[0] == 0 && s[1] && s[2] == 0 && s[3])
        return 'B';
    return s[0] && s[1] == 0 && s[2] && s[3] == 0 ? 'L' : 0;
}

/* ------------------------------------------------------------------------------------------ the view */

/* In every encoding we read, other characters as '?'. */
static size_t view(ty_slice bytes, char *out)
{
    const unsigned char *s = (const unsigned char *)bytes.data;
    size_t size = 0, step = 1;
    int order = ty_sniff_wide(bytes);
    if (!order && ty_slice_starts(bytes, TY_SLICE("\xEF\xBB\xBF")))
        s += 3, bytes.size -= 3;
    if (order)
        step = 2;
    for (size_t i = 0; i + step <= bytes.size && size < HEAD_SEEN; i += step) {
        unsigned code = !order         ? s[i]
                        : order == 'B' ? (unsigned)(s[i] << 8 | s[i + 1])
                                       : (unsigned)(s[i + 1] << 8 | s[i]);
        if (code != 0xFEFF || size)
            out[size++] = code < 0x80 ? (char)code : '?';
    }
    out[size] = '\0';
    return size;
}

/* Control characters that no text has. ESC is one of ISO-2022-JP. */
static bool looks_binary(ty_slice text)
{
    size_t strange = 0;
    for (size_t i = 0; i < text.size; i++) {
        unsigned char byte = (unsigned char)text.data[i];
        if (byte == 0)
            return true;
        if (byte < 0x20 && !strchr("\t\n\v\f\r\x1A\x1B", byte))
            strange++;
    }
    return strange * 50 > text.size;
}

/* ------------------------------------------------------------------------------------------ XML */

static ty_slice after(ty_slice text, const char *end)
{
    size_t at = ty_slice_find(text, ty_slice_of(end), 0);
    return at == SIZE_MAX ? (ty_slice){"", 0} : ty_slice_sub(text, at + strlen(end), text.size);
}

/* Past the document type, whose internal subset may hold '>'. */
static ty_slice after_doctype(ty_slice text)
{
    size_t close = ty_slice_find(text, TY_SLICE(">"), 0), open = ty_slice_find(text, TY_SLICE("["), 0);
    return open < close ? after(after(text, "]"), ">") : after(text, ">");
}

/* From the first tag that is not prolog, "" where there is none. */
static ty_slice find_root(ty_slice text)
{
    for (;;) {
        text = ty_slice_trim(text);
        if (ty_slice_starts(text, TY_SLICE("<?")))
            text = after(text, "?>");
        else if (ty_slice_starts(text, TY_SLICE("<!--")))
            text = after(text, "-->");
        else if (ty_slice_starts(text, TY_SLICE("<!")))
            text = after_doctype(text);
        else
            return ty_slice_starts(text, TY_SLICE("<")) ? text : (ty_slice){"", 0};
    }
}

static ty_slice local_name(ty_slice root)
{
    size_t end = 1;
    if (!root.size)
        return root;
    while (end < root.size && !strchr(" \t\r\n/>", root.data[end]))
        end++;
    ty_slice name = ty_slice_sub(root, 1, end);
    size_t colon = ty_slice_find(name, TY_SLICE(":"), 0);
    return colon == SIZE_MAX ? name : ty_slice_sub(name, colon + 1, name.size);
}

/* The value in quotation marks behind "encoding", "=". */
static ty_slice declared_value(ty_slice declaration)
{
    ty_slice rest = ty_slice_trim(after(declaration, "encoding"));
    if (!rest.size || rest.data[0] != '=')
        return (ty_slice){"", 0};
    rest = ty_slice_trim(ty_slice_sub(rest, 1, rest.size));
    if (!rest.size || (rest.data[0] != '"' && rest.data[0] != '\''))
        return (ty_slice){"", 0};
    const char *close = memchr(rest.data + 1, rest.data[0], rest.size - 1);
    return close ? (ty_slice){rest.data + 1, (size_t)(close - rest.data) - 1} : (ty_slice){"", 0};
}

void ty_xml_declared_encoding(ty_slice bytes, char *name, size_t size)
{
    char seen[HEAD_SEEN + 1];
    ty_slice text = ty_slice_trim((ty_slice){seen, view(bytes, seen)});
    size_t end = ty_slice_find(text, TY_SLICE("?>"), 0);
    name[0] = '\0';
    if (!ty_slice_starts(text, TY_SLICE("<?xml")) || end == SIZE_MAX)
        return;
    ty_slice value = declared_value(ty_slice_sub(text, 0, end));
    if (value.size < size)
        snprintf(name, size, "%.*s", (int)value.size, value.data);
}

/* ------------------------------------------------------------------------------------------ for bids */

void ty_head_look(struct head *head, ty_slice bytes, const char *name)
{
    head->bytes = bytes;
    head->name = name ? name : "";
    head->text = ty_slice_trim((ty_slice){head->seen, view(bytes, head->seen)});
    head->binary = looks_binary(head->text);
    bool marked = ty_slice_starts(head->text, TY_SLICE("<"));
    head->root = marked ? find_root(head->text) : (ty_slice){"", 0};
    head->root_name = local_name(head->root);
}

bool ty_head_says(ty_slice text, const char *words)
{
    size_t size = strlen(words);
    for (size_t i = 0; i + size <= text.size; i++)
        if (ty_slice_equal_nocase((ty_slice){text.data + i, size}, (ty_slice){words, size}))
            return true;
    return false;
}

bool ty_head_has_ending(const struct head *head, const char *endings)
{
    ty_slice name = ty_slice_of(head->name), rest = ty_slice_of(endings), ending;
    while (ty_slice_next(&rest, ' ', &ending))
        if (name.size > ending.size &&
            ty_slice_equal_nocase(ty_slice_sub(name, name.size - ending.size, name.size), ending))
            return true;
    return false;
}

int ty_head_bid_root(const struct head *head, const char *name)
{
    return head->root.size && ty_slice_equal_nocase(head->root_name, ty_slice_of(name)) ? BID_ROOT : BID_NONE;
}

int ty_head_bid_signature(const struct head *head, ty_slice signature)
{
    return ty_slice_starts(head->bytes, signature) ? BID_SIGNATURE : BID_NONE;
}

int ty_head_bid_package(const struct head *head, const char *sign, int bid)
{
    bool is = ty_slice_starts(head->bytes, TY_SLICE("PK\x03\x04")) &&
              ty_slice_find(head->bytes, ty_slice_of(sign), 0) != SIZE_MAX;
    return is ? bid : BID_NONE;
}
