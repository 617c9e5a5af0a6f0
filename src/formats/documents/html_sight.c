/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What is no text of a release at sight: elements that never hold any, what is hidden, and the edges of a
 * page - its header and footer, navigation, asides. An edge that holds two thirds of the page's text, or the
 * heading that the page's title names, is none: where an end tag is missing, the whole page is within its
 * menu.
 */
#include "formats/documents/html.h"

static const char never_text[] =
    "script style template select option datalist button svg canvas iframe frame frameset "
    "object embed applet audio video map rt rp rtc input textarea dialog title head meta "
    "link base param source track del s strike";

static bool has_role(const xmlNode *node)
{
    return ty_html_is_listed(ty_html_attribute(node, "role"),
                             "navigation|banner|contentinfo|search|complementary|menu|"
                             "menubar|dialog|alertdialog|alert");
}

static bool is_edge(const xmlNode *node)
{
    if (ty_html_is_one_of(node, "nav aside noscript"))
        return true;
    bool edge = ty_html_is_one_of(node, "header footer") || has_role(node);
    return edge && !ty_html_facts_of(node)->inside;
}

bool ty_html_is_seen(const struct page *page, const xmlNode *node)
{
    while (node != page->body && ty_html_is_kept(node))
        node = node->parent;
    return node == page->body;
}

/* ------------------------------------------------------------------------------------------ the title */

enum { LONGEST_TITLE = 500, SHORTEST_HEADLINE = 4, MOST_HEADINGS = 100 };

static void add_title(const struct page *page, ty_buffer *out)
{
    xmlNodePtr root = xmlDocGetRootElement(page->document);
    for (xmlNodePtr node = root; node && node != page->body; node = ty_html_next_node(node, root, true))
        if (ty_html_is_named(node, "title")) {
            ty_html_add_inline_text(node, out);
            return;
        }
}

/* Characters of the heading, where the title has them: of an h2 two fifths of the title. */
static size_t named_by(const struct page *page, ty_slice title, xmlNodePtr heading)
{
    ty_buffer text = {0};
    ty_html_add_inline_text(heading, &text);
    ty_slice words = ty_buffer_slice(&text);
    size_t size = words.size, least = ty_html_is_named(heading, "h1") ? 0 : title.size * 2 / 5;
    bool named = size && size >= least && ty_html_count_characters(words) >= SHORTEST_HEADLINE &&
                 size <= LONGEST_TITLE && ty_slice_find(title, words, 0) != SIZE_MAX;
    page->arena->failed |= text.failed;
    ty_buffer_release(&text);
    return named ? size : 0;
}

static bool is_small_by_name(const struct page *page, const xmlNode *node)
{
    return ty_html_hint_of(node) == HTML_HINT_NOT &&
           (uint64_t)ty_html_own_text(node) * 3 < ty_html_own_text(page->body);
}

/* Within a block whose name says that it is no text of a release, and which is small? A heading in a trail is
 * the trail's. */
bool ty_html_is_named_otherwise(const struct page *page, const xmlNode *node)
{
    const xmlNode *above = node->parent;
    bool otherwise = false;
    for (; above != page->body && !ty_html_facts_of(above)->named && !otherwise; above = above->parent)
        otherwise = is_small_by_name(page, above);
    if (above != page->body && !otherwise)
        otherwise = ty_html_facts_of(above)->named == NAMED_OTHERWISE;
    for (node = node->parent; node != above; node = node->parent)
        ty_html_facts_of(node)->named = otherwise ? NAMED_OTHERWISE : NAMED_SO;
    return otherwise;
}

static bool is_in_edge(const struct page *page, const xmlNode *node)
{
    for (; node != page->body; node = node->parent)
        if (is_edge(node) || ty_html_is_hidden(node))
            return true;
    return false;
}

/* Of the headings that the title names the longest; those in an edge only where there is no other. */
static xmlNodePtr find_titled(const struct page *page, ty_slice title)
{
    xmlNodePtr found = NULL;
    size_t most = 0, looked_at = 0;
    for (xmlNodePtr node = page->body; node;
         node = ty_html_next_node(node, page->body, ty_html_is_kept(node))) {
        bool heading = ty_html_is_kept(node) && ty_html_is_one_of(node, "h1 h2") && ty_html_own_text(node) &&
                       ty_html_is_small(node) && looked_at++ < MOST_HEADINGS;
        size_t size = heading && !ty_html_is_named_otherwise(page, node) ? named_by(page, title, node) : 0;
        size += size && !is_in_edge(page, node) ? LONGEST_TITLE : 0;
        if (size > most) {
            found = node;
            most = size;
        }
    }
    return found;
}

/* ------------------------------------------------------------------------------------------ the rounds */

static bool is_in_main(const xmlNode *above)
{
    return ty_html_facts_of(above)->inside || ty_html_is_one_of(above, "main article");
}

static ty_status make_facts(struct page *page, ty_error *error)
{
    for (xmlNodePtr node = page->body; node;) {
        struct facts *facts = is_element(node) ? ty_arena_alloc(page->arena, sizeof *facts) : NULL;
        if (is_element(node) && !facts)
            return ty_error_nomem(error);
        bool dropped = node != page->body && ty_html_is_one_of(node, never_text);
        if (facts)
            *facts =
                (struct facts){.dropped = dropped, .inside = node != page->body && is_in_main(node->parent)};
        node->_private = facts;
        node = ty_html_next_node(node, page->body, facts && !dropped);
    }
    return TY_OK;
}

/* Two thirds of what a page says in no link are no edge of it. */
static bool is_most(const struct page *page, const xmlNode *node)
{
    return (uint64_t)ty_html_own_text(node) * 3 > (uint64_t)ty_html_own_text(page->body) * 2;
}

static void drop_edges(const struct page *page)
{
    for (xmlNodePtr node = page->body; node;) {
        struct facts *facts = ty_html_is_kept(node) ? ty_html_facts_of(node) : NULL;
        if (facts && node != page->body && !is_most(page, node))
            facts->dropped = ty_html_is_hidden(node) || (is_edge(node) && !facts->headline && !page->whole);
        node = ty_html_next_node(node, page->body, facts && !facts->dropped);
    }
}

static void mark_titled(struct page *page)
{
    ty_buffer title = {0};
    add_title(page, &title);
    page->headline = find_titled(page, ty_slice_sub(ty_buffer_slice(&title), 0, LONGEST_TITLE));
    page->arena->failed |= title.failed;
    ty_buffer_release(&title);
    for (xmlNodePtr node = page->headline; node; node = node == page->body ? NULL : node->parent)
        ty_html_facts_of(node)->headline = true;
}

ty_status ty_html_look_at_all(struct page *page, ty_error *error)
{
    ty_status status = make_facts(page, error);
    if (status != TY_OK)
        return status;
    ty_html_count_text(page);
    mark_titled(page);
    drop_edges(page);
    ty_html_count_text(page);
    return TY_OK;
}
