/* SPDX-License-Identifier: Apache-2.0 */
/* The columns of a table: by the names in its first row, or by what is in them. */
#include <stdlib.h>

#include "formats/table/table.h"

/* ------------------------------------------------------------------------------------------ names */

static bool add_side(struct columns *columns, size_t column, ty_slice lang)
{
    if (columns->side_count == SIDES)
        return false;
    columns->sides[columns->side_count].lang = lang;
    columns->sides[columns->side_count].column = column;
    columns->sides[columns->side_count].lang_column = -1;
    columns->items[column].role = COLUMN_TERM;
    columns->items[column].side = columns->side_count++;
    return true;
}

/* A column that holds terms or texts. */
static bool is_side(ty_slice name, bool weak_too, const struct column_name *read)
{
    return read->role == COLUMN_TERM || ty_columns_name_source(name) || ty_columns_name_target(name) ||
           (weak_too && ty_columns_name_source_or_not(name));
}

/* "source" or "term" is of originals where there is one other column of texts, else it says where a term was
 * taken from, or what the row is about. */
static bool has_one_side(const ty_slice *names, size_t count)
{
    size_t sides = 0;
    for (size_t i = 0; i < count; i++) {
        struct column_name read;
        ty_slice name = ty_slice_trim(names[i]);
        ty_columns_read_name(name, &read);
        sides += is_side(name, false, &read);
    }
    return sides == 1;
}

/* The side that a prefix names: "src" and "tgt" by their place, a language by its column. */
static int side_of(const struct columns *columns, ty_slice prefix)
{
    if (ty_columns_name_source(prefix) || ty_slice_equal_nocase(prefix, TY_SLICE("source")))
        return 0;
    if (ty_columns_name_target(prefix))
        return columns->side_count > 1 ? 1 : NO_SIDE;
    ty_slice lang = ty_columns_language_of(prefix);
    for (int i = 0; i < columns->side_count && lang.size; i++)
        if (ty_slice_equal_nocase(columns->sides[i].lang, lang))
            return i;
    for (int i = 0; i < columns->side_count && lang.size; i++)
        if (ty_lang_same(columns->sides[i].lang, lang))
            return i;
    return NO_SIDE;
}

/* "src:comment", "source_lang", "target language". */
static bool name_of_side(struct columns *columns, struct column *column)
{
    static const char separators[] = ":_ ";
    for (const char *separator = separators; *separator; separator++) {
        const char *found = memchr(column->name.data, *separator, column->name.size);
        size_t cut = found ? (size_t)(found - column->name.data) : 0;
        int side = found ? side_of(columns, ty_slice_sub(column->name, 0, cut)) : NO_SIDE;
        if (side == NO_SIDE)
            continue;
        column->side = side;
        column->base = ty_slice_trim(ty_slice_sub(column->name, cut + 1, column->name.size));
        column->role = ty_columns_role_of(column->base);
        return true;
    }
    return false;
}

/* memoQ's "Term_Info" goes with the term before it. */
static void name_column(struct columns *columns, size_t at, int last_side)
{
    struct column *column = &columns->items[at];
    struct column_name read;
    ty_columns_read_name(column->name, &read);
    if (ty_slice_starts(column->name, TY_SLICE("Term_")) && column->name.size > 5 && !read.lang.size) {
        column->side = last_side;
        return;
    }
    int side = read.beside ? side_of(columns, read.lang) : NO_SIDE;
    if (side != NO_SIDE) {
        column->side = side;
        column->base = read.base;
        column->role = read.role;
    } else if (!name_of_side(columns, column)) {
        column->role = read.lang.size ? COLUMN_OTHER : read.role;
    }
    if (column->role == COLUMN_OTHER && ty_slice_equal_nocase(column->name, TY_SLICE("source")))
        column->role = COLUMN_SOURCE;
}

static void find_sides(struct columns *columns, const ty_slice *names, ty_arena *arena)
{
    bool weak_too = has_one_side(names, columns->count);
    for (size_t i = 0; i < columns->count; i++) {
        struct column_name read;
        ty_slice name = ty_slice_trim(names[i]);
        columns->items[i] = (struct column){.side = NO_SIDE, .name = name, .base = name};
        ty_columns_read_name(name, &read);
        if (is_side(name, weak_too, &read))
            add_side(columns, i, read.lang.size ? ty_arena_copy(arena, read.lang) : (ty_slice){"", 0});
    }
}

