/* SPDX-License-Identifier: Apache-2.0 */
/* Columns as the user names them, and as they are told to the user. */
#include <stdlib.h>

#include "formats/table/table.h"

/* ------------------------------------------------------------------------------------------ named */

static size_t cut_names(ty_slice list, ty_slice *names)
{
    size_t count = 0;
    while (count < COLUMNS && list.data && ty_slice_next(&list, ',', &names[count])) {
        names[count] = ty_slice_trim(names[count]);
        count++;
    }
    return count;
}

/* The first row is passed where the user says so, or where it is one of names itself. */
static void pass_header(struct table *table, const ty_columns_told *told)
{
    struct columns ignored;
    ty_error error = {0};
    size_t at = table->at, line = table->next_line;
    if (told->no_header || !ty_table_next(table, &error))
        return;
    if (told->has_header ||
        ty_columns_from_names(&ignored, table->cells.items, table->cells.count, &table->cells_text))
        return;
    table->at = at;
    table->next_line = line;
}

ty_status ty_columns_from_told(struct columns *columns, struct table *table, const ty_columns_told *told,
                               ty_error *error)
{
    ty_slice names[COLUMNS], list = ty_arena_copy(&table->cells_text, ty_slice_of(told->names));
    size_t count = cut_names(list, names);
    for (size_t i = 0; i < count; i++)
        if (ty_slice_equal(names[i], TY_SLICE("-")))
            names[i] = (ty_slice){"", 0};
    if (!ty_columns_from_names(columns, names, count, &table->cells_text)) {
        ty_error_set(error, TY_ERR_USAGE,
                     "columns are named one after the other, two of them languages or source and target, "
                     "\"-\" for one to be left out: en,ja,-,note; not \"%s\"",
                     told->names);
        return ty_error_rule(error, "column-names");
    }
    for (size_t i = 0; i < count; i++)
        if (!names[i].size)
            columns->items[i].role = COLUMN_IGNORED;
    pass_header(table, told);
    return TY_OK;
}

/* ------------------------------------------------------------------------------------------ told */

static const char *word_for(enum column_role role)
{
    static const char *const words[] = {
        [COLUMN_POS] = TY_WORDS("part of speech"),
        [COLUMN_STATUS] = TY_WORDS("status"),
        [COLUMN_ID] = TY_WORDS("id"),
        [COLUMN_SUBJECT] = TY_WORDS("subject"),
        [COLUMN_COMMENT] = TY_WORDS("note"),
        [COLUMN_ORGANISATION] = TY_WORDS("organisation"),
        [COLUMN_SOURCE] = TY_WORDS("source"),
        [COLUMN_DEFINITION] = TY_WORDS("definition"),
        [COLUMN_LANG] = TY_WORDS("language"),
        [COLUMN_NUMBER] = TY_WORDS("number"),
        [COLUMN_IGNORED] = TY_WORDS("left out"),
        [COLUMN_FORBIDDEN] = TY_WORDS("forbidden"),
        [COLUMN_FUZZY] = TY_WORDS("fuzzy"),
    };
    return (size_t)role < sizeof words / sizeof *words && words[role] ? ty_words(words[role])
                                                                      : ty_words("property");
}

void ty_columns_tell(const struct columns *columns, const char *path, const ty_listener *listener)
{
    ty_buffer text = {0};
    bool plain = columns->count == 2 && !columns->languages_guessed; /* nothing else it could be */
    if ((!columns->guessed && !columns->languages_guessed) || plain)
        return;
    for (size_t i = 0; i < columns->count; i++) {
        const struct column *column = &columns->items[i];
        bool term = column->role == COLUMN_TERM;
        ty_slice name = term ? columns->sides[column->side].lang : ty_slice_of(word_for(column->role));
        if (term && columns->sides[column->side].lang_column >= 0)
            name = ty_slice_of(ty_words("text"));
        ty_buffer_add_format(&text, "%s%zu %.*s", i ? ty_words(", ") : ty_words("columns: "), i + 1,
                             TY_SLICE_FORMAT(name));
    }
    ty_buffer_add_string(&text, columns->guessed ? ty_words(", the first row is no header") : "");
    ty_notify(listener, &(ty_notice){.file = path, .remark = true, .rule = "columns", .message = text.data});
    ty_buffer_release(&text);
}
