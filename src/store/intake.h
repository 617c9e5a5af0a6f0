/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The inside of an intake, shared by its files: opening and closing, units, near-duplicates, documents,
 * concepts.
 */
#ifndef TY_STORE_INTAKE_H
#define TY_STORE_INTAKE_H

#include "store/internal.h"

/* Where a unit that comes in may be met. */
typedef enum ty_among { TY_AMONG_LINKED, TY_AMONG_WITHHELD, TY_AMONG_ALL, TY_AMONG_COUNT } ty_among;

#define TY_INTAKE_MEMOS 4096

typedef struct ty_intake_memo {
    uint64_t digest;
    int64_t passed[TY_AMONG_COUNT]; /* all units of the digest up to this one are taken */
} ty_intake_memo;

typedef struct ty_met_label {
    uint64_t digest;
    int64_t unit; /* 0: it is not brought back */
} ty_met_label;

typedef struct ty_similar_slot {
    uint64_t key; /* of languages and texts */
    int64_t unit; /* 0: the slot is free */
} ty_similar_slot;

typedef struct ty_similar {
    ty_similar_slot *slots; /* a power of two of them, linear probing */
    size_t size, count;
} ty_similar;

/* What an intake knows of the memory beforehand (intake_known.c): digest and unit; unit and place. Sorted. */
typedef struct ty_known_pair {
    int64_t key, value;
} ty_known_pair;

typedef TY_VECTOR(ty_known_pair) ty_known_pairs;

typedef struct ty_known {
    bool loaded;
    int64_t questions; /* that were asked before */
    ty_known_pairs digests, links;
    int64_t first, end, size, used; /* of the block of units that were fetched last */
} ty_known;

/* What is kept of an origin, but its name. */
typedef struct ty_origin_row {
    ty_slice kind, title, date, url, digest, version, attributes, infos, at;
} ty_origin_row;

struct ty_intake {
    ty_store *store;
    unsigned flags;
    int64_t origin;
    ty_edit edit;          /* who brings it */
    ty_buffer name;        /* of the origin */
    bool fresh;            /* the origin is new, so has no units yet */
    bool meets;            /* there are older units to meet */
    bool withholds;        /* the origin has units that are not brought back */
    int64_t place;         /* next position of a unit */
    int64_t concept_place; /* next position of a concept */
    int64_t first_new;     /* ids from here on are of this intake */
    int64_t next_unit;
    unsigned char *taken; /* a bit for each id below first_new: met already */
    ty_intake_counts counts;
    bool units_changed, concepts_changed, documents_changed;
    ty_similar similar; /* empty unless near-duplicates are to be spared */
    ty_arena arena;     /* scratch: the stored unit compared with */
    ty_buffer other;    /* its canonical form */
    int64_t first_concept, next_concept;
    unsigned char *taken_concepts;
    ty_ids documents;               /* brought by this intake */
    TY_VECTOR(ty_met_label) labels; /* that it has met */
    ty_known known;
    /* Beside others (intake_beside.c): */
    ty_store *giver;           /* of numbers */
    TY_VECTOR(ty_range) given; /* of units; none: it is alone, and takes them at its end */
    int64_t loaded;            /* up to here digests are entered */
    int64_t begun;             /* the last step when it began */
    bool origin_is_due;        /* it is not written yet */
    ty_origin_row due;
    ty_slice wish; /* its name */
    ty_arena own;
    ty_intake_memo memo[TY_INTAKE_MEMOS];
};

/*
 * Near-duplicates: load what all the memory has, or what the origin had before; note a unit that was made;
 * find the one with the same texts (0) and its status, which stays in intake->arena.
 */
ty_status ty_similar_load(ty_intake *intake, bool all, ty_error *error);
ty_status ty_similar_note(ty_intake *intake, const ty_unit *unit, int64_t id, ty_error *error);
ty_status ty_similar_find(ty_intake *intake, const ty_unit *unit, int64_t *id, ty_slice *state,
                          ty_error *error);
void ty_similar_release(ty_similar *similar);

/* Before a question is asked: loads what is known where that is worth while. */
ty_status ty_intake_know(ty_intake *intake, ty_error *error);
/* Where it is loaded: the next unit of the digest (0: none); the place of a unit in the origin. */
int64_t ty_known_next(const ty_intake *intake, uint64_t digest, int64_t above, bool linked);
bool ty_known_place(const ty_intake *intake, int64_t unit, int64_t *place);
/* The unit will be read. */
ty_status ty_known_expect(ty_intake *intake, int64_t unit, ty_error *error);
void ty_known_release(ty_known *known);

/* See intake_beside.c. May it go beside others? Its turn is taken where it was not. */
bool ty_intake_may_go_beside(const ty_intake *intake);
ty_status ty_intake_go_alone(ty_intake *intake, ty_error *error);
/* Its numbers, and what will be written of its origin; then the number of each new unit. */
ty_status ty_intake_begin_beside(ty_intake *intake, const ty_origin_row *row, ty_slice wish, ty_error *error);
ty_status ty_intake_number(ty_intake *intake, int64_t *id, ty_error *error);
/* Before anything is written but units, and at the end; nothing to do for who is alone. */
ty_status ty_intake_arrive(ty_intake *intake, ty_error *error);
/* Enters the digests of the units that have got numbers. */
ty_status ty_intake_load_given(ty_intake *intake, ty_error *error);
/* Gives back what is left of the numbers; the last, whether it is kept or not. */
ty_status ty_intake_keep_given(ty_intake *intake, ty_error *error);
void ty_intake_leave_beside(ty_intake *intake, bool kept);
/* Writes the origin; a name that nobody has: NAME, NAME (2), NAME (3). */
ty_status ty_intake_write_origin(ty_intake *intake, ty_sql_id how, const ty_origin_row *row, ty_error *error);
ty_status ty_intake_free_name(ty_intake *intake, ty_slice wish, ty_error *error);

/* Are near-duplicates to be left out, or to take the place of what is there? */
bool ty_intake_spares(const ty_intake *intake);
/* Does this take the place of what the origin had? */
bool ty_intake_replaces(const ty_intake *intake);
/* Gives the unit its place in the origin: a new one, the one it has, or, while replacing, the next one. */
ty_status ty_intake_put_link(ty_intake *intake, int64_t unit, bool linked, int64_t place, ty_error *error);
/* A unit that is a label: met or made once, with a bead wherever it stands. */
ty_status ty_intake_label(ty_intake *intake, const ty_unit *unit, const ty_provenance *provenance,
                          int64_t *id, ty_outcome *outcome, ty_error *error);
void ty_intake_count(ty_intake *intake, ty_outcome outcome);
/* What a replaced origin no longer has. */
ty_status ty_intake_clear_concepts(ty_intake *intake, ty_error *error);
ty_status ty_intake_retire_concepts(ty_intake *intake, ty_error *error);
ty_status ty_intake_clear_documents(ty_intake *intake, ty_error *error);

#endif
