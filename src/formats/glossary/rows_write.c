/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Concepts to rows, for UTX 1.20, TSV and workbooks. A row gives its status, organisation, comment and source
 * to the terms it names first (that is how they are read), so terms that differ in these are first named in
 * rows of their own.
 */
#include <stdio.h>
#include <time.h>

#include "formats/glossary/ids.h"
#include "formats/glossary/write.h"

/* ------------------------------------------------------------------------------------------ cells */

/* The language of a side: the two there always are, then further ones of a TSV or workbook. */
static ty_slice lang_of(const ty_glossary_writer *writer, int side)
{
    return side == 0   ? writer->source_lang
           : side == 1 ? writer->target_lang
                       : writer->further.items[side - 2];
}

/* A column by side (0 source, 1 target, 2 and above further languages, -1 the row) and name. */
static void set_cell(ty_glossary_writer *writer, written_row *row, int side, ty_slice name, ty_slice text)
{
    if (!text.size)
        return;
    ty_buffer full = {0};
    bool utx = writer->options.format == TY_FORMAT_UTX;
    if (side >= 0) {
        ty_buffer_add(&full, utx ? (side ? TY_SLICE("tgt") : TY_SLICE("src")) : lang_of(writer, side));
        if (name.size)
            ty_buffer_add_char(&full, ':');
    }
    ty_buffer_add(&full, name);
    bool named = !full.failed;
    uint32_t column = named ? ty_strings_add(&writer->columns, ty_buffer_slice(&full)) : TY_STRINGS_NONE;
    ty_buffer_release(&full);
    struct written_cell cell = {column, ty_arena_copy(&writer->arena, text)};
    if (column == TY_STRINGS_NONE || !ty_vector_push(row, cell))
        writer->failed = true;
}

#define SET(side, name, text) set_cell(writer, row, side, TY_SLICE(name), text)

/* Columns every table has, in this order, before those that come into use later. */
static void add_first_columns(ty_glossary_writer *writer)
{
    if (writer->columns.list.count)
        return;
    written_row scratch = {0}, *row = &scratch;
    ty_slice any = TY_SLICE("-");
    SET(0, "", any);
    SET(1, "", any);
    SET(0, "pos", any);
    SET(1, "pos", any);
    SET(-1, "term status", any);
    SET(-1, "concept ID", any);
    SET(-1, "subject", any);
    ty_vector_release(&scratch);
}

/* What stands in groups or beside a language in TBX has no place in a table. */
static bool fits_a_cell(const ty_info *info)
{
    return info->kind == TY_INFO_PROP && !ty_attribute_find(info->attributes, "group").data &&
           !ty_attribute_find(info->attributes, "level").data &&
           ty_attribute_find(info->attributes, "type").size;
}

static bool is_of_type(const ty_info *info, const char *type)
{
    return ty_slice_equal(ty_attribute_find(info->attributes, "type"), ty_slice_of(type));
}

static ty_slice date_of(const ty_term *term)
{
    return ty_infos_find(term->infos, TY_INFO_DATE);
}

static void set_infos(ty_glossary_writer *writer, written_row *row, int side, ty_infos infos)
{
    for (size_t i = 0; i < infos.count; i++)
        if (fits_a_cell(&infos.items[i]) && !is_of_type(&infos.items[i], TY_INFO_DATE) &&
            !is_of_type(&infos.items[i], TY_ROW_CONCEPT))
            set_cell(writer, row, side, ty_attribute_find(infos.items[i].attributes, "type"),
                     infos.items[i].text);
}

/* ------------------------------------------------------------------------------------------ rows */

/* Which concept the row is of: in each of its rows, for who sorts or parts them. */
static void identify(ty_glossary_writer *writer, written_row *row, const ty_concept *concept)
{
    SET(-1, TY_ROW_CONCEPT, ty_infos_find(concept->infos, TY_ROW_CONCEPT));
}

