/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Editing by a person: one transaction is one step, which the ledger keeps.
 */
#include "store/internal.h"

#include <stdio.h>

/* ------------------------------------------------------------------------------------------ one unit */

static ty_status drop_digest(ty_store *store, int64_t unit, ty_error *error)
{
    return ty_sql_run(store, SQL_DIGEST_REMOVE, error, "i", unit);
}

ty_status ty_unit_remove(ty_store *store, int64_t id, const ty_edit *edit, bool withhold, ty_error *error)
{
    char now[17];
    ty_status status = withhold ? ty_sql_run(store, SQL_WITHHELD_ADD, error, "i", id) : TY_OK;
    if (status == TY_OK && withhold)
        status = ty_sql_run(store, SQL_BEAD_OMIT, error, "ios", id, edit ? edit->who : (ty_slice){0},
                            ty_store_date(edit ? edit->when : (ty_slice){0}, now));
    else if (status == TY_OK)
        status = ty_sql_run(store, SQL_BEAD_REMOVE, error, "ii", id, (int64_t)0);
    if (status == TY_OK)
        status = drop_digest(store, id, error);
    return status == TY_OK ? ty_sql_run(store, SQL_UNIT_REMOVE, error, "i", id) : status;
}

/* ------------------------------------------------------------------------------------------ one edit */

static ty_status name_edit(ty_store *store, int64_t id, const char *what, const ty_edit *edit,
                           ty_error *error)
{
    int64_t digest;
    char number[24];
    snprintf(number, sizeof number, "unit %lld", (long long)id);
    ty_step_name(store, what, ty_slice_of(number), 0, edit);
    return ty_sql_number(store, SQL_UNIT_DIGEST, &digest, error, "i", id);
}

/* Begins the edit's transaction and looks whether there is such a unit. */
static ty_status begin(ty_store *store, int64_t id, const char *what, const ty_edit *edit, ty_error *error)
{
    ty_status status = ty_store_begin_edit(store, &id, 1, error);
    if (status != TY_OK)
        return status;
    status = name_edit(store, id, what, edit, error);
    if (status != TY_OK)
        ty_store_rollback(store);
    return status;
}

/* The same, of a part of what is open. */
static ty_status begin_part(ty_store *store, int64_t id, const char *what, const ty_edit *edit, bool *alone,
                            ty_error *error)
{
    *alone = store->depth == 0;
    if (*alone)
        return begin(store, id, what, edit, error);
    ty_status status = ty_store_expect(store, &id, 1, TY_EXPECT_EDIT, error);
    return status == TY_OK ? name_edit(store, id, what, edit, error) : status;
}

/* A copy of the attributes with one of them set. */
static ty_attributes with_attribute(ty_attributes attributes, const char *name, ty_slice value,
                                    ty_arena *arena)
{
    ty_attributes set = {ty_arena_array(arena, attributes.count + 1, sizeof *set.items), 0};
    bool found = false;
    if (!set.items)
        return set;
    for (size_t i = 0; i < attributes.count; i++) {
        ty_attribute attribute = attributes.items[i];
        if (ty_slice_equal(attribute.name, ty_slice_of(name))) {
            attribute.value = value;
            found = true;
        }
        set.items[set.count++] = attribute;
    }
    if (!found)
        set.items[set.count++] = (ty_attribute){ty_slice_of(name), value};
    return set;
}

static ty_attributes signed_by(ty_attributes attributes, const ty_edit *edit, ty_slice date, ty_arena *arena)
{
    attributes = with_attribute(attributes, "changedate", date, arena);
    if (edit && edit->who.size)
        attributes = with_attribute(attributes, "changeid", edit->who, arena);
    return attributes;
}

void ty_unit_sign(ty_unit *unit, size_t first, size_t count, const ty_edit *edit, ty_arena *arena)
{
    char now[17];
    ty_slice date = ty_arena_copy(arena, ty_store_date(edit ? edit->when : (ty_slice){0}, now));
    unit->attributes = signed_by(unit->attributes, edit, date, arena);
    for (size_t i = first; i < first + count; i++)
        if (ty_attribute_find(unit->variants[i].attributes, "changedate").data)
            unit->variants[i].attributes = signed_by(unit->variants[i].attributes, edit, date, arena);
}

ty_status ty_unit_overwrite(ty_store *store, int64_t id, const ty_unit *unit, uint64_t digest, ty_slice state,
                            ty_error *error)
{
    ty_status status = drop_digest(store, id, error);
    if (status == TY_OK)
        status = ty_sql_run(store, SQL_VARIANT_REMOVE, error, "i", id);
    if (status == TY_OK)
        status = ty_unit_write(store, true, id, unit, state, digest, error);
    if (status == TY_OK)
        status = ty_sql_run(store, SQL_DIGEST_ADD, error, "ii", (int64_t)digest, id);
    return status;
}

static ty_status change(ty_store *store, int64_t id, const ty_unit *unit, uint64_t digest, ty_slice state,
                        ty_error *error)
{
    ty_status status = ty_sql_run(store, SQL_WITHHELD_ADD, error, "i", id);
    if (status == TY_OK) /* whoever changes it has seen what it is in conflict with */
        status = ty_sql_run(store, SQL_UNIT_SET_CONFLICT, error, "ik", id, (int64_t)0);
    return status == TY_OK ? ty_unit_overwrite(store, id, unit, digest, state, error) : status;
}

