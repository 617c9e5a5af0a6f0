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

static const ty_stored_document *document_of(const ty_joining *j, int64_t id)
{
    for (size_t i = 0; i < j->documents.count; i++)
        if (j->documents.items[i].id == id)
            return &j->documents.items[i];
    return NULL;
}

/* How the pair's release lies beside ours. */
static bool face(ty_joining *j, const ty_provenance *place)
{
    const ty_stored_document *source = document_of(j, place->source_document);
    const ty_stored_document *target = document_of(j, place->target_document);
    if (!source || !target || source->older || target->older)
        return false;
    ty_same_release_face(&j->release, source->lang,
                         (const size_t[]){source->sentence_count, target->sentence_count});
    return true;
}

static ty_status meet(ty_joining *j, const ty_stored_unit *unit, ty_place_meeting *met, int64_t *ours,
                      ty_error *error)
{
    const ty_bead *bead = &unit->provenance.bead;
    ty_their_pair theirs = {.id = unit->id,
                            .unit = &unit->unit,
                            .first = {bead->source_start, bead->target_start},
                            .count = {bead->source_count, bead->target_count},
                            .status = unit->status,
                            .date = ty_stored_unit_date(unit)};
    *met = TY_MET_NONE;
    *ours = 0;
    if (!j->release.store || !unit->aligned || !face(j, &unit->provenance))
        return TY_OK;
    return ty_diverged_has_met(&j->diverged, unit->id) /* its former forms have told of it already */
               ? ty_same_release_look(&j->release, &theirs, met, ours, error)
               : ty_same_release_meet(&j->release, &theirs, met, ours, error);
}

static ty_status take_unit(ty_joining *j, const ty_stored_unit *unit, bool beside, int64_t *id,
                           ty_error *error)
{
    ty_unit brought;
    ty_provenance place = unit->provenance;
    place.source_document = ty_joined_document(j, place.source_document);
    place.target_document = ty_joined_document(j, place.target_document);
    bool placed = unit->aligned && place.source_document && place.target_document && !beside;
    ty_status status = unit_to_bring(j, unit, &brought, error);
    if (status == TY_OK)
        status = ty_intake_unit(j->intake, &brought, placed ? &place : NULL, id, NULL, error);
    bool confirmed = ty_slice_equal(unit->status, TY_SLICE("confirmed")) && !beside;
    if (status == TY_OK && confirmed && *id && !ty_vector_push(&j->confirmed, *id))
        status = ty_error_nomem(error);
    return status;
}

static ty_status bring_unit(ty_joining *j, const ty_stored_unit *unit, ty_error *error)
{
    int64_t id = 0, ours = 0;
    ty_place_meeting met;
    if (unit->label)
        return bring_label(j, unit, error);
    j->counts->read++;
    ty_status status = meet(j, unit, &met, &ours, error);
    bool settled = met != TY_MET_NONE && met != TY_MET_BESIDE;
    bool beside = met == TY_MET_BESIDE || ty_diverged_is_beside(&j->diverged, unit->id);
    if (status == TY_OK && !settled)
        status = take_unit(j, unit, beside, &id, error);
    j->counts->unchanged += status == TY_OK && settled && met != TY_MET_THEIRS;
    ty_diverged_came(&j->diverged, unit->id, settled ? ours : id);
    bool marked = met == TY_MET_BESIDE && !ty_diverged_has_met(&j->diverged, unit->id);
    if (status == TY_OK && marked && id && ours)
        status = ty_vector_push(&j->beside, ((ty_beside){unit->id, ours, id, true})) ? TY_OK
                                                                                     : ty_error_nomem(error);
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