struct pair {
    const ty_concept *concept;
    const ty_term *source, *target;  /* NULL: that side is empty */
    bool names_source, names_target; /* for the first time */
    bool first;                      /* row of the concept */
};

static void describe(ty_glossary_writer *writer, written_row *row, const struct pair *pair)
{
    const ty_term *both[] = {pair->source, pair->target};
    bool named[] = {pair->source && pair->names_source, pair->target && pair->names_target};
    bool same_note = named[0] && named[1] && ty_slice_equal(pair->source->note, pair->target->note);
    for (int side = 0; side < 2; side++) {
        if (!named[side])
            continue;
        bool once = side == 1 && named[0]; /* the source has set what they share */
        bool shared = same_note || !named[1 - side];
        if (!once || !shared)
            set_cell(writer, row, shared ? -1 : side, TY_SLICE("comment"), both[side]->note);
        if (!once)
            SET(-1, "organisation", both[side]->organisation);
        if (!once)
            SET(-1, "source", both[side]->source);
        if (!once)
            SET(-1, "date", date_of(both[side]));
        set_infos(writer, row, side, both[side]->infos);
    }
}

static void define_in(ty_glossary_writer *writer, written_row *row, ty_slice lang, ty_slice text)
{
    ty_buffer name = {0};
    ty_buffer_add_string(&name, "definition:");
    ty_buffer_add(&name, lang);
    set_cell(writer, row, -1, ty_buffer_slice(&name), text);
    writer->failed |= name.failed;
    ty_buffer_release(&name);
}

/* Those of the languages, which the concept's own repeats, else that one. */
static void define(ty_glossary_writer *writer, written_row *row, const ty_concept *concept)
{
    bool repeated = false;
    for (size_t i = 0; i < concept->term_count; i++) {
        const ty_term *term = &concept->terms[i];
        ty_slice text = ty_term_definition(term);
        bool of_sides = ty_lang_matches(writer->source_lang, term->lang) ||
                        ty_lang_matches(writer->target_lang, term->lang);
        if (!text.size || !of_sides)
            continue;
        define_in(writer, row, term->lang, text);
        repeated |= ty_slice_equal(text, concept->definition);
    }
    if (!repeated)
        SET(-1, "definition", concept->definition);
}

static void add_row(ty_glossary_writer *writer, struct pair pair)
{
    written_row cells = {0}, *row = &cells;
    const ty_term *judged = pair.target && pair.names_target   ? pair.target
                            : pair.source && pair.names_source ? pair.source
                                                               : NULL;
    if (pair.source)
        SET(0, "", pair.source->text);
    if (pair.target)
        SET(1, "", pair.target->text);
    if (pair.source)
        SET(0, "pos", pair.source->part_of_speech);
    if (pair.target)
        SET(1, "pos", pair.target->part_of_speech);
    if (judged)
        SET(-1, "term status", ty_slice_of(ty_term_status_name(judged->status)));
    SET(-1, "concept ID", pair.concept->id);
    SET(-1, "subject", pair.concept->subject);
    describe(writer, row, &pair);
    if (pair.first) {
        define(writer, row, pair.concept);
        SET(-1, "concept note", pair.concept->note);
        SET(-1, "concept source", pair.concept->source);
        set_infos(writer, row, -1, pair.concept->infos);
    }
    identify(writer, row, pair.concept);
    if (!ty_vector_push(&writer->rows, cells)) {
        ty_vector_release(&cells);
        writer->failed = true;
    }
}

/* May one row name both? */
static bool agree(const ty_term *a, const ty_term *b)
{
    return a->status == b->status && ty_slice_equal(a->organisation, b->organisation) &&
           ty_slice_equal(a->source, b->source) && ty_slice_equal(date_of(a), date_of(b));
}

static const ty_term *next_term(const ty_concept *concept, ty_slice lang, size_t *at)
{
    while (*at < concept->term_count) {
        const ty_term *term = &concept->terms[(*at)++];
        if (ty_lang_matches(lang, term->lang))
            return term;
    }
    return NULL;
}

