/* SPDX-License-Identifier: Apache-2.0 */
/* unwrap_lines - the lines of a text that is unwrapped: what each is by itself, and how they are written. */
#ifndef TY_FORMATS_UNWRAP_LINES_H
#define TY_FORMATS_UNWRAP_LINES_H

#include "formats/documents/unwrap.h"
#include "text/text.h"

enum { WIDE = 160 /* columns: nobody wraps wider */ };

struct line {
    ty_slice text; /* without white space at either end; empty for a blank line */
    uint32_t first, last;
    uint16_t indent;      /* columns before it, */
    uint16_t width;       /* and up to its end, indent included; as far as columns_of tells them apart */
    bool printed : 1;     /* for sure nothing but printed ASCII; if so, */
    bool doubled : 1;     /* has it two blanks together? */
    bool item : 1;        /* begins with a mark of a list */
    bool ends : 1;        /* ends a sentence */
    bool page : 1;        /* has a form feed: a page begins with it */
    bool page_number : 1; /* is one, and nothing else */
    bool sure : 1;        /* goes on in the next line that is not left out, whatever the width of the text; */
    bool joined : 1;      /* or at all */
};

struct lines {
    struct line *items;
    size_t count, capacity;
    unsigned widths[WIDE + 1];     /* of lines that surely go on */
    unsigned all_widths[WIDE + 2]; /* of all lines; the last: wider */
    size_t width;                  /* of the text; 0 where nothing goes on */
    size_t usual;                  /* that nine in ten of all lines keep to */
    struct unwrap_counts counts;
};

static inline bool is_wide(uint32_t code)
{
    return code >= 0x2E80 && !(code >= 0xFF61 && code < 0xFFE0) && code != 0xFFFD;
}

/* Characters of scripts without spaces; Korean has them. */
static inline bool is_unspaced(uint32_t code)
{
    return is_wide(code) && !(code >= 0xAC00 && code <= 0xD7FF);
}

static inline bool is_one_of(uint32_t code, const uint32_t *list)
{
    while (*list && *list != code)
        list++;
    return *list != 0;
}

static inline bool is_comma(uint32_t code)
{
    return code == ',' || code == 0x3001 || code == 0xFF0C;
}

static inline bool is_digit(uint32_t code)
{
    return (code >= '0' && code <= '9') || (code >= 0xFF10 && code <= 0xFF19);
}

static inline bool is_lower(uint32_t code)
{
    return (code >= 'a' && code <= 'z') || (code >= 0xDF && code <= 0xFF && code != 0xF7);
}

static inline bool is_ascii_letter(uint32_t code)
{
    return (code | 0x20) >= 'a' && (code | 0x20) <= 'z';
}

/* Closing brackets and quotation marks. */
bool ty_unwrap_is_closing(uint32_t code);
/* Columns, as far as they are told apart: a line beyond WIDE is as good as any other. */
size_t ty_unwrap_columns(ty_slice text);
/* A line by itself: all but whether it goes on, and page numbers. */
struct line ty_unwrap_measure(ty_slice raw);
/* All lines of a text, without marks of quoted mail, of blank ones that follow each other the first. */
ty_status ty_unwrap_read(ty_slice text, struct lines *lines, ty_error *error);
/* Is a word divided between the two? */
bool ty_unwrap_is_hyphenated(const struct line *a, const struct line *b);
/* Appends the text: lines that are joined as one, blank lines between the others. */
ty_status ty_unwrap_write(ty_slice text, const struct lines *lines, ty_buffer *out, ty_error *error);

#endif
