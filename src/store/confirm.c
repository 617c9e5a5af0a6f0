/* SPDX-License-Identifier: Apache-2.0 */
/* Many units confirmed at once: a statement for all of them, whatever their number. */
#include "store/internal.h"

#include <stdio.h>

/* Their numbers as a JSON array. */
static void list_units(const int64_t *units, size_t count, ty_buffer *out)
{
    for (size_t i = 0; i < count; i++)
        ty_buffer_add_format(out, "%c%lld", i ? ',' : '[', (long long)units[i]);
    ty_buffer_add_char(out, ']');
}

static ty_status say_confirmed(ty_store *store, ty_slice list, const ty_edit *edit, ty_error *error)
{
    char now[17];
    ty_slice who = edit && edit->who.size ? edit->who : ty_buffer_slice(&store->who);
    ty_status status = ty_sql_run(store, SQL_CONFIRM_UNITS, error, "s", list);
    if (status != TY_OK)
        return status;
    return ty_sql_run(store, SQL_CONFIRM_BEADS, error, "sos", list, who,
                      ty_store_date(edit ? edit->when : (ty_slice){0}, now));
}

static ty_status confirm(ty_store *store, ty_slice list, const ty_edit *edit, int64_t *missing,
                         ty_error *error)
{
    ty_status status = ty_sql_number(store, SQL_CONFIRM_MISSING, missing, error, "s", list);
    if (status != TY_NO)
        return status == TY_OK ? TY_NO : status;
    status = ty_sql_queue(store, TY_SQL_QUEUE_ON, error);
    if (status == TY_OK)
        status = say_confirmed(store, list, edit, error);
    ty_status ended = ty_sql_queue(store, TY_SQL_QUEUE_OFF, status == TY_OK ? error : NULL);
    return status == TY_OK ? ended : status;
}

ty_status ty_store_confirm(ty_store *store, const int64_t *units, size_t count, const ty_edit *edit,
                           int64_t *missing, ty_error *error)
{
    char subject[24];
    ty_buffer list = {0};
    *missing = 0;
    if (!count)
        return TY_OK;
    ty_status status = ty_store_begin(store, error);
    if (status != TY_OK)
        return status;
    snprintf(subject, sizeof subject, "unit %lld", (long long)units[0]);
    ty_step_name(store, "confirm", ty_slice_of(subject), 0, edit);
    list_units(units, count, &list);
    status =
        list.failed ? ty_error_nomem(error) : confirm(store, ty_buffer_slice(&list), edit, missing, error);
    ty_buffer_release(&list);
    return ty_store_end(store, status, error);
}
