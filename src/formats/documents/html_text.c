/* SPDX-License-Identifier: Apache-2.0 */
/* The text of a region: blocks become paragraphs, white space collapses as in a browser. */
#include "formats/documents/html.h"

/* A paragraph in the making. */
struct writer {
    ty_buffer *out;
    ty_buffer lines;      /* of the paragraph, separated by LF where <br> stood */
    bool space, new_line; /* white space is due before the next character; it held a line end */
    size_t characters, link_characters;
    unsigned preformatted, headings, links;
};

/* ------------------------------------------------------------------------------------------ characters */

/* Punctuation of East Asian scripts, which brings its own space. */
static bool is_wide_mark(uint32_t code)
{
    return (code >= 0x3000 && code <= 0x3004) || (code >= 0x3008 && code <= 0x301F) ||
           (code >= 0xFF01 && code <= 0xFF0F) || (code >= 0xFF1A && code <= 0xFF20);
}

static bool is_unspaced(uint32_t code)
{
    ty_script script = ty_char_script(code);
    return script == TY_SCRIPT_HAN || script == TY_SCRIPT_HIRAGANA || script == TY_SCRIPT_KATAKANA ||
           (code >= 0x3000 && code <= 0x303F) || (code >= 0xFF01 && code <= 0xFF60);
}

static uint32_t last_character(const ty_buffer *buffer)
{
    size_t end = buffer->size;
    return end ? ty_utf8_previous(ty_buffer_slice(buffer), &end) : 0;
}

/* A line end in the source between two characters of a script without spaces is none in the text. */
static void add_space(struct writer *writer, uint32_t next)
{
    uint32_t last = last_character(&writer->lines);
    bool wanted = writer->space && last && last != '\n' && last != ' ';
    bool joined = (is_unspaced(last) && is_unspaced(next)) || is_wide_mark(last) || is_wide_mark(next);
    if (wanted && !(writer->new_line && joined))
        ty_buffer_add_char(&writer->lines, ' ');
    writer->space = writer->new_line = false;
}

static void add_character(struct writer *writer, uint32_t code)
{
    bool blank = code == ' ' || code == '\t' || code == '\n' || code == '\r' || code == '\f' || code == 0xA0;
    if (writer->preformatted && code == '\n')
        ty_buffer_add_char(&writer->lines, '\n');
    else if (blank) {
        writer->space = true;
        writer->new_line |= code == '\n' || code == '\r';
    } else if (code != 0xAD && code != 0xFEFF && code != 0x200B) { /* soft hyphen, marks of no width */
        add_space(writer, code);
        ty_utf8_add(&writer->lines, code);
        writer->characters++;
        if (writer->links)
            writer->link_characters++;
    }
}

static void add_text(struct writer *writer, ty_slice text)
{
    for (size_t at = 0; at < text.size;)
        add_character(writer, ty_utf8_next(text, &at));
}

/* ------------------------------------------------------------------------------------------ paragraphs */

enum { WRAPPED_LINES = 3, SHORTEST_LINE = 24 };

static bool ends_sentence(ty_slice line)
{
    static const char *const ends[] = {"。", "．", ".", "!", "?", "！", "？", "」", "）", ")", ":", "："};
    for (size_t i = 0; i < sizeof ends / sizeof *ends; i++)
        if (ty_slice_ends(line, ty_slice_of(ends[i])))
            return true;
    return false;
}

/* Columns that the line takes, wide characters two. */
static size_t width_of(ty_slice line)
{
    size_t width = 0;
    for (size_t at = 0; at < line.size;)
        width += is_unspaced(ty_utf8_next(line, &at)) ? 2 : 1;
    return width;
}

/*
 * Lines broken by hand at a margin: three or more, all but the last nearly as wide as the widest, and most of
 * them ending in the middle of a sentence.
 */
