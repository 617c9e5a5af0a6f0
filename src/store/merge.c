/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Units joined and cut, with their places in origins and documents.
 */
#include "store/internal.h"

#include <stdio.h>
#include <stdlib.h>

/* A copy that is signed: variants are written to, so they are the copy's own. */
static ty_status sign(const ty_unit *unit, const ty_edit *edit, ty_arena *arena, ty_unit *out,
                      ty_error *error)
{
    *out = *unit;
    out->variants = ty_arena_array(arena, unit->variant_count, sizeof *out->variants);
    if (!out->variants)
        return ty_error_nomem(error);
    memcpy(out->variants, unit->variants, unit->variant_count * sizeof *out->variants);
    ty_unit_sign(out, 0, out->variant_count, edit, arena);
    return arena->failed ? ty_error_nomem(error) : TY_OK;
}

/* ------------------------------------------------------------------------------------------ merge */

static ty_status merge(ty_store *store, const int64_t *ids, size_t count, const ty_unit *joined,
                       ty_slice state, const ty_edit *edit, ty_error *error)
{
    bool confirmed = ty_slice_equal(state, TY_SLICE("confirmed"));
    ty_status status = ty_unit_change(store, ids[0], joined, state, error);
    if (status == TY_OK)
        status = ty_beads_say(store, ids[0], confirmed ? TY_SLICE("ok") : TY_SLICE("hand"), edit, error);
    for (size_t i = 1; i < count && status == TY_OK; i++) {
        status = ty_sql_run(store, SQL_BEAD_JOIN, error, "ii", ids[0], ids[i]);
        if (status == TY_OK)
            status = ty_sql_run(store, SQL_BEAD_JOINED, error, "ii", ids[0], ids[i]);
        if (status == TY_OK)
            status = ty_unit_remove(store, ids[i], edit, true, error);
    }
    return status;
}

ty_status ty_store_merge(ty_store *store, const int64_t *ids, size_t count, const ty_unit *joined,
                         ty_slice state, const ty_edit *edit, ty_error *error)
{
    ty_arena arena = {0};
    ty_unit changed;
    char subject[64];
    ty_status status = ty_store_begin(store, error);
    if (status != TY_OK)
        return status;
    snprintf(subject, sizeof subject, "%zu units into unit %lld", count, (long long)ids[0]);
    ty_step_name(store, "merge", ty_slice_of(subject), 0, edit);
    status = sign(joined, edit, &arena, &changed, error);
    if (status == TY_OK)
        status = merge(store, ids, count, &changed, state, edit, error);
    ty_arena_release(&arena);
    return ty_store_end(store, status, error);
}

/* ------------------------------------------------------------------------------------------ origins */

typedef struct link {
    int64_t origin, position;
} link;

typedef TY_VECTOR(link) links;

static ty_status links_of(ty_store *store, int64_t unit, links *out, ty_error *error)
{
    ty_status status;
    ty_row *row = ty_sql(store, SQL_LINK_LIST, error, "i", unit);
    while ((status = ty_sql_step(store, row, error)) == TY_OK) {
        link link = {ty_row_int(row, 0), ty_row_int(row, 1)};
        if (!ty_vector_push(out, link)) {
            ty_row_end(row);
            return ty_error_nomem(error);
        }
    }
    return status == TY_NO ? TY_OK : status;
}

static ty_status place_behind(ty_store *store, link before, int64_t *place, ty_error *error)
{
    int64_t next = 0;
    ty_status status =
        ty_sql_number(store, SQL_LINK_NEXT, &next, error, "ii", before.origin, before.position);
    *place = next ? before.position + (next - before.position) / 2 : before.position + TY_PLACE_STEP;
    return status == TY_NO ? TY_OK : status;
}

