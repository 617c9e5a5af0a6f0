/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Text that was broken over lines by hand, by a mail program, or out of a PDF: which lines go on in the next
 * is decided line by line. The width of the text is that of the lines that surely go on; a line that fills
 * it, and does not end a sentence, goes on too. Marks of quoted mail and page numbers are taken out.
 */
#include "formats/documents/unwrap_lines.h"

enum {
    NARROW = 24, /* columns: shorter lines are labels, addresses, dates */
    PROSE = 40,  /* columns of an open line with a comma or a stop in it, which no heading has */
    SLACK = 4,   /* columns that Japanese may push over, or leave free */
    KEPT = 85    /* percent of the lines that go on are no wider than the width of the text */
};

/* ------------------------------------------------------------------------------------------ does it go on?
 */

/* Words in hiragana with which sentences begin: others come in the middle of one. */
static bool begins_sentence(ty_slice text)
{
    static const char *const words[] = {
        "この",   "その",   "これ",     "それ",   "また",     "なお",   "しかし", "さらに",
        "そして", "ただし", "もし",     "もっと", "あわせて", "いずれ", "おって", "かつ",
        "すでに", "ついて", "とりわけ", "ところ", "まず",     "まさに", "よって", "われわれ",
        "わが",   "いま",   "ここ",     "こう",   "そう",     "どう",   "なぜ",   "はい",
        "いいえ", "では",   "でも",     "あの",   "こちら",   "どの",   "すべて", "ただ",
        "つまり", "むしろ", "いわゆる", "おお",   "お",       "ご",     "みな",   "やはり"};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (ty_slice_starts(text, ty_slice_of(words[i])))
            return true;
    return false;
}

static bool begins_within(const struct line *b)
{
    return ty_char_script(b->first) == TY_SCRIPT_HIRAGANA && !begins_sentence(b->text);
}

/* Particles that no line ends with but in the middle of a sentence. */
static bool ends_in_particle(const struct line *a)
{
    static const uint32_t particles[] = {0x306F, 0x304C, 0x3092, 0x306B, 0x3067,
                                         0x3068, 0x306E, 0x3082, 0x3078, 0};
    return is_one_of(a->last, particles);
}

/* A line that is set in further than the one before begins something new. */
static bool is_set_in(const struct line *a, const struct line *b)
{
    return b->indent >= a->indent + 2 && !(a->item && b->indent <= a->indent + 6);
}

/* No doubt, whatever the width: a sentence cannot begin, or end, like that. */
static bool surely_goes_on(const struct line *a, const struct line *b)
{
    if (a->width > WIDE || a->page_number)
        return false;
    if (ty_document_cannot_begin_line(b->first) && !b->item)
        return a->width >= NARROW;
    if (ty_unwrap_is_hyphenated(a, b))
        return true;
    if (a->ends || b->item || a->width < NARROW || is_set_in(a, b))
        return false;
    if (!is_unspaced(a->last))
        return is_lower(b->first) && !is_unspaced(b->first);
    return begins_within(b) || is_comma(a->last) || (ends_in_particle(a) && a->width >= PROSE);
}

static bool has_comma_or_stop(ty_slice text)
{
    for (size_t at = 0; at < text.size;) {
        uint32_t code = ty_utf8_next(text, &at);
        if (is_comma(code) || code == 0x3002 || (code == '.' && at < text.size && text.data[at] == ' '))
            return true;
    }
    return false;
}

/* Prose that stops in the middle, and comes to its end in the next line. */
static bool is_cut_prose(const struct lines *lines, const struct line *a, const struct line *b)
{
    bool broad = a->width * 10 >= lines->usual * 8 && !ty_unwrap_is_closing(a->last);
    return broad && is_unspaced(a->last) && a->width >= PROSE && b->last == 0x3002 &&
           has_comma_or_stop(a->text);
}

/* Columns that the next line would have brought along: a word, or a character with what may not begin a line.
 */
static size_t first_word(const struct line *b)
{
    size_t at = 0;
    if (is_wide(b->first))
        return 2;
    while (at < b->text.size && b->text.data[at] != ' ')
        at++;
    return ty_unwrap_columns(ty_slice_sub(b->text, 0, at));
}

