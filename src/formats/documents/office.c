/* SPDX-License-Identifier: Apache-2.0 */
/* Paragraphs, lines and cells of office documents; see office.h. */
#include <stdio.h>

#include <stdlib.h>

#include "formats/documents/office.h"

/* ------------------------------------------------------------------------------------------ what is skipped
 */

bool ty_office_skips(struct office *office, bool skip)
{
    if (office->skipped || skip)
        office->skipped++;
    return office->skipped > 0;
}

bool ty_office_leaves(struct office *office)
{
    if (!office->skipped)
        return true;
    office->skipped--;
    return false;
}

/* ------------------------------------------------------------------------------------------ paragraphs */

struct office_paragraph *ty_office_paragraph(struct office *office)
{
    return office->depth ? &office->open[office->depth - 1] : NULL;
}

static void clear(struct office_paragraph *paragraph)
{
    ty_buffer_clear(&paragraph->text);
    ty_vector_clear(&paragraph->lines);
    paragraph->line_start = 0;
    paragraph->heading = paragraph->left_out = false;
}

void ty_office_begin_paragraph(struct office *office)
{
    if (office->depth == OFFICE_DEEPEST) {
        ty_xml_fail(&office->xml, TY_ERR_LIMIT, "text boxes stand in text boxes, more than %d deep",
                    OFFICE_DEEPEST);
        return;
    }
    clear(&office->open[office->depth++]);
}

static void end_line(struct office *office, struct office_paragraph *paragraph)
{
    ty_slice whole = ty_buffer_slice(&paragraph->text);
    ty_slice line = ty_slice_trim(ty_slice_sub(whole, paragraph->line_start, whole.size));
    size_t start = line.size ? (size_t)(line.data - whole.data) : whole.size;
    struct html_line found = {
        .start = start, .end = start + line.size, .characters = ty_html_count_characters(line)};
    if (!ty_vector_push(&paragraph->lines, found))
        ty_xml_fail(&office->xml, TY_ERR_NOMEM, "out of memory");
    ty_buffer_add_char(&paragraph->text, '\n');
    paragraph->line_start = paragraph->text.size;
}

void ty_office_break(struct office *office)
{
    if (office->depth)
        end_line(office, ty_office_paragraph(office));
}

/* A paragraph that was begun in vain, too deep, has no end of its own. */
void ty_office_end_paragraph(struct office *office)
{
    struct office_paragraph *paragraph = ty_office_paragraph(office);
    if (!paragraph)
        return;
    end_line(office, paragraph);
    if (!paragraph->left_out && !paragraph->text.failed)
        ty_html_add_lines(ty_buffer_slice(&paragraph->text), &paragraph->lines, paragraph->heading,
                          &office->out->text);
    office->out->text.failed |= paragraph->text.failed;
    clear(paragraph);
    office->depth--;
}

void ty_office_add(struct office *office, ty_slice text)
{
    struct office_paragraph *paragraph = ty_office_paragraph(office);
    for (size_t at = 0; paragraph && at < text.size;) {
        size_t start = at;
        uint32_t code = ty_utf8_next(text, &at);
        bool unseen = code == 0xAD || code == 0xFEFF || (code >= 0x200B && code <= 0x200F) || code == 0x2060;
        if (code == '\n' || code == '\t' || code == '\r')
            ty_buffer_add_char(&paragraph->text, ' ');
        else if (!unseen)
            ty_buffer_add(&paragraph->text, ty_slice_sub(text, start, at));
    }
}

/* ------------------------------------------------------------------------------------------ cells */

void ty_office_begin_row(struct office *office)
{
    office->cells = 0;
    office->row++;
}

void ty_office_begin_cell(struct office *office)
{
    office->cell_start = office->out->text.size;
}

static bool has_letters(ty_slice text)
{
    for (size_t at = 0; at < text.size;)
        if (ty_char_is_letter(ty_utf8_next(text, &at)))
            return true;
    return false;
}

