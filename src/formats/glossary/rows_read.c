/* SPDX-License-Identifier: Apache-2.0 */
/* Rows of a glossary to concepts: what each column says, of the concept or of one of its terms. */
#include "formats/glossary/glossary.h"

struct row {
    struct glossary_reader *reader;
    struct table *table;
    const struct columns *columns;
    struct concept_list *list;
    struct concept_draft *draft;
    ty_term *terms[SIDES]; /* valid until the next term is added: fetched again by index */
    size_t places[SIDES];
    bool named[SIDES], added[SIDES];
};

/* "-" and an empty cell say nothing. */
static ty_slice value_of(const struct table *table, size_t column)
{
    ty_slice cell = ty_table_cell(table, column);
    return ty_slice_equal(cell, TY_SLICE("-")) ? (ty_slice){"", 0} : cell;
}

static ty_slice cell_of(const struct row *row, enum column_role role, int side)
{
    for (size_t i = 0; i < row->columns->count; i++)
        if (row->columns->items[i].role == role && row->columns->items[i].side == side) {
            ty_slice value = value_of(row->table, i);
            if (value.size)
                return value;
        }
    return (ty_slice){"", 0};
}

static bool name_terms(struct row *row)
{
    for (int side = 0; side < row->columns->side_count; side++) {
        ty_slice text = value_of(row->table, row->columns->sides[side].column);
        row->named[side] = text.size > 0;
        if (!text.size)
            continue;
        ty_term *term = ty_concepts_term(
            row->list, row->draft, ty_columns_lang(row->columns, row->table, side), text, &row->added[side]);
        if (!term)
            return false;
        row->places[side] = (size_t)(term - row->draft->terms.items);
    }
    for (int side = 0; side < row->columns->side_count; side++)
        if (row->named[side])
            row->terms[side] = &row->draft->terms.items[row->places[side]];
    return true;
}

static void set(struct row *row, ty_slice *field, ty_slice value)
{
    if (value.size && !field->size)
        *field = ty_arena_copy(&row->list->arena, value);
}

static void set_status(struct row *row, ty_slice name)
{
    ty_term_status status = ty_term_status_of(name);
    if (name.size && status == TY_TERM_UNKNOWN)
        ty_glossary_warn(row->reader, row->table->line, "term-status",
                         "the status \"%.*s\" is none that is known", (int)(name.size < 60 ? name.size : 60),
                         name.data);
    for (int side = 0; side < row->columns->side_count; side++) {
        if (!row->named[side])
            continue;
        if (row->added[side])
            row->terms[side]->status = status;
        else if (side > 0 && status != TY_TERM_UNKNOWN && row->terms[side]->status != status &&
                 !row->added[0])
            ty_glossary_warn(row->reader, row->table->line, "status-conflict",
                             "the status of \"%.*s\" was %s before; that one stays",
                             (int)(row->terms[side]->text.size < 60 ? row->terms[side]->text.size : 60),
                             row->terms[side]->text.data, ty_term_status_name(row->terms[side]->status));
    }
}

/* "forbidden: yes", of the side or of the whole row. */
static bool is_marked(const struct row *row, enum column_role role, int side)
{
    return ty_columns_is_yes(cell_of(row, role, side)) || ty_columns_is_yes(cell_of(row, role, NO_SIDE));
}

/* What a row says beside its terms belongs to those it names first, unless a column is of one side. */
static void describe_term(struct row *row, int side)
{
    ty_term *term = row->terms[side];
    set(row, &term->part_of_speech, cell_of(row, COLUMN_POS, side));
    set(row, &term->note, cell_of(row, COLUMN_COMMENT, side));
    set(row, &term->organisation, cell_of(row, COLUMN_ORGANISATION, side));
    set(row, &term->source, cell_of(row, COLUMN_SOURCE, side));
    ty_slice own = cell_of(row, COLUMN_STATUS, side);
    if (own.size)
        term->status = ty_term_status_of(own);
    if (is_marked(row, COLUMN_FORBIDDEN, side))
        term->status = TY_TERM_FORBIDDEN;
    else if (is_marked(row, COLUMN_FUZZY, side) && term->status != TY_TERM_FORBIDDEN)
        term->status = TY_TERM_PROVISIONAL;
    if (!row->added[side])
        return;
    set(row, &term->part_of_speech, cell_of(row, COLUMN_POS, NO_SIDE));
    set(row, &term->note, cell_of(row, COLUMN_COMMENT, NO_SIDE));
    set(row, &term->organisation, cell_of(row, COLUMN_ORGANISATION, NO_SIDE));
    set(row, &term->source, cell_of(row, COLUMN_SOURCE, NO_SIDE));
}

/* The day of the source is kept with each term that the row names first. */
static bool date_terms(struct row *row)
{
    bool good = true;
    for (int side = 0; side < row->columns->side_count && good; side++) {
        ty_slice own = cell_of(row, COLUMN_DATE, side), date = cell_of(row, COLUMN_DATE, NO_SIDE);
        date = own.size ? own : row->added[side] ? date : own;
        if (row->named[side] && date.size)
            good = ty_concept_infos_add(&row->list->arena, &row->terms[side]->infos, TY_INFO_DATE,
                                        (ty_slice){"", 0}, date);
    }
    return good;
}

/*
 * A definition in one of the languages, as TBX has it beside the terms of that language: with the first of
 * them. The first definition is that of the concept, too.
 */
