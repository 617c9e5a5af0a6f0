/* SPDX-License-Identifier: Apache-2.0 */
/* Tables of units: source and target by column, reviewed alignments, Wordfast memories in text form. */
#include <stdio.h>
#include <stdlib.h>

#include "formats/table/unit_table.h"

void ty_unit_table_reject(struct unit_table *rows, const char *rule, const char *message)
{
    rows->counts->rejected++;
    ty_notify(rows->listener, &(ty_notice){.file = rows->path,
                                           .line = rows->table.line,
                                           .unit = rows->unit,
                                           .rejected = true,
                                           .rule = rule,
                                           .message = ty_words(message)});
}

/* ------------------------------------------------------------------------------------------ a row */

static void add_prop(struct unit_table *rows, ty_infos *infos, ty_slice type, ty_slice text)
{
    ty_attribute *attribute = ty_arena_alloc(&rows->arena, sizeof *attribute);
    if (!attribute)
        return;
    *attribute = (ty_attribute){TY_SLICE("type"), type};
    infos->items[infos->count++] =
        (ty_info){.kind = TY_INFO_PROP, .attributes = {attribute, 1}, .text = text};
}

/* "x-" and the name in small letters, without what does not belong into a name. */
static ty_slice prop_type(struct unit_table *rows, ty_slice name)
{
    ty_buffer type = {0};
    ty_buffer_add_string(&type, "x-");
    for (size_t i = 0; i < name.size; i++) {
        char c = name.data[i];
        ty_buffer_add_char(&type, c >= 'A' && c <= 'Z' ? (char)(c + 32) : c == ' ' || c == '\t' ? '-' : c);
    }
    ty_slice kept = ty_arena_copy(&rows->arena, ty_buffer_slice(&type));
    ty_buffer_release(&type);
    return kept;
}

static void add_info(struct unit_table *rows, ty_unit *unit, const struct column *column, ty_slice value)
{
    if (column->role == COLUMN_ID && !unit->attributes.count) {
        unit->attributes.items = ty_arena_alloc(&rows->arena, sizeof *unit->attributes.items);
        if (!unit->attributes.items)
            return;
        unit->attributes.items[unit->attributes.count++] = (ty_attribute){TY_SLICE("tuid"), value};
    } else if (column->role == COLUMN_COMMENT)
        unit->infos.items[unit->infos.count++] = (ty_info){.kind = TY_INFO_NOTE, .text = value};
    else
        add_prop(rows, &unit->infos,
                 column->role == COLUMN_CONFIDENCE ? TY_SLICE("x-taiyaku:confidence")
                 : column->role == COLUMN_IDENTITY ? column->base
                                                   : prop_type(rows, column->name),
                 value);
}

/* What the row has for this side with its codes; data NULL where it has none, or its text was changed since
 * so that they have no place. */
static ty_slice content_of(struct unit_table *rows, int side, ty_slice text, bool *lost)
{
    ty_buffer out = {0};
    ty_slice content = {NULL, 0}, kept = {NULL, 0};
    for (size_t i = 0; i < rows->columns.count && !content.size; i++)
        if (rows->columns.items[i].role == COLUMN_CODES && rows->columns.items[i].side == side)
            content = i < rows->table.cells.count ? rows->table.cells.items[i] : content;
    if (!content.size)
        return kept;
    if (ty_inline_is_valid(content) && ty_inline_respell(content, text, &out))
        kept = ty_arena_copy(&rows->arena, ty_buffer_slice(&out));
    else
        *lost = true;
    rows->arena.failed |= out.failed;
    ty_buffer_release(&out);
    return kept;
}

/* The texts of a row stay as they are, white space at their edges included. */
static bool add_variants(struct unit_table *rows, ty_unit *unit)
{
    bool lost = false;
    unit->variants = ty_arena_array(&rows->arena, (size_t)rows->columns.side_count, sizeof *unit->variants);
    for (int side = 0; side < rows->columns.side_count && unit->variants; side++) {
        ty_slice text = ty_table_cell(&rows->table, rows->columns.sides[side].column);
        if (!text.size)
            continue;
        text = rows->table.cells.items[rows->columns.sides[side].column];
        unit->variants[unit->variant_count++] =
            (ty_variant){.lang = ty_columns_lang(&rows->columns, &rows->table, side),
                         .text = text,
                         .content = content_of(rows, side, text, &lost)};
    }
    if (lost)
        add_prop(rows, &unit->infos, TY_SLICE(TY_ROW_CODES_LOST), TY_SLICE("yes"));
    return unit->variants != NULL;
}

