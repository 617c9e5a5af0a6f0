/* SPDX-License-Identifier: Apache-2.0 */
/* What the names of columns mean, in the words of UTX, OmegaT, memoQ and spreadsheets people make. */
#include "formats/table/table.h"

/* ------------------------------------------------------------------------------------------ languages */

static const struct {
    const char *name, *tag;
} language_names[] = {
    {"english", "en"},  {"japanese", "ja"}, {"german", "de"},     {"french", "fr"},     {"spanish", "es"},
    {"italian", "it"},  {"korean", "ko"},   {"chinese", "zh"},    {"russian", "ru"},    {"portuguese", "pt"},
    {"dutch", "nl"},    {"polish", "pl"},   {"vietnamese", "vi"}, {"indonesian", "id"}, {"thai", "th"},
    {"英語", "en"},     {"日本語", "ja"},   {"和文", "ja"},       {"英文", "en"},       {"和", "ja"},
    {"英", "en"},       {"日英", ""},       {"中国語", "zh"},     {"韓国語", "ko"},     {"フランス語", "fr"},
    {"ドイツ語", "de"}, {"ロシア語", "ru"}, {"スペイン語", "es"},
};

/* "en", "ja_JP", "fil-PH"; a word of three letters alone is more often no language. */
static bool is_tag(ty_slice name)
{
    char buffer[16], hyphened[16];
    ty_slice primary = ty_lang_primary(name, buffer);
    bool alone = name.size == primary.size;
    if (name.size > 12 || !(primary.size == 2 || (primary.size == 3 && !alone)))
        return false;
    for (size_t i = 0; i < name.size; i++)
        hyphened[i] = name.data[i] == '_' ? '-' : name.data[i];
    return ty_lang_is_valid((ty_slice){hyphened, name.size});
}

ty_slice ty_columns_language_of(ty_slice name)
{
    for (size_t i = 0; i < sizeof language_names / sizeof *language_names; i++)
        if (ty_slice_equal_nocase(name, ty_slice_of(language_names[i].name)))
            return ty_slice_of(language_names[i].tag);
    return is_tag(name) ? name : (ty_slice){"", 0};
}

/* ------------------------------------------------------------------------------------------ names */

static const struct {
    const char *name;
    enum column_role role;
} role_names[] = {
    {"pos", COLUMN_POS},
    {"part of speech", COLUMN_POS},
    {"partofspeech", COLUMN_POS},
    {"品詞", COLUMN_POS},
    {"term status", COLUMN_STATUS},
    {"status", COLUMN_STATUS},
    {"ステータス", COLUMN_STATUS},
    {"concept id", COLUMN_ID},
    {"entry_id", COLUMN_ID},
    {"id", COLUMN_ID},
    {"subject", COLUMN_SUBJECT},
    {"subject field", COLUMN_SUBJECT},
    {"domain", COLUMN_SUBJECT},
    {"entry_subject", COLUMN_SUBJECT},
    {"分野", COLUMN_SUBJECT},
    {"organisation", COLUMN_ORGANISATION},
    {"organization", COLUMN_ORGANISATION},
    {"customer", COLUMN_ORGANISATION},
    {"組織", COLUMN_ORGANISATION},
    {"comment", COLUMN_COMMENT},
    {"comments", COLUMN_COMMENT},
    {"note", COLUMN_COMMENT},
    {"notes", COLUMN_COMMENT},
    {"entry_note", COLUMN_COMMENT},
    {"備考", COLUMN_COMMENT},
    {"definition", COLUMN_DEFINITION},
    {"def", COLUMN_DEFINITION},
    {"定義", COLUMN_DEFINITION},
    {"concept note", COLUMN_CONCEPT_NOTE},
    {"concept source", COLUMN_CONCEPT_SOURCE},
    {"confidence", COLUMN_CONFIDENCE},
    {"score", COLUMN_CONFIDENCE},
};

static enum column_role role_of(ty_slice name)
{
    for (size_t i = 0; i < sizeof role_names / sizeof *role_names; i++)
        if (ty_slice_equal_nocase(name, ty_slice_of(role_names[i].name)))
            return role_names[i].role;
    return COLUMN_OTHER;
}

static bool is_any(ty_slice name, const char *const *list)
{
    for (; *list; list++)
        if (ty_slice_equal_nocase(name, ty_slice_of(*list)))
            return true;
    return false;
}

static bool names_source(ty_slice name)
{
    static const char *const names[] = {"src",  "source term", "source text", "source segment",
                                        "原文", "原語",        NULL};
    return is_any(name, names);
}

static bool names_target(ty_slice name)
{
    static const char *const names[] = {
        "tgt", "target", "target term", "target text", "target segment", "translation", "訳文", "訳語", NULL};
    return is_any(name, names);
}

/* "source" is a term column where there is a target and no src, else where a term was taken from. */
static bool has_target_only(const ty_slice *names, size_t count)
{
    bool source = false, target = false;
    for (size_t i = 0; i < count; i++) {
        source |=
            names_source(ty_slice_trim(names[i])) || (role_of(ty_slice_trim(names[i])) == COLUMN_OTHER &&
                                                      ty_columns_language_of(ty_slice_trim(names[i])).size);
        target |= names_target(ty_slice_trim(names[i]));
    }
    return target && !source;
}

static bool add_side(struct columns *columns, size_t column, ty_slice lang)
{
    if (columns->side_count == SIDES)
        return false;
    columns->sides[columns->side_count].lang = lang;
    columns->sides[columns->side_count].column = column;
    columns->items[column].role = COLUMN_TERM;
    columns->items[column].side = columns->side_count++;
    return true;
}

