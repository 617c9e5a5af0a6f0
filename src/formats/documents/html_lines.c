/* SPDX-License-Identifier: Apache-2.0 */
/* Lines of a paragraph, as <br> has parted them: which are one sentence, and which lead elsewhere. */
#include "formats/documents/html.h"
#include "formats/documents/reader.h"

enum {
    WRAPPED_LINES = 3,
    SHORTEST_LINE = 24, /* columns of a line that was broken at a margin */
    LONG_LINE = 30      /* columns of one that is no label, address or date */
};

/* ------------------------------------------------------------------------------------------ characters */

bool ty_html_is_wide_mark(uint32_t code)
{
    return (code >= 0x3000 && code <= 0x3004) || (code >= 0x3008 && code <= 0x301F) ||
           (code >= 0xFF01 && code <= 0xFF0F) || (code >= 0xFF1A && code <= 0xFF20);
}

bool ty_html_is_unspaced(uint32_t code)
{
    ty_script script = ty_char_script(code);
    return script == TY_SCRIPT_HAN || script == TY_SCRIPT_HIRAGANA || script == TY_SCRIPT_KATAKANA ||
           (code >= 0x3000 && code <= 0x303F) || (code >= 0xFF01 && code <= 0xFF60);
}

static uint32_t first_of(ty_slice line)
{
    size_t at = 0;
    return line.size ? ty_utf8_next(line, &at) : 0;
}

static uint32_t last_of(ty_slice line)
{
    size_t end = line.size;
    return end ? ty_utf8_previous(line, &end) : 0;
}

static bool is_hiragana(uint32_t code)
{
    return ty_char_script(code) == TY_SCRIPT_HIRAGANA;
}

static bool is_lower(uint32_t code)
{
    return code >= 'a' && code <= 'z';
}

/* Columns that the line takes, wide characters two. */
static size_t width_of(ty_slice line)
{
    size_t width = 0;
    for (size_t at = 0; at < line.size;)
        width += ty_html_is_unspaced(ty_utf8_next(line, &at)) ? 2 : 1;
    return width;
}

static bool ends_sentence(ty_slice line)
{
    static const char *const ends[] = {"。", "．", ".", "!", "?",  "！", "？",
                                       "」", "）", ")", ":", "：", "】", ";"};
    for (size_t i = 0; i < sizeof ends / sizeof *ends; i++)
        if (ty_slice_ends(line, ty_slice_of(ends[i])))
            return true;
    return false;
}

/* A mark with which an item of a list, or a note, begins. */
static bool begins_item(ty_slice line)
{
    uint32_t code = first_of(line);
    return (code >= '0' && code <= '9') || (code >= 0xFF10 && code <= 0xFF19) || code == '-' || code == '*' ||
           code == '(' || code == 0xFF08 || code == 0x2022 || code == 0x30FB || code == 0x203B ||
           code == 0x3010 || (code >= 0x25A0 && code <= 0x25FF) || (code >= 0x2460 && code <= 0x24FF);
}

/* ------------------------------------------------------------------------------------------ joining */

struct layout {
    size_t widest;
    bool wrapped;
};

/*
 * Lines broken by hand at a margin: three or more, all but the last nearly as wide as the widest, and most of
 * them ending in the middle of a sentence.
 */
static struct layout look_at(ty_slice text, const struct html_line *lines, size_t count)
{
    struct layout layout = {0};
    size_t narrowest = SIZE_MAX, open = 0;
    for (size_t i = 0; i < count; i++) {
        ty_slice line = ty_slice_sub(text, lines[i].start, lines[i].end);
        size_t width = width_of(line);
        layout.widest = width > layout.widest ? width : layout.widest;
        if (i + 1 < count) {
            narrowest = width < narrowest ? width : narrowest;
            open += !ends_sentence(line);
        }
    }
    layout.wrapped = count >= WRAPPED_LINES && layout.widest >= SHORTEST_LINE &&
                     narrowest * 4 >= layout.widest * 3 && open * 3 >= (count - 1) * 2;
    return layout;
}

/* は、が、を、に、で、と、の、も、へ and a comma: after these a sentence goes on. */
static bool ends_in_particle(ty_slice line)
{
    static const char *const particles[] = {"は", "が", "を", "に", "で", "と",
                                            "の", "も", "へ", "、", "，", ","};
    for (size_t i = 0; i < sizeof particles / sizeof *particles; i++)
        if (ty_slice_ends(line, ty_slice_of(particles[i])))
            return true;
    return false;
}

/* Does the sentence of one line go on in the next? */
static bool goes_on(ty_slice line, ty_slice next)
{
    size_t width = width_of(line);
    if (ends_sentence(line) || begins_item(next) || width < SHORTEST_LINE)
        return false;
    if (!ty_html_is_unspaced(last_of(line)))
        return is_lower(first_of(next)) || ty_slice_ends(line, TY_SLICE(","));
    if (is_hiragana(first_of(next)) || ends_in_particle(line))
        return true;
    return width >= LONG_LINE && ty_slice_ends(next, TY_SLICE("。"));
}

void ty_document_add_joined(ty_buffer *out, ty_slice line)
{
    uint32_t last = last_of(ty_buffer_slice(out)), next = first_of(line);
    bool close = (ty_html_is_unspaced(last) && ty_html_is_unspaced(next)) || ty_html_is_wide_mark(last) ||
                 ty_html_is_wide_mark(next);
    if (last && last != ' ' && !close)
        ty_buffer_add_char(out, ' ');
    ty_buffer_add(out, ty_slice_trim(line));
}

/* ------------------------------------------------------------------------------------------ paragraphs */

static void add_paragraph(ty_buffer *out, ty_slice text)
{
    if (out->size)
        ty_buffer_add(out, TY_SLICE("\n\n"));
    ty_buffer_add(out, text);
}

/* Lines with no blank one among them. */
static void add_run(ty_slice text, const struct html_line *lines, size_t count, bool heading, ty_buffer *out)
{
    struct layout layout = look_at(text, lines, count);
    ty_slice before = {"", 0};
    for (size_t i = 0; i < count; i++) {
        ty_slice line = ty_slice_sub(text, lines[i].start, lines[i].end);
        if (i && (heading || layout.wrapped || goes_on(before, line)))
            ty_document_add_joined(out, line);
        else
            add_paragraph(out, line);
        before = line;
    }
}

/* What stood between links that are gone: "| , /". */
static bool is_separator(ty_slice line)
{
    size_t i = 0;
    while (i < line.size && strchr(" ,|/", line.data[i]) && line.data[i])
        i++;
    return i == line.size;
}

static bool is_wanted(ty_slice text, const struct html_line *line)
{
    ty_slice whole = ty_slice_sub(text, line->start, line->end);
    if (!line->characters)
        return true;
    if (is_separator(whole) || ty_html_is_control(ty_slice_trim(whole)))
        return false;
    return !ty_html_leads_elsewhere(whole, line->characters, line->link_characters) &&
           !(line->crumbs && !ends_sentence(whole));
}

void ty_html_add_lines(ty_slice text, const struct html_lines *lines, bool heading, ty_buffer *out)
{
    size_t start = 0;
    for (size_t i = 0; i <= lines->count; i++) {
        bool wanted = i < lines->count && (heading || lines->all || is_wanted(text, &lines->items[i]));
        if (wanted && lines->items[i].characters)
            continue;
        add_run(text, lines->items + start, i - start, heading, out);
        start = i + 1;
    }
}
