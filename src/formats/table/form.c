/* SPDX-License-Identifier: Apache-2.0 */
/*
 * How a table is cut into cells. Of the separators there may be, that one is it which gives rows of the same
 * number of cells, more than one; what stands in quotes is one cell and says nothing (RFC 4180).
 */
#include <stdlib.h>

#include "formats/table/table.h"

enum { ROWS = 50 };

/* "sep=;" in the first line is for Excel, and none of the table's. */
static bool take_separator_line(struct table *table)
{
    ty_slice rest = ty_buffer_slice(&table->text), line = {"", 0};
    ty_slice_next(&rest, '\n', &line);
    size_t past = table->text.size - rest.size;
    line = ty_slice_trim(line);
    if (ty_slice_starts(line, TY_SLICE("\"")) && line.size > 2)
        line = ty_slice_sub(line, 1, line.size - 1);
    bool tab = ty_slice_equal(line, TY_SLICE("sep=")) && past > 5 && table->text.data[4] == '\t';
    if (!ty_slice_starts(line, TY_SLICE("sep=")) || (line.size != 5 && !tab))
        return false;
    table->separator = tab ? '\t' : line.data[4];
    table->at = rest.data ? past : table->text.size;
    table->next_line = 2;
    return true;
}

/* How well the separator cuts: rows that have as many cells as the first, times one more for each cell. */
static size_t fitness(struct table *table, char separator)
{
    size_t at = table->at, line = table->line, next_line = table->next_line, first = 0, same = 0;
    ty_error ignored = {0};
    table->separator = separator;
    for (size_t row = 0; row < ROWS && ty_table_next(table, &ignored); row++) {
        first = row ? first : table->cells.count;
        same += table->cells.count == first;
    }
    bool broken = ignored.status != TY_OK;
    table->at = at;
    table->line = line;
    table->next_line = next_line;
    return broken || first < 2 ? 0 : same * 100 + (first < 50 ? first : 50);
}

static void find_separator(struct table *table)
{
    static const char separators[] = ",;\t|";
    size_t best = 0;
    char chosen = ',';
    for (const char *separator = separators; *separator; separator++) {
        size_t found = fitness(table, *separator);
        chosen = found > best ? *separator : chosen;
        best = found > best ? found : best;
    }
    table->separator = chosen;
}

/*
 * Quotation marks in a table with tabs are text, unless whoever wrote it quotes: all cells of the first row,
 * or one with a line end or marks in it that are doubled.
 */
static bool is_quoted(struct table *table)
{
    ty_slice text = ty_buffer_slice(&table->text), line = {"", 0}, rest = text;
    bool any = false, whole = true;
    ty_slice_next(&rest, '\n', &line);
    for (ty_slice cell; line.size && ty_slice_next(&line, '\t', &cell);) {
        cell = ty_slice_trim(cell);
        bool quoted = cell.size > 1 && cell.data[0] == '"' && cell.data[cell.size - 1] == '"';
        any |= quoted;
        whole &= quoted || !cell.size;
    }
    if (any && whole)
        return true;
    for (size_t at = 0; (at = ty_slice_find(text, TY_SLICE("\""), at)) != SIZE_MAX; at++) {
        bool begins = at == 0 || text.data[at - 1] == '\t' || text.data[at - 1] == '\n';
        size_t end = at + 1;
        while (begins && end < text.size && text.data[end] != '"' && text.data[end] != '\t')
            end++;
        bool doubled = end + 1 < text.size && text.data[end] == '"' && text.data[end + 1] == '"';
        bool broken = begins && end < text.size && text.data[end] == '"' &&
                      memchr(text.data + at, '\n', end - at) &&
                      (end + 1 == text.size || strchr("\t\r\n", text.data[end + 1]));
        if (begins && ((doubled && end > at + 1) || broken))
            return true;
    }
    return false;
}

/* Quotes it is only where rows come out as even as without. */
static void try_quotes(struct table *table)
{
    size_t plain = fitness(table, '\t');
    table->quoted = is_quoted(table);
    if (table->quoted && fitness(table, '\t') < plain)
        table->quoted = false;
}

void ty_table_set_form(struct table *table, ty_format format)
{
    bool sheet = format == TY_FORMAT_XLSX;
    bool told = !sheet && format != TY_FORMAT_WORDFAST && take_separator_line(table);
    table->quoted = format == TY_FORMAT_CSV || told || sheet;
    if (sheet)
        table->separator = ',';
    if (told || sheet)
        return;
    table->separator = '\t';
    if (table->quoted)
        find_separator(table);
    else if (format == TY_FORMAT_TSV)
        try_quotes(table);
}
