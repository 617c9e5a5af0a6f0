/* SPDX-License-Identifier: Apache-2.0 */
/* Glossaries in: which kind it is, and tables without a form of their own. */
#include "formats/format.h"
#include "formats/glossary/glossary.h"

/* ------------------------------------------------------------------------------------------ plain tables */

static ty_status plain_read(struct glossary_reader *reader, struct table *table, ty_format format,
                            ty_error *error)
{
    static const ty_glossary_options nothing_told;
    const ty_glossary_options *told = reader->options ? reader->options : &nothing_told;
    struct columns columns;
    ty_status status = TY_OK;
    ty_table_set_form(table, format);
    if (format == TY_FORMAT_OMEGAT && !told->columns.names)
        ty_columns_plain(&columns, 3);
    else
        status = ty_columns_find(&columns, table, &told->columns, error);
    if (status != TY_OK)
        return status;
    ty_columns_find_languages(&columns, table, told->source_lang, told->target_lang);
    if (format != TY_FORMAT_OMEGAT)
        ty_columns_tell(&columns, reader->path, reader->listener);
    ty_glossary glossary = {.format = format,
                            .version = {"", 0},
                            .source_lang = columns.sides[0].lang,
                            .target_lang =
                                columns.side_count > 1 ? columns.sides[1].lang : (ty_slice){"", 0}};
    return ty_glossary_rows_to_concepts(reader, table, &columns, &glossary, error);
}

/* ------------------------------------------------------------------------------------------ all kinds */

ty_status ty_glossary_read_rows(struct glossary_reader *reader, const ty_source *source, ty_format format,
                                ty_error *error)
{
    struct table table;
    ty_status status =
        ty_table_open(&table, source, reader->options ? reader->options->encoding : NULL,
                      reader->options ? reader->options->columns.sheet : NULL, reader->listener, error);
    if (status == TY_OK)
        status = format == TY_FORMAT_UTX ? ty_utx_read(reader, &table, error)
                                         : plain_read(reader, &table, format, error);
    if (status != TY_OK)
        ty_error_locate(error, reader->path, table.line, 0);
    ty_table_release(&table);
    return status;
}

ty_status ty_glossary_read(const ty_source *source, const ty_glossary_options *options,
                           const ty_glossary_sink *sink, const ty_listener *listener, ty_read_counts *counts,
                           ty_error *error)
{
    ty_read_counts own_counts = {0};
    ty_error own_error = {0};
    if (!error)
        error = &own_error;
    struct glossary_reader reader = {.path = source->path ? source->path : "",
                                     .options = options,
                                     .sink = sink,
                                     .listener = listener,
                                     .counts = counts ? counts : &own_counts};
    ty_sniffed sniffed = {.format = options ? options->format : TY_FORMAT_UNKNOWN, .name = "a glossary"};
    ty_status status = sniffed.format == TY_FORMAT_UNKNOWN ? ty_format_sniff(source, &sniffed, error) : TY_OK;
    if (status != TY_OK)
        return status;
    const struct format *row = ty_format_row(sniffed.format);
    if (row && row->terms)
        return row->terms(&reader, source, sniffed.format, error);
    if (sniffed.format == TY_FORMAT_EMPTY)
        ty_error_set(error, TY_ERR_FORMAT, "the file is empty");
    else
        ty_error_set(error, TY_ERR_FORMAT, "this is %s, not a glossary", sniffed.name);
    return ty_error_locate(error, reader.path, 0, 0);
}
