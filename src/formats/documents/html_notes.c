/* SPDX-License-Identifier: Apache-2.0 */
/* Marks of footnotes: "1", "[3]", "※４", "注6", raised or linked. A raised figure behind a unit is a power.
 */
#include "formats/documents/html.h"

enum { LONGEST_MARK = 12 };

static bool is_mark_character(uint32_t code)
{
    return (code >= '0' && code <= '9') || (code >= 0xFF10 && code <= 0xFF19) || code == '[' || code == ']' ||
           code == '(' || code == ')' || code == 0xFF08 || code == 0xFF09 || code == '*' || code == 0x2020 ||
           code == 0x2021 || code == 0x203B || code == 0x6CE8 || code == ',' || code == ' ' ||
           code == 0xFF3B || code == 0xFF3D || code == 0x21A9 || code == 0x2191 || code == 0xFE0E ||
           code == '^';
}

static bool is_mark(ty_slice text)
{
    text = ty_slice_trim(text);
    if (!text.size || text.size > LONGEST_MARK * 3)
        return false;
    for (size_t at = 0; at < text.size;)
        if (!is_mark_character(ty_utf8_next(text, &at)))
            return false;
    return true;
}

static bool has_mark(xmlNodePtr node)
{
    ty_buffer text = {0};
    ty_html_add_inline_text(node, &text);
    bool mark = is_mark(ty_buffer_slice(&text));
    ty_buffer_release(&text);
    return mark;
}

static bool leads_to_note(const xmlNode *node)
{
    return ty_html_is_link(node) &&
           ty_slice_find(ty_html_attribute(node, "href"), TY_SLICE("#"), 0) != SIZE_MAX;
}

/* Is there, on the only path down from `node`, a link to a place in a page, or something raised? */
static bool holds(const xmlNode *node, bool (*what)(const xmlNode *node))
{
    for (; node; node = node->children)
        if (is_element(node) && what(node))
            return true;
    return false;
}

static bool is_raised(const xmlNode *node)
{
    return ty_html_is_named(node, "sup") || ty_html_is_note_class(node);
}

/* km, m, ft, or a figure: what stands behind it, raised, is a power. */
static bool takes_power(ty_slice before)
{
    size_t letters = 0, at = before.size;
    while (at && letters < 4) {
        uint32_t code = ty_utf8_previous(before, &at);
        if (code >= '0' && code <= '9')
            return letters == 0 || letters <= 3;
        if (letters && (code == ' ' || code == 0x3000))
            return letters <= 2;
        if (!((code | 0x20) >= 'a' && (code | 0x20) <= 'z'))
            break;
        letters++;
    }
    return letters > 0 && letters <= 2;
}

bool ty_html_is_footnote_mark(const xmlNode *node, ty_slice before)
{
    if (!ty_html_is_one_of(node, "sup a span small"))
        return false;
    xmlNodePtr inner = (xmlNodePtr)node;
    bool linked = holds(node, leads_to_note), raised = holds(node, is_raised);
    if (!raised && !linked)
        return false;
    if (!has_mark(inner))
        return false;
    if (linked)
        return raised || node->next == NULL;
    return ty_html_is_note_class(node) || !takes_power(before);
}
