/* SPDX-License-Identifier: Apache-2.0 */
/* What people of another memory did to an origin, where nobody here has said otherwise. */
#include "ops/exchange/joining.h"

static bool is_touched(const ty_stored_sentence *sentence)
{
    return sentence->edited.data || sentence->gap.data;
}

/* Sentences of a document that were edited there and not here. */
static ty_status bring_document_edits(ty_joining *j, int64_t theirs, int64_t ours, ty_error *error)
{
    ty_stored_sentences there = {0}, here = {0};
    ty_status status = ty_store_sentences(j->other, theirs, &j->arena, &there, error);
    if (status == TY_OK)
        status = ty_store_sentences(j->own, ours, &j->arena, &here, error);
    for (uint32_t n = 0; n < there.count && status == TY_OK; n++)
        if (is_touched(&there.items[n]) && !(n < here.count && is_touched(&here.items[n])))
            status = ty_store_sentence_set(j->own, ours, n, &there.items[n], error);
    ty_vector_release(&there);
    ty_vector_release(&here);
    return status;
}

static ty_status bring_edits(ty_joining *j, ty_error *error)
{
    ty_status status = TY_OK;
    for (size_t i = 0; i < j->documents.count && status == TY_OK; i++)
        if (j->ids.items[i])
            status = bring_document_edits(j, j->documents.items[i].id, j->ids.items[i], error);
    return status;
}

static bool stand_alike(const ty_stored_bead *a, const ty_stored_bead *b)
{
    return a->first[0] == b->first[0] && a->count[0] == b->count[0] && a->first[1] == b->first[1] &&
           a->count[1] == b->count[1];
}

/* What somebody here has said of the same sentences stays; else the other's word is taken. */
static ty_status bring_bead(ty_joining *j, ty_stored_bead theirs, ty_stored_bead *ours, ty_error *error)
{
    if (ours && (ours->state != TY_BEAD_AUTO || ours->flag || ours->ask))
        return TY_OK;
    bool plain =
        theirs.state == TY_BEAD_AUTO && !theirs.flag && !theirs.ask && !theirs.locked && !theirs.note.size;
    if (plain && ours && ours->confidence == theirs.confidence)
        return TY_OK;
    theirs.documents[0] = ty_joined_document(j, theirs.documents[0]);
    theirs.documents[1] = ty_joined_document(j, theirs.documents[1]);
    int64_t label = ty_joined_label_of(j, theirs.unit);
    theirs.id = ours ? ours->id : 0;
    theirs.unit = label ? label : ours ? ours->unit : 0;
    theirs.origin = j->origin;
    if (theirs.omit)
        theirs.unit = 0;
    return ours || label || theirs.omit ? ty_store_put_bead(j->own, &theirs, error) : TY_OK;
}

/* A pair that was removed there, unless its former forms have told of it already. */
static ty_status take_away(ty_joining *j, const ty_stored_bead *theirs, const ty_stored_bead *ours,
                           bool *goes, ty_error *error)
{
    if (!theirs->omit || !ours || !ours->unit || ty_diverged_has_met_ours(&j->diverged, ours->unit))
        return TY_OK;
    return ty_same_release_remove(&j->release, theirs, goes, error);
}

static ty_status bring_beads(ty_joining *j, ty_error *error)
{
    ty_stored_beads theirs = {0}, ours = {0};
    size_t first = SIZE_MAX, second = SIZE_MAX;
    for (size_t i = 0; i < j->ids.count; i++)
        if (j->ids.items[i]) {
            first = first == SIZE_MAX ? i : first;
            second = i;
        }
    if (first == second)
        return TY_OK;
    ty_status status = ty_store_beads(j->other, j->documents.items[first].id, j->documents.items[second].id,
                                      &j->arena, &theirs, error);
    if (status == TY_OK)
        status = ty_store_beads(j->own, j->ids.items[first], j->ids.items[second], &j->arena, &ours, error);
    for (size_t i = 0; i < theirs.count && status == TY_OK; i++) {
        ty_stored_bead *same = NULL;
        for (size_t k = 0; k < ours.count && !same; k++)
            if (stand_alike(&theirs.items[i], &ours.items[k]))
                same = &ours.items[k];
        bool goes = true;
        status = take_away(j, &theirs.items[i], same, &goes, error);
        if (status == TY_OK && goes)
            status = bring_bead(j, theirs.items[i], same, error);
    }
    if (status == TY_OK && theirs.count)
        status = ty_store_whole_release(j->own, j->origin, error);
    ty_vector_release(&theirs);
    ty_vector_release(&ours);
    return status;
}

static ty_status confirm(ty_joining *j, ty_error *error)
{
    ty_status status = TY_OK;
    for (size_t i = 0; i < j->confirmed.count && status == TY_OK; i++)
        status = ty_store_set_status(j->own, j->confirmed.items[i], TY_SLICE("confirmed"), NULL, error);
    return status == TY_NO ? TY_OK : status;
}

/* What came in beside one of ours says something else. */
static ty_status mark(ty_joining *j, ty_error *error)
{
    ty_status status = TY_OK;
    for (size_t i = 0; i < j->beside.count && status == TY_OK; i++) {
        const ty_beside *one = &j->beside.items[i];
        status = ty_store_set_conflict(j->own, one->ours, one->came, error);
        if (status == TY_OK)
            status = ty_store_set_conflict(j->own, one->came, one->ours, error);
    }
    return status;
}

ty_status ty_join_work(ty_joining *j, ty_error *error)
{
    ty_status status = mark(j, error);
    if (status == TY_OK)
        status = bring_edits(j, error);
    if (status == TY_OK)
        status = confirm(j, error);
    return status == TY_OK ? bring_beads(j, error) : status;
}
