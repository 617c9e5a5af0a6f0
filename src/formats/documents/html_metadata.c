/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What a page says of itself: title, date, address, agency, and where it stands in other languages. From its
 * meta elements and links, from linked data (JSON-LD, schema.org), from <time>, from its title.
 */
#include <stdio.h>

#include "formats/documents/html.h"
#include "formats/documents/reader.h"

/* ------------------------------------------------------------------------------------------ dates */

/* YYYY-MM-DD at the start of an ISO 8601 date, with hyphens or without. */
static ty_slice iso_date(ty_document *out, ty_slice value)
{
    char date[11];
    int year, month, day, length = 0;
    char text[32];
    snprintf(text, sizeof text, "%.*s", TY_SLICE_FORMAT(ty_slice_sub(ty_slice_trim(value), 0, 10)));
    if (sscanf(text, "%4d-%2d-%2d%n", &year, &month, &day, &length) != 3 &&
        sscanf(text, "%4d/%2d/%2d%n", &year, &month, &day, &length) != 3 &&
        sscanf(text, "%4d%2d%2d%n", &year, &month, &day, &length) != 3)
        return (ty_slice){"", 0};
    if (year < 1800 || year > 9999 || month < 1 || month > 12 || day < 1 || day > 31)
        return (ty_slice){"", 0};
    snprintf(date, sizeof date, "%04u-%02u-%02u", (unsigned)year % 10000u, (unsigned)month % 100u,
             (unsigned)day % 100u);
    return ty_arena_copy(&out->meta, ty_slice_of(date));
}

/* ------------------------------------------------------------------------------------------ meta, links */

static bool is_named_so(ty_slice name, const char *const *names)
{
    for (; *names; names++)
        if (ty_slice_equal_nocase(name, ty_slice_of(*names)))
            return true;
    return false;
}

static void take_meta(xmlNodePtr node, ty_document *out)
{
    static const char *const dates[] = {"article:published_time",
                                        "datepublished",
                                        "date",
                                        "dc.date",
                                        "dcterms.issued",
                                        "dcterms.date",
                                        "pubdate",
                                        "dc.date.issued",
                                        "dcterms.created",
                                        "publishdate",
                                        "citation_date",
                                        "release-date",
                                        NULL};
    static const char *const agencies[] = {
        "og:site_name", "dc.publisher",     "dcterms.publisher", "citation_publisher",
        "publisher",    "copyright-holder", "application-name",  NULL};
    ty_slice name = ty_html_attribute(node, "property"), content = ty_html_attribute(node, "content");
    if (!name.size)
        name = ty_html_attribute(node, "name");
    if (!name.size)
        name = ty_html_attribute(node, "itemprop");
    if (!out->date.size && is_named_so(name, dates))
        out->date = iso_date(out, content);
    if (!out->agency.size && is_named_so(name, agencies))
        out->agency = ty_document_keep(out, content);
    if (!out->url.size && ty_slice_equal_nocase(name, TY_SLICE("og:url")))
        out->url = ty_document_keep(out, content);
    if (!out->lang.size &&
        ty_slice_equal_nocase(ty_html_attribute(node, "http-equiv"), TY_SLICE("content-language")))
        out->lang = ty_document_keep(out, content);
}

static bool has_scheme(ty_slice address)
{
    size_t colon = ty_slice_find(address, TY_SLICE("://"), 0);
    return colon != SIZE_MAX && colon < 8;
}

/* A canonical address without a host says less than another with one. */
static void take_canonical(xmlNodePtr node, ty_document *out)
{
    ty_slice address = ty_html_attribute(node, "href");
    if (has_scheme(ty_slice_trim(address)) || !out->url.size)
        out->url = ty_document_keep(out, address);
}

/* "English", 日本語: a link that says only a language leads to the page in it. */
static bool says_language(xmlNodePtr link)
{
    static const char *const names[] = {"english",
                                        "english page",
                                        "english version",
                                        "in english",
                                        "japanese",
                                        "日本語",
                                        "日本語版",
                                        "日本語ページ",
                                        "英語",
                                        "英語版",
                                        "英語版はこちら",
                                        "英語ページ",
                                        "日本語版はこちら",
                                        "和文",
                                        "英文",
                                        "en",
                                        "eng",
                                        "ja",
                                        "jp",
                                        NULL};
    ty_buffer text = {0};
    ty_html_add_inline_text(link, &text);
    bool says = is_named_so(ty_slice_trim(ty_buffer_slice(&text)), names);
    ty_buffer_release(&text);
    return says;
}

static void take_other_language(xmlNodePtr node, ty_document *out)
{
    ty_slice address = ty_slice_trim(ty_html_attribute(node, "href"));
    bool link = ty_html_is_named(node, "link"), anchor = ty_html_is_named(node, "a");
    bool told = ty_html_has_attribute(node, "hreflang") &&
                (anchor || ty_slice_equal_nocase(ty_html_attribute(node, "rel"), TY_SLICE("alternate")));
    bool leads = address.size && address.data[0] != '#' && (link || anchor);
    if (!leads || !(told || (anchor && says_language(node))))
        return;
    address = ty_document_keep(out, address);
    if (!ty_vector_push(&out->other_languages, address))
        out->meta.failed = true;
}

/* ------------------------------------------------------------------------------------------ linked data */

/*
 * The string that follows a key of JSON, at or behind *at, escapes left as they are. Linked data of pages is
 * often no JSON to the letter, so it is not parsed.
 */
