/* SPDX-License-Identifier: Apache-2.0 */
/* How a unit or a concept was before a step. */
#include "store/internal.h"

/* Of one that a step changed twice, what it was before the first time. */
static bool is_told(const ty_ids *told, int64_t item)
{
    for (size_t i = 0; i < told->count; i++)
        if (told->items[i] == item)
            return true;
    return false;
}

static bool take(ty_row *row, bool concept, ty_arena *arena, ty_ids *told, ty_variant_infos *out)
{
    if (is_told(told, ty_row_int(row, 0)))
        return true;
    ty_variant_info variant = {.lang = ty_row_copy(row, 1, arena), .text = ty_row_copy(row, 2, arena)};
    if (!concept && !ty_row_is_null(row, 3))
        variant.content = ty_row_copy(row, 3, arena);
    return !arena->failed && ty_vector_push(told, ty_row_int(row, 0)) && ty_vector_push(out, variant);
}

ty_status ty_store_before(ty_store *store, int64_t step, bool concept, int64_t object, ty_arena *arena,
                          ty_variant_infos *out, ty_error *error)
{
    ty_ids told = {0};
    ty_status status;
    ty_vector_clear(out);
    ty_row *row = ty_sql(store, SQL_STEP_BEFORE, error, "isi", step,
                         concept ? TY_SLICE("term") : TY_SLICE("variant"), object);
    while ((status = ty_sql_step(store, row, error)) == TY_OK) {
        if (take(row, concept, arena, &told, out))
            continue;
        ty_row_end(row);
        status = ty_error_nomem(error);
        break;
    }
    ty_vector_release(&told);
    return status == TY_NO ? TY_OK : status;
}
