/* SPDX-License-Identifier: Apache-2.0 */
/*
 * html - a page to the text of the release in it, in three steps: what each element holds and what is no
 * text of a release (html_facts.c, with what names say: html_names.c), which part of the page is the release
 * (html_region.c), its text paragraph by paragraph (html_text.c). html.c holds them together and reads the
 * metadata.
 */
#ifndef TY_FORMATS_HTML_H
#define TY_FORMATS_HTML_H

#include <libxml/HTMLparser.h>
#include <libxml/tree.h>

#include "formats/internal.h"

/* What an element holds, hung into node->_private. Sizes count characters that are not white space. */
struct facts {
    uint32_t text, link_text, links;
    uint8_t aside; /* level of a heading below which all is of other pages ("Related links"); 0: none */
    bool dropped;  /* not of the release: navigation, scripts, readings */
    bool heading;  /* holds h1 or h2 */
    bool headline; /* holds the headline of the page */
    bool inside;   /* of main or article */
    /* Is it, or what it is in, named otherwise (ty_html_is_named_otherwise)? Asked once a count. */
    enum { NAMED_UNASKED, NAMED_OTHERWISE, NAMED_SO } named;
};

struct page {
    htmlDocPtr document;
    ty_arena *arena;
    xmlNodePtr body;
    /* The heading that the title names, or else the first h1 or h2 to be seen; NULL where there is none. */
    xmlNodePtr headline;
    bool whole; /* a document, not a page of a site: all of it is text, but for what is never seen */
};

/* ------------------------------------------------------------------------------------------ html_limits.c */

/* TY_ERR_LIMIT, with the line, for what libxml2 would need more than its share of time for. */
ty_status ty_html_check_limits(ty_slice text, const char *path, ty_error *error);

/* ------------------------------------------------------------------------------------------ html_nodes.c */

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
/* 1 to 6, or 0. */
unsigned ty_html_heading_level(const xmlNode *node);
bool ty_html_is_link(const xmlNode *node);
/* The value, borrowed from the tree; empty where there is none. */
ty_slice ty_html_attribute(const xmlNode *node, const char *name);
bool ty_html_has_attribute(const xmlNode *node, const char *name);
/* The node after `node` in document order within `root`, children included or not; NULL at the end. */
xmlNodePtr ty_html_next_node(xmlNodePtr node, const xmlNode *root, bool into);
/* Does it hold few nodes? What is looked at for each element of a page has to be, or deep nesting takes
 * hours. */
bool ty_html_is_small(const xmlNode *root);
struct facts *ty_html_facts_of(const xmlNode *node);
/* An element that was looked at and is of the release. */
bool ty_html_is_kept(const xmlNode *node);
/* Characters that are not white space. */
size_t ty_html_count_characters(ty_slice text);

/* ------------------------------------------------------------------------------------------ html_names.c */

/* What id and class say of a block. */
enum ty_html_hint {
    HTML_HINT_NONE,
    HTML_HINT_LINKS,   /* such, where it is of links */
    HTML_HINT_MAYBE,   /* navigation, teasers and the like, where it says little */
    HTML_HINT_NOT,     /* such, whatever it says */
    HTML_HINT_READERS, /* what readers say */
    HTML_HINT_CONTENT  /* where the release is */
};
enum ty_html_hint ty_html_hint_of(const xmlNode *node);
/* Is it hidden by attribute, style, or by what such classes are called everywhere? */
bool ty_html_is_hidden(const xmlNode *node);
/* Is the class one that marks of footnotes have? */
bool ty_html_is_note_class(const xmlNode *node);
/* Is the element for narrow screens, or for wide ones (class "sp", "pc")? */
bool ty_html_is_for_some_screens(const xmlNode *node);

/* ------------------------------------------------------------------------------------------ html_words.c */

