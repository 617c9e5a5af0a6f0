/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Another memory joined to this one: its origins, each with its documents, pairs, beads and terms, and what
 * people made of them. All of it is one transaction and one step.
 */
#include "ops/exchange/diverged.h"
#include "ops/exchange/same_pairs.h"

/* A label here and there. */
typedef struct known_label {
    int64_t theirs, ours;
} known_label;

typedef struct joining {
    ty_store *own, *other;
    unsigned flags;
    ty_counts *counts;
    const ty_origin *from;
    ty_intake *intake;
    int64_t origin;                /* in our memory */
    ty_stored_documents documents; /* the other's of this origin */
    TY_VECTOR(int64_t) ids;        /* ours, in their order */
    TY_VECTOR(known_label) labels;
    ty_ids confirmed; /* units of ours that the other's people confirmed */
    ty_diverged diverged;
    ty_same_pairs same; /* of ours, where the other's origin is a release that is here */
    ty_arena arena;
} joining;

/* ------------------------------------------------------------------------------------------ one origin */

static ty_status bring_documents(joining *j, ty_error *error)
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

/* Our number of the other's document, 0 for one of an older version. */
static int64_t own_document(const joining *j, int64_t document)
{
    for (size_t i = 0; i < j->documents.count; i++)
        if (j->documents.items[i].id == document)
            return j->ids.items[i];
    return 0;
}

/* A label comes without a place: its beads have theirs. */
static ty_status bring_label(joining *j, const ty_stored_unit *unit, ty_error *error)
{
    known_label label = {.theirs = unit->id};
    j->counts->read++;
    ty_status status = ty_intake_unit(j->intake, &unit->unit, NULL, &label.ours, NULL, error);
    if (status == TY_OK && label.ours && !ty_vector_push(&j->labels, label))
        status = ty_error_nomem(error);
    return status;
}

static int64_t own_label(const joining *j, int64_t unit)
{
    for (size_t i = 0; unit && i < j->labels.count; i++)
        if (j->labels.items[i].theirs == unit)
            return j->labels.items[i].ours;
    return 0;
}

/* A pair that was made here of the same release comes as it is here; else as it is there. */
static ty_status unit_to_bring(joining *j, const ty_stored_unit *unit, ty_unit *out, ty_error *error)
{
    int64_t same = unit->aligned ? ty_same_pairs_find(&j->same, &unit->unit) : 0;
    ty_stored_unit ours;
    *out = unit->unit;
    ty_status status = same ? ty_store_unit(j->own, same, &j->arena, &ours, error) : TY_NO;
    if (status == TY_OK)
        *out = ours.unit;
    return status == TY_NO ? TY_OK : status;
}

static ty_status bring_unit(joining *j, const ty_stored_unit *unit, ty_error *error)
{
    int64_t id = 0;
    ty_unit brought;
    if (unit->label)
        return bring_label(j, unit, error);
    ty_provenance place = unit->provenance;
    place.source_document = own_document(j, place.source_document);
    place.target_document = own_document(j, place.target_document);
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

static ty_status bring_units(joining *j, ty_error *error)
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

static ty_status bring_concept(joining *j, const ty_stored_concept *theirs, ty_error *error)
{
    int64_t id = 0;
    ty_outcome outcome;
    ty_status status = ty_intake_concept(j->intake, &theirs->concept, &id, &outcome, error);
    bool conflict = status == TY_OK && outcome == TY_KEPT && theirs->edited;
    return conflict ? ty_diverged_concept(&j->diverged, id, &theirs->concept, error) : status;
}

static ty_status bring_concepts(joining *j, ty_error *error)
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

/* ------------------------------------------------------------------------------------------ what people did
 */

static bool is_touched(const ty_stored_sentence *sentence)
{
    return sentence->edited.data || sentence->gap.data;
}

/* Sentences of a document that were edited there and not here. */
static ty_status bring_document_edits(joining *j, int64_t theirs, int64_t ours, ty_error *error)
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

static ty_status bring_edits(joining *j, ty_error *error)
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
static ty_status bring_bead(joining *j, ty_stored_bead theirs, ty_stored_bead *ours, ty_error *error)
{
    if (ours && (ours->state != TY_BEAD_AUTO || ours->flag || ours->ask))
        return TY_OK;
    bool plain =
        theirs.state == TY_BEAD_AUTO && !theirs.flag && !theirs.ask && !theirs.locked && !theirs.note.size;
    if (plain && ours && ours->confidence == theirs.confidence)
        return TY_OK;
    theirs.documents[0] = own_document(j, theirs.documents[0]);
    theirs.documents[1] = own_document(j, theirs.documents[1]);
    int64_t label = own_label(j, theirs.unit);
    theirs.id = ours ? ours->id : 0;
    theirs.unit = label ? label : ours ? ours->unit : 0;
    theirs.origin = j->origin;
    if (theirs.omit)
        theirs.unit = 0;
    return ours || label || theirs.omit ? ty_store_put_bead(j->own, &theirs, error) : TY_OK;
}

static ty_status bring_beads(joining *j, ty_error *error)
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
        status = bring_bead(j, theirs.items[i], same, error);
    }
    if (status == TY_OK && theirs.count)
        status = ty_store_whole_release(j->own, j->origin, error);
    ty_vector_release(&theirs);
    ty_vector_release(&ours);
    return status;
}

