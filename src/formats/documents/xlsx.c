/* SPDX-License-Identifier: Apache-2.0 */
/*
 * XLSX as a document (ECMA-376 part 1, SpreadsheetML): the sheets that are shown, row by row, a cell a
 * paragraph. What is hidden, a formula, a reading above its base, an error or a truth value is no text; a
 * number that is a date is written as one. Rows of pairs are units instead (table/sheet.c).
 */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "formats/documents/office.h"

enum {
    MOST_HIDDEN = 64,
    MOST_TEXT = 256 << 20 /* strings are shared, so cells may say more than the file */
};

struct columns {
    unsigned first, last;
};

struct xlsx {
    struct office office;
    ty_arena arena;
    ty_slices sheets, shared;
    TY_VECTOR(unsigned) date_formats; /* numbers of number formats of one's own that are dates */
    TY_VECTOR(bool) styles;           /* is the style's number format a date? */
    struct columns hidden[MOST_HIDDEN];
    size_t hidden_count;
    bool since_1904, cell_formats, skips_row;
    ty_buffer text;   /* of the string or cell at hand */
    unsigned reading; /* depth within a reading */
    size_t column, style;
    char type; /* of the cell: 's'hared, 't'ext, 'n'umber, or none of text */
};

static bool is_told(int count, const xmlChar **attributes, const char *name)
{
    ty_slice value = ty_xml_attribute_value(count, attributes, name);
    return ty_slice_equal(value, TY_SLICE("1")) || ty_slice_equal_nocase(value, TY_SLICE("true"));
}

static unsigned number_of(int count, const xmlChar **attributes, const char *name)
{
    ty_slice value = ty_xml_attribute_value(count, attributes, name);
    return value.size && value.size < 8 ? (unsigned)strtoul(value.data, NULL, 10) : 0;
}

/* ------------------------------------------------------------------------------------------ the workbook */

static void on_workbook(void *context, const xmlChar *name, const xmlChar *prefix, const xmlChar *uri,
                        int namespaces, const xmlChar **declared, int count, int defaulted,
                        const xmlChar **attributes)
{
    struct xlsx *xlsx = context;
    if (ty_office_is(name, "workbookPr"))
        xlsx->since_1904 = is_told(count, attributes, "date1904");
    ty_slice state = ty_xml_attribute_value(count, attributes, "state");
    bool hidden = ty_slice_equal(state, TY_SLICE("hidden")) || ty_slice_equal(state, TY_SLICE("veryHidden"));
    if (!ty_office_is(name, "sheet") || hidden)
        return;
    for (int i = 0; i < count; i++) {
        struct xml_attribute attribute = xml_attribute_at(attributes, i);
        bool link = attribute.uri && strstr(attribute.uri, "relationships");
        if (link && !ty_vector_push(&xlsx->sheets, ty_arena_copy(&xlsx->arena, attribute.value)))
            ty_xml_fail(&xlsx->office.xml, TY_ERR_NOMEM, "out of memory");
    }
}

/* ------------------------------------------------------------------------------------------ styles */

/* Formats that programs know without being told (18.8.30), those of East Asia among them. */
static bool is_known_date(unsigned format)
{
    return (format >= 14 && format <= 17) || format == 22 || (format >= 27 && format <= 31) ||
           (format >= 50 && format <= 54) || format == 36 || format == 57 || format == 58;
}

/* "yyyy\-mm\-dd", but not "#,##0" or "h:mm": a date has days or years outside of quotes and brackets. */
static bool tells_date(ty_slice code)
{
    bool quoted = false, bracket = false;
    for (size_t i = 0; i < code.size; i++) {
        char c = code.data[i];
        quoted ^= c == '"';
        bracket = (bracket || c == '[') && c != ']';
        if (c == '\\')
            i++;
        else if (!quoted && !bracket && (c == 'y' || c == 'd' || c == 'Y' || c == 'D' || c == 'e'))
            return true;
    }
    return false;
}

static void on_style(void *context, const xmlChar *name, const xmlChar *prefix, const xmlChar *uri,
                     int namespaces, const xmlChar **declared, int count, int defaulted,
                     const xmlChar **attributes)
{
    struct xlsx *xlsx = context;
    unsigned format = number_of(count, attributes, "numFmtId");
    bool good = true, date = is_known_date(format);
    if (ty_office_is(name, "numFmt") && tells_date(ty_xml_attribute_value(count, attributes, "formatCode")))
        good = ty_vector_push(&xlsx->date_formats, format);
    else if (ty_office_is(name, "xf") && xlsx->cell_formats) {
        for (size_t i = 0; i < xlsx->date_formats.count && !date; i++)
            date = xlsx->date_formats.items[i] == format;
        good = ty_vector_push(&xlsx->styles, date);
    }
    xlsx->cell_formats |= ty_office_is(name, "cellXfs");
    if (!good)
        ty_xml_fail(&xlsx->office.xml, TY_ERR_NOMEM, "out of memory");
}