/* Between two places, where there is room; else all places of the origin are spread first. */
ty_status ty_link_behind(ty_store *store, int64_t origin, int64_t unit, int64_t new_unit, ty_error *error)
{
    int64_t place = 0;
    link before = {.origin = origin};
    ty_status status = ty_sql_number(store, SQL_LINK_FIND, &before.position, error, "ii", origin, unit);
    if (status == TY_OK)
        status = place_behind(store, before, &place, error);
    if (status == TY_OK && place == before.position) {
        status = ty_sql_run(store, SQL_LINK_SPREAD, error, "i", origin);
        if (status == TY_OK)
            status = ty_sql_run(store, SQL_LINK_RETURN, error, "i", origin);
        if (status == TY_OK)
            status = ty_sql_number(store, SQL_LINK_FIND, &before.position, error, "ii", origin, unit);
        if (status == TY_OK)
            status = place_behind(store, before, &place, error);
    }
    return status == TY_OK ? ty_sql_run(store, SQL_LINK_ADD, error, "iii", origin, place, new_unit) : status;
}

static ty_status link_behind(ty_store *store, int64_t unit, int64_t new_unit, ty_error *error)
{
    links links = {0};
    ty_status status = links_of(store, unit, &links, error);
    for (size_t i = 0; i < links.count && status == TY_OK; i++)
        status = ty_link_behind(store, links.items[i].origin, unit, new_unit, error);
    ty_vector_release(&links);
    return status;
}

/* ------------------------------------------------------------------------------------------ documents */

typedef struct placed {
    int64_t origin;
    ty_provenance provenance;
} placed;

typedef TY_VECTOR(placed) places;

static ty_status places_of(ty_store *store, int64_t unit, ty_arena *arena, places *out, ty_error *error)
{
    ty_status status;
    ty_row *row = ty_sql(store, SQL_BEAD_LIST, error, "i", unit);
    while ((status = ty_sql_step(store, row, error)) == TY_OK) {
        placed placed = {.origin = ty_row_int(row, 9)};
        status = ty_provenance_read_row(row, arena, &placed.provenance);
        if (status != TY_OK || !ty_vector_push(out, placed)) {
            ty_row_end(row);
            return ty_error_nomem(error);
        }
    }
    return status == TY_NO ? TY_OK : status;
}

/* Text without white space: how sentences are joined to a segment makes no difference. */
static void add_solid(ty_slice text, ty_buffer *out)
{
    for (size_t i = 0; i < text.size; i++)
        if (!strchr(" \t\r\n", text.data[i]) || !text.data[i])
            ty_buffer_add_char(out, text.data[i]);
}

/* How many of the sentences make up the text; 0 where it does not end with one of them, or they do not say
 * it. */
static ty_status share_of(ty_store *store, int64_t document, uint32_t start, uint32_t count, ty_slice text,
                          uint32_t *out, ty_error *error)
{
    ty_buffer wanted = {0}, said = {0};
    ty_status status = TY_OK;
    *out = 0;
    add_solid(text, &wanted);
    for (uint32_t i = 0; i + 1 < count && !*out && status == TY_OK; i++) {
        ty_row *row = ty_sql(store, SQL_SENTENCE_TEXT, error, "ii", document, (int64_t)start + (int64_t)i);
        status = ty_sql_step(store, row, error);
        if (status != TY_OK)
            break;
        add_solid(ty_row_text(row, 0), &said);
        ty_row_end(row);
        if (ty_slice_equal(ty_buffer_slice(&said), ty_buffer_slice(&wanted)))
            *out = i + 1;
    }
    bool failed = wanted.failed || said.failed;
    ty_buffer_release(&wanted);
    ty_buffer_release(&said);
    return failed ? ty_error_nomem(error) : status == TY_NO ? TY_OK : status;
}

/* The same for the side that the document is of: the variant whose text the sentences begin with. */
static ty_status share_of_unit(ty_store *store, int64_t document, uint32_t start, uint32_t count,
                               const ty_unit *first, uint32_t *out, ty_error *error)
{
    ty_status status = TY_OK;
    *out = 0;
    for (size_t i = 0; i < first->variant_count && !*out && status == TY_OK; i++)
        status = share_of(store, document, start, count, first->variants[i].text, out, error);
    return status;
}

