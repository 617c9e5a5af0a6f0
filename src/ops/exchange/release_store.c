/* SPDX-License-Identifier: Apache-2.0 */
/* A release as rows: its documents, pairs with where each came from, and what people did to it before. */
#include <stdio.h>

#include "ops/exchange/release.h"
#include "ops/exchange/survey.h"
#include "version.h"

/* How sure a pair can be that stands where a person's pair was before its sentences changed: it wants a look.
 */
#define CHANGED 0.5f

/* As it was read: cuts that people made are made in what is stored. */
static ty_status put_document(ty_release_job *j, ty_intake *intake, int side, ty_error *error)
{
    const ty_text *text = side ? j->bitext->target : j->bitext->source;
    const ty_carry_side *carried = j->identity.origin ? &j->carry.sides[side] : NULL;
    size_t count = carried ? carried->uncut_count : text->lines.count;
    ty_document_sentence *sentences = ty_arena_array(&j->arena, count + 1, sizeof *sentences);
    if (!sentences)
        return ty_error_nomem(error);
    for (size_t i = 0; i < count; i++)
        sentences[i] = carried
                           ? (ty_document_sentence){carried->uncut[i], carried->paragraphs[i]}
                           : (ty_document_sentence){text->lines.items[i], text->sentences.items[i].paragraph};
    ty_stored_document document = {.lang = text->lang,
                                   .title = text->document.title,
                                   .date = text->document.date,
                                   .url = text->document.url,
                                   .file_name = ty_path_base(text->path),
                                   .path = j->paths[side],
                                   .encoding = ty_slice_of(text->document.encoding),
                                   .sentences = sentences,
                                   .sentence_count = count};
    return ty_intake_document(intake, &document, &j->documents[side], error);
}

static ty_status put_pair(ty_release_job *j, ty_intake *intake, size_t number, ty_arena *arena,
                          ty_error *error)
{
    ty_bead bead = ty_bitext_bead(j->bitext, number);
    ty_unit unit;
    ty_provenance provenance = {.source_document = j->documents[0],
                                .target_document = j->documents[1],
                                .bead = bead,
                                .aligned_at = ty_slice_of(j->origin.now),
                                .tool = TY_SLICE("taiyaku " TAIYAKU_VERSION)};
    if (!bead.source_count || !bead.target_count)
        return ty_intake_bead(intake, &provenance, error);
    ty_arena_clear(arena);
    ty_status status = ty_bitext_unit(j->bitext, number, &j->origin, arena, &unit, error);
    if (status == TY_OK)
        status = ty_intake_unit(intake, &unit, &provenance, NULL, NULL, error);
    return status;
}

static void count_bead(ty_release_job *j, size_t number)
{
    ty_bead bead = ty_bitext_bead(j->bitext, number);
    ty_slice source = ty_bitext_bead_source(j->bitext, number),
             target = ty_bitext_bead_target(j->bitext, number);
    bool pair = bead.source_count && bead.target_count;
    j->counts->pairs += pair;
    j->counts->without_partner += pair ? 0 : bead.source_count + bead.target_count;
    j->counts->doubtful += ty_bead_is_doubtful(&bead, source, target, 0);
}

void ty_release_say_sides(ty_release_job *j)
{
    const ty_text *sides[] = {j->bitext->source, j->bitext->target};
    for (int side = 0; side < 2; side++) {
        snprintf(j->counts->langs[side], sizeof j->counts->langs[side], "%.*s",
                 TY_SLICE_FORMAT(sides[side]->lang));
        snprintf(j->counts->encodings[side], sizeof j->counts->encodings[side], "%s",
                 sides[side]->document.encoding);
    }
}

