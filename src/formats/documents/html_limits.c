/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What libxml2 needs more than its share of time for: it compares each attribute of a tag with all before it
 * (htmlParseStartTag), so that a tag with 100,000 of them takes twenty seconds.
 */
#include "formats/documents/html.h"

/* Pages that programs write have some dozens. */
enum { MOST_ATTRIBUTES = 500 };

static bool is_blank(char c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f' || c == '/';
}

static bool begins_tag(ty_slice text, size_t at)
{
    char c = at + 1 < text.size ? (char)(text.data[at + 1] | 0x20) : '\0';
    return text.data[at] == '<' && c >= 'a' && c <= 'z';
}

/* Behind an attribute's value, or its name where it has none. */
static size_t behind_attribute(ty_slice text, size_t at)
{
    char quote = '\0';
    for (; at < text.size; at++) {
        char c = text.data[at];
        if (quote && c == quote)
            return at + 1;
        if (quote)
            continue;
        if ((c == '"' || c == '\'') && text.data[at - 1] == '=')
            quote = c;
        else if (is_blank(c) || c == '>')
            return at;
    }
    return at;
}

/* How many attributes the tag at `at` has; *at comes to its end. */
static size_t count_attributes(ty_slice text, size_t *at)
{
    size_t count = 0, i = *at + 1;
    while (i < text.size && !is_blank(text.data[i]) && text.data[i] != '>')
        i++;
    while (i < text.size && text.data[i] != '>') {
        if (is_blank(text.data[i])) {
            i++;
            continue;
        }
        i = behind_attribute(text, i);
        count++;
    }
    *at = i;
    return count;
}

/* What a script or a comment holds is no tag. */
static size_t behind_raw(ty_slice text, size_t at)
{
    static const struct {
        ty_slice begin, end;
    } kinds[] = {{TY_SLICE("<!--"), TY_SLICE("-->")},
                 {TY_SLICE("<script"), TY_SLICE("</")},
                 {TY_SLICE("<style"), TY_SLICE("</")}};
    ty_slice rest = ty_slice_sub(text, at, text.size);
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
        ty_slice begin = ty_slice_sub(rest, 0, kinds[i].begin.size);
        size_t end =
            ty_slice_equal_nocase(begin, kinds[i].begin) ? ty_slice_find(text, kinds[i].end, at + 4) : at;
        if (end != at)
            return end == SIZE_MAX ? text.size : end;
    }
    return at;
}

static size_t line_of(ty_slice text, size_t at)
{
    size_t line = 1;
    for (size_t i = 0; i < at; i++)
        line += text.data[i] == '\n';
    return line;
}

ty_status ty_html_check_limits(ty_slice text, const char *path, ty_error *error)
{
    for (size_t at = 0; at < text.size; at++) {
        const char *tag = memchr(text.data + at, '<', text.size - at);
        if (!tag)
            break;
        at = (size_t)(tag - text.data);
        size_t raw = behind_raw(text, at), begin = at;
        if (raw != at) {
            at = raw;
            continue;
        }
        if (!begins_tag(text, at) || count_attributes(text, &at) <= MOST_ATTRIBUTES)
            continue;
        ty_error_set(error, TY_ERR_LIMIT, "a tag with more than %d attributes", MOST_ATTRIBUTES);
        return ty_error_locate(error, path, line_of(text, begin), 0);
    }
    return TY_OK;
}
