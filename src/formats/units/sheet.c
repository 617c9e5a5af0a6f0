/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Units as a workbook for people: a row each, the texts unchanged. Hidden columns say which memory's unit a
 * row is and what it was like, so that a changed row finds its way back; further languages and, where there
 * are any, inline codes have columns behind them.
 */
#include <stdio.h>
#include <stdlib.h>

#include "formats/table/table.h"
#include "formats/units/units.h"

enum { TEXT_WIDTH = 60, SIDE_WIDTH = 20 };

struct unit_sheet {
    ty_workbook *book;
    ty_strings columns; /* in the order they came into use */
    size_t rows;
};

/* ------------------------------------------------------------------------------------------ states */

static uint64_t add(uint64_t seed, ty_slice text)
{
    return ty_hash(text, seed + text.size);
}

static void print_state(uint64_t state, char out[17])
{
    snprintf(out, 17, "%016llx", (unsigned long long)state);
}

void ty_row_state_of(const ty_unit *unit, const ty_unit *shown, ty_row_state *out)
{
    uint64_t all = 1, row = 1;
    char scratch[16];
    for (size_t i = 0; unit && i < unit->variant_count; i++) {
        const ty_variant *variant = &unit->variants[i];
        all = add(add(all, variant->lang), variant->content.data ? variant->content : variant->text);
    }
    /* A row has its languages in whatever order somebody put them. */
    for (size_t i = 0; shown && i < shown->variant_count; i++)
        if (ty_slice_trim(shown->variants[i].text).size)
            row += add(add(1, ty_lang_primary(shown->variants[i].lang, scratch)), shown->variants[i].text);
    print_state(all, out->unit);
    print_state(row, out->row);
}

/* ------------------------------------------------------------------------------------------ cells */

static ty_status put(struct unit_sheet *sheet, ty_slice name, unsigned width, bool hidden, ty_slice text,
                     ty_error *error)
{
    size_t before = sheet->columns.list.count;
    uint32_t column = ty_strings_add(&sheet->columns, name);
    if (column == TY_STRINGS_NONE)
        return ty_error_nomem(error);
    ty_status status = TY_OK;
    if (column == before)
        status = ty_workbook_column(sheet->book, column, name, width, hidden, error);
    return status == TY_OK ? ty_workbook_cell(sheet->book, sheet->rows, column, text, error) : status;
}

static ty_status put_codes(struct unit_sheet *sheet, const ty_variant *variant, ty_slice lang,
                           ty_error *error)
{
    ty_buffer name = {0};
    if (!variant->content.data)
        return TY_OK;
    ty_buffer_add(&name, lang);
    ty_buffer_add_string(&name, ":" TY_TABLE_CODES);
    ty_status status = put(sheet, ty_buffer_slice(&name), TEXT_WIDTH, true, variant->content, error);
    ty_buffer_release(&name);
    return status;
}

static ty_status put_variant(struct unit_sheet *sheet, const ty_variant *variant, ty_slice lang,
                             ty_error *error)
{
    return put(sheet, lang, TEXT_WIDTH, false, variant->text, error);
}

/* ------------------------------------------------------------------------------------------ the row */

/* The first variant of each language, the pair first: what a row shows. `langs`: under which name. */
struct shown {
    ty_variant variants[SIDES];
    ty_slice langs[SIDES];
    ty_unit unit;
};

static void show(struct shown *shown, const ty_variant *variant, ty_slice lang)
{
    size_t count = shown->unit.variant_count;
    for (size_t i = 0; i < count; i++)
        if (ty_slice_equal_nocase(shown->langs[i], lang))
            return;
    if (count == SIDES)
        return;
    shown->variants[count] = *variant;
    shown->langs[count] = lang;
    shown->unit.variant_count++;
}

/* A language that is asked for has one column, however each unit spells it: the one it has got already. */
static ty_slice column_lang(const struct unit_sheet *sheet, size_t side, ty_slice asked, ty_slice own)
{
    return asked.size && sheet->rows > 1 ? sheet->columns.list.items[side] : own;
}

