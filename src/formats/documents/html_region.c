/* SPDX-License-Identifier: Apache-2.0 */
/* Which part of the page is the release: what is marked or named so, else what is left when going down. */
#include "formats/documents/html.h"

enum {
    MOST = 75, /* percent of the text that a part must hold to be looked into alone */
    LEAST = 20 /* characters that are a release */
};

static uint32_t own_text(const xmlNode *node)
{
    return ty_html_is_kept(node) ? ty_html_facts_of(node)->text - ty_html_facts_of(node)->link_text : 0;
}

/* May it be the release, seen that the page has a headline or has none? With a headline little text will do.
 */
static bool may_be_release(const struct page *page, const xmlNode *node)
{
    if (!page->headline)
        return own_text(node) >= LEAST;
    return ty_html_facts_of(node)->headline && own_text(node) >= own_text(page->headline) + LEAST / 4;
}

static bool is_main(const struct page *page, const xmlNode *node)
{
    return ty_html_is_named(node, "main") ||
           ty_slice_equal_nocase(ty_html_attribute(node, "role"), TY_SLICE("main"));
}

static bool is_article(const struct page *page, const xmlNode *node)
{
    return ty_html_is_named(node, "article");
}

/* Names say less than elements: "content-title" has the name too. */
static bool is_content(const struct page *page, const xmlNode *node)
{
    return ty_html_is_block(node) && ty_html_hint_of(node) == HTML_HINT_CONTENT &&
           (uint64_t)own_text(node) * 3 >= own_text(page->body);
}

/* The first in document order, hence the outermost, of that kind that may be the release. */
static xmlNodePtr find_first(const struct page *page, xmlNodePtr root,
                             bool (*kind)(const struct page *page, const xmlNode *node))
{
    for (xmlNodePtr node = root; node;) {
        bool open = ty_html_is_kept(node);
        if (open && node != page->body && kind(page, node) && may_be_release(page, node))
            return node;
        node = ty_html_next_node(node, root, open);
    }
    return NULL;
}

/* ------------------------------------------------------------------------------------------ going down */

static bool has_heading_before(const xmlNode *child)
{
    for (const xmlNode *node = child->prev; node; node = node->prev)
        if (ty_html_is_kept(node) && ty_html_facts_of(node)->heading)
            return true;
    return false;
}

/* Characters outside of links that an owner of a page needs to say who he is. */
enum { LONGEST_IMPRINT = 500 };

static bool is_imprint(const struct page *page, xmlNodePtr node)
{
    ty_buffer text = {0};
    if (own_text(node) > LONGEST_IMPRINT)
        return false;
    ty_html_add_inline_text(node, &text);
    bool imprint = ty_html_is_imprint(ty_buffer_slice(&text));
    page->arena->failed |= text.failed;
    ty_buffer_release(&text);
    return imprint;
}

/* The last block of a page often says, without a name, whose page it is. */
static void drop_imprint(const struct page *page, xmlNodePtr node)
{
    for (xmlNodePtr child = node->last; child; child = child->prev) {
        if (!ty_html_is_kept(child) || !ty_html_facts_of(child)->text)
            continue;
        uint32_t text = ty_html_facts_of(child)->text;
        bool alone = ty_html_facts_of(node)->text < text + LEAST / 2;
        if (alone || ty_html_facts_of(child)->headline || !is_imprint(page, child))
            return;
        ty_html_facts_of(child)->dropped = true;
        ty_html_facts_of(node)->text -= text;
        ty_html_facts_of(node)->link_text -= ty_html_facts_of(child)->link_text;
    }
}

/* Text that would be left behind: a title or a date on a page that has no headings. */
static bool has_text_before(const xmlNode *child)
{
    for (const xmlNode *node = child->prev; node; node = node->prev)
        if (own_text(node))
            return true;
    return false;
}

static bool leaves_headline(const xmlNode *chosen, const xmlNode *node, bool has_headline)
{
    if (has_headline)
        return !ty_html_facts_of(chosen)->heading && has_heading_before(chosen);
    return !ty_html_is_named(node, "body") && has_text_before(chosen);
}

/*
 * Down from `node` as long as one child holds nearly all of the text, and the headline is not left behind.
 * An article beside its own headline stays with it.
 */
static xmlNodePtr narrow(const struct page *page, xmlNodePtr node, bool whole_page)
{
    for (;;) {
        xmlNodePtr chosen = NULL;
        if (whole_page)
            drop_imprint(page, node);
        for (xmlNodePtr child = node->children; child; child = child->next)
            if (ty_html_is_kept(child) && ty_html_is_block(child) && own_text(child) &&
                (uint64_t)own_text(child) * 100 >= (uint64_t)own_text(node) * MOST)
                chosen = child;
        if (!chosen || ty_html_is_one_of(chosen, "p li tr ul ol dl h1 h2 h3 blockquote pre tbody"))
            return node;
        if (leaves_headline(chosen, node, page->headline))
            return node;
        node = chosen;
    }
}

/* ------------------------------------------------------------------------------------------ the release */

static bool is_around(const xmlNode *node, const xmlNode *inner)
{
    while (inner && inner != node)
        inner = inner->parent;
    return inner;
}

static bool is_most_of(const xmlNode *node, const xmlNode *region, unsigned percent)
{
    return (uint64_t)own_text(node) * 100 >= (uint64_t)own_text(region) * percent;
}

/* The first of that kind that holds as much of the text; its headline may stand before it. */
static xmlNodePtr find_largest(const struct page *page, xmlNodePtr root, unsigned percent,
                               bool (*kind)(const struct page *page, const xmlNode *node))
{
    for (xmlNodePtr node = root; node;) {
        bool open = ty_html_is_kept(node) && own_text(node) >= LEAST && is_most_of(node, root, percent);
        if (open && node != page->body && kind(page, node))
            return node;
        node = ty_html_next_node(node, root, open);
    }
    return NULL;
}

/* Of several articles the one with the headline; without a headline the one that is half of the region. */
static xmlNodePtr find_article(const struct page *page, xmlNodePtr region)
{
    if (page->headline && ty_html_facts_of(region)->headline)
        return find_first(page, region, is_article);
    return find_largest(page, region, 50, is_article);
}

xmlNodePtr ty_html_find_region(const struct page *page)
{
    if (page->whole)
        return page->body;
    xmlNodePtr region = find_first(page, page->body, is_main);
    if (!region)
        region = find_largest(page, page->body, MOST, is_main);
    xmlNodePtr article = find_article(page, region ? region : page->body);
    if (article)
        return article;
    if (region)
        return region;
    region = find_first(page, page->body, is_content);
    return region ? narrow(page, region, false) : narrow(page, page->body, true);
}

enum { LONGEST_HEAD = 1000 };

xmlNodePtr ty_html_find_head(const struct page *page, const xmlNode *region)
{
    xmlNodePtr head = page->headline;
    if (!head || is_around(region, head))
        return NULL;
    while (head != page->body && !is_around(head->parent, region) &&
           ty_html_facts_of(head->parent)->text <= LONGEST_HEAD)
        head = head->parent;
    return head;
}
