/* SPDX-License-Identifier: Apache-2.0 */
/* A page as a whole: parsing without side effects, metadata, the text. */
#include <libxml/SAX2.h>
#include <libxml/parserInternals.h>
#include <stdio.h>

#include "formats/documents/html.h"
#include "formats/documents/reader.h"

/* ------------------------------------------------------------------------------------------ encoding */

enum { SEARCHED = 4096 }; /* browsers look at 1024 bytes; old pages have long comments */

static size_t find_nocase(ty_slice text, const char *needle, size_t from)
{
    size_t size = strlen(needle);
    for (; from + size <= text.size; from++)
        if (ty_slice_equal_nocase((ty_slice){text.data + from, size}, (ty_slice){needle, size}))
            return from;
    return SIZE_MAX;
}

void ty_html_declared_encoding(ty_slice bytes, char *name, size_t size)
{
    ty_xml_declared_encoding(bytes, name, size);
    ty_slice head = ty_slice_sub(bytes, 0, SEARCHED);
    for (size_t at = 0; !name[0] && (at = find_nocase(head, "<meta", at)) != SIZE_MAX; at++) {
        size_t end = find_nocase(head, ">", at), found = find_nocase(head, "charset", at);
        if (found == SIZE_MAX || found > end)
            continue;
        found += strlen("charset");
        while (found < end && strchr(" \t\r\n=\"'", head.data[found]))
            found++;
        size_t stop = found;
        while (stop < end && stop < head.size && !strchr(" \t\r\n;\"'/>", head.data[stop]))
            stop++;
        if (stop > found && stop - found < size)
            snprintf(name, size, "%.*s", (int)(stop - found), head.data + found);
    }
}

/* ------------------------------------------------------------------------------------------ page */

static xmlNodePtr find_body(htmlDocPtr document)
{
    xmlNodePtr root = xmlDocGetRootElement(document);
    for (xmlNodePtr node = root; node; node = ty_html_next_node(node, root, true))
        if (ty_html_is_named(node, "body"))
            return node;
    return root;
}

/* Old pages leave elements open, line after line; a page that nests deeper than this is none. */
enum { DEEPEST = 20000 };

/* Why a page was not read to its end. */
typedef struct stopped {
    bool too_deep, no_memory;
} stopped;

/* Faults of the page are none of ours. */
static void be_silent(void *context, xmlErrorPtr fault)
{
}

static void on_start(void *context, const xmlChar *name, const xmlChar **attributes)
{
    htmlParserCtxtPtr parser = context;
    stopped *why = parser->_private;
    xmlSAX2StartElement(context, name, attributes);
    if (parser->nodeNr <= DEEPEST)
        return;
    why->too_deep = true;
    xmlStopParser(parser);
}

/* All of the text is there: libxml2 2.9 asks for more at its end all the same, and for memory to put that in.
 */
static bool is_set_up(htmlParserCtxtPtr context)
{
    htmlCtxtUseOptions(context, HTML_PARSE_RECOVER | HTML_PARSE_NONET | HTML_PARSE_NOERROR |
                                    HTML_PARSE_NOWARNING | HTML_PARSE_NODEFDTD);
    context->options |= XML_PARSE_HUGE; /* or libxml2 stops at 256 levels, without a word */
    if (xmlSwitchToEncoding(context, xmlFindCharEncodingHandler("UTF-8")) < 0)
        return false;
    context->input->encoding = xmlStrdup(BAD_CAST "UTF-8"); /* whatever the page says */
    context->input->buf->readcallback = NULL;
    return context->input->encoding != NULL;
}

static htmlDocPtr parse_watched(ty_slice text, stopped *why)
{
    htmlParserCtxtPtr context = htmlCreateMemoryParserCtxt(text.data, (int)text.size);
    if (!context || !is_set_up(context)) {
        htmlFreeParserCtxt(context);
        why->no_memory = true;
        return NULL;
    }
    context->sax->serror = be_silent;
    context->sax->startElement = on_start;
    context->_private = why;
    htmlParseDocument(context);
    htmlDocPtr document = context->myDoc;
    context->myDoc = NULL;
    htmlFreeParserCtxt(context);
    return document;
}

