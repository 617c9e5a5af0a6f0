/* SPDX-License-Identifier: Apache-2.0 */
/* What each element holds, and which of them are no text of a release. */

#include "formats/documents/html.h"

/* ------------------------------------------------------------------------------------------ nodes */

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

bool ty_html_is_heading(const xmlNode *node)
{
    return ty_html_is_one_of(node, "h1 h2 h3 h4 h5 h6");
}

ty_slice ty_html_attribute(const xmlNode *node, const char *name)
{
    const xmlAttr *attribute = is_element(node) ? node->properties : NULL;
    for (; attribute; attribute = attribute->next)
        if (strcmp((const char *)attribute->name, name) == 0 && attribute->children &&
            attribute->children->content)
            return ty_slice_of((const char *)attribute->children->content);
    return (ty_slice){"", 0};
}

xmlNodePtr ty_html_next_node(xmlNodePtr node, const xmlNode *root, bool into)
{
    if (into && node->children && node->type != XML_ENTITY_REF_NODE)
        return node->children;
    while (node != root && !node->next)
        node = node->parent;
    return node == root ? NULL : node->next;
}

struct facts *ty_html_facts_of(const xmlNode *node)
{
    return node->_private;
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

/* ------------------------------------------------------------------------------------------ what is dropped
 */

static const char never_text[] = "script style noscript template nav aside select option datalist button svg "
                                 "canvas iframe frame frameset object "
                                 "embed applet audio video map rt rp rtc input textarea dialog title head "
                                 "meta link base param source track";

static bool has_role(const xmlNode *node)
{
    static const char *const roles[] = {"navigation", "banner",  "contentinfo", "search", "complementary",
                                        "menu",       "menubar", "dialog",      NULL};
    ty_slice role = ty_html_attribute(node, "role");
    for (size_t i = 0; roles[i]; i++)
        if (ty_slice_equal_nocase(role, ty_slice_of(roles[i])))
            return true;
    return false;
}

static bool is_hidden(const xmlNode *node)
{
    ty_slice style = ty_html_attribute(node, "style");
    for (const xmlAttr *a = node->properties; a; a = a->next)
        if (strcmp((const char *)a->name, "hidden") == 0)
            return true;
    return ty_slice_find(style, TY_SLICE("display:none"), 0) != SIZE_MAX ||
           ty_slice_find(style, TY_SLICE("display: none"), 0) != SIZE_MAX ||
           ty_slice_equal_nocase(ty_html_attribute(node, "aria-hidden"), TY_SLICE("true"));
}

static bool inside(const xmlNode *node, const char *names)
{
    for (node = node->parent; node && is_element(node); node = node->parent)
        if (ty_html_is_one_of(node, names))
            return true;
    return false;
}

static bool is_dropped_at_sight(const xmlNode *node)
{
    if (ty_html_is_one_of(node, never_text) || is_hidden(node))
        return true;
    bool edge = ty_html_is_one_of(node, "header footer") || has_role(node);
    return edge && !inside(node, "main article");
}

/* ------------------------------------------------------------------------------------------ names that hint
 */

/* Words in id or class that such parts of a page go by; the second list says less. */
static const char *const hints[] = {
    "nav",     "navi",   "menu",      "breadcrumb", "breadcrumbs", "topicpath", "pankuzu",   "sidebar",
    "footer",  "sns",    "share",     "social",     "pagetop",     "totop",     "related",   "skip",
    "cookie",  "banner", "search",    "pager",      "pagination",  "toolbar",   "copyright", "login",
    "sitemap", "ads",    "globalnav", "localnav",   "gnav",        "lnav",      "snav",      NULL};
static const char *const weak_hints[] = {"header", "side", "print", "lang", "language", NULL};

static bool is_hint(ty_slice word, const char *const *list)
{
    for (; *list; list++)
        if (ty_slice_equal_nocase(word, ty_slice_of(*list)))
            return true;
    return false;
}

static bool is_capital(char c)
{
    return c >= 'A' && c <= 'Z';
}

static bool is_letter(char c)
{
    return is_capital(c) || (c >= 'a' && c <= 'z');
}

/* Words end at punctuation and where a capital follows a small letter. */
static bool has_hint(ty_slice names, const char *const *list)
{
    size_t start = 0;
    for (size_t i = 0; i <= names.size; i++) {
        bool end = i == names.size || !is_letter(names.data[i]) ||
                   (i && is_capital(names.data[i]) && is_letter(names.data[i - 1]) &&
                    !is_capital(names.data[i - 1]));
        if (!end)
            continue;
        if (is_hint(ty_slice_sub(names, start, i), list))
            return true;
        start = i + (i < names.size && !is_letter(names.data[i]));
    }
    return false;
}

/* Judged when all below it is known: mostly links, or named as such and with little to say. */
static bool is_dropped_by_content(const xmlNode *node, const struct facts *facts, uint32_t page_text)
{
    if (!ty_html_is_block(node) || ty_html_is_named(node, "body") || ty_html_is_heading(node) || !facts->text)
        return false;
    if (ty_html_is_one_of(node, "main article"))
        return false;
    uint32_t share = facts->link_text * 100 / facts->text;
    if (ty_html_is_named(node, "form"))
        return facts->text < 200 && facts->text * 2 < page_text;
    if (facts->links >= 3 && share > 60 && !facts->heading)
        return true;
    if (facts->heading && share <= 30)
        return false; /* whatever it is called, it holds the headline */
    ty_slice id = ty_html_attribute(node, "id"), class = ty_html_attribute(node, "class");
    bool hinted = has_hint(id, hints) || has_hint(class, hints);
    bool weak = share > 30 && (has_hint(id, weak_hints) || has_hint(class, weak_hints));
    return (hinted || weak) && facts->text * 3 < page_text && (share > 30 || facts->text < 300);
}

/* ------------------------------------------------------------------------------------------ counting */

static bool is_link(const xmlNode *node)
{
    return ty_html_is_named(node, "a") && ty_html_attribute(node, "href").size;
}

static void add_to_parent(xmlNodePtr node)
{
    struct facts *facts = ty_html_facts_of(node),
                 *above = node->parent ? ty_html_facts_of(node->parent) : NULL;
    if (is_link(node)) {
        facts->link_text = facts->text;
        facts->links = 1;
    }
    if (ty_html_is_one_of(node, "h1 h2") && facts->text)
        facts->heading = true;
    if (!above || facts->dropped)
        return;
    above->text += facts->text;
    above->link_text += facts->link_text;
    above->links += facts->links;
    above->heading |= facts->heading;
}

static void leave(xmlNodePtr node, uint32_t page_text)
{
    struct facts *facts = ty_html_facts_of(node);
    if (!facts->dropped)
        facts->dropped = is_dropped_by_content(node, facts, page_text);
    add_to_parent(node);
}

/* The next node in document order, leaving elements on the way. */
static xmlNodePtr step(xmlNodePtr node, const xmlNode *root, uint32_t page_text)
{
    bool into = is_element(node) && !ty_html_facts_of(node)->dropped && node->children;
    if (into)
        return node->children;
    for (;;) {
        if (is_element(node))
            leave(node, page_text);
        if (node == root)
            return NULL;
        if (node->next)
            return node->next;
        node = node->parent;
    }
}

static uint32_t size_of_page(xmlNodePtr body)
{
    size_t size = 0;
    for (xmlNodePtr node = body; node;
         node = ty_html_next_node(node, body, !ty_html_is_one_of(node, never_text)))
        if (is_text(node) && node->content)
            size += ty_html_count_characters(ty_slice_of((const char *)node->content));
    return size > UINT32_MAX ? UINT32_MAX : (uint32_t)size;
}

ty_status ty_html_find_facts(struct page *page, ty_error *error)
{
    uint32_t page_text = size_of_page(page->body);
    for (xmlNodePtr node = page->body; node; node = step(node, page->body, page_text)) {
        if (is_text(node) && node->content && node->parent && ty_html_facts_of(node->parent))
            ty_html_facts_of(node->parent)->text +=
                (uint32_t)ty_html_count_characters(ty_slice_of((const char *)node->content));
        if (!is_element(node))
            continue;
        struct facts *facts = ty_arena_alloc(page->arena, sizeof *facts);
        if (!facts)
            return ty_error_nomem(error);
        node->_private = facts;
        facts->dropped = node != page->body && is_dropped_at_sight(node);
    }
    return TY_OK;
}
