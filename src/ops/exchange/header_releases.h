/* SPDX-License-Identifier: Apache-2.0 */
/*
 * header_releases - what the header of a TMX of ours says beside its units: of each release the agency, the
 * sentences that no unit has (those without a partner, labels), where labels stand, and what people said of
 * beads; the forms that other units had; the findings that people let stand, and what they did. It says so in
 * properties (docs/formats.md), those of a release behind its name.
 */
#ifndef TY_OPS_HEADER_RELEASES_H
#define TY_OPS_HEADER_RELEASES_H

#include "ops/exchange/told_beads.h"
#include "ops/exchange/told_forms.h"

typedef struct ty_told_sentence {
    int side;       /* 0 source, 1 target */
    uint32_t place; /* 0-based */
    ty_slice text;
} ty_told_sentence;

typedef struct ty_told_label {
    uint32_t place[2];
    float confidence;
} ty_told_label;

typedef struct ty_told_release {
    ty_slice name, agency, texts; /* of its texts the digest */
    TY_VECTOR(ty_told_sentence) sentences;
    TY_VECTOR(ty_told_label) labels;
    ty_stored_beads beads; /* with their sentences as told, state, marks and note */
} ty_told_release;

/* Zeroed to begin with; strings live in the arena of who fills it. */
typedef struct ty_told_releases {
    TY_VECTOR(ty_told_release) releases;
    ty_told_forms forms; /* in their order */
    ty_accepted_list accepted;
    ty_steps steps;
} ty_told_releases;

/* Adds to the header what there is to say of the origins with that name (a pattern; NULL: all, with what was
 * let stand) or number (0: any); of all also what people did, with `history`. Strings live in the arena. */
ty_status ty_header_tell(ty_store *store, const char *origin, int64_t origin_id, bool history,
                         ty_arena *arena, ty_header *header, ty_error *error);
/* Takes it out of the header, whose strings stay where they are. */
ty_status ty_header_hear(ty_header *header, ty_told_releases *out, ty_error *error);
/* The one with that name; NULL where nothing is said of it. */
const ty_told_release *ty_told_release_named(const ty_told_releases *told, ty_slice name);
void ty_told_releases_release(ty_told_releases *told);

#endif