/* It only writes from here on. */
ty_status ty_unit_change(ty_store *store, int64_t id, const ty_unit *unit, ty_slice state, ty_error *error)
{
    uint64_t digest;
    ty_status status = ty_unit_digest(store, unit, &digest, error);
    if (status == TY_OK)
        status = ty_sql_queue(store, TY_SQL_QUEUE_ON, error);
    if (status != TY_OK)
        return status;
    status = change(store, id, unit, digest, state, error);
    ty_status ended = ty_sql_queue(store, TY_SQL_QUEUE_OFF, status == TY_OK ? error : NULL);
    return status == TY_OK ? ended : status;
}

static ty_status set_segment(ty_store *store, int64_t id, uint32_t number, ty_slice text, ty_slice content,
                             const ty_edit *edit, ty_arena *arena, ty_error *error)
{
    ty_stored_unit stored;
    ty_status status = ty_unit_read(store, id, arena, &stored, error);
    if (status != TY_OK)
        return status;
    if (number >= stored.unit.variant_count)
        return ty_error_set(error, TY_ERR_USAGE, "unit %lld has no variant %u", (long long)id, number + 1);
    ty_variant *variant = &stored.unit.variants[number];
    status = ty_beads_follow(store, id, variant->lang, text, edit, error);
    if (status != TY_OK)
        return status;
    variant->text = text;
    variant->content = content;
    ty_unit_sign(&stored.unit, number, 1, edit, arena);
    if (arena->failed)
        return ty_error_nomem(error);
    /* What was confirmed is another text now, and waits to be confirmed again, as its pair in a release does.
     */
    bool confirmed = ty_slice_equal(stored.status, TY_SLICE("confirmed"));
    return ty_unit_change(store, id, &stored.unit, confirmed ? TY_SLICE("") : stored.status, error);
}

ty_status ty_store_set_segment(ty_store *store, int64_t id, uint32_t variant, ty_slice text, ty_slice content,
                               const ty_edit *edit, ty_error *error)
{
    ty_arena arena = {0};
    bool alone = store->depth == 0;
    ty_status status =
        alone ? begin(store, id, "edit", edit, error) : name_edit(store, id, "edit", edit, error);
    if (status != TY_OK)
        return status;
    status = set_segment(store, id, variant, text, content, edit, &arena, error);
    ty_arena_release(&arena);
    return ty_part_end(store, alone, status, error);
}

ty_status ty_store_set_status(ty_store *store, int64_t id, ty_slice state, const ty_edit *edit,
                              ty_error *error)
{
    if (!state.data)
        state = TY_SLICE("");
    bool alone, confirms = ty_slice_equal(state, TY_SLICE("confirmed"));
    ty_status status = begin_part(store, id, confirms ? "confirm" : "status", edit, &alone, error);
    if (status != TY_OK)
        return status;
    status = ty_sql_run(store, SQL_UNIT_SET_STATUS, error, "is", id, state);
    if (status == TY_OK)
        status = ty_sql_run(store, SQL_UNIT_SET_CONFLICT, error, "ik", id, (int64_t)0);
    if (status == TY_OK)
        status = ty_beads_say(store, id, confirms ? TY_SLICE("ok") : TY_SLICE("hand"), edit, error);
    return ty_part_end(store, alone, status, error);
}

ty_status ty_store_remove(ty_store *store, int64_t id, const ty_edit *edit, ty_error *error)
{
    bool alone;
    ty_status status = begin_part(store, id, "remove", edit, &alone, error);
    if (status != TY_OK)
        return status;
    return ty_part_end(store, alone, ty_unit_remove(store, id, edit, true, error), error);
}

ty_status ty_store_set_unit(ty_store *store, int64_t id, const ty_unit *unit, ty_slice state,
                            const ty_edit *edit, ty_error *error)
{
    ty_arena arena = {0};
    ty_unit own;
    ty_status status = begin(store, id, "edit", edit, error);
    if (status != TY_OK)
        return status;
    if (ty_unit_copy(unit, &arena, &own))
        ty_unit_sign(&own, 0, own.variant_count, edit, &arena);
    status = arena.failed ? ty_error_nomem(error) : ty_unit_change(store, id, &own, state, error);
    ty_arena_release(&arena);
    return ty_store_end(store, status, error);
}

static ty_status place_unit(ty_store *store, int64_t origin, int64_t behind, int64_t id, ty_error *error)
{
    int64_t top = 0;
    if (behind)
        return ty_link_behind(store, origin, behind, id, error);
    ty_status status = ty_sql_number(store, SQL_LINK_TOP, &top, error, "i", origin);
    if (status == TY_OK && top == 0) { /* places begin at 0: all of them are spread to make room */
        status = ty_sql_run(store, SQL_LINK_SPREAD, error, "i", origin);
        if (status == TY_OK)
            status = ty_sql_run(store, SQL_LINK_RETURN, error, "i", origin);
        top = TY_PLACE_STEP;
    }
    return status == TY_OK ? ty_sql_run(store, SQL_LINK_ADD, error, "iii", origin, top / 2, id) : status;
}

