/* SPDX-License-Identifier: Apache-2.0 */
#include "ops/exchange/rows.h"

#include <stdio.h>
#include <stdlib.h>

/* ------------------------------------------------------------------------------------------ meeting */

static ty_slice told(const ty_unit *unit, const char *type)
{
    for (size_t i = 0; i < unit->infos.count; i++)
        if (ty_slice_equal(ty_attribute_find(unit->infos.items[i].attributes, "type"), ty_slice_of(type)))
            return unit->infos.items[i].text;
    return (ty_slice){"", 0};
}

static void forget(ty_unit *unit)
{
    static const char *const types[] = {TY_ROW_MEMORY, TY_ROW_UNIT, TY_ROW_STATE, TY_ROW_CODES_LOST};
    size_t kept = 0;
    for (size_t i = 0; i < unit->infos.count; i++) {
        ty_slice type = ty_attribute_find(unit->infos.items[i].attributes, "type");
        bool own = false;
        for (size_t k = 0; k < sizeof types / sizeof *types; k++)
            own |= ty_slice_equal(type, ty_slice_of(types[k]));
        if (!own)
            unit->infos.items[kept++] = unit->infos.items[i];
    }
    unit->infos.count = kept;
}

bool ty_known_rows_meet(ty_known_rows *known, const char *identity, ty_unit *unit, bool *codes_lost)
{
    ty_slice memory = told(unit, TY_ROW_MEMORY), number = told(unit, TY_ROW_UNIT),
             state = told(unit, TY_ROW_STATE);
    ty_known_row row = {.id = number.size && number.size < 19 ? atoll(number.data) : 0};
    bool ours = ty_slice_equal(memory, ty_slice_of(identity)) && row.id > 0 && state.size == 32;
    known->foreign |= memory.size && !ours;
    *codes_lost = !ours && told(unit, TY_ROW_CODES_LOST).size;
    forget(unit);
    if (!ours)
        return false;
    memcpy(row.was.unit, state.data, 16);
    memcpy(row.was.row, state.data + 16, 16);
    bool copied = ty_unit_copy(unit, &known->arena, &row.unit);
    row.unit.line = unit->line;
    if (!copied || !ty_vector_push(&known->rows, row))
        known->arena.failed = true;
    return true;
}

/* ------------------------------------------------------------------------------------------ one row */

typedef struct job {
    ty_known_rows *known;
    ty_memory *memory;
    ty_on_conflict policy;
    const char *file;
    ty_slice moment;
    ty_counts *counts;
    ty_arena arena; /* of one row */
} job;

static ty_variant *variant_for(const ty_unit *unit, ty_slice lang)
{
    for (size_t i = 0; i < unit->variant_count; i++)
        if (ty_slice_equal_nocase(unit->variants[i].lang, lang))
            return &unit->variants[i];
    for (size_t i = 0; i < unit->variant_count; i++)
        if (ty_lang_same(unit->variants[i].lang, lang))
            return &unit->variants[i];
    return NULL;
}

/* The text goes in between the codes; false where they stand in what was changed. */
static bool set_text(job *j, ty_variant *variant, ty_slice text)
{
    ty_buffer content = {0};
    bool kept = true;
    if (variant->content.data) {
        kept = ty_inline_respell(variant->content, text, &content);
        variant->content = ty_arena_copy(&j->arena, ty_buffer_slice(&content));
        j->arena.failed |= content.failed;
        ty_buffer_release(&content);
    }
    variant->text = text;
    return kept;
}

/* The unit with the row's texts; *changed: it is another one then. False where a code would be lost. */
static bool apply_row(job *j, const ty_known_row *row, ty_unit *unit, bool *changed)
{
    size_t room = unit->variant_count + row->unit.variant_count;
    ty_variant *variants = ty_arena_array(&j->arena, room, sizeof *variants);
    *changed = false;
    if (!variants)
        return true;
    memcpy(variants, unit->variants, unit->variant_count * sizeof *variants);
    unit->variants = variants;
    for (size_t i = 0; i < row->unit.variant_count; i++) {
        const ty_variant *shown = &row->unit.variants[i];
        ty_variant *own = variant_for(unit, shown->lang);
        if (own && ty_slice_equal(own->text, shown->text))
            continue;
        *changed = true;
        if (!own)
            unit->variants[unit->variant_count++] = (ty_variant){.lang = shown->lang, .text = shown->text};
        else if (!set_text(j, own, shown->text))
            return false;
    }
    return true;
}

static void say(job *j, const ty_known_row *row, bool rejected, const char *rule, const char *what)
{
    char message[160];
    snprintf(message, sizeof message, "unit %lld %s", (long long)row->id, what);
    ty_notify(
        j->memory->listener,
        &(ty_notice){
            .file = j->file, .line = row->unit.line, .rejected = rejected, .rule = rule, .message = message});
    j->counts->rejected += rejected;
    j->counts->warnings += !rejected;
}

/* ------------------------------------------------------------------------------------------ conflicts */