static bool define_in(struct row *row, int side, ty_slice text)
{
    ty_arena *arena = &row->list->arena;
    ty_attribute *attributes = ty_arena_array(arena, 3, sizeof *attributes);
    if (!attributes)
        return false;
    attributes[0] = (ty_attribute){TY_SLICE("type"), TY_SLICE("definition")};
    attributes[1] = (ty_attribute){TY_SLICE("element"), TY_SLICE("descrip")};
    attributes[2] = (ty_attribute){TY_SLICE("level"), TY_SLICE("language")};
    ty_info info = {.kind = TY_INFO_PROP, .attributes = {attributes, 3}, .text = ty_arena_copy(arena, text)};
    set(row, &row->draft->concept.definition, text);
    return ty_concept_info_push(arena, &row->terms[side]->infos, info);
}

static bool define_in_languages(struct row *row)
{
    bool good = true;
    for (int side = 0; side < row->columns->side_count && good; side++) {
        ty_slice text = cell_of(row, COLUMN_DEFINITION, side);
        if (text.size && row->named[side])
            good = define_in(row, side, text);
    }
    return good;
}

/* A column that repeats a term says nothing (Lokalise's "term"). */
static bool repeats_term(const struct row *row, ty_slice value)
{
    for (int side = 0; side < row->columns->side_count; side++)
        if (row->named[side] && ty_slice_equal(row->terms[side]->text, value))
            return true;
    return false;
}

/* Columns we have no field for become properties, of a term or of the concept. */
static bool keep_others(struct row *row)
{
    for (size_t i = 0; i < row->columns->count; i++) {
        const struct column *column = &row->columns->items[i];
        bool own = column->role == COLUMN_ID && column->side != NO_SIDE;
        bool spoken_for = column->role != COLUMN_OTHER && !own;
        ty_slice value = value_of(row->table, i);
        if (spoken_for || !value.size || repeats_term(row, value) ||
            (column->side != NO_SIDE && !row->named[column->side]))
            continue;
        ty_infos *infos =
            column->side == NO_SIDE ? &row->draft->concept.infos : &row->terms[column->side]->infos;
        if (!ty_concept_infos_add(&row->list->arena, infos, NULL, column->base, value))
            return false;
    }
    return true;
}

static bool describe_concept(struct row *row)
{
    ty_concept *concept = &row->draft->concept;
    set(row, &concept->subject, cell_of(row, COLUMN_SUBJECT, NO_SIDE));
    set(row, &concept->definition, cell_of(row, COLUMN_DEFINITION, NO_SIDE));
    set(row, &concept->note, cell_of(row, COLUMN_CONCEPT_NOTE, NO_SIDE));
    set(row, &concept->source, cell_of(row, COLUMN_CONCEPT_SOURCE, NO_SIDE));
    return date_terms(row) && define_in_languages(row) && keep_others(row);
}

/* Rows of a workbook of ours belong together by that, where their concept has no id. */
static ty_slice known_concept(const struct row *row)
{
    for (size_t i = 0; i < row->columns->count; i++)
        if (ty_slice_equal(row->columns->items[i].base, TY_SLICE(TY_ROW_CONCEPT)))
            return value_of(row->table, i);
    return (ty_slice){"", 0};
}

static ty_status take_row(struct row *row, ty_error *error)
{
    bool any = false;
    for (int side = 0; side < row->columns->side_count; side++)
        any |= value_of(row->table, row->columns->sides[side].column).size > 0;
    if (!any) {
        ty_glossary_reject(row->reader, row->table->line, "no-term", "the row has no term");
        return TY_OK;
    }
    ty_slice id = cell_of(row, COLUMN_ID, NO_SIDE), known = id.size ? (ty_slice){"", 0} : known_concept(row);
    row->draft = ty_concepts_find(row->list, id.size ? id : known, row->table->line);
    if (!row->draft || !name_terms(row))
        return ty_error_nomem(error);
    if (known.size)
    row->draft->concept.id = (ty_slice){"", 0};
    set_status(row, cell_of(row, COLUMN_STATUS, NO_SIDE));
    for (int side = 0; side < row->columns->side_count; side++)
        if (row->named[side])
            describe_term(row, side);
    return describe_concept(row) ? TY_OK : ty_error_nomem(error);
}

ty_status ty_glossary_rows_to_concepts(struct glossary_reader *reader, struct table *table,
                                       const struct columns *columns, const ty_glossary *glossary,
                                       ty_error *error)
{
    struct concept_list list = {0};
    ty_status status = TY_OK;
    while (status == TY_OK && ty_table_next(table, error)) {
        if (table_is_comment(table))
            continue;
        if (table->cells.count < 2) {
            ty_glossary_reject(reader, table->line, "short-row", "the row has one column only");
            continue;
        }
        struct row row = {.reader = reader, .table = table, .columns = columns, .list = &list};
        status = take_row(&row, error);
    }
    if (status == TY_OK && error->status != TY_OK)
        status = error->status;
    if (status == TY_OK && reader->sink->glossary)
        status = reader->sink->glossary(reader->sink->payload, glossary, error);
    if (status == TY_OK)
        status = ty_concepts_deliver(&list, reader->sink, reader->listener, reader->counts, error);
    ty_concepts_release(&list);
    return status;
}
