/* SPDX-License-Identifier: Apache-2.0 */
/*
 * UTX 1.00 to 1.20 (AAMT): a first line that says what the glossary is, lines with '#', the last of which
 * names the columns, then rows.
 */
#include "formats/glossary/glossary.h"

static ty_slice without_marks(ty_slice line)
{
    while (line.size && line.data[0] == '#')
        line = ty_slice_sub(line, 1, line.size);
    return ty_slice_trim(line);
}

/* ------------------------------------------------------------------------------------------ the first line
 */

struct preamble {
    ty_glossary glossary;
    ty_arena arena;
};

/* "key: value", or a word alone such as "bidirectional". */
static void add_statement(struct preamble *preamble, ty_slice part)
{
    size_t colon = ty_slice_find(part, TY_SLICE(":"), 0);
    ty_slice key = ty_slice_trim(ty_slice_sub(part, 0, colon));
    ty_slice value =
        colon == SIZE_MAX ? (ty_slice){"", 0} : ty_slice_trim(ty_slice_sub(part, colon + 1, part.size));
    if (key.size)
        ty_concept_infos_add(&preamble->arena, &preamble->glossary.infos, NULL, key, value);
}

static void add_statements(struct preamble *preamble, ty_slice rest)
{
    for (ty_slice part; ty_slice_next(&rest, ';', &part);)
        add_statement(preamble, ty_slice_trim(part));
}

static bool looks_like_date(ty_slice part)
{
    return part.size >= 4 && part.data[0] >= '0' && part.data[0] <= '9' &&
           ty_slice_find(part, TY_SLICE("-"), 0) != SIZE_MAX;
}

/* "UTX 1.11; en-US/ja-JP; 2026-01-02T03:04:05+09:00; copyright: ...; bidirectional; dictionary ID: ..." */
static void read_first_line(struct preamble *preamble, ty_slice line)
{
    ty_slice rest = without_marks(line), part = {"", 0};
    ty_slice_next(&rest, ';', &part);
    size_t blank = ty_slice_find(part, TY_SLICE(" "), 0);
    preamble->glossary.version =
        blank == SIZE_MAX ? (ty_slice){"", 0} : ty_slice_trim(ty_slice_sub(part, blank, part.size));
    if (!ty_slice_next(&rest, ';', &part))
        return;
    size_t slash = ty_slice_find(part, TY_SLICE("/"), 0);
    preamble->glossary.source_lang = ty_slice_trim(ty_slice_sub(part, 0, slash));
    if (slash != SIZE_MAX)
        preamble->glossary.target_lang = ty_slice_trim(ty_slice_sub(part, slash + 1, part.size));
    if (rest.data && ty_slice_next(&rest, ';', &part)) {
        part = ty_slice_trim(part);
        if (looks_like_date(part))
            ty_concept_infos_add(&preamble->arena, &preamble->glossary.infos, "date", part, part);
        else
            add_statement(preamble, part);
    }
    if (rest.data)
        add_statements(preamble, rest);
}

/* ------------------------------------------------------------------------------------------ header lines */

/* The line that names the columns: it begins with src or term:xx. */
static bool names_columns(struct columns *columns, struct table *table)
{
    ty_slice names[COLUMNS];
    size_t count = table->cells.count < COLUMNS ? table->cells.count : COLUMNS;
    for (size_t i = 0; i < count; i++)
        names[i] = i ? table->cells.items[i] : without_marks(table->cells.items[0]);
    return count >= 2 && ty_columns_from_names(columns, names, count, &table->cells_text);
}

static ty_status read_preamble(struct glossary_reader *reader, struct table *table, struct preamble *preamble,
                               struct columns *columns, ty_error *error)
{
    bool named = false;
    size_t after = table->at, after_line = table->next_line;
    while (ty_table_next(table, error) && table->row.data[0] == '#') {
        struct columns found;
        if (table->line == 1)
            read_first_line(preamble, table->row);
        else if (names_columns(&found, table)) {
            *columns = found;
            named = true;
        } else
            add_statements(preamble, without_marks(table->row));
        after = table->at;
        after_line = table->next_line;
    }
    table->at = after;
    table->next_line = after_line;
    if (!named)
        return ty_error_set(error, TY_ERR_FORMAT, "no line names the columns (#src, tgt, src:pos, ...)");
    if (!preamble->glossary.source_lang.size)
        ty_glossary_warn(reader, 1, "utx-languages", "the first line does not name the languages");
    return TY_OK;
}

ty_status ty_utx_read(struct glossary_reader *reader, struct table *table, ty_error *error)
{
    ty_slice empty = {"", 0};
    struct preamble preamble = {
        .glossary = {.format = TY_FORMAT_UTX, .version = empty, .source_lang = empty, .target_lang = empty}};
    struct columns columns;
    ty_status status = read_preamble(reader, table, &preamble, &columns, error);
    if (status == TY_OK) {
        ty_slice source = preamble.glossary.source_lang, target = preamble.glossary.target_lang;
        if (!source.size && reader->options)
            source = reader->options->source_lang;
        if (!target.size && reader->options)
            target = reader->options->target_lang;
        ty_columns_find_languages(&columns, table, source, target);
        status = ty_glossary_rows_to_concepts(reader, table, &columns, &preamble.glossary, error);
    }
    ty_arena_release(&preamble.arena);
    return status;
}
