/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What each element holds, and which of them are no text of a release. Three rounds: what is dropped at
 * sight (html_sight.c), and what is left of text; what is dropped for its name, its links, or the heading
 * above it; and counting anew.
 */
#include "formats/documents/html.h"

enum {
    LEAST = 20,      /* characters that are a release: who would leave less was wrong to drop the rest */
    LONG = 1500,     /* of a page that is no notice */
    SHORT = 300,     /* characters of a block that says little */
    SOME_LINKS = 30, /* percent of a block's text that is in links */
    MOSTLY_LINKS = 60,
    TELLING = 60 /* characters of a paragraph, outside of links */
};

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

void ty_html_count_text(struct page *page)
{
    for (xmlNodePtr node = page->body; node; node = next_counted(page, node)) {
        struct facts *facts = is_element(node) ? ty_html_facts_of(node) : NULL;
        if (facts)
            *facts = (struct facts){.dropped = facts->dropped, .inside = facts->inside};
        else if (is_text(node) && node->content && node->parent && ty_html_facts_of(node->parent))
            ty_html_facts_of(node->parent)->text +=
                (uint32_t)ty_html_count_characters(ty_slice_of((const char *)node->content));
    }
}

uint32_t ty_html_own_text(const xmlNode *node)
{
    return ty_html_facts_of(node)->text - ty_html_facts_of(node)->link_text;
}

/* ------------------------------------------------------------------------------------------ the headline */

/* The first heading of that name (within main or article) that is more than a link: the name of a site is
 * one, in its header. */
static xmlNodePtr find_heading(const struct page *page, const char *name, bool inside)
{
    for (xmlNodePtr node = page->body; node;) {
        bool open = ty_html_is_kept(node);
        if (open && ty_html_is_named(node, name) && ty_html_own_text(node) &&
            !ty_html_is_named_otherwise(page, node) && (!inside || ty_html_facts_of(node)->inside))
            return node;
        node = ty_html_next_node(node, page->body, open);
    }
    return NULL;
}

static void mark_headline(struct page *page)
{
    if (page->headline && !ty_html_is_seen(page, page->headline))
        page->headline = NULL;
    if (!page->headline)
        page->headline = find_heading(page, "h1", false);
    if (!page->headline)
        page->headline = find_heading(page, "h2", true);
    if (!page->headline)
        page->headline = find_heading(page, "h2", false);
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

/* A paragraph that says something beside its links is one of the text. */
static bool is_of_links(const xmlNode *node, const struct facts *facts, uint32_t share)
{
    if (ty_html_is_named(node, "p") && facts->text - facts->link_text >= TELLING)
        return false;
    return share > MOSTLY_LINKS && (facts->links >= 3 || (facts->links == 2 && is_contents_list(node)));
}

/* Two thirds of a long page are no menu: their name was meant for something else. */
static bool is_bulk(const struct page *page, const xmlNode *node)
{
    return ty_html_own_text(page->body) > LONG &&
           (uint64_t)ty_html_own_text(node) * 3 > (uint64_t)ty_html_own_text(page->body) * 2;
}

enum { APPEAL = 400, LABEL = 24 };

/* The text of a block that is not long. */
static bool holds_like(const struct page *page, const xmlNode *node, const struct facts *facts, uint32_t most,
                       bool (*is)(ty_slice text))
{
    ty_buffer text = {0};
    if (facts->text > most || !ty_html_is_small(node))
        return false;
    ty_html_add_inline_text((xmlNodePtr)node, &text);
    bool found = is(ty_buffer_slice(&text));
    page->arena->failed |= text.failed;
    ty_buffer_release(&text);
    return found;
}

/* A short block that begins by asking for a subscription. */
static bool is_appeal(const struct page *page, const xmlNode *node, const struct facts *facts)
{
    if (ty_html_is_one_of(node, "p div h3 h4 h5 h6") &&
        holds_like(page, node, facts, APPEAL, ty_html_asks_to_follow))
        return true;
    if (!ty_html_is_one_of(node, "div section aside") || facts->text > APPEAL)
        return false;
    xmlNodePtr first = node->children;
    while (first && (!is_element(first) || !ty_html_is_kept(first) || !ty_html_facts_of(first)->text))
        first = first->next;
    if (!first)
        return false;
    return holds_like(page, first, ty_html_facts_of(first), APPEAL, ty_html_is_appeal);
}

static bool is_to_be_dropped(const struct page *page, const xmlNode *node)
{
    const struct facts *facts = ty_html_facts_of(node);
    if (!ty_html_is_block(node) || ty_html_is_one_of(node, "body main") || ty_html_heading_level(node) ||
        !facts->text || facts->headline)
        return false;
    enum ty_html_hint hint = ty_html_hint_of(node);
    if (hint != HTML_HINT_READERS && is_bulk(page, node))
        return false;
    uint32_t share = facts->link_text * 100 / facts->text;
    if ((ty_html_is_named(node, "form") && facts->text < 200) || is_appeal(page, node, facts) ||
        holds_like(page, node, facts, LABEL, ty_html_is_advert_label))
        return true;
    switch (hint) {
    case HTML_HINT_READERS:
    case HTML_HINT_NOT: return true;
    case HTML_HINT_MAYBE: return share > SOME_LINKS || facts->text < SHORT;
    case HTML_HINT_LINKS: return share > SOME_LINKS;
    default: return is_of_links(node, facts, share);
    }
}

enum { LABELLED = 7 }; /* below a line that is no heading: lists and links only */

static bool is_label(const xmlNode *node)
{
    return ty_html_is_one_of(node, "p div") && ty_html_facts_of(node)->text <= 40;
}

static bool is_of_labelled(const xmlNode *node)
{
    const struct facts *facts = ty_html_facts_of(node);
    return !facts->text || ty_html_is_one_of(node, "ul ol dl") ||
           facts->link_text * 100 > facts->text * SOME_LINKS;
}

/* "Related links" takes all behind it along, up to the next heading of its level; where it is no heading,
 * what follows of lists and links. */
static bool is_below_aside(const struct page *page, xmlNodePtr node)
{
    struct facts *above = ty_html_facts_of(node->parent);
    unsigned level = ty_html_heading_level(node);
    if (ty_html_facts_of(node)->headline)
        return false;
    bool label = !level && is_label(node);
    if ((level || label) && holds_like(page, node, ty_html_facts_of(node), 40, ty_html_is_aside_heading))
        above->aside = level ? (uint8_t)level : above->aside ? above->aside : LABELLED;
    else if (above->aside == LABELLED && !is_of_labelled(node))
        above->aside = 0;
    else if (level && level <= above->aside)
        above->aside = 0;
    return above->aside > 0;
}

static void drop_what_is_none(struct page *page)
{
    for (xmlNodePtr node = page->body; node;) {
        bool open = ty_html_is_kept(node);
        if (open && node != page->body && (is_to_be_dropped(page, node) || is_below_aside(page, node))) {
            ty_html_facts_of(node)->dropped = true;
            open = false;
        }
        node = ty_html_next_node(node, page->body, open);
    }
}

ty_status ty_html_find_facts(struct page *page, ty_error *error)
{
    ty_status status = ty_html_look_at_all(page, error);
    if (status != TY_OK)
        return status;
    mark_headline(page);
    uint32_t before = ty_html_own_text(page->body);
    if (!page->whole)
        drop_what_is_none(page);
    ty_html_count_text(page);
    if (ty_html_own_text(page->body) >= LEAST || before < LEAST)
        return TY_OK;
    return ty_html_look_at_all(page, error); /* the names were wrong */
}
