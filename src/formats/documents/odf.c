/* SPDX-License-Identifier: Apache-2.0 */
/*
 * ODT and ODP (OASIS OpenDocument 1.3): content.xml, notes before the paragraph they belong to. What is
 * deleted, hidden, a reading, a remark, or an index is no text.
 */
#include "formats/documents/office.h"

struct odf {
    struct office office;
    ty_strings hidden; /* names of styles */
    ty_buffer style;   /* the one being declared */
};

static bool is_left_out(const xmlChar *name)
{
    static const char *const names[] = {
        "ruby-text",   "tracked-changes",    "annotation",    "table-of-content",
        "hidden-text", "hidden-paragraph",   "note-citation", "alphabetical-index",
        "page-number", "sequence-decls",     "forms",         "notes",
        "table-index", "illustration-index", "desc",          "title"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (ty_office_is(name, names[i]))
            return true;
    return false;
}

static void note_hidden(struct odf *odf)
{
    if (ty_strings_add(&odf->hidden, ty_buffer_slice(&odf->style)) == TY_STRINGS_NONE)
        ty_xml_fail(&odf->office.xml, TY_ERR_NOMEM, "out of memory");
}

static void on_style(struct odf *odf, const xmlChar *name, int count, const xmlChar **attributes)
{
    if (ty_office_is(name, "style")) {
        ty_buffer_clear(&odf->style);
        ty_buffer_add(&odf->style, ty_xml_attribute_value(count, attributes, "name"));
    } else if (ty_office_is(name, "text-properties") && odf->style.size &&
               ty_slice_equal(ty_xml_attribute_value(count, attributes, "display"), TY_SLICE("none")))
        note_hidden(odf);
}

static bool is_paragraph(const xmlChar *name)
{
    return ty_office_is(name, "p") || ty_office_is(name, "h");
}

static void on_text(struct odf *odf, const xmlChar *name)
{
    struct office *office = &odf->office;
    if (is_paragraph(name)) {
        ty_office_begin_paragraph(office);
        if (ty_office_is(name, "h") && office->depth)
            ty_office_paragraph(office)->heading = true;
    } else if (ty_office_is(name, "s") || ty_office_is(name, "tab"))
        ty_office_add(office, TY_SLICE(" "));
    else if (ty_office_is(name, "line-break"))
        ty_office_break(office);
    else if (ty_office_is(name, "table-row"))
        ty_office_begin_row(office);
    else if (ty_office_is(name, "table-cell"))
        ty_office_begin_cell(office);
}

static void on_start(void *context, const xmlChar *name, const xmlChar *prefix, const xmlChar *uri,
                     int namespaces, const xmlChar **declared, int count, int defaulted,
                     const xmlChar **attributes)
{
    struct odf *odf = context;
    ty_slice style = ty_xml_attribute_value(count, attributes, "style-name");
    bool hidden = style.size && ty_strings_find(&odf->hidden, style) != TY_STRINGS_NONE;
    if (ty_office_skips(&odf->office, hidden || is_left_out(name)))
        return;
    on_style(odf, name, count, attributes);
    on_text(odf, name);
}

static void on_end(void *context, const xmlChar *name, const xmlChar *prefix, const xmlChar *uri)
{
    struct odf *odf = context;
    if (!ty_office_leaves(&odf->office))
        return;
    if (is_paragraph(name))
        ty_office_end_paragraph(&odf->office);
    else if (ty_office_is(name, "table-cell"))
        ty_office_end_cell(&odf->office);
    else if (ty_office_is(name, "style"))
        ty_buffer_clear(&odf->style);
}

static void on_characters(void *context, const xmlChar *text, int size)
{
    struct odf *odf = context;
    if (!odf->office.skipped)
        ty_office_add(&odf->office, (ty_slice){(const char *)text, (size_t)size});
}

static ty_status read_document(struct package *package, ty_document *out, ty_error *error)
{
    struct odf odf = {.office = {.package = package, .out = out}};
    odf.office.xml.handlers.startElementNs = on_start;
    odf.office.xml.handlers.endElementNs = on_end;
    odf.office.xml.handlers.characters = on_characters;
    ty_status status = ty_office_parse(&odf.office, TY_SLICE("content.xml"), error);
    if (status == TY_OK)
        status = ty_office_read_metadata(package, TY_SLICE("meta.xml"), out, error);
    ty_office_release(&odf.office);
    ty_strings_release(&odf.hidden);
    ty_buffer_release(&odf.style);
    return status;
}

/* ------------------------------------------------------------------------------------------ the format */

static int bid_odt(const struct head *head)
{
    return ty_head_bid_package(head, "opendocument.text", BID_ARCHIVE + 1);
}

static int bid_odp(const struct head *head)
{
    return ty_head_bid_package(head, "opendocument.presentation", BID_ARCHIVE + 1);
}

static ty_status read_bytes(struct reading *reading, ty_slice bytes, ty_error *error)
{
    return ty_office_read(reading, bytes, read_document, error);
}

const struct format ty_odt_format = {.name = "odt",
                                     .label = N_("an OpenDocument text (ODT)"),
                                     .endings = ".odt",
                                     .gives = TY_GIVES_DOCUMENT,
                                     .bid = bid_odt,
                                     .read = read_bytes};

const struct format ty_odp_format = {.name = "odp",
                                     .label = N_("an OpenDocument presentation (ODP)"),
                                     .endings = ".odp",
                                     .gives = TY_GIVES_DOCUMENT,
                                     .bid = bid_odp,
                                     .read = read_bytes};
