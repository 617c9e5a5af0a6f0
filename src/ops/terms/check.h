/* SPDX-License-Identifier: Apache-2.0 */
/*
 * check.h - a check of translations under way: what term_check.c and renderings.c share.
 */
#ifndef TY_OPS_CHECK_H
#define TY_OPS_CHECK_H

#include "ops/internal.h"

/* How a term of the source was rendered in one document, and where first. */
typedef struct ty_rendering {
    uint32_t document, source, target; /* number of the document; entries */
    uint32_t spelling;                 /* of the target */
    uint64_t count;
    int64_t place; /* unit of the memory, or bead of the bitext */
    ty_span target_at;
    bool told;
} ty_rendering;

typedef struct ty_renderings {
    ty_strings documents, spellings;
    ty_strings keys; /* a rendering's number by document, source and spelling */
    TY_VECTOR(ty_rendering) list;
    ty_term_uses uses; /* scratch */
} ty_renderings;

typedef struct ty_checking {
    ty_memory *memory; /* NULL: there are no terms, and nothing is accepted */
    ty_bitext *bitext; /* NULL: the memory is checked */
    const char *organisation;
    bool accepted;             /* tell accepted findings, too */
    const char *only, *except; /* faults, parted by commas */
    const ty_term_index *index;
    ty_slice source_lang, target_lang;
    ty_term_findings findings; /* of the pair at hand */
    ty_renderings renderings;
    ty_arena arena;   /* of one finding */
    ty_buffer note;   /* the same */
    ty_buffer digest; /* scratch */
    ty_status (*each)(void *payload, const ty_check *found);
    void *payload;
    uint64_t told;
} ty_checking;

/* Tells of a finding, unless it is accepted. `about` are the terms that, with the texts, make its id. */
ty_status ty_checking_tell(ty_checking *check, ty_check *found, const ty_slice *about, size_t about_count,
                           ty_error *error);
/* The concept of an entry, in check->arena; and the entry's term in it, NULL where it is gone. */
ty_status ty_checking_term(ty_checking *check, uint32_t entry, ty_stored_concept *concept,
                           const ty_term **term, ty_error *error);

/* TY_ERR_USAGE where the settings name a fault that there is not. */
ty_status ty_checking_check_faults(const ty_check_settings *settings, ty_error *error);
bool ty_checking_wants(const ty_checking *check, const char *fault);
/* Adds all that would be right to a finding about a term; in check->arena. */
ty_status ty_checking_equivalents(ty_checking *check, const ty_term_finding *finding, ty_check *found,
                                  ty_error *error);

/* Finds what a pair has and tells of it. `place` is its unit or bead; renderings are taken down for
 * one that has any (-1: none). */
ty_status ty_checking_pair(ty_checking *check, const ty_check *pair, ty_slice document, int64_t place,
                           ty_error *error);
void ty_checking_release(ty_checking *check);

/* Takes down how the terms of the pair just checked were rendered. */
ty_status ty_renderings_add(ty_checking *check, ty_slice document, int64_t place, ty_error *error);
/* Tells where a term is rendered otherwise than mostly, in its document or in the memory. */
ty_status ty_renderings_tell(ty_checking *check, ty_error *error);
void ty_renderings_release(ty_renderings *renderings);

#endif
