/* SPDX-License-Identifier: Apache-2.0 */
/* What an origin of another memory has: its documents, its units, with those made here already as they are
 * here, and its terms. */
#include "ops/exchange/joining.h"

static ty_status bring_documents(ty_joining *j, ty_error *error)
{
    ty_status status = ty_store_documents(j->other, j->from->id, &j->arena, &j->documents, error);
    for (size_t i = 0; i < j->documents.count && status == TY_OK; i++) {
        int64_t id = 0;
        if (!j->documents.items[i].older)
            status = ty_intake_document(j->intake, &j->documents.items[i], &id, error);
        if (status == TY_OK && !ty_vector_push(&j->ids, id))
            status = ty_error_nomem(error);
    }
    return status;
}

int64_t ty_joined_document(const ty_joining *j, int64_t document)
{
    for (size_t i = 0; i < j->documents.count; i++)
        if (j->documents.items[i].id == document)
            return j->ids.items[i];
    return 0;
}

/* A label comes without a place: its beads have theirs. */
static ty_status bring_label(ty_joining *j, const ty_stored_unit *unit, ty_error *error)
{
    ty_joined_label label = {.theirs = unit->id};
    j->counts->read++;
    ty_status status = ty_intake_unit(j->intake, &unit->unit, NULL, &label.ours, NULL, error);
    if (status == TY_OK && label.ours && !ty_vector_push(&j->labels, label))
        status = ty_error_nomem(error);
    return status;
}

int64_t ty_joined_label_of(const ty_joining *j, int64_t unit)
{
    for (size_t i = 0; unit && i < j->labels.count; i++)
        if (j->labels.items[i].theirs == unit)
            return j->labels.items[i].ours;
    return 0;
}

/* A pair that was made here of the same release comes as it is here; else as it is there. */
static ty_status unit_to_bring(ty_joining *j, const ty_stored_unit *unit, ty_unit *out, ty_error *error)
{
    int64_t same = unit->aligned ? ty_same_pairs_find(&j->same, &unit->unit) : 0;
    ty_stored_unit ours;
    *out = unit->unit;
    ty_status status = same ? ty_store_unit(j->own, same, &j->arena, &ours, error) : TY_NO;
    if (status == TY_OK)
        *out = ours.unit;
    return status == TY_NO ? TY_OK : status;
}

static ty_status bring_unit(ty_joining *j, const ty_stored_unit *unit, ty_error *error)
{
    int64_t id = 0;
    ty_unit brought;
    if (unit->label)
        return bring_label(j, unit, error);
    ty_provenance place = unit->provenance;
    place.source_document = ty_joined_document(j, place.source_document);
    place.target_document = ty_joined_document(j, place.target_document);
    bool placed = unit->aligned && place.source_document && place.target_document &&
                  !ty_diverged_is_beside(&j->diverged, unit->id);
    j->counts->read++;
    ty_status status = unit_to_bring(j, unit, &brought, error);
    if (status == TY_OK)
        status = ty_intake_unit(j->intake, &brought, placed ? &place : NULL, &id, NULL, error);
    ty_diverged_came(&j->diverged, unit->id, id);
    bool confirmed =
        ty_slice_equal(unit->status, TY_SLICE("confirmed")) && !ty_diverged_is_beside(&j->diverged, unit->id);
    if (status == TY_OK && confirmed && id && !ty_vector_push(&j->confirmed, id))
        status = ty_error_nomem(error);
    return status;
}

static ty_status bring_units(ty_joining *j, ty_error *error)
{
    ty_unit_filter filter = {.origin_id = j->from->id};
    ty_units *units = NULL;
    ty_stored_unit unit;
    ty_status status = ty_units_open(j->other, &filter, &units, error);
    while (status == TY_OK && (status = ty_units_next(units, &unit, error)) == TY_OK)
        status = bring_unit(j, &unit, error);
    ty_units_close(units);
    return status == TY_NO ? TY_OK : status;
}

static ty_status bring_concept(ty_joining *j, const ty_stored_concept *theirs, ty_error *error)
{
    int64_t id = 0;
    ty_outcome outcome;
    ty_status status = ty_intake_concept(j->intake, &theirs->concept, &id, &outcome, error);
    bool conflict = status == TY_OK && outcome == TY_KEPT && theirs->edited;
    return conflict ? ty_diverged_concept(&j->diverged, id, &theirs->concept, error) : status;
}

static ty_status bring_concepts(ty_joining *j, ty_error *error)
{
    ty_concepts *concepts = NULL;
    ty_stored_concept concept;
    ty_status status = ty_concepts_open(j->other, j->from->name, &concepts, error);
    while (status == TY_OK && (status = ty_concepts_next(concepts, &concept, error)) == TY_OK) {
        if (concept.origin != j->from->id)
            continue; /* the name is a pattern */
        j->counts->read++;
        status = bring_concept(j, &concept, error);
    }
    ty_concepts_close(concepts);
    return status == TY_NO ? TY_OK : status;
}

ty_status ty_join_contents(ty_joining *j, ty_error *error)
{
    ty_status status = bring_documents(j, error);
    if (status == TY_OK)
        status = bring_units(j, error);
    return status == TY_OK ? bring_concepts(j, error) : status;
}
