/*
 * indexes - how the variants of a memory become entries of the matcher, and where its indexes come from.
 *
 * There is an index a language (primary subtag), all made in one walk over the memory, kept in the user's
 * cache, and brought up to date when the memory has moved on. What the cache holds is derived: lost, it is
 * made again.
 */
#ifndef TY_OPS_INDEXES_H
#define TY_OPS_INDEXES_H

#include "internal.h"
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

/*
 * The indexes of all languages that `lang` (empty: any) selects, up to date, one after the other: the first
 * is number 0; NULL behind the last. Borrowed.
 */
ty_status ty_memory_index_at(ty_memory *memory, ty_slice lang, size_t number, const ty_match_index **out,
                             ty_error *error);

#endif
