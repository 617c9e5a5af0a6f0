/* SPDX-License-Identifier: Apache-2.0 */
/*
 * entries - the variants of a memory as the matcher sees them: a number and a text each.
 */
#ifndef TY_OPS_ENTRIES_H
#define TY_OPS_ENTRIES_H

#include "ops/internal.h"
#include "match/match.h"

/* An entry of the matcher is a variant: the unit's number, and the variant's place in it in the low bits. */
enum { TY_PLACE_BITS = 12 };

static inline int64_t ty_entry_of(int64_t unit, uint32_t place)
{
    return unit << TY_PLACE_BITS | (place & ((1U << TY_PLACE_BITS) - 1));
}

static inline int64_t ty_entry_unit(int64_t entry)
{
    return entry >> TY_PLACE_BITS;
}

static inline uint32_t ty_entry_place(int64_t entry)
{
    return (uint32_t)(entry & ((1 << TY_PLACE_BITS) - 1));
}

/* An entry read: its unit, and the variant it is. In the arena given. */
typedef struct ty_entry {
    ty_stored_unit stored;
    const ty_variant *variant;
} ty_entry;

/* TY_NO when there is no such entry (any more). */
ty_status ty_entry_read(ty_store *store, int64_t entry, ty_arena *arena, ty_entry *out, ty_error *error);
/* The other side of an entry: the unit's first variant in the language, or, where that is empty, in any but
 * the entry's own. NULL when there is none. */
const ty_variant *ty_entry_partner(const ty_entry *entry, ty_slice lang);

/* The texts of entries, out of the store. Zeroed but for the store to begin with. */
typedef struct ty_entry_texts {
    ty_store *store;
    ty_arena arena;
} ty_entry_texts;

ty_match_texts ty_entry_texts_of(ty_entry_texts *texts);

/* All entries in a language (empty: any): what brute force goes through. */
typedef struct ty_entry_walk {
    ty_variants *variants;
    ty_slice lang;
} ty_entry_walk;

ty_status ty_entry_walk_open(ty_store *store, ty_slice lang, ty_entry_walk *out, ty_error *error);
ty_match_entries ty_entry_walk_of(ty_entry_walk *walk);
void ty_entry_walk_close(ty_entry_walk *walk);

#endif
