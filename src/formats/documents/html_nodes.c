/* SPDX-License-Identifier: Apache-2.0 */
/* Elements by name, and ways through the tree. Nothing recurses: pages nest as deep as they like. */
#include "formats/documents/html.h"

bool ty_html_is_named(const xmlNode *node, const char *name)
{
    return is_element(node) && strcmp((const char *)node->name, name) == 0;
}

bool ty_html_is_one_of(const xmlNode *node, const char *names)
{
    if (!is_element(node))
        return false;
    ty_slice rest = ty_slice_of(names), word, name = ty_slice_of((const char *)node->name);
    while (ty_slice_next(&rest, ' ', &word))
        if (ty_slice_equal_nocase(word, name))
            return true;
    return false;
}

bool ty_html_is_block(const xmlNode *node)
{
    return ty_html_is_one_of(
        node, "p div h1 h2 h3 h4 h5 h6 li ul ol dl dt dd table caption thead tbody tfoot tr td th "
              "section article main header footer aside nav blockquote pre address figure figcaption "
              "hr center form fieldset legend details summary body hgroup dir menu");
}

unsigned ty_html_heading_level(const xmlNode *node)
{
    return ty_html_is_one_of(node, "h1 h2 h3 h4 h5 h6") ? (unsigned)(node->name[1] - '0') : 0;
}

bool ty_html_is_link(const xmlNode *node)
{
    return ty_html_is_named(node, "a") && ty_html_attribute(node, "href").size;
}

static const xmlAttr *find_attribute(const xmlNode *node, const char *name)
{
    const xmlAttr *attribute = is_element(node) ? node->properties : NULL;
    while (attribute && strcmp((const char *)attribute->name, name) != 0)
        attribute = attribute->next;
    return attribute;
}

ty_slice ty_html_attribute(const xmlNode *node, const char *name)
{
    const xmlAttr *found = find_attribute(node, name);
    bool has_text = found && found->children && found->children->content;
    return has_text ? ty_slice_of((const char *)found->children->content) : (ty_slice){"", 0};
}

bool ty_html_has_attribute(const xmlNode *node, const char *name)
{
    return find_attribute(node, name) != NULL;
}

xmlNodePtr ty_html_next_node(xmlNodePtr node, const xmlNode *root, bool into)
{
    if (into && node->children && node->type != XML_ENTITY_REF_NODE)
        return node->children;
    while (node != root && !node->next)
        node = node->parent;
    return node == root ? NULL : node->next;
}

bool ty_html_is_small(const xmlNode *root)
{
    enum { FEW = 200 };
    size_t nodes = 0;
    xmlNodePtr node = (xmlNodePtr)root;
    while (node && nodes++ < FEW)
        node = ty_html_next_node(node, root, true);
    return !node;
}

struct facts *ty_html_facts_of(const xmlNode *node)
{
    return node->_private;
}

bool ty_html_is_kept(const xmlNode *node)
{
    return is_element(node) && ty_html_facts_of(node) && !ty_html_facts_of(node)->dropped;
}

size_t ty_html_count_characters(ty_slice text)
{
    size_t count = 0;
    for (size_t i = 0; i < text.size; i++) {
        unsigned char byte = (unsigned char)text.data[i];
        count += byte > ' ' && (byte & 0xC0) != 0x80;
    }
    return count;
}
