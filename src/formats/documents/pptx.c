/* SPDX-License-Identifier: Apache-2.0 */
/* PPTX (ECMA-376 part 1, PresentationML): the slides in their order, those that are hidden left out. */
#include <stdlib.h>

#include "formats/documents/office.h"

/* ------------------------------------------------------------------------------------------ a slide */

static void on_start(void *context, const xmlChar *name, const xmlChar *prefix, const xmlChar *uri,
                     int namespaces, const xmlChar **declared, int count, int defaulted,
                     const xmlChar **attributes)
{
    struct office *office = context;
    ty_slice shown = ty_xml_attribute_value(count, attributes, "show");
    bool hidden = ty_office_is(name, "sld") &&
                  (ty_slice_equal(shown, TY_SLICE("0")) || ty_slice_equal(shown, TY_SLICE("false")));
    bool number = ty_office_is(name, "fld"); /* the slide's number, the date of the day */
    if (ty_office_skips(office, hidden || number || ty_office_is(name, "Fallback")))
        return;
    if (ty_office_is(name, "p"))
        ty_office_begin_paragraph(office);
    else if (ty_office_is(name, "t"))
        office->text = true;
    else if (ty_office_is(name, "br"))
        ty_office_break(office);
    else if (ty_office_is(name, "tr"))
        ty_office_begin_row(office);
    else if (ty_office_is(name, "tc"))
        ty_office_begin_cell(office);
}

static void on_end(void *context, const xmlChar *name, const xmlChar *prefix, const xmlChar *uri)
{
    struct office *office = context;
    if (!ty_office_leaves(office))
        return;
    if (ty_office_is(name, "p"))
        ty_office_end_paragraph(office);
    else if (ty_office_is(name, "t"))
        office->text = false;
    else if (ty_office_is(name, "tc"))
        ty_office_end_cell(office);
}

static void on_characters(void *context, const xmlChar *text, int size)
{
    struct office *office = context;
    if (office->text && !office->skipped)
        ty_office_add(office, (ty_slice){(const char *)text, (size_t)size});
}

/* ------------------------------------------------------------------------------------------ the order */

struct order {
    struct xml_parser xml;
    ty_slices ids; /* of links */
    ty_arena arena;
};

static void on_slide_id(void *context, const xmlChar *name, const xmlChar *prefix, const xmlChar *uri,
                        int namespaces, const xmlChar **declared, int count, int defaulted,
                        const xmlChar **attributes)
{
    struct order *order = context;
    if (!ty_office_is(name, "sldId"))
        return;
    for (int i = 0; i < count; i++) {
        struct xml_attribute attribute = xml_attribute_at(attributes, i);
        bool link = attribute.uri && strstr(attribute.uri, "relationships");
        if (link && !ty_vector_push(&order->ids, ty_arena_copy(&order->arena, attribute.value)))
            ty_xml_fail(&order->xml, TY_ERR_NOMEM, "out of memory");
    }
}

static ty_status read_slides(struct office *office, ty_slice main_part, const struct order *order,
                             ty_error *error)
{
    struct package_links links;
    ty_status status = ty_package_links(office->package, main_part, &links, error);
    for (size_t i = 0; i < order->ids.count && status == TY_OK; i++) {
        ty_slice slide = ty_package_link_by_id(&links, order->ids.items[i]);
        if (slide.size && ty_package_has(office->package, slide))
            status = ty_office_parse(office, slide, error);
    }
    ty_package_links_release(&links);
    return status;
}

static ty_status read_document(struct package *package, ty_document *out, ty_error *error)
{
    struct office office = {.package = package, .out = out};
    struct order order = {.xml = {.error = error}};
    struct package_links links;
    office.xml.handlers.startElementNs = on_start;
    office.xml.handlers.endElementNs = on_end;
    office.xml.handlers.characters = on_characters;
    order.xml.handlers.startElementNs = on_slide_id;
    ty_status status = ty_package_links(package, TY_SLICE(""), &links, error);
    ty_slice main_part = ty_package_link_of_type(&links, "officeDocument");
    if (!main_part.size)
        main_part = TY_SLICE("ppt/presentation.xml");
    if (status == TY_OK)
        status = ty_package_parse(package, main_part, &order.xml);
    if (status == TY_OK)
        status = read_slides(&office, main_part, &order, error);
    if (status == TY_OK)
        status =
            ty_office_read_metadata(package, ty_package_link_of_type(&links, "core-properties"), out, error);
    ty_package_links_release(&links);
    ty_vector_release(&order.ids);
    ty_arena_release(&order.arena);
    ty_office_release(&office);
    return status;
}

/* ------------------------------------------------------------------------------------------ the format */

static int bid(const struct head *head)
{
    return ty_head_bid_package(head, "ppt/", BID_ARCHIVE);
}

static ty_status read_bytes(struct reading *reading, ty_slice bytes, ty_error *error)
{
    return ty_office_read(reading, bytes, read_document, error);
}

const struct format ty_pptx_format = {.name = "pptx",
                                      .label = N_("a PowerPoint file (PPTX)"),
                                      .endings = ".pptx",
                                      .gives = TY_GIVES_DOCUMENT,
                                      .bid = bid,
                                      .read = read_bytes};
