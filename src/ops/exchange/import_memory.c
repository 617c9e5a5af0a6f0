/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Another memory joined to this one: its origins, each with its documents, pairs, beads and terms, and what
 * people made of them. All of it is one transaction and one step.
 */
#include "ops/exchange/joining.h"

/* ------------------------------------------------------------------------------------------ one origin */

static ty_status bring_facts(ty_joining *j, ty_error *error)
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

static ty_status take_in(ty_joining *j, ty_error *error)
{
    ty_intake_counts counts = {0};
    ty_status status = ty_join_contents(j, error);
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

static void clear(ty_joining *j)
{
    ty_vector_clear(&j->documents);
    ty_vector_clear(&j->ids);
    ty_vector_clear(&j->confirmed);
    ty_vector_clear(&j->labels);
    ty_vector_clear(&j->beside);
    ty_vector_clear(&j->same);
    ty_same_release_release(&j->release);
    j->release = (ty_same_release){0};
    ty_arena_clear(&j->arena);
}

/* The origin here that came from the same file or documents, if there is one. */
static ty_status settle_diverged(ty_joining *j, ty_error *error)
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

/* What is here already of a release that both have. */
static ty_status load_same(ty_joining *j, ty_error *error)
{
    ty_status status =
        ty_same_release_open(j->own, j->diverged.origin, &j->diverged.conflicts, &j->release, error);
    if (status == TY_NO) {
        ty_same_release_release(&j->release);
        j->release = (ty_same_release){0};
    }
    return status == TY_OK || status == TY_NO
               ? ty_same_pairs_load(j->own, j->diverged.origin, &j->same, error)
               : status;
}

static ty_status bring_origin(ty_joining *j, const ty_origin *from, ty_error *error)
{
    clear(j);
    j->from = from;
    ty_status status = settle_diverged(j, error);
    if (status == TY_OK && j->diverged.origin)
        status = load_same(j, error);
    if (status == TY_OK)
        status = ty_intake_open(j->own, from, j->flags | TY_INTAKE_APART, &j->intake, error);
    if (status == TY_OK)
        status = take_in(j, error);
    if (status == TY_OK)
        status = ty_join_work(j, error);
    if (status == TY_OK)
        status = ty_diverged_retire(&j->diverged, from->id, error);
    if (status == TY_OK)
        status = ty_diverged_finish(&j->diverged, j->origin, error);
    return status == TY_OK ? bring_facts(j, error) : status;
}

/* ------------------------------------------------------------------------------------------ all origins */

/* What was done there, so that it can be read up here: "other.db: unit 12". */
static ty_status bring_history(ty_joining *j, ty_slice name, ty_error *error)
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

static ty_status bring_all(ty_joining *j, ty_error *error)
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
    ty_joining j = {.own = memory->store, .flags = flags, .counts = counts};
    ty_status status = ty_store_open(path, TY_STORE_READ, &j.other, error);
    j.diverged = (ty_diverged){
        .own = j.own,
        .other = j.other,
        .conflicts = {
            .policy = settings->on_conflict, .listener = memory->listener, .file = path, .counts = counts}};
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
    ty_vector_release(&j.beside);
    ty_same_release_release(&j.release);
    ty_arena_release(&j.arena);
    ty_diverged_release(&j.diverged);
    ty_store_close(j.other);
    return status;
}
