/* SPDX-License-Identifier: Apache-2.0 */
/* Units as tables and as JSON, a line each. */
#include "formats/table/table.h"
#include "formats/units/units.h"

/* ------------------------------------------------------------------------------------------ tables */

static void add_row(struct unit_writing *writing, char separator, const ty_slice *cells, size_t count)
{
    ty_cell_form form = {.separator = separator,
                         .spreadsheet = separator == ',' || writing->options->for_spreadsheet};
    for (size_t i = 0; i < count; i++) {
        if (i)
            ty_buffer_add_char(&writing->line, separator);
        ty_buffer_add_cell(&writing->line, cells[i], form);
    }
    ty_buffer_add_string(&writing->line, form.spreadsheet ? "\r\n" : "\n");
}

/* The header of a table for spreadsheets has the mark by which our reader knows what stands before a cell. */
static void add_header(struct unit_writing *writing, char separator, ty_slice source, ty_slice target)
{
    bool spreadsheet = separator == ',' || writing->options->for_spreadsheet;
    ty_slice names[6] = {source, target, TY_SLICE("origin"), TY_SLICE(TY_CELL_APOSTROPHES)};
    size_t count = spreadsheet ? 4 : 3;
    ty_buffer codes[2] = {{0}, {0}};
    for (int side = 0; side < 2 && writing->options->codes; side++) {
        ty_buffer_add_format(&codes[side], "%.*s:" TY_TABLE_CODES, TY_SLICE_FORMAT(names[side]));
        names[count++] = ty_buffer_slice(&codes[side]);
        writing->line.failed |= codes[side].failed;
    }
    if (spreadsheet)
        ty_buffer_add_string(&writing->line, "\xEF\xBB\xBF");
    add_row(writing, separator, names, count);
    ty_buffer_release(&codes[0]);
    ty_buffer_release(&codes[1]);
}

/* The cells under add_header's names; how many. */
static size_t fill_row(const struct unit_writing *writing, char separator, const ty_written_unit *unit,
                       const ty_variant *source, const ty_variant *target, ty_slice cells[6])
{
    size_t count = 3;
    cells[0] = source->text;
    cells[1] = target->text;
    cells[2] = unit->origin;
    if (!writing->options->codes)
        return count;
    if (separator == ',' || writing->options->for_spreadsheet)
        cells[count++] = (ty_slice){"", 0};
    cells[count++] = source->content;
    cells[count++] = target->content;
    return count;
}

static ty_status write_row(struct unit_writing *writing, const ty_written_unit *unit, char separator,
                           ty_error *error)
{
    const ty_variant *source = writing->source, *target = writing->target;
    ty_buffer_clear(&writing->line);
    if (writing->written == 0)
        add_header(writing, separator, source->lang, target->lang);
    ty_slice cells[6];
    add_row(writing, separator, cells, fill_row(writing, separator, unit, source, target, cells));
    return ty_units_put_line(writing, error);
}

ty_status ty_units_write_tsv(struct unit_writing *writing, const ty_written_unit *unit, ty_error *error)
{
    return write_row(writing, unit, '\t', error);
}

ty_status ty_units_write_csv(struct unit_writing *writing, const ty_written_unit *unit, ty_error *error)
{
    return write_row(writing, unit, ',', error);
}

/* ------------------------------------------------------------------------------------------ JSON lines */

static void add_member(ty_buffer *line, const char *name, ty_slice value)
{
    ty_buffer_add_format(line, "\"%s\":", name);
    ty_buffer_add_json(line, value);
}

ty_status ty_units_write_jsonl(struct unit_writing *writing, const ty_written_unit *unit, ty_error *error)
{
    ty_buffer *line = &writing->line;
    ty_buffer_clear(line);
    ty_buffer_add_format(line, "{\"unit\":%lld,", (long long)unit->id);
    add_member(line, "origin", unit->origin);
    if (unit->aligned) {
        ty_buffer_add_string(line, ",\"confidence\":");
        ty_buffer_add_fixed(line, (double)unit->confidence, 3);
    }
    ty_buffer_add_string(line, ",\"variants\":[");
    for (size_t i = 0; i < unit->unit->variant_count; i++) {
        ty_buffer_add_string(line, i ? ",{" : "{");
        add_member(line, "lang", unit->unit->variants[i].lang);
        ty_buffer_add_char(line, ',');
        add_member(line, "text", unit->unit->variants[i].text);
        if (unit->unit->variants[i].content.data) {
            ty_buffer_add_char(line, ',');
            add_member(line, "content", unit->unit->variants[i].content);
        }
        ty_buffer_add_char(line, '}');
    }
    ty_buffer_add_string(line, "]}\n");
    return ty_units_put_line(writing, error);
}