static bool is_full(const struct lines *lines, const struct line *a, const struct line *b)
{
    size_t blank = is_unspaced(a->last) ? SLACK : 1;
    return lines->width && a->width <= lines->width + SLACK &&
           a->width + blank + first_word(b) > lines->width;
}

/* A dot between two words, or the mark of an item? The latter, where the line before ended or is one itself.
 */
static bool is_middle_dot(const struct line *a, const struct line *b)
{
    return b->first == 0x30FB && !a->ends && !a->item;
}

static bool goes_on(const struct lines *lines, const struct line *a, const struct line *b)
{
    if (a->sure)
        return true;
    if (a->width > WIDE || a->page_number || is_set_in(a, b) || a->width < NARROW)
        return false;
    if (b->item && !is_middle_dot(a, b))
        return false;
    return is_full(lines, a, b) || (!a->ends && is_cut_prose(lines, a, b));
}

/* ------------------------------------------------------------------------------------------ all lines */

/* Over a page's end, and the blank lines around its number, only what surely goes on does. */
static size_t next_line(const struct lines *lines, size_t at, bool *over_page)
{
    *over_page = false;
    for (size_t i = at + 1; i < lines->count; i++) {
        *over_page |= lines->items[i].page_number;
        if (lines->items[i].text.size && !lines->items[i].page_number)
            return *over_page || i == at + 1 ? i : SIZE_MAX;
    }
    return SIZE_MAX;
}

static void find_usual(struct lines *lines)
{
    unsigned all = 0, seen = 0;
    for (size_t width = 1; width <= WIDE + 1; width++)
        all += lines->all_widths[width];
    for (size_t width = 1; width <= WIDE + 1 && seen * 10 < all * 9; width++) {
        seen += lines->all_widths[width];
        lines->usual = width;
    }
}

static void find_width(struct lines *lines)
{
    unsigned all = 0, seen = 0;
    for (size_t i = 0; i < lines->count; i++) {
        bool over_page;
        size_t next = lines->items[i].text.size ? next_line(lines, i, &over_page) : SIZE_MAX;
        if (next == SIZE_MAX || !surely_goes_on(&lines->items[i], &lines->items[next]))
            continue;
        lines->items[i].sure = true;
        lines->widths[lines->items[i].width]++;
        all++;
    }
    for (size_t width = 0; width <= WIDE && all; width++) {
        seen += lines->widths[width];
        if (seen * 100 >= all * KEPT) {
            lines->width = width;
            return;
        }
    }
}

static void mark_joined(struct lines *lines)
{
    for (size_t i = 0; i < lines->count; i++) {
        struct line *line = &lines->items[i];
        bool over_page;
        size_t next = line->text.size && !line->page_number ? next_line(lines, i, &over_page) : SIZE_MAX;
        if (next == SIZE_MAX)
            continue;
        const struct line *b = &lines->items[next];
        line->joined = over_page ? line->sure : goes_on(lines, line, b);
        lines->counts.joined += line->joined;
        lines->counts.hyphens += line->joined && ty_unwrap_is_hyphenated(line, b);
    }
}
ty_status ty_document_unwrap(ty_slice text, ty_buffer *out, ty_error *error)
{
    struct lines lines = {0};
    ty_status status = ty_unwrap_read(text, &lines, error);
    if (status == TY_OK) {
        find_usual(&lines);
        find_width(&lines);
        mark_joined(&lines);
    }
    if (status == TY_OK)
        status = lines.counts.joined ? ty_unwrap_write(text, &lines, out, error) : TY_NO;
    ty_vector_release(&lines);
    return status;
}

struct unwrap_pair ty_document_look_at_pair(ty_slice first, ty_slice second)
{
    struct line a = ty_unwrap_measure(first), b = ty_unwrap_measure(second);
    struct unwrap_pair pair = {.ends = a.ends, .first_is_item = a.item, .second_is_item = b.item};
    pair.hyphenated = a.text.size && b.text.size && ty_unwrap_is_hyphenated(&a, &b);
    return pair;
}
