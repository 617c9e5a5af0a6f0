/* SPDX-License-Identifier: Apache-2.0 */
/* Do the beads of an origin cover each sentence of its documents once? */
#include <stdlib.h>

#include "store/internal.h"

/* A document as one of a pair, and which of its sentences are in a bead. */
typedef struct side {
    int64_t document, other, length;
    unsigned char *taken;
    int64_t covered;
    bool doubled;
} side;

typedef struct ground {
    ty_store *store;
    TY_VECTOR(side) sides;
} ground;

/* With the documents that the release has now; NULL with TY_OK: it is of older ones. */
static ty_status open_side(ground *g, int64_t document, int64_t other, side **out, ty_error *error)
{
    side new = {.document = document, .other = other};
    int64_t older = 0;
    ty_status status = ty_sql_number(g->store, SQL_DOCUMENT_IS_OLDER, &older, error, "ii", document, other);
    if (status == TY_NO)
        status = ty_sql_number(g->store, SQL_DOCUMENT_LENGTH, &new.length, error, "i", document);
    if (status != TY_OK)
        return status;
    new.taken = older ? NULL : calloc((size_t) new.length + 1, 1);
    if ((!older && !new.taken) || !ty_vector_push(&g->sides, new)) {
        free(new.taken);
        return ty_error_nomem(error);
    }
    *out = &g->sides.items[g->sides.count - 1];
    return TY_OK;
}

static ty_status find_side(ground *g, int64_t document, int64_t other, side **out, ty_error *error)
{
    for (size_t i = 0; i < g->sides.count; i++) {
        *out = &g->sides.items[i];
        if ((*out)->document == document && (*out)->other == other)
            return TY_OK;
    }
    return open_side(g, document, other, out, error);
}

static void take(side *s, int64_t first, int64_t count)
{
    for (int64_t i = first; s->taken && i < first + count; i++) {
        bool there = i >= 0 && i < s->length;
        s->doubled = s->doubled || !there || s->taken[i];
        s->covered += there;
        if (there)
            s->taken[i] = 1;
    }
}

static ty_status take_bead(ground *g, ty_row *row, ty_error *error)
{
    int64_t documents[2] = {ty_row_int(row, 0), ty_row_int(row, 3)};
    ty_status status = TY_OK;
    for (int k = 0; k < 2 && status == TY_OK; k++) {
        side *s = NULL;
        status = find_side(g, documents[k], documents[1 - k], &s, error);
        if (status == TY_OK)
            take(s, ty_row_int(row, 3 * k + 1), ty_row_int(row, 3 * k + 2));
    }
    return status;
}

static ty_status take_all(ground *g, int64_t origin, ty_error *error)
{
    ty_status status;
    ty_row *row = ty_sql(g->store, SQL_BEAD_GROUND, error, "i", origin);
    while ((status = ty_sql_step(g->store, row, error)) == TY_OK)
        if ((status = take_bead(g, row, error)) != TY_OK) {
            ty_row_end(row);
            return status;
        }
    return status == TY_NO ? TY_OK : status;
}

ty_status ty_beads_faults(ty_store *store, int64_t origin, int64_t *out, ty_error *error)
{
    ground g = {.store = store};
    ty_status status = take_all(&g, origin, error);
    *out = 0;
    for (size_t i = 0; i < g.sides.count; i++) {
        const side *s = &g.sides.items[i];
        *out += s->taken && (s->doubled || s->covered != s->length);
        free(s->taken);
    }
    ty_vector_release(&g.sides);
    return status;
}