/* "Source Language", "Target Language" over texts, and no other columns for these. */
static void take_language_names(struct columns *columns)
{
    static const char *const names[] = {"source language", "target language", "source_language",
                                        "target_language", "原文言語",        "訳文言語"};
    for (size_t i = 0; i < columns->count; i++)
        for (size_t k = 0; k < sizeof names / sizeof *names; k++)
            if (ty_slice_equal_nocase(columns->items[i].name, ty_slice_of(names[k])))
                add_side(columns, i, (ty_slice){"", 0});
}

/*
 * A row with a word for what stands beside terms ("備考", "Status") names its columns; of those that it calls
 * by words we do not know, the first are the texts. A row of two may be a term and its translation.
 */
static void complete_sides(struct columns *columns)
{
    size_t known = 0, named = 0;
    for (size_t i = 0; i < columns->count; i++) {
        enum column_role role = columns->items[i].role;
        named += columns->items[i].name.size > 0;
        known += role != COLUMN_OTHER && role != COLUMN_TERM && role != COLUMN_LANG;
    }
    if (!known || named < 3 || named - known < 2)
        return;
    for (size_t i = 0; i < columns->count && columns->side_count < 2; i++)
        if (columns->items[i].role == COLUMN_OTHER && columns->items[i].name.size)
            add_side(columns, i, (ty_slice){"", 0});
}

bool ty_columns_from_names(struct columns *columns, const ty_slice *names, size_t count, ty_arena *arena)
{
    *columns = (struct columns){.count = count < COLUMNS ? count : COLUMNS};
    find_sides(columns, names, arena);
    int last_side = NO_SIDE;
    for (size_t i = 0; i < columns->count; i++) {
        struct column *column = &columns->items[i];
        if (column->role == COLUMN_TERM)
            last_side = column->side;
        else if (column->name.size)
            name_column(columns, i, last_side);
        if (column->role == COLUMN_LANG && column->side != NO_SIDE)
            columns->sides[column->side].lang_column = (int)i;
    }
    if (columns->side_count == 0)
        take_language_names(columns);
    if (columns->side_count < 2)
        complete_sides(columns);
    return columns->side_count >= 2;
}

/* ------------------------------------------------------------------------------------------ what is in them
 */

enum { SAMPLE_ROWS = 200, SAMPLE_BYTES = 16384 };

/* A table is looked into and left as it was. */
struct bookmark {
    size_t at, line, next_line;
};

static struct bookmark bookmark(const struct table *table)
{
    return (struct bookmark){table->at, table->line, table->next_line};
}

static void go_back(struct table *table, struct bookmark mark)
{
    table->at = mark.at;
    table->line = mark.line;
    table->next_line = mark.next_line;
}

/* What all cells of a column are, of those that are not empty. */
struct sample {
    size_t filled[COLUMNS], languages[COLUMNS], numbers[COLUMNS];
    size_t columns;
};

static bool is_number(ty_slice cell)
{
    size_t i = 0;
    while (i < cell.size && cell.data[i] >= '0' && cell.data[i] <= '9')
        i++;
    return i > 0 && (i == cell.size || (i + 1 == cell.size && cell.data[i] == '.'));
}

static void look_at_row(const struct table *table, struct sample *out)
{
    for (size_t i = 0; i < table->cells.count && i < COLUMNS; i++) {
        ty_slice cell = ty_table_cell(table, i);
        out->filled[i] += cell.size > 0;
        out->languages[i] += ty_columns_language_of(cell).size > 0;
        out->numbers[i] += is_number(cell);
        out->columns = i + 1 > out->columns ? i + 1 : out->columns;
    }
}

static void take_sample(struct table *table, struct sample *out)
{
    struct bookmark mark = bookmark(table);
    ty_error ignored = {0};
    *out = (struct sample){.columns = 0};
    for (size_t row = 0; row < SAMPLE_ROWS && ty_table_next(table, &ignored); row++)
        if (!table_is_comment(table) || table->cells.count > 1)
            look_at_row(table, out);
    go_back(table, mark);
}

static bool all(const size_t *some, const struct sample *sample, size_t column)
{
    return sample->filled[column] && some[column] == sample->filled[column];
}

