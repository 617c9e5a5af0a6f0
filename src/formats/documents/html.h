/* SPDX-License-Identifier: Apache-2.0 */
/*
 * html - a page to the text of the release in it, in three steps: what each element holds and what is no
 * text of a release (html_facts.c), which part of the page is the release (html_region.c), its text paragraph
 * by paragraph (html_text.c). html.c holds them together and reads the metadata.
 */
#ifndef TY_FORMATS_HTML_H
#define TY_FORMATS_HTML_H

#include <libxml/HTMLparser.h>
#include <libxml/tree.h>

#include "formats/internal.h"

/* What an element holds, hung into node->_private. Sizes count characters that are not white space. */
struct facts {
    uint32_t text, link_text, links;
    bool dropped; /* not of the release: navigation, scripts, readings */
    bool heading; /* holds h1 or h2 */
};

struct page {
    htmlDocPtr document;
    ty_arena *arena;
    xmlNodePtr body;
};

static inline bool is_element(const xmlNode *node)
{
    return node->type == XML_ELEMENT_NODE;
}
static inline bool is_text(const xmlNode *node)
{
    return node->type == XML_TEXT_NODE || node->type == XML_CDATA_SECTION_NODE;
}
bool ty_html_is_named(const xmlNode *node, const char *name);
/* Is the element's name in the list, words separated by blanks? */
bool ty_html_is_one_of(const xmlNode *node, const char *names);
bool ty_html_is_block(const xmlNode *node);
bool ty_html_is_heading(const xmlNode *node);
/* The value, borrowed from the tree; empty where there is none. */
ty_slice ty_html_attribute(const xmlNode *node, const char *name);
/* The node after `node` in document order within `root`, children included or not; NULL at the end. */
xmlNodePtr ty_html_next_node(xmlNodePtr node, const xmlNode *root, bool into);
struct facts *ty_html_facts_of(const xmlNode *node);
/* Characters that are not white space. */
size_t ty_html_count_characters(ty_slice text);

/* html_facts.c */
ty_status ty_html_find_facts(struct page *page, ty_error *error);
/* html_region.c */
xmlNodePtr ty_html_find_region(const struct page *page);
/* html_text.c */
ty_status ty_html_add_region_text(const struct page *page, xmlNodePtr region, ty_buffer *out,
                                  ty_error *error);
/* The text of one element on one line. */
void ty_html_add_inline_text(xmlNodePtr node, ty_buffer *out);

/* html.c: `text` is UTF-8. */
ty_status ty_html_to_document(ty_slice text, const char *path, ty_document *out, ty_error *error);
/* The encoding that <meta> or an XML declaration names, or "". */
void ty_html_declared_encoding(ty_slice bytes, char *name, size_t size);

#endif
