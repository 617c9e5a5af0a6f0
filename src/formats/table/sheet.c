/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Sheets of a workbook (ECMA-376 part 1, 18: SpreadsheetML) as comma-separated text, so that all that is
 * known of tables holds for them. Values are taken as they are kept: no formulas, no formats; readings of
 * Japanese (rPh) are no text of a cell.
 */
#include <stdlib.h>

#include "formats/package.h"
#include "formats/table/table.h"

enum { MOST_COLUMNS = COLUMNS };

struct sheet_reader {
    struct xml_parser xml; /* first: handlers get a pointer to it */
    ty_buffer text;
    bool takes;        /* characters are text of a cell or shared string */
    unsigned phonetic; /* depth within a reading */
    ty_slices shared;
    ty_arena arena;
    ty_slice wanted, part_id; /* of the sheet to be read */
    bool found;
    size_t column, last; /* of this cell, and of the one written before it in the row */
    char type;           /* of the cell: 's'hared, or its text as it stands */
    ty_buffer *csv;
};

static const char digits[] = "0123456789abcdef";

static bool is(const xmlChar *name, const char *wanted)
{
    return strcmp((const char *)name, wanted) == 0;
}

/* ------------------------------------------------------------------------------------------ workbook */

/* The first sheet that is shown, or the one named. */
static void on_workbook(void *context, const xmlChar *name, const xmlChar *prefix, const xmlChar *uri,
                        int space_count, const xmlChar **spaces, int count, int preset,
                        const xmlChar **attributes)
{
    struct sheet_reader *reader = context;
    xml_mend_attributes(count, attributes);
    if (!is(name, "sheet") || reader->found)
        return;
    ty_slice sheet = ty_xml_attribute_value(count, attributes, "name");
    ty_slice state = ty_xml_attribute_value(count, attributes, "state");
    bool hidden = ty_slice_equal(state, TY_SLICE("hidden")) || ty_slice_equal(state, TY_SLICE("veryHidden"));
    if (reader->wanted.size ? !ty_slice_equal_nocase(sheet, reader->wanted) : hidden)
        return;
    reader->found = true;
    for (int i = 0; i < count; i++) {
        struct xml_attribute attribute = xml_attribute_at(attributes, i);
        if (attribute.prefix && strcmp(attribute.name, "id") == 0)
            reader->part_id = ty_arena_copy(&reader->arena, attribute.value);
    }
}

/* ------------------------------------------------------------------------------------------ text */

/* "_x000D_" is a character that XML does not take or keep (ECMA-376 part 1, 22.9.2.19); 0 for anything else.
 */
static uint32_t escaped(ty_slice text)
{
    uint32_t c = 0;
    if (text.size < 7 || text.data[0] != '_' || text.data[1] != 'x' || text.data[6] != '_')
        return 0;
    for (size_t i = 2; i < 6; i++) {
        const char *digit = memchr(digits, text.data[i] | (text.data[i] > '9' ? 0x20 : 0), 16);
        if (!digit)
            return 0;
        c = c * 16 + (uint32_t)(digit - digits);
    }
    return c >= 0xD800 && c <= 0xDFFF ? 0 : c;
}

/* Takes the escapes out of what was gathered. */
static void unescape(ty_buffer *text)
{
    ty_buffer kept = {0};
    if (ty_slice_find(ty_buffer_slice(text), TY_SLICE("_x"), 0) == SIZE_MAX)
        return;
    for (size_t at = 0; at < text->size;) {
        uint32_t c = escaped(ty_slice_sub(ty_buffer_slice(text), at, text->size));
        if (c)
            ty_utf8_add(&kept, c);
        else
            ty_buffer_add_char(&kept, text->data[at]);
        at += c ? 7 : 1;
    }
    ty_buffer_clear(text);
    ty_buffer_add(text, ty_buffer_slice(&kept));
    text->failed |= kept.failed;
    ty_buffer_release(&kept);
}

static void on_characters(void *context, const xmlChar *text, int size)
{
    struct sheet_reader *reader = context;
    if (reader->takes && !reader->phonetic)
        ty_buffer_add(&reader->text, (ty_slice){(const char *)text, (size_t)size});
}

/* A text that was cut short for want of memory is none. */
static void check_text(struct sheet_reader *reader)
{
    if (reader->text.failed)
        ty_xml_fail(&reader->xml, TY_ERR_NOMEM, "out of memory");
}

static void on_shared_start(void *context, const xmlChar *name, const xmlChar *prefix, const xmlChar *uri,
                            int space_count, const xmlChar **spaces, int count, int preset,
                            const xmlChar **attributes)
{
    struct sheet_reader *reader = context;
    if (is(name, "si"))
        ty_buffer_clear(&reader->text);
    reader->phonetic += reader->phonetic || is(name, "rPh");
    reader->takes = is(name, "t");
}

static void on_shared_end(void *context, const xmlChar *name, const xmlChar *prefix, const xmlChar *uri)
{
    struct sheet_reader *reader = context;
    reader->takes = false;
    reader->phonetic -= reader->phonetic > 0;
    if (is(name, "si"))
        unescape(&reader->text);
    check_text(reader);
    if (is(name, "si") &&
        !ty_vector_push(&reader->shared, ty_arena_copy(&reader->arena, ty_buffer_slice(&reader->text))))
        ty_xml_fail(&reader->xml, TY_ERR_NOMEM, "out of memory");
}