static bool is_wrapped(ty_slice lines)
{
    size_t widest = 0, narrowest = SIZE_MAX, count = 0, open = 0, last = 0;
    ty_slice rest = lines, line;
    while (ty_slice_next(&rest, '\n', &line)) {
        if (!line.size)
            return false;
        last = width_of(line);
        if (last > widest)
            widest = last;
        if (rest.data && last < narrowest)
            narrowest = last;
        open += rest.data && !ends_sentence(line);
        count++;
    }
    return count >= WRAPPED_LINES && widest >= SHORTEST_LINE && narrowest * 4 >= widest * 3 &&
           open * 3 >= (count - 1) * 2;
}

static void add_paragraph(ty_buffer *out, ty_slice text)
{
    text = ty_slice_trim(text);
    if (!text.size)
        return;
    if (out->size)
        ty_buffer_add(out, TY_SLICE("\n\n"));
    ty_buffer_add(out, text);
}

/* Wrapped lines become one: a blank between words, nothing between kana and kanji. */
static void add_joined(ty_buffer *out, ty_slice lines)
{
    ty_slice line;
    if (out->size)
        ty_buffer_add(out, TY_SLICE("\n\n"));
    for (bool first = true; ty_slice_next(&lines, '\n', &line); first = false) {
        size_t start = 0;
        uint32_t next = line.size ? ty_utf8_next(line, &start) : 0;
        if (!first && !(is_unspaced(last_character(out)) && is_unspaced(next)))
            ty_buffer_add_char(out, ' ');
        ty_buffer_add(out, ty_slice_trim(line));
    }
}

/* A line that is a link and no sentence leads elsewhere: "Back to top", "PDF version". */
static bool leads_elsewhere(const struct writer *writer)
{
    return writer->link_characters == writer->characters && writer->characters < 60 && !writer->headings &&
           !ends_sentence(ty_slice_trim(ty_buffer_slice(&writer->lines)));
}

/* Lines without an empty one among them. */
static void add_lines(ty_buffer *out, ty_slice lines)
{
    ty_slice line;
    if (is_wrapped(lines))
        add_joined(out, lines);
    else
        while (ty_slice_next(&lines, '\n', &line))
            add_paragraph(out, line);
}

static void end_paragraph(struct writer *writer)
{
    ty_slice lines = ty_slice_trim(ty_buffer_slice(&writer->lines));
    bool wanted = lines.size && writer->characters && !leads_elsewhere(writer);
    while (wanted && lines.size) {
        size_t end = ty_slice_find(lines, TY_SLICE("\n\n"), 0);
        add_lines(writer->out, ty_slice_sub(lines, 0, end));
        lines = end == SIZE_MAX ? (ty_slice){"", 0} : ty_slice_trim(ty_slice_sub(lines, end, lines.size));
    }
    ty_buffer_clear(&writer->lines);
    writer->space = writer->new_line = false;
    writer->characters = writer->link_characters = 0;
}

/* ------------------------------------------------------------------------------------------ elements */

static bool holds_blocks(const xmlNode *cell)
{
    for (const xmlNode *child = cell->children; child; child = child->next)
        if (is_element(child) && ty_html_is_block(child))
            return true;
    return false;
}

/* Cells of a row stand on one line, unless they hold blocks: then the table is there for the layout. */
static bool begins_cell_in_row(const xmlNode *node)
{
    return ty_html_is_one_of(node, "td th") && !holds_blocks(node);
}

static bool follows_cell(const xmlNode *node)
{
    for (node = node->prev; node; node = node->prev)
        if (ty_html_is_one_of(node, "td th"))
            return begins_cell_in_row(node);
    return false;
}

/* The number of a footnote is no part of the sentence. */
static bool is_footnote_mark(const xmlNode *node)
{
    if (!ty_html_is_named(node, "sup") || !node->children || node->children->next)
        return false;
    return ty_html_is_named(node->children, "a") &&
           ty_slice_starts(ty_html_attribute(node->children, "href"), TY_SLICE("#"));
}

static bool is_skipped(const xmlNode *node)
{
    const struct facts *facts = is_element(node) ? ty_html_facts_of(node) : NULL;
    return node->type == XML_COMMENT_NODE || node->type == XML_PI_NODE || is_footnote_mark(node) ||
           (is_element(node) && (!facts || facts->dropped));
}