static ty_on_conflict decide(const job *j, const ty_stored_unit *stored)
{
    if (j->policy != TY_CONFLICT_NEWER)
        return j->policy;
    return ty_slice_compare(j->moment, ty_stored_unit_date(stored)) > 0 ? TY_CONFLICT_THEIRS
                                                                        : TY_CONFLICT_MINE;
}

static ty_status stand_beside(job *j, const ty_stored_unit *stored, const ty_unit *changed, ty_error *error)
{
    int64_t id = 0;
    ty_edit edit = {.who = {"", 0}};
    ty_unit beside = {.variants = changed->variants, .variant_count = changed->variant_count};
    for (size_t i = 0; i < beside.variant_count; i++) {
        beside.variants[i].attributes.count = 0;
        beside.variants[i].infos.count = 0;
    }
    j->counts->created++;
    if (!stored->origin) {
        ty_unit kept;
        bool good =
            ty_unit_copy(&beside, &j->known->arena, &kept) && ty_vector_push(&j->known->homeless, kept);
        return good ? TY_OK : ty_error_nomem(error);
    }
    return ty_store_add_unit(j->memory->store, &beside, TY_SLICE(""), stored->origin, stored->id, &edit, &id,
                             error);
}

/* The unit is what the row makes of it. */
static ty_status replace(job *j, const ty_stored_unit *stored, const ty_unit *changed, ty_error *error)
{
    ty_edit edit = {.who = {"", 0}};
    j->counts->updated++;
    return ty_store_set_unit(j->memory->store, stored->id, changed, stored->status, &edit, error);
}

static ty_status settle_conflict(job *j, const ty_known_row *row, const ty_stored_unit *stored,
                                 const ty_unit *changed, ty_error *error)
{
    j->counts->conflicts++;
    switch (decide(j, stored)) {
    case TY_CONFLICT_MINE:
        say(j, row, false, "conflict",
            ty_words("was changed here, too, since the file was written; it stays"));
        j->counts->unchanged++;
        return TY_OK;
    case TY_CONFLICT_THEIRS:
        say(j, row, false, "conflict",
            ty_words("was changed here, too, since the file was written; the row replaces it"));
        return replace(j, stored, changed, error);
    default:
        say(j, row, false, "conflict",
            ty_words("was changed here, too, since the file was written; the row stands beside it"));
        return stand_beside(j, stored, changed, error);
    }
}

/* A changed row whose unit is gone: it comes in anew, unless what is here counts. */
static ty_status settle_gone(job *j, const ty_known_row *row, ty_error *error)
{
    j->counts->conflicts++;
    if (j->policy == TY_CONFLICT_MINE) {
        say(j, row, false, "conflict",
            ty_words("was removed here since the file was written; the row is left out"));
        j->counts->unchanged++;
        return TY_OK;
    }
    say(j, row, false, "conflict",
        ty_words("was removed here since the file was written; the row comes in anew"));
    j->counts->created++;
    return ty_vector_push(&j->known->homeless, row->unit) ? TY_OK : ty_error_nomem(error);
}

/* ------------------------------------------------------------------------------------------ all rows */

static ty_status apply_changed(job *j, const ty_known_row *row, ty_error *error)
{
    ty_stored_unit stored;
    ty_row_state now;
    bool changed;
    ty_status status = ty_store_unit(j->memory->store, row->id, &j->arena, &stored, error);
    if (status == TY_NO)
        return settle_gone(j, row, error);
    if (status != TY_OK)
        return status;
    ty_unit unit = stored.unit;
    ty_row_state_of(&stored.unit, NULL, &now);
    bool kept = apply_row(j, row, &unit, &changed);
    if (j->arena.failed)
        return ty_error_nomem(error);
    if (!kept) {
        say(j, row, true, "codes",
            ty_words("has inline codes where the row was changed, which would get lost; it stays"));
        return TY_OK;
    }
    j->counts->unchanged += !changed;
    if (!changed)
        return TY_OK;
    return strcmp(now.unit, row->was.unit) == 0 ? replace(j, &stored, &unit, error)
                                                : settle_conflict(j, row, &stored, &unit, error);
}

static bool is_changed(const ty_known_row *row)
{
    ty_row_state now;
    ty_row_state_of(NULL, &row->unit, &now);
    return strcmp(now.row, row->was.row) != 0;
}

ty_status ty_known_rows_apply(ty_known_rows *known, ty_memory *memory, ty_on_conflict policy,
                              const char *file, ty_slice moment, ty_counts *counts, ty_error *error)
{
    job j = {
        .known = known, .memory = memory, .policy = policy, .file = file, .moment = moment, .counts = counts};
    ty_status status = known->arena.failed ? ty_error_nomem(error) : TY_OK;
    for (size_t i = 0; status == TY_OK && i < known->rows.count; i++) {
        ty_arena_clear(&j.arena);
        if (is_changed(&known->rows.items[i]))
            status = apply_changed(&j, &known->rows.items[i], error);
        else
            counts->unchanged++;
    }
    ty_arena_release(&j.arena);
    return status;
}

void ty_known_rows_release(ty_known_rows *known)
{
    ty_vector_release(&known->rows);
    ty_vector_release(&known->homeless);
    ty_arena_release(&known->arena);
}