static void on_style_end(void *context, const xmlChar *name, const xmlChar *prefix, const xmlChar *uri)
{
    struct xlsx *xlsx = context;
    xlsx->cell_formats &= !ty_office_is(name, "cellXfs");
}

/* ------------------------------------------------------------------------------------------ strings */

static void on_characters(void *context, const xmlChar *text, int size)
{
    struct xlsx *xlsx = context;
    if (xlsx->office.text && !xlsx->reading)
        ty_buffer_add(&xlsx->text, (ty_slice){(const char *)text, (size_t)size});
}

static void on_string(void *context, const xmlChar *name, const xmlChar *prefix, const xmlChar *uri,
                      int namespaces, const xmlChar **declared, int count, int defaulted,
                      const xmlChar **attributes)
{
    struct xlsx *xlsx = context;
    if (ty_office_is(name, "si"))
        ty_buffer_clear(&xlsx->text);
    xlsx->reading += xlsx->reading || ty_office_is(name, "rPh");
    xlsx->office.text = ty_office_is(name, "t");
}

static void on_string_end(void *context, const xmlChar *name, const xmlChar *prefix, const xmlChar *uri)
{
    struct xlsx *xlsx = context;
    xlsx->office.text = false;
    xlsx->reading -= xlsx->reading > 0;
    if (ty_office_is(name, "si") &&
        !ty_vector_push(&xlsx->shared, ty_arena_copy(&xlsx->arena, ty_buffer_slice(&xlsx->text))))
        ty_xml_fail(&xlsx->office.xml, TY_ERR_NOMEM, "out of memory");
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

static bool is_hidden(const struct xlsx *xlsx)
{
    for (size_t i = 0; i < xlsx->hidden_count; i++)
        if (xlsx->column >= xlsx->hidden[i].first && xlsx->column <= xlsx->hidden[i].last)
            return true;
    return xlsx->skips_row;
}

static char type_of(ty_slice type)
{
    return !type.size || ty_slice_equal(type, TY_SLICE("n")) ? 'n'
           : ty_slice_equal(type, TY_SLICE("s"))             ? 's'
           : ty_slice_equal(type, TY_SLICE("str")) || ty_slice_equal(type, TY_SLICE("inlineStr")) ||
                   ty_slice_equal(type, TY_SLICE("d"))
               ? 't'
               : ' ';
}

static void begin_cell(struct xlsx *xlsx, int count, const xmlChar **attributes)
{
    size_t column = column_of(ty_xml_attribute_value(count, attributes, "r"));
    xlsx->column = column ? column : xlsx->column + 1;
    xlsx->type = type_of(ty_xml_attribute_value(count, attributes, "t"));
    xlsx->style = number_of(count, attributes, "s");
    ty_buffer_clear(&xlsx->text);
}

/* Days since the end of 1899, of which 29 February 1900 is one that never was (18.17.4), as YYYY-MM-DD. */
static bool add_date(struct xlsx *xlsx, double serial)
{
    serial += xlsx->since_1904 ? 1462 : 0;
    if (!(serial >= 61 && serial < 200000))
        return false;
    int day = (int)floor(serial) - 61, year = 1900, month = 3; /* from 1 March 1900 */
    while (day >= ty_days_of_month(year, month)) {
        day -= ty_days_of_month(year, month);
        year += month == 12;
        month = month % 12 + 1;
    }
    ty_buffer_clear(&xlsx->text);
    ty_buffer_add_format(&xlsx->text, "%04d-%02d-%02d", year, month, day + 1);
    return true;
}

static ty_slice value_of(struct xlsx *xlsx)
{
    ty_slice text = ty_buffer_slice(&xlsx->text);
    if (xlsx->type == 's') {
        size_t number = text.size && text.size < 9 ? (size_t)strtoul(text.data, NULL, 10) : SIZE_MAX;
        return number < xlsx->shared.count ? xlsx->shared.items[number] : (ty_slice){"", 0};
    }
    double serial;
    bool date = xlsx->type == 'n' && xlsx->style < xlsx->styles.count && xlsx->styles.items[xlsx->style];
    if (date && text.size && ty_decimal_parse(text.data, &serial) && add_date(xlsx, serial))
        return ty_buffer_slice(&xlsx->text);
    return xlsx->type == ' ' ? (ty_slice){"", 0} : text;
}

static void end_cell(struct xlsx *xlsx)
{
    struct office *office = &xlsx->office;
    ty_slice rest = value_of(xlsx), line;
    if (is_hidden(xlsx) || !ty_slice_trim(rest).size)
        return;
    if (office->out->text.size + rest.size > MOST_TEXT) {
        ty_xml_fail(&office->xml, TY_ERR_LIMIT, "the cells hold more than %d MB of text", MOST_TEXT >> 20);
        return;
    }
    ty_office_begin_cell(office);
    ty_office_begin_paragraph(office);
    for (bool more = ty_slice_next(&rest, '\n', &line); more;) {
        ty_office_add(office, line);
        more = rest.size && ty_slice_next(&rest, '\n', &line);
        if (more)
            ty_office_break(office);
    }
    ty_office_end_paragraph(office);
    ty_office_end_cell(office);
}

static void on_sheet(void *context, const xmlChar *name, const xmlChar *prefix, const xmlChar *uri,
                     int namespaces, const xmlChar **declared, int count, int defaulted,
                     const xmlChar **attributes)
{
    struct xlsx *xlsx = context;
    bool hidden = is_told(count, attributes, "hidden");
    if (ty_office_is(name, "col") && hidden && xlsx->hidden_count < MOST_HIDDEN)
        xlsx->hidden[xlsx->hidden_count++] =
            (struct columns){number_of(count, attributes, "min"), number_of(count, attributes, "max")};
    if (ty_office_is(name, "row")) {
        ty_office_begin_row(&xlsx->office);
        xlsx->column = 0;
        xlsx->skips_row = hidden;
    }
    if (ty_office_is(name, "c"))
        begin_cell(xlsx, count, attributes);
    xlsx->reading += xlsx->reading || ty_office_is(name, "rPh");
    xlsx->office.text = ty_office_is(name, "v") || ty_office_is(name, "t");
}

static void on_sheet_end(void *context, const xmlChar *name, const xmlChar *prefix, const xmlChar *uri)
{
    struct xlsx *xlsx = context;
    xlsx->office.text = false;
    xlsx->reading -= xlsx->reading > 0;
    if (ty_office_is(name, "c"))
        end_cell(xlsx);
}

/* ------------------------------------------------------------------------------------------ parts */

static ty_status parse(struct xlsx *xlsx, ty_slice part, startElementNsSAX2Func start,
                       endElementNsSAX2Func end, ty_error *error)
{
    xlsx->office.xml = (struct xml_parser){.error = error};
    xlsx->office.xml.handlers.startElementNs = start;
    xlsx->office.xml.handlers.endElementNs = end;
    xlsx->office.xml.handlers.characters = on_characters;
    xlsx->office.xml.handlers.cdataBlock = on_characters;
    xlsx->reading = 0;
    return ty_office_parse(&xlsx->office, part, error);
}

static ty_status read_workbook(struct xlsx *xlsx, ty_slice main_part, ty_error *error)
{
    struct package_links links;
    ty_status status = ty_package_links(xlsx->office.package, main_part, &links, error);
    ty_slice shared = ty_package_link_of_type(&links, "sharedStrings");
    ty_slice styles = ty_package_link_of_type(&links, "styles");
    if (status == TY_OK)
        status = parse(xlsx, main_part, on_workbook, NULL, error);
    if (status == TY_OK && ty_package_has(xlsx->office.package, shared))
        status = parse(xlsx, shared, on_string, on_string_end, error);
    if (status == TY_OK && ty_package_has(xlsx->office.package, styles))
        status = parse(xlsx, styles, on_style, on_style_end, error);
    for (size_t i = 0; i < xlsx->sheets.count && status == TY_OK; i++) {
        ty_slice sheet = ty_package_link_by_id(&links, xlsx->sheets.items[i]);
        xlsx->hidden_count = 0;
        if (sheet.size && ty_package_has(xlsx->office.package, sheet))
            status = parse(xlsx, sheet, on_sheet, on_sheet_end, error);
    }
    ty_package_links_release(&links);
    return status == TY_OK && xlsx->arena.failed ? ty_error_nomem(error) : status;
}

static ty_status read_document(struct package *package, ty_document *out, ty_error *error)
{
    struct xlsx xlsx = {.office = {.package = package, .out = out}};
    struct package_links links;
    ty_status status = ty_package_links(package, TY_SLICE(""), &links, error);
    ty_slice main_part = ty_package_link_of_type(&links, "officeDocument");
    if (status == TY_OK)
        status = read_workbook(&xlsx, main_part.size ? main_part : TY_SLICE("xl/workbook.xml"), error);
    if (status == TY_OK)
        status =
            ty_office_read_metadata(package, ty_package_link_of_type(&links, "core-properties"), out, error);
    ty_package_links_release(&links);
    ty_vector_release(&xlsx.sheets);
    ty_vector_release(&xlsx.shared);
    ty_vector_release(&xlsx.date_formats);
    ty_vector_release(&xlsx.styles);
    ty_buffer_release(&xlsx.text);
    ty_arena_release(&xlsx.arena);
    ty_office_release(&xlsx.office);
    return status;
}

/* Its row stands with the tables, whose format it is, too. */
ty_status ty_workbook_to_document(struct reading *reading, ty_slice bytes, ty_error *error)
{
    return ty_office_read(reading, bytes, read_document, error);
}
