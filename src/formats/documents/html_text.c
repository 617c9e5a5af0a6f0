/* SPDX-License-Identifier: Apache-2.0 */
/* The text of a region: blocks become paragraphs, white space collapses as in a browser. */
#include <stdlib.h>

#include "formats/documents/html.h"

/* A paragraph in the making. */
struct writer {
    ty_buffer *out;
    ty_buffer text; /* of the paragraph, a LF between lines */
    struct html_lines lines;
    struct html_line line; /* the last one, not yet among `lines` */
    bool space, new_line;  /* white space is due before the next character; it held a line end */
    bool behind_link;      /* nothing but white space since a link */
    bool heading;          /* the paragraph is one */
    bool failed;
    unsigned preformatted, links;
};

/* ------------------------------------------------------------------------------------------ characters */

/* What numbers 128 to 159 stand for in references: windows-1252 (HTML, 13.2.5.80). */
static uint32_t mend_reference(uint32_t code)
{
    static const uint16_t windows[32] = {0x20AC, 0x81,   0x201A, 0x192,  0x201E, 0x2026, 0x2020, 0x2021,
                                         0x2C6,  0x2030, 0x160,  0x2039, 0x152,  0x8D,   0x17D,  0x8F,
                                         0x90,   0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014,
                                         0x2DC,  0x2122, 0x161,  0x203A, 0x153,  0x9D,   0x17E,  0x178};
    return code >= 0x80 && code < 0xA0 ? windows[code - 0x80] : code;
}

static uint32_t last_character(const ty_buffer *buffer)
{
    size_t end = buffer->size;
    return end ? ty_utf8_previous(ty_buffer_slice(buffer), &end) : 0;
}

/* A line end in the source between two characters of a script without spaces is none in the text. */
static void add_space(struct writer *writer, uint32_t next)
{
    uint32_t last = last_character(&writer->text);
    bool wanted = writer->space && last && last != '\n' && last != ' ';
    bool joined = (ty_html_is_unspaced(last) && ty_html_is_unspaced(next)) || ty_html_is_wide_mark(last) ||
                  ty_html_is_wide_mark(next);
    if (wanted && !(writer->new_line && joined))
        ty_buffer_add_char(&writer->text, ' ');
    writer->space = writer->new_line = false;
}

static bool is_crumb(uint32_t code)
{
    return code == '>' || code == 0xFF1E || code == 0xBB || code == 0x203A || code == 0x25B8;
}

static bool is_separator(uint32_t code)
{
    return is_crumb(code) || code == '|' || code == 0xFF5C || code == '/' || code == 0xFF0F || code == '[' ||
           code == ']' || code == 0x30FB || code == 0xB7 || code == '<' || code == 0xAB || code == 0xFF1C;
}

static void count_character(struct writer *writer, uint32_t code)
{
    struct html_line *line = &writer->line;
    bool first = line->characters == 0;
    line->crumbs |= writer->behind_link && is_crumb(code) && line->link_characters == line->characters;
    if (!writer->links && is_separator(code) && (writer->behind_link || first))
        return;
    line->characters++;
    line->link_characters += writer->links > 0;
    writer->behind_link = false;
}

static void put_character(struct writer *writer, uint32_t code)
{
    add_space(writer, code);
    ty_utf8_add(&writer->text, code);
    count_character(writer, code);
}

/* Soft hyphens and marks of no width are no text. */
static bool is_unseen(uint32_t code)
{
    return code == 0xAD || code == 0xFEFF || (code >= 0x200B && code <= 0x200F) || code == 0x2060;
}

static void end_line(struct writer *writer)
{
    struct html_line line = writer->line;
    while (line.start < writer->text.size && writer->text.data[line.start] == ' ')
        line.start++;
    line.end = writer->text.size;
    writer->failed |= !ty_vector_push(&writer->lines, line);
    ty_buffer_add_char(&writer->text, '\n');
    writer->line = (struct html_line){.start = writer->text.size};
    writer->space = writer->new_line = writer->behind_link = false;
}

static void add_character(struct writer *writer, uint32_t code)
{
    bool blank = code == ' ' || code == '\t' || code == '\n' || code == '\r' || code == '\f' || code == 0xA0;
    if (writer->preformatted && code == '\n')
        end_line(writer);
    else if (blank) {
        writer->space = true;
        writer->new_line |= code == '\n' || code == '\r';
    } else if (!is_unseen(code))
        put_character(writer, mend_reference(code));
}

static void add_text(struct writer *writer, ty_slice text)
{
    for (size_t at = 0; at < text.size;)
        add_character(writer, ty_utf8_next(text, &at));
}

/* ------------------------------------------------------------------------------------------ paragraphs */

static void clear_paragraph(struct writer *writer)
{
    ty_buffer_clear(&writer->text);
    ty_vector_clear(&writer->lines);
    writer->line = (struct html_line){0};
    writer->space = writer->new_line = writer->behind_link = writer->heading = false;
}

static void end_paragraph(struct writer *writer)
{
    writer->failed |= writer->text.failed;
    if (writer->text.size && !writer->text.failed) {
        end_line(writer);
        ty_html_add_lines(ty_buffer_slice(&writer->text), &writer->lines, writer->heading, writer->out);
    }
    clear_paragraph(writer);
}

/* ------------------------------------------------------------------------------------------ cells */

static bool holds_lines(const xmlNode *cell)
{
    for (xmlNodePtr node = cell->children; node; node = ty_html_next_node(node, cell, true))
        if (is_element(node) && (ty_html_is_block(node) || ty_html_is_named(node, "br")))
            return true;
    return false;
}

