/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What each element holds, and which of them are no text of a release. Three rounds: what is dropped at
 * sight, and what is left of text; what is dropped for its name, its links, or the heading above it; and
 * counting anew.
 */
#include "formats/documents/html.h"

enum {
    LEAST = 20,      /* characters that are a release: who would leave less was wrong to drop the rest */
    LONG = 1500,     /* of a page that is no notice */
    SHORT = 300,     /* characters of a block that says little */
    SOME_LINKS = 30, /* percent of a block's text that is in links */
    MOSTLY_LINKS = 60
};

/* ------------------------------------------------------------------------------------------ at sight */

static const char never_text[] = "script style noscript template nav aside select option datalist button svg "
                                 "canvas iframe frame frameset object "
                                 "embed applet audio video map rt rp rtc input textarea dialog title head "
                                 "meta link base param source track del s strike";

static bool has_role(const xmlNode *node)
{
    static const char *const roles[] = {"navigation",    "banner", "contentinfo", "search",
                                        "complementary", "menu",   "menubar",     "dialog",
                                        "alertdialog",   "alert",  NULL};
    ty_slice role = ty_html_attribute(node, "role");
    for (size_t i = 0; roles[i]; i++)
        if (ty_slice_equal_nocase(role, ty_slice_of(roles[i])))
            return true;
    return false;
}

static bool is_dropped_at_sight(const xmlNode *node)
{
    if (ty_html_is_one_of(node, never_text) || ty_html_is_hidden(node))
        return true;
    bool edge = ty_html_is_one_of(node, "header footer") || has_role(node);
    return edge && !ty_html_is_inside(node, "main article");
}

static ty_status look_at_all(struct page *page, ty_error *error)
{
    for (xmlNodePtr node = page->body; node;) {
        bool open = false;
        if (is_element(node)) {
            struct facts *facts = ty_arena_alloc(page->arena, sizeof *facts);
            if (!facts)
                return ty_error_nomem(error);
            node->_private = facts;
            facts->dropped = node != page->body && is_dropped_at_sight(node);
            open = !facts->dropped;
        }
        node = ty_html_next_node(node, page->body, open);
    }
    return TY_OK;
}

/* ------------------------------------------------------------------------------------------ counting */

static void add_to_parent(const struct page *page, xmlNodePtr node)
{
    struct facts *facts = ty_html_facts_of(node);
    if (ty_html_is_link(node)) {
        facts->link_text = facts->text;
        facts->links = 1;
    }
    facts->heading |= ty_html_is_one_of(node, "h1 h2") && facts->text;
    facts->headline |= node == page->headline;
    struct facts *above = node != page->body && node->parent ? ty_html_facts_of(node->parent) : NULL;
    if (!above || facts->dropped)
        return;
    above->text += facts->text;
    above->link_text += facts->link_text;
    above->links += facts->links;
    above->heading |= facts->heading;
    above->headline |= facts->headline;
}

/* The next node in document order; what is left on the way is told to its parent. */
static xmlNodePtr next_counted(const struct page *page, xmlNodePtr node)
{
    if (ty_html_is_kept(node) && node->children)
        return node->children;
    for (;;) {
        if (is_element(node))
            add_to_parent(page, node);
        if (node == page->body)
            return NULL;
        if (node->next)
            return node->next;
        node = node->parent;
    }
}

static void count_text(struct page *page)
{
    for (xmlNodePtr node = page->body; node; node = next_counted(page, node)) {
        struct facts *facts = is_element(node) ? ty_html_facts_of(node) : NULL;
        if (facts)
            *facts = (struct facts){.dropped = facts->dropped};
        else if (is_text(node) && node->content && node->parent && ty_html_facts_of(node->parent))
            ty_html_facts_of(node->parent)->text +=
                (uint32_t)ty_html_count_characters(ty_slice_of((const char *)node->content));
    }
}

static uint32_t own_text(const xmlNode *node)
{
    return ty_html_facts_of(node)->text - ty_html_facts_of(node)->link_text;
}

/* ------------------------------------------------------------------------------------------ the headline */

static bool is_named_otherwise(const struct page *page, const xmlNode *node)
{
    for (node = node->parent; node != page->body && is_element(node); node = node->parent)
        if (ty_html_hint_of(node) == HTML_HINT_NOT)
            return true;
    return false;
}

/*
 * The first heading of that name (within one of `parts`, if any are named) that is more than a link: the name
 * of a site is one, in its header.
 */
static xmlNodePtr find_heading(const struct page *page, const char *name, const char *parts)
{
    for (xmlNodePtr node = page->body; node;) {
        bool open = ty_html_is_kept(node);
        if (open && ty_html_is_named(node, name) && own_text(node) && !is_named_otherwise(page, node) &&
            (!parts || ty_html_is_inside(node, parts)))
            return node;
        node = ty_html_next_node(node, page->body, open);
    }
    return NULL;
}

