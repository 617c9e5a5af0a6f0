/* SPDX-License-Identifier: Apache-2.0 */
/* What came of an exchange file: one step. */
#include "ops/exchange/import_job.h"

#include <time.h>

#include "base/sys.h"

static ty_status confirm(ty_import_job *j, ty_error *error)
{
    ty_store *store = j->memory->store;
    if (!j->to_confirm.count)
        return TY_OK;
    ty_status status = ty_store_begin(store, error); /* one step */
    if (status != TY_OK)
        return status;
    for (size_t i = 0; status == TY_OK && i < j->to_confirm.count; i++)
        status = ty_store_set_status(store, j->to_confirm.items[i], TY_SLICE("confirmed"), NULL, error);
    return ty_store_end(store, status, error);
}

static ty_status take_left(ty_import_job *j, ty_intake_counts *counts, ty_error *error)
{
    ty_intake_counts more = {0};
    j->intake = NULL;
    ty_status status = ty_import_open(j, &j->returning.header, error);
    for (size_t i = 0; status == TY_OK && i < j->returning.left.count; i++) {
        ty_left_pair *left = &j->returning.left.items[i];
        ty_outcome outcome = TY_UNCHANGED;
        status = ty_intake_unit(j->intake, left->unit, NULL, &left->came, &outcome, error);
        bool confirmed = left->confirmed && outcome == TY_CREATED;
        if (status == TY_OK && confirmed && !ty_vector_push(&j->to_confirm, left->came))
            status = ty_error_nomem(error);
    }
    if (status == TY_OK)
        status = ty_intake_commit(j->intake, &more, error);
    else if (j->intake)
        ty_intake_rollback(j->intake, NULL);
    j->intake = NULL;
    counts->created += more.created;
    counts->updated += more.updated;
    counts->unchanged += more.unchanged;
    counts->skipped += more.skipped;
    return status == TY_OK ? ty_returning_came(&j->returning, error) : status;
}

/* Pairs of releases that the memory has meet those that are here. */
static ty_status meet(ty_import_job *j, ty_intake_counts *counts, ty_error *error)
{
    ty_conflicts conflicts = {.policy = j->settings->on_conflict,
                              .listener = j->memory->listener,
                              .file = j->source.path,
                              .counts = j->counts};
    ty_meeting_how how = {.force = j->flags & TY_INTAKE_FORCE,
                          .plain = j->settings->duplicates != TY_DUPLICATES_KEEP};
    ty_status status = ty_returning_meet(&j->returning, &conflicts, how, error);
    if (status == TY_OK)
        status = ty_returning_meet_forms(&j->returning, &conflicts, how, error);
    return status == TY_OK && j->returning.left.count ? take_left(j, counts, error) : status;
}

/* What the file says of its units, and what they take the place of, is one step with them. */
static ty_status settle(ty_import_job *j, ty_intake_counts *counts, ty_error *error)
{
    uint64_t replaced = 0;
    ty_status status = j->intake ? ty_intake_commit(j->intake, counts, error) : TY_OK;
    j->intake = NULL;
    if (status == TY_OK)
        status = meet(j, counts, error);
    if (status == TY_OK)
        status = ty_returning_settle(&j->returning, j->flags & ~(unsigned)TY_INTAKE_APART,
                                     ty_path_base(j->source.path), counts, error);
    if (status == TY_OK)
        status = confirm(j, error);
    if (status == TY_OK)
        status = ty_corrected_apply(&j->corrected, j->memory->store, j->source.path, j->memory->listener,
                                    &replaced, error);
    replaced = replaced < counts->created ? replaced : counts->created;
    counts->created -= replaced;
    counts->updated += replaced;
    return status;
}

/* When the file was changed, for those who want the newer of two. */
static void moment_of(const ty_import_job *j, char out[17])
{
    ty_sys_facts about;
    struct tm utc;
    ty_origin_now(out);
    const char *path = ty_source_file(&j->source);
    time_t moment = path && ty_sys_stat(path, &about) ? (time_t)(about.modified / 1000000000) : -1;
    if (moment >= 0 && gmtime_r(&moment, &utc))
        strftime(out, 17, "%Y%m%dT%H%M%SZ", &utc);
}

/* Units that have lost theirs come in as the file's own, behind what it brought. */
static ty_status house(ty_import_job *j, ty_error *error)
{
    ty_status status = TY_OK;
    if (!j->known.homeless.count && !j->terms.homeless.count)
        return TY_OK;
    j->intake = NULL;
    status = ty_import_open(j, NULL, error);
    for (size_t i = 0; status == TY_OK && i < j->known.homeless.count; i++)
        status = ty_intake_unit(j->intake, &j->known.homeless.items[i], NULL, NULL, NULL, error);
    for (size_t i = 0; status == TY_OK && i < j->terms.homeless.count; i++) {
        status = ty_intake_concept(j->intake, &j->terms.homeless.items[i], NULL, NULL, error);
        j->counts->created += status == TY_OK;
    }
    if (j->intake && status != TY_OK)
        ty_intake_rollback(j->intake, NULL);
    return j->intake && status == TY_OK ? ty_intake_commit(j->intake, NULL, error) : status;
}

/* Rows that know their units, once the intake is closed; the transaction is the caller's. */
static ty_status settle_rows(ty_import_job *j, ty_error *error)
{
    char moment[17];
    if (!j->known.rows.count && !j->terms.items.count)
        return TY_OK;
    moment_of(j, moment);
    ty_store_name_step(j->memory->store, "import", ty_import_origin_name(j), 0, NULL);
    ty_status status = ty_known_rows_apply(&j->known, j->memory, j->settings->on_conflict, j->source.path,
                                           ty_slice_of(moment), j->counts, error);
    if (status == TY_OK)
        status = ty_term_rows_apply(&j->terms, j->memory, j->settings->on_conflict, j->source.path, j->counts,
                                    error);
    return status == TY_OK ? house(j, error) : status;
}

static void add_counts(ty_counts *counts, const ty_intake_counts *more)
{
    counts->created += more->created;
    counts->updated += more->updated;
    counts->unchanged += more->unchanged;
    counts->skipped += more->skipped;
    counts->withdrawn += more->removed;
}

ty_status ty_import_finish(ty_import_job *j, ty_status status, ty_error *error)
{
    ty_intake_counts counts = {0};
    bool meets = j->returning.releases.count || j->returning.told.forms.count;
    bool any = j->intake || meets;
    /* What a release that is here makes of its pairs is seen by doing it, within the outer transaction. */
    bool tries = j->settings->dry_run && !(j->outer && meets);
    if (any && status == TY_OK && !tries) {
        status = settle(j, &counts, error);
    } else if (any) {
        if (j->intake)
            ty_intake_rollback(j->intake, &counts);
    }
    add_counts(j->counts, &counts);
    if (status == TY_OK)
        status = settle_rows(j, error);
    if (j->outer && j->settings->dry_run)
        ty_store_rollback(j->memory->store);
    else if (j->outer)
        status = ty_store_end(j->memory->store, status, error);
    return status;
}