/* A share of 0 leaves both halves all of that side. */
static ty_status share_place(ty_store *store, placed placed, int64_t unit, int64_t new_unit,
                             const ty_unit *first, ty_error *error)
{
    uint32_t source, target;
    ty_provenance before = placed.provenance, behind = placed.provenance;
    const ty_bead whole = placed.provenance.bead;
    ty_status status = share_of_unit(store, before.source_document, whole.source_start, whole.source_count,
                                     first, &source, error);
    if (status == TY_OK)
        status = share_of_unit(store, before.target_document, whole.target_start, whole.target_count, first,
                               &target, error);
    if (status != TY_OK)
        return status;
    /* Where the cut falls into a sentence, the first half goes on standing for all of them. */
    if (!source || !target)
        return TY_OK;
    before.bead.source_count = source;
    behind.bead.source_start += source;
    behind.bead.source_count -= source;
    before.bead.target_count = target;
    behind.bead.target_start += target;
    behind.bead.target_count -= target;
    status = ty_bead_put(store, unit, placed.origin, &before, error);
    return status == TY_OK ? ty_bead_put(store, new_unit, placed.origin, &behind, error) : status;
}

static ty_status share_places(ty_store *store, int64_t unit, int64_t new_unit, const ty_unit *first,
                              ty_error *error)
{
    ty_arena arena = {0};
    places places = {0};
    ty_status status = places_of(store, unit, &arena, &places, error);
    for (size_t i = 0; i < places.count && status == TY_OK; i++)
        status = share_place(store, places.items[i], unit, new_unit, first, error);
    ty_vector_release(&places);
    ty_arena_release(&arena);
    return status;
}

/* ------------------------------------------------------------------------------------------ split */

static ty_status make_second(ty_store *store, const ty_unit *unit, ty_slice state, int64_t *id,
                             ty_error *error)
{
    uint64_t digest;
    ty_status status = ty_unit_digest(store, unit, &digest, error);
    if (status == TY_OK)
        status = ty_number_take(store, "unit", 1, id, error);
    if (status == TY_OK)
        status = ty_unit_write(store, false, *id, unit, state, digest, error);
    return status == TY_OK ? ty_sql_run(store, SQL_DIGEST_ADD, error, "ii", (int64_t)digest, *id) : status;
}

static ty_status split(ty_store *store, int64_t id, const ty_unit *first, const ty_unit *second,
                       const ty_edit *edit, ty_arena *arena, int64_t *new_id, ty_error *error)
{
    ty_stored_unit stored;
    ty_unit halves[2];
    ty_status status = ty_unit_read(store, id, arena, &stored, error);
    if (status == TY_OK)
        status = sign(first, edit, arena, &halves[0], error);
    if (status == TY_OK)
        status = sign(second, edit, arena, &halves[1], error);
    if (status == TY_OK)
        status = ty_unit_change(store, id, &halves[0], stored.status, error);
    if (status == TY_OK)
        status = make_second(store, &halves[1], stored.status, new_id, error);
    if (status == TY_OK)
        status = link_behind(store, id, *new_id, error);
    return status == TY_OK ? share_places(store, id, *new_id, first, error) : status;
}

ty_status ty_store_split(ty_store *store, int64_t id, const ty_unit *first, const ty_unit *second,
                         const ty_edit *edit, int64_t *new_id, ty_error *error)
{
    ty_arena arena = {0};
    char subject[32];
    *new_id = 0;
    ty_status status = ty_store_begin(store, error);
    if (status != TY_OK)
        return status;
    snprintf(subject, sizeof subject, "unit %lld", (long long)id);
    ty_step_name(store, "split", ty_slice_of(subject), 0, edit);
    status = ty_store_end(store, split(store, id, first, second, edit, &arena, new_id, error), error);
    if (status != TY_OK)
        *new_id = 0;
    ty_arena_release(&arena);
    return status;
}
