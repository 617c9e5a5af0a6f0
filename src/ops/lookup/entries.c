/* SPDX-License-Identifier: Apache-2.0 */
#include "ops/lookup/entries.h"

#include <stdlib.h>

static ty_status find_variant(ty_status status, int64_t entry, ty_entry *out)
{
    uint32_t place = ty_entry_place(entry);
    bool there = status == TY_OK && place < out->stored.unit.variant_count;
    out->variant = there ? &out->stored.unit.variants[place] : NULL;
    return status == TY_OK && !there ? TY_NO : status;
}

ty_status ty_entry_read(ty_store *store, int64_t entry, ty_arena *arena, ty_entry *out, ty_error *error)
{
    return find_variant(ty_store_unit(store, ty_entry_unit(entry), arena, &out->stored, error), entry, out);
}

const ty_variant *ty_entry_partner(const ty_entry *entry, ty_slice lang)
{
    const ty_unit *unit = &entry->stored.unit;
    if (lang.size)
        return ty_variant_in(unit, lang, entry->variant);
    for (size_t i = 0; i < unit->variant_count; i++)
        if (!ty_slice_equal_nocase(unit->variants[i].lang, entry->variant->lang))
            return &unit->variants[i];
    return NULL;
}

static ty_status text_of(void *payload, int64_t id, ty_slice *out, ty_error *error)
{
    ty_entry_texts *texts = payload;
    ty_arena_clear(&texts->arena);
    ty_status status = find_variant(
        ty_store_unit_alone(texts->store, ty_entry_unit(id), &texts->arena, &texts->entry.stored, error), id,
        &texts->entry);
    texts->held = status == TY_OK;
    texts->id = id;
    *out = status == TY_OK ? texts->entry.variant->text : (ty_slice){"", 0};
    return status;
}

static int by_number(const void *a, const void *b)
{
    int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;
    return (x > y) - (x < y);
}

ty_status ty_entries_expect(ty_store *store, const int64_t *entries, size_t count, ty_expected what,
                            ty_error *error)
{
    int64_t units[TY_ENTRIES_EXPECTED];
    size_t all = count < TY_ENTRIES_EXPECTED ? count : TY_ENTRIES_EXPECTED, kept = 0;
    for (size_t i = 0; i < all; i++)
        units[i] = ty_entry_unit(entries[i]);
    qsort(units, all, sizeof *units, by_number);
    for (size_t i = 0; i < all; i++)
        if (!kept || units[kept - 1] != units[i])
            units[kept++] = units[i];
    return ty_store_expect(store, units, kept, what, error);
}

static ty_status expect(void *payload, const int64_t *ids, size_t count, ty_error *error)
{
    ty_entry_texts *texts = payload;
    return ty_entries_expect(texts->store, ids, count, TY_EXPECT_UNITS, error);
}

ty_match_texts ty_entry_texts_of(ty_entry_texts *texts)
{
    return (ty_match_texts){texts, text_of, expect};
}

static ty_status next_entry(void *payload, int64_t *id, ty_slice *text, ty_error *error)
{
    ty_entry_walk *walk = payload;
    ty_stored_variant variant;
    ty_status status;
    do
        status = ty_variants_next(walk->variants, &variant, error);
    while (status == TY_OK && !ty_lang_matches(walk->lang, variant.lang));
    if (status == TY_OK) {
        *id = ty_entry_of(variant.unit, variant.position);
        *text = variant.text;
    }
    return status;
}

ty_status ty_entry_walk_open(ty_store *store, ty_slice lang, ty_entry_walk *out, ty_error *error)
{
    *out = (ty_entry_walk){.lang = lang};
    return ty_variants_open(store, 0, &out->variants, error);
}

ty_match_entries ty_entry_walk_of(ty_entry_walk *walk)
{
    return (ty_match_entries){walk, next_entry};
}

void ty_entry_walk_close(ty_entry_walk *walk)
{
    ty_variants_close(walk->variants);
    walk->variants = NULL;
}