static void mark_headline(struct page *page)
{
    page->headline = find_heading(page, "h1", NULL);
    if (!page->headline)
        page->headline = find_heading(page, "h2", "main article");
    if (!page->headline)
        page->headline = find_heading(page, "h2", NULL);
    for (xmlNodePtr node = page->headline; node; node = node == page->body ? NULL : node->parent)
        ty_html_facts_of(node)->headline = true;
}

/* ------------------------------------------------------------------------------------------ by what it is */

/* Links within the page only: its table of contents. */
static bool is_contents_list(const xmlNode *list)
{
    if (!ty_html_is_one_of(list, "ul ol"))
        return false;
    for (xmlNodePtr node = list->children; node; node = ty_html_next_node(node, list, true))
        if (ty_html_is_link(node) && !ty_slice_starts(ty_html_attribute(node, "href"), TY_SLICE("#")))
            return false;
    return true;
}

static bool is_of_links(const xmlNode *node, const struct facts *facts, uint32_t share)
{
    return share > MOSTLY_LINKS && (facts->links >= 3 || (facts->links == 2 && is_contents_list(node)));
}

/* Two thirds of a long page are no menu: their name was meant for something else. */
static bool is_bulk(const struct page *page, const xmlNode *node)
{
    return own_text(page->body) > LONG && (uint64_t)own_text(node) * 3 > (uint64_t)own_text(page->body) * 2;
}

enum { APPEAL = 400 };

/* A short block that begins by asking for a subscription. */
static bool is_appeal(const xmlNode *node, const struct facts *facts)
{
    if (!ty_html_is_one_of(node, "div section aside") || facts->text > APPEAL)
        return false;
    xmlNodePtr first = node->children;
    while (first && (!is_element(first) || !ty_html_is_kept(first) || !ty_html_facts_of(first)->text))
        first = first->next;
    if (!first)
        return false;
    ty_buffer text = {0};
    ty_html_add_inline_text(first, &text);
    bool asks = ty_html_is_appeal(ty_buffer_slice(&text));
    ty_buffer_release(&text);
    return asks;
}

enum { LABEL = 24 };

/* What stands above an advertisement, whatever came of it. */
static bool is_advert_label(const xmlNode *node, const struct facts *facts)
{
    ty_buffer text = {0};
    if (facts->text > LABEL)
        return false;
    ty_html_add_inline_text((xmlNodePtr)node, &text);
    bool found = ty_html_is_advert_label(ty_buffer_slice(&text));
    ty_buffer_release(&text);
    return found;
}

static bool is_to_be_dropped(const struct page *page, const xmlNode *node)
{
    const struct facts *facts = ty_html_facts_of(node);
    if (!ty_html_is_block(node) || ty_html_is_one_of(node, "body main") || ty_html_heading_level(node) ||
        !facts->text || facts->headline || is_bulk(page, node))
        return false;
    uint32_t share = facts->link_text * 100 / facts->text;
    if ((ty_html_is_named(node, "form") && facts->text < 200) || is_appeal(node, facts) ||
        is_advert_label(node, facts))
        return true;
    switch (ty_html_hint_of(node)) {
    case HTML_HINT_NOT: return true;
    case HTML_HINT_MAYBE: return share > SOME_LINKS || facts->text < SHORT;
    case HTML_HINT_LINKS: return share > SOME_LINKS;
    default: return is_of_links(node, facts, share);
    }
}

static bool has_aside_text(xmlNodePtr heading)
{
    ty_buffer text = {0};
    ty_html_add_inline_text(heading, &text);
    bool aside = ty_html_is_aside_heading(ty_buffer_slice(&text));
    ty_buffer_release(&text);
    return aside;
}

/* "Related links" takes all behind it along, up to the next heading of its level. */
static bool is_below_aside(xmlNodePtr node)
{
    struct facts *above = ty_html_facts_of(node->parent);
    unsigned level = ty_html_heading_level(node);
    if (!level || ty_html_facts_of(node)->headline)
        return above->aside && !ty_html_facts_of(node)->headline;
    if (has_aside_text(node))
        above->aside = (uint8_t)level;
    else if (level <= above->aside)
        above->aside = 0;
    return above->aside > 0;
}

static void drop_what_is_none(struct page *page)
{
    for (xmlNodePtr node = page->body; node;) {
        bool open = ty_html_is_kept(node);
        if (open && node != page->body && (is_to_be_dropped(page, node) || is_below_aside(node))) {
            ty_html_facts_of(node)->dropped = true;
            open = false;
        }
        node = ty_html_next_node(node, page->body, open);
    }
}

ty_status ty_html_find_facts(struct page *page, ty_error *error)
{
    ty_status status = look_at_all(page, error);
    if (status != TY_OK)
        return status;
    count_text(page);
    mark_headline(page);
    uint32_t before = own_text(page->body);
    drop_what_is_none(page);
    count_text(page);
    if (own_text(page->body) >= LEAST || before < LEAST)
        return TY_OK;
    status = look_at_all(page, error); /* the names were wrong */
    if (status == TY_OK)
        count_text(page);
    return status;
}
