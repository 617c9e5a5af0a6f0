/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Beads: which sentences of two documents stand for which. Those of the documents that a release has now
 * partition both: every sentence is in exactly one bead.
 */
#include "store/internal.h"

#include <stdlib.h>

ty_status ty_bead_put(ty_store *store, int64_t unit, int64_t origin, const ty_provenance *provenance,
                      ty_error *error)
{
    char now[17];
    int64_t id;
    const ty_bead *bead = &provenance->bead;
    /* A bead of one side has no unit that it could be found by: each is another. */
    ty_status status = unit ? ty_sql_number(store, SQL_BEAD_FIND, &id, error, "ii", unit, origin) : TY_NO;
    if (status == TY_OK)
        return ty_sql_run(store, SQL_BEAD_SET, error, "iiiiiiidso", id, provenance->source_document,
                          (int64_t)bead->source_start, (int64_t)bead->source_count,
                          provenance->target_document, (int64_t)bead->target_start,
                          (int64_t)bead->target_count, (double)bead->confidence,
                          ty_store_date(provenance->aligned_at, now), provenance->tool);
    return status == TY_NO ? ty_bead_add(store, unit, origin, provenance, error) : status;
}

ty_status ty_bead_add(ty_store *store, int64_t unit, int64_t origin, const ty_provenance *provenance,
                      ty_error *error)
{
    char now[17];
    int64_t id;
    const ty_bead *bead = &provenance->bead;
    ty_slice aligned_at = ty_store_date(provenance->aligned_at, now);
    ty_status status = ty_number_take(store, "bead", 1, &id, error);
    if (status != TY_OK)
        return status;
    return ty_sql_run(store, SQL_BEAD_ADD, error, "kiiiiiiidsoi", unit, origin, provenance->source_document,
                      (int64_t)bead->source_start, (int64_t)bead->source_count, provenance->target_document,
                      (int64_t)bead->target_start, (int64_t)bead->target_count, (double)bead->confidence,
                      aligned_at, provenance->tool, id);
}

/* ------------------------------------------------------------------------------------------ partition */

/* Two documents, and which of their sentences are in a bead. */
typedef struct ground {
    int64_t origin, documents[2], lengths[2];
    unsigned char *taken[2];
} ground;

static ty_status survey(ty_store *store, ground *g, ty_error *error)
{
    ty_status status = TY_OK;
    for (int side = 0; side < 2 && status == TY_OK; side++) {
        status = ty_sql_number(store, SQL_DOCUMENT_LENGTH, &g->lengths[side], error, "i", g->documents[side]);
        g->taken[side] = calloc((size_t)g->lengths[side] + 1, 1);
        if (status == TY_OK && !g->taken[side])
            status = ty_error_nomem(error);
    }
    return status;
}

/* Is one of the sentences in another bead already? */
static bool is_taken(const ground *g, int side, int64_t first, int64_t count)
{
    for (int64_t i = first; i < first + count && i < g->lengths[side]; i++)
        if (g->taken[side][i])
            return true;
    return false;
}

static void take(ground *g, int side, int64_t first, int64_t count)
{
    for (int64_t i = first; i < first + count && i < g->lengths[side]; i++)
        g->taken[side][i] = 1;
}

/* Beads with two sides come first, confirmed ones before others, so that all others give way to them. */
static ty_status take_beads(ty_store *store, ground *g, ty_ids *surplus, ty_error *error)
{
    ty_status status;
    ty_row *row = ty_sql(store, SQL_BEAD_PLACES, error, "ii", g->documents[0], g->documents[1]);
    while ((status = ty_sql_step(store, row, error)) == TY_OK) {
        bool in_the_way = false;
        for (int side = 0; side < 2; side++)
            in_the_way |= is_taken(g, side, ty_row_int(row, 1 + 2 * side), ty_row_int(row, 2 + 2 * side));
        if (in_the_way && !ty_vector_push(surplus, ty_row_int(row, 0)))
            status = ty_error_nomem(error);
        for (int side = 0; side < 2 && !in_the_way; side++)
            take(g, side, ty_row_int(row, 1 + 2 * side), ty_row_int(row, 2 + 2 * side));
        if (status != TY_OK)
            break;
    }
    if (row)
        ty_row_end(row);
    return status == TY_NO ? TY_OK : status;
}

static ty_status fill_gaps(ty_store *store, const ground *g, int side, ty_error *error)
{
    ty_status status = TY_OK;
    ty_provenance place = {.source_document = g->documents[0], .target_document = g->documents[1]};
    for (int64_t i = 0; i < g->lengths[side] && status == TY_OK; i++) {
        if (g->taken[side][i])
            continue;
        uint32_t number = (uint32_t)i;
        place.bead = side == 0 ? (ty_bead){.source_start = number, .source_count = 1}
                               : (ty_bead){.target_start = number, .target_count = 1};
        status = ty_bead_put(store, 0, g->origin, &place, error);
    }
    return status;
}

ty_status ty_beads_complete(ty_store *store, int64_t origin, int64_t source, int64_t target, ty_error *error)
{
    ground g = {.origin = origin, .documents = {source, target}};
    ty_ids surplus = {0};
    ty_status status = survey(store, &g, error);
    if (status == TY_OK)
        status = take_beads(store, &g, &surplus, error);
    for (size_t i = 0; i < surplus.count && status == TY_OK; i++)
        status = ty_sql_run(store, SQL_BEAD_DROP, error, "i", surplus.items[i]);
    for (int side = 0; side < 2 && status == TY_OK; side++)
        status = fill_gaps(store, &g, side, error);
    ty_vector_release(&surplus);
    free(g.taken[0]);
    free(g.taken[1]);
    return status;
}

/* ------------------------------------------------------------------------------------------ settling */

static ty_status mark_older(ty_store *store, int64_t origin, int64_t source, int64_t target, ty_error *error)
{
    ty_ids documents = {0};
    ty_status status = ty_sql_ids(store, SQL_DOCUMENT_IDS, origin, &documents, error);
    for (size_t i = 0; i < documents.count && status == TY_OK; i++) {
        int64_t id = documents.items[i];
        status =
            ty_sql_run(store, SQL_DOCUMENT_OLDER, error, "ik", id, (int64_t)(id != source && id != target));
    }
    ty_vector_release(&documents);
    return status;
}

ty_status ty_beads_renew(ty_store *store, int64_t origin, int64_t source, int64_t target, ty_error *error)
{
    ty_status status = mark_older(store, origin, source, target, error);
    return status == TY_OK && source && target ? ty_beads_complete(store, origin, source, target, error)
                                               : status;
}

ty_status ty_beads_settle(ty_store *store, int64_t origin, ty_error *error)
{
    ty_row *row = ty_sql(store, SQL_BEAD_PAIR, error, "i", origin);
    ty_status status = ty_sql_step(store, row, error);
    int64_t source = status == TY_OK ? ty_row_int(row, 0) : 0;
    int64_t target = status == TY_OK ? ty_row_int(row, 1) : 0;
    if (row)
        ty_row_end(row);
    return status == TY_OK || status == TY_NO ? ty_beads_renew(store, origin, source, target, error) : status;
}