static void add_first_pair(ty_glossary_writer *writer, const ty_concept *concept, const ty_term *source,
                           const ty_term *target)
{
    struct pair pair = {.concept = concept,
                        .source = source,
                        .target = target,
                        .names_source = true,
                        .names_target = true,
                        .first = true};
    if (source && target && !agree(source, target)) {
        pair.target = NULL;
        add_row(writer, pair);
        pair = (struct pair){.concept = concept, .source = source, .target = target, .names_target = true};
    }
    add_row(writer, pair);
}

/* Without an ID rows of one concept cannot be told from others: it gets one. */
static ty_concept with_id(ty_glossary_writer *writer, const ty_concept *concept)
{
    ty_concept copy = *concept;
    copy.id = ty_glossary_id_unique(copy.id, &writer->ids, &writer->arena);
    if (copy.id.size || copy.term_count <= 2)
        return copy;
    ty_buffer id = {0};
    ty_glossary_id_make(writer->concepts, &id);
    copy.id = ty_arena_copy(&writer->arena, ty_buffer_slice(&id));
    writer->failed |= id.failed;
    ty_buffer_release(&id);
    return copy;
}

static bool is_of_sides(const ty_glossary_writer *writer, const ty_term *term)
{
    return ty_lang_matches(writer->source_lang, term->lang) ||
           ty_lang_matches(writer->target_lang, term->lang);
}

/* The side of a further language, from 2 on; -1 where there is no memory left. */
static int further_side(ty_glossary_writer *writer, ty_slice lang)
{
    for (size_t i = 0; i < writer->further.count; i++)
        if (ty_slice_equal_nocase(writer->further.items[i], lang))
            return (int)i + 2;
    bool good = ty_vector_push(&writer->further, ty_arena_copy(&writer->arena, lang));
    writer->failed |= !good;
    return good ? (int)writer->further.count + 1 : -1;
}

/* A term of a further language has a row of its own, told by the concept's id. */
static void add_further(ty_glossary_writer *writer, const ty_concept *concept, const ty_term *term)
{
    written_row cells = {0}, *row = &cells;
    int side = further_side(writer, term->lang);
    if (side < 0)
        return;
    set_cell(writer, row, side, TY_SLICE(""), term->text);
    set_cell(writer, row, side, TY_SLICE("pos"), term->part_of_speech);
    SET(-1, "term status", ty_slice_of(ty_term_status_name(term->status)));
    SET(-1, "concept ID", concept->id);
    SET(-1, "comment", term->note);
    SET(-1, "organisation", term->organisation);
    SET(-1, "source", term->source);
    SET(-1, "date", date_of(term));
    set_infos(writer, row, side, term->infos);
    identify(writer, row, concept);
    if (!ty_vector_push(&writer->rows, cells)) {
        ty_vector_release(&cells);
        writer->failed = true;
    }
}

static void add_others(ty_glossary_writer *writer, const ty_concept *concept)
{
    bool takes = writer->options.format != TY_FORMAT_UTX && !writer->options.these_only;
    for (size_t i = 0; i < concept->term_count; i++) {
        if (is_of_sides(writer, &concept->terms[i]))
            continue;
        if (takes)
            add_further(writer, concept, &concept->terms[i]);
        else
            writer->left_out++;
    }
}

static void add_pairs(ty_glossary_writer *writer, const ty_concept *given)
{
    ty_concept concept = *given;
    size_t source_at = 0, target_at = 0;
    const ty_term *source = next_term(&concept, writer->source_lang, &source_at);
    const ty_term *target = next_term(&concept, writer->target_lang, &target_at);
    if (!source && !target)
        return;
    add_first_pair(writer, &concept, source, target);
    for (const ty_term *more; (more = next_term(&concept, writer->source_lang, &source_at));) {
        bool fits = target && more->status == target->status;
        add_row(writer, (struct pair){.concept = &concept,
                                      .source = more,
                                      .target = fits ? target : NULL,
                                      .names_source = true});
    }
    for (const ty_term *more; (more = next_term(&concept, writer->target_lang, &target_at));)
        add_row(writer,
                (struct pair){.concept = &concept, .source = source, .target = more, .names_target = true});
}

