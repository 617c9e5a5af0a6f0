/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Forms that units of an origin had before a person edited or removed them: what the origin does not bring
 * back, and where two copies of a memory were one.
 */
#include "store/internal.h"

ty_status ty_store_formers(ty_store *store, int64_t origin, ty_formers *out, ty_error *error)
{
    ty_status status;
    ty_row *row = ty_sql(store, SQL_FORMER_LIST, error, "i", origin);
    while ((status = ty_sql_step(store, row, error)) == TY_OK) {
        ty_former former = {.digest = (uint64_t)ty_row_int(row, 0), .unit = ty_row_int(row, 1)};
        former.gone = ty_row_is_null(row, 2);
        former.now = (uint64_t)ty_row_int(row, 2);
        if (ty_vector_push(out, former))
            continue;
        ty_row_end(row);
        return ty_error_nomem(error);
    }
    return status == TY_NO ? TY_OK : status;
}

ty_status ty_store_former_add(ty_store *store, int64_t origin, uint64_t digest, int64_t unit, ty_error *error)
{
    ty_status status = unit ? TY_OK : ty_number_take(store, "unit", 1, &unit, error);
    return status == TY_OK ? ty_sql_run(store, SQL_FORMER_ADD, error, "iii", origin, (int64_t)digest, unit)
                           : status;
}

ty_status ty_store_form(ty_store *store, const ty_unit *unit, uint64_t *out, ty_error *error)
{
    return ty_unit_digest(store, unit, out, error);
}

ty_status ty_store_knows_form(ty_store *store, int64_t origin, uint64_t digest, bool *out, ty_error *error)
{
    int64_t unit;
    ty_status status = ty_store_unit_of_form(store, origin, digest, &unit, error);
    if (status == TY_NO)
        status =
            ty_sql_number(store, SQL_WITHHELD_FIND, &unit, error, "iii", (int64_t)digest, origin, (int64_t)0);
    *out = status == TY_OK;
    return status == TY_NO ? TY_OK : status;
}

ty_status ty_store_unit_of_form(ty_store *store, int64_t origin, uint64_t digest, int64_t *out,
                                ty_error *error)
{
    return ty_sql_number(store, origin ? SQL_DIGEST_LINKED : SQL_DIGEST_FIND, out, error, "iii",
                         (int64_t)digest, origin, (int64_t)0);
}

ty_status ty_store_unit_removed_at(ty_store *store, int64_t unit, ty_arena *arena, ty_slice *out,
                                   ty_error *error)
{
    ty_row *row = ty_sql(store, SQL_UNIT_REMOVED_AT, error, "i", unit);
    ty_status status = ty_sql_step(store, row, error);
    *out = status == TY_OK ? ty_row_copy(row, 0, arena) : (ty_slice){"", 0};
    if (status == TY_OK)
        ty_row_end(row);
    return status == TY_NO ? TY_OK : status;
}

ty_status ty_store_has_one_origin(ty_store *store, int64_t unit, bool *out, ty_error *error)
{
    int64_t links = 0;
    ty_status status = ty_sql_number(store, SQL_LINK_COUNT, &links, error, "i", unit);
    *out = links <= 1;
    return status;
}

ty_status ty_store_set_conflict(ty_store *store, int64_t unit, int64_t other, ty_error *error)
{
    ty_status status = ty_store_begin(store, error);
    if (status != TY_OK)
        return status;
    return ty_store_end(store, ty_sql_run(store, SQL_UNIT_SET_CONFLICT, error, "ik", unit, other), error);
}

static ty_status follow(ty_store *store, int64_t id, const ty_unit *unit, ty_error *error)
{
    ty_status status = TY_OK;
    for (size_t i = 0; i < unit->variant_count && status == TY_OK; i++)
        status = ty_beads_follow(store, id, unit->variants[i].lang, unit->variants[i].text, NULL, error);
    return status;
}

ty_status ty_store_become(ty_store *store, int64_t id, const ty_unit *unit, ty_slice state, bool with_beads,
                          ty_error *error)
{
    ty_status status = ty_store_begin(store, error);
    if (status != TY_OK)
        return status;
    if (with_beads)
        status = follow(store, id, unit, error);
    if (status == TY_OK)
        status = ty_unit_change(store, id, unit, state, error);
    return ty_store_end(store, status, error);
}

ty_status ty_store_go(ty_store *store, int64_t id, ty_error *error)
{
    ty_status status = ty_store_begin(store, error);
    if (status != TY_OK)
        return status;
    status = ty_sql_run(store, SQL_WITHHELD_ADD, error, "i", id);
    if (status == TY_OK)
        status = ty_unit_remove(store, id, NULL, false, error);
    return ty_store_end(store, status, error);
}

ty_status ty_store_concepts_gone(ty_store *store, int64_t origin, ty_ids *out, ty_error *error)
{
    return ty_sql_ids(store, SQL_CONCEPTS_GONE, origin, out, error);
}
