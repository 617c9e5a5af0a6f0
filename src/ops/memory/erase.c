/* SPDX-License-Identifier: Apache-2.0 */
/* What is taken out of a memory for good, its caches included. */
#include <stdio.h>

#include "ops/internal.h"

static ty_status cleaned(ty_memory *memory, ty_status status, ty_error *error)
{
    if (status != TY_OK && status != TY_ERR_BUSY)
        return status;
    ty_derived_indexes_free(memory->indexes);
    memory->indexes = NULL;
    ty_derived_indexes_erase(memory->store);
    ty_error later = {0};
    ty_status kept = ty_memory_terms_keep(memory, &later);
    return status == TY_OK && kept != TY_OK ? ty_error_set(error, kept, "%s", later.message) : status;
}

ty_status ty_memory_erase_release(ty_memory *memory, int64_t release, uint64_t *out_count, ty_error *error)
{
    *out_count = 0;
    return cleaned(memory, ty_store_erase_origin(memory->store, release, out_count, error), error);
}

ty_status ty_memory_erase_unit(ty_memory *memory, int64_t unit, ty_error *error)
{
    ty_status status = ty_memory_no_unit(unit, ty_store_erase_unit(memory->store, unit, error), error);
    return cleaned(memory, status, error);
}

ty_status ty_memory_forget(ty_memory *memory, const char *day, uint64_t *out_count, ty_error *error)
{
    char compact[24];
    ty_origin_date_compact(ty_slice_of(day), compact);
    return ty_store_forget_steps(memory->store, ty_slice_of(compact), out_count, error);
}