/* What a column says of a unit; those that tell how the table is to be read say nothing more. */
static bool is_told(const struct column *column)
{
    return column->role != COLUMN_TERM && column->role != COLUMN_IGNORED && column->role != COLUMN_NUMBER &&
           column->role != COLUMN_LANG && column->role != COLUMN_FUZZY && column->role != COLUMN_CODES;
}

/* A row that knows its unit needs not say where that came from. */
static bool is_own(const struct unit_table *rows, const struct column *column)
{
    bool own = false;
    for (size_t i = 0; i < rows->columns.count; i++)
        own |= rows->columns.items[i].role == COLUMN_IDENTITY;
    return own && ty_slice_equal(column->name, TY_SLICE("origin"));
}

static bool is_draft(const struct unit_table *rows)
{
    for (size_t i = 0; i < rows->columns.count; i++)
        if (rows->columns.items[i].role == COLUMN_FUZZY && ty_columns_is_yes(ty_table_cell(&rows->table, i)))
            return true;
    return false;
}

static ty_status take_row(struct unit_table *rows, ty_error *error)
{
    ty_arena_clear(&rows->arena);
    rows->unit++;
    bool draft = is_draft(rows);
    if (draft && !rows->all_states) {
        rows->counts->outside++;
        return TY_OK;
    }
    ty_unit unit = {.line = rows->table.line};
    /* One a column at most, lost codes, and the state. */
    unit.infos.items = ty_arena_array(&rows->arena, rows->columns.count + 2, sizeof *unit.infos.items);
    if (!unit.infos.items || !add_variants(rows, &unit))
        return ty_error_nomem(error);
    if (unit.variant_count < 2) {
        ty_unit_table_reject(rows, "empty-side", "one side of the row is empty");
        return TY_OK;
    }
    for (size_t i = 0; i < rows->columns.count; i++) {
        ty_slice value = ty_table_cell(&rows->table, i);
        if (is_told(&rows->columns.items[i]) && !is_own(rows, &rows->columns.items[i]) && value.size &&
            unit.infos.count + 1 < INFOS)
            add_info(rows, &unit, &rows->columns.items[i], value);
    }
    if (draft)
        add_prop(rows, &unit.infos, TY_SLICE("x-taiyaku:state"), TY_SLICE("outside"));
    if (rows->arena.failed)
        return ty_error_nomem(error);
    rows->counts->read++;
    return rows->sink->unit(rows->sink->payload, &unit, error);
}

static ty_status take_rows(struct unit_table *rows, ty_error *error)
{
    ty_status status = TY_OK;
    while (status == TY_OK && ty_table_next(&rows->table, error)) {
        if (rows->table.row.data[0] == '#' && rows->table.cells.count < 2)
            continue;
        status = take_row(rows, error);
        if (status == TY_OK && rows->unit % 4096 == 0 &&
            !ty_progress(rows->listener, "read", rows->table.at, rows->table.text.size))
            status = TY_STOP;
    }
    return status == TY_OK && error->status != TY_OK ? error->status : status;
}

/* ------------------------------------------------------------------------------------------ kinds */

static void aligned_columns(struct columns *columns)
{
    *columns = (struct columns){.count = 3, .side_count = 2};
    columns->items[0] =
        (struct column){.role = COLUMN_CONFIDENCE, .side = NO_SIDE, .name = TY_SLICE("confidence")};
    for (int side = 0; side < 2; side++) {
        columns->items[side + 1] = (struct column){.role = COLUMN_TERM, .side = side};
        columns->sides[side].column = (size_t)side + 1;
        columns->sides[side].lang_column = -1;
    }
}

/* ------------------------------------------------------------------------------------------ the whole */

