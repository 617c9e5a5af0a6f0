/* SPDX-License-Identifier: Apache-2.0 */
/* Tables as the registry has them, by the shape of their lines. */
#include "formats/format.h"
#include "formats/table/table.h"

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static bool is_confidence(ty_slice field)
{
    if (!field.size || field.size > 8 || (field.data[0] != '0' && field.data[0] != '1'))
        return false;
    for (size_t i = 1; i < field.size; i++)
        if (!is_digit(field.data[i]) && !(i == 1 && field.data[i] == '.'))
            return false;
    return true;
}

static void measure_line(struct table_shape *shape, ty_slice line)
{
    if (!ty_slice_trim(line).size)
        return;
    if (line.data[0] == '#') {
        shape->commented++;
        shape->coding |= ty_slice_find(line, TY_SLICE("-*- coding:"), 0) != SIZE_MAX ||
                         ty_head_says(line, "glossary in tab-separated format");
        return;
    }
    shape->lines++;
    size_t tab = ty_slice_find(line, TY_SLICE("\t"), 0);
    /* Press articles begin their paragraphs with a tab: that is no first column. */
    if (tab == SIZE_MAX || ty_slice_trim(ty_slice_sub(line, 0, tab)).size == 0)
        return;
    shape->tabbed++;
    bool three = ty_slice_find(line, TY_SLICE("\t"), tab + 1) != SIZE_MAX;
    shape->confident += three && is_confidence(ty_slice_sub(line, 0, tab));
}

/* The last line of the view may be cut; it counts only when it is the only one. */
struct table_shape ty_table_shape(ty_slice text)
{
    struct table_shape shape = {0};
    for (ty_slice line; ty_slice_next(&text, '\n', &line);)
        if (text.data || shape.lines == 0)
            measure_line(&shape, line);
    return shape;
}

/* ------------------------------------------------------------------------------------------ the formats */

/* A first line that names two languages, and nothing that is no column: as we write it, as no prose begins.
 */
static bool names_languages(ty_slice line)
{
    size_t langs = 0;
    for (ty_slice cell; ty_slice_next(&line, ',', &cell);) {
        bool quoted = cell.size > 1 && cell.data[0] == '"' && cell.data[cell.size - 1] == '"';
        cell = quoted ? ty_slice_sub(cell, 1, cell.size - 1) : cell;
        bool lang = ty_columns_language_of(cell).size > 0;
        if (!lang && ty_columns_role_of(cell) == COLUMN_OTHER &&
            !ty_slice_starts(cell, TY_SLICE("x-taiyaku:")))
            return false;
        langs += lang;
    }
    return langs > 1;
}

static int bid_csv(const struct head *head)
{
    ty_slice text = head->text, first = {"", 0}, second = {"", 0};
    ty_slice_next(&text, '\n', &first);
    ty_slice_next(&text, '\n', &second);
    bool named = ty_slice_find(second, TY_SLICE(","), 0) != SIZE_MAX && names_languages(ty_slice_trim(first));
    return ty_head_has_ending(head, ".csv") ? BID_ENDING + 3 : named ? BID_FORM : BID_NONE;
}

static int bid_aligned(const struct head *head)
{
    struct table_shape shape = ty_table_shape(head->text);
    return shape.lines && shape.confident == shape.lines ? BID_ENDING + 1 : BID_NONE;
}

static int bid_tsv(const struct head *head)
{
    struct table_shape shape = ty_table_shape(head->text);
    if (shape.tabbed && ty_head_has_ending(head, ".tsv"))
        return BID_ENDING;
    return shape.lines && shape.tabbed * 10 >= shape.lines * 9 ? BID_LINES : BID_NONE;
}

static int bid_xlsx(const struct head *head)
{
    return ty_head_bid_package(head, "xl/", BID_ARCHIVE);
}

/* "%20100801~111517" and more fields with a per cent sign. */
static int bid_wordfast(const struct head *head)
{
    ty_slice text = head->text;
    bool is = text.size > 17 && text.data[0] == '%' && text.data[9] == '~' &&
              ty_slice_find(ty_slice_sub(text, 0, 400), TY_SLICE("\t%"), 0) != SIZE_MAX;
    return is ? BID_WORDS : BID_NONE;
}

static ty_status read_units(const ty_source *source, const ty_unit_read_options *options,
                            const ty_unit_sink *sink, const ty_listener *listener, ty_read_counts *counts,
                            ty_error *error)
{
    ty_table_options own = {.format = options->format,
                            .encoding = options->encoding,
                            .source_lang = options->source_lang,
                            .target_lang = options->target_lang,
                            .columns = options->columns,
                            .all_states = options->all_states};
    return ty_table_read(source, &own, sink, listener, counts, error);
}

enum { GIVES_EITHER = TY_GIVES_UNITS | TY_GIVES_TERMS };

const struct format ty_csv_format = {.name = "csv",
                                     .label = N_("a CSV table"),
                                     .endings = ".csv",
                                     .gives = GIVES_EITHER | TY_GIVES_PLAIN_TEXT,
                                     .bid = bid_csv,
                                     .units = read_units,
                                     .terms = ty_glossary_read_rows};

const struct format ty_tsv_format = {.name = "tsv",
                                     .label = N_("a TSV table"),
                                     .endings = ".tsv",
                                     .gives = GIVES_EITHER | TY_GIVES_PLAIN_TEXT | TY_TAKES_TERMS,
                                     .bid = bid_tsv,
                                     .units = read_units,
                                     .terms = ty_glossary_read_rows};

const struct format ty_xlsx_format = {.name = "xlsx",
                                      .label = N_("an Excel workbook (XLSX)"),
                                      .endings = ".xlsx",
                                      .gives =
                                          GIVES_EITHER | TY_GIVES_DOCUMENT | TY_GIVES_SHEETS | TY_TAKES_TERMS,
                                      .bid = bid_xlsx,
                                      .read = ty_workbook_to_document,
                                      .units = read_units,
                                      .terms = ty_glossary_read_rows};

const struct format ty_aligned_format = {.name = "aligned",
                                         .label = N_("an alignment"),
                                         .gives = TY_GIVES_UNITS | TY_GIVES_BEADS | TY_GIVES_PLAIN_TEXT,
                                         .bid = bid_aligned,
                                         .units = read_units};

const struct format ty_wordfast_format = {.name = "wordfast",
                                          .label = N_("a Wordfast memory"),
                                          .gives = TY_GIVES_UNITS | TY_GIVES_PLAIN_TEXT,
                                          .bid = bid_wordfast,
                                          .units = read_units};