static ty_status put_all(ty_release_job *j, ty_intake *intake, ty_error *error)
{
    ty_arena arena = {0};
    ty_status status = put_document(j, intake, 0, error);
    if (status == TY_OK)
        status = put_document(j, intake, 1, error);
    if (status == TY_OK && j->identity.origin)
        status = ty_carry_apply(&j->carry, j->documents, error);
    if (status == TY_OK && j->identity.origin && (j->release->bring_back || j->identity.units == 0))
        status = ty_carry_drop_edits(&j->carry, j->documents, error);
    for (size_t i = 0; status == TY_OK && i < ty_bitext_count(j->bitext); i++) {
        ty_bead *bead = &j->bitext->alignment.beads.items[i];
        if (j->identity.origin && bead->confidence > CHANGED && ty_carry_doubts(&j->carry, bead))
            bead->confidence = CHANGED;
        count_bead(j, i);
        status = put_pair(j, intake, i, &arena, error);
    }
    ty_arena_release(&arena);
    return status;
}

static unsigned flags_of(const ty_release_job *j)
{
    const ty_release *release = j->release;
    bool is_new = !j->identity.origin && !release->origin;
    return TY_INTAKE_REPLACE | (release->bring_back ? TY_INTAKE_FORCE : 0) | (is_new ? TY_INTAKE_APART : 0) |
           (is_new && release->apart ? TY_INTAKE_NEW : 0);
}

static void count(ty_release_job *j, const ty_intake_counts *counts)
{
    j->counts->read = counts->created + counts->updated + counts->unchanged; /* a label counts once */
    j->counts->created = counts->created;
    j->counts->updated = counts->updated;
    j->counts->unchanged = counts->unchanged;
    j->counts->withheld = counts->withheld;
    j->counts->kept = counts->kept - counts->withheld;
    j->counts->older = j->identity.origin ? j->carry.changed : 0;
}

static ty_status take_in(ty_release_job *j, int64_t *id, ty_error *error)
{
    ty_intake *intake = NULL;
    ty_intake_counts counts = {0};
    ty_origin origin = {.name = j->origin.name,
                        .kind = TY_SLICE("documents"),
                        .title = j->origin.title,
                        .date = j->origin.date,
                        .url = j->origin.url,
                        .digest = ty_slice_of(j->digest.text)};
    ty_status status = ty_intake_open(j->memory->store, &origin, flags_of(j), &intake, error);
    if (status != TY_OK)
        return status;
    j->origin.name = ty_arena_copy(&j->arena, ty_intake_name(intake));
    *id = ty_intake_origin(intake);
    status = put_all(j, intake, error);
    if (status == TY_OK)
        status = ty_intake_commit(intake, &counts, error);
    else
        ty_intake_rollback(intake, &counts);
    count(j, &counts);
    return status;
}

ty_status ty_release_set_facts(ty_release_job *j, int64_t origin, ty_error *error)
{
    const ty_release *given = j->release;
    ty_release_facts facts = {
        .title = given->title, .date = given->date, .url = given->url, .agency = given->agency};
    if (!facts.title && !facts.date && !facts.url && !facts.agency)
        return TY_OK;
    return ty_store_set_facts(j->memory->store, origin, &facts, error);
}

/* Who published it, as one of the documents says. */
static ty_status note_agency(ty_release_job *j, int64_t origin, ty_error *error)
{
    ty_slice source = j->bitext->source->document.agency, target = j->bitext->target->document.agency;
    ty_slice agency = source.size ? source : target;
    return agency.size ? ty_store_note_agency(j->memory->store, origin, agency, error) : TY_OK;
}

ty_status ty_release_store(ty_release_job *j, ty_error *error)
{
    int64_t id = 0;
    ty_store *store = j->memory->store;
    ty_release_say_sides(j);
    ty_status status = ty_store_begin(store, error);
    if (status != TY_OK)
        return status;
    if (j->identity.origin)
        ty_store_name_step(store, j->refresh ? "refresh" : "import", j->origin.name, j->identity.origin,
                           NULL);
    status = take_in(j, &id, error);
    if (status == TY_OK)
        status = ty_release_set_facts(j, id, error);
    if (status == TY_OK)
        status = note_agency(j, id, error);
    if (status != TY_OK || !j->release->dry_run) {
        status = ty_store_end(store, status, error);
        ty_survey_renew(j->memory, id);
        return status;
    }
    ty_store_rollback(store);
    return TY_OK;
}