void ty_glossary_rows_concept(ty_glossary_writer *writer, const ty_concept *given)
{
    add_first_columns(writer);
    ty_concept concept = with_id(writer, given);
    add_pairs(writer, &concept);
    add_others(writer, &concept);
}

/* ------------------------------------------------------------------------------------------ the table */

static void add_cell(ty_buffer *text, ty_slice cell)
{
    for (size_t i = 0; i < cell.size; i++)
        ty_buffer_add_char(text, (unsigned char)cell.data[i] < ' ' ? ' ' : cell.data[i]);
}

/* Several values of one column in one row stand side by side. */
static void print_cell(ty_glossary_writer *writer, const written_row *row, uint32_t column, const char *empty)
{
    bool any = false;
    for (size_t i = 0; i < row->count; i++) {
        if (row->items[i].column != column)
            continue;
        if (any)
            ty_buffer_add_string(&writer->text, "; ");
        add_cell(&writer->text, row->items[i].text);
        any = true;
    }
    if (!any)
        ty_buffer_add_string(&writer->text, empty);
}

static void print_row(ty_glossary_writer *writer, const written_row *row)
{
    bool utx = writer->options.format == TY_FORMAT_UTX;
    for (uint32_t column = 0; column < writer->columns.list.count; column++) {
        if (column)
            ty_buffer_add_char(&writer->text, '\t');
        print_cell(writer, row, column, utx ? "-" : "");
    }
    ty_buffer_add_string(&writer->text, utx ? "\r\n" : "\n");
    glossary_flush(writer, false);
}

static bool in_first_line(ty_slice type)
{
    static const char *const keys[] = {"copyright", "license", "bidirectional", "dictionary ID"};
    for (size_t i = 0; i < sizeof keys / sizeof *keys; i++)
        if (ty_slice_equal_nocase(ty_slice_sub(type, 0, strlen(keys[i])), ty_slice_of(keys[i])))
            return true; /* "dictionary ID 12", too */
    return false;
}

static void print_statement(ty_glossary_writer *writer, const ty_info *info)
{
    add_cell(&writer->text, ty_attribute_find(info->attributes, "type"));
    if (!info->text.size)
        return;
    ty_buffer_add_string(&writer->text, ": ");
    for (size_t i = 0; i < info->text.size; i++) /* the semicolon ends a statement */
        ty_buffer_add_char(&writer->text, info->text.data[i] == ';' ? ','
                                          : info->text.data[i] < ' ' && info->text.data[i] > 0
                                              ? ' '
                                              : info->text.data[i]);
}

static ty_slice stated(const ty_glossary_writer *writer, const char *type)
{
    for (size_t i = 0; i < writer->glossary.infos.count; i++)
        if (ty_slice_equal_nocase(ty_attribute_find(writer->glossary.infos.items[i].attributes, "type"),
                                  ty_slice_of(type)))
            return writer->glossary.infos.items[i].text;
    return (ty_slice){"", 0};
}

static void print_date(ty_glossary_writer *writer)
{
    char now[32] = "";
    time_t seconds = time(NULL);
    struct tm utc;
    ty_slice date = stated(writer, "date");
    if (!date.size && gmtime_r(&seconds, &utc)) {
        strftime(now, sizeof now, "%Y-%m-%dT%H:%M:%S+00:00", &utc);
        date = ty_slice_of(now);
    }
    ty_buffer_add(&writer->text, date);
}