static ty_status tell_header(struct unit_table *rows, ty_format format, ty_error *error)
{
    if (!rows->sink->header)
        return TY_OK;
    ty_slice source = format == TY_FORMAT_WORDFAST ? TY_SLICE("*all*") : rows->columns.sides[0].lang;
    ty_attribute attributes[] = {
        {TY_SLICE("o-tmf"), format == TY_FORMAT_CSV        ? TY_SLICE("csv")
                            : format == TY_FORMAT_WORDFAST ? TY_SLICE("Wordfast")
                                                           : TY_SLICE("tsv")},
        {TY_SLICE("srclang"), source},
        {TY_SLICE("datatype"), TY_SLICE("plaintext")},
    };
    ty_header header = {.version = {"", 0}, .attributes = {attributes, 3}};
    return rows->sink->header(rows->sink->payload, &header, error);
}

static ty_status read_table(struct unit_table *rows, ty_format format, const ty_table_options *options,
                            ty_error *error)
{
    static const ty_table_options nothing_told;
    options = options ? options : &nothing_told;
    ty_status found = TY_OK;
    ty_table_set_form(&rows->table, format);
    rows->all_states = options->all_states;
    if (format == TY_FORMAT_ALIGNED)
        aligned_columns(&rows->columns);
    else if (format != TY_FORMAT_WORDFAST)
        found = ty_columns_find(&rows->columns, &rows->table, &options->columns, error);
    if (found != TY_OK)
        return found;
    if (format != TY_FORMAT_WORDFAST)
        ty_columns_find_languages(&rows->columns, &rows->table, options->source_lang, options->target_lang);
    if (format != TY_FORMAT_WORDFAST && format != TY_FORMAT_ALIGNED)
        ty_columns_tell(&rows->columns, rows->path, rows->listener);
    ty_status status = tell_header(rows, format, error);
    if (status != TY_OK)
        return status;
    return format == TY_FORMAT_WORDFAST ? ty_wordfast_rows(rows, error) : take_rows(rows, error);
}

static void tell_outside(const struct unit_table *rows)
{
    char message[80];
    snprintf(message, sizeof message, ty_words("%llu fuzzy"), (unsigned long long)rows->counts->outside);
    if (rows->counts->outside)
        ty_notify(rows->listener,
                  &(ty_notice){.file = rows->path, .remark = true, .rule = "outside", .message = message});
}

static ty_status choose_format(const ty_source *source, const ty_table_options *options, ty_format *format,
                               ty_error *error)
{
    *format = options ? options->format : TY_FORMAT_UNKNOWN;
    if (*format != TY_FORMAT_UNKNOWN)
        return TY_OK;
    ty_sniffed sniffed;
    ty_status status = ty_format_sniff(source, &sniffed, error);
    if (status != TY_OK)
        return status;
    *format = sniffed.format;
    if (*format == TY_FORMAT_CSV || *format == TY_FORMAT_TSV || *format == TY_FORMAT_ALIGNED ||
        *format == TY_FORMAT_OMEGAT || *format == TY_FORMAT_WORDFAST || *format == TY_FORMAT_XLSX)
        return TY_OK;
    ty_error_set(error, TY_ERR_FORMAT, "this is %s, not a table of units", sniffed.name);
    return ty_error_locate(error, source->path, 0, 0);
}

ty_status ty_table_read(const ty_source *source, const ty_table_options *options, const ty_unit_sink *sink,
                        const ty_listener *listener, ty_read_counts *counts, ty_error *error)
{
    ty_read_counts own_counts = {0};
    ty_error own_error = {0};
    if (!error)
        error = &own_error;
    struct unit_table rows = {.path = source->path ? source->path : "",
                              .sink = sink,
                              .listener = listener,
                              .counts = counts ? counts : &own_counts};
    ty_format format;
    ty_status status = choose_format(source, options, &format, error);
    if (status != TY_OK)
        return status;
    status = ty_table_open(&rows.table, source, options ? options->encoding : NULL,
                           options ? options->columns.sheet : NULL, listener, error);
    if (status == TY_OK)
        status = read_table(&rows, format, options, error);
    if (status == TY_OK)
        tell_outside(&rows);
    if (status != TY_OK)
        ty_error_locate(error, rows.path, rows.table.line, rows.unit);
    ty_table_release(&rows.table);
    ty_arena_release(&rows.arena);
    return status;
}
