/* SPDX-License-Identifier: Apache-2.0 */
/* Cells of tables as they are written, and what a spreadsheet's habits make necessary. */
#include "base/base.h"

static ty_slice without_blanks(ty_slice text)
{
    while (text.size && text.data[0] && strchr(" \t\r\n", text.data[0]))
        text = ty_slice_sub(text, 1, text.size);
    return text;
}

/* What a spreadsheet would take for a formula, blanks before it aside (OWASP, CSV injection; a Japanese one
 * takes the wide signs as well), a quotation mark, behind which it would see one between tabs, and the mark
 * itself. */
static bool wants_apostrophe(ty_slice text, char separator)
{
    static const char *const wide[] = {"＝", "＋", "－", "＠"};
    ty_slice begin = without_blanks(text);
    for (size_t i = 0; i < sizeof wide / sizeof *wide; i++)
        if (ty_slice_starts(begin, ty_slice_of(wide[i])))
            return true;
    return begin.size && begin.data[0] && strchr(separator == '\t' ? "=+-@'\"" : "=+-@'", begin.data[0]);
}

static bool wants_quotes(ty_slice text, char separator)
{
    for (size_t i = 0; i < text.size; i++)
        if (text.data[i] == '"' || text.data[i] == '\n' || text.data[i] == '\r' || text.data[i] == separator)
            return true;
    return false;
}

static void add_quoted(ty_buffer *out, ty_slice text)
{
    ty_slice rest = text, part;
    while (ty_slice_next(&rest, '"', &part)) {
        ty_buffer_add(out, part);
        if (rest.data)
            ty_buffer_add_string(out, "\"\"");
    }
}

/* There is no way to write a tab or the end of a line in a cell between tabs. */
static void add_one_line(ty_buffer *out, ty_slice text)
{
    size_t start = out->size;
    ty_buffer_add(out, text);
    for (size_t i = start; i < out->size; i++)
        if (out->data[i] == '\t' || out->data[i] == '\r' || out->data[i] == '\n')
            out->data[i] = ' ';
}

void ty_buffer_add_cell(ty_buffer *out, ty_slice text, ty_cell_form form)
{
    bool quoted = form.separator == ',' && wants_quotes(text, form.separator);
    if (quoted)
        ty_buffer_add_char(out, '"');
    if (form.spreadsheet && wants_apostrophe(text, form.separator))
        ty_buffer_add_char(out, '\'');
    if (form.separator == '\t')
        add_one_line(out, text);
    else
        add_quoted(out, text);
    if (quoted)
        ty_buffer_add_char(out, '"');
}

ty_slice ty_cell_without_apostrophe(ty_slice cell)
{
    ty_slice rest = ty_slice_sub(cell, 1, cell.size);
    return cell.size && cell.data[0] == '\'' && wants_apostrophe(rest, '\t') ? rest : cell;
}
