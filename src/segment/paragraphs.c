/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Lines and paragraphs.
 *
 * Text comes with a paragraph a line, or hard-wrapped: paragraphs between blank lines, each line filled up to
 * a width. In wrapped text a line is full when the first word of the next would not have fitted; headings and
 * the last lines of paragraphs are not, so they stand for themselves.
 */
#include "segment/internal.h"

#define WINDOW 65536 /* bytes that are looked at */
#define NARROW 30    /* columns: narrower text is a list, not wrapped */
#define WIDE 160     /* columns: nobody wraps wider */
#define WIDTHS (WIDE + 1)

typedef struct line {
    size_t start, end; /* of what is not white space; equal for a blank line */
    size_t indent;     /* columns before it */
    size_t width;      /* columns up to its end, indent included */
    size_t word;       /* columns of its first word */
    size_t next;       /* where the next line starts */
} line;

/* East Asian characters are two columns wide (Unicode UAX #11, roughly: U+2E80 on, but half-width forms). */
static size_t columns(uint32_t c)
{
    if (c >= 0x300 && c < 0x370)
        return 0;
    return c >= 0x2E80 && !(c >= 0xFF61 && c < 0xFFE0) && c != 0xFFFD ? 2 : 1;
}

/* Columns of [start, end), counting stops at WIDE + 1. */
static size_t measure(const char *text, size_t start, size_t end)
{
    size_t width = 0;
    while (start < end && width <= WIDE)
        width += columns(ty_char_next(text, &start, end));
    return width;
}

/* What the line must take with it from the next: a word, or a CJK character and what may not begin a line. */
static size_t first_word(const char *text, size_t start, size_t end)
{
    size_t at = start;
    while (at < end && at - start < WIDE) {
        size_t next = at;
        ty_kind kind = ty_kind_of(ty_char_next(text, &next, end));
        if (kind == TY_KIND_SPACE || (kind == TY_KIND_CJK && at > start))
            break;
        at = next;
        if (kind == TY_KIND_CJK)
            break;
    }
    return measure(text, start, at);
}

static line read_line(ty_slice text, size_t at)
{
    if (at < text.size && text.data[at] == '\n')
        return (line){.start = at, .end = at, .next = at + 1};
    size_t stop = ty_scan_line_end(text.data, at, text.size);
    line l = {.next = ty_scan_skip_line_end(text.data, stop, text.size)};
    l.start = ty_skip_space(text.data, at, stop);
    l.end = ty_trim_space(text.data, l.start, stop);
    return l;
}

static void measure_line(ty_slice text, size_t at, line *l)
{
    l->indent = measure(text.data, at, l->start);
    l->width = l->indent + measure(text.data, l->start, l->end);
    l->word = first_word(text.data, l->start, l->end);
}

static bool ends_sentence(ty_slice text, const line *l)
{
    ty_kind kind = ty_kind_before(text.data, l->end, l->start);
    if (kind == TY_KIND_CLOSE || kind == TY_KIND_QUOTE) {
        size_t at = l->end;
        ty_char_previous(text.data, &at, l->start);
        kind = ty_kind_before(text.data, at, l->start);
    }
    if (kind == TY_KIND_COMMA)
        return text.data[l->end - 1] == ':';
    return kind == TY_KIND_STOP;
}

static bool is_cjk_line(ty_slice text, const line *l)
{
    return ty_kind_before(text.data, l->end, l->start) == TY_KIND_CJK;
}

/* Would the first word of `b` not have fitted on `a`? Japanese may push a few characters over. */
static bool is_full(ty_slice text, const line *a, const line *b, size_t width)
{
    size_t blank = is_cjk_line(text, a) ? 4 : 1;
    return a->width <= width + 4 && a->width + blank + b->word > width;
}

/* A mark with which items of lists begin. */
static bool is_item(ty_slice text, const line *l)
{
    size_t at = l->start;
    uint32_t c = ty_char_next(text.data, &at, text.size);
    if (c == '-' || c == '*' || c == 0x2022 || c == 0x30FB || c == 0x203B || c == 0x25CB || c == 0x25CF)
        return true;
    size_t digits = l->start;
    while (digits < l->end && ty_kind_at(text.data, digits, l->end) == TY_KIND_DIGIT)
        ty_char_next(text.data, &digits, l->end);
    if (digits == l->start)
        return false;
    at = digits;
    uint32_t tail = at < l->end ? ty_char_next(text.data, &at, l->end) : 0;
    return (tail == '.' || tail == ')' || tail == 0x3000 || tail == 0xFF0E || tail == 0xFF09) &&
           (tail >= 0x3000 || ty_kind_at(text.data, at, l->end) == TY_KIND_SPACE);
}

