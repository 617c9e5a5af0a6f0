/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What libxml2 needs more than its share of time for: many attributes in a tag (htmlParseStartTag).
 */
#include "formats/documents/html.h"

static bool is_blank(char c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f';
}

static bool is_letter(char c)
{
    return (char)(c | 0x20) >= 'a' && (char)(c | 0x20) <= 'z';
}

static bool is_name(char c)
{
    return is_letter(c) || (c >= '0' && c <= '9') || (c != '\0' && strchr(":-_.", c)) || (c & 0x80);
}

static bool begins_tag(ty_slice text, size_t at)
{
    return at + 1 < text.size && text.data[at] == '<' && is_letter(text.data[at + 1]);
}

static size_t behind_blanks(ty_slice text, size_t at)
{
    while (at < text.size && is_blank(text.data[at]))
        at++;
    return at;
}

static size_t behind_word(ty_slice text, size_t at)
{
    while (at < text.size && !is_blank(text.data[at]) && text.data[at] != '>')
        at++;
    return at;
}

/* Behind a value, quoted or up to the next blank. */
static size_t behind_value(ty_slice text, size_t at)
{
    char quote = at < text.size ? text.data[at] : '\0';
    if (quote != '"' && quote != '\'')
        return behind_word(text, at);
    const char *end = memchr(text.data + at + 1, quote, text.size - at - 1);
    return end ? (size_t)(end - text.data) + 1 : text.size;
}

/* Behind an attribute, as libxml2 reads one (htmlParseAttribute): what begins with no name is a word, in
 * which a quotation mark opens nothing. */
static size_t behind_attribute(ty_slice text, size_t at)
{
    size_t name = at;
    while (at < text.size && is_name(text.data[at]))
        at++;
    if (at == name)
        return behind_word(text, at);
    size_t sign = behind_blanks(text, at);
    return sign < text.size && text.data[sign] == '=' ? behind_value(text, behind_blanks(text, sign + 1))
                                                      : at;
}

/* How many attributes the tag at `at` has; *at comes to its end. */
static size_t count_attributes(ty_slice text, size_t *at)
{
    size_t count = 0, i = *at + 1;
    while (i < text.size && is_name(text.data[i]))
        i++;
    while (i < text.size && text.data[i] != '>') {
        bool parts = is_blank(text.data[i]) || text.data[i] == '/';
        i = parts ? i + 1 : behind_attribute(text, i);
        count += !parts;
    }
    *at = i;
    return count;
}

static size_t find_end(ty_slice text, ty_slice end, size_t from)
{
    for (size_t at = from; (at = ty_slice_find(text, TY_SLICE("</"), at)) != SIZE_MAX; at += 2)
        if (ty_slice_equal_nocase(ty_slice_sub(text, at, at + end.size), end))
            return at;
    return text.size;
}

/* Where what a script or a style holds ends, which is no tag; `end` is that of its own tag, at `at`. */
static size_t behind_raw(ty_slice text, size_t at, size_t end)
{
    static const ty_slice ends[] = {TY_SLICE("</script"), TY_SLICE("</style")};
    if (end < text.size && text.data[end - 1] == '/')
        return end;
    for (size_t i = 0; i < sizeof ends / sizeof *ends; i++) {
        size_t behind = at + ends[i].size - 1;
        ty_slice name = ty_slice_sub(ends[i], 2, ends[i].size);
        if (behind < text.size && !is_name(text.data[behind]) &&
            ty_slice_equal_nocase(ty_slice_sub(text, at + 1, behind), name))
            return find_end(text, ends[i], end);
    }
    return end;
}

/* A comment, also one that ends as HTML 5 forgives (<!-->, --!>); an end tag, a declaration or an
 * instruction. */
static size_t behind_other(ty_slice text, size_t at)
{
    if (!ty_slice_starts(ty_slice_sub(text, at, text.size), TY_SLICE("<!--"))) {
        const char *end = memchr(text.data + at, '>', text.size - at);
        return end ? (size_t)(end - text.data) : text.size;
    }
    size_t end = ty_slice_find(text, TY_SLICE("-->"), at + 2),
           forgiven = ty_slice_find(text, TY_SLICE("--!>"), at + 4);
    end = end < forgiven ? end : forgiven;
    return end == SIZE_MAX ? text.size : end + 2;
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
        size_t begin = at;
        char next = at + 1 < text.size ? text.data[at + 1] : '\0';
        if (!begins_tag(text, at)) {
            at = next == '!' || next == '?' || next == '/' ? behind_other(text, at) : at;
            continue;
        }
        if (count_attributes(text, &at) > TY_MOST_ATTRIBUTES)
            return ty_attributes_refuse(path, line_of(text, begin), error);
        at = behind_raw(text, begin, at) - 1;
    }
    return TY_OK;
}
