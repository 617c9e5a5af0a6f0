/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Labels: a pair such as "Q:" and 記者： is one unit of the memory, however often it stands in however many
 * releases. Its beads are told apart by their places, and each has a state of its own.
 */
#include "store/intake.h"

/* The label with this digest: met in this intake, or in the memory before; 0 where there is none. */
static ty_status find_label(ty_intake *intake, uint64_t digest, int64_t *id, ty_error *error)
{
    *id = 0;
    for (size_t i = 0; i < intake->labels.count; i++)
        if (intake->labels.items[i].digest == digest) {
            *id = intake->labels.items[i].unit;
            return TY_OK;
        }
    ty_status status =
        intake->meets ? ty_sql_number(intake->store, SQL_LABEL_FIND, id, error, "i", (int64_t)digest) : TY_NO;
    return status == TY_NO ? TY_OK : status;
}

static ty_status make_label(ty_intake *intake, const ty_unit *unit, uint64_t digest, int64_t *id,
                            ty_error *error)
{
    ty_status status = ty_intake_number(intake, id, error);
    if (status == TY_OK)
        status = ty_pending_unit(intake->store, *id, unit, digest, error);
    if (status == TY_OK)
        status = ty_pending_flush(intake->store, error);
    return status == TY_OK ? ty_sql_run(intake->store, SQL_LABEL_MARK, error, "i", *id) : status;
}

static ty_status link_label(ty_intake *intake, int64_t id, bool is_new, ty_error *error)
{
    int64_t place = 0;
    bool linked = false;
    if (!is_new && !intake->fresh) {
        ty_status status =
            ty_sql_number(intake->store, SQL_LINK_FIND, &place, error, "ii", intake->origin, id);
        if (status != TY_OK && status != TY_NO)
            return status;
        linked = status == TY_OK;
    }
    return ty_intake_put_link(intake, id, linked, place, error);
}

/* Has a person taken the label out of this origin? */
static ty_status is_withheld(ty_intake *intake, uint64_t digest, bool *withheld, ty_error *error)
{
    int64_t any;
    *withheld = false;
    if (!intake->withholds)
        return TY_OK;
    ty_status status = ty_sql_number(intake->store, SQL_WITHHELD_FIND, &any, error, "iii", (int64_t)digest,
                                     intake->origin, (int64_t)0);
    *withheld = status == TY_OK;
    return status == TY_NO ? TY_OK : status;
}

/* The first time that the label stands in the intake: it is found or made, and gets its place. */
static ty_status first_time(ty_intake *intake, const ty_unit *unit, uint64_t digest, int64_t *id,
                            ty_outcome *outcome, ty_error *error)
{
    bool withheld = false;
    ty_status status = is_withheld(intake, digest, &withheld, error);
    bool known = *id != 0;
    *outcome = known ? TY_UNCHANGED : TY_CREATED;
    if (status == TY_OK && withheld)
        *id = 0;
    else if (status == TY_OK && !known)
        status = make_label(intake, unit, digest, id, error);
    if (status == TY_OK && *id)
        status = link_label(intake, *id, !known, error);
    if (status == TY_OK && withheld)
        *outcome = TY_UNCHANGED;
    intake->counts.kept += withheld;
    if (status == TY_OK && !ty_vector_push(&intake->labels, ((ty_met_label){digest, *id})))
        status = ty_error_nomem(error);
    return status;
}

static bool is_met(const ty_intake *intake, uint64_t digest)
{
    for (size_t i = 0; i < intake->labels.count; i++)
        if (intake->labels.items[i].digest == digest)
            return true;
    return false;
}

ty_status ty_intake_label(ty_intake *intake, const ty_unit *unit, const ty_provenance *provenance,
                          int64_t *id, ty_outcome *outcome, ty_error *error)
{
    uint64_t digest;
    *outcome = TY_UNCHANGED;
    ty_status status = ty_writer_wait(intake->store, error);
    if (status == TY_OK)
        status = ty_intake_arrive(intake, error);
    if (status == TY_OK)
        status = ty_unit_digest(intake->store, unit, &digest, error);
    if (status == TY_OK)
        status = find_label(intake, digest, id, error);
    if (status == TY_OK && !is_met(intake, digest)) {
        status = first_time(intake, unit, digest, id, outcome, error);
        ty_intake_count(intake, *outcome);
        intake->units_changed |= *outcome != TY_UNCHANGED;
    }
    if (status == TY_OK && provenance && *id)
        status = ty_pending_flush(intake->store, error);
    if (status == TY_OK && provenance && *id)
        status = ty_bead_add(intake->store, *id, intake->origin, provenance, error);
    return status;
}

ty_status ty_store_leave_label(ty_store *store, int64_t unit, int64_t origin, ty_error *error)
{
    int64_t any;
    ty_status status = ty_sql_number(store, SQL_BEAD_FIND, &any, error, "ii", unit, origin);
    return status == TY_NO ? ty_sql_run(store, SQL_LINK_CLEAR, error, "ii", origin, unit) : status;
}
