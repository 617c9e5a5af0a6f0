/* SPDX-License-Identifier: Apache-2.0 */
/*
 * DOCX (ECMA-376 part 1, WordprocessingML): the body, then footnotes and endnotes. What is deleted, hidden, a
 * field's code, a reading above its base, an older program's copy, a table of contents, or in headers and
 * footers is no text.
 */
#include "formats/documents/office.h"

struct docx {
    struct office office;
    bool run, hidden; /* in a run; which is hidden */
    bool kept_note;   /* in a footnote that is no separator */
};

static bool is_on(int count, const xmlChar **attributes)
{
    ty_slice value = ty_xml_attribute_value(count, attributes, "val");
    return !ty_slice_equal(value, TY_SLICE("0")) && !ty_slice_equal_nocase(value, TY_SLICE("false")) &&
           !ty_slice_equal_nocase(value, TY_SLICE("off"));
}

static bool is_left_out(const xmlChar *name)
{
    static const char *const names[] = {"del",     "moveFrom", "rt",    "Fallback",  "instrText", "delText",
                                        "tblPrEx", "sectPr",   "numPr", "rPrChange", "pPrChange"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (ty_office_is(name, names[i]))
            return true;
    return false;
}

/* "Heading1", "Title", and what other languages call them, are seen by their level in the style's id. */
static void take_style(struct docx *docx, ty_slice style)
{
    struct office_paragraph *paragraph = ty_office_paragraph(&docx->office);
    if (!paragraph)
        return;
    paragraph->heading |= ty_slice_equal_nocase(ty_slice_sub(style, 0, 7), TY_SLICE("heading")) ||
                          ty_slice_equal_nocase(style, TY_SLICE("title")) ||
                          (style.size == 1 && style.data[0] >= '1' && style.data[0] <= '6');
    paragraph->left_out |= ty_slice_equal_nocase(ty_slice_sub(style, 0, 3), TY_SLICE("toc"));
}

static void on_mark(struct docx *docx, const xmlChar *name, int count, const xmlChar **attributes)
{
    struct office *office = &docx->office;
    if (ty_office_is(name, "pStyle"))
        take_style(docx, ty_xml_attribute_value(count, attributes, "val"));
    else if ((ty_office_is(name, "vanish") || ty_office_is(name, "webHidden")) && docx->run)
        docx->hidden |= is_on(count, attributes);
    else if (docx->hidden)
        return;
    else if (ty_office_is(name, "br") || ty_office_is(name, "cr"))
        ty_office_break(office);
    else if (ty_office_is(name, "tab") && docx->run)
        ty_office_add(office, TY_SLICE(" "));
    else if (ty_office_is(name, "noBreakHyphen"))
        ty_office_add(office, TY_SLICE("-"));
}

static void on_start(void *context, const xmlChar *name, const xmlChar *prefix, const xmlChar *uri,
                     int namespaces, const xmlChar **declared, int count, int defaulted,
                     const xmlChar **attributes)
{
    struct docx *docx = context;
    struct office *office = &docx->office;
    ty_slice kind = ty_xml_attribute_value(count, attributes, "type");
    bool note = ty_office_is(name, "footnote") || ty_office_is(name, "endnote");
    if (ty_office_skips(office, is_left_out(name) ||
                                    (note && kind.size && !ty_slice_equal(kind, TY_SLICE("normal")))))
        return;
    if (ty_office_is(name, "p"))
        ty_office_begin_paragraph(office);
    else if (ty_office_is(name, "r"))
        docx->run = true, docx->hidden = false;
    else if (ty_office_is(name, "t"))
        office->text = !docx->hidden;
    else if (ty_office_is(name, "tr"))
        ty_office_begin_row(office);
    else if (ty_office_is(name, "tc"))
        ty_office_begin_cell(office);
    else
        on_mark(docx, name, count, attributes);
}

static void on_end(void *context, const xmlChar *name, const xmlChar *prefix, const xmlChar *uri)
{
    struct docx *docx = context;
    struct office *office = &docx->office;
    if (!ty_office_leaves(office))
        return;
    if (ty_office_is(name, "p"))
        ty_office_end_paragraph(office);
    else if (ty_office_is(name, "r"))
        docx->run = docx->hidden = false;
    else if (ty_office_is(name, "t"))
        office->text = false;
    else if (ty_office_is(name, "tc"))
        ty_office_end_cell(office);
}

static void on_characters(void *context, const xmlChar *text, int size)
{
    struct docx *docx = context;
    if (docx->office.text && !docx->office.skipped)
        ty_office_add(&docx->office, (ty_slice){(const char *)text, (size_t)size});
}

static ty_status read_notes(struct docx *docx, const struct package_links *links, const char *kind,
                            ty_error *error)
{
    ty_slice part = ty_package_link_of_type(links, kind);
    return part.size && ty_package_has(docx->office.package, part)
               ? ty_office_parse(&docx->office, part, error)
               : TY_OK;
}

static ty_status read_all(struct docx *docx, ty_slice main_part, ty_error *error)
{
    struct package_links links;
    ty_status status = ty_package_links(docx->office.package, main_part, &links, error);
    if (status == TY_OK)
        status = ty_office_parse(&docx->office, main_part, error);
    if (status == TY_OK)
        status = read_notes(docx, &links, "footnotes", error);
    if (status == TY_OK)
        status = read_notes(docx, &links, "endnotes", error);
    ty_package_links_release(&links);
    return status;
}

static ty_status read_document(struct package *package, ty_document *out, ty_error *error)
{
    struct docx docx = {.office = {.package = package, .out = out}};
    docx.office.xml.handlers.startElementNs = on_start;
    docx.office.xml.handlers.endElementNs = on_end;
    docx.office.xml.handlers.characters = on_characters;
    struct package_links links;
    ty_status status = ty_package_links(package, TY_SLICE(""), &links, error);
    ty_slice main_part = ty_package_link_of_type(&links, "officeDocument");
    if (status == TY_OK)
        status = read_all(&docx, main_part.size ? main_part : TY_SLICE("word/document.xml"), error);
    if (status == TY_OK)
        status =
            ty_office_read_metadata(package, ty_package_link_of_type(&links, "core-properties"), out, error);
    ty_package_links_release(&links);
    ty_office_release(&docx.office);
    return status;
}

/* ------------------------------------------------------------------------------------------ the format */

static int bid(const struct head *head)
{
    return ty_head_bid_package(head, "word/", BID_ARCHIVE);
}

static ty_status read_bytes(struct reading *reading, ty_slice bytes, ty_error *error)
{
    return ty_office_read(reading, bytes, read_document, error);
}

const struct format ty_docx_format = {.name = "docx",
                                      .label = N_("a Word document (DOCX)"),
                                      .endings = ".docx",
                                      .gives = TY_GIVES_DOCUMENT,
                                      .bid = bid,
                                      .read = read_bytes};