/* Two columns of nothing but languages say which ones the first two others are in (DeepL). */
static void find_lang_columns(struct columns *columns, const struct sample *sample)
{
    int found[2], count = 0;
    for (size_t i = 0; i < columns->count; i++)
        if (all(sample->languages, sample, i) && count++ < 2)
            found[count - 1] = (int)i;
    if (count != 2 || columns->count < 4)
        return;
    for (int side = 0; side < 2; side++) {
        columns->items[found[side]].role = COLUMN_LANG;
        columns->sides[side].lang_column = found[side];
    }
}

static void name_plainly(struct columns *columns, size_t at)
{
    static const char *const names[] = {"column-1", "column-2", "column-3", "column-4", "column-5",
                                        "column-6", "column-7", "column-8", "column-9"};
    ty_slice name = ty_slice_of(at < 9 ? names[at] : "column-10");
    columns->items[at] = (struct column){.side = NO_SIDE, .name = name, .base = name};
}

/* Numbers before all else count the rows; the first two texts are the pair, a third one its comment. */
static void find_texts(struct columns *columns, const struct sample *sample)
{
    bool numbered = sample && columns->count > 2 && all(sample->numbers, sample, 0);
    bool commented = false;
    if (numbered)
        columns->items[0].role = COLUMN_NUMBER;
    for (size_t i = 0; i < columns->count; i++) {
        if (columns->items[i].role == COLUMN_LANG || columns->items[i].role == COLUMN_NUMBER)
            continue;
        if (columns->side_count < 2) {
            int lang = columns->sides[columns->side_count].lang_column;
            add_side(columns, i, (ty_slice){"", 0});
            columns->sides[columns->side_count - 1].lang_column = lang;
        } else if (!commented) {
            columns->items[i].role = COLUMN_COMMENT;
            commented = true;
        }
    }
}

void ty_columns_plain(struct columns *columns, size_t count)
{
    *columns = (struct columns){.count = count < COLUMNS ? count : COLUMNS};
    for (int side = 0; side < 2; side++)
        columns->sides[side].lang_column = -1;
    for (size_t i = 0; i < columns->count; i++)
        name_plainly(columns, i);
    find_texts(columns, NULL);
}

static void find_by_content(struct columns *columns, struct table *table)
{
    struct sample sample;
    take_sample(table, &sample);
    *columns = (struct columns){.count = sample.columns < 2 ? 2 : sample.columns};
    for (int side = 0; side < 2; side++)
        columns->sides[side].lang_column = -1;
    for (size_t i = 0; i < columns->count; i++)
        name_plainly(columns, i);
    find_lang_columns(columns, &sample);
    find_texts(columns, &sample);
}

/* ------------------------------------------------------------------------------------------ header or not */

static const char *guess_language(struct table *table, size_t column)
{
    enum { SURE = 300 }; /* bytes of a text in Latin letters, from which on it can be told */
    struct bookmark mark = bookmark(table);
    ty_buffer sample = {0};
    ty_error ignored = {0};
    while (sample.size < SAMPLE_BYTES && ty_table_next(table, &ignored)) {
        if (table->row.data[0] == '#')
            continue;
        ty_buffer_add(&sample, ty_table_cell(table, column));
        ty_buffer_add_char(&sample, '\n');
    }
    go_back(table, mark);
    const char *lang = ty_lang_guess(ty_buffer_slice(&sample));
    bool unsure = sample.size < SURE && !ty_lang_is_unspaced(ty_slice_of(lang)) && strcmp(lang, "ko") != 0;
    ty_buffer_release(&sample);
    return unsure ? "" : lang;
}

/* A column of languages has no language for its name: "sail, 帆, EN, JA". */
static bool has_lang_columns(const struct columns *columns, struct table *table)
{
    struct sample sample;
    size_t columns_of_codes = 0, unknown = 0;
    take_sample(table, &sample);
    for (size_t i = 0; i < columns->count; i++) {
        const struct column *column = &columns->items[i];
        bool lang = column->role == COLUMN_TERM && (columns->sides[column->side].lang.size ||
                                                    ty_slice_ends(column->name, TY_SLICE("anguage")));
        columns_of_codes += lang && (sample.columns == 0 || all(sample.languages, &sample, i));
        unknown += column->role == COLUMN_OTHER && column->name.size > 0;
    }
    return columns_of_codes >= 2 && unknown >= 2;
}

