/* SPDX-License-Identifier: Apache-2.0 */
/* EPUB (EPUB 3.3, and 2): the chapters of the spine in their order, each read as a page. */
#include <stdlib.h>

#include "formats/documents/office.h"

struct item {
    ty_slice id, part;
    bool navigation;
};

struct epub {
    struct xml_parser xml;
    ty_buffer part; /* the package document, to which names are relative */
    struct {
        struct item *items;
        size_t count, capacity;
    } manifest;
    ty_slices spine; /* ids */
    ty_arena arena;
};

/* ------------------------------------------------------------------------------------------ the package */

static void on_container(void *context, const xmlChar *name, const xmlChar *prefix, const xmlChar *uri,
                         int namespaces, const xmlChar **declared, int count, int defaulted,
                         const xmlChar **attributes)
{
    struct epub *epub = context;
    if (ty_office_is(name, "rootfile") && !epub->part.size)
        ty_buffer_add(&epub->part, ty_xml_attribute_value(count, attributes, "full-path"));
}

static ty_slice part_of(struct epub *epub, ty_slice reference)
{
    ty_buffer name = {0};
    ty_package_resolve(ty_buffer_slice(&epub->part), reference, &name);
    ty_slice kept = ty_arena_copy(&epub->arena, ty_buffer_slice(&name));
    ty_buffer_release(&name);
    return kept;
}

static void on_package(void *context, const xmlChar *name, const xmlChar *prefix, const xmlChar *uri,
                       int namespaces, const xmlChar **declared, int count, int defaulted,
                       const xmlChar **attributes)
{
    struct epub *epub = context;
    bool good = true;
    if (ty_office_is(name, "item")) {
        ty_slice properties = ty_xml_attribute_value(count, attributes, "properties");
        struct item item = {.id =
                                ty_arena_copy(&epub->arena, ty_xml_attribute_value(count, attributes, "id")),
                            .part = part_of(epub, ty_xml_attribute_value(count, attributes, "href")),
                            .navigation = ty_slice_find(properties, TY_SLICE("nav"), 0) != SIZE_MAX};
        good = ty_vector_push(&epub->manifest, item);
    } else if (ty_office_is(name, "itemref") &&
               !ty_slice_equal(ty_xml_attribute_value(count, attributes, "linear"), TY_SLICE("no")))
        good = ty_vector_push(
            &epub->spine, ty_arena_copy(&epub->arena, ty_xml_attribute_value(count, attributes, "idref")));
    if (!good || epub->arena.failed)
        ty_xml_fail(&epub->xml, TY_ERR_NOMEM, "out of memory");
}

static ty_status read_package(struct epub *epub, struct package *package, ty_error *error)
{
    epub->xml.error = error;
    epub->xml.handlers.startElementNs = on_container;
    ty_status status = ty_package_parse(package, TY_SLICE("META-INF/container.xml"), &epub->xml);
    epub->xml = (struct xml_parser){.error = error};
    epub->xml.handlers.startElementNs = on_package;
    return status == TY_OK ? ty_package_parse(package, ty_buffer_slice(&epub->part), &epub->xml) : status;
}

/* ------------------------------------------------------------------------------------------ chapters */

static const struct item *find_item(const struct epub *epub, ty_slice id)
{
    for (size_t i = 0; i < epub->manifest.count; i++)
        if (ty_slice_equal(epub->manifest.items[i].id, id))
            return &epub->manifest.items[i];
    return NULL;
}

/* A chapter without text, as a cover is, says nothing. */
static ty_status read_chapter(struct package *package, ty_slice part, ty_document *out, ty_error *error)
{
    ty_buffer bytes = {0}, page = {0};
    ty_decoded decoded;
    ty_status status = ty_package_read(package, part, &bytes, error);
    if (status == TY_OK)
        status =
            ty_text_decode_as(ty_buffer_slice(&bytes), &(ty_decoding){.mend = true}, &page, &decoded, error);
    if (status == TY_OK)
        status = ty_html_to_whole_document(ty_buffer_slice(&page), "", out, NULL);
    ty_buffer_release(&bytes);
    ty_buffer_release(&page);
    return status == TY_ERR_FORMAT ? TY_OK : status;
}

static ty_status read_spine(const struct epub *epub, struct package *package, ty_document *out,
                            ty_error *error)
{
    ty_status status = TY_OK;
    for (size_t i = 0; i < epub->spine.count && status == TY_OK; i++) {
        const struct item *item = find_item(epub, epub->spine.items[i]);
        if (item && !item->navigation && ty_package_has(package, item->part))
            status = read_chapter(package, item->part, out, error);
    }
    return status;
}

static ty_status read_document(struct package *package, ty_document *out, ty_error *error)
{
    struct epub epub = {0};
    ty_status status = read_package(&epub, package, error);
    if (status == TY_OK)
        status = ty_office_read_metadata(package, ty_buffer_slice(&epub.part), out, error);
    ty_slice title = out->title;
    if (status == TY_OK)
        status = read_spine(&epub, package, out, error);
    out->title = title.size ? title : out->title;
    ty_buffer_release(&epub.part);
    ty_vector_release(&epub.manifest);
    ty_vector_release(&epub.spine);
    ty_arena_release(&epub.arena);
    return status;
}

/* ------------------------------------------------------------------------------------------ the format */

static int bid(const struct head *head)
{
    return ty_head_bid_package(head, "application/epub+zip", BID_ARCHIVE + 1);
}

static ty_status read_bytes(struct reading *reading, ty_slice bytes, ty_error *error)
{
    return ty_office_read(reading, bytes, read_document, error);
}

const struct format ty_epub_format = {.name = "epub",
                                      .label = N_("an EPUB book"),
                                      .endings = ".epub",
                                      .gives = TY_GIVES_DOCUMENT,
                                      .bid = bid,
                                      .read = read_bytes};
