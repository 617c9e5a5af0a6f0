/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What libxml2 needs more than its share of time for: many attributes in a tag (xmlParseStartTag2). They are
 * counted on their way to it. Where this loses its way the document is not well-formed, and libxml2 stops
 * there by itself.
 */
#include "formats/internal.h"

ty_status ty_attributes_refuse(const char *file, size_t line, ty_error *error)
{
    ty_error_set(error, TY_ERR_LIMIT, "a tag with more than %d attributes", TY_MOST_ATTRIBUTES);
    return ty_error_locate(error, file, line, 0);
}

enum place { TEXT, OPENED, DECLARED, DASHED, TAG, DECLARATION, COMMENT, DATA, INSTRUCTION };

/* Behind '<'. */
static int opened(char c)
{
    return c == '!' ? DECLARED : c == '?' ? INSTRUCTION : TAG;
}

/* Behind "<!"; whether the rest of "--" or "[CDATA[" follows is for the parser to say. */
static int declared(char c)
{
    return c == '-' ? DASHED : c == '[' ? DATA : DECLARATION;
}

static int in_markup(struct xml_limits *limits, char c)
{
    if (c == '"' || c == '\'')
        limits->quote = c;
    limits->attributes += c == '=' && limits->place == TAG;
    return c == '>' ? TEXT : c == '<' ? OPENED : limits->place;
}

/* Comments, sections of data and instructions end with '>' behind one byte, twice or once. */
static int in_raw(const struct xml_limits *limits, char c, char before, bool twice)
{
    bool ends = c == '>' && limits->last[1] == before && (!twice || limits->last[0] == before);
    return ends ? TEXT : limits->place;
}

static int next_place(struct xml_limits *limits, char c)
{
    switch ((enum place)limits->place) {
    case TEXT: return c == '<' ? OPENED : TEXT;
    case OPENED: limits->attributes = 0; return opened(c);
    case DECLARED: return declared(c);
    case DASHED: return COMMENT;
    case COMMENT: return in_raw(limits, c, '-', true);
    case DATA: return in_raw(limits, c, ']', true);
    case INSTRUCTION: return in_raw(limits, c, '?', false);
    case TAG:
    case DECLARATION: break;
    }
    return in_markup(limits, c);
}

static void step(struct xml_limits *limits, char c)
{
    int place = next_place(limits, c);
    limits->last[0] = place == limits->place ? limits->last[1] : '\0';
    limits->last[1] = place == limits->place ? c : '\0';
    limits->place = place;
}

/* Within a tag or declaration. */
static bool is_sign(char c)
{
    return c == '"' || c == '\'' || c == '=' || c == '<' || c == '>';
}

/* Where something of interest is next: most of a file is text, names and values. */
static size_t skip(const struct xml_limits *limits, ty_slice bytes, size_t at)
{
    if (!limits->quote && (limits->place == TAG || limits->place == DECLARATION))
        while (at < bytes.size && !is_sign(bytes.data[at]))
            at++;
    if (!limits->quote && limits->place != TEXT)
        return at;
    const char *next = memchr(bytes.data + at, limits->quote ? limits->quote : '<', bytes.size - at);
    return next ? (size_t)(next - bytes.data) : bytes.size;
}

static size_t count_lines(ty_slice bytes)
{
    size_t lines = 0;
    for (size_t i = 0; i < bytes.size; i++)
        lines += bytes.data[i] == '\n';
    return lines;
}

ty_status ty_xml_limits_check(struct xml_limits *limits, ty_slice bytes, ty_error *error)
{
    for (size_t at = 0; (at = skip(limits, bytes, at)) < bytes.size; at++) {
        if (limits->quote)
            limits->quote = '\0';
        else
            step(limits, bytes.data[at]);
        if (limits->attributes > TY_MOST_ATTRIBUTES)
            return ty_attributes_refuse(NULL, limits->lines + count_lines(ty_slice_sub(bytes, 0, at)) + 1,
                                        error);
    }
    limits->lines += count_lines(bytes);
    return TY_OK;
}
