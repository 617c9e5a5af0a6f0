/* SPDX-License-Identifier: Apache-2.0 */
/* returning_parts - what returning.c and its neighbours know of a release that comes back. */
#ifndef TY_OPS_RETURNING_PARTS_H
#define TY_OPS_RETURNING_PARTS_H

#include "ops/exchange/returning.h"

#define TY_PLACE_PROPERTY "x-taiyaku:place"

/* A pair, and where its sides stand in the documents that are made anew. */
typedef struct ty_returned_pair {
    const ty_unit *unit;
    uint32_t place[2], numbers[2]; /* first sentence, as told and in the new document; how many follow */
    uint32_t count[2];
    float confidence;
    bool confirmed;
    ty_edit by; /* who confirmed it, and when; empty: not known */
} ty_returned_pair;

struct ty_returning_release {
    ty_slice name, title, date, url, langs[2];
    int64_t here; /* the origin that it may be; 0: none */
    TY_VECTOR(ty_returned_pair) pairs;
    const ty_told_release *told; /* NULL: nothing */
    uint32_t *numbers;           /* of the sentences told, in the new documents */
};

/* The unit's list of infos with room for one more, without its status. */
ty_status ty_returned_infos(const ty_unit *unit, ty_arena *arena, ty_unit *out, ty_error *error);
/* Place and confidence of a pair, by its properties. */
bool ty_returned_read(const ty_unit *unit, ty_returned_pair *out);
/* The sentence that was told for that place; SIZE_MAX for none. */
size_t ty_returned_told_at(const ty_told_release *told, int side, uint32_t place);
/* Both documents, into the intake. */
ty_status ty_returned_documents(ty_returning *returning, struct ty_returning_release *release,
                                ty_intake *intake, int64_t ids[2], ty_error *error);

#endif