/* ------------------------------------------------------------------------------------------ telling */

/* The width that nine in ten of the lines with a successor keep to, or 0. */
static size_t common_width(const unsigned *widths, unsigned pairs)
{
    unsigned seen = 0;
    for (size_t width = 0; width < WIDTHS; width++) {
        seen += widths[width];
        if (seen * 10 >= pairs * 9)
            return width;
    }
    return 0;
}

typedef struct pairs {
    unsigned count;          /* of lines with a line behind them */
    unsigned open;           /* of those that end in the middle of a sentence */
    unsigned full;           /* of those both open and full */
    unsigned lines, wide;    /* that are not blank; of these, wider than the text is wrapped */
    unsigned widths[WIDTHS]; /* of the open ones */
} pairs;

/* Goes over the lines of the window; counts full lines when a width is given. */
static void count_pairs(ty_slice text, size_t width, pairs *p)
{
    line before = {0};
    for (size_t at = 0; at < text.size;) {
        line l = read_line(text, at);
        if (l.start < l.end)
            measure_line(text, at, &l);
        p->lines += l.start < l.end;
        p->wide += l.start < l.end && l.width > width + 4;
        if (before.start < before.end && l.start < l.end) {
            bool open = !ends_sentence(text, &before) && !is_item(text, &l);
            p->count++;
            p->open += open;
            if (open && width == 0 && before.width < WIDTHS)
                p->widths[before.width]++;
            p->full += open && width > 0 && is_full(text, &before, &l, width);
        }
        at = l.next;
        before = l;
    }
}

ty_layout ty_layout_find(ty_slice text, ty_paragraph_mode mode)
{
    ty_layout line_by_line = {.mode = TY_PARAGRAPHS_LINE};
    if (mode != TY_PARAGRAPHS_AUTO)
        return (ty_layout){.mode = mode};
    if (text.size > WINDOW)
        text.size = WINDOW;
    pairs p = {0};
    count_pairs(text, 0, &p);
    if (p.open < 2 || p.open * 2 < p.count)
        return line_by_line;
    size_t width = common_width(p.widths, p.open);
    if (width < NARROW)
        return line_by_line;
    pairs q = {0};
    count_pairs(text, width, &q);
    if (q.full * 4 < q.open * 3 || q.wide * 10 > q.lines)
        return line_by_line;
    return (ty_layout){.mode = TY_PARAGRAPHS_AUTO, .width = width};
}

/* ------------------------------------------------------------------------------------------ cutting */

static bool goes_on(ty_slice text, const ty_layout *layout, const line *a, const line *b)
{
    if (b->start == b->end)
        return false;
    if (layout->mode == TY_PARAGRAPHS_BLANK)
        return true;
    if (layout->mode == TY_PARAGRAPHS_LINE)
        return false;
    if (is_item(text, b) && ends_sentence(text, a))
        return false;
    return is_full(text, a, b, layout->width);
}

bool ty_paragraph_next(ty_slice text, const ty_layout *layout, size_t *at, ty_paragraph *out)
{
    line l = {0};
    while (*at < text.size) {
        l = read_line(text, *at);
        if (l.start < l.end)
            break;
        *at = l.next;
    }
    if (l.start == l.end)
        return false;
    out->start = l.start;
    out->broken = false;
    if (layout->mode == TY_PARAGRAPHS_AUTO)
        measure_line(text, *at, &l);
    *at = l.next;
    while (layout->mode != TY_PARAGRAPHS_LINE && *at < text.size) {
        line next = read_line(text, *at);
        if (next.start < next.end)
            measure_line(text, *at, &next);
        if (!goes_on(text, layout, &l, &next)) {
            *at = next.start < next.end ? *at : next.next; /* a blank line is done with */
            break;
        }
        *at = next.next;
        l = next;
        out->broken = true;
    }
    out->end = l.end;
    return true;
}

size_t ty_paragraph_seek(ty_slice text, const ty_layout *layout, size_t at, size_t end)
{
    line l = read_line(text, at); /* or the rest of one */
    if (layout->mode == TY_PARAGRAPHS_LINE)
        return l.next <= end ? l.next : SIZE_MAX;
    while (l.next < end) {
        l = read_line(text, l.next);
        if (l.start == l.end)
            return l.next;
    }
    return SIZE_MAX;
}