static ty_status bring_facts(joining *j, ty_error *error)
{
    ty_arena arena = {0};
    ty_release_infos list = {0};
    ty_status status = ty_store_releases(j->other, j->from->id, &arena, &list, error);
    if (status == TY_OK && list.count && list.items[0].agency.size) {
        ty_release_facts facts = {.agency = list.items[0].agency.data};
        status = ty_store_set_facts(j->own, j->origin, &facts, error);
    }
    ty_vector_release(&list);
    ty_arena_release(&arena);
    return status;
}

static ty_status confirm(joining *j, ty_error *error)
{
    ty_status status = TY_OK;
    for (size_t i = 0; i < j->confirmed.count && status == TY_OK; i++)
        status = ty_store_set_status(j->own, j->confirmed.items[i], TY_SLICE("confirmed"), NULL, error);
    return status == TY_NO ? TY_OK : status;
}

/* ------------------------------------------------------------------------------------------ all origins */

static ty_status bring_contents(joining *j, ty_error *error)
{
    ty_intake_counts counts = {0};
    ty_status status = bring_documents(j, error);
    if (status == TY_OK)
        status = bring_units(j, error);
    if (status == TY_OK)
        status = bring_concepts(j, error);
    j->origin = ty_intake_origin(j->intake);
    if (status != TY_OK) {
        ty_intake_rollback(j->intake, NULL);
        return status;
    }
    status = ty_intake_commit(j->intake, &counts, error);
    j->counts->created += counts.created;
    j->counts->updated += counts.updated;
    j->counts->unchanged += counts.unchanged;
    j->counts->skipped += counts.skipped;
    return status;
}

static void clear(joining *j)
{
    ty_vector_clear(&j->documents);
    ty_vector_clear(&j->ids);
    ty_vector_clear(&j->confirmed);
    ty_vector_clear(&j->labels);
    ty_arena_clear(&j->arena);
}

/* The origin here that came from the same file or documents, if there is one. */
static ty_status settle_diverged(joining *j, ty_error *error)
{
    ty_arena arena = {0};
    ty_origins ours = {0};
    ty_status status = ty_store_origins(j->own, (ty_slice){"", 0}, &arena, &ours, error);
    j->diverged.origin = 0;
    for (size_t i = 0; i < ours.count && !j->diverged.origin && j->from->digest.size; i++)
        if (ty_slice_equal(ours.items[i].digest, j->from->digest))
            j->diverged.origin = ours.items[i].id;
    ty_vector_release(&ours);
    ty_arena_release(&arena);
    return status == TY_OK ? ty_diverged_settle(&j->diverged, j->from->id, error) : status;
}

