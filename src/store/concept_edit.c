/* SPDX-License-Identifier: Apache-2.0 */
/* The termbase changed by a person: concepts as a whole, and candidates that are none. */
#include "store/internal.h"

/* ------------------------------------------------------------------------------------------ concepts */

static ty_status leave_origins(ty_store *store, int64_t id, ty_error *error)
{
    ty_status status;
    ty_row *row;
    while (row = ty_sql(store, SQL_CONCEPT_LINK_PLACE, error, "i", id),
           (status = ty_sql_step(store, row, error)) == TY_OK) {
        int64_t origin = ty_row_int(row, 0), place = ty_row_int(row, 1);
        ty_row_end(row);
        status = ty_concept_leave(store, origin, place, id, error);
        if (status != TY_OK)
            return status;
    }
    return status == TY_NO ? TY_OK : status;
}

ty_status ty_store_concept_remove(ty_store *store, int64_t id, ty_error *error)
{
    int64_t there;
    ty_status status = ty_store_begin(store, error);
    if (status != TY_OK)
        return status;
    status = ty_sql_number(store, SQL_CONCEPT_LINK_COUNT, &there, error, "i", id);
    if (status == TY_OK && !there)
        status = TY_NO;
    if (status == TY_OK)
        status = leave_origins(store, id, error);
    return ty_store_end(store, status, error);
}

ty_status ty_store_concept_set(ty_store *store, int64_t id, const ty_concept *concept, ty_error *error)
{
    int64_t there;
    ty_status status = ty_store_begin(store, error);
    if (status != TY_OK)
        return status;
    status = ty_sql_number(store, SQL_CONCEPT_LINK_COUNT, &there, error, "i", id);
    if (status == TY_OK && !there)
        status = TY_NO;
    if (status == TY_OK)
        status = ty_concept_rewrite(store, id, concept, error);
    return ty_store_end(store, status, error);
}

/* ------------------------------------------------------------------------------------------ candidates */

ty_status ty_store_reject(ty_store *store, const ty_rejected *pair, const ty_edit *edit, ty_error *error)
{
    char now[17];
    ty_status status = ty_store_begin(store, error);
    if (status != TY_OK)
        return status;
    ty_step_name(store, "reject", pair->source, 0, edit);
    status = ty_sql_run(store, SQL_REJECTED_ADD, error, "ssssso", pair->source_lang, pair->source,
                        pair->target_lang, pair->target, ty_store_now(now), edit->who);
    return ty_store_end(store, status, error);
}

ty_status ty_store_is_rejected(ty_store *store, const ty_rejected *pair, ty_error *error)
{
    int64_t found;
    return ty_sql_number(store, SQL_REJECTED_FIND, &found, error, "ss", pair->source, pair->target);
}