/* A column that holds terms: by its name, or "term:xx" of UTX 1.20. */
static bool is_term_column(ty_slice name, bool source_is_term, ty_slice *lang)
{
    *lang = (ty_slice){"", 0};
    if (names_source(name) || names_target(name))
        return true;
    if (source_is_term && ty_slice_equal_nocase(name, TY_SLICE("source")))
        return true;
    if (ty_slice_starts(name, TY_SLICE("term:"))) {
        *lang = ty_slice_sub(name, 5, name.size);
        return true;
    }
    *lang = role_of(name) == COLUMN_OTHER ? ty_columns_language_of(name)
                                          : (ty_slice){"", 0}; /* "id" is no Indonesian */
    return lang->size > 0;
}

/* The side that a prefix names: "src" and "tgt" by their place, a language by its column. */
static int side_of(const struct columns *columns, ty_slice prefix)
{
    if (names_source(prefix) || ty_slice_equal_nocase(prefix, TY_SLICE("source")))
        return 0;
    if (names_target(prefix))
        return columns->side_count > 1 ? 1 : NO_SIDE;
    ty_slice lang = ty_columns_language_of(prefix);
    for (int i = 0; i < columns->side_count && lang.size; i++)
        if (ty_slice_equal_nocase(columns->sides[i].lang, lang))
            return i;
    return NO_SIDE;
}

/* "src:comment", "ja:pos", "Japanese_Def"; memoQ's "Term_Info" goes with the term before it. */
static void name_column(struct columns *columns, size_t at, int last_side)
{
    struct column *column = &columns->items[at];
    static const char separators[] = ":_ ";
    for (const char *separator = separators; *separator; separator++) {
        const char *found = memchr(column->name.data, *separator, column->name.size);
        if (!found)
            continue;
        size_t cut = (size_t)(found - column->name.data);
        int side = side_of(columns, ty_slice_sub(column->name, 0, cut));
        if (side == NO_SIDE)
            continue;
        column->side = side;
        column->base = ty_slice_sub(column->name, cut + 1, column->name.size);
        column->role = role_of(column->base);
        return;
    }
    column->role = role_of(column->name);
    if (column->role == COLUMN_OTHER && ty_slice_equal_nocase(column->name, TY_SLICE("source")))
        column->role = COLUMN_SOURCE;
    if (ty_slice_starts(column->name, TY_SLICE("Term_")))
        column->side = last_side;
}

bool ty_columns_from_names(struct columns *columns, const ty_slice *names, size_t count)
{
    *columns = (struct columns){.count = count < COLUMNS ? count : COLUMNS};
    bool source_is_term = has_target_only(names, count);
    for (size_t i = 0; i < columns->count; i++) {
        ty_slice name = ty_slice_trim(names[i]), lang;
        columns->items[i] = (struct column){.side = NO_SIDE, .name = name, .base = name};
        if (is_term_column(name, source_is_term, &lang))
            add_side(columns, i, lang);
    }
    int last_side = NO_SIDE;
    for (size_t i = 0; i < columns->count; i++) {
        if (columns->items[i].role == COLUMN_TERM)
            last_side = columns->items[i].side;
        else
            name_column(columns, i, last_side);
    }
    return columns->side_count >= 2;
}

void ty_columns_plain(struct columns *columns, size_t count)
{
    *columns = (struct columns){.count = count < 3 ? count : 3};
    static const char *const names[] = {"source", "target", "comment"};
    for (size_t i = 0; i < columns->count; i++) {
        columns->items[i] =
            (struct column){.side = NO_SIDE, .name = ty_slice_of(names[i]), .base = ty_slice_of(names[i])};
        if (i < 2)
            add_side(columns, i, (ty_slice){"", 0});
    }
    if (columns->count == 3)
        columns->items[2].role = COLUMN_COMMENT;
}

/* ------------------------------------------------------------------------------------------ languages of
 * sides
 */

enum { GUESSED_FROM = 16384 };

static ty_slice guess_language(struct table *table, size_t column)
{
    ty_buffer sample = {0};
    size_t at = table->at, line = table->line, next_line = table->next_line;
    ty_error ignored = {0};
    while (sample.size < GUESSED_FROM && ty_table_next(table, &ignored)) {
        if (table->row.data[0] == '#')
            continue;
        ty_buffer_add(&sample, ty_table_cell(table, column));
        ty_buffer_add_char(&sample, '\n');
    }
    table->at = at;
    table->line = line;
    table->next_line = next_line;
    const char *lang = ty_lang_guess(ty_buffer_slice(&sample));
    ty_buffer_release(&sample);
    return ty_slice_of(lang);
}

void ty_columns_find_languages(struct columns *columns, struct table *table, ty_slice source, ty_slice target)
{
    ty_slice told[] = {source, target};
    for (int i = 0; i < columns->side_count; i++) {
        if (columns->sides[i].lang.size)
            continue;
        if (i < 2 && told[i].size)
            columns->sides[i].lang = told[i];
        else
            columns->sides[i].lang = guess_language(table, columns->sides[i].column);
        bool same = i == 1 && ty_slice_equal(columns->sides[0].lang, columns->sides[1].lang);
        if (!columns->sides[i].lang.size || same)
            columns->sides[i].lang = i == 0 || ty_slice_equal(columns->sides[0].lang, TY_SLICE("ja"))
                                         ? TY_SLICE("en")
                                         : TY_SLICE("ja");
    }
}
