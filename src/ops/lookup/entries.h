/* SPDX-License-Identifier: Apache-2.0 */
/*
 * entries - the variants of a memory as the matcher sees them: a number and a text each.
 */
#ifndef TY_OPS_ENTRIES_H
#define TY_OPS_ENTRIES_H

#include "ops/internal.h"
#include "derived/derived.h"

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

/* These will be looked at next, or what stands around them: see ty_store_expect. Of more, some. */
enum { TY_ENTRIES_EXPECTED = 64 };
ty_status ty_entries_expect(ty_store *store, const int64_t *entries, size_t count, ty_expected what,
                            ty_error *error);

/* The texts of entries, out of the store. Zeroed but for the store to begin with. */
typedef struct ty_entry_texts {
    ty_store *store;
    ty_arena arena;
    bool held; /* `entry` is what was read last, of the number `id`, but for its origin; in the arena until
                  the next */
    int64_t id;
    ty_entry entry;
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