/* "IT", "AI" over Japanese: codes that are terms. So are two of the same language. */
static bool is_contradicted(const struct columns *columns, struct table *table)
{
    for (size_t i = 0; i < columns->count; i++)
        if (columns->items[i].role == COLUMN_IDENTITY)
            return false; /* we wrote it */
    if (has_lang_columns(columns, table))
        return true;
    for (int side = 0; side < columns->side_count; side++) {
        ty_slice lang = columns->sides[side].lang, name = columns->items[columns->sides[side].column].name;
        if (!lang.size || !ty_slice_equal_nocase(lang, name))
            return false; /* more than a code */
        for (int other = 0; other < side; other++)
            if (ty_slice_equal_nocase(columns->sides[other].lang, lang))
                return true;
        const char *seen = guess_language(table, columns->sides[side].column);
        bool han =
            strcmp(seen, "zh") == 0 && ty_lang_matches(TY_SLICE("ja"), lang); /* kanji alone may be either */
        if (ty_lang_is_unspaced(ty_slice_of(seen)) && !ty_lang_same(ty_slice_of(seen), lang) && !han)
            return true;
    }
    return false;
}

static void drop_mark(struct table *table)
{
    if (ty_slice_starts(table->cells.items[0], TY_SLICE("#")) && table->cells.count > 1)
        table->cells.items[0] = ty_slice_sub(table->cells.items[0], 1, table->cells.items[0].size);
}

/* Takes the first row that is no comment where it names columns. */
static bool take_names(struct columns *columns, struct table *table, ty_error *error)
{
    struct bookmark mark = bookmark(table);
    while (ty_table_next(table, error)) {
        drop_mark(table);
        if (ty_columns_from_names(columns, table->cells.items, table->cells.count, &table->cells_text) &&
            !is_contradicted(columns, table))
            return true;
        if (!table_is_comment(table))
            break;
        mark = bookmark(table);
    }
    go_back(table, mark);
    return false;
}

ty_status ty_columns_find(struct columns *columns, struct table *table, const ty_columns_told *told,
                          ty_error *error)
{
    if (told->names)
        return ty_columns_from_told(columns, table, told, error);
    bool named = !told->no_header && take_names(columns, table, error);
    if (error->status != TY_OK)
        return error->status;
    if (!named && told->has_header && !ty_table_next(table, error))
        return error->status;
    if (!named)
        find_by_content(columns, table);
    columns->guessed = !named;
    return TY_OK;
}

/* ------------------------------------------------------------------------------------------ languages */

/* English and Japanese are what it is about where nothing tells. */
static ty_slice usual(const struct columns *columns, int side)
{
    bool japanese = side > 0 && ty_lang_same(columns->sides[0].lang, TY_SLICE("ja"));
    return side == 0 || japanese ? TY_SLICE("en") : TY_SLICE("ja");
}

/* "definition:ja" beside "src" and "tgt" is of a side once it is known which one is Japanese. */
static void name_by_language(struct columns *columns)
{
    for (size_t i = 0; i < columns->count; i++) {
        struct column_name read;
        struct column *column = &columns->items[i];
        if (column->role != COLUMN_OTHER || column->side != NO_SIDE || !column->name.size)
            continue;
        ty_columns_read_name(column->name, &read);
        if (read.beside)
            name_column(columns, i, NO_SIDE);
    }
}

void ty_columns_find_languages(struct columns *columns, struct table *table, ty_slice source, ty_slice target)
{
    ty_slice told[] = {source, target};
    for (int i = 0; i < columns->side_count; i++) {
        if (columns->sides[i].lang.size)
            continue;
        bool tells = i < 2 && told[i].size;
        ty_slice lang = tells ? told[i] : ty_slice_of(guess_language(table, columns->sides[i].column));
        bool same = i == 1 && !tells && ty_slice_equal(columns->sides[0].lang, lang);
        columns->sides[i].lang = lang.size && !same ? lang : usual(columns, i);
        columns->languages_guessed |= !tells && columns->sides[i].lang_column < 0;
    }
    name_by_language(columns);
}

ty_slice ty_columns_lang(const struct columns *columns, const struct table *table, int side)
{
    int column = columns->sides[side].lang_column;
    ty_slice own =
        column < 0 ? (ty_slice){"", 0} : ty_columns_language_of(ty_table_cell(table, (size_t)column));
    return own.size ? own : columns->sides[side].lang;
}

bool ty_columns_is_yes(ty_slice cell)
{
    static const char *const words[] = {"yes", "true", "1", "y", "x", "on", "○", "〇", "はい", "有"};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (ty_slice_equal_nocase(cell, ty_slice_of(words[i])))
            return true;
    return false;
}