static bool choose(struct unit_writing *writing, const ty_unit *unit, struct shown *shown)
{
    const ty_unit_write_options *options = writing->options;
    const ty_variant *source = ty_variant_in(unit, options->source_lang, NULL);
    const ty_variant *target = ty_variant_in(unit, options->target_lang, source);
    *shown = (struct shown){.unit = {.variants = shown->variants}};
    if (!source || !target)
        return false;
    show(shown, source, column_lang(writing->sheet, 0, options->source_lang, source->lang));
    show(shown, target, column_lang(writing->sheet, 1, options->target_lang, target->lang));
    for (size_t i = 0; i < unit->variant_count; i++)
        if (&unit->variants[i] != source && &unit->variants[i] != target)
            show(shown, &unit->variants[i], unit->variants[i].lang);
    return true;
}

static ty_status put_origin(struct unit_sheet *sheet, const ty_written_unit *unit, const struct shown *shown,
                            ty_error *error)
{
    ty_row_state state;
    char number[24], both[40];
    ty_row_state_of(unit->whole, &shown->unit, &state);
    snprintf(number, sizeof number, "%lld", (long long)unit->id);
    snprintf(both, sizeof both, "%s%s", state.unit, state.row);
    ty_status status = put(sheet, TY_SLICE("origin"), SIDE_WIDTH, false, unit->origin, error);
    if (status == TY_OK)
        status = put(sheet, TY_SLICE(TY_ROW_MEMORY), SIDE_WIDTH, true, unit->memory, error);
    if (status == TY_OK)
        status = put(sheet, TY_SLICE(TY_ROW_UNIT), SIDE_WIDTH, true, ty_slice_of(number), error);
    return status == TY_OK ? put(sheet, TY_SLICE(TY_ROW_STATE), SIDE_WIDTH, true, ty_slice_of(both), error)
                           : status;
}

static ty_status put_row(struct unit_sheet *sheet, const ty_written_unit *unit, const struct shown *shown,
                         ty_error *error)
{
    ty_status status = TY_OK;
    for (size_t i = 0; status == TY_OK && i < shown->unit.variant_count; i++) {
        if (i == 2)
            status = put_origin(sheet, unit, shown, error);
        if (status == TY_OK)
            status = put_variant(sheet, &shown->variants[i], shown->langs[i], error);
    }
    if (status == TY_OK && shown->unit.variant_count <= 2)
        status = put_origin(sheet, unit, shown, error);
    for (size_t i = 0; status == TY_OK && i < shown->unit.variant_count; i++)
        status = put_codes(sheet, &shown->variants[i], shown->langs[i], error);
    return status;
}

static bool fits(struct unit_sheet *sheet, const struct shown *shown)
{
    for (size_t i = 0; i < shown->unit.variant_count; i++)
        if (!ty_workbook_holds(sheet->book, shown->variants[i].text) ||
            !ty_workbook_holds(sheet->book, shown->variants[i].content))
            return false;
    return true;
}

/* ------------------------------------------------------------------------------------------ the sheet */

static ty_status begin(struct unit_writing *writing, ty_error *error)
{
    if (writing->sheet)
        return TY_OK;
    writing->sheet = calloc(1, sizeof *writing->sheet);
    if (!writing->sheet)
        return ty_error_nomem(error);
    writing->sheet->rows = 1; /* the head */
    return ty_workbook_open("Taiyaku", &writing->sheet->book, error);
}

ty_status ty_units_write_sheet(struct unit_writing *writing, const ty_written_unit *unit, ty_error *error)
{
    struct shown shown;
    ty_status status = begin(writing, error);
    if (status != TY_OK || !choose(writing, unit->unit, &shown))
        return status;
    if (!fits(writing->sheet, &shown))
        return ty_error_set(error, TY_ERR_LIMIT, "a text is longer than a cell of a workbook can be");
    status = put_row(writing->sheet, unit, &shown, error);
    writing->sheet->rows++;
    return status == TY_ERR_LIMIT ? TY_ERR_USAGE : status;
}

ty_status ty_units_close_sheet(struct unit_writing *writing, ty_error *error)
{
    ty_status status = begin(writing, error);
    if (writing->sheet) {
        ty_status closed = ty_workbook_close(writing->sheet->book, writing->output, error);
        status = status == TY_OK ? closed : status;
        ty_strings_release(&writing->sheet->columns);
        free(writing->sheet);
    }
    writing->sheet = NULL;
    return status;
}
