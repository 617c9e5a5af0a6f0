/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Near-duplicates: units with the same texts in the same languages that differ in anything else. Only an
 * intake that is told to spare them, or one that replaces its origin, looks for them, through a table in
 * memory of 16 bytes a slot.
 */
#include "store/intake.h"

#include <stdlib.h>

/* A language tag hashes without regard to case and to _ or -. */
static uint64_t hash_lang(ty_slice lang, uint64_t seed)
{
    char plain[64];
    if (lang.size > sizeof plain)
        return ty_hash(lang, seed);
    for (size_t i = 0; i < lang.size; i++) {
        char byte = lang.data[i];
        plain[i] = byte == '_' ? '-' : (char)(byte >= 'A' && byte <= 'Z' ? byte + 32 : byte);
    }
    return ty_hash((ty_slice){plain, lang.size}, seed);
}

static uint64_t add_variant(uint64_t key, ty_slice lang, ty_slice text)
{
    return ty_hash(text, hash_lang(lang, key));
}

static uint64_t key_of(const ty_unit *unit)
{
    uint64_t key = 0;
    for (size_t i = 0; i < unit->variant_count; i++)
        key = add_variant(key, unit->variants[i].lang, unit->variants[i].text);
    return key;
}

/* ------------------------------------------------------------------------------------------ the table */

static ty_similar_slot *find_slot(const ty_similar *similar, uint64_t key)
{
    size_t at = (size_t)key & (similar->size - 1);
    while (similar->slots[at].unit && similar->slots[at].key != key)
        at = (at + 1) & (similar->size - 1);
    return &similar->slots[at];
}

static bool grow(ty_similar *similar)
{
    ty_similar larger = {.size = similar->size ? similar->size * 2 : 1024, .count = similar->count};
    larger.slots = calloc(larger.size, sizeof *larger.slots);
    if (!larger.slots)
        return false;
    for (size_t i = 0; i < similar->size; i++)
        if (similar->slots[i].unit)
            *find_slot(&larger, similar->slots[i].key) = similar->slots[i];
    free(similar->slots);
    *similar = larger;
    return true;
}

/* The first unit of a key stays. */
static bool add(ty_similar *similar, uint64_t key, int64_t unit)
{
    if (similar->count * 4 >= similar->size * 3 && !grow(similar))
        return false;
    ty_similar_slot *slot = find_slot(similar, key);
    if (slot->unit)
        return true;
    *slot = (ty_similar_slot){key, unit};
    similar->count++;
    return true;
}

/* Rows of unit, position, language, text; those of a unit stand together. */
static ty_status load_rows(ty_intake *intake, ty_row *row, ty_error *error)
{
    uint64_t key = 0;
    int64_t unit = 0;
    bool room = grow(&intake->similar);
    ty_status status = TY_NO;
    while (room && (status = ty_sql_step(intake->store, row, error)) == TY_OK) {
        int64_t next = ty_row_int(row, 0);
        if (next != unit) {
            if (unit)
                room = add(&intake->similar, key, unit);
            unit = next;
            key = 0;
        }
        key = add_variant(key, ty_row_text(row, 2), ty_row_text(row, 3));
    }
    if (room && unit && status == TY_NO)
        room = add(&intake->similar, key, unit);
    if (!room)
        return ty_error_nomem(error);
    return status == TY_NO ? TY_OK : status;
}

ty_status ty_similar_load(ty_intake *intake, bool all, ty_error *error)
{
    ty_row *row;
    ty_status status = ty_sql_walk_open(intake->store, all ? WALK_TEXTS : WALK_ASIDE_TEXTS, &row, error);
    if (status != TY_OK)
        return status;
    ty_row_bind(row, 1, all ? 0 : intake->origin);
    status = load_rows(intake, row, error);
    ty_row_close(row);
    return status;
}

void ty_similar_release(ty_similar *similar)
{
    free(similar->slots);
    *similar = (ty_similar){0};
}

ty_status ty_similar_note(ty_intake *intake, const ty_unit *unit, int64_t id, ty_error *error)
{
    return add(&intake->similar, key_of(unit), id) ? TY_OK : ty_error_nomem(error);
}

/* ------------------------------------------------------------------------------------------ asking it */

static bool same_texts(const ty_unit *a, const ty_unit *b)
{
    if (a->variant_count != b->variant_count)
        return false;
    for (size_t i = 0; i < a->variant_count; i++) {
        if (!ty_slice_equal(a->variants[i].text, b->variants[i].text))
            return false;
        if (hash_lang(a->variants[i].lang, 0) != hash_lang(b->variants[i].lang, 0))
            return false;
    }
    return true;
}

ty_status ty_similar_find(ty_intake *intake, const ty_unit *unit, int64_t *id, ty_slice *state,
                          ty_error *error)
{
    ty_stored_unit stored;
    const ty_similar_slot *slot = find_slot(&intake->similar, key_of(unit));
    *id = 0;
    *state = (ty_slice){0};
    if (!slot->unit)
        return TY_OK;
    ty_status status = ty_pending_flush(intake->store, error);
    if (status != TY_OK)
        return status;
    ty_arena_clear(&intake->arena);
    status = ty_unit_read(intake->store, slot->unit, &intake->arena, &stored, error);
    if (status != TY_OK)
        return status == TY_NO ? TY_OK : status;
    if (same_texts(unit, &stored.unit))
        *id = slot->unit;
    *state = stored.status;
    return TY_OK;
}
