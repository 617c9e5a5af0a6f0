/* SPDX-License-Identifier: Apache-2.0 */
/* indexes - the indexes of a memory's languages as they are at hand, and what of them is kept in the cache.
 */
#ifndef TY_DERIVED_INDEXES_H
#define TY_DERIVED_INDEXES_H

#include "derived/derived.h"

typedef struct ty_indexed_language {
    char name[16];         /* primary subtag; "und" where the file has no language */
    ty_match_index *index; /* NULL: in the cache, not yet opened */
} ty_indexed_language;

struct ty_derived_indexes {
    ty_store *store;
    TY_VECTOR(ty_indexed_language) languages;
    ty_stamp stamp;  /* of the memory, that they are up to date with */
    uint64_t sorted; /* step up to which all is sorted in; what came since is pending */
    int64_t last_id;
    bool loaded;
};

void ty_indexes_clear(ty_derived_indexes *indexes);

/* The file of a language, or, for "", the one that lists them; false where there is no cache. */
bool ty_indexes_path(ty_derived_indexes *indexes, const char *lang, ty_buffer *out);
/* A cache that cannot be written is no failure: the next look-up makes the indexes again. */
void ty_indexes_keep(ty_derived_indexes *indexes);
/* Which languages the cache has. False when there is no cache. */
bool ty_indexes_fetch_list(ty_derived_indexes *indexes);
/* Opens a language's index, or all, out of the cache, where that is of the same state as the list. */
bool ty_indexes_fetch(ty_derived_indexes *indexes, ty_indexed_language *one);
bool ty_indexes_fetch_all(ty_derived_indexes *indexes);
/*
 * Takes those that are kept, where they are of that step or a later one: they are mapped, so that all who
 * have the memory open share them, and nobody sorts in what another one has sorted in already.
 */
bool ty_indexes_take_kept(ty_derived_indexes *indexes, uint64_t step);

#endif
