/* SPDX-License-Identifier: Apache-2.0 */
/*
 * derived - what is made of a memory and can always be made again: the indexes of matches, the index of
 * terms, the words learnt from confirmed pairs. Each has a name, and the stamp of the state it was made of,
 * by which it is known to be good: a copy, a fork or a backup of the memory has other stamps.
 *
 * There are two places to keep them. In the memory file (kept.c), where they travel with it and are written
 * by who writes to it; and in the user's cache (cached_indexes.c), for what is too large for that and is
 * mapped rather than read. Files of the cache are found, written, taken in turns and mapped in one way, which
 * is base's (ty_cached_...), so that lexicon, which stands below and is made of what is installed, whatever
 * the memory, keeps its dictionaries by the same.
 */
#ifndef TY_DERIVED_H
#define TY_DERIVED_H

#include "match/match.h"
#include "store/store.h"
#include "term/term.h"
#include "lexicon/lexicon.h"

/* ------------------------------------------------------------------------------------------ matches */

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
 * There is an index a language (primary subtag), all made in one walk over the memory, kept in the user's
 * cache, and brought up to date when the memory has moved on. One thread at a time.
 */
typedef struct ty_derived_indexes ty_derived_indexes;

/* The store is borrowed until they are freed. */
ty_status ty_derived_indexes_new(ty_store *store, ty_derived_indexes **out, ty_error *error);
void ty_derived_indexes_free(ty_derived_indexes *indexes);
/* Takes what the cache has of the memory. */
void ty_derived_indexes_erase(ty_store *store);

/*
 * The indexes of all languages that `lang` (empty: any) selects, up to date, one after the other: the first
 * is number 0; NULL behind the last. Borrowed.
 */
ty_status ty_derived_index_at(ty_derived_indexes *indexes, ty_slice lang, size_t number,
                              const ty_match_index **out, ty_error *error);
/*
 * After a look-up that ended with *status: where it met damage in what the cache had, all is made anew, and
 * the look-up is to be done again with another ty_derived_index_at. False, and nothing changed, where it did
 * not.
 */
bool ty_derived_index_mended(ty_derived_indexes *indexes, const ty_match_index *index, ty_status *status,
                             ty_error *error);
/* The name of the memory's n-th language (primary subtag; "und": none), or "" behind the last. Number 0
 * brings the indexes up to date, without opening them. */
ty_status ty_derived_index_lang(ty_derived_indexes *indexes, size_t number, char out[16], ty_error *error);

/* ------------------------------------------------------------------------------------------ the copy */

/*
 * Of a memory on a server (ty_store_is_remote) a copy is kept in the cache, for look-ups: begun by `new`,
 * which may return NULL, and followed by a thread until it is freed. It is made where there is none once it
 * is wanted. Any thread.
 */
typedef struct ty_derived_copy ty_derived_copy;
ty_derived_copy *ty_derived_copy_new(const ty_store *memory);
void ty_derived_copy_free(ty_derived_copy *copy);
void ty_derived_copy_want(ty_derived_copy *copy);
/* 0: it is not as the memory is, or not known to be; else the number of the file, which is another one after
 * it was made anew. */
unsigned ty_derived_copy_now(ty_derived_copy *copy);
const char *ty_derived_copy_path(const ty_derived_copy *copy);

/* ------------------------------------------------------------------------------------------ terms */

/*
 * May a translation render the concept freely? Names may not; a concept that says nothing of what its terms
 * are is somebody's own, and wanted as it is. All else is a word among others that a translator chooses.
 */
bool ty_concept_is_loose(const ty_concept *concept);
/* The index of the termbase as it was kept, or made anew; the caller's. What is mapped may be damaged: see
 * ty_term_index_map; then `forget` takes it from the cache. */
ty_status ty_derived_terms(ty_store *store, ty_term_index **out, ty_error *error);
void ty_derived_terms_forget(ty_store *store);
/* Adds all terms of the termbase to an index in the making; ids are the terms' places in their concepts. */
ty_status ty_derived_terms_fill(ty_store *store, ty_term_index *index, ty_error *error);
/* Keeps it in the memory file, so that look-ups need not make it; for whoever changed the termbase. An index
 * that cannot be kept is made anew by the next look-up. */
void ty_derived_terms_keep(ty_store *store);

/* The same, loaded once and shared by threads, as long as the termbase is in that state. */
typedef struct ty_shared_terms ty_shared_terms;
ty_status ty_shared_terms_new(ty_shared_terms **out, ty_error *error);
void ty_shared_terms_free(ty_shared_terms *shared);
/*
 * The index of the store's state, to be closed. `whole`: all of it is trusted, as long work and whatever is
 * not a scan or a look-up wants it; else these two may meet damage (ty_term_index_is_damaged), and the next
 * `open` gives another.
 */
ty_status ty_shared_terms_open(ty_shared_terms *shared, ty_store *store, bool whole,
                               const ty_term_index **out, ty_error *error);
void ty_shared_terms_close(ty_shared_terms *shared, const ty_term_index *index); /* NULL is fine */

/* ------------------------------------------------------------------------------------------ learnt words */

/* A table of word pairs learnt from the store's confirmed pairs, into `out` (replacing); `kept`: written to
 * the store, so that they are at hand. */
ty_status ty_derived_learnt(ty_slice source_lang, ty_slice target_lang, ty_store *store, bool kept,
                            ty_buffer *out, ty_error *error);
/* Adds such a table to a lexicon of the two languages that is not sealed. */
ty_status ty_derived_learnt_add(ty_lexicon *lexicon, ty_slice source_lang, ty_slice target_lang,
                                ty_slice table, ty_error *error);

#endif
