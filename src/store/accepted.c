/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Findings of checks that a person let stand: remembered by the id the check gives them.
 */
#include "store/internal.h"

ty_status ty_store_accept(ty_store *store, const ty_accepted *finding, ty_error *error)
{
    char now[17];
    ty_edit edit = {.who = finding->who};
    ty_status status = ty_store_begin(store, error);
    if (status != TY_OK)
        return status;
    ty_step_name(store, "accept", finding->words, 0, &edit);
    status = ty_sql_run(store, SQL_ACCEPTED_ADD, error, "sssssso", finding->id, finding->fault,
                        finding->words, finding->source, finding->target, ty_store_now(now), finding->who);
    return ty_store_end(store, status, error);
}

ty_status ty_store_accepted(ty_store *store, ty_arena *arena, ty_accepted_list *out, ty_error *error)
{
    ty_status status;
    ty_row *row = ty_sql(store, SQL_ACCEPTED_LIST, error, "");
    while ((status = ty_sql_step(store, row, error)) == TY_OK) {
        ty_accepted one = {ty_row_copy(row, 0, arena), ty_row_copy(row, 1, arena), ty_row_copy(row, 2, arena),
                           ty_row_copy(row, 3, arena), ty_row_copy(row, 4, arena), ty_row_copy(row, 5, arena),
                           ty_row_copy(row, 6, arena)};
        if (arena->failed || !ty_vector_push(out, one)) {
            ty_row_end(row);
            return ty_error_nomem(error);
        }
    }
    return status == TY_NO ? TY_OK : status;
}

ty_status ty_store_is_accepted(ty_store *store, ty_slice id, ty_error *error)
{
    int64_t found;
    return ty_sql_number(store, SQL_ACCEPTED_FIND, &found, error, "s", id);
}

/* A person reads the words that it was about; a check of another day may have told none. */
static ty_status name_forgetting(ty_store *store, ty_slice id, ty_error *error)
{
    ty_row *row = ty_sql(store, SQL_ACCEPTED_WORDS, error, "s", id);
    ty_status status = ty_sql_step(store, row, error);
    if (status != TY_OK) {
        ty_step_name(store, "forget", id, 0, NULL);
        return status == TY_NO ? TY_OK : status;
    }
    ty_slice words = ty_row_text(row, 0);
    ty_step_name(store, "forget", words.size ? words : id, 0, NULL);
    ty_row_end(row);
    return TY_OK;
}

ty_status ty_store_forget(ty_store *store, ty_slice id, uint64_t *count, ty_error *error)
{
    ty_slice key = id.size ? id : (ty_slice){0};
    int64_t there = 0;
    ty_status status = ty_store_begin(store, error);
    if (status != TY_OK)
        return status;
    status = name_forgetting(store, id, error);
    if (status == TY_OK)
        status = ty_sql_number(store, SQL_ACCEPTED_COUNT, &there, error, "s", key);
    if (status == TY_OK)
        status = ty_sql_run(store, SQL_ACCEPTED_REMOVE, error, "s", key);
    if (count)
        *count = (uint64_t)there;
    if (status == TY_OK)
        return ty_store_commit(store, error);
    ty_store_rollback(store);
    return status;
}