void ty_office_end_cell(struct office *office)
{
    ty_buffer *text = &office->out->text;
    ty_slice cell = ty_slice_sub(ty_buffer_slice(text), office->cell_start, text->size);
    bool first = office->cells == 0;
    ty_document_cell place = {office->cell_start, text->size, office->row, office->cells++};
    if (cell.size && !ty_vector_push(&office->out->cells, place))
        text->failed = true;
    if (first || !ty_slice_starts(cell, TY_SLICE("\n\n")) || has_letters(cell) || text->failed)
        return;
    text->data[office->cell_start] = '\t';
    memmove(text->data + office->cell_start + 1, cell.data + 2, cell.size - 2);
    text->data[--text->size] = '\0';
}

/* ------------------------------------------------------------------------------------------ parts */

ty_status ty_office_parse(struct office *office, ty_slice part, ty_error *error)
{
    office->xml.error = error;
    office->depth = office->skipped = 0;
    office->text = false;
    ty_status status = ty_package_parse(office->package, part, &office->xml);
    return status == TY_OK && office->out->text.failed ? ty_error_nomem(error) : status;
}

void ty_office_release(struct office *office)
{
    for (size_t i = 0; i < OFFICE_DEEPEST; i++) {
        ty_buffer_release(&office->open[i].text);
        ty_vector_release(&office->open[i].lines);
    }
}

/* ------------------------------------------------------------------------------------------ metadata */

struct metadata {
    struct xml_parser xml;
    ty_document *out;
    ty_slice *field; /* that is being read; NULL outside of one */
    ty_buffer text;
};

static void on_start(void *context, const xmlChar *name, const xmlChar *prefix, const xmlChar *uri,
                     int namespaces, const xmlChar **declared, int count, int defaulted,
                     const xmlChar **attributes)
{
    struct metadata *metadata = context;
    bool core = uri && strstr((const char *)uri, "purl.org/dc/");
    metadata->field = !core                            ? NULL
                      : ty_office_is(name, "title")    ? &metadata->out->title
                      : ty_office_is(name, "language") ? &metadata->out->lang
                                                       : NULL;
    ty_buffer_clear(&metadata->text);
}

static void on_end(void *context, const xmlChar *name, const xmlChar *prefix, const xmlChar *uri)
{
    struct metadata *metadata = context;
    if (metadata->field && !metadata->field->size)
        *metadata->field = ty_document_keep(metadata->out, ty_buffer_slice(&metadata->text));
    metadata->field = NULL;
}

static void on_characters(void *context, const xmlChar *text, int size)
{
    struct metadata *metadata = context;
    if (metadata->field)
        ty_buffer_add(&metadata->text, (ty_slice){(const char *)text, (size_t)size});
}

ty_status ty_office_read_metadata(struct package *package, ty_slice part, ty_document *out, ty_error *error)
{
    struct metadata metadata = {.xml = {.error = error}, .out = out};
    metadata.xml.handlers.startElementNs = on_start;
    metadata.xml.handlers.endElementNs = on_end;
    metadata.xml.handlers.characters = on_characters;
    ty_status status = TY_OK;
    if (ty_package_has(package, part))
        status = ty_package_parse(package, part, &metadata.xml);
    ty_buffer_release(&metadata.text);
    return status;
}

/* ------------------------------------------------------------------------------------------ the whole */

ty_status ty_office_read(struct reading *reading, ty_slice bytes,
                         ty_status (*read)(struct package *package, ty_document *out, ty_error *error),
                         ty_error *error)
{
    struct package *package;
    ty_document *out = reading->out;
    ty_status status = ty_package_open(&(ty_source){.path = reading->path, .bytes = bytes}, &package, error);
    if (status == TY_OK)
        status = read(package, out, error);
    ty_package_close(package);
    out->blank_lines = true;
    snprintf(out->encoding, sizeof out->encoding, "UTF-8");
    return status;
}