static htmlDocPtr parse(ty_slice text, stopped *why)
{
    struct xml_memory memory;
    ty_xml_memory_watch(&memory);
    htmlDocPtr document = text.size && text.size <= INT32_MAX ? parse_watched(text, why) : NULL;
    why->no_memory |= !ty_xml_memory_sufficed(&memory);
    return document;
}

static ty_status read_page(ty_slice text, const char *path, bool whole, ty_document *out, ty_error *error)
{
    ty_xml_start_library();
    stopped why = {0};
    ty_status limits = ty_html_check_limits(text, path, error);
    if (limits != TY_OK)
        return limits;
    struct page page = {.document = parse(text, &why), .whole = whole};
    if (why.too_deep || why.no_memory) {
        xmlFreeDoc(page.document);
        return why.no_memory ? ty_error_nomem(error)
                             : ty_error_set(error, TY_ERR_LIMIT,
                                            "elements of the page nest deeper than %d levels", DEEPEST);
    }
    if (!page.document)
        return ty_error_set(error, TY_ERR_FORMAT, "the page cannot be read as HTML");
    ty_arena facts = {0};
    page.arena = &facts;
    page.body = find_body(page.document);
    ty_status status = page.body ? ty_html_find_facts(&page, error) : TY_OK;
    if (status == TY_OK && page.body) {
        xmlNodePtr region = ty_html_find_region(&page);
        status = ty_html_add_region_text(&page, region, &out->text, error);
        ty_html_take_metadata(&page, region, out);
    }
    if (status == TY_OK && !out->text.size)
        status = ty_error_set(error, TY_ERR_FORMAT, "the page holds no text");
    if (status == TY_OK && (out->meta.failed || facts.failed))
        status = ty_error_nomem(error);
    out->blank_lines = true;
    ty_arena_release(&facts);
    xmlFreeDoc(page.document);
    return status;
}

ty_status ty_html_to_document(ty_slice text, const char *path, ty_document *out, ty_error *error)
{
    return read_page(text, path, false, out, error);
}

ty_status ty_html_to_whole_document(ty_slice text, const char *path, ty_document *out, ty_error *error)
{
    return read_page(text, path, true, out, error);
}

/* ------------------------------------------------------------------------------------------ the format */

/* Pages without a head of their own: any tag that only HTML has. */
static bool looks_html(ty_slice text)
{
    static const char *const tags[] = {"html", "head", "body", "p>", "p ", "div", "br", "h1", "table"};
    unsigned found = 0;
    for (size_t at = 0; (at = ty_slice_find(text, TY_SLICE("<"), at)) != SIZE_MAX;) {
        ty_slice rest = ty_slice_sub(text, ++at, text.size);
        for (size_t i = 0; i < sizeof tags / sizeof *tags; i++)
            if (ty_slice_equal_nocase(ty_slice_sub(rest, 0, strlen(tags[i])), ty_slice_of(tags[i])))
                found |= 1U << i;
    }
    bool several = found & (found - 1);
    return several || (found && ty_slice_starts(text, TY_SLICE("<")));
}

static int bid(const struct head *head)
{
    if (ty_head_bid_root(head, "html"))
        return BID_ROOT;
    bool marked = ty_slice_starts(head->text, TY_SLICE("<"));
    if (marked && ty_head_says(ty_slice_sub(head->text, 0, 1024), "<!doctype html"))
        return BID_ROOT - 1;
    return looks_html(head->text) ? BID_TAGS : BID_NONE;
}

static ty_status read_document(struct reading *reading, ty_slice bytes, ty_error *error)
{
    return ty_document_read_page(reading, bytes, NULL, error);
}

const struct format ty_html_format = {.name = "html",
                                      .also = "htm",
                                      .label = N_("an HTML page"),
                                      .endings = ".html .htm .xhtml",
                                      .gives = TY_GIVES_DOCUMENT,
                                      .bid = bid,
                                      .read = read_document};