static ty_slice json_string(ty_slice json, const char *key, size_t *at)
{
    char quoted[40];
    snprintf(quoted, sizeof quoted, "\"%s\"", key);
    size_t found = ty_slice_find(json, ty_slice_of(quoted), *at);
    if (found == SIZE_MAX)
        return (ty_slice){"", 0};
    *at = found += strlen(quoted);
    while (found < json.size && strchr(" \t\r\n:[", json.data[found]) && json.data[found])
        found++;
    if (found >= json.size || json.data[found] != '"')
        return (ty_slice){"", 0};
    size_t end = ++found;
    while (end < json.size && json.data[end] != '"')
        end += json.data[end] == '\\' ? 2 : 1;
    return ty_slice_sub(json, found, end);
}

/* \u8cc7 and the like. */
static ty_slice unescaped(ty_slice text, ty_document *out)
{
    ty_buffer plain = {0};
    for (size_t i = 0; i < text.size; i++) {
        unsigned code = 0;
        bool escape = text.data[i] == '\\' && i + 1 < text.size;
        if (escape && text.data[i + 1] == 'u' && i + 5 < text.size &&
            sscanf(text.data + i + 2, "%4x", &code) == 1 && code >= 0x20 &&
            (code < 0xD800 || code > 0xDFFF)) {
            ty_utf8_add(&plain, code);
            i += 5;
        } else if (escape)
            ty_buffer_add_char(&plain, text.data[++i]);
        else
            ty_buffer_add_char(&plain, text.data[i]);
    }
    out->meta.failed |= plain.failed;
    ty_slice kept = ty_document_keep(out, ty_buffer_slice(&plain));
    ty_buffer_release(&plain);
    return kept;
}

static void take_linked_data(xmlNodePtr script, ty_document *out)
{
    if (!script->children || !script->children->content)
        return;
    ty_slice json = ty_slice_of((const char *)script->children->content);
    size_t date = 0, publisher = ty_slice_find(json, TY_SLICE("\"publisher\""), 0);
    if (!out->date.size)
        out->date = iso_date(out, json_string(json, "datePublished", &date));
    if (publisher == SIZE_MAX)
        publisher = ty_slice_find(json, TY_SLICE("\"sourceOrganization\""), 0);
    if (publisher == SIZE_MAX)
        return;
    ty_slice name = json_string(json, "name", &publisher);
    if (name.size)
        out->agency = unescaped(name, out); /* more exact than the name of the site */
}

/* ------------------------------------------------------------------------------------------ title */

static ty_slice text_of(ty_document *out, xmlNodePtr node)
{
    ty_buffer text = {0};
    ty_html_add_inline_text(node, &text);
    ty_slice kept = ty_document_keep(out, ty_buffer_slice(&text));
    ty_buffer_release(&text);
    return kept;
}

/* "Headline | Ministry of Defense": what is behind the headline in the title of the page. */
static void take_agency_of_title(ty_slice title, ty_document *out)
{
    static const char *const bars[] = {" | ", "｜", " – ", " - ", " — ", " : ", "|", " < ", " « "};
    if (out->agency.size || !ty_slice_starts(title, out->title) || title.size <= out->title.size)
        return;
    ty_slice rest = ty_slice_sub(title, out->title.size, title.size), last = {"", 0};
    for (size_t i = 0; i < sizeof bars / sizeof *bars && !last.size; i++)
        for (size_t at = 0; (at = ty_slice_find(rest, ty_slice_of(bars[i]), at)) != SIZE_MAX;)
            last = ty_slice_sub(rest, at += strlen(bars[i]), rest.size);
    out->agency = ty_document_keep(out, last);
}

/* The first heading of the release, else the title of the page. */
static void take_title(const struct page *page, xmlNodePtr region, ty_document *out)
{
    ty_slice whole = {"", 0};
    for (xmlNodePtr node = region; node && !out->title.size;) {
        bool open = is_element(node) && ty_html_facts_of(node) && !ty_html_facts_of(node)->dropped;
        if (open && ty_html_is_one_of(node, "h1 h2"))
            out->title = text_of(out, node);
        node = ty_html_next_node(node, region, open);
    }
    xmlNodePtr root = xmlDocGetRootElement(page->document);
    for (xmlNodePtr node = root; node && !whole.size; node = ty_html_next_node(node, root, true))
        if (ty_html_is_named(node, "title"))
            whole = text_of(out, node);
    if (out->title.size)
        take_agency_of_title(whole, out);
    else
        out->title = whole;
}

/* ------------------------------------------------------------------------------------------ all of it */

void ty_html_take_metadata(const struct page *page, xmlNodePtr region, ty_document *out)
{
    xmlNodePtr root = xmlDocGetRootElement(page->document);
    out->lang = ty_document_keep(out, ty_html_attribute(root, "lang"));
    for (xmlNodePtr node = root; node; node = ty_html_next_node(node, root, true)) {
        if (!is_element(node))
            continue;
        if (ty_html_is_named(node, "meta"))
            take_meta(node, out);
        if (ty_html_is_named(node, "link") &&
            ty_slice_equal_nocase(ty_html_attribute(node, "rel"), TY_SLICE("canonical")))
            take_canonical(node, out);
        if (ty_html_is_named(node, "script") &&
            ty_slice_equal_nocase(ty_html_attribute(node, "type"), TY_SLICE("application/ld+json")))
            take_linked_data(node, out);
        take_other_language(node, out);
    }
    for (xmlNodePtr node = region; node && !out->date.size; node = ty_html_next_node(node, region, true))
        if (ty_html_is_named(node, "time"))
            out->date = iso_date(out, ty_html_attribute(node, "datetime"));
    take_title(page, region, out);
}
