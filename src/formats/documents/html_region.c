/* SPDX-License-Identifier: Apache-2.0 */
/* Which part of the page is the release. */
#include "formats/documents/html.h"

enum { MOST = 75 /* percent of the text that a part must hold to be looked into alone */ };

static uint32_t own_text(const xmlNode *node)
{
    const struct facts *facts = is_element(node) ? ty_html_facts_of(node) : NULL;
    return facts && !facts->dropped ? facts->text - facts->link_text : 0;
}

/* The element of that name, or with that role, with the most text. */
static xmlNodePtr largest(const struct page *page, const char *name, const char *role)
{
    xmlNodePtr best = NULL;
    for (xmlNodePtr node = page->body; node;) {
        bool open = is_element(node) && ty_html_facts_of(node) && !ty_html_facts_of(node)->dropped;
        bool named =
            open && (ty_html_is_named(node, name) ||
                     (role && ty_slice_equal_nocase(ty_html_attribute(node, "role"), ty_slice_of(role))));
        if (named && ty_html_facts_of(node)->text && (!best || own_text(node) > own_text(best)))
            best = node;
        node = ty_html_next_node(node, page->body, open);
    }
    return best;
}

static bool has_heading_before(const xmlNode *child)
{
    for (const xmlNode *node = child->prev; node; node = node->prev)
        if (is_element(node) && ty_html_facts_of(node) && !ty_html_facts_of(node)->dropped &&
            ty_html_facts_of(node)->heading)
            return true;
    return false;
}

/*
 * Down from `node` as long as one child holds nearly all of the text, and the headline is not left behind.
 * An article beside its own headline stays with it.
 */
static xmlNodePtr narrow(xmlNodePtr node)
{
    for (;;) {
        xmlNodePtr chosen = NULL;
        for (xmlNodePtr child = node->children; child; child = child->next)
            if (is_element(child) && ty_html_is_block(child) && own_text(child) &&
                (uint64_t)own_text(child) * 100 >= (uint64_t)own_text(node) * MOST)
                chosen = child;
        if (!chosen || ty_html_is_one_of(chosen, "p li tr ul ol dl h1 h2 h3 blockquote pre tbody"))
            return node;
        if (!ty_html_facts_of(chosen)->heading && has_heading_before(chosen))
            return node;
        node = chosen;
    }
}

/* <main> and <article> are what they say when they hold a fair part of the text. */
xmlNodePtr ty_html_find_region(const struct page *page)
{
    uint32_t all = own_text(page->body);
    xmlNodePtr main_part = largest(page, "main", "main"), article = largest(page, "article", NULL);
    if (main_part && own_text(main_part) * 3 >= all) {
        bool alone = article && (uint64_t)own_text(article) * 100 >= (uint64_t)own_text(main_part) * 90;
        return alone && (ty_html_facts_of(article)->heading || !ty_html_facts_of(main_part)->heading)
                   ? article
                   : main_part;
    }
    if (article && own_text(article) * 2 >= all &&
        (ty_html_facts_of(article)->heading || !ty_html_facts_of(page->body)->heading))
        return article;
    return narrow(page->body);
}