static ty_status add_unit(ty_store *store, const ty_unit *unit, ty_slice state, int64_t *id, ty_error *error)
{
    uint64_t digest;
    ty_status status = ty_unit_digest(store, unit, &digest, error);
    if (status == TY_OK)
        status = ty_number_take(store, "unit", 1, id, error);
    if (status == TY_OK)
        status = ty_unit_write(store, false, *id, unit, state, digest, error);
    return status == TY_OK ? ty_sql_run(store, SQL_DIGEST_ADD, error, "ii", (int64_t)digest, *id) : status;
}

ty_status ty_store_add_unit(ty_store *store, const ty_unit *unit, ty_slice state, int64_t origin,
                            int64_t behind, const ty_edit *edit, int64_t *id, ty_error *error)
{
    ty_arena arena = {0};
    ty_unit own;
    ty_status status = ty_store_begin(store, error);
    if (status != TY_OK)
        return status;
    ty_step_name(store, "add", (ty_slice){0}, origin, edit);
    if (ty_unit_copy(unit, &arena, &own))
        ty_unit_sign(&own, 0, own.variant_count, edit, &arena);
    status = arena.failed ? ty_error_nomem(error) : add_unit(store, &own, state, id, error);
    if (status == TY_OK)
        status = place_unit(store, origin, behind, *id, error);
    ty_arena_release(&arena);
    return ty_store_end(store, status, error);
}

/* ------------------------------------------------------------------------------------------ an origin */

/*
 * The origin itself and its documents stay, empty, so that undo finds them. Nothing is withheld, nor what was
 * before: who imports it again wants it back.
 */
static ty_status remove_units(ty_store *store, int64_t origin, const ty_edit *edit, uint64_t *count,
                              ty_error *error)
{
    ty_status status;
    ty_row *row;
    while (row = ty_sql(store, SQL_LINK_LAST, error, "i", origin),
           (status = ty_sql_step(store, row, error)) == TY_OK) {
        int64_t place = ty_row_int(row, 0), unit = ty_row_int(row, 1), links = 0;
        ty_row_end(row);
        status = ty_sql_number(store, SQL_LINK_COUNT, &links, error, "i", unit);
        bool last = links <= 1;
        if (status == TY_OK && last)
            status = ty_unit_remove(store, unit, edit, false, error);
        *count += last;
        if (status == TY_OK && !last)
            status = ty_sql_run(store, SQL_BEAD_REMOVE, error, "ii", unit, origin);
        if (status == TY_OK && !last)
            status = ty_sql_run(store, SQL_LINK_REMOVE, error, "ii", origin, place);
        if (status != TY_OK)
            return status;
    }
    return status == TY_NO ? TY_OK : status;
}

static ty_status remove_concepts(ty_store *store, int64_t origin, uint64_t *count, ty_error *error)
{
    ty_status status;
    ty_row *row;
    while (row = ty_sql(store, SQL_CONCEPT_LINK_LAST, error, "i", origin),
           (status = ty_sql_step(store, row, error)) == TY_OK) {
        int64_t place = ty_row_int(row, 0), concept = ty_row_int(row, 1);
        ty_row_end(row);
        status = ty_concept_leave(store, origin, place, concept, error);
        if (status != TY_OK)
            return status;
        ++*count;
    }
    return status == TY_NO ? TY_OK : status;
}

static ty_status name_origin(ty_store *store, int64_t origin, const ty_edit *edit, ty_error *error)
{
    ty_row *row = ty_sql(store, SQL_ORIGIN_NAME, error, "i", origin);
    ty_status status = ty_sql_step(store, row, error);
    if (status == TY_OK)
        ty_step_name(store, "remove", ty_row_text(row, 0), origin, edit);
    if (row)
        ty_row_end(row);
    return status == TY_NO ? TY_OK : status;
}

ty_status ty_store_remove_origin(ty_store *store, int64_t origin, const ty_edit *edit, uint64_t *units,
                                 uint64_t *concepts, ty_error *error)
{
    uint64_t unit_count = 0, concept_count = 0;
    ty_status status = ty_store_begin(store, error);
    if (status != TY_OK)
        return status;
    status = name_origin(store, origin, edit, error);
    if (status == TY_OK)
        status = remove_units(store, origin, edit, &unit_count, error);
    if (status == TY_OK)
        status = remove_concepts(store, origin, &concept_count, error);
    if (status == TY_OK)
        status = ty_sql_run(store, SQL_BEAD_REMOVE_ALL, error, "i", origin);
    if (status == TY_OK)
        status = ty_sql_run(store, SQL_WITHHELD_FORGET, error, "i", origin);
    if (status == TY_OK)
        status = ty_beads_settle(store, origin, error);
    status = ty_store_end(store, status, error);
    if (units)
        *units = status == TY_OK ? unit_count : 0;
    if (concepts)
        *concepts = status == TY_OK ? concept_count : 0;
    return status;
}