/* Is the text one of the list, phrases with a bar between? */
bool ty_html_is_listed(ty_slice text, const char *list);
/* Does the heading announce other pages: "Related links", "Read next"? */
bool ty_html_is_aside_heading(ty_slice text);
/* A line with `linked` of its characters in links: does it lead elsewhere ("Back to top", "READ MORE: ...")
 * rather than tell something? */
bool ty_html_leads_elsewhere(ty_slice line, size_t characters, size_t linked);
/* Does the block ask to subscribe, to sign up, to become a member? */
bool ty_html_is_appeal(ty_slice text);
/* Does the paragraph ask to follow somebody, or for an address? */
bool ty_html_asks_to_follow(ty_slice text);
/* Is it nothing but the word that stands above an advertisement? */
bool ty_html_is_advert_label(ty_slice text);
/* Is the line what a page's own machinery says: "Image 1 of 5"? */
bool ty_html_is_control(ty_slice line);
/* Does the block say who runs the site, as the last one of a page does? */
bool ty_html_is_imprint(ty_slice text);
/* At the end of a text: is it of who wrote it, or owns it? */
bool ty_html_is_last_line(ty_slice line);

/* ------------------------------------------------------------------------------------------ the steps */

/* html_sight.c: facts for all elements, what is no text at sight dropped, text counted; the heading that the
 * page's title names is the headline. */
ty_status ty_html_look_at_all(struct page *page, ty_error *error);
/* Is nothing above the node dropped? */
bool ty_html_is_seen(const struct page *page, const xmlNode *node);
/* Is it within a block whose name says that it is no text of a release? */
bool ty_html_is_named_otherwise(const struct page *page, const xmlNode *node);
/* html_facts.c */
void ty_html_count_text(struct page *page);
/* Characters of an element that are in no link. */
uint32_t ty_html_own_text(const xmlNode *node);
ty_status ty_html_find_facts(struct page *page, ty_error *error);
/* html_region.c */
xmlNodePtr ty_html_find_region(const struct page *page);
/* Where the headline stands outside of the region: the block of it, with what introduces the text; else NULL.
 */
xmlNodePtr ty_html_find_head(const struct page *page, const xmlNode *region);
/* html_text.c */
ty_status ty_html_add_region_text(const struct page *page, xmlNodePtr region, ty_buffer *out,
                                  ty_error *error);
/* The text of one element on one line. */
void ty_html_add_inline_text(xmlNodePtr node, ty_buffer *out);
/* html_notes.c: the mark of a footnote, which is no part of the sentence; `before`: what stands before it. */
bool ty_html_is_footnote_mark(const xmlNode *node, ty_slice before);

/* ------------------------------------------------------------------------------------------ html_lines.c */

/* A line of a paragraph, up to a <br>; offsets into the text of the paragraph. */
struct html_line {
    size_t start, end;
    size_t characters, link_characters; /* without white space; of these, those of links */
    bool crumbs;                        /* links with > between them */
};
struct html_lines {
    struct html_line *items;
    size_t count, capacity;
    bool all; /* none is left out for what it says */
};

/* Adds the lines as paragraphs, joined where a <br> stands within a sentence; blank ones part paragraphs. */
void ty_html_add_lines(ty_slice text, const struct html_lines *lines, bool heading, ty_buffer *out);
/* Characters of scripts without spaces, and their punctuation. */
bool ty_html_is_unspaced(uint32_t code);
bool ty_html_is_wide_mark(uint32_t code);

/* html_metadata.c: title, date, address, agency, language, where the page stands in other languages. */
void ty_html_take_metadata(const struct page *page, xmlNodePtr region, ty_document *out);

/* html.c: `text` is UTF-8; of a page the release, of a document (a chapter, what was Markdown) all. */
ty_status ty_html_to_document(ty_slice text, const char *path, ty_document *out, ty_error *error);
ty_status ty_html_to_whole_document(ty_slice text, const char *path, ty_document *out, ty_error *error);
/* The encoding that <meta> or an XML declaration names, or "". */
void ty_html_declared_encoding(ty_slice bytes, char *name, size_t size);

#endif