static void print_utx_header(ty_glossary_writer *writer)
{
    const ty_infos *infos = &writer->glossary.infos;
    ty_buffer_add_format(&writer->text, "#UTX 1.20; %.*s/%.*s; ", TY_SLICE_FORMAT(writer->source_lang),
                         TY_SLICE_FORMAT(writer->target_lang));
    print_date(writer);
    for (size_t i = 0; i < infos->count; i++) {
        if (!in_first_line(ty_attribute_find(infos->items[i].attributes, "type")))
            continue;
        ty_buffer_add_string(&writer->text, "; ");
        print_statement(writer, &infos->items[i]);
    }
    ty_buffer_add_string(&writer->text, "\r\n");
    for (size_t i = 0; i < infos->count; i++) {
        ty_slice type = ty_attribute_find(infos->items[i].attributes, "type");
        if (in_first_line(type) || ty_slice_equal_nocase(type, TY_SLICE("date")) || !type.size)
            continue;
        ty_buffer_add_char(&writer->text, '#');
        print_statement(writer, &infos->items[i]);
        ty_buffer_add_string(&writer->text, "\r\n");
    }
    ty_buffer_add_char(&writer->text, '#');
}

/* A line of UTX that begins so is one. */
static bool is_comment(const written_row *row)
{
    for (size_t i = 0; i < row->count; i++)
        if (row->items[i].column == 0)
            return ty_slice_starts(row->items[i].text, TY_SLICE("#"));
    return false;
}

static void print_table(ty_glossary_writer *writer)
{
    bool utx = writer->options.format == TY_FORMAT_UTX;
    if (utx)
        print_utx_header(writer);
    for (size_t i = 0; i < writer->columns.list.count; i++) {
        if (i)
            ty_buffer_add_char(&writer->text, '\t');
        add_cell(&writer->text, writer->columns.list.items[i]);
    }
    ty_buffer_add_string(&writer->text, utx ? "\r\n" : "\n");
    for (size_t i = 0; i < writer->rows.count; i++)
        if (utx && is_comment(&writer->rows.items[i]))
            writer->comments++;
        else
            print_row(writer, &writer->rows.items[i]);
}

static ty_status put_row(ty_glossary_writer *writer, ty_workbook *book, size_t number, ty_error *error)
{
    ty_status status = TY_OK;
    for (uint32_t column = 0; status == TY_OK && column < writer->columns.list.count; column++) {
        ty_buffer_clear(&writer->text);
        print_cell(writer, &writer->rows.items[number], column, "");
        status = ty_workbook_cell(book, number + 1, column, ty_buffer_slice(&writer->text), error);
    }
    ty_buffer_clear(&writer->text);
    return status;
}

static bool is_hidden(ty_slice column)
{
    return ty_slice_ends(column, TY_SLICE(TY_ROW_WAS)) || ty_slice_equal(column, TY_SLICE(TY_ROW_CONCEPT));
}

static ty_status put_workbook(ty_glossary_writer *writer, ty_error *error)
{
    enum { TERM_WIDTH = 40, DATA_WIDTH = 16 };
    ty_workbook *book = NULL;
    ty_status status = ty_workbook_open("Terms", &book, error);
    for (uint32_t i = 0; status == TY_OK && i < writer->columns.list.count; i++)
        status = ty_workbook_column(book, i, writer->columns.list.items[i], i < 2 ? TERM_WIDTH : DATA_WIDTH,
                                    is_hidden(writer->columns.list.items[i]), error);
    for (size_t i = 0; status == TY_OK && i < writer->rows.count; i++)
        status = put_row(writer, book, i, error);
    ty_status closed = ty_workbook_close(book, status == TY_OK ? writer->output : NULL, error);
    return status == TY_OK ? closed : status;
}

ty_status ty_glossary_rows_end(ty_glossary_writer *writer, ty_error *error)
{
    if (!writer->source_lang.size)
        writer->source_lang = TY_SLICE("en");
    if (!writer->target_lang.size)
        writer->target_lang = TY_SLICE("ja");
    add_first_columns(writer);
    if (writer->options.format == TY_FORMAT_XLSX && !writer->failed)
        return put_workbook(writer, error);
    print_table(writer);
    return TY_OK;
}