static void enter(struct writer *writer, const xmlNode *node)
{
    if (ty_html_is_named(node, "br")) {
        ty_buffer_add_char(&writer->lines, '\n');
        writer->space = writer->new_line = false;
        return;
    }
    if (begins_cell_in_row(node) && follows_cell(node)) {
        if (writer->characters)
            ty_buffer_add_char(&writer->lines, '\t');
        writer->space = false;
    } else if (ty_html_is_block(node))
        end_paragraph(writer);
    writer->preformatted += ty_html_is_named(node, "pre");
    writer->headings += ty_html_is_heading(node);
    writer->links += ty_html_is_named(node, "a") && ty_html_attribute(node, "href").size;
}

static void leave(struct writer *writer, const xmlNode *node)
{
    if (ty_html_is_block(node) && !begins_cell_in_row(node))
        end_paragraph(writer);
    writer->preformatted -= ty_html_is_named(node, "pre");
    writer->headings -= ty_html_is_heading(node);
    writer->links -= ty_html_is_named(node, "a") && ty_html_attribute(node, "href").size;
}

static xmlNodePtr step(struct writer *writer, xmlNodePtr node, const xmlNode *root)
{
    bool skipped = is_skipped(node);
    if (!skipped && is_element(node))
        enter(writer, node);
    if (!skipped && is_element(node) && node->children)
        return node->children;
    if (!skipped && is_element(node))
        leave(writer, node);
    while (node != root && !node->next) {
        node = node->parent;
        leave(writer, node);
    }
    return node == root ? NULL : node->next;
}

static void walk(struct writer *writer, xmlNodePtr root)
{
    for (xmlNodePtr node = root; node; node = step(writer, node, root))
        if (is_text(node) && node->content)
            add_text(writer, ty_slice_of((const char *)node->content));
}

/* ------------------------------------------------------------------------------------------ the end of a
 * page
 */

static bool is_copyright(ty_slice line)
{
    static const char *const signs[] = {
        "©", "Copyright", "COPYRIGHT", "All rights reserved", "All Rights Reserved", "(C) "};
    for (size_t i = 0; i < sizeof signs / sizeof *signs && line.size < 200; i++)
        if (ty_slice_find(line, ty_slice_of(signs[i]), 0) != SIZE_MAX)
            return true;
    return false;
}

static void drop_copyright(ty_buffer *out)
{
    for (;;) {
        size_t start = out->size;
        while (start && out->data[start - 1] != '\n')
            start--;
        if (!is_copyright(ty_slice_sub(ty_buffer_slice(out), start, out->size)))
            return;
        while (start && out->data[start - 1] == '\n')
            start--;
        out->size = start;
        out->data[start] = '\0';
    }
}

ty_status ty_html_add_region_text(const struct page *page, xmlNodePtr region, ty_buffer *out, ty_error *error)
{
    struct writer writer = {.out = out};
    walk(&writer, region);
    end_paragraph(&writer);
    bool failed = out->failed || writer.lines.failed;
    ty_buffer_release(&writer.lines);
    if (failed)
        return ty_error_nomem(error);
    if (out->size)
        drop_copyright(out);
    return TY_OK;
}

void ty_html_add_inline_text(xmlNodePtr node, ty_buffer *out)
{
    struct writer writer = {.headings = 1};
    for (xmlNodePtr at = node; at;
         at = ty_html_next_node(at, node, !ty_html_is_one_of(at, "script style rt rp")))
        if (is_text(at) && at->content && !ty_html_is_one_of(at->parent, "script style rt rp"))
            add_text(&writer, ty_slice_of((const char *)at->content));
        else if (ty_html_is_named(at, "br"))
            writer.space = true;
    ty_buffer_add(out, ty_slice_trim(ty_buffer_slice(&writer.lines)));
    out->failed |= writer.lines.failed;
    ty_buffer_release(&writer.lines);
}