static bool has_letters(const xmlNode *cell)
{
    for (xmlNodePtr node = cell->children; node; node = ty_html_next_node(node, cell, true)) {
        ty_slice text =
            is_text(node) && node->content ? ty_slice_of((const char *)node->content) : TY_SLICE("");
        for (size_t at = 0; at < text.size;)
            if (ty_char_is_letter(ty_utf8_next(text, &at)))
                return true;
    }
    return false;
}

/* Figures stand behind their label on one line; other cells are paragraphs of their own. */
static bool continues_row(const xmlNode *node)
{
    if (!ty_html_is_one_of(node, "td th") || holds_lines(node) || has_letters(node))
        return false;
    for (const xmlNode *before = node->prev; before; before = before->prev)
        if (ty_html_is_one_of(before, "td th"))
            return !holds_lines(before);
    return false;
}

static bool is_continued(const xmlNode *cell)
{
    if (!ty_html_is_one_of(cell, "td th"))
        return false;
    for (const xmlNode *next = cell->next; next; next = next->next)
        if (ty_html_is_one_of(next, "td th"))
            return continues_row(next);
    return false;
}

/* ------------------------------------------------------------------------------------------ elements */

static bool is_skipped(const struct writer *writer, const xmlNode *node)
{
    return node->type == XML_COMMENT_NODE || node->type == XML_PI_NODE ||
           (is_element(node) && !ty_html_is_kept(node)) ||
           ty_html_is_footnote_mark(node, ty_buffer_slice(&writer->text));
}

static void enter_break(struct writer *writer, const xmlNode *node)
{
    if (ty_html_is_for_some_screens(node))
        writer->space = writer->new_line = true;
    else
        end_line(writer);
}

static void enter(struct writer *writer, const xmlNode *node)
{
    if (ty_html_is_named(node, "br"))
        enter_break(writer, node);
    else if (continues_row(node)) {
        if (writer->text.size)
            ty_buffer_add_char(&writer->text, '\t');
        writer->space = false;
    } else if (ty_html_is_block(node))
        end_paragraph(writer);
    writer->preformatted += ty_html_is_named(node, "pre");
    writer->heading |= ty_html_heading_level(node) > 0;
    writer->links += ty_html_is_link(node);
}

static void leave(struct writer *writer, const xmlNode *node)
{
    bool link = ty_html_is_link(node);
    if (ty_html_is_block(node) && !is_continued(node))
        end_paragraph(writer);
    writer->behind_link |= link;
    writer->preformatted -= ty_html_is_named(node, "pre");
    writer->links -= link;
}

static xmlNodePtr step(struct writer *writer, xmlNodePtr node, const xmlNode *root)
{
    bool skipped = is_skipped(writer, node);
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

/* A text in raised figures stays a figure of its own: 10 to the 6th is not 106. */
static void add_raised(struct writer *writer, ty_slice text)
{
    static const uint32_t raised[10] = {0x2070, 0xB9,   0xB2,   0xB3,   0x2074,
                                        0x2075, 0x2076, 0x2077, 0x2078, 0x2079};
    for (size_t at = 0; at < text.size;) {
        uint32_t code = ty_utf8_next(text, &at);
        add_character(writer, code >= '0' && code <= '9' ? raised[code - '0'] : code);
    }
}

static void walk(struct writer *writer, xmlNodePtr root)
{
    for (xmlNodePtr node = root; node; node = step(writer, node, root)) {
        if (!is_text(node) || !node->content)
            continue;
        ty_slice text = ty_slice_of((const char *)node->content);
        if (ty_html_is_named(node->parent, "sup"))
            add_raised(writer, text);
        else
            add_text(writer, text);
    }
}

/* ------------------------------------------------------------------------------------------ the end */

static void drop_last_lines(ty_buffer *out)
{
    for (;;) {
        size_t start = out->size;
        while (start && out->data[start - 1] != '\n')
            start--;
        if (!ty_html_is_last_line(ty_slice_sub(ty_buffer_slice(out), start, out->size)))
            return;
        while (start && out->data[start - 1] == '\n')
            start--;
        out->size = start;
        out->data[start] = '\0';
    }
}

static void release(struct writer *writer)
{
    ty_buffer_release(&writer->text);
    ty_vector_release(&writer->lines);
}

ty_status ty_html_add_region_text(const struct page *page, xmlNodePtr region, ty_buffer *out, ty_error *error)
{
    struct writer writer = {.out = out, .lines = {.all = page->whole}};
    xmlNodePtr head = page->whole ? NULL : ty_html_find_head(page, region);
    if (head)
        walk(&writer, head);
    end_paragraph(&writer);
    walk(&writer, region);
    end_paragraph(&writer);
    bool failed = out->failed || writer.failed;
    release(&writer);
    if (failed)
        return ty_error_nomem(error);
    if (out->size && !page->whole)
        drop_last_lines(out);
    return TY_OK;
}

void ty_html_add_inline_text(xmlNodePtr node, ty_buffer *out)
{
    struct writer writer = {0};
    for (xmlNodePtr at = node; at;
         at = ty_html_next_node(at, node, !ty_html_is_one_of(at, "script style rt rp")))
        if (is_text(at) && at->content && !ty_html_is_one_of(at->parent, "script style rt rp"))
            add_text(&writer, ty_slice_of((const char *)at->content));
        else if (ty_html_is_named(at, "br"))
            writer.space = writer.new_line = true;
    ty_buffer_add(out, ty_slice_trim(ty_buffer_slice(&writer.text)));
    out->failed |= writer.text.failed;
    release(&writer);
}