static ty_status bring_origin(joining *j, const ty_origin *from, ty_error *error)
{
    clear(j);
    j->from = from;
    ty_status status = settle_diverged(j, error);
    ty_vector_clear(&j->same);
    if (status == TY_OK && j->diverged.origin)
        status = ty_same_pairs_load(j->own, j->diverged.origin, &j->same, error);
    if (status == TY_OK)
        status = ty_intake_open(j->own, from, j->flags | TY_INTAKE_APART, &j->intake, error);
    if (status == TY_OK)
        status = bring_contents(j, error);
    if (status == TY_OK)
        status = bring_edits(j, error);
    if (status == TY_OK)
        status = confirm(j, error);
    if (status == TY_OK)
        status = bring_beads(j, error);
    if (status == TY_OK)
        status = ty_diverged_retire(&j->diverged, from->id, error);
    if (status == TY_OK)
        status = ty_diverged_finish(&j->diverged, j->origin, error);
    return status == TY_OK ? bring_facts(j, error) : status;
}

/* What was done there, so that it can be read up here: "other.db: unit 12". */
static ty_status bring_history(joining *j, ty_slice name, ty_error *error)
{
    ty_arena arena = {0};
    ty_steps steps = {0};
    ty_buffer subject = {0};
    ty_status status = ty_store_steps(j->other, NULL, &arena, &steps, error);
    for (size_t i = steps.count; i-- > 0 && status == TY_OK;) {
        ty_step step = steps.items[i];
        ty_buffer_clear(&subject);
        ty_buffer_add_format(&subject, "%.*s: %.*s", TY_SLICE_FORMAT(name), TY_SLICE_FORMAT(step.subject));
        step.subject = step.subject.size ? ty_buffer_slice(&subject) : name;
        status = subject.failed ? ty_error_nomem(error) : ty_store_note_step(j->own, &step, error);
    }
    ty_buffer_release(&subject);
    ty_vector_release(&steps);
    ty_arena_release(&arena);
    return status == TY_NO ? TY_OK : status;
}

static ty_status bring_all(joining *j, ty_error *error)
{
    ty_arena arena = {0};
    ty_origins origins = {0};
    ty_accepted_list accepted = {0};
    ty_status status = ty_store_origins(j->other, (ty_slice){"", 0}, &arena, &origins, error);
    for (size_t i = 0; i < origins.count && status == TY_OK; i++)
        status = bring_origin(j, &origins.items[i], error);
    if (status == TY_OK)
        status = ty_store_accepted(j->other, &arena, &accepted, error);
    for (size_t i = 0; i < accepted.count && status == TY_OK; i++)
        status = ty_store_accept(j->own, &accepted.items[i], error);
    ty_vector_release(&accepted);
    ty_vector_release(&origins);
    ty_arena_release(&arena);
    return status;
}

ty_status ty_memory_join(ty_memory *memory, const char *path, unsigned flags,
                         const ty_import_settings *settings, ty_counts *counts, ty_error *error)
{
    joining j = {.own = memory->store, .flags = flags, .counts = counts};
    ty_status status = ty_store_open(path, TY_STORE_READ, &j.other, error);
    j.diverged = (ty_diverged){.own = j.own,
                               .other = j.other,
                               .policy = settings->on_conflict,
                               .listener = memory->listener,
                               .file = path,
                               .counts = counts};
    if (status == TY_OK)
        status = ty_store_begin(j.own, error);
    if (status == TY_OK) {
        ty_store_name_step(j.own, "import", ty_path_base(path), 0, NULL);
        status = bring_history(&j, ty_path_base(path), error);
        if (status == TY_OK)
            status = bring_all(&j, error);
        if (status == TY_OK && settings->dry_run)
            ty_store_rollback(j.own);
        else
            status = ty_store_end(j.own, status, error);
    }
    ty_vector_release(&j.documents);
    ty_vector_release(&j.ids);
    ty_vector_release(&j.confirmed);
    ty_vector_release(&j.labels);
    ty_vector_release(&j.same);
    ty_arena_release(&j.arena);
    ty_diverged_release(&j.diverged);
    ty_store_close(j.other);
    return status;
}
