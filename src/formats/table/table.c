/* SPDX-License-Identifier: Apache-2.0 */
/* Rows of tab-separated and comma-separated text. */
#include <stdio.h>
#include <stdlib.h>

#include "formats/table/table.h"

static const size_t table_limit = (size_t)256 << 20;

/* ------------------------------------------------------------------------------------------ open */

/* The encoding that a comment in the first two lines names, as Emacs and OmegaT have it. */
static void coding_comment(ty_slice bytes, char *name, size_t size)
{
    name[0] = '\0';
    ty_slice head = ty_slice_sub(bytes, 0, 512);
    size_t at = ty_slice_find(head, TY_SLICE("-*- coding:"), 0);
    size_t end = at == SIZE_MAX ? SIZE_MAX : ty_slice_find(head, TY_SLICE("-*-"), at + 3);
    if (end == SIZE_MAX)
        return;
    ty_slice value = ty_slice_trim(ty_slice_sub(head, at + strlen("-*- coding:"), end));
    if (value.size < size)
        snprintf(name, size, "%.*s", TY_SLICE_FORMAT(value));
}

static ty_status decode(struct table *table, ty_slice bytes, const char *path, const char *encoding,
                        const ty_listener *listener, ty_error *error)
{
    char declared[40];
    ty_decoded decoded = {0};
    coding_comment(bytes, declared, sizeof declared);
    ty_status status =
        ty_text_decode(bytes, encoding, declared[0] ? declared : NULL, &table->text, &decoded, error);
    if (status == TY_OK && decoded.contradiction)
        ty_warn(listener, path, 1, 0, "encoding-mismatch", "the file names %s, but its bytes are %s",
                declared, decoded.encoding);
    return status;
}

ty_status ty_table_open(struct table *table, const ty_source *source, const char *encoding, const char *sheet,
                        const ty_listener *listener, ty_error *error)
{
    *table = (struct table){.separator = '\t', .next_line = 1};
    struct input *input;
    ty_buffer bytes = {0};
    ty_status status = ty_input_open(source, NULL, &input, error);
    if (status != TY_OK)
        return status;
    status = ty_input_read_all(input, table_limit, &bytes, error);
    ty_input_close(input);
    bool workbook = ty_slice_starts(ty_buffer_slice(&bytes), TY_SLICE("PK\x03\x04"));
    ty_source held = {.path = source->path, .bytes = ty_buffer_slice(&bytes)};
    if (status == TY_OK && workbook)
        status = ty_table_from_sheet(&held, sheet, &table->text, error);
    else if (status == TY_OK)
        status = decode(table, ty_buffer_slice(&bytes), source->path, encoding, listener, error);
    ty_buffer_release(&bytes);
    return status;
}

/* ------------------------------------------------------------------------------------------ rows */

static char byte_at(const struct table *table, size_t at)
{
    return at < table->text.size ? table->text.data[at] : '\0';
}

static bool ends_row(const struct table *table, size_t at)
{
    return at >= table->text.size || table->text.data[at] == '\n' || table->text.data[at] == '\r';
}

/* Past the line end; CRLF is one. */
static void skip_line_end(struct table *table)
{
    if (byte_at(table, table->at) == '\r' && byte_at(table, table->at + 1) == '\n')
        table->at++;
    if (table->at < table->text.size)
        table->at++;
    table->next_line++;
}

static ty_slice plain_cell(struct table *table)
{
    size_t start = table->at;
    while (!ends_row(table, table->at) && table->text.data[table->at] != table->separator)
        table->at++;
    return (ty_slice){table->text.data + start, table->at - start};
}

/* From the opening quote to past the closing one; doubled quotes stand for one. */
static bool quoted_cell(struct table *table, ty_slice *cell, ty_error *error)
{
    ty_buffer value = {0};
    size_t line = table->next_line;
    for (table->at++;; table->at++) {
        if (table->at >= table->text.size) {
            ty_buffer_release(&value);
            ty_error_set(error, TY_ERR_FORMAT, "a quoted cell does not end");
            ty_error_locate(error, NULL, line, 0);
            return false;
        }
        char byte = table->text.data[table->at];
        if (byte == '"' && byte_at(table, table->at + 1) == '"')
            table->at++;
        else if (byte == '"')
            break;
        table->next_line += byte == '\n';
        ty_buffer_add_char(&value, byte);
    }
    table->at++;
    while (!ends_row(table, table->at) && table->text.data[table->at] != table->separator)
        ty_buffer_add_char(&value, table->text.data[table->at++]);
    *cell = ty_arena_copy(&table->cells_text, ty_buffer_slice(&value));
    bool kept = !value.failed && !table->cells_text.failed; /* a cell cut short is none */
    ty_buffer_release(&value);
    if (!kept)
        ty_error_nomem(error);
    return kept;
}

static bool read_row(struct table *table, ty_error *error)
{
    ty_vector_clear(&table->cells);
    size_t start = table->at;
    table->line = table->next_line;
    for (;;) {
        ty_slice cell;
        if (table->quoted && byte_at(table, table->at) == '"') {
            if (!quoted_cell(table, &cell, error))
                return false;
        } else
            cell = plain_cell(table);
        if (!ty_vector_push(&table->cells, cell)) {
            ty_error_nomem(error);
            return false;
        }
        if (ends_row(table, table->at))
            break;
        table->at++;
    }
    table->row = (ty_slice){table->text.data + start, table->at - start};
    skip_line_end(table);
    return true;
}

static void look_for_mark(struct table *table)
{
    for (size_t i = 0; i < table->cells.count && !table->begun; i++)
        table->apostrophes |=
            ty_slice_equal(ty_slice_trim(table->cells.items[i]), TY_SLICE(TY_CELL_APOSTROPHES));
    table->begun = true;
}

bool ty_table_next(struct table *table, ty_error *error)
{
    while (table->at < table->text.size) {
        if (!read_row(table, error))
            return false;
        if (!ty_slice_trim(table->row).size)
            continue;
        look_for_mark(table);
        for (size_t i = 0; i < table->cells.count && table->apostrophes; i++)
            table->cells.items[i] = ty_cell_without_apostrophe(table->cells.items[i]);
        return true;
    }
    return false;
}

ty_slice ty_table_cell(const struct table *table, size_t column)
{
    return column < table->cells.count ? ty_slice_trim(table->cells.items[column]) : (ty_slice){"", 0};
}

void ty_table_release(struct table *table)
{
    ty_buffer_release(&table->text);
    ty_arena_release(&table->cells_text);
    ty_vector_release(&table->cells);
}