/* ------------------------------------------------------------------------------------------ cells */

/* "AB12" is column 28, counted from 1; 0 where it is no such name. */
static size_t column_of(ty_slice reference)
{
    size_t column = 0;
    for (size_t i = 0; i < reference.size && reference.data[i] >= 'A' && reference.data[i] <= 'Z'; i++)
        column = column < 20000 ? column * 26 + (size_t)(reference.data[i] - 'A' + 1) : column;
    return column;
}

static void begin_cell(struct sheet_reader *reader, int count, const xmlChar **attributes)
{
    ty_slice reference = ty_xml_attribute_value(count, attributes, "r");
    ty_slice type = ty_xml_attribute_value(count, attributes, "t");
    size_t column = column_of(reference);
    reader->column = column ? column : reader->column + 1;
    reader->type = ty_slice_equal(type, TY_SLICE("s")) ? 's' : ' ';
    ty_buffer_clear(&reader->text);
}

static ty_slice value_of(const struct sheet_reader *reader)
{
    ty_slice text = ty_buffer_slice(&reader->text);
    if (reader->type != 's')
        return text;
    size_t number = text.size && text.size < 9 ? (size_t)atoi(text.data) : SIZE_MAX;
    return number < reader->shared.count ? reader->shared.items[number] : (ty_slice){"", 0};
}

static void end_cell(struct sheet_reader *reader)
{
    if (reader->type != 's')
        unescape(&reader->text);
    check_text(reader);
    ty_slice value = value_of(reader);
    if (reader->column > MOST_COLUMNS || reader->column <= reader->last || !value.size)
        return;
    for (size_t i = reader->last ? reader->last : 1; i < reader->column; i++)
        ty_buffer_add_char(reader->csv, ',');
    reader->last = reader->column;
    ty_buffer_add_char(reader->csv, '"');
    for (size_t i = 0; i < value.size; i++) {
        ty_buffer_add_char(reader->csv, value.data[i]);
        if (value.data[i] == '"')
            ty_buffer_add_char(reader->csv, '"');
    }
    ty_buffer_add_char(reader->csv, '"');
}

static void on_sheet_start(void *context, const xmlChar *name, const xmlChar *prefix, const xmlChar *uri,
                           int space_count, const xmlChar **spaces, int count, int preset,
                           const xmlChar **attributes)
{
    struct sheet_reader *reader = context;
    if (is(name, "row"))
        reader->column = reader->last = 0;
    if (is(name, "c"))
        begin_cell(reader, count, attributes);
    reader->phonetic += reader->phonetic || is(name, "rPh");
    reader->takes = is(name, "v") || is(name, "t");
}

static void on_sheet_end(void *context, const xmlChar *name, const xmlChar *prefix, const xmlChar *uri)
{
    struct sheet_reader *reader = context;
    reader->takes = false;
    reader->phonetic -= reader->phonetic > 0;
    if (is(name, "c"))
        end_cell(reader);
    if (is(name, "row"))
        ty_buffer_add_char(reader->csv, '\n');
}

/* ------------------------------------------------------------------------------------------ parts */

static ty_status parse(struct sheet_reader *reader, struct package *package, ty_slice part,
                       startElementNsSAX2Func start, endElementNsSAX2Func end, ty_error *error)
{
    reader->xml = (struct xml_parser){.error = error};
    reader->xml.handlers.startElementNs = start;
    reader->xml.handlers.endElementNs = end;
    reader->xml.handlers.characters = on_characters;
    reader->xml.handlers.cdataBlock = on_characters;
    reader->takes = false;
    reader->phonetic = 0;
    return ty_package_parse(package, part, &reader->xml);
}

static ty_status read_sheet(struct sheet_reader *reader, struct package *package, ty_error *error)
{
    static const char workbook[] = "xl/workbook.xml";
    struct package_links links = {0};
    ty_status status = parse(reader, package, ty_slice_of(workbook), on_workbook, NULL, error);
    if (status == TY_OK && !reader->found)
        return ty_error_set(error, TY_ERR_USAGE, "the workbook has no sheet \"%s\" that is shown",
                            reader->wanted.size ? reader->wanted.data : "");
    if (status == TY_OK)
        status = ty_package_links(package, ty_slice_of(workbook), &links, error);
    ty_slice shared = ty_package_link_of_type(&links, "sharedStrings");
    ty_slice sheet = ty_package_link_by_id(&links, reader->part_id);
    if (status == TY_OK && shared.size)
        status = parse(reader, package, shared, on_shared_start, on_shared_end, error);
    if (status == TY_OK)
        status = parse(reader, package, sheet, on_sheet_start, on_sheet_end, error);
    ty_package_links_release(&links);
    return status;
}

ty_status ty_table_from_sheet(const ty_source *source, const char *name, ty_buffer *csv, ty_error *error)
{
    struct package *package = NULL;
    struct sheet_reader reader = {.wanted = ty_slice_of(name), .csv = csv};
    ty_status status = ty_package_open(source, &package, error);
    if (status == TY_OK)
        status = read_sheet(&reader, package, error);
    if (status == TY_OK && (csv->failed || reader.arena.failed))
        status = ty_error_nomem(error);
    ty_package_close(package);
    ty_buffer_release(&reader.text);
    ty_vector_release(&reader.shared);
    ty_arena_release(&reader.arena);
    return status;
}
